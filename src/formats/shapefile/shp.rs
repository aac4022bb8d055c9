//! Reads the .shp file: the shapes.
//!
//! "ESRI Shapefile Technical Description", An ESRI White Paper, July 1998. A header of 100 bytes,
//! then records: number and length in big-endian 16-bit words, the content in little-endian.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use super::shape::ShapeReader;
use crate::formats::pieces::{Cut, read_into};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{GeometryBuilder, GeometryColumn};

pub(super) const HEADER: u64 = 100;
pub(super) const MAGIC: [u8; 4] = 9994_i32.to_be_bytes();
/// How much is looked at in one go to find the records.
const BLOCK: usize = 1 << 20;

/// Where a record's content is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Record {
    /// Of the record's header.
    offset: u64,
    /// Of the content, bytes.
    length: u64,
}

impl Record {
    /// Where the next one begins, if it follows.
    fn end(&self) -> u64 {
        self.offset + 8 + self.length
    }
}

/// The shapes of a file, found but not read.
pub(super) struct Shapes<'a> {
    path: &'a Path,
    file: File,
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
        let mut header = [0; 100];
        let read = (&file).read_exact(&mut header);
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

    /// The records one after another, by their lengths. The file is gone through in large blocks;
    /// what a record has beyond its block is not read.
    fn walk(&self, watch: &Watch, problems: &mut Problems) -> Result<Vec<Record>, FileError> {
        let mut records = Vec::new();
        let mut offset = HEADER;
        let mut block = Vec::new();
        while offset + 8 <= self.size {
            watch.check().map_err(|_| FileError::cancelled(self.path))?;
            let there = usize::try_from(self.size - offset).map_or(BLOCK, |rest| rest.min(BLOCK));
            let block = read_into(&self.file, &mut block, there, offset)
                .map_err(|error| FileError::io(self.path, &error))?;
            let start = offset;
            let header_at = |offset: u64| {
                let at = usize::try_from(offset - start).ok()?;
                block.get(at..)?.first_chunk::<8>()
            };
            while let Some([_, _, _, _, words @ ..]) = header_at(offset) {
                let length = u64::from(u32::from_be_bytes(*words)) * 2;
                let next = offset + 8 + length;
                // A length no record can have: at least the shape type, at most to the end.
                if length < 4 || next > self.size {
                    let at = Some(Place::Byte(offset));
                    problems.report("problem-shapefile-cut-off", 1, Vec::new(), at);
                    return Ok(records);
                }
                records.push(Record { offset, length });
                offset = next;
            }
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
        self,
        skip: &[bool],
        rows: usize,
        cut: Cut,
        watch: &Watch,
        problems: &mut Problems,
    ) -> Result<GeometryColumn, FileError> {
        let runs = self.runs(cut.bytes as u64);
        let make = |piece: usize, buffer: &mut Vec<u8>| {
            watch.check().map_err(|_| FileError::cancelled(self.path))?;
            let run = runs.get(piece).cloned().unwrap_or_default();
            let made = self
                .read_run(run, skip, buffer)
                .map_err(|error| FileError::io(self.path, &error))?;
            watch.advance(made.bytes);
            Ok((made.builder, made.problems))
        };
        let mut whole = GeometryBuilder::new();
        cut.in_order(runs.len(), make, |(builder, found)| {
            whole.append(builder);
            problems.extend(found);
            Ok(())
        })?;
        while whole.len() < rows {
            whole.push_null();
        }
        whole.finish().map_err(|_| {
            FileError::new(self.path, Message::new("shapefile-error-too-many-coordinates"))
        })
    }

    /// The records in runs of about so many bytes.
    fn runs(&self, bytes: u64) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let (mut start, mut length) = (0, 0);
        for (at, record) in self.records.iter().enumerate() {
            length += record.length + 8;
            if length >= bytes {
                runs.push(start..at + 1);
                (start, length) = (at + 1, 0);
            }
        }
        if start < self.records.len() {
            runs.push(start..self.records.len());
        }
        runs
    }

    /// Reads the shapes of a run of records: in one go where they lie one after another.
    fn read_run(
        &self,
        run: Range<usize>,
        skip: &[bool],
        buffer: &mut Vec<u8>,
    ) -> std::io::Result<ShapeReader> {
        let records = self.records.get(run.clone()).unwrap_or_default();
        let follows = |pair: &[Record]| match pair {
            [before, after] => after.offset == before.end(),
            _ => true,
        };
        let length_of = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
        let mut reader = ShapeReader::new(records.len());
        let in_one_go = records.windows(2).all(follows);
        let first = records.first().map_or(HEADER, |record| record.offset);
        if in_one_go {
            let end = records.last().map_or(first, Record::end);
            read_into(&self.file, buffer, length_of(end - first), first)?;
        }
        for (number, record) in run.zip(records) {
            reader.bytes += record.length + 8;
            if skip.get(number).copied().unwrap_or(false) {
                continue;
            }
            let length = length_of(record.length);
            let content = if in_one_go {
                let start = length_of(record.offset + 8 - first);
                buffer.get(start..start.saturating_add(length)).unwrap_or_default()
            } else {
                read_into(&self.file, buffer, length, record.offset + 8)?
            };
            reader.read(content, Place::Row(number as u64 + 1));
        }
        Ok(reader)
    }
}
