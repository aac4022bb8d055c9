//! Reads the layers of a file.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::FORMAT;
use super::catalogue::{Catalogue, LayerEntry};
use super::database::Database;
use super::fields::{Fields, Role};
use super::listing::quoted;
use super::pages::{PageFail, Pages};
use super::reference_system::{self, Stated};
use super::rows::{Finished, Rows};
use crate::formats::ReadOptions;
use crate::formats::pieces::Cut;
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{Origin, Table};

/// After so many rows of a piece there is an idea of the others.
const SAMPLE: usize = 16;

/// How many rows are taken from SQLite between two looks at the watch.
const ROWS: usize = 4_096;

/// A view may give more than the file has bytes, but not without end.
const VIEW_GROWTH: u64 = 64;
const VIEW_ALWAYS: u64 = 1 << 27;

/// Reads all layers, or the one asked for. A layer that cannot be read is a problem of the first
/// that can.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    cut: Cut,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let database = Database::open(path, watch)?;
    let mut catalogue = Catalogue::of(&database)?;
    if let Some(wanted) = &options.layer {
        catalogue.only(&database, wanted)?;
    }
    watch.set_total(catalogue.layers.iter().map(|layer| layer.rows.unwrap_or(0)).sum());
    let mut tables: Vec<Table> = Vec::new();
    let mut failed = Vec::new();
    for layer in &catalogue.layers {
        match read_layer(&database, layer, cut, watch) {
            Ok(table) => tables.push(table),
            Err(error) if error.is_cancelled() => return Err(error),
            Err(error) => failed.push((layer.table.clone(), error)),
        }
    }
    database.check_unchanged()?;
    let Some(first) = tables.first_mut() else {
        let first = failed.into_iter().next();
        return Err(first.map_or_else(|| FileError::cancelled(path), |(_, error)| error));
    };
    let problems = &mut first.origin.problems;
    problems.extend(catalogue.problems);
    for (layer, error) in failed {
        let what = vec![("what", Arg::Message(Box::new(error.what)))];
        problems.report("problem-geopackage-layer", 1, what, Some(Place::Member(layer)));
    }
    Ok(tables)
}

fn read_layer(
    database: &Database,
    layer: &LayerEntry,
    cut: Cut,
    watch: &Watch,
) -> Result<Table, FileError> {
    let mut problems = Problems::new();
    let fields = Fields::of(database, layer)?;
    let srs = layer.geometry.as_ref().and_then(|(_, srs)| *srs);
    let number = srs.and_then(|srs| i32::try_from(srs).ok());
    let make = || Rows::new(&fields, number);
    let rows = read_rows(database, layer, &fields, make, cut, watch, &mut problems)?;
    let finished = rows.finish().map_err(|(place, what)| {
        let error = FileError::new(database.path(), what);
        FileError { place, ..error }.remedy(Message::new("remedy-smaller-parts"))
    })?;
    let stated = match &finished.geometry {
        Some(_) => Some(reference_system::stated(database, srs, &mut problems)?),
        None => None,
    };
    if !layer.is_listed {
        problems.add("problem-geopackage-unlisted", 1);
    }
    if layer.geometry.is_some() && !fields.has_geometry {
        problems.add("problem-geopackage-no-geometry-column", 1);
    }
    problems.add("problem-geopackage-styles", layer.styles);
    finish(database, layer, finished, stated, problems)
}

fn finish(
    database: &Database,
    layer: &LayerEntry,
    finished: Finished,
    stated: Option<Stated>,
    mut problems: Problems,
) -> Result<Table, FileError> {
    let name = layer.title.as_ref().unwrap_or(&layer.table);
    let Finished { rows, fields, columns, geometry, ids, problems: found } = finished;
    problems.extend(found);
    let crs = match (stated, &geometry) {
        (Some(stated), Some(geometry)) => {
            reference_system::of_layer(stated, geometry.xy(), &mut problems)
        }
        _ => None,
    };
    let table = Table::new(name.as_str(), rows, fields, columns, geometry);
    // Columns are filled row by row, so they are equally long.
    let mut table = table.map_err(|error| {
        let what = Message::new("error-defect").text("detail", error.to_string());
        FileError::new(database.path(), what)
    })?;
    table.ids = ids;
    table.crs = crs;
    table.origin = Origin {
        path: database.path().to_owned(),
        format: FORMAT.id,
        layer: Some(layer.table.clone()),
        note: layer.description.clone(),
        style: layer.style.as_deref().map(Into::into),
        problems,
        ..Origin::default()
    };
    Ok(table)
}

/// Reads the rows: from the pages of the file where they lie there as they are, else as SQLite
/// gives them.
fn read_rows<'f>(
    database: &Database,
    layer: &LayerEntry,
    fields: &'f Fields,
    make: impl Fn() -> Rows<'f> + Sync,
    cut: Cut,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Rows<'f>, FileError> {
    let is_direct = database.is_whole && database.header.is_utf8 && fields.is_plain;
    if let Some(root) = layer.root.filter(|_| is_direct) {
        match from_pages(database, root, &make, cut, watch) {
            Err(Fail::Page(PageFail::OtherForm)) => {}
            Err(fail) => return Err(fail.told(database)),
            Ok(rows) => return Ok(rows),
        }
    }
    through_sqlite(database, layer, fields, make(), watch, problems)
}

