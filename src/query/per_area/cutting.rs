//! Where a line is inside a polygon.
//!
//! Each segment is cut where it meets the polygon's edges; the middle of a piece tells on which
//! side it lies. Whether segments meet is decided exactly (Shewchuk's predicates); only the place
//! of the cut is rounded. Pieces along an edge count as inside.

use geo::Coord;
use geo::kernels::{Kernel, Orientation, RobustKernel};

use super::super::point_in_area::{Location, PreparedPolygon};
use crate::table::Extent;

/// Cuts lines at polygons; keeps its room from one to the next.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    /// Where the segment meets edges, as shares of it.
    cuts: Vec<f64>,
    /// Stretches of it that run along an edge.
    along: Vec<[f64; 2]>,
}

/// How a line lies to a polygon.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Inside {
    /// It shares at least a point with it.
    pub touches: bool,
    /// How much of it lies inside, in the unit of the measure; 0 without one.
    pub length: f64,
}

/// How long things are.
pub(super) struct Measure<'a> {
    /// The length of each segment of the line.
    pub lengths: &'a [f64],
    /// The length of a piece of one.
    pub piece: &'a mut dyn FnMut([[f64; 2]; 2]) -> f64,
}

impl Cutter {
    /// How a line lies to a polygon. With a measure all of the line is cut; without, it is looked at
    /// only until it is known whether it touches.
    pub fn inside(
        &mut self,
        line: &[[f64; 2]],
        mut measure: Option<Measure<'_>>,
        polygon: &PreparedPolygon,
    ) -> Inside {
        let mut inside = Inside::default();
        let mut now: Option<Location> = None;
        if let [only] = line {
            inside.touches = polygon.contains(*only);
        }
        for (number, segment) in line.array_windows().enumerate() {
            let [from, to] = *segment;
            if !polygon.extent().intersects(&around(from, to)) {
                now = None;
                continue;
            }
            self.cut(from, to, polygon);
            if self.cuts.is_empty() {
                let location = *now.get_or_insert_with(|| polygon.locate(from));
                if location != Location::Outside {
                    inside.touches = true;
                    let lengths = measure.as_ref().map(|measure| measure.lengths);
                    let length = lengths.and_then(|lengths| lengths.get(number));
                    inside.length += length.copied().unwrap_or_default();
                }
            } else {
                inside.touches = true;
                now = None;
                if let Some(measure) = &mut measure {
                    inside.length += self.pieces_inside(from, to, polygon, measure.piece);
                }
            }
            if inside.touches && measure.is_none() {
                break;
            }
        }
        inside
    }

    /// Whether a line meets the border of a polygon.
    pub fn meets(&mut self, line: &[[f64; 2]], polygon: &PreparedPolygon) -> bool {
        line.array_windows().any(|[from, to]| {
            polygon.extent().intersects(&around(*from, *to)) && {
                self.cut(*from, *to, polygon);
                !self.cuts.is_empty()
            }
        })
    }

    fn cut(&mut self, from: [f64; 2], to: [f64; 2], polygon: &PreparedPolygon) {
        self.cuts.clear();
        self.along.clear();
        let extent = around(from, to);
        if extent.width() <= 0.0 && extent.height() <= 0.0 {
            // It has no direction: all others would lie on its line.
            if polygon.locate(from) == Location::Edge {
                self.cuts.push(0.0);
            }
            return;
        }
        let segment = [coord(from), coord(to)];
        for edge in polygon.edges_near(extent.min_y, extent.max_y) {
            self.meet(segment, &extent, *edge);
        }
    }

    fn meet(&mut self, [a, b]: [Coord<f64>; 2], extent: &Extent, [c, d]: [Coord<f64>; 2]) {
        if !extent.intersects(&around([c.x, c.y], [d.x, d.y])) {
            return;
        }
        let side = |a, b, of| RobustKernel::orient2d(a, b, of);
        let (of_c, of_d) = (side(a, b, c), side(a, b, d));
        let flat = Orientation::Collinear;
        if of_c == flat && of_d == flat {
            let (first, second) = (share_of(a, b, c), share_of(a, b, d));
            let start = first.min(second).max(0.0);
            let end = first.max(second).min(1.0);
            if start <= end {
                self.cuts.extend([start, end]);
                self.along.push([start, end]);
            }
            return;
        }
        if of_c == of_d {
            return;
        }
        let (of_a, of_b) = (side(c, d, a), side(c, d, b));
        if of_a == of_b && of_a != flat {
            return;
        }
        self.cuts.push(if of_a == flat {
            0.0
        } else if of_b == flat {
            1.0
        } else if of_c == flat {
            share_of(a, b, c)
        } else if of_d == flat {
            share_of(a, b, d)
        } else {
            let (before, after) = (off(c, d, a), off(c, d, b));
            (before / (before + after)).clamp(0.0, 1.0)
        });
    }

