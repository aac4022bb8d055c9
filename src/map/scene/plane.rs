//! From source coordinates to the plane of the map, Web Mercator.

use super::SceneError;
use crate::crs::{Crs, LayerCrs, Transformer, mercator_from_lon_lat};
use crate::jobs::Watch;

/// How many positions are transformed between two looks at the watch.
const BATCH: usize = 8192;

/// Source coordinates as Web Mercator metres. A position that is no number or that the
/// transformation does not take becomes NaN, NaN.
pub(super) fn to_mercator(
    source: &[[f64; 2]],
    layer: &LayerCrs,
    watch: &Watch,
) -> Result<Vec<[f64; 2]>, SceneError> {
    let transformer = if layer.crs.same_as(&Crs::wgs84()) || layer.crs.same_as(&Crs::web_mercator())
    {
        None
    } else {
        Some(Transformer::new(&layer.crs, &Crs::wgs84())?)
    };
    let in_plane = layer.crs.same_as(&Crs::web_mercator());
    let mut plane = Vec::with_capacity(source.len());
    let mut batch = Vec::with_capacity(BATCH.min(source.len()));
    for chunk in source.chunks(BATCH) {
        watch.check()?;
        batch.clear();
        batch.extend(chunk.iter().map(|[x, y]| if layer.swapped { [*y, *x] } else { [*x, *y] }));
        if let Some(transformer) = &transformer {
            transformer.transform(&mut batch);
        }
        plane.extend(batch.iter().map(|xy| if in_plane { within_world(*xy) } else { from(*xy) }));
        watch.advance(u64::try_from(chunk.len()).unwrap_or_default());
    }
    Ok(plane)
}

/// Degrees to metres; degrees that no place on Earth has are no position.
fn from([lon, lat]: [f64; 2]) -> [f64; 2] {
    if lon.abs() <= 360.0 && lat.abs() <= 90.0 {
        mercator_from_lon_lat([lon, lat])
    } else {
        [f64::NAN; 2]
    }
}

/// Metres beyond twice the world are no position.
fn within_world([x, y]: [f64; 2]) -> [f64; 2] {
    const LIMIT: f64 = 41_000_000.0;
    if x.abs() <= LIMIT && y.abs() <= LIMIT { [x, y] } else { [f64::NAN; 2] }
}
