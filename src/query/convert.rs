//! From one kind of value to another. What does not fit becomes null.

use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float64Type, Int64Type, TimestampMillisecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray, StringArray};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

use super::operand::{Kind, Operand};
use super::syntax::CastTo;

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

/// Reads a date as conditions have it: `2024-01-31` or `31/01/2024`, day first.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    parse_date(text).and_then(date_of)
}

/// Reads a date and perhaps a time of day as conditions have it, `2024-01-31T10:05` or
/// `31/01/2024 10:05:07`: the moment on its own clock, whatever offset is written.
pub fn read_date_time(text: &str) -> Option<NaiveDateTime> {
    let (millis, zone) = parse_date_time(text)?;
    local(millis, zone).and_then(moment_of)
}

/// Reads `2024-01-31` or `31/01/2024` (day first, as in Belgium): days since 1970.
pub(super) fn parse_date(text: &str) -> Option<i32> {
    let text = text.trim();
    let mut numbers = text.split(['-', '/', '.']);
    let (first, second, third) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if numbers.next().is_some() || ![first, second, third].into_iter().all(digits) {
        return None;
    }
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 1..=2) => (first, second, third),
        (1..=2, 4) => (third, second, first),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    days_of(date)
}

/// Reads a date, or a date and a time with `T` or a space between, perhaps with an offset:
/// milliseconds since 1970, in UTC with the minutes east of UTC when an offset is written, else
/// local.
pub(super) fn parse_date_time(text: &str) -> Option<(i64, Option<i16>)> {
    let text = text.trim();
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else {
        return Some((i64::from(parse_date(text)?) * DAY, None));
    };
    let midnight = i64::from(parse_date(date)?) * DAY;
    let time = time.trim();
    let (clock, offset) = if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        (clock, Some(0))
    } else if let Some(at) = time.rfind(['+', '-']) {
        let (clock, offset) = time.split_at(at);
        (clock, Some(parse_offset(offset)?))
    } else {
        (time, None)
    };
    let local = midnight.checked_add(parse_clock(clock.trim())?)?;
    let utc = local.checked_sub(i64::from(offset.unwrap_or(0)) * MINUTE)?;
    Some((utc, offset))
}

/// `10:05`, `10:05:07` or `10:05:07.123`: milliseconds.
fn parse_clock(clock: &str) -> Option<i64> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut numbers = clock.split(':');
    let mut number = |limit: i64| {
        let text = numbers.next()?;
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|value| plain && *value < limit)
    };
    let (hour, minute) = (number(24)?, number(60)?);
    let second = number(60);
    if numbers.next().is_some() || (second.is_none() && clock.len() != 5) {
        return None;
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
    let millis: i64 = millis.parse().ok()?;
    Some(((hour * 60 + minute) * 60 + second.unwrap_or(0)) * 1000 + millis)
}

/// `+01:00`, `+0100` or `+01`: minutes.
fn parse_offset(offset: &str) -> Option<i16> {
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.chars().skip(1).filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i16 = digits.get(..2)?.parse().ok()?;
    let minutes: i16 =
        digits.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Reads a number as programs write it.
pub(super) fn parse_number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Reads yes or no, in both languages.
pub(super) fn parse_boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "ja" | "j" | "waar" => Some(true),
        "false" | "f" | "no" | "n" | "0" | "nee" | "neen" | "onwaar" => Some(false),
        _ => None,
    }
}

fn days_of(date: NaiveDate) -> Option<i32> {
    i32::try_from(date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days()).ok()
}

/// The date of days since 1970; none beyond chrono's calendar.
pub(super) fn date_of(days: i32) -> Option<NaiveDate> {
    DateTime::UNIX_EPOCH.date_naive().checked_add_signed(TimeDelta::days(i64::from(days)))
}

/// The moment of milliseconds since 1970.
pub(super) fn moment_of(millis: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_millis(millis).map(|moment| moment.naive_utc())
}

