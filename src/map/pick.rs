//! What is at a place of the map.

use arrow_array::BooleanArray;

use super::scene::Part;
use super::{DrawnLayer, Hit, LayerScene};
use crate::style::Style;
use crate::table::{Extent, PartKind};

/// How far beside a line or a symbol still counts, points.
const REACH: f64 = 3.0;

/// The features of all layers at a place (Web Mercator metres), topmost first: layers in their
/// order; within a layer points, then lines, then areas, the nearest first, and of areas the one
/// drawn last.
pub(super) fn pick(layers: &[DrawnLayer<'_>], place: [f64; 2], metres_per_point: f64) -> Vec<Hit> {
    layers
        .iter()
        .filter(|layer| layer.opacity > 0.0)
        .flat_map(|layer| {
            let rows = rows_at(
                layer.scene,
                layer.mask.map(AsRef::as_ref),
                &layer.style,
                place,
                metres_per_point,
            );
            rows.into_iter().map(|row| Hit { key: layer.key, row })
        })
        .collect()
}

/// The rows of one layer at a place, topmost first.
pub(super) fn rows_at(
    scene: &LayerScene,
    mask: Option<&BooleanArray>,
    style: &Style,
    place: [f64; 2],
    metres_per_point: f64,
) -> Vec<usize> {
    let stroke = f64::from(style.stroke_width.max(0.0)) / 2.0;
    let around_line = (stroke + REACH) * metres_per_point;
    let symbol = f64::from(style.point_size.max(0.0)) / 2.0;
    let around_point = (symbol + stroke + REACH) * metres_per_point;
    let around_area = stroke * metres_per_point;
    let [x, y] = place;
    let reach = around_line.max(around_point);
    let near = Extent { min_x: x - reach, min_y: y - reach, max_x: x + reach, max_y: y + reach };
    let shown = |row: u32| match mask {
        Some(mask) => (row as usize) < arrow_array::Array::len(mask) && mask.value(row as usize),
        None => true,
    };
    let mut found: Vec<(PartKind, f64, usize)> = Vec::new();
    for part in scene.parts_in(&near).filter(|part| shown(part.row)) {
        let distance = distance_to(scene, part, place);
        let within = match part.kind {
            PartKind::Point => around_point,
            PartKind::Line => around_line,
            PartKind::Polygon => around_area,
        };
        if distance <= within {
            found.push((part.kind, distance, part.row as usize));
        }
    }
    found.sort_by(|a, b| {
        let nearer = a.1.total_cmp(&b.1);
        a.0.cmp(&b.0).then(nearer).then(b.2.cmp(&a.2))
    });
    let mut rows: Vec<usize> = Vec::with_capacity(found.len());
    for (_, _, row) in found {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// How far a place is from a part, metres; 0 inside an area.
fn distance_to(scene: &LayerScene, part: &Part, place: [f64; 2]) -> f64 {
    let Some(chunk) = scene.chunk_of(part) else { return f64::INFINITY };
    match part.kind {
        PartKind::Point => {
            let [start, end] = part.slices.points.map(|at| at as usize);
            let points = chunk.points.get(start..end).unwrap_or_default();
            let distances = points.iter().map(|point| distance(place, chunk.metres(point)));
            distances.fold(f64::INFINITY, f64::min)
        }
        PartKind::Polygon
            if chunk.triangles(part.slices.indices).any(|corners| inside(corners, place)) =>
        {
            0.0
        }
        PartKind::Line | PartKind::Polygon => chunk
            .segments(part.slices.records)
            .map(|segment| distance_to_segment(place, segment))
            .fold(f64::INFINITY, f64::min),
    }
}

fn distance([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    (ax - bx).hypot(ay - by)
}

fn distance_to_segment(place: [f64; 2], [a, b]: [[f64; 2]; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let square = along[0] * along[0] + along[1] * along[1];
    if square <= 0.0 {
        return distance(place, a);
    }
    let share = ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / square;
    let share = share.clamp(0.0, 1.0);
    distance(place, [along[0].mul_add(share, a[0]), along[1].mul_add(share, a[1])])
}

/// Whether a place lies in a triangle or on its edge, whichever way round it goes.
fn inside([a, b, c]: [[f64; 2]; 3], place: [f64; 2]) -> bool {
    let side = |from: [f64; 2], to: [f64; 2]| {
        (to[0] - from[0]) * (place[1] - from[1]) - (to[1] - from[1]) * (place[0] - from[0])
    };
    let sides = [side(a, b), side(b, c), side(c, a)];
    // A triangle without area has no inside.
    sides.iter().sum::<f64>() != 0.0
        && (sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0))
}
