//! How rows lie to features.
//!
//! Points are tested exactly on the flat coordinates of areas ([`super::point_in_area`]). Lines and
//! polygons are first tested by their corners, and where those do not decide by `geo`'s relate
//! (DE-9IM). Edges count as inside.

use std::cell::{Cell, OnceCell};

use geo::relate::IntersectionMatrix;
use geo::{Geometry, PreparedGeometry, Relate};

use super::Relation;
use super::point_in_area::{Location, PreparedPolygon};
use super::sound::sound;
use crate::problem::Problems;
use crate::table::{Extent, GeometryColumn, GeometryRef, PartKind, SpatialIndex};

/// Features, prepared for many rows on many threads.
pub(super) struct PreparedFeatures {
    features: Vec<Feature>,
    index: SpatialIndex,
}

struct Feature {
    polygons: Vec<PreparedPolygon>,
    geometry: Geometry<f64>,
    /// Whether it is polygons and nothing else, so that corners decide.
    only_polygons: bool,
}

impl PreparedFeatures {
    /// Features with coordinates that are not finite are left out, and become problems.
    pub fn of(column: &GeometryColumn, problems: &mut Problems) -> PreparedFeatures {
        let mut features = Vec::new();
        let mut extents: Vec<(u32, Extent)> = Vec::new();
        let mut bad = 0;
        for row in column.iter() {
            if !is_finite(row) {
                bad += 1;
                continue;
            }
            let (Some(geometry), Some(extent)) = (sound(row), row.extent()) else { continue };
            let polygons = row.parts().filter(|part| part.kind() == PartKind::Polygon);
            let polygons = polygons.filter_map(PreparedPolygon::of).collect();
            let only_polygons = row.parts().all(|part| part.kind() == PartKind::Polygon);
            extents.push((u32::try_from(features.len()).unwrap_or(u32::MAX), extent));
            features.push(Feature { polygons, geometry, only_polygons });
        }
        problems.add("problem-place-not-finite", bad);
        PreparedFeatures { features, index: SpatialIndex::of_extents(extents) }
    }

    /// Ready to be asked, by one thread.
    pub fn asked(&self) -> Asked<'_> {
        let related = self.features.iter().map(|_| OnceCell::new()).collect();
        Asked { of: self, related, gave_up: Cell::new(false) }
    }
}

/// Features asked about rows by one thread.
pub(super) struct Asked<'a> {
    of: &'a PreparedFeatures,
    /// Each feature as `geo` wants it, for what is no point; made when first needed.
    related: Vec<OnceCell<PreparedGeometry<'static, Geometry<f64>>>>,
    gave_up: Cell<bool>,
}

impl Asked<'_> {
    /// Whether a row lies to the features as wanted, and whether an algorithm gave up on a pair:
    /// such a pair counts as sharing no point. A row without place does not lie so, not even apart
    /// from them: nobody knows where it is.
    pub fn meets(&self, row: GeometryRef<'_>, relation: Relation) -> (bool, bool) {
        let Some(extent) = row.extent().filter(|_| is_finite(row)) else { return (false, false) };
        self.gave_up.set(false);
        let near = self.of.index.search(&extent);
        let mut near = near.into_iter();
        let meets = match relation {
            Relation::Intersects => near.any(|feature| self.intersects(feature, row)),
            Relation::Within => near.any(|feature| self.covers(feature, row)),
            Relation::Disjoint => !near.any(|feature| self.intersects(feature, row)),
            Relation::Touches => near.any(|feature| self.touches(feature, row)),
            Relation::Crosses => near.any(|feature| self.crosses(feature, row)),
            // Measured elsewhere.
            Relation::Near { .. } => false,
        };
        (meets, self.gave_up.get())
    }

    fn feature(&self, at: usize) -> Option<&Feature> {
        self.of.features.get(at)
    }

    fn intersects(&self, at: usize, row: GeometryRef<'_>) -> bool {
        let Some(feature) = self.feature(at) else { return false };
        let points = only_points(row);
        let corners = row.xy();
        let corners = if points { corners } else { corners.get(..1).unwrap_or_default() };
        if corners.iter().any(|corner| feature.locate(*corner) != Location::Outside) {
            return true;
        }
        if points && feature.only_polygons {
            return false;
        }
        self.relate(at, row, IntersectionMatrix::is_intersects)
    }

    fn covers(&self, at: usize, row: GeometryRef<'_>) -> bool {
        let Some(feature) = self.feature(at) else { return false };
        if feature.only_polygons {
            let mut corners = row.xy().iter();
            let inside = corners.all(|corner| feature.locate(*corner) != Location::Outside);
            if !inside || only_points(row) {
                return inside;
            }
        }
        self.relate(at, row, IntersectionMatrix::is_covers)
    }

    fn touches(&self, at: usize, row: GeometryRef<'_>) -> bool {
        match self.locations(at, row) {
            Some([_, edge, inside]) => edge && !inside,
            None => self.relate(at, row, IntersectionMatrix::is_touches),
        }
    }

    fn crosses(&self, at: usize, row: GeometryRef<'_>) -> bool {
        match self.locations(at, row) {
            Some([outside, _, inside]) => outside && inside,
            None => self.relate(at, row, IntersectionMatrix::is_crosses),
        }
    }

    /// Whether any of a row's points lie outside, on the edge and inside an area; none for what is
    /// not points and an area.
    fn locations(&self, at: usize, row: GeometryRef<'_>) -> Option<[bool; 3]> {
        let feature = self.feature(at)?;
        if !feature.only_polygons || !only_points(row) {
            return None;
        }
        let mut found = [false; 3];
        for corner in row.xy() {
            let [outside, edge, inside] = &mut found;
            *match feature.locate(*corner) {
                Location::Outside => outside,
                Location::Edge => edge,
                Location::Inside => inside,
            } = true;
        }
        Some(found)
    }

    /// `geo` may panic on geometry that is not valid in other ways.
    fn relate(
        &self,
        at: usize,
        row: GeometryRef<'_>,
        test: impl Fn(&IntersectionMatrix) -> bool,
    ) -> bool {
        let (Some(feature), Some(related)) = (self.feature(at), self.related.get(at)) else {
            return false;
        };
        let Some(geometry) = sound(row) else { return false };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let feature = related.get_or_init(|| feature.geometry.clone().into());
            test(&feature.relate(&geometry))
        }));
        outcome.unwrap_or_else(|_| {
            self.gave_up.set(true);
            false
        })
    }
}

impl Feature {
    fn locate(&self, point: [f64; 2]) -> Location {
        let locations = self.polygons.iter().map(|polygon| polygon.locate(point));
        locations.max().unwrap_or(Location::Outside)
    }
}

fn is_finite(row: GeometryRef<'_>) -> bool {
    row.xy().iter().flatten().all(|number| number.is_finite())
}

fn only_points(row: GeometryRef<'_>) -> bool {
    row.parts().all(|part| part.kind() == PartKind::Point)
}
