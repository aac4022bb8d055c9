//! A literal made to fit the field it is compared with.

use chrono::{DateTime, NaiveDate, Utc};

use crate::fake_portal::dataset::{Field, Kind};
use crate::fake_portal::error::ApiError;
use crate::fake_portal::value::Value;

/// A literal as written.
#[derive(Clone, Debug)]
pub enum Literal {
    Number(f64),
    Text(String),
    Date(String),
    Flag(bool),
}

/// "2026", "2026-11", "2026-11-23", "2026/11/23" or a whole ISO 8601 time, as UTC.
pub fn time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    let text = text.replace('/', "-");
    let text = match text.matches('-').count() {
        0 => format!("{text}-01-01"),
        1 => format!("{text}-01"),
        _ => text,
    };
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(day.and_hms_opt(0, 0, 0)?.and_utc());
    }
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let local =
        forms.iter().find_map(|form| chrono::NaiveDateTime::parse_from_str(&text, form).ok());
    Some(local?.and_utc())
}

impl Literal {
    /// The value to compare cells of a field with.
    pub fn fit(&self, clause: &str, field: &Field) -> Result<Value, ApiError> {
        let misfit = || {
            let detail = format!(
                "{self:?} cannot be compared with {} of type {}.",
                field.name,
                field.kind.name()
            );
            ApiError::odsql(clause, &detail)
        };
        match (field.kind, self) {
            (Kind::Text, Literal::Text(text)) => Ok(Value::from(text.clone())),
            (Kind::Text, Literal::Number(number)) => Ok(Value::from(number.to_string())),
            (Kind::Int | Kind::Double, Literal::Number(number)) => Ok(Value::Double(*number)),
            (Kind::Int | Kind::Double, Literal::Text(text)) => {
                text.trim().parse().map(Value::Double).map_err(|_| misfit())
            }
            (Kind::Date | Kind::DateTime, Literal::Date(text) | Literal::Text(text)) => {
                time(text).map(Value::Time).ok_or_else(misfit)
            }
            (Kind::Date | Kind::DateTime, Literal::Number(year)) => {
                time(&year.to_string()).map(Value::Time).ok_or_else(misfit)
            }
            (Kind::Boolean, Literal::Flag(flag)) => Ok(Value::Flag(*flag)),
            _ => Err(misfit()),
        }
    }
}
