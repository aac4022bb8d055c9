//! Geometry of many rows in a few flat arrays.
//!
//! The layout follows GeoArrow: coordinates, and offsets that cut them into rings, the rings into
//! parts (a point, a line, a polygon) and the parts into rows. Every row has its own type, so one
//! column holds any mix. A row may be null (no geometry) or empty (a type without parts).
//!
//! A polygon part is its outer ring followed by its holes, each closed as in the source. A line
//! and a point are parts of one ring.

use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use super::Extent;
use super::offsets::Offsets;

/// The geometry type of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum GeometryKind {
    /// No geometry at all.
    Null,
    /// One position.
    Point,
    /// One line.
    LineString,
    /// One polygon, perhaps with holes.
    Polygon,
    /// Positions.
    MultiPoint,
    /// Lines.
    MultiLineString,
    /// Polygons.
    MultiPolygon,
    /// A mix; see [`GeometryRef::members`].
    GeometryCollection,
}

/// All types but null, in the order of their numbers.
const GEOMETRY_KINDS: [GeometryKind; 7] = [
    GeometryKind::Point,
    GeometryKind::LineString,
    GeometryKind::Polygon,
    GeometryKind::MultiPoint,
    GeometryKind::MultiLineString,
    GeometryKind::MultiPolygon,
    GeometryKind::GeometryCollection,
];

impl GeometryKind {
    /// The name in GeoJSON and the OGC standards; `Null` for no geometry.
    pub fn name(self) -> &'static str {
        match self {
            GeometryKind::Null => "Null",
            GeometryKind::Point => "Point",
            GeometryKind::LineString => "LineString",
            GeometryKind::Polygon => "Polygon",
            GeometryKind::MultiPoint => "MultiPoint",
            GeometryKind::MultiLineString => "MultiLineString",
            GeometryKind::MultiPolygon => "MultiPolygon",
            GeometryKind::GeometryCollection => "GeometryCollection",
        }
    }

    /// The kind of this type's parts; none for null and collections.
    pub fn part_kind(self) -> Option<PartKind> {
        match self {
            GeometryKind::Point | GeometryKind::MultiPoint => Some(PartKind::Point),
            GeometryKind::LineString | GeometryKind::MultiLineString => Some(PartKind::Line),
            GeometryKind::Polygon | GeometryKind::MultiPolygon => Some(PartKind::Polygon),
            GeometryKind::Null | GeometryKind::GeometryCollection => None,
        }
    }

    /// Whether this type can have several parts.
    pub fn is_multi(self) -> bool {
        matches!(
            self,
            GeometryKind::MultiPoint
                | GeometryKind::MultiLineString
                | GeometryKind::MultiPolygon
                | GeometryKind::GeometryCollection
        )
    }
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum PartKind {
    /// One position.
    Point,
    /// One line.
    Line,
    /// An outer ring and its holes.
    Polygon,
}

/// The geometry of all rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GeometryColumn {
    pub(super) kinds: Vec<GeometryKind>,
    /// The parts of each row.
    pub(super) row_parts: Offsets,
    pub(super) part_kinds: Vec<PartKind>,
    /// The rings of each part.
    pub(super) part_rings: Offsets,
    /// The coordinates of each ring.
    pub(super) ring_coords: Offsets,
    pub(super) xy: Vec<[f64; 2]>,
    /// As long as `xy`, or empty when no row has heights.
    pub(super) z: Vec<f64>,
    /// As long as `xy`, or empty when no row has measures.
    pub(super) m: Vec<f64>,
    /// The members of each collection: their types and numbers of parts, in order.
    pub(super) collections: BTreeMap<u32, Vec<(GeometryKind, u32)>>,
}

impl GeometryColumn {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The type of each row.
    pub fn kinds(&self) -> &[GeometryKind] {
        &self.kinds
    }

    /// All coordinates of all rows, in row order.
    pub fn xy(&self) -> &[[f64; 2]] {
        &self.xy
    }

    /// The positions of the rows where every row has just one.
    pub fn points(&self) -> Option<&[[f64; 2]]> {
        let offsets = [&self.row_parts, &self.part_rings, &self.ring_coords];
        offsets.iter().all(|offsets| offsets.are_ones()).then_some(&self.xy)
    }

    /// Whether any row has heights.
    pub fn has_z(&self) -> bool {
        !self.z.is_empty()
    }

    /// Whether any row has measures.
    pub fn has_m(&self) -> bool {
        !self.m.is_empty()
    }

    /// The number of rows without geometry: null or without any part.
    pub fn missing(&self) -> usize {
        if self.points().is_some() {
            return 0;
        }
        (0..self.len()).filter(|row| self.row(*row).is_empty()).count()
    }

    /// The different types that occur, nulls left out, in a fixed order.
    pub fn types(&self) -> Vec<GeometryKind> {
        // A bit for each.
        let found = self.kinds.iter().fold(0_u16, |found, kind| found | 1 << *kind as u8);
        GEOMETRY_KINDS.into_iter().filter(|kind| found & 1 << *kind as u8 != 0).collect()
    }

