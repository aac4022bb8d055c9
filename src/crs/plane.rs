//! The planes a map is drawn in: that of slippy maps on the screen, true ones on paper.

use super::many::{PlaneWay, transform_to_plane};
use super::{
    Crs, CrsError, LayerCrs, LocalPlane, TransformError, Transformer, lon_lat_from_mercator,
    mercator_from_lon_lat,
};
use crate::jobs::Watch;

/// A plane that a map is drawn in, metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plane {
    /// Web Mercator (EPSG:3857).
    WebMercator,
    /// The transverse Mercator projection of WGS 84 around a meridian: its scale is 1 along it.
    Local(LocalPlane),
    /// Belgian Lambert 72 (EPSG:31370).
    Lambert72,
    /// Belgian Lambert 2008 (EPSG:3812).
    Lambert2008,
}

/// How far from a place the scale there is looked for, metres in the plane.
const NEAR: f64 = 50.0;

impl Plane {
    /// Its CRS.
    pub fn crs(self) -> Crs {
        match self {
            Plane::WebMercator => Crs::web_mercator(),
            Plane::Lambert72 => Crs::lambert72(),
            Plane::Lambert2008 => Crs::lambert2008(),
            Plane::Local(plane) => {
                let lon = plane.meridian();
                let definition = format!(
                    "+proj=tmerc +lat_0=0 +lon_0={lon} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m \
                     +no_defs +type=crs"
                );
                let name = format!("WGS 84 / Transverse Mercator {lon}");
                Crs { definition: definition.into(), code: None, name }
            }
        }
    }

    /// Positions of a layer in the plane, in place, on all cores, less than a millimetre from where
    /// PROJ has them. A position that has none becomes NaN, NaN.
    ///
    /// # Errors
    /// When there is no way from the layer's CRS, or the person cancelled.
    pub fn take_layer(
        self,
        from: &LayerCrs,
        xy: &mut [[f64; 2]],
        watch: &Watch,
    ) -> Result<(), TransformError> {
        transform_to_plane(from, self, xy, watch)
    }

    /// The way of a layer's positions to the plane, for so many of them between a west, south, east and
    /// north of its CRS. Those outside come there as well, only slower.
    ///
    /// # Errors
    /// When there is no way from the layer's CRS.
    pub fn way(
        self,
        from: &LayerCrs,
        positions: usize,
        area: Option<[f64; 4]>,
    ) -> Result<PlaneWay<'_>, CrsError> {
        PlaneWay::new(from, self, positions, area)
    }

    /// Longitudes and latitudes in WGS 84 (degrees) become positions in the plane; those without
    /// one become NaN, NaN.
    pub fn take_lon_lat(self, xy: &mut [[f64; 2]]) {
        match self {
            Plane::WebMercator => {
                xy.iter_mut().for_each(|place| *place = mercator_from_lon_lat(*place));
            }
            Plane::Local(plane) => {
                let project = |place: [f64; 2]| plane.project(place).unwrap_or([f64::NAN; 2]);
                xy.iter_mut().for_each(|place| *place = project(*place));
            }
            Plane::Lambert72 | Plane::Lambert2008 => through(&Crs::wgs84(), &self.crs(), xy),
        }
    }

    /// The way back: positions in the plane become longitudes and latitudes.
    pub fn give_lon_lat(self, xy: &mut [[f64; 2]]) {
        match self {
            Plane::WebMercator => {
                xy.iter_mut().for_each(|place| *place = lon_lat_from_mercator(*place));
            }
            Plane::Local(plane) => {
                let unproject = |place: [f64; 2]| plane.unproject(place).unwrap_or([f64::NAN; 2]);
                xy.iter_mut().for_each(|place| *place = unproject(*place));
            }
            Plane::Lambert72 | Plane::Lambert2008 => through(&self.crs(), &Crs::wgs84(), xy),
        }
    }

    /// The scales at a position of the plane: metres in the plane for a metre on the ground along
    /// its x and along its y. Found from places nearby, whose distance on the ground is measured in
    /// a [`LocalPlane`] through them. None where there is no place.
    pub fn scales(self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let mut near = [[x - NEAR, y], [x + NEAR, y], [x, y - NEAR], [x, y + NEAR]];
        self.give_lon_lat(&mut near);
        let [west, east, south, north] = near;
        let local = LocalPlane::at(f64::midpoint(west[0], east[0]));
        let ground = |from: [f64; 2], to: [f64; 2]| {
            let (from, to) = (local.project(from)?, local.project(to)?);
            let metres = (to[0] - from[0]).hypot(to[1] - from[1]);
            (metres > 0.0).then_some(2.0 * NEAR / metres)
        };
        Some([ground(west, east)?, ground(south, north)?])
    }

    /// The direction of true north at a position of the plane: radians clockwise from its y axis.
    /// None where there is no place.
    pub fn north(self, at: [f64; 2]) -> Option<f64> {
        let mut place = [at];
        self.give_lon_lat(&mut place);
        let [[lon, lat]] = place;
        let mut ends = [[lon, lat - 5e-4], [lon, lat + 5e-4]];
        self.take_lon_lat(&mut ends);
        let [from, to] = ends;
        let angle = (to[0] - from[0]).atan2(to[1] - from[1]);
        angle.is_finite().then_some(angle)
    }
}

