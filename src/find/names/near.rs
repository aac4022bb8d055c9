//! How nearly a typed word is another: with how many typing errors ([`Edits`]), as a whole, as its
//! start or inside it.

use crate::i18n::Edits;

/// From how many bytes on two errors are forgiven.
const LONG: usize = 7;

/// From how many bytes on a word may also be the start of a longer one.
const PREFIX: usize = 4;

/// From how many bytes on a word may also stand inside another (Dutch writes words together).
const INSIDE: usize = 6;

/// A word that was typed, perhaps wrongly.
pub(super) struct Pattern {
    edits: Edits,
    letters: u32,
    allowed: u8,
}

/// How near a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nearness {
    pub errors: u8,
    pub is_inside: bool,
}

impl Pattern {
    /// None for a word of more than 64 bytes.
    pub fn new(word: &[u8]) -> Option<Pattern> {
        let edits = Edits::new(word)?;
        let allowed = if word.len() < LONG { 1 } else { 2 };
        Some(Pattern { edits, letters: signature(word), allowed })
    }

    /// Whether a word with these letters can be near: every error brings at most one letter that
    /// the other lacks.
    pub fn may_match(&self, letters: u32) -> bool {
        (self.letters & !letters).count_ones() <= u32::from(self.allowed)
    }

    /// How many errors lie between the word typed and another, the start of another, or a part of
    /// another; none for too many.
    pub fn errors(&self, other: &[u8]) -> Option<Nearness> {
        let anchored = self.edits.distance(other, true);
        let whole = if self.edits.length() < PREFIX { anchored.whole } else { anchored.prefix };
        if whole <= usize::from(self.allowed) {
            return Some(Nearness { errors: u8::try_from(whole).ok()?, is_inside: false });
        }
        if self.edits.length() < INSIDE {
            return None;
        }
        let inside = self.edits.distance(other, false).prefix;
        (inside <= usize::from(self.allowed))
            .then_some(Nearness { errors: u8::try_from(inside).ok()?, is_inside: true })
    }
}

/// Which letters a word has: a bit for each of the Latin alphabet, and five for all other bytes.
pub(super) fn signature(word: &[u8]) -> u32 {
    word.iter().fold(0, |letters, byte| {
        let bit = match byte {
            b'a'..=b'z' => byte - b'a',
            other => 26 + other % 5,
        };
        letters | 1 << bit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_that_is_near_is_passed_by_for_its_letters() {
        let words = ["veldstraat", "vledstraat", "velstraatt", "straat", "ledeberg", "ledebreg"];
        for a in words {
            let Some(pattern) = Pattern::new(a.as_bytes()) else { panic!("{a}") };
            for b in words.iter().chain(&["xveldstraatx", "abba", "kouter"]) {
                let found = pattern.errors(b.as_bytes());
                let may = pattern.may_match(signature(b.as_bytes()));
                assert!(found.is_none() || may, "{a} {b}");
                assert!(a != *b || found == Some(Nearness { errors: 0, is_inside: false }));
            }
        }
    }
}
