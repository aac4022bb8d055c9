//! The best place for a name inside an area: the point farthest from all of its edges.
//!
//! The pole of inaccessibility, found by cutting squares in four and following the one that can
//! hold the best point (V. Agafonkin, "A new algorithm for finding a visual center of a polygon",
//! Mapbox, 2016).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The answer is at most this share of the shorter side of the area's box less far from the edges
/// than the best point is.
const PRECISION: f64 = 0.01;

/// The most squares looked at: an area of strange coordinates ends too.
const MOST_CELLS: usize = 20_000;

/// A point inside an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InnerPoint {
    /// Where it is.
    pub at: [f64; 2],
    /// How far it is from the nearest edge.
    pub distance: f64,
}

/// The point inside a polygon (outer ring and holes, even-odd) that is farthest from all edges, to
/// a hundredth of the shorter side of its box. None where the polygon has no inside.
pub fn inner_point(rings: &[&[[f64; 2]]]) -> Option<InnerPoint> {
    let outer = rings.first()?;
    let [min_x, min_y, max_x, max_y] = outer.iter().try_fold(
        [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
        |[w, s, e, n], [x, y]| {
            (x.is_finite() && y.is_finite()).then(|| [w.min(*x), s.min(*y), e.max(*x), n.max(*y)])
        },
    )?;
    let (width, height) = (max_x - min_x, max_y - min_y);
    let side = width.min(height);
    if !(side > 0.0 && side.is_finite()) {
        return None;
    }
    let precision = side * PRECISION;
    let half = side / 2.0;
    let mut best = Cell::new([min_x + width / 2.0, min_y + height / 2.0], 0.0, rings);
    if let Some(centroid) = centroid(outer) {
        best = best.farther(Cell::new(centroid, 0.0, rings));
    }
    let mut waiting = BinaryHeap::new();
    let mut x = min_x;
    while x < max_x && waiting.len() < MOST_CELLS {
        let mut y = min_y;
        while y < max_y && waiting.len() < MOST_CELLS {
            waiting.push(Cell::new([x + half, y + half], half, rings));
            y += side;
        }
        x += side;
    }
    let mut seen = waiting.len();
    while let Some(cell) = waiting.pop() {
        best = best.farther(cell);
        if cell.most - best.distance <= precision || seen >= MOST_CELLS {
            // The others can hold no better point: the heap gives the most promising first.
            break;
        }
        let quarter = cell.half / 2.0;
        for [dx, dy] in [[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]] {
            let centre = [cell.centre[0] + dx * quarter, cell.centre[1] + dy * quarter];
            waiting.push(Cell::new(centre, quarter, rings));
        }
        seen += 4;
    }
    (best.distance > 0.0).then_some(InnerPoint { at: best.centre, distance: best.distance })
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    centre: [f64; 2],
    /// Half the side.
    half: f64,
    /// From the centre to the nearest edge; negative outside.
    distance: f64,
    /// The farthest from the edges that a point of the square can be.
    most: f64,
}

impl Cell {
    fn new(centre: [f64; 2], half: f64, rings: &[&[[f64; 2]]]) -> Cell {
        let distance = signed_distance(centre, rings);
        Cell { centre, half, distance, most: distance + half * std::f64::consts::SQRT_2 }
    }

    fn farther(self, other: Cell) -> Cell {
        if other.distance > self.distance { other } else { self }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Cell) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Cell) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    /// By what they can hold; among equals by place, so that the answer is the same every time.
    fn cmp(&self, other: &Cell) -> Ordering {
        let by_place = || {
            let (a, b) = (self.centre, other.centre);
            a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
        };
        self.most.total_cmp(&other.most).then_with(by_place)
    }
}

/// The distance from a point to the nearest edge, negative outside (even-odd).
fn signed_distance([x, y]: [f64; 2], rings: &[&[[f64; 2]]]) -> f64 {
    let mut inside = false;
    let mut nearest = f64::INFINITY;
    for ring in rings {
        let Some(last) = ring.last() else { continue };
        let [mut ax, mut ay] = *last;
        for [bx, by] in *ring {
            if (ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                inside = !inside;
            }
            nearest = nearest.min(squared_distance([x, y], [ax, ay], [*bx, *by]));
            [ax, ay] = [*bx, *by];
        }
    }
    if inside { nearest.sqrt() } else { -nearest.sqrt() }
}

fn squared_distance([x, y]: [f64; 2], [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let share =
        if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (dx, dy) = (x - ax - share * dx, y - ay - share * dy);
    dx * dx + dy * dy
}

/// The centre of gravity of a ring; none for one without area.
fn centroid(ring: &[[f64; 2]]) -> Option<[f64; 2]> {
    let [x0, y0] = *ring.first()?;
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    // From the first corner: far from the origin the differences would drown.
    for ([ax, ay], [bx, by]) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (ax, ay, bx, by) = (ax - x0, ay - y0, bx - x0, by - y0);
        let cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    let centre = [x0 + x / (3.0 * area), y0 + y / (3.0 * area)];
    centre.iter().all(|value| value.is_finite()).then_some(centre)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<InnerPoint>, distance: f64, tolerance: f64) -> InnerPoint {
        let found = found.expect("it has an inside");
        assert!((found.distance - distance).abs() <= tolerance, "{found:?}, not {distance}");
        found
    }

    #[test]
    fn the_middle_of_simple_shapes() {
        let square = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
        let found = close(inner_point(&[&square]), 5.0, 0.1);
        assert!((found.at[0] - 5.0).abs() < 0.2 && (found.at[1] - 5.0).abs() < 0.2);
        // The incircle of a 3-4-5 triangle has radius 1.
        let triangle = [[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]];
        close(inner_point(&[&triangle]), 1.0, 0.03);
        let hole = [[4.0, 4.0], [6.0, 4.0], [6.0, 6.0], [4.0, 6.0], [4.0, 4.0]];
        // In a corner, as far from two sides as from the corner of the hole: d = (4 − d) √2.
        let root = std::f64::consts::SQRT_2;
        close(inner_point(&[&square, &hole]), 4.0 * root / (1.0 + root), 0.1);
    }

    #[test]
    fn what_has_no_inside_has_no_inner_point() {
        assert_eq!(inner_point(&[]), None);
        assert_eq!(inner_point(&[&[]]), None);
        assert_eq!(inner_point(&[&[[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]]), None);
        assert_eq!(inner_point(&[&[[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]]), None);
        assert_eq!(inner_point(&[&[[0.0, 0.0], [f64::NAN, 1.0], [1.0, 0.0]]]), None);
        // A needle a billion times longer than wide ends too.
        let needle = [[0.0, 0.0], [1e9, 0.0], [1e9, 1.0], [0.0, 1.0]];
        close(inner_point(&[&needle]), 0.5, 0.02);
    }
}
