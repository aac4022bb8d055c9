//! What was fetched so far: a database beside the target, whole at any moment.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::i18n::Message;
use crate::problem::FileError;
use crate::tiles::TileId;
use crate::tiles::archive::tile_id;

/// What was fetched so far.
pub(super) struct Stage {
    path: PathBuf,
    connection: Connection,
}

impl Stage {
    /// Goes on where a fetch from the same source broke off; starts anew after another.
    pub fn open(path: &Path, source: &str) -> Result<Stage, FileError> {
        match Stage::opened(path, source) {
            Ok(stage) => Ok(stage),
            Err(error) => {
                // Not ours, or damaged: nothing in it is worth more than fetching it again.
                log::warn!("{}: {error}", path.display());
                let _ = std::fs::remove_file(path);
                Stage::opened(path, source).map_err(|error| told(path, &error))
            }
        }
    }

    fn opened(path: &Path, source: &str) -> rusqlite::Result<Stage> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS about (source TEXT);
            CREATE TABLE IF NOT EXISTS fetched (id INTEGER PRIMARY KEY, data BLOB);",
        )?;
        let known: Option<String> =
            connection.query_row("SELECT source FROM about", [], |row| row.get(0)).optional()?;
        if known.as_deref() != Some(source) {
            connection.execute_batch("DELETE FROM about; DELETE FROM fetched;")?;
            connection.execute("INSERT INTO about VALUES (?1)", [source])?;
        }
        Ok(Stage { path: path.to_owned(), connection })
    }

    fn told(&self, error: &rusqlite::Error) -> FileError {
        told(&self.path, error)
    }

    /// Whether a tile was asked for, and came or is known to be absent.
    pub fn has(&self, tile: TileId) -> Result<bool, FileError> {
        let mut question = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM fetched WHERE id = ?1)")
            .map_err(|error| self.told(&error))?;
        question.query_row([number(tile)], |row| row.get(0)).map_err(|error| self.told(&error))
    }

    /// Keeps tiles, all or none; those without bytes are absent.
    pub fn put(&mut self, tiles: &[(TileId, Option<&[u8]>)]) -> Result<(), FileError> {
        let path = self.path.clone();
        let failed = |error: rusqlite::Error| told(&path, &error);
        let all = self.connection.transaction().map_err(failed)?;
        {
            let mut put = all
                .prepare_cached("INSERT OR REPLACE INTO fetched VALUES (?1, ?2)")
                .map_err(failed)?;
            for (tile, bytes) in tiles {
                put.execute(params![number(*tile), bytes]).map_err(failed)?;
            }
        }
        all.commit().map_err(failed)
    }

    /// The bytes of a tile; none where it is absent or was not asked for.
    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, FileError> {
        let mut question = self
            .connection
            .prepare_cached("SELECT data FROM fetched WHERE id = ?1")
            .map_err(|error| self.told(&error))?;
        let found = question.query_row([number(tile)], |row| row.get(0)).optional();
        Ok(found.map_err(|error| self.told(&error))?.flatten())
    }

    /// Throws it away: all of it is in the file.
    pub fn remove(self) {
        let path = self.path.clone();
        drop(self);
        if let Err(error) = std::fs::remove_file(&path) {
            log::warn!("{}: {error}", path.display());
        }
    }
}

fn number(tile: TileId) -> i64 {
    i64::try_from(tile_id(tile)).unwrap_or(i64::MAX)
}

fn told(path: &Path, error: &rusqlite::Error) -> FileError {
    let what = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => Message::new("take-error-full"),
        _ => Message::new("error-io").text("detail", error.to_string()),
    };
    FileError::new(path, what)
}
