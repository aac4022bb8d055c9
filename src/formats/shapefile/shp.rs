//! Reads the .shp file: the shapes.
//!
//! "ESRI Shapefile Technical Description", An ESRI White Paper, July 1998. A header of 100 bytes,
//! then records: number and length in big-endian 16-bit words, the content in little-endian.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::rings;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{GeometryBuilder, GeometryColumn, GeometryKind, PartKind};

pub(super) const HEADER: u64 = 100;
pub(super) const MAGIC: [u8; 4] = 9994_i32.to_be_bytes();
/// Measures below this mean "no data".
const NO_DATA: f64 = -1e38;

/// Where a record's content is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Record {
    /// Of the record's header.
    offset: u64,
    /// Of the content, bytes.
    length: u64,
}

/// The shapes of a file, found but not read.
pub(super) struct Shapes<'a> {
    path: &'a Path,
    file: BufReader<File>,
    size: u64,
    records: Vec<Record>,
}

impl<'a> Shapes<'a> {
    /// Opens a .shp and finds its records: from the start to the end, or, where a .shx says
    /// otherwise and can be right, as that says.
    pub(super) fn open(
        path: &'a Path,
        shx: Option<&Path>,
        watch: &Watch,
        problems: &mut Problems,
    ) -> Result<Shapes<'a>, FileError> {
        let failed = |error: &std::io::Error| FileError::io(path, error);
        let file = File::open(path).map_err(|error| failed(&error))?;
        let size = file.metadata().map_err(|error| failed(&error))?.len();
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut header = [0; 100];
        let read = file.read_exact(&mut header);
        if !header.starts_with(&MAGIC) {
            return Err(FileError::new(path, Message::new("shapefile-error-magic"))
                .at(Place::Byte(0))
                .remedy(Message::new("shapefile-error-magic-remedy")));
        }
        if read.is_err() {
            let what = Message::new("shapefile-error-truncated-header");
            return Err(FileError::new(path, what).at(Place::Byte(size)));
        }
        let mut shapes = Shapes { path, file, size, records: Vec::new() };
        let mut damage = Problems::new();
        shapes.records = shapes.walk(watch, &mut damage)?;
        if let Some(indexed) = shx.and_then(|shx| shapes.indexed(shx, problems))
            && indexed != shapes.records
        {
            let pairs = indexed.iter().zip(&shapes.records).filter(|(a, b)| a != b).count();
            let differing = pairs + indexed.len().abs_diff(shapes.records.len());
            problems.add("problem-shapefile-index-differs", differing as u64);
            shapes.records = indexed;
        } else {
            problems.extend(damage);
        }
        Ok(shapes)
    }

    /// The number of records.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// The records one after another, by their lengths.
    fn walk(&mut self, watch: &Watch, problems: &mut Problems) -> Result<Vec<Record>, FileError> {
        let failed = |error: &std::io::Error| FileError::io(self.path, error);
        let mut records = Vec::new();
        let mut offset = HEADER;
        while offset + 8 <= self.size {
            if records.len() % 4096 == 0 {
                watch.check().map_err(|_| FileError::cancelled(self.path))?;
            }
            let mut header = [0; 8];
            self.file.read_exact(&mut header).map_err(|error| failed(&error))?;
            let [_, _, _, _, words @ ..] = header;
            let length = u64::from(u32::from_be_bytes(words)) * 2;
            let next = offset + 8 + length;
            // A length no record can have: at least the shape type, at most to the end.
            if length < 4 || next > self.size {
                let at = Some(Place::Byte(offset));
                problems.report("problem-shapefile-cut-off", 1, Vec::new(), at);
                return Ok(records);
            }
            records.push(Record { offset, length });
            let skip = i64::try_from(length).unwrap_or(i64::MAX);
            self.file.seek_relative(skip).map_err(|error| failed(&error))?;
            offset = next;
        }
        Ok(records)
    }

    /// The records as the .shx lists them; none where that cannot be right for this .shp.
    fn indexed(&self, shx: &Path, problems: &mut Problems) -> Option<Vec<Record>> {
        let name = || shx.file_name().map(|name| name.to_string_lossy().into_owned());
        let broken = |problems: &mut Problems| {
            let place = name().map(Place::Member);
            problems.report("problem-shapefile-index-broken", 1, Vec::new(), place);
            None
        };
        // The .shx has 8 bytes for at least 12 of the .shp.
        let small = std::fs::metadata(shx).is_ok_and(|found| found.len() <= self.size + HEADER);
        let bytes = if small { std::fs::read(shx).ok() } else { None };
        let Some(body) = bytes.as_ref().and_then(|bytes| bytes.get(100..)) else {
            return broken(problems);
        };
        let (entries, rest) = body.as_chunks::<8>();
        let mut records = Vec::with_capacity(entries.len());
        let mut used = 0_u64;
        for [a, b, c, d, words @ ..] in entries {
            let offset = u64::from(u32::from_be_bytes([*a, *b, *c, *d])) * 2;
            let length = u64::from(u32::from_be_bytes(*words)) * 2;
            used = used.saturating_add(length);
            let possible = offset >= HEADER && length >= 4 && offset + 8 + length <= self.size;
            // A list that names the same bytes again and again is no list of records.
            if !possible || used > self.size {
                return broken(problems);
            }
            records.push(Record { offset, length });
        }
        if !rest.is_empty() || (records.is_empty() && !self.records.is_empty()) {
            return broken(problems);
        }
        Some(records)
    }

    /// Reads the shapes of the records not in `skip` (one flag for each record; records beyond
    /// the flags are read), and fills up to `rows` rows with nulls.
    pub(super) fn read(
        mut self,
        skip: &[bool],
        rows: usize,
        watch: &Watch,
        problems: &mut Problems,
    ) -> Result<GeometryColumn, FileError> {
        let mut reader = ShapeReader::with_capacity(self.records.len(), self.size);
        let mut content = Vec::new();
        let mut at = None;
        for (number, record) in std::mem::take(&mut self.records).into_iter().enumerate() {
            if number % 1024 == 0 {
                watch.check().map_err(|_| FileError::cancelled(self.path))?;
            }
            watch.advance(record.length + 8);
            if skip.get(number).copied().unwrap_or(false) {
                continue;
            }
            self.load(record, &mut at, &mut content)
                .map_err(|error| FileError::io(self.path, &error))?;
            reader.read(&content, Place::Row(number as u64 + 1), problems);
        }
        while reader.builder.len() < rows {
            reader.builder.push_null();
        }
        reader.builder.finish().map_err(|_| {
            FileError::new(self.path, Message::new("shapefile-error-too-many-coordinates"))
        })
    }

    /// Reads a record's content. Lengths were held against the file's size before.
    fn load(
        &mut self,
        record: Record,
        at: &mut Option<u64>,
        content: &mut Vec<u8>,
    ) -> std::io::Result<()> {
        let start = record.offset + 8;
        match at.map(|at| start.checked_sub(at).map(i64::try_from)) {
            Some(Some(Ok(ahead))) => self.file.seek_relative(ahead)?,
            _ => {
                self.file.seek(SeekFrom::Start(start))?;
            }
        }
        content.resize(usize::try_from(record.length).unwrap_or(usize::MAX), 0);
        self.file.read_exact(content)?;
        *at = Some(start + record.length);
        Ok(())
    }
}

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
}

