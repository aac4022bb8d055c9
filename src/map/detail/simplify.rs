//! Lines and rings with fewer vertices, nowhere farther than a tolerance from the true ones.
//!
//! Douglas and Peucker (1973), "Algorithms for the reduction of the number of points required to
//! represent a digitized line": the vertex farthest from the straight line between two kept ones
//! is kept when it is farther than the tolerance. Long lines go in runs, so that no line, however
//! wild, costs more than its length times a run.

use crate::map::scene::Place;

/// The longest run: vertices.
const RUN: usize = 1024;

/// What simplification reuses from line to line.
#[derive(Default)]
pub(super) struct Simplifier {
    kept: Vec<bool>,
    stack: Vec<(usize, usize)>,
    /// The second half of a ring, closed.
    back: Vec<Place>,
}

impl Simplifier {
    /// Appends what is kept of an open line. Its ends are.
    pub fn line(&mut self, line: &[Place], tolerance: f64, out: &mut Vec<Place>) {
        if line.len() < 3 || tolerance <= 0.0 {
            out.extend_from_slice(line);
            return;
        }
        let mut start = 0;
        loop {
            let end = (start + RUN).min(line.len() - 1);
            let run = line.get(start..=end).unwrap_or_default();
            self.run(run, tolerance);
            let is_last = end == line.len() - 1;
            let kept = run.iter().zip(&self.kept).take(run.len() - usize::from(!is_last));
            out.extend(kept.filter(|(_, kept)| **kept).map(|(place, _)| *place));
            if is_last {
                return;
            }
            start = end;
        }
    }

    /// Appends what is kept of a ring that does not repeat its first vertex: fewer than three
    /// vertices when it is smaller than the tolerance.
    pub fn ring(&mut self, ring: &[Place], tolerance: f64, out: &mut Vec<Place>) {
        let Some(first) = ring.first().filter(|_| ring.len() > 3 && tolerance > 0.0) else {
            out.extend_from_slice(ring);
            return;
        };
        // Two vertices that stay: the first, and the one farthest from it.
        let far = |place: &Place| {
            let [dx, dy] = [f64::from(place[0] - first[0]), f64::from(place[1] - first[1])];
            dx.mul_add(dx, dy * dy)
        };
        let farthest = ring.iter().enumerate().max_by(|a, b| far(a.1).total_cmp(&far(b.1)));
        let middle = farthest.map_or(0, |(at, _)| at);
        self.line(ring.get(..=middle).unwrap_or_default(), tolerance, out);
        out.pop();
        let mut back = std::mem::take(&mut self.back);
        back.clear();
        back.extend_from_slice(ring.get(middle..).unwrap_or_default());
        back.push(*first);
        self.line(&back, tolerance, out);
        self.back = back;
        // The first vertex is there already.
        out.pop();
    }

    /// Marks what is kept of a run.
    fn run(&mut self, run: &[Place], tolerance: f64) {
        let last = run.len() - 1;
        self.kept.clear();
        self.kept.resize(run.len(), false);
        for end in [0, last] {
            if let Some(kept) = self.kept.get_mut(end) {
                *kept = true;
            }
        }
        self.stack.clear();
        self.stack.push((0, last));
        let limit = tolerance * tolerance;
        while let Some((start, end)) = self.stack.pop() {
            let (Some(a), Some(b)) = (run.get(start), run.get(end)) else { continue };
            let between = run.get(start + 1..end).unwrap_or_default();
            let mut farthest = (limit, 0);
            for (at, place) in between.iter().enumerate() {
                let distance = square_distance(*place, *a, *b);
                if distance > farthest.0 {
                    farthest = (distance, start + 1 + at);
                }
            }
            let (_, at) = farthest;
            if at > 0 {
                if let Some(kept) = self.kept.get_mut(at) {
                    *kept = true;
                }
                self.stack.push((start, at));
                self.stack.push((at, end));
            }
        }
    }
}

/// The square of a place's distance from a segment.
fn square_distance(place: Place, a: Place, b: Place) -> f64 {
    let vector = |from: Place, to: Place| {
        [f64::from(to[0]) - f64::from(from[0]), f64::from(to[1]) - f64::from(from[1])]
    };
    let (along, to) = (vector(a, b), vector(a, place));
    let square = along[0].mul_add(along[0], along[1] * along[1]);
    let share = to[0].mul_add(along[0], to[1] * along[1]);
    if share <= 0.0 || square <= 0.0 {
        return to[0].mul_add(to[0], to[1] * to[1]);
    }
    if share >= square {
        let back = vector(b, place);
        return back[0].mul_add(back[0], back[1] * back[1]);
    }
    let across = along[0].mul_add(to[1], -(along[1] * to[0]));
    across * across / square
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crooked coast.
    fn coast(length: i32) -> Vec<Place> {
        (0..length)
            .map(|at| {
                let x = f64::from(at);
                let y = (x / 7.0).sin() * 40.0 + (x / 61.0).cos() * 300.0 + f64::from(at * 31 % 17);
                #[expect(clippy::cast_possible_truncation, reason = "small")]
                [at * 10, y as i32]
            })
            .collect()
    }

    /// The farthest a true vertex is from the simplified line, against every segment.
    fn farthest(from: &[Place], line: &[Place]) -> f64 {
        let to = |place: &Place| {
            let distances = line.windows(2).map(|ends| square_distance(*place, ends[0], ends[1]));
            distances.fold(f64::INFINITY, f64::min).sqrt()
        };
        from.iter().map(to).fold(0.0, f64::max)
    }

    #[test]
    fn no_vertex_is_farther_than_the_tolerance() {
        for length in [3, 50, 1025, 1026, 5000] {
            let line = coast(length);
            for tolerance in [5.0, 60.0, 900.0] {
                let mut simple = Vec::new();
                Simplifier::default().line(&line, tolerance, &mut simple);
                assert!(farthest(&line, &simple) <= tolerance + 1e-6);
                assert_eq!((simple.first(), simple.last()), (line.first(), line.last()));
                if length > 1000 && tolerance > 10.0 {
                    assert!(simple.len() < line.len() / 3, "{} of {}", simple.len(), line.len());
                }
            }
        }
    }

    #[test]
    fn a_ring_keeps_its_shape() {
        let mut ring: Vec<Place> = coast(3000);
        ring.push([30_000, 9000]);
        ring.push([0, 9000]);
        let mut simple = Vec::new();
        Simplifier::default().ring(&ring, 60.0, &mut simple);
        assert!(simple.len() > 3 && simple.len() < 1000);
        simple.push(simple[0]);
        assert!(farthest(&ring, &simple) <= 60.0 + 1e-6);
        let mut dot = Vec::new();
        Simplifier::default().ring(&[[0, 0], [3, 0], [3, 3], [0, 3]], 60.0, &mut dot);
        assert!(dot.len() < 3, "{dot:?}");
    }
}
