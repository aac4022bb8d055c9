//! The values of a column as SQLite takes them.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{
    Array, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use rusqlite::Statement;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use crate::formats::pieces::count_rows;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::FieldKind;

/// Where the values of a column come from.
pub(super) enum Values<'a> {
    Boolean(&'a BooleanArray),
    Integer(&'a Int64Array),
    Number(&'a Float64Array),
    Text(&'a StringArray),
    Date(&'a Date32Array),
    Moment(&'a TimestampMillisecondArray),
}

impl<'a> Values<'a> {
    /// None where the array is not of the kind.
    pub(super) fn of(kind: FieldKind, array: &'a dyn Array) -> Option<Values<'a>> {
        Some(match kind {
            FieldKind::Boolean => Values::Boolean(array.as_boolean_opt()?),
            FieldKind::Integer => Values::Integer(array.as_primitive_opt::<Int64Type>()?),
            FieldKind::Number => Values::Number(array.as_primitive_opt::<Float64Type>()?),
            FieldKind::Text | FieldKind::Json => Values::Text(array.as_string_opt()?),
            FieldKind::Date => Values::Date(array.as_primitive_opt::<Date32Type>()?),
            FieldKind::DateTime(_) => {
                Values::Moment(array.as_primitive_opt::<TimestampMillisecondType>()?)
            }
        })
    }

    /// The type of GeoPackage.
    pub(super) fn declared(&self) -> &'static str {
        match self {
            Values::Boolean(_) => "BOOLEAN",
            Values::Integer(_) => "INTEGER",
            Values::Number(_) => "REAL",
            Values::Text(_) => "TEXT",
            Values::Date(_) => "DATE",
            Values::Moment(_) => "DATETIME",
        }
    }

    /// Reports the values that GeoPackage cannot hold, or that other programs read differently.
    pub(super) fn report(&self, field: &str, problems: &mut Problems) {
        let (id, count) = match self {
            Values::Boolean(_) | Values::Integer(_) => return,
            Values::Number(array) => {
                let is_nan = |row| array.is_valid(row) && array.value(row).is_nan();
                ("problem-geopackage-nan", counted(*array, is_nan))
            }
            Values::Text(array) => {
                let has_nul = memchr::memchr(0, array.value_data()).is_some();
                let cut = |row: usize| array.is_valid(row) && array.value(row).contains('\0');
                ("problem-geopackage-nul", if has_nul { counted(*array, cut) } else { 0 })
            }
            Values::Date(array) => {
                let is_bad = |row| array.is_valid(row) && date(array.value(row)).is_none();
                ("problem-geopackage-bad-date", counted(*array, is_bad))
            }
            Values::Moment(array) => {
                let is_bad = |row| array.is_valid(row) && moment(array.value(row)).is_none();
                ("problem-geopackage-bad-date", counted(*array, is_bad))
            }
        };
        problems.report(id, count, vec![("field", Arg::Text(field.to_owned()))], None);
    }

    /// Sets a parameter of a statement (from 1) to the value of a row.
    pub(super) fn bind(
        &self,
        statement: &mut Statement<'_>,
        parameter: usize,
        row: usize,
    ) -> Result<(), rusqlite::Error> {
        let mut text = [0; MOMENT];
        let value = match self {
            Values::Boolean(array) if array.is_valid(row) => {
                ToSqlOutput::Owned(Value::Integer(i64::from(array.value(row))))
            }
            Values::Integer(array) if array.is_valid(row) => {
                ToSqlOutput::Owned(Value::Integer(array.value(row)))
            }
            Values::Number(array) if array.is_valid(row) => {
                ToSqlOutput::Owned(Value::Real(array.value(row)))
            }
            Values::Text(array) if array.is_valid(row) => {
                ToSqlOutput::Borrowed(ValueRef::Text(array.value(row).as_bytes()))
            }
            Values::Date(array) if array.is_valid(row) => match date(array.value(row)) {
                Some(date) => ToSqlOutput::Borrowed(ValueRef::Text(date_text(date, &mut text))),
                None => ToSqlOutput::Owned(Value::Null),
            },
            Values::Moment(array) if array.is_valid(row) => match moment(array.value(row)) {
                Some(at) => ToSqlOutput::Borrowed(ValueRef::Text(moment_text(at, &mut text))),
                None => ToSqlOutput::Owned(Value::Null),
            },
            _ => ToSqlOutput::Owned(Value::Null),
        };
        statement.raw_bind_parameter(parameter, value)
    }
}

fn counted(array: &dyn Array, is_so: impl Fn(usize) -> bool + Sync) -> u64 {
    count_rows(array.len(), |row| u64::from(is_so(row)))
}

/// The years that a date of four digits has.
fn has_year(year: i32) -> bool {
    (0..=9999).contains(&year)
}

fn date(days: i32) -> Option<NaiveDate> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    let date = epoch.checked_add_signed(TimeDelta::days(i64::from(days)))?;
    has_year(date.year()).then_some(date)
}

fn moment(millis: i64) -> Option<NaiveDateTime> {
    let at = DateTime::from_timestamp_millis(millis)?.naive_utc();
    has_year(at.year()).then_some(at)
}

/// The length of a moment's text.
const MOMENT: usize = 24;

/// `2026-03-01`
fn date_text(date: NaiveDate, text: &mut [u8; MOMENT]) -> &[u8] {
    let [y0, y1, y2, y3, a, m0, m1, b, d0, d1, ..] = text;
    digits([y0, y1, y2, y3], date.year().unsigned_abs());
    digits([m0, m1], date.month());
    digits([d0, d1], date.day());
    (*a, *b) = (b'-', b'-');
    text.get(..10).unwrap_or_default()
}

/// `2026-03-01T10:00:00.000Z`
fn moment_text(at: NaiveDateTime, text: &mut [u8; MOMENT]) -> &[u8] {
    date_text(at.date(), text);
    let [.., t, h0, h1, a, m0, m1, b, s0, s1, point, f0, f1, f2, z] = text;
    digits([h0, h1], at.hour());
    digits([m0, m1], at.minute());
    digits([s0, s1], at.second());
    // A leap second is told by a thousand milliseconds too many.
    digits([f0, f1, f2], at.and_utc().timestamp_subsec_millis().min(999));
    (*t, *a, *b, *point, *z) = (b'T', b':', b':', b'.', b'Z');
    text
}

fn digits<const N: usize>(places: [&mut u8; N], mut value: u32) {
    for place in places.into_iter().rev() {
        *place = b'0' + u8::try_from(value % 10).unwrap_or_default();
        value /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the crate `chrono`.
    #[test]
    fn dates_and_moments_are_written_as_the_standard_wants() {
        for days in [-719_528, -1, 0, 19_000, 20_513, 2_932_896] {
            let date = date(days).unwrap();
            let mut text = [0; MOMENT];
            let written = std::str::from_utf8(date_text(date, &mut text)).unwrap().to_owned();
            assert_eq!(written, date.format("%Y-%m-%d").to_string());
            let at = moment(i64::from(days) * 86_400_000 + 45_296_007).unwrap();
            let written = std::str::from_utf8(moment_text(at, &mut text)).unwrap();
            assert_eq!(written, at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
        }
        assert_eq!(date(2_932_897), None);
        assert_eq!(date(-719_529), None);
        assert_eq!(moment(i64::MAX), None);
    }
}
