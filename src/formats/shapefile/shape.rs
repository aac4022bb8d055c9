//! One shape of a .shp file, from the content of its record.

use std::ops::Range;

use super::{patch, rings};
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// Measures below this mean "no data".
const NO_DATA: f64 = -1e38;

/// Little-endian numbers from a record's content; none beyond its end.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn int(&mut self) -> Option<i32> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(i32::from_le_bytes(*head))
    }

    fn double(&mut self) -> Option<f64> {
        let (head, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(f64::from_le_bytes(*head))
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    /// `count` numbers of `N` bytes; none when there are not so many bytes.
    fn take<const N: usize>(&mut self, count: usize) -> Option<&'a [[u8; N]]> {
        let (head, rest) = self.0.split_at_checked(count.checked_mul(N)?)?;
        self.0 = rest;
        Some(head.as_chunks().0)
    }
}

/// What the shape types have in common: types 11 to 18 have heights (and perhaps measures), 21 to
/// 28 measures.
#[derive(Clone, Copy, PartialEq)]
enum Base {
    Null,
    Point,
    Line,
    Polygon,
    MultiPoint,
    MultiPatch,
}

fn base_of(shape_type: i32) -> Option<(Base, bool, bool)> {
    if shape_type == 31 {
        return Some((Base::MultiPatch, true, true));
    }
    let (z, m) = match shape_type / 10 {
        0 => (false, false),
        1 => (true, true),
        2 => (false, true),
        _ => return None,
    };
    let base = match (shape_type, shape_type % 10) {
        (0, _) => Base::Null,
        (_, 1) => Base::Point,
        (_, 3) => Base::Line,
        (_, 5) => Base::Polygon,
        (_, 8) => Base::MultiPoint,
        _ => return None,
    };
    (shape_type >= 0).then_some((base, z, m))
}

/// Reads shapes into a builder.
pub(super) struct ShapeReader {
    pub(super) builder: GeometryBuilder,
    pub(super) problems: Problems,
    points: Points,
    /// The positions of each part of the shape at hand.
    runs: Vec<Range<usize>>,
    /// Bytes of the file gone through.
    pub(super) bytes: u64,
}

impl ShapeReader {
    pub(super) fn new(rows: usize) -> ShapeReader {
        ShapeReader {
            builder: GeometryBuilder::with_capacity(rows, rows),
            problems: Problems::new(),
            points: Points::default(),
            runs: Vec::new(),
            bytes: 0,
        }
    }

    /// Adds the shape of a record; a row without geometry when it cannot be read.
    pub(super) fn read(&mut self, content: &[u8], place: Place) {
        let mut bytes = Bytes(content);
        let shape_type = bytes.int().unwrap_or(-1);
        let Some((base, z, m)) = base_of(shape_type) else {
            let args = vec![("type", Arg::Text(shape_type.to_string()))];
            self.problems.report("problem-shapefile-unknown-type", 1, args, Some(place));
            return self.builder.push_null();
        };
        if base == Base::Null {
            return self.builder.push_null();
        }
        if self.points.read(base, z, m, bytes).is_none() {
            self.problems.at("problem-shapefile-bad-record", place);
            return self.builder.push_null();
        }
        if self.points.xy.iter().flatten().any(|number| !number.is_finite()) {
            self.problems.at("problem-shapefile-bad-coordinates", place);
            return self.builder.push_null();
        }
        self.add(base, place);
    }

