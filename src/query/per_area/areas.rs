//! Areas, prepared for many things on many threads.

use super::super::point_in_area::{Location, PreparedPolygon};
use super::grid::{Grid, InCell};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{Extent, GeometryColumn, PartKind, PartRef, SpatialIndex};

/// A polygon of an area.
pub(super) struct Part<'a> {
    /// The row of the area.
    pub area: u32,
    pub rings: PartRef<'a>,
    pub prepared: PreparedPolygon,
}

/// The polygons of areas.
pub(super) struct Areas<'a> {
    /// In the order of the rows.
    pub parts: Vec<Part<'a>>,
    grid: Grid,
    index: SpatialIndex,
    /// Whether each row has a polygon.
    pub has_place: Vec<bool>,
}

impl<'a> Areas<'a> {
    /// Polygons with coordinates that are not finite are left out, with their area.
    pub fn of(
        column: &'a GeometryColumn,
        things: usize,
        watch: &Watch,
    ) -> Result<Areas<'a>, Cancelled> {
        let rows: Vec<usize> = (0..column.len()).collect();
        let made = in_parallel(rows, |row| {
            watch.check()?;
            let polygons = column.row(row).parts().filter(|part| part.kind() == PartKind::Polygon);
            let prepared = polygons.map(|part| {
                let prepared = PreparedPolygon::of(part)?;
                let area = u32::try_from(row).ok()?;
                Some(Part { area, rings: part, prepared })
            });
            let prepared: Option<Vec<Part<'a>>> = prepared.collect();
            Ok(prepared.unwrap_or_default())
        });
        let made: Vec<Vec<Part<'a>>> = made.into_iter().collect::<Result<_, Cancelled>>()?;
        let has_place = made.iter().map(|parts| !parts.is_empty()).collect();
        let parts: Vec<Part<'a>> = made.into_iter().flatten().collect();
        let polygons: Vec<_> = parts.iter().map(|part| (part.rings, &part.prepared)).collect();
        let grid = Grid::of(&polygons, things, watch)?;
        let extents = (0..).zip(parts.iter().map(|part| part.prepared.extent()));
        let index = SpatialIndex::of_extents(extents);
        Ok(Areas { parts, grid, index, has_place })
    }

    /// The areas that a point lies in or on the edge of, in order; one may come twice.
    #[inline]
    pub fn of_point(&self, point: [f64; 2]) -> impl Iterator<Item = u32> + '_ {
        self.grid.around(point).filter_map(move |part| match part {
            InCell::Whole(part) => Some(self.parts.get(part)?.area),
            InCell::Perhaps(part) => {
                let part = self.parts.get(part)?;
                (part.prepared.locate(point) != Location::Outside).then_some(part.area)
            }
        })
    }

    /// The polygons that a rectangle may share points with, in order. The answer says whether all
    /// of it is known to lie inside the one polygon there is.
    pub fn around(&self, extent: &Extent) -> (Vec<usize>, bool) {
        if let Some(only) = self.grid.only_around(extent) {
            return (vec![only], true);
        }
        let mut near = self.index.search(extent);
        near.retain(|part| {
            self.parts.get(*part).is_some_and(|part| part.prepared.extent().intersects(extent))
        });
        near.sort_unstable();
        (near, false)
    }
}
