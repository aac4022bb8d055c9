//! Counting what happens to the values of a column.

use crate::i18n::Arg;
use crate::problem::{Place, Problems};

/// The rows that are named; the others are only counted.
const NAMED: usize = 5;

/// How often something happened, with the first rows.
#[derive(Debug, Default)]
pub(super) struct Tally {
    count: u64,
    rows: Vec<u64>,
}

impl Tally {
    /// Counts a row, from 1.
    pub(super) fn add(&mut self, row: u64) {
        self.count += 1;
        if self.rows.len() < NAMED {
            self.rows.push(row);
        }
    }

    /// Whether it never happened.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Counts a row (from 1) of which the value became null.
    pub(super) fn missed<T>(&mut self, row: u64) -> Option<T> {
        self.add(row);
        None
    }

    /// Adds what was counted in the rows that follow `before` rows.
    pub(super) fn append(&mut self, other: &Tally, before: u64) {
        self.count += other.count;
        let room = NAMED.saturating_sub(self.rows.len());
        self.rows.extend(other.rows.iter().take(room).map(|row| before + row));
    }

    /// Adds what was counted in the same rows.
    pub(super) fn extend(&mut self, other: &Tally) {
        self.append(other, 0);
    }

    pub(super) fn report(&self, id: &'static str, field: &str, problems: &mut Problems) {
        self.report_with(id, field, &[], problems);
    }

    /// Reports with more to say than the name of the field.
    pub(super) fn report_with(
        &self,
        id: &'static str,
        field: &str,
        more: &[(&'static str, Arg)],
        problems: &mut Problems,
    ) {
        let field_arg = [("field", Arg::Text(field.to_owned()))];
        let args = || field_arg.iter().chain(more).cloned().collect::<Vec<_>>();
        for row in &self.rows {
            let place = Place::RowField { row: *row, field: field.to_owned() };
            problems.report(id, 1, args(), Some(place));
        }
        problems.report(id, self.count - self.rows.len() as u64, args(), None);
    }
}
