//! The smallest rectangle around something.

use serde::{Deserialize, Serialize};

/// A rectangle in the coordinates of some CRS: minimum and maximum of x (east) and y (north).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    /// West.
    pub min_x: f64,
    /// South.
    pub min_y: f64,
    /// East.
    pub max_x: f64,
    /// North.
    pub max_y: f64,
}

impl Extent {
    /// The extent of one point.
    #[inline]
    pub fn of_point([x, y]: [f64; 2]) -> Extent {
        Extent { min_x: x, min_y: y, max_x: x, max_y: y }
    }

    /// The extent of points; none when there are none. Points that are not finite do not count.
    #[inline]
    pub fn of_points<'a>(points: impl IntoIterator<Item = &'a [f64; 2]>) -> Option<Extent> {
        let finite = points.into_iter().filter(|[x, y]| x.is_finite() && y.is_finite());
        finite.map(|point| Extent::of_point(*point)).reduce(Extent::union)
    }

    /// The smallest extent around both.
    #[must_use]
    #[inline]
    pub fn union(self, other: Extent) -> Extent {
        Extent {
            min_x: self.min_x.min(other.min_x),
            min_y: self.min_y.min(other.min_y),
            max_x: self.max_x.max(other.max_x),
            max_y: self.max_y.max(other.max_y),
        }
    }

    /// As much larger on all sides: by `x` to the left and right, by `y` up and down.
    #[must_use]
    pub fn grown(self, x: f64, y: f64) -> Extent {
        let Extent { min_x, min_y, max_x, max_y } = self;
        Extent { min_x: min_x - x, min_y: min_y - y, max_x: max_x + x, max_y: max_y + y }
    }

    /// Whether the two share at least a point.
    pub fn intersects(&self, other: &Extent) -> bool {
        self.min_x <= other.max_x
            && other.min_x <= self.max_x
            && self.min_y <= other.max_y
            && other.min_y <= self.max_y
    }

    /// What lies in both; none where they do not meet.
    pub fn common(&self, other: &Extent) -> Option<Extent> {
        self.intersects(other).then(|| Extent {
            min_x: self.min_x.max(other.min_x),
            min_y: self.min_y.max(other.min_y),
            max_x: self.max_x.min(other.max_x),
            max_y: self.max_y.min(other.max_y),
        })
    }

    /// Whether a point lies inside or on the edge.
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        self.min_x <= x && x <= self.max_x && self.min_y <= y && y <= self.max_y
    }

    /// Whether another extent lies inside, or on the edge.
    pub fn covers(&self, other: &Extent) -> bool {
        self.contains([other.min_x, other.min_y]) && self.contains([other.max_x, other.max_y])
    }

    /// East minus west.
    pub fn width(&self) -> f64 {
        self.max_x - self.min_x
    }

    /// North minus south.
    pub fn height(&self) -> f64 {
        self.max_y - self.min_y
    }

    /// The middle.
    pub fn center(&self) -> [f64; 2] {
        [f64::midpoint(self.min_x, self.max_x), f64::midpoint(self.min_y, self.max_y)]
    }

    /// West, south, east, north.
    pub fn as_array(&self) -> [f64; 4] {
        [self.min_x, self.min_y, self.max_x, self.max_y]
    }

    /// With x and y exchanged.
    #[must_use]
    pub fn swapped(&self) -> Extent {
        Extent { min_x: self.min_y, min_y: self.min_x, max_x: self.max_y, max_y: self.max_x }
    }
}
