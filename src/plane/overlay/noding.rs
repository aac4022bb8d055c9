//! Rings cut where they meet: afterwards segments meet at their ends only, or are the same.
//!
//! Where two segments cross, the place is rounded, and what is cut there moves by the last bit of
//! a number and may meet anew. So corners that lie within a tolerance of each other become one, a
//! segment goes through the corners that lie within it, and it is looked at again until nothing
//! changes: as GEOS' snapping noder does (Hobby, "Practical segment intersection with finite
//! precision output", 1999, with corners in place of pixels).

use std::collections::HashMap;

use super::super::exact::{Meeting, Position, Segment, meeting, same};
use super::super::pairs::{End, Limits, pairs};
use super::super::rings::Rings;
use crate::jobs::{Cancelled, Watch};

/// How often it is looked at again; two or three times are enough but for the oddest.
const ROUNDS: usize = 16;

/// With more pairs than this, or more cuts, it is given up.
pub(crate) const LIMITS: Limits = Limits { pairs: 40_000_000, each: 4000, most: 5_000_000 };

/// A position that was made, and the segment it lies on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Knot {
    pub at: Position,
    pub on: Segment,
}

/// The tolerances that are tried, finest first: 2^-40 of the largest coordinate is 0.2 µm in
/// Lambert 72, as it is with GEOS (10^-12).
pub(super) fn tolerances(rings: &Rings) -> impl Iterator<Item = f64> + use<> {
    let largest = rings.xy().iter().flatten().fold(0.0, |largest: f64, c| largest.max(c.abs()));
    [40, 36, 32].into_iter().map(move |bits| largest * (-f64::from(bits)).exp2())
}

/// Cuts rings where they meet, within a tolerance; none where cutting never ends, or the limits are
/// reached.
///
/// # Errors
/// When the person cancelled.
pub(super) fn node(
    rings: &Rings,
    tolerance: f64,
    limits: Limits,
    watch: &Watch,
) -> Result<Option<(Rings, Vec<Knot>)>, Cancelled> {
    let mut corners = Corners::new(tolerance);
    let mut knots = Vec::new();
    let mut now = with(rings, &[], &mut corners);
    for _ in 0..ROUNDS {
        let Some(mut cuts) = cuts(&now, tolerance, limits, watch)? else { return Ok(None) };
        if cuts.is_empty() {
            return Ok(Some((now, knots)));
        }
        knots.extend(cuts.iter().map(|cut| Knot { at: cut.at, on: now.segment(cut.segment) }));
        cuts.sort_by(|a, b| a.segment.cmp(&b.segment).then(a.along.total_cmp(&b.along)));
        now = with(&now, &cuts, &mut corners);
    }
    Ok(None)
}

/// A position that a segment is to go through.
#[derive(Clone, Copy)]
struct Cut {
    segment: usize,
    at: Position,
    /// How far along the segment, in units of its length squared.
    along: f64,
}

/// The positions that segments are to go through; none where there are too many.
fn cuts(
    rings: &Rings,
    tolerance: f64,
    limits: Limits,
    watch: &Watch,
) -> Result<Option<Vec<Cut>>, Cancelled> {
    let look = |first: usize, second: usize| {
        let mut cuts = [None; 4];
        let both = [(first, second), (second, first)];
        let ends = both.into_iter().flat_map(|(of, to)| rings.segment(of).map(|end| (end, to)));
        for (cut, (end, to)) in cuts.iter_mut().zip(ends) {
            *cut = cut_near(rings, to, end, tolerance);
        }
        if cuts.iter().all(Option::is_none)
            && let Meeting::Cross(at) = meeting(rings.segment(first), rings.segment(second))
        {
            for (cut, segment) in cuts.iter_mut().zip([first, second]) {
                *cut = cut_at(rings, segment, at);
            }
        }
        cuts.iter().any(Option::is_some).then_some((cuts, true))
    };
    let (cuts, end) = pairs(rings, tolerance, limits, look, watch)?;
    Ok((end == End::All).then(|| cuts.into_iter().flatten().flatten().collect()))
}

/// How far a position is from a segment.
fn distance([x, y]: Position, [[ax, ay], [bx, by]]: Segment) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
    let share = if share > 0.0 { share.min(1.0) } else { 0.0 };
    (dx.mul_add(share, ax) - x).hypot(dy.mul_add(share, ay) - y)
}

/// The cut of a segment where another's end is near it, but not at one of its own ends.
fn cut_near(rings: &Rings, segment: usize, end: Position, tolerance: f64) -> Option<Cut> {
    let [from, to] = rings.segment(segment);
    if same(end, from) || same(end, to) {
        return None;
    }
    let cut = cut_at(rings, segment, end)?;
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let share = cut.along / (dx * dx + dy * dy);
    if !(share > 0.0 && share < 1.0) {
        return None;
    }
    (distance(end, [from, to]) <= tolerance).then_some(cut)
}

fn cut_at(rings: &Rings, segment: usize, at: Position) -> Option<Cut> {
    let [from, to] = rings.segment(segment);
    if same(at, from) || same(at, to) {
        return None;
    }
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let along = (at[0] - from[0]) * dx + (at[1] - from[1]) * dy;
    Some(Cut { segment, at, along })
}

/// The rings with positions put in; cuts are in order.
fn with(rings: &Rings, cuts: &[Cut], corners: &mut Corners) -> Rings {
    let mut made = Rings::default();
    let mut cuts = cuts.iter().peekable();
    let mut xy = Vec::new();
    for ring in rings.rings() {
        xy.clear();
        for segment in ring.segments() {
            xy.push(corners.at(rings.at(segment)));
            while let Some(cut) = cuts.next_if(|cut| cut.segment == segment) {
                xy.push(corners.at(cut.at));
            }
        }
        made.push(&xy, ring.polygon, ring.is_hole);
    }
    made
}

/// Corners by where they are, so that one that comes near another becomes that one.
struct Corners {
    tolerance: f64,
    known: HashMap<[i64; 2], Position>,
}

impl Corners {
    fn new(tolerance: f64) -> Corners {
        Corners { tolerance, known: HashMap::new() }
    }

    /// The corner known there, or else this one, known from now on.
    fn at(&mut self, at: Position) -> Position {
        // -0 would be another corner than 0.
        let at = at.map(|number| number + 0.0);
        if self.tolerance <= 0.0 {
            return at;
        }
        let cell = at.map(|number| cell(number / self.tolerance));
        if let Some(known) = self.known.get(&cell) {
            return *known;
        }
        for x in -1..=1 {
            for y in -1..=1 {
                let beside = [cell[0].saturating_add(x), cell[1].saturating_add(y)];
                if let Some(known) = self.known.get(&beside)
                    && (known[0] - at[0]).hypot(known[1] - at[1]) <= self.tolerance
                {
                    return *known;
                }
            }
        }
        self.known.insert(cell, at);
        at
    }
}

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn cell(number: f64) -> i64 {
    number.floor() as i64
}
