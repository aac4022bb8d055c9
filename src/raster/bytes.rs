//! Reading pieces of a file, from several threads.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// A file of which pieces are read. It is never mapped: another program may shorten it.
#[derive(Debug)]
pub(super) struct Bytes {
    path: PathBuf,
    file: Mutex<File>,
    length: u64,
}

impl Bytes {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Bytes, FileError> {
        let failed = |error: std::io::Error| FileError::io(path, &error);
        let file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok(Bytes { path: path.to_owned(), file: Mutex::new(file), length })
    }

    /// The file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes the file had when it was opened.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether so many bytes from a place on are all in the file.
    pub fn has(&self, at: u64, length: u64) -> bool {
        at.checked_add(length).is_some_and(|end| end <= self.length)
    }

    /// The bytes of a piece. Nothing is reserved for what lies beyond the file's end.
    ///
    /// # Errors
    /// When the piece is not all in the file, or cannot be read.
    pub fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, FileError> {
        let mut piece = Vec::new();
        self.append(at, length, &mut piece)?;
        Ok(piece)
    }

    /// As [`Self::read`], behind what is there already.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn append(&self, at: u64, length: usize, to: &mut Vec<u8>) -> Result<(), FileError> {
        if !self.has(at, length as u64) {
            return Err(self.cut(at));
        }
        let before = to.len();
        to.resize(before.saturating_add(length), 0);
        let piece = to.get_mut(before..).unwrap_or_default();
        // Whoever panicked while reading left only the place in the file undefined.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(piece));
        read.map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => self.cut(at),
            _ => FileError::io(&self.path, &error).at(Place::Byte(at)),
        })
    }

    /// The file ends before what is wanted of it.
    fn cut(&self, at: u64) -> FileError {
        FileError::new(&self.path, Message::new("raster-error-cut"))
            .at(Place::Byte(at.min(self.length)))
            .remedy(Message::new("remedy-get-again"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_beyond_the_end_are_refused_before_memory_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, b"0123456789").unwrap();
        let bytes = Bytes::open(&path).unwrap();
        assert_eq!(bytes.read(3, 4).unwrap(), b"3456");
        for (at, length) in [(8, 3), (11, 0), (0, usize::MAX), (u64::MAX, 1)] {
            let error = bytes.read(at, length).unwrap_err();
            assert_eq!(error.what.id, "raster-error-cut", "{at} {length}");
        }
    }
}
