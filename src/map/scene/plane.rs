//! From source coordinates to the plane of the map, Web Mercator.

use super::SceneError;
use crate::crs::{LayerCrs, TransformError, transform_for_map};
use crate::jobs::Watch;

/// Source coordinates as Web Mercator metres. A position that is no number or that the
/// transformation does not take becomes NaN, NaN.
pub(super) fn to_mercator(
    source: &[[f64; 2]],
    layer: &LayerCrs,
    watch: &Watch,
) -> Result<Vec<[f64; 2]>, SceneError> {
    let mut plane = source.to_vec();
    transform_for_map(layer, &mut plane, watch).map_err(|error| match error {
        TransformError::Crs(error) => SceneError::Crs(error),
        TransformError::Cancelled(cancelled) => SceneError::Cancelled(cancelled),
    })?;
    Ok(plane)
}
