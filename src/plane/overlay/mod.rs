//! Areas computed from rings that may cross: the plane is cut along the rings, for each piece it
//! is known how often each kind of ring winds around it, and the pieces that a rule chooses are
//! joined to polygons.
//!
//! Rings are first cut where they meet ([`noding`]), then become a graph whose faces get their
//! winding numbers by crossing one edge after another ([`faces`]), and the border of the chosen
//! faces becomes rings again ([`outline`]). Positions that rings have keep their very numbers;
//! only where they cross a new one is made, and what lies nearer than a tolerance of some tenths of
//! a micrometre becomes one. The faces are checked: where rounding makes a piece lie on both sides,
//! the tolerance is widened.

mod faces;
mod noding;
mod outline;

pub(crate) use self::noding::Knot;

pub(crate) use self::outline::size;

use self::faces::Faces;
use self::noding::LIMITS;
use super::exact::Position;
use super::pairs::Limits;
use super::rings::Rings;
use crate::jobs::{Cancelled, Watch};

/// How many kinds of rings are told apart.
pub(crate) const KINDS: usize = 3;

/// How often the rings of each kind wind around a place, counter-clockwise.
pub(crate) type Windings = [i32; KINDS];

/// A ring and what kind it is.
pub(crate) type RingOfKind<'a> = (&'a [Position], usize);

/// A polygon: its outer ring, which turns left, then its holes, which turn right; the last
/// position of each is its first.
pub(crate) type Polygon = Vec<Vec<Position>>;

/// Why no areas were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// The person cancelled.
    Cancelled,
    /// Rounding made a knot of it that no tolerance undid.
    Tangled,
}

impl From<Cancelled> for Failed {
    fn from(_: Cancelled) -> Failed {
        Failed::Cancelled
    }
}

/// The polygons around the places that a rule chooses by how often the rings wind around them, and
/// the positions that were made. Polygons touch in single points at most. Rings need not be closed; of fewer than three positions they are
/// nothing.
///
/// # Errors
/// When the person cancelled, or rounding could not be kept in check.
pub(crate) fn polygons(
    rings: &[RingOfKind<'_>],
    is_chosen: impl Fn(Windings) -> bool,
    watch: &Watch,
) -> Result<(Vec<Polygon>, Vec<Knot>), Failed> {
    polygons_within(rings, is_chosen, LIMITS, watch)
}

/// The same, given up where the rings meet more often than the limits say.
///
/// # Errors
/// When the person cancelled, rounding could not be kept in check, or it was given up.
pub(crate) fn polygons_within(
    rings: &[RingOfKind<'_>],
    is_chosen: impl Fn(Windings) -> bool,
    limits: Limits,
    watch: &Watch,
) -> Result<(Vec<Polygon>, Vec<Knot>), Failed> {
    let mut made = Rings::default();
    for (ring, kind) in rings {
        made.push(ring, *kind, false);
    }
    for tolerance in noding::tolerances(&made) {
        let Some((noded, knots)) = noding::node(&made, tolerance, limits, watch)? else { continue };
        let Some(faces) = Faces::of(&noded, watch)? else { continue };
        return Ok((outline::polygons(&faces, is_chosen, watch)?, knots));
    }
    Err(Failed::Tangled)
}
