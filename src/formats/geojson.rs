//! Stub.

use std::path::Path;

use super::{Confidence, Format};
use crate::i18n::Message;
use crate::problem::{FileError, Problems};

/// Stub.
pub static FORMAT: Format = Format {
    id: "geojson",
    name: "geojson",
    extensions: &["geojson"],
    recognise: |_, _| Confidence::No,
    read: |path: &Path, _, _| Err(FileError::new(path, Message::new("error-not-found"))),
    write: None,
    changes: |_, _| Problems::new(),
};
