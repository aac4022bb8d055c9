//! The surface of a line with a width, as closed contours that all go around the same way: one for each
//! straight piece, one for each corner and each round end. Where they overlap they are one surface
//! ([`Inside::Around`](super::coverage::Inside)).

use crate::style::Join;

/// How far a mitre reaches from its corner at most, in halves of the line's width (tiny-skia's limit).
const MITRE: f32 = 4.0;

/// How far a round corner may lie from its circle, pixels.
const TOLERANCE: f32 = 0.05;

/// Corners that add less surface than this are left out, pixels.
const UNSEEN: f32 = 0.01;

/// A line of a width being outlined.
pub(super) struct Stroker<F> {
    /// Half of its width, pixels.
    pub half: f32,
    pub join: Join,
    /// Takes each edge.
    pub edge: F,
}

type Place = [f32; 2];

impl<F: FnMut(Place, Place)> Stroker<F> {
    /// Outlines a contour. Its ends are round unless it is closed.
    pub fn contour(&mut self, points: &[Place], is_closed: bool) {
        let Some((first, rest)) = points.split_first() else { return };
        let mut at = *first;
        let (mut begin, mut way) = (None, None);
        for to in rest.iter().chain(is_closed.then_some(first)) {
            // The same place again is no direction.
            let Some(now) = direction(at, *to) else { continue };
            self.piece(at, *to, now);
            match way {
                Some(before) => self.corner(at, before, now, self.join),
                None => begin = Some(now),
            }
            (at, way) = (*to, Some(now));
        }
        match (begin, way) {
            (Some(begin), Some(finish)) if is_closed => {
                self.corner(*first, finish, begin, self.join);
            }
            (Some(begin), Some(finish)) => {
                self.corner(*first, turned_back(begin), begin, Join::Round);
                self.corner(at, finish, turned_back(finish), Join::Round);
            }
            // A point has two round ends.
            _ => {
                self.corner(*first, [1.0, 0.0], [-1.0, 0.0], Join::Round);
                self.corner(*first, [-1.0, 0.0], [1.0, 0.0], Join::Round);
            }
        }
    }

    /// A straight piece.
    fn piece(&mut self, from: Place, to: Place, way: Place) {
        let aside = across(way, self.half);
        let [a, b] = [plus(from, aside), plus(to, aside)];
        let [c, d] = [minus(to, aside), minus(from, aside)];
        (self.edge)(a, b);
        (self.edge)(b, c);
        (self.edge)(c, d);
        (self.edge)(d, a);
    }

    /// The outer side of a corner, where a line turns from one direction to another.
    fn corner(&mut self, at: Place, before: Place, after: Place, join: Join) {
        let turn = before[0] * after[1] - before[1] * after[0];
        let along = before[0] * after[0] + before[1] * after[1];
        let angle = turn.abs().atan2(along);
        if self.half * self.half * angle / 2.0 < UNSEEN {
            return;
        }
        let is_left = turn >= 0.0;
        let side = if is_left { -self.half } else { self.half };
        let (start, end) = (across(before, side), across(after, side));
        // The same way around as the straight pieces.
        let mut last = at;
        let mut to = |next: Place| {
            let (one, other) = if is_left { (next, last) } else { (last, next) };
            (self.edge)(one, other);
            last = next;
        };
        to(plus(at, start));
        match join {
            Join::Round => {
                let step = 2.0 * (1.0 - TOLERANCE / self.half.max(TOLERANCE)).acos();
                let step = step.clamp(0.2, std::f32::consts::FRAC_PI_2);
                let steps = steps(angle / step);
                let each = if is_left { angle } else { -angle } / f32::from(steps);
                let (sin, cos) = each.sin_cos();
                let [mut x, mut y] = start;
                for _ in 1..steps {
                    (x, y) = (x * cos - y * sin, x * sin + y * cos);
                    to(plus(at, [x, y]));
                }
            }
            // Half the angle between the sides has this cosine squared.
            Join::Miter if along.midpoint(1.0) * MITRE * MITRE >= 1.0 => {
                let [x, y] = plus(start, end);
                to(plus(at, [x / (1.0 + along), y / (1.0 + along)]));
            }
            Join::Miter | Join::Bevel => {}
        }
        to(plus(at, end));
        to(at);
    }
}

