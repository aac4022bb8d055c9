//! A quiet graticule under the layers of a map without a basemap: lines of longitude and latitude
//! with their degrees at the edges, so that one sees where, and how far apart, things are.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::camera::Camera;
use crate::crs::{lon_lat_from_mercator, mercator_from_lon_lat};
use crate::i18n::{Language, format_number};

/// Lines are at least so far apart on the screen, points.
const APART: f64 = 110.0;

/// Where labels at the edges leave room: for the scale bar, and for the zoom buttons.
const SCALE_BAR: f32 = 170.0;
const BUTTONS: f32 = 84.0;

/// Web Mercator metres of a degree of longitude.
const METRES_PER_DEGREE: f64 = 111_319.490_793_273_57;

/// The most lines in each direction: a view of the whole world has fewer.
const MOST: usize = 60;

/// The lines in view.
pub(super) struct Graticule {
    step: f64,
    /// Degrees, and where they are on the screen.
    longitudes: Vec<(f64, f32)>,
    latitudes: Vec<(f64, f32)>,
}

impl Graticule {
    /// The lines of a view; none for one that shows nothing.
    pub fn of(camera: &Camera) -> Option<Graticule> {
        let view = camera.extent(0.0);
        // A degree of longitude is as long everywhere in Web Mercator.
        let step = step(APART * camera.metres_per_point() / METRES_PER_DEGREE)?;
        let [west, south] = lon_lat_from_mercator([view.min_x, view.min_y]);
        let [east, north] = lon_lat_from_mercator([view.max_x, view.max_y]);
        let x = |lon| (lon, camera.place_of(mercator_from_lon_lat([lon, 0.0])).x);
        let y = |lat| (lat, camera.place_of(mercator_from_lon_lat([0.0, lat])).y);
        Some(Graticule {
            step,
            longitudes: multiples(west.max(-180.0), east.min(180.0), step).map(x).collect(),
            latitudes: multiples(south.max(-85.0), north.min(85.0), step).map(y).collect(),
        })
    }

    /// Draws the lines: under the layers.
    pub fn paint_lines(&self, painter: &Painter, rect: Rect, dark: bool) {
        let stroke = Stroke::new(1.0, colors(dark).0);
        for (_, x) in &self.longitudes {
            painter.vline(*x, rect.y_range(), stroke);
        }
        for (_, y) in &self.latitudes {
            painter.hline(rect.x_range(), *y, stroke);
        }
    }

    /// Writes their degrees at the edges: over the layers, on a ground of their own.
    pub fn paint_degrees(&self, painter: &Painter, rect: Rect, language: Language, dark: bool) {
        let (_, ink, ground) = colors(dark);
        let font = FontId::proportional(10.0);
        let digits = decimals(self.step);
        let label = |at: Pos2, anchor: Align2, degrees: f64, letters: [&str; 2]| {
            let [positive, negative] = letters;
            let letter = if degrees < 0.0 { negative } else { positive };
            let text = format!("{}° {letter}", format_number(language, degrees.abs(), digits));
            let text = painter.layout_no_wrap(text, font.clone(), ink);
            let place = anchor.anchor_size(at, text.size());
            painter.rect_filled(place.expand2(vec2(2.0, 0.0)), 2.0, ground);
            painter.galley(place.min, text, ink);
        };
        let [east_west, north_south] = letters(language);
        for (lon, x) in &self.longitudes {
            if *x > rect.left() + SCALE_BAR && *x < rect.right() - 40.0 {
                let at = pos2(*x, rect.bottom()) + vec2(4.0, -3.0);
                label(at, Align2::LEFT_BOTTOM, *lon, east_west);
            }
        }
        for (lat, y) in &self.latitudes {
            if *y > rect.top() + BUTTONS && *y < rect.bottom() - 30.0 {
                let at = pos2(rect.right(), *y) + vec2(-4.0, -2.0);
                label(at, Align2::RIGHT_BOTTOM, *lat, north_south);
            }
        }
    }
}

/// East and west, north and south.
fn letters(language: Language) -> [[&'static str; 2]; 2] {
    match language {
        Language::Dutch => [["O", "W"], ["N", "Z"]],
        Language::English => [["E", "W"], ["N", "S"]],
    }
}

/// Of lines, of letters and of what is under these: quiet on the sheet under the map, readable all
/// the same.
fn colors(dark: bool) -> (Color32, Color32, Color32) {
    let ground = super::overlay::paper(dark).gamma_multiply(0.8);
    if dark {
        (Color32::from_rgb(0x35, 0x39, 0x3f), Color32::from_rgb(0xa6, 0xac, 0xb4), ground)
    } else {
        (Color32::from_rgb(0xe4, 0xdf, 0xd4), Color32::from_rgb(0x6a, 0x63, 0x57), ground)
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is no smaller than this; none for a map
/// that shows nothing.
fn step(least: f64) -> Option<f64> {
    if !(least.is_normal() && least > 0.0 && least <= 90.0) {
        return None;
    }
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|of| of * power)
        .into_iter()
        .find(|step| *step >= least * (1.0 - 1e-9))
}

/// How many decimals a multiple of a step has.
fn decimals(step: f64) -> u8 {
    let digits = (0..=9_u8).find(|digits| {
        let scaled = step * 10_f64.powi(i32::from(*digits));
        (scaled - scaled.round()).abs() < 1e-6
    });
    digits.unwrap_or(9)
}

/// The multiples of a step between two numbers.
fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil();
    let at = move |number: u32| (first + f64::from(number)) * step;
    (0..).map(at).take_while(move |at| *at <= to).take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_no_smaller_than_asked() {
        for (least, expected) in
            [(0.0011, 0.002), (0.002, 0.002), (0.3, 0.5), (7.0, 10.0), (1.0, 1.0), (90.0, 100.0)]
        {
            assert!((step(least).unwrap() - expected).abs() < 1e-9, "{least}");
        }
        assert_eq!((step(0.0), step(f64::NAN), step(400.0)), (None, None, None));
        for (step, expected) in [(0.002, 3), (0.5, 1), (10.0, 0), (0.05, 2)] {
            assert_eq!(decimals(step), expected, "{step}");
        }
    }

    #[test]
    fn lines_lie_at_multiples_and_end() {
        let found: Vec<f64> = multiples(3.701, 3.712, 0.005).collect();
        assert_eq!(found.len(), 2);
        assert!((found[0] - 3.705).abs() < 1e-9 && (found[1] - 3.71).abs() < 1e-9);
        assert_eq!(multiples(0.0, 1e9, 1.0).count(), MOST);
        assert_eq!(multiples(2.0, 1.0, 1.0).count(), 0);
    }
}
