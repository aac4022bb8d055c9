//! One attribute being read, value by value.
//!
//! SQLite lets every value have a type of its own, whatever the column is declared to hold. What
//! is of another type is kept, and counted; the column then is of a kind that holds all of it.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, BooleanArray};
use rusqlite::types::ValueRef;

use super::fields::{Attribute, Told};
use super::moments;
use super::record;
use crate::formats::json::is_container;
use crate::formats::tally::Tally;
use crate::formats::typed::filled::Filled;
use crate::formats::typed::{Stored, Texts, Typed, moments as typed_moments};
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{ColumnBuilder, DateTimeForm, FieldKind, TooMuchText, read_date, read_date_of};

/// Binary values up to so many bytes (keys, hashes) are kept, in hexadecimal digits.
const SHORT: usize = 64;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// An attribute's values so far.
#[derive(Debug)]
pub(super) struct Column {
    told: Told,
    values: Stored,
    /// Values of another type than declared.
    other: Tally,
    /// Texts without any letter where a number or date was to be.
    blank: Tally,
    /// Binary values written in hexadecimal digits.
    hex: Tally,
    /// Binary values that were not kept, and how many bytes they had.
    dropped: Tally,
    dropped_bytes: u64,
    /// Texts with bytes that are not of their encoding.
    replaced: Tally,
}

impl Column {
    pub(super) fn new(attribute: &Attribute) -> Column {
        let [other, blank, hex, dropped, replaced] = Default::default();
        let values = match attribute.told {
            Told::Boolean => Typed::Truths(Filled::default()),
            Told::Integer => Typed::Integers(Filled::default()),
            Told::Number => Typed::Numbers(Filled::default()),
            Told::Text => Typed::Texts(Texts::default()),
            Told::Date => Typed::Dates(Filled::default()),
            Told::Moment => Typed::Moments(Filled::default(), None),
            Told::Json | Told::Blob | Told::Open => Typed::Not,
        };
        let values = Stored::new(values);
        Column {
            told: attribute.told,
            values,
            other,
            blank,
            hex,
            dropped,
            dropped_bytes: 0,
            replaced,
        }
    }

    /// Adds the value that a record has next for a row (from 1, for reports). None where it is
    /// damaged.
    #[inline]
    pub(super) fn take(&mut self, code: u64, body: &mut &[u8], row: u64) -> Option<()> {
        // What a column mostly has; all else goes the long way.
        match &mut self.values.typed {
            Typed::Texts(texts) => {
                if let Some(text) = record::text(code, body) {
                    texts.push(text);
                    return Some(());
                }
            }
            Typed::Integers(numbers) => {
                if let Some(number) = record::integer(code, body) {
                    numbers.push(Some(number));
                    return Some(());
                }
            }
            Typed::Truths(truths) if matches!(code, 8 | 9) => {
                truths.push(Some(code == 9));
                return Some(());
            }
            _ => {}
        }
        self.push(record::value(code, body)?, row);
        Some(())
    }

    /// Adds the value of a row (from 1, for reports).
    #[inline]
    pub(super) fn push(&mut self, value: ValueRef<'_>, row: u64) {
        match (&mut self.values.typed, value) {
            (Typed::Texts(texts), ValueRef::Text(text)) => texts.push(text),
            (Typed::Texts(texts), ValueRef::Null) => texts.push_null(),
            (Typed::Integers(numbers), ValueRef::Integer(number)) => numbers.push(Some(number)),
            (Typed::Numbers(numbers), ValueRef::Real(number)) => numbers.push(Some(number)),
            #[expect(clippy::cast_precision_loss, reason = "as SQLite stored it")]
            (Typed::Numbers(numbers), ValueRef::Integer(number)) => {
                numbers.push(Some(number as f64));
            }
            (Typed::Numbers(numbers), ValueRef::Null) => numbers.push(None),
            (Typed::Truths(truths), ValueRef::Integer(number @ (0 | 1))) => {
                truths.push(Some(number == 1));
            }
            (Typed::Truths(truths), ValueRef::Null) => truths.push(None),
            (Typed::Dates(days), ValueRef::Text(text)) => match read_date_of(text) {
                Some(day) => days.push(Some(day)),
                None => self.push_seldom(value, row),
            },
            (Typed::Dates(days), ValueRef::Null) => days.push(None),
            (Typed::Moments(millis, form), ValueRef::Text(text)) => match moment(text, form) {
                Some(at) => millis.push(Some(at)),
                None => self.push_seldom(value, row),
            },
            (Typed::Integers(numbers) | Typed::Moments(numbers, _), ValueRef::Null) => {
                numbers.push(None);
            }
            (Typed::Not, value) if push_plain(&mut self.values.any, self.told, value) => {}
            _ => self.push_seldom(value, row),
        }
    }

