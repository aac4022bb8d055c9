//! The spatial index of a layer, written as a whole.
//!
//! SQLite's R*Tree (sqlite.org/rtree, section 6 "Shadow tables") keeps its nodes as rows of a
//! table: numbers of rows or of further nodes, each with its box. Here the tree is packed from the
//! bottom up, rows in the order of a Hilbert curve: no row is looked for a place one by one, and
//! no node is half empty.

use rusqlite::{Connection, params};

use super::plan::{GeometryPlan, LayerPlan};
use super::rows::WriteFail;
use super::schema::index_of;
use crate::formats::geopackage::listing::quoted;
use crate::jobs::Watch;
use crate::table::{Extent, SpatialIndex};

/// What SQLite puts into a node at most.
const MOST_CELLS: usize = 51;

/// A number and four sides of 32 bits.
const CELL: usize = 8 + 4 * 4;

/// What a node has before its cells.
const NODE_HEAD: usize = 4;

/// The number of the node at the top.
const ROOT: i64 = 1;

/// How many rows are written between two looks at the watch.
const ROWS: usize = 4_096;

/// A box: minimum and maximum of x, then of y.
type Sides = [f32; 4];

/// A row or a node in a node.
#[derive(Clone, Copy)]
struct Cell {
    number: i64,
    sides: Sides,
}

/// Writes the index of a layer whose rows are there.
pub(super) fn write(
    connection: &Connection,
    plan: &LayerPlan<'_>,
    geometry: &GeometryPlan<'_>,
    watch: &Watch,
) -> Result<(), WriteFail> {
    let name = index_of(&plan.name, &geometry.name);
    let sql =
        format!("CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy)", quoted(&name));
    connection.execute_batch(&sql)?;
    let node = quoted(&format!("{name}_node"));
    let first = format!("SELECT length(data) FROM {node} WHERE nodeno = {ROOT}");
    let size: i64 = connection.query_row(&first, [], |row| row.get(0))?;
    let size = usize::try_from(size).unwrap_or_default();
    let cells = (size.saturating_sub(NODE_HEAD) / CELL).min(MOST_CELLS);
    let index = SpatialIndex::of(Some(geometry.column), watch)?;
    if cells < 2 || index.is_empty() {
        return Ok(());
    }

    let mut node_of_row = vec![0_u32; geometry.column.len()];
    let mut level: Vec<Cell> = Vec::with_capacity(index.len());
    for row in index.rows_along() {
        let row = *row as usize;
        let shape = geometry.column.row(row);
        let extent = shape.extent().filter(|_| super::plan::is_writable(shape));
        level.extend(extent.map(|extent| Cell {
            number: i64::try_from(row).unwrap_or(i64::MAX),
            sides: outward(&extent),
        }));
    }
    let mut nodes = Nodes { connection, node, parent: quoted(&format!("{name}_parent")), size };
    let mut next = ROOT + 1;
    let mut depth = 0_u16;
    loop {
        watch.check()?;
        let is_top = level.len() <= cells;
        let mut above = Vec::with_capacity(level.len().div_ceil(cells));
        for run in level.chunks(cells) {
            let number = if is_top { ROOT } else { next };
            next += i64::from(!is_top);
            if depth == 0 {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                for cell in run {
                    let row = usize::try_from(cell.number).ok();
                    if let Some(node) = row.and_then(|row| node_of_row.get_mut(row)) {
                        *node = number;
                    }
                }
            }
            let keyed = run.iter().map(|cell| match usize::try_from(cell.number) {
                Ok(row) if depth == 0 => Cell { number: plan.key_of(row), ..*cell },
                _ => *cell,
            });
            nodes.put(number, if is_top { depth } else { 0 }, keyed)?;
            if depth > 0 {
                nodes.put_parents(run, number)?;
            }
            above.extend(run.iter().copied().reduce(join).map(|cell| Cell { number, ..cell }));
        }
        if is_top {
            break;
        }
        level = above;
        depth += 1;
    }
    let rows = quoted(&format!("{name}_rowid"));
    let mut statement = connection.prepare(&format!("INSERT INTO {rows} VALUES (?1, ?2)"))?;
    for (row, node) in node_of_row.iter().enumerate() {
        if row % ROWS == 0 {
            watch.check()?;
            watch.advance(ROWS as u64);
        }
        if *node > 0 {
            statement.raw_bind_parameter(1, plan.key_of(row))?;
            statement.raw_bind_parameter(2, *node)?;
            statement.raw_execute()?;
        }
    }
    Ok(())
}

/// The tables of nodes.
struct Nodes<'c> {
    connection: &'c Connection,
    node: String,
    parent: String,
    size: usize,
}

impl Nodes<'_> {
    /// Writes a node. The depth of the tree stands in its top node.
    fn put(
        &mut self,
        number: i64,
        depth: u16,
        cells: impl ExactSizeIterator<Item = Cell>,
    ) -> Result<(), WriteFail> {
        let mut data = Vec::with_capacity(self.size);
        data.extend(depth.to_be_bytes());
        data.extend(u16::try_from(cells.len()).unwrap_or_default().to_be_bytes());
        for cell in cells {
            data.extend(cell.number.to_be_bytes());
            cell.sides.iter().for_each(|side| data.extend(side.to_be_bytes()));
        }
        data.resize(self.size, 0);
        let sql = format!("INSERT OR REPLACE INTO {} VALUES (?1, ?2)", self.node);
        self.connection.prepare_cached(&sql)?.execute(params![number, data])?;
        Ok(())
    }

    /// Writes in which node some nodes are.
    fn put_parents(&mut self, nodes: &[Cell], parent: i64) -> Result<(), WriteFail> {
        let sql = format!("INSERT INTO {} VALUES (?1, ?2)", self.parent);
        let mut statement = self.connection.prepare_cached(&sql)?;
        for node in nodes {
            statement.execute(params![node.number, parent])?;
        }
        Ok(())
    }
}

fn join(a: Cell, b: Cell) -> Cell {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a.sides, b.sides);
    Cell { sides: [a0.min(b0), a1.max(b1), a2.min(b2), a3.max(b3)], ..a }
}

/// The box in 32 bits, nothing of it outside.
fn outward(extent: &Extent) -> Sides {
    [down(extent.min_x), up(extent.max_x), down(extent.min_y), up(extent.max_y)]
}

#[expect(clippy::cast_possible_truncation, reason = "corrected at once")]
fn down(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) > value { near.next_down() } else { near }
}

fn up(value: f64) -> f32 {
    -down(-value)
}
