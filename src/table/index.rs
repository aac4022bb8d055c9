//! A packed tree over the extents of rows.
//!
//! Rows are put in the order of a Hilbert curve through the middles of their extents, cut into
//! runs, and the runs' boxes into runs of their own, up to one (Kamel and Faloutsos, "On packing
//! R-trees", 1993). Boxes are `f32`, rounded outwards. Where there are many rows, only the boxes
//! of runs are kept and not those of single rows: about eight bytes a row in all.

use super::{Extent, GeometryColumn};
use crate::jobs::{cores, in_parallel};

/// How many boxes share a box on the level above.
const FAN_OUT: usize = 16;

/// With more rows than this, a box on the lowest level covers [`RUN`] rows.
const MANY: usize = 100_000;
const RUN: usize = 4;

/// How many rows are worth a piece of parallel work.
const PIECE: usize = 65_536;

/// West, south, east, north.
type Box32 = [f32; 4];

/// Finds the rows whose extent meets a rectangle.
#[derive(Debug, Default)]
pub struct SpatialIndex {
    /// The rows, in the order of the curve. Rows without geometry are not among them.
    rows: Vec<u32>,
    /// How many rows a box of the lowest level covers.
    run: usize,
    /// The boxes, lowest level first; each level is [`FAN_OUT`] times shorter than the one below.
    levels: Vec<Vec<Box32>>,
}

impl SpatialIndex {
    /// Indexes a geometry column; empty without one.
    pub fn of(geometry: Option<&GeometryColumn>) -> SpatialIndex {
        let Some(geometry) = geometry else { return SpatialIndex::default() };
        let extent = |row: u32| geometry.row(row as usize).extent();
        SpatialIndex::build(as_u32(geometry.len()), geometry.extent(), extent)
    }

    /// Indexes rows by their extents. Extents must be finite.
    pub fn of_extents(extents: impl IntoIterator<Item = (u32, Extent)>) -> SpatialIndex {
        let (rows, extents): (Vec<u32>, Vec<Extent>) = extents.into_iter().unzip();
        let all = extents.iter().copied().reduce(Extent::union);
        let extent = |item: u32| extents.get(item as usize).copied();
        let mut index = SpatialIndex::build(as_u32(extents.len()), all, extent);
        for item in &mut index.rows {
            *item = rows.get(*item as usize).copied().unwrap_or(u32::MAX);
        }
        index
    }

