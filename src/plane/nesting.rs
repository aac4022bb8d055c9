//! Holes outside their polygon, holes in holes, polygons in polygons: of rings that cross nowhere.

use super::exact::{Position, Turn, is_between, is_counter_clockwise, meets, same, turn};
use super::pairs::{Run, extent, index_of, runs};
use super::rings::Rings;
use crate::jobs::{Cancelled, Watch};
use crate::table::SpatialIndex;

/// So few runs or rings are looked at without an index.
const FEW: usize = 64;

/// Pairs of rings between two looks at the watch.
const STRIDE: usize = 1024;

/// What lies where it should not, by its first position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Misplaced {
    /// A hole outside its polygon's outer ring.
    HoleOutside(Position),
    /// A hole in another of the same polygon.
    HoleInHole(Position),
    /// A polygon in another.
    PolygonInPolygon(Position),
}

/// Where a point lies to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    Inside,
    /// On the segment that starts there, not at its end.
    On(usize),
}

/// Finds what lies where it should not. Rings may touch, but not cross.
///
/// # Errors
/// When the person cancelled.
pub(crate) fn misplaced(rings: &Rings, watch: &Watch) -> Result<Vec<Misplaced>, Cancelled> {
    let mut found = Vec::new();
    if rings.rings().len() < 2 {
        return Ok(found);
    }
    let nest = Nest::of(rings);
    // The rings of a polygon follow each other, the outer one first.
    let mut shells: Vec<Polygon> = Vec::new();
    for (number, ring) in rings.rings().iter().enumerate() {
        if !ring.is_hole {
            shells.push(Polygon { shell: number, holes: number + 1..number + 1 });
        } else if let Some(polygon) = shells.last_mut() {
            polygon.holes.end = number + 1;
        }
    }
    let mut looked = 0;
    let mut look = || {
        looked += 1;
        if looked % STRIDE == 0 { watch.check() } else { Ok(()) }
    };
    for polygon in &shells {
        for hole in polygon.holes.clone() {
            look()?;
            if !nest.is_inside(hole, polygon.shell) {
                found.push(Misplaced::HoleOutside(nest.first(hole)));
            }
        }
        for (outer, inner) in nest.covering(polygon.holes.clone()) {
            look()?;
            if nest.is_inside(inner, outer) {
                found.push(Misplaced::HoleInHole(nest.first(inner)));
            }
        }
    }
    for (outer, inner) in nest.covering(shells.iter().map(|polygon| polygon.shell)) {
        look()?;
        let Ok(at) = shells.binary_search_by_key(&outer, |polygon| polygon.shell) else { continue };
        let Some(polygon) = shells.get(at) else { continue };
        let is_in_hole = |mut holes: std::ops::Range<usize>| {
            holes.any(|hole| nest.covers(hole, inner) && nest.is_inside(inner, hole))
        };
        if nest.is_inside(inner, outer) && !is_in_hole(polygon.holes.clone()) {
            found.push(Misplaced::PolygonInPolygon(nest.first(inner)));
        }
    }
    Ok(found)
}

struct Polygon {
    shell: usize,
    holes: std::ops::Range<usize>,
}

/// Rings made ready for asking which lies in which.
pub(crate) struct Nest<'a> {
    rings: &'a Rings,
    runs: Vec<Run>,
    /// The first run of each ring, and one past the last.
    first_runs: Vec<usize>,
    index: Option<SpatialIndex>,
    bounds: Vec<[f64; 4]>,
}