    /// Adds a value that is not just as it should be.
    #[cold]
    fn push_seldom(&mut self, value: ValueRef<'_>, row: u64) {
        match (value, self.told) {
            (ValueRef::Null, _) => self.values.push_null(),
            (ValueRef::Text([]), Told::Text | Told::Open | Told::Json) => {
                self.values.any().push_text("");
            }
            (ValueRef::Text([]), _) => {
                self.blank.add(row);
                self.values.push_null();
            }
            (ValueRef::Text(text), Told::Json) => match std::str::from_utf8(text) {
                Ok(json) if is_container(json) => self.values.any().push_json(json),
                _ => self.push_text(text, row),
            },
            // Whether they are moments in other forms is seen when all are there.
            (ValueRef::Text(text), Told::Text | Told::Open | Told::Date | Told::Moment) => {
                self.push_text(text, row);
            }
            (ValueRef::Blob(bytes), _) => self.push_blob(bytes, row),
            (ValueRef::Text(text), _) => {
                self.other.add(row);
                self.push_text(text, row);
            }
            (ValueRef::Integer(number), _) => {
                self.other.add(row);
                self.values.any().push_integer(number);
            }
            (ValueRef::Real(number), _) => {
                self.other.add(row);
                self.values.any().push_number(number);
            }
        }
    }

    fn push_text(&mut self, text: &[u8], row: u64) {
        if let Ok(text) = std::str::from_utf8(text) {
            self.values.any().push_text(text);
        } else {
            self.replaced.add(row);
            self.values.any().push_text(&String::from_utf8_lossy(text));
        }
    }

    fn push_blob(&mut self, bytes: &[u8], row: u64) {
        if bytes.len() > SHORT {
            self.dropped.add(row);
            self.dropped_bytes += bytes.len() as u64;
            return self.values.push_null();
        }
        self.hex.add(row);
        let digit = |four: u8| DIGITS.get(usize::from(four)).copied().map_or('0', char::from);
        let digits = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        self.values.any().push_text(&digits.collect::<String>());
    }

    /// Adds nulls until there are so many rows.
    #[inline]
    pub(super) fn pad_to(&mut self, rows: usize) {
        self.values.pad_to(rows);
    }

