//! Lines and polygons in the detail of a zoom level: simplified nowhere more than a third of a
//! pixel from the true ones, small polygons as boxes.

use super::boxes::{Turned, around, double_area, upright};
use super::fill::Filler;
use super::simplify::Simplifier;
use super::{BoxRecord, DRAW, JOIN, Record, clip};
use crate::map::scene::{Bounds, Chunk, LARGE_PART, Place, Shape};
use crate::plane::{InsideRule, inside};
use crate::table::{Extent, PartKind, RowSet};

/// How far a drawn line may be from the true one: pixels of the level.
const TOLERANCE: f64 = 0.35;

/// The finest level: pixels of 1/16 m. From there on nothing is simplified.
pub(in crate::map) const FINEST: i32 = -4;

/// How much area a box may have more than its polygon: square pixels.
const BOX_EXCESS: f64 = 0.6;

/// The longest box, pixels: a larger polygon is drawn by its vertices.
const LONGEST_BOX: f64 = 24.0;

/// A polygon of more vertices than this has no box looked for.
const MOST_CORNERS: usize = 10;

/// A ring with more vertices than this in view, simplified, is filled no more: only a ring as
/// crooked as noise has that many, and its triangles could not be made in time.
const MOST_FILLED: usize = 100_000;

/// The level of detail for pixels of a size (metres of Web Mercator): they are no smaller than
/// 2^level metres, and smaller than twice that.
#[expect(clippy::cast_possible_truncation, reason = "a logarithm; saturates")]
pub(in crate::map) fn level(metres_per_pixel: f64) -> i32 {
    (metres_per_pixel.max(1e-9).log2().floor() as i32).clamp(FINEST, 40)
}

/// Lines and polygons ready for the GPU.
#[derive(Debug, Default)]
pub(in crate::map) struct Shapes {
    /// Lines and the rings of polygons, with one record before the first and two after the last
    /// segment; empty when there are none.
    pub records: Vec<Record>,
    /// Triangles: places in `records`.
    pub indices: Vec<u32>,
    pub boxes: Vec<BoxRecord>,
    /// Nothing was simplified: it serves all finer levels too.
    pub is_exact: bool,
    /// Polygons whose outline alone is drawn.
    pub unfilled: u64,
}

/// What is to be made of a chunk.
#[derive(Clone, Copy, Debug)]
pub(in crate::map) struct Wanted<'a> {
    pub level: i32,
    /// Of shapes with very many vertices only what lies there (Web Mercator metres).
    pub window: Extent,
    /// Only these rows, every polygon by its outline; none for all rows.
    pub rows: Option<&'a RowSet>,
}

/// Whether a chunk is one shape with so many vertices that only what is in view is made ready.
pub(in crate::map) fn is_windowed(chunk: &Chunk) -> bool {
    chunk.shapes().len() == 1 && chunk.shapes().any(|shape| shape.len() > LARGE_PART)
}

/// Makes a chunk's lines and polygons ready.
pub(in crate::map) fn make(chunk: &Chunk, wanted: Wanted<'_>, tools: &mut Tools) -> Shapes {
    let pixel = f64::from(wanted.level).exp2() / chunk.step;
    let tolerance = if wanted.level <= FINEST { 0.0 } else { TOLERANCE * pixel };
    let mut maker = Maker {
        made: Shapes { is_exact: true, ..Shapes::default() },
        tools,
        pixel,
        tolerance,
        window: window(chunk, wanted.window),
        has_boxes: wanted.rows.is_none() && tolerance > 0.0,
    };
    match wanted.rows {
        None => chunk.shapes().for_each(|shape| maker.add(shape)),
        Some(rows) => {
            let chosen = chunk.shapes().filter(|shape| rows.contains(shape.row() as usize));
            chosen.for_each(|shape| maker.add(shape));
        }
    }
    let mut made = maker.made;
    if !made.records.is_empty() {
        // Room for the shader to look past the last record.
        let end = Record { x: 0, y: 0, row_and_marks: 0 };
        made.records.extend([end, end]);
    }
    made
}

/// The window in the chunk's steps.
#[expect(clippy::cast_possible_truncation, reason = "saturates, which is no limit")]
fn window(chunk: &Chunk, extent: Extent) -> Bounds {
    let [west, south] = chunk.steps([extent.min_x, extent.min_y]);
    let [east, north] = chunk.steps([extent.max_x, extent.max_y]);
    // Half the range: differences fit 32 bits.
    let whole = |steps: f64| (steps.round() as i32).clamp(-(1 << 30), 1 << 30);
    Bounds([whole(west), whole(south), whole(east), whole(north)])
}

