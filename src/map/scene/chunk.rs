//! A piece of a layer: what lies in one cell of a grid, as compact as it can be picked and made
//! into triangles from.
//!
//! Positions are whole numbers of a small step (1/1024 m for anything up to a country) from the
//! chunk's origin. Whole numbers subtract without rounding, so the drawing stands still at the
//! deepest zoom, at the size of `f32`.

use crate::table::{Extent, PartKind};

/// A position: whole steps from the chunk's origin, east and north.
pub(in crate::map) type Place = [i32; 2];

/// The smallest step between positions, metres of Web Mercator.
pub(in crate::map) const FINEST_STEP: f64 = 1.0 / 1024.0;

/// The largest whole number a position may have: room for differences in 32 bits.
pub(in crate::map) const LARGEST: f64 = (1_u32 << 29) as f64;

/// How many positions of a large shape have their box together, so that a search can skip them.
pub(in crate::map) const BLOCK: usize = 256;

/// The most rows a table can have to be drawn: the row's number shares 32 bits with two marks.
pub(in crate::map) const ROW_BITS: u32 = (1 << 30) - 1;

/// Marks the row's number of a polygon.
const POLYGON: u32 = 1 << 31;

/// A rectangle of positions: west, south, east, north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::map) struct Bounds(pub [i32; 4]);

impl Bounds {
    pub fn of(places: &[Place]) -> Bounds {
        let mut all = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        for [x, y] in places {
            all = [all[0].min(*x), all[1].min(*y), all[2].max(*x), all[3].max(*y)];
        }
        Bounds(all)
    }

    pub fn union(self, other: Bounds) -> Bounds {
        let [west, south, east, north] = self.0;
        let other = other.0;
        Bounds([west.min(other[0]), south.min(other[1]), east.max(other[2]), north.max(other[3])])
    }

    /// The longer side, steps.
    pub fn longest(self) -> u32 {
        let [west, south, east, north] = self.0;
        east.abs_diff(west).max(north.abs_diff(south))
    }

    /// How far a place is outside, steps; 0 inside.
    pub fn distance(self, [x, y]: [f64; 2]) -> f64 {
        let [west, south, east, north] = self.0.map(f64::from);
        let beside = (west - x).max(x - east).max(0.0);
        let above = (south - y).max(y - north).max(0.0);
        if beside == 0.0 {
            above
        } else if above == 0.0 {
            beside
        } else {
            beside.hypot(above)
        }
    }
}

/// A line or a polygon.
#[derive(Clone, Copy, Debug)]
struct Stored {
    /// The row, with [`POLYGON`].
    row: u32,
    /// The first of its rings; they end where the next shape's start.
    first_ring: u32,
    bounds: Bounds,
}

/// A piece of a layer.
#[derive(Debug)]
pub(in crate::map) struct Chunk {
    /// Where position 0, 0 is: Web Mercator metres.
    pub origin: [f64; 2],
    /// Metres of Web Mercator per unit of position.
    pub step: f64,
    /// What it covers: Web Mercator metres.
    pub extent: Extent,
    /// Lines and polygons, in row order.
    shapes: Vec<Stored>,
    /// Where each ring starts among the positions, and one past the last one's end.
    rings: Vec<u32>,
    /// The positions of all rings. A ring of a polygon does not repeat its first one.
    places: Vec<Place>,
    /// The box of every [`BLOCK`] positions; empty when no shape is large.
    blocks: Vec<Bounds>,
    /// Points, in row order, and their rows.
    points: Vec<Place>,
    point_rows: Vec<u32>,
}

/// A line or a polygon of a chunk.
#[derive(Clone, Copy)]
pub(in crate::map) struct Shape<'a> {
    chunk: &'a Chunk,
    number: usize,
    stored: Stored,
}

/// One run of positions of a shape.
#[derive(Clone, Copy)]
pub(in crate::map) struct Ring<'a> {
    pub places: &'a [Place],
    /// Where it starts among the chunk's positions.
    start: usize,
    blocks: &'a [Bounds],
}

