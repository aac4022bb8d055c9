//! Places where rings touch: whether they cross there, and whether they cut the inside of a
//! polygon in pieces.

use std::collections::{HashMap, HashSet};

use crate::plane::exact::{Position, by_angle, same};
use crate::plane::meetings::Touch;
use crate::plane::rings::Rings;

/// A ring passing a place: the ring, and its segment there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Visit {
    pub ring: usize,
    pub segment: usize,
}

/// A place that rings pass, and by which segments: each visit once.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub at: Position,
    pub visits: Vec<Visit>,
}

/// The places where rings touch.
pub(super) fn nodes(rings: &Rings, touches: &[Touch]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut known: HashMap<[u64; 2], usize> = HashMap::new();
    for touch in touches {
        // -0 and 0 are one place.
        let key = touch.at.map(|number| (number + 0.0).to_bits());
        let number = *known.entry(key).or_insert(nodes.len());
        if number == nodes.len() {
            nodes.push(Node { at: touch.at, visits: Vec::new() });
        }
        let Some(node) = nodes.get_mut(number) else { continue };
        node.visits.extend(touch.segments.map(|segment| visit(rings, segment, touch.at)));
    }
    for node in &mut nodes {
        node.visits.sort_unstable();
        node.visits.dedup();
    }
    nodes
}

/// The visit of a place that lies on a segment; the segment that begins there, where it is a
/// corner.
fn visit(rings: &Rings, segment: usize, at: Position) -> Visit {
    let number = rings.ring_of(segment);
    let [_, end] = rings.segment(segment);
    if !same(end, at) {
        return Visit { ring: number, segment };
    }
    let all =
        rings.rings().get(number).map(crate::plane::rings::Ring::segments).unwrap_or_default();
    let next = segment + 1;
    Visit { ring: number, segment: if next >= all.end { all.start } else { next } }
}

impl Node {
    /// Two rings (perhaps the same one twice) that cross here; none when they all touch only.
    /// Lines that leave in the same direction do not count as crossing.
    ///
    /// Going around the place, the two arms of each visit enclose those of others wholly or not at
    /// all unless they cross: like brackets.
    pub fn crossing(&self, rings: &Rings) -> Option<[usize; 2]> {
        let mut arms: Vec<(Position, usize)> = Vec::new();
        for (number, visit) in self.visits.iter().enumerate() {
            let ring = rings.rings().get(visit.ring)?;
            arms.extend(rings.beside(ring, visit.segment, self.at).map(|end| (end, number)));
        }
        arms.sort_by(|a, b| by_angle(self.at, a.0, b.0));
        let mut open: Vec<usize> = Vec::new();
        let mut is_open: HashSet<usize> = HashSet::new();
        for (_, number) in &arms {
            if is_open.insert(*number) {
                open.push(*number);
            } else if let Some(last) = open.pop()
                && last != *number
            {
                let ring = |number: usize| self.visits.get(number).map(|visit| visit.ring);
                return Some([ring(last)?, ring(*number)?]);
            }
        }
        None
    }

    /// A ring that passes here more than once.
    pub fn twice(&self) -> Option<usize> {
        let pairs = self.visits.iter().zip(self.visits.iter().skip(1));
        pairs.into_iter().find(|(a, b)| a.ring == b.ring).map(|(a, _)| a.ring)
    }
}

/// Where rings of a polygon touch so that its inside is in pieces: the places that close a circle
/// of rings and places. Rings and places as points, visits as lines between them: the inside is
/// whole while that graph has no circle (each ring touching itself nowhere).
pub(super) fn cuts(rings: &Rings, nodes: &[Node]) -> Vec<Position> {
    let count = rings.rings().len();
    let mut joined = Joined((0..count).collect());
    let mut found = Vec::new();
    for node in nodes {
        let mut of_polygon: HashMap<usize, Vec<usize>> = HashMap::new();
        for visit in &node.visits {
            if let Some(ring) = rings.rings().get(visit.ring) {
                of_polygon.entry(ring.polygon).or_default().push(visit.ring);
            }
        }
        for others in of_polygon.into_values() {
            let mut others = others.into_iter();
            let Some(first) = others.next() else { continue };
            // All meet in one place: the first stands for the place.
            if others.filter(|ring| !joined.join(first, *ring)).count() > 0 {
                found.push(node.at);
            }
        }
    }
    found
}

/// Which things hang together (Galler and Fischer, "An improved equivalence algorithm", 1964).
struct Joined(Vec<usize>);

impl Joined {
    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while let Some(above) = self.0.get(at).copied().filter(|above| *above != at) {
            let highest = self.0.get(above).copied().unwrap_or(above);
            if let Some(place) = self.0.get_mut(at) {
                *place = highest;
            }
            at = above;
        }
        at
    }

    /// Joins two; answers no where they hung together before.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(place) = self.0.get_mut(a) {
            *place = b;
        }
        a != b
    }
}
