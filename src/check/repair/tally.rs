//! What a repair did, counted.

use std::collections::{BTreeMap, BTreeSet};

use super::{count, place};
use crate::problem::{Place, Problems};

/// How many rows are named for each kind of change.
const NAMED: usize = 5;

/// What was done to rows.
#[derive(Debug, Default)]
pub(super) struct Tally {
    changes: BTreeMap<&'static str, Done>,
    /// The rows changed.
    rows: BTreeSet<usize>,
}

/// One kind of change.
#[derive(Debug, Default)]
struct Done {
    rows: u64,
    places: u64,
    last: Option<usize>,
    named: Vec<Place>,
}

impl Tally {
    /// Notes a change of a row in so many places. For each kind of change rows come in order.
    pub fn note(&mut self, what: &'static str, row: usize, places: u64) {
        if places == 0 {
            return;
        }
        let done = self.changes.entry(what).or_default();
        done.places += places;
        if done.last != Some(row) {
            done.last = Some(row);
            done.rows += 1;
            if done.named.len() < NAMED {
                done.named.push(place(row));
            }
        }
        if what != NOT_REPAIRED {
            self.rows.insert(row);
        }
    }

    /// Takes over what was done to later rows.
    pub fn extend(&mut self, later: Tally) {
        for (what, more) in later.changes {
            let done = self.changes.entry(what).or_default();
            done.rows += more.rows;
            done.places += more.places;
            done.last = more.last.or(done.last);
            let room = NAMED.saturating_sub(done.named.len());
            done.named.extend(more.named.into_iter().take(room));
        }
        self.rows.extend(later.rows);
    }

    /// How many rows were changed.
    pub fn rows(&self) -> u64 {
        self.rows.len() as u64
    }

    /// The changes: the rows as the count, the places as an argument.
    pub fn into_changes(self) -> Problems {
        let mut changes = Problems::new();
        for (what, done) in self.changes {
            let args = || vec![("places", count(done.places))];
            let named = done.named.len() as u64;
            for place in done.named {
                changes.report(what, 1, args(), Some(place));
            }
            changes.report(what, done.rows - named, args(), None);
        }
        changes
    }
}

/// A row that could not be put right.
pub(super) const NOT_REPAIRED: &str = "problem-repair-not";
