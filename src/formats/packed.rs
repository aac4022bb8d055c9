//! Texts one after another, laid out as Arrow has them.

use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};

/// The most bytes that Arrow's 32-bit offsets count.
const LARGEST: usize = i32::MAX as usize;

/// The bytes of texts, in whatever encoding, and where each ends.
#[derive(Debug)]
pub(super) struct Packed {
    bytes: Vec<u8>,
    /// Where each text ends, after a 0.
    ends: Vec<i32>,
    /// More than the ends can count; those that follow are left out.
    too_much: bool,
}

impl Default for Packed {
    fn default() -> Self {
        Packed { bytes: Vec::new(), ends: vec![0], too_much: false }
    }
}

impl Packed {
    pub(super) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// The bytes of all texts.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether there is more than a column can hold.
    pub(super) fn is_too_much(&self) -> bool {
        self.too_much
    }

    fn end(&self) -> i32 {
        self.ends.last().copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn push(&mut self, text: &[u8]) {
        match i32::try_from(self.bytes.len() + text.len()) {
            Ok(end) if !self.too_much => {
                self.bytes.extend_from_slice(text);
                self.ends.push(end);
            }
            _ => {
                self.too_much = true;
                self.ends.push(self.end());
            }
        }
    }

    /// Adds so many texts without a byte.
    #[inline]
    pub(super) fn push_empty(&mut self, count: usize) {
        self.ends.resize(self.ends.len() + count, self.end());
    }

    /// Makes room for so many texts in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.len());
        let bytes = self.bytes.len() as u128 * more as u128 / self.len().max(1) as u128;
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(LARGEST);
        // A guess: what is not there now may still be when it is needed.
        let _ = self.bytes.try_reserve_exact(bytes);
        let _ = self.ends.try_reserve_exact(more);
    }

    /// Adds the texts that follow.
    pub(super) fn append(&mut self, other: &Packed) {
        let start = self.end();
        let rows = other.ends.iter().skip(1);
        if self.too_much || other.too_much || start.checked_add(other.end()).is_none() {
            self.too_much = true;
            self.ends.extend(rows.map(|_| start));
        } else {
            self.bytes.extend_from_slice(&other.bytes);
            self.ends.extend(rows.map(|end| start + end));
        }
    }

    /// The text of a row; an empty one where there is no such row.
    pub(super) fn get(&self, row: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).and_then(|end| usize::try_from(*end).ok());
        let range = end(row).unwrap_or_default()..end(row + 1).unwrap_or_default();
        self.bytes.get(range).unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let place = |end: &i32| usize::try_from(*end).unwrap_or_default();
        let pairs = self.ends.iter().zip(self.ends.iter().skip(1));
        pairs.map(move |(start, end)| self.bytes.get(place(start)..place(end)).unwrap_or_default())
    }

    /// Whether each text is UTF-8: no text ends within a character, though all texts together be
    /// valid.
    pub(super) fn is_utf8(&self) -> bool {
        std::str::from_utf8(&self.bytes).is_ok_and(|text| {
            let place = |end: &i32| usize::try_from(*end).unwrap_or_default();
            self.ends.iter().all(|end| text.is_char_boundary(place(end)))
        })
    }

    /// The same bytes as Arrow's, without a copy but for what was reserved and not used.
    pub(super) fn into_buffers(mut self) -> (OffsetBuffer<i32>, Buffer) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        (OffsetBuffer::new(ScalarBuffer::from(self.ends)), Buffer::from_vec(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_place_when_more_follow() {
        let mut first = Packed::default();
        first.push(b"een");
        first.push_empty(2);
        let mut more = Packed::default();
        more.push(b"");
        more.push("\u{e9}".as_bytes());
        first.append(&more);
        let expected: [&[u8]; 5] = [b"een", b"", b"", b"", "\u{e9}".as_bytes()];
        assert_eq!(first.iter().collect::<Vec<_>>(), expected);
        assert_eq!((0..6).map(|row| first.get(row)).collect::<Vec<_>>()[..5], expected);
        assert_eq!((first.get(5), first.len(), first.is_utf8()), (&b""[..], 5, true));
    }

    #[test]
    fn halves_of_a_character_are_no_text() {
        let mut texts = Packed::default();
        texts.push(b"a\xc3");
        texts.push(b"\xa9");
        assert!(!texts.is_utf8());
    }
}
