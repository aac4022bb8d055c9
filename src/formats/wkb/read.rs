//! Well-known binary into the geometry column.

use super::arc::{self, Position};
use crate::problem::{Place, Problems};
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// How deep geometries may be nested.
const DEPTH: usize = 16;

/// A count this large cannot be meant; what is left of the bytes is the true limit.
const SMALLEST_POSITION: usize = 16;
const SMALLEST_RING: usize = 4;
const SMALLEST_GEOMETRY: usize = 9;

/// Why bytes are no geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::formats) enum WkbError {
    /// The bytes end before the geometry does, or a count is larger than what is there.
    #[error("the bytes end before the geometry does")]
    CutShort,
    /// No byte order, a type that does not exist, or one where it cannot stand.
    #[error("no geometry of a known type")]
    Unknown,
    /// Collections in collections, without end.
    #[error("nested too deep")]
    TooDeep,
}

/// What a geometry had that the column cannot hold as it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct Oddities {
    /// Arcs became runs of short lines.
    pub curved: bool,
    /// Surfaces of faces (PolyhedralSurface, TIN) became polygons.
    pub faces: bool,
    /// Collections inside collections became one.
    pub nested: bool,
}

/// Adds one row. On an error the row is null.
///
/// # Errors
/// When the bytes are no well-known binary.
pub(in crate::formats) fn read(
    bytes: &[u8],
    builder: &mut GeometryBuilder,
) -> Result<Oddities, WkbError> {
    // Most geometries of a city are points, and these are always the same 21 bytes.
    if let (Some([1, 1, 0, 0, 0]), Some(rest), None) =
        (bytes.first_chunk::<5>(), bytes.get(5..21), bytes.get(21))
        && let (Some(x), Some(y)) = (rest.first_chunk::<8>(), rest.last_chunk::<8>())
    {
        let (x, y) = (f64::from_le_bytes(*x), f64::from_le_bytes(*y));
        if !x.is_nan() {
            builder.push_point([x, y]);
            return Ok(Oddities::default());
        }
    }
    let mut reader = Reader { rest: bytes, oddities: Oddities::default() };
    match reader.row(builder) {
        Ok(()) => {
            builder.end_row();
            Ok(reader.oddities)
        }
        Err(error) => {
            builder.cancel_row();
            builder.push_null();
            Err(error)
        }
    }
}

/// What stands in front of every geometry.
#[derive(Clone, Copy)]
struct Head {
    big_endian: bool,
    code: u32,
    z: bool,
    m: bool,
}

