//! How rows lie to areas.
//!
//! Points are tested exactly on the flat coordinates ([`super::point_in_area`]). Lines and
//! polygons are first tested by their corners, and where those do not decide by `geo`'s relate
//! (DE-9IM). Edges count as inside.

use std::cell::OnceCell;

use geo::relate::IntersectionMatrix;
use geo::{Geometry, PreparedGeometry, Relate};

use super::Relation;
use super::point_in_area::PreparedPolygon;
use crate::table::{Extent, GeometryColumn, GeometryRef, PartKind, SpatialIndex};

/// Areas, prepared for many rows.
pub(super) struct PreparedAreas {
    areas: Vec<Area>,
    index: SpatialIndex,
}

struct Area {
    polygons: Vec<PreparedPolygon>,
    /// For what is no point; made when first needed.
    prepared: OnceCell<PreparedGeometry<'static, Geometry<f64>>>,
    geometry: Geometry<f64>,
    /// Whether the area is polygons and nothing else, so that corners decide.
    only_polygons: bool,
}

impl PreparedAreas {
    /// Areas with coordinates that are not finite are left out, and reported to the log.
    pub fn of(column: &GeometryColumn) -> PreparedAreas {
        let mut areas = Vec::new();
        let mut extents: Vec<(u32, Extent)> = Vec::new();
        let mut bad = 0_usize;
        for row in column.iter() {
            let (Some(geometry), Some(extent)) = (row.to_geo(), row.extent()) else { continue };
            if !is_finite(row) {
                bad += 1;
                continue;
            }
            let polygons = row.parts().filter(|part| part.kind() == PartKind::Polygon);
            let polygons = polygons.filter_map(PreparedPolygon::of).collect();
            let only_polygons = row.parts().all(|part| part.kind() == PartKind::Polygon);
            extents.push((u32::try_from(areas.len()).unwrap_or(u32::MAX), extent));
            areas.push(Area { polygons, prepared: OnceCell::new(), geometry, only_polygons });
        }
        if bad > 0 {
            log::warn!("{bad} areas have coordinates that are no numbers and are left out");
        }
        PreparedAreas { areas, index: SpatialIndex::of_extents(extents) }
    }

    /// Whether a row lies to the areas as wanted. A row without place does not, not even apart
    /// from them: nobody knows where it is.
    pub fn meets(&self, row: GeometryRef<'_>, relation: Relation) -> bool {
        let Some(extent) = row.extent().filter(|_| is_finite(row)) else { return false };
        let near = self.index.search(&extent);
        let mut near = near.into_iter().filter_map(|area| self.areas.get(area));
        match relation {
            Relation::Intersects => near.any(|area| area.intersects(row)),
            Relation::Within => near.any(|area| area.covers(row)),
            Relation::Disjoint => !near.any(|area| area.intersects(row)),
        }
    }
}

fn is_finite(row: GeometryRef<'_>) -> bool {
    row.xy().iter().flatten().all(|number| number.is_finite())
}

fn only_points(row: GeometryRef<'_>) -> bool {
    row.parts().all(|part| part.kind() == PartKind::Point)
}

impl Area {
    fn contains(&self, point: [f64; 2]) -> bool {
        self.polygons.iter().any(|polygon| polygon.contains(point))
    }

    fn intersects(&self, row: GeometryRef<'_>) -> bool {
        let points = only_points(row);
        let corners = row.xy();
        let corners = if points { corners } else { corners.get(..1).unwrap_or_default() };
        if corners.iter().any(|corner| self.contains(*corner)) {
            return true;
        }
        if points && self.only_polygons {
            return false;
        }
        self.relate(row, IntersectionMatrix::is_intersects)
    }

    fn covers(&self, row: GeometryRef<'_>) -> bool {
        if self.only_polygons {
            let inside = row.xy().iter().all(|corner| self.contains(*corner));
            if !inside || only_points(row) {
                return inside;
            }
        }
        self.relate(row, IntersectionMatrix::is_covers)
    }

    /// `geo` may panic on geometry that is not valid; such a row then counts as not lying there.
    fn relate(&self, row: GeometryRef<'_>, test: impl Fn(&IntersectionMatrix) -> bool) -> bool {
        let Some(geometry) = row.to_geo() else { return false };
        let related = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let area = self.prepared.get_or_init(|| self.geometry.clone().into());
            test(&area.relate(&geometry))
        }));
        related.unwrap_or_else(|_| {
            log::warn!("a geometry is not valid and could not be compared with an area");
            false
        })
    }
}
