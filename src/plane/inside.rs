//! What rings that may cross surround.

use super::exact::{Meeting, around, meeting, meets, same};
use super::overlay::{RingOfKind, polygons_within};
use super::pairs::{Limits, pairs};
use super::rings::Rings;
use crate::jobs::Watch;

/// Rings that meet more often than this are a scribble, and not worth the time.
const LIMITS: Limits = Limits { pairs: 2_000_000, each: 40, most: 50_000 };

/// So few segments are compared each with each other, without an index.
const FEW: usize = 32;

/// Whether rings cross, themselves or each other, somewhere between their corners; also no where
/// that cannot be told in a moment. Rings need not be closed.
pub fn is_crossing(rings: &[&[[f64; 2]]]) -> bool {
    if let [ring] = rings
        && ring.len() <= FEW
    {
        return !is_convex(ring) && few_cross(ring);
    }
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

/// Whether a ring certainly turns one way only, once around. Where rounding might matter the answer
/// is no.
pub fn is_convex(ring: &[[f64; 2]]) -> bool {
    let (Some(first), Some(last)) = (ring.first(), ring.last()) else { return true };
    let Some(before) = ring.iter().rev().find(|place| !same(**place, *first)) else { return true };
    let closing = (!same(*first, *last)).then_some(*first);
    let mut from = [first[0] - before[0], first[1] - before[1]];
    let (mut lefts, mut rights, mut turnings) = (false, false, 0);
    let mut goes_east = from[0] > 0.0;
    for [a, b] in ring.array_windows().copied().chain(closing.map(|first| [*last, first])) {
        let to = [b[0] - a[0], b[1] - a[1]];
        let (left, right) = (from[0] * to[1], from[1] * to[0]);
        let turn = left - right;
        if turn.abs() <= 1e-9 * (left.abs() + right.abs()) {
            // Straight on, or back; or as good as that.
            return false;
        }
        lefts |= turn > 0.0;
        rights |= turn < 0.0;
        turnings += usize::from(goes_east != (to[0] > 0.0));
        goes_east = to[0] > 0.0;
        from = to;
    }
    !(lefts && rights) && turnings <= 2
}

/// Whether any of the segments of a small ring cross.
fn few_cross(ring: &[[f64; 2]]) -> bool {
    let closing = ring.last().zip(ring.first()).map(|(last, first)| [*last, *first]);
    let segments = || ring.array_windows().copied().chain(closing).enumerate();
    segments().any(|(at, first)| {
        let bounds = around(first);
        // The next one shares an end with it: they meet there, or along a stretch.
        segments().skip(at + 2).any(|(_, second)| {
            !same(second[1], first[0])
                && meets(&bounds, &around(second))
                && matches!(meeting(first, second), Meeting::Cross(_))
        })
    })
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

    /// Small rings are looked at in other ways than large ones: all ways say the same.
    #[test]
    fn rings_cross_or_not_whichever_way_it_is_looked_at() {
        let mut seed = 3_u64;
        let mut below = |limit: u32| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            u32::try_from(seed >> 33).unwrap() % limit
        };
        let (mut crossing, mut convex) = (0, 0);
        for number in 0..4000 {
            // Rings around a middle, mostly; and some that go anywhere.
            let corners = 3 + below(7);
            let ring: Vec<[f64; 2]> = (0..corners)
                .map(|corner| {
                    if number % 3 == 0 {
                        return [0, 1].map(|_| f64::from(below(12)));
                    }
                    let turn = f64::from(corner) / f64::from(corners) * std::f64::consts::TAU;
                    let reach = if number % 3 == 1 { 50.0 } else { f64::from(1 + below(50)) };
                    [turn.cos() * reach, turn.sin() * reach].map(f64::round)
                })
                .collect();
            let mut closed = Rings::default();
            closed.push(&ring, 0, false);
            let segments = 0..closed.len().saturating_sub(1);
            let crosses = segments.clone().any(|first| {
                segments.clone().any(|second| {
                    let how = meeting(closed.segment(first), closed.segment(second));
                    matches!(how, Meeting::Cross(_))
                })
            });
            assert_eq!(is_crossing(&[&ring]), crosses, "{ring:?}");
            // More corners along the same edges, so that there are too many to be few.
            let long: Vec<[f64; 2]> = ring
                .iter()
                .zip(ring.iter().cycle().skip(1))
                .flat_map(|(a, b)| {
                    (0_u8..16).map(move |step| {
                        let share = f64::from(step) / 16.0;
                        [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
                    })
                })
                .collect();
            // Where edges cross just in one of the new corners, none crosses between corners.
            assert!(crosses || !is_crossing(&[&long]), "{ring:?}");
            crossing += usize::from(crosses);
            convex += usize::from(is_convex(&ring));
            assert!(!crosses || !is_convex(&ring), "{ring:?}");
        }
        assert!(crossing > 500 && convex > 1000, "{crossing} {convex}");
    }
}
