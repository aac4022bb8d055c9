//! What rows are known by, and which of their values are recorded.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, new_null_array};

use crate::table::{Field, FieldKind, RowKey, Table, UnequalColumns, Value};

/// The fields that are recorded: numbers, and yes or no as 1 and 0.
pub(super) fn recorded(table: &Table) -> impl Iterator<Item = usize> + '_ {
    let is_key = table.key_field();
    let is_recorded = move |(at, field): &(usize, &Field)| {
        let kind = field.kind;
        let is_number = matches!(kind, FieldKind::Integer | FieldKind::Number | FieldKind::Boolean);
        is_number && is_key != Some(*at)
    };
    table.fields.iter().enumerate().filter(is_recorded).map(|(at, _)| at)
}

#[expect(clippy::cast_precision_loss, reason = "a number for a chart")]
pub(super) fn number_of(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(number as f64),
        Value::Number(number) => Some(number).filter(|number| number.is_finite()),
        Value::Boolean(is_so) => Some(f64::from(u8::from(is_so))),
        _ => None,
    }
}

/// What each row is known by from one download to the next: the source's identifier, a field that
/// tells rows apart, or else its place. None where nothing does.
pub(super) fn row_keys(table: &Table) -> Option<Vec<String>> {
    if table.ids.is_some() {
        let identity = table.identity();
        let id = |row| match identity.key(row) {
            Some(RowKey::Id(id)) => Some(format!("id:{id}")),
            _ => None,
        };
        if let Some(keys) = (0..table.rows()).map(id).collect() {
            return Some(keys);
        }
    }
    if let Some(at) = table.key_field() {
        let name = &table.fields.get(at)?.name;
        let key = |row| format!("{name}={}", table.value(row, at).to_data_text());
        return Some((0..table.rows()).map(key).collect());
    }
    let places = table.geometry.as_ref()?.points()?;
    let keys: Vec<String> = places.iter().map(|[x, y]| format!("at:{x:.6},{y:.6}")).collect();
    let different: HashSet<&String> = keys.iter().collect();
    (different.len() == keys.len() && keys.len() == table.rows()).then_some(keys)
}

/// A table with values that were recorded in place of those it has.
pub(super) fn with_values(
    table: &Table,
    keys: &[String],
    values: &HashMap<String, HashMap<String, f64>>,
) -> Result<Table, UnequalColumns> {
    let key_field = table.key_field();
    let column = |at: usize| -> Option<ArrayRef> {
        let (field, column) = (table.fields.get(at)?, table.columns.get(at)?);
        let known = values.get(&field.name);
        let value = |key: &String| known.and_then(|known| known.get(key)).copied();
        let values = keys.iter().map(value);
        #[expect(clippy::cast_possible_truncation, reason = "they were whole numbers")]
        let column: ArrayRef = match field.kind {
            _ if key_field == Some(at) => column.clone(),
            FieldKind::Integer => {
                Arc::new(values.map(|value| value.map(|it| it as i64)).collect::<Int64Array>())
            }
            FieldKind::Number => Arc::new(values.collect::<Float64Array>()),
            FieldKind::Boolean => {
                Arc::new(values.map(|value| value.map(|it| it > 0.5)).collect::<BooleanArray>())
            }
            FieldKind::Date | FieldKind::DateTime(_) => {
                new_null_array(&field.kind.data_type(), table.rows())
            }
            FieldKind::Text | FieldKind::Json => column.clone(),
        };
        Some(column)
    };
    let columns = (0..table.fields.len()).filter_map(column).collect();
    table.with_values(columns)
}
