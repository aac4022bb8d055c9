//! From the plane of the map to the numbers of a layer: for images, of which each pixel of the
//! screen is looked up.

use super::approximation::Approximation;
use super::mercator::lon_lat_from_mercator;
use super::transform::is_finite;
use super::{Crs, CrsError, LayerCrs};

/// So many positions are worth a polynomial: fitting one costs some ninety.
const POSITIONS_PER_CELL: usize = 400;

/// Web Mercator metres to a layer's numbers, in place, within `tolerance` (in the units of those
/// numbers) of where PROJ has them: the way back from [`super::transform_for_map`]. A position
/// that the layer's system has no numbers for becomes NaN, NaN.
///
/// # Errors
/// When there is no way from WGS 84 to the layer's system.
pub fn transform_from_map(
    to: &LayerCrs,
    tolerance: f64,
    xy: &mut [[f64; 2]],
) -> Result<(), CrsError> {
    if to.crs.same_as(&Crs::web_mercator()) {
        if to.swapped {
            xy.iter_mut().for_each(|position| position.reverse());
        }
        return Ok(());
    }
    let from = LayerCrs::new(Crs::wgs84(), super::HowFound::Format);
    let transformer = from.transformer_to_layer(to)?;
    let exactly = |xy: &mut [[f64; 2]]| {
        for position in &mut *xy {
            *position = lon_lat_from_mercator(*position);
        }
        transformer.transform(xy);
    };
    let cells = xy.len() / POSITIONS_PER_CELL;
    let finite = xy.iter().filter(|position| is_finite(**position));
    let area = finite
        .map(|[x, y]| [*x, *y, *x, *y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let is_closed = to.crs.same_as(&Crs::wgs84());
    match area {
        Some(area) if !is_closed && cells > 1 => {
            let polynomials = Approximation::fit(area, tolerance, cells, exactly);
            polynomials.apply(xy, exactly);
        }
        _ => exactly(xy),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::{HowFound, transform_for_map};
    use crate::jobs::Watch;

    /// There by PROJ, back by polynomials: the same numbers to a tenth of a millimetre.
    #[test]
    fn the_way_back_leads_to_where_it_began() {
        for crs in [Crs::lambert72(), Crs::lambert2008(), Crs::from_code("EPSG:25831").unwrap()] {
            let to = LayerCrs::new(crs.clone(), HowFound::Chosen);
            // The tower of Ghent, and a city around it.
            let mut centre = [[3.722_688, 51.052_588]];
            LayerCrs::new(Crs::wgs84(), HowFound::Chosen)
                .transformer_to_layer(&to)
                .unwrap()
                .transform(&mut centre);
            let [[x, y]] = centre;
            let steps = || (0..128_i32).map(|step| f64::from(step) * 80.0 - 5000.0);
            let numbers: Vec<[f64; 2]> =
                steps().flat_map(|down| steps().map(move |right| [x + right, y + down])).collect();
            let mut moved = numbers.clone();
            transform_for_map(&to, &mut moved, &Watch::unwatched()).unwrap();
            transform_from_map(&to, 1e-4, &mut moved).unwrap();
            let far = numbers.iter().zip(&moved).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]));
            let farthest = far.fold(0.0, f64::max);
            assert!(farthest < 1e-3, "{}: {farthest}", crs.label());
        }
    }

    #[test]
    fn swapped_numbers_come_back_swapped() {
        let to = LayerCrs { swapped: true, ..LayerCrs::new(Crs::wgs84(), HowFound::Chosen) };
        let mut xy = [crate::crs::mercator_from_lon_lat([3.7, 51.0])];
        transform_from_map(&to, 1e-9, &mut xy).unwrap();
        assert!((xy[0][0] - 51.0).abs() < 1e-9 && (xy[0][1] - 3.7).abs() < 1e-9, "{xy:?}");
    }
}