/// Why rows cannot be read.
#[derive(Debug)]
pub(super) enum Fail {
    Page(PageFail),
    Cancelled,
    TooMuch,
}

impl From<PageFail> for Fail {
    fn from(fail: PageFail) -> Fail {
        Fail::Page(fail)
    }
}

impl Fail {
    fn told(self, database: &Database) -> FileError {
        let damaged = || {
            let what = Message::new("geopackage-error-damaged");
            FileError::new(database.path(), what).remedy(Message::new("remedy-get-again"))
        };
        match self {
            Fail::Cancelled => FileError::cancelled(database.path()),
            Fail::Page(PageFail::Io(error)) => FileError::io(database.path(), &error),
            Fail::Page(PageFail::Damaged(page)) => {
                let offset = u64::from(page.saturating_sub(1)) * database.header.page_size as u64;
                damaged().at(Place::Byte(offset))
            }
            Fail::Page(PageFail::OtherForm) | Fail::TooMuch => damaged(),
        }
    }
}

pub(super) fn from_pages<'f>(
    database: &Database,
    root: u32,
    make: &(impl Fn() -> Rows<'f> + Sync),
    cut: Cut,
    watch: &Watch,
) -> Result<Rows<'f>, Fail> {
    let pages = Pages::of(&database.file, &database.header, database.size);
    let leaves = pages.leaves(root)?;
    let page_size = database.header.page_size;
    let runs = pages.runs(&leaves, cut.bytes);
    // How many rows a leaf has, about: what grows bit by bit is moved again and again.
    let usual = AtomicUsize::new(0);
    let mut whole = make();
    let mut last = None;
    let read = |piece: usize, buffer: &mut Vec<u8>| {
        watch.check().map_err(|_| Fail::Cancelled)?;
        let run = runs.get(piece).cloned().unwrap_or_default();
        let leaves = leaves.get(run).unwrap_or_default();
        let expected = leaves.len().saturating_mul(usual.load(Ordering::Relaxed));
        let mut rows = make();
        let mut ends = None;
        let mut bytes = 0;
        pages.each_record(leaves, buffer, |key, record| {
            let (first, _) = ends.unwrap_or((key, key));
            ends = Some((first, key));
            let taken = rows.take(key, record);
            bytes += record.len();
            // Only where rows are small, so that nothing is made room for that is not there.
            if rows.len() == SAMPLE && bytes <= page_size {
                rows.reserve_for(expected);
            }
            taken
        })?;
        usual.store(rows.len() / leaves.len().max(1) + 1, Ordering::Relaxed);
        watch.advance(rows.len() as u64);
        Ok((rows, leaves.len(), leaves.first().copied(), ends))
    };
    cut.in_order(runs.len(), read, |(rows, pages, page, ends)| {
        // Numbers go up from piece to piece too.
        if let Some((first, end)) = ends
            && last.replace(end).is_some_and(|last| last >= first)
        {
            return Err(PageFail::Damaged(page.unwrap_or_default()).into());
        }
        let is_first = whole.len() == 0;
        let each = rows.len() / pages.max(1) + 1;
        whole.append(rows);
        if is_first {
            whole.reserve_for(each.saturating_mul(leaves.len()));
        }
        if whole.is_too_much(database.size) { Err(Fail::TooMuch) } else { Ok(()) }
    })?;
    Ok(whole)
}

/// Reads the rows as SQLite gives them: of a view, of a file with a log beside it, and of tables
/// of another form.
pub(super) fn through_sqlite<'f>(
    database: &Database,
    layer: &LayerEntry,
    fields: &'f Fields,
    mut rows: Rows<'f>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Rows<'f>, FileError> {
    let failed = |error: rusqlite::Error| database.error(&error);
    let names: Vec<String> = fields.columns.iter().map(|(name, _)| quoted(name)).collect();
    let key = fields.columns.iter().position(|(_, role)| matches!(role, Role::Key(_)));
    let sql = format!("SELECT {} FROM {}", names.join(", "), quoted(&layer.table));
    let mut query = database.connection.prepare(&sql).map_err(failed)?;
    let mut found = query.raw_query();
    let limit = database.size.saturating_mul(VIEW_GROWTH).max(VIEW_ALWAYS);
    let mut bytes = 0_u64;
    while let Some(row) = found.next().map_err(failed)? {
        if rows.len().is_multiple_of(ROWS) {
            watch.check().map_err(|_| FileError::cancelled(database.path()))?;
            watch.advance(ROWS as u64);
        }
        let number = key.map(|at| row.get::<_, i64>(at).unwrap_or_default());
        rows.begin(number.unwrap_or_default());
        for column in 0..names.len() {
            let value = row.get_ref(column).map_err(failed)?;
            bytes = bytes.saturating_add(8);
            if let rusqlite::types::ValueRef::Text(long) | rusqlite::types::ValueRef::Blob(long) =
                value
            {
                bytes = bytes.saturating_add(long.len() as u64);
            }
            rows.put(column, value);
        }
        if bytes > limit {
            let args = vec![("rows", Arg::Count(rows.len() as u64))];
            problems.report("problem-geopackage-endless", 1, args, None);
            break;
        }
    }
    Ok(rows)
}
