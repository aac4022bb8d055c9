//! The file opened for reading, and only for reading: nothing of it changes, nothing is left
//! beside it, and nothing that stands in it is run that could do harm.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempDir;

use super::file_header::{self, FileHeader};
use super::uri;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place};

/// How long another program may take to finish its writing.
const PATIENCE: Duration = Duration::from_secs(2);

/// After so many steps of SQLite it is asked whether the person cancelled.
const STEPS: i32 = 20_000;

/// A GeoPackage, or another SQLite file, opened. The fields are dropped in this order.
pub(super) struct Database {
    pub connection: Connection,
    /// The same file, for reading pages.
    pub file: File,
    pub header: FileHeader,
    /// Bytes of the file.
    pub size: u64,
    /// Whether the file alone holds everything: nothing is in a log beside it.
    pub is_whole: bool,
    path: PathBuf,
    /// When it was last written.
    written: Option<SystemTime>,
    /// The copy that is read, where the file itself cannot be.
    _copy: Option<TempDir>,
}

/// How SQLite opens a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// As all programs share a file: writers wait while it is read.
    Shared,
    /// As a file that nobody writes: without locks, and without files of SQLite's beside it.
    Still,
    /// For a copy of our own: what is in its log is brought in.
    Own,
}

/// The files that SQLite keeps beside a file: their sizes, if they are there.
struct Beside {
    /// What was written last and is not in the file yet.
    log: Option<u64>,
    /// What those that have the file open share. Without one, nobody has.
    shared: Option<u64>,
    /// What was there before, in case the writing does not end well.
    journal: Option<u64>,
}

impl Beside {
    fn of(path: &Path) -> Beside {
        let size = |ending| std::fs::metadata(beside(path, ending)).ok().map(|found| found.len());
        Beside { log: size("-wal"), shared: size("-shm"), journal: size("-journal") }
    }

    fn has_log(&self) -> bool {
        self.log.is_some_and(|size| size > 0)
    }

    fn has_journal(&self) -> bool {
        self.journal.is_some_and(|size| size > 0)
    }
}

/// The file of SQLite's beside a file.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(ending);
    PathBuf::from(name)
}

impl Database {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read, or is no SQLite file.
    pub(super) fn open(path: &Path, watch: &Watch) -> Result<Database, FileError> {
        let (_, header) = open_file(path, path)?;
        let found = Beside::of(path);
        if found.has_log() && found.shared.is_none() {
            return Database::of_copy(path, watch);
        }
        let keeps_log = header.keeps_log || found.log.is_some();
        let mode = if keeps_log && found.shared.is_none() { Mode::Still } else { Mode::Shared };
        match Database::open_as(path, path, mode, None, watch) {
            Ok(database) => Ok(database),
            Err(error) if error.is_cancelled() || mode == Mode::Still => Err(error),
            // Only who may write can bring such a file in order.
            Err(_) if found.has_log() || found.has_journal() => Database::of_copy(path, watch),
            // Some network drives know no locks.
            Err(error) if error.what.id == "geopackage-error-sqlite" => {
                Database::open_as(path, path, Mode::Still, None, watch).map_err(|_| error)
            }
            Err(error) => Err(error),
        }
    }

    /// Opens a copy, in which everything is brought into the file.
    fn of_copy(path: &Path, watch: &Watch) -> Result<Database, FileError> {
        let failed = |error: std::io::Error| FileError::io(path, &error);
        let folder = tempfile::tempdir().map_err(failed)?;
        let copy = folder.path().join("copy.gpkg");
        std::fs::copy(path, &copy).map_err(failed)?;
        for ending in ["-wal", "-journal"] {
            let source = beside(path, ending);
            if source.exists() {
                std::fs::copy(source, beside(&copy, ending)).map_err(failed)?;
            }
        }
        Database::open_as(&copy, path, Mode::Own, Some(folder), watch)
    }

