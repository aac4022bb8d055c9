//! Where rows are: their common extent, looked up on a thread.

use std::sync::Arc;

use super::Wake;
use crate::crs::Crs;
use crate::jobs::{Job, Watch};
use crate::table::{Extent, RowSet, Table};

/// About 150 m of latitude: a point is shown with its surroundings.
const AROUND: f64 = 0.00135;

/// Rows between two looks at the watch.
const STRIDE: usize = 4096;

/// Starts looking up the common extent of rows of tables, in longitude and latitude; none when
/// they have no place.
pub(super) fn start(parts: Vec<(Arc<Table>, RowSet)>, wake: &Wake) -> Job<Option<Extent>> {
    let wake = wake.clone();
    Job::start(
        "find",
        move || wake(),
        move |watch| {
            let extents = parts.iter().filter_map(|(table, rows)| extent(table, rows, watch));
            extents.reduce(Extent::union).map(|extent| Extent {
                min_x: extent.min_x - AROUND,
                min_y: extent.min_y - AROUND,
                max_x: extent.max_x + AROUND,
                max_y: extent.max_y + AROUND,
            })
        },
    )
}

/// The common extent of rows, in longitude and latitude; none when they have no place.
pub(super) fn extent(table: &Table, rows: &RowSet, watch: &Watch) -> Option<Extent> {
    let geometry = table.geometry.as_ref()?;
    let source = table.crs.as_ref()?;
    let mut found: Option<Extent> = None;
    for (at, row) in rows.iter().enumerate() {
        if at % STRIDE == 0 && watch.check().is_err() {
            return None;
        }
        let extent = geometry.row(row).extent();
        found = match (found, extent) {
            (Some(found), Some(extent)) => Some(found.union(extent)),
            (found, extent) => found.or(extent),
        };
    }
    let Extent { min_x, min_y, max_x, max_y } = found?;
    let mut corners = [[min_x, min_y], [max_x, min_y], [max_x, max_y], [min_x, max_y]];
    source.transformer_to(&Crs::wgs84()).ok()?.transform(&mut corners);
    Extent::of_points(&corners)
}
