//! True scale on a map: the ground behind a point of the screen, and the scale bar.

use super::mercator_scale;
use crate::i18n::{Language, format_number};

/// The circumference of the Web Mercator world: 2π times the semi-major axis of WGS 84, metres
/// (IOGP Guidance Note 7-2, method 1024).
const WORLD: f64 = std::f64::consts::TAU * 6_378_137.0;

/// The width of the world at zoom 0, points: one tile of 256 (OpenStreetMap wiki, "Zoom levels").
const POINTS_AT_ZOOM_0: f64 = 256.0;

/// The size of a point on paper and on a standard screen: 1/96 inch, metres (CSS Values and Units
/// Level 4, section 6.2).
const METRES_PER_POINT: f64 = 0.0254 / 96.0;

/// How many metres of Web Mercator one point of the screen is at a zoom level of slippy maps
/// (fractions allowed).
pub fn mercator_metres_per_point(zoom: f64) -> f64 {
    WORLD / (POINTS_AT_ZOOM_0 * zoom.exp2())
}

/// How many metres on the ground, east to west, one point of a slippy map is at a latitude
/// (degrees, WGS 84) and a zoom level.
pub fn ground_metres_per_point(lat: f64, zoom: f64) -> f64 {
    mercator_metres_per_point(zoom) / mercator_scale(lat)
}

/// The denominator of the scale (25 000 for 1:25 000) of a map on which one point (1/96 inch) is
/// so many metres on the ground.
pub fn scale_denominator(ground_metres_per_point: f64) -> f64 {
    ground_metres_per_point / METRES_PER_POINT
}

/// A scale bar: a round distance and how long it is on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleBar {
    /// The distance on the ground, metres: 1, 2 or 5 times a power of ten.
    pub metres: f64,
    /// Its length on the map, in the unit [`scale_bar`] was asked in.
    pub length: f64,
}

impl ScaleBar {
    /// The distance with its unit, in a language's form: `200 m`, `5 km`, `20 cm`.
    pub fn label(&self, language: Language) -> String {
        format_distance(language, self.metres)
    }

    /// Into how many equal parts the bar divides so that each part is a round distance as well:
    /// 2 for 1 and 2, 5 for 5 times a power of ten.
    pub fn parts(&self) -> u8 {
        if self.metres > 0.0 && leading_digit(self.metres) > 4.0 { 5 } else { 2 }
    }
}

/// The longest round distance (1, 2 or 5 times a power of ten) whose bar is at most `max_length`
/// long. `max_length` is in any unit of the map (points, millimetres), `metres_per_unit` is the
/// ground behind one of them. None when there is no such distance: a length or scale that is
/// zero, negative or not finite.
pub fn scale_bar(metres_per_unit: f64, max_length: f64) -> Option<ScaleBar> {
    let at_most = metres_per_unit * max_length;
    if !(at_most.is_normal() && metres_per_unit > 0.0 && max_length > 0.0) {
        return None;
    }
    let power = 10_f64.powi(exponent(at_most));
    // A bar that just fits must not be lost to the last bit.
    let room = at_most * (1.0 + 1e-12);
    let metres = [10.0, 5.0, 2.0, 1.0].map(|step| step * power).into_iter().find(|m| *m <= room)?;
    let length = metres / metres_per_unit;
    length.is_finite().then_some(ScaleBar { metres, length })
}

/// A distance in metres with its unit, in a language's form: `200 m`, `1,5 km`, `50 cm`.
/// At most two decimals.
pub fn format_distance(language: Language, metres: f64) -> String {
    let (value, unit) = match metres.abs() {
        m if m >= 1000.0 => (metres / 1000.0, "km"),
        m if m >= 1.0 || m == 0.0 => (metres, "m"),
        m if m >= 0.01 => (metres * 100.0, "cm"),
        _ => (metres * 1000.0, "mm"),
    };
    // A no-break space: the unit stays with its number (SI Brochure, section 5.4.3).
    format!("{}\u{a0}{unit}", format_number(language, value, 2))
}

