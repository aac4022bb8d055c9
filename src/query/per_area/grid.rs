//! A grid over areas: of most cells it is known which areas they lie in, so that a point there
//! costs one look. The others list the areas whose border runs through them.
//!
//! Column and row of a position come from one function that grows with the coordinate, so that a
//! cell is all positions between two numbers. An edge marks the cells it may run through, a little
//! too many rather than one too few; cells next to each other without an edge between them lie on
//! the same side, so that one test settles a whole run of them.

use super::super::point_in_area::{Location, PreparedPolygon};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{Extent, PartRef};

/// Cells over all areas at least and at most.
const LEAST_CELLS: f64 = 256.0;
const MOST_CELLS: f64 = 1_048_576.0;
/// Cells for each thing looked up, and for each area.
const CELLS_A_THING: f64 = 0.25;
const CELLS_AN_AREA: f64 = 4.0;
/// Cells that areas may cover, all together: a guard against thousands of large ones.
const MOST_COVERED: f64 = 16_000_000.0;
/// The share of a cell by which an edge is taken wider than it is.
const SLACK: f64 = 1e-6;
/// Set where all of a cell lies in the polygon.
const WHOLE: u32 = 1 << 31;

/// How positions fall into cells.
#[derive(Clone, Copy, Debug)]
struct Cells {
    extent: Extent,
    /// Columns and rows.
    size: [usize; 2],
    /// Cells per unit of length, along x and y.
    per_unit: [f64; 2],
}

/// A cell of a polygon: which, and whether all of it lies inside.
type Marked = (usize, bool);

/// Which polygons the cells lie in.
#[derive(Debug)]
pub(super) struct Grid {
    cells: Option<Cells>,
    /// Where the entries of each cell start, and one past the last's.
    starts: Vec<usize>,
    /// Numbers of polygons in ascending order, with [`WHOLE`].
    entries: Vec<u32>,
}

/// How a polygon lies to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InCell {
    /// All of the cell lies inside.
    Whole(usize),
    /// Its border may run through.
    Perhaps(usize),
}

