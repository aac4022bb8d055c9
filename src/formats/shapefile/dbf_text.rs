//! The texts of one dBASE column: bytes until the encoding is known.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};

use crate::formats::charset::Charset;
use crate::formats::packed::Packed;
use crate::formats::tally::Tally;
use crate::problem::Problems;

/// Texts; an empty one is null.
#[derive(Debug, Default)]
pub(super) struct Texts(Packed);

impl Texts {
    pub(super) fn push(&mut self, text: &[u8]) {
        self.0.push(text);
    }

    /// Adds the texts of the rows that follow.
    pub(super) fn append(&mut self, other: &Texts) {
        self.0.append(&other.0);
    }

    pub(super) fn get(&self, row: usize) -> &[u8] {
        self.0.get(row)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The decoded column. None when its texts are more than a column can hold.
    pub(super) fn finish(
        self,
        field: &str,
        charset: Charset,
        problems: &mut Problems,
    ) -> Option<ArrayRef> {
        if self.0.is_too_much() {
            return None;
        }
        if self.is_decoded(charset) {
            return Some(self.into_array());
        }
        let mut builder = StringBuilder::with_capacity(self.len(), self.0.bytes().len());
        let [mut cut, mut replaced] = [Tally::default(), Tally::default()];
        let mut total = 0_usize;
        for at in 0..self.len() {
            let row = at as u64 + 1;
            let mut text = self.get(at);
            if text.is_empty() {
                builder.append_null();
                continue;
            }
            if charset.is_utf8()
                && let Err(error) = std::str::from_utf8(text)
                && error.error_len().is_none()
            {
                cut.add(row);
                text = text.get(..error.valid_up_to()).unwrap_or_default();
            }
            let (decoded, damaged) = charset.decode(text);
            if damaged {
                replaced.add(row);
            }
            total = total.checked_add(decoded.len())?;
            i32::try_from(total).ok()?;
            builder.append_value(decoded);
        }
        cut.report("problem-dbf-cut-character", field, problems);
        replaced.report("problem-dbf-replaced", field, problems);
        Some(Arc::new(builder.finish()))
    }

    /// Whether decoding would change nothing.
    fn is_decoded(&self, charset: Charset) -> bool {
        let stays = charset.keeps_ascii() && self.0.bytes().is_ascii();
        stays || (charset == Charset::UTF8 && self.0.is_utf8())
    }

    /// The bytes become Arrow's without a copy.
    fn into_array(self) -> ArrayRef {
        let valid = self.0.iter().map(|text| !text.is_empty()).collect::<BooleanBuffer>();
        let nulls = NullBuffer::new(valid);
        let nulls = (nulls.null_count() > 0).then_some(nulls);
        let (offsets, bytes) = self.0.into_buffers();
        Arc::new(StringArray::new(offsets, bytes, nulls))
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;

    use super::*;

    #[test]
    fn halves_of_a_character_are_cut_though_together_they_are_one() {
        let mut texts = Texts::default();
        for text in [&b"a\xc3"[..], b"\xa9b", b"", "é".as_bytes()] {
            texts.push(text);
        }
        let mut problems = Problems::new();
        let Some(column) = texts.finish("x", Charset::UTF8, &mut problems) else { panic!("text") };
        let found: Vec<Option<&str>> = column.as_string::<i32>().iter().collect();
        assert_eq!(found, [Some("a"), Some("\u{fffd}b"), None, Some("é")]);
        assert_eq!(problems.count("problem-dbf-cut-character"), 1);
        assert_eq!(problems.count("problem-dbf-replaced"), 1);
    }

    #[test]
    fn sound_texts_are_taken_into_array() {
        let mut texts = Texts::default();
        ["één", "", "twee"].iter().for_each(|text| texts.push(text.as_bytes()));
        let mut problems = Problems::new();
        let Some(column) = texts.finish("x", Charset::UTF8, &mut problems) else { panic!("text") };
        let found: Vec<Option<&str>> = column.as_string::<i32>().iter().collect();
        assert_eq!((found, column.null_count()), (vec![Some("één"), None, Some("twee")], 1));
        assert!(problems.is_empty());
    }
}
