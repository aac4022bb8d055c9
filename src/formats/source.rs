//! Bytes at any place of something: a file, or what a server gives in ranges.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::pieces;
use crate::jobs::Watch;
use crate::problem::FileError;

/// Bytes that can be read at any place, by several threads at the same time.
pub(super) trait Source: Sync {
    /// The file or the address, for errors.
    fn path(&self) -> &Path;

    /// How many bytes there are.
    fn length(&self) -> u64;

    /// Fills a buffer with the bytes from a place on.
    ///
    /// # Errors
    /// When there are not so many, or they cannot be read.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), FileError>;

    /// How many bytes that nobody wants are read along rather than asking twice.
    fn worth_reading(&self) -> u64;

    /// A copy on this machine, where that is quicker when all is wanted; none for a file, which is
    /// there already.
    ///
    /// # Errors
    /// When it cannot be fetched, or the person cancelled.
    fn whole(&self, _watch: &Watch) -> Result<Option<FileSource>, FileError> {
        Ok(None)
    }

    /// Reads so many bytes into a buffer that is used again.
    ///
    /// # Errors
    /// As [`Self::read_at`].
    fn read_into<'b>(
        &self,
        buffer: &'b mut Vec<u8>,
        length: usize,
        offset: u64,
    ) -> Result<&'b [u8], FileError> {
        buffer.resize(length, 0);
        self.read_at(offset, buffer)?;
        Ok(buffer)
    }
}

/// A file of this machine.
#[derive(Debug)]
pub(super) struct FileSource {
    path: PathBuf,
    file: File,
    length: u64,
}

impl FileSource {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn open(path: &Path) -> Result<FileSource, FileError> {
        FileSource::of(File::open(path).map_err(|error| FileError::io(path, &error))?, path)
    }

    /// An open file, and what it is called in errors.
    ///
    /// # Errors
    /// When nobody knows how long it is.
    pub(super) fn of(file: File, path: &Path) -> Result<FileSource, FileError> {
        let length = file.metadata().map_err(|error| FileError::io(path, &error))?.len();
        Ok(FileSource { path: path.to_owned(), file, length })
    }
}

impl Source for FileSource {
    fn path(&self) -> &Path {
        &self.path
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), FileError> {
        pieces::read_at(&self.file, into, offset).map_err(|error| FileError::io(&self.path, &error))
    }

    fn worth_reading(&self) -> u64 {
        1 << 14
    }
}
