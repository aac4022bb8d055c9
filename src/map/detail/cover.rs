//! Which symbols are hidden entirely by others drawn over them.

use crate::map::scene::Bounds;
use crate::style::PointShape;

/// How many cells a symbol's radius is: the finer, the fewer slivers of a pixel are missed.
const CELLS_PER_RADIUS: f64 = 8.0;

/// The most cells along a side: 8 MB for a layer of cover.
const MOST_CELLS: f64 = 8192.0;

/// The most times a place is covered before what lies below is hidden.
pub(in crate::map) const DEEPEST: usize = 8;

/// The side of a tile, cells: a tile is one word.
const TILE: i32 = 8;
const TILE_SIDE: usize = TILE as usize;

/// A raster that counts how often each cell is covered, up to a depth: a bit per cell and count,
/// in tiles of 8 by 8 cells, so that a symbol touches few words.
pub(super) struct Cover {
    corner: [f64; 2],
    cells_per_step: f64,
    tiles_per_row: usize,
    depth: usize,
    /// Row of tiles by row; of each tile all depths together.
    words: Vec<u64>,
    /// What a symbol covers, for each place of its middle within a tile.
    stamps: Vec<Vec<Covered>>,
}

/// The cells a symbol covers in one tile.
#[derive(Clone, Copy, Debug)]
struct Covered {
    /// How many words the tile lies after that of the symbol's middle.
    after: isize,
    cells: u64,
}

impl Cover {
    /// For symbols of a radius (steps) with their middles in `bounds`; none when that takes too
    /// much room, which is when symbols are so far apart that few hide others.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "limited just before"
    )]
    pub fn new(bounds: Bounds, radius: f64, shape: PointShape, depth: usize) -> Option<Cover> {
        let steps_per_cell = radius / CELLS_PER_RADIUS;
        let [west, south, east, north] = bounds.0.map(f64::from);
        // A symbol reaches no farther than two tiles from its own.
        let margin = f64::from(3 * TILE);
        let cells = |length: f64| (length / steps_per_cell).ceil() + 2.0 * margin;
        let (columns, rows) = (cells(east - west), cells(north - south));
        if !(columns <= MOST_CELLS && rows <= MOST_CELLS) || depth == 0 || depth > DEEPEST {
            return None;
        }
        let tiles = |cells: f64| (cells / f64::from(TILE)).ceil() as usize;
        let (tiles_per_row, tile_rows) = (tiles(columns), tiles(rows));
        Some(Cover {
            corner: [margin.mul_add(-steps_per_cell, west), margin.mul_add(-steps_per_cell, south)],
            cells_per_step: 1.0 / steps_per_cell,
            tiles_per_row,
            depth,
            words: vec![0; tiles_per_row * tile_rows * depth],
            stamps: stamps(shape, tiles_per_row, depth),
        })
    }

    /// Covers what a symbol covers. True when any of it could still be seen.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the raster, which starts below every symbol"
    )]
    pub fn add(&mut self, at: [f64; 2]) -> bool {
        let x = ((at[0] - self.corner[0]) * self.cells_per_step) as u32 as usize;
        let y = ((at[1] - self.corner[1]) * self.cells_per_step) as u32 as usize;
        let tile = ((y / TILE_SIDE) * self.tiles_per_row + x / TILE_SIDE) * self.depth;
        let Some(stamp) = self.stamps.get(y % TILE_SIDE * TILE_SIDE + x % TILE_SIDE) else {
            return true;
        };
        let mut seen = 0;
        if self.depth == 1 {
            for covered in stamp {
                let Some(word) = self.words.get_mut(tile.wrapping_add_signed(covered.after)) else {
                    continue;
                };
                seen |= covered.cells & !*word;
                *word |= covered.cells;
            }
            return seen != 0;
        }
        for covered in stamp {
            let start = tile.wrapping_add_signed(covered.after);
            let Some(layers) = self.words.get_mut(start..start.wrapping_add(self.depth)) else {
                continue;
            };
            let mut carried = covered.cells;
            for layer in layers {
                let before = *layer;
                *layer |= carried;
                carried &= before;
            }
            seen |= carried ^ covered.cells;
        }
        seen != 0
    }
}

/// The cells a symbol covers by tile, for each of the 64 places of its middle within a tile.
fn stamps(shape: PointShape, tiles_per_row: usize, depth: usize) -> Vec<Vec<Covered>> {
    let cells = covered_cells(shape);
    let stride = isize::try_from(tiles_per_row * depth).unwrap_or(0);
    let across = isize::try_from(depth).unwrap_or(1);
    (0..TILE * TILE)
        .map(|place| {
            let (x0, y0) = (place % TILE, place / TILE);
            let mut stamp: Vec<Covered> = Vec::new();
            for [x, y] in &cells {
                let (x, y) = (x0 + x, y0 + y);
                let [column, row] = [x, y].map(|at| at.div_euclid(TILE) as isize);
                let after = row * stride + column * across;
                let bit = 1_u64 << (y.rem_euclid(TILE) * TILE + x.rem_euclid(TILE));
                match stamp.iter_mut().find(|covered| covered.after == after) {
                    Some(covered) => covered.cells |= bit,
                    None => stamp.push(Covered { after, cells: bit }),
                }
            }
            stamp
        })
        .collect()
}

/// The cells whose middles a symbol covers, from its own middle, as the shader draws it.
#[expect(clippy::cast_possible_truncation, reason = "a few cells")]
fn covered_cells(shape: PointShape) -> Vec<[i32; 2]> {
    let radius = CELLS_PER_RADIUS;
    let reach = (radius * 1.6).ceil() as i32;
    let is_covered = |[x, y]: &[i32; 2]| {
        let (x, y) = (f64::from(*x), f64::from(*y));
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
            // They are not convex and hide nothing: what several of them hide together does not
            // stay hidden when they grow.
            PointShape::Star | PointShape::Cross => false,
        }
    };
    let all = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| [x, y]));
    all.filter(is_covered).collect()
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
