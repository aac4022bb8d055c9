//! Exact answers about positions: which way a corner turns, how two segments meet, how directions
//! lie around a point. Signs come from Shewchuk's adaptive predicates (through `geo`); only the
//! place where two segments cross is rounded.

use std::cmp::Ordering;

use geo::Coord;
use geo::kernels::{Kernel, Orientation, RobustKernel};

/// x and y in the coordinates of the layer.
pub(crate) type Position = [f64; 2];

/// Two positions and the straight line between them.
pub(crate) type Segment = [Position; 2];

/// Numbers beyond this are no place in any system, and the exact predicates would overflow.
pub(crate) const LARGEST: f64 = 1e100;

/// Whether a position can be computed with.
#[inline]
pub(crate) fn is_place([x, y]: Position) -> bool {
    // False for what is no number.
    x.abs() <= LARGEST && y.abs() <= LARGEST
}

/// Which way it goes at a corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Left,
    Right,
    /// Straight on or straight back.
    Straight,
}

/// Which way it goes at `b`, coming from `a` and going to `c`.
#[inline]
pub(crate) fn turn(a: Position, b: Position, c: Position) -> Turn {
    // Corners that segments share are common, and the costliest to decide.
    if same(a, c) || same(b, c) || same(a, b) {
        return Turn::Straight;
    }
    let at = |[x, y]: Position| Coord { x, y };
    match RobustKernel::orient2d(at(a), at(b), at(c)) {
        Orientation::CounterClockwise => Turn::Left,
        Orientation::Clockwise => Turn::Right,
        Orientation::Collinear => Turn::Straight,
    }
}

/// How two segments meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meeting {
    Apart,
    /// They cross inside both, about there.
    Cross(Position),
    /// They share one point, an end of one of them at least.
    Touch(Position),
    /// They share a stretch between two ends.
    Overlap(Position, Position),
}

/// West, south, east and north of a segment.
#[inline]
pub(crate) fn around([[ax, ay], [bx, by]]: Segment) -> [f64; 4] {
    [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]
}