impl Oddities {
    /// Reports them as problems of a place.
    pub fn report(self, problems: &mut Problems, place: impl Fn() -> Place) {
        for (is_so, id) in [
            (self.curved, "problem-curve-as-lines"),
            (self.faces, "problem-faces-as-polygons"),
            (self.nested, "problem-nested-collection"),
        ] {
            if is_so {
                problems.at(id, place());
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    oddities: Oddities,
}

impl Reader<'_> {
    fn row(&mut self, builder: &mut GeometryBuilder) -> Result<(), WkbError> {
        let head = self.head()?;
        let kind = self.kind(head.code)?;
        builder.begin_row(kind);
        if kind == GeometryKind::GeometryCollection {
            self.collection(head, builder, 0)
        } else {
            self.parts(head, builder, 0)
        }
    }

    fn collection(
        &mut self,
        head: Head,
        builder: &mut GeometryBuilder,
        depth: usize,
    ) -> Result<(), WkbError> {
        if depth >= DEPTH {
            return Err(WkbError::TooDeep);
        }
        for _ in 0..self.count(head, SMALLEST_GEOMETRY)? {
            let member = self.head()?;
            let kind = self.kind(member.code)?;
            if kind == GeometryKind::GeometryCollection {
                self.oddities.nested = true;
                self.collection(member, builder, depth + 1)?;
            } else {
                builder.begin_member(kind);
                self.parts(member, builder, depth)?;
            }
        }
        Ok(())
    }

    /// What a type becomes in the column.
    fn kind(&mut self, code: u32) -> Result<GeometryKind, WkbError> {
        self.oddities.curved |= matches!(code, 8..=14);
        self.oddities.faces |= matches!(code, 15..=17);
        Ok(match code {
            1 => GeometryKind::Point,
            2 | 8 | 9 | 13 => GeometryKind::LineString,
            3 | 10 | 14 | 17 => GeometryKind::Polygon,
            4 => GeometryKind::MultiPoint,
            5 | 11 => GeometryKind::MultiLineString,
            6 | 12 | 15 | 16 => GeometryKind::MultiPolygon,
            7 => GeometryKind::GeometryCollection,
            _ => return Err(WkbError::Unknown),
        })
    }

    /// The parts of a geometry that is no collection.
    fn parts(
        &mut self,
        head: Head,
        builder: &mut GeometryBuilder,
        depth: usize,
    ) -> Result<(), WkbError> {
        if depth >= DEPTH {
            return Err(WkbError::TooDeep);
        }
        match head.code {
            1 => {
                let at = self.position(head)?;
                // A point of NaN is an empty one.
                if !at[0].is_nan() {
                    builder.begin_part(PartKind::Point);
                    builder.begin_ring();
                    put(builder, at, head);
                }
            }
            2 | 8 | 9 => {
                let line = self.line(head, depth)?;
                if !line.is_empty() {
                    builder.begin_part(PartKind::Line);
                    put_ring(builder, &line, head);
                }
            }
            3 | 17 => {
                for ring in 0..self.count(head, SMALLEST_RING)? {
                    if ring == 0 {
                        builder.begin_part(PartKind::Polygon);
                    }
                    builder.begin_ring();
                    for _ in 0..self.count(head, SMALLEST_POSITION)? {
                        put(builder, self.position(head)?, head);
                    }
                }
            }
            10 => {
                for ring in 0..self.count(head, SMALLEST_GEOMETRY)? {
                    if ring == 0 {
                        builder.begin_part(PartKind::Polygon);
                    }
                    let inner = self.head()?;
                    let line = self.line(inner, depth + 1)?;
                    put_ring(builder, &line, inner);
                }
            }
            4..=6 | 11 | 12 | 15 | 16 => {
                for _ in 0..self.count(head, SMALLEST_GEOMETRY)? {
                    let member = self.head()?;
                    if !holds(head.code, member.code) {
                        return Err(WkbError::Unknown);
                    }
                    self.oddities.curved |= matches!(member.code, 8..=14);
                    self.parts(member, builder, depth + 1)?;
                }
            }
            _ => return Err(WkbError::Unknown),
        }
        Ok(())
    }

    /// The positions of a line, arcs among them as runs of short lines.
    fn line(&mut self, head: Head, depth: usize) -> Result<Vec<Position>, WkbError> {
        match head.code {
            2 => (0..self.count(head, SMALLEST_POSITION)?).map(|_| self.position(head)).collect(),
            8 => {
                let marks = self.line(Head { code: 2, ..head }, depth)?;
                let mut line: Vec<Position> = marks.first().copied().into_iter().collect();
                let mut rest = marks.as_slice();
                while let [start, middle, end, ..] = rest {
                    line.extend(arc::positions(*start, *middle, *end));
                    rest = rest.get(2..).unwrap_or_default();
                }
                // An even number of positions: the last is joined by a line.
                if let [_, last] = rest {
                    line.push(*last);
                }
                Ok(line)
            }
            9 if depth < DEPTH => {
                let mut line: Vec<Position> = Vec::new();
                for _ in 0..self.count(head, SMALLEST_GEOMETRY)? {
                    let member = self.head()?;
                    let more = self.line(member, depth + 1)?;
                    // Each begins where the one before ended.
                    let shared =
                        line.last().zip(more.first()).is_some_and(|(a, b)| a[..2] == b[..2]);
                    line.extend(more.into_iter().skip(usize::from(shared)));
                }
                Ok(line)
            }
            9 => Err(WkbError::TooDeep),
            _ => Err(WkbError::Unknown),
        }
    }

    fn head(&mut self) -> Result<Head, WkbError> {
        let [order] = self.take::<1>()?;
        let big_endian = match order {
            0 => true,
            1 => false,
            _ => return Err(WkbError::Unknown),
        };
        let mut code = self.number(big_endian)?;
        let mut z = code & 0x8000_0000 != 0;
        let mut m = code & 0x4000_0000 != 0;
        if code & 0x2000_0000 != 0 {
            self.take::<4>()?;
        }
        code &= 0x1fff_ffff;
        match code / 1000 {
            0 => {}
            1 => z = true,
            2 => m = true,
            3 => (z, m) = (true, true),
            _ => return Err(WkbError::Unknown),
        }
        Ok(Head { big_endian, code: code % 1000, z, m })
    }

    /// How many follow, each of at least so many bytes.
    fn count(&mut self, head: Head, smallest: usize) -> Result<usize, WkbError> {
        let count = self.number(head.big_endian)? as usize;
        if count > self.rest.len() / smallest {
            return Err(WkbError::CutShort);
        }
        Ok(count)
    }

    fn position(&mut self, head: Head) -> Result<Position, WkbError> {
        let x = self.float(head)?;
        let y = self.float(head)?;
        let z = if head.z { self.float(head)? } else { f64::NAN };
        let m = if head.m { self.float(head)? } else { f64::NAN };
        Ok([x, y, z, m])
    }

    fn float(&mut self, head: Head) -> Result<f64, WkbError> {
        let bytes = self.take::<8>()?;
        Ok(if head.big_endian { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) })
    }

    fn number(&mut self, big_endian: bool) -> Result<u32, WkbError> {
        let bytes = self.take::<4>()?;
        Ok(if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    #[inline]
    fn take<const N: usize>(&mut self) -> Result<[u8; N], WkbError> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(WkbError::CutShort)?;
        self.rest = rest;
        Ok(*taken)
    }
}

/// Whether a type of many may have a member of that type.
fn holds(many: u32, member: u32) -> bool {
    match many {
        4 => member == 1,
        5 => member == 2,
        6 | 15 => member == 3,
        11 => matches!(member, 2 | 8 | 9),
        12 => matches!(member, 3 | 10),
        16 => matches!(member, 3 | 17),
        _ => false,
    }
}

fn put_ring(builder: &mut GeometryBuilder, ring: &[Position], head: Head) {
    builder.begin_ring();
    ring.iter().for_each(|position| put(builder, *position, head));
}

#[inline]
fn put(builder: &mut GeometryBuilder, [x, y, z, m]: Position, head: Head) {
    builder.coord([x, y], head.z.then_some(z), head.m.then_some(m));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::wkb::write;
    use crate::formats::wkt;
    use crate::table::GeometryColumn;

    fn bytes_of(hex: &str) -> Vec<u8> {
        let digits = hex.as_bytes().chunks(2);
        digits.map(|two| u8::from_str_radix(&String::from_utf8_lossy(two), 16).unwrap()).collect()
    }

    fn column(bytes: &[u8]) -> (GeometryColumn, Result<Oddities, WkbError>) {
        let mut builder = GeometryBuilder::new();
        let outcome = read(bytes, &mut builder);
        (builder.finish().unwrap(), outcome)
    }

    fn text(bytes: &[u8]) -> String {
        let (column, outcome) = column(bytes);
        outcome.unwrap();
        wkt::text(column.row(0))
    }

    #[test]
    fn known_bytes_give_known_geometries() {
        // As PostGIS 3.3 wrote them: ST_AsEWKB and ST_AsBinary, in both byte orders.
        for (hex, expected) in [
            ("0101000000000000000000F03F0000000000000040", "POINT (1 2)"),
            ("00000000013FF00000000000004000000000000000", "POINT (1 2)"),
            (
                "01010000A0E6100000000000000000F03F00000000000000400000000000000840",
                "POINT Z (1 2 3)",
            ),
            ("01E9030000000000000000F03F00000000000000400000000000000840", "POINT Z (1 2 3)"),
            ("01D1070000000000000000F03F00000000000000400000000000000840", "POINT M (1 2 3)"),
            ("010700000000000000", "GEOMETRYCOLLECTION EMPTY"),
        ] {
            assert_eq!(text(&bytes_of(hex)), expected, "{hex}");
        }
        assert_eq!(text(&bytes_of("0101000000000000000000F87F000000000000F87F")), "POINT EMPTY");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for expected in [
            "POINT (1 2)",
            "POINT ZM (1 2 3 4)",
            "LINESTRING Z (0 0 1, 1 1 2)",
            "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
            "MULTIPOINT ((1 2), (3 4))",
            "MULTILINESTRING M ((0 0 9, 1 1 8), (5 5 7, 6 6 6))",
            "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 8 9, 8 8, 9 9)))",
            "GEOMETRYCOLLECTION (POINT (1 2), MULTIPOINT ((3 4), (5 6)), LINESTRING (0 0, 1 1))",
            "POLYGON EMPTY",
            "MULTIPOLYGON EMPTY",
        ] {
            let mut builder = GeometryBuilder::new();
            assert!(wkt::read(expected, &mut builder));
            let made = builder.finish().unwrap();
            let mut bytes = Vec::new();
            write(made.row(0), &mut bytes);
            assert_eq!(text(&bytes), expected);
            for end in 0..bytes.len() {
                let (column, outcome) = column(&bytes[..end]);
                assert!(outcome.is_err(), "{expected} cut at {end}");
                assert_eq!(column.len(), 1);
            }
        }
    }

    #[test]
    fn curves_become_lines_and_are_told() {
        // CURVEPOLYGON (CIRCULARSTRING (0 0, 2 0, 0 0)): a circle around (1 0).
        let mut bytes = vec![1, 10, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 3, 0, 0, 0];
        for number in [0.0_f64, 0.0, 2.0, 0.0, 0.0, 0.0] {
            bytes.extend(number.to_le_bytes());
        }
        let (column, outcome) = column(&bytes);
        assert_eq!(outcome, Ok(Oddities { curved: true, ..Oddities::default() }));
        assert_eq!(column.kinds(), [GeometryKind::Polygon]);
        assert_eq!(column.xy().len(), 91);
    }

    #[test]
    fn absurd_counts_ask_for_no_memory() {
        let (column, outcome) = column(&[1, 2, 0, 0, 0, 255, 255, 255, 255, 0, 0]);
        assert_eq!(outcome, Err(WkbError::CutShort));
        assert_eq!(column.kinds(), [GeometryKind::Null]);
        let nested: Vec<u8> = [1, 7, 0, 0, 0, 1, 0, 0, 0].repeat(1000);
        let mut builder = GeometryBuilder::new();
        assert_eq!(read(&nested, &mut builder), Err(WkbError::TooDeep));
    }
}
