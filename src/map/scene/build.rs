//! Puts a table's parts into chunks.

use std::collections::HashMap;
use std::ops::Range;

use super::chunk::Chunk;
use super::main_part::main_part;
use super::plane::to_mercator;
use super::{LayerScene, SceneError};
use crate::crs::lon_lat_from_mercator;
use crate::jobs::{Watch, cores, in_parallel};
use crate::style::symbols_of;
use crate::table::{Extent, GeometryColumn, PartKind, PartRef, Table};

/// About how many coordinates a chunk should hold.
const COORDINATES_PER_CHUNK: f64 = 20_000.0;

/// A chunk with more coordinates than this is cut in four.
const COORDINATES_AT_MOST: usize = 60_000;

/// A part with more coordinates than this has a chunk to itself.
pub(in crate::map) const LARGE_PART: usize = 50_000;

/// The most cells along a side of the grid.
const MOST_CELLS: f64 = 48.0;

/// Fewer rows than this are not worth another thread.
const ROWS_PER_PIECE: usize = 8192;

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
    scene.kinds = symbols_of(geometry);
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

    let grid = Grid::over(extent, plane.len());
    // As few pieces as there are cores: each has chunks of its own, which are then joined.
    let each = geometry.len().div_ceil(cores()).max(ROWS_PER_PIECE);
    let pieces: Vec<Range<usize>> =
        (0..geometry.len()).step_by(each).map(|at| at..(at + each).min(geometry.len())).collect();
    let made = in_parallel(pieces, |rows| {
        let mut builder = Builder::new(grid);
        let mut not_drawn = 0;
        let mut advanced = 0_u64;
        for number in rows {
            if number % ROWS_PER_LOOK == 0 {
                watch.check()?;
                watch.advance(std::mem::take(&mut advanced));
            }
            let row = geometry.row(number);
            let mut rest = plane.get(row.coordinates()).unwrap_or_default();
            let mut all_drawn = true;
            for part in row.parts() {
                let (coordinates, after) = rest.split_at(length(part).min(rest.len()));
                rest = after;
                let row = u32::try_from(number).unwrap_or(u32::MAX);
                all_drawn &= coordinates.is_empty() || builder.add(row, part, coordinates);
                advanced += u64::try_from(coordinates.len()).unwrap_or_default();
            }
            not_drawn += u64::from(!all_drawn);
        }
        watch.advance(advanced);
        Ok::<_, SceneError>((builder, not_drawn))
    });
    drop(plane);
    let mut whole = Builder::new(grid);
    for piece in made {
        let (builder, not_drawn) = piece?;
        whole.append(builder);
        scene.not_drawn += not_drawn;
    }
    watch.check()?;
    whole.finish(&mut scene);
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

/// Where the cells are that chunks are made of.
#[derive(Clone, Copy)]
struct Grid {
    /// Where it starts.
    corner: [f64; 2],
    /// The side of the smallest cells, metres.
    cell: f64,
}

impl Grid {
    #[expect(clippy::cast_precision_loss, reason = "a rough number of cells")]
    fn over(extent: Extent, coordinates: usize) -> Grid {
        let wanted = (coordinates as f64 / COORDINATES_PER_CHUNK).sqrt().clamp(1.0, MOST_CELLS);
        let side = extent.width().max(extent.height()).max(1.0);
        Grid { corner: [extent.min_x, extent.min_y], cell: side / wanted.floor() }
    }
}

struct Builder {
    grid: Grid,
    /// The chunk of each cell.
    cells: HashMap<Cell, usize>,
    /// The cell used last: neighbours in the file are often neighbours on the map.
    last: Option<(Cell, usize)>,
    /// The chunks in the order they were begun, with their cell; none of one that a large part has to
    /// itself.
    chunks: Vec<(Option<Cell>, Chunk)>,
    /// What was added covers.
    extent: Option<Extent>,
}

impl Builder {
    fn new(grid: Grid) -> Builder {
        Builder { grid, cells: HashMap::new(), last: None, chunks: Vec::new(), extent: None }
    }

