//! GeoJSON and CSV, opening anything, and exports: against real and odd files, and against GDAL.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use belfort::formats::{ReadOptions, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::table::Table;

use crate::support::shared_data;

fn read(path: &Path) -> Result<Vec<Table>, FileError> {
    open(path, &ReadOptions::default(), &Watch::unwatched())
}

/// Reads on a thread of its own: a reader that hangs fails the test, and a panic is seen.
fn read_watched(path: &Path) -> Result<Vec<Table>, FileError> {
    let (sender, receiver) = mpsc::channel();
    let theirs = path.to_owned();
    std::thread::spawn(move || sender.send(read(&theirs)));
    receiver
        .recv_timeout(Duration::from_secs(60))
        .unwrap_or_else(|error| panic!("{}: panic or hang: {error}", path.display()))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Every odd file opens, or fails with an error that names it.
#[test]
fn odd_files_open_or_fail_by_name() {
    for folder in ["odd/geojson-bad", "odd/geojson-edge", "odd/csv"] {
        let Some(folder) = shared_data(folder) else { return };
        for path in files_in(&folder) {
            match read_watched(&path) {
                Ok(tables) => {
                    for table in &tables {
                        eprintln!("{}: {} rows, {:?}", path.display(), table.rows(), table.crs);
                        for problem in &table.origin.problems {
                            eprintln!("    {}", problem.text(Language::English));
                        }
                    }
                    assert!(!tables.is_empty(), "{}", path.display());
                }
                Err(error) => {
                    eprintln!("{error}");
                    let text = error.text(Language::Dutch);
                    assert!(text.contains(&path.display().to_string()), "{text}");
                }
            }
        }
    }
}
