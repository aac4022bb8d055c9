//! Cuts delimited text into records and cells.
//!
//! The rules are those of RFC 4180 as the crate `csv` (the oracle of the tests) reads files that
//! break them: a cell is quoted when it begins with a quote; a quote in the middle of another is a
//! character; what follows a closing quote belongs to the cell; CR, LF and CR LF end a record;
//! empty lines are none.

use std::ops::Range;

/// Where the characters of a cell are: in the text itself; or, from one place behind its end on, in
/// what was put together, because quotes in it are doubled.
pub(super) type Cell = Range<usize>;

/// Reads the records of a text one after another.
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// The delimiter, eight times.
    delimiters: u64,
    /// Where the next record begins, or empty lines before it.
    next: usize,
    /// The record at hand.
    start: usize,
    cells: Vec<Cell>,
    mended: Vec<u8>,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Records<'a> {
        let delimiters = u64::from(delimiter) * ONES;
        let (cells, mended) = (Vec::new(), Vec::new());
        Records { text, delimiter, delimiters, next: 0, start: 0, cells, mended }
    }

    /// Where the record at hand begins.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Where the record at hand ends, without what ends it where that is one byte.
    pub(super) fn end(&self) -> usize {
        self.next.saturating_sub(1).max(self.start)
    }

    /// How many cells the record at hand has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell of the record at hand.
    pub(super) fn cell(&self, at: usize) -> Option<&str> {
        self.cells.get(at).map(|cell| self.text_of(cell))
    }

    /// The cells of the record at hand.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| self.text_of(cell))
    }

    /// The cells of the record at hand where all of them stand in the text itself.
    #[inline]
    pub(super) fn plain(&self) -> Option<&[Cell]> {
        self.mended.is_empty().then_some(&*self.cells)
    }

    #[inline]
    fn text_of(&self, cell: &Cell) -> &str {
        self.text.get(cell.clone()).unwrap_or_else(|| {
            let place = |at: usize| at.checked_sub(self.text.len() + 1);
            let range = place(cell.start).zip(place(cell.end)).map(|(start, end)| start..end);
            let bytes = range.and_then(|range| self.mended.get(range)).unwrap_or_default();
            // Put together from parts that were cut at ASCII characters.
            std::str::from_utf8(bytes).unwrap_or_default()
        })
    }

    /// Goes to the next record; false after the last.
    pub(super) fn advance(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let ends_line = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let rest = bytes.get(self.next..).unwrap_or_default();
        let Some(skipped) = rest.iter().position(|byte| !ends_line(byte)) else { return false };
        self.start = self.next + skipped;
        self.cells.clear();
        self.mended.clear();
        let mut at = self.start;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let end = if rest.first() == Some(&b'"') {
                self.quoted(at)
            } else {
                let length = self.plain_length(rest);
                self.cells.push(at..at + length);
                at + length
            };
            at = end + 1;
            if bytes.get(end) != Some(&self.delimiter) {
                self.next = at;
                return true;
            }
        }
    }

    /// How many bytes a cell has that is not quoted, or the rest of one after its closing quote:
    /// eight bytes at a time, as most cells are too short for more.
    #[inline]
    fn plain_length(&self, rest: &[u8]) -> usize {
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        let (eights, tail) = rest.as_chunks::<8>();
        for (at, eight) in eights.iter().enumerate() {
            let word = u64::from_le_bytes(*eight);
            // Either kind of line end is below 14; what else is, and is rare, is looked at.
            let mut found = zeros(word ^ self.delimiters) | below(word, 14);
            while found != 0 {
                let place = found.trailing_zeros() as usize / 8;
                if eight.get(place).is_some_and(ends) {
                    return at * 8 + place;
                }
                found &= found - 1;
            }
        }
        8 * eights.len() + tail.iter().position(ends).unwrap_or(tail.len())
    }

    /// Reads a quoted cell; returns where it ends.
    fn quoted(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let rest_at = |at: usize| bytes.get(at..).unwrap_or_default();
        let mut start = at + 1;
        let first_mended = self.mended.len();
        let mut is_mended = false;
        loop {
            let length = memchr::memchr(b'"', rest_at(start));
            let close = length.map_or(bytes.len(), |length| start + length);
            let part = bytes.get(start..close).unwrap_or_default();
            if bytes.get(close + 1) == Some(&b'"') {
                // A doubled quote is one of the cell's own.
                self.mended.extend_from_slice(part);
                self.mended.push(b'"');
                is_mended = true;
                start = close + 2;
                continue;
            }
            let after = (close + 1).min(bytes.len());
            let tail = self.plain_length(rest_at(after));
            if !is_mended && tail == 0 {
                self.cells.push(start..close);
                return after;
            }
            self.mended.extend_from_slice(part);
            self.mended.extend_from_slice(bytes.get(after..after + tail).unwrap_or_default());
            let behind = self.text.len() + 1;
            self.cells.push(behind + first_mended..behind + self.mended.len());
            return after + tail;
        }
    }
}

