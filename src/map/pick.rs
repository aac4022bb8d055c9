//! What is at a place of the map: exactly, from the true geometry, whatever detail is drawn.
//!
//! The nearest chunks come first, and what is farther than enough things already found is not
//! looked at: zoomed far out a pointer reaches thousands of features, and none costs more than
//! its box.

use arrow_array::BooleanArray;

use super::classes::Classes;
use super::scene::{Chunk, Place, Shape};
use super::{DrawnLayer, Hit, LayerScene};
use crate::style::Symbol;
use crate::table::PartKind;

/// How far beside a line or a symbol still counts, points.
const REACH: f64 = 3.0;

/// The most features of a layer that a click finds: the nearest.
const MOST_CLICKED: usize = 200;

/// The features of all layers at a place (Web Mercator metres), topmost first: layers in their
/// order; within a layer points, then lines, then areas, the nearest first, and of areas the one
/// drawn last. Of each layer [`MOST_CLICKED`] at most.
pub(super) fn pick(layers: &[DrawnLayer<'_>], place: [f64; 2], metres_per_point: f64) -> Vec<Hit> {
    let seen = layers.iter().filter(|layer| layer.can_be_picked && layer.opacity > 0.0);
    seen.flat_map(|layer| hits(layer, place, metres_per_point, MOST_CLICKED)).collect()
}

/// The first of [`pick`].
pub(super) fn pick_first(
    layers: &[DrawnLayer<'_>],
    place: [f64; 2],
    metres_per_point: f64,
) -> Option<Hit> {
    let mut seen = layers.iter().filter(|layer| layer.can_be_picked && layer.opacity > 0.0);
    seen.find_map(|layer| hits(layer, place, metres_per_point, 1).next())
}

fn hits(
    layer: &DrawnLayer<'_>,
    place: [f64; 2],
    metres_per_point: f64,
    most: usize,
) -> impl Iterator<Item = Hit> + use<> {
    let search = Search {
        mask: layer.mask.map(AsRef::as_ref),
        symbol: &layer.symbol,
        classes: layer.classes.map(AsRef::as_ref),
        place,
        metres_per_point,
    };
    let key = layer.key;
    let rows = search.rows(layer.scene, most).into_iter();
    rows.map(move |row| Hit { key, row: row as usize })
}

/// What is looked for in a layer.
struct Search<'a> {
    mask: Option<&'a BooleanArray>,
    symbol: &'a Symbol,
    classes: Option<&'a Classes>,
    place: [f64; 2],
    metres_per_point: f64,
}

/// A part at the place.
#[derive(Clone, Copy, Debug)]
struct Found {
    kind: PartKind,
    distance: f64,
    row: u32,
}

impl Found {
    /// Whether it lies above another: see [`pick`].
    fn order(&self, other: &Found) -> std::cmp::Ordering {
        let kinds = self.kind.cmp(&other.kind);
        kinds.then(self.distance.total_cmp(&other.distance)).then(other.row.cmp(&self.row))
    }
}

/// The best found so far, in order.
struct Best {
    most: usize,
    found: Vec<Found>,
}

impl Best {
    /// Whether something could still come in.
    fn takes(&self, candidate: &Found) -> bool {
        match self.found.last() {
            Some(last) if self.found.len() >= self.most => candidate.order(last).is_lt(),
            _ => true,
        }
    }

    /// The farthest that a part of a kind may be to come in.
    fn limit(&self, kind: PartKind) -> f64 {
        match self.found.last() {
            Some(last) if self.found.len() >= self.most => match last.kind.cmp(&kind) {
                std::cmp::Ordering::Less => -1.0,
                std::cmp::Ordering::Equal => last.distance,
                std::cmp::Ordering::Greater => f64::INFINITY,
            },
            _ => f64::INFINITY,
        }
    }

    fn put(&mut self, candidate: Found) {
        if !self.takes(&candidate) {
            return;
        }
        if let Some(same) = self.found.iter().position(|found| found.row == candidate.row) {
            if self.found.get(same).is_some_and(|found| candidate.order(found).is_ge()) {
                return;
            }
            self.found.remove(same);
        }
        let at = self.found.partition_point(|found| found.order(&candidate).is_lt());
        self.found.insert(at, candidate);
        self.found.truncate(self.most);
    }
}

impl Search<'_> {
    fn is_shown(&self, row: u32) -> bool {
        match self.mask {
            Some(mask) => {
                (row as usize) < arrow_array::Array::len(mask) && mask.value(row as usize)
            }
            None => true,
        }
    }

    /// The symbol of a row that is drawn.
    fn symbol_of(&self, row: u32) -> Option<&Symbol> {
        match self.classes {
            _ if !self.is_shown(row) => None,
            Some(classes) => classes.symbol_of(row as usize),
            None => Some(self.symbol),
        }
    }

    /// How far from the place a part of a symbol counts, metres.
    fn reach(&self, kind: PartKind, symbol: &Symbol) -> f64 {
        let stroke = f64::from(symbol.stroke_width.max(0.0)) / 2.0;
        let symbol = f64::from(symbol.point_size.max(0.0)) / 2.0;
        let points = match kind {
            PartKind::Point => symbol + stroke + REACH,
            PartKind::Line => stroke + REACH,
            PartKind::Polygon => stroke,
        };
        points * self.metres_per_point
    }

    /// The farthest that any part counts.
    fn longest_reach(&self, kind: PartKind) -> f64 {
        let of_classes = self.classes.iter().flat_map(|classes| classes.symbols()).flatten();
        let plain = self.classes.is_none().then_some(self.symbol);
        let symbols = of_classes.chain(plain);
        symbols.map(|symbol| self.reach(kind, symbol)).fold(0.0, f64::max)
    }

    /// The rows at the place, topmost first.
    fn rows(&self, scene: &LayerScene, most: usize) -> Vec<u32> {
        let mut best = Best { most, found: Vec::new() };
        let [x, y] = self.place;
        let mut chunks: Vec<(f64, &Chunk)> = scene
            .chunks()
            .iter()
            .map(|chunk| {
                let extent = &chunk.extent;
                let beside = (extent.min_x - x).max(x - extent.max_x).max(0.0);
                let above = (extent.min_y - y).max(y - extent.max_y).max(0.0);
                (beside.hypot(above), chunk)
            })
            .collect();
        chunks.sort_by(|a, b| a.0.total_cmp(&b.0));
        for kind in [PartKind::Point, PartKind::Line, PartKind::Polygon] {
            let reach = self.longest_reach(kind);
            for (distance, chunk) in &chunks {
                if *distance > reach.min(best.limit(kind)) {
                    break;
                }
                match kind {
                    PartKind::Point => self.points(chunk, reach, &mut best),
                    _ => self.shapes(chunk, kind, reach, &mut best),
                }
            }
        }
        best.found.into_iter().map(|found| found.row).collect()
    }

    fn points(&self, chunk: &Chunk, reach: f64, best: &mut Best) {
        let kind = PartKind::Point;
        let [x, y] = chunk.steps(self.place);
        let square = |metres: f64| (metres / chunk.step).powi(2);
        let mut limit = square(reach.min(best.limit(kind)));
        for (point, row) in chunk.points() {
            let (dx, dy) = (f64::from(point[0]) - x, f64::from(point[1]) - y);
            let apart = dx.mul_add(dx, dy * dy);
            if apart > limit {
                continue;
            }
            let distance = apart.sqrt() * chunk.step;
            let Some(symbol) = self.symbol_of(row) else { continue };
            if distance <= self.reach(kind, symbol) {
                best.put(Found { kind, distance, row });
                limit = square(reach.min(best.limit(kind)));
            }
        }
    }

    fn shapes(&self, chunk: &Chunk, kind: PartKind, reach: f64, best: &mut Best) {
        let place = chunk.steps(self.place);
        // The last ones lie on top: they come first, and those below need no closer look.
        for shape in chunk.shapes().rev().filter(|shape| shape.kind() == kind) {
            let least = shape.bounds().distance(place) * chunk.step;
            let row = shape.row();
            if least > reach || !best.takes(&Found { kind, distance: least, row }) {
                continue;
            }
            let Some(symbol) = self.symbol_of(row) else { continue };
            let reach = self.reach(kind, symbol);
            if least > reach {
                continue;
            }
            let farthest = reach.min(best.limit(kind)) / chunk.step;
            let distance = distance_to(&shape, place, farthest) * chunk.step;
            if distance <= reach {
                best.put(Found { kind, distance, row });
            }
        }
    }
}

