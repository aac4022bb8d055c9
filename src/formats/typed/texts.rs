//! Texts as bytes, with nulls: whether they are in their encoding is looked at once, when
//! all are there.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use arrow_buffer::NullBufferBuilder;

use crate::formats::packed::Packed;

/// Texts and nulls.
#[derive(Debug)]
pub(in crate::formats) struct Texts {
    packed: Packed,
    valid: NullBufferBuilder,
}

impl Default for Texts {
    fn default() -> Self {
        Texts { packed: Packed::default(), valid: NullBufferBuilder::new(0) }
    }
}

impl Texts {
    pub(in crate::formats) fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there is more than a column can hold.
    pub(in crate::formats) fn is_too_much(&self) -> bool {
        self.packed.is_too_much()
    }

    #[inline]
    pub(in crate::formats) fn push(&mut self, text: &[u8]) {
        self.packed.push(text);
        self.valid.append_non_null();
    }

    #[inline]
    pub(in crate::formats) fn push_null(&mut self) {
        self.packed.push_empty(1);
        self.valid.append_null();
    }

    /// Adds nulls until there are so many rows.
    #[inline]
    pub(in crate::formats) fn pad_to(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        if missing == 0 {
            return;
        }
        self.packed.push_empty(missing);
        self.valid.append_n_nulls(missing);
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(in crate::formats) fn reserve_for(&mut self, rows: usize) {
        self.packed.reserve_for(rows);
    }

    /// Adds the texts of the rows that follow.
    pub(in crate::formats) fn append(&mut self, mut other: Texts) {
        self.packed.append(&other.packed);
        match other.valid.finish() {
            Some(valid) => self.valid.append_buffer(&valid),
            None => self.valid.append_n_non_nulls(other.len()),
        }
    }

    /// The texts with their nulls.
    pub(in crate::formats) fn iter(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let texts = self.packed.iter().enumerate();
        texts.map(|(row, text)| self.valid.is_valid(row).then_some(text))
    }

    /// The finished column; the texts again where some are not in UTF-8.
    pub(in crate::formats) fn finish(mut self) -> Result<ArrayRef, Texts> {
        // Looked at before anything is given away, and again by Arrow, which trusts nobody.
        if !self.packed.is_utf8() {
            return Err(self);
        }
        let nulls = self.valid.finish().filter(|nulls| nulls.null_count() > 0);
        let (offsets, bytes) = self.packed.into_buffers();
        Ok(Arc::new(StringArray::new(offsets, bytes, nulls)))
    }
}