fn base_of(shape_type: i32) -> Option<(Base, bool, bool)> {
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

/// The numbers of one shape.
#[derive(Default)]
struct Points {
    xy: Vec<[f64; 2]>,
    z: Vec<f64>,
    m: Vec<f64>,
}

struct ShapeReader {
    builder: GeometryBuilder,
    points: Points,
}

impl ShapeReader {
    fn with_capacity(rows: usize, size: u64) -> ShapeReader {
        // A guess that a small file cannot blow up: 16 bytes a position.
        let coords = usize::try_from(size / 16).unwrap_or(0);
        let builder = GeometryBuilder::with_capacity(rows, coords);
        ShapeReader { builder, points: Points::default() }
    }

    /// Adds the shape of a record; a row without geometry when it cannot be read.
    fn read(&mut self, content: &[u8], place: Place, problems: &mut Problems) {
        let mut bytes = Bytes(content);
        let shape_type = bytes.int().unwrap_or(-1);
        if shape_type == 31 {
            problems.at("problem-shapefile-multipatch", place);
            return self.builder.push_null();
        }
        let Some((base, z, m)) = base_of(shape_type) else {
            let args = vec![("type", crate::i18n::Arg::Text(shape_type.to_string()))];
            problems.report("problem-shapefile-unknown-type", 1, args, Some(place));
            return self.builder.push_null();
        };
        if base == Base::Null {
            return self.builder.push_null();
        }
        let Some(parts) = self.points.read(base, z, m, bytes) else {
            problems.at("problem-shapefile-bad-record", place);
            return self.builder.push_null();
        };
        if self.points.xy.iter().flatten().any(|number| !number.is_finite()) {
            problems.at("problem-shapefile-bad-coordinates", place);
            return self.builder.push_null();
        }
        self.add(base, &parts, place, problems);
    }

    fn add(&mut self, base: Base, parts: &[usize], place: Place, problems: &mut Problems) {
        let points = &self.points;
        let builder = &mut self.builder;
        let ends = parts.iter().skip(1).copied().chain([points.xy.len()]);
        let runs = parts.iter().zip(ends).map(|(start, end)| *start..end);
        let runs: Vec<std::ops::Range<usize>> = runs.filter(|run| !run.is_empty()).collect();
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
                    points.ring(builder, run);
                }
                builder.end_row();
            }
            Base::Polygon => {
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
        }
    }
}