/// How far a place is from a line or polygon, steps; 0 inside a polygon. Infinite when it is
/// farther than `farthest`.
fn distance_to(shape: &Shape<'_>, place: [f64; 2], farthest: f64) -> f64 {
    let is_polygon = shape.kind() == PartKind::Polygon;
    if is_polygon && is_inside(shape, place) {
        return 0.0;
    }
    let mut least = f64::INFINITY;
    for ring in shape.rings() {
        for (bounds, run) in ring.runs() {
            if bounds.is_some_and(|bounds| bounds.distance(place) > farthest.min(least)) {
                continue;
            }
            if let [dot] = run {
                least = least.min(distance_to_segment(place, *dot, *dot));
            }
            for ends in run.windows(2) {
                if let [a, b] = ends {
                    least = least.min(distance_to_segment(place, *a, *b));
                }
            }
        }
        if is_polygon && let Some([a, b]) = ring.closing() {
            least = least.min(distance_to_segment(place, a, b));
        }
    }
    if least <= farthest { least } else { f64::INFINITY }
}

/// Whether a place lies in a polygon and in none of its holes: whether a ray to the east crosses
/// the rings an odd number of times (Shimrat 1962, Algorithm 112).
fn is_inside(shape: &Shape<'_>, [x, y]: [f64; 2]) -> bool {
    let is_above = |place: &Place| f64::from(place[1]) > y;
    let crosses = |a: &Place, b: &Place| {
        if is_above(a) == is_above(b) {
            return false;
        }
        let ([ax, ay], [bx, by]) = (a.map(f64::from), b.map(f64::from));
        ((y - ay) / (by - ay)).mul_add(bx - ax, ax) > x
    };
    let mut is_odd = false;
    for ring in shape.rings() {
        for (bounds, run) in ring.runs() {
            if let Some(bounds) = bounds {
                let [west, south, east, north] = bounds.0.map(f64::from);
                if y < south || y > north || x > east {
                    continue;
                }
                if x < west {
                    // Wholly east of the place: only the ends matter.
                    let ends = run.first().zip(run.last());
                    is_odd ^= ends.is_some_and(|(a, b)| is_above(a) != is_above(b));
                    continue;
                }
            }
            for ends in run.windows(2) {
                if let [a, b] = ends {
                    is_odd ^= crosses(a, b);
                }
            }
        }
        if let Some([a, b]) = ring.closing() {
            is_odd ^= crosses(&a, &b);
        }
    }
    is_odd
}

fn distance_to_segment(place: [f64; 2], a: Place, b: Place) -> f64 {
    let (a, b) = (a.map(f64::from), b.map(f64::from));
    let along = [b[0] - a[0], b[1] - a[1]];
    let to = [place[0] - a[0], place[1] - a[1]];
    let square = along[0].mul_add(along[0], along[1] * along[1]);
    if square <= 0.0 {
        return to[0].hypot(to[1]);
    }
    let share = (to[0].mul_add(along[0], to[1] * along[1]) / square).clamp(0.0, 1.0);
    along[0].mul_add(-share, to[0]).hypot(along[1].mul_add(-share, to[1]))
}
