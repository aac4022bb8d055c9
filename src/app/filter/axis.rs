//! Numbers, dates and moments as places on a slider, as values of a condition, and as text that
//! is shown and typed.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike};

use crate::i18n::{Language, parse_number};
use crate::query::builder::Value;
use crate::query::{read_date, read_date_time};
use crate::table::{FieldKind, Statistics, Table, Value as Cell};

const DAY: f64 = 86_400_000.0;

/// How a field's values lie on a line: numbers as they are, dates in days since 1970, moments in
/// milliseconds on the clock of the data.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub kind: FieldKind,
    /// The least and the greatest; none while unknown, or when there are no two.
    pub ends: Option<[f64; 2]>,
    /// What a slider moves by.
    pub step: f64,
}

impl Axis {
    pub fn of(table: &Table, field: usize, kind: FieldKind, facts: Option<&Statistics>) -> Axis {
        let place = |row| place_of_cell(table.value(row, field));
        let ends = facts.and_then(|facts| facts.ends);
        let ends = ends.and_then(|[least, most]| Some([place(least)?, place(most)?]));
        let ends = ends.filter(|[least, most]| least < most);
        let step = ends.map_or(1.0, |[least, most]| step(kind, most - least));
        // Ends lie on steps, so that the slider reaches all of it.
        let ends = match kind {
            FieldKind::Integer | FieldKind::Date => ends,
            _ => ends.map(|[a, b]| [(a / step).floor() * step, (b / step).ceil() * step]),
        };
        Axis { kind, ends, step }
    }

    /// Where a value lies.
    pub fn place(&self, value: &Value) -> Option<f64> {
        match (self.kind, value) {
            #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
            (FieldKind::Integer | FieldKind::Number, Value::Integer(number)) => {
                Some(*number as f64)
            }
            (FieldKind::Integer | FieldKind::Number, Value::Number(number)) => Some(*number),
            (FieldKind::Date, Value::Date(days)) => Some(f64::from(*days)),
            (FieldKind::Date, Value::Text(text)) => read_date(text).map(days_of),
            (FieldKind::DateTime(_), Value::Text(text)) => read_date_time(text).map(millis_of),
            (FieldKind::DateTime(_), Value::Date(days)) => Some(f64::from(*days) * DAY),
            _ => None,
        }
    }

    /// The value at a place.
    pub fn value(&self, place: f64) -> Option<Value> {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number within the ends")]
        let whole = place.round() as i64;
        Some(match self.kind {
            FieldKind::Integer => Value::Integer(whole),
            FieldKind::Number => Value::Number(tidy(place)),
            FieldKind::Date => {
                let date = DateTime::from_timestamp(whole.checked_mul(86_400)?, 0)?.date_naive();
                Value::Text(date.to_string())
            }
            FieldKind::DateTime(_) => {
                let moment = DateTime::from_timestamp_millis(whole)?.naive_utc();
                Value::Text(moment.format("%Y-%m-%dT%H:%M:%S").to_string())
            }
            _ => return None,
        })
    }

    /// A value as it is shown and typed.
    pub fn shown(&self, value: &Value, language: Language) -> String {
        let text = |text: &str| match self.kind {
            FieldKind::Date => read_date(text).map(|date| date_text(date, language)),
            FieldKind::DateTime(_) => read_date_time(text).map(|at| moment_text(at, language)),
            _ => None,
        };
        match value {
            Value::Integer(number) => number.to_string(),
            Value::Number(number) => {
                number.to_string().replace('.', &language.decimal_mark().to_string())
            }
            Value::Boolean(value) => value.to_string(),
            Value::Text(written) => text(written).unwrap_or_else(|| written.clone()),
            Value::Date(_) | Value::DateTime(..) => {
                let place = self.place(value).and_then(|place| self.value(place));
                match place {
                    Some(Value::Text(written)) => text(&written).unwrap_or(written),
                    _ => String::new(),
                }
            }
        }
    }

    /// What was typed, as a value; none when it is none.
    pub fn read(&self, typed: &str, language: Language) -> Option<Value> {
        let typed = typed.trim();
        match self.kind {
            FieldKind::Integer | FieldKind::Number => {
                if let Some(whole) = typed.parse().ok().filter(|whole| *whole != i64::MIN) {
                    return Some(Value::Integer(whole));
                }
                let number = parse_number(language, typed)?;
                #[expect(clippy::cast_possible_truncation, reason = "it has no fraction and fits")]
                let whole = (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64);
                Some(whole.map_or(Value::Number(number), Value::Integer))
            }
            FieldKind::Date => read_date(typed).map(|date| Value::Text(date.to_string())),
            FieldKind::DateTime(_) => {
                let moment = read_date_time(typed)?;
                Some(Value::Text(moment.format("%Y-%m-%dT%H:%M:%S").to_string()))
            }
            FieldKind::Text | FieldKind::Json => Some(Value::Text(typed.to_owned())),
            FieldKind::Boolean => None,
        }
    }
}

