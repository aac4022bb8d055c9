//! From the plane of the map to the screen and back.

use egui::{Pos2, Rect, Vec2, vec2};

use crate::crs::{
    MERCATOR_MAX_LATITUDE, lon_lat_from_mercator, mercator_from_lon_lat, mercator_metres_per_point,
};
use crate::project::View;
use crate::table::Extent;

/// The zoom levels the map can have.
pub(super) const ZOOMS: std::ops::RangeInclusive<f64> = 1.0..=24.0;

/// How deep [`fit`] goes at most: a single point is shown with its street.
const DEEPEST_FIT: f64 = 18.0;

/// The share of the map's width and height that a fitted extent takes.
const FIT_SHARE: f64 = 0.88;

/// What is in view in a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Camera {
    /// The middle of the map, Web Mercator metres.
    centre: [f64; 2],
    metres_per_point: f64,
    /// Where the map is on the screen, points.
    rect: Rect,
    pixels_per_point: f32,
}

/// Where a chunk is on the screen; see the shader.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// A position near the view, in the chunk's steps.
    pub reference: [i32; 2],
    /// Where that is in the framebuffer, pixels.
    pub reference_px: [f32; 2],
    /// The chunk's steps in pixels.
    pub px_per_step: f32,
}

impl Camera {
    pub fn new(view: View, rect: Rect, pixels_per_point: f32) -> Camera {
        Camera {
            centre: mercator_from_lon_lat([view.lon, view.lat]),
            metres_per_point: mercator_metres_per_point(view.zoom),
            rect,
            pixels_per_point,
        }
    }

    pub fn pixels_per_point(&self) -> f32 {
        self.pixels_per_point
    }

    /// Web Mercator metres behind a point of the screen.
    pub fn metres_per_point(&self) -> f64 {
        self.metres_per_point
    }

    /// Web Mercator metres behind a pixel of the screen.
    pub fn metres_per_pixel(&self) -> f64 {
        self.metres_per_point / f64::from(self.pixels_per_point)
    }

    /// What lies at a place of the screen: Web Mercator metres.
    pub fn mercator_at(&self, place: Pos2) -> [f64; 2] {
        let Vec2 { x, y } = place - self.rect.center();
        [
            f64::from(x).mul_add(self.metres_per_point, self.centre[0]),
            f64::from(-y).mul_add(self.metres_per_point, self.centre[1]),
        ]
    }

    /// What lies at a place of the screen: degrees, WGS 84.
    pub fn lon_lat_at(&self, place: Pos2) -> [f64; 2] {
        lon_lat_from_mercator(self.mercator_at(place))
    }

    /// The middle of the map on the screen.
    pub fn middle(&self) -> Pos2 {
        self.rect.center()
    }

    /// Where a place (Web Mercator metres) is on the screen.
    pub fn place_of(&self, place: [f64; 2]) -> Pos2 {
        #[expect(clippy::cast_possible_truncation, reason = "screen coordinates")]
        let points = |metres: f64| (metres / self.metres_per_point) as f32;
        let right_and_up = [points(place[0] - self.centre[0]), points(place[1] - self.centre[1])];
        self.middle() + vec2(right_and_up[0], -right_and_up[1])
    }

    /// Everything in view and `margin` points around it, Web Mercator metres.
    pub fn extent(&self, margin: f64) -> Extent {
        let [x, y] = self.centre;
        let half = |points: f32| (f64::from(points) / 2.0 + margin) * self.metres_per_point;
        let (width, height) = (half(self.rect.width()), half(self.rect.height()));
        Extent { min_x: x - width, min_y: y - height, max_x: x + width, max_y: y + height }
    }

    /// Where a chunk is: seen from its place nearest to the middle of the view, so that the
    /// whole numbers stay small there.
    #[expect(clippy::cast_possible_truncation, reason = "screen coordinates; i32 saturates")]
    pub fn place(&self, origin: [f64; 2], step: f64, extent: &Extent) -> Placed {
        let px_per_metre = f64::from(self.pixels_per_point) / self.metres_per_point;
        let near = [
            self.centre[0].clamp(extent.min_x, extent.max_x),
            self.centre[1].clamp(extent.min_y, extent.max_y),
        ];
        let reference = [(near[0] - origin[0]) / step, (near[1] - origin[1]) / step];
        let reference = reference.map(|steps| steps.round() as i32);
        let middle = self.rect.center() * self.pixels_per_point;
        let offset = |axis: usize, reference: i32| {
            let at = f64::from(reference).mul_add(step, *origin.get(axis).unwrap_or(&0.0));
            (at - self.centre.get(axis).unwrap_or(&0.0)) * px_per_metre
        };
        Placed {
            reference,
            reference_px: [
                (f64::from(middle.x) + offset(0, reference[0])) as f32,
                (f64::from(middle.y) - offset(1, reference[1])) as f32,
            ],
            px_per_step: (step * px_per_metre) as f32,
        }
    }
}

/// The view moved so that what was at `place` before stays there at another zoom level.
pub(super) fn zoomed_at(view: View, place: Vec2, zoom: f64) -> View {
    let zoom = clamp_zoom(zoom);
    let before = mercator_metres_per_point(view.zoom);
    let after = mercator_metres_per_point(zoom);
    let [x, y] = mercator_from_lon_lat([view.lon, view.lat]);
    let moved = [
        f64::from(place.x).mul_add(before - after, x),
        f64::from(-place.y).mul_add(before - after, y),
    ];
    at(moved, zoom)
}

/// The view moved by points of the screen: right and down are positive.
pub(super) fn moved_by(view: View, points: Vec2) -> View {
    let metres = mercator_metres_per_point(view.zoom);
    let [x, y] = mercator_from_lon_lat([view.lon, view.lat]);
    let moved = [f64::from(points.x).mul_add(metres, x), f64::from(-points.y).mul_add(metres, y)];
    at(moved, view.zoom)
}

