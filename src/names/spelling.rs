//! Forms of a name in which all ways to write it are the same.

use super::words::Words;

/// Words in front of a name that are not part of it.
const ARTICLES: &[&str] = &["de", "het", "t", "den", "la", "le", "les", "the"];

/// Endings of the names of streets and squares, as in `Sint-Pietersnieuwstraat`.
const OF_STREETS: &[&str] = &[
    "straat", "straatje", "laan", "lei", "lein", "plein", "pleintje", "kaai", "kade", "steenweg",
    "weg", "dreef", "steeg", "gang", "vest", "markt", "berg", "brug", "dam", "pad", "hof", "park",
    "kouter", "poort", "dijk", "heirweg", "baan", "meersen", "wal", "rei",
];

/// A name as it is compared: without capitals, accents, signs and an article, words written out.
pub(super) fn plain(text: &str) -> String {
    let words = Words::of(text);
    let long = words.long();
    match long.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && ARTICLES.contains(first) => rest.concat(),
        all => all.concat(),
    }
}

/// A form, as [`plain`] gives it, in the spelling of today: `abeelstraete` is `abeelstraat`. Both
/// sides of a comparison go through it, so that names that keep their old letters are the same.
pub(super) fn modern(plain: &str) -> String {
    const CHANGES: &[(&str, &str)] = &[
        ("straete", "straat"),
        ("straet", "straat"),
        ("poorte", "poort"),
        ("ae", "aa"),
        ("uy", "ui"),
        ("gh", "g"),
        ("ck", "k"),
        ("ij", "y"),
        ("ey", "ei"),
    ];
    let mut text = plain.to_owned();
    for (old, new) in CHANGES {
        text = text.replace(old, new);
    }
    for (old, new) in [("sche", "se"), ("dt", "d"), ("brugge", "brug")] {
        if let Some(start) = text.strip_suffix(old) {
            text = format!("{start}{new}");
        }
    }
    text
}

/// A name without what stands in brackets behind it: `Kerkstraat (Gentbrugge)`. None where nothing
/// does.
pub(super) fn unqualified(text: &str) -> Option<String> {
    let (name, rest) = text.split_once(['(', '['])?;
    let ends = rest.trim_end().ends_with([')', ']']);
    Some(name.trim().to_owned()).filter(|name| ends && !name.is_empty())
}

/// The parts of a name of several: `Muide - Meulestede - Afrikalaan`. One where it is one name.
pub(super) fn components(text: &str) -> Vec<&str> {
    let spaced =
        text.split([' ', '\u{a0}']).any(|word| matches!(word, "-" | "–" | "—" | "/" | "&"));
    if !spaced {
        return vec![text.trim()];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + letter.len_utf8()..).and_then(|text| text.chars().next());
        let is_gap = |letter: Option<char>| letter.is_some_and(char::is_whitespace);
        if matches!(letter, '-' | '–' | '—' | '/' | '&') && is_gap(before) && is_gap(after) {
            parts.push(text.get(start..at).unwrap_or_default().trim());
            start = at + letter.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a word ends as the names of streets do.
pub(super) fn is_street(word: &str) -> bool {
    let word = modern(&crate::i18n::fold(word));
    OF_STREETS.iter().any(|end| word.len() > end.len() && word.ends_with(end))
}

/// Whether a text says that no place is known.
pub(super) fn is_unknown(text: &str) -> bool {
    let plain = plain(text);
    let words =
        ["", "onbekend", "unknown", "inconnu", "nvt", "sl", "geen", "null", "none", "zonderplaats"];
    words.contains(&&*plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_write_a_name_are_the_same() {
        for (a, b) in [
            ("Sint-Amandsberg", "St. Amandsberg"),
            ("Stationsbuurt-Noord", "stationsbuurt  noord"),
            ("De Muide", "Muide"),
            ("'t Rabot", "Rabot"),
            ("Rabot  - Blaisantvest", "Rabot-Blaisantvest"),
            ("Coupure Links", "COUPURE LINKS"),
            ("Kortrijksestwg", "Kortrijksestwg."),
            ("Rozemarijnbrug", "Rozemarĳnbrug"),
        ] {
            assert_eq!(plain(a), plain(b), "{a}");
        }
        assert_ne!(plain("Oost"), plain("West"));
        assert_eq!(plain("De"), "de");
    }

    #[test]
    fn old_spelling_is_brought_to_that_of_today() {
        for (old, new) in [
            ("Abeelstraete", "Abeelstraat"),
            ("Veldstraet", "Veldstraat"),
            ("Huydevetterskaai", "Huidevetterskaai"),
            ("Nieuwe Brugghe", "Nieuwe Brugge"),
            ("Kruysstraet", "Kruisstraat"),
            ("Korenmarckt", "Korenmarkt"),
        ] {
            assert_eq!(modern(&plain(old)), modern(&plain(new)), "{old}");
        }
    }

    #[test]
    fn a_name_of_several_has_its_parts() {
        assert_eq!(
            components("Muide - Meulestede – Afrikalaan"),
            ["Muide", "Meulestede", "Afrikalaan"]
        );
        assert_eq!(components("Sint-Denijs-Westrem - Afsnee"), ["Sint-Denijs-Westrem", "Afsnee"]);
        assert_eq!(components("Sint-Amandsberg"), ["Sint-Amandsberg"]);
        assert_eq!(components(" - "), Vec::<&str>::new());
        assert_eq!(unqualified("Kerkstraat (Gentbrugge)").as_deref(), Some("Kerkstraat"));
        assert_eq!(
            (unqualified("Kerkstraat"), unqualified("(x)"), unqualified("a (b) c")),
            (None, None, None)
        );
    }

    #[test]
    fn streets_and_unknown_places_are_known_by_their_words() {
        for street in
            ["Abeelstraat", "Veldstraete", "Zuidstationstraat", "Korenlei", "Vrijdagmarkt"]
        {
            assert!(is_street(street), "{street}");
        }
        assert!(!is_street("straat") && !is_street("Gent"));
        for text in ["", " ", "onbekend", "Onbekend?", "-", "s.l.", "[onbekend]"] {
            assert!(is_unknown(text), "{text}");
        }
        assert!(!is_unknown("Muide"));
    }
}