/// A date as it is typed: day first in Dutch.
fn date_text(date: NaiveDate, language: Language) -> String {
    let form = match language {
        Language::Dutch => "%d/%m/%Y",
        Language::English => "%Y-%m-%d",
    };
    date.format(form).to_string()
}

fn moment_text(at: NaiveDateTime, language: Language) -> String {
    let clock = if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    format!("{} {}", date_text(at.date(), language), at.format(clock))
}

fn days_of(date: NaiveDate) -> f64 {
    let days = date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days();
    i32::try_from(days).map_or(0.0, f64::from)
}

#[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
fn millis_of(moment: NaiveDateTime) -> f64 {
    moment.and_utc().timestamp_millis() as f64
}

#[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
fn place_of_cell(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(number as f64),
        Cell::Number(number) => Some(number),
        Cell::Date(date) => Some(days_of(date)),
        Cell::DateTime(..) => {
            // As the data write it, on their own clock.
            let text = cell.to_data_text();
            read_date_time(&text).map(millis_of)
        }
        _ => None,
    }
}

/// A round step: a three-hundredth of the span or less; whole for whole numbers and dates, whole
/// minutes, hours or days for moments.
fn step(kind: FieldKind, span: f64) -> f64 {
    let fine = span / 300.0;
    match kind {
        FieldKind::DateTime(_) => {
            let units = [1000.0, 60_000.0, 3_600_000.0, DAY];
            units.into_iter().rev().find(|unit| *unit <= fine * 3.0).unwrap_or(1000.0)
        }
        FieldKind::Integer | FieldKind::Date => round_step(fine).max(1.0),
        _ => round_step(fine),
    }
}

/// 1, 2 or 5 times a power of ten, not above a number.
fn round_step(number: f64) -> f64 {
    if !number.is_normal() {
        return f64::MIN_POSITIVE;
    }
    let power = 10_f64.powf(number.log10().floor());
    let fits = [5.0, 2.0, 1.0].into_iter().find(|factor| factor * power <= number);
    fits.unwrap_or(1.0) * power
}

/// Without the digits that are only rounding.
fn tidy(number: f64) -> f64 {
    format!("{number:.12e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(kind: FieldKind) -> Axis {
        Axis { kind, ends: None, step: 1.0 }
    }

    #[test]
    fn what_is_typed_is_a_value_and_is_shown_the_same() {
        use Language::{Dutch, English};
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        for (kind, language, typed, value, shown) in [
            (FieldKind::Integer, Dutch, " 12 ", Some(Value::Integer(12)), "12"),
            (FieldKind::Number, Dutch, "1234,5", Some(Value::Number(1234.5)), "1234,5"),
            (FieldKind::Number, Dutch, "1.234,5", Some(Value::Number(1234.5)), "1234,5"),
            (FieldKind::Number, English, "1,234.5", Some(Value::Number(1234.5)), "1234.5"),
            (FieldKind::Integer, Dutch, "2,5", Some(Value::Number(2.5)), "2,5"),
            (FieldKind::Number, Dutch, "x", None, ""),
            (FieldKind::Date, Dutch, "31/12/2024", text("2024-12-31"), "31/12/2024"),
            (FieldKind::Date, English, "31/12/2024", text("2024-12-31"), "2024-12-31"),
            (FieldKind::Date, Dutch, "31/02/2024", None, ""),
        ] {
            let axis = axis(kind);
            let read = axis.read(typed, language);
            assert_eq!(read, value, "{typed}");
            assert_eq!(read.map(|v| axis.shown(&v, language)).unwrap_or_default(), shown);
        }
    }

    #[test]
    fn steps_are_round_and_small() {
        assert!((round_step(0.7) - 0.5).abs() < 1e-12);
        assert!((round_step(30.0) - 20.0).abs() < 1e-12);
        assert!((step(FieldKind::Integer, 40.0) - 1.0).abs() < 1e-12);
        assert!((step(FieldKind::Number, 1.0) - 0.002).abs() < 1e-12);
        assert!((tidy(0.1 + 0.2) - 0.3).abs() < f64::EPSILON);
        let axis = axis(FieldKind::Date);
        let value = axis.value(20_088.2);
        assert_eq!(value, Some(Value::Text("2024-12-31".to_owned())));
        assert_eq!(value.and_then(|value| axis.place(&value)), Some(20_088.0));
    }
}
