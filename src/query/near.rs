//! Which rows lie within a distance on the ground of features.
//!
//! Both are put in a plane around the features ([`LocalPlane`]), long edges cut into pieces, and
//! distances between edges in the plane are divided by the scale in their middle: within a
//! millionth of the geodesic distance, and three centimetres for long edges, for the distances
//! people ask for (tested against geodesics).
//! Inside an area the distance is 0.

use super::point_in_area::PreparedPolygon;
use crate::crs::LocalPlane;
use crate::problem::Problems;
use crate::table::{Extent, GeometryColumn, GeometryRef, PartKind, PartRef, SpatialIndex};

type Position = [f64; 2];

/// A piece of an edge, or a point as a piece without length.
#[derive(Clone, Copy, Debug)]
struct Piece {
    ends: [Position; 2],
    /// The scale in its middle.
    scale: f64,
}

/// Features, prepared for many rows.
pub(super) struct Near {
    plane: LocalPlane,
    metres: f64,
    pieces: Vec<Piece>,
    index: SpatialIndex,
    polygons: Vec<PreparedPolygon>,
    polygon_index: SpatialIndex,
    /// The greatest scale of any piece: how far to look.
    greatest_scale: f64,
}

impl Near {
    /// Of features in longitude and latitude (WGS 84). Those with coordinates that are not finite,
    /// or further than 60° of longitude from their middle, are left out, and become problems.
    pub fn of(column: &GeometryColumn, metres: f64, problems: &mut Problems) -> Near {
        let middle = column.extent().map_or(0.0, |extent| extent.center()[0]);
        let mut near = Near {
            plane: LocalPlane::at(middle),
            metres,
            pieces: Vec::new(),
            index: SpatialIndex::default(),
            polygons: Vec::new(),
            polygon_index: SpatialIndex::default(),
            greatest_scale: 1.0,
        };
        let (mut bad, mut far) = (0, 0);
        let mut extents = Vec::new();
        for row in column.iter() {
            if !row.xy().iter().flatten().all(|number| number.is_finite()) {
                bad += 1;
                continue;
            }
            let Some(shapes) = shapes(near.plane, row) else {
                far += 1;
                continue;
            };
            for shape in shapes {
                if let Some(polygon) = shape.polygon {
                    extents.push(polygon.extent());
                    near.polygons.push(polygon);
                }
                near.pieces.extend(shape.pieces);
            }
        }
        problems.add("problem-place-not-finite", bad);
        problems.add("problem-place-too-far", far);
        near.greatest_scale = near.pieces.iter().map(|piece| piece.scale).fold(1.0, f64::max);
        near.index = index_of(near.pieces.iter().map(Piece::extent));
        near.polygon_index = index_of(extents.into_iter());
        near
    }

    /// Whether a row (longitude and latitude, WGS 84) is so near. A row without place is not.
    pub fn meets(&self, row: GeometryRef<'_>) -> bool {
        // What the plane does not reach is thousands of kilometres away.
        let Some(shapes) = shapes(self.plane, row) else { return false };
        shapes.iter().any(|shape| self.is_near(shape))
    }

    fn is_near(&self, shape: &Shape) -> bool {
        let Some(first) = shape.pieces.first() else { return false };
        let [start, _] = first.ends;
        // Wholly inside an area, or an area around a whole feature: otherwise edges are near.
        let around = Extent::of_point(start);
        let mut areas = self.polygon_index.search(&around).into_iter();
        if areas.any(|at| self.polygons.get(at).is_some_and(|area| area.contains(start))) {
            return true;
        }
        if let Some(area) = &shape.polygon {
            let inside = self.index.search(&area.extent()).into_iter();
            let mut inside = inside.filter_map(|at| self.pieces.get(at));
            if inside.any(|piece| area.contains(piece.ends[0])) {
                return true;
            }
        }
        shape.pieces.iter().any(|mine| {
            // Scales differ by less than a hundredth over any distance asked for.
            let reach = self.metres * mine.scale.max(self.greatest_scale) * 1.01;
            let Extent { min_x, min_y, max_x, max_y } = mine.extent();
            let around = Extent {
                min_x: min_x - reach,
                min_y: min_y - reach,
                max_x: max_x + reach,
                max_y: max_y + reach,
            };
            let near = self.index.search(&around).into_iter();
            let mut near = near.filter_map(|at| self.pieces.get(at));
            near.any(|theirs| {
                let scale = f64::midpoint(mine.scale, theirs.scale);
                distance(mine.ends, theirs.ends) <= self.metres * scale
            })
        })
    }
}

impl Piece {
    fn extent(&self) -> Extent {
        let [from, to] = self.ends;
        Extent::of_point(from).union(Extent::of_point(to))
    }
}

fn index_of(extents: impl Iterator<Item = Extent>) -> SpatialIndex {
    SpatialIndex::of_extents((0..u32::MAX).zip(extents))
}

/// A part of a row in the plane.
struct Shape {
    pieces: Vec<Piece>,
    polygon: Option<PreparedPolygon>,
}

/// The parts of a row; none where the plane does not reach, or a coordinate is not finite.
fn shapes(plane: LocalPlane, row: GeometryRef<'_>) -> Option<Vec<Shape>> {
    row.parts().map(|part| shape(plane, part)).collect()
}

fn shape(plane: LocalPlane, part: PartRef<'_>) -> Option<Shape> {
    let mut pieces = Vec::new();
    let mut rings: Vec<Vec<Position>> = Vec::new();
    for ring in part.rings() {
        let places = ring.xy().iter().map(|place| plane.project_with_scale(*place));
        let places: Vec<(Position, f64)> = places.collect::<Option<_>>()?;
        let piece = |(from, a): (Position, f64), (to, b): (Position, f64)| Piece {
            ends: [from, to],
            scale: f64::midpoint(a, b),
        };
        let closing = (part.kind() == PartKind::Polygon || places.len() == 1)
            .then(|| places.last().zip(places.first()))
            .flatten();
        pieces.extend(places.array_windows().map(|[from, to]| piece(*from, *to)));
        pieces.extend(closing.map(|(last, first)| piece(*last, *first)));
        if part.kind() == PartKind::Polygon {
            rings.push(places.into_iter().map(|(position, _)| position).collect());
        }
    }
    let polygon = PreparedPolygon::of_rings(rings.iter().map(Vec::as_slice));
    Some(Shape { pieces, polygon })
}

/// The distance between two pieces: 0 where they cross, else from an end of one to the other.
fn distance([a, b]: [Position; 2], [c, d]: [Position; 2]) -> f64 {
    if cross(a, b, c, d) {
        return 0.0;
    }
    let ends = [to_piece(a, [c, d]), to_piece(b, [c, d]), to_piece(c, [a, b]), to_piece(d, [a, b])];
    ends.into_iter().fold(f64::INFINITY, f64::min)
}

/// Whether each piece has an end on either side of the other; where an end lies on the other piece
/// its distance tells.
fn cross(a: Position, b: Position, c: Position, d: Position) -> bool {
    let side = |from: Position, to: Position, point: Position| {
        (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// From a point to the nearest point of a piece.
fn to_piece(point: Position, [from, to]: [Position; 2]) -> f64 {
    let along = [to[0] - from[0], to[1] - from[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let share = if length > 0.0 {
        let way = (point[0] - from[0]) * along[0] + (point[1] - from[1]) * along[1];
        (way / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (point[0] - from[0] - share * along[0]).hypot(point[1] - from[1] - share * along[1])
}
