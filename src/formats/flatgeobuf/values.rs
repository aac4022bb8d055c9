//! The attributes of features, into columns.
//!
//! The properties of a feature are bytes: the number of a column, its value, the number of the
//! next column and so on, in any order; columns without a value are left out. Only texts and
//! bytes say how long they are, so that what follows a number of an unknown column is lost.

use std::borrow::Cow;

use arrow_array::ArrayRef;
use flatgeobuf::ColumnType;

use super::header::Column;
use crate::formats::typed::filled::Filled;
use crate::formats::typed::{Stored, Texts, Typed, moments, signs_in};
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{DateTimeForm, FieldKind, Offset, TooMuchText};

/// The most columns that are kept: each takes memory in every row.
const FIELDS: usize = 4096;

/// The form of moments in a column without any.
const NONE_YET: DateTimeForm =
    DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::None };

/// The values of one column in some rows.
pub(super) struct Values {
    kind: ColumnType,
    /// Columns more than a layer may have are read and not kept.
    pub kept: bool,
    column: Stored,
    /// Values of bytes, which the program does not show.
    bytes: u64,
    /// Values of a column that is not kept.
    left_out: u64,
    /// Values that came after another of the same row and column.
    again: u64,
    /// Characters that are no UTF-8.
    replaced: u64,
}

impl Values {
    pub(super) fn of((number, column): (usize, &Column)) -> Values {
        Values {
            kind: column.kind,
            kept: number < FIELDS && column.kind != ColumnType::Binary,
            column: empty(column.kind),
            bytes: 0,
            left_out: 0,
            again: 0,
            replaced: 0,
        }
    }

    /// Adds rows without a value.
    pub(super) fn pad_to(&mut self, rows: usize) {
        if self.kept {
            self.column.pad_to(rows);
        } else {
            self.column = empty(self.kind);
        }
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        self.column.reserve_for(rows);
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, other: Values) {
        self.column.append(other.column);
        self.bytes += other.bytes;
        self.left_out += other.left_out;
        self.again += other.again;
        self.replaced += other.replaced;
    }

    /// The finished column, of the kind that the file says or another that was chosen for it.
    ///
    /// # Errors
    /// When its texts are more than a column can hold.
    pub(super) fn finish(
        mut self,
        name: &str,
        rows: usize,
        chosen: Option<FieldKind>,
        problems: &mut Problems,
    ) -> Result<(FieldKind, ArrayRef), TooMuchText> {
        if chosen.is_some() {
            self.column.any();
        }
        let long = self.column.any.long_integers();
        let mut replaced = self.replaced + self.column.signs;
        let shown = |form: Option<DateTimeForm>, _| form.unwrap_or(NONE_YET);
        let mend = |_, text: &str| replaced += signs_in(text);
        let made = match self.column.finish(rows, shown, mend)? {
            Ok(made) => made,
            Err(values) => values.finish_as(rows, chosen.unwrap_or_else(|| told(self.kind)))?,
        };
        let field = || vec![("field", Arg::Text(name.to_owned()))];
        problems.report("problem-flatgeobuf-value-again", self.again, field(), None);
        let utf8 = vec![("encoding", Arg::Text("UTF-8".to_owned()))];
        problems.report("problem-text-replaced", replaced, utf8, None);
        problems.report("problem-long-integer", long, field(), None);
        Ok(made)
    }

    /// Tells what was lost of a column that is not kept.
    pub(super) fn report(&self, name: &str, problems: &mut Problems) {
        let field = vec![("field", Arg::Text(name.to_owned()))];
        problems.report("problem-columnar-binary", self.bytes, field, None);
        problems.add("problem-too-many-fields", self.left_out);
    }

    /// Takes the value at the front of the bytes for a row; none where they end before it.
    #[inline]
    fn take(&mut self, row: usize, rest: &mut &[u8]) -> Option<()> {
        if !self.kept {
            self.left_out += u64::from(self.kind != ColumnType::Binary);
        } else if self.column.len() > row {
            self.column.pop();
            self.again += 1;
        }
        self.pad_to(row);
        let column = &mut self.column;
        match self.kind {
            ColumnType::Byte => push_integer(column, i8::from_le_bytes(number(rest)?).into()),
            ColumnType::UByte => push_integer(column, u8::from_le_bytes(number(rest)?).into()),
            ColumnType::Bool => column.any.push_boolean(number::<1>(rest)? != [0]),
            ColumnType::Short => push_integer(column, i16::from_le_bytes(number(rest)?).into()),
            ColumnType::UShort => push_integer(column, u16::from_le_bytes(number(rest)?).into()),
            ColumnType::Int => push_integer(column, i32::from_le_bytes(number(rest)?).into()),
            ColumnType::UInt => push_integer(column, u32::from_le_bytes(number(rest)?).into()),
            ColumnType::Long => push_integer(column, i64::from_le_bytes(number(rest)?)),
            ColumnType::ULong => {
                let value = u64::from_le_bytes(number(rest)?);
                match i64::try_from(value) {
                    Ok(value) => push_integer(column, value),
                    Err(_) => column.any().push_long_integer(&value.to_string()),
                }
            }
            ColumnType::Float => push_number(column, f32::from_le_bytes(number(rest)?).into()),
            ColumnType::Double => push_number(column, f64::from_le_bytes(number(rest)?)),
            ColumnType::String => {
                let text = text(rest)?;
                match &mut column.typed {
                    // Whether they are in UTF-8 is seen when all are there.
                    Typed::Texts(texts) => texts.push(text),
                    _ => self.replaced += push_text(column, text),
                }
            }
            ColumnType::DateTime => {
                let text = text(rest)?;
                if !push_moment(column, text) {
                    self.replaced += push_text(column, text);
                }
            }
            ColumnType::Json => {
                let text = String::from_utf8_lossy(text(rest)?);
                column.any.push_json(&text);
            }
            ColumnType::Binary => {
                text(rest)?;
                self.bytes += 1;
            }
            _ => return None,
        }
        Some(())
    }
}