    fn add(&mut self, base: Base, place: Place) {
        let ShapeReader { builder, problems, points, runs, .. } = self;
        runs.clear();
        let ends = points.starts.iter().skip(1).copied().chain([points.xy.len()]);
        let all = points.starts.iter().zip(ends).map(|(start, end)| *start..end);
        // Those of a MultiPatch go together with their kinds.
        runs.extend(all.filter(|run| base == Base::MultiPatch || !run.is_empty()));
        let several = runs.len() > 1;
        match base {
            Base::Null => builder.push_null(),
            Base::Point | Base::MultiPoint => {
                let single = base == Base::Point;
                let kind = if single { GeometryKind::Point } else { GeometryKind::MultiPoint };
                builder.begin_row(kind);
                for at in 0..points.xy.len() {
                    builder.begin_part(PartKind::Point);
                    points.ring(builder, at..at + 1);
                }
                builder.end_row();
            }
            Base::Line => {
                let kind =
                    if several { GeometryKind::MultiLineString } else { GeometryKind::LineString };
                builder.begin_row(kind);
                for run in runs {
                    builder.begin_part(PartKind::Line);
                    points.ring(builder, run.clone());
                }
                builder.end_row();
            }
            Base::MultiPatch => {
                problems.at("problem-faces-as-polygons", place);
                builder.begin_row(GeometryKind::MultiPolygon);
                for face in patch::faces(&points.patches, runs) {
                    builder.begin_part(PartKind::Polygon);
                    face.iter().for_each(|ring| points.positions(builder, ring));
                }
                builder.end_row();
            }
            Base::Polygon if several => {
                let slices = runs.iter().filter_map(|run| points.xy.get(run.clone()));
                let grouped = rings::group(&slices.collect::<Vec<_>>());
                if grouped.mended > 0 {
                    problems.at("problem-shapefile-winding", place);
                }
                let several = grouped.polygons.len() > 1;
                let kind = if several { GeometryKind::MultiPolygon } else { GeometryKind::Polygon };
                builder.begin_row(kind);
                for polygon in grouped.polygons {
                    builder.begin_part(PartKind::Polygon);
                    for run in polygon.into_iter().filter_map(|ring| runs.get(ring)) {
                        points.ring(builder, run.clone());
                    }
                }
                builder.end_row();
            }
            Base::Polygon => {
                // Most polygons: an outer ring and nothing else.
                builder.begin_row(GeometryKind::Polygon);
                if let Some(run) = runs.first() {
                    let xy = points.xy.get(run.clone()).unwrap_or_default();
                    if rings::doubled_area(xy) > 0.0 {
                        problems.at("problem-shapefile-winding", place);
                    }
                    builder.begin_part(PartKind::Polygon);
                    points.ring(builder, run.clone());
                }
                builder.end_row();
            }
        }
    }
}

/// The numbers of one shape.
#[derive(Default)]
struct Points {
    /// The first position of each part.
    starts: Vec<usize>,
    /// What each part of a MultiPatch is.
    patches: Vec<i32>,
    xy: Vec<[f64; 2]>,
    z: Vec<f64>,
    m: Vec<f64>,
}

impl Points {
    /// Reads the numbers after the shape type; none where the record contradicts itself.
    fn read(&mut self, base: Base, z: bool, m: bool, mut bytes: Bytes<'_>) -> Option<()> {
        self.starts.clear();
        self.patches.clear();
        self.xy.clear();
        self.z.clear();
        self.m.clear();
        if base == Base::Point {
            self.starts.push(0);
            self.xy.push([bytes.double()?, bytes.double()?]);
            if z {
                self.z.push(bytes.double()?);
            }
            if m {
                self.m.extend(bytes.double());
            }
            return Some(());
        }
        bytes.skip(32)?;
        let part_count = match base {
            Base::MultiPoint => 0,
            _ => usize::try_from(bytes.int()?).ok()?,
        };
        let point_count = usize::try_from(bytes.int()?).ok()?;
        for start in bytes.take::<4>(part_count)? {
            self.starts.push(usize::try_from(i32::from_le_bytes(*start)).ok()?);
        }
        let starts = &self.starts;
        let in_order = starts.is_sorted() && starts.last().is_none_or(|last| *last <= point_count);
        if !in_order || starts.first().is_some_and(|first| *first != 0) {
            return None;
        }
        // Points without a part belong to none that is drawn: the record contradicts itself.
        if base != Base::MultiPoint && starts.is_empty() && point_count > 0 {
            return None;
        }
        if base == Base::MultiPatch {
            let kinds = bytes.take::<4>(part_count)?.iter();
            self.patches.extend(kinds.map(|kind| i32::from_le_bytes(*kind)));
        }
        let pairs = bytes.take::<16>(point_count)?.iter();
        self.xy.extend(pairs.map(|pair| {
            let (x, y) = pair.split_at(8);
            [number(x), number(y)]
        }));
        let mut optional = |values: &mut Vec<f64>| {
            bytes.skip(16)?;
            values.extend(bytes.take::<8>(point_count)?.iter().map(|bytes| number(bytes)));
            Some(())
        };
        if z {
            optional(&mut self.z)?;
        }
        // Measures may be left out of any record that could have them.
        if m && optional(&mut self.m).is_none() {
            self.m.clear();
        }
        Some(())
    }

    /// Adds some positions as a ring, closed.
    fn positions(&self, builder: &mut GeometryBuilder, ring: &[usize]) {
        builder.begin_ring();
        let is_open = |(first, last): (&usize, &usize)| self.xy.get(*first) != self.xy.get(*last);
        let end = ring.first().filter(|_| ring.first().zip(ring.last()).is_some_and(is_open));
        for at in ring.iter().chain(end) {
            let measure = self.m.get(*at).copied().filter(|m| *m >= NO_DATA);
            if let Some(xy) = self.xy.get(*at) {
                builder.coord(*xy, self.z.get(*at).copied(), measure);
            }
        }
    }