impl Chunk {
    /// An empty chunk for things no farther than `reach` metres from `origin`.
    pub(super) fn new(origin: [f64; 2], reach: f64) -> Chunk {
        let mut step = FINEST_STEP;
        while reach / step > LARGEST {
            step *= 2.0;
        }
        Chunk {
            origin,
            step,
            extent: Extent::of_point(origin),
            shapes: Vec::new(),
            rings: vec![0],
            places: Vec::new(),
            blocks: Vec::new(),
            points: Vec::new(),
            point_rows: Vec::new(),
        }
    }

    /// How many positions it holds.
    pub fn len(&self) -> usize {
        self.places.len() + self.points.len()
    }

    /// How many lines, polygons and points it holds.
    pub fn things(&self) -> usize {
        self.shapes.len() + self.points.len()
    }

    /// A position in Web Mercator metres.
    pub fn metres(&self, [x, y]: Place) -> [f64; 2] {
        let [x0, y0] = self.origin;
        [f64::from(x).mul_add(self.step, x0), f64::from(y).mul_add(self.step, y0)]
    }

    /// A place (Web Mercator metres) in steps from the origin, not rounded.
    pub fn steps(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [x0, y0] = self.origin;
        [(x - x0) / self.step, (y - y0) / self.step]
    }

    #[expect(clippy::cast_possible_truncation, reason = "saturates; the step was chosen to fit")]
    fn place(&self, at: [f64; 2]) -> Place {
        self.steps(at).map(|steps| steps.round() as i32)
    }

    /// Adds a point.
    pub(super) fn add_point(&mut self, row: u32, at: [f64; 2]) {
        self.points.push(self.place(at));
        self.point_rows.push(row & ROW_BITS);
    }

    /// Adds positions as one ring: repeated ones once. Returns how many there are.
    fn add_ring(&mut self, positions: &[[f64; 2]], is_closed: bool) -> usize {
        let start = self.places.len();
        for at in positions {
            let place = self.place(*at);
            if self.places.len() == start || self.places.last() != Some(&place) {
                self.places.push(place);
            }
        }
        if is_closed {
            while self.places.len() > start + 1 && self.places.get(start) == self.places.last() {
                self.places.pop();
            }
        }
        self.places.len() - start
    }

    fn end_ring(&mut self) {
        self.rings.push(count(self.places.len()));
    }

    fn end_shape(&mut self, row: u32, first_ring: u32, start: usize) {
        let bounds = Bounds::of(self.places.get(start..).unwrap_or_default());
        self.shapes.push(Stored { row, first_ring, bounds });
    }

    /// Adds a line.
    pub(super) fn add_line(&mut self, row: u32, line: &[[f64; 2]]) {
        let first_ring = count(self.rings.len() - 1);
        let start = self.places.len();
        self.add_ring(line, false);
        self.end_ring();
        self.end_shape(row & ROW_BITS, first_ring, start);
    }

