//! Opening a damaged file, and using what came of it.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use belfort::formats::{ReadOptions, layers_in, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::map::LayerScene;
use belfort::table::Table;

use super::seeds::Seed;

/// What came of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It opened, with so many rows.
    Opened(usize),
    /// It was refused with an error.
    Refused,
    /// The program would have ended: with what.
    Panicked(String),
}

/// Puts the files of a seed into a folder; gives the one to open.
pub fn write_seed(seed: &Seed, folder: &Path) -> PathBuf {
    for (extension, bytes) in &seed.files {
        // Over the file that is there: to let go of its room and ask for it again takes longer.
        let path = folder.join(format!("a.{extension}"));
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let mut file = file.unwrap();
        file.write_all(bytes).unwrap();
        file.set_len(bytes.len() as u64).unwrap();
    }
    folder.join(format!("a.{}", seed.files[0].0))
}

/// Lists and opens a file, and does with it what the window does: indexes, draws, tells.
pub fn attempt(path: &Path) -> Outcome {
    caught(|| {
        let _ = layers_in(path, &Watch::unwatched());
        opened(path)
    })
}

/// As [`attempt`], without asking for a list of the layers first, which takes as long as opening.
#[allow(dead_code, reason = "the test suite asks for everything")]
pub fn attempt_to_open(path: &Path) -> Outcome {
    caught(|| opened(path))
}

fn opened(path: &Path) -> Outcome {
    match open(path, &ReadOptions::default(), &Watch::unwatched()) {
        Ok(tables) => Outcome::Opened(tables.iter().map(use_table).sum()),
        Err(error) => {
            assert!(!error.text(Language::Dutch).is_empty());
            Outcome::Refused
        }
    }
}

fn caught(work: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Outcome::Panicked(text.unwrap_or_default())
    })
}

fn use_table(table: &Table) -> usize {
    let watch = Watch::unwatched();
    let _ = table.extent();
    let _ = table.index();
    let _ = table.identity();
    let _ = LayerScene::build(table, &watch);
    for problem in &table.origin.problems {
        assert!(!problem.text(Language::English).is_empty());
    }
    for row in 0..table.rows().min(100) {
        for column in 0..table.fields.len() {
            let _ = format!("{:?}", table.value(row, column));
        }
    }
    table.rows()
}