    /// Opens `real`, which the person knows as `path`.
    fn open_as(
        real: &Path,
        path: &Path,
        mode: Mode,
        copy: Option<TempDir>,
        watch: &Watch,
    ) -> Result<Database, FileError> {
        let failed = |error: rusqlite::Error| sqlite_error(path, &error);
        let rights = match mode {
            Mode::Own => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Shared | Mode::Still => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let flags = rights | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let address = uri::of_file(real, mode == Mode::Still);
        let connection = Connection::open_with_flags(address, flags).map_err(failed)?;
        if mode == Mode::Own {
            connection.pragma_update(None, "journal_mode", "DELETE").map_err(failed)?;
        }
        let (file, header) = open_file(real, path)?;
        let found = file.metadata().map_err(|error| FileError::io(path, &error))?;
        let size = found.len();
        secure(&connection, size, watch).map_err(failed)?;
        // From the first reading on, until the end, the others wait with writing.
        connection.execute_batch("BEGIN").map_err(failed)?;
        let first = "SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)";
        connection.query_row(first, [], |_| Ok(())).map_err(failed)?;
        let is_whole = mode != Mode::Shared || !Beside::of(real).has_log();
        Ok(Database {
            connection,
            file,
            header,
            size,
            is_whole,
            path: path.to_owned(),
            written: found.modified().ok(),
            _copy: copy,
        })
    }

    /// The file as the person knows it.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// An error of SQLite about the file.
    pub(super) fn error(&self, error: &rusqlite::Error) -> FileError {
        sqlite_error(&self.path, error)
    }

    /// Makes sure that what was read is of one moment; where SQLite reads past a log, it is.
    ///
    /// # Errors
    /// When another program wrote meanwhile.
    pub(super) fn check_unchanged(&self) -> Result<(), FileError> {
        if !self.is_whole {
            return Ok(());
        }
        let mut bytes = [0; file_header::LENGTH];
        let read = crate::formats::pieces::read_at(&self.file, &mut bytes, 0);
        read.map_err(|error| FileError::io(&self.path, &error))?;
        let now = self.file.metadata().map_err(|error| FileError::io(&self.path, &error))?;
        let changes = FileHeader::read(&bytes).map(|header| header.changes);
        let is_same = changes == Some(self.header.changes)
            && now.len() == self.size
            && now.modified().ok() == self.written;
        if is_same {
            return Ok(());
        }
        let what = Message::new("geopackage-error-changed");
        Err(FileError::new(&*self.path, what).remedy(Message::new("geopackage-remedy-again")))
    }
}

fn open_file(real: &Path, path: &Path) -> Result<(File, FileHeader), FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let file = File::open(real).map_err(failed)?;
    let mut head = Vec::new();
    let wanted = file_header::LENGTH as u64;
    (&file).take(wanted).read_to_end(&mut head).map_err(failed)?;
    let header = FileHeader::read(&head).ok_or_else(|| no_database(path, &head))?;
    Ok((file, header))
}

fn no_database(path: &Path, head: &[u8]) -> FileError {
    let again = Message::new("remedy-get-again");
    if head.is_empty() {
        return FileError::new(path, Message::new("error-file-empty")).remedy(again);
    }
    let id = if head.starts_with(file_header::MAGIC) {
        "geopackage-error-damaged"
    } else {
        "geopackage-error-no-database"
    };
    FileError::new(path, Message::new(id)).at(Place::Byte(0)).remedy(again)
}

/// Allows what reading needs, and no more: no functions and tables that a file could name to do
/// harm, no values larger than the file, no end that never comes.
fn secure(connection: &Connection, size: u64, watch: &Watch) -> Result<(), rusqlite::Error> {
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        connection.set_db_config(setting, on)?;
    }
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.busy_timeout(PATIENCE)?;
    // A text in UTF-16 may be longer in UTF-8; a view may put a few together.
    let longest = size.saturating_mul(4).clamp(1 << 24, 1_000_000_000);
    let longest = i32::try_from(longest).unwrap_or(i32::MAX);
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, longest),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    let watch = watch.clone();
    connection.progress_handler(STEPS, Some(move || watch.check().is_err()));
    connection.authorizer(Some(only_reading));
    Ok(())
}

/// Reads tables and computes; refuses everything else.
fn only_reading(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Function { .. }
        | AuthAction::Recursive
        | AuthAction::Transaction { .. }
        | AuthAction::Pragma { pragma_name: "table_xinfo", .. } => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

/// An error of SQLite about a file, in words that help.
fn sqlite_error(path: &Path, error: &rusqlite::Error) -> FileError {
    let detail = match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        other => other.to_string(),
    };
    let of = |id| FileError::new(path, Message::new(id).text("detail", detail.as_str()));
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => FileError::cancelled(path),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TooBig) => {
            of("geopackage-error-sqlite-damaged").remedy(Message::new("remedy-get-again"))
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            of("geopackage-error-busy").remedy(Message::new("geopackage-remedy-busy"))
        }
        Some(ErrorCode::DiskFull) => of("geopackage-error-sqlite"),
        _ => of("geopackage-error-sqlite").remedy(Message::new("remedy-get-again")),
    }
}