    /// The length of the pieces that lie inside, of the segment just cut.
    fn pieces_inside(
        &mut self,
        from: [f64; 2],
        to: [f64; 2],
        polygon: &PreparedPolygon,
        length: &mut dyn FnMut([[f64; 2]; 2]) -> f64,
    ) -> f64 {
        let along = |a: f64, b: f64, share: f64| a + (b - a) * share;
        let at = |share: f64| match share {
            // Its ends as they are.
            0.0 => from,
            1.0 => to,
            share => [along(from[0], to[0], share), along(from[1], to[1], share)],
        };
        self.cuts.retain(|cut| cut.is_finite());
        self.cuts.extend([0.0, 1.0]);
        self.cuts.sort_unstable_by(f64::total_cmp);
        let pieces = self.cuts.array_windows().filter(|[start, end]| end > start);
        let is_inside = |start: f64, end: f64| {
            let middle = f64::midpoint(start, end);
            let is_along = self.along.iter().any(|[from, to]| *from <= middle && middle <= *to);
            is_along || polygon.contains(at(middle))
        };
        let inside = pieces.filter(|[start, end]| is_inside(*start, *end));
        inside.map(|[start, end]| length([at(*start), at(*end)])).sum()
    }
}

fn coord([x, y]: [f64; 2]) -> Coord<f64> {
    Coord { x, y }
}

fn around(a: [f64; 2], b: [f64; 2]) -> Extent {
    Extent::of_point(a).union(Extent::of_point(b))
}

/// Where a point of a line lies, as a share of a segment of it.
fn share_of(a: Coord<f64>, b: Coord<f64>, point: Coord<f64>) -> f64 {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let share = if x.abs() >= y.abs() { (point.x - a.x) / x } else { (point.y - a.y) / y };
    // A segment of one position has no length.
    if share.is_finite() { share } else { 0.0 }
}

/// How far a point is off a line, in some unit.
fn off(a: Coord<f64>, b: Coord<f64>, point: Coord<f64>) -> f64 {
    ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square_with_hole() -> PreparedPolygon {
        let ring = |low: f64, high: f64| {
            vec![[low, low], [high, low], [high, high], [low, high], [low, low]]
        };
        let rings = [ring(0.0, 10.0), ring(4.0, 6.0)];
        PreparedPolygon::of_rings(rings.iter().map(Vec::as_slice)).expect("it has edges")
    }

    fn length_inside(line: &[[f64; 2]]) -> (bool, f64) {
        let mut piece = |[[ax, ay], [bx, by]]: [[f64; 2]; 2]| (bx - ax).hypot(by - ay);
        let lengths: Vec<f64> = line.array_windows().copied().map(piece).collect();
        let measure = Measure { lengths: &lengths, piece: &mut piece };
        let found = Cutter::default().inside(line, Some(measure), &square_with_hole());
        let quick = Cutter::default().inside(line, None, &square_with_hole());
        assert_eq!(found.touches, quick.touches, "{line:?}");
        // Rounding of the last digit.
        (found.touches, (found.length * 1e12).round() / 1e12)
    }

    #[test]
    fn lines_are_cut_at_edges_and_holes() {
        // Through the hole, along an edge, on a corner, past it, and into it.
        assert_eq!(length_inside(&[[-5.0, 5.0], [15.0, 5.0]]), (true, 8.0));
        assert_eq!(length_inside(&[[-5.0, 0.0], [15.0, 0.0]]), (true, 10.0));
        assert_eq!(length_inside(&[[4.5, 4.0], [5.5, 4.0]]), (true, 1.0));
        assert_eq!(
            length_inside(&[[-1.0, 11.0], [1.0, 9.0]]),
            (true, (2e24_f64.sqrt()).round() / 1e12)
        );
        assert_eq!(length_inside(&[[-3.0, 10.0], [3.0, 2.0]]), (true, 5.0));
        assert_eq!(length_inside(&[[-1.0, 1.0], [1.0, -1.0]]), (true, 0.0));
        assert_eq!(length_inside(&[[-1.0, 0.5], [0.5, -1.0]]), (false, 0.0));
        assert_eq!(length_inside(&[[4.5, 5.0], [5.5, 5.0]]), (false, 0.0));
        let (touches, length) = length_inside(&[[1.0, 1.0], [1.0, 2.0], [2.0, 2.0], [2.0, 12.0]]);
        assert!(touches && (length - 10.0).abs() < 1e-12, "{length}");
        assert_eq!(length_inside(&[[10.0, 10.0], [10.0, 10.0]]), (true, 0.0));
        assert_eq!(length_inside(&[[3.0, 3.0]]), (true, 0.0));
        // Positions that repeat lie on no line.
        let corner = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let corner = PreparedPolygon::of_rings(std::iter::once(&corner[..])).expect("edges");
        let mut cutter = Cutter::default();
        assert!(!cutter.inside(&[[9.0, 9.0], [9.0, 9.0]], None, &corner).touches);
        assert!(!cutter.meets(&[[1.0, 1.0], [1.0, 1.0]], &corner));
        assert!(cutter.meets(&[[5.0, 5.0], [5.0, 5.0]], &corner));
        assert_eq!(length_inside(&[]), (false, 0.0));
    }
}
