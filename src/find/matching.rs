//! When a name answers what was typed, and how well.

use memchr::memmem::Finder;

use crate::i18n::fold_into;

/// How well a name answers a query, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// It is what was typed.
    Exact,
    /// It begins with it.
    Start,
    /// Words of it begin with the words typed.
    WordStart,
    /// The words typed are somewhere inside.
    Inside,
    /// It is what was typed but for typing errors.
    Near,
}

/// What was typed: its words, without regard to case, accents and signs between words.
#[derive(Clone, Debug)]
pub struct Query {
    /// ` word word`
    start: Vec<u8>,
    /// ` word word\n`
    exact: Vec<u8>,
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    /// With a space before it: where a word begins.
    begin: Finder<'static>,
    /// Anywhere; none for a single letter, which is anywhere.
    inside: Option<Finder<'static>>,
    length: usize,
}

impl Query {
    /// None for a text without letters and digits.
    pub fn new(text: &str) -> Option<Query> {
        let mut exact = Vec::new();
        if !write_name(text, &mut exact) {
            return None;
        }
        let start = exact.strip_suffix(b"\n").unwrap_or(&exact).to_vec();
        let words = start
            .split(|byte| *byte == b' ')
            .filter(|word| !word.is_empty())
            .map(|word| Word {
                begin: Finder::new(&[b" ", word].concat()).into_owned(),
                inside: (word.len() > 1).then(|| Finder::new(word).into_owned()),
                length: word.len(),
            })
            .collect();
        Some(Query { start, exact, words })
    }

    /// The words typed.
    pub(super) fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.words.iter().map(|word| word.begin.needle().get(1..).unwrap_or_default())
    }

    /// What finds every name that may answer: the longest word.
    pub(super) fn scanner(&self) -> Option<&Finder<'static>> {
        let longest = self.words.iter().max_by_key(|word| word.length)?;
        Some(longest.inside.as_ref().unwrap_or(&longest.begin))
    }

    /// How well a name, as [`write_name`] writes it, answers; not for typing errors.
    pub(super) fn closeness(&self, name: &[u8]) -> Option<Closeness> {
        if name.starts_with(&self.start) {
            let is_all = name.len() == self.exact.len();
            return Some(if is_all { Closeness::Exact } else { Closeness::Start });
        }
        let mut worst = Closeness::WordStart;
        for word in &self.words {
            if word.begin.find(name).is_none() {
                word.inside.as_ref()?.find(name)?;
                worst = Closeness::Inside;
            }
        }
        Some(worst)
    }
}

/// How well one of a few words answers; none when it does not.
pub fn closeness(query: &Query, text: &str) -> Option<Closeness> {
    let mut name = Vec::with_capacity(text.len() + 2);
    write_name(text, &mut name);
    query.closeness(&name)
}

/// Adds a name in the form that is compared: in lower case, without accents, a space before every
/// word and one sign at the end: ` sint denijs westrem\n`. Adds nothing, and says so, where there
/// are no letters and digits.
pub(super) fn write_name(text: &str, out: &mut Vec<u8>) -> bool {
    let first = out.len();
    fold_into(text, out);
    let folded = out.split_off(first);
    let mut is_between = true;
    if folded.is_ascii() {
        for byte in folded {
            if byte.is_ascii_alphanumeric() {
                if is_between {
                    out.push(b' ');
                }
                out.push(byte);
                is_between = false;
            } else {
                is_between = true;
            }
        }
    } else {
        let mut bytes = [0; 4];
        for letter in String::from_utf8_lossy(&folded).chars() {
            if letter.is_alphanumeric() {
                if is_between {
                    out.push(b' ');
                }
                out.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
                is_between = false;
            } else {
                is_between = true;
            }
        }
    }
    let is_name = out.len() > first;
    if is_name {
        out.push(b'\n');
    }
    is_name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(query: &str, name: &str) -> Option<Closeness> {
        Query::new(query).and_then(|query| closeness(&query, name))
    }

    #[test]
    fn names_are_compared_without_case_accents_and_signs() {
        let written = |text: &str| {
            let mut out = Vec::new();
            write_name(text, &mut out).then(|| String::from_utf8_lossy(&out).into_owned())
        };
        assert_eq!(written("Sint-Denijs-Westrem").as_deref(), Some(" sint denijs westrem\n"));
        assert_eq!(written(" 't Één, café ").as_deref(), Some(" t een cafe\n"));
        assert_eq!(written("Ωmega 東京").as_deref(), Some(" ωmega 東京\n"));
        assert_eq!(written(" – ?! "), None);
        assert!(Query::new(" – ?! ").is_none());
    }

    #[test]
    fn what_fits_better_comes_first() {
        for (query, name, wanted) in [
            ("veldstraat", "Veldstraat", Some(Closeness::Exact)),
            ("sint denijs westrem", "Sint-Denijs-Westrem", Some(Closeness::Exact)),
            ("VELD", "Veldstraat", Some(Closeness::Start)),
            ("denijs", "Sint-Denijs-Westrem", Some(Closeness::WordStart)),
            ("westrem sint", "Sint-Denijs-Westrem", Some(Closeness::WordStart)),
            ("straat", "Veldstraat", Some(Closeness::Inside)),
            ("sint ijs", "Sint-Denijs-Westrem", Some(Closeness::Inside)),
            ("t", "Veldstraat", None),
            ("v", "Lange Velden", Some(Closeness::WordStart)),
            ("veldweg", "Veldstraat", None),
            ("veld 12", "Veldstraat", None),
        ] {
            assert_eq!(close(query, name), wanted, "{query} in {name}");
        }
        assert!(Closeness::Exact < Closeness::Start && Closeness::Inside < Closeness::Near);
    }
}
