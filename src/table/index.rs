//! A packed tree over the extents of rows.
//!
//! Rows are put in the order of a Hilbert curve through the middles of their extents, cut into
//! runs, and the runs' boxes into runs of their own, up to one (Kamel and Faloutsos, "On packing
//! R-trees", 1993). Boxes are `f32`, rounded outwards. Where there are many rows, only the boxes
//! of runs are kept and not those of single rows: about eight bytes a row in all.

use super::hilbert::{Curve, as_u32, in_order};
use super::{Extent, GeometryColumn};
use crate::jobs::{Cancelled, Watch, in_parallel};

/// How many boxes share a box on the level above.
const FAN_OUT: usize = 16;

/// With more rows than this, a box on the lowest level covers [`RUN`] rows.
const MANY: usize = 100_000;
const RUN: usize = 4;

/// How many rows are a piece of parallel work.
const PIECE: usize = 16_384;

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
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(geometry: Option<&GeometryColumn>, watch: &Watch) -> Result<SpatialIndex, Cancelled> {
        let Some(geometry) = geometry else { return Ok(SpatialIndex::default()) };
        let (count, all) = (as_u32(geometry.len()), geometry.extent());
        if let Some(points) = geometry.points() {
            let is_finite = |[x, y]: &&[f64; 2]| x.is_finite() && y.is_finite();
            let point = |row: u32| points.get(row as usize).filter(is_finite);
            let extent = |row| point(row).map(|point| Extent::of_point(*point));
            return SpatialIndex::build(count, all, extent, watch);
        }
        let extent = |row: u32| geometry.row(row as usize).extent();
        SpatialIndex::build(count, all, extent, watch)
    }

    /// Indexes rows by their extents. Extents must be finite.
    pub fn of_extents(extents: impl IntoIterator<Item = (u32, Extent)>) -> SpatialIndex {
        let (rows, extents): (Vec<u32>, Vec<Extent>) = extents.into_iter().unzip();
        let all = extents.iter().copied().reduce(Extent::union);
        let extent = |item: u32| extents.get(item as usize).copied();
        let index = SpatialIndex::build(as_u32(extents.len()), all, extent, &Watch::unwatched());
        // Nobody cancels.
        let mut index = index.unwrap_or_default();
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
        watch: &Watch,
    ) -> Result<SpatialIndex, Cancelled> {
        let Some(all) = all else { return Ok(SpatialIndex::default()) };
        let curve = Curve::over(outward(&all));
        let rows = in_order(count, |item| Some(curve.place(middle(&extent(item)?))), watch)?;
        let run = if rows.len() > MANY { RUN } else { 1 };
        let around = |run: &[u32]| {
            let extents = run.iter().filter_map(|item| extent(*item));
            extents.reduce(Extent::union).map(|extent| outward(&extent))
        };
        let pieces: Vec<&[u32]> = rows.chunks(PIECE.next_multiple_of(run)).collect();
        let boxes = in_parallel(pieces, |piece| {
            watch.check()?;
            Ok(piece.chunks(run).filter_map(around).collect::<Vec<Box32>>())
        });
        let mut level = boxes.into_iter().collect::<Result<Vec<_>, Cancelled>>()?.concat();
        let mut levels = Vec::new();
        while level.len() > FAN_OUT {
            let above = joined(&level);
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        Ok(SpatialIndex { rows, run, levels })
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

    /// As [`Self::search`], from the first of a table's so many rows to the last.
    pub fn search_in_order(&self, extent: &Extent, rows: usize) -> Vec<usize> {
        let mut found = self.search(extent);
        if found.len() < rows / 16 {
            found.sort_unstable();
            return found;
        }
        // Of many it is quicker to mark them.
        let mut marked = vec![false; rows];
        for row in found {
            if let Some(mark) = marked.get_mut(row) {
                *mark = true;
            }
        }
        marked
            .into_iter()
            .enumerate()
            .filter_map(|(row, is_found)| is_found.then_some(row))
            .collect()
    }

    /// The rows in the order of the curve: near in the list, near on the map. Those without
    /// geometry are not among them.
    pub fn rows_along(&self) -> &[u32] {
        &self.rows
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

/// The middle, roughly.
#[expect(clippy::cast_possible_truncation, reason = "roughly")]
fn middle(extent: &Extent) -> [f32; 2] {
    extent.center().map(|value| value as f32)
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
        let index = SpatialIndex::of(Some(&column), &Watch::unwatched()).unwrap_or_default();
        assert_eq!(index.len(), 2);
        assert_eq!(index.search(&Extent { min_x: 4.0, min_y: 4.0, max_x: 6.0, max_y: 6.0 }), [3]);
        let none = SpatialIndex::of(None, &Watch::unwatched()).unwrap_or_default();
        assert!(none.search(&Extent::of_point([0.0, 0.0])).is_empty());
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
