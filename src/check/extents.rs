//! Coordinates that the CRS of a layer cannot have, or is not made for.

use crate::crs::{Crs, LayerCrs, Transformer};
use crate::plane::exact::Position;
use crate::table::Extent;

/// Data about a place go on somewhat beyond its border, and areas of use are rounded: degrees.
const MARGIN: f64 = 0.25;

/// Steps along a side of the area of use.
const STEPS: u32 = 20;

/// Where coordinates of a layer may lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    /// What degrees there are, in the layer's own order.
    earth: Option<Extent>,
    /// A rectangle around the area the system is made for, widened a little, in the layer's
    /// coordinates.
    area: Option<Extent>,
}

impl Limits {
    /// Of a layer's system; none where that is not known.
    pub fn of(crs: Option<&LayerCrs>) -> Limits {
        let Some(layer) = crs else { return Limits::default() };
        let in_order = |extent: Extent| if layer.swapped { extent.swapped() } else { extent };
        let earth = Extent { min_x: -180.0, min_y: -90.0, max_x: 180.0, max_y: 90.0 };
        let earth = layer.crs.is_geographic().then(|| in_order(earth));
        Limits { earth, area: area(&layer.crs).map(in_order) }
    }

    /// Whether positions may lie outside some limit.
    pub fn are_known(&self) -> bool {
        self.earth.is_some() || self.area.is_some()
    }

    /// Whether there is such a place.
    pub fn is_on_earth(&self, position: Position) -> bool {
        self.earth.is_none_or(|earth| earth.contains(position))
    }

    /// Whether the system is made for that place. Exact to the rectangle around the area.
    pub fn is_in_area(&self, position: Position) -> bool {
        self.area.is_none_or(|area| area.contains(position))
    }
}

/// The rectangle around the area of use, in the system's coordinates.
fn area(crs: &Crs) -> Option<Extent> {
    let [west, south, east, north] = crs.area_of_use()?;
    if west >= east {
        return None;
    }
    let (west, east) = ((west - MARGIN).max(-180.0), (east + MARGIN).min(180.0));
    let (south, north) = ((south - MARGIN).max(-90.0), (north + MARGIN).min(90.0));
    let transformer = Transformer::new(&Crs::wgs84(), crs).ok()?;
    let share = |step: u32| f64::from(step) / f64::from(STEPS);
    let along = |step: u32| west + (east - west) * share(step);
    let up = |step: u32| south + (north - south) * share(step);
    // The inside too: at a pole the sides are not what lies farthest out.
    let grid = (0..=STEPS).flat_map(|x| (0..=STEPS).map(move |y| [along(x), up(y)]));
    let mut grid: Vec<Position> = grid.collect();
    transformer.transform(&mut grid);
    let found = Extent::of_points(&grid)?;
    // Between two steps a side bends outwards a little.
    let (x, y) = (found.width() / 100.0, found.height() / 100.0);
    Some(Extent {
        min_x: found.min_x - x,
        min_y: found.min_y - y,
        max_x: found.max_x + x,
        max_y: found.max_y + y,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::HowFound;

    #[test]
    fn degrees_and_areas_of_use_limit_what_there_is() {
        let limits = |crs: Crs, swapped| {
            Limits::of(Some(&LayerCrs { swapped, ..LayerCrs::new(crs, HowFound::Chosen) }))
        };
        let degrees = limits(Crs::wgs84(), false);
        assert!(degrees.is_on_earth([180.0, -90.0]) && !degrees.is_on_earth([3.7, 91.0]));
        assert!(degrees.is_in_area([-73.0, 40.0]));
        let swapped = limits(Crs::wgs84(), true);
        assert!(swapped.is_on_earth([-90.0, 180.0]) && !swapped.is_on_earth([91.0, 3.7]));
        // Ghent, Calais, Paris, and the tower of Ghent in Lambert 2008.
        let lambert = limits(Crs::lambert72(), false);
        assert!(lambert.is_on_earth([1e7, 1e7]));
        assert!(lambert.is_in_area([104_700.0, 193_800.0]));
        assert!(!lambert.is_in_area([-60_000.0, 190_000.0]));
        assert!(!lambert.is_in_area([604_697.0, 693_795.0]));
        assert!(!Limits::of(None).are_known());
    }
}
