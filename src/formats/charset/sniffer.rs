//! What is kept of texts while they pass, so that their encoding can be judged afterwards: counts,
//! some of the bytes, and the values that tell most.

use super::twice;

/// How many bytes of text the detector is given; it has made up its mind long before.
const APPETITE: usize = 1 << 16;

/// How many telling values of each kind are kept.
const KEPT: usize = 24;

/// How many bytes of a value are kept.
const LENGTH: usize = 96;

/// How many texts of a whole file are looked at.
const TEXTS: u64 = 20_000;

/// How many values of a column that is UTF-8 are looked at.
const TEXTS_OF_COLUMN: u64 = 4_000;

/// Counts the texts outside ASCII as they pass, and keeps the most telling ones. What is kept does
/// not depend on how the texts are cut into pieces, but for the order of what the detector gets.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct Sniffer {
    /// Texts with bytes above 127.
    pub(super) seen: u64,
    /// Those that are valid UTF-8 but for a last character cut by the width of the field.
    pub(super) utf8: u64,
    /// Those that seem to be UTF-8 encoded twice.
    pub(super) twice: u64,
    /// Whether the text as a whole is UTF-8 but for a few damaged places, where that is known.
    pub(super) is_utf8: Option<bool>,
    /// The first of them, for the detector.
    pub(super) first: Vec<u8>,
    /// The most telling that are valid UTF-8, those that are not, and those encoded twice.
    pub(super) valid: Telling,
    pub(super) invalid: Telling,
    pub(super) doubled: Telling,
}

impl Sniffer {
    /// Looks at the text of a file that is cut into values at line ends and the usual delimiters:
    /// at so many values that their encoding is clear.
    pub(in crate::formats) fn of_file(bytes: &[u8]) -> Sniffer {
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r' | b',' | b';' | b'\t' | b'|' | b'"');
        let mut made = Sniffer::default();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(found) = first_not_ascii(rest) else { break };
            let found = at + found;
            let (before, after) = bytes.split_at(found);
            // No further than what is kept: a text may be as long as the file.
            let before = before.get(before.len().saturating_sub(LENGTH)..).unwrap_or_default();
            let start = found - before.iter().rev().take_while(|byte| !ends(byte)).count();
            let length = after.iter().take(4 * LENGTH).take_while(|byte| !ends(byte)).count();
            at = found + length.max(1);
            made.look(bytes.get(start..at).unwrap_or_default().trim_ascii());
            if made.seen >= TEXTS {
                break;
            }
        }
        made
    }

    /// Looks at values that are UTF-8 already, at so many of them that it is clear whether they were
    /// encoded twice.
    pub(in crate::formats) fn look_at_all<'a>(&mut self, values: impl Iterator<Item = &'a [u8]>) {
        let enough = self.seen + TEXTS_OF_COLUMN;
        for value in values {
            self.look(value);
            if self.seen >= enough {
                break;
            }
        }
    }

    /// Says whether the text as a whole is UTF-8 but for a few damaged places.
    pub(in crate::formats) fn judge_as_whole(&mut self, is_utf8: bool) {
        self.is_utf8 = Some(is_utf8);
    }

    /// Looks at a value.
    pub(in crate::formats) fn look(&mut self, text: &[u8]) {
        if text.is_ascii() {
            return;
        }
        self.seen += 1;
        if self.first.len() < APPETITE {
            self.first.extend_from_slice(text);
            self.first.push(b'\n');
        }
        let is_valid = match std::str::from_utf8(text) {
            Ok(_) => true,
            // Cut in the middle of a character, with whole ones before it.
            Err(error) => {
                let whole = text.get(..error.valid_up_to()).unwrap_or_default();
                error.error_len().is_none() && !whole.is_ascii()
            }
        };
        if !is_valid {
            return self.invalid.offer(text);
        }
        self.utf8 += 1;
        self.valid.offer(text);
        if twice::may_be_twice(text) && twice::repaired(&String::from_utf8_lossy(text)).is_some() {
            self.twice += 1;
            self.doubled.offer(text);
        }
    }

    /// Adds what was seen in other rows.
    pub(in crate::formats) fn append(&mut self, other: &Sniffer) {
        self.seen += other.seen;
        self.utf8 += other.utf8;
        self.twice += other.twice;
        if self.first.len() < APPETITE {
            self.first.extend_from_slice(&other.first);
        }
        self.valid.append(&other.valid);
        self.invalid.append(&other.invalid);
        self.doubled.append(&other.doubled);
    }

    /// The values kept, the most telling first; those that are not UTF-8 before the others, which
    /// tell less where both are there.
    pub(super) fn kept(&self) -> impl Iterator<Item = &[u8]> + Clone {
        [&self.doubled, &self.invalid, &self.valid].into_iter().flat_map(Telling::iter)
    }
}

