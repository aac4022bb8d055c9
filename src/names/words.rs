//! What a text is when capitals, accents, signs, abbreviations or the order of words do not count.

use crate::i18n::fold;

/// Words that are written short, and long. Folded; the long forms are what is compared, so two
/// that mean the same have the same.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("st", "sint"),
    ("saint", "sint"),
    ("sainte", "sint"),
    ("ste", "sint"),
    ("sinte", "sint"),
    ("olv", "onzelievevrouw"),
    ("str", "straat"),
    ("stwg", "steenweg"),
    ("stw", "steenweg"),
    ("ln", "laan"),
    ("pln", "plein"),
    ("burg", "burgemeester"),
    ("gen", "generaal"),
    ("kan", "kanunnik"),
    ("prof", "professor"),
    ("dr", "dokter"),
    ("nr", "nummer"),
];

/// A text cut into words, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// Without capitals and accents, one space between what spaces part.
    pub(crate) folded: String,
    words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// A point follows: perhaps it is written short.
    pub(crate) dotted: bool,
}

impl Words {
    pub(crate) fn of(text: &str) -> Words {
        let folded = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words: Vec<Word> = Vec::new();
        let mut is_inside = false;
        for letter in folded.chars() {
            if letter.is_alphanumeric() {
                match words.last_mut() {
                    Some(word) if is_inside => word.text.push(letter),
                    _ => words.push(Word { text: letter.to_string(), dotted: false }),
                }
                is_inside = true;
                continue;
            }
            match (letter, words.last_mut()) {
                ('.', Some(word)) if is_inside => word.dotted = true,
                ('&' | '+', _) => words.push(Word { text: "en".to_owned(), dotted: false }),
                _ => {}
            }
            is_inside = false;
        }
        Words { folded, words }
    }

    /// The words.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Letters and digits only.
    pub(crate) fn letters(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }

    /// Letters and digits only, numbers without zeros in front of them.
    pub(crate) fn without_zeros(&self) -> String {
        self.words.iter().map(|word| without_zeros(&word.text)).collect()
    }

    /// The words written out.
    pub(crate) fn long(&self) -> Vec<&str> {
        let mut long = Vec::with_capacity(self.words.len());
        let mut rest = self.words.as_slice();
        while let [first, after @ ..] = rest {
            // Our Lady, letter by letter: O.L.V.
            let texts: Vec<&str> = rest.iter().take(3).map(|word| word.text.as_str()).collect();
            if texts == ["o", "l", "v"] {
                long.push("onzelievevrouw");
                rest = rest.get(3..).unwrap_or_default();
                continue;
            }
            if texts == ["onze", "lieve", "vrouw"] {
                long.push("onzelievevrouw");
                rest = rest.get(3..).unwrap_or_default();
                continue;
            }
            let found = ABBREVIATIONS.iter().find(|(short, _)| *short == first.text);
            long.push(found.map_or_else(|| without_zeros(&first.text), |(_, long)| *long));
            rest = after;
        }
        long
    }

    /// The digits, in order: a number that is nearly right is another number.
    pub(crate) fn digits(&self) -> String {
        let words = self.words.iter().filter(|word| word.text.bytes().any(|b| b.is_ascii_digit()));
        let digits = words.map(|word| {
            let digits: String = word.text.chars().filter(char::is_ascii_digit).collect();
            without_zeros(&digits).to_owned()
        });
        digits.collect::<Vec<_>>().join(" ")
    }
}

fn without_zeros(word: &str) -> &str {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word;
    }
    let shorter = word.trim_start_matches('0');
    if shorter.is_empty() { "0" } else { shorter }
}
