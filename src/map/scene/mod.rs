//! A layer made ready to draw.

mod build;
mod chunk;
mod plane;

pub(super) use chunk::{Chunk, Slices};

use crate::crs::CrsError;
use crate::jobs::{Cancelled, Watch};
use crate::table::{Extent, PartKind, SpatialIndex, Table};

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

/// A layer's geometry, transformed to the map's plane and cut into triangles, segments and points
/// in chunks on a grid. It holds no colours and no choice of rows: those change without it.
#[derive(Debug, Default)]
pub struct LayerScene {
    rows: usize,
    chunks: Vec<Chunk>,
    /// What is drawn, in row order.
    parts: Vec<Part>,
    /// Finds parts (places in `parts`) in Web Mercator.
    index: Option<SpatialIndex>,
    extent: Option<Extent>,
    not_drawn: u64,
    main_kind: Option<PartKind>,
}

/// Where a part of a row is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub row: u32,
    pub chunk: u32,
    pub kind: PartKind,
    pub slices: Slices,
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

    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    pub(super) fn chunk_of(&self, part: &Part) -> Option<&Chunk> {
        self.chunks.get(part.chunk as usize)
    }

    /// The parts of a row.
    pub(super) fn parts_of(&self, row: usize) -> &[Part] {
        let start = self.parts.partition_point(|part| (part.row as usize) < row);
        let end = self.parts.partition_point(|part| (part.row as usize) <= row);
        self.parts.get(start..end).unwrap_or_default()
    }

    /// The parts whose extent meets a rectangle of Web Mercator.
    pub(super) fn parts_in(&self, extent: &Extent) -> impl Iterator<Item = &Part> {
        let found = self.index.as_ref().map(|index| index.search(extent)).unwrap_or_default();
        found.into_iter().filter_map(|at| self.parts.get(at))
    }
}
