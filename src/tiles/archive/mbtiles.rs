//! Reading MBTiles (MBTiles Specification 1.3): a database of SQLite with the tables (or views)
//! `tiles` and `metadata`.
//!
//! A stranger's database may hold views that never end, and texts without a limit: what a question
//! may cost is bounded, and functions that could do harm are off.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _};
use serde_json::{Map, Value};

use super::facts::{ArchiveFacts, ArchiveForm, TileForm, WORLD, sound_bounds};
use super::packed::{NotUnpacked, Packing, unpacked};
use crate::formats::geopackage::uri::of_file;
use crate::i18n::Message;
use crate::problem::{FileError, Place};
use crate::table::Extent;
use crate::tiles::TileId;
use crate::tiles::disk::LARGEST_TILE;

/// How many bytes a vector tile may become.
const LARGEST_UNPACKED: usize = 24 << 20;

/// After so many thousand steps of SQLite's machine a question has gone astray: a tile by its key
/// takes some dozens; the range of levels and columns without an index some per tile.
const MOST_STEPS: u32 = 200_000;

/// An MBTiles archive.
pub(super) struct Mbtiles {
    path: PathBuf,
    connection: Mutex<Connection>,
    steps: Arc<AtomicU32>,
    form: TileForm,
}

impl Mbtiles {
    pub fn open(path: &Path) -> Result<(Mbtiles, ArchiveFacts), FileError> {
        let (connection, steps) = connect(path)?;
        let failed = |error: rusqlite::Error| told(path, &error);
        for table in ["tiles", "metadata"] {
            let is_there: bool = connection
                .query_row(
                    "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE lower(name) = ?1)",
                    [table],
                    |row| row.get(0),
                )
                .map_err(failed)?;
            if !is_there {
                let what = Message::new("tiles-error-no-table").text("table", table);
                return Err(
                    FileError::new(path, what).remedy(Message::new("tiles-error-no-table-do"))
                );
            }
        }
        let words = metadata(&connection).map_err(failed)?;
        let first: Option<Vec<u8>> = connection
            .query_row("SELECT tile_data FROM tiles LIMIT 1", [], |row| row.get(0))
            .optional()
            .map_err(failed)?;
        let Some(first) = first else {
            return Err(FileError::new(path, Message::new("tiles-error-no-tiles"))
                .remedy(Message::new("tiles-error-again")));
        };
        // The bytes know better than the word.
        let form = TileForm::of_bytes(&first)
            .or_else(|| TileForm::of_word(words.get("format")?))
            .unwrap_or(TileForm::Other(""));
        if let TileForm::Other(name) = form {
            let word = words.get("format").map_or(name, String::as_str);
            let what = Message::new("tiles-error-form").text("name", word);
            return Err(FileError::new(path, what).remedy(Message::new("tiles-error-form-do")));
        }
        let facts = facts(path, &connection, &words, form)?;
        let connection = Mutex::new(connection);
        let reader = Mbtiles { path: path.to_owned(), connection, steps, form };
        Ok((reader, facts))
    }

    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, FileError> {
        // Rows are counted from the south, as in TMS.
        let row = (1_u64 << tile.z.min(31)) - 1 - u64::from(tile.y);
        let place = (i64::from(tile.z), i64::from(tile.x), i64::try_from(row).unwrap_or(-1));
        let found: Option<Option<Vec<u8>>> = {
            let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            self.steps.store(0, Ordering::Relaxed);
            let mut question = connection
                .prepare_cached(
                    "SELECT tile_data FROM tiles
                    WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3 LIMIT 1",
                )
                .map_err(|error| told(&self.path, &error))?;
            question
                .query_row(place, |row| row.get(0))
                .optional()
                .map_err(|error| told(&self.path, &error))?
        };
        let Some(bytes) = found.flatten() else { return Ok(None) };
        let packing = if self.form == TileForm::Vector { Packing::Unknown } else { Packing::None };
        unpacked(bytes, packing, LARGEST_UNPACKED).map(Some).map_err(|why| {
            let what = match why {
                NotUnpacked::Damaged(detail) => {
                    Message::new("tiles-error-unpack").text("detail", detail)
                }
                NotUnpacked::TooLarge | NotUnpacked::Unknown(_) => Message::new("tiles-error-bomb"),
            };
            FileError::new(&self.path, what)
                .at(Place::Member(format!("{}/{}/{}", tile.z, tile.x, tile.y)))
                .remedy(Message::new("tiles-error-again"))
        })
    }
}

/// A connection that only reads. A file in a folder that cannot be written, or on a medium without
/// locks, is taken as one that nobody changes.
fn connect(path: &Path) -> Result<(Connection, Arc<AtomicU32>), FileError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match Connection::open_with_flags(path, flags).and_then(prepared) {
        Err(error) if error.sqlite_error_code() != Some(ErrorCode::NotADatabase) => {
            let address = of_file(path, true);
            let still = Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI);
            still.and_then(prepared).map_err(|_| told(path, &error))
        }
        opened => opened.map_err(|error| told(path, &error)),
    }
}