    /// One row; a null geometry beyond the end.
    pub fn row(&self, row: usize) -> GeometryRef<'_> {
        GeometryRef { column: self, row }
    }

    /// All rows.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = GeometryRef<'_>> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// The extent of all rows.
    pub fn extent(&self) -> Option<Extent> {
        Extent::of_points(&self.xy)
    }

    /// The same geometry with other coordinates: `change` gets all of them at once, in row order,
    /// and must keep their number. Z and M stay.
    #[must_use]
    pub fn map_xy(&self, change: impl FnOnce(&mut [[f64; 2]])) -> GeometryColumn {
        let mut changed = self.clone();
        change(&mut changed.xy);
        changed
    }
}

/// The geometry of one row.
#[derive(Clone, Copy, Debug)]
pub struct GeometryRef<'a> {
    column: &'a GeometryColumn,
    row: usize,
}

impl<'a> GeometryRef<'a> {
    /// The type.
    pub fn kind(&self) -> GeometryKind {
        self.column.kinds.get(self.row).copied().unwrap_or(GeometryKind::Null)
    }

    /// Whether there is nothing to draw: null, or no coordinate.
    pub fn is_empty(&self) -> bool {
        self.xy().is_empty()
    }

    /// The parts: points, lines and polygons, those of a collection in order of its members.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = PartRef<'a>> + use<'a> {
        let column = self.column;
        column.row_parts.run(self.row).map(move |part| PartRef { column, part })
    }

    /// The members of a collection: each one's type and its parts. Nothing for other types.
    pub fn members(
        &self,
    ) -> impl Iterator<Item = (GeometryKind, impl ExactSizeIterator<Item = PartRef<'a>> + use<'a>)>
    + use<'a> {
        let column = self.column;
        let mut next = column.row_parts.run(self.row).start;
        let row = u32::try_from(self.row).unwrap_or(u32::MAX);
        let members = column.collections.get(&row).map(Vec::as_slice).unwrap_or_default();
        members.iter().map(move |(kind, parts)| {
            let start = next;
            next += *parts as usize;
            (*kind, (start..next).map(move |part| PartRef { column, part }))
        })
    }

    /// All coordinates of the row.
    #[inline]
    pub fn xy(&self) -> &'a [[f64; 2]] {
        self.column.xy.get(self.coordinates()).unwrap_or_default()
    }

    /// Where the row's positions are among those of its column.
    #[inline]
    pub fn coordinates(&self) -> std::ops::Range<usize> {
        let GeometryColumn { row_parts, part_rings, ring_coords, .. } = self.column;
        // In a layer of points the row's number is the number of its position.
        if [row_parts, part_rings, ring_coords].iter().all(|offsets| offsets.is_one(self.row)) {
            return self.row..self.row + 1;
        }
        self.coord_range_by_offsets()
    }

    fn coord_range_by_offsets(&self) -> std::ops::Range<usize> {
        let parts = self.column.row_parts.run(self.row);
        let first_ring = self.column.part_rings.run(parts.start).start;
        if parts.is_empty() {
            return 0..0;
        }
        let end_ring = self.column.part_rings.run(parts.end - 1).end;
        if end_ring == first_ring {
            return 0..0;
        }
        let start = self.column.ring_coords.run(first_ring).start;
        start..self.column.ring_coords.run(end_ring - 1).end
    }

    /// The extent of the row; none when it is empty.
    pub fn extent(&self) -> Option<Extent> {
        Extent::of_points(self.xy())
    }
}

/// A point, a line, or a polygon with its holes.
#[derive(Clone, Copy, Debug)]
pub struct PartRef<'a> {
    column: &'a GeometryColumn,
    part: usize,
}

impl<'a> PartRef<'a> {
    /// What it is.
    pub fn kind(&self) -> PartKind {
        self.column.part_kinds.get(self.part).copied().unwrap_or(PartKind::Point)
    }

    /// The rings: for a polygon the outer ring first, then the holes; otherwise one.
    pub fn rings(&self) -> impl ExactSizeIterator<Item = RingRef<'a>> + use<'a> {
        let column = self.column;
        column.part_rings.run(self.part).map(move |ring| RingRef { column, ring })
    }

    /// The first ring: the point, the line, or the polygon's outer ring. Empty for an empty part.
    pub fn first_ring(&self) -> RingRef<'a> {
        let rings = self.column.part_rings.run(self.part);
        let ring = if rings.is_empty() { usize::MAX - 1 } else { rings.start };
        RingRef { column: self.column, ring }
    }
}

/// A run of coordinates.
#[derive(Clone, Copy, Debug)]
pub struct RingRef<'a> {
    column: &'a GeometryColumn,
    ring: usize,
}

impl<'a> RingRef<'a> {
    fn run(&self) -> std::ops::Range<usize> {
        self.column.ring_coords.run(self.ring)
    }

    /// The positions. The ring of a polygon repeats its first position at the end if the source
    /// does.
    #[inline]
    pub fn xy(&self) -> &'a [[f64; 2]] {
        self.column.xy.get(self.run()).unwrap_or_default()
    }

    /// The heights, one for each position; empty when the column has none. A position without a
    /// height in a column with heights has NaN.
    pub fn z(&self) -> &'a [f64] {
        self.column.z.get(self.run()).unwrap_or_default()
    }

    /// The measures, as [`Self::z`].
    pub fn m(&self) -> &'a [f64] {
        self.column.m.get(self.run()).unwrap_or_default()
    }
}