struct Maker<'a> {
    made: Shapes,
    tools: &'a mut Tools,
    /// The side of a pixel, steps.
    pixel: f64,
    /// 0 when nothing is simplified.
    tolerance: f64,
    window: Bounds,
    has_boxes: bool,
}

impl Maker<'_> {
    fn add(&mut self, shape: Shape<'_>) {
        match shape.kind() {
            PartKind::Polygon => self.add_polygon(shape),
            _ => self.add_line(shape),
        }
    }

    fn push(&mut self, [x, y]: Place, row_and_marks: u32) {
        self.made.records.push(Record { x, y, row_and_marks });
    }

    /// Before the first record is one for the shader to look at.
    fn begin(&mut self) {
        if self.made.records.is_empty() {
            self.push([0, 0], 0);
        }
    }

    fn add_line(&mut self, shape: Shape<'_>) {
        let is_large = shape.len() > LARGE_PART;
        for ring in shape.rings() {
            if is_large {
                self.made.is_exact = false;
                for run in clip::runs(ring.places, self.window) {
                    self.add_run(shape.row(), ring.places.get(run).unwrap_or_default());
                }
            } else {
                self.add_run(shape.row(), ring.places);
            }
        }
    }

    fn add_run(&mut self, row: u32, line: &[Place]) {
        let mut simple = std::mem::take(&mut self.tools.simple);
        simple.clear();
        self.tools.simplifier.line(line, self.tolerance, &mut simple);
        self.made.is_exact &= simple.len() == line.len();
        self.push_line(row, &simple);
        self.tools.simple = simple;
    }

    fn push_line(&mut self, row: u32, line: &[Place]) {
        self.begin();
        if let [dot] = line {
            // All vertices in one place: a segment without length shows as a dot.
            self.push(*dot, row | DRAW | JOIN);
            self.push(*dot, row);
            return;
        }
        let last = line.len().saturating_sub(1);
        for (at, place) in line.iter().enumerate() {
            self.push(*place, if at < last { row | DRAW | JOIN } else { row });
        }
    }

    fn add_polygon(&mut self, shape: Shape<'_>) {
        let row = shape.row();
        let pixels = f64::from(shape.bounds().longest()) / self.pixel;
        if self.has_boxes && pixels <= LONGEST_BOX && self.add_box(shape, pixels) {
            return;
        }
        let is_large = shape.len() > LARGE_PART;
        let mut simple = std::mem::take(&mut self.tools.simple);
        self.tools.filler.begin();
        let mut clipped = Vec::new();
        for (number, ring) in shape.rings().enumerate() {
            let mut places = ring.places;
            if is_large {
                self.made.is_exact = false;
                clipped.clear();
                clip::ring(places, self.window, &mut clipped);
                places = &clipped;
            }
            simple.clear();
            self.tools.simplifier.ring(places, self.tolerance, &mut simple);
            self.made.is_exact &= simple.len() == places.len();
            if simple.len() >= 3 {
                self.push_ring(row, number > 0, &simple, is_large);
            } else if number == 0 {
                // Thinner than a line: drawn as one.
                if !simple.is_empty() {
                    self.push_line(row, &simple);
                }
                break;
            }
        }
        self.tools.simple = simple;
        if self.tools.filler.len() > MOST_FILLED {
            self.made.unfilled += 1;
            return;
        }
        self.tools.filler.triangulate();
        // A square pixel or two more or less is nothing to see.
        if self.tools.filler.is_whole(2.0 * self.pixel * self.pixel) || !self.fill_crossing(row) {
            self.tools.filler.append_to(&mut self.made.indices);
        }
    }

    /// Fills a polygon whose rings cross, as paper does: what they surround an odd number of times.
    /// Not where they cross too often: what can be filled without has to do then.
    fn fill_crossing(&mut self, row: u32) -> bool {
        let rings = self.tools.filler.rings();
        let Some(polygons) = inside(&rings, InsideRule::EvenOdd) else { return false };
        for polygon in polygons {
            self.tools.filler.begin();
            for (number, ring) in polygon.iter().enumerate() {
                if number > 0 {
                    self.tools.filler.begin_hole();
                }
                // Closed: the last is the first.
                for place in ring.iter().skip(1) {
                    self.tools.filler.push(*place, count(self.made.records.len()));
                    self.push(place.map(nearest), row);
                }
            }
            self.tools.filler.triangulate();
            self.tools.filler.append_to(&mut self.made.indices);
        }
        true
    }

    /// Adds a ring: its outline, and its vertices for the triangulation.
    fn push_ring(&mut self, row: u32, is_hole: bool, ring: &[Place], is_clipped: bool) {
        let ([first, second, ..], Some(last)) = (ring, ring.last()) else { return };
        self.begin();
        if is_hole {
            self.tools.filler.begin_hole();
        }
        self.push(*last, row | JOIN);
        let next = ring.iter().skip(1).chain(std::iter::once(first));
        for (place, next) in ring.iter().zip(next) {
            self.tools.filler.push(place.map(f64::from), count(self.made.records.len()));
            // Where the window cut the ring there is no outline.
            let is_cut = is_clipped && self.is_on_edge(*place, *next);
            self.push(*place, if is_cut { row | JOIN } else { row | DRAW | JOIN });
        }
        self.push(*first, row | JOIN);
        self.push(*second, row);
    }

    /// Whether an edge runs along the window's.
    fn is_on_edge(&self, a: Place, b: Place) -> bool {
        let [west, south, east, north] = self.window.0;
        let along =
            |axis: usize, limit: i32| a.get(axis) == Some(&limit) && b.get(axis) == Some(&limit);
        along(0, west) || along(1, south) || along(0, east) || along(1, north)
    }

    /// Adds a small polygon as a box, when that looks the same.
    fn add_box(&mut self, shape: Shape<'_>, pixels: f64) -> bool {
        let mut rings = shape.rings();
        let Some(outer) = rings.next() else { return false };
        let area = double_area(outer.places).abs() / 2.0;
        let holes: f64 = rings.map(|ring| double_area(ring.places).abs() / 2.0).sum();
        let corners = outer.places.len();
        let turned = if pixels <= 1.0 {
            let turned = match corners {
                ..=MOST_CORNERS => around(outer.places),
                _ => None,
            };
            turned.unwrap_or_else(|| upright(shape.bounds()))
        } else {
            if holes > BOX_EXCESS * self.pixel * self.pixel || corners > MOST_CORNERS {
                return false;
            }
            let Some(turned) = around(outer.places) else { return false };
            if turned.area() - area > BOX_EXCESS * self.pixel * self.pixel {
                return false;
            }
            turned
        };
        self.made.is_exact = false;
        let filled = if area > 0.0 { area - holes.min(area) } else { turned.area() };
        self.made.boxes.push(record(turned.with_area(filled), shape.row()));
        true
    }
}