impl Points {
    /// Reads the numbers after the shape type and returns where the parts start.
    fn read(&mut self, base: Base, z: bool, m: bool, mut bytes: Bytes<'_>) -> Option<Vec<usize>> {
        self.xy.clear();
        self.z.clear();
        self.m.clear();
        if base == Base::Point {
            self.xy.push([bytes.double()?, bytes.double()?]);
            if z {
                self.z.push(bytes.double()?);
            }
            if m {
                self.m.extend(bytes.double());
            }
            return Some(vec![0]);
        }
        bytes.skip(32)?;
        let part_count = match base {
            Base::MultiPoint => 0,
            _ => usize::try_from(bytes.int()?).ok()?,
        };
        let point_count = usize::try_from(bytes.int()?).ok()?;
        let starts = bytes.take::<4>(part_count)?.iter();
        let starts = starts.map(|start| usize::try_from(i32::from_le_bytes(*start)).ok());
        let starts: Vec<usize> = starts.collect::<Option<_>>()?;
        let in_order = starts.is_sorted() && starts.last().is_none_or(|last| *last <= point_count);
        if !in_order || starts.first().is_some_and(|first| *first != 0) {
            return None;
        }
        // Points without a part belong to none that is drawn: the record contradicts itself.
        if base != Base::MultiPoint && starts.is_empty() && point_count > 0 {
            return None;
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
        Some(starts)
    }

    /// Adds a run of positions as a ring.
    fn ring(&self, builder: &mut GeometryBuilder, run: std::ops::Range<usize>) {
        builder.begin_ring();
        let xy = self.xy.get(run.clone()).unwrap_or_default();
        for (at, xy) in run.zip(xy) {
            let measure = self.m.get(at).copied().filter(|m| *m >= NO_DATA);
            builder.coord(*xy, self.z.get(at).copied(), measure);
        }
    }
}

fn number(bytes: &[u8]) -> f64 {
    bytes.first_chunk().map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(content: &[u8]) -> (GeometryColumn, Problems) {
        let mut reader = ShapeReader::with_capacity(1, 0);
        let mut problems = Problems::new();
        reader.read(content, Place::Row(1), &mut problems);
        (reader.builder.finish().unwrap_or_default(), problems)
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
        assert_eq!(problems.count("problem-shapefile-multipatch"), 1);
        let (_, problems) = read_one(&content(&[-5], &[]));
        assert_eq!(problems.count("problem-shapefile-unknown-type"), 1);
        let (_, problems) = read_one(&content(&[0], &[]));
        assert!(problems.is_empty());
    }
}
