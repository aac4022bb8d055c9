//! The plane of a page: a plane of the map, turned and stretched so that the page's edges are its
//! axes.

use crate::crs::{Crs, CrsError, LayerCrs, Plane, PlaneWay, TransformError, Transformer};
use crate::jobs::Watch;
use crate::table::Extent;

/// In how many places an edge is looked at to find what lies inside.
const EDGE_STEPS: u32 = 16;

/// A plane of the map as a page has it. Its positions are metres to the right and up on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PagePlane {
    plane: Plane,
    /// By what positions are divided before they are turned.
    stretch: [f64; 2],
    /// Sine and cosine of how far the map is turned clockwise.
    turn: [f64; 2],
}

/// The way of a layer's positions to the plane of a page.
pub(super) struct PageWay<'a> {
    way: PlaneWay<'a>,
    plane: PagePlane,
}

impl PageWay<'_> {
    /// Positions of the layer become positions of the page's plane; NaN where they have none.
    ///
    /// # Errors
    /// When PROJ has no way.
    pub(super) fn take(&self, xy: &mut [[f64; 2]]) -> Result<(), CrsError> {
        self.way.take(xy)?;
        self.plane.turn(xy);
        Ok(())
    }
}

impl PagePlane {
    /// The plane of slippy maps, as it is.
    pub(super) const SCREEN: PagePlane =
        PagePlane { plane: Plane::WebMercator, stretch: [1.0; 2], turn: [0.0, 1.0] };

    /// A plane whose map is turned clockwise by degrees.
    pub(super) fn new(plane: Plane, degrees: f64) -> PagePlane {
        let (sin, cos) = degrees.to_radians().sin_cos();
        PagePlane { plane, turn: [sin, cos], ..PagePlane::SCREEN }
    }

    /// The same with a scale of 1 in both directions at a place (longitude and latitude), so that
    /// metres of the page are metres on the ground there.
    pub(super) fn true_at(self, place: [f64; 2]) -> Option<PagePlane> {
        let mut at = [place];
        self.plane.take_lon_lat(&mut at);
        let stretch = self.plane.scales(at[0])?;
        Some(PagePlane { stretch, ..self })
    }

    /// The plane of the map.
    pub(super) fn plane(self) -> Plane {
        self.plane
    }

    /// Whether its pictures are those of slippy maps: upright and as they are.
    pub(super) fn is_screen(self) -> bool {
        self == PagePlane::SCREEN
    }

    fn turned(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let ([sin, cos], [across, up]) = (self.turn, self.stretch);
        let (x, y) = (x / across, y / up);
        [x * cos + y * sin, y * cos - x * sin]
    }

    fn unturned(self, [u, v]: [f64; 2]) -> [f64; 2] {
        let ([sin, cos], [across, up]) = (self.turn, self.stretch);
        [(u * cos - v * sin) * across, (u * sin + v * cos) * up]
    }

    /// Positions of a layer become positions of the page's plane; NaN where they have none.
    ///
    /// # Errors
    /// When there is no way from the layer's CRS, or the person cancelled.
    pub(super) fn take_layer(
        self,
        from: &LayerCrs,
        xy: &mut [[f64; 2]],
        watch: &Watch,
    ) -> Result<(), TransformError> {
        self.plane.take_layer(from, xy, watch)?;
        self.turn(xy);
        Ok(())
    }

    /// Positions of the plane of the map become those of the page.
    fn turn(self, xy: &mut [[f64; 2]]) {
        if self != (PagePlane { plane: self.plane, ..PagePlane::SCREEN }) {
            xy.iter_mut().for_each(|place| *place = self.turned(*place));
        }
    }

