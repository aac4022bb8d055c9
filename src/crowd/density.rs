//! The density of points, by a kernel: each point is spread over the places around it.
//!
//! The kernel is the quartic or biweight one of two dimensions, 3/π (1 − d²)² (Silverman, "Density
//! Estimation for Statistics and Data Analysis", 1986, equation 4.5), as QGIS takes for its heat
//! maps. Points are first put into cells, shared among the four nearest by how near they are
//! (linear binning: Wand, "Fast computation of multivariate kernel estimators", 1994), so that a
//! million of them cost little more than the cells they fall in.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of cells of a lattice, checked to be few"
)]

use super::{Crowd, scale_at};
use crate::jobs::{Cancelled, Watch, in_parallel};

/// How many points are put into cells between two looks at the watch.
const POINTS_PER_LOOK: usize = 1 << 16;

/// How many lines of cells are one piece of work.
const LINES: usize = 16;

/// One kernel serves lines of cells whose scales differ less than this share.
const SAME_SCALE: f64 = 2e-4;

/// The most cells a lattice has.
const MOST_CELLS: usize = 1 << 25;

/// The cells of a kernel on each side of its middle, at most.
const MOST_REACH: f64 = 400.0;

/// Square cells that lie fixed in the world: cell (column, row) begins that many sides east and
/// north of the origin of Web Mercator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// The side of a cell, Web Mercator metres.
    pub cell: f64,
    /// The westernmost column.
    pub column: i64,
    /// The southernmost row.
    pub row: i64,
    /// How many columns.
    pub columns: usize,
    /// How many rows.
    pub rows: usize,
}

impl Lattice {
    /// The middle of a cell, Web Mercator metres.
    pub fn middle(&self, column: usize, row: usize) -> [f64; 2] {
        let at = |first: i64, number: usize| (first as f64 + number as f64 + 0.5) * self.cell;
        [at(self.column, column), at(self.row, row)]
    }
}

/// How dense points are: a number for each cell of a lattice, line by line from the south.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The cells.
    pub lattice: Lattice,
    /// Points per square kilometre on the ground, or what they count for.
    pub values: Vec<f32>,
}

impl Density {
    /// The number of a cell.
    pub fn at(&self, column: usize, row: usize) -> Option<f32> {
        if column >= self.lattice.columns {
            return None;
        }
        self.values.get(row * self.lattice.columns + column).copied()
    }

    /// Between the middles of four cells; 0 beyond the lattice.
    pub(super) fn between(&self, [x, y]: [f64; 2]) -> f32 {
        let Lattice { cell, column, row, .. } = self.lattice;
        let place = [x / cell - 0.5 - column as f64, y / cell - 0.5 - row as f64];
        let [left, low] = place.map(f64::floor);
        let [right, up] = [(place[0] - left) as f32, (place[1] - low) as f32];
        let cell = |dx: f64, dy: f64| {
            let (column, row) = (left + dx, low + dy);
            if column < 0.0 || row < 0.0 {
                return 0.0;
            }
            self.at(column as usize, row as usize).unwrap_or(0.0)
        };
        let below = cell(0.0, 0.0).mul_add(1.0 - right, cell(1.0, 0.0) * right);
        let above = cell(0.0, 1.0).mul_add(1.0 - right, cell(1.0, 1.0) * right);
        below.mul_add(1.0 - up, above * up)
    }
}

/// The kernel in cells of a size at a latitude: for each distance in rows its line from west to
/// east, so that all its numbers, each times the ground of a cell in km², add up to 1.
pub(super) struct Kernel {
    /// The line of each distance in rows, from the middle outwards.
    pub lines: Vec<Vec<f32>>,
}

impl Kernel {
    /// For a radius in metres on the ground, and cells of a side in Web Mercator metres.
    pub fn new(radius: f64, cell: f64, scale: f64) -> Kernel {
        let reach = (radius * scale / cell).min(MOST_REACH);
        let ground = (cell / scale / 1000.0).powi(2);
        let whole = reach.floor() as i64;
        let of = |dx: i64, dy: i64| {
            let share = (dx * dx + dy * dy) as f64 / (reach * reach);
            if share < 1.0 { (1.0 - share).powi(2) } else { 0.0 }
        };
        let mut lines: Vec<Vec<f64>> = (0..=whole)
            .map(|dy| {
                let half = (reach * reach - (dy * dy) as f64).max(0.0).sqrt().floor() as i64;
                (-half..=half).map(|dx| of(dx, dy)).collect()
            })
            .collect();
        // Smaller than a cell: all of it is in the one in the middle.
        if whole == 0 {
            lines = vec![vec![1.0]];
        }
        let line_sum = |line: &Vec<f64>| line.iter().sum::<f64>();
        let middle = lines.first().map_or(0.0, line_sum);
        let sum = 2.0 * lines.iter().map(line_sum).sum::<f64>() - middle;
        let norm = 1.0 / (sum * ground);
        let narrow = |line: Vec<f64>| line.into_iter().map(|at| (at * norm) as f32).collect();
        Kernel { lines: lines.into_iter().map(narrow).collect() }
    }
}