    /// Adds a polygon: its outer ring and its holes. False when it has no area to draw: fewer
    /// than three different vertices in its outer ring.
    pub(super) fn add_polygon<'a>(
        &mut self,
        row: u32,
        rings: impl Iterator<Item = &'a [[f64; 2]]>,
    ) -> bool {
        let first_ring = count(self.rings.len() - 1);
        let start = self.places.len();
        for (number, ring) in rings.enumerate() {
            let ring_start = self.places.len();
            if self.add_ring(ring, true) >= 3 {
                self.end_ring();
            } else {
                self.places.truncate(ring_start);
                if number == 0 {
                    return false;
                }
            }
        }
        self.end_shape(row & ROW_BITS | POLYGON, first_ring, start);
        true
    }

    /// Takes a shape or point of another chunk with the same origin and step.
    fn copy(&mut self, shape: Shape<'_>) {
        let first_ring = count(self.rings.len() - 1);
        for ring in shape.rings() {
            self.places.extend_from_slice(ring.places);
            self.end_ring();
        }
        self.shapes.push(Stored { first_ring, ..shape.stored });
    }

    /// Takes all of a chunk with the same origin and step whose rows come after the rows of this one.
    pub(super) fn append(&mut self, mut other: Chunk) {
        let (rings, places) = (count(self.rings.len() - 1), count(self.places.len()));
        let moved =
            |shape: Stored| Stored { first_ring: shape.first_ring.saturating_add(rings), ..shape };
        self.shapes.extend(other.shapes.into_iter().map(moved));
        let ends = other.rings.iter().skip(1);
        self.rings.extend(ends.map(|end| end.saturating_add(places)));
        self.places.append(&mut other.places);
        self.points.append(&mut other.points);
        self.point_rows.append(&mut other.point_rows);
    }

    /// Ends the chunk. One of more than `most` positions is cut in four, and those again, as
    /// long as that helps.
    pub(super) fn finish(mut self, most: usize, into: &mut Vec<Chunk>) {
        if self.len() > most
            && self.things() > 1
            && let Some(quarters) = self.quarters()
        {
            drop(self);
            quarters.into_iter().for_each(|quarter| quarter.finish(most, into));
            return;
        }
        let shapes = self.shapes.iter().map(|shape| shape.bounds);
        let points = (!self.points.is_empty()).then(|| Bounds::of(&self.points));
        let Some(bounds) = shapes.chain(points).reduce(Bounds::union) else { return };
        let [west, south, east, north] = bounds.0;
        let [min_x, min_y] = self.metres([west, south]);
        let [max_x, max_y] = self.metres([east, north]);
        self.extent = Extent { min_x, min_y, max_x, max_y };
        let is_large = |shape: Shape<'_>| shape.len() > 4 * BLOCK;
        if self.shapes().any(is_large) {
            self.blocks = self.places.chunks(BLOCK).map(Bounds::of).collect();
        }
        self.shapes.shrink_to_fit();
        self.rings.shrink_to_fit();
        self.places.shrink_to_fit();
        self.points.shrink_to_fit();
        self.point_rows.shrink_to_fit();
        into.push(self);
    }

    /// The same in up to four chunks, by where the middles lie; none when all lie together.
    fn quarters(&self) -> Option<Vec<Chunk>> {
        let middle = |bounds: Bounds| {
            let [west, south, east, north] = bounds.0;
            [i32::midpoint(west, east), i32::midpoint(south, north)]
        };
        let middles = self.shapes.iter().map(|shape| middle(shape.bounds));
        let all = middles
            .chain(self.points.iter().copied())
            .map(|at| Bounds([at[0], at[1], at[0], at[1]]));
        let all = all.reduce(Bounds::union)?;
        if all.longest() < 2 {
            return None;
        }
        let [x, y] = middle(all);
        let mut quarters: Vec<Chunk> = (0..4)
            .map(|_| {
                let mut quarter = Chunk::new(self.origin, 0.0);
                quarter.step = self.step;
                quarter
            })
            .collect();
        let quarter_of = |at: Place| usize::from(at[0] > x) + 2 * usize::from(at[1] > y);
        for shape in self.shapes() {
            if let Some(quarter) = quarters.get_mut(quarter_of(middle(shape.stored.bounds))) {
                quarter.copy(shape);
            }
        }
        for (point, row) in self.points.iter().zip(&self.point_rows) {
            if let Some(quarter) = quarters.get_mut(quarter_of(*point)) {
                quarter.points.push(*point);
                quarter.point_rows.push(*row);
            }
        }
        quarters.retain(|quarter| quarter.things() > 0);
        Some(quarters)
    }

    /// Lines and polygons, in row order.
    pub fn shapes(&self) -> impl DoubleEndedIterator<Item = Shape<'_>> + ExactSizeIterator {
        self.shapes.iter().enumerate().map(|(number, stored)| Shape {
            chunk: self,
            number,
            stored: *stored,
        })
    }

    pub fn has_shapes(&self) -> bool {
        !self.shapes.is_empty()
    }

    pub fn has_points(&self) -> bool {
        !self.points.is_empty()
    }

    /// Points and their rows, in row order.
    pub fn points(&self) -> impl DoubleEndedIterator<Item = (Place, u32)> + ExactSizeIterator {
        self.points.iter().copied().zip(self.point_rows.iter().copied())
    }

    /// The rows of which something lies in an extent (Web Mercator metres), some more than once.
    pub fn rows_in(&self, extent: &Extent) -> impl Iterator<Item = u32> {
        let [west, south] = self.steps([extent.min_x, extent.min_y]);
        let [east, north] = self.steps([extent.max_x, extent.max_y]);
        let is_in = move |[left, bottom, right, top]: [f64; 4]| {
            left <= east && right >= west && bottom <= north && top >= south
        };
        let points = self.points().filter(move |([x, y], _)| {
            let (x, y) = (f64::from(*x), f64::from(*y));
            is_in([x, y, x, y])
        });
        let shapes = self.shapes().filter(move |shape| is_in(shape.bounds().0.map(f64::from)));
        points.map(|(_, row)| row).chain(shapes.map(|shape| shape.row()))
    }

    /// Whether anything of the row is here.
    pub fn has_row(&self, row: u32) -> bool {
        self.point_rows.binary_search(&row).is_ok()
            || self.shapes.binary_search_by_key(&row, |shape| shape.row & ROW_BITS).is_ok()
    }
}

