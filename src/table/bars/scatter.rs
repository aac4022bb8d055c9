//! Rows by two of their numbers: as points while they are few, as cells of a grid when not.

use super::{Axis, STRIDE, place};
use crate::jobs::{Cancelled, Watch};
use crate::table::{RowSet, Table};

/// So many rows are drawn as points.
pub const MOST_POINTS: usize = 3000;

/// Cells of the grid beside and above each other.
const GRID: [usize; 2] = [48, 36];

/// Rows by two numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// The fields, by position: along the bottom, along the side.
    pub fields: [usize; 2],
    /// What lies on the two axes.
    pub axes: [Axis; 2],
    /// The least and the greatest along the bottom and along the side.
    pub ends: [[f64; 2]; 2],
    /// How many rows have both numbers.
    pub rows: u64,
    /// How many lack one of them.
    pub without: u64,
    /// The rows and their places, while they are at most [`MOST_POINTS`]; else empty.
    pub points: Vec<(usize, [f64; 2])>,
    /// How the two go together, from −1 to 1: Pearson's coefficient. None where one of them is
    /// always the same.
    pub correlation: Option<f64>,
    /// How many rows lie in each cell, from the bottom left, row by row.
    pub cells: Vec<u64>,
    /// Cells beside and above each other.
    pub grid: [usize; 2],
}

impl Scatter {
    /// Looks at two fields of the rows. None where one has no order or no row has both.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(
        table: &Table,
        fields: [usize; 2],
        rows: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<Option<Scatter>, Cancelled> {
        let axis = |at: usize| table.fields.get(at).and_then(|field| Axis::of(field.kind));
        let (Some(across), Some(up)) = (axis(fields[0]), axis(fields[1])) else { return Ok(None) };
        let mut found = Scatter {
            fields,
            axes: [across, up],
            ends: [[f64::INFINITY, f64::NEG_INFINITY]; 2],
            rows: 0,
            without: 0,
            points: Vec::new(),
            correlation: None,
            cells: vec![0; GRID[0] * GRID[1]],
            grid: GRID,
        };
        let mut spread = Together::default();
        let is_meant = |row: &usize| rows.is_none_or(|rows| rows.contains(*row));
        for row in (0..table.rows()).filter(is_meant) {
            if row.is_multiple_of(STRIDE) {
                watch.check()?;
            }
            let Some(at) = place_of(table, fields, row) else {
                found.without += 1;
                continue;
            };
            found.rows += 1;
            for (ends, at) in found.ends.iter_mut().zip(at) {
                *ends = [ends[0].min(at), ends[1].max(at)];
            }
            spread.add(at);
            if found.points.len() <= MOST_POINTS {
                found.points.push((row, at));
            }
        }
        if found.rows == 0 {
            return Ok(None);
        }
        if found.points.len() > MOST_POINTS {
            found.points.clear();
        }
        found.correlation = spread.correlation();
        found.cells = found.count(table, rows, watch)?;
        Ok(Some(found))
    }

    /// How many of some rows lie in each cell.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn count(
        &self,
        table: &Table,
        rows: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<Vec<u64>, Cancelled> {
        let mut cells = vec![0; self.grid[0] * self.grid[1]];
        let is_meant = |row: &usize| rows.is_none_or(|rows| rows.contains(*row));
        for row in (0..table.rows()).filter(is_meant) {
            if row.is_multiple_of(STRIDE) {
                watch.check()?;
            }
            let cell = place_of(table, self.fields, row).map(|at| self.cell(at));
            if let Some(cell) = cell.and_then(|cell| cells.get_mut(cell)) {
                *cell += 1;
            }
        }
        Ok(cells)
    }

    /// The rows whose numbers lie within: least and greatest across, then up, ends included.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn rows_in(
        &self,
        table: &Table,
        within: [[f64; 2]; 2],
        rows: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<RowSet, Cancelled> {
        let is_in = |at: [f64; 2]| {
            within.iter().zip(at).all(|([least, most], at)| (*least..=*most).contains(&at))
        };
        let mut chosen = Vec::new();
        for row in (0..table.rows()).filter(|row| rows.is_none_or(|rows| rows.contains(*row))) {
            if row.is_multiple_of(STRIDE) {
                watch.check()?;
            }
            if place_of(table, self.fields, row).is_some_and(is_in) {
                chosen.push(row);
            }
        }
        Ok(RowSet::of(table.rows(), chosen))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small whole number that is not negative; clamped"
    )]
    fn cell(&self, at: [f64; 2]) -> usize {
        let mut cells = [0; 2];
        for (cell, ((at, ends), count)) in
            cells.iter_mut().zip(at.iter().zip(self.ends).zip(self.grid))
        {
            let share = share(*at, ends) * count as f64;
            *cell = share.clamp(0.0, (count - 1) as f64) as usize;
        }
        cells[1] * self.grid[0] + cells[0]
    }
}

/// How far a number lies between two, 0 to 1; the middle where the two are one.
pub fn share(at: f64, [least, most]: [f64; 2]) -> f64 {
    // Halves: from one end of all numbers to the other is past all numbers.
    let span = most / 2.0 - least / 2.0;
    if span > 0.0 { (at / 2.0 - least / 2.0) / span } else { 0.5 }
}

fn place_of(table: &Table, [across, up]: [usize; 2], row: usize) -> Option<[f64; 2]> {
    Some([place(table.value(row, across))?, place(table.value(row, up))?])
}

/// Means and products, row by row, without large sums (Welford, Technometrics 4, 1962).
#[derive(Default)]
struct Together {
    count: f64,
    mean: [f64; 2],
    squares: [f64; 2],
    product: f64,
}

impl Together {
    fn add(&mut self, [x, y]: [f64; 2]) {
        self.count += 1.0;
        let before = [x - self.mean[0], y - self.mean[1]];
        self.mean[0] += before[0] / self.count;
        self.mean[1] += before[1] / self.count;
        let after = [x - self.mean[0], y - self.mean[1]];
        self.squares[0] += before[0] * after[0];
        self.squares[1] += before[1] * after[1];
        self.product += before[0] * after[1];
    }

    fn correlation(&self) -> Option<f64> {
        let both = self.squares[0].sqrt() * self.squares[1].sqrt();
        let found = self.product / both;
        (both > 0.0 && found.is_finite()).then(|| found.clamp(-1.0, 1.0))
    }
}