/// A whole number without its fraction; none when it does not fit.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn whole(number: f64) -> Option<i64> {
    // 2^63 is exactly representable.
    (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0)
        .contains(&number)
        .then_some(number.trunc() as i64)
}

/// The nearest number; whole numbers beyond 2^53 lose their last digits.
#[expect(clippy::cast_precision_loss, reason = "what SQL does")]
pub(super) fn number(whole: i64) -> f64 {
    whole as f64
}

/// Milliseconds on the clock on the wall.
pub(super) fn local(millis: i64, zone: Option<i16>) -> Option<i64> {
    millis.checked_add(i64::from(zone.unwrap_or(0)) * MINUTE)
}

/// Milliseconds as a column of a zone keeps them, from the clock on the wall there.
pub(super) fn from_local(millis: i64, zone: Option<i16>) -> Option<i64> {
    millis.checked_sub(i64::from(zone.unwrap_or(0)) * MINUTE)
}

/// What [`parse_date_time`] found, as a column of a zone keeps it.
pub(super) fn in_zone((millis, written): (i64, Option<i16>), zone: Option<i16>) -> Option<i64> {
    match (written, zone) {
        (Some(_), Some(_)) | (None, None) => Some(millis),
        (None, Some(_)) => from_local(millis, zone),
        (Some(_), None) => local(millis, written),
    }
}

impl Operand {
    /// Every value as another kind; null where a value does not fit, none where the kinds have
    /// nothing in common.
    pub fn cast(&self, to: Kind) -> Option<Operand> {
        if self.kind == to {
            return Some(self.clone());
        }
        if self.kind == Kind::Null {
            return Some(self.nulls(to));
        }
        let array: ArrayRef = match to {
            Kind::Null => return None,
            Kind::Boolean => Arc::new(self.to_boolean()?),
            Kind::Integer => self.to_integer()?,
            Kind::Number => self.to_number()?,
            Kind::Text => Arc::new(self.to_text()?),
            Kind::Date => self.to_date()?,
            Kind::DateTime(zone) => self.to_date_time(zone)?,
        };
        Some(Operand::new(array, self.scalar, to))
    }

    /// As [`Self::cast`], to the kind of a `CAST`.
    pub fn cast_to(&self, to: CastTo) -> Option<Operand> {
        self.cast(match to {
            CastTo::Boolean => Kind::Boolean,
            CastTo::Integer => Kind::Integer,
            CastTo::Number => Kind::Number,
            CastTo::Text => Kind::Text,
            CastTo::Date => Kind::Date,
            CastTo::DateTime => match self.kind {
                Kind::DateTime(_) => return Some(self.clone()),
                _ => Kind::DateTime(None),
            },
        })
    }

    fn to_boolean(&self) -> Option<BooleanArray> {
        Some(match self.kind {
            Kind::Integer => self.integers()?.iter().map(|value| Some(value? != 0)).collect(),
            Kind::Number => self.numbers()?.iter().map(|value| Some(value? != 0.0)).collect(),
            Kind::Text => self.texts()?.iter().map(|text| parse_boolean(text?)).collect(),
            _ => return None,
        })
    }

    fn to_integer(&self) -> Option<ArrayRef> {
        Some(match self.kind {
            Kind::Boolean => {
                from_iter::<Int64Type>(self.booleans()?.iter().map(|value| value.map(i64::from)))
            }
            Kind::Number => Arc::new(self.numbers()?.unary_opt::<_, Int64Type>(whole)),
            Kind::Text => from_iter::<Int64Type>(self.texts()?.iter().map(|text| {
                let text = text?.trim();
                text.parse().ok().or_else(|| parse_number(text).and_then(whole))
            })),
            _ => return None,
        })
    }

    fn to_number(&self) -> Option<ArrayRef> {
        Some(match self.kind {
            Kind::Boolean => from_iter::<Float64Type>(
                self.booleans()?.iter().map(|value| value.map(|value| f64::from(u8::from(value)))),
            ),
            Kind::Integer => Arc::new(self.integers()?.unary::<_, Float64Type>(number)),
            Kind::Text => {
                from_iter::<Float64Type>(self.texts()?.iter().map(|text| parse_number(text?)))
            }
            _ => return None,
        })
    }

