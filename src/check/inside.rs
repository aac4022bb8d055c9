//! What rings that may cross surround, as it is filled on paper: by the even-odd rule.

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

/// The polygons, none of which crosses itself or another, that cover the places around which rings
/// wind an odd number of times: of each the outer ring, then its holes, all closed. Rings need not
/// be closed. None where they meet too often to be looked at in a moment.
pub fn inside_odd(rings: &[&[[f64; 2]]]) -> Option<Vec<Vec<Vec<[f64; 2]>>>> {
    let rings: Vec<RingOfKind<'_>> = rings.iter().map(|ring| (*ring, 0)).collect();
    let is_odd = |[windings, ..]: [i32; 3]| windings % 2 != 0;
    let found = polygons_within(&rings, is_odd, LIMITS, &Watch::unwatched());
    found.ok().map(|(polygons, _)| polygons)
}
