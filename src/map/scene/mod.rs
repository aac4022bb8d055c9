//! A layer made ready to draw.

mod build;
mod chunk;
mod plane;

pub(super) use build::LARGE_PART;
pub(super) use chunk::{Bounds, Chunk, FINEST_STEP, LARGEST, Place, Shape};

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

/// A layer's geometry in the map's plane, in chunks on a grid. It holds no colours and no choice
/// of rows: those change without it. Triangles are not in it either: they are made for the chunks
/// in view, in the detail that the view shows.
#[derive(Debug, Default)]
pub struct LayerScene {
    rows: usize,
    chunks: Vec<Chunk>,
    has_points: bool,
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
        build::build(table, watch)
    }

    /// The extent of what is drawn: longitude and latitude, WGS 84.
    pub fn extent_lon_lat(&self) -> Option<Extent> {
        self.extent
    }

    /// How many rows have geometry that cannot be drawn, wholly or in part: no known CRS,
    /// coordinates that are no numbers or that the transformation does not take, or polygons
    /// without any area.
    pub fn not_drawn(&self) -> u64 {
        self.not_drawn
    }

    /// What the layer mostly holds; none when it has no geometry.
    pub fn main_kind(&self) -> Option<PartKind> {
        self.main_kind
    }

    /// The number of rows of the table.
    pub fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn has_points(&self) -> bool {
        self.has_points
    }

    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }
}
