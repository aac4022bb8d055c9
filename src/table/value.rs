//! One cell of a table.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

use super::{DateTimeForm, FieldKind, Offset, Table};
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
        if row >= column.len() || column.is_null(row) {
            return Value::Null;
        }
        read(column, field.kind, row).unwrap_or(Value::Null)
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

impl DateTimeForm {
    /// The wall-clock time of a moment of the column.
    pub fn local(&self, at: NaiveDateTime) -> NaiveDateTime {
        let minutes = match self.offset {
            Offset::None | Offset::Zulu => 0,
            Offset::Minutes { minutes, .. } => minutes,
        };
        at.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(at)
    }

    /// A moment of the column as the source wrote it.
    pub fn write(&self, at: NaiveDateTime) -> String {
        let local = self.local(at);
        let mut text =
            format!("{}{}{}", local.format("%Y-%m-%d"), self.separator, local.format("%H:%M"));
        if let Some(digits) = self.fraction {
            text.push_str(&local.format(":%S").to_string());
            if digits > 0 {
                let millis = local.and_utc().timestamp_subsec_millis();
                let fraction = format!("{millis:03}");
                text.push('.');
                text.push_str(fraction.get(..usize::from(digits)).unwrap_or(&fraction));
            }
        }
        match self.offset {
            Offset::None => {}
            Offset::Zulu => text.push('Z'),
            Offset::Minutes { minutes, colon } => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
                let mark = if colon { ":" } else { "" };
                text.push_str(&format!("{sign}{hours:02}{mark}{rest:02}"));
            }
        }
        text
    }

    /// Reads a date-time and the form it is written in: the moment for the column and the form.
    /// None when the text is not a date-time, or when [`Self::write`] would not give back exactly
    /// this text.
    pub fn read(text: &str) -> Option<(NaiveDateTime, DateTimeForm)> {
        let separator = text.get(10..11)?.chars().next()?;
        if !matches!(separator, 'T' | ' ') {
            return None;
        }
        let date: NaiveDate = text.get(..10)?.parse().ok()?;
        let time = text.get(11..)?;
        let (clock, offset) = split_offset(time)?;
        let (clock, fraction) = match clock.split_once('.') {
            Some((clock, digits)) => (clock, Some(digits)),
            None => (clock, None),
        };
        let mut numbers = clock.split(':');
        let hour = numbers.next()?.parse().ok()?;
        let minute = numbers.next()?.parse().ok()?;
        let second: Option<u32> = numbers.next().map(str::parse).transpose().ok()?;
        let digits = fraction.map_or(0, str::len);
        let millis: u32 = match fraction {
            Some(digits) if digits.len() <= 3 => format!("{digits:0<3}").parse().ok()?,
            Some(_) => return None,
            None => 0,
        };
        let local = date.and_hms_milli_opt(hour, minute, second.unwrap_or(0), millis)?;
        let fraction = second.map(|_| u8::try_from(digits).unwrap_or(0));
        let form = DateTimeForm { separator, fraction, offset };
        let minutes = if let Offset::Minutes { minutes, .. } = offset { minutes } else { 0 };
        let at = local.checked_sub_signed(TimeDelta::minutes(i64::from(minutes)))?;
        (form.write(at) == text).then_some((at, form))
    }
}

fn split_offset(time: &str) -> Option<(&str, Offset)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, Offset::Zulu));
    }
    let Some(at) = time.rfind(['+', '-']) else {
        return Some((time, Offset::None));
    };
    let (clock, offset) = time.split_at(at);
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours: i16 = digits.get(..2)?.parse().ok()?;
    let rest: i16 = digits.get(2..)?.parse().ok()?;
    let minutes = hours * 60 + rest;
    let minutes = if offset.starts_with('-') { -minutes } else { minutes };
    Some((clock, Offset::Minutes { minutes, colon: offset.contains(':') }))
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

    #[test]
    fn date_times_keep_the_text_of_the_source() {
        for text in [
            "2022-03-01T10:00:00+00:00",
            "2022-03-01T10:00:00Z",
            "2022-03-01 23:59:59.120-0500",
            "2022-03-01T10:05",
            "2022-03-01T10:05:07.5",
        ] {
            let Some((at, form)) = DateTimeForm::read(text) else { panic!("{text}") };
            assert_eq!(form.write(at), text);
        }
        for text in [
            "2022-03-01",
            "2022-3-1T10:00",
            "x",
            "2022-03-01T25:00:00Z",
            "2022-03-01T10:00:00.123456Z",
            "é022-03-01T10:00",
        ] {
            assert_eq!(DateTimeForm::read(text), None, "{text}");
        }
        let moment = DateTimeForm::read("2022-03-01T10:00:00+01:00").map(|(at, _)| at.to_string());
        assert_eq!(moment.as_deref(), Some("2022-03-01 09:00:00"));
    }
}
