//! A rectangle in degrees that is kept in projects.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::table::Extent;

/// West, south, east and north in degrees of WGS 84: on Earth, and with an area.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 4]", into = "[f64; 4]")]
pub struct Rectangle(Extent);

impl Rectangle {
    /// The rectangle of an extent in degrees; none where it is not one.
    pub fn of(extent: Extent) -> Option<Rectangle> {
        let Extent { min_x, min_y, max_x, max_y } = extent;
        let is_on_earth = -180.0 <= min_x && max_x <= 180.0 && -90.0 <= min_y && max_y <= 90.0;
        (is_on_earth && min_x < max_x && min_y < max_y).then_some(Rectangle(extent))
    }

    /// The same as an extent.
    pub fn extent(self) -> Extent {
        self.0
    }
}

// There is no NaN in it.
impl Eq for Rectangle {}

impl Hash for Rectangle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // -0 is 0.
        self.0.as_array().map(|number| (number + 0.0).to_bits()).hash(state);
    }
}

impl TryFrom<[f64; 4]> for Rectangle {
    type Error = &'static str;

    fn try_from(numbers: [f64; 4]) -> Result<Rectangle, &'static str> {
        let [min_x, min_y, max_x, max_y] = numbers;
        Rectangle::of(Extent { min_x, min_y, max_x, max_y })
            .ok_or("a rectangle is west, south, east and north in degrees")
    }
}

impl From<Rectangle> for [f64; 4] {
    fn from(rectangle: Rectangle) -> [f64; 4] {
        rectangle.0.as_array()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the very same numbers")]
    fn only_rectangles_on_earth_are_read() {
        let read = |text: &str| serde_json::from_str::<Rectangle>(text);
        let good = read("[3.7,51.0,3.8,51.1]").unwrap();
        assert_eq!(good.extent().as_array(), [3.7, 51.0, 3.8, 51.1]);
        assert_eq!(serde_json::to_string(&good).unwrap(), "[3.7,51.0,3.8,51.1]");
        for bad in ["[3.8,51,3.7,52]", "[3,51,3,52]", "[3,51,4,95]", "[3,51,4]", "\"3,51,4,52\""] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
