//! A sheet opened in the person's program for PDF files, which knows the printer.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::output::{OutputError, Written};
use super::parts::{SheetParts, TILES_OF_FILE};
use super::writing::write;
use crate::app::file_dialogs::file_name;
use crate::app::viewer::Viewer;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::tiles::TileStore;

/// Dots per inch of the pictures in it.
const DOTS: f64 = 300.0;

/// How long the file stays: until it was certainly printed.
const KEPT: Duration = Duration::from_hours(24);

/// Writes a sheet as PDF to a folder of passing files and opens it.
///
/// # Errors
/// When it cannot be made or written, or no program opens it.
pub(super) fn view(
    (parts, tiles): (&SheetParts, &TileStore),
    (folder, title): (&Path, &str),
    viewer: &Viewer,
    watch: &Watch,
) -> Result<Written, OutputError> {
    fs::create_dir_all(folder).map_err(|error| OutputError::File(FileError::io(folder, &error)))?;
    forget(folder, SystemTime::now());
    let path = free(folder, title);
    let how = (DOTS, TILES_OF_FILE);
    let written = write(parts, tiles, &path, how, None, watch).map_err(|stopped| stopped.error)?;
    viewer(&path).map_err(|error| {
        let what = Message::new("app-print-no-viewer").text("detail", error.to_string());
        let remedy = Message::new("app-print-no-viewer-remedy");
        OutputError::File(FileError::new(&path, what).remedy(remedy))
    })?;
    Ok(written)
}

/// A file that no program may have open yet: some systems let nobody write to one that is.
fn free(folder: &Path, title: &str) -> PathBuf {
    let name = file_name(title);
    let path = |number: usize| match number {
        0 => folder.join(format!("{name}.pdf")),
        _ => folder.join(format!("{name} {}.pdf", number + 1)),
    };
    let mut number = 0;
    while number < 1000 && path(number).exists() {
        number += 1;
    }
    path(number)
}

/// Removes what was left there long ago; what cannot be removed stays.
fn forget(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let written = fs::metadata(&path).and_then(|about| about.modified());
        let age = written.ok().and_then(|written| now.duration_since(written).ok());
        if path.extension().is_some_and(|ending| ending == "pdf")
            && age.is_some_and(|age| age > KEPT)
            && let Err(error) = fs::remove_file(&path)
        {
            log::warn!("{}: {error}", path.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_free_and_old_files_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = free(folder.path(), "Ledeberg: kermis");
        fs::write(&first, "x").unwrap();
        fs::write(folder.path().join("brief.txt"), "x").unwrap();
        let second = free(folder.path(), "Ledeberg: kermis");
        assert_ne!(first, second);
        forget(folder.path(), SystemTime::now());
        assert!(first.exists());
        forget(folder.path(), SystemTime::now() + KEPT + Duration::from_mins(1));
        assert!(!first.exists() && folder.path().join("brief.txt").exists());
    }
}
