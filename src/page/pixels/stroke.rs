//! The surface of a line with a width, as closed contours that all go around the same way: the left
//! side of the line forth, and the left side of it back. Where they overlap they are one surface
//! ([`Inside::Around`](super::coverage::Inside)).

use crate::style::Join;

/// How far a mitre reaches from its corner at most, in halves of the line's width (tiny-skia's limit).
const MITRE: f32 = 4.0;

/// How high a piece of a circle may stand over its chord, pixels. What is drawn lies half as far from the
/// circle, on both sides.
const TOLERANCE: f32 = 0.15;

/// The cosine of a turn that nobody sees: both sides meet where they would go on straight.
const STRAIGHT: f32 = 0.98;

/// A round corner has at most two to the power of this many pieces.
const HALVINGS: usize = 5;

type Place = [f32; 2];

/// A line of a width being outlined.
pub(super) struct Stroker<'a, F> {
    /// Half of its width, pixels.
    half: f32,
    join: Join,
    /// The cosine of the angle that a piece of a round corner may have.
    flat: f32,
    /// Room to work in.
    pieces: &'a mut Vec<Piece>,
    /// Takes each edge.
    edge: F,
}

/// A straight piece of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    from: Place,
    to: Place,
    /// Its direction, of length 1.
    way: Place,
    length: f32,
    /// Whether the line ends where it begins.
    is_end: bool,
}

impl Piece {
    /// None between places that are the same to the eye.
    #[inline]
    fn between(from: Place, to: Place) -> Option<Piece> {
        let [x, y] = minus(to, from);
        let length = (x * x + y * y).sqrt();
        (length > 1e-3).then(|| Piece {
            from,
            to,
            way: [x / length, y / length],
            length,
            is_end: false,
        })
    }

    #[inline]
    fn back(self) -> Piece {
        Piece { from: self.to, to: self.from, way: [-self.way[0], -self.way[1]], ..self }
    }
}

impl<'a, F: FnMut(Place, Place)> Stroker<'a, F> {
    pub fn new(half: f32, join: Join, pieces: &'a mut Vec<Piece>, edge: F) -> Self {
        // The cosine of twice the angle whose cosine leaves the tolerance: it is half of a piece.
        let near = 1.0 - TOLERANCE / half.max(TOLERANCE);
        let flat = (2.0 * near * near - 1.0).max(0.0);
        Stroker { half, join, flat, pieces, edge }
    }

    /// Outlines a contour. Its ends are round unless it is closed. Of one that is `is_narrow`, so that all
    /// that it encloses is under the line, the outer side is enough.
    pub fn contour(&mut self, points: &[Place], is_closed: bool, is_narrow: bool) {
        let Some((first, rest)) = points.split_first() else { return };
        let mut pieces = std::mem::take(self.pieces);
        pieces.clear();
        let mut at = *first;
        for to in rest.iter().chain(is_closed.then_some(first)) {
            if let Some(piece) = Piece::between(at, *to) {
                pieces.push(piece);
                at = *to;
            }
        }
        match (pieces.first(), pieces.last()) {
            (Some(begin), Some(end)) if is_closed => {
                let [begin, end] = [*begin, *end];
                let outer = if is_narrow { outer_side(&pieces, end) } else { None };
                if outer != Some(Side::Right) {
                    self.side(end, pieces.iter().copied());
                }
                if outer != Some(Side::Left) {
                    self.side(begin.back(), pieces.iter().rev().map(|piece| piece.back()));
                }
            }
            (Some(begin), Some(_)) => {
                let there = pieces.iter().copied();
                let back = pieces.iter().rev().map(|piece| piece.back());
                let ending = |(at, piece): (usize, Piece)| Piece { is_end: at == 0, ..piece };
                let both = there.enumerate().map(ending).chain(back.enumerate().map(ending));
                self.side(begin.back(), both);
            }
            // A point is a disc.
            _ => {
                let (from, to) = (*first, *first);
                let piece = Piece { from, to, way: [1.0, 0.0], length: 0.0, is_end: true };
                self.side(piece.back(), [piece, piece.back()].into_iter());
            }
        }
        *self.pieces = pieces;
    }