    /// Takes the chunks of another, whose rows come after those of this one, as if its parts had been
    /// added here.
    fn append(&mut self, other: Builder) {
        self.extent = [self.extent, other.extent].into_iter().flatten().reduce(Extent::union);
        if self.chunks.is_empty() {
            (self.cells, self.chunks) = (other.cells, other.chunks);
            return;
        }
        for (cell, chunk) in other.chunks {
            let known = cell.and_then(|cell| self.cells.get(&cell)).copied();
            if let Some((_, mine)) = known.and_then(|at| self.chunks.get_mut(at)) {
                mine.append(chunk);
                continue;
            }
            if let Some(cell) = cell {
                self.cells.insert(cell, self.chunks.len());
            }
            self.chunks.push((cell, chunk));
        }
    }

    /// Adds a part with its coordinates in the plane. False when it cannot be drawn.
    fn add(&mut self, row: u32, part: PartRef<'_>, coordinates: &[[f64; 2]]) -> bool {
        let Some(extent) = finite_extent(coordinates) else { return false };
        let is_large = coordinates.len() > LARGE_PART;
        let at = self.chunk_for(&extent, is_large);
        let Some((_, chunk)) = self.chunks.get_mut(at) else { return false };
        let is_added = match part.kind() {
            PartKind::Point => {
                coordinates.iter().take(1).for_each(|point| chunk.add_point(row, *point));
                true
            }
            PartKind::Line => {
                chunk.add_line(row, coordinates);
                true
            }
            PartKind::Polygon => {
                let mut rest = coordinates;
                let rings = part.rings().map(|ring| {
                    let (ring, after) = rest.split_at(ring.xy().len().min(rest.len()));
                    rest = after;
                    ring
                });
                chunk.add_polygon(row, rings)
            }
        };
        if is_added {
            self.extent = Some(self.extent.map_or(extent, |before| before.union(extent)));
        }
        is_added
    }

    #[expect(clippy::cast_possible_truncation, reason = "a grid of at most a few hundred cells")]
    fn chunk_for(&mut self, extent: &Extent, is_large: bool) -> usize {
        let size = extent.width().max(extent.height());
        let mut level = 0;
        let mut side = self.grid.cell;
        while side < size {
            side *= 4.0;
            level += 1;
        }
        let [x, y] = extent.center();
        let [x0, y0] = self.grid.corner;
        let [column, row] = [((x - x0) / side).floor(), ((y - y0) / side).floor()];
        let key = (level, column as i64, row as i64);
        if is_large {
            return self.add_chunk(None, [column, row], side);
        }
        if let Some((last, at)) = self.last
            && last == key
        {
            return at;
        }
        let known = self.cells.get(&key).copied();
        let at = known.unwrap_or_else(|| {
            let at = self.add_chunk(Some(key), [column, row], side);
            self.cells.insert(key, at);
            at
        });
        self.last = Some((key, at));
        at
    }

    fn add_chunk(&mut self, cell: Option<Cell>, [column, row]: [f64; 2], side: f64) -> usize {
        let [x0, y0] = self.grid.corner;
        let origin = [(column + 0.5).mul_add(side, x0), (row + 0.5).mul_add(side, y0)];
        self.chunks.push((cell, Chunk::new(origin, side)));
        self.chunks.len() - 1
    }

    fn finish(self, scene: &mut LayerScene) {
        let finished = in_parallel(self.chunks, |(_, chunk)| {
            let mut finished = Vec::new();
            chunk.finish(COORDINATES_AT_MOST, &mut finished);
            finished
        });
        scene.chunks = finished.into_iter().flatten().collect();
        scene.has_points = scene.chunks.iter().any(Chunk::has_points);
        (scene.main_part, scene.far) = main_part(&scene.chunks);
        scene.extent = self.extent.map(|plane| {
            let [west, south] = lon_lat_from_mercator([plane.min_x, plane.min_y]);
            let [east, north] = lon_lat_from_mercator([plane.max_x, plane.max_y]);
            Extent { min_x: west, min_y: south, max_x: east, max_y: north }
        });
    }
}

/// The extent of positions; none when any of them is not finite, or there are none.
fn finite_extent(positions: &[[f64; 2]]) -> Option<Extent> {
    let first = Extent::of_point(*positions.first()?);
    let mut extent = first;
    let mut is_finite = true;
    for [x, y] in positions {
        is_finite &= x.is_finite() && y.is_finite();
        extent.min_x = extent.min_x.min(*x);
        extent.min_y = extent.min_y.min(*y);
        extent.max_x = extent.max_x.max(*x);
        extent.max_y = extent.max_y.max(*y);
    }
    is_finite.then_some(extent)
}
