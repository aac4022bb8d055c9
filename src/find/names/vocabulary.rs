//! The different words of all names, for typing errors.

use std::collections::HashMap;

use super::index::NameIndex;
use super::near::{Pattern, signature};
use crate::jobs::{Cancelled, Watch};

/// Words shorter than this are not misspelt, bytes.
const SHORTEST: usize = 3;

/// The different words of a table's names, with the names that have them. Words with digits are
/// left out: a number that is nearly right is another number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    text: Vec<u8>,
    starts: Vec<usize>,
    /// Which letters each word has.
    signatures: Vec<u32>,
    /// The names of the words, word after word; where each begins.
    names: Vec<u32>,
    name_starts: Vec<usize>,
}

/// A word that is nearly what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NearWord {
    /// How many letters are wrong.
    pub errors: u8,
    /// The misspelt part is not at the start of the word.
    pub is_inside: bool,
    /// How many letters the word is longer or shorter.
    pub apart: usize,
    pub word: usize,
}

impl Vocabulary {
    pub fn of(index: &NameIndex, watch: &Watch) -> Result<Vocabulary, Cancelled> {
        let mut numbers: HashMap<&[u8], u32> = HashMap::new();
        let mut vocabulary = Vocabulary { starts: vec![0], ..Vocabulary::default() };
        let mut word_of_name: Vec<(u32, u32)> = Vec::new();
        for name in 0..index.len() {
            if name % 4096 == 0 {
                watch.check()?;
            }
            let Ok(number_of_name) = u32::try_from(name) else { break };
            for word in words(index.name(name)) {
                let Ok(next) = u32::try_from(vocabulary.signatures.len()) else { break };
                let number = *numbers.entry(word).or_insert_with(|| {
                    vocabulary.text.extend_from_slice(word);
                    vocabulary.starts.push(vocabulary.text.len());
                    vocabulary.signatures.push(signature(word));
                    next
                });
                word_of_name.push((number, number_of_name));
            }
        }
        drop(numbers);
        // A name may have a word twice.
        word_of_name.sort_unstable();
        word_of_name.dedup();
        watch.check()?;
        vocabulary.name_starts = Vec::with_capacity(vocabulary.signatures.len() + 1);
        vocabulary.name_starts.push(0);
        let mut at = 0;
        for word in 0..vocabulary.signatures.len() {
            let rest = word_of_name.get(at..).unwrap_or_default();
            at += rest.partition_point(|(number, _)| *number as usize <= word);
            vocabulary.name_starts.push(at);
        }
        vocabulary.names = word_of_name.into_iter().map(|(_, name)| name).collect();
        Ok(vocabulary)
    }

    /// The words that are what was typed but for a few errors, the nearest first.
    pub fn near(
        &self,
        typed: &[u8],
        most: usize,
        watch: &Watch,
    ) -> Result<Vec<NearWord>, Cancelled> {
        let Some(pattern) = Pattern::new(typed) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (word, letters) in self.signatures.iter().enumerate() {
            if word % 65_536 == 0 {
                watch.check()?;
            }
            if pattern.may_match(*letters)
                && let Some(near) = pattern.errors(self.word(word))
            {
                let apart = self.word(word).len().abs_diff(typed.len());
                found.push(NearWord {
                    errors: near.errors,
                    is_inside: near.is_inside,
                    apart,
                    word,
                });
            }
        }
        found.sort_unstable();
        found.truncate(most);
        Ok(found)
    }

    pub fn word(&self, word: usize) -> &[u8] {
        let range = self.starts.get(word).zip(self.starts.get(word + 1));
        range.and_then(|(start, end)| self.text.get(*start..*end)).unwrap_or_default()
    }

    /// The names that have a word.
    pub fn names(&self, word: usize) -> &[u32] {
        let range = self.name_starts.get(word).zip(self.name_starts.get(word + 1));
        range.and_then(|(start, end)| self.names.get(*start..*end)).unwrap_or_default()
    }
}

/// The words of a name that can be misspelt.
pub(super) fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let words = name.split(|byte| matches!(byte, b' ' | b'\n'));
    words.filter(|word| can_be_misspelt(word))
}

/// Whether a word is long enough and has no digits.
pub(super) fn can_be_misspelt(word: &[u8]) -> bool {
    word.len() >= SHORTEST && !word.iter().any(u8::is_ascii_digit)
}
