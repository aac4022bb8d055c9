//! Where segments of rings meet.
//!
//! Boxes tell little of long slanting segments lying side by side; where looking at pairs would
//! take too long, a sweep along x goes on ([`super::sweep`]), which stops at the first crossing.

use super::exact::{self, Meeting, Position, meeting};
use super::pairs::{End, Limits, pairs};
use super::rings::Rings;
use super::sweep;
use crate::jobs::{Cancelled, Watch};

/// How many pairs may be looked at for each position, and in any case. A coast takes some twenty.
const EACH: u64 = 400;
const PAIRS: u64 = 4_000_000;

/// Two segments, each by its first position, that share more than ends or cross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Crossing {
    pub segments: [usize; 2],
    pub at: Position,
}

/// Two segments, each by its first position, that share one point, an end of one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Touch {
    pub segments: [usize; 2],
    pub at: Position,
}

/// How the segments of rings meet. Neighbours in a ring are left out.
#[derive(Debug, Default)]
pub(crate) struct Meetings {
    pub crossings: Vec<Crossing>,
    pub touches: Vec<Touch>,
}

impl Meetings {
    pub(crate) fn note(&mut self, segments: [usize; 2], how: Meeting) {
        match how {
            Meeting::Apart => {}
            Meeting::Touch(at) => self.touches.push(Touch { segments, at }),
            Meeting::Cross(at) | Meeting::Overlap(at, _) => {
                self.crossings.push(Crossing { segments, at });
            }
        }
    }
}

/// Finds where segments of the rings meet, neighbours left out; once about `most` crossings are
/// found the rest is not looked for. Takes all cores where there is much to do.
///
/// # Errors
/// When the person cancelled.
pub(crate) fn meetings(rings: &Rings, most: usize, watch: &Watch) -> Result<Meetings, Cancelled> {
    let look = |first: usize, second: usize| {
        let how = meeting(rings.segment(first), rings.segment(second));
        if how == Meeting::Apart || rings.are_neighbours(first, second) {
            return None;
        }
        Some((([first, second], how), !matches!(how, Meeting::Touch(_))))
    };
    let limits = Limits { pairs: PAIRS, each: EACH, most };
    let (pairs, end) = pairs(rings, 0.0, limits, look, watch)?;
    let mut all = Meetings::default();
    for (segments, how) in pairs {
        all.note(segments, how);
    }
    if end == End::TooMany && all.crossings.is_empty() {
        return sweep::meetings(rings, watch);
    }
    Ok(all)
}

/// Where rings turn straight back along themselves: the segments that start at those corners.
pub(crate) fn turned_back(rings: &Rings) -> Vec<usize> {
    let mut found = Vec::new();
    for ring in rings.rings() {
        for at in ring.segments() {
            let here = rings.at(at);
            let [before, after] = rings.beside(ring, at, here);
            if is_turning_back(before, here, after)
                && exact::turn(before, here, after) == exact::Turn::Straight
            {
                found.push(at);
            }
        }
    }
    found
}

/// Whether the way from a corner goes back rather than on.
#[inline]
pub(crate) fn is_turning_back(before: Position, here: Position, after: Position) -> bool {
    let (ax, ay) = (before[0] - here[0], before[1] - here[1]);
    let (bx, by) = (after[0] - here[0], after[1] - here[1]);
    ax * bx + ay * by > 0.0
}
