//! Which rings of a polygon record are outer rings, and which holes belong to them.
//!
//! The specification says: outer rings run clockwise, holes counter-clockwise, in any order. Files
//! with other winding exist, so containment decides: a ring inside an odd number of others is a
//! hole. Winding decides only where containment cannot (rings on top of each other).

use crate::table::{Extent, SpatialIndex};

/// How many tests (of a point against an edge, of two boxes) one record may cost: half a second.
/// Beyond it winding alone decides.
const BUDGET: u64 = 100_000_000;

/// The outer rings of a record in the order of the file, each with its holes.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Grouped {
    /// The number of an outer ring, then the numbers of its holes.
    pub(super) polygons: Vec<Vec<usize>>,
    /// Rings whose winding says otherwise.
    pub(super) mended: u64,
}

/// Twice the signed area of a ring, closed or not: positive when it runs counter-clockwise.
/// (Shoelace formula, with coordinates relative to the first point for precision.)
pub(super) fn doubled_area(ring: &[[f64; 2]]) -> f64 {
    let Some([x0, y0]) = ring.first() else { return 0.0 };
    let moved = || ring.iter().map(|[x, y]| [x - x0, y - y0]);
    moved().zip(moved().skip(1)).map(|([ax, ay], [bx, by])| ax * by - bx * ay).sum()
}

struct Ring<'a> {
    xy: &'a [[f64; 2]],
    extent: Extent,
    area: f64,
}

impl Ring<'_> {
    fn counter_clockwise(&self) -> bool {
        self.area > 0.0
    }
}

/// Groups the rings of one record. Rings must not be empty, coordinates finite.
pub(super) fn group(rings: &[&[[f64; 2]]]) -> Grouped {
    if let [only] = rings {
        let mended = u64::from(doubled_area(only) > 0.0);
        return Grouped { polygons: vec![vec![0]], mended };
    }
    let measured = rings.iter().map(|xy| {
        let extent = Extent::of_points(*xy).unwrap_or(Extent::of_point([0.0, 0.0]));
        Ring { xy, extent, area: doubled_area(xy) }
    });
    let rings: Vec<Ring<'_>> = measured.collect();
    let parents = parents(&rings);
    let depths = depths(&parents);

    let mut grouped = Grouped::default();
    let mut polygon_of = vec![usize::MAX; rings.len()];
    let is_hole = |at: usize| depths.get(at).is_some_and(|depth| depth % 2 == 1);
    for (at, ring) in rings.iter().enumerate() {
        if ring.area != 0.0 && ring.counter_clockwise() != is_hole(at) {
            grouped.mended += 1;
        }
        if !is_hole(at) {
            if let Some(place) = polygon_of.get_mut(at) {
                *place = grouped.polygons.len();
            }
            grouped.polygons.push(vec![at]);
        }
    }
    for (hole, parent) in parents.iter().enumerate().filter(|(at, _)| is_hole(*at)) {
        let polygon = parent.and_then(|parent| polygon_of.get(parent));
        if let Some(polygon) = polygon.and_then(|at| grouped.polygons.get_mut(*at)) {
            polygon.push(hole);
        }
    }
    grouped
}

/// So few rings are looked at without an index.
const FEW: usize = 32;

