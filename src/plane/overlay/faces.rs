//! The pieces of the plane between rings that meet at their ends only.
//!
//! Edges that several rings share are one, with how much the winding numbers change across it.
//! Each edge is two arrows; an arrow has a face on its left, around which the next arrow is the
//! one that turns left most sharply (Muller and Preparata, "Finding the intersection of two convex
//! polyhedra", 1978: the doubly connected edge list).

use super::super::exact::{Position, Turn, before, by_angle, same, turn};
use super::super::rings::Rings;
use super::{KINDS, Windings};
use crate::jobs::{Cancelled, Watch};
use crate::table::{Extent, SpatialIndex};

/// So few edges are looked at without an index.
const FEW: usize = 64;

/// Arrows between two looks at the watch.
const STRIDE: usize = 65_536;

/// Not known yet.
const NONE: usize = usize::MAX;

/// A line between two corners, from the one that comes first along x, then y.
#[derive(Clone, Copy, Debug)]
struct Edge {
    ends: [usize; 2],
    /// By how much the windings are greater on its left.
    step: Windings,
}

/// The faces between rings. Arrows are numbered: those of edge `e` are `2 e`, along it, and
/// `2 e + 1`, back.
#[derive(Debug)]
pub(super) struct Faces {
    /// In order along x, then y.
    corners: Vec<Position>,
    edges: Vec<Edge>,
    /// The arrows that leave each corner, counter-clockwise from straight down.
    leaving: Vec<usize>,
    /// Where those of each corner start, and one past the last.
    starts: Vec<usize>,
    /// Where each arrow is among those that leave its corner.
    places: Vec<usize>,
    /// The face on the left of each arrow.
    lefts: Vec<usize>,
    /// How often rings wind around each face. What lies around a group of rings that hang together
    /// is a face for each such group.
    windings: Vec<Windings>,
}

fn get(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or(NONE)
}

impl Faces {
    /// Of rings that meet at their ends only, each of the kind that its polygon is numbered with.
    /// None where they do not: where a face would have two winding numbers.
    pub fn of(rings: &Rings, watch: &Watch) -> Result<Option<Faces>, Cancelled> {
        let (corners, edges) = edges(rings);
        watch.check()?;
        let arrows = edges.len() * 2;
        let mut faces = Faces {
            corners,
            edges,
            leaving: Vec::new(),
            starts: Vec::new(),
            places: vec![NONE; arrows],
            lefts: vec![NONE; arrows],
            windings: Vec::new(),
        };
        faces.sort_around();
        watch.check()?;
        let firsts = faces.go_around();
        let is_whole = faces.wind(&firsts, watch)?;
        Ok(is_whole.then_some(faces))
    }

    /// The number of arrows.
    pub fn arrows(&self) -> usize {
        self.lefts.len()
    }

    /// The position of a corner.
    pub fn at(&self, corner: usize) -> Position {
        self.corners.get(corner).copied().unwrap_or_default()
    }

    /// The number of corners.
    pub fn corners(&self) -> usize {
        self.corners.len()
    }

    /// Where an arrow starts and ends.
    pub fn ends(&self, arrow: usize) -> [usize; 2] {
        let [from, to] = self.edges.get(arrow / 2).map_or([NONE; 2], |edge| edge.ends);
        if arrow.is_multiple_of(2) { [from, to] } else { [to, from] }
    }

    /// The windings around the face on the left of an arrow.
    pub fn windings(&self, arrow: usize) -> Windings {
        let face = get(&self.lefts, arrow);
        self.windings.get(face).copied().unwrap_or_default()
    }

    /// The arrow that leaves from the same corner and is the next clockwise.
    pub fn clockwise(&self, arrow: usize) -> usize {
        let [from, _] = self.ends(arrow);
        let (start, end) = (get(&self.starts, from), get(&self.starts, from.wrapping_add(1)));
        let place = get(&self.places, arrow);
        let before = if place == start { end } else { place };
        get(&self.leaving, before.wrapping_sub(1))
    }

    fn step(&self, arrow: usize) -> Windings {
        let step = self.edges.get(arrow / 2).map(|edge| edge.step).unwrap_or_default();
        if arrow.is_multiple_of(2) { step } else { step.map(|step| -step) }
    }