fn at(mercator: [f64; 2], zoom: f64) -> View {
    let [lon, lat] = lon_lat_from_mercator(mercator);
    let lat = lat.clamp(-MERCATOR_MAX_LATITUDE, MERCATOR_MAX_LATITUDE);
    View { lon: lon.clamp(-180.0, 180.0), lat, zoom }
}

/// A view with numbers the map can have.
pub(super) fn sound(view: View) -> View {
    let or = |value: f64, otherwise: f64| if value.is_finite() { value } else { otherwise };
    View {
        lon: or(view.lon, 0.0).clamp(-180.0, 180.0),
        lat: or(view.lat, 0.0).clamp(-MERCATOR_MAX_LATITUDE, MERCATOR_MAX_LATITUDE),
        zoom: clamp_zoom(or(view.zoom, 0.0)),
    }
}

pub(super) fn clamp_zoom(zoom: f64) -> f64 {
    zoom.clamp(*ZOOMS.start(), *ZOOMS.end())
}

/// The view that shows a whole extent (degrees, WGS 84) with a margin on a map of a size.
pub fn fit(extent: &Extent, size: Vec2) -> View {
    let [west, south] = mercator_from_lon_lat([extent.min_x, extent.min_y]);
    let [east, north] = mercator_from_lon_lat([extent.max_x, extent.max_y]);
    let size = size.max(vec2(64.0, 64.0));
    let zoom = |metres: f64, points: f32| {
        let points = f64::from(points) * FIT_SHARE;
        (mercator_metres_per_point(0.0) * points / metres.max(1e-9)).log2()
    };
    let zoom = zoom(east - west, size.x).min(zoom(north - south, size.y)).min(DEEPEST_FIT);
    sound(at([f64::midpoint(west, east), f64::midpoint(south, north)], zoom))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GHENT: View = View { lon: 3.7253, lat: 51.0536, zoom: 13.0 };

    fn rect() -> Rect {
        Rect::from_min_size(Pos2::new(100.0, 50.0), vec2(800.0, 600.0))
    }

    /// A tile is 256 points wide at its own zoom (OpenStreetMap wiki, "Zoom levels").
    #[test]
    fn a_tile_is_256_points_wide_at_its_own_zoom() {
        let tile = crate::tiles::TileId::at([GHENT.lon, GHENT.lat], 13);
        let width = tile.extent_mercator().width();
        let camera = Camera::new(GHENT, rect(), 2.0);
        assert!((width / camera.metres_per_point() - 256.0).abs() < 1e-9);
    }

    #[test]
    fn the_place_under_the_pointer_stays_when_zooming() {
        let pointer = Pos2::new(700.0, 120.0);
        let before = Camera::new(GHENT, rect(), 1.0).lon_lat_at(pointer);
        let zoomed = zoomed_at(GHENT, pointer - rect().center(), 16.4);
        let after = Camera::new(zoomed, rect(), 1.0).lon_lat_at(pointer);
        assert!((before[0] - after[0]).abs() < 1e-9 && (before[1] - after[1]).abs() < 1e-9);
    }

    #[test]
    fn a_fitted_extent_fills_the_map_but_for_the_margin() {
        let extent = Extent { min_x: 3.57, min_y: 50.97, max_x: 3.85, max_y: 51.19 };
        let view = fit(&extent, vec2(800.0, 600.0));
        let seen = Camera::new(view, rect(), 1.0).extent(0.0);
        let [west, south] = mercator_from_lon_lat([extent.min_x, extent.min_y]);
        let [east, north] = mercator_from_lon_lat([extent.max_x, extent.max_y]);
        assert!(seen.min_x < west && seen.max_x > east);
        assert!(seen.min_y < south && seen.max_y > north);
        assert!(((north - south) / seen.height() - FIT_SHARE).abs() < 1e-6);
        let point = fit(&Extent::of_point([3.72, 51.05]), vec2(800.0, 600.0));
        assert!((point.zoom - DEEPEST_FIT).abs() < 1e-9);
    }

    #[test]
    fn a_chunk_is_placed_without_rounding_at_the_deepest_zoom() {
        let view = View { zoom: 22.0, ..GHENT };
        let step = 1.0 / 1024.0;
        // A chunk 40 km wide whose origin is far away.
        let [x, y] = mercator_from_lon_lat([view.lon, view.lat]);
        let origin = [x - 18_000.0, y + 19_000.0];
        let extent = Extent {
            min_x: x - 20_000.0,
            min_y: y - 1e3,
            max_x: x + 20_000.0,
            max_y: y + 20_000.0,
        };
        let mut last = None;
        for pixel in 0_u8..20 {
            let panned = moved_by(view, vec2(f32::from(pixel), 0.0));
            let placed = Camera::new(panned, rect(), 1.0).place(origin, step, &extent);
            // A vertex near the middle of the view, as the shader computes it.
            let vertex = ((x - origin[0]) / step).round();
            #[expect(clippy::cast_possible_truncation, reason = "as on the GPU")]
            let px = placed.reference_px[0]
                + (vertex - f64::from(placed.reference[0])) as f32 * placed.px_per_step;
            if let Some(last) = last {
                let moved: f32 = last - px;
                assert!((moved - 1.0).abs() < 1e-3, "{moved}");
            }
            last = Some(px);
        }
    }

    #[test]
    fn nonsense_views_become_sound() {
        let view = sound(View { lon: f64::NAN, lat: 1e9, zoom: f64::INFINITY });
        assert!(view.lon == 0.0 && view.lat < 86.0 && ZOOMS.contains(&view.zoom));
    }
}
