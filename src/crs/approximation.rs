//! A transformation through polynomials, checked against the transformation itself.
//!
//! PROJ takes most of a microsecond for a position; for a million trees that is felt. Over an area
//! as large as a city a transformation is so smooth that a polynomial gives the same place to far
//! below a millimetre. An area where it does not is cut in four, again and again; what does not
//! become smooth (where PROJ changes from one operation to another, or has none) is left to PROJ.
//!
//! Each polynomial interpolates at Chebyshev nodes (Trefethen, "Approximation Theory and
//! Approximation Practice", chapters 3, 4 and 8: for an analytic function the coefficients fall
//! geometrically, and what is left out is of the size of the first coefficient left out). It is
//! used only if its own highest coefficients are below the tolerance and if it agrees with the
//! transformation within the tolerance at 49 other places, the corners of the cell among them.

/// The number of nodes along a side of a cell; polynomials are of one degree less in x and in y.
const NODES: usize = 6;

/// The number of places along a side of a cell where a polynomial is checked.
const CHECKED: u8 = 7;

/// How often a cell is cut in four at most.
const DEEPEST: u8 = 12;

/// The Chebyshev polynomials of degree 0 to 5 in powers of their variable, constant first.
const CHEBYSHEV: [[f64; NODES]; NODES] = [
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
    [-1.0, 0.0, 2.0, 0.0, 0.0, 0.0],
    [0.0, -3.0, 0.0, 4.0, 0.0, 0.0],
    [1.0, 0.0, -8.0, 0.0, 8.0, 0.0],
    [0.0, 5.0, 0.0, -20.0, 0.0, 16.0],
];

type Position = [f64; 2];
/// For each power of u, for each power of v, the coefficients of both results.
type Coefficients = [[Position; NODES]; NODES];

/// A square.
#[derive(Clone, Copy, Debug)]
struct Square {
    centre: Position,
    /// Half its side.
    half: f64,
}

impl Square {
    /// The place at `u`, `v` from −1 to 1.
    fn at(&self, [u, v]: Position) -> Position {
        let [x, y] = self.centre;
        [x + u * self.half, y + v * self.half]
    }

    fn quarter(&self, number: usize) -> Square {
        let half = self.half / 2.0;
        let side = |bit: usize| if number & bit == 0 { -half } else { half };
        let [x, y] = self.centre;
        Square { centre: [x + side(1), y + side(2)], half }
    }
}

#[derive(Debug)]
enum Cell {
    /// A polynomial stands for the transformation.
    Smooth(Box<Coefficients>),
    /// The first of its four quarters.
    Cut(usize),
    /// None does.
    Rough,
}

/// Polynomials in place of a transformation.
#[derive(Debug)]
pub(super) struct Approximation {
    square: Square,
    /// The whole square first.
    cells: Vec<Cell>,
}

impl Approximation {
    /// Fits polynomials to a transformation over an area (west, south, east, north), so that both
    /// results are within `tolerance`, with not many more than `most_cells` of them. `exact`
    /// transforms positions in place; one that it cannot transform is not finite afterwards.
    pub(super) fn fit(
        [west, south, east, north]: [f64; 4],
        tolerance: f64,
        most_cells: usize,
        mut exact: impl FnMut(&mut [Position]),
    ) -> Approximation {
        let side = (east - west).max(north - south);
        // A little larger, so that rounding leaves nobody outside; a single place has a size too.
        let half = (side * 0.500_001).max(1e-6);
        let centre = [f64::midpoint(west, east), f64::midpoint(south, north)];
        let square = Square { centre, half };
        let mut cells = vec![Cell::Rough];
        let mut open = std::collections::VecDeque::from([(0, square, 0)]);
        while let Some((at, square, depth)) = open.pop_front() {
            let made = match fit_square(&square, tolerance, &mut exact) {
                Some(coefficients) => Cell::Smooth(Box::new(coefficients)),
                None if depth < DEEPEST && cells.len() < most_cells => {
                    let first = cells.len();
                    for number in 0..4 {
                        cells.push(Cell::Rough);
                        open.push_back((first + number, square.quarter(number), depth + 1));
                    }
                    Cell::Cut(first)
                }
                None => Cell::Rough,
            };
            if let Some(cell) = cells.get_mut(at) {
                *cell = made;
            }
        }
        Approximation { square, cells }
    }

    /// Transforms positions in place; those without a polynomial by `exact`, all at once.
    pub(super) fn apply(&self, xy: &mut [Position], exact: impl FnOnce(&mut [Position])) {
        let (mut places, mut rest) = (Vec::new(), Vec::new());
        for (place, position) in xy.iter_mut().enumerate() {
            if let Some(value) = self.value(*position) {
                *position = value;
            } else {
                places.push(place);
                rest.push(*position);
            }
        }
        if rest.is_empty() {
            return;
        }
        exact(&mut rest);
        for (place, value) in places.into_iter().zip(rest) {
            if let Some(position) = xy.get_mut(place) {
                *position = value;
            }
        }
    }

    #[inline]
    fn value(&self, [x, y]: Position) -> Option<Position> {
        let mut square = self.square;
        let inside = |square: &Square| {
            let [cx, cy] = square.centre;
            // Not so for what is no number.
            (x - cx).abs() <= square.half && (y - cy).abs() <= square.half
        };
        if !inside(&square) {
            return None;
        }
        let mut cell = self.cells.first()?;
        loop {
            match cell {
                Cell::Smooth(coefficients) => {
                    let [cx, cy] = square.centre;
                    let scale = 1.0 / square.half;
                    return Some(evaluate(coefficients, [(x - cx) * scale, (y - cy) * scale]));
                }
                Cell::Rough => return None,
                Cell::Cut(first) => {
                    let [cx, cy] = square.centre;
                    let number = usize::from(x >= cx) + 2 * usize::from(y >= cy);
                    square = square.quarter(number);
                    cell = self.cells.get(first + number)?;
                }
            }
        }
    }
}