impl Grid {
    /// Over polygons, with their rings and prepared, for a number of things.
    pub fn of(
        polygons: &[(PartRef<'_>, &PreparedPolygon)],
        things: usize,
        watch: &Watch,
    ) -> Result<Grid, Cancelled> {
        let extents = polygons.iter().map(|(_, prepared)| prepared.extent());
        let cells = Cells::over(extents, polygons.len(), things);
        let none = Grid { cells: None, starts: Vec::new(), entries: Vec::new() };
        let Some(cells) = cells else { return Ok(none) };
        let marked = in_parallel(polygons, |(part, prepared)| {
            watch.check()?;
            Ok(cells.marked(*part, prepared))
        });
        let marked: Vec<Vec<Marked>> = marked.into_iter().collect::<Result<_, Cancelled>>()?;
        let [columns, rows] = cells.size;
        let mut starts = vec![0_usize; columns * rows + 1];
        for (cell, _) in marked.iter().flatten() {
            if let Some(count) = starts.get_mut(cell + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut entries = vec![0_u32; sum];
        for (number, marked) in marked.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX) & !WHOLE;
            for (cell, is_whole) in marked {
                let Some(place) = next.get_mut(*cell) else { continue };
                if let Some(entry) = entries.get_mut(*place) {
                    *entry = if *is_whole { number | WHOLE } else { number };
                }
                *place += 1;
            }
        }
        Ok(Grid { cells: Some(cells), starts, entries })
    }

    fn at(&self, column: usize, row: usize, columns: usize) -> &[u32] {
        let cell = row * columns + column;
        match (self.starts.get(cell), self.starts.get(cell + 1)) {
            (Some(start), Some(end)) => self.entries.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The polygons that a point may lie in, in ascending order.
    pub fn around(&self, point: [f64; 2]) -> impl Iterator<Item = InCell> + '_ {
        // False for positions that are not finite.
        let cells = self.cells.filter(|cells| cells.extent.contains(point));
        let entries = cells.map_or(&[][..], |cells| {
            let [x, y] = point;
            self.at(cells.column(x), cells.row(y), cells.size[0])
        });
        entries.iter().map(|entry| {
            let number = (entry & !WHOLE) as usize;
            if entry & WHOLE == 0 { InCell::Perhaps(number) } else { InCell::Whole(number) }
        })
    }

    /// The one polygon that a whole rectangle lies in, clear of its border, where it meets no
    /// other; none where that is not known at once.
    pub fn only_around(&self, extent: &Extent) -> Option<usize> {
        let cells = self.cells?;
        let is_in = |x, y| cells.extent.contains([x, y]);
        if !is_in(extent.min_x, extent.min_y) || !is_in(extent.max_x, extent.max_y) {
            return None;
        }
        let mut only = None;
        for row in cells.row(extent.min_y)..=cells.row(extent.max_y) {
            for column in cells.column(extent.min_x)..=cells.column(extent.max_x) {
                let [entry] = self.at(column, row, cells.size[0]) else { return None };
                if entry & WHOLE == 0 || only.is_some_and(|only| only != *entry) {
                    return None;
                }
                only = Some(*entry);
            }
        }
        only.map(|entry| (entry & !WHOLE) as usize)
    }
}

impl Cells {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "clamped; counts are far below 2^52"
    )]
    fn over(
        extents: impl Iterator<Item = Extent> + Clone,
        areas: usize,
        things: usize,
    ) -> Option<Cells> {
        let extent = extents.clone().reduce(Extent::union)?;
        let [width, height] = [extent.width(), extent.height()];
        if !width.is_finite() || !height.is_finite() {
            return None;
        }
        let wanted = (things as f64 * CELLS_A_THING).max(areas as f64 * CELLS_AN_AREA);
        let mut wanted = wanted.clamp(LEAST_CELLS, MOST_CELLS);
        // What areas cover of the whole, more than all of it where they overlap.
        let share = |of: f64, whole: f64| if whole > 0.0 { of / whole } else { 1.0 };
        let covered: f64 =
            extents.map(|of| share(of.width(), width) * share(of.height(), height)).sum();
        wanted = wanted.min(MOST_COVERED / covered.max(1.0)).max(1.0);
        let ratio = if width > 0.0 && height > 0.0 { width / height } else { 1.0 };
        let columns = (wanted * ratio).sqrt().round().clamp(1.0, wanted);
        let rows = (wanted / columns).round().clamp(1.0, wanted);
        let per_unit = |count: f64, length: f64| if length > 0.0 { count / length } else { 0.0 };
        let per_unit = [per_unit(columns, width), per_unit(rows, height)];
        // Past all numbers where the extent is too small to be divided.
        let is_usable = per_unit.iter().all(|number| number.is_finite());
        is_usable.then_some(Cells { extent, size: [columns as usize, rows as usize], per_unit })
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    fn along(&self, axis: usize, from: f64, value: f64) -> usize {
        let (Some(per_unit), Some(size)) = (self.per_unit.get(axis), self.size.get(axis)) else {
            return 0;
        };
        let at = (value - from) * per_unit;
        (at.clamp(0.0, 4_294_967_295.0) as usize).min(size.saturating_sub(1))
    }

    fn column(&self, x: f64) -> usize {
        self.along(0, self.extent.min_x, x)
    }

    fn row(&self, y: f64) -> usize {
        self.along(1, self.extent.min_y, y)
    }

    /// The middle of a cell; it need not lie in it where cells are hardly wider than numbers are
    /// apart.
    #[expect(clippy::cast_precision_loss, reason = "numbers of cells are small")]
    fn middle(&self, column: usize, row: usize) -> [f64; 2] {
        let along = |from: f64, at: usize, per_unit: f64| {
            if per_unit > 0.0 { from + (at as f64 + 0.5) / per_unit } else { from }
        };
        [
            along(self.extent.min_x, column, self.per_unit[0]),
            along(self.extent.min_y, row, self.per_unit[1]),
        ]
    }

    /// The cells of a polygon: those its border may run through, and those inside.
    fn marked(&self, part: PartRef<'_>, prepared: &PreparedPolygon) -> Vec<Marked> {
        let extent = prepared.extent();
        let (left, right) = (self.column(extent.min_x), self.column(extent.max_x));
        let (low, high) = (self.row(extent.min_y), self.row(extent.max_y));
        let (width, height) = (right - left + 1, high - low + 1);
        let mut on_border = vec![false; width * height];
        let mut mark = |row: usize, from: usize, to: usize| {
            let start = row.saturating_sub(low) * width;
            let cells = start + from.saturating_sub(left)..=start + to.saturating_sub(left);
            on_border.get_mut(cells).unwrap_or_default().fill(true);
        };
        for ring in part.rings() {
            let corners = ring.xy();
            let closing = corners.last().into_iter().chain(corners);
            for (from, to) in closing.zip(corners) {
                self.along_edge(*from, *to, &mut mark);
            }
        }
        let mut marked = Vec::new();
        for (row, line) in (low..).zip(on_border.chunks(width)) {
            let mut run: Option<bool> = None;
            for (column, is_border) in (left..).zip(line) {
                let cell = row * self.size[0] + column;
                if *is_border {
                    run = None;
                    marked.push((cell, false));
                    continue;
                }
                let is_inside = *run.get_or_insert_with(|| {
                    prepared.locate(self.middle(column, row)) == Location::Inside
                });
                let [x, y] = self.middle(column, row);
                if self.column(x) != column || self.row(y) != row {
                    run = None;
                    marked.push((cell, false));
                } else if is_inside {
                    marked.push((cell, true));
                }
            }
        }
        marked
    }

    /// The cells that an edge may run through, row by row.
    fn along_edge(
        &self,
        [ax, ay]: [f64; 2],
        [bx, by]: [f64; 2],
        mark: &mut impl FnMut(usize, usize, usize),
    ) {
        let (low, high) = if ay <= by { ([ax, ay], [bx, by]) } else { ([bx, by], [ax, ay]) };
        let (first, last) = (self.row(low[1]), self.row(high[1]));
        let (left, right) = (self.column(ax.min(bx)), self.column(ax.max(bx)));
        if first == last || left == right {
            (first..=last).for_each(|row| mark(row, left, right));
            return;
        }
        let tall = 1.0 / self.per_unit[1];
        let slack = [SLACK / self.per_unit[0], tall * SLACK];
        // Rounding of large coordinates.
        let rounding = 1e-14 * (ax.abs() + bx.abs() + ay.abs() + by.abs());
        let slack = slack.map(|slack| slack + rounding);
        let x_at = |y: f64| {
            let share = ((y - low[1]) / (high[1] - low[1])).clamp(0.0, 1.0);
            low[0] + (high[0] - low[0]) * share
        };
        for row in first..=last {
            let [_, middle] = self.middle(0, row);
            let half = tall / 2.0 + slack[1];
            let (a, b) = (x_at(middle - half), x_at(middle + half));
            let from = self.column(a.min(b) - slack[0]).max(left);
            let to = self.column(a.max(b) + slack[0]).min(right);
            mark(row, from, to);
        }
    }
}
