//! The rings of a feature's polygons, made ready for looking at: closed, without positions that
//! repeat the one before.

use std::ops::Range;

use super::exact::{Position, Segment, same};

/// A ring among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ring {
    /// Its positions, the last the same as the first.
    pub positions: Range<usize>,
    /// The polygon of the feature.
    pub polygon: usize,
    pub is_hole: bool,
}

impl Ring {
    /// Its segments, each by its first position.
    pub fn segments(&self) -> Range<usize> {
        self.positions.start..self.positions.end.saturating_sub(1)
    }
}

/// Rings, their positions one after another.
#[derive(Debug, Default)]
pub(crate) struct Rings {
    xy: Vec<Position>,
    rings: Vec<Ring>,
}

impl Rings {
    /// Forgets all; the room stays.
    pub fn clear(&mut self) {
        self.xy.clear();
        self.rings.clear();
    }

    /// Adds a ring, closed or not. It is left out, and the answer is no, where fewer than three
    /// different positions follow each other.
    pub fn push(&mut self, ring: &[Position], polygon: usize, is_hole: bool) -> bool {
        let start = self.xy.len();
        for position in ring {
            if self.xy.len() == start || self.xy.last().is_none_or(|last| !same(*last, *position)) {
                self.xy.push(*position);
            }
        }
        if let (Some(first), Some(last)) = (self.xy.get(start).copied(), self.xy.last().copied())
            && !same(first, last)
        {
            self.xy.push(first);
        }
        if self.xy.len() < start + 4 {
            self.xy.truncate(start);
            return false;
        }
        self.rings.push(Ring { positions: start..self.xy.len(), polygon, is_hole });
        true
    }

    /// Takes back the ring added last.
    pub fn pop(&mut self) {
        if let Some(ring) = self.rings.pop() {
            self.xy.truncate(ring.positions.start);
        }
    }

    pub fn rings(&self) -> &[Ring] {
        &self.rings
    }

    /// The number of positions, those that close the rings too.
    pub fn len(&self) -> usize {
        self.xy.len()
    }

    /// The positions of a ring, the last the same as the first.
    pub fn xy_of(&self, ring: &Ring) -> &[Position] {
        self.xy.get(ring.positions.clone()).unwrap_or_default()
    }

    /// All positions.
    pub fn xy(&self) -> &[Position] {
        &self.xy
    }

    /// The ring that a position is of.
    pub fn ring_of(&self, at: usize) -> usize {
        self.rings.partition_point(|ring| ring.positions.end <= at)
    }

    /// A position.
    #[inline]
    pub fn at(&self, at: usize) -> Position {
        self.xy.get(at).copied().unwrap_or_default()
    }

    /// The segment that starts at a position that is not the last of its ring.
    #[inline]
    pub fn segment(&self, at: usize) -> Segment {
        [self.at(at), self.at(at + 1)]
    }

    /// Whether two segments follow each other in a ring, the earlier one first.
    pub fn are_neighbours(&self, first: usize, second: usize) -> bool {
        let ring = self.rings.get(self.ring_of(first));
        ring.map(Ring::segments).is_some_and(|segments| {
            (second == first + 1 && second < segments.end)
                || (first == segments.start && second + 1 == segments.end)
        })
    }

    /// The positions before and after a point of a ring that lies on the segment that starts at
    /// `at`, but not at the segment's end.
    pub fn beside(&self, ring: &Ring, at: usize, point: Position) -> [Position; 2] {
        let [from, to] = self.segment(at);
        if !same(from, point) {
            return [from, to];
        }
        let segments = ring.segments();
        let before = if at == segments.start { segments.end.saturating_sub(1) } else { at - 1 };
        [self.at(before), to]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_repeat_nothing() {
        let mut rings = Rings::default();
        let corners = [[0.0, 0.0], [0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [4.0, 4.0]];
        assert!(rings.push(&corners, 0, false));
        assert!(!rings.push(&[[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]], 0, true));
        assert!(!rings.push(&[], 0, true));
        assert!(rings.push(&[[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]], 0, true));
        let [outer, hole] = rings.rings() else { panic!("two") };
        assert_eq!(rings.xy_of(outer), [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]]);
        assert_eq!((hole.segments(), hole.is_hole), (4..7, true));
        assert_eq!([3, 4, 7].map(|at| rings.ring_of(at)), [0, 1, 1]);
        assert!(rings.are_neighbours(4, 6) && rings.are_neighbours(4, 5));
        assert!(!rings.are_neighbours(2, 4) && !rings.are_neighbours(0, 4));
        assert_eq!(rings.beside(hole, 4, [1.0, 1.0]), [[2.0, 2.0], [2.0, 1.0]]);
        assert_eq!(rings.beside(hole, 4, [1.5, 1.0]), [[1.0, 1.0], [2.0, 1.0]]);
    }
}
