//! Functions on dates and date-times. Parts are those of the clock on the wall where the data
//! come from; text is read as a date.

use arrow_array::types::{Date32Type, Int64Type, TimestampMillisecondType};
use chrono::{Datelike, NaiveDateTime, NaiveTime, Timelike};

use super::Call;
use crate::i18n::Message;
use crate::query::QueryError;
use crate::query::convert::{DAY, from_local, local, moment_of};
use crate::query::operand::{Kind, Operand};
use crate::query::syntax::Literal;

type Answer = Result<Operand, QueryError>;

/// The first argument as date-times, and its zone.
fn moments(call: &Call<'_>) -> Result<(Operand, Option<i16>), QueryError> {
    let zone = match call.operands.first().map(|operand| operand.kind) {
        Some(Kind::DateTime(zone)) => zone,
        _ => None,
    };
    Ok((call.cast(0, Kind::DateTime(zone))?, zone))
}

fn part(call: &Call<'_>, part: fn(NaiveDateTime) -> i64) -> Answer {
    let (operand, zone) = moments(call)?;
    let moments = operand.date_times().ok_or_else(|| call.failed())?;
    let array = moments
        .unary_opt::<_, Int64Type>(|millis| local(millis, zone).and_then(moment_of).map(part));
    Ok(Operand::new(std::sync::Arc::new(array), operand.scalar, Kind::Integer))
}

pub(super) fn year(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.year()))
}

pub(super) fn quarter(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.month0() / 3 + 1))
}

pub(super) fn month(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.month()))
}

/// The ISO week: weeks start on Monday, the first has the year's first Thursday.
pub(super) fn week(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.iso_week().week()))
}

pub(super) fn day(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.day()))
}

/// Monday is 1, Sunday 7.
pub(super) fn weekday(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.weekday().number_from_monday()))
}

pub(super) fn day_of_year(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.ordinal()))
}

pub(super) fn hour(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.hour()))
}

pub(super) fn minute(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.minute()))
}

pub(super) fn second(call: &Call<'_>) -> Answer {
    part(call, |moment| i64::from(moment.second()))
}

/// The date of a date-time or of text.
pub(super) fn date(call: &Call<'_>) -> Answer {
    call.cast(0, Kind::Date)
}

/// The start of the year, quarter, month, week, day or hour.
pub(super) fn date_trunc(call: &Call<'_>) -> Answer {
    let unit = call.operands.first().and_then(Operand::scalar_text).map(str::to_lowercase);
    let start: fn(NaiveDateTime) -> Option<NaiveDateTime> = match unit.as_deref() {
        Some("year") => |moment| moment.with_day(1)?.with_month(1),
        Some("quarter") => |moment| moment.with_day(1)?.with_month0(moment.month0() / 3 * 3),
        Some("month") => |moment| moment.with_day(1),
        Some("week") => |moment| {
            let days = moment.weekday().num_days_from_monday();
            moment.checked_sub_days(chrono::Days::new(u64::from(days)))
        },
        Some("day" | "hour") => Some,
        _ => {
            let span = call.nodes.first().map_or(0..0, |node| node.span.clone());
            return Err(QueryError::new(span, Message::new("query-bad-unit")));
        }
    };
    let to_hour = unit.as_deref() == Some("hour");
    let zone = match call.operands.get(1).map(|operand| operand.kind) {
        Some(Kind::DateTime(zone)) => zone,
        _ => None,
    };
    let operand = call.cast(1, Kind::DateTime(zone))?;
    let moments = operand.date_times().ok_or_else(|| call.failed())?;
    let array = moments.unary_opt::<_, TimestampMillisecondType>(|millis| {
        let moment = moment_of(local(millis, zone)?)?;
        let hour = if to_hour { moment.hour() } else { 0 };
        let start = start(moment)?.date().and_time(NaiveTime::from_hms_opt(hour, 0, 0)?);
        from_local(start.and_utc().timestamp_millis(), zone)
    });
    Ok(Operand::new(std::sync::Arc::new(array), operand.scalar, Kind::DateTime(zone)))
}

#[expect(clippy::unnecessary_wraps, reason = "all functions have one form")]
pub(super) fn now(call: &Call<'_>) -> Answer {
    let (utc, minutes) = call.now;
    Ok(Operand::literal(&Literal::DateTime(utc.and_utc().timestamp_millis(), Some(minutes))))
}

#[expect(clippy::unnecessary_wraps, reason = "all functions have one form")]
pub(super) fn current_date(call: &Call<'_>) -> Answer {
    let (utc, minutes) = call.now;
    let today = local(utc.and_utc().timestamp_millis(), Some(minutes));
    let days = today.and_then(|millis| i32::try_from(millis.div_euclid(DAY)).ok());
    Ok(call.make::<Date32Type>(Kind::Date, |_| days))
}
