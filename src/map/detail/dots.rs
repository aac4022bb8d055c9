//! Points: those of visible rows, without those that others hide entirely. What is left gives the
//! picture that all of them would give, drawn in row order; density stays what it is.

use arrow_array::BooleanArray;

use super::Record;
use super::cover::{Cover, DEEPEST};
use crate::map::LayerScene;
use crate::map::classes::DrawOrder;
use crate::map::scene::{Bounds, Chunk, FINEST_STEP, LARGEST};
use crate::style::{Color, PointShape, Symbol};
use crate::table::{Extent, RowSet};

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
    /// For rows of some symbols (none for rows that are not drawn), of a layer's opacity. Symbols
    /// of different sizes or shapes hide nothing, nor do those that are not convex or are turned.
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm; saturates")]
    pub fn new<'a>(
        symbols: impl IntoIterator<Item = Option<&'a Symbol>>,
        opacity: f32,
        metres_per_point: f64,
    ) -> Hiding {
        let mut symbols = symbols.into_iter();
        // What is not drawn hides nothing, and it is not known here which rows these are.
        let Some(Some(symbol)) = symbols.next() else {
            return Hiding { radius: 0, shape: PointShape::Circle, depth: 0 };
        };
        let half = f64::from(symbol.stroke_width.max(0.0)) / 2.0;
        let metres = (f64::from(symbol.point_size.max(0.0)) / 2.0 + half) * metres_per_point;
        let radius = (metres.max(1e-6).log2() * 2.0).floor() as i32;
        let alpha = |colour: Color| f64::from(colour.a) / 255.0;
        let opaque = |symbol: &Symbol| {
            let stroke = if symbol.stroke_width > 0.0 { alpha(symbol.stroke) } else { 1.0 };
            alpha(symbol.fill).min(stroke)
        };
        let form = |symbol: &Symbol| {
            (symbol.point_size, symbol.stroke_width, symbol.shape, symbol.rotation)
        };
        let is_convex = !matches!(symbol.shape, PointShape::Star | PointShape::Cross);
        let is_upright = symbol.shape == PointShape::Circle || symbol.rotation == 0.0;
        let mut least = if is_convex && is_upright { opaque(symbol) } else { 0.0 };
        for other in symbols {
            least = match other {
                Some(other) if form(other) == form(symbol) => least.min(opaque(other)),
                _ => 0.0,
            };
        }
        let mut through = 1.0;
        let depth = (1..=DEEPEST).find(|_| {
            through *= 1.0 - least * f64::from(opacity);
            through < UNSEEN
        });
        Hiding { radius, shape: symbol.shape, depth: depth.unwrap_or(0) }
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

/// The points of some rows of a chunk, in its own steps.
pub(in crate::map) fn of_rows(chunk: &Chunk, rows: &RowSet) -> Dots {
    let points = chunk.points().filter(|(_, row)| rows.contains(*row as usize));
    let records = points.map(|([x, y], row)| Record { x, y, row_and_marks: row });
    let Chunk { origin, step, .. } = *chunk;
    Dots { records: records.collect(), origin, step, is_whole: true }
}

/// The points in a window (Web Mercator metres) to draw, in row order, or where their sizes differ
/// large ones first. Rows beyond the mask's end are hidden.
pub(in crate::map) fn make(
    scene: &LayerScene,
    mask: Option<&BooleanArray>,
    order: Option<&DrawOrder>,
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
    sort_by_row(&mut dots.records);
    if let Some(order) = order {
        let size = |record: &Record| order.size(record.row_and_marks);
        dots.records.sort_by(|one, other| size(other).total_cmp(&size(one)));
    }
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

/// Sorts by row, the points of a row as they come: digit by digit from the lowest (Knuth, The Art
/// of Computer Programming 3, 5.2.5, algorithm R), which takes a tenth of a comparing sort's time.
fn sort_by_row(records: &mut Vec<Record>) {
    const DIGIT: u32 = 11;
    const FEW: usize = 20_000;
    if records.len() < FEW {
        records.sort_by_key(|record| record.row_and_marks);
        return;
    }
    let largest = records.iter().map(|record| record.row_and_marks).max().unwrap_or(0);
    let mut sorted = vec![Record { x: 0, y: 0, row_and_marks: 0 }; records.len()];
    let mut shift = 0;
    while shift < u32::BITS && largest >> shift > 0 {
        let digit =
            |record: &Record| ((record.row_and_marks >> shift) & ((1 << DIGIT) - 1)) as usize;
        let mut starts = vec![0_usize; 1 << DIGIT];
        for record in &*records {
            if let Some(count) = starts.get_mut(digit(record)) {
                *count += 1;
            }
        }
        let mut next = 0;
        for start in &mut starts {
            next += std::mem::replace(start, next);
        }
        for record in &*records {
            let Some(start) = starts.get_mut(digit(record)) else { continue };
            if let Some(slot) = sorted.get_mut(*start) {
                *slot = *record;
            }
            *start += 1;
        }
        std::mem::swap(records, &mut sorted);
        shift += DIGIT;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_points_of_a_row_stay_in_order() {
        for count in [0_u32, 1, 100, 30_000] {
            let mut records: Vec<Record> = (0..count)
                .map(|at| Record {
                    x: i32::try_from(at).unwrap(),
                    y: 0,
                    row_and_marks: at.wrapping_mul(2_654_435_761) >> 3 & !1,
                })
                .collect();
            let mut wanted = records.clone();
            wanted.sort_by_key(|record| record.row_and_marks);
            sort_by_row(&mut records);
            assert_eq!(records, wanted);
        }
    }

    /// What is left out is covered by what is left: looked at cell by cell, the topmost symbol of
    /// every place is the same.
    #[test]
    fn the_topmost_symbol_of_every_place_is_never_left_out() {
        let places: Vec<[f64; 2]> = (0..4000_u32)
            .map(|at| [f64::from(at * 7919 % 1009) / 10.0, f64::from(at * 104_729 % 997) / 10.0])
            .collect();
        let scene = crate::map::tests::points(&places);
        let symbol = Symbol { point_size: 8.0, stroke_width: 0.0, ..Symbol::default() };
        let symbol = Symbol { fill: symbol.fill.with_alpha(255), ..symbol };
        let hiding = Hiding::new([Some(&symbol)], 1.0, 1.0);
        assert_eq!((hiding.depth, hiding.metres()), (1, 4.0));
        let window = Extent { min_x: -10.0, min_y: -10.0, max_x: 120.0, max_y: 120.0 };
        let dots = make(&scene, None, None, hiding, &window);
        assert!(dots.records.len() < 3000 && !dots.is_whole, "{}", dots.records.len());
        let kept: std::collections::HashSet<usize> =
            dots.records.iter().map(|record| record.row_and_marks as usize).collect();
        let mut missed = 0;
        for x in 0..100_u32 {
            for y in 0..100_u32 {
                let [x, y] = [f64::from(x), f64::from(y)];
                let covers = |at: &[f64; 2]| (at[0] - x).hypot(at[1] - y) < 4.0;
                let top = places.iter().rposition(covers);
                missed += u32::from(top.is_some_and(|top| !kept.contains(&top)));
            }
        }
        // Slivers thinner than a cell (a sixteenth of a symbol) may be missed.
        assert!(missed < 60, "{missed} of 10,000 places");
    }

    #[test]
    fn symbols_seen_through_are_kept_as_deep_as_they_show() {
        let places = vec![[5.0, 5.0]; 40];
        let scene = crate::map::tests::points(&places);
        let window = Extent { min_x: 0.0, min_y: 0.0, max_x: 10.0, max_y: 10.0 };
        let of = |alpha: u8| {
            let symbol = Symbol::default();
            let fill = symbol.fill.with_alpha(alpha);
            let symbol = Symbol { fill, stroke_width: 0.0, ..symbol };
            make(&scene, None, None, Hiding::new([Some(&symbol)], 1.0, 1.0), &window).records
        };
        let rows = |records: Vec<Record>| -> Vec<u32> {
            records.iter().map(|record| record.row_and_marks).collect()
        };
        assert_eq!(rows(of(255)), [39]);
        // 0.2 to the fourth is below half a step of 255.
        assert_eq!(rows(of(204)), [36, 37, 38, 39]);
        assert_eq!(of(40).len(), 40);
    }
}
