//! The two layers, ready to be compared.

use arrow_array::BooleanArray;
use arrow_buffer::BooleanBuffer;

use super::super::features::placed;
use super::super::moved::moved;
use super::super::{Condition, QueryError, SelectError};
use crate::crs::{CrsError, LayerCrs};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
use crate::problem::Problems;
use crate::table::{GeometryColumn, GeometryKind, GeometryRef, Table};

/// Why no columns could be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ByPlaceError {
    /// The condition on the other layer.
    #[error("{0}")]
    Condition(QueryError),
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

impl From<SelectError> for ByPlaceError {
    fn from(error: SelectError) -> ByPlaceError {
        match error {
            SelectError::Condition(error) | SelectError::PlaceCondition { error, .. } => {
                ByPlaceError::Condition(error)
            }
            SelectError::NoPlace { layer } => ByPlaceError::NoPlace { layer },
            SelectError::Crs(error) => ByPlaceError::Crs(error),
            SelectError::Cancelled(cancelled) => ByPlaceError::Cancelled(cancelled),
        }
    }
}

impl ByPlaceError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            ByPlaceError::Condition(error) => error.message.clone(),
            ByPlaceError::NoPlace { layer } => {
                Message::new("query-layer-without-place").text("layer", layer.as_str())
            }
            ByPlaceError::Crs(error) => error.message(),
            ByPlaceError::Cancelled(_) => Message::new("error-cancelled"),
        }
    }
}

/// Which rows of a table meet a condition and, where there is one, a mask.
pub(super) fn chosen(
    table: &Table,
    condition: &str,
    shown: Option<&BooleanArray>,
) -> Result<BooleanBuffer, ByPlaceError> {
    let met = Condition::parse(condition).and_then(|condition| condition.evaluate(table));
    let met = met.map_err(ByPlaceError::Condition)?;
    Ok(match shown.filter(|shown| shown.len() == met.len()) {
        Some(shown) => met.values() & shown.values(),
        None => met.values().clone(),
    })
}

/// The things: those of the chosen rows.
pub(super) struct Things<'a> {
    column: &'a GeometryColumn,
    /// The rows of the table.
    pub rows: Vec<u32>,
    pub crs: &'a LayerCrs,
    /// The things are points and nothing else.
    pub are_points: bool,
}

impl<'a> Things<'a> {
    pub fn of(table: &'a Table, chosen: &BooleanBuffer) -> Result<Things<'a>, ByPlaceError> {
        let (column, crs) = placed(table)?;
        let is_point = |kind: &GeometryKind| {
            matches!(kind, GeometryKind::Null | GeometryKind::Point | GeometryKind::MultiPoint)
        };
        let are_points = column.points().is_some() || column.kinds().iter().all(is_point);
        let rows = chosen.set_indices().filter_map(|row| u32::try_from(row).ok()).collect();
        Ok(Things { column, rows, crs, are_points })
    }

    /// The chosen things, one after another.
    pub fn thing(&self, at: usize) -> GeometryRef<'a> {
        self.column.row(self.rows.get(at).map_or(usize::MAX, |row| *row as usize))
    }
}

/// The areas of some rows, in the things' coordinates: one row for each chosen one.
pub(super) fn areas_moved(
    table: &Table,
    chosen: &BooleanBuffer,
    to: &LayerCrs,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<GeometryColumn, ByPlaceError> {
    let (column, crs) = placed(table)?;
    let mut lost = Problems::new();
    let moved = moved(column, crs, chosen, to, false, &mut lost, watch)?;
    problems.add("problem-by-place-no-corner", lost.count("problem-place-no-corner"));
    Ok(moved)
}