#[expect(clippy::cast_possible_truncation, reason = "steps; half a step is nothing to see")]
fn record(turned: Turned, row: u32) -> BoxRecord {
    let [x, y] = turned.middle.map(|steps| steps.round() as i32);
    let along = turned.along.map(|steps| steps as f32);
    BoxRecord { x, y, row, along, half_width: turned.half_width as f32 }
}

/// How long each line is up to each of its vertices, steps: where its dashes are.
pub(in crate::map) fn lengths(records: &[Record]) -> Vec<f32> {
    let mut length = 0.0_f64;
    let mut before: Option<Record> = None;
    let mut lengths = Vec::with_capacity(records.len());
    for record in records {
        length = match before {
            Some(last) if last.row_and_marks & JOIN != 0 => {
                let across = f64::from(record.x) - f64::from(last.x);
                let up = f64::from(record.y) - f64::from(last.y);
                length + across.hypot(up)
            }
            _ => 0.0,
        };
        before = Some(*record);
        #[expect(clippy::cast_possible_truncation, reason = "finer than a pixel shows")]
        lengths.push(length as f32);
    }
    lengths
}

/// What is reused from chunk to chunk.
#[derive(Default)]
pub(in crate::map) struct Tools {
    simplifier: Simplifier,
    simple: Vec<Place>,
    filler: Filler,
}

/// The step that is nearest.
#[expect(clippy::cast_possible_truncation, reason = "between places of 32 bits")]
fn nearest(steps: f64) -> i32 {
    steps.round() as i32
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