impl<'a> Nest<'a> {
    pub fn of(rings: &'a Rings) -> Nest<'a> {
        let runs = runs(rings);
        let mut first_runs = Vec::with_capacity(rings.rings().len() + 1);
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let mut bounds: Vec<[f64; 4]> = Vec::with_capacity(rings.rings().len());
        for (at, run) in runs.iter().enumerate() {
            if first_runs.len() <= run.ring {
                first_runs.push(at);
                bounds.push(none);
            }
            if let Some([w, s, e, n]) = bounds.last_mut() {
                let [run_w, run_s, run_e, run_n] = run.bounds;
                (*w, *s, *e, *n) = (w.min(run_w), s.min(run_s), e.max(run_e), n.max(run_n));
            }
        }
        first_runs.push(runs.len());
        let index = (runs.len() > FEW).then(|| index_of(&runs));
        Nest { rings, runs, first_runs, index, bounds }
    }

    fn bounds(&self, ring: usize) -> [f64; 4] {
        self.bounds.get(ring).copied().unwrap_or_default()
    }

    /// Whether the box of a ring covers that of another.
    pub fn covers(&self, outer: usize, inner: usize) -> bool {
        let ([w, s, e, n], [iw, is, ie, in_]) = (self.bounds(outer), self.bounds(inner));
        w <= iw && s <= is && ie <= e && in_ <= n
    }

    /// The pairs of rings of which one's box covers the other's, the outer one first.
    pub fn covering(&self, rings: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
        let rings: Vec<usize> = rings.collect();
        let mut found = Vec::new();
        if rings.len() <= FEW {
            for inner in &rings {
                let outer = rings.iter().filter(|o| *o != inner && self.covers(**o, *inner));
                found.extend(outer.map(|outer| (*outer, *inner)));
            }
            return found;
        }
        let extents = rings.iter().map(|ring| extent(self.bounds(*ring)));
        let index = SpatialIndex::of_extents((0_u32..).zip(extents));
        for inner in &rings {
            let near = index.search(&extent(self.bounds(*inner)));
            let near = near.into_iter().filter_map(|at| rings.get(at).copied());
            let outer = near.filter(|outer| outer != inner && self.covers(*outer, *inner));
            found.extend(outer.map(|outer| (outer, *inner)));
        }
        found
    }

    /// The first position of a ring.
    fn first(&self, ring: usize) -> Position {
        let ring = self.rings.rings().get(ring);
        ring.map(|ring| self.rings.at(ring.positions.start)).unwrap_or_default()
    }

    /// Whether a ring lies inside another that it does not cross.
    pub fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let Some(ring) = self.rings.rings().get(inner) else { return false };
        let (start, next) = (ring.positions.start, ring.positions.start + 1);
        let point = self.rings.at(start);
        match self.locate(point, outer) {
            Place::Outside => false,
            Place::Inside => true,
            Place::On(segment) => {
                // It starts on the other's edge: the direction it takes tells.
                let Some(outer) = self.rings.rings().get(outer) else { return false };
                let [before, after] = self.rings.beside(outer, segment, point);
                let goes = self.rings.at(next);
                if is_counter_clockwise(self.rings.xy_of(outer)) {
                    is_between(point, after, goes, before)
                } else {
                    is_between(point, before, goes, after)
                }
            }
        }
    }

    /// Where a point lies to a ring: by how often the ring winds around it, told by the segments
    /// that a line to the east crosses (Sunday, "Inclusion of a point in a polygon", 2001).
    fn locate(&self, point: Position, ring: usize) -> Place {
        let [_, south, east, north] = self.bounds(ring);
        let [x, y] = point;
        if x > east || y < south || y > north {
            return Place::Outside;
        }
        let (Some(first), Some(end)) = (self.first_runs.get(ring), self.first_runs.get(ring + 1))
        else {
            return Place::Outside;
        };
        let mut winding = 0;
        let mut look = |run: &Run| {
            if !meets(&run.bounds, &[x, y, east, y]) {
                return None;
            }
            run.segments.clone().find_map(|at| {
                let (crosses, is_on) = crossed(self.rings.segment(at), point);
                winding += crosses;
                is_on.then_some(Place::On(at))
            })
        };
        let own = *first..*end;
        let on = match &self.index {
            Some(index) if own.len() > FEW => {
                let way = extent([x, y, east, y]);
                let near = index.search(&way).into_iter().filter(|at| own.contains(at));
                near.filter_map(|at| self.runs.get(at)).find_map(&mut look)
            }
            _ => self.runs.get(own).unwrap_or_default().iter().find_map(&mut look),
        };
        on.unwrap_or(if winding != 0 { Place::Inside } else { Place::Outside })
    }
}

/// How a line from a point to the east crosses a segment: 1 where that goes up, -1 where it goes
/// down; and whether the point lies on the segment, its end not counted.
fn crossed([from, to]: [Position; 2], point: Position) -> (i32, bool) {
    let [x, y] = point;
    if same(from, point) {
        return (0, true);
    }
    if same(to, point) || x > from[0].max(to[0]) || y > from[1].max(to[1]) || y < from[1].min(to[1])
    {
        return (0, false);
    }
    let way = match (from[1] > y, to[1] > y) {
        (false, true) => 1,
        (true, false) => -1,
        _ => 0,
    };
    if x < from[0].min(to[0]) {
        return (way, false);
    }
    let (low, high) = if from[1] <= to[1] { (from, to) } else { (to, from) };
    match turn(low, high, point) {
        Turn::Straight => (0, true),
        Turn::Left => (way, false),
        Turn::Right => (0, false),
    }
}