impl<'a> Shape<'a> {
    pub fn row(&self) -> u32 {
        self.stored.row & ROW_BITS
    }

    /// A line or a polygon.
    pub fn kind(&self) -> PartKind {
        if self.stored.row & POLYGON == 0 { PartKind::Line } else { PartKind::Polygon }
    }

    pub fn bounds(&self) -> Bounds {
        self.stored.bounds
    }

    fn ring_range(&self) -> std::ops::Range<usize> {
        let start = self.stored.first_ring as usize;
        let next = self.chunk.shapes.get(self.number + 1);
        let end = next.map_or(self.chunk.rings.len() - 1, |next| next.first_ring as usize);
        start..end
    }

    /// How many positions it has.
    pub fn len(&self) -> usize {
        let rings = self.ring_range();
        let at = |ring: usize| self.chunk.rings.get(ring).copied().unwrap_or_default() as usize;
        at(rings.end).saturating_sub(at(rings.start))
    }

    /// The line; or the outer ring and the holes.
    pub fn rings(&self) -> impl ExactSizeIterator<Item = Ring<'a>> + use<'a> {
        let chunk = self.chunk;
        self.ring_range().map(move |ring| {
            let at = |ring: usize| chunk.rings.get(ring).copied().unwrap_or_default() as usize;
            let (start, end) = (at(ring), at(ring + 1));
            let places = chunk.places.get(start..end).unwrap_or_default();
            Ring { places, start, blocks: &chunk.blocks }
        })
    }
}

impl<'a> Ring<'a> {
    /// Runs of positions with the box around each, in order; the last position of each run is
    /// the first of the next. A run's box may be larger than the run. One run for a short ring.
    pub fn runs(self) -> impl Iterator<Item = (Option<Bounds>, &'a [Place])> {
        let length = self.places.len();
        let is_short = length <= BLOCK || self.blocks.is_empty();
        let first = if is_short { length } else { BLOCK - self.start % BLOCK };
        let mut next = 0;
        std::iter::from_fn(move || {
            if next >= length {
                return None;
            }
            let end = if next == 0 { first } else { next + BLOCK }.min(length);
            let run = self.places.get(next..(end + 1).min(length)).unwrap_or_default();
            let block = (self.start + next) / BLOCK;
            next = end;
            if is_short {
                return Some((None, run));
            }
            let own = self.blocks.get(block).copied();
            let after = run.last().map(|last| Bounds::of(std::slice::from_ref(last)));
            Some((own.zip(after).map(|(own, after)| own.union(after)), run))
        })
    }

    /// The edge from the last position to the first, which a polygon has.
    pub fn closing(self) -> Option<[Place; 2]> {
        Some([*self.places.last()?, *self.places.first()?])
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
