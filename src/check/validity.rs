//! Whether polygons are valid, by the rules of OGC 06-103r4 (section 6.1.11.1) as GEOS applies
//! them (`IsValidOp`, which follows JTS): rings do not cross, touch themselves or lie along each
//! other; holes lie inside the outer ring and not in each other; polygons of a feature touch in
//! single points at most; the inside of a polygon is in one piece. GEOS stops at the first fault;
//! here all places are named.

use super::kind::Kind;
use super::nodes::{Node, cuts, nodes};
use crate::jobs::{Cancelled, Watch};
use crate::plane::exact::Position;
use crate::plane::meetings::{Meetings, meetings, turned_back};
use crate::plane::nesting::{Misplaced, misplaced};
use crate::plane::rings::Rings;

/// So many crossings of one feature are looked for.
const MOST_CROSSINGS: usize = 1000;

/// A fault of a feature's polygons, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flaw {
    pub kind: Kind,
    pub at: Position,
}

/// Finds what is wrong with the polygons of one feature: their rings, the outer one before the
/// holes. Where rings cross, how they lie in each other is not told.
///
/// # Errors
/// When the person cancelled.
pub(super) fn flaws(rings: &Rings, watch: &Watch) -> Result<Vec<Flaw>, Cancelled> {
    let mut found: Vec<Flaw> = Vec::new();
    let back = turned_back(rings).into_iter().map(|corner| rings.at(corner));
    found.extend(back.map(|at| Flaw { kind: Kind::SelfIntersection, at }));
    let Meetings { crossings, touches, .. } = meetings(rings, MOST_CROSSINGS, watch)?;
    for crossing in &crossings {
        let [a, b] = crossing.segments.map(|segment| rings.ring_of(segment));
        found.push(Flaw { kind: crossing_of(rings, a, b), at: crossing.at });
    }
    let nodes = nodes(rings, &touches);
    found.extend(nodes.iter().filter_map(|node| flaw_at(rings, node)));
    if found.is_empty() {
        let cut = cuts(rings, &nodes).into_iter().map(|at| Flaw { kind: Kind::InsideCut, at });
        found.extend(cut);
        found.extend(misplaced(rings, watch)?.into_iter().map(|misplaced| match misplaced {
            Misplaced::HoleOutside(at) => Flaw { kind: Kind::HoleOutside, at },
            Misplaced::HoleInHole(at) => Flaw { kind: Kind::HoleInHole, at },
            Misplaced::PolygonInPolygon(at) => Flaw { kind: Kind::PartInPart, at },
        }));
    }
    Ok(found)
}

/// Whether nothing is wrong.
///
/// # Errors
/// When the person cancelled.
pub(super) fn are_valid(rings: &Rings, watch: &Watch) -> Result<bool, Cancelled> {
    Ok(flaws(rings, watch)?.is_empty())
}

fn crossing_of(rings: &Rings, a: usize, b: usize) -> Kind {
    let polygon = |ring: usize| rings.rings().get(ring).map(|ring| ring.polygon);
    if a == b {
        Kind::SelfIntersection
    } else if polygon(a) == polygon(b) {
        Kind::RingsCross
    } else {
        Kind::PartsCross
    }
}

fn flaw_at(rings: &Rings, node: &Node) -> Option<Flaw> {
    if let Some([a, b]) = node.crossing(rings) {
        return Some(Flaw { kind: crossing_of(rings, a, b), at: node.at });
    }
    node.twice().map(|_| Flaw { kind: Kind::SelfTouch, at: node.at })
}
