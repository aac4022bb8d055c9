//! What in a text may be the name of a place.

use super::spelling::is_street;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub text: String,
    pub kind: PartKind,
}

/// Where a part stands, from what says most to what says least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PartKind {
    /// All of the text.
    Whole,
    /// What stands between signs: `Gent: Abeelstraat, bouwaanvraag`.
    Segment,
    /// Words inside a sentence, with a capital.
    Words,
}

impl PartKind {
    /// All of them.
    pub const ALL: [PartKind; 3] = [PartKind::Whole, PartKind::Segment, PartKind::Words];
}

/// The most words of a name inside a sentence.
const MOST_WORDS: usize = 6;

/// The longest text that is cut, bytes: what is longer is a story.
const LONGEST: usize = 600;

/// The parts of a text, those that say most first; each once.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |text: &str, kind| {
        let text = text.trim().trim_matches(['"', '“', '”', '‘', '’', '.', '?']).trim();
        if !text.is_empty() && parts.iter().all(|known| known.text != text) {
            parts.push(Part { text: text.to_owned(), kind });
        }
    };
    add(text, PartKind::Whole);
    let text = cut(text);
    let segments: Vec<&str> = text.split([':', ',', ';', '(', ')', '[', ']', '|', '\n']).collect();
    if segments.len() > 1 {
        for segment in &segments {
            add(segment, PartKind::Segment);
        }
    }
    for segment in &segments {
        if let Some(name) = without_number(segment) {
            add(name, PartKind::Segment);
        }
    }
    for segment in &segments {
        for window in windows(segment) {
            add(&window, PartKind::Words);
        }
    }
    parts
}

fn cut(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// The name of a street without the number of a house: `Abeelstraat 12-14`, `Veldstraat nr. 3 bis`.
/// None where there is none.
fn without_number(segment: &str) -> Option<&str> {
    let segment = segment.trim();
    let at = segment.char_indices().find(|(at, letter)| {
        let before = segment.get(..*at).unwrap_or_default();
        letter.is_ascii_digit() && before.ends_with(char::is_whitespace)
    })?;
    let name = segment.get(..at.0)?.trim();
    let name = ["nr.", "nr", "nummer", "n°", "huis", "Nr."]
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .unwrap_or(name)
        .trim();
    (!name.is_empty()).then_some(name)
}

/// Words that may stand inside a name without a capital.
const INSIDE: &[&str] =
    &["de", "het", "den", "der", "van", "ter", "ten", "in", "op", "aan", "en", "'t", "’t"];

/// Runs of words that begin and end with a capital, the longest first. The first word of a
/// sentence has one in any case, so alone it counts only where it ends as streets do.
fn windows(segment: &str) -> Vec<String> {
    let words: Vec<&str> = segment.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
    let has_capital = |word: &str| bare(word).chars().next().is_some_and(char::is_uppercase);
    let mut found = Vec::new();
    for size in (1..=MOST_WORDS.min(words.len())).rev() {
        for (start, window) in words.windows(size).enumerate() {
            let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
            let inner_fits = window
                .iter()
                .all(|word| has_capital(word) || INSIDE.contains(&word.to_lowercase().as_str()));
            let is_name = has_capital(first) && has_capital(last) && inner_fits;
            let alone_at_start =
                size == 1 && start == 0 && words.len() > 1 && !is_street(&bare(first));
            if (is_name && !alone_at_start) || (size == 1 && is_street(&bare(first))) {
                found.push(window.join(" "));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        parts(text).into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn what_stands_between_signs_comes_first() {
        let found = texts("Gent: Abeelstraat, bouwaanvraag van Joannes Dregghe, 1721");
        assert_eq!(
            found.get(1..4),
            Some(
                &["Gent".into(), "Abeelstraat".into(), "bouwaanvraag van Joannes Dregghe".into()][..]
            )
        );
        assert!(found.contains(&"Joannes Dregghe".to_owned()));
        let found = texts("Sint-Amandsberg (Gent)");
        assert_eq!(found, ["Sint-Amandsberg (Gent)", "Sint-Amandsberg", "Gent"]);
    }

    #[test]
    fn the_number_of_a_house_is_no_part_of_a_name() {
        for text in
            ["Abeelstraat 12", "Abeelstraat 12-14", "Abeelstraat nr. 3 bis", "Abeelstraat 1, Gent"]
        {
            assert!(texts(text).contains(&"Abeelstraat".to_owned()), "{text}: {:?}", texts(text));
        }
        assert_eq!(without_number("Plein 1830"), Some("Plein"));
        assert_eq!((without_number("12"), without_number("Muide")), (None, None));
    }

    #[test]
    fn names_inside_a_sentence_have_a_capital() {
        let found = texts("Werkruimte van een hoefsmid aan de Nieuwe Wandeling te Gent");
        assert!(
            found.contains(&"Nieuwe Wandeling".to_owned()) && found.contains(&"Gent".to_owned())
        );
        assert!(!found.contains(&"Werkruimte".to_owned()));
        let found = texts("Huis in de veldstraat");
        assert!(found.contains(&"veldstraat".to_owned()) && !found.contains(&"Huis".to_owned()));
        assert!(parts(&"Gent ".repeat(5000)).len() < 60);
    }
}
