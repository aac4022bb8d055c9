//! Writes a GeoPackage: one or several layers, each with a spatial index.
//!
//! The file is written beside its target, in one go and without a journal: until it is whole,
//! nobody looks at it.

mod index;
mod names;
mod plan;
mod rows;
mod schema;
mod styles;
mod systems;
mod values;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::database::beside;
use crate::formats::{AtomicFile, WriteOptions};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::Table;
use names::Names;
use plan::LayerPlan;
use rows::WriteFail;
use systems::Systems;

/// SQLite's own limit is 2000 columns; the key and the geometry are among them.
const MOST_FIELDS: usize = 1_990;

/// How much of the file SQLite keeps in memory while it writes, in KiB.
const CACHE: i64 = 65_536;

/// What a GeoPackage would drop or change.
pub(super) fn changes(table: &Table, options: &WriteOptions) -> Problems {
    let mut problems = LayerPlan::of(table, &mut Names::default()).problems;
    problems.extend(options.style_of(0, table).map(|style| style.problems).unwrap_or_default());
    problems
}

/// Writes a table as the one layer of a file.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    write_several(&[table], path, options, watch)
}

/// Writes several tables as the layers of one file.
pub(super) fn write_several(
    tables: &[&Table],
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    if let Some(wide) = tables.iter().find(|table| table.fields.len() > MOST_FIELDS) {
        let count = wide.fields.len() as u64;
        let what = Message::new("geopackage-error-too-many-fields").count("count", count);
        let remedy = Message::new("geopackage-remedy-fewer-fields");
        return Err(FileError::new(path, what).remedy(remedy));
    }
    // Each row is written, and put into the index.
    watch.set_total(tables.iter().map(|table| 2 * table.rows() as u64).sum());
    let file = AtomicFile::create(path)?;
    let written = fill(file.path(), tables, options, watch);
    written.map_err(|fail| told(path, &fail))?;
    let finished = file.finish()?;
    // What SQLite kept beside the file whose place this one takes would be put into this one.
    for ending in ["-wal", "-shm", "-journal"] {
        let stale = beside(path, ending);
        if stale.exists() {
            std::fs::remove_file(&stale).map_err(|error| FileError::io(&stale, &error))?;
        }
    }
    finished.put_in_place()?;
    Ok(vec![path.to_owned()])
}

fn told(path: &Path, fail: &WriteFail) -> FileError {
    let WriteFail::Sqlite(error) = fail else { return FileError::cancelled(path) };
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        return FileError::io(path, &full);
    }
    let what = Message::new("geopackage-error-not-written").text("detail", error.to_string());
    FileError::new(path, what)
}

/// Fills an empty file.
fn fill(
    path: &Path,
    tables: &[&Table],
    options: &WriteOptions,
    watch: &Watch,
) -> Result<(), WriteFail> {
    let mut names = Names::default();
    let plans: Vec<LayerPlan<'_>> =
        tables.iter().map(|table| LayerPlan::of(table, &mut names)).collect();
    let mut systems = Systems::new();
    let numbers: Vec<i32> =
        tables.iter().map(|table| systems.of_layer(table.crs.as_ref())).collect();

    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Dropped before it is whole, the file goes away.
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.execute_batch("BEGIN")?;
    schema::identify(&connection)?;
    let has_descriptions =
        plans.iter().any(|plan| plan.columns.iter().any(plan::ColumnPlan::is_described));
    schema::make_tables(&connection, systems.need_newer(), has_descriptions)?;
    systems.write(&connection)?;
    for (at, (plan, srs)) in plans.iter().zip(numbers).enumerate() {
        // The note that was given is that of the first layer; others have their own.
        let own = plan.table.origin.note.as_deref().filter(|_| at > 0);
        let note = own.or(options.note.as_deref());
        schema::make_layer(&connection, plan, srs, note)?;
        rows::write(&connection, plan, srs, watch)?;
        if let Some(geometry) = &plan.geometry {
            index::write(&connection, plan, geometry, watch)?;
        }
        schema::finish_layer(&connection, plan)?;
    }
    let styles = plans.iter().enumerate();
    let styles = styles.filter_map(|(at, plan)| Some((plan, options.style_of(at, plan.table)?)));
    styles::write(&connection, styles)?;
    connection.execute_batch("COMMIT")?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}
