//! The map's frame on the page: from the page's plane to page units.

use super::plane::PagePlane;
use crate::crs::{
    MERCATOR_MAX_LATITUDE, ground_metres_per_point, mercator_from_lon_lat,
    mercator_metres_per_point,
};
use crate::project::View;
use crate::table::Extent;

/// Where the map lies on the page and what it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// The top left corner on the page.
    pub at: [f32; 2],
    /// The size on the page.
    pub size: [f32; 2],
    /// The plane of the page.
    pub plane: PagePlane,
    /// The middle of the frame, metres of the page's plane.
    pub center: [f64; 2],
    /// Metres of the page's plane per unit of the page.
    pub metres_per_unit: f64,
    /// Metres on the ground per unit of the page in the middle, along the plane's x axis.
    pub ground_metres_per_unit: f64,
    /// The size of a unit on paper, millimetres.
    pub millimetres_per_unit: f64,
}

/// The size of a point of the screen on paper, millimetres (CSS Values and Units Level 4, section
/// 6.2).
pub(super) const MILLIMETRES_PER_POINT: f64 = 25.4 / 96.0;

impl Frame {
    /// A frame that shows a view as the screen does; none when the view is not a place.
    pub(super) fn of_view(view: View, at: [f32; 2], size: [f32; 2]) -> Option<Frame> {
        let View { lon, lat, zoom } = view;
        let sound = lon.is_finite() && lat.is_finite() && (-4.0..=30.0).contains(&zoom);
        let lat = lat.clamp(-MERCATOR_MAX_LATITUDE, MERCATOR_MAX_LATITUDE);
        sound.then(|| Frame {
            at,
            size,
            plane: PagePlane::SCREEN,
            center: mercator_from_lon_lat([lon, lat]),
            metres_per_unit: mercator_metres_per_point(zoom),
            ground_metres_per_unit: ground_metres_per_point(lat, zoom),
            millimetres_per_unit: MILLIMETRES_PER_POINT,
        })
    }

    /// A place in metres of the page's plane on the page.
    pub(super) fn to_page(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top] = self.at.map(f64::from);
        let [width, height] = self.size.map(f64::from);
        [
            left + width / 2.0 + (x - self.center[0]) / self.metres_per_unit,
            top + height / 2.0 - (y - self.center[1]) / self.metres_per_unit,
        ]
    }

    /// A place on the page in metres of the page's plane.
    pub(super) fn to_plane(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top] = self.at.map(f64::from);
        let [width, height] = self.size.map(f64::from);
        [
            self.center[0] + (x - left - width / 2.0) * self.metres_per_unit,
            self.center[1] - (y - top - height / 2.0) * self.metres_per_unit,
        ]
    }

    /// Left, top, right and bottom on the page, with a margin around.
    pub(super) fn rect(self, margin: f32) -> [f32; 4] {
        let ([left, top], [width, height]) = (self.at, self.size);
        [left - margin, top - margin, left + width + margin, top + height + margin]
    }

    /// What is shown, with a margin in page units, metres of the page's plane.
    pub(super) fn extent(self, margin: f32) -> Extent {
        let [width, height] = self.size.map(|length| f64::from(length / 2.0 + margin));
        let [x, y] = self.center;
        let (width, height) = (width * self.metres_per_unit, height * self.metres_per_unit);
        Extent { min_x: x - width, min_y: y - height, max_x: x + width, max_y: y + height }
    }

    /// The denominator of the scale in the middle.
    pub(super) fn scale_denominator(self) -> f64 {
        self.ground_metres_per_unit * 1000.0 / self.millimetres_per_unit
    }
}
