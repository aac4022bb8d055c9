//! Names with a typing error or two.

#[cfg(test)]
use super::spelling::plain;
use crate::i18n::Edits;

/// Shorter names than this are not misspelt, letters.
const SHORTEST: usize = 5;

/// From how many letters on two errors are forgiven.
const LONG: usize = 9;

/// How alike two names are that are not the same, 0 to 1: the share of letters that are right. None
/// where they are not alike: a name is short, begins otherwise, or has other digits.
pub(super) fn likeness(asked: &str, name: &str) -> Option<f64> {
    let length = asked.len().min(name.len());
    let allowed = match length {
        ..SHORTEST => return None,
        SHORTEST..LONG => 1,
        _ => 2,
    };
    if asked.len().abs_diff(name.len()) > allowed
        || asked.as_bytes().first() != name.as_bytes().first()
    {
        return None;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    if digits(asked) != digits(name) {
        return None;
    }
    let errors = Edits::new(asked.as_bytes())?.distance(name.as_bytes(), true).whole;
    #[expect(clippy::cast_precision_loss, reason = "lengths of names")]
    let share = 1.0 - errors as f64 / asked.len().max(name.len()) as f64;
    (errors > 0 && errors <= allowed).then_some(share)
}

/// The same of names as they are written.
#[cfg(test)]
fn alike(asked: &str, name: &str) -> Option<f64> {
    likeness(&plain(asked), &plain(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_or_two_letters_may_be_wrong() {
        assert!(alike("Bloemekeswijk", "Bloemekenswijk").is_some_and(|score| score > 0.9));
        assert!(alike("Wondelgm", "Wondelgem").is_some());
        assert!(alike("Ledebreg", "Ledeberg").is_some());
        for (asked, name) in [
            ("Muide", "Muide"),
            ("Oost", "Oort"),
            ("Zuid", "Luid"),
            ("Wijk 11", "Wijk 12"),
            ("Kerkstraat", "Werkstraat"),
            ("Drongen", "Drogisten"),
        ] {
            assert_eq!(alike(asked, name), None, "{asked}");
        }
    }
}
