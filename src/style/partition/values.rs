//! Classes of values.

use std::collections::HashMap;

use arrow_array::Array;
use arrow_array::cast::AsArray;

use super::super::CategoryValue;
use super::{Class, MOST_CATEGORIES, NONE, PartitionError, field};
use crate::jobs::{Watch, in_parallel};
use crate::table::{FieldKind, Statistics, Table, Value};

/// Rows looked at in one go.
const RUN: usize = 1 << 15;

impl CategoryValue {
    /// A value of a table as a project keeps it; none for no value and for a number that is none.
    pub fn of(value: Value<'_>) -> Option<CategoryValue> {
        Some(match value {
            Value::Boolean(value) => CategoryValue::Boolean(value),
            Value::Integer(value) => CategoryValue::Integer(value),
            Value::Number(value) if value.is_finite() => CategoryValue::Number(value),
            Value::Null | Value::Number(_) => return None,
            Value::Text(value) | Value::Json(value) => CategoryValue::Text(value.to_owned()),
            Value::Date(date) => CategoryValue::Text(date.to_string()),
            Value::DateTime(at, form) => CategoryValue::Text(form.write(at)),
        })
    }
}

/// A value to be looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'a> {
    Boolean(bool),
    /// Whole numbers also stand for numbers that are whole.
    Integer(i64),
    Number(u64),
    Text(&'a str),
}

impl<'a> Key<'a> {
    fn of(value: &'a CategoryValue) -> Key<'a> {
        match value {
            CategoryValue::Boolean(value) => Key::Boolean(*value),
            CategoryValue::Integer(value) => Key::Integer(*value),
            CategoryValue::Number(value) => Key::of_number(*value),
            CategoryValue::Text(value) => Key::Text(value),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole and far inside the range")]
    fn of_number(value: f64) -> Key<'static> {
        if value.fract() == 0.0 && value.abs() < 1e15 {
            Key::Integer(value as i64)
        } else {
            Key::Number(value.to_bits())
        }
    }
}

/// The class of each row, and what the classes are.
pub(super) fn classes(
    table: &Table,
    name: &str,
    most: usize,
    listed: &[CategoryValue],
    watch: &Watch,
) -> Result<(Vec<u16>, Vec<Class>), PartitionError> {
    let at = field(table, name)?;
    let statistics = Statistics::of(table, at, None, &watch.unseen())?;
    watch.check()?;
    let frequent;
    let listed = if listed.is_empty() {
        let values = statistics.values.iter().take(most.clamp(1, MOST_CATEGORIES));
        frequent = values
            .filter_map(|value| CategoryValue::of(table.value(value.row, at)))
            .collect::<Vec<_>>();
        frequent.as_slice()
    } else {
        listed.get(..MOST_CATEGORIES).unwrap_or(listed)
    };
    let mut numbers: HashMap<Key<'_>, u16> = HashMap::with_capacity(listed.len());
    for (number, value) in (0..).zip(listed) {
        numbers.entry(Key::of(value)).or_insert(number);
    }
    let other = u16::try_from(listed.len()).unwrap_or(NONE);
    let missing = other.saturating_add(1);
    let rows = look_up(table, at, &numbers, (other, missing), watch)?;
    let mut classes: Vec<Class> = listed.iter().cloned().map(Class::Value).collect();
    let here = listed_here(table, at, &statistics, &numbers);
    classes.push(Class::Other(statistics.distinct.saturating_sub(here)));
    classes.push(Class::Missing);
    Ok((rows, classes))
}

/// How many of the values listed are in the table. Those that are too rare to be in its statistics
/// are counted as others.
fn listed_here(
    table: &Table,
    field: usize,
    statistics: &Statistics,
    numbers: &HashMap<Key<'_>, u16>,
) -> u64 {
    let is_listed = |row: usize| {
        let value = CategoryValue::of(table.value(row, field));
        value.is_some_and(|value| numbers.contains_key(&Key::of(&value)))
    };
    statistics.values.iter().filter(|value| is_listed(value.row)).count() as u64
}

fn look_up(
    table: &Table,
    at: usize,
    numbers: &HashMap<Key<'_>, u16>,
    (other, missing): (u16, u16),
    watch: &Watch,
) -> Result<Vec<u16>, PartitionError> {
    let kind = table.fields.get(at).map(|field| field.kind);
    let column = table.columns.get(at);
    let texts = match kind {
        Some(FieldKind::Text | FieldKind::Json) => column.and_then(|c| c.as_string_opt::<i32>()),
        _ => None,
    };
    let class_of = |row: usize| {
        if let Some(texts) = texts {
            if texts.is_null(row) {
                return missing;
            }
            return numbers.get(&Key::Text(texts.value(row))).copied().unwrap_or(other);
        }
        let found = match table.value(row, at) {
            Value::Integer(value) => Key::Integer(value),
            Value::Number(value) if value.is_finite() => Key::of_number(value),
            Value::Boolean(value) => Key::Boolean(value),
            value => {
                let Some(value) = CategoryValue::of(value) else { return missing };
                return numbers.get(&Key::of(&value)).copied().unwrap_or(other);
            }
        };
        numbers.get(&found).copied().unwrap_or(other)
    };
    let starts: Vec<usize> = (0..table.rows()).step_by(RUN).collect();
    let runs = in_parallel(starts, |start| {
        watch.check()?;
        Ok((start..(start + RUN).min(table.rows())).map(class_of).collect::<Vec<u16>>())
    });
    Ok(runs.into_iter().collect::<Result<Vec<_>, PartitionError>>()?.concat())
}