    /// The left side of pieces that lead from one to the next and back to the first, before which
    /// `before` comes.
    fn side(&mut self, before: Piece, pieces: impl Iterator<Item = Piece>) {
        let mut line = Line { first: None, last: [0.0; 2], edge: &mut self.edge };
        let (half, join, flat) = (self.half, self.join, self.flat);
        let mut before = before;
        for piece in pieces {
            corner(&mut line, [before, piece], (half, join, flat));
            before = piece;
        }
        line.close();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// The outer side of pieces that always turn the same way; none where they do not.
fn outer_side(pieces: &[Piece], end: Piece) -> Option<Side> {
    let mut before = end;
    let (mut is_left, mut is_right) = (false, false);
    for piece in pieces {
        let turn = turn(before, *piece);
        (is_left, is_right) = (is_left || turn > 0.0, is_right || turn < 0.0);
        before = *piece;
    }
    match (is_left, is_right) {
        (true, false) => Some(Side::Right),
        (false, true) => Some(Side::Left),
        _ => None,
    }
}

/// The sine of the angle between two pieces, positive to the left.
#[inline]
fn turn(before: Piece, after: Piece) -> f32 {
    before.way[0] * after.way[1] - before.way[1] * after.way[0]
}

/// Edges from one place to the next.
struct Line<'a, F> {
    first: Option<Place>,
    last: Place,
    edge: &'a mut F,
}

impl<F: FnMut(Place, Place)> Line<'_, F> {
    #[inline]
    fn to(&mut self, next: Place) {
        if self.first.is_none() {
            self.first = Some(next);
        } else {
            (self.edge)(self.last, next);
        }
        self.last = next;
    }

    fn close(&mut self) {
        if let Some(first) = self.first.take() {
            (self.edge)(self.last, first);
        }
    }
}

/// The left side of a corner, where a line turns from one piece to the next.
#[inline]
fn corner(
    line: &mut Line<'_, impl FnMut(Place, Place)>,
    [before, after]: [Piece; 2],
    (half, join, flat): (f32, Join, f32),
) {
    let at = after.from;
    let turn = turn(before, after);
    let along = before.way[0] * after.way[0] + before.way[1] * after.way[1];
    let [start, end] = [across(before.way, half), across(after.way, half)];
    // Where both sides meet when they go on straight.
    let meeting = || {
        let [x, y] = plus(start, end);
        plus(at, [x / (1.0 + along), y / (1.0 + along)])
    };
    if along > STRAIGHT {
        return line.to(meeting());
    }
    // Back on itself both sides are outside.
    if turn > 0.0 && along > -0.9999 {
        // Inside of the turn they meet, unless a piece is too short for that.
        let shorter = before.length.min(after.length);
        if half * turn <= shorter / 2.0 * (1.0 + along) {
            return line.to(meeting());
        }
        line.to(plus(at, start));
        line.to(at);
        return line.to(plus(at, end));
    }
    match join {
        // Half the angle between the sides has this cosine squared.
        Join::Miter if along.midpoint(1.0) * MITRE * MITRE >= 1.0 => line.to(meeting()),
        // A line's own ends are round whatever its corners are.
        Join::Miter | Join::Bevel if !after.is_end => {
            line.to(plus(at, start));
            line.to(plus(at, end));
        }
        _ => {
            // The cosines of halves, quarters and so on of the corner.
            let mut cosines = [1.0; HALVINGS + 1];
            let (mut angle, mut halvings) = (along, 0);
            for cosine in &mut cosines {
                *cosine = half_cosine(angle);
                if angle >= flat || halvings == HALVINGS {
                    break;
                }
                (angle, halvings) = (*cosine, halvings + 1);
            }
            // Places between lie a little outside, so that the surface is that of the circle.
            let last = cosines.get(halvings).copied().unwrap_or(1.0);
            let outside = 1.0 + (1.0 - last) * 2.0 / 3.0;
            line.to(plus(at, start));
            let cosines = cosines.get(..halvings).unwrap_or_default();
            arc(line, at, outside, [start, end], cosines);
            line.to(plus(at, end));
        }
    }
}

/// The places between the ends of a round corner about a place, by halves, each so much farther out. It
/// turns to the right. The first of the cosines is that of half of the angle between the ends.
fn arc(
    line: &mut Line<'_, impl FnMut(Place, Place)>,
    at: Place,
    outside: f32,
    [start, end]: [Place; 2],
    cosines: &[f32],
) {
    let Some((cosine, finer)) = cosines.split_first() else { return };
    let middle = if *cosine > 0.01 {
        let share = 0.5 / cosine;
        [(start[0] + end[0]) * share, (start[1] + end[1]) * share]
    } else {
        // Half a circle: a quarter turn to the right.
        [start[1], -start[0]]
    };
    arc(line, at, outside, [start, middle], finer);
    line.to([at[0] + middle[0] * outside, at[1] + middle[1] * outside]);
    arc(line, at, outside, [middle, end], finer);
}

/// The cosine of half an angle, from that of the angle.
#[inline]
fn half_cosine(cosine: f32) -> f32 {
    cosine.midpoint(1.0).max(0.0).sqrt()
}

/// How far a line reaches from its middle, half of its width being so much.
pub(super) fn reach(half: f32, join: Join) -> f32 {
    if join == Join::Miter { half * MITRE } else { half }
}

/// A quarter turn of a direction to the left, of a length.
#[inline]
fn across([x, y]: Place, length: f32) -> Place {
    [-y * length, x * length]
}

