//! The features that rows are compared with: those of another layer, or a drawn shape.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::BooleanArray;
use arrow_buffer::BooleanBuffer;
use serde::{Deserialize, Serialize};

use super::selection::SelectError;
use super::{Condition, Relation};
use crate::crs::{Crs, HowFound, LayerCrs, mercator_from_lon_lat};
use crate::i18n::Arg;
use crate::plane::{InsideRule, inside};
use crate::problem::Problems;
use crate::table::{GeometryBuilder, GeometryColumn, GeometryKind, PartKind, RowKey, Table};

/// A condition on place.
#[derive(Clone, Copy, Debug)]
pub struct OnPlace<'a> {
    /// How a row must lie to at least one of the features (to none of them, for disjoint).
    pub relation: Relation,
    /// The features.
    pub of: Features<'a>,
}

/// What rows are compared with.
#[derive(Clone, Copy, Debug)]
pub enum Features<'a> {
    /// The features of a layer that meet a condition in SQL; empty for all.
    Where {
        /// The layer.
        table: &'a Table,
        /// The condition.
        sql: &'a str,
    },
    /// Chosen features of a layer.
    Chosen {
        /// The layer.
        table: &'a Table,
        /// Which.
        rows: &'a ChosenRows,
    },
    /// A shape drawn on the map.
    Drawn(&'a DrawnShape),
}

/// Rows kept by their identity, so that they are found again when the file has another order.
/// Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<RowKey>", into = "Vec<RowKey>")]
pub struct ChosenRows(Arc<Vec<RowKey>>);