    /// The way of a layer's positions to the page's plane, for so many of them in an extent of its
    /// CRS: to be brought piece by piece and on several threads.
    ///
    /// # Errors
    /// When there is no way from the layer's CRS.
    pub(super) fn way(
        self,
        from: &LayerCrs,
        positions: usize,
        extent: Option<Extent>,
    ) -> Result<PageWay<'_>, CrsError> {
        let area = extent.map(|extent| extent.as_array());
        Ok(PageWay { way: self.plane.way(from, positions, area)?, plane: self })
    }

    /// Longitudes and latitudes become positions of the page's plane; NaN where they have none.
    pub(super) fn take_lon_lat(self, xy: &mut [[f64; 2]]) {
        self.plane.take_lon_lat(xy);
        xy.iter_mut().for_each(|place| *place = self.turned(*place));
    }

    /// The way back.
    pub(super) fn give_lon_lat(self, xy: &mut [[f64; 2]]) {
        xy.iter_mut().for_each(|place| *place = self.unturned(*place));
        self.plane.give_lon_lat(xy);
    }

    /// What one place has on the page; none where it has nothing.
    pub(super) fn of_lon_lat(self, place: [f64; 2]) -> Option<[f64; 2]> {
        let mut at = [place];
        self.take_lon_lat(&mut at);
        let [[u, v]] = at;
        (u.is_finite() && v.is_finite()).then_some([u, v])
    }

    /// The scales at a position: metres on the page for a metre on the ground, along the axes of
    /// the plane of the map. None where there is no place.
    pub(super) fn scales(self, at: [f64; 2]) -> Option<[f64; 2]> {
        let [x, y] = self.plane.scales(self.unturned(at))?;
        let [across, up] = self.stretch;
        Some([x / across, y / up])
    }

    /// A step in Web Mercator metres at a place of the page, as a step on the page.
    pub(super) fn step_from_mercator(self, at: [f64; 2], step: [f64; 2]) -> [f64; 2] {
        if self.is_screen() {
            return step;
        }
        let mut ends = [at];
        self.give_lon_lat(&mut ends);
        Plane::WebMercator.take_lon_lat(&mut ends);
        let [[x, y]] = ends;
        let mut end = [[x + step[0], y + step[1]]];
        Plane::WebMercator.give_lon_lat(&mut end);
        self.take_lon_lat(&mut end);
        [end[0][0] - at[0], end[0][1] - at[1]]
    }

    /// The direction of true north at a position: radians clockwise from the page's up.
    pub(super) fn north(self, at: [f64; 2]) -> Option<f64> {
        let angle = self.plane.north(self.unturned(at))?;
        let [sin, cos] = self.turn;
        Some(angle + sin.atan2(cos))
    }

    /// The extent in a layer's own coordinates of what an extent of the page shows; none when it
    /// cannot be told.
    pub(super) fn extent_in(self, layer: &LayerCrs, extent: Extent) -> Option<Extent> {
        let mut edge = edge_of(extent);
        if layer.crs.same_as(&self.plane.crs()) {
            edge.iter_mut().for_each(|place| *place = self.unturned(*place));
        } else {
            self.give_lon_lat(&mut edge);
            let back = Transformer::new(&Crs::wgs84(), &layer.crs).ok()?;
            if back.transform(&mut edge) > 0 {
                return None;
            }
        }
        let is_sound = edge.iter().flatten().all(|number| number.is_finite());
        let found = Extent::of_points(&edge).filter(|_| is_sound)?;
        let found = found.grown(found.width() / 50.0, found.height() / 50.0);
        Some(if layer.swapped { found.swapped() } else { found })
    }

    /// What an extent in degrees covers; none when it cannot be told.
    pub(super) fn extent_of_lon_lat(self, degrees: Extent) -> Option<Extent> {
        let mut edge = edge_of(degrees);
        self.take_lon_lat(&mut edge);
        let is_sound = edge.iter().flatten().all(|number| number.is_finite());
        Extent::of_points(&edge).filter(|_| is_sound)
    }

    /// West, south, east and north of what an extent of the page shows, degrees; none when it
    /// cannot be told.
    pub(super) fn lon_lat_of(self, extent: Extent) -> Option<Extent> {
        let mut edge = edge_of(extent);
        self.give_lon_lat(&mut edge);
        let is_sound = edge.iter().flatten().all(|number| number.is_finite());
        Extent::of_points(&edge).filter(|_| is_sound)
    }
}

/// Places along the edge of an extent.
fn edge_of(extent: Extent) -> Vec<[f64; 2]> {
    let Extent { min_x, min_y, max_x, max_y } = extent;
    let shares = (0..=EDGE_STEPS).map(|step| f64::from(step) / f64::from(EDGE_STEPS));
    let along = |share: f64| {
        let (x, y) = (min_x + (max_x - min_x) * share, min_y + (max_y - min_y) * share);
        [[x, min_y], [x, max_y], [min_x, y], [max_x, y]]
    };
    shares.flat_map(along).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::LocalPlane;

    const GHENT: [f64; 2] = [3.7253, 51.0536];

    fn local(degrees: f64) -> PagePlane {
        PagePlane::new(Plane::Local(LocalPlane::at(GHENT[0])), degrees)
    }

    #[test]
    fn a_map_turned_clockwise_has_north_to_the_right() {
        let north = |degrees: f64| {
            let plane = local(degrees);
            plane.north(plane.of_lon_lat(GHENT).unwrap()).unwrap().to_degrees()
        };
        assert!(north(0.0).abs() < 1e-6);
        assert!((north(30.0) - 30.0).abs() < 1e-6);
        assert!((north(-90.0) + 90.0).abs() < 1e-6);
        let plane = local(30.0);
        let [x, y] = plane.of_lon_lat(GHENT).unwrap();
        let [to_x, to_y] = plane.of_lon_lat([GHENT[0], GHENT[1] + 0.01]).unwrap();
        assert!(((to_x - x).atan2(to_y - y).to_degrees() - 30.0).abs() < 1e-6);
        let mut back = [[x, y]];
        plane.give_lon_lat(&mut back);
        assert!((back[0][0] - GHENT[0]).hypot(back[0][1] - GHENT[1]) < 1e-10);
    }

    #[test]
    fn web_mercator_made_true_has_metres_of_the_ground_in_both_directions() {
        let plane = PagePlane::SCREEN.true_at(GHENT).unwrap();
        let [x, y] = plane.scales(plane.of_lon_lat(GHENT).unwrap()).unwrap();
        assert!((x - 1.0).abs() < 1e-9 && (y - 1.0).abs() < 1e-9, "{x} {y}");
        let [x, y] =
            PagePlane::SCREEN.scales(PagePlane::SCREEN.of_lon_lat(GHENT).unwrap()).unwrap();
        assert!((y / x - 1.0).abs() > 0.002, "not conformal on the ellipsoid: {x} {y}");
    }
}
