//! A plane for measuring around a place: the transverse Mercator projection of WGS 84 with its
//! central meridian there, and its exact scale everywhere.
//!
//! Formulas: Krüger's series in the third flattening to order 4, as in Karney, "Transverse
//! Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), equations 7 to 9, 11 and
//! 23 to 26. Within 60° of the meridian the series is exact to two millimetres.
//!
//! The projection is conformal: at a point the scale is the same in all directions. A distance in
//! the plane divided by the scale in its middle is the distance on the ground, but for the square
//! of the distance over the Earth's radius: for 10 km a few millimetres at 500 km from the
//! meridian (tested below against geodesics).

/// WGS 84: the semi-major axis in metres and the flattening (NIMA TR 8350.2).
const A: f64 = 6_378_137.0;
const F: f64 = 1.0 / 298.257_223_563;

/// How far from the central meridian the plane reaches, degrees.
const REACH: f64 = 60.0;

/// The plane around a meridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalPlane {
    /// Degrees.
    meridian: f64,
}

impl LocalPlane {
    /// The plane with its middle at a longitude, degrees.
    pub fn at(longitude: f64) -> LocalPlane {
        LocalPlane { meridian: longitude }
    }

    /// A place (longitude and latitude in WGS 84, degrees) in metres east of the meridian and
    /// north of the equator. None further than 60° from the meridian, past the poles, and for what
    /// is not finite.
    pub fn project(&self, place: [f64; 2]) -> Option<[f64; 2]> {
        self.project_with_scale(place).map(|(xy, _)| xy)
    }

    /// As [`Self::project`], with the scale there: metres in the plane for a metre on the ground.
    pub fn project_with_scale(&self, [lon, lat]: [f64; 2]) -> Option<([f64; 2], f64)> {
        let apart = (lon - self.meridian + 540.0).rem_euclid(360.0) - 180.0;
        // Also false for NaN.
        if !(apart.abs() <= REACH && lat.abs() <= 90.0) {
            return None;
        }
        let e2 = F * (2.0 - F);
        let (sin_lon, cos_lon) = apart.to_radians().sin_cos();
        // The tangent of the pole itself is a large number, which serves as well.
        let tau = lat.to_radians().tan();
        let e = e2.sqrt();
        let sigma = (e * (e * tau / tau.hypot(1.0)).atanh()).sinh();
        let conformal = tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0);
        let side = conformal.hypot(cos_lon);
        let (xi, eta) = (conformal.atan2(cos_lon), (sin_lon / side).asinh());
        let (mut north, mut east, mut p, mut q) = (xi, eta, 1.0, 0.0);
        for (factor, alpha) in [2.0, 4.0, 6.0, 8.0].into_iter().zip(ALPHA) {
            let (sin, cos) = (factor * xi).sin_cos();
            let (sinh, cosh) = ((factor * eta).sinh(), (factor * eta).cosh());
            north += alpha * sin * cosh;
            east += alpha * cos * sinh;
            p += factor * alpha * cos * cosh;
            q += factor * alpha * sin * sinh;
        }
        let cos2 = 1.0 / (1.0 + tau * tau);
        let on_sphere = (1.0 - e2 + e2 * cos2).sqrt() * tau.hypot(1.0) / side;
        let scale = on_sphere * RECTIFYING / A * p.hypot(q);
        Some(([RECTIFYING * east, RECTIFYING * north], scale))
    }

    /// The longitude and latitude of a place in the plane, degrees: the way back from
    /// [`Self::project`] (Karney's equations 11, 16, 19 to 21, 25 and 36). None further away than
    /// the plane reaches.
    pub fn unproject(&self, [east, north]: [f64; 2]) -> Option<[f64; 2]> {
        let (xi, eta) = (north / RECTIFYING, east / RECTIFYING);
        // Also false for NaN.
        if !(eta.abs() <= 2.0 && xi.abs() <= std::f64::consts::FRAC_PI_2) {
            return None;
        }
        let (mut xi_sphere, mut eta_sphere) = (xi, eta);
        for (factor, beta) in [2.0, 4.0, 6.0, 8.0].into_iter().zip(BETA) {
            let (sin, cos) = (factor * xi).sin_cos();
            xi_sphere -= beta * sin * (factor * eta).cosh();
            eta_sphere -= beta * cos * (factor * eta).sinh();
        }
        let (sin, cos) = xi_sphere.sin_cos();
        let sinh = eta_sphere.sinh();
        let conformal = sin / sinh.hypot(cos);
        let apart = sinh.atan2(cos).to_degrees();
        if apart.abs() > REACH {
            return None;
        }
        let e2 = F * (2.0 - F);
        let e = e2.sqrt();
        let mut tau = conformal;
        // Newton's method: each step doubles the digits; three are enough for all of them.
        for _ in 0..5 {
            let sigma = (e * (e * tau / tau.hypot(1.0)).atanh()).sinh();
            let found = tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0);
            let step = (conformal - found) / conformal.hypot(1.0).max(found.hypot(1.0))
                * (1.0 + (1.0 - e2) * tau * tau)
                / ((1.0 - e2) * tau.hypot(1.0));
            tau += step;
            if step.abs() <= 1e-16 * tau.abs().max(1.0) {
                break;
            }
        }
        let lon = (self.meridian + apart + 540.0).rem_euclid(360.0) - 180.0;
        Some([lon, tau.atan().to_degrees()])
    }

    /// The longitude of its middle, degrees.
    pub fn meridian(&self) -> f64 {
        self.meridian
    }
}

