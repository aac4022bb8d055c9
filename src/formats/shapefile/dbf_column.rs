//! One column of a dBASE table, filled value by value.

use std::sync::Arc;

use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{ArrayRef, StringArray};

use super::dbf_text::Texts;
use super::dbf_values::{
    read_date, read_moment, read_number, read_truth, read_whole, trim_number, trim_text,
};
use crate::formats::charset::{Charset, Sniffer};
use crate::formats::tally::Tally;
use crate::formats::typed::filled::{Filled, finish, finish_boolean};
use crate::problem::Problems;
use crate::table::{DateTimeForm, FieldKind, Offset};

/// The values of one column.
#[derive(Debug)]
enum Values {
    Text(Texts),
    Whole(Filled<i64>),
    Number(Filled<f64>),
    Truth(Filled<bool>),
    Date(Filled<i32>),
    Moment {
        millis: Filled<i64>,
        fraction: bool,
    },
    /// Text kept in another file; counted, not read.
    Memo {
        rows: usize,
    },
}

/// How values are stored.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stored {
    Text,
    Digits,
    Long,
    Double,
    Currency,
    Truth,
    Date,
    Moment,
    Memo,
}

/// A column being read.
#[derive(Debug)]
pub(super) struct Column {
    stored: Stored,
    values: Values,
    /// Values that are not of the column's type and became null.
    bad: Tally,
    /// Numbers with a decimal comma.
    commas: Tally,
    /// Whole numbers that lost digits because the column holds fractions as well.
    rounded: Tally,
    /// Values in a memo file.
    memos: Tally,
}

impl Column {
    /// A column for a field of a dBASE type; none for the hidden null flags of Visual FoxPro. The
    /// flag tells that the type is unknown and the values are read as text.
    pub(super) fn new(letter: u8, length: usize, decimals: u8) -> Option<(Column, bool)> {
        let (stored, known) = match letter {
            b'0' => return None,
            b'C' | b'V' => (Stored::Text, true),
            b'N' | b'F' => (Stored::Digits, true),
            b'I' | b'+' if length == 4 => (Stored::Long, true),
            b'O' | b'B' if length == 8 => (Stored::Double, true),
            b'Y' if length == 8 => (Stored::Currency, true),
            b'L' => (Stored::Truth, true),
            b'D' => (Stored::Date, true),
            b'T' | b'@' => (Stored::Moment, true),
            b'M' | b'B' | b'G' | b'P' | b'W' => (Stored::Memo, true),
            _ => (Stored::Text, false),
        };
        let values = match stored {
            Stored::Text => Values::Text(Texts::default()),
            Stored::Digits if decimals == 0 => Values::Whole(Filled::default()),
            Stored::Long => Values::Whole(Filled::default()),
            Stored::Digits | Stored::Double | Stored::Currency => Values::Number(Filled::default()),
            Stored::Truth => Values::Truth(Filled::default()),
            Stored::Date => Values::Date(Filled::default()),
            Stored::Moment => Values::Moment { millis: Filled::default(), fraction: false },
            Stored::Memo => Values::Memo { rows: 0 },
        };
        let [bad, commas, rounded, memos] = Default::default();
        Some((Column { stored, values, bad, commas, rounded, memos }, !known))
    }

    /// Adds the value of a row (from 1, for reports).
    pub(super) fn push(&mut self, raw: &[u8], row: u64, sniffer: &mut Sniffer) {
        match (self.stored, &mut self.values) {
            (Stored::Digits, _) => self.push_digits(trim_number(raw), row),
            (Stored::Text, Values::Text(texts)) => {
                let text = trim_text(raw);
                sniffer.look(text);
                texts.push(text);
            }
            (Stored::Long, Values::Whole(filled)) => {
                let value = raw.first_chunk().map(|bytes| i32::from_le_bytes(*bytes));
                filled.push(value.map(i64::from));
            }
            (Stored::Double, Values::Number(filled)) => {
                let value = raw.first_chunk().map(|bytes| f64::from_le_bytes(*bytes));
                filled.push(value.filter(|value| value.is_finite()));
            }
            (Stored::Currency, Values::Number(filled)) => {
                let value = raw.first_chunk().map(|bytes| i64::from_le_bytes(*bytes));
                filled.push(value.map(|value| to_f64(value) / 10_000.0));
            }
            (Stored::Truth, Values::Truth(filled)) => {
                filled.push(read_truth(raw).unwrap_or_else(|()| self.bad.missed(row)));
            }
            (Stored::Date, Values::Date(filled)) => {
                let date = read_date(trim_number(raw));
                filled.push(date.unwrap_or_else(|()| self.bad.missed(row)));
            }
            (Stored::Moment, Values::Moment { millis, fraction }) => {
                let value = read_moment(raw).unwrap_or_else(|()| self.bad.missed(row));
                *fraction |= value.is_some_and(|value| value % 1000 != 0);
                millis.push(value);
            }
            (Stored::Memo, Values::Memo { rows }) => {
                if raw.iter().any(|byte| !matches!(byte, b' ' | b'0' | 0)) {
                    self.memos.add(row);
                }
                *rows += 1;
            }
            // What is stored decided the values.
            _ => {}
        }
    }

