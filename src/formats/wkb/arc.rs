//! Circular arcs as runs of short lines.

use std::f64::consts::{PI, TAU};

/// A position with what it may carry: x, y, height, measure.
pub(in crate::formats) type Position = [f64; 4];

/// The angle between two positions on an arc: 4 degrees, as GDAL does it. The line then strays by
/// at most 0.06 % of the radius from the arc.
const STEP: f64 = PI / 45.0;

/// An arc of more steps than a whole circle's does not exist; this guards against rounding.
const MOST: f64 = 91.0;

/// The positions of the arc from `start` through `middle` to `end`, without the first. Heights
/// and measures run evenly along it. Three positions in a line are a line; where start and end
/// are the same, the arc is the whole circle of which `middle` lies opposite the start.
pub(in crate::formats) fn positions(
    start: Position,
    middle: Position,
    end: Position,
) -> Vec<Position> {
    let Some(([cx, cy], radius)) = circle(start, middle, end) else { return vec![middle, end] };
    let angle = |[x, y, ..]: Position| (y - cy).atan2(x - cx);
    let (from, via, to) = (angle(start), angle(middle), angle(end));
    let whole = is_same(start, end);
    let turn = |a: f64, b: f64| (b - a).rem_euclid(TAU);
    // Counter-clockwise when the middle is met before the end in that direction.
    let sweep = match (whole, turn(from, to)) {
        (true, _) => TAU,
        (false, onward) if turn(from, via) <= onward => onward,
        (false, onward) => onward - TAU,
    };
    let steps = (sweep.abs() / STEP).ceil().clamp(1.0, MOST);
    let mut made = Vec::new();
    let mut step = 1.0;
    while step < steps {
        let share = step / steps;
        let at = from + sweep * share;
        let along = |first: f64, last: f64| first + (last - first) * share;
        made.push([
            cx + radius * at.cos(),
            cy + radius * at.sin(),
            along(start[2], end[2]),
            along(start[3], end[3]),
        ]);
        step += 1.0;
    }
    made.push(end);
    made
}

#[expect(clippy::float_cmp, reason = "the same position written twice is the same number")]
fn is_same(a: Position, b: Position) -> bool {
    a[0] == b[0] && a[1] == b[1]
}

/// The centre and the radius of the circle through three positions; none when they lie in a line.
#[expect(clippy::many_single_char_names, reason = "a formula")]
fn circle(a: Position, b: Position, c: Position) -> Option<([f64; 2], f64)> {
    if is_same(a, c) {
        let centre = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        let radius = (a[0] - centre[0]).hypot(a[1] - centre[1]);
        return (radius > 0.0 && radius.is_finite()).then_some((centre, radius));
    }
    // From the first position, so that large coordinates lose no digits.
    let (bx, by, cx, cy) = (b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]);
    let double_area = bx * cy - by * cx;
    let (bb, cc) = (bx * bx + by * by, cx * cx + cy * cy);
    if double_area.abs() <= 1e-12 * bb.max(cc) {
        return None;
    }
    let x = (cy * bb - by * cc) / (2.0 * double_area);
    let y = (bx * cc - cx * bb) / (2.0 * double_area);
    let radius = x.hypot(y);
    radius.is_finite().then_some(([a[0] + x, a[1] + y], radius))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Position {
        [x, y, f64::NAN, f64::NAN]
    }

    #[test]
    fn an_arc_stays_on_its_circle_and_passes_the_middle_side() {
        for (middle, passes) in [(at(0.0, 5.0), 1.0), (at(0.0, -5.0), -1.0)] {
            let arc = positions(at(5.0, 0.0), middle, at(-5.0, 0.0));
            assert_eq!(arc.len(), 45);
            for [x, y, ..] in &arc {
                assert!((x.hypot(*y) - 5.0).abs() < 1e-12);
                assert!(y * passes > -1e-9);
            }
        }
    }

    #[test]
    fn a_closed_arc_is_a_circle_and_a_straight_one_a_line() {
        let circle = positions(at(0.0, 0.0), at(2.0, 0.0), at(0.0, 0.0));
        assert_eq!(circle.len(), 90);
        assert!(circle.iter().all(|[x, y, ..]| ((x - 1.0).hypot(*y) - 1.0).abs() < 1e-12));
        let line = positions(at(0.0, 0.0), at(1.0, 1.0), at(2.0, 2.0));
        assert_eq!(line.iter().map(|p| p[0]).collect::<Vec<_>>(), [1.0, 2.0]);
    }

    #[test]
    fn heights_run_evenly_along() {
        let arc = positions([1.0, 0.0, 10.0, 0.0], [0.0, 1.0, 0.0, 0.0], [-1.0, 0.0, 20.0, 9.0]);
        let [.., third, _] = arc.as_slice() else { panic!("an arc") };
        assert!((third[2] - (20.0 - 10.0 / 45.0)).abs() < 1e-9);
    }
}