fn prepared(connection: Connection) -> Result<(Connection, Arc<AtomicU32>), rusqlite::Error> {
    let largest = i32::try_from(LARGEST_TILE).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, largest)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;",
    )?;
    let steps = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&steps);
    // A question that does not end within its steps is ended.
    let is_astray = move || counted.fetch_add(1, Ordering::Relaxed) > MOST_STEPS;
    connection.progress_handler(1000, Some(is_astray));
    // Reads the head of the file: damage there is told now.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok((connection, steps))
}

fn told(path: &Path, error: &rusqlite::Error) -> FileError {
    let what = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Message::new("tiles-error-not-sqlite"),
        Some(ErrorCode::TooBig) => Message::new("tiles-error-bomb"),
        Some(ErrorCode::OperationInterrupted) => Message::new("tiles-error-endless"),
        _ => Message::new("tiles-error-sqlite").text("detail", error.to_string()),
    };
    FileError::new(path, what).remedy(Message::new("tiles-error-again"))
}

/// Names and values of the table `metadata`; at most a thousand.
fn metadata(connection: &Connection) -> Result<HashMap<String, String>, rusqlite::Error> {
    let mut question = connection.prepare("SELECT name, value FROM metadata LIMIT 1000")?;
    let mut rows = question.query([])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        let text = |at: usize| -> Result<String, rusqlite::Error> {
            let value: rusqlite::types::Value = row.get(at)?;
            Ok(match value {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Real(number) => number.to_string(),
                _ => String::new(),
            })
        };
        found.insert(text(0)?.to_ascii_lowercase(), text(1)?);
    }
    Ok(found)
}

fn facts(
    path: &Path,
    connection: &Connection,
    words: &HashMap<String, String>,
    form: TileForm,
) -> Result<ArchiveFacts, FileError> {
    let failed = |error: rusqlite::Error| told(path, &error);
    let level = |name: &str| words.get(name)?.trim().parse::<u8>().ok();
    let (least, most) = match (level("minzoom"), level("maxzoom")) {
        (Some(least), Some(most)) => (i64::from(least), i64::from(most)),
        _ => connection
            .query_row("SELECT min(zoom_level), max(zoom_level) FROM tiles", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(failed)?,
    };
    let sound = |value: i64| u8::try_from(value).ok().filter(|level| *level <= 30);
    let (Some(min_zoom), Some(max_zoom)) = (sound(least), sound(most)) else {
        return Err(bad_zooms(path, least, most));
    };
    if min_zoom > max_zoom {
        return Err(bad_zooms(path, least, most));
    }
    let bounds = words.get("bounds").and_then(|text| {
        let numbers: Vec<f64> =
            text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
        let &[min_x, min_y, max_x, max_y] = numbers.as_slice() else { return None };
        Some(Extent { min_x, min_y, max_x, max_y })
    });
    let bounds = match bounds {
        Some(bounds) => bounds,
        None => bounds_of_tiles(connection, max_zoom).map_err(failed)?,
    };
    let mut facts = ArchiveFacts {
        path: path.to_owned(),
        form: ArchiveForm::Mbtiles,
        tiles: form,
        min_zoom,
        max_zoom,
        bounds: sound_bounds(bounds),
        name: String::new(),
        attribution: String::new(),
        attribution_url: None,
        description: String::new(),
        layers: Vec::new(),
        bytes: std::fs::metadata(path).map_or(0, |facts| facts.len()),
    };
    let mut all: Map<String, Value> = match words.get("json").map(|json| serde_json::from_str(json))
    {
        Some(Ok(Value::Object(inner))) => inner,
        _ => Map::new(),
    };
    all.extend(words.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))));
    facts.take_metadata(&Value::Object(all));
    Ok(facts)
}

fn bad_zooms(path: &Path, least: i64, most: i64) -> FileError {
    let what = Message::new("tiles-error-zooms")
        .text("least", least.to_string())
        .text("most", most.to_string());
    FileError::new(path, what).remedy(Message::new("tiles-error-again"))
}

/// Where tiles of the deepest level are.
fn bounds_of_tiles(connection: &Connection, level: u8) -> Result<Extent, rusqlite::Error> {
    let found: [Option<i64>; 4] = connection.query_row(
        "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row)
        FROM tiles WHERE zoom_level = ?1",
        [i64::from(level)],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
    )?;
    let [Some(west), Some(east), Some(south), Some(north)] = found else { return Ok(WORLD) };
    let last = (1_i64 << level) - 1;
    let tile = |x: i64, row: i64| {
        let number = |value: i64| u32::try_from(value.clamp(0, last)).unwrap_or(0);
        TileId { z: level, x: number(x), y: number(last.saturating_sub(row)) }.extent_lon_lat()
    };
    Ok(tile(west, south).union(tile(east, north)))
}