    fn to_text(&self) -> Option<StringArray> {
        Some(match self.kind {
            Kind::Boolean => self.booleans()?.iter().map(|v| Some(v?.to_string())).collect(),
            Kind::Integer => self.integers()?.iter().map(|v| Some(v?.to_string())).collect(),
            Kind::Number => self.numbers()?.iter().map(|v| Some(v?.to_string())).collect(),
            Kind::Date => {
                self.dates()?.iter().map(|days| Some(date_of(days?)?.to_string())).collect()
            }
            Kind::DateTime(zone) => self
                .date_times()?
                .iter()
                .map(|millis| {
                    let moment = moment_of(local(millis?, zone)?)?;
                    Some(moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
                })
                .collect(),
            Kind::Text | Kind::Null => return None,
        })
    }

    fn to_date(&self) -> Option<ArrayRef> {
        let day = |millis: i64| i32::try_from(millis.div_euclid(DAY)).ok();
        Some(match self.kind {
            Kind::Text => from_iter::<Date32Type>(self.texts()?.iter().map(|text| {
                let (millis, zone) = parse_date_time(text?)?;
                day(local(millis, zone)?)
            })),
            Kind::DateTime(zone) => {
                let date = |millis| day(local(millis, zone)?);
                Arc::new(self.date_times()?.unary_opt::<_, Date32Type>(date))
            }
            _ => return None,
        })
    }

    fn to_date_time(&self, zone: Option<i16>) -> Option<ArrayRef> {
        type Millis = TimestampMillisecondType;
        Some(match self.kind {
            Kind::Text => from_iter::<Millis>(
                self.texts()?.iter().map(|text| in_zone(parse_date_time(text?)?, zone)),
            ),
            Kind::Date => {
                let midnight = |days| from_local(i64::from(days) * DAY, zone);
                Arc::new(self.dates()?.unary_opt::<_, Millis>(midnight))
            }
            Kind::DateTime(from) => match (from, zone) {
                (Some(_), Some(_)) | (None, None) => self.array.clone(),
                _ => {
                    let moved = |millis| in_zone((millis, from), zone);
                    Arc::new(self.date_times()?.unary_opt::<_, Millis>(moved))
                }
            },
            _ => return None,
        })
    }
}

fn from_iter<T: ArrowPrimitiveType>(values: impl Iterator<Item = Option<T::Native>>) -> ArrayRef
where
    PrimitiveArray<T>: FromIterator<Option<T::Native>> + Array,
{
    Arc::new(values.collect::<PrimitiveArray<T>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_iso_and_day_first() {
        assert_eq!(parse_date("1970-01-02"), Some(1));
        assert_eq!(parse_date(" 2/1/1970 "), Some(1));
        assert_eq!(parse_date("02-01-1970"), Some(1));
        for bad in ["", "1970", "1970-13-01", "31/02/2024", "1970-01-02-03", "+970-01-01", "é-1-1"]
        {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn date_times_keep_their_offset() {
        assert_eq!(parse_date_time("1970-01-02"), Some((DAY, None)));
        assert_eq!(parse_date_time("1970-01-01T01:00:00.5"), Some((3_600_500, None)));
        assert_eq!(parse_date_time("1970-01-01 01:00+01:00"), Some((0, Some(60))));
        assert_eq!(parse_date_time("1970-01-01T00:00:00Z"), Some((0, Some(0))));
        for bad in ["1970-01-01T", "1970-01-01T25:00", "1970-01-01T1:00", "1970-01-01T10:00:00.x"] {
            assert_eq!(parse_date_time(bad), None, "{bad}");
        }
    }

    #[test]
    fn whole_numbers_beyond_64_bits_do_not_fit() {
        assert_eq!(whole(-3.9), Some(-3));
        assert_eq!(whole(1e19), None);
        assert_eq!(whole(f64::NAN), None);
        assert_eq!(whole(9_223_372_036_854_775_807.0), None);
    }
}
