//! A layer made ready to draw.

mod build;
mod chunk;
mod main_part;
mod plane;

pub(super) use build::LARGE_PART;
pub(super) use chunk::{Bounds, Chunk, FINEST_STEP, LARGEST, Place, Shape};

use super::detail::{dots, shapes};
use crate::crs::{CrsError, mercator_from_lon_lat};
use crate::jobs::{Cancelled, Watch};
use crate::style::default_symbol;
use crate::table::{Extent, PartKind, RowSet, Table};

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
    /// Where it mostly is, and how many things are far from there.
    main_part: Option<Extent>,
    far: u64,
    not_drawn: u64,
    main_kind: Option<PartKind>,
    kinds: Vec<PartKind>,
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

    /// Where it mostly is, longitude and latitude: without the few things that lie thousands of
    /// kilometres from the others, and how many those are.
    pub fn main_part(&self) -> (Option<Extent>, u64) {
        (self.main_part.or(self.extent), self.far)
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

    /// What takes the colours of classes: that of what most rows are; none where lines lie among other
    /// things, so that those of a class are told apart, too.
    pub fn colored_kind(&self) -> Option<PartKind> {
        let has_others = self.kinds.len() > 1 && self.kinds.contains(&PartKind::Line);
        self.main_kind.filter(|_| !has_others)
    }

    /// The kinds of symbol it is drawn with: areas, then lines, then points.
    pub fn kinds(&self) -> &[PartKind] {
        &self.kinds
    }

    /// The number of rows of the table.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Makes all lines and polygons ready for the GPU, for pixels of 2^level metres: what workers
    /// do for the chunks in view. For benchmarks; returns how many vertices, triangle corners and
    /// boxes there are.
    pub fn make_shapes(&self, level: i32) -> usize {
        let mut tools = shapes::Tools::default();
        let far = 1e9;
        let window = Extent { min_x: -far, min_y: -far, max_x: far, max_y: far };
        let wanted = shapes::Wanted { level, window, rows: None };
        let made = self.chunks.iter().map(|chunk| shapes::make(chunk, wanted, &mut tools));
        made.map(|made| made.records.len() + made.indices.len() + made.boxes.len()).sum()
    }

    /// Makes all points ready for the GPU, as a scale shows them in the default symbol: what a
    /// worker does for the view. For benchmarks; returns how many are drawn.
    pub fn make_dots(&self, metres_per_point: f64) -> usize {
        let symbol = default_symbol(Some(PartKind::Point), 0);
        let hiding = dots::Hiding::new([Some(&symbol)], 1.0, metres_per_point);
        let far = 1e9;
        let window = Extent { min_x: -far, min_y: -far, max_x: far, max_y: far };
        dots::make(self, None, None, hiding, &window).records.len()
    }

    /// The rows of which something lies in an extent (longitude and latitude, WGS 84); of lines and
    /// polygons their boxes tell.
    pub fn rows_in(&self, extent: &Extent) -> RowSet {
        let [west, south] = mercator_from_lon_lat([extent.min_x, extent.min_y]);
        let [east, north] = mercator_from_lon_lat([extent.max_x, extent.max_y]);
        let seen = Extent { min_x: west, min_y: south, max_x: east, max_y: north };
        let chunks = self.chunks.iter().filter(|chunk| chunk.extent.intersects(&seen));
        let rows = chunks.flat_map(|chunk| chunk.rows_in(&seen));
        RowSet::of(self.rows, rows.map(|row| row as usize))
    }

    /// Whether there is so little of it that it is made ready for the GPU within a frame: what is drawn by
    /// hand is another scene after each stroke, and must not go for a moment.
    pub(super) fn is_small(&self) -> bool {
        const SMALL: usize = 4000;
        self.rows <= SMALL
            && self.chunks.len() <= 8
            && self.chunks.iter().map(Chunk::len).sum::<usize>() <= SMALL
    }

    pub(super) fn has_points(&self) -> bool {
        self.has_points
    }

    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }
}