/// Whether two boxes share a point.
#[inline]
pub(crate) fn meets(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// How two segments meet; neither may be a single point. -0 and 0 are the same place.
pub(crate) fn meeting(a: Segment, b: Segment) -> Meeting {
    if !meets(&around(a), &around(b)) {
        return Meeting::Apart;
    }
    let [a0, a1] = a;
    let [b0, b1] = b;
    let (of_b0, of_b1) = (turn(a0, a1, b0), turn(a0, a1, b1));
    if of_b0 == of_b1 && of_b0 != Turn::Straight {
        return Meeting::Apart;
    }
    let (of_a0, of_a1) = (turn(b0, b1, a0), turn(b0, b1, a1));
    if of_a0 == of_a1 && of_a0 != Turn::Straight {
        return Meeting::Apart;
    }
    let turns = [(of_b0, b0), (of_b1, b1), (of_a0, a0), (of_a1, a1)];
    if turns.iter().all(|(turn, _)| *turn == Turn::Straight) {
        return on_one_line(a, b);
    }
    // An end on the other's line lies on the other itself: the ends of the other are on both
    // sides of this one's line, or at that end.
    match turns.iter().find(|(turn, _)| *turn == Turn::Straight) {
        Some((_, end)) => Meeting::Touch(*end),
        None => Meeting::Cross(crossing(a, b)),
    }
}

/// How two segments of one line meet.
fn on_one_line(a: Segment, b: Segment) -> Meeting {
    // Along x and then y the positions of a line are in order.
    let sorted = |[from, to]: Segment| if before(from, to) { [from, to] } else { [to, from] };
    let ([a0, a1], [b0, b1]) = (sorted(a), sorted(b));
    let start = if before(a0, b0) { b0 } else { a0 };
    let end = if before(a1, b1) { a1 } else { b1 };
    if same(start, end) {
        Meeting::Touch(start)
    } else if before(start, end) {
        Meeting::Overlap(start, end)
    } else {
        Meeting::Apart
    }
}

/// Whether a position comes before another along x, then y.
#[inline]
pub(crate) fn before(a: Position, b: Position) -> bool {
    a[0] < b[0] || (same_number(a[0], b[0]) && a[1] < b[1])
}

/// Whether two positions are the same.
#[inline]
pub(crate) fn same(a: Position, b: Position) -> bool {
    same_number(a[0], b[0]) && same_number(a[1], b[1])
}

#[expect(clippy::float_cmp, reason = "the very same number is meant")]
#[inline]
fn same_number(a: f64, b: f64) -> bool {
    a == b
}

/// About where two segments cross that do cross: within both their boxes.
fn crossing(a: Segment, b: Segment) -> Position {
    let [[ax, ay], [a1x, a1y]] = a;
    let [[bx, by], [b1x, b1y]] = b;
    let (dax, day) = (a1x - ax, a1y - ay);
    let (dbx, dby) = (b1x - bx, b1y - by);
    let across = difference_of_products(dax, dby, day, dbx);
    let along = difference_of_products(bx - ax, dby, by - ay, dbx) / across;
    let (a, b) = (around(a), around(b));
    let within = |value: f64, at: usize| {
        let (low, high) = match at {
            0 => (a[0].max(b[0]), a[2].min(b[2])),
            _ => (a[1].max(b[1]), a[3].min(b[3])),
        };
        // Nearly parallel ones may divide by nothing.
        if value.is_finite() { value.max(low).min(high) } else { f64::midpoint(low, high) }
    };
    // -0 would be another place than 0 where places are compared bit by bit.
    [within(along.mul_add(dax, ax), 0) + 0.0, within(along.mul_add(day, ay), 1) + 0.0]
}

/// `a b - c d` to nearly the last bit (Kahan; see Jeannerod, Louvet and Muller, "Further analysis
/// of Kahan's algorithm for the accurate computation of 2 x 2 determinants", 2013).
fn difference_of_products(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let cd = c * d;
    let error = (-c).mul_add(d, cd);
    a.mul_add(b, -cd) + error
}

/// How two directions from a point lie, counter-clockwise from just after straight down.
pub(crate) fn by_angle(from: Position, a: Position, b: Position) -> Ordering {
    let is_left = |[x, y]: Position| !(x > from[0] || (same_number(x, from[0]) && y > from[1]));
    is_left(a).cmp(&is_left(b)).then_with(|| match turn(from, a, b) {
        Turn::Left => Ordering::Less,
        Turn::Right => Ordering::Greater,
        Turn::Straight => Ordering::Equal,
    })
}

/// Whether a direction from a point lies between two others, going counter-clockwise from the
/// first to the second, and along neither.
pub(crate) fn is_between(at: Position, first: Position, it: Position, second: Position) -> bool {
    let after_first = by_angle(at, first, it) == Ordering::Less;
    let before_second = by_angle(at, it, second) == Ordering::Less;
    match by_angle(at, first, second) {
        Ordering::Less => after_first && before_second,
        Ordering::Greater => after_first || before_second,
        Ordering::Equal => false,
    }
}

/// Whether a ring of positions, the first repeated at the end, turns left; it must not cross
/// itself. Exact: by the corner that is lowest along x, then y.
pub(crate) fn is_counter_clockwise(ring: &[Position]) -> bool {
    let corners = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
    let mut lowest = 0;
    for (at, corner) in corners.iter().enumerate() {
        if corners.get(lowest).is_some_and(|low| before(*corner, *low)) {
            lowest = at;
        }
    }
    let Some(corner) = corners.get(lowest).copied() else { return false };
    let others = |step: usize| {
        let all = (1..corners.len()).map(move |by| (lowest + by * step) % corners.len());
        all.filter_map(|at| corners.get(at).copied()).find(|other| !same(*other, corner))
    };
    let (Some(next), Some(previous)) = (others(1), others(corners.len().saturating_sub(1))) else {
        return false;
    };
    turn(previous, corner, next) == Turn::Left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_meet_in_every_way() {
        let a = [[0.0, 0.0], [4.0, 4.0]];
        for (b, expected) in [
            ([[0.0, 4.0], [4.0, 0.0]], Meeting::Cross([2.0, 2.0])),
            ([[4.0, 0.0], [0.0, 4.0]], Meeting::Cross([2.0, 2.0])),
            ([[2.0, 2.0], [4.0, 0.0]], Meeting::Touch([2.0, 2.0])),
            ([[4.0, 4.0], [9.0, 0.0]], Meeting::Touch([4.0, 4.0])),
            ([[4.0, 4.0], [5.0, 5.0]], Meeting::Touch([4.0, 4.0])),
            ([[5.0, 5.0], [6.0, 6.0]], Meeting::Apart),
            ([[3.0, 3.0], [9.0, 9.0]], Meeting::Overlap([3.0, 3.0], [4.0, 4.0])),
            ([[9.0, 9.0], [-1.0, -1.0]], Meeting::Overlap([0.0, 0.0], [4.0, 4.0])),
            ([[3.0, 2.0], [4.0, 0.0]], Meeting::Apart),
            ([[0.0, 1.0], [1.0, 2.0]], Meeting::Apart),
        ] {
            assert_eq!(meeting(a, b), expected, "{b:?}");
            assert_eq!(meeting(b, a), expected, "{b:?} the other way");
        }
        // On the line or not is decided exactly: 0.1 + 0.2 - 0.2 is not 0.1, but a bit more.
        let slanted = [[0.0, 0.0], [0.3, 0.3]];
        let from = |x: f64| meeting(slanted, [[x, 0.1], [0.0, 5.0]]);
        assert_eq!(from(0.1), Meeting::Touch([0.1, 0.1]));
        assert!(matches!(from(0.1 + 0.2 - 0.2), Meeting::Cross(_)));
        assert_eq!(from(0.1_f64.next_down()), Meeting::Apart);
        assert_eq!(meeting([[-0.0, 0.0], [1.0, 0.0]], [[0.0, -0.0], [0.0, 1.0]]), {
            Meeting::Touch([0.0, -0.0])
        });
    }

    #[test]
    fn a_crossing_lies_within_both_even_where_they_are_nearly_parallel() {
        let a = [[0.0, 0.0], [1e6, 1.0]];
        for tilt in [1e-3, 1e-9, 1e-15] {
            let end = 1.0 - tilt;
            let Meeting::Cross([x, y]) = meeting(a, [[0.0, tilt], [1e6, end]]) else {
                panic!("{tilt}");
            };
            // How far the second lies above the first at one end and below at the other is exact.
            let wanted = 1e6 * tilt / (tilt + (1.0 - end));
            // The differences that it is computed from are rounded at the 16th digit.
            let rounding = 2e-10 / tilt;
            assert!((x - wanted).abs() < rounding, "{tilt}: {x} is not {wanted}");
            assert!((0.0..=1e6).contains(&x) && (y - x / 1e6).abs() < 1e-12, "{tilt}: {x} {y}");
        }
    }

    #[test]
    fn directions_are_in_order_around_a_point() {
        let at = [5.0, 5.0];
        let mut directions = vec![
            [6.0, 4.0],
            [9.0, 5.0],
            [6.0, 6.0],
            [5.0, 7.0],
            [4.0, 6.0],
            [1.0, 5.0],
            [4.0, 4.0],
            [5.0, 3.0],
        ];
        let expected = directions.clone();
        directions.reverse();
        directions.sort_by(|a, b| by_angle(at, *a, *b));
        assert_eq!(directions, expected);
        assert!(is_between(at, [6.0, 4.0], [9.0, 5.0], [6.0, 6.0]));
        assert!(is_between(at, [5.0, 3.0], [6.0, 4.0], [9.0, 5.0]));
        assert!(!is_between(at, [9.0, 5.0], [6.0, 4.0], [6.0, 6.0]));
    }

    #[test]
    fn rings_turn_left_or_right_wherever_they_start() {
        let ring = [[0.0, 0.0], [4.0, 0.0], [4.0, 0.0], [4.0, 3.0], [1.0, 1.0]];
        for start in 0..ring.len() {
            let turned = ring.iter().cycle().skip(start).take(ring.len() + 1);
            let mut turned: Vec<Position> = turned.copied().collect();
            assert!(is_counter_clockwise(&turned));
            turned.reverse();
            assert!(!is_counter_clockwise(&turned));
        }
        assert!(!is_counter_clockwise(&[]) && !is_counter_clockwise(&[[1.0, 1.0]; 4]));
    }
}