fn empty(kind: ColumnType) -> Stored {
    Stored::new(match kind {
        ColumnType::Float | ColumnType::Double => Typed::Numbers(Filled::default()),
        ColumnType::String => Typed::Texts(Texts::default()),
        ColumnType::DateTime => Typed::Moments(Filled::default(), None),
        ColumnType::Bool | ColumnType::Json | ColumnType::Binary => Typed::Not,
        _ => Typed::Integers(Filled::default()),
    })
}

/// What a column is by what the file says of it.
fn told(kind: ColumnType) -> FieldKind {
    match kind {
        ColumnType::Bool => FieldKind::Boolean,
        ColumnType::Float | ColumnType::Double => FieldKind::Number,
        ColumnType::String => FieldKind::Text,
        ColumnType::Json => FieldKind::Json,
        // The form follows from the values; this is what a column without any has.
        ColumnType::DateTime => FieldKind::DateTime(NONE_YET),
        _ => FieldKind::Integer,
    }
}

#[inline]
fn push_integer(column: &mut Stored, value: i64) {
    match &mut column.typed {
        Typed::Integers(values) => values.push(Some(value)),
        _ => column.any().push_integer(value),
    }
}

#[inline]
fn push_number(column: &mut Stored, value: f64) {
    match &mut column.typed {
        Typed::Numbers(values) => values.push(Some(value)),
        _ => column.any().push_number(value),
    }
}

/// Adds a text among values of any kind; how many characters were not in UTF-8.
#[cold]
fn push_text(column: &mut Stored, bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    column.any().push_text(&text);
    if let Cow::Owned(text) = &text { signs_in(text) } else { 0 }
}

/// Adds a moment, if it is one in the form of those before it; answers whether it is.
#[inline]
fn push_moment(column: &mut Stored, text: &[u8]) -> bool {
    let Typed::Moments(millis, form) = &mut column.typed else { return false };
    let found = moments::read(text).and_then(|found| Some((found.millis, found.form?)));
    let Some((at, found)) = found else { return false };
    let is_like_others = *form.get_or_insert(found) == found;
    if is_like_others {
        millis.push(Some(at));
    }
    is_like_others
}

#[inline]
fn number<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, left) = rest.split_first_chunk::<N>()?;
    *rest = left;
    Some(*taken)
}

#[inline]
fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u32::from_le_bytes(number(rest)?);
    let (taken, left) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    *rest = left;
    Some(taken)
}

/// Takes the properties of a row.
pub(super) fn read(mut rest: &[u8], row: usize, columns: &mut [Values], problems: &mut Problems) {
    let place = || Place::Row(row as u64 + 1);
    // A byte left over, as some writers leave one, is no value.
    while rest.len() > 1 {
        let number = number(&mut rest).map(u16::from_le_bytes).map(usize::from);
        let column = number.and_then(|number| columns.get_mut(number));
        let taken = column.and_then(|column| column.take(row, &mut rest));
        if taken.is_none() {
            return problems.at("problem-flatgeobuf-bad-properties", place());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that are not in UTF-8 are counted however the column comes to its end.
    #[test]
    fn signs_are_counted_also_where_a_kind_was_chosen_or_a_value_came_again() {
        let column = |again: bool, chosen: Option<FieldKind>| {
            let mut values = Values {
                kind: ColumnType::String,
                kept: true,
                column: empty(ColumnType::String),
                bytes: 0,
                left_out: 0,
                again: 0,
                replaced: 0,
            };
            let text =
                |bytes: &[u8]| [&[u8::try_from(bytes.len()).unwrap(), 0, 0, 0], bytes].concat();
            for (row, bytes) in
                [b"a\xff\xffb".as_slice(), b"caf\xc3\xa9", b"\xff"].iter().enumerate()
            {
                values.take(row, &mut text(bytes).as_slice()).unwrap();
            }
            if again {
                values.take(2, &mut text(b"c").as_slice()).unwrap();
            }
            let mut problems = Problems::new();
            values.finish("naam", 3, chosen, &mut problems).unwrap();
            problems.count("problem-text-replaced")
        };
        for chosen in [None, Some(FieldKind::Text)] {
            assert_eq!(column(false, chosen), 3);
            assert_eq!(column(true, chosen), 3);
        }
    }
}
