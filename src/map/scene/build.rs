//! Puts a table's parts into chunks.

use std::collections::HashMap;

use super::chunk::{Chunk, PART_LIMIT, Tools};
use super::plane::to_mercator;
use super::{LayerScene, Part, SceneError};
use crate::crs::lon_lat_from_mercator;
use crate::jobs::Watch;
use crate::table::{Extent, GeometryColumn, PartKind, PartRef, SpatialIndex, Table};

/// About how many coordinates a chunk should hold.
const COORDINATES_PER_CHUNK: f64 = 20_000.0;

/// The most cells along a side of the grid.
const MOST_CELLS: f64 = 48.0;

/// How many rows are worked on between two looks at the watch.
const ROWS_PER_LOOK: usize = 1024;

/// A cell of the grid: its level (cells grow fourfold from level to level, large parts go to
/// large cells), column and row.
type Cell = (i32, i64, i64);

pub(super) fn build(table: &Table, watch: &Watch) -> Result<LayerScene, SceneError> {
    let mut scene = LayerScene::default();
    let Some(geometry) = &table.geometry else { return Ok(scene) };
    scene.rows = geometry.len();
    scene.main_kind = main_kind(geometry);
    let Some(crs) = &table.crs else {
        let drawable = geometry.iter().filter(|row| !row.is_empty()).count();
        scene.not_drawn = u64::try_from(drawable).unwrap_or(u64::MAX);
        return Ok(scene);
    };
    let total = geometry.xy().len().saturating_mul(2);
    watch.set_total(u64::try_from(total).unwrap_or_default());
    let plane = to_mercator(geometry.xy(), crs, watch)?;
    let Some(extent) = Extent::of_points(&plane) else {
        let drawable = geometry.iter().filter(|row| !row.is_empty()).count();
        scene.not_drawn = u64::try_from(drawable).unwrap_or(u64::MAX);
        return Ok(scene);
    };

    let mut builder = Builder::new(extent, plane.len());
    let mut rest = &plane[..];
    for (number, row) in geometry.iter().enumerate() {
        if number % ROWS_PER_LOOK == 0 {
            watch.check()?;
        }
        let mut all_drawn = true;
        for part in row.parts() {
            let (coordinates, after) = rest.split_at(length(part).min(rest.len()));
            rest = after;
            let row = u32::try_from(number).unwrap_or(u32::MAX);
            all_drawn &= coordinates.is_empty() || builder.add(row, part, coordinates);
            watch.advance(u64::try_from(coordinates.len()).unwrap_or_default());
        }
        scene.not_drawn += u64::from(!all_drawn);
    }
    builder.finish(&mut scene);
    Ok(scene)
}

fn length(part: PartRef<'_>) -> usize {
    part.rings().map(|ring| ring.xy().len()).sum()
}

/// What most rows are; among equals what is largest on the map.
fn main_kind(geometry: &GeometryColumn) -> Option<PartKind> {
    let kinds = [PartKind::Point, PartKind::Line, PartKind::Polygon];
    let mut counts = [0_usize; 3];
    for row in geometry.iter() {
        let first = row.parts().next().map(|part| part.kind());
        for (kind, count) in kinds.iter().zip(&mut counts) {
            *count += usize::from(first == Some(*kind));
        }
    }
    let most = kinds.into_iter().zip(counts).max_by_key(|(kind, count)| (*count, *kind));
    most.filter(|(_, count)| *count > 0).map(|(kind, _)| kind)
}

struct Builder {
    /// Where the grid starts.
    corner: [f64; 2],
    /// The side of the smallest cells, metres.
    cell: f64,
    /// The chunk each cell is filling now.
    cells: HashMap<Cell, usize>,
    chunks: Vec<Chunk>,
    extents: Vec<Option<Extent>>,
    parts: Vec<Part>,
    boxes: Vec<Extent>,
    tools: Tools,
}

