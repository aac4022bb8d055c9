//! Where segments meet, by a sweep along x: for rings whose boxes tell nothing.
//!
//! Shamos and Hoey, "Geometric intersection problems" (1976): segments that the line at x meets
//! are kept in their order along y; only neighbours in that order can be the first to cross. Two
//! segments that do not cross keep their order, so it can be told from the segments alone. The
//! sweep stops at the first crossing; until there all places where segments touch are found, so
//! that every segment at such a place is named at least once.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound;

use super::exact::{Meeting, Position, Turn, before, meeting, same, turn};
use super::meetings::Meetings;
use super::rings::Rings;
use crate::jobs::{Cancelled, Watch};

/// Positions between two looks at the watch.
const STRIDE: usize = 4096;

/// A segment in the order along y.
#[derive(Clone, Copy, Debug)]
struct Lying {
    /// West end, or south end where it is upright.
    from: Position,
    to: Position,
    segment: usize,
}

impl Lying {
    fn of(rings: &Rings, segment: usize) -> Lying {
        let [a, b] = rings.segment(segment);
        let (from, to) = if before(a, b) { (a, b) } else { (b, a) };
        Lying { from, to, segment }
    }

    /// Where another one that starts later lies to this one.
    fn side_of(&self, later: &Lying) -> Turn {
        match turn(self.from, self.to, later.from) {
            Turn::Straight => turn(self.from, self.to, later.to),
            side => side,
        }
    }
}

impl Ord for Lying {
    fn cmp(&self, other: &Lying) -> Ordering {
        if self.segment == other.segment {
            return Ordering::Equal;
        }
        let is_first = !before(other.from, self.from);
        let side = if is_first { self.side_of(other) } else { other.side_of(self) };
        let order = match side {
            Turn::Left => Ordering::Less,
            Turn::Right => Ordering::Greater,
            Turn::Straight => return self.segment.cmp(&other.segment),
        };
        if is_first { order } else { order.reverse() }
    }
}

impl PartialOrd for Lying {
    fn partial_cmp(&self, other: &Lying) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Lying {
    fn eq(&self, other: &Lying) -> bool {
        self.segment == other.segment
    }
}

impl Eq for Lying {}

/// Finds where segments meet, up to the first crossing; neighbours in a ring are left out.
///
/// # Errors
/// When the person cancelled.
pub(crate) fn meetings(rings: &Rings, watch: &Watch) -> Result<Meetings, Cancelled> {
    // Every corner once, with the two segments at it.
    let mut corners: Vec<usize> =
        rings.rings().iter().flat_map(super::rings::Ring::segments).collect();
    let along = |a: &usize, b: &usize| {
        let (a, b) = (rings.at(*a), rings.at(*b));
        if before(a, b) {
            Ordering::Less
        } else if before(b, a) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    };
    corners.sort_unstable_by(along);
    watch.check()?;
    let mut sweep = Sweep { rings, lying: BTreeSet::new(), found: Meetings::default() };
    let mut since = 0;
    for group in corners.chunk_by(|a, b| same(rings.at(*a), rings.at(*b))) {
        since += group.len();
        if since > STRIDE {
            since = 0;
            watch.check()?;
        }
        sweep.pass(group);
        if !sweep.found.crossings.is_empty() {
            break;
        }
    }
    Ok(sweep.found)
}

struct Sweep<'a> {
    rings: &'a Rings,
    lying: BTreeSet<Lying>,
    found: Meetings,
}

impl Sweep<'_> {
    /// Passes a place with all corners that are there.
    fn pass(&mut self, corners: &[usize]) {
        let Some(at) = corners.first().map(|corner| self.rings.at(*corner)) else { return };
        for (a, b) in corners.iter().zip(corners.iter().skip(1)) {
            self.found.note([*a.min(b), *a.max(b)], Meeting::Touch(at));
        }
        let segments = || corners.iter().flat_map(|corner| self.segments_at(*corner));
        let all: Vec<Lying> = segments().map(|segment| Lying::of(self.rings, segment)).collect();
        for ending in all.iter().filter(|lying| same(lying.to, at)) {
            self.lying.remove(ending);
            let (below, above) = self.beside(ending);
            self.compare(below, above);
        }
        for starting in all.iter().filter(|lying| same(lying.from, at)) {
            let (below, above) = self.beside(starting);
            self.compare(below, Some(*starting));
            self.compare(Some(*starting), above);
            self.lying.insert(*starting);
        }
    }

    /// The segment that ends at a corner and the one that starts there.
    fn segments_at(&self, corner: usize) -> [usize; 2] {
        let ring = self.rings.rings().get(self.rings.ring_of(corner));
        let segments = ring.map(super::rings::Ring::segments).unwrap_or_default();
        let last = segments.end.saturating_sub(1);
        [if corner == segments.start { last } else { corner.saturating_sub(1) }, corner]
    }

    fn beside(&self, it: &Lying) -> (Option<Lying>, Option<Lying>) {
        let below = self.lying.range(..*it).next_back();
        let above = self.lying.range((Bound::Excluded(*it), Bound::Unbounded)).next();
        (below.copied(), above.copied())
    }

    fn compare(&mut self, below: Option<Lying>, above: Option<Lying>) {
        let (Some(below), Some(above)) = (below, above) else { return };
        let first = below.segment.min(above.segment);
        let second = below.segment.max(above.segment);
        if self.rings.are_neighbours(first, second) {
            return;
        }
        let how = meeting(self.rings.segment(first), self.rings.segment(second));
        self.found.note([first, second], how);
    }
}