/// The third flattening.
const N: f64 = F / (2.0 - F);
/// The radius of a circle as long as a meridian (equation 14).
const RECTIFYING: f64 = A / (1.0 + N) * (1.0 + N * N / 4.0 + N * N * N * N / 64.0);
/// Equation 12.
const ALPHA: [f64; 4] = [
    N / 2.0 - 2.0 * N * N / 3.0 + 5.0 * N * N * N / 16.0 + 41.0 * N * N * N * N / 180.0,
    13.0 * N * N / 48.0 - 3.0 * N * N * N / 5.0 + 557.0 * N * N * N * N / 1440.0,
    61.0 * N * N * N / 240.0 - 103.0 * N * N * N * N / 140.0,
    49561.0 * N * N * N * N / 161_280.0,
];

/// Equation 36.
const BETA: [f64; 4] = [
    N / 2.0 - 2.0 * N * N / 3.0 + 37.0 * N * N * N / 96.0 - N * N * N * N / 360.0,
    N * N / 48.0 + N * N * N / 15.0 - 437.0 * N * N * N * N / 1440.0,
    17.0 * N * N * N / 480.0 - 37.0 * N * N * N * N / 840.0,
    4397.0 * N * N * N * N / 161_280.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// By PROJ 9.8 (`+proj=tmerc +lon_0=3.7 +ellps=WGS84`) and its `proj_factors`.
    #[test]
    fn places_and_scales_are_those_of_proj() {
        let plane = LocalPlane::at(3.7);
        for (place, expected, expected_scale) in [
            ([3.7, 51.05], [0.000000, 5657648.160323], 0.999999999996),
            ([4.35, 50.85], [45775.256471, 5635600.059348], 1.000025719268),
            ([-8.0, 60.0], [-650569.514939, 6711899.694520], 1.005188559341),
            ([30.0, -33.5], [2476281.968274, -4035858.022724], 1.076488659331),
            ([60.0, 12.25], [7255963.305261, 2378490.717907], 1.726313656884),
            ([3.9, 89.0], [389.864554, 9890272.544738], 1.000000001797),
        ] {
            let Some(([x, y], scale)) = plane.project_with_scale(place) else {
                panic!("{place:?}");
            };
            let apart = (x - expected[0]).hypot(y - expected[1]);
            assert!(apart < 2e-3, "{place:?}: {apart} m");
            assert!((scale / expected_scale - 1.0).abs() < 1e-8, "{place:?}: {scale}");
            let Some([lon, lat]) = plane.unproject(expected) else { panic!("{place:?}") };
            let apart = (lon - place[0]).hypot(lat - place[1]);
            assert!(apart < 1e-7, "{place:?}: {apart}° on the way back");
        }
        let back = plane.project([3.72, 51.05]).and_then(|xy| plane.unproject(xy));
        assert!(back.is_some_and(|[lon, lat]| (lon - 3.72).hypot(lat - 51.05) < 1e-11));
        assert_eq!(plane.unproject([0.0, f64::NAN]), None);
        assert_eq!(plane.unproject([1e8, 0.0]), None);
        assert_eq!(plane.project([64.0, 0.0]), None);
        assert_eq!(plane.project([f64::NAN, 0.0]), None);
        assert_eq!(plane.project([0.0, 90.5]), None);
        let east = LocalPlane::at(179.9).project([-179.9, 0.0]);
        assert!(east.is_some_and(|[x, _]| (x - 22_263.9).abs() < 1.0), "{east:?}");
    }

    /// Places a known way apart by GeographicLib 2.1 (`Geodesic.WGS84.Direct`, Karney's geodesics).
    #[test]
    fn distances_are_those_of_geodesics() {
        let plane = LocalPlane::at(3.7);
        for (from, to, metres) in [
            ([3.72, 51.05], [3.722438965373, 51.054223339715], 500.0),
            ([3.72, 51.05], [3.726700171039, 51.048462627989], 500.0),
            ([3.9, 51.2], [3.949022775814, 51.284454288458], 10000.0),
            ([3.9, 51.2], [4.034353027273, 51.169179948333], 10000.0),
            ([10.8, 51.05], [10.802438965373, 51.054223339715], 500.0),
            ([10.8, 51.05], [10.806700171039, 51.048462627989], 500.0),
            ([10.8, 51.05], [10.848863779182, 51.134456521049], 10000.0),
            ([10.8, 51.05], [10.933919062710, 51.019179564729], 10000.0),
            ([30.0, -20.0], [30.001634116102, -19.995755835073], 500.0),
            ([30.0, -20.0], [30.004489861212, -20.001544689580], 500.0),
            ([55.0, 10.0], [55.006239327006, 10.016991373173], 2000.0),
            ([55.0, 10.0], [55.017141194925, 9.993815179068], 2000.0),
            ([3.8, 78.2], [3.814986615959, 78.208416262262], 1000.0),
            ([3.8, 78.2], [3.841135913001, 78.196933629531], 1000.0),
        ] {
            let (Some(([x, y], a)), Some(([east, north], b))) =
                (plane.project_with_scale(from), plane.project_with_scale(to))
            else {
                panic!("{from:?}");
            };
            let found = (x - east).hypot(y - north) / f64::midpoint(a, b);
            assert!((found - metres).abs() < metres * 1e-6, "{from:?}: {found} for {metres}");
        }
    }
}
