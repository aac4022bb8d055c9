//! What a test changes in a dataset.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

use super::value::{Row, Value};

/// A change of the data; rows go by their place as first made (that of `/records`).
#[derive(Clone, Debug)]
pub enum Change {
    /// A cell gets another value.
    Set {
        row: usize,
        field: String,
        value: Value,
    },
    Remove {
        row: usize,
    },
    Add {
        row: Row,
    },
    /// The rows are processed again, and come out the same.
    Touch,
}

impl Change {
    pub fn set(row: usize, field: &str, value: impl Into<Value>) -> Change {
        Change::Set { row, field: field.to_owned(), value: value.into() }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Edits {
    set: BTreeMap<usize, Vec<(String, Value)>>,
    removed: BTreeSet<usize>,
    pub added: Vec<Row>,
    /// How often something changed.
    times: u32,
}

impl Edits {
    pub fn make(&mut self, change: Change) {
        self.times += 1;
        match change {
            Change::Set { row, field, value } => {
                self.set.entry(row).or_default().push((field, value));
            }
            Change::Remove { row } => {
                self.removed.insert(row);
            }
            Change::Add { row } => self.added.push(row),
            Change::Touch => {}
        }
    }

    pub fn removes(&self, row: usize) -> bool {
        self.removed.contains(&row)
    }

    pub fn removed_below(&self, count: usize) -> usize {
        self.removed.range(..count).count()
    }

    pub fn set_of(&self, row: usize) -> &[(String, Value)] {
        self.set.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The time of processing after the changes: an hour later with each.
    pub fn processed(&self, first: DateTime<Utc>) -> DateTime<Utc> {
        first + Duration::hours(i64::from(self.times))
    }
}
