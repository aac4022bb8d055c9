//! Selecting the rows of a layer that a shape drawn on the map touches.

use std::sync::Arc;

use super::Wake;
use super::selection::Choose;
use crate::jobs::{Job, Watch};
use crate::project::LayerId;
use crate::query::{DrawnShape, Features, OnPlace, Relation, SelectError, select};
use crate::table::{RowSet, Table};

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
    let Some(drawn) = DrawnShape::polygon(ring) else { return Ok(RowSet::none(table.rows())) };
    let touching = OnPlace { relation: Relation::Intersects, of: Features::Drawn(&drawn) };
    select(table, "", &[touching], watch).map(|selected| RowSet::of_mask(&selected.rows))
}