/// For each ring the smallest one around it.
fn parents(rings: &[Ring<'_>]) -> Vec<Option<usize>> {
    let index = (rings.len() > FEW).then(|| {
        let boxes = rings.iter().enumerate();
        let boxes = boxes.filter_map(|(at, ring)| Some((u32::try_from(at).ok()?, ring.extent)));
        SpatialIndex::of_extents(boxes)
    });
    let near = |extent: &Extent| match &index {
        Some(index) => index.search(extent),
        None => (0..rings.len()).collect(),
    };
    let mut budget = BUDGET;
    let parent = |(at, ring): (usize, &Ring<'_>)| {
        if budget == 0 {
            return None;
        }
        let near = near(&ring.extent);
        budget = budget.saturating_sub(near.len() as u64);
        let mut around: Vec<(usize, &Ring<'_>)> = near
            .into_iter()
            .filter_map(|other| Some((other, rings.get(other)?)))
            .filter(|(other, around)| {
                let larger = around.area.abs() > ring.area.abs();
                // Of equal rings on top of each other the first is the one around.
                let first = around.area.abs() >= ring.area.abs() && *other < at;
                (larger || first) && holds(&around.extent, &ring.extent)
            })
            .collect();
        around.sort_by(|(i, a), (j, b)| a.area.abs().total_cmp(&b.area.abs()).then(j.cmp(i)));
        around.into_iter().find(|(_, around)| contains(around, ring, &mut budget)).map(|(at, _)| at)
    };
    rings.iter().enumerate().map(parent).collect()
}

/// How many rings are around each ring.
fn depths(parents: &[Option<usize>]) -> Vec<u32> {
    let depth = |at: usize| {
        let chain = std::iter::successors(Some(at), |at| parents.get(*at).copied().flatten());
        // Every parent is larger, or as large and earlier: the chain ends.
        u32::try_from(chain.take(parents.len() + 1).count()).unwrap_or(u32::MAX) - 1
    };
    (0..parents.len()).map(depth).collect()
}

fn holds(outer: &Extent, inner: &Extent) -> bool {
    outer.min_x <= inner.min_x
        && outer.min_y <= inner.min_y
        && inner.max_x <= outer.max_x
        && inner.max_y <= outer.max_y
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Inside,
    Outside,
    Edge,
}

/// Whether a ring lies in another: its first point that is not on the other's edge tells.
fn contains(outer: &Ring<'_>, inner: &Ring<'_>, budget: &mut u64) -> bool {
    for point in inner.xy {
        let cost = outer.xy.len() as u64;
        if *budget < cost {
            break;
        }
        *budget -= cost;
        match side(*point, outer.xy) {
            Side::Inside => return true,
            Side::Outside => return false,
            Side::Edge => {}
        }
    }
    // All on the edge, or too many to test: the winding tells.
    inner.counter_clockwise()
}

/// Where a point lies, by the crossings of a ray to the east (even-odd rule).
fn side([x, y]: [f64; 2], ring: &[[f64; 2]]) -> Side {
    let mut inside = false;
    let closing = ring.last().into_iter().chain(ring);
    for ([ax, ay], [bx, by]) in closing.zip(ring) {
        let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        let in_box = ax.min(*bx) <= x && x <= ax.max(*bx) && ay.min(*by) <= y && y <= ay.max(*by);
        if cross == 0.0 && in_box {
            return Side::Edge;
        }
        if (*ay > y) != (*by > y) && (cross > 0.0) == (by > ay) {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square around a middle, clockwise as an outer ring should be.
    fn square(x: f64, y: f64, half: f64) -> Vec<[f64; 2]> {
        let corners = [[-1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]];
        corners.iter().map(|[dx, dy]| [x + dx * half, y + dy * half]).collect()
    }

    fn reversed(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
        ring.reverse();
        ring
    }

    fn grouped(rings: &[Vec<[f64; 2]>]) -> Grouped {
        group(&rings.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn holes_find_their_outer_ring_and_islands_are_outer_again() {
        let rings = [
            reversed(square(0.0, 0.0, 5.0)), // a hole before its outer ring
            square(0.0, 0.0, 10.0),
            square(0.0, 0.0, 2.0), // an island in the hole
            square(30.0, 0.0, 10.0),
            reversed(square(30.0, 0.0, 3.0)),
        ];
        let polygons = vec![vec![1, 0], vec![2], vec![3, 4]];
        assert_eq!(grouped(&rings), Grouped { polygons, mended: 0 });
    }

    #[test]
    fn wrong_winding_is_mended_and_counted() {
        let lone = [reversed(square(0.0, 0.0, 1.0))];
        assert_eq!(grouped(&lone), Grouped { polygons: vec![vec![0]], mended: 1 });
        let all_clockwise = [square(0.0, 0.0, 10.0), square(0.0, 0.0, 5.0)];
        assert_eq!(grouped(&all_clockwise), Grouped { polygons: vec![vec![0, 1]], mended: 1 });
        let two_apart = [reversed(square(0.0, 0.0, 1.0)), reversed(square(9.0, 0.0, 1.0))];
        assert_eq!(grouped(&two_apart), Grouped { polygons: vec![vec![0], vec![1]], mended: 2 });
    }

    #[test]
    fn a_hole_that_touches_the_edge_is_a_hole() {
        // Its lower side lies on the outer ring's.
        let rings = [square(0.0, 0.0, 10.0), reversed(square(0.0, -7.0, 3.0))];
        assert_eq!(grouped(&rings), Grouped { polygons: vec![vec![0, 1]], mended: 0 });
    }

    #[test]
    fn a_ring_twice_stays_twice() {
        let rings = [square(0.0, 0.0, 10.0), square(0.0, 0.0, 10.0)];
        assert_eq!(grouped(&rings), Grouped { polygons: vec![vec![0], vec![1]], mended: 0 });
    }

    #[test]
    fn very_many_rings_end_soon() {
        let mut rings = vec![square(0.0, 0.0, 1e6)];
        for at in 0..20_000 {
            let at = f64::from(at);
            rings.push(reversed(square(at * 10.0 - 1e5, at, 3.0)));
        }
        let grouped = grouped(&rings);
        assert_eq!((grouped.polygons.len(), grouped.mended), (1, 0));
    }
}
