//! The rectangle within which rows are wanted.

use crate::crs::{Crs, HowFound, LayerCrs, transform_parallel};
use crate::jobs::Watch;
use crate::table::Extent;

/// Into how many pieces an edge is cut before it is transformed: a straight edge in degrees is a
/// curve in another CRS, and the rectangle around its ends alone would be too small.
const PIECES: u32 = 20;

/// A rectangle: rows whose box meets it are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Within {
    /// In the CRS of the layer.
    Own(Extent),
    /// Degrees of WGS 84, longitude as x.
    Degrees(Extent),
}

impl Within {
    /// The rectangle in the CRS of a layer; none where it has no place there, or nobody knows the
    /// CRS.
    pub fn in_crs(&self, crs: Option<&LayerCrs>) -> Option<Extent> {
        let degrees = match self {
            Within::Own(extent) => return Some(*extent),
            Within::Degrees(extent) => extent,
        };
        let crs = crs?;
        let wgs84 = LayerCrs::new(Crs::wgs84(), HowFound::Chosen);
        let mut around = edges(degrees);
        if !crs.crs.same_as(&wgs84.crs) {
            // Nobody cancels 80 positions.
            transform_parallel(&wgs84, &crs.crs, &mut around, &Watch::unwatched()).ok()?;
        }
        if crs.swapped {
            around.iter_mut().for_each(|xy| xy.reverse());
        }
        Extent::of_points(&around)
    }
}

/// Positions along the four edges.
fn edges(extent: &Extent) -> Vec<[f64; 2]> {
    let along = |from: f64, to: f64| {
        (0..=PIECES).map(move |at| from + (to - from) * f64::from(at) / f64::from(PIECES))
    };
    let across = along(extent.min_x, extent.max_x);
    let upwards = along(extent.min_y, extent.max_y);
    let across = across.flat_map(|x| [[x, extent.min_y], [x, extent.max_y]]);
    across.chain(upwards.flat_map(|y| [[extent.min_x, y], [extent.max_x, y]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centre_of_ghent() -> Extent {
        Extent { min_x: 3.70, min_y: 51.03, max_x: 3.76, max_y: 51.07 }
    }

    /// By PROJ 9.5 (`Transformer.transform_bounds(…, densify_pts=21)` of pyproj 3.7).
    #[test]
    fn degrees_become_metres_of_lambert() {
        let lambert = LayerCrs::new(Crs::from_code("EPSG:31370").unwrap(), HowFound::File);
        let found = Within::Degrees(centre_of_ghent()).in_crs(Some(&lambert)).unwrap();
        let theirs = [103_086.663_3, 191_265.201_7, 107_332.021_1, 195_751.099_3];
        for (own, their) in found.as_array().into_iter().zip(theirs) {
            assert!((own - their).abs() < 0.5, "{found:?}");
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the very same numbers")]
    fn a_layer_with_latitude_first_gets_it_first() {
        let mut swapped = LayerCrs::new(Crs::wgs84(), HowFound::Chosen);
        swapped.swapped = true;
        let found = Within::Degrees(centre_of_ghent()).in_crs(Some(&swapped)).unwrap();
        assert_eq!(found.as_array(), [51.03, 3.70, 51.07, 3.76]);
    }

    #[test]
    fn without_a_crs_degrees_say_nothing() {
        assert_eq!(Within::Degrees(centre_of_ghent()).in_crs(None), None);
        assert_eq!(Within::Own(centre_of_ghent()).in_crs(None), Some(centre_of_ghent()));
    }
}
