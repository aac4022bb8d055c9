//! The greatest density of all points, wherever it is: what the last colour stands for.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of cells of the world, which fit"
)]

use super::density::Kernel;
use super::{Crowd, scale_at};
use crate::jobs::{Cancelled, Watch, cores, in_parallel};

/// How many cells there are in a radius: the greatest is found within a few hundredths, whatever
/// the view, which is enough for the end of a scale.
const CELLS: f64 = 8.0;

/// How many cells are looked at between two looks at the watch.
const PER_LOOK: usize = 1 << 13;

/// What lies in a cell: its row and column, and the weight in it.
type Cell = ((i64, i64), f32);

/// The greatest density (per km²) that points have, each counted as far as `radius` metres around
/// it: looked for in the cells that hold points, as the greatest is never far from one.
///
/// # Errors
/// When the person cancelled.
pub fn greatest_density(crowd: &Crowd, radius: f64, watch: &Watch) -> Result<f64, Cancelled> {
    let Some(extent) = crowd.extent else { return Ok(0.0) };
    let cell = radius * scale_at(extent.center()[1]) / CELLS;
    if !(cell > 0.0 && cell.is_finite()) {
        return Ok(0.0);
    }
    let cells = cells(crowd, cell, watch)?;
    let run = cells.len().div_ceil(cores() * 4).max(4096);
    let starts: Vec<usize> = (0..cells.len()).step_by(run).collect();
    let found = in_parallel(starts, |start| {
        greatest_of(&cells, start..(start + run).min(cells.len()), cell, radius, watch)
    });
    let found: Vec<f64> = found.into_iter().collect::<Result<_, _>>()?;
    Ok(found.into_iter().fold(0.0, f64::max))
}

/// The cells that hold points, by row and column.
fn cells(crowd: &Crowd, cell: f64, watch: &Watch) -> Result<Vec<Cell>, Cancelled> {
    let key = |[x, y]: [f64; 2]| ((y / cell).floor() as i64, (x / cell).floor() as i64);
    let mut all: Vec<Cell> =
        crowd.at.iter().enumerate().map(|(point, at)| (key(*at), crowd.weight(point))).collect();
    watch.check()?;
    all.sort_unstable_by_key(|(key, _)| *key);
    watch.check()?;
    let mut cells: Vec<Cell> = Vec::new();
    for (key, weight) in all {
        match cells.last_mut() {
            Some((last, sum)) if *last == key => *sum += weight,
            _ => cells.push((key, weight)),
        }
    }
    Ok(cells)
}

/// The greatest density in the middles of some of the cells.
fn greatest_of(
    cells: &[Cell],
    range: std::ops::Range<usize>,
    cell: f64,
    radius: f64,
    watch: &Watch,
) -> Result<f64, Cancelled> {
    let mut greatest = 0.0_f64;
    let mut kernel: Option<(i64, Kernel)> = None;
    // Where the cells begin that are near, for each distance in rows: they only move on.
    let mut begins: Vec<usize> = Vec::new();
    for (number, at) in range.enumerate() {
        if number % PER_LOOK == 0 {
            watch.check()?;
        }
        let Some(((row, column), _)) = cells.get(at).copied() else { continue };
        if kernel.as_ref().is_none_or(|(of, _)| *of != row) {
            let scale = scale_at((row as f64 + 0.5) * cell);
            kernel = Some((row, Kernel::new(radius, cell, scale)));
        }
        let Some((_, kernel)) = &kernel else { continue };
        let rows = 2 * kernel.lines.len() - 1;
        if begins.len() != rows {
            begins = vec![0; rows];
        }
        let mut sum = 0.0_f64;
        for (line, begin) in begins.iter_mut().enumerate() {
            let dy = line as i64 - (rows / 2) as i64;
            let Some(shares) = kernel.lines.get(dy.unsigned_abs() as usize) else { continue };
            let half = (shares.len() / 2) as i64;
            let from = (row + dy, column - half);
            if number == 0 || *begin == 0 {
                *begin = cells.partition_point(|(key, _)| *key < from);
            }
            while cells.get(*begin).is_some_and(|(key, _)| *key < from) {
                *begin += 1;
            }
            for ((of_row, of_column), weight) in cells.get(*begin..).unwrap_or_default() {
                let dx = of_column - from.1;
                if *of_row != from.0 || dx > 2 * half {
                    break;
                }
                let share = shares.get(dx as usize).copied().unwrap_or(0.0);
                sum += f64::from(share * weight);
            }
        }
        greatest = greatest.max(sum);
    }
    Ok(greatest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crowd::{Lattice, density};

    #[test]
    fn the_greatest_is_that_of_the_finest_lattice() {
        let places: Vec<[f64; 2]> = (0..4000_u32)
            .map(|at| {
                let spread = f64::from(at % 7) + 1.0;
                let [x, y] = [f64::from(at * 7919 % 1009), f64::from(at * 104_729 % 997)];
                [x * spread, y * spread]
            })
            .collect();
        let crowd = Crowd::of_places(places);
        let found = greatest_density(&crowd, 200.0, &Watch::unwatched()).unwrap();
        let lattice = Lattice { cell: 20.0, column: -10, row: -10, columns: 400, rows: 400 };
        let all = density(&crowd, 200.0, lattice, &Watch::unwatched()).unwrap();
        let exact = all.values.iter().copied().fold(0.0, f32::max);
        assert!((found / f64::from(exact) - 1.0).abs() < 0.05, "{found} of {exact}");
        // A lone point: the middle of the kernel.
        let lone = Crowd::of_places(vec![[3.0, 4.0]]);
        let found = greatest_density(&lone, 200.0, &Watch::unwatched()).unwrap();
        let top = 3.0 / (std::f64::consts::PI * 0.04);
        assert!((found / top - 1.0).abs() < 0.02, "{found} of {top}");
        let none = Crowd::of_places(Vec::new());
        assert!(greatest_density(&none, 200.0, &Watch::unwatched()).unwrap() <= 0.0);
    }
}