    /// Indexes the items from 0 to `count`, those without extent left out. Extents are asked for
    /// twice and not kept, which is quicker than making room for them.
    fn build(
        count: u32,
        all: Option<Extent>,
        extent: impl Fn(u32) -> Option<Extent> + Sync,
    ) -> SpatialIndex {
        let Some(all) = all else { return SpatialIndex::default() };
        let curve = Curve::over(outward(&all));
        // A large piece for each core: they are merged by one.
        let share = (count as usize).div_ceil(cores()).max(PIECE);
        let pieces = (0..count as usize).step_by(share).map(|start| {
            let start = as_u32(start);
            start..start.saturating_add(as_u32(share)).min(count)
        });
        let keys = in_parallel(pieces, |items| {
            let key = |item| Some(curve.place(&outward(&extent(item)?)) | u64::from(item));
            let mut keys: Vec<u64> = Vec::with_capacity(items.len());
            keys.extend(items.filter_map(key));
            keys.sort_unstable();
            keys
        });
        let mut order = Vec::with_capacity(count as usize);
        keys.into_iter().for_each(|mut piece| order.append(&mut piece));
        merge_runs(&mut order);
        let item = |key: &u64| as_u32(usize::try_from(key & u64::from(u32::MAX)).unwrap_or(0));
        let run = if order.len() > MANY { RUN } else { 1 };
        let around = |run: &[u64]| {
            let boxes = run.iter().filter_map(|key| extent(item(key)));
            boxes.map(|extent| outward(&extent)).reduce(union)
        };
        let pieces: Vec<&[u64]> = order.chunks(PIECE.next_multiple_of(run)).collect();
        let boxes = in_parallel(pieces, |piece| {
            piece.chunks(run).filter_map(around).collect::<Vec<Box32>>()
        });
        let mut level = boxes.concat();
        let rows: Vec<u32> = order.iter().map(item).collect();
        drop(order);
        let mut levels = Vec::new();
        while level.len() > FAN_OUT {
            let above = joined(&level);
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        SpatialIndex { rows, run, levels }
    }

    /// The rows whose extent meets the rectangle, and perhaps a few beside it, in no particular
    /// order.
    pub fn search(&self, extent: &Extent) -> Vec<usize> {
        let mut found = Vec::new();
        let wanted = outward(extent);
        let Some(top) = self.levels.len().checked_sub(1) else { return found };
        let whole = 0..self.levels.get(top).map_or(0, Vec::len);
        let mut open = vec![(top, whole)];
        while let Some((level, range)) = open.pop() {
            let boxes = self.levels.get(level).and_then(|boxes| boxes.get(range.clone()));
            for (at, _) in range.zip(boxes.unwrap_or_default()).filter(|(_, b)| meets(b, &wanted)) {
                if let Some(below) = level.checked_sub(1) {
                    let length = self.levels.get(below).map_or(0, Vec::len);
                    open.push((below, at * FAN_OUT..((at + 1) * FAN_OUT).min(length)));
                } else {
                    let end = ((at + 1) * self.run).min(self.rows.len());
                    let rows = self.rows.get(at * self.run..end).unwrap_or_default();
                    found.extend(rows.iter().map(|row| *row as usize));
                }
            }
        }
        found
    }

    /// The number of rows in the index.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row has geometry.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Rows past 32 bits are not indexed; no table has so many.
fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Sorts a few sorted runs one after another.
#[expect(clippy::stable_sort_primitive, reason = "it finds the runs and only merges them")]
fn merge_runs(keys: &mut [u64]) {
    keys.sort();
}

fn meets(a: &Box32, b: &Box32) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

fn union(a: Box32, b: Box32) -> Box32 {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The boxes around runs of boxes.
fn joined(boxes: &[Box32]) -> Vec<Box32> {
    boxes.chunks(FAN_OUT).filter_map(|run| run.iter().copied().reduce(union)).collect()
}

/// The box, no smaller for its rounding.
#[expect(clippy::cast_possible_truncation, reason = "put right where it rounds inwards")]
fn outward(extent: &Extent) -> Box32 {
    let down = |value: f64| {
        let near = value as f32;
        if f64::from(near) > value { near.next_down() } else { near }
    };
    let up = |value: f64| {
        let near = value as f32;
        if f64::from(near) < value { near.next_up() } else { near }
    };
    [down(extent.min_x), down(extent.min_y), up(extent.max_x), up(extent.max_y)]
}

/// The Hilbert curve of 2^16 by 2^16 cells over a rectangle.
struct Curve {
    corner: [f32; 2],
    /// Cells per unit.
    scale: [f32; 2],
}

impl Curve {
    fn over([west, south, east, north]: Box32) -> Curve {
        // A side without length, or one beyond all numbers, has one cell.
        let scale = |side: f32| if side > 0.0 && side.is_finite() { 65_535.0 / side } else { 0.0 };
        Curve { corner: [west, south], scale: [scale(east - west), scale(north - south)] }
    }

    /// Where the middle of a box lies along the curve, in the upper half of the number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    fn place(&self, [west, south, east, north]: &Box32) -> u64 {
        let x = ((f32::midpoint(*west, *east) - self.corner[0]) * self.scale[0]) as u16;
        let y = ((f32::midpoint(*south, *north) - self.corner[1]) * self.scale[1]) as u16;
        u64::from(along_curve(x, y)) << 32
    }
}

/// How far along the curve a cell is.
fn along_curve(x: u16, y: u16) -> u32 {
    let mut along = 0;
    let mut turn = 0;
    for shift in [12, 8, 4, 0] {
        let digit = usize::from((x >> shift & 15) << 4 | y >> shift & 15);
        // Both in range: four turns, four bits of each.
        let step = STEPS.get(turn).and_then(|steps| steps.get(digit)).copied().unwrap_or_default();
        along = along << 8 | u32::from(step.0);
        turn = usize::from(step.1);
    }
    along
}

/// For each way the square may be turned and four bits of x and of y: how far along the curve of
/// 16 by 16 cells that is, and how the square is turned inside that cell.
static STEPS: [[(u8, u8); 256]; 4] = steps();

/// The curve taken bit by bit: for each the quarter that holds the cell, the square turned so
/// that each quarter starts where the one before ended (Hilbert, "Über die stetige Abbildung einer
/// Linie auf ein Flächenstück", 1891). A turn is whether x and y are exchanged (1) and whether
/// both run the other way (2).
#[expect(clippy::indexing_slicing, reason = "known when compiled")]
#[expect(clippy::cast_possible_truncation, reason = "small numbers")]
const fn steps() -> [[(u8, u8); 256]; 4] {
    let mut steps = [[(0, 0); 256]; 4];
    let mut start = 0;
    while start < 4 {
        let mut digit = 0;
        while digit < 256 {
            let (mut turn, mut along, mut bit) = (start, 0, 4);
            while bit > 0 {
                bit -= 1;
                let (x, y) = (digit >> (4 + bit) & 1, digit >> bit & 1);
                let (x, y) = if turn & 1 == 1 { (y, x) } else { (x, y) };
                let (x, y) = if turn & 2 == 2 { (1 - x, 1 - y) } else { (x, y) };
                along = along << 2 | ((3 * x) ^ y);
                if y == 0 {
                    turn ^= if x == 1 { 3 } else { 1 };
                }
            }
            steps[start][digit] = (along as u8, turn as u8);
            digit += 1;
        }
        start += 1;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::GeometryBuilder;

    #[test]
    fn rows_without_geometry_do_not_shift_the_others() {
        let mut builder = GeometryBuilder::new();
        builder.push_null();
        builder.push_point([1.0, 1.0]);
        builder.push_null();
        builder.push_point([5.0, 5.0]);
        builder.push_point([f64::NAN, 1.0]);
        let column = builder.finish().unwrap_or_default();
        let index = SpatialIndex::of(Some(&column));
        assert_eq!(index.len(), 2);
        assert_eq!(index.search(&Extent { min_x: 4.0, min_y: 4.0, max_x: 6.0, max_y: 6.0 }), [3]);
        assert!(SpatialIndex::of(None).search(&Extent::of_point([0.0, 0.0])).is_empty());
    }

    /// The curve passes every cell once and goes only from a cell to one beside it.
    #[test]
    fn the_curve_goes_from_neighbour_to_neighbour() {
        let side = 32_u16;
        let cells = (0..side).flat_map(|x| (0..side).map(move |y| (along_curve(x, y), x, y)));
        let mut cells: Vec<_> = cells.collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let [(a, ax, ay), (b, bx, by)] = pair else { panic!("two") };
            assert_eq!(a + 1, *b);
            assert_eq!(ax.abs_diff(*bx) + ay.abs_diff(*by), 1, "{a}");
        }
    }

    /// Against looking at every row, with few and with many rows.
    #[test]
    fn every_row_in_the_rectangle_is_found_and_hardly_another() {
        for count in [0_u32, 1, 16, 17, 300, 120_000] {
            let extents: Vec<Extent> = (0..count)
                .map(|row| {
                    // Spread without order; every hundredth is large.
                    let spread = |by: u32| f64::from(row.wrapping_mul(by) >> 12) / 1e3;
                    let (x, y) = (spread(2_654_435_761), spread(2_246_822_519));
                    let size = if row % 100 == 0 { 40.0 } else { 0.1 };
                    Extent { min_x: x, min_y: y, max_x: x + size, max_y: y + size / 2.0 }
                })
                .collect();
            let index = SpatialIndex::of_extents((0..).zip(extents.iter().copied()));
            assert_eq!(index.len(), extents.len());
            for view in [[0.0, 0.0, 2000.0, 2000.0], [100.0, 50.0, 130.0, 90.0], [7.0; 4]] {
                let [min_x, min_y, max_x, max_y] = view;
                let view = Extent { min_x, min_y, max_x, max_y };
                let mut found = index.search(&view);
                found.sort_unstable();
                let wanted: Vec<usize> =
                    (0..extents.len()).filter(|row| extents[*row].intersects(&view)).collect();
                assert!(wanted.iter().all(|row| found.binary_search(row).is_ok()));
                let most = wanted.len() + 8 * (2 + wanted.len() / 4);
                assert!(found.len() <= most, "{} for {}", found.len(), wanted.len());
            }
        }
    }
}
