//! The attributes of features, into columns.
//!
//! The properties of a feature are bytes: the number of a column, its value, the number of the
//! next column and so on, in any order; columns without a value are left out. Only texts and
//! bytes say how long they are, so that what follows a number of an unknown column is lost.

use flatgeobuf::ColumnType;

use super::header::Column;
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{ColumnBuilder, DateTimeForm, FieldKind, Offset};

/// The most columns that are kept: each takes memory in every row.
const FIELDS: usize = 4096;

/// The values of one column in some rows.
pub(super) struct Values {
    kind: ColumnType,
    /// Columns more than a layer may have are read and not kept.
    pub kept: bool,
    pub column: ColumnBuilder,
    /// Values of bytes, which the program does not show.
    pub bytes: u64,
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
            column: ColumnBuilder::new(),
            bytes: 0,
            left_out: 0,
            again: 0,
            replaced: 0,
        }
    }

    /// What the finished column is.
    pub(super) fn told(kind: ColumnType) -> FieldKind {
        match kind {
            ColumnType::Bool => FieldKind::Boolean,
            ColumnType::Float | ColumnType::Double => FieldKind::Number,
            ColumnType::String => FieldKind::Text,
            ColumnType::Json => FieldKind::Json,
            // The form follows from the values; this is what a column without any has.
            ColumnType::DateTime => FieldKind::DateTime(DateTimeForm {
                separator: 'T',
                fraction: Some(0),
                offset: Offset::None,
            }),
            _ => FieldKind::Integer,
        }
    }

    /// Adds rows without a value.
    pub(super) fn pad_to(&mut self, rows: usize) {
        if self.kept {
            self.column.pad_to(rows);
        } else {
            self.column = ColumnBuilder::new();
        }
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, other: Values) {
        self.column.append(other.column);
        self.bytes += other.bytes;
        self.left_out += other.left_out;
        self.again += other.again;
        self.replaced += other.replaced;
    }

    /// Tells what was lost.
    pub(super) fn report(&self, name: &str, problems: &mut Problems) {
        let field = || vec![("field", Arg::Text(name.to_owned()))];
        problems.report("problem-columnar-binary", self.bytes, field(), None);
        problems.add("problem-too-many-fields", self.left_out);
        problems.report("problem-flatgeobuf-value-again", self.again, field(), None);
        let utf8 = vec![("encoding", Arg::Text("UTF-8".to_owned()))];
        problems.report("problem-text-replaced", self.replaced, utf8, None);
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
            ColumnType::Byte => column.push_integer(i8::from_le_bytes(number(rest)?).into()),
            ColumnType::UByte => column.push_integer(u8::from_le_bytes(number(rest)?).into()),
            ColumnType::Bool => column.push_boolean(number::<1>(rest)? != [0]),
            ColumnType::Short => column.push_integer(i16::from_le_bytes(number(rest)?).into()),
            ColumnType::UShort => column.push_integer(u16::from_le_bytes(number(rest)?).into()),
            ColumnType::Int => column.push_integer(i32::from_le_bytes(number(rest)?).into()),
            ColumnType::UInt => column.push_integer(u32::from_le_bytes(number(rest)?).into()),
            ColumnType::Long => column.push_integer(i64::from_le_bytes(number(rest)?)),
            ColumnType::ULong => {
                let value = u64::from_le_bytes(number(rest)?);
                match i64::try_from(value) {
                    Ok(value) => column.push_integer(value),
                    Err(_) => column.push_long_integer(&value.to_string()),
                }
            }
            ColumnType::Float => column.push_number(f32::from_le_bytes(number(rest)?).into()),
            ColumnType::Double => column.push_number(f64::from_le_bytes(number(rest)?)),
            ColumnType::String | ColumnType::DateTime => {
                let bytes = text(rest)?;
                if let Ok(text) = std::str::from_utf8(bytes) {
                    column.push_text(text);
                } else {
                    let text = String::from_utf8_lossy(bytes);
                    self.replaced += text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
                    column.push_text(&text);
                }
            }
            ColumnType::Json => {
                let text = String::from_utf8_lossy(text(rest)?);
                column.push_json(&text);
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
