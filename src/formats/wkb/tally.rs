//! What the geometries of a file had that the column cannot hold as it was, counted.

use super::{Oddities, WkbError};
use crate::problem::{Place, Problems};

/// Counts the outcomes of [`super::read`], with their first rows.
#[derive(Debug, Default)]
pub(in crate::formats) struct Tally {
    problems: Problems,
}

impl Tally {
    /// Takes the outcome of a row, counted from 1 as a person counts.
    pub fn take(&mut self, outcome: Result<Oddities, WkbError>, row: u64) {
        let place = || Place::Row(row);
        match outcome {
            Ok(oddities) => oddities.report(&mut self.problems, place),
            Err(_) => self.problems.at("problem-geometry-not-read", place()),
        }
    }

    /// Adds the counts to the problems of the file.
    pub fn report(self, problems: &mut Problems) {
        problems.extend(self.problems);
    }
}
