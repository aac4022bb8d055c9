//! The order of the rows in the attribute table.

use super::sort::sorted;
use crate::jobs::{Cancelled, Watch};
use crate::project::LayerId;
use crate::query::{Needle, find_rows};
use crate::table::{RowSet, Table};

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
    /// The rows to show (all without a set) that hold the text looked for, sorted:
    /// stable, values missing last in either direction.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn new(
        layer: LayerId,
        table: &Table,
        sort: Option<Sort>,
        shown: Option<&RowSet>,
        needle: Option<&Needle>,
        watch: &Watch,
    ) -> Result<RowOrder, Cancelled> {
        let count = u32::try_from(table.rows()).unwrap_or(NOWHERE - 1);
        let is_shown = |row: &u32| shown.is_none_or(|shown| shown.contains(*row as usize));
        let mut rows: Vec<u32> = (0..count).filter(is_shown).collect();
        if let Some(needle) = needle {
            rows = find_rows(table, &rows, needle, watch)?;
        }
        if let Some(sort) = sort {
            rows = sorted(table, sort.field, sort.descending, &rows, watch)?;
        }
        let mut places = vec![NOWHERE; table.rows()];
        for (place, row) in (0..NOWHERE).zip(&rows) {
            if let Some(slot) = places.get_mut(*row as usize) {
                *slot = place;
            }
        }
        Ok(RowOrder { layer, rows, places })
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, BooleanArray, Float64Array, StringArray};

    use super::*;
    use crate::i18n::Language;
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

    fn order(sort: Option<Sort>, shown: Option<&RowSet>, needle: Option<&Needle>) -> RowOrder {
        let made = RowOrder::new(LayerId(1), &table(), sort, shown, needle, &Watch::unwatched());
        made.unwrap_or_else(|error| panic!("{error}"))
    }

    fn rows(field: usize, descending: bool, mask: Option<Vec<bool>>) -> Vec<u32> {
        let shown = mask.map(|mask| RowSet::of_mask(&BooleanArray::from(mask)));
        let order = order(Some(Sort { field, descending }), shown.as_ref(), None);
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
        let needle = Needle::new("AA", Language::Dutch);
        assert_eq!(order(None, None, needle.as_ref()).rows, [2, 3]);
        let order = order(None, None, None);
        assert_eq!(order.rows, [0, 1, 2, 3, 4]);
        assert_eq!((order.row(9), order.place(9)), (None, None));
    }
}
