//! Selecting the rows of a layer that a shape drawn on the map touches.

use std::sync::Arc;

use super::Wake;
use super::selection::Choose;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::jobs::{Job, Watch};
use crate::project::LayerId;
use crate::query::{Areas, Relation, SelectError, select};
use crate::table::{GeometryBuilder, GeometryKind, PartKind, RowSet, Table};

/// A selection being made.
pub(super) struct Selecting {
    pub layer: LayerId,
    pub how: Choose,
    pub job: Job<Result<RowSet, SelectError>>,
}

impl Selecting {
    /// Starts finding the rows of a table that touch a ring (longitude and latitude in WGS 84).
    pub fn start(
        layer: LayerId,
        table: Arc<Table>,
        ring: Vec<[f64; 2]>,
        how: Choose,
        wake: &Wake,
    ) -> Selecting {
        let wake = wake.clone();
        let job = Job::start("select", move || wake(), move |watch| touching(&table, &ring, watch));
        Selecting { layer, how, job }
    }
}

fn touching(table: &Table, ring: &[[f64; 2]], watch: &Watch) -> Result<RowSet, SelectError> {
    let Some(drawn) = drawn(ring) else { return Ok(RowSet::none(table.rows())) };
    let areas = Areas { table: &drawn, sql: "", relation: Relation::Intersects };
    select(table, "", Some(areas), watch).map(|mask| RowSet::of_mask(&mask))
}

/// A shape drawn by hand, as a layer of one area.
fn drawn(ring: &[[f64; 2]]) -> Option<Table> {
    let mut builder = GeometryBuilder::new();
    builder.begin_row(GeometryKind::Polygon);
    builder.begin_part(PartKind::Polygon);
    builder.begin_ring();
    for corner in ring.iter().chain(ring.first()) {
        builder.coord(*corner, None, None);
    }
    builder.end_row();
    let mut table = Table::new("", 1, Vec::new(), Vec::new(), builder.finish().ok()).ok()?;
    table.crs = Some(LayerCrs { crs: Crs::wgs84(), how: HowFound::Chosen, swapped: false });
    Some(table)
}
