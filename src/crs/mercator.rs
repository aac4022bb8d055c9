//! Web Mercator (EPSG:3857), the plane of slippy maps, in closed form.
//!
//! Formulas: IOGP Guidance Note 7-2, "Popular Visualisation Pseudo Mercator" (method 1024): the
//! spherical Mercator of ellipsoidal coordinates.

use std::f64::consts::PI;

/// The radius of the sphere: the semi-major axis of WGS 84, metres.
const RADIUS: f64 = 6_378_137.0;

/// The latitude at which the square world of slippy maps ends, degrees.
pub const MERCATOR_MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Longitude and latitude (degrees, WGS 84) to Web Mercator metres. Latitudes beyond
/// [`MERCATOR_MAX_LATITUDE`] are put on the edge of the world.
pub fn mercator_from_lon_lat([lon, lat]: [f64; 2]) -> [f64; 2] {
    mercator_on_any_latitude([lon, lat.clamp(-MERCATOR_MAX_LATITUDE, MERCATOR_MAX_LATITUDE)])
}

/// As [`mercator_from_lon_lat`] also beyond the square world; infinite at the poles.
pub(super) fn mercator_on_any_latitude([lon, lat]: [f64; 2]) -> [f64; 2] {
    let y = (PI / 4.0 + lat.to_radians() / 2.0).tan().ln();
    [RADIUS * lon.to_radians(), RADIUS * y]
}

/// Web Mercator metres to longitude and latitude (degrees, WGS 84).
pub fn lon_lat_from_mercator([x, y]: [f64; 2]) -> [f64; 2] {
    let lat = 2.0 * (y / RADIUS).exp().atan() - PI / 2.0;
    [(x / RADIUS).to_degrees(), lat.to_degrees()]
}

/// How many metres of Web Mercator, east to west, one metre on the ground is at a latitude
/// (degrees), on the ellipsoid. North to south differs by up to 0.7 %.
pub fn mercator_scale(lat: f64) -> f64 {
    // The radius of a parallel is N cos φ with N = a / √(1 − e² sin² φ) (IOGP 7-2, section 4.1).
    const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_141_32;
    let (sin, cos) = lat.to_radians().sin_cos();
    (1.0 - ECCENTRICITY_SQUARED * sin * sin).sqrt() / cos
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of IOGP Guidance Note 7-2 for method 1024: 24°22'54.433"N,
    /// 100°20'00.000"W is E −11169055.58, N 2800000.00.
    #[test]
    fn the_published_example() {
        let [x, y] =
            mercator_from_lon_lat([-(100.0 + 20.0 / 60.0), 24.0 + 22.0 / 60.0 + 54.433 / 3600.0]);
        assert!((x + 11_169_055.58).abs() < 0.01, "{x}");
        assert!((y - 2_800_000.00).abs() < 0.02, "{y}");
        let [lon, lat] = lon_lat_from_mercator([x, y]);
        assert!((lon + 100.333_333_333).abs() < 1e-8 && (lat - 24.381_786_944).abs() < 1e-8);
    }
}