    fn push_digits(&mut self, text: &[u8], row: u64) {
        if text.iter().all(|byte| *byte == b'*') {
            return self.push_number(None);
        }
        if let Values::Whole(filled) = &mut self.values
            && let Some(whole) = read_whole(text)
        {
            return filled.push(Some(whole));
        }
        let Some((number, comma)) = read_number(text) else {
            self.bad.add(row);
            return self.push_number(None);
        };
        if comma {
            self.commas.add(row);
        }
        if text.len() > 15 && read_whole(text).is_some_and(loses_digits) {
            self.rounded.add(row);
        }
        self.make_fractional();
        self.push_number(Some(number));
    }

    fn push_number(&mut self, value: Option<f64>) {
        match &mut self.values {
            Values::Number(filled) => filled.push(value),
            // Only nulls come here: a number has made the column fractional.
            Values::Whole(filled) => filled.push(None),
            _ => {}
        }
    }

    /// A column of whole numbers becomes one of numbers.
    fn make_fractional(&mut self) {
        let Values::Whole(whole) = &mut self.values else { return };
        let whole = std::mem::take(whole);
        for (row, value) in (1..).zip(whole.values()) {
            if loses_digits(*value) {
                self.rounded.add(row);
            }
        }
        self.values = Values::Number(whole.map(to_f64));
    }

    fn rows(&self) -> usize {
        match &self.values {
            Values::Text(texts) => texts.len(),
            Values::Whole(filled) => filled.len(),
            Values::Number(filled) => filled.len(),
            Values::Truth(filled) => filled.len(),
            Values::Date(filled) => filled.len(),
            Values::Moment { millis, .. } => millis.len(),
            Values::Memo { rows } => *rows,
        }
    }

    /// Adds the rows that follow, read from the same field.
    pub(super) fn append(&mut self, mut other: Column) {
        let before = self.rows() as u64;
        match (&self.values, &other.values) {
            (Values::Whole(_), Values::Number(_)) => self.make_fractional(),
            (Values::Number(_), Values::Whole(_)) => other.make_fractional(),
            _ => {}
        }
        match (&mut self.values, other.values) {
            (Values::Text(mine), Values::Text(theirs)) => mine.append(&theirs),
            (Values::Whole(mine), Values::Whole(theirs)) => mine.append(theirs),
            (Values::Number(mine), Values::Number(theirs)) => mine.append(theirs),
            (Values::Truth(mine), Values::Truth(theirs)) => mine.append(theirs),
            (Values::Date(mine), Values::Date(theirs)) => mine.append(theirs),
            (
                Values::Moment { millis: mine, fraction },
                Values::Moment { millis: theirs, fraction: more },
            ) => {
                mine.append(theirs);
                *fraction |= more;
            }
            (Values::Memo { rows }, Values::Memo { rows: more }) => *rows += more,
            // Columns of one field differ in whole numbers and numbers only.
            _ => {}
        }
        self.bad.append(&other.bad, before);
        self.commas.append(&other.commas, before);
        self.rounded.append(&other.rounded, before);
        self.memos.append(&other.memos, before);
    }

    /// The finished column, its kind, and its problems under the field's name. None when its
    /// texts are more than a column can hold.
    pub(super) fn finish(
        self,
        field: &str,
        charset: Charset,
        problems: &mut Problems,
    ) -> Option<(FieldKind, ArrayRef)> {
        self.bad.report("problem-dbf-bad-value", field, problems);
        self.commas.report("problem-dbf-decimal-comma", field, problems);
        self.rounded.report("problem-dbf-rounded", field, problems);
        self.memos.report("problem-dbf-memo", field, problems);
        let local = |fraction| DateTimeForm {
            separator: 'T',
            fraction: Some(fraction),
            offset: Offset::None,
        };
        Some(match self.values {
            Values::Text(texts) => (FieldKind::Text, texts.finish(field, charset, problems)?),
            Values::Whole(filled) => (FieldKind::Integer, finish::<Int64Type>(filled)),
            Values::Number(filled) => (FieldKind::Number, finish::<Float64Type>(filled)),
            Values::Truth(filled) => (FieldKind::Boolean, finish_boolean(filled)),
            Values::Date(filled) => (FieldKind::Date, finish::<Date32Type>(filled)),
            Values::Moment { millis, fraction } => {
                let form = local(if fraction { 3 } else { 0 });
                (FieldKind::DateTime(form), finish::<TimestampMillisecondType>(millis))
            }
            Values::Memo { rows } => (FieldKind::Text, Arc::new(StringArray::new_null(rows))),
        })
    }
}

