//! Handing a table over as a file: choose rows and columns, transform, write, and say what changed.

use std::path::{Path, PathBuf};

use arrow_array::BooleanArray;

use super::{Format, WriteOptions};
use crate::crs::Crs;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::Table;

/// What is handed over.
#[derive(Clone, Debug)]
pub struct Export<'a> {
    /// The source.
    pub table: &'a Table,
    /// Only the rows where this is true; none for all.
    pub rows: Option<&'a BooleanArray>,
    /// Only these columns, in this order; none for all.
    pub columns: Option<Vec<usize>>,
    /// The CRS of the file; none for the source's own.
    pub crs: Option<Crs>,
    /// The format.
    pub format: &'static Format,
    /// How it is written.
    pub options: WriteOptions,
}

/// What was handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportReport {
    /// Rows of the source.
    pub read: u64,
    /// Rows written.
    pub written: u64,
    /// Rows chosen but not written.
    pub dropped: u64,
    /// What was lost or changed on the way.
    pub problems: Problems,
    /// The files made, the one to open first.
    pub outputs: Vec<PathBuf>,
}

/// What [`export`] would drop or change, without writing.
pub fn export_changes(_export: &Export<'_>) -> Problems {
    Problems::new()
}

/// Writes a file (or several, where the format needs them).
///
/// # Errors
/// When the table cannot be transformed or the files cannot be written; older files stay whole.
pub fn export(
    _export: &Export<'_>,
    path: &Path,
    _watch: &Watch,
) -> Result<ExportReport, FileError> {
    Err(FileError::new(path, Message::new("error-unknown-format")))
}
