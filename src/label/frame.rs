//! What labels are placed for.
//!
//! All is reckoned in points of the world: Web Mercator metres divided by the metres of a point, x
//! to the east and y to the south. A place has the same numbers from whatever view it is looked
//! at, so that views of one scale agree to the last bit.

use crate::table::Extent;

/// Labels are placed for whole squares of the world of this side, points: a view that moves a
/// little has the very same labels.
const SQUARE: f64 = 128.0;

/// How far the squares reach around a view at least, points: what comes into view when the map
/// moves has its labels already, and what is decided at their edge is not seen.
const AROUND: f64 = 160.0;

/// A view: on the screen, or on paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelFrame {
    /// Its middle, Web Mercator metres.
    pub centre: [f64; 2],
    /// Web Mercator metres behind a point (on paper: behind a unit of the page).
    pub metres_per_point: f64,
    /// Its width and height, points.
    pub size: [f64; 2],
    /// Whether no label may reach beyond its edge: on paper. On a screen labels at the edge come
    /// in as the map moves.
    pub is_closed: bool,
}

/// For what labels are placed: the squares of the world around a view, or a view to its edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Left, top, right and bottom, points of the world.
    pub bounds: [f64; 4],
    /// Web Mercator metres behind a point.
    pub metres_per_point: f64,
    /// Within what a name is written about once, points: the longer side of the view.
    pub reach: f64,
    /// Whether no label may reach beyond it.
    pub is_closed: bool,
}

impl LabelFrame {
    /// Whether it is a view at all.
    pub fn is_sound(&self) -> bool {
        let numbers = [self.centre[0], self.centre[1], self.size[0], self.size[1]];
        let sizes = [self.metres_per_point, self.size[0], self.size[1]];
        numbers.iter().all(|number| number.is_finite())
            && sizes.iter().all(|size| *size > 0.0 && size.is_finite())
    }

    /// Left, top, right and bottom, points of the world.
    pub fn bounds(&self) -> [f64; 4] {
        let [x, y] = to_world(self.centre, self.metres_per_point);
        let [wide, high] = self.size.map(|side| side / 2.0);
        [x - wide, y - high, x + wide, y + high]
    }

    /// For what its labels are placed.
    pub fn region(&self) -> Region {
        let bounds = self.bounds();
        let bounds = if self.is_closed {
            bounds
        } else {
            let [left, top, right, bottom] = bounds;
            let down = |edge: f64| ((edge - AROUND) / SQUARE).floor() * SQUARE;
            let up = |edge: f64| ((edge + AROUND) / SQUARE).ceil() * SQUARE;
            [down(left), down(top), up(right), up(bottom)]
        };
        let reach = self.size[0].max(self.size[1]);
        let (metres_per_point, is_closed) = (self.metres_per_point, self.is_closed);
        Region { bounds, metres_per_point, reach, is_closed }
    }
}

impl Region {
    /// What it covers, Web Mercator metres.
    pub fn extent(&self) -> Extent {
        extent_of(self.bounds, self.metres_per_point)
    }

    pub(super) fn to_world(self, at: [f64; 2]) -> [f64; 2] {
        to_world(at, self.metres_per_point)
    }

    pub(super) fn to_mercator(self, [x, y]: [f64; 2]) -> [f64; 2] {
        [x * self.metres_per_point, -y * self.metres_per_point]
    }

    /// Whether bounds lie wholly within it.
    pub(super) fn holds(&self, bounds: [f64; 4]) -> bool {
        let [left, top, right, bottom] = self.bounds;
        bounds[0] >= left && bounds[1] >= top && bounds[2] <= right && bounds[3] <= bottom
    }
}

/// Web Mercator metres of bounds in points of the world.
pub(super) fn extent_of([left, top, right, bottom]: [f64; 4], metres_per_point: f64) -> Extent {
    Extent {
        min_x: left * metres_per_point,
        min_y: -bottom * metres_per_point,
        max_x: right * metres_per_point,
        max_y: -top * metres_per_point,
    }
}

/// A place in points of the world.
pub(super) fn to_world([x, y]: [f64; 2], metres_per_point: f64) -> [f64; 2] {
    [x / metres_per_point, -y / metres_per_point]
}

/// Whether two rectangles have something in common.
pub(super) fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_that_moves_a_little_has_the_same_squares() {
        let frame = |x: f64| LabelFrame {
            centre: [415_000.0 + x, 6_630_000.0],
            metres_per_point: 9.5,
            size: [900.0, 600.0],
            is_closed: false,
        };
        let [left, top, right, bottom] = frame(0.0).region().bounds;
        let view = frame(0.0).bounds();
        assert!(left <= view[0] - AROUND && top <= view[1] - AROUND);
        assert!(right >= view[2] + AROUND && bottom >= view[3] + AROUND);
        assert!([left, top, right, bottom].iter().all(|edge| edge % SQUARE == 0.0));
        let regions: Vec<Region> =
            (0..50).map(|step| frame(f64::from(step) * 9.5).region()).collect();
        let changes = regions.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 3, "{changes}");
        let closed = LabelFrame { is_closed: true, ..frame(0.0) };
        let edges = closed.region().bounds.into_iter().zip(closed.bounds());
        assert!(edges.into_iter().all(|(a, b)| a.to_bits() == b.to_bits()));
        assert!(!LabelFrame { metres_per_point: 0.0, ..closed }.is_sound());
    }
}
