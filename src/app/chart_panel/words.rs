//! What bars, edges and figures are called.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

use super::super::session::Session;
use super::super::table::statistics::value;
use super::making::Made;
use crate::i18n::{
    Language, Message, format_date, format_date_time, format_integer, format_number,
    format_plain_integer, format_plain_number, format_short_date,
};
use crate::table::{Axis, BarOf};

/// A place on an axis, short enough to stand under a chart.
pub(super) fn edge(axis: Axis, at: f64, language: Language) -> String {
    match axis {
        Axis::Whole => plain(at, language),
        Axis::Number => format_plain_number(language, at, decimals(at)),
        Axis::Days => day(at).map_or_else(String::new, |day| format_short_date(language, day)),
        Axis::Moments => moment(at).map_or_else(String::new, |at| {
            let day = format_short_date(language, at.date());
            let clock = at.format("%H:%M").to_string();
            if clock == "00:00" { day } else { format!("{day} {clock}") }
        }),
    }
}

/// What a bar is called.
pub(super) fn bar(session: &Session, made: &Made, field: usize, bar: BarOf) -> String {
    let language = session.language;
    match bar {
        BarOf::Range([from, to]) => {
            let axis = made.bars().and_then(|bars| bars.axis).unwrap_or(Axis::Number);
            range(axis, [from, to], language)
        }
        BarOf::Value(row) => {
            let text = value(made.table(), field, row, language);
            if text.is_empty() { session.tr("app-stat-empty-text") } else { text }
        }
        BarOf::Others(values) => {
            session.say(&Message::new("app-chart-others").count("values", values))
        }
    }
}

fn range(axis: Axis, [from, to]: [f64; 2], language: Language) -> String {
    let both = |from: String, to: String| {
        if from == to { from } else { format!("{from} – {to}") }
    };
    match axis {
        Axis::Whole => both(plain(from, language), plain(to - 1.0, language)),
        Axis::Number => both(edge(axis, from, language), edge(axis, to, language)),
        Axis::Days => {
            let day = |at| day(at).map_or_else(String::new, |day| format_date(language, day));
            both(day(from), day(to - 1.0))
        }
        Axis::Moments => {
            let at = |at| moment(at).map_or_else(String::new, |at| format_date_time(language, at));
            both(at(from), at(to))
        }
    }
}

/// A number of rows.
pub(super) fn count(count: u64, language: Language) -> String {
    format_integer(language, i64::try_from(count).unwrap_or(i64::MAX))
}

/// A number of the data.
pub(super) fn figure(number: f64, language: Language) -> String {
    format_number(language, number, decimals(number))
}

/// Enough for what is small, no more than that for what is not.
fn decimals(number: f64) -> u8 {
    let size = number.abs();
    if size >= 1000.0 {
        2
    } else if size >= 0.01 || size == 0.0 {
        4
    } else {
        12
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number; others are written as such")]
fn plain(at: f64, language: Language) -> String {
    if at.fract() == 0.0 && at.abs() < 1e15 {
        format_plain_integer(at as i64)
    } else {
        format_plain_number(language, at, 2)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "days of dates")]
fn day(at: f64) -> Option<NaiveDate> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    epoch.checked_add_signed(TimeDelta::try_days(at.floor() as i64)?)
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds of moments")]
fn moment(at: f64) -> Option<NaiveDateTime> {
    Some(DateTime::from_timestamp_millis(at.floor() as i64)?.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_says_what_it_holds() {
        let of = |axis, ends| range(axis, ends, Language::Dutch);
        assert_eq!(of(Axis::Whole, [10.0, 20.0]), "10 – 19");
        assert_eq!(of(Axis::Whole, [2023.0, 2024.0]), "2023");
        assert_eq!(of(Axis::Number, [0.5, 1.0]), "0,5 – 1");
        assert_eq!(of(Axis::Days, [0.0, 1.0]), "1 januari 1970");
        assert_eq!(of(Axis::Days, [0.0, 31.0]), "1 januari 1970 – 31 januari 1970");
        assert_eq!(edge(Axis::Days, 31.0, Language::Dutch), "1/2/1970");
        assert_eq!(edge(Axis::Days, 31.0, Language::English), "1970-02-01");
        assert_eq!(edge(Axis::Moments, 5_400_000.0, Language::English), "1970-01-01 01:30");
    }
}
