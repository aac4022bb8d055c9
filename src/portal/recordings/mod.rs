//! What live layers showed, kept in an SQLite file on this machine: the numbers of each row by its
//! key and the time, so that the free places of a garage get a history.
//!
//! A number is written when it is another than before; beside it stands when the layer was seen at
//! all. The file has a limit: the oldest goes first, but the last number before what is kept stays,
//! for a number holds until the next. Everything here waits for the disk: it is for jobs.

mod file;
mod keys;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use self::file::{layer_of, open, trim, write};
use self::keys::{row_keys, with_values};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;

/// What was recorded, in one file for all projects.
pub struct Recordings {
    path: PathBuf,
    connection: Mutex<Option<Connection>>,
}

/// The numbers of one field of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The field, by its technical name.
    pub field: String,
    /// When it was another number, and which; none where there was none.
    pub readings: Vec<(DateTime<Utc>, Option<f64>)>,
}

/// What was recorded of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The fields, those that changed most often first.
    pub series: Vec<Series>,
    /// The first and the last time the layer was seen.
    pub span: (DateTime<Utc>, DateTime<Utc>),
    /// From when to when nobody looked: between two times much farther apart than others.
    pub unseen: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The times between moments that are more than four times as far apart as most, and at least ten
/// minutes.
fn unseen(moments: &[DateTime<Utc>]) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let pairs = moments.iter().zip(moments.iter().skip(1));
    let mut lengths: Vec<_> = pairs.clone().map(|(one, next)| *next - *one).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    let longest = (usual * 4).max(chrono::TimeDelta::minutes(10));
    let is_long = |(one, next): &(&DateTime<Utc>, &DateTime<Utc>)| **next - **one > longest;
    pairs.filter(is_long).map(|(one, next)| (*one, *next)).collect()
}

impl Recordings {
    /// In a file, which is made when something is recorded.
    pub fn new(path: PathBuf) -> Recordings {
        Recordings { path, connection: Mutex::new(None) }
    }

    /// Records what a layer shows at a moment, and keeps the file below a number of bytes. Answers
    /// how many numbers were other than before: none where rows have no key to know them by.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn record(
        &self,
        address: &str,
        table: &Table,
        at: DateTime<Utc>,
        limit: u64,
        watch: &Watch,
    ) -> Result<u64, FileError> {
        let Some(keys) = row_keys(table) else { return Ok(0) };
        self.with(|connection| {
            let written = write(connection, address, table, &keys, at, watch)?;
            trim(connection, limit)?;
            Ok(written)
        })
    }

    /// When a layer was seen, the first time first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn moments(&self, address: &str) -> Result<Vec<DateTime<Utc>>, FileError> {
        self.read(Vec::new(), |connection| {
            let mut query = connection.prepare_cached(
                "SELECT at FROM moments JOIN layers ON layers.id = layer WHERE address = ?
                 ORDER BY at",
            )?;
            let moments = query.query_map([address], |row| row.get(0))?;
            moments.map(|at| at.map(moment)).collect()
        })
    }

    /// What was recorded of a row of a layer; none where nothing was.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn history(
        &self,
        address: &str,
        table: &Table,
        row: usize,
    ) -> Result<Option<History>, FileError> {
        let key = row_keys(table).and_then(|keys| keys.into_iter().nth(row));
        let Some(key) = key else { return Ok(None) };
        let unseen = unseen(&self.moments(address)?);
        self.read(None, |connection| {
            let Some(layer) = layer_of(connection, address)? else { return Ok(None) };
            let span = connection.query_row(
                "SELECT min(at), max(at) FROM moments WHERE layer = ?",
                [layer],
                |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)),
            )?;
            let (Some(first), Some(last)) = span else { return Ok(None) };
            let mut query = connection.prepare_cached(
                "SELECT name, max(at, ?1), value FROM readings
                 JOIN rows ON rows.id = row JOIN fields ON fields.id = field
                 WHERE rows.layer = ?2 AND key = ?3 ORDER BY field, at",
            )?;
            let found = query.query_map(params![first, layer, key], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<f64>>(2)?))
            })?;
            let mut series: Vec<Series> = Vec::new();
            for found in found {
                let (field, at, value) = found?;
                if series.last().is_none_or(|last| last.field != field) {
                    series.push(Series { field, readings: Vec::new() });
                }
                if let Some(last) = series.last_mut() {
                    // Of what was before the first moment the newest holds.
                    if last.readings.last().is_some_and(|(before, _)| *before == moment(at)) {
                        last.readings.pop();
                    }
                    last.readings.push((moment(at), value));
                }
            }
            series.sort_by_key(|series| std::cmp::Reverse(series.readings.len()));
            let span = (moment(first), moment(last));
            Ok((!series.is_empty()).then_some(History { series, span, unseen }))
        })
    }

    /// A layer with the numbers of a moment: as the table is now, but numbers and yes or no are
    /// those recorded (none where there are none), and dates and times, which are not recorded, are
    /// left out. None where nothing was recorded of it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn as_of(
        &self,
        address: &str,
        table: &Table,
        at: DateTime<Utc>,
    ) -> Result<Option<Table>, FileError> {
        let Some(keys) = row_keys(table) else { return Ok(None) };
        let found = self.read(None, |connection| {
            let Some(layer) = layer_of(connection, address)? else { return Ok(None) };
            // SQLite gives the other columns of the row that has the maximum.
            let mut query = connection.prepare_cached(
                "SELECT key, name, value, max(at) FROM readings
                 JOIN rows ON rows.id = row JOIN fields ON fields.id = field
                 WHERE rows.layer = ?1 AND at <= ?2 GROUP BY row, field",
            )?;
            let mut values: HashMap<String, HashMap<String, f64>> = HashMap::new();
            let found = query.query_map(params![layer, at.timestamp_millis()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<f64>>(2)?))
            })?;
            for found in found {
                let (key, name, value): (String, String, Option<f64>) = found?;
                if let Some(value) = value {
                    values.entry(name).or_default().insert(key, value);
                }
            }
            Ok(Some(values))
        })?;
        // Columns are as long as the keys are many: anything else is a defect.
        Ok(found.and_then(|values| with_values(table, &keys, &values).ok()))
    }

    /// Bytes on disk.
    pub fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }

    /// Throws everything away.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn clear(&self) -> Result<(), FileError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        *connection = None;
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(FileError::io(&self.path, &error))
            }
            _ => Ok(()),
        }
    }

    /// Reads; without a file there is nothing.
    fn read<T>(
        &self,
        nothing: T,
        work: impl FnOnce(&mut Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, FileError> {
        if self.path.is_file() { self.with(work) } else { Ok(nothing) }
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, FileError> {
        let failed = |error: rusqlite::Error| {
            let what = Message::new("portal-error-recordings").text("detail", error.to_string());
            FileError::new(&self.path, what).remedy(Message::new("portal-remedy-recordings"))
        };
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        if connection.is_none() {
            if let Some(folder) = self.path.parent() {
                std::fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
            }
            *connection = Some(open(&self.path).map_err(failed)?);
        }
        match connection.as_mut() {
            Some(connection) => work(connection).map_err(failed),
            None => Err(FileError::new(&self.path, Message::new("portal-error-recordings"))),
        }
    }
}

fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

#[cfg(test)]
mod tests;
