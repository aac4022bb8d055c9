//! The triangles that fill a polygon.

use earcut::Earcut;

use crate::plane::{is_convex, is_crossing};

/// A polygon ring by ring, each vertex with the number of its record, and its triangles.
#[derive(Default)]
pub(super) struct Filler {
    earcut: Earcut<f64>,
    vertices: Vec<[f64; 2]>,
    /// The first vertex of each hole.
    holes: Vec<u32>,
    /// The record of each vertex.
    records: Vec<u32>,
    /// Numbers of vertices.
    triangles: Vec<u32>,
}

impl Filler {
    /// Another polygon.
    pub fn begin(&mut self) {
        self.vertices.clear();
        self.holes.clear();
        self.records.clear();
        self.triangles.clear();
    }

    /// What follows is a hole.
    pub fn begin_hole(&mut self) {
        self.holes.push(u32::try_from(self.vertices.len()).unwrap_or(u32::MAX));
    }

    /// The next vertex of the ring, which closes by itself.
    pub fn push(&mut self, place: [f64; 2], record: u32) {
        self.vertices.push(place);
        self.records.push(record);
    }

    /// How many vertices there are.
    pub fn len(&self) -> usize {
        self.vertices.len()
    }

    /// The rings, the outer one first.
    pub fn rings(&self) -> Vec<&[[f64; 2]]> {
        let holes = || self.holes.iter().map(|start| *start as usize);
        let starts = std::iter::once(0).chain(holes());
        let ends = holes().chain(std::iter::once(self.vertices.len()));
        let rings = starts.zip(ends).map(|(start, end)| self.vertices.get(start..end));
        rings.map(Option::unwrap_or_default).collect()
    }

    /// Makes the triangles.
    pub fn triangulate(&mut self) {
        self.earcut.earcut_slice(&self.vertices, &self.holes, &mut self.triangles);
    }

    /// Whether the triangles fill the polygon: its rings do not cross, and the triangles have the area of
    /// the outer ring without that of the holes, but for a slack (in square units of the vertices).
    pub fn is_whole(&self, slack: f64) -> bool {
        if self.holes.is_empty() {
            return is_convex(&self.vertices) || self.fills(&[&self.vertices], slack);
        }
        self.fills(&self.rings(), slack)
    }

    fn fills(&self, rings: &[&[[f64; 2]]], slack: f64) -> bool {
        !is_crossing(rings) && self.has_area(rings, slack)
    }

    fn has_area(&self, rings: &[&[[f64; 2]]], slack: f64) -> bool {
        let mut rings = rings.iter().map(|ring| double_area(ring).abs());
        let outer = rings.next().unwrap_or_default();
        let holes: f64 = rings.sum();
        let vertex = |at: &u32| self.vertices.get(*at as usize).copied().unwrap_or_default();
        let triangles = self.triangles.as_chunks::<3>().0.iter();
        let filled: f64 = triangles.map(|corners| turn(corners.each_ref().map(vertex)).abs()).sum();
        (filled - (outer - holes)).abs() <= 2.0 * slack + 1e-9 * (outer + holes)
    }

    /// Adds the triangles, by the records of their corners.
    pub fn append_to(&self, indices: &mut Vec<u32>) {
        let record = |vertex: &u32| self.records.get(*vertex as usize).copied();
        indices.extend(self.triangles.iter().filter_map(record));
    }
}

/// Twice the area that a ring surrounds, negative where it turns right.
fn double_area(ring: &[[f64; 2]]) -> f64 {
    let Some(origin) = ring.first() else { return 0.0 };
    ring.array_windows().map(|[a, b]| turn([*origin, *a, *b])).sum()
}

/// Twice the area of a triangle, negative where it turns right.
fn turn([[ax, ay], [bx, by], [cx, cy]]: [[f64; 2]; 3]) -> f64 {
    (bx - ax).mul_add(cy - ay, -((cx - ax) * (by - ay)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filler(rings: &[&[[f64; 2]]]) -> Filler {
        let mut filler = Filler::default();
        filler.begin();
        for (number, ring) in rings.iter().enumerate() {
            if number > 0 {
                filler.begin_hole();
            }
            ring.iter().for_each(|place| filler.push(*place, 0));
        }
        filler.triangulate();
        filler
    }

    #[test]
    fn what_crosses_is_not_whole() {
        let square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]];
        let hole = [[1.0, 1.0], [1.0, 3.0], [3.0, 3.0], [3.0, 1.0]];
        assert!(filler(&[&square]).is_whole(0.0));
        assert!(filler(&[&square, &hole]).is_whole(0.0));
        let beside = hole.map(|[x, y]| [x + 2.0, y]);
        assert!(!filler(&[&square, &beside]).is_whole(0.1));
        let bow = [[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 4.0]];
        assert!(!filler(&[&bow]).is_whole(100.0));
        let around_twice = [
            [0.0, 0.0],
            [9.0, 0.0],
            [9.0, 9.0],
            [1.0, 8.0],
            [1.0, 1.0],
            [8.0, 1.0],
            [8.0, 8.0],
            [0.0, 9.0],
        ];
        assert!(!filler(&[&around_twice]).is_whole(100.0));
        let hole_outside = hole.map(|[x, y]| [x + 5.0, y]);
        assert!(!filler(&[&square, &hole_outside]).is_whole(0.1));
    }
}
