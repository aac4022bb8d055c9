//! The places that count, and what each counts for.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{Array, BooleanArray};

use super::greatest_density;
use crate::crs::{TransformError, transform_for_map};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
use crate::style::{NumberOf, PartitionError, Per, Together, numbers_of};
use crate::table::{Extent, GeometryRef, PartKind, Table};

/// How many rows are worked on between two looks at the watch.
const ROWS_PER_LOOK: usize = 1 << 14;

/// Why points cannot be shown together.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CrowdError {
    /// There is no way from the layer's CRS to the map's.
    #[error(transparent)]
    Place(#[from] TransformError),
    /// The numbers that points count for cannot be had.
    #[error(transparent)]
    Numbers(#[from] PartitionError),
    /// There are more hexagons than there is room for.
    #[error("more hexagons than there is room for")]
    TooMany,
    /// The person cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl CrowdError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            CrowdError::Place(TransformError::Crs(error)) => error.message(),
            CrowdError::Numbers(error) => error.message(),
            CrowdError::TooMany => Message::new("style-too-many-hexagons"),
            CrowdError::Place(TransformError::Cancelled(_)) | CrowdError::Cancelled(_) => {
                Message::new("error-cancelled")
            }
        }
    }
}

/// The place of each row of a table in the plane of the map: made once per table.
#[derive(Debug, Default)]
pub struct CrowdPoints {
    /// Web Mercator metres; not finite where the row has no point.
    at: Vec<[f64; 2]>,
}

impl CrowdPoints {
    /// Of a table: slow, for a worker. Rows without points (lines, areas, no geometry) have no
    /// place; a row of several points has its place in their middle.
    ///
    /// # Errors
    /// When there is no way from the table's CRS to the map's, and when the person cancelled.
    pub fn of(table: &Table, watch: &Watch) -> Result<CrowdPoints, TransformError> {
        let (Some(geometry), Some(crs)) = (&table.geometry, &table.crs) else {
            return Ok(CrowdPoints { at: vec![[f64::NAN; 2]; table.rows()] });
        };
        if let Some(points) = geometry.points() {
            let mut at = points.to_vec();
            transform_for_map(crs, &mut at, watch)?;
            return Ok(CrowdPoints { at });
        }
        let mut outcome = Ok(());
        let plane = geometry.map_xy(|xy| outcome = transform_for_map(crs, xy, watch));
        outcome?;
        Ok(CrowdPoints { at: plane.iter().map(middle).collect() })
    }
}

/// The middle of the points of a row.
fn middle(row: GeometryRef<'_>) -> [f64; 2] {
    let points = row.parts().filter(|part| part.kind() == PartKind::Point);
    let (mut sum, mut count) = ([0.0, 0.0], 0.0);
    for [x, y] in points.flat_map(|part| part.first_ring().xy().iter().copied()) {
        sum = [sum[0] + x, sum[1] + y];
        count += 1.0;
    }
    // Without points: not a number.
    sum.map(|sum| sum / count)
}

/// The points of the rows that are shown, and what they count for.
#[derive(Debug, Default)]
pub struct Crowd {
    /// The places, Web Mercator metres.
    pub at: Vec<[f64; 2]>,
    /// Their rows.
    pub rows: Vec<u32>,
    /// What each counts for; empty where each counts for one.
    pub weights: Vec<f32>,
    /// What they cover.
    pub extent: Option<Extent>,
    /// How many rows the table has.
    pub all_rows: usize,
    /// How many rows that are shown have no point.
    pub placeless: u64,
    /// How many rows that are shown have no number to count for, or one below 0.
    pub weightless: u64,
    /// The greatest density there is, for the radius it was asked for last.
    peak: Mutex<Option<(f64, f64)>>,
}

impl Crowd {
    /// Of the rows that a filter shows (none: all of them): for a worker.
    ///
    /// # Errors
    /// When the numbers cannot be had, and when the person cancelled.
    pub fn of(
        table: &Table,
        points: &Arc<CrowdPoints>,
        together: &Together,
        shown: Option<&BooleanArray>,
        watch: &Watch,
    ) -> Result<Crowd, CrowdError> {
        let weights = match together.field() {
            Some(field) => {
                let of = NumberOf { field: field.to_owned(), per: Per::Nothing };
                Some(numbers_of(table, &of, watch)?)
            }
            None => None,
        };
        // A density of less than nothing says nothing; a mean below 0 does.
        let is_density = matches!(together, Together::Heat(_));
        let mut made = Crowd { all_rows: points.at.len(), ..Crowd::default() };
        for (row, at) in points.at.iter().enumerate() {
            if row % ROWS_PER_LOOK == 0 {
                watch.check()?;
            }
            let is_shown =
                shown.is_none_or(|mask| row < mask.len() && mask.is_valid(row) && mask.value(row));
            if !is_shown {
                continue;
            }
            if !(at[0].is_finite() && at[1].is_finite()) {
                made.placeless += 1;
                continue;
            }
            if let Some(weights) = &weights {
                let weight = weights.get(row).copied().unwrap_or(f64::NAN);
                if !weight.is_finite() || (is_density && weight < 0.0) {
                    made.weightless += 1;
                    continue;
                }
                #[expect(clippy::cast_possible_truncation, reason = "seven digits will do")]
                made.weights.push(weight as f32);
            }
            made.at.push(*at);
            made.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
        made.extent = Extent::of_points(&made.at);
        Ok(made)
    }

    /// Of places that each count for one: Web Mercator metres.
    pub fn of_places(at: Vec<[f64; 2]>) -> Crowd {
        let (extent, all_rows) = (Extent::of_points(&at), at.len());
        let rows = (0..u32::MAX).take(all_rows).collect();
        Crowd { at, rows, extent, all_rows, ..Crowd::default() }
    }

    /// What a point counts for.
    pub(super) fn weight(&self, point: usize) -> f32 {
        if self.weights.is_empty() { 1.0 } else { self.weights.get(point).copied().unwrap_or(0.0) }
    }

    /// The greatest density there is (per km²), for a radius in metres: found once.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn peak(&self, radius: f64, watch: &Watch) -> Result<f64, Cancelled> {
        let known = *self.peak.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, peak)) = known.filter(|(of, _)| of.to_bits() == radius.to_bits()) {
            return Ok(peak);
        }
        let peak = greatest_density(self, radius, watch)?;
        *self.peak.lock().unwrap_or_else(PoisonError::into_inner) = Some((radius, peak));
        Ok(peak)
    }
}
