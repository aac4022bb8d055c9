//! What was perhaps meant.

/// The candidate closest to a word: equal but for case, accents and signs, else a few typing
/// errors away, else one that starts with the word or contains it. None when nothing is near.
pub(super) fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = folded(word);
    if wanted.is_empty() {
        return None;
    }
    let allowed = (wanted.len() / 3).max(1);
    let ranked = candidates.into_iter().filter_map(|candidate| {
        let name = folded(candidate);
        let errors = distance(&wanted, &name);
        // A word of one or two letters is near to everything.
        let near = errors == 0 || (errors <= allowed && name.len() > errors && wanted.len() > 1);
        let part = wanted.len() >= 3 && !name.is_empty() && {
            let (name, wanted): (String, String) = (name.iter().collect(), wanted.iter().collect());
            name.contains(&wanted) || (name.len() >= 3 && wanted.contains(&name))
        };
        if near {
            Some((errors, candidate))
        } else {
            part.then_some((usize::MAX / 2 + name.len(), candidate))
        }
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, candidate)| candidate)
}

/// Letters and digits only, in lower case, accents taken off.
fn folded(word: &str) -> Vec<char> {
    let letters = word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    letters.map(without_accent).collect()
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// How many letters must be changed, added, left out or exchanged with their neighbour (optimal
/// string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous_letter = None;
    for (row, letter) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        let mut left = row + 1;
        for (column, other) in b.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX);
            let mut best = (at(&last, column) + usize::from(letter != other))
                .min(at(&last, column + 1) + 1)
                .min(left + 1);
            let crossed = column.checked_sub(1).is_some_and(|place| {
                b.get(place) == Some(letter) && previous_letter == Some(other)
            });
            if crossed && let Some(earlier) = before.get(column - 1) {
                best = best.min(earlier + 1);
            }
            line.push(best);
            left = best;
        }
        previous_letter = Some(letter);
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_that_was_meant_is_found() {
        let fields = ["wijk", "totale_capaciteit", "straatnaam", "oppervlakte", "naam", "Category"];
        for (word, meant) in [
            ("wjik", Some("wijk")),
            ("Wijken", Some("wijk")),
            ("totalecapaciteit", Some("totale_capaciteit")),
            ("Totale capaciteit", Some("totale_capaciteit")),
            ("capaciteit", Some("totale_capaciteit")),
            ("straatnam", Some("straatnaam")),
            ("nám", Some("naam")),
            ("category", Some("Category")),
            ("bouwjaar", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(closest(word, fields), meant, "{word}");
        }
    }

    #[test]
    fn an_exchange_of_neighbours_is_one_error() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("adn"), &letters("and")), 1);
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
        assert_eq!(distance(&letters(""), &letters("abc")), 3);
    }
}
