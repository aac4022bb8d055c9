//! Whether a point lies in a polygon, prepared for many points.
//!
//! The polygon's edges are sorted into horizontal slabs, so that a point looks only at the edges
//! at its height. Even-odd rule over the outer ring and the holes (Haines, "Point in Polygon
//! Strategies", Graphics Gems IV); exact side tests (Shewchuk's adaptive predicates), so that a
//! point on an edge is known to be on it.

use geo::Coord;
use geo::kernels::{Kernel, Orientation, RobustKernel};

use crate::table::{Extent, PartRef};

/// Edges per slab aimed at.
const EDGES_A_SLAB: usize = 2;
/// The most slabs of a polygon.
const MOST_SLABS: usize = 4096;

/// Where a point lies to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Location {
    Outside,
    Edge,
    Inside,
}

/// A polygon, its edges sorted by height.
#[derive(Debug)]
pub(super) struct PreparedPolygon {
    extent: Extent,
    slabs_per_unit: f64,
    /// The first edge of each slab, and one past the last slab's.
    starts: Vec<usize>,
    edges: Vec<[Coord<f64>; 2]>,
}

impl PreparedPolygon {
    /// None for a polygon without edges or with coordinates that are not finite.
    pub fn of(part: PartRef<'_>) -> Option<PreparedPolygon> {
        PreparedPolygon::of_rings(part.rings().map(|ring| ring.xy()))
    }

    /// Of rings, whichever is the outer one: as [`Self::of`].
    #[expect(clippy::float_cmp, reason = "closed means the very same position")]
    pub fn of_rings<'a>(rings: impl Iterator<Item = &'a [[f64; 2]]>) -> Option<PreparedPolygon> {
        let mut edges = Vec::new();
        let mut extent: Option<Extent> = None;
        for corners in rings {
            if !corners.iter().flatten().all(|number| number.is_finite()) {
                return None;
            }
            let at = |[x, y]: [f64; 2]| Coord { x, y };
            edges.extend(corners.array_windows().map(|[from, to]| [at(*from), at(*to)]));
            // Rings are closed, whether the source repeats the first position or not.
            if let (Some(first), Some(last)) = (corners.first(), corners.last())
                && first != last
            {
                edges.push([at(*last), at(*first)]);
            }
            extent =
                [extent, Extent::of_points(corners)].into_iter().flatten().reduce(Extent::union);
        }
        let extent = extent?;
        if edges.is_empty() {
            return None;
        }
        let slabs = (edges.len() / EDGES_A_SLAB).clamp(1, MOST_SLABS);
        let count = u32::try_from(slabs).map_or(1.0, f64::from);
        let height = extent.height();
        let slabs_per_unit = if height > 0.0 { count / height } else { 0.0 };
        let mut prepared =
            PreparedPolygon { extent, slabs_per_unit, starts: Vec::new(), edges: Vec::new() };
        let mut sorted: Vec<Vec<[Coord<f64>; 2]>> = vec![Vec::new(); slabs];
        for edge in edges {
            let [from, to] = edge;
            let first = prepared.slab(from.y.min(to.y)).min(slabs - 1);
            let last = prepared.slab(from.y.max(to.y)).min(slabs - 1);
            sorted.iter_mut().take(last + 1).skip(first).for_each(|slab| slab.push(edge));
        }
        for slab in sorted {
            prepared.starts.push(prepared.edges.len());
            prepared.edges.extend(slab);
        }
        prepared.starts.push(prepared.edges.len());
        Some(prepared)
    }

    /// The slab of a height within the extent. The same height always has the same slab.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    fn slab(&self, y: f64) -> usize {
        let slab = (y - self.extent.min_y) * self.slabs_per_unit;
        slab.clamp(0.0, 4_294_967_295.0) as usize
    }

    /// The rectangle around it.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// The edges that may reach between two heights; some come more than once.
    pub fn edges_near(&self, low: f64, high: f64) -> &[[Coord<f64>; 2]] {
        let last = self.starts.len().saturating_sub(2);
        let (first, last) = (self.slab(low).min(last), self.slab(high).min(last));
        match (self.starts.get(first), self.starts.get(last + 1)) {
            (Some(start), Some(end)) => self.edges.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether a point lies inside or on the edge.
    pub fn contains(&self, point: [f64; 2]) -> bool {
        self.locate(point) != Location::Outside
    }

    /// Where a point lies.
    pub fn locate(&self, [x, y]: [f64; 2]) -> Location {
        // False for positions that are not finite.
        if !self.extent.contains([x, y]) {
            return Location::Outside;
        }
        let slab = self.slab(y).min(self.starts.len().saturating_sub(2));
        let (Some(start), Some(end)) = (self.starts.get(slab), self.starts.get(slab + 1)) else {
            return Location::Outside;
        };
        let mut inside = false;
        for [from, to] in self.edges.get(*start..*end).unwrap_or_default() {
            let (low, high) = if from.y <= to.y { (from, to) } else { (to, from) };
            if y < low.y || y > high.y {
                continue;
            }
            let (left, right) = (from.x.min(to.x), from.x.max(to.x));
            if x > right {
                continue;
            }
            let crosses = low.y <= y && y < high.y;
            if x < left {
                inside ^= crosses;
                continue;
            }
            match RobustKernel::orient2d(*low, *high, Coord { x, y }) {
                Orientation::Collinear => return Location::Edge,
                Orientation::CounterClockwise => inside ^= crosses,
                Orientation::Clockwise => {}
            }
        }
        if inside { Location::Inside } else { Location::Outside }
    }
}