    /// Puts the arrows of each corner in order.
    fn sort_around(&mut self) {
        let mut starts = vec![0; self.corners.len() + 1];
        for corner in self.edges.iter().flat_map(|edge| edge.ends) {
            if let Some(count) = starts.get_mut(corner + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut free = starts.clone();
        let mut leaving = vec![NONE; self.edges.len() * 2];
        for arrow in 0..leaving.len() {
            let [from, _] = self.ends(arrow);
            if let Some(place) = free.get_mut(from) {
                if let Some(slot) = leaving.get_mut(*place) {
                    *slot = arrow;
                }
                *place += 1;
            }
        }
        for (corner, (start, end)) in starts.iter().zip(starts.iter().skip(1)).enumerate() {
            let around = leaving.get_mut(*start..*end).unwrap_or_default();
            let to = |arrow: &usize| self.at(self.ends(*arrow)[1]);
            around.sort_by(|a, b| by_angle(self.at(corner), to(a), to(b)));
        }
        for (place, arrow) in leaving.iter().enumerate() {
            if let Some(known) = self.places.get_mut(*arrow) {
                *known = place;
            }
        }
        (self.leaving, self.starts) = (leaving, starts);
    }

    /// Finds the arrows around each face; answers one arrow for each.
    fn go_around(&mut self) -> Vec<usize> {
        let mut firsts = Vec::new();
        for first in 0..self.arrows() {
            let mut arrow = first;
            while get(&self.lefts, arrow) == NONE {
                if let Some(face) = self.lefts.get_mut(arrow) {
                    *face = firsts.len();
                } else {
                    break;
                }
                arrow = self.next(arrow);
            }
            if get(&self.lefts, first) == firsts.len() {
                firsts.push(first);
            }
        }
        firsts
    }

    /// The next arrow around the face on the left.
    fn next(&self, arrow: usize) -> usize {
        self.clockwise(arrow ^ 1)
    }

    /// Finds the windings of all faces; answers no where a face would have two.
    fn wind(&mut self, firsts: &[usize], watch: &Watch) -> Result<bool, Cancelled> {
        let mut windings: Vec<Option<Windings>> = vec![None; firsts.len()];
        let west = West::of(self);
        let mut open: Vec<usize> = Vec::new();
        let mut steps = 0;
        for corner in 0..self.corners.len() {
            // The last that leaves the first corner of a group has the outside on its left.
            let end = get(&self.starts, corner + 1);
            if end == get(&self.starts, corner) {
                continue;
            }
            let outside = get(&self.lefts, get(&self.leaving, end.wrapping_sub(1)));
            match windings.get_mut(outside) {
                Some(known @ None) => *known = Some(west.windings(self, self.at(corner))),
                _ => continue,
            }
            open.push(outside);
            while let Some(face) = open.pop() {
                let here = windings.get(face).copied().flatten().unwrap_or_default();
                let first = get(firsts, face);
                let mut arrow = first;
                loop {
                    steps += 1;
                    if steps % STRIDE == 0 {
                        watch.check()?;
                    }
                    let (step, across) = (self.step(arrow), get(&self.lefts, arrow ^ 1));
                    let mut there = here;
                    there.iter_mut().zip(step).for_each(|(there, step)| *there -= step);
                    match windings.get_mut(across) {
                        Some(known @ None) => {
                            *known = Some(there);
                            open.push(across);
                        }
                        Some(Some(known)) if *known == there => {}
                        _ => return Ok(false),
                    }
                    arrow = self.next(arrow);
                    if arrow == first {
                        break;
                    }
                    if arrow == NONE {
                        return Ok(false);
                    }
                }
            }
        }
        self.windings = windings.into_iter().map(Option::unwrap_or_default).collect();
        Ok(true)
    }
}

/// The corners of rings, and the edges between them.
fn edges(rings: &Rings) -> (Vec<Position>, Vec<Edge>) {
    let order = |a: &Position, b: &Position| {
        if before(*a, *b) {
            std::cmp::Ordering::Less
        } else if before(*b, *a) {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    };
    let mut corners = rings.xy().to_vec();
    corners.sort_unstable_by(order);
    corners.dedup_by(|a, b| same(*a, *b));
    let number = |at: Position| corners.binary_search_by(|corner| order(corner, &at));
    let mut edges: Vec<Edge> = Vec::with_capacity(rings.len());
    for ring in rings.rings() {
        let numbers: Vec<usize> =
            rings.xy_of(ring).iter().map(|at| number(*at).unwrap_or(NONE)).collect();
        for (from, to) in numbers.iter().zip(numbers.iter().skip(1)) {
            let mut step = [0; KINDS];
            let is_along = from < to;
            if let Some(step) = step.get_mut(ring.polygon) {
                *step = if is_along { 1 } else { -1 };
            }
            let ends = if is_along { [*from, *to] } else { [*to, *from] };
            edges.push(Edge { ends, step });
        }
    }
    edges.sort_unstable_by_key(|edge| edge.ends);
    edges.dedup_by(|again, first| {
        let is_same = again.ends == first.ends;
        if is_same {
            first.step.iter_mut().zip(again.step).for_each(|(step, more)| *step += more);
        }
        is_same
    });
    // What is gone along and back is no border.
    edges.retain(|edge| edge.step != [0; KINDS]);
    (corners, edges)
}

/// What lies west of a place: how often rings wind around it.
struct West {
    index: Option<SpatialIndex>,
    start: f64,
}

impl West {
    fn of(faces: &Faces) -> West {
        let start = faces.corners.first().map_or(0.0, |corner| corner[0]);
        let extents = faces.edges.iter().map(|edge| {
            let [a, b] = edge.ends.map(|corner| Extent::of_point(faces.at(corner)));
            a.union(b)
        });
        let index =
            (faces.edges.len() > FEW).then(|| SpatialIndex::of_extents((0_u32..).zip(extents)));
        West { index, start }
    }

    /// The windings just west of a corner that is the first of its group: no edge of the group is
    /// there.
    fn windings(&self, faces: &Faces, at: Position) -> Windings {
        let mut windings = [0; KINDS];
        let mut look = |edge: &Edge| {
            let [from, to] = edge.ends.map(|corner| faces.at(corner));
            let (is_from_above, is_to_above) = (from[1] > at[1], to[1] > at[1]);
            if is_from_above == is_to_above {
                return;
            }
            let (low, high) = if is_to_above { (from, to) } else { (to, from) };
            if turn(low, high, at) == Turn::Right {
                // Up: its left lies farther west.
                for (winding, step) in windings.iter_mut().zip(edge.step) {
                    *winding += if is_to_above { -step } else { step };
                }
            }
        };
        match &self.index {
            Some(index) => {
                let way = Extent { min_x: self.start, min_y: at[1], max_x: at[0], max_y: at[1] };
                let near = index.search(&way).into_iter();
                near.filter_map(|edge| faces.edges.get(edge)).for_each(&mut look);
            }
            None => faces.edges.iter().for_each(&mut look),
        }
        windings
    }
}