#[expect(clippy::cast_possible_truncation, reason = "the exponent of a normal f64 is below 309")]
fn exponent(value: f64) -> i32 {
    let guess = value.log10().floor() as i32;
    // log10 may round up to the next whole number.
    if 10_f64.powi(guess) > value { guess - 1 } else { guess }
}

fn leading_digit(value: f64) -> f64 {
    (value / 10_f64.powi(exponent(value))).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_the_longest_round_distance_that_fits() {
        let metres = |per_unit, max| scale_bar(per_unit, max).map(|bar| bar.metres);
        assert_eq!(metres(1.0, 100.0), Some(100.0));
        assert_eq!(metres(1.0, 99.9), Some(50.0));
        assert_eq!(metres(0.1, 490.0), Some(20.0));
        assert_eq!(metres(3.0, 400.0), Some(1000.0));
        assert_eq!(metres(1e-3, 7.0), Some(0.005));
        assert_eq!(metres(0.0, 7.0), None);
        assert_eq!(metres(-1.0, -7.0), None);
        assert_eq!(metres(f64::NAN, 7.0), None);
        assert_eq!(metres(f64::INFINITY, 7.0), None);
        for step in 1..2000 {
            let per_unit = 1.01_f64.powi(step - 1000);
            let bar = scale_bar(per_unit, 150.0).expect("a bar for every scale");
            assert!(bar.length <= 150.0 + 1e-6 && bar.length > 59.0, "{per_unit}: {bar:?}");
            assert!((bar.length * per_unit / bar.metres - 1.0).abs() < 1e-12);
            assert!(
                [1.0, 2.0, 5.0].iter().any(|d| (d - leading_digit(bar.metres)).abs() < 0.5),
                "{bar:?}"
            );
        }
    }

    #[test]
    fn distances_are_written_in_the_languages_form() {
        assert_eq!(format_distance(Language::Dutch, 200.0), "200\u{a0}m");
        assert_eq!(format_distance(Language::Dutch, 1500.0), "1,5\u{a0}km");
        assert_eq!(format_distance(Language::English, 1500.0), "1.5\u{a0}km");
        assert_eq!(format_distance(Language::Dutch, 2_000_000.0), "2.000\u{a0}km");
        assert_eq!(format_distance(Language::English, 0.2), "20\u{a0}cm");
        assert_eq!(format_distance(Language::English, 0.005), "5\u{a0}mm");
        assert_eq!(scale_bar(1.0, 60.0).map(|bar| bar.parts()), Some(5));
        assert_eq!(scale_bar(1.0, 20.0).map(|bar| bar.parts()), Some(2));
    }

    /// 1 km east of 51.05° N, 3.7253° E on WGS 84 by PROJ's `geod` (Karney's geodesics):
    /// `echo "51.05 3.7253 90 1000" | geod +ellps=WGS84 -f "%.12f"` ends at 3.739560818086° E.
    #[test]
    fn ground_distance_agrees_with_the_geodesic() {
        let degrees = 3.739_560_818_086 - 3.725_3;
        for zoom in [0.0, 12.0, 13.37, 19.0] {
            let points = degrees / 360.0 * 256.0 * f64::exp2(zoom);
            let metres = points * ground_metres_per_point(51.05, zoom);
            assert!((metres - 1000.0).abs() < 0.001, "zoom {zoom}: {metres}");
        }
    }

    /// OpenStreetMap wiki, "Zoom levels": zoom 0 is 156 543.03 m a pixel at the equator, and at
    /// 96 dots an inch 1:591 658 711.
    #[test]
    fn the_published_scale_of_zoom_0() {
        assert!((ground_metres_per_point(0.0, 0.0) - 156_543.03).abs() < 0.01);
        let denominator = scale_denominator(ground_metres_per_point(0.0, 0.0));
        assert!((denominator - 591_658_711.0).abs() < 1.0, "{denominator}");
    }
}
