//! The areas of one thing.

use super::super::point_in_area::PreparedPolygon;
use super::areas::{Areas, Part};
use super::cutting::{Cutter, Measure};
use super::measuring::Measuring;
use super::pairs::Pair;
use crate::check::common_of;
use crate::jobs::{Cancelled, Watch};
use crate::table::{Extent, GeometryRef, PartKind, PartRef};

/// Looks up the areas of things; for one thread.
pub(super) struct Looking<'a, 'b> {
    areas: &'b Areas<'a>,
    cutter: Cutter,
    found: Vec<Pair>,
    /// An overlap that could not be computed counted as nothing.
    pub gave_up: bool,
}

impl<'a, 'b> Looking<'a, 'b> {
    pub fn new(areas: &'b Areas<'a>) -> Looking<'a, 'b> {
        Looking { areas, cutter: Cutter::default(), found: Vec::new(), gave_up: false }
    }

    /// The areas that a thing shares at least a point with, in order; how much of it, where it is
    /// measured.
    pub fn pairs(
        &mut self,
        thing: GeometryRef<'_>,
        mut measuring: Option<&mut Measuring>,
        watch: &Watch,
    ) -> Result<&[Pair], Cancelled> {
        self.found.clear();
        self.gave_up = false;
        for part in thing.parts() {
            match part.kind() {
                PartKind::Point => part.first_ring().xy().iter().for_each(|at| self.point(*at)),
                PartKind::Line => {
                    self.line(part.first_ring().xy(), measuring.as_deref_mut());
                }
                PartKind::Polygon => self.polygon(part, measuring.as_deref_mut(), watch)?,
            }
        }
        self.found.sort_unstable_by_key(|pair| pair.area);
        Ok(&self.found)
    }

    fn add(&mut self, more: Pair) {
        match self.found.iter_mut().find(|pair| pair.area == more.area) {
            Some(pair) => {
                pair.points += more.points;
                pair.length += more.length;
                pair.square += more.square;
            }
            None => self.found.push(more),
        }
    }

    fn point(&mut self, point: [f64; 2]) {
        let mut last = None;
        for area in self.areas.of_point(point) {
            // Polygons of one area next to each other.
            if last != Some(area) {
                match self.found.iter_mut().find(|pair| pair.area == area) {
                    Some(pair) => pair.points += 1,
                    None => self.found.push(Pair { area, points: 1, ..Pair::default() }),
                }
            }
            last = Some(area);
        }
    }

    fn line(&mut self, line: &[[f64; 2]], measuring: Option<&mut Measuring>) {
        let Some(extent) = extent(line) else { return };
        let (near, is_whole) = self.areas.around(&extent);
        if is_whole {
            let length = measuring.map_or(0.0, |measuring| measuring.length(line));
            let parts = near.iter().filter_map(|part| self.areas.parts.get(*part));
            for area in parts.map(|part| part.area) {
                self.add(Pair { area, length, ..Pair::default() });
            }
            return;
        }
        let mut measured = measuring.filter(|_| !near.is_empty());
        let lengths = measured.as_deref_mut().map(|measuring| measuring.lengths(line));
        for part in near {
            let Some(part) = self.areas.parts.get(part) else { continue };
            let inside = match (measured.as_deref_mut(), &lengths) {
                (Some(measuring), Some(lengths)) => {
                    let piece = &mut |piece: [[f64; 2]; 2]| measuring.length(&piece);
                    self.cutter.inside(line, Some(Measure { lengths, piece }), &part.prepared)
                }
                _ => self.cutter.inside(line, None, &part.prepared),
            };
            if inside.touches {
                let length = inside.length;
                self.add(Pair { area: part.area, length, ..Pair::default() });
            }
        }
    }

    fn polygon(
        &mut self,
        thing: PartRef<'_>,
        mut measuring: Option<&mut Measuring>,
        watch: &Watch,
    ) -> Result<(), Cancelled> {
        let Some(extent) = extent(thing.first_ring().xy()) else { return Ok(()) };
        if !thing.rings().all(|ring| is_finite(ring.xy())) {
            return Ok(());
        }
        let (near, is_whole) = self.areas.around(&extent);
        let mut prepared: Option<PreparedPolygon> = None;
        for part in near {
            let Some(part) = self.areas.parts.get(part) else { continue };
            let lying = if is_whole {
                Lying::Whole
            } else {
                self.lying(thing, &extent, part, &mut prepared)
            };
            let square = match (lying, measuring.as_deref_mut()) {
                (Lying::Apart, _) => continue,
                (_, None) => 0.0,
                (Lying::Whole, Some(measuring)) => measuring.area_of_part(thing),
                (Lying::Partly, Some(measuring)) => {
                    self.overlap(thing, &extent, part, measuring, watch)?
                }
            };
            self.add(Pair { area: part.area, square, ..Pair::default() });
        }
        Ok(())
    }

    fn lying(
        &mut self,
        thing: PartRef<'_>,
        extent: &Extent,
        part: &Part<'_>,
        prepared: &mut Option<PreparedPolygon>,
    ) -> Lying {
        for ring in thing.rings() {
            let corners = ring.xy();
            let closing = corners.last().zip(corners.first());
            let meets_closing = |cutter: &mut Cutter| {
                closing.is_some_and(|(last, first)| cutter.meets(&[*last, *first], &part.prepared))
            };
            if self.cutter.meets(corners, &part.prepared) || meets_closing(&mut self.cutter) {
                return Lying::Partly;
            }
        }
        let first = |part: PartRef<'_>| part.first_ring().xy().first().copied();
        if first(thing).is_some_and(|corner| part.prepared.contains(corner)) {
            let holes = part.rings.rings().skip(1);
            let mut holes = holes.filter_map(|ring| Extent::of_points(ring.xy()));
            let is_clear = !holes.any(|hole| hole.intersects(extent));
            return if is_clear { Lying::Whole } else { Lying::Partly };
        }
        // All of the area may lie in the thing.
        if prepared.is_none() {
            *prepared = PreparedPolygon::of(thing);
        }
        let is_around = |corner| prepared.as_ref().is_some_and(|thing| thing.contains(corner));
        if first(part.rings).is_some_and(is_around) { Lying::Partly } else { Lying::Apart }
    }

    fn overlap(
        &mut self,
        thing: PartRef<'_>,
        extent: &Extent,
        part: &Part<'_>,
        measuring: &mut Measuring,
        watch: &Watch,
    ) -> Result<f64, Cancelled> {
        let theirs = part.prepared.extent();
        let within = Extent {
            min_x: extent.min_x.max(theirs.min_x),
            min_y: extent.min_y.max(theirs.min_y),
            max_x: extent.max_x.min(theirs.max_x),
            max_y: extent.max_y.min(theirs.max_y),
        };
        let Some(common) = common_of(thing, part.rings, &within, watch)? else {
            self.gave_up = true;
            return Ok(0.0);
        };
        let areas = common.iter().map(|rings| measuring.area(rings.iter().map(Vec::as_slice)));
        Ok(areas.sum())
    }
}

/// How a polygon lies to another.
#[derive(Clone, Copy)]
enum Lying {
    Apart,
    /// They share points; perhaps one lies in the other.
    Partly,
    /// All of it inside.
    Whole,
}

/// None for what has no positions, or some that are no numbers.
fn extent(line: &[[f64; 2]]) -> Option<Extent> {
    Extent::of_points(line).filter(|_| is_finite(line))
}

fn is_finite(line: &[[f64; 2]]) -> bool {
    line.iter().flatten().all(|number| number.is_finite())
}