/// What lies in the cells of one line: columns, counted from the lattice's first, and weights.
type Line = Vec<(i64, f32)>;

/// How dense points are in the cells of a lattice, each counted as far as `radius` metres on the
/// ground around it. Where the radius is smaller than a cell: how many there are in the cell. The
/// sum over all cells is that of the points.
///
/// # Errors
/// When the person cancelled.
pub fn density(
    crowd: &Crowd,
    radius: f64,
    lattice: Lattice,
    watch: &Watch,
) -> Result<Density, Cancelled> {
    let Lattice { cell, columns, rows, row: first_row, .. } = lattice;
    let area = columns.saturating_mul(rows);
    if area == 0 || area > MOST_CELLS || !(radius > 0.0 && cell > 0.0) {
        return Ok(Density { lattice, values: vec![0.0; area.min(MOST_CELLS)] });
    }
    let northing = |row: i64| (row as f64 + 0.5) * cell;
    let ends = [northing(first_row), northing(first_row + rows as i64)];
    let widest = ends.into_iter().map(scale_at).fold(1.0, f64::max);
    let margin = (radius * widest * 1.05 / cell).min(MOST_REACH).ceil() as usize + 1;
    let lines = in_cells(crowd, lattice, margin, watch)?;

    // A kernel for each line of cells that points lie in; neighbours share one, and which do does
    // not depend on the lattice.
    let mut kernels: Vec<(i64, Kernel)> = Vec::new();
    let of_line: Vec<usize> = (0..lines.len())
        .map(|line| {
            let scale = scale_at(northing(first_row + line as i64 - margin as i64));
            let step = (scale.ln() / SAME_SCALE).round() as i64;
            if kernels.last().is_none_or(|(of, _)| *of != step) {
                let scale = (step as f64 * SAME_SCALE).exp();
                kernels.push((step, Kernel::new(radius, cell, scale)));
            }
            kernels.len() - 1
        })
        .collect();

    let mut values = vec![0.0_f32; area];
    let pieces: Vec<(usize, &mut [f32])> = values.chunks_mut(columns * LINES).enumerate().collect();
    let done = in_parallel(pieces, |(piece, values)| {
        watch.check()?;
        let mut wide = vec![0.0_f32; columns + 4 * margin];
        for (number, into) in values.chunks_mut(columns).enumerate() {
            let row = piece * LINES + number + margin;
            wide.fill(0.0);
            for line in row.saturating_sub(margin)..=row + margin {
                let (Some(points), Some(kernel)) =
                    (lines.get(line), of_line.get(line).and_then(|at| kernels.get(*at)))
                else {
                    continue;
                };
                if let Some(kernel) = kernel.1.lines.get(line.abs_diff(row)) {
                    spread(points, kernel, margin, &mut wide);
                }
            }
            if let Some(middle) = wide.get(2 * margin..2 * margin + columns) {
                into.copy_from_slice(middle);
            }
        }
        Ok(())
    });
    done.into_iter().collect::<Result<(), Cancelled>>()?;
    Ok(Density { lattice, values })
}

/// Adds a line of the kernel around each of the points of a line of cells.
fn spread(points: &Line, kernel: &[f32], margin: usize, wide: &mut [f32]) {
    let half = kernel.len() / 2;
    for (column, weight) in points {
        // From one margin west of the lattice to one east of it; the buffer has two on each side.
        let middle = column + 2 * margin as i64;
        let Some(start) = usize::try_from(middle).ok().and_then(|at| at.checked_sub(half)) else {
            continue;
        };
        if let Some(around) = wide.get_mut(start..start + kernel.len()) {
            for (value, share) in around.iter_mut().zip(kernel) {
                *value = share.mul_add(*weight, *value);
            }
        }
    }
}

