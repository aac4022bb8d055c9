//! Text columns that are dates or moments throughout.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Date32Array, StringArray, TimestampMillisecondArray};
use chrono::{DateTime, NaiveDate};

use super::{DateTimeForm, FieldKind};

/// A text column whose every value is a date, or a date-time of one form, so that the texts can
/// be given back exactly. None when any is not, or when there is no value at all.
pub fn as_dates(texts: &StringArray) -> Option<(FieldKind, ArrayRef)> {
    let first = texts.iter().flatten().next()?;
    if read_date(first).is_some() {
        let days = whole_column(texts, read_date)?;
        let days = Date32Array::new(days.into(), texts.nulls().cloned());
        return Some((FieldKind::Date, Arc::new(days)));
    }
    let (_, form) = DateTimeForm::read(first)?;
    let moments = whole_column(texts, |text| {
        let (at, found) = DateTimeForm::read(text)?;
        (found == form).then_some(at.and_utc().timestamp_millis())
    })?;
    let moments = TimestampMillisecondArray::new(moments.into(), texts.nulls().cloned());
    Some((FieldKind::DateTime(form), Arc::new(moments)))
}

/// Every value read, 0 for nulls; none as soon as one cannot be.
fn whole_column<T: Default>(
    texts: &StringArray,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Vec<T>> {
    texts.iter().map(|text| text.map_or(Some(T::default()), &read)).collect()
}

/// Days since 1970 of `2026-03-01`, written just so.
pub fn read_date(text: &str) -> Option<i32> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes() else { return None };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(**digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[y0, y1, y2, y3])?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(&[m0, m1])?, number(&[d0, d1])?)?;
    let days = date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days();
    i32::try_from(days).ok()
}
