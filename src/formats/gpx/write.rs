//! Writing GPX 1.1: points as way points, lines and outlines of areas as tracks.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::PREFIX;
use super::plan::Segments;
use super::write_row::Rows;
use crate::formats::pieces::each_run;
use crate::formats::xml::{push_attribute, push_escaped};
use crate::formats::{AtomicFile, WriteOptions, export};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{FieldKind, PartKind, Table};

/// Writes one table.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    write_several(&[table], path, options, watch)
}

/// Writes tables into one file: the way points of all before the tracks of all, as GPX has them.
pub(super) fn write_several(
    tables: &[&Table],
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    for table in tables {
        export::expect_wgs84(table, path)?;
    }
    let rows: usize = tables.iter().map(|table| table.rows()).sum();
    watch.set_total(u64::try_from(rows).unwrap_or(u64::MAX));
    let mut writer = Writer { file: AtomicFile::create(path)?, path, watch };
    writer.file.write_all(&head(tables, options))?;
    let mut jobs: Vec<Job<'_>> = tables.iter().map(|table| Job::of(table)).collect();
    gather_tracks(&mut jobs);
    // The schema wants way points first, then routes, then tracks.
    let order = |job: &Job<'_>| match (&job.segments, job.rows.are_routes) {
        (Some(_), _) => 2,
        (None, true) => 1,
        (None, false) if has_lines(job.rows.table) => 2,
        (None, false) => 0,
    };
    jobs.sort_by_key(order);
    for job in &jobs {
        writer.job(job)?;
    }
    writer.file.write_all(b"</gpx>\n")?;
    writer.file.commit()?;
    Ok(vec![path.to_owned()])
}

/// What is written of a table.
struct Job<'a> {
    rows: Rows<'a>,
    /// The rows are positions of tracks.
    segments: Option<Segments>,
    /// The table whose rows are the tracks that the positions belong to.
    tracks: Option<Rows<'a>>,
}

impl<'a> Job<'a> {
    fn of(table: &'a Table) -> Job<'a> {
        let segments = Segments::of(table);
        let left_out = segments.map(Segments::fields).unwrap_or_default();
        Job { rows: Rows::new(table, &left_out), segments, tracks: None }
    }
}

fn has_lines(table: &Table) -> bool {
    let kinds = table.geometry.iter().flat_map(|geometry| geometry.types());
    kinds.into_iter().any(|kind| kind.part_kind() != Some(PartKind::Point))
}

/// Positions of tracks go with the tracks that were read from the same file.
fn gather_tracks(jobs: &mut Vec<Job<'_>>) {
    let layer_of = |job: &Job<'_>, name: &str| {
        let origin = &job.rows.table.origin;
        (origin.layer.as_deref() == Some(name)).then(|| origin.path.clone())
    };
    let points = jobs.iter().position(|job| job.segments.is_some());
    let Some(path) = points.and_then(|at| layer_of(jobs.get(at)?, "track_points")) else { return };
    let tracks = jobs.iter().position(|job| {
        job.segments.is_none() && layer_of(job, "tracks").is_some_and(|other| other == path)
    });
    let (Some(points), Some(tracks)) = (points, tracks) else { return };
    let tracks_job = jobs.remove(tracks);
    let points = if tracks < points { points - 1 } else { points };
    if let Some(job) = jobs.get_mut(points) {
        job.tracks = Some(tracks_job.rows);
    }
}

/// What stands before the points.
fn head(tables: &[&Table], options: &WriteOptions) -> Vec<u8> {
    let mut out = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <gpx version=\"1.1\" creator=\"Belfort\" xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:"
        .to_vec();
    out.extend_from_slice(PREFIX.as_bytes());
    out.extend_from_slice(b"=\"urn:belfort:fields\">\n<metadata>\n");
    if let [table] = tables {
        out.extend_from_slice(b"<name>");
        push_escaped(&mut out, &table.name);
        out.extend_from_slice(b"</name>\n");
    }
    if let Some(note) = &options.note {
        out.extend_from_slice(b"<desc>");
        push_escaped(&mut out, note);
        out.extend_from_slice(b"</desc>\n");
    }
    // What the values in the extensions are; the first of a name decides.
    let mut kinds: BTreeMap<&str, &str> = BTreeMap::new();
    for field in tables.iter().flat_map(|table| &table.fields) {
        kinds.entry(&field.name).or_insert(match field.kind {
            FieldKind::Boolean => "boolean",
            FieldKind::Integer => "integer",
            FieldKind::Number => "number",
            FieldKind::Text | FieldKind::Json | FieldKind::Date | FieldKind::DateTime(_) => "text",
        });
    }
    if !kinds.is_empty() {
        out.extend_from_slice(b"<extensions>\n");
        for (name, kind) in kinds {
            out.extend_from_slice(format!("<{PREFIX}:field").as_bytes());
            push_attribute(&mut out, "name", name);
            out.extend_from_slice(format!(">{kind}</{PREFIX}:field>\n").as_bytes());
        }
        out.extend_from_slice(b"</extensions>\n");
    }
    out.extend_from_slice(b"</metadata>\n");
    out
}

struct Writer<'a> {
    file: AtomicFile,
    path: &'a Path,
    watch: &'a Watch,
}

impl Writer<'_> {
    fn job(&mut self, job: &Job<'_>) -> Result<(), FileError> {
        let Some(segments) = job.segments else { return self.rows(&job.rows) };
        let points = &job.rows;
        let mut tracks = segments.tracks(points.table).into_iter().peekable();
        let owners = job.tracks.as_ref().map_or(0, |tracks| tracks.table.rows());
        let mut out = Vec::new();
        let mut next = 0;
        loop {
            self.watch.check().map_err(|_| FileError::cancelled(self.path))?;
            let of_next = i64::try_from(next).unwrap_or(i64::MAX);
            let is_owned = next < owners;
            let found = tracks.next_if(|(number, _)| !is_owned || *number <= of_next);
            match (found, &job.tracks) {
                (Some((_, parts)), Some(owner)) if is_owned => {
                    owner.push_track(&mut out, Some(next), points, &parts);
                }
                (Some((_, parts)), _) => points.push_track(&mut out, None, points, &parts),
                // A track of which there are no positions among the rows.
                (None, Some(owner)) if is_owned => owner.push(&mut out, next),
                (None, _) => break,
            }
            next += 1;
            self.file.write_all(&out)?;
            out.clear();
        }
        let rows = points.table.rows() + owners;
        self.watch.advance(u64::try_from(rows).unwrap_or(u64::MAX));
        Ok(())
    }

    fn rows(&mut self, rows: &Rows<'_>) -> Result<(), FileError> {
        let (path, watch) = (self.path, self.watch);
        let make = |run: Range<usize>| {
            watch.check().map_err(|_| FileError::cancelled(path))?;
            let mut out = Vec::with_capacity(run.len() * 256);
            let length = run.len();
            run.for_each(|row| rows.push(&mut out, row));
            Ok((out, length))
        };
        each_run(rows.table.rows(), make, |(out, rows)| {
            watch.advance(u64::try_from(rows).unwrap_or(u64::MAX));
            self.file.write_all(&out)
        })
    }
}
