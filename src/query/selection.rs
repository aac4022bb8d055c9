//! All conditions of a layer at once.

use arrow_array::BooleanArray;
use arrow_buffer::BooleanBuffer;

use super::features::{Found, OnPlace, placed};
use super::lying::PreparedFeatures;
use super::moved::moved;
use super::near::Near;
use super::{Condition, QueryError, Relation};
use crate::crs::{Crs, CrsError, HowFound, LayerCrs};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch, cores, in_parallel};
use crate::problem::{Place, Problems};
use crate::table::{GeometryColumn, Table};

/// Rows between two looks at the watch.
const STRIDE: usize = 1024;
/// Into how many runs rows are cut for each core: few, because a thread prepares features anew for
/// each, but more than one, because some rows take longer than others.
const RUNS_A_CORE: usize = 4;
const LEAST_RUN: usize = 256;

/// Which rows were selected, and what could not be used in finding them.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    /// One value per row, never null.
    pub rows: BooleanArray,
    /// Features that are gone or not finite, and rows that an algorithm gave up on.
    pub problems: Problems,
}

/// Why a selection could not be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SelectError {
    /// The layer's own condition.
    #[error("{0}")]
    Condition(QueryError),
    /// The condition on the features of a condition on place.
    #[error("{error}")]
    PlaceCondition {
        /// The condition on place, from 0.
        place: usize,
        /// What is wrong with the condition on its features.
        error: QueryError,
    },
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
            SelectError::PlaceCondition { error, .. } => {
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

/// Which rows of a table meet a condition (empty for all) and all conditions on place.
///
/// Where the layers' CRS differ, the features are transformed to that of the rows, long edges cut
/// into pieces first. Edges count as inside. Distances are on the ground (see [`Relation::Near`]),
/// within a millionth of the geodesic. A row without place lies nowhere: it is selected neither in
/// areas nor disjoint from them. Works on all cores and reports its progress in rows.
///
/// # Errors
/// See [`SelectError`].
pub fn select(
    table: &Table,
    sql: &str,
    places: &[OnPlace<'_>],
    watch: &Watch,
) -> Result<Selected, SelectError> {
    let condition = Condition::parse(sql).and_then(|condition| condition.evaluate(table));
    let mut rows = condition.map_err(SelectError::Condition)?.values().clone();
    let mut problems = Problems::new();
    // All that can be wrong with the words comes before any work.
    let found = places.iter().enumerate();
    let found = found.map(|(number, place)| place.of.find(number, &mut problems));
    let found: Vec<Found<'_>> = found.collect::<Result<_, _>>()?;
    let total = rows.len().saturating_mul(places.len());
    watch.set_total(u64::try_from(total).unwrap_or(u64::MAX));
    for (place, found) in places.iter().zip(&found) {
        watch.check()?;
        let (column, crs) = placed(table)?;
        rows = match place.relation {
            Relation::Near { metres } => {
                near(column, crs, &rows, found, metres, &mut problems, watch)?
            }
            relation => lying(column, crs, &rows, found, relation, &mut problems, watch)?,
        };
    }
    watch.set_done(u64::try_from(total).unwrap_or(u64::MAX));
    Ok(Selected { rows: BooleanArray::new(rows, None), problems })
}

/// Those of the rows that lie so to the features.
fn lying(
    column: &GeometryColumn,
    crs: &LayerCrs,
    rows: &BooleanBuffer,
    found: &Found<'_>,
    relation: Relation,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<BooleanBuffer, SelectError> {
    let features =
        moved(&found.column, &found.crs, found.chosen.values(), crs, false, problems, watch)?;
    let prepared = PreparedFeatures::of(&features, problems);
    let outcome = each(rows, watch, |rows| {
        // What a thread prepares for itself pays off over many rows.
        let asked = prepared.asked();
        let mut given_up = Vec::new();
        let meet = |row: &usize| {
            let (meets, gave_up) = asked.meets(column.row(*row), relation);
            if gave_up {
                given_up.push(*row);
            }
            meets
        };
        let meeting: Vec<usize> = rows.filter(meet).collect();
        (meeting, given_up)
    })?;
    let mut meeting = vec![false; rows.len()];
    for (rows, given_up) in outcome {
        for row in given_up {
            let place = Place::Row(row as u64 + 1);
            problems.report("problem-place-gave-up", 1, Vec::new(), Some(place));
        }
        set(&mut meeting, rows);
    }
    Ok(BooleanBuffer::from(meeting))
}

/// Those of the rows that are so near the features.
fn near(
    column: &GeometryColumn,
    crs: &LayerCrs,
    rows: &BooleanBuffer,
    found: &Found<'_>,
    metres: f64,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<BooleanBuffer, SelectError> {
    let lon_lat = LayerCrs::new(Crs::wgs84(), HowFound::Chosen);
    let features =
        moved(&found.column, &found.crs, found.chosen.values(), &lon_lat, true, problems, watch)?;
    let near = Near::of(&features, metres, problems);
    // A row that has no place there is told when its layer is opened.
    let places = moved(column, crs, rows, &lon_lat, true, &mut Problems::new(), watch)?;
    let numbers: Vec<usize> = rows.set_indices().collect();
    let all = BooleanBuffer::new_set(places.len());
    let outcome = each(&all, watch, |rows| {
        rows.filter(|row| near.meets(places.row(*row))).collect::<Vec<usize>>()
    })?;
    let mut meeting = vec![false; rows.len()];
    set(&mut meeting, outcome.into_iter().flatten().filter_map(|at| numbers.get(at).copied()));
    Ok(BooleanBuffer::from(meeting))
}

/// Does something with large runs of rows on all cores; at a cancel the rows end early.
fn each<R: Send>(
    rows: &BooleanBuffer,
    watch: &Watch,
    work: impl Fn(&mut dyn Iterator<Item = usize>) -> R + Sync,
) -> Result<Vec<R>, Cancelled> {
    let run = rows.len().div_ceil(cores() * RUNS_A_CORE).max(LEAST_RUN);
    let runs = (0..rows.len()).step_by(run).map(|start| start..(start + run).min(rows.len()));
    let done = in_parallel(runs, |run| {
        let watched = run.take_while(|row| {
            if row.is_multiple_of(STRIDE) {
                watch.advance(STRIDE as u64);
                return watch.check().is_ok();
            }
            true
        });
        let outcome = work(&mut watched.filter(|row| rows.value(*row)));
        watch.check()?;
        Ok(outcome)
    });
    done.into_iter().collect()
}

fn set(mask: &mut [bool], rows: impl IntoIterator<Item = usize>) {
    for row in rows {
        if let Some(bit) = mask.get_mut(row) {
            *bit = true;
        }
    }
}
