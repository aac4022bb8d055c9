//! The order of the rows in the attribute table.

use std::cmp::Ordering;

use arrow_array::{Array, BooleanArray};

use crate::project::LayerId;
use crate::table::{Table, Value};

/// By which field, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub field: usize,
    pub descending: bool,
}

/// The rows shown, in order, and the place of each row.
#[derive(Debug)]
pub(super) struct RowOrder {
    pub layer: LayerId,
    /// Rows of the table, first shown first.
    pub rows: Vec<u32>,
    places: Vec<u32>,
}

/// The place of a row that is not shown.
const NOWHERE: u32 = u32::MAX;

impl RowOrder {
    /// The rows where the mask is true (all without one), sorted: stable, values missing last in
    /// either direction.
    pub fn new(
        layer: LayerId,
        table: &Table,
        sort: Option<Sort>,
        mask: Option<&BooleanArray>,
    ) -> RowOrder {
        let count = u32::try_from(table.rows()).unwrap_or(NOWHERE - 1);
        let is_shown = |row: &u32| {
            let row = *row as usize;
            mask.is_none_or(|mask| row < mask.len() && mask.is_valid(row) && mask.value(row))
        };
        let mut rows: Vec<u32> = (0..count).filter(is_shown).collect();
        if let Some(sort) = sort {
            rows = sorted(table, sort, &rows);
        }
        let mut places = vec![NOWHERE; table.rows()];
        for (place, row) in (0..NOWHERE).zip(&rows) {
            if let Some(slot) = places.get_mut(*row as usize) {
                *slot = place;
            }
        }
        RowOrder { layer, rows, places }
    }

    /// Where a row is shown.
    pub fn place(&self, row: usize) -> Option<usize> {
        self.places.get(row).filter(|place| **place != NOWHERE).map(|place| *place as usize)
    }

    /// The row at a place.
    pub fn row(&self, place: usize) -> Option<usize> {
        self.rows.get(place).map(|row| *row as usize)
    }
}

/// A value in a form that is quick to compare.
enum Key<'a> {
    Number(f64),
    Integer(i64),
    /// Without regard to case first, then by the text itself.
    Text(String, &'a str),
}

fn key(value: Value<'_>) -> Option<Key<'_>> {
    Some(match value {
        Value::Null => return None,
        Value::Boolean(value) => Key::Integer(i64::from(value)),
        Value::Integer(value) => Key::Integer(value),
        Value::Number(value) if value.is_nan() => return None,
        Value::Number(value) => Key::Number(value),
        Value::Text(text) | Value::Json(text) => Key::Text(text.to_lowercase(), text),
        Value::Date(date) => {
            Key::Integer(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
        }
        Value::DateTime(at, _) => Key::Integer(at.and_utc().timestamp_millis()),
    })
}

fn compare(a: &Key<'_>, b: &Key<'_>) -> Ordering {
    match (a, b) {
        (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
        (Key::Integer(a), Key::Integer(b)) => a.cmp(b),
        (Key::Text(a, exact_a), Key::Text(b, exact_b)) => {
            a.cmp(b).then_with(|| exact_a.cmp(exact_b))
        }
        // One column has values of one kind.
        _ => Ordering::Equal,
    }
}

fn sorted(table: &Table, sort: Sort, rows: &[u32]) -> Vec<u32> {
    let mut missing = Vec::new();
    let mut keyed = Vec::with_capacity(rows.len());
    for row in rows {
        match key(table.value(*row as usize, sort.field)) {
            Some(key) => keyed.push((key, *row)),
            None => missing.push(*row),
        }
    }
    keyed.sort_by(|(a, _), (b, _)| if sort.descending { compare(b, a) } else { compare(a, b) });
    keyed.into_iter().map(|(_, row)| row).chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Float64Array, StringArray};

    use super::*;
    use crate::table::{Field, FieldKind};

    fn table() -> Table {
        let names: ArrayRef = Arc::new(StringArray::from(vec![
            Some("beer"),
            None,
            Some("Aap"),
            Some("aap"),
            Some("beer"),
        ]));
        let sizes: ArrayRef = Arc::new(Float64Array::from(vec![
            Some(2.0),
            Some(f64::NAN),
            None,
            Some(-1.0),
            Some(10.0),
        ]));
        let fields = vec![Field::new("n", FieldKind::Text), Field::new("s", FieldKind::Number)];
        Table::new("t", 5, fields, vec![names, sizes], None)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    fn rows(field: usize, descending: bool, mask: Option<Vec<bool>>) -> Vec<u32> {
        let mask = mask.map(BooleanArray::from);
        let order =
            RowOrder::new(LayerId(1), &table(), Some(Sort { field, descending }), mask.as_ref());
        for (place, row) in order.rows.iter().enumerate() {
            assert_eq!(order.place(*row as usize), Some(place));
        }
        order.rows
    }

    #[test]
    fn sorting_is_stable_and_missing_values_come_last_either_way() {
        assert_eq!(rows(0, false, None), [2, 3, 0, 4, 1]);
        assert_eq!(rows(0, true, None), [0, 4, 3, 2, 1]);
        assert_eq!(rows(1, false, None), [3, 0, 4, 1, 2]);
        assert_eq!(rows(1, true, None), [4, 0, 3, 1, 2]);
        assert_eq!(rows(1, true, Some(vec![true, true, false, false, true])), [4, 0, 1]);
        let order = RowOrder::new(LayerId(1), &table(), None, None);
        assert_eq!(order.rows, [0, 1, 2, 3, 4]);
        assert_eq!((order.row(9), order.place(9)), (None, None));
    }
}
