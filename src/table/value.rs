//! One cell of a table.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

use super::{DateTimeForm, FieldKind, Table};
use crate::i18n::{
    Language, format_date, format_date_time, format_plain_integer, format_plain_number,
};

/// The value of one field of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(&'a str),
    /// JSON text.
    Json(&'a str),
    /// A date.
    Date(NaiveDate),
    /// A moment as in the column (UTC, or local time without offset) and the source's form.
    DateTime(NaiveDateTime, DateTimeForm),
}

impl Table {
    /// The value of a field (by position) of a row; null beyond the table.
    pub fn value(&self, row: usize, field: usize) -> Value<'_> {
        let (Some(field), Some(column)) = (self.fields.get(field), self.columns.get(field)) else {
            return Value::Null;
        };
        Value::of(column, field.kind, row)
    }
}

/// None where the array's type is not the kind's, or a date is out of range.
fn read(column: &dyn Array, kind: FieldKind, row: usize) -> Option<Value<'_>> {
    Some(match kind {
        FieldKind::Boolean => Value::Boolean(column.as_boolean_opt()?.value(row)),
        FieldKind::Integer => Value::Integer(column.as_primitive_opt::<Int64Type>()?.value(row)),
        FieldKind::Number => Value::Number(column.as_primitive_opt::<Float64Type>()?.value(row)),
        FieldKind::Text => Value::Text(column.as_string_opt::<i32>()?.value(row)),
        FieldKind::Json => Value::Json(column.as_string_opt::<i32>()?.value(row)),
        FieldKind::Date => {
            let days = column.as_primitive_opt::<Date32Type>()?.value(row);
            let epoch = DateTime::UNIX_EPOCH.date_naive();
            Value::Date(epoch.checked_add_signed(TimeDelta::days(i64::from(days)))?)
        }
        FieldKind::DateTime(form) => {
            let millis = column.as_primitive_opt::<TimestampMillisecondType>()?.value(row);
            Value::DateTime(DateTime::from_timestamp_millis(millis)?.naive_utc(), form)
        }
    })
}

impl<'a> Value<'a> {
    /// The value of a row of a column of a kind; null beyond it.
    pub fn of(column: &'a dyn Array, kind: FieldKind, row: usize) -> Value<'a> {
        if row >= column.len() || column.is_null(row) {
            return Value::Null;
        }
        read(column, kind, row).unwrap_or(Value::Null)
    }

    /// The value with at most so many bytes of text, whole characters, and how many bytes the
    /// text has if it was cut: a screen shows the start of a text of hundreds of megabytes.
    #[must_use]
    pub fn shortened(self, bytes: usize) -> (Value<'a>, Option<usize>) {
        let cut = |text: &'a str| {
            let end = text.floor_char_boundary(bytes.min(text.len()));
            (text.get(..end).unwrap_or(text), (end < text.len()).then_some(text.len()))
        };
        match self {
            Value::Text(text) => {
                let (text, whole) = cut(text);
                (Value::Text(text), whole)
            }
            Value::Json(text) => {
                let (text, whole) = cut(text);
                (Value::Json(text), whole)
            }
            other => (other, None),
        }
    }
}

impl Value<'_> {
    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The value as data: numbers with a point and the shortest digits that give the same number
    /// back, dates in ISO 8601, date-times in the source's form. Empty for null.
    pub fn to_data_text(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Boolean(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::Text(text) | Value::Json(text) => (*text).to_owned(),
            Value::Date(date) => date.to_string(),
            Value::DateTime(at, form) => form.write(*at),
        }
    }

    /// The value for a person to read, in the form of a language; date-times in the offset of the
    /// source.
    pub fn in_language(&self, language: Language) -> String {
        match self {
            Value::Null => String::new(),
            Value::Boolean(value) => {
                let id = if *value { "value-true" } else { "value-false" };
                crate::i18n::tr(language, id)
            }
            Value::Integer(value) => format_plain_integer(*value),
            Value::Number(value) => format_plain_number(language, *value, 6),
            Value::Text(text) | Value::Json(text) => (*text).to_owned(),
            Value::Date(date) => format_date(language, *date),
            Value::DateTime(at, form) => format_date_time(language, form.local(*at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(Value::Text("één").shortened(4), (Value::Text("é\u{e9}"), Some(5)));
        assert_eq!(Value::Text("één").shortened(3), (Value::Text("é"), Some(5)));
        assert_eq!(Value::Json("[1]").shortened(3), (Value::Json("[1]"), None));
        assert_eq!(Value::Integer(7).shortened(0), (Value::Integer(7), None));
    }
}
