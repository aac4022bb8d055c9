//! Both conditions of a layer at once.

use arrow_array::BooleanArray;
use arrow_buffer::BooleanBuffer;

use super::areas::areas_in;
use super::lying::PreparedAreas;
use super::{Condition, QueryError, Relation};
use crate::crs::{CrsError, LayerCrs};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
use crate::table::{GeometryColumn, Table};

/// Rows between two looks at the watch.
const STRIDE: usize = 2048;

/// Areas that rows must lie in.
#[derive(Clone, Copy, Debug)]
pub struct Areas<'a> {
    /// The layer with the areas.
    pub table: &'a Table,
    /// Which of its features, in SQL; empty for all.
    pub sql: &'a str,
    /// How a row must lie to at least one of them (to none of them, for disjoint).
    pub relation: Relation,
}

/// Why a selection could not be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SelectError {
    /// The layer's own condition.
    #[error("{0}")]
    Condition(QueryError),
    /// The condition on the areas.
    #[error("{0}")]
    AreaCondition(QueryError),
    /// One of the layers has no place, or an unknown CRS.
    #[error("layer {layer:?} has no place")]
    NoPlace {
        /// Its name.
        layer: String,
    },
    /// The two layers' systems do not meet.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// The person cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl SelectError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            SelectError::Condition(error) => error.message.clone(),
            SelectError::AreaCondition(error) => {
                Message::new("query-areas-condition").message("message", error.message.clone())
            }
            SelectError::NoPlace { layer } => {
                Message::new("query-layer-without-place").text("layer", layer.as_str())
            }
            SelectError::Crs(error) => error.message(),
            SelectError::Cancelled(_) => Message::new("error-cancelled"),
        }
    }
}

/// Which rows of a table meet a condition (empty for all) and lie in areas (none for anywhere).
/// One value per row, never null.
///
/// Where the layers' CRS differ, the areas are transformed to that of the rows, long edges cut
/// into pieces first. Edges count as inside. A row without place lies nowhere: it is selected
/// neither in areas nor disjoint from them. Reports its progress in rows.
///
/// # Errors
/// See [`SelectError`].
pub fn select(
    table: &Table,
    sql: &str,
    areas: Option<Areas<'_>>,
    watch: &Watch,
) -> Result<BooleanArray, SelectError> {
    let condition = Condition::parse(sql).and_then(|condition| condition.evaluate(table));
    let condition = condition.map_err(SelectError::Condition)?;
    let Some(areas) = areas else { return Ok(condition) };
    let chosen = Condition::parse(areas.sql).and_then(|sql| sql.evaluate(areas.table));
    let chosen = chosen.map_err(SelectError::AreaCondition)?;
    let (rows, crs) = placed(table)?;
    let (area_rows, area_crs) = placed(areas.table)?;
    watch.check()?;
    let prepared = PreparedAreas::of(&areas_in(crs, area_rows, area_crs, &chosen)?);

    let total = rows.len();
    watch.set_total(u64::try_from(total).unwrap_or(u64::MAX));
    let mut found = Vec::with_capacity(total);
    for (row, (geometry, meets)) in rows.iter().zip(condition.values()).enumerate() {
        if row % STRIDE == 0 {
            watch.check()?;
            watch.set_done(u64::try_from(row).unwrap_or(u64::MAX));
        }
        found.push(meets && prepared.meets(geometry, areas.relation));
    }
    watch.set_done(u64::try_from(total).unwrap_or(u64::MAX));
    Ok(BooleanArray::new(BooleanBuffer::from(found), None))
}

fn placed(table: &Table) -> Result<(&GeometryColumn, &LayerCrs), SelectError> {
    let place = table.geometry.as_ref().zip(table.crs.as_ref());
    place.ok_or_else(|| SelectError::NoPlace { layer: table.name.clone() })
}
