//! The file: its tables, writing what is new, throwing the oldest away.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::keys::{number_of, recorded};
use crate::jobs::Watch;
use crate::table::Table;

/// Why nothing can be recorded or told.
type Failure = rusqlite::Error;

/// The form of the file; another one is thrown away.
const VERSION: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE layers (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
    CREATE TABLE fields (id INTEGER PRIMARY KEY, layer INTEGER NOT NULL, name TEXT NOT NULL,
        UNIQUE (layer, name));
    CREATE TABLE rows (id INTEGER PRIMARY KEY, layer INTEGER NOT NULL, key TEXT NOT NULL,
        UNIQUE (layer, key));
    CREATE TABLE moments (layer INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (layer, at))
        WITHOUT ROWID;
    CREATE TABLE readings (row INTEGER NOT NULL, field INTEGER NOT NULL, at INTEGER NOT NULL,
        value REAL, PRIMARY KEY (row, field, at)) WITHOUT ROWID;
    CREATE TABLE latest (row INTEGER NOT NULL, field INTEGER NOT NULL, value REAL,
        PRIMARY KEY (row, field)) WITHOUT ROWID;";

/// Opens the file, or makes it.
pub(super) fn open(path: &Path) -> Result<Connection, Failure> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version != VERSION {
        // Made by a program that is newer, or just made.
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
        if tables > 0 {
            drop(connection);
            // Nothing of it could be used.
            if let Err(error) = std::fs::remove_file(path) {
                log::warn!("{}: {error}", path.display());
            }
            return open(path);
        }
        connection.pragma_update(None, "auto_vacuum", 2)?;
        connection.execute_batch(SCHEMA)?;
        connection.pragma_update(None, "user_version", VERSION)?;
    }
    // One writer at a time, readers beside it; what was written last may be lost with the power.
    connection.pragma_update(None, "synchronous", 1)?;
    Ok(connection)
}

pub(super) fn layer_of(connection: &Connection, address: &str) -> Result<Option<i64>, Failure> {
    let mut query = connection.prepare_cached("SELECT id FROM layers WHERE address = ?")?;
    query.query_row([address], |row| row.get(0)).optional()
}

/// Writes what is other than before; answers how many numbers that are.
pub(super) fn write(
    connection: &mut Connection,
    address: &str,
    table: &Table,
    keys: &[String],
    at: DateTime<Utc>,
    watch: &Watch,
) -> Result<u64, Failure> {
    let at = at.timestamp_millis();
    let all = connection.transaction()?;
    all.execute("INSERT OR IGNORE INTO layers (address) VALUES (?)", [address])?;
    let layer: i64 =
        all.query_row("SELECT id FROM layers WHERE address = ?", [address], |row| row.get(0))?;
    let is_new =
        all.execute("INSERT OR IGNORE INTO moments (layer, at) VALUES (?, ?)", params![layer, at])?;
    let newest: i64 =
        all.query_row("SELECT max(at) FROM moments WHERE layer = ?", [layer], |row| row.get(0))?;
    if is_new == 0 || newest > at {
        // Known already, or older than what is known.
        return Ok(0);
    }
    let mut known: HashMap<String, i64> = HashMap::new();
    let mut latest: HashMap<(i64, i64), Option<f64>> = HashMap::new();
    {
        let mut rows = all.prepare("SELECT key, id FROM rows WHERE layer = ?")?;
        for row in rows.query_map([layer], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (key, id) = row?;
            known.insert(key, id);
        }
        let mut values = all.prepare(
            "SELECT row, field, value FROM latest JOIN rows ON rows.id = row WHERE layer = ?",
        )?;
        for value in values.query_map([layer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
            let (row, field, value) = value?;
            latest.insert((row, field), value);
        }
    }
    let mut fields = Vec::new();
    for place in recorded(table) {
        let name = &table.fields.get(place).map(|field| field.name.clone()).unwrap_or_default();
        all.execute(
            "INSERT OR IGNORE INTO fields (layer, name) VALUES (?, ?)",
            params![layer, name],
        )?;
        let id: i64 = all.query_row(
            "SELECT id FROM fields WHERE layer = ? AND name = ?",
            params![layer, name],
            |row| row.get(0),
        )?;
        fields.push((place, id));
    }
    let mut written = 0;
    {
        let mut new_row = all.prepare("INSERT INTO rows (layer, key) VALUES (?, ?)")?;
        let mut reading = all.prepare(
            "INSERT OR REPLACE INTO readings (row, field, at, value) VALUES (?, ?, ?, ?)",
        )?;
        let mut newest =
            all.prepare("INSERT OR REPLACE INTO latest (row, field, value) VALUES (?, ?, ?)")?;
        let mut put = |row: i64, field: i64, value: Option<f64>| -> Result<(), Failure> {
            reading.execute(params![row, field, at, value])?;
            newest.execute(params![row, field, value])?;
            written += 1;
            Ok(())
        };
        for (number, key) in keys.iter().enumerate() {
            if number % 1024 == 0 && watch.check().is_err() {
                return Ok(0);
            }
            let row = match known.get(key) {
                Some(row) => *row,
                None => new_row.insert(params![layer, key])?,
            };
            for (place, field) in &fields {
                let value = number_of(table.value(number, *place));
                let before = latest.remove(&(row, *field));
                let is_same = before.map_or(value.is_none(), |before| before == value);
                if !is_same {
                    put(row, *field, value)?;
                }
            }
        }
        // Rows that are gone have no numbers any more.
        for ((row, field), value) in latest {
            if value.is_some() {
                put(row, field, None)?;
            }
        }
    }
    all.commit()?;
    Ok(written)
}

/// Throws the oldest away until the file has no more bytes than the limit.
pub(super) fn trim(connection: &mut Connection, limit: u64) -> Result<(), Failure> {
    let size = |connection: &Connection| -> Result<u64, Failure> {
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let pages = pragma("page_count")? - pragma("freelist_count")?;
        Ok(pages.saturating_mul(pragma("page_size")?).unsigned_abs())
    };
    let mut is_trimmed = false;
    while size(connection)? > limit {
        let moments: i64 =
            connection.query_row("SELECT count(*) FROM moments", [], |row| row.get(0))?;
        if moments == 0 {
            break;
        }
        let all = connection.transaction()?;
        let cut: i64 = all.query_row(
            "SELECT at FROM moments ORDER BY at LIMIT 1 OFFSET ?",
            [(moments / 10).min(moments - 1)],
            |row| row.get(0),
        )?;
        all.execute("DELETE FROM moments WHERE at <= ?", [cut])?;
        all.execute(
            "DELETE FROM readings WHERE at <= ?1 AND EXISTS (SELECT 1 FROM readings AS newer
             WHERE newer.row = readings.row AND newer.field = readings.field
             AND newer.at > readings.at AND newer.at <= ?1)",
            [cut],
        )?;
        // Layers that nothing is kept of.
        all.execute_batch(
            "DELETE FROM layers WHERE id NOT IN (SELECT layer FROM moments);
             DELETE FROM fields WHERE layer NOT IN (SELECT id FROM layers);
             DELETE FROM rows WHERE layer NOT IN (SELECT id FROM layers);
             DELETE FROM readings WHERE row NOT IN (SELECT id FROM rows);
             DELETE FROM latest WHERE row NOT IN (SELECT id FROM rows);",
        )?;
        all.commit()?;
        is_trimmed = true;
    }
    if is_trimmed {
        connection.execute_batch("PRAGMA incremental_vacuum;")?;
    }
    Ok(())
}
