//! Damaged files of every format: cut, with bytes changed, doubled and left out. They open or
//! fail; they do not panic. Each follows from a number, which a failure tells.

use std::collections::BTreeMap;
use std::path::Path;

use belfort::formats::FORMATS;

use crate::fuzzing::{Outcome, Seed, attempt, damaged, seeds, write_seed};
use crate::generated::Chance;

/// How often each seed is damaged here: `examples/fuzz.rs` goes on for as long as one wants.
const TIMES: u64 = 60;

#[test]
fn every_reader_has_seeds_and_opens_them() {
    let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in seeds() {
        let folder = tempfile::tempdir().unwrap();
        let path = write_seed(&seed, folder.path());
        match attempt(&path) {
            Outcome::Opened(rows) => *opened.entry(seed.format).or_default() += rows,
            other => panic!("{}: {other:?}", seed.format),
        }
    }
    for format in FORMATS {
        assert!(opened.get(format.id).is_some_and(|rows| *rows > 0), "no seed of {}", format.id);
    }
}

#[test]
fn damaged_files_open_or_fail() {
    let (mut opened, mut refused) = (0, 0);
    for (number, seed) in seeds().iter().enumerate() {
        for time in 0..TIMES {
            let first = number as u64 * 1_000_003 + time;
            let made = damaged(seed, &mut Chance::new(first));
            let folder = tempfile::tempdir().unwrap();
            match attempt(&write_seed(&made, folder.path())) {
                Outcome::Opened(_) => opened += 1,
                Outcome::Refused => refused += 1,
                Outcome::Panicked(text) => panic!("{} of number {first}: {text}", seed.format),
            }
        }
    }
    assert!(opened > 100 && refused > 20, "the damage is of some weight: {opened}, {refused}");
}

/// A larger file is not cut at every byte, but at so many.
const CUTS: usize = 400;
/// What is a small file, bytes.
const SMALL: usize = 8 << 10;

#[test]
fn files_cut_anywhere_open_or_fail() {
    let size = |seed: &Seed| seed.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    // The smallest of each kind.
    let mut smallest: BTreeMap<String, Seed> = BTreeMap::new();
    for seed in seeds() {
        let kind = format!("{} .{}", seed.format, seed.files[0].0);
        if smallest.get(&kind).is_none_or(|known| size(&seed) < size(known)) {
            smallest.insert(kind, seed);
        }
    }
    assert!(smallest.len() > FORMATS.len());
    for (kind, seed) in smallest {
        let folder = tempfile::tempdir().unwrap();
        for file in 0..seed.files.len() {
            let whole = seed.files[file].1.len();
            let step = if whole <= SMALL { 1 } else { whole.div_ceil(CUTS) };
            let mut cut = seed.clone();
            // From the end on, so that each is a cut of the one before.
            for end in (0..whole).rev().step_by(step) {
                cut.files[file].1.truncate(end);
                let outcome = attempt(&write_seed(&cut, folder.path()));
                assert!(!matches!(outcome, Outcome::Panicked(_)), "{kind} at {end}: {outcome:?}");
            }
        }
    }
}

/// Files that once brought a reader down, kept by `examples/fuzz.rs`.
#[test]
fn what_once_went_wrong_goes_right() {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzing/found");
    let mut tried = 0;
    for entry in std::fs::read_dir(found).unwrap() {
        let path = entry.unwrap().path();
        let is_main = path.extension().is_some_and(|it| it != "md" && it != "dbf" && it != "shx");
        if is_main {
            let outcome = attempt(&path);
            assert!(!matches!(outcome, Outcome::Panicked(_)), "{}: {outcome:?}", path.display());
            tried += 1;
        }
    }
    eprintln!("{tried} files that once went wrong");
}