#[inline]
fn plus(one: Place, other: Place) -> Place {
    [one[0] + other[0], one[1] + other[1]]
}

#[inline]
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
        Stroker::new(width / 2.0, join, &mut Vec::new(), edge).contour(points, is_closed, false);
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
        // A notch that is narrower than the line, and pieces shorter than it.
        let notch = [[10.0, 10.0], [30.0, 10.0], [30.0, 12.0], [31.0, 12.0], [31.0, 10.0]];
        let notch = [&notch[..], &[[50.0, 10.0], [50.0, 50.0], [10.0, 50.0]]].concat();
        let sides = 44.0 * 44.0 - 36.0 * 36.0;
        near(surface(&notch, true, 4.0, Join::Miter), sides + 2.0 * 5.0, "a notch");
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

    /// tiny-skia outlines a stroke otherwise and counts a pixel's surface in sixteen lines.
    #[test]
    fn strokes_are_those_of_tiny_skia() {
        let mut seed = 7_u64;
        let mut chance = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            f32::from(u16::try_from(seed >> 48).unwrap()) / f32::from(u16::MAX)
        };
        let mut all = [0.0; 2];
        for round in 0..60 {
            let points: Vec<Place> = (0..3 + round % 5)
                .map(|_| [8.0 + 40.0 * chance(), 8.0 + 40.0 * chance()])
                .collect();
            let join = Join::ALL[round % 3];
            let is_closed = round % 2 == 0;
            // It draws thinner ones as hair.
            let width = 1.5 + 3.0 * chance();
            let mut coverage = Coverage::default();
            coverage.begin(60, 60);
            let edge = |from, to| coverage.edge(from, to);
            Stroker::new(width / 2.0, join, &mut Vec::new(), edge)
                .contour(&points, is_closed, false);
            let mut ours = vec![0_u8; 3600];
            coverage.rows(Inside::Around, |row, first, amounts| {
                ours[row * 60 + first..][..amounts.len()].copy_from_slice(amounts);
            });
            let mut path = tiny_skia::PathBuilder::new();
            path.move_to(points[0][0], points[0][1]);
            points[1..].iter().for_each(|[x, y]| path.line_to(*x, *y));
            if is_closed {
                path.close();
            }
            let line_join = match join {
                Join::Round => tiny_skia::LineJoin::Round,
                Join::Miter => tiny_skia::LineJoin::Miter,
                Join::Bevel => tiny_skia::LineJoin::Bevel,
            };
            let line_cap = tiny_skia::LineCap::Round;
            let stroke = tiny_skia::Stroke { width, line_cap, line_join, ..Default::default() };
            let mut theirs = tiny_skia::Pixmap::new(60, 60).unwrap();
            let paint = tiny_skia::Paint::default();
            let transform = tiny_skia::Transform::identity();
            theirs.stroke_path(&path.finish().unwrap(), &paint, &stroke, transform, None);
            let ink = ours.iter().map(|ink| f64::from(*ink)).sum::<f64>();
            let pairs = ours.iter().zip(theirs.pixels());
            let apart: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(b.alpha()))).sum();
            assert!(apart < 0.12 * ink, "{round}: {apart} of {ink}, {join:?} {width} {points:?}");
            all = [all[0] + apart, all[1] + ink];
        }
        assert!(all[0] < 0.04 * all[1], "{all:?}");
    }

    /// A narrow shape is covered by its own line: one side of it says as much as both.
    #[test]
    fn the_outer_side_of_what_is_narrow_is_enough() {
        let turned = |points: &[Place]| points.iter().rev().copied().collect::<Vec<_>>();
        let house = [[20.2, 20.1], [22.9, 20.6], [22.4, 24.8], [19.8, 24.4]];
        // With a corner that turns the other way, of which both sides are drawn.
        let shed =
            [[20.0, 20.0], [22.5, 20.0], [22.5, 22.0], [21.5, 22.0], [21.5, 25.0], [20.0, 25.0]];
        for points in [house.to_vec(), turned(&house), shed.to_vec(), turned(&shed)] {
            for join in Join::ALL {
                let [both, one] = [false, true].map(|is_narrow| {
                    let mut coverage = Coverage::default();
                    coverage.begin(60, 60);
                    let edge = |from, to| coverage.edge(from, to);
                    let mut room = Vec::new();
                    Stroker::new(1.6, join, &mut room, edge).contour(&points, true, is_narrow);
                    let mut all = vec![0_u8; 3600];
                    coverage.rows(Inside::Around, |row, first, amounts| {
                        all[row * 60 + first..][..amounts.len()].copy_from_slice(amounts);
                    });
                    all
                });
                let apart = both.iter().zip(&one).map(|(a, b)| a.abs_diff(*b)).max();
                assert!(apart <= Some(2), "{join:?} {points:?}: {apart:?}");
                assert!(one.contains(&255));
            }
        }
    }
}