    /// Makes room for so many rows in all.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        self.values.reserve_for(rows);
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, other: Column) {
        let before = self.values.len() as u64;
        for (mine, theirs) in [
            (&mut self.other, &other.other),
            (&mut self.blank, &other.blank),
            (&mut self.hex, &other.hex),
            (&mut self.dropped, &other.dropped),
            (&mut self.replaced, &other.replaced),
        ] {
            mine.append(theirs, before);
        }
        self.dropped_bytes += other.dropped_bytes;
        self.values.append(other.values);
    }

    /// The finished column, its kind, and its problems under the attribute's name.
    ///
    /// # Errors
    /// When its texts are more than a column can hold.
    pub(super) fn finish(
        self,
        attribute: &Attribute,
        rows: usize,
        problems: &mut Problems,
    ) -> Result<(FieldKind, ArrayRef), TooMuchText> {
        let field = attribute.name.as_str();
        self.blank.report("problem-geopackage-blank", field, problems);
        self.hex.report("problem-geopackage-hex", field, problems);
        let kilobytes = [("kilobytes", Arg::Count(self.dropped_bytes.div_ceil(1000)))];
        self.dropped.report_with("problem-geopackage-binary", field, &kilobytes, problems);
        let mut other = self.other;
        let mut replaced = self.replaced;
        replaced.extend(&self.values.replaced);
        let made = match self.values.finish(rows, moments::shown, |row, _| replaced.add(row))? {
            Ok(made) => made,
            Err(values) => match self.told {
                Told::Boolean => as_booleans(values, rows, other.is_empty())?,
                Told::Integer => values.finish_as(rows, FieldKind::Integer)?,
                Told::Number => values.finish_as(rows, FieldKind::Number)?,
                Told::Text => values.finish_as(rows, FieldKind::Text)?,
                Told::Json => values.finish_as(rows, FieldKind::Json)?,
                Told::Open | Told::Blob => values.finish(rows, false)?,
                Told::Date => {
                    let (kind, array) = values.finish(rows, true)?;
                    other.extend(&strays(&array, |text| read_date(text).is_some()));
                    (kind, array)
                }
                Told::Moment => {
                    let (kind, array) = moments::settled(values, rows)?;
                    let is_right = |text: &str| typed_moments::read(text.as_bytes()).is_some();
                    other.extend(&strays(&array, is_right));
                    (kind, array)
                }
            },
        };
        replaced.report("problem-geopackage-replaced", field, problems);
        let declared = [("type", Arg::Text(attribute.declared.clone()))];
        other.report_with("problem-geopackage-other-type", field, &declared, problems);
        Ok(made)
    }
}

/// Adds a value to a column of any kind, if it is as it should be; answers whether it is.
#[inline]
fn push_plain(values: &mut ColumnBuilder, told: Told, value: ValueRef<'_>) -> bool {
    match (value, told) {
        (ValueRef::Null, _) => values.push_null(),
        (ValueRef::Text(text), Told::Open) => match std::str::from_utf8(text) {
            Ok(text) => values.push_text(text),
            Err(_) => return false,
        },
        (ValueRef::Real(number), Told::Number | Told::Open) => values.push_number(number),
        (ValueRef::Integer(number), Told::Integer | Told::Open)
        | (ValueRef::Integer(number @ (0 | 1)), Told::Boolean) => values.push_integer(number),
        #[expect(clippy::cast_precision_loss, reason = "as SQLite stored it")]
        (ValueRef::Integer(number), Told::Number) => values.push_number(number as f64),
        _ => return false,
    }
    true
}

/// A moment in the form of those before it, which it sets if it is the first.
#[inline]
fn moment(text: &[u8], form: &mut Option<DateTimeForm>) -> Option<i64> {
    let moment = typed_moments::read(text)?;
    let found = moment.form?;
    (*form.get_or_insert(found) == found).then_some(moment.millis)
}

/// A column of true and false, which are kept as 1 and 0.
fn as_booleans(
    values: ColumnBuilder,
    rows: usize,
    are_all: bool,
) -> Result<(FieldKind, ArrayRef), TooMuchText> {
    let (kind, array) = values.finish_as(rows, FieldKind::Boolean)?;
    let Some(integers) = array.as_primitive_opt::<Int64Type>().filter(|_| are_all) else {
        return Ok((kind, array));
    };
    let values = integers.values().iter().map(|value| *value != 0).collect();
    let array = BooleanArray::new(values, integers.nulls().cloned());
    Ok((FieldKind::Boolean, Arc::new(array)))
}

/// The texts that are not what they should be.
fn strays(array: &ArrayRef, is_right: impl Fn(&str) -> bool) -> Tally {
    let mut tally = Tally::default();
    let texts = array.as_string_opt::<i32>().into_iter().flatten();
    for (row, _) in (1..).zip(texts).filter(|(_, text)| text.is_some_and(|text| !is_right(text))) {
        tally.add(row);
    }
    tally
}
