//! What was seen of how datasets change: when each was last asked, and when its data were new.
//!
//! Kept in a small file beside the copies, so that a project that is opened every hour does not ask
//! every hour for what changes once a year. A file that is lost or damaged costs a few questions.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use super::dataset::Dataset;
use crate::formats::AtomicFile;
use crate::problem::FileError;

/// How many changes of a dataset are remembered.
const CHANGES: usize = 12;

/// What was seen of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Habit {
    /// When the portal was last asked whether it changed.
    #[serde(with = "super::moments::maybe")]
    pub asked_at: Option<DateTime<FixedOffset>>,
    /// When the portal took in its data, as it said each time, the oldest first.
    #[serde(default)]
    changes: VecDeque<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Moment(#[serde(with = "super::moments::maybe")] Option<DateTime<FixedOffset>>);

impl Habit {
    /// When its data were new, the oldest first.
    pub fn changes(&self) -> Vec<DateTime<FixedOffset>> {
        self.changes.iter().filter_map(|moment| moment.0).collect()
    }
}

/// What was seen of all datasets, by portal and identifier.
#[derive(Debug, Default)]
pub(super) struct Habits {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The file that was read.
    file: PathBuf,
    habits: BTreeMap<String, Habit>,
}

impl Habits {
    /// What was seen of a dataset. Reads the file at the first call: for a job.
    pub fn of(&self, folder: &Path, key: &str) -> Habit {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.read(folder);
        known.habits.get(key).cloned().unwrap_or_default()
    }

    /// Remembers that a portal told about a dataset now.
    pub fn note(&self, folder: &Path, key: &str, dataset: &Dataset, now: DateTime<Utc>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.read(folder);
        let habit = known.habits.entry(key.to_owned()).or_default();
        habit.asked_at = Some(now.fixed_offset());
        let newest = habit.changes.back().and_then(|moment| moment.0);
        let is_new = |at: &DateTime<FixedOffset>| newest.is_none_or(|newest| newest < *at);
        if let Some(at) = dataset.data_processed.filter(is_new) {
            habit.changes.push_back(Moment(Some(at)));
            while habit.changes.len() > CHANGES {
                habit.changes.pop_front();
            }
        }
        if let Err(error) = known.write() {
            log::warn!("{error}");
        }
    }
}

impl Known {
    fn read(&mut self, folder: &Path) {
        let file = folder.join("asked.json");
        if self.file == file {
            return;
        }
        let text = std::fs::read_to_string(&file).ok();
        self.habits = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        self.file = file;
    }

    fn write(&self) -> Result<(), FileError> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
        }
        let text = serde_json::to_string(&self.habits).unwrap_or_default();
        let mut out = AtomicFile::create(&self.file)?;
        out.write_all(text.as_bytes())?;
        out.commit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_remembered_once_each_and_outlive_the_program()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let habits = Habits::default();
        let at = |minute: i64| DateTime::from_timestamp(minute * 60, 0).unwrap_or_default();
        for minute in 0..40 {
            // New data every other minute.
            let processed = Some(at(minute - minute % 2).fixed_offset());
            let dataset = Dataset { data_processed: processed, ..Dataset::default() };
            habits.note(folder.path(), "gent/a", &dataset, at(minute));
        }
        habits.note(folder.path(), "gent/b", &Dataset::default(), at(1));
        let again = Habits::default();
        for habits in [&habits, &again] {
            let habit = habits.of(folder.path(), "gent/a");
            assert_eq!(habit.asked_at, Some(at(39).fixed_offset()));
            let expected: Vec<_> = (8..20).map(|two| at(two * 2).fixed_offset()).collect();
            assert_eq!(habit.changes(), expected);
            assert!(habits.of(folder.path(), "gent/b").changes().is_empty());
            assert_eq!(habits.of(folder.path(), "gent/c"), Habit::default());
        }
        std::fs::write(folder.path().join("asked.json"), "{")?;
        assert_eq!(Habits::default().of(folder.path(), "gent/a"), Habit::default());
        Ok(())
    }
}
