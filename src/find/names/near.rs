//! How many typing errors lie between two words: letters changed, added, left out, or exchanged
//! with their neighbour (optimal string alignment), all rows of the table of distances at once in
//! the bits of a number: G. Myers, "A fast bit-vector algorithm for approximate string matching
//! based on dynamic programming", Journal of the ACM 46 (1999); with exchanges after H. Hyyrö, "A
//! bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of
//! Computing 10 (2003).

/// From how many bytes on two errors are forgiven.
const LONG: usize = 7;

/// From how many bytes on a word may also be the start of a longer one.
const PREFIX: usize = 4;

/// From how many bytes on a word may also stand inside another (Dutch writes words together).
const INSIDE: usize = 6;

/// A word that was typed, perhaps wrongly.
pub(super) struct Pattern {
    /// For every byte, at which places the word has it.
    places: Box<[u64; 256]>,
    length: usize,
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
        if word.is_empty() || word.len() > 64 {
            return None;
        }
        let mut places = Box::new([0_u64; 256]);
        for (at, byte) in word.iter().enumerate() {
            if let Some(bits) = places.get_mut(usize::from(*byte)) {
                *bits |= 1 << at;
            }
        }
        let allowed = if word.len() < LONG { 1 } else { 2 };
        Some(Pattern { places, length: word.len(), letters: signature(word), allowed })
    }

    /// Whether a word with these letters can be near: every error brings at most one letter that
    /// the other lacks.
    pub fn may_match(&self, letters: u32) -> bool {
        (self.letters & !letters).count_ones() <= u32::from(self.allowed)
    }

    /// How many errors lie between the word typed and another, the start of another, or a part of
    /// another; none for too many.
    pub fn errors(&self, other: &[u8]) -> Option<Nearness> {
        let anchored = self.distance(other, true);
        let whole = if self.length < PREFIX { anchored.whole } else { anchored.prefix };
        if whole <= usize::from(self.allowed) {
            return Some(Nearness { errors: u8::try_from(whole).ok()?, is_inside: false });
        }
        if self.length < INSIDE {
            return None;
        }
        let inside = self.distance(other, false).prefix;
        (inside <= usize::from(self.allowed))
            .then_some(Nearness { errors: u8::try_from(inside).ok()?, is_inside: true })
    }

    fn distance(&self, other: &[u8], from_start: bool) -> Distance {
        let last = 1_u64 << (self.length - 1);
        let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut errors = self.length;
        let mut best = errors;
        for byte in other {
            let here = self.places.get(usize::from(*byte)).copied().unwrap_or_default();
            let exchanged = ((!diagonal & here) << 1) & before;
            diagonal = ((here & up).wrapping_add(up) ^ up) | here | down | exchanged;
            let mut right = down | !(diagonal | up);
            let mut left = diagonal & up;
            if right & last != 0 {
                errors += 1;
            }
            if left & last != 0 {
                errors = errors.saturating_sub(1);
            }
            right = (right << 1) | u64::from(from_start);
            left <<= 1;
            up = left | !(diagonal | right);
            down = right & diagonal;
            before = here;
            best = best.min(errors);
        }
        Distance { whole: errors, prefix: best }
    }
}

struct Distance {
    /// To the whole word.
    whole: usize,
    /// To the nearest of its starts (or parts).
    prefix: usize,
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

    /// The table of distances, cell by cell, as textbooks have it.
    fn textbook(a: &[u8], b: &[u8]) -> Vec<usize> {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (table[i - 1][j - 1] + change)
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table.pop().unwrap_or_default()
    }

    #[test]
    fn distances_are_those_of_the_textbook() {
        let words = [
            "veldstraat",
            "vledstraat",
            "veldstaat",
            "velstraatt",
            "straat",
            "kouter",
            "koutre",
            "ledeberg",
            "ledebreg",
            "abba",
            "baba",
            "aaaa",
            "a",
            "ab",
            "ba",
            "bac",
            "cab",
        ];
        for a in words {
            let Some(pattern) = Pattern::new(a.as_bytes()) else { panic!("{a}") };
            for b in words {
                let row = textbook(a.as_bytes(), b.as_bytes());
                let found = pattern.distance(b.as_bytes(), true);
                assert_eq!(Some(&found.whole), row.last(), "{a} {b}");
                assert_eq!(Some(&found.prefix), row.iter().min(), "{a} {b}");
                let ends = (0..=b.len()).map(|at| textbook(a.as_bytes(), &b.as_bytes()[at..]));
                let inside = ends.filter_map(|row| row.into_iter().min()).min();
                let found = pattern.distance(b.as_bytes(), false);
                assert_eq!(Some(found.prefix), inside, "{a} in {b}");
                if found.prefix <= usize::from(pattern.allowed) {
                    assert!(pattern.may_match(signature(b.as_bytes())), "{a} {b}");
                }
            }
        }
    }
}
