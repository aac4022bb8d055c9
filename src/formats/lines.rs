//! The line and column of a place in a text.

use crate::problem::Place;

/// Counts lines and characters of UTF-8 text that is passed over.
#[derive(Debug, Default)]
pub(super) struct LineCounter {
    /// Line ends so far.
    lines: u64,
    /// Characters since the last one.
    characters: u64,
}

impl LineCounter {
    pub fn new() -> LineCounter {
        LineCounter::default()
    }

    /// Whether nothing was passed yet.
    pub fn is_new(&self) -> bool {
        self.lines == 0 && self.characters == 0
    }

    /// Passes over text, which may end inside a character.
    pub fn pass(&mut self, text: &[u8]) {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let last_line = match memchr::memrchr(b'\n', text) {
            Some(end) => {
                self.lines += count(memchr::memchr_iter(b'\n', text).count());
                self.characters = 0;
                text.get(end + 1..).unwrap_or_default()
            }
            None => text,
        };
        // All bytes but those that continue a character.
        self.characters += count(last_line.iter().filter(|byte| **byte & 0xC0 != 0x80).count());
    }

    /// The line and column of what comes next, from 1.
    pub fn place(&self) -> Place {
        Place::Line { line: self.lines + 1, column: self.characters + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters() {
        let mut counter = LineCounter::new();
        "é\nëx".bytes().take(5).for_each(|byte| counter.pass(&[byte]));
        assert_eq!(counter.place(), Place::Line { line: 2, column: 2 });
    }
}