/// The polynomials for a square; none where they are not as good as wanted.
fn fit_square(
    square: &Square,
    tolerance: f64,
    exact: &mut impl FnMut(&mut [Position]),
) -> Option<Coefficients> {
    let nodes: [f64; NODES] = std::array::from_fn(|node| {
        let node = f64::from(u8::try_from(node).unwrap_or(0));
        (std::f64::consts::PI * (node + 0.5) / 6.0).cos()
    });
    let mut values = Vec::with_capacity(NODES * NODES + 1);
    values.extend(nodes.iter().flat_map(|u| nodes.map(|v| square.at([*u, v]))));
    // Values are taken relative to the middle's: small numbers are exact numbers.
    values.push(square.centre);
    exact(&mut values);
    if !values.iter().flatten().all(|value| value.is_finite()) {
        return None;
    }
    let middle = values.pop()?;
    let mut high = [0.0; 2];
    let mut powers = [[[0.0; 2]; NODES]; NODES];
    for (a, in_u) in CHEBYSHEV.iter().enumerate() {
        for (b, in_v) in CHEBYSHEV.iter().enumerate() {
            let mut sum = [0.0; 2];
            let places = nodes
                .iter()
                .flat_map(|u| nodes.map(|v| polynomial(in_u, *u) * polynomial(in_v, v)));
            for (weight, value) in places.zip(&values) {
                sum[0] += weight * (value[0] - middle[0]);
                sum[1] += weight * (value[1] - middle[1]);
            }
            let share = |degree: usize| if degree == 0 { 1.0 / 6.0 } else { 1.0 / 3.0 };
            let coefficient = sum.map(|sum| sum * share(a) * share(b));
            if a == NODES - 1 || b == NODES - 1 {
                high[0] += coefficient[0].abs();
                high[1] += coefficient[1].abs();
            }
            for (row, u) in powers.iter_mut().zip(in_u) {
                for (cell, v) in row.iter_mut().zip(in_v) {
                    cell[0] += coefficient[0] * u * v;
                    cell[1] += coefficient[1] * u * v;
                }
            }
        }
    }
    let [[constant, ..], ..] = &mut powers;
    constant[0] += middle[0];
    constant[1] += middle[1];
    let steps = (0..CHECKED).map(|step| f64::from(step) / f64::from(CHECKED - 1) * 2.0 - 1.0);
    let places: Vec<Position> =
        steps.clone().flat_map(|u| steps.clone().map(move |v| [u, v])).collect();
    let mut checked: Vec<Position> = places.iter().map(|place| square.at(*place)).collect();
    exact(&mut checked);
    let agrees = places.iter().zip(&checked).all(|(place, [x, y])| {
        let [u, v] = evaluate(&powers, *place);
        (u - x).abs() <= tolerance && (v - y).abs() <= tolerance
    });
    (agrees && high[0] <= tolerance && high[1] <= tolerance).then_some(powers)
}

fn polynomial(powers: &[f64; NODES], at: f64) -> f64 {
    powers.iter().rev().fold(0.0, |sum, power| sum * at + power)
}

/// Horner's scheme in both variables, both results at once.
#[inline]
fn evaluate(coefficients: &Coefficients, [u, v]: Position) -> Position {
    let mut value = [0.0; 2];
    for row in coefficients.iter().rev() {
        let mut inner = [0.0; 2];
        for [x, y] in row.iter().rev() {
            inner = [inner[0] * v + x, inner[1] * v + y];
        }
        value = [value[0] * u + inner[0], value[1] * u + inner[1]];
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up transformation with a jump, a place without result and a steep corner.
    fn exact(xy: &mut [Position]) {
        for position in xy {
            let [x, y] = *position;
            *position = if x > 900.0 && y > 900.0 {
                [f64::NAN; 2]
            } else if x < 123.4 {
                [x + 5.0, y]
            } else {
                [(x / 300.0).sin() * 1e5, (y / 400.0).exp() * 1e5]
            };
        }
    }

    #[test]
    fn what_is_smooth_is_close_and_the_rest_is_exact() {
        let mut calls = 0;
        let made = Approximation::fit([0.0, 0.0, 1000.0, 1000.0], 1e-3, 2000, |xy| {
            calls += xy.len();
            exact(xy);
        });
        assert!(calls < 300_000, "{calls}");
        let mut places: Vec<Position> = Vec::new();
        for x in 0..=400 {
            for y in 0..=400 {
                places.push([f64::from(x) * 2.5, f64::from(y) * 2.5]);
            }
        }
        places.extend([[f64::NAN, 1.0], [-50.0, 20.0], [5000.0, f64::INFINITY]]);
        let mut expected = places.clone();
        exact(&mut expected);
        let mut by_exact = 0;
        made.apply(&mut places, |rest| {
            by_exact = rest.len();
            exact(rest);
        });
        assert!(by_exact < places.len() / 20, "{by_exact}");
        for (found, expected) in places.iter().zip(&expected) {
            for (found, expected) in found.iter().zip(expected) {
                let same =
                    found.to_bits() == expected.to_bits() || (found.is_nan() && expected.is_nan());
                assert!(same || (found - expected).abs() <= 1e-3, "{found} {expected}");
            }
        }
    }
}