    /// Adds a run of positions as a ring.
    fn ring(&self, builder: &mut GeometryBuilder, run: Range<usize>) {
        builder.begin_ring();
        let xy = self.xy.get(run.clone()).unwrap_or_default();
        if self.z.is_empty() && self.m.is_empty() {
            return builder.coords(xy);
        }
        for (at, xy) in run.zip(xy) {
            let measure = self.m.get(at).copied().filter(|m| *m >= NO_DATA);
            builder.coord(*xy, self.z.get(at).copied(), measure);
        }
    }
}

#[inline]
fn number(bytes: &[u8]) -> f64 {
    bytes.first_chunk().map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::GeometryColumn;

    fn read_one(content: &[u8]) -> (GeometryColumn, Problems) {
        let mut reader = ShapeReader::new(1);
        reader.read(content, Place::Row(1));
        (reader.builder.finish().unwrap_or_default(), reader.problems)
    }

    fn content(ints: &[i32], doubles: &[f64]) -> Vec<u8> {
        let ints = ints.iter().flat_map(|int| int.to_le_bytes());
        ints.chain(doubles.iter().flat_map(|double| double.to_le_bytes())).collect()
    }

    #[test]
    fn a_point_has_height_and_measure_where_there_is_one() {
        let (column, problems) = read_one(&content(&[11], &[1.0, 2.0, 3.0, -1e39]));
        assert!(problems.is_empty() && column.has_z() && !column.has_m());
        let (column, _) = read_one(&content(&[11], &[1.0, 2.0, 3.0]));
        assert_eq!(column.xy(), [[1.0, 2.0]]);
        let (column, _) = read_one(&content(&[21], &[1.0, 2.0, 7.5]));
        assert!(!column.has_z() && column.has_m());
    }

    #[test]
    fn records_that_contradict_themselves_become_rows_without_geometry() {
        let bbox = [0.0; 4];
        let mut line = content(&[3], &bbox);
        let mut with = |ints: &[i32], doubles: &[f64]| {
            line.truncate(36);
            line.extend(content(ints, doubles));
            read_one(&line)
        };
        let (column, problems) = with(&[1, 2, 0], &[0.0, 0.0, 1.0, 1.0]);
        assert!(problems.is_empty() && column.kinds() == [GeometryKind::LineString]);
        // More points than bytes, two billion parts, parts out of order, a part beyond the points.
        for ints in [&[1, 3, 0][..], &[i32::MAX, 2, 0], &[2, 2, 1, 0], &[2, 2, 0, 3], &[-1, 2, 0]] {
            let (column, problems) = with(ints, &[0.0, 0.0, 1.0, 1.0]);
            assert_eq!(column.missing(), 1, "{ints:?}");
            assert_eq!(problems.count("problem-shapefile-bad-record"), 1, "{ints:?}");
        }
        let (_, problems) = with(&[1, 2, 0], &[0.0, f64::NAN, 1.0, 1.0]);
        assert_eq!(problems.count("problem-shapefile-bad-coordinates"), 1);
        let (_, problems) = read_one(&content(&[31], &[]));
        assert_eq!(problems.count("problem-shapefile-bad-record"), 1);
        let (_, problems) = read_one(&content(&[-5], &[]));
        assert_eq!(problems.count("problem-shapefile-unknown-type"), 1);
        let (_, problems) = read_one(&content(&[0], &[]));
        assert!(problems.is_empty());
    }

    #[test]
    fn a_multipatch_becomes_its_faces() {
        // A strip of four positions, and a ring with a hole: 4 + 4 + 4 positions.
        let mut bytes = content(&[31], &[0.0; 4]);
        let square = |at: f64, side: f64| [at, at, at + side, at, at + side, at + side, at, at];
        bytes
            .extend(content(&[3, 12, 0, 4, 8, 0, 2, 3], &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0]));
        bytes.extend(content(&[], &square(10.0, 8.0)));
        bytes.extend(content(&[], &square(12.0, 2.0)));
        let heights: Vec<f64> = (0..12).map(f64::from).collect();
        bytes.extend(content(&[], &[0.0, 11.0]));
        bytes.extend(content(&[], &heights));
        let (column, problems) = read_one(&bytes);
        assert_eq!(column.kinds(), [GeometryKind::MultiPolygon]);
        let rings: Vec<Vec<f64>> = column
            .row(0)
            .parts()
            .flat_map(|part| part.rings().map(|ring| ring.z().to_vec()).collect::<Vec<_>>())
            .collect();
        let expected: [&[f64]; 4] = [
            &[0.0, 1.0, 2.0, 0.0],
            &[2.0, 1.0, 3.0, 2.0],
            &[4.0, 5.0, 6.0, 7.0],
            &[8.0, 9.0, 10.0, 11.0],
        ];
        assert_eq!(rings, expected);
        assert_eq!(column.row(0).parts().len(), 3);
        assert_eq!(problems.count("problem-faces-as-polygons"), 1);
    }
}
