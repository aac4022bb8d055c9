//! A piece of a layer: what lies in one cell of a grid, as the GPU wants it.
//!
//! Positions are whole numbers of a small step (1/1024 m for anything up to a country) from the
//! chunk's origin. Whole numbers subtract without rounding, so the drawing stands still at the
//! deepest zoom, at the size of `f32`.

use earcut::Earcut;

use crate::table::Extent;

/// The smallest step between positions, metres of Web Mercator.
const FINEST_STEP: f64 = 1.0 / 1024.0;

/// The largest whole number a position may have: room for differences in 32 bits.
const LARGEST: f64 = (1_u32 << 29) as f64;

/// A chunk takes no more parts once it holds this many records or indices, so that no buffer
/// grows beyond 128 MB (except for a single part larger than that, see [`PART_LIMIT`]).
const FULL: usize = 4_000_000;

/// The most vertices of a part that can be drawn.
pub(super) const PART_LIMIT: usize = 8_000_000;

/// A segment to the next record is drawn.
const DRAW: u32 = 1 << 31;
/// The next record follows this one in the same line or ring.
const JOIN: u32 = 1 << 30;
/// The row's bits of a record.
pub(in crate::map) const ROW_BITS: u32 = JOIN - 1;

/// A vertex of a line, of a ring, or a point: position and row, with marks for segments.
///
/// A segment is drawn from record `i` to `i + 1` where `i` is marked [`DRAW`]; the shader also
/// looks at the records before and after for the joints. A ring starts with a copy of its last
/// vertex and ends with copies of its first two, so that the joint at its start is like any other.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub(in crate::map) struct Record {
    pub x: i32,
    pub y: i32,
    pub row_and_marks: u32,
}

/// Where the parts of a row are in a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::map) struct Slices {
    pub records: [u32; 2],
    pub indices: [u32; 2],
    pub points: [u32; 2],
}

/// A piece of a layer.
#[derive(Debug)]
pub(in crate::map) struct Chunk {
    /// Where position 0, 0 is: Web Mercator metres.
    pub origin: [f64; 2],
    /// Metres of Web Mercator per unit of position.
    pub step: f64,
    /// What it covers: Web Mercator metres.
    pub extent: Extent,
    /// Lines and the rings of polygons.
    pub records: Vec<Record>,
    /// Triangles: places in `records`.
    pub indices: Vec<u32>,
    /// Points.
    pub points: Vec<Record>,
}

impl Chunk {
    /// An empty chunk for things no farther than `reach` metres from `origin`.
    pub(super) fn new(origin: [f64; 2], reach: f64) -> Chunk {
        let mut step = FINEST_STEP;
        while reach / step > LARGEST {
            step *= 2.0;
        }
        Chunk {
            origin,
            step,
            extent: Extent::of_point(origin),
            records: vec![Record { x: 0, y: 0, row_and_marks: 0 }],
            indices: Vec::new(),
            points: Vec::new(),
        }
    }

    /// Whether no more parts should be added.
    pub(super) fn is_full(&self) -> bool {
        self.records.len() > FULL || self.indices.len() > 3 * FULL || self.points.len() > FULL
    }

    /// A position of a record in Web Mercator metres.
    pub fn metres(&self, record: &Record) -> [f64; 2] {
        let [x0, y0] = self.origin;
        [f64::from(record.x).mul_add(self.step, x0), f64::from(record.y).mul_add(self.step, y0)]
    }

    #[expect(clippy::cast_possible_truncation, reason = "saturates; the step was chosen to fit")]
    fn place(&self, [x, y]: [f64; 2]) -> [i32; 2] {
        let [x0, y0] = self.origin;
        [((x - x0) / self.step).round() as i32, ((y - y0) / self.step).round() as i32]
    }

    fn mark(&self) -> Slices {
        let at = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Slices {
            records: [at(self.records.len()); 2],
            indices: [at(self.indices.len()); 2],
            points: [at(self.points.len()); 2],
        }
    }

    fn since(&self, start: Slices) -> Slices {
        let end = self.mark();
        Slices {
            records: [start.records[0], end.records[0]],
            indices: [start.indices[0], end.indices[0]],
            points: [start.points[0], end.points[0]],
        }
    }

    fn push(&mut self, [x, y]: [i32; 2], row_and_marks: u32) {
        self.records.push(Record { x, y, row_and_marks });
    }

    /// Adds a point.
    pub(super) fn add_point(&mut self, row: u32, at: [f64; 2]) -> Slices {
        let start = self.mark();
        let [x, y] = self.place(at);
        self.points.push(Record { x, y, row_and_marks: row & ROW_BITS });
        self.since(start)
    }

