//! Text columns that are dates or moments throughout.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Date32Array, StringArray, TimestampMillisecondArray};

use super::FieldKind;
use super::moment::read_moment;

/// A text column whose every value is a date, or a date-time of one form, so that the texts can
/// be given back exactly. None when any is not, or when there is no value at all.
pub fn as_dates(texts: &StringArray) -> Option<(FieldKind, ArrayRef)> {
    let first = texts.iter().flatten().next()?;
    if read_date(first).is_some() {
        let days = whole_column(texts, read_date)?;
        let days = Date32Array::new(days.into(), texts.nulls().cloned());
        return Some((FieldKind::Date, Arc::new(days)));
    }
    let (_, form) = read_moment(first)?;
    let moments = whole_column(texts, |text| {
        let (millis, found) = read_moment(text)?;
        (found == form).then_some(millis)
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

/// 1 January 1970 as [`read_date`] counts days at first.
const EPOCH: i32 = 865_566;

/// Days since 1970 of `2026-03-01`, written just so.
pub fn read_date(text: &str) -> Option<i32> {
    read_date_of(text.as_bytes())
}

/// As [`read_date`], of bytes that need not be text.
#[inline]
pub fn read_date_of(text: &[u8]) -> Option<i32> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text else { return None };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(**digit - b'0'))
        })
    };
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    if day == 0 || day > last {
        return None;
    }
    // Years from March on, counted from 400 years before the first: leap days come at their ends
    // (Fliegel and Van Flandern, "A machine algorithm for processing calendar dates", 1968).
    let (year, month) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    i32::try_from(days).ok().map(|days| days - EPOCH)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;

    /// Against the crate `chrono`: years around every rule for leap years, and every month and day
    /// of two digits, those that do not exist too.
    #[test]
    fn days_are_those_of_chrono() {
        let epoch = DateTime::UNIX_EPOCH.date_naive();
        let years = (0..=8).chain(1598..=1604).chain(1895..=2105).chain(2396..=2404).chain([9999]);
        for year in years {
            for month in 0..=20 {
                for day in 0..=40 {
                    let date = NaiveDate::from_ymd_opt(year, month, day);
                    let days = date.map(|date| date.signed_duration_since(epoch).num_days());
                    let text = format!("{year:04}-{month:02}-{day:02}");
                    assert_eq!(read_date(&text).map(i64::from), days, "{text}");
                }
            }
        }
        for text in ["2026-3-01", "2026-03-1", "2026/03/01", "+026-03-01", "2026-0a-01", ""] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