/// The place of the first byte above 127.
fn first_not_ascii(bytes: &[u8]) -> Option<usize> {
    // Whole blocks are looked at in one go.
    const BLOCK: usize = 64;
    let block = bytes.chunks(BLOCK).position(|block| !block.is_ascii())?;
    let rest = bytes.get(block * BLOCK..)?;
    rest.iter().position(|byte| !byte.is_ascii()).map(|at| block * BLOCK + at)
}

/// The most telling values, the best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling(Vec<(i32, Vec<u8>)>);

impl Telling {
    /// Keeps a value if it tells more than those that are kept. Of equal ones the first in the
    /// order of bytes is kept, so that the order of coming does not matter.
    fn offer(&mut self, text: &[u8]) {
        let text = clipped(text);
        self.put(telling(text), text);
    }

    fn put(&mut self, score: i32, text: &[u8]) {
        let order = |(theirs, other): &(i32, Vec<u8>)| {
            theirs.cmp(&score).reverse().then_with(|| other.as_slice().cmp(text))
        };
        if self.0.len() >= KEPT && self.0.last().is_some_and(|last| order(last).is_le()) {
            return;
        }
        if let Err(at) = self.0.binary_search_by(order) {
            self.0.insert(at, (score, text.to_vec()));
            self.0.truncate(KEPT);
        }
    }

    fn append(&mut self, other: &Telling) {
        other.0.iter().for_each(|(score, text)| self.put(*score, text));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> + Clone {
        self.0.iter().map(|(_, text)| text.as_slice())
    }
}

/// How much a value tells: several letters outside ASCII, and short enough to be read at a glance.
fn telling(text: &[u8]) -> i32 {
    let high = text.iter().filter(|byte| !byte.is_ascii()).count().min(8);
    let length = text.len().min(LENGTH);
    i32::try_from(high * 16).unwrap_or(0) - i32::try_from(length).unwrap_or(0)
}

/// The part of a long value around its first bytes outside ASCII, cut at spaces, which no
/// encoding uses within a character.
fn clipped(text: &[u8]) -> &[u8] {
    if text.len() <= LENGTH {
        return text;
    }
    let first = first_not_ascii(text).unwrap_or(0);
    let is_space = |byte: &u8| *byte == b' ';
    let from = first.saturating_sub(LENGTH / 3);
    let before = text.get(from..first).unwrap_or_default();
    let start = before.iter().position(is_space).map_or(first, |at| from + at + 1);
    let kept = text.get(start..).unwrap_or_default();
    let kept = kept.get(..kept.len().min(LENGTH)).unwrap_or_default();
    match kept.iter().rposition(is_space) {
        Some(end) if end > first - start => kept.get(..end).unwrap_or_default(),
        _ => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sniffer: &Sniffer) -> Vec<String> {
        sniffer.kept().map(|text| String::from_utf8_lossy(text).into_owned()).collect()
    }

    #[test]
    fn what_is_kept_does_not_depend_on_cuts_and_order() {
        let all: Vec<String> = (0..200).map(|at| format!("straat é {}", at * 37 % 200)).collect();
        let mut whole = Sniffer::default();
        all.iter().for_each(|text| whole.look(text.as_bytes()));
        let mut pieces = Sniffer::default();
        for piece in all.chunks(7).rev() {
            let mut theirs = Sniffer::default();
            piece.iter().chain(piece).for_each(|text| theirs.look(text.as_bytes()));
            pieces.append(&theirs);
        }
        assert_eq!(texts(&pieces), texts(&whole));
        assert_eq!((texts(&whole).len(), whole.seen, pieces.seen), (KEPT, 200, 400));
    }

    #[test]
    fn a_file_is_cut_into_values() {
        let text = "naam;plaats\nCafé;Brûlé\n\"Sint-Éloi\";geen\nplein;12 °C";
        let sniffer = Sniffer::of_file(text.as_bytes());
        let mut found = texts(&sniffer);
        found.sort();
        assert_eq!(found, ["12 °C", "Brûlé", "Café", "Sint-Éloi"]);
        assert_eq!((sniffer.seen, sniffer.utf8), (4, 4));
        assert_eq!(Sniffer::of_file(b"naam;plaats\n").seen, 0);
    }

    #[test]
    fn long_values_are_clipped_around_what_tells() {
        let long = format!("{} Brûlé {}", "heel lang ".repeat(30), "en verder ".repeat(30));
        let clipped = String::from_utf8_lossy(clipped(long.as_bytes())).into_owned();
        assert!(clipped.contains("Brûlé") && clipped.len() <= LENGTH, "{clipped}");
        let endless = "é".repeat(500);
        let mut sniffer = Sniffer::of_file(endless.as_bytes());
        sniffer.look(endless.as_bytes());
        assert!(sniffer.kept().all(|text| text.len() <= LENGTH));
    }
}