impl Builder {
    #[expect(clippy::cast_precision_loss, reason = "a rough number of cells")]
    fn new(extent: Extent, coordinates: usize) -> Builder {
        let wanted = (coordinates as f64 / COORDINATES_PER_CHUNK).sqrt().clamp(1.0, MOST_CELLS);
        let side = extent.width().max(extent.height()).max(1.0);
        Builder {
            corner: [extent.min_x, extent.min_y],
            cell: side / wanted.floor(),
            cells: HashMap::new(),
            chunks: Vec::new(),
            extents: Vec::new(),
            parts: Vec::new(),
            boxes: Vec::new(),
            tools: Tools::new(),
        }
    }

    /// Adds a part with its coordinates in the plane. False when it cannot be drawn.
    fn add(&mut self, row: u32, part: PartRef<'_>, coordinates: &[[f64; 2]]) -> bool {
        let finite = coordinates.iter().all(|[x, y]| x.is_finite() && y.is_finite());
        if !finite || coordinates.len() > PART_LIMIT {
            return false;
        }
        let Some(extent) = Extent::of_points(coordinates) else { return false };
        let at = self.chunk_for(&extent);
        let Some(chunk) = self.chunks.get_mut(at) else { return false };
        let slices = match part.kind() {
            PartKind::Point => coordinates.first().map(|point| chunk.add_point(row, *point)),
            PartKind::Line => Some(chunk.add_line(row, coordinates)),
            PartKind::Polygon => {
                let mut rest = coordinates;
                let mut rings = Vec::new();
                for ring in part.rings() {
                    let (ring, after) = rest.split_at(ring.xy().len().min(rest.len()));
                    rings.push(ring);
                    rest = after;
                }
                chunk.add_polygon(row, &rings, &mut self.tools)
            }
        };
        let Some(slices) = slices else { return false };
        if let Some(covered) = self.extents.get_mut(at) {
            *covered = Some(covered.map_or(extent, |before| before.union(extent)));
        }
        let chunk = u32::try_from(at).unwrap_or(u32::MAX);
        self.parts.push(Part { row, chunk, kind: part.kind(), slices });
        self.boxes.push(extent);
        true
    }

    #[expect(clippy::cast_possible_truncation, reason = "a grid of at most a few hundred cells")]
    fn chunk_for(&mut self, extent: &Extent) -> usize {
        let size = extent.width().max(extent.height());
        let mut level = 0;
        let mut side = self.cell;
        while side < size {
            side *= 4.0;
            level += 1;
        }
        let [x, y] = extent.center();
        let [x0, y0] = self.corner;
        let [column, row] = [((x - x0) / side).floor(), ((y - y0) / side).floor()];
        let key = (level, column as i64, row as i64);
        let open = self.cells.get(&key).copied();
        let open = open.filter(|at| self.chunks.get(*at).is_some_and(|chunk| !chunk.is_full()));
        open.unwrap_or_else(|| {
            let origin = [(column + 0.5).mul_add(side, x0), (row + 0.5).mul_add(side, y0)];
            self.chunks.push(Chunk::new(origin, side));
            self.extents.push(None);
            self.cells.insert(key, self.chunks.len() - 1);
            self.chunks.len() - 1
        })
    }

    fn finish(self, scene: &mut LayerScene) {
        let finished = self.chunks.into_iter().zip(self.extents).map(|(chunk, extent)| {
            let extent = extent.unwrap_or(chunk.extent);
            chunk.finish(extent)
        });
        scene.chunks = finished.collect();
        scene.extent = self.boxes.iter().copied().reduce(Extent::union).map(|plane| {
            let [west, south] = lon_lat_from_mercator([plane.min_x, plane.min_y]);
            let [east, north] = lon_lat_from_mercator([plane.max_x, plane.max_y]);
            Extent { min_x: west, min_y: south, max_x: east, max_y: north }
        });
        let numbered = (0_u32..).zip(self.boxes);
        scene.index = Some(SpatialIndex::of_extents(numbered));
        scene.parts = self.parts;
    }
}
