//! The texts of one dBASE column: bytes until the encoding is known.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, StringArray};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};

use crate::formats::charset::Charset;
use crate::formats::tally::Tally;
use crate::problem::Problems;

/// Texts one after another; an empty one is null.
#[derive(Debug)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    /// Where each text ends, after a 0: as Arrow has it.
    ends: Vec<i32>,
    /// More than the ends can count; those that follow are left out.
    too_much: bool,
}

impl Default for Texts {
    fn default() -> Self {
        Texts { bytes: Vec::new(), ends: vec![0], too_much: false }
    }
}

impl Texts {
    fn end(&self) -> i32 {
        self.ends.last().copied().unwrap_or_default()
    }

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

    /// Adds the texts of the rows that follow.
    pub(super) fn append(&mut self, other: &Texts) {
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

    pub(super) fn get(&self, row: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).and_then(|end| usize::try_from(*end).ok());
        let range = end(row).unwrap_or_default()..end(row + 1).unwrap_or_default();
        self.bytes.get(range).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// The decoded column. None when its texts are more than a column can hold.
    pub(super) fn finish(
        self,
        field: &str,
        charset: Charset,
        problems: &mut Problems,
    ) -> Option<ArrayRef> {
        if self.too_much {
            return None;
        }
        if self.is_decoded(charset) {
            return Some(self.into_array());
        }
        let mut builder = StringBuilder::with_capacity(self.len(), self.bytes.len());
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
        if charset.keeps_ascii() && self.bytes.is_ascii() {
            return true;
        }
        // No text may end within a character, though all texts together be valid.
        let ends_well = |end: &i32| {
            let next = usize::try_from(*end).ok().and_then(|end| self.bytes.get(end));
            next.is_none_or(|next| !(0x80..0xc0).contains(next))
        };
        charset == Charset::UTF8
            && self.ends.iter().all(ends_well)
            && std::str::from_utf8(&self.bytes).is_ok()
    }

    /// The bytes become Arrow's without a copy.
    fn into_array(self) -> ArrayRef {
        let pairs = self.ends.iter().zip(self.ends.iter().skip(1));
        let valid = pairs.map(|(start, end)| start < end).collect::<BooleanBuffer>();
        let nulls = NullBuffer::new(valid);
        let nulls = (nulls.null_count() > 0).then_some(nulls);
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        Arc::new(StringArray::new(offsets, Buffer::from_vec(self.bytes), nulls))
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