impl ChosenRows {
    /// The identities of rows of a table; rows past its end are left out. Makes the table's
    /// identity when that is not there yet: call it from a job.
    pub fn of(table: &Table, rows: impl IntoIterator<Item = usize>) -> ChosenRows {
        let identity = table.identity();
        let keys = rows.into_iter().filter_map(|row| identity.key(row).cloned());
        ChosenRows(Arc::new(keys.collect()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The identities.
    pub fn keys(&self) -> &[RowKey] {
        &self.0
    }
}

impl From<Vec<RowKey>> for ChosenRows {
    fn from(keys: Vec<RowKey>) -> ChosenRows {
        ChosenRows(Arc::new(keys))
    }
}

impl From<ChosenRows> for Vec<RowKey> {
    fn from(rows: ChosenRows) -> Vec<RowKey> {
        rows.0.as_ref().clone()
    }
}

/// An area drawn on the map, in longitude and latitude (WGS 84, degrees). Its edges are straight
/// on the map, which is in Web Mercator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrawnShape {
    /// Between two meridians and two parallels.
    Rectangle {
        /// Degrees.
        west: f64,
        /// Degrees.
        south: f64,
        /// Degrees.
        east: f64,
        /// Degrees.
        north: f64,
    },
    /// The corners in the order drawn; the first is not repeated at the end. All that the edges go
    /// around is inside, also where they cross.
    Polygon(Vec<[f64; 2]>),
}

impl DrawnShape {
    /// The rectangle between two opposite corners (longitude and latitude), whichever.
    pub fn rectangle([a, b]: [[f64; 2]; 2]) -> DrawnShape {
        DrawnShape::Rectangle {
            west: a[0].min(b[0]),
            south: a[1].min(b[1]),
            east: a[0].max(b[0]),
            north: a[1].max(b[1]),
        }
    }

    /// The polygon with these corners (longitude and latitude); a repeated last one is left out.
    /// None for less than three corners or corners that are not finite.
    pub fn polygon(corners: impl Into<Vec<[f64; 2]>>) -> Option<DrawnShape> {
        let mut corners = corners.into();
        corners.dedup();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        let finite = corners.iter().flatten().all(|number| number.is_finite());
        (corners.len() >= 3 && finite).then_some(DrawnShape::Polygon(corners))
    }

    /// The corners in order, the first not repeated.
    pub fn corners(&self) -> Vec<[f64; 2]> {
        match self {
            DrawnShape::Rectangle { west, south, east, north } => {
                vec![[*west, *south], [*east, *south], [*east, *north], [*west, *north]]
            }
            DrawnShape::Polygon(corners) => corners.clone(),
        }
    }

    /// One row: what the edges go around, in the plane of the map (Web Mercator).
    fn column(&self) -> GeometryColumn {
        let corners: Vec<[f64; 2]> =
            self.corners().into_iter().map(mercator_from_lon_lat).collect();
        // Of a scribble that crosses too often what it says, odd and even.
        let areas = inside(&[&corners], InsideRule::NonZero).unwrap_or_else(|| {
            vec![vec![corners.iter().chain(corners.first()).copied().collect()]]
        });
        let mut builder = GeometryBuilder::new();
        builder.begin_row(GeometryKind::MultiPolygon);
        for area in areas {
            builder.begin_part(PartKind::Polygon);
            for ring in area {
                builder.begin_ring();
                ring.into_iter().for_each(|place| builder.coord(place, None, None));
            }
        }
        builder.end_row();
        // Only past four billion coordinates.
        builder.finish().unwrap_or_default()
    }
}

/// Features where they are, before anything is transformed.
pub(super) struct Found<'a> {
    pub column: Cow<'a, GeometryColumn>,
    pub crs: LayerCrs,
    /// Which of the column's rows.
    pub chosen: BooleanArray,
}

impl<'a> Features<'a> {
    /// Finds the features; those that are gone become problems. `place` is the number of the
    /// condition, for errors.
    pub(super) fn find(
        &self,
        place: usize,
        problems: &mut Problems,
    ) -> Result<Found<'a>, SelectError> {
        match self {
            Features::Where { table, sql } => {
                let chosen = Condition::parse(sql).and_then(|sql| sql.evaluate(table));
                let chosen =
                    chosen.map_err(|error| SelectError::PlaceCondition { place, error })?;
                found(table, chosen)
            }
            Features::Chosen { table, rows } => {
                let identity = table.identity();
                let mut chosen = vec![false; table.rows()];
                let mut gone = 0;
                for key in rows.keys() {
                    match identity.row(key).and_then(|row| chosen.get_mut(row)) {
                        Some(row) => *row = true,
                        None => gone += 1,
                    }
                }
                let layer = vec![("layer", Arg::Text(table.name.clone()))];
                problems.report("problem-chosen-gone", gone, layer, None);
                found(table, BooleanArray::from(chosen))
            }
            Features::Drawn(shape) => Ok(Found {
                column: Cow::Owned(shape.column()),
                crs: LayerCrs::new(Crs::web_mercator(), HowFound::Chosen),
                chosen: BooleanArray::new(BooleanBuffer::new_set(1), None),
            }),
        }
    }
}

fn found(table: &Table, chosen: BooleanArray) -> Result<Found<'_>, SelectError> {
    let (column, crs) = placed(table)?;
    Ok(Found { column: Cow::Borrowed(column), crs: crs.clone(), chosen })
}

/// The geometry of a layer and its CRS.
pub(super) fn placed(table: &Table) -> Result<(&GeometryColumn, &LayerCrs), SelectError> {
    let place = table.geometry.as_deref().zip(table.crs.as_ref());
    place.ok_or_else(|| SelectError::NoPlace { layer: table.name.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_made_from_corners() {
        let rectangle = DrawnShape::rectangle([[4.0, 50.0], [3.0, 51.0]]);
        let corners = [[3.0, 50.0], [4.0, 50.0], [4.0, 51.0], [3.0, 51.0]];
        assert_eq!(rectangle.corners(), corners);
        assert_eq!(DrawnShape::polygon([[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]), None);
        assert_eq!(DrawnShape::polygon([[0.0, 0.0], [1.0, f64::NAN], [1.0, 1.0]]), None);
        let closed = DrawnShape::polygon([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
        assert_eq!(closed.map(|shape| shape.corners().len()), Some(3));
    }
}
