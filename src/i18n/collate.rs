//! The order of names in a list.

use super::fold;

/// How many digits numbers are compared by.
const DIGITS: usize = 9;

/// What a name is sorted by, as in a street index: without accents and capitals, whatever stands
/// before the first letter or digit left out (`'s-Gravenstraat` under S), marks between words as
/// spaces, and numbers by their value (`2 Meistraat` before `11 Novemberlaan`). Articles count: `De
/// Pintelaan` stands under D, as in the register of addresses.
pub fn sort_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len() + DIGITS);
    let mut digits = String::new();
    let end_number = |key: &mut String, digits: &mut String| {
        if !digits.is_empty() {
            let value = digits.trim_start_matches('0');
            (value.len()..DIGITS).for_each(|_| key.push('0'));
            key.push_str(value);
            digits.clear();
        }
    };
    for letter in folded.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        end_number(&mut key, &mut digits);
        if letter.is_alphanumeric() {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    end_number(&mut key, &mut digits);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_in_a_street_index() {
        let mut names = vec![
            "Zwijnaardsesteenweg",
            "11 Novemberlaan",
            "De Pintelaan",
            "'s-Gravenstraat",
            "Écolestraat",
            "Eedverbondkaai",
            "Sint-Pietersplein",
            "Sint Pietersnieuwstraat",
            "2 Meistraat",
            "Ottergemsesteenweg-Zuid",
            "Ottergemsesteenweg",
            "Désiré Mercierlaan",
            "Desiré Fiévéstraat",
        ];
        names.sort_by_cached_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "2 Meistraat",
                "11 Novemberlaan",
                "De Pintelaan",
                "Desiré Fiévéstraat",
                "Désiré Mercierlaan",
                "Écolestraat",
                "Eedverbondkaai",
                "Ottergemsesteenweg",
                "Ottergemsesteenweg-Zuid",
                "'s-Gravenstraat",
                "Sint Pietersnieuwstraat",
                "Sint-Pietersplein",
                "Zwijnaardsesteenweg",
            ]
        );
        assert_eq!(sort_key("''"), "");
    }
}