/// Eight bytes of 1.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The high bit of each byte that is zero; above the first such byte others may have it too.
/// (A. Mycroft; Warren, "Hacker's Delight", section 6-1.)
fn zeros(word: u64) -> u64 {
    below(word, 1)
}

/// As [`zeros`], of each byte below a limit of at most 128.
fn below(word: u64, limit: u64) -> u64 {
    word.wrapping_sub(ONES * limit) & !word & (ONES << 7)
}

/// Whether a text ends inside a quoted cell. `quoted` says whether it begins inside one;
/// otherwise a record begins with it.
pub(super) fn ends_quoted(bytes: &[u8], delimiter: u8, mut quoted: bool) -> bool {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        let quote = at + found;
        at = quote + 1;
        if quoted {
            if bytes.get(at) == Some(&b'"') {
                at += 1;
            } else {
                quoted = false;
            }
        } else {
            let before = quote.checked_sub(1).and_then(|before| bytes.get(before));
            quoted =
                before.is_none_or(|before| *before == delimiter || matches!(before, b'\r' | b'\n'));
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(text, b',');
        let mut all = Vec::new();
        while records.advance() {
            all.push(records.cells().map(str::to_owned).collect());
        }
        all
    }

    fn theirs(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().map_while(Result::ok);
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }

    /// All texts of up to seven characters that matter, against the crate `csv`; and whether a
    /// text ends in quotes, against what one more line becomes.
    #[test]
    fn every_short_text_is_cut_as_the_crate_csv_does() {
        const LETTERS: [char; 5] = ['"', ',', '\n', '\r', 'é'];
        for length in 0..=7_u32 {
            for number in 0..5_usize.pow(length) {
                let mut rest = number;
                let text: String = (0..length)
                    .map(|_| {
                        let letter = LETTERS[rest % 5];
                        rest /= 5;
                        letter
                    })
                    .collect();
                let records = ours(&text);
                assert_eq!(records, theirs(&text), "{text:?}");
                let line = format!("{text}\n");
                let more = ours(&format!("{line}x,y\n"));
                let quoted = more.last().is_none_or(|last| last != &["x", "y"]);
                assert_eq!(ends_quoted(line.as_bytes(), b',', false), quoted, "{line:?}");
                // Inside quotes: as after an opening quote.
                let inside = ends_quoted(line.as_bytes(), b',', true);
                let opened = format!("\"{line}");
                assert_eq!(ends_quoted(opened.as_bytes(), b',', false), inside, "{line:?}");
            }
        }
    }

    #[test]
    fn longer_cells_are_cut_at_the_first_of_what_ends_them() {
        for length in 0..40 {
            for end in ["", ",", "\n", "\r\n", "\u{1}-,", "-\u{1}\n", "é,", "\u{b}\r", "\t\0\u{c},"]
            {
                let text = format!("{}{end}x,y\n", "a".repeat(length));
                assert_eq!(ours(&text), theirs(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn the_place_of_a_record_is_without_the_empty_lines_before_it() {
        let mut records = Records::new("a\n\r\n\nb,\"c\nd\"\n", b',');
        assert!(records.advance() && records.advance());
        assert_eq!((records.start(), records.end(), records.len()), (5, 12, 2));
        assert!(!records.advance());
    }
}
