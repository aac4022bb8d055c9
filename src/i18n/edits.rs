//! How many typing errors lie between two texts: letters changed, added, left out, or exchanged
//! with their neighbour (optimal string alignment), all rows of the table of distances at once in
//! the bits of a number: G. Myers, "A fast bit-vector algorithm for approximate string matching
//! based on dynamic programming", Journal of the ACM 46 (1999); with exchanges after H. Hyyrö, "A
//! bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of
//! Computing 10 (2003).

/// A text ready to be compared with many others, byte by byte: fold both first.
pub struct Edits {
    /// For every byte, at which places the text has it.
    places: Box<[u64; 256]>,
    length: usize,
}

/// How many errors lie between two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// To the whole of the other text.
    pub whole: usize,
    /// To the nearest of its starts (or parts).
    pub prefix: usize,
}

impl Edits {
    /// None for an empty text and for one of more than 64 bytes.
    pub fn new(text: &[u8]) -> Option<Edits> {
        if text.is_empty() || text.len() > 64 {
            return None;
        }
        let mut places = Box::new([0_u64; 256]);
        for (at, byte) in text.iter().enumerate() {
            if let Some(bits) = places.get_mut(usize::from(*byte)) {
                *bits |= 1 << at;
            }
        }
        Some(Edits { places, length: text.len() })
    }

    /// The length of the text, bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How far another text is, from its start; or else from anywhere in it, where only the
    /// distance to a part ([`Distance::prefix`]) means something.
    pub fn distance(&self, other: &[u8], from_start: bool) -> Distance {
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
            let Some(edits) = Edits::new(a.as_bytes()) else { panic!("{a}") };
            for b in words {
                let row = textbook(a.as_bytes(), b.as_bytes());
                let found = edits.distance(b.as_bytes(), true);
                assert_eq!(Some(&found.whole), row.last(), "{a} {b}");
                assert_eq!(Some(&found.prefix), row.iter().min(), "{a} {b}");
                let ends = (0..=b.len()).map(|at| textbook(a.as_bytes(), &b.as_bytes()[at..]));
                let inside = ends.filter_map(|row| row.into_iter().min()).min();
                let found = edits.distance(b.as_bytes(), false);
                assert_eq!(Some(found.prefix), inside, "{a} in {b}");
            }
        }
        assert!(Edits::new(b"").is_none() && Edits::new(&[b'a'; 65]).is_none());
    }
}