fn through(from: &Crs, to: &Crs, xy: &mut [[f64; 2]]) {
    match Transformer::new(from, to) {
        Ok(transformer) => {
            transformer.transform(xy);
        }
        Err(_) => xy.fill([f64::NAN; 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::HowFound;

    const PLANES: [Plane; 3] = [Plane::WebMercator, Plane::Lambert72, Plane::Lambert2008];

    fn local() -> Plane {
        Plane::Local(LocalPlane::at(3.7253))
    }

    #[test]
    fn there_and_back_is_the_same_place() {
        for plane in PLANES.into_iter().chain([local()]) {
            let mut places = [[3.7253, 51.0536], [3.6, 51.0], [3.9, 51.15]];
            plane.take_lon_lat(&mut places);
            plane.give_lon_lat(&mut places);
            let [[lon, lat], ..] = places;
            // The change of datum and the way back differ by half a millimetre.
            assert!((lon - 3.7253).hypot(lat - 51.0536) < 1e-8, "{plane:?}: {places:?}");
        }
    }

    /// Scale factors by PROJ 9.8 (`proj -S`, `cs2cs`) at 3.7253° E, 51.0536° N: Lambert 72
    /// 0.99995 (within its distortion over Belgium), Lambert 2008 likewise, Web Mercator 1.59096
    /// along the parallel (1 / (cos φ × N / a)) and 1.59… along the meridian.
    #[test]
    fn scales_are_those_of_the_projections() {
        let at = |plane: Plane, place: [f64; 2]| {
            let mut place = [place];
            plane.take_lon_lat(&mut place);
            plane.scales(place[0]).unwrap()
        };
        let [x, y] = at(local(), [3.7253, 51.0536]);
        assert!((x - 1.0).abs() < 1e-9 && (y - 1.0).abs() < 1e-9, "{x} {y}");
        // 10 km beside the meridian: 1 + (10 / 6385)² / 2.
        let [x, y] = at(local(), [3.8679, 51.0536]);
        assert!((x - 1.000_001_23).abs() < 3e-8 && (x - y).abs() < 1e-9, "{x} {y}");
        // Web Mercator on the ellipsoid: a / (N cos φ) and a / (M cos φ), with N and M the radii of
        // curvature (Snyder, Map Projections: A Working Manual, equations 4-18 to 4-21).
        let phi = 51.0536_f64.to_radians();
        let e2 = 0.006_694_379_990_141;
        let w = 1.0 - e2 * phi.sin() * phi.sin();
        let east = w.sqrt() / phi.cos();
        let north = w.powf(1.5) / (1.0 - e2) / phi.cos();
        let [x, y] = at(Plane::WebMercator, [3.7253, 51.0536]);
        assert!((x / east - 1.0).abs() < 1e-7, "{x} for {east}");
        assert!((y / north - 1.0).abs() < 1e-7, "{y} for {north}");
        for plane in [Plane::Lambert72, Plane::Lambert2008] {
            let [x, y] = at(plane, [3.7253, 51.0536]);
            assert!((x - y).abs() < 1e-6, "conformal: {x} and {y}");
            assert!((x - 1.0).abs() < 2e-4, "{plane:?}: {x}");
        }
    }

    #[test]
    fn north_is_up_on_its_meridian_and_turned_beside_it() {
        let place = |lon: f64| {
            let mut place = [[lon, 51.0536]];
            local().take_lon_lat(&mut place);
            place[0]
        };
        assert!(local().north(place(3.7253)).unwrap().abs() < 1e-9);
        // Convergence: Δλ sin φ.
        let turned = local().north(place(3.8253)).unwrap();
        let expected = -0.1_f64.to_radians() * 51.0536_f64.to_radians().sin();
        assert!((turned - expected).abs() < 1e-6, "{turned} for {expected}");
    }

    /// Layers come to lie where PROJ has them, also the long way through polynomials.
    #[test]
    fn layers_lie_where_proj_has_them() {
        let from = LayerCrs::new(Crs::lambert72(), HowFound::Chosen);
        let steps = || (0..80_i32).map(|step| f64::from(step) * 100.0);
        let places: Vec<[f64; 2]> =
            steps().flat_map(|x| steps().map(move |y| [100_000.0 + x, 190_000.0 + y])).collect();
        for plane in PLANES.into_iter().chain([local()]) {
            let mut quick = places.clone();
            plane.take_layer(&from, &mut quick, &Watch::unwatched()).unwrap();
            let mut exact = places.clone();
            through(&Crs::lambert72(), &plane.crs(), &mut exact);
            let apart = quick.iter().zip(&exact).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]));
            let apart = apart.fold(0.0, f64::max);
            assert!(apart < 2e-3, "{plane:?}: {apart} m");
        }
    }
}