/// Puts points into the cells of a lattice and so many around it: a line for each row from the
/// south.
fn in_cells(
    crowd: &Crowd,
    lattice: Lattice,
    margin: usize,
    watch: &Watch,
) -> Result<Vec<Line>, Cancelled> {
    let (wide, high) = (lattice.columns + 2 * margin, lattice.rows + 2 * margin);
    let first = [lattice.column, lattice.row].map(|first| first - margin as i64);
    let mut cells = vec![0.0_f32; wide * high];
    for (point, [x, y]) in crowd.at.iter().enumerate() {
        if point % POINTS_PER_LOOK == 0 {
            watch.check()?;
        }
        // The share of each cell does not depend on where the lattice begins.
        let place = [x / lattice.cell - 0.5, y / lattice.cell - 0.5];
        let whole = place.map(f64::floor);
        let [right, up] = [(place[0] - whole[0]) as f32, (place[1] - whole[1]) as f32];
        let cell = [whole[0] as i64 - first[0], whole[1] as i64 - first[1]];
        let [Ok(left), Ok(low)] = cell.map(usize::try_from) else { continue };
        if left >= wide || low >= high {
            continue;
        }
        let weight = crowd.weight(point);
        let parts = [
            (0, 0, (1.0 - right) * (1.0 - up)),
            (1, 0, right * (1.0 - up)),
            (0, 1, (1.0 - right) * up),
            (1, 1, right * up),
        ];
        for (dx, dy, share) in parts {
            if left + dx < wide
                && let Some(cell) = cells.get_mut((low + dy) * wide + left + dx)
            {
                *cell = share.mul_add(weight, *cell);
            }
        }
    }
    let line = |cells: &[f32]| -> Line {
        let found = cells.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
        found.map(|(column, weight)| (column as i64 - margin as i64, *weight)).collect()
    };
    Ok(cells.chunks(wide).map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(cell: f64, half: i64, middle: [f64; 2]) -> Lattice {
        let first = middle.map(|at| (at / cell).floor() as i64 - half);
        let side = usize::try_from(2 * half + 1).unwrap();
        Lattice { cell, column: first[0], row: first[1], columns: side, rows: side }
    }

    /// Against the definition, at places that are no middles of cells. At the equator a metre of Web
    /// Mercator is one on the ground.
    #[test]
    fn points_have_the_kernels_own_form_around_them() {
        let places = [[5.0, 5.0], [38.3, -61.7], [-24.9, 12.2], [-25.6, 14.0]];
        let crowd = Crowd::of_places(places.to_vec());
        let found = density(&crowd, 160.0, around(10.0, 30, [5.0, 5.0]), &Watch::unwatched());
        let found = found.unwrap();
        let top = 3.0 / (std::f64::consts::PI * 0.160 * 0.160);
        for column in 0..61 {
            for row in 0..61 {
                let [x, y] = found.lattice.middle(column, row);
                let of = |[px, py]: &[f64; 2]| {
                    let share = ((x - px).powi(2) + (y - py).powi(2)) / (160.0 * 160.0);
                    top * (1.0 - share).max(0.0).powi(2)
                };
                let expected: f64 = places.iter().map(of).sum();
                let value = f64::from(found.at(column, row).unwrap());
                let apart = (value - expected).abs();
                assert!(apart < top * 0.012, "{column} {row}: {value} {expected}");
            }
        }
        assert!(found.at(55, 30).unwrap() < 1e-6, "beyond the radius there is nothing");
    }

    /// Whatever the cells, also larger than the radius, no point is lost and none counted twice,
    /// far north too, where a metre on the ground is two of Web Mercator.
    #[test]
    fn densities_add_up_to_the_points() {
        let places: Vec<[f64; 2]> = (0..500_u32)
            .map(|at| [f64::from(at * 7919 % 1009), 8_400_000.0 + f64::from(at * 104_729 % 997)])
            .collect();
        let crowd = Crowd::of_places(places);
        for cell in [4.0, 30.0, 250.0] {
            let lattice = around(cell, (1400.0 / cell) as i64 + 2, [500.0, 8_400_500.0]);
            let found = density(&crowd, 120.0, lattice, &Watch::unwatched()).unwrap();
            let sum: f64 = (0..lattice.rows)
                .flat_map(|row| (0..lattice.columns).map(move |column| (column, row)))
                .map(|(column, row)| {
                    let scale = scale_at(lattice.middle(column, row)[1]);
                    let ground = (cell / scale / 1000.0).powi(2);
                    f64::from(found.at(column, row).unwrap()) * ground
                })
                .sum();
            assert!((sum - 500.0).abs() < 0.5, "{cell}: {sum}");
        }
    }

    #[test]
    fn a_place_has_the_same_density_from_every_view() {
        let places: Vec<[f64; 2]> = (0..300_u32)
            .map(|at| [f64::from(at * 7919 % 1009), f64::from(at * 104_729 % 997)])
            .collect();
        let crowd = Crowd::of_places(places);
        let one = density(&crowd, 90.0, around(10.0, 40, [500.0, 500.0]), &Watch::unwatched());
        let other = density(&crowd, 90.0, around(10.0, 20, [610.0, 450.0]), &Watch::unwatched());
        let (one, other) = (one.unwrap(), other.unwrap());
        let shift =
            [other.lattice.column - one.lattice.column, other.lattice.row - one.lattice.row]
                .map(|by| usize::try_from(by).unwrap());
        let mut seen = 0.0_f32;
        for row in 0..41 {
            for column in 0..41 {
                let there = one.at(column + shift[0], row + shift[1]).unwrap();
                assert_eq!(other.at(column, row), Some(there));
                seen = seen.max(there);
            }
        }
        assert!(seen > 0.0);
    }
}