/// Whether a whole number is more than the 53 bits a number keeps.
fn loses_digits(value: i64) -> bool {
    value.unsigned_abs() > 1 << 53
}

#[expect(clippy::cast_precision_loss, reason = "the caller counts what is not exact")]
fn to_f64(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;

    /// The values as one column; made in two pieces, whatever the place of the cut, it is the same.
    fn column(letter: u8, decimals: u8, values: &[&[u8]]) -> (FieldKind, ArrayRef, Problems) {
        let made = |cuts: &[usize]| {
            let length = values.first().map_or(1, |value| value.len());
            let mut whole: Option<Column> = None;
            let mut sniffer = Sniffer::default();
            let mut start = 0;
            for end in cuts.iter().copied().chain([values.len()]) {
                let Some((mut piece, _)) = Column::new(letter, length, decimals) else {
                    panic!("field")
                };
                let mut theirs = Sniffer::default();
                for (row, value) in (1..).zip(&values[start..end]) {
                    piece.push(value, row, &mut theirs);
                }
                sniffer.append(&theirs);
                match &mut whole {
                    Some(whole) => whole.append(piece),
                    None => whole = Some(piece),
                }
                start = end;
            }
            let Some(whole) = whole else { panic!("values") };
            let charset = sniffer.decide(&[], None).used;
            let mut problems = Problems::new();
            let made = whole.finish("x", charset, &mut problems);
            let Some((kind, array)) = made else { panic!("column") };
            (kind, array, problems)
        };
        let expected = made(&[]);
        for cut in 0..values.len() {
            let (kind, array, problems) = made(&[cut]);
            assert_eq!((kind, &array, &problems), (expected.0, &expected.1, &expected.2), "{cut}");
        }
        expected
    }

    #[test]
    fn whole_numbers_stay_whole_until_a_fraction_comes() {
        let (kind, array, problems) =
            column(b'N', 0, &[b"  12", b"    ", b"****", b"-7\0\0", b"\0\0\0\0", b" 5. "]);
        assert_eq!(kind, FieldKind::Integer);
        let found: Vec<Option<i64>> = array.as_primitive::<Int64Type>().iter().collect();
        assert_eq!(found, [Some(12), None, None, Some(-7), None, Some(5)]);
        assert!(problems.is_empty());
        let (kind, array, problems) = column(b'N', 0, &[b" 12", b"1,5", b"  x", b"nan"]);
        assert_eq!(kind, FieldKind::Number);
        let found: Vec<Option<f64>> = array.as_primitive::<Float64Type>().iter().collect();
        assert_eq!(found, [Some(12.0), Some(1.5), None, None]);
        assert_eq!(problems.count("problem-dbf-decimal-comma"), 1);
        assert_eq!(problems.count("problem-dbf-bad-value"), 2);
        // Digits are lost before the fraction comes and after it.
        let (kind, _, problems) =
            column(b'N', 0, &[b"9007199254740993", b"0.5", b"-9007199254740995", b"7"]);
        assert_eq!((kind, problems.count("problem-dbf-rounded")), (FieldKind::Number, 2));
    }

    #[test]
    fn a_character_cut_by_the_width_of_the_field_is_counted() {
        let (_, array, problems) = column(b'C', 0, &["Één".as_bytes(), b"\xc3\x89\xc3", b"a   "]);
        let found: Vec<Option<&str>> = array.as_string::<i32>().iter().collect();
        assert_eq!(found, [Some("Één"), Some("É"), Some("a")]);
        assert_eq!(problems.count("problem-dbf-cut-character"), 1);
    }

    #[test]
    fn true_dates_and_moments() {
        let (kind, array, problems) = column(b'L', 0, &[b"T", b"n", b"?", b"x", b" "]);
        let found: Vec<Option<bool>> = array.as_boolean().iter().collect();
        assert_eq!((kind, &found[..3]), (FieldKind::Boolean, &[Some(true), Some(false), None][..]));
        assert_eq!(problems.count("problem-dbf-bad-value"), 1);
        let (kind, array, _) = column(b'D', 0, &[b"19700103", b"        ", b"19691231"]);
        let found: Vec<Option<i32>> = array.as_primitive::<Date32Type>().iter().collect();
        assert_eq!((kind, found), (FieldKind::Date, vec![Some(2), None, Some(-1)]));
        let (kind, _, _) = column(b'@', 0, &[b"19700101000001", b"              "]);
        assert!(matches!(kind, FieldKind::DateTime(form) if form.fraction == Some(0)));
    }
}