/// How far a line reaches from its middle, half of its width being so much.
pub(super) fn reach(half: f32, join: Join) -> f32 {
    if join == Join::Miter { half * MITRE } else { half }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 32")]
fn steps(count: f32) -> u8 {
    count.ceil().clamp(1.0, 32.0) as u8
}

/// The direction from a place to another, of length 1; none where they are the same to the eye.
fn direction(from: Place, to: Place) -> Option<Place> {
    let [x, y] = minus(to, from);
    let length = (x * x + y * y).sqrt();
    (length > 1e-3).then(|| [x / length, y / length])
}

fn turned_back([x, y]: Place) -> Place {
    [-x, -y]
}

/// A quarter turn of a direction, of a length.
fn across([x, y]: Place, length: f32) -> Place {
    [-y * length, x * length]
}

fn plus(one: Place, other: Place) -> Place {
    [one[0] + other[0], one[1] + other[1]]
}

fn minus(one: Place, other: Place) -> Place {
    [one[0] - other[0], one[1] - other[1]]
}

#[cfg(test)]
mod tests {
    use super::super::coverage::{Coverage, Inside};
    use super::*;

    /// The surface of a stroke on a part of 60 by 60 pixels.
    fn surface(points: &[Place], is_closed: bool, width: f32, join: Join) -> f64 {
        let mut coverage = Coverage::default();
        coverage.begin(60, 60);
        let edge = |from, to| coverage.edge(from, to);
        Stroker { half: width / 2.0, join, edge }.contour(points, is_closed);
        let mut sum = 0.0;
        coverage.rows(Inside::Around, |_, _, amounts| {
            sum += amounts.iter().map(|amount| f64::from(*amount)).sum::<f64>() / 255.0;
        });
        sum
    }

    #[test]
    fn surfaces_of_lines_are_those_of_geometry() {
        let near = |found: f64, wanted: f64, what: &str| {
            assert!((found - wanted).abs() < 0.02 * wanted + 0.1, "{what}: {found}, not {wanted}");
        };
        let pi = std::f64::consts::PI;
        let square = [[10.0, 10.0], [50.0, 10.0], [50.0, 50.0], [10.0, 50.0]];
        for (width, half) in [(6.0, 3.0), (0.5, 0.25)] {
            let wide = f64::from(width);
            let line = surface(&[[10.3, 20.1], [40.3, 20.1]], false, width, Join::Round);
            near(line, 30.0 * wide + pi * half * half, "a line");
            let slanted = surface(&[[10.0, 10.0], [40.0, 50.0]], false, width, Join::Round);
            near(slanted, 50.0 * wide + pi * half * half, "a slanted line");
            // Four sides, of which the corners lie inside and outside.
            let sides = (40.0 + wide).powi(2) - (40.0 - wide).powi(2);
            near(surface(&square, true, width, Join::Miter), sides, "mitres");
            let missing = 4.0 * half * half;
            let round = sides - missing * (1.0 - pi / 4.0);
            near(surface(&square, true, width, Join::Round), round, "round corners");
            near(surface(&square, true, width, Join::Bevel), sides - missing / 2.0, "bevels");
            near(surface(&[[30.0, 30.0]], false, width, Join::Round), pi * half * half, "a point");
        }
        // There and back is once, with a round end where it began; a sharp corner has no endless mitre.
        let back = surface(&[[10.0, 30.0], [40.0, 30.0], [10.0, 30.0]], false, 4.0, Join::Miter);
        near(back, 30.0 * 4.0 + pi * 2.0, "there and back");
        let sharp = surface(&[[10.0, 30.0], [40.0, 30.0], [10.0, 31.0]], false, 2.0, Join::Miter);
        assert!(sharp < 100.0, "{sharp}");
        // The same points twice, and none.
        let twice = [[10.0, 30.0], [10.0, 30.0], [40.0, 30.0], [40.0, 30.0]];
        near(surface(&twice, false, 4.0, Join::Round), 120.0 + pi * 4.0, "twice");
        assert!(surface(&[], true, 4.0, Join::Round).abs() < 1e-9);
    }
}
