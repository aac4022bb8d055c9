//! Where the bytes of an archive are: in a file, or behind an address.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// Bytes that are read in pieces, from several threads.
pub trait Bytes: Send + Sync {
    /// The file, or the address.
    fn path(&self) -> &Path;

    /// How many there are.
    fn length(&self) -> u64;

    /// A piece. Called with pieces that lie inside of [`Bytes::length`] only.
    ///
    /// # Errors
    /// When it cannot be read, or is shorter than it was.
    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, FileError>;
}

/// The bytes of a file. It is read, not mapped: another program may shorten it.
pub struct FileBytes {
    path: PathBuf,
    file: Mutex<File>,
    length: u64,
}

impl FileBytes {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<FileBytes, FileError> {
        let failed = |error: std::io::Error| FileError::io(path, &error);
        let file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok(FileBytes { path: path.to_owned(), file: Mutex::new(file), length })
    }

    /// As much of a piece as there is.
    pub(super) fn read_up_to(&self, at: u64, length: u64) -> Result<Vec<u8>, FileError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut piece = Vec::new();
        let read = file.seek(SeekFrom::Start(at)).and_then(|_| {
            // `take` on the borrowed file: the lock outlives it.
            (&mut *file).take(length).read_to_end(&mut piece)
        });
        read.map_err(|error| FileError::io(&self.path, &error))?;
        Ok(piece)
    }
}

impl Bytes for FileBytes {
    fn path(&self) -> &Path {
        &self.path
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, FileError> {
        let piece = self.read_up_to(at, length as u64)?;
        if piece.len() < length {
            return Err(FileError::new(&self.path, Message::new("tiles-error-cut"))
                .at(Place::Byte(at.saturating_add(piece.len() as u64)))
                .remedy(Message::new("tiles-error-again")));
        }
        Ok(piece)
    }
}
