//! Corners near the pointer that what is drawn can begin, bend or end at.

use arrow_array::BooleanArray;

use super::DrawnLayer;
use super::scene::{Chunk, Place};

/// The nearest corner or point of the layers shown within a reach: Web Mercator metres, right to a
/// thousandth. What a filter hides is not there.
pub(super) fn nearest_corner(
    layers: &[DrawnLayer<'_>],
    at: [f64; 2],
    reach: f64,
) -> Option<[f64; 2]> {
    let mut best: Option<(f64, [f64; 2])> = None;
    for layer in layers.iter().filter(|layer| layer.opacity > 0.0) {
        let mask = layer.mask.map(AsRef::as_ref);
        for chunk in layer.scene.chunks() {
            let extent = &chunk.extent;
            let beside = (extent.min_x - at[0]).max(at[0] - extent.max_x).max(0.0);
            let above = (extent.min_y - at[1]).max(at[1] - extent.max_y).max(0.0);
            let limit = best.map_or(reach, |(distance, _)| distance);
            if beside.hypot(above) <= limit {
                in_chunk(chunk, mask, at, reach, &mut best);
            }
        }
    }
    best.map(|(_, place)| place)
}

fn in_chunk(
    chunk: &Chunk,
    mask: Option<&BooleanArray>,
    at: [f64; 2],
    reach: f64,
    best: &mut Option<(f64, [f64; 2])>,
) {
    let steps = chunk.steps(at);
    let is_shown = |row: u32| {
        let row = row as usize;
        mask.is_none_or(|mask| row < arrow_array::Array::len(mask) && mask.value(row))
    };
    let mut look = |place: Place| {
        let [x, y] = chunk.metres(place);
        let distance = (x - at[0]).hypot(y - at[1]);
        if distance <= best.map_or(reach, |(distance, _)| distance) {
            *best = Some((distance, [x, y]));
        }
    };
    for (place, row) in chunk.points() {
        if is_shown(row) {
            look(place);
        }
    }
    for shape in chunk.shapes() {
        if shape.bounds().distance(steps) * chunk.step <= reach && is_shown(shape.row()) {
            shape.rings().flat_map(|ring| ring.places.iter()).for_each(|place| look(*place));
        }
    }
}
