//! Which symbols are hidden entirely by others drawn over them.

use crate::map::scene::Bounds;
use crate::style::PointShape;

/// How many cells a symbol's radius is: the finer, the fewer slivers of a pixel are missed.
const CELLS_PER_RADIUS: f64 = 8.0;

/// The most cells along a side: 8 MB for a layer of cover.
const MOST_CELLS: f64 = 8192.0;

/// The most times a place is covered before what lies below is hidden.
pub(in crate::map) const DEEPEST: usize = 8;

/// A raster that counts how often each cell is covered, up to a depth; a bit per cell and count.
pub(super) struct Cover {
    corner: [f64; 2],
    steps_per_cell: f64,
    words_per_row: usize,
    rows: usize,
    depth: usize,
    /// Row by row; of each word all depths together.
    words: Vec<u64>,
    stamp: Vec<Span>,
}

/// Cells of a symbol in one row, from its middle; the end is included.
#[derive(Clone, Copy, Debug)]
struct Span {
    row: i32,
    from: i32,
    to: i32,
}

impl Cover {
    /// For symbols of a radius with their middles in `bounds`; none when that takes too much
    /// room, which is when symbols are so far apart that few hide others.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "limited just before"
    )]
    pub fn new(bounds: Bounds, radius: f64, shape: PointShape, depth: usize) -> Option<Cover> {
        let steps_per_cell = radius / CELLS_PER_RADIUS;
        let [west, south, east, north] = bounds.0.map(f64::from);
        // The farthest a symbol reaches, and a cell for rounding.
        let margin = (CELLS_PER_RADIUS * 1.6).ceil() + 2.0;
        let cells = |length: f64| (length / steps_per_cell).ceil() + 2.0 * margin;
        let (columns, rows) = (cells(east - west), cells(north - south));
        if !(columns <= MOST_CELLS && rows <= MOST_CELLS) || depth == 0 || depth > DEEPEST {
            return None;
        }
        let words_per_row = (columns as usize).div_ceil(64) + 1;
        let rows = rows as usize;
        Some(Cover {
            corner: [margin.mul_add(-steps_per_cell, west), margin.mul_add(-steps_per_cell, south)],
            steps_per_cell,
            words_per_row,
            rows,
            depth,
            words: vec![0; words_per_row * rows * depth],
            stamp: stamp(shape),
        })
    }

    /// Covers what a symbol covers. True when any of it could still be seen.
    #[expect(clippy::cast_possible_truncation, reason = "within the raster")]
    pub fn add(&mut self, at: [f64; 2]) -> bool {
        let column = ((at[0] - self.corner[0]) / self.steps_per_cell) as i32;
        let middle = ((at[1] - self.corner[1]) / self.steps_per_cell) as i32;
        let mut is_seen = false;
        for span in &self.stamp {
            let (Ok(row), Ok(from)) =
                (usize::try_from(middle + span.row), usize::try_from(column + span.from))
            else {
                continue;
            };
            if row >= self.rows {
                continue;
            }
            let width = u32::try_from(span.to - span.from + 1).unwrap_or(0).min(63);
            let bits = (1_u64 << width) - 1;
            let shift = from % 64;
            let start = (row * self.words_per_row + from / 64) * self.depth;
            let spill = if shift == 0 { 0 } else { bits >> (64 - shift) };
            for (word, mask) in [(0, bits << shift), (1, spill)] {
                let start = start + word * self.depth;
                let Some(layers) = self.words.get_mut(start..start + self.depth) else { continue };
                let mut carried = mask;
                for layer in layers {
                    let before = *layer;
                    *layer |= carried;
                    carried &= before;
                    if carried == 0 {
                        break;
                    }
                }
                is_seen |= carried != mask;
            }
        }
        is_seen
    }
}

/// The cells whose middles a symbol covers, as the shader draws it.
#[expect(clippy::cast_possible_truncation, reason = "a few cells")]
fn stamp(shape: PointShape) -> Vec<Span> {
    let radius = CELLS_PER_RADIUS;
    let reach = (radius * 1.6).ceil() as i32;
    let is_covered = |x: i32, y: i32| {
        let (x, y) = (f64::from(x), f64::from(y));
        match shape {
            PointShape::Circle => x.hypot(y) <= radius,
            PointShape::Square => x.abs().max(y.abs()) <= radius * 0.8862,
            PointShape::Triangle => {
                // North is up here, down on the screen.
                let right = x.mul_add(0.866_025_4, y * 0.5);
                let left = x.mul_add(-0.866_025_4, y * 0.5);
                (-y).max(right).max(left) <= radius * 0.7776
            }
            PointShape::Diamond => x.abs() + y.abs() <= radius * 1.2533,
        }
    };
    (-reach..=reach)
        .filter_map(|row| {
            let mut covered = (-reach..=reach).filter(|x| is_covered(*x, row));
            let from = covered.next()?;
            Some(Span { row, from, to: covered.last().unwrap_or(from) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: Bounds = Bounds([-1000, -1000, 1000, 1000]);

    #[test]
    fn a_symbol_below_another_is_hidden_and_one_beside_it_is_not() {
        for shape in
            [PointShape::Circle, PointShape::Square, PointShape::Triangle, PointShape::Diamond]
        {
            let mut cover = Cover::new(FIELD, 80.0, shape, 1).unwrap();
            assert!(cover.add([0.0, 0.0]));
            assert!(!cover.add([0.0, 0.0]), "{shape:?}");
            assert!(cover.add([0.0, 25.0]) && cover.add([25.0, 0.0]), "{shape:?}");
            assert!(cover.add([990.0, -990.0]) && cover.add([-1000.0, 1000.0]));
        }
    }

    #[test]
    fn a_disc_between_four_others_is_hidden_when_they_meet() {
        let mut cover = Cover::new(FIELD, 80.0, PointShape::Circle, 1).unwrap();
        for [x, y] in [[50.0, 0.0], [-50.0, 0.0], [0.0, 50.0], [0.0, -50.0]] {
            assert!(cover.add([x, y]));
        }
        assert!(!cover.add([0.0, 0.0]));
    }

    #[test]
    fn what_is_seen_through_hides_after_as_many_as_the_depth() {
        let mut cover = Cover::new(FIELD, 80.0, PointShape::Circle, 3).unwrap();
        let seen: Vec<bool> = (0..5).map(|_| cover.add([10.0, 10.0])).collect();
        assert_eq!(seen, [true, true, true, false, false]);
    }

    #[test]
    fn too_large_a_field_is_refused() {
        assert!(Cover::new(FIELD, 0.5, PointShape::Circle, 1).is_none());
        assert!(Cover::new(FIELD, 0.0, PointShape::Circle, 1).is_none());
    }
}
