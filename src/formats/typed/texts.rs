//! Texts as bytes, one after another: whether they are in their encoding is looked at once, when
//! all are there.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use arrow_buffer::{Buffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};

/// The most bytes that Arrow's 32-bit offsets count.
const LARGEST: usize = i32::MAX as usize;

/// Texts and nulls.
#[derive(Debug)]
pub(in crate::formats) struct Texts {
    bytes: Vec<u8>,
    /// Where each text ends, after a 0: as Arrow has it.
    ends: Vec<i32>,
    valid: NullBufferBuilder,
    /// More than the ends can count; those that follow are left out.
    too_much: bool,
}

impl Default for Texts {
    fn default() -> Self {
        let valid = NullBufferBuilder::new(0);
        Texts { bytes: Vec::new(), ends: vec![0], valid, too_much: false }
    }
}

impl Texts {
    pub(in crate::formats) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// Whether there is more than a column can hold.
    pub(in crate::formats) fn is_too_much(&self) -> bool {
        self.too_much
    }

    fn end(&self) -> i32 {
        self.ends.last().copied().unwrap_or_default()
    }

    #[inline]
    pub(in crate::formats) fn push(&mut self, text: &[u8]) {
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
        self.valid.append_non_null();
    }

    #[inline]
    pub(in crate::formats) fn push_null(&mut self) {
        self.ends.push(self.end());
        self.valid.append_null();
    }

    /// Adds nulls until there are so many rows.
    #[inline]
    pub(in crate::formats) fn pad_to(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        if missing == 0 {
            return;
        }
        self.ends.resize(self.ends.len() + missing, self.end());
        self.valid.append_n_nulls(missing);
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(in crate::formats) fn reserve_for(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.len());
        let bytes = self.bytes.len() as u128 * more as u128 / self.len().max(1) as u128;
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(LARGEST);
        // A guess: what is not there now may still be when it is needed.
        let _ = self.bytes.try_reserve_exact(bytes);
        let _ = self.ends.try_reserve_exact(more);
    }

    /// Adds the texts of the rows that follow.
    pub(in crate::formats) fn append(&mut self, mut other: Texts) {
        let start = self.end();
        let rows = other.ends.iter().skip(1);
        if self.too_much || other.too_much || start.checked_add(other.end()).is_none() {
            self.too_much = true;
            self.ends.extend(rows.map(|_| start));
        } else {
            self.bytes.extend_from_slice(&other.bytes);
            self.ends.extend(rows.map(|end| start + end));
        }
        match other.valid.finish() {
            Some(valid) => self.valid.append_buffer(&valid),
            None => self.valid.append_n_non_nulls(other.len()),
        }
    }

    /// The texts with their nulls.
    pub(in crate::formats) fn iter(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let place = |end: &i32| usize::try_from(*end).unwrap_or_default();
        let pairs = self.ends.iter().zip(self.ends.iter().skip(1)).enumerate();
        pairs.map(move |(row, (start, end))| {
            let text = self.bytes.get(place(start)..place(end)).unwrap_or_default();
            self.valid.is_valid(row).then_some(text)
        })
    }

    /// The finished column; the texts again where some are not in UTF-8.
    pub(in crate::formats) fn finish(mut self) -> Result<ArrayRef, Texts> {
        // Looked at before anything is given away, and again by Arrow, which trusts nobody.
        let is_text = std::str::from_utf8(&self.bytes).is_ok_and(|text| {
            let place = |end: &i32| usize::try_from(*end).unwrap_or_default();
            self.ends.iter().all(|end| text.is_char_boundary(place(end)))
        });
        if !is_text {
            return Err(self);
        }
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let nulls = self.valid.finish().filter(|nulls| nulls.null_count() > 0);
        Ok(Arc::new(StringArray::new(offsets, Buffer::from_vec(self.bytes), nulls)))
    }
}
