//! Polygons that are not valid made valid, as GEOS does it (`make_valid`).

use super::super::validity::are_valid;
use crate::jobs::Watch;
use crate::plane::exact::{Position, is_counter_clockwise};
use crate::plane::meetings::meetings;
use crate::plane::nesting::Nest;
use crate::plane::overlay::{Failed, Knot, Polygon, RingOfKind, polygons};
use crate::plane::rings::Rings;

/// The kinds of rings while a polygon is put together.
const OUTER: usize = 0;
const HOLE: usize = 1;
const BESIDE: usize = 2;

/// Makes polygons of a feature valid; answers them with the positions that were made. Polygons
/// without area are left out.
///
/// Of the two ways of GEOS this is the one by structure, which QGIS takes too: what outer rings
/// surround, however often, without what their holes surround, all polygons united. (By linework
/// what overlaps becomes a hole.)
///
/// # Errors
/// When the person cancelled, or rounding could not be kept in check.
pub(in crate::check) fn make_valid(
    feature: &[Vec<&[Position]>],
    watch: &Watch,
) -> Result<(Vec<Polygon>, Vec<Knot>), Failed> {
    let mut work = Work { knots: Vec::new(), watch };
    let made = work.by_structure(feature)?;
    Ok((made, work.knots))
}

struct Work<'a> {
    knots: Vec<Knot>,
    watch: &'a Watch,
}

impl Work<'_> {
    fn overlay(
        &mut self,
        rings: &[RingOfKind<'_>],
        is_chosen: impl Fn([i32; 3]) -> bool,
    ) -> Result<Vec<Polygon>, Failed> {
        let (polygons, knots) = polygons(rings, is_chosen, self.watch)?;
        self.knots.extend(knots);
        Ok(polygons)
    }

    fn by_structure(&mut self, feature: &[Vec<&[Position]>]) -> Result<Vec<Polygon>, Failed> {
        let mut made: Vec<Vec<Polygon>> = Vec::new();
        for polygon in feature {
            let polygons = self.polygon(polygon)?;
            if !polygons.is_empty() {
                made.push(polygons);
            }
        }
        if made.len() < 2 {
            return Ok(made.pop().unwrap_or_default());
        }
        let rings = made.iter().flatten().flatten();
        let rings: Vec<RingOfKind<'_>> = rings.map(|ring| (ring.as_slice(), OUTER)).collect();
        self.overlay(&rings, |[winding, ..]| winding > 0)
    }

    /// What the outer ring surrounds without what the holes surround. A hole that lies outside,
    /// touching nothing, is taken for a polygon that lost its place.
    fn polygon(&mut self, polygon: &[&[Position]]) -> Result<Vec<Polygon>, Failed> {
        let Some((outer, holes)) = polygon.split_first() else { return Ok(Vec::new()) };
        let outer = self.ring(outer)?;
        if outer.is_empty() {
            return Ok(outer);
        }
        let mut made: Vec<Vec<Polygon>> = Vec::new();
        for hole in holes {
            let hole = self.ring(hole)?;
            if !hole.is_empty() {
                made.push(hole);
            }
        }
        if made.is_empty() {
            return Ok(outer);
        }
        let is_beside = self.beside(&outer, &made)?;
        let mut rings: Vec<RingOfKind<'_>> = Vec::new();
        rings.extend(outer.iter().flatten().map(|ring| (ring.as_slice(), OUTER)));
        for (hole, is_beside) in made.iter().zip(is_beside) {
            let kind = if is_beside { BESIDE } else { HOLE };
            rings.extend(hole.iter().flatten().map(|ring| (ring.as_slice(), kind)));
        }
        self.overlay(&rings, |[outer, hole, beside]| (outer > 0 && hole == 0) || beside > 0)
    }

    /// What a ring surrounds, whichever way and however often.
    fn ring(&mut self, ring: &[Position]) -> Result<Vec<Polygon>, Failed> {
        let mut rings = Rings::default();
        if !rings.push(ring, OUTER, false) {
            return Ok(Vec::new());
        }
        if are_valid(&rings, self.watch)? {
            let mut ring = rings.xy().to_vec();
            if !is_counter_clockwise(&ring) {
                ring.reverse();
            }
            return Ok(vec![vec![ring]]);
        }
        self.overlay(&[(ring, OUTER)], |[winding, ..]| winding != 0)
    }

    /// Which holes share no point with a polygon.
    fn beside(&self, outer: &[Polygon], holes: &[Vec<Polygon>]) -> Result<Vec<bool>, Failed> {
        let mut rings = Rings::default();
        let all = std::iter::once(outer).chain(holes.iter().map(Vec::as_slice));
        // The first ring of each, and one past the last.
        let mut firsts = Vec::new();
        for (number, polygons) in all.enumerate() {
            firsts.push(rings.rings().len());
            for ring in polygons.iter().flatten() {
                rings.push(ring, number, false);
            }
        }
        firsts.push(rings.rings().len());
        let mut meets = vec![false; holes.len()];
        let met = meetings(&rings, usize::MAX, self.watch)?;
        let crossings = met.crossings.iter().map(|crossing| crossing.segments);
        for pair in crossings.chain(met.touches.iter().map(|touch| touch.segments)) {
            let of = |segment| rings.rings().get(rings.ring_of(segment)).map(|ring| ring.polygon);
            if let [Some(a), Some(b)] = pair.map(of)
                && a.min(b) == 0
                && let Some(hole) = a.max(b).checked_sub(1).and_then(|hole| meets.get_mut(hole))
            {
                *hole = true;
            }
        }
        let nest = Nest::of(&rings);
        let own = |number: usize| {
            let at = |number: usize| firsts.get(number).copied().unwrap_or_default();
            at(number)..at(number + 1)
        };
        let is_in = |ring: usize, number: usize| {
            own(number).filter(|around| nest.is_inside(ring, *around)).count() % 2 == 1
        };
        let is_beside = meets.into_iter().enumerate().map(|(hole, meets)| {
            let (first, number) = (own(hole + 1).start, hole + 1);
            !meets && !is_in(first, 0) && !is_in(0, number)
        });
        Ok(is_beside.collect())
    }
}
