//! Records of binary workbooks ([MS-XLS] 2.3) and the texts in them.

use super::bytes::Bytes;
use crate::formats::charset::Charset;

/// Kinds of records.
pub(super) mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000A;
    pub const DATES: u16 = 0x0022;
    pub const LOCKED: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const SHEET: u16 = 0x0085;
    pub const SQUEEZED_ROW: u16 = 0x00BD;
    pub const RICH_LABEL: u16 = 0x00D6;
    pub const STYLE: u16 = 0x00E0;
    pub const MERGED: u16 = 0x00E5;
    pub const STRINGS: u16 = 0x00FC;
    pub const SHARED_LABEL: u16 = 0x00FD;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOLEAN_OR_ERROR: u16 = 0x0205;
    pub const FORMULA_TEXT: u16 = 0x0207;
    pub const SQUEEZED: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BEGIN: u16 = 0x0809;
}

/// A record with what continues it.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

/// The records of a stream, from a place in it.
pub(super) struct Records<'a>(Bytes<'a>);

impl<'a> Records<'a> {
    pub(super) fn from(stream: &'a [u8], at: usize) -> Records<'a> {
        Records(Bytes(stream.get(at..).unwrap_or_default()))
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = self.0.u16()?;
        let length = self.0.u16()?;
        Some((kind, self.0.take(usize::from(length))?))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut record = Record { kind, data, more: Vec::new() };
        loop {
            let before = self.0;
            let Some((kind::CONTINUE, data)) = self.one() else {
                self.0 = before;
                return Some(record);
            };
            record.more.push(data);
        }
    }
}

/// How texts are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts {
    /// UTF-16, or its lower halves, since Excel 97; a code page before.
    pub(super) is_unicode: bool,
    pub(super) encoding: Charset,
}

impl Texts {
    /// A text behind its length in 16 bits.
    pub(super) fn long(self, bytes: &mut Bytes<'_>) -> Option<String> {
        let letters = usize::from(bytes.u16()?);
        self.letters(bytes, letters)
    }

    /// A text behind its length in 8 bits.
    pub(super) fn short(self, bytes: &mut Bytes<'_>) -> Option<String> {
        let letters = usize::from(bytes.u8()?);
        self.letters(bytes, letters)
    }

    fn letters(self, bytes: &mut Bytes<'_>, letters: usize) -> Option<String> {
        if !self.is_unicode {
            return Some(self.encoding.decode(bytes.take(letters)?).0.into_owned());
        }
        let flags = bytes.u8()?;
        if flags & 8 != 0 {
            bytes.take(2)?;
        }
        if flags & 4 != 0 {
            bytes.take(4)?;
        }
        if flags & 1 != 0 { bytes.utf16(letters) } else { Some(halves(bytes.take(letters)?)) }
    }
}

/// UTF-16 of which the upper halves are left out, because they are nothing.
fn halves(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The shared texts, which go on from one record to the next in the middle of a text; behind the
/// cut it is told anew whether letters have one byte or two ([MS-XLS] 2.5.293).
pub(super) struct SharedTexts<'a> {
    now: Bytes<'a>,
    more: std::vec::IntoIter<&'a [u8]>,
    left: u32,
}

impl<'a> SharedTexts<'a> {
    pub(super) fn of(record: Record<'a>) -> SharedTexts<'a> {
        let mut now = Bytes(record.data);
        now.take(4);
        let left = now.u32().unwrap_or(0);
        SharedTexts { now, more: record.more.into_iter(), left }
    }

    /// Whether there is a byte, in this record or the next that has one.
    fn has_more(&mut self) -> bool {
        while self.now.0.is_empty() {
            match self.more.next() {
                Some(next) => self.now = Bytes(next),
                None => return false,
            }
        }
        true
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            if !self.has_more() {
                return None;
            }
            let here = bytes.min(self.now.0.len());
            self.now.take(here)?;
            bytes -= here;
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        if !self.has_more() {
            return None;
        }
        let mut letters = usize::from(self.now.u16()?);
        let flags = self.now.u8()?;
        let runs = if flags & 8 != 0 { usize::from(self.now.u16()?) } else { 0 };
        let phonetic = if flags & 4 != 0 { self.now.length()? } else { 0 };
        let mut is_wide = flags & 1 != 0;
        let mut text = String::new();
        loop {
            let bytes = if is_wide { 2 } else { 1 };
            let here = letters.min(self.now.0.len() / bytes);
            let part = if is_wide { self.now.utf16(here) } else { self.now.take(here).map(halves) };
            text.push_str(&part?);
            letters -= here;
            if letters == 0 {
                break;
            }
            // Half a letter is none.
            self.now = Bytes(&[]);
            if !self.has_more() {
                return None;
            }
            is_wide = self.now.u8()? & 1 != 0;
        }
        self.skip(runs * 4)?;
        self.skip(phonetic)?;
        Some(text)
    }
}

impl Iterator for SharedTexts<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        self.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record<'a>(data: &'a [u8], more: &[&'a [u8]]) -> Record<'a> {
        Record { kind: kind::STRINGS, data, more: more.to_vec() }
    }

    #[test]
    fn shared_texts_go_on_in_the_next_record() {
        let start = [2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, b'a', b'b'];
        let next = [1, 0xE9, 0, b'd', 0, 1, 0, 0, b'x'];
        let texts: Vec<String> = SharedTexts::of(record(&start, &[&next])).collect();
        assert_eq!(texts, ["abéd", "x"]);
        // Runs of formats are passed over, also across a cut; what is cut off is not there.
        let start = [2, 0, 0, 0, 9, 0, 0, 0, 1, 0, 8, 1, 0, b'a', 0, 0];
        let next = [0, 0, 2, 0, 0, b'y', b'z', 5, 0, 0, b'x'];
        let texts: Vec<String> = SharedTexts::of(record(&start, &[&next])).collect();
        assert_eq!(texts, ["a", "yz"]);
        assert_eq!(SharedTexts::of(record(&[], &[])).count(), 0);
    }

    #[test]
    fn records_come_with_what_continues_them() {
        let stream = [0xFC, 0, 1, 0, 7, 0x3C, 0, 2, 0, 8, 9, 0x0A, 0, 0, 0, 1, 0, 9, 0];
        let records: Vec<Record<'_>> = Records::from(&stream, 0).collect();
        assert_eq!(records.len(), 2);
        assert_eq!(
            (records[0].kind, records[0].data, records[0].more.as_slice()),
            (0xFC, &[7][..], &[&[8, 9][..]][..])
        );
        assert_eq!((records[1].kind, records[1].data), (kind::END, &[][..]));
        assert_eq!(Records::from(&stream, 99).count(), 0);
    }
}
