//! Points: those of visible rows, without those that others hide entirely. What is left gives the
//! picture that all of them would give, drawn in row order; density stays what it is.

use arrow_array::BooleanArray;

use super::Record;
use super::cover::{Cover, DEEPEST};
use crate::map::LayerScene;
use crate::map::scene::{Bounds, Chunk, FINEST_STEP, LARGEST};
use crate::style::{Color, PointShape, Style};
use crate::table::Extent;

/// What decides which points hide others.
///
/// A radius serves all larger ones: what discs (or any equal convex symbols) hide together stays
/// hidden when all of them grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::map) struct Hiding {
    /// The radius: metres of Web Mercator, as half powers of two.
    pub radius: i32,
    pub shape: PointShape,
    /// How many symbols over each other let nothing through; 0 when too many.
    pub depth: usize,
}

/// What less light than this comes through is not seen: half a step of 255.
const UNSEEN: f64 = 1.0 / 510.0;

impl Hiding {
    /// For symbols of some styles, of a layer's opacity. Symbols of different sizes or shapes
    /// hide nothing.
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm; saturates")]
    pub fn new(styles: &[Style], opacity: f32, metres_per_point: f64) -> Hiding {
        let Some(style) = styles.first() else {
            return Hiding { radius: 0, shape: PointShape::Circle, depth: 0 };
        };
        let half = f64::from(style.stroke_width.max(0.0)) / 2.0;
        let metres = (f64::from(style.point_size.max(0.0)) / 2.0 + half) * metres_per_point;
        let radius = (metres.max(1e-6).log2() * 2.0).floor() as i32;
        let alpha = |colour: Color| f64::from(colour.a) / 255.0;
        let opaque = |style: &Style| match style.stroke_width > 0.0 {
            true => alpha(style.fill).min(alpha(style.stroke)),
            false => alpha(style.fill),
        };
        let form = |style: &Style| (style.point_size, style.stroke_width, style.shape);
        let are_alike = styles.iter().all(|other| form(other) == form(style));
        let least = if are_alike { styles.iter().map(opaque).fold(1.0, f64::min) } else { 0.0 };
        let mut through = 1.0;
        let depth = (1..=DEEPEST).find(|_| {
            through *= 1.0 - least * f64::from(opacity);
            through < UNSEEN
        });
        Hiding { radius, shape: style.shape, depth: depth.unwrap_or(0) }
    }

    fn metres(self) -> f64 {
        (f64::from(self.radius) / 2.0).exp2()
    }
}

/// The points to draw, as whole steps from an origin of their own.
#[derive(Debug, Default)]
pub(in crate::map) struct Dots {
    pub records: Vec<Record>,
    /// Where position 0, 0 is, Web Mercator metres, and the metres of a step.
    pub origin: [f64; 2],
    pub step: f64,
    /// Nothing visible was left out: it serves all smaller symbols too.
    pub is_whole: bool,
}

/// The points of some rows (sorted) of a chunk, in its own steps.
pub(in crate::map) fn of_rows(chunk: &Chunk, rows: &[u32]) -> Dots {
    let points = rows.iter().flat_map(|row| chunk.points_of(*row).map(|point| (point, *row)));
    let records = points.map(|([x, y], row)| Record { x, y, row_and_marks: row });
    let Chunk { origin, step, .. } = *chunk;
    Dots { records: records.collect(), origin, step, is_whole: true }
}

/// The points in a window (Web Mercator metres) to draw, in row order. Rows beyond the mask's end
/// are hidden.
pub(in crate::map) fn make(
    scene: &LayerScene,
    mask: Option<&BooleanArray>,
    hiding: Hiding,
    window: &Extent,
) -> Dots {
    let mut step = FINEST_STEP;
    while window.width().max(window.height()) / step > LARGEST {
        step *= 2.0;
    }
    let origin = window.center();
    let mut dots = Dots { records: Vec::new(), origin, step, is_whole: true };
    for chunk in scene.chunks().iter().filter(|chunk| chunk.extent.intersects(window)) {
        gather(chunk, mask, window, &mut dots);
    }
    // Each chunk's rows are in order already, which this sort makes use of.
    dots.records.sort_by_key(|record| record.row_and_marks);
    let bounds = dots
        .records
        .iter()
        .map(|record| Bounds([record.x, record.y, record.x, record.y]))
        .reduce(Bounds::union);
    let Some(bounds) = bounds.filter(|_| dots.records.len() > 1) else { return dots };
    let radius = hiding.metres() / step;
    let Some(mut cover) = Cover::new(bounds, radius, hiding.shape, hiding.depth) else {
        return dots;
    };
    // The last ones lie on top. The buffer is refilled from its end.
    let mut free = dots.records.len();
    for at in (0..dots.records.len()).rev() {
        let Some(record) = dots.records.get(at).copied() else { continue };
        if cover.add([f64::from(record.x), f64::from(record.y)]) {
            free -= 1;
            if let Some(slot) = dots.records.get_mut(free) {
                *slot = record;
            }
        }
    }
    dots.is_whole = free == 0;
    dots.records.drain(..free);
    dots
}

/// Adds the visible points of a chunk that lie in the window.
fn gather(chunk: &Chunk, mask: Option<&BooleanArray>, window: &Extent, dots: &mut Dots) {
    let shown = mask.map(BooleanArray::values);
    let is_shown = |row: u32| {
        let row = row as usize;
        shown.is_none_or(|shown| row < shown.len() && shown.value(row))
    };
    let [west, south] = chunk.steps([window.min_x, window.min_y]);
    let [east, north] = chunk.steps([window.max_x, window.max_y]);
    let share = chunk.step / dots.step;
    let offset = [0, 1].map(|axis: usize| {
        let [from, to] = [chunk.origin.get(axis), dots.origin.get(axis)];
        (from.unwrap_or(&0.0) - to.unwrap_or(&0.0)) / dots.step
    });
    for (place, row) in chunk.points() {
        let [x, y] = place.map(f64::from);
        if x < west || x > east || y < south || y > north || !is_shown(row) {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, reason = "in the window, which fits")]
        let [x, y] = [x.mul_add(share, offset[0]), y.mul_add(share, offset[1])]
            .map(|steps| steps.round() as i32);
        dots.records.push(Record { x, y, row_and_marks: row });
    }
}
