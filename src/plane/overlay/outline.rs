//! The border of chosen faces, as polygons.

use super::super::exact::{Position, is_counter_clockwise};
use super::super::nesting::Nest;
use super::super::rings::Rings;
use super::faces::Faces;
use super::{Polygon, Windings};
use crate::jobs::{Cancelled, Watch};

/// Not on the way.
const NONE: usize = usize::MAX;

/// The polygons around the faces that a rule chooses.
pub(super) fn polygons(
    faces: &Faces,
    is_chosen: impl Fn(Windings) -> bool,
    watch: &Watch,
) -> Result<Vec<Polygon>, Cancelled> {
    let is_in: Vec<bool> =
        (0..faces.arrows()).map(|arrow| is_chosen(faces.windings(arrow))).collect();
    let is = |arrow: usize| is_in.get(arrow).copied().unwrap_or(false);
    let is_border = |arrow: usize| is(arrow) && !is(arrow ^ 1);
    let mut is_done = vec![false; faces.arrows()];
    let mut walk = Walk { path: Vec::new(), places: vec![NONE; faces.corners()] };
    let mut polygons: Vec<Polygon> = Vec::new();
    let mut islands: Vec<Vec<Position>> = Vec::new();
    for first in (0..faces.arrows()).filter(|arrow| is_border(*arrow)) {
        if is_done.get(first).copied().unwrap_or(true) {
            continue;
        }
        watch.check()?;
        let mut rings: Vec<Vec<usize>> = Vec::new();
        let mut arrow = first;
        loop {
            if let Some(done) = is_done.get_mut(arrow) {
                if *done {
                    break;
                }
                *done = true;
            }
            let [from, to] = faces.ends(arrow);
            rings.extend(walk.go(from));
            // Inside all the way from the arrow back to the next border clockwise.
            let mut next = faces.clockwise(arrow ^ 1);
            while !is_border(next) && next != arrow ^ 1 && next != NONE {
                next = faces.clockwise(next);
            }
            arrow = next;
            if arrow == first {
                rings.extend(walk.go(to));
                break;
            }
        }
        walk.end();
        let closed = |corners: Vec<usize>| {
            let mut ring: Vec<Position> = corners.iter().map(|at| faces.at(*at)).collect();
            ring.extend(ring.first().copied());
            ring
        };
        let rings = rings.into_iter().map(closed);
        let (mut outer, mut holes): (Vec<_>, Vec<_>) =
            rings.partition(|ring| is_counter_clockwise(ring));
        if outer.is_empty() {
            islands.append(&mut holes);
        } else {
            outer.append(&mut holes);
            polygons.push(outer);
        }
    }
    give_holes(&mut polygons, islands, watch)?;
    Ok(polygons)
}

/// A way along borders, taken apart where it comes back to where it was.
struct Walk {
    path: Vec<usize>,
    /// Where on the path each corner is.
    places: Vec<usize>,
}

impl Walk {
    /// Comes to a corner; answers the ring that ends there.
    fn go(&mut self, corner: usize) -> Option<Vec<usize>> {
        let place = self.places.get(corner).copied().unwrap_or(NONE);
        let ring = (place != NONE).then(|| {
            let ring = self.path.split_off(place.min(self.path.len()));
            self.forget(&ring);
            ring
        });
        if let Some(known) = self.places.get_mut(corner) {
            *known = self.path.len();
        }
        self.path.push(corner);
        ring
    }

    fn end(&mut self) {
        let path = std::mem::take(&mut self.path);
        self.forget(&path);
    }

    fn forget(&mut self, corners: &[usize]) {
        for corner in corners {
            if let Some(place) = self.places.get_mut(*corner) {
                *place = NONE;
            }
        }
    }
}

/// Puts holes that touch no outer ring into the smallest polygon they lie in.
fn give_holes(
    polygons: &mut [Polygon],
    holes: Vec<Vec<Position>>,
    watch: &Watch,
) -> Result<(), Cancelled> {
    if let [only] = polygons {
        only.extend(holes);
        return Ok(());
    }
    if holes.is_empty() {
        return Ok(());
    }
    // Outer rings first, so that ring and polygon have one number.
    let mut rings = Rings::default();
    for (number, polygon) in polygons.iter().enumerate() {
        rings.push(polygon.first().map(Vec::as_slice).unwrap_or_default(), number, false);
    }
    for hole in &holes {
        rings.push(hole, 0, true);
    }
    let outer = polygons.len();
    let nest = Nest::of(&rings);
    let sizes: Vec<f64> = rings.rings().iter().map(|ring| size(rings.xy_of(ring))).collect();
    let size = |ring: usize| sizes.get(ring).copied().unwrap_or_default();
    let mut found: Vec<Option<usize>> = vec![None; holes.len()];
    for (around, within) in nest.covering(0..rings.rings().len()) {
        let Some(hole) = within.checked_sub(outer) else { continue };
        // A polygon smaller than the hole lies in it.
        if around >= outer || size(around) <= size(within) {
            continue;
        }
        watch.check()?;
        let Some(best) = found.get_mut(hole) else { continue };
        if best.is_none_or(|best| size(around) < size(best)) && nest.is_inside(within, around) {
            *best = Some(around);
        }
    }
    for (hole, found) in holes.into_iter().zip(found) {
        if let Some(polygon) = found.and_then(|polygon| polygons.get_mut(polygon)) {
            polygon.push(hole);
        }
    }
    Ok(())
}

/// Twice the area in a ring (shoelace formula, from its first position for precision).
pub(crate) fn size(ring: &[Position]) -> f64 {
    let Some([x0, y0]) = ring.first() else { return 0.0 };
    let moved = || ring.iter().map(|[x, y]| [x - x0, y - y0]);
    let parts = moved().zip(moved().skip(1)).map(|([ax, ay], [bx, by])| ax * by - bx * ay);
    parts.sum::<f64>().abs()
}