    /// Adds a line.
    pub(super) fn add_line(&mut self, row: u32, line: &[[f64; 2]]) -> Slices {
        let start = self.mark();
        let row = row & ROW_BITS;
        let mut vertices: Vec<[i32; 2]> = line.iter().map(|at| self.place(*at)).collect();
        vertices.dedup();
        if let [dot] = vertices[..] {
            // All vertices in one place: a segment without length shows as a dot.
            vertices.push(dot);
        }
        let last = vertices.len().saturating_sub(1);
        for (at, vertex) in vertices.into_iter().enumerate() {
            self.push(vertex, if at < last { row | DRAW | JOIN } else { row });
        }
        self.since(start)
    }

    /// Adds a polygon: its outer ring and its holes. False when it has no area to draw: fewer
    /// than three different vertices in its outer ring.
    pub(super) fn add_polygon(
        &mut self,
        row: u32,
        rings: &[&[[f64; 2]]],
        tools: &mut Tools,
    ) -> Option<Slices> {
        let start = self.mark();
        let row = row & ROW_BITS;
        tools.vertices.clear();
        tools.holes.clear();
        tools.places.clear();
        for (number, ring) in rings.iter().enumerate() {
            let mut vertices: Vec<[i32; 2]> = ring.iter().map(|at| self.place(*at)).collect();
            vertices.dedup();
            while vertices.len() > 1 && vertices.first() == vertices.last() {
                vertices.pop();
            }
            let ([first, second, _, ..], Some(last)) = (&vertices[..], vertices.last()) else {
                if number == 0 {
                    return None;
                }
                continue;
            };
            if number > 0 {
                tools.holes.push(u32::try_from(tools.vertices.len()).unwrap_or(u32::MAX));
            }
            self.push(*last, row | JOIN);
            for [x, y] in &vertices {
                tools.vertices.push([f64::from(*x), f64::from(*y)]);
                tools.places.push(u32::try_from(self.records.len()).unwrap_or(u32::MAX));
                self.push([*x, *y], row | DRAW | JOIN);
            }
            self.push(*first, row | JOIN);
            self.push(*second, row);
        }
        tools.earcut.earcut_slice(&tools.vertices, &tools.holes, &mut tools.triangles);
        let place = |vertex: &u32| tools.places.get(*vertex as usize).copied();
        self.indices.extend(tools.triangles.iter().filter_map(place));
        Some(self.since(start))
    }

    /// Ends the chunk: its extent, and room for the shader to look past the last record.
    pub(super) fn finish(mut self, extent: Extent) -> Chunk {
        let end = Record { x: 0, y: 0, row_and_marks: 0 };
        self.records.extend([end, end]);
        self.extent = extent;
        self.records.shrink_to_fit();
        self.indices.shrink_to_fit();
        self.points.shrink_to_fit();
        self
    }

    /// The drawn segments among some records.
    pub fn segments(&self, [start, end]: [u32; 2]) -> impl Iterator<Item = [[f64; 2]; 2]> {
        // One past the end: the last segment's end lies inside, so no more is needed.
        let records = self.records.get(start as usize..end as usize).unwrap_or_default();
        records.windows(2).filter_map(|pair| match pair {
            [a, b] if a.row_and_marks & DRAW != 0 => Some([self.metres(a), self.metres(b)]),
            _ => None,
        })
    }

    /// The triangles among some indices.
    pub fn triangles(&self, [start, end]: [u32; 2]) -> impl Iterator<Item = [[f64; 2]; 3]> {
        let corner = |at: &u32| self.records.get(*at as usize).map(|record| self.metres(record));
        let indices = self.indices.get(start as usize..end as usize).unwrap_or_default();
        indices
            .as_chunks::<3>()
            .0
            .iter()
            .filter_map(move |[a, b, c]| Some([corner(a)?, corner(b)?, corner(c)?]))
    }
}

/// What the triangulation reuses from polygon to polygon.
pub(super) struct Tools {
    earcut: Earcut<f64>,
    vertices: Vec<[f64; 2]>,
    holes: Vec<u32>,
    triangles: Vec<u32>,
    /// The record of each vertex.
    places: Vec<u32>,
}

impl Tools {
    pub(super) fn new() -> Tools {
        Tools {
            earcut: Earcut::new(),
            vertices: Vec::new(),
            holes: Vec::new(),
            triangles: Vec::new(),
            places: Vec::new(),
        }
    }
}
