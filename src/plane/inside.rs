//! What rings that may cross surround.

use super::exact::{Meeting, meeting};
use super::overlay::{RingOfKind, polygons_within};
use super::pairs::{Limits, pairs};
use super::rings::Rings;
use crate::jobs::Watch;

/// Rings that meet more often than this are a scribble, and not worth the time.
const LIMITS: Limits = Limits { pairs: 2_000_000, each: 40, most: 50_000 };

/// Whether rings cross, themselves or each other, somewhere between their corners; also no where
/// that cannot be told in a moment. Rings need not be closed.
pub fn is_crossing(rings: &[&[[f64; 2]]]) -> bool {
    let mut closed = Rings::default();
    for ring in rings {
        closed.push(ring, 0, false);
    }
    let look = |first: usize, second: usize| {
        let how = meeting(closed.segment(first), closed.segment(second));
        matches!(how, Meeting::Cross(_)).then_some(((), true))
    };
    let limits = Limits { most: 1, ..LIMITS };
    pairs(&closed, 0.0, limits, look, &Watch::unwatched()).is_ok_and(|(found, _)| !found.is_empty())
}

/// What counts as inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsideRule {
    /// What rings wind around an odd number of times: as a polygon with holes is filled on paper.
    EvenOdd,
    /// What rings wind around at all: as one means it who draws a loop.
    NonZero,
}

/// A polygon: its outer ring, then its holes, all closed.
pub type Area = Vec<Vec<[f64; 2]>>;

/// The polygons, none of which crosses itself or another, that cover what rings surround. Rings
/// need not be closed. None where they meet too often to be looked at in a moment.
pub fn inside(rings: &[&[[f64; 2]]], rule: InsideRule) -> Option<Vec<Area>> {
    let rings: Vec<RingOfKind<'_>> = rings.iter().map(|ring| (*ring, 0)).collect();
    let is_inside = |[windings, ..]: [i32; 3]| match rule {
        InsideRule::EvenOdd => windings % 2 != 0,
        InsideRule::NonZero => windings != 0,
    };
    let found = polygons_within(&rings, is_inside, LIMITS, &Watch::unwatched());
    found.ok().map(|(polygons, _)| polygons)
}

/// What a polygon fills whose rings cross, as areas that do not ([`InsideRule::EvenOdd`]). None where
/// they do not cross, or too often to be looked at in a moment: then it is to be taken as it is.
pub fn uncrossed(rings: &[&[[f64; 2]]]) -> Option<Vec<Area>> {
    if is_crossing(rings) { inside(rings, InsideRule::EvenOdd) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(polygons: &[Area]) -> f64 {
        let of = |ring: &Vec<[f64; 2]>| {
            let doubles = ring.array_windows().map(|[[ax, ay], [bx, by]]| ax * by - bx * ay);
            doubles.sum::<f64>() / 2.0
        };
        polygons.iter().flatten().map(of).sum()
    }

    /// A pentagram in a circle of radius 1. The pentagon in its middle has the radius
    /// cos 72° / cos 36°; areas are sums of triangles with a corner in the centre.
    #[test]
    fn the_middle_of_a_star_is_inside_by_one_rule_only() {
        let turn = std::f64::consts::TAU / 5.0;
        let corner = |number: i32| {
            let angle = f64::from(number) * 2.0 * turn;
            [angle.cos(), angle.sin()]
        };
        let star: Vec<[f64; 2]> = (0..5).map(corner).collect();
        assert!(is_crossing(&[&star]));
        let radius = (turn.cos() / (turn / 2.0).cos()).abs();
        let middle = 2.5 * radius * radius * turn.sin();
        // Ten corners, alternately on both circles.
        let all = 5.0 * radius * (turn / 2.0).sin();
        let odd = inside(&[&star], InsideRule::EvenOdd).unwrap();
        let any = inside(&[&star], InsideRule::NonZero).unwrap();
        assert!((area(&odd) - (all - middle)).abs() < 1e-12, "{}", area(&odd));
        assert!((area(&any) - all).abs() < 1e-12, "{}", area(&any));
        assert_eq!((odd.len(), any.len()), (5, 1));
    }
}
