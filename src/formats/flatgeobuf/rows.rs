//! The features of a stretch of a FlatGeobuf file, as rows.

use super::flat::{Astray, Table};
use super::geometry;
use super::header::Header;
use super::runs::{Run, What};
use super::values::{self, Values};
use crate::formats::wkb::Tally;
use crate::problem::{Place, Problems};
use crate::table::GeometryBuilder;

/// The fields of a feature, by their numbers.
const GEOMETRY: usize = 0;
const PROPERTIES: usize = 1;
const COLUMNS: usize = 2;

/// After so many rows of a run there is an idea of the others.
const SAMPLE: usize = 16;

/// With more columns than this a few rows do not tell how much the others have.
const MANY: usize = 64;

/// Features do not follow each other as they were thought to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotARun;

/// Rows read.
pub(super) struct Rows {
    pub geometry: GeometryBuilder,
    /// Whether any feature had a geometry, good or bad.
    pub with_geometry: bool,
    pub columns: Vec<Values>,
    pub count: usize,
    pub problems: Problems,
    tally: Tally,
    scratch: Vec<u8>,
}

impl Rows {
    pub(super) fn new(header: &Header) -> Rows {
        Rows {
            geometry: GeometryBuilder::new(),
            with_geometry: false,
            columns: header.columns.iter().enumerate().map(Values::of).collect(),
            count: 0,
            problems: Problems::new(),
            tally: Tally::default(),
            scratch: Vec::new(),
        }
    }

    /// Reads the features of a run from its bytes.
    ///
    /// # Errors
    /// Where features that should follow each other to the end of the run do not.
    pub(super) fn read(header: &Header, run: &Run, bytes: &[u8]) -> Result<Rows, NotARun> {
        let mut rows = Rows::new(header);
        match &run.what {
            What::All(count) => {
                let mut rest = bytes;
                while let Some((feature, after)) = first(rest) {
                    rows.push(header, feature);
                    rest = after;
                    if rows.count == SAMPLE {
                        let each = (bytes.len() - rest.len()) / SAMPLE;
                        rows.reserve_for(bytes.len() / each.max(1));
                    }
                }
                if !rest.is_empty() || rows.count as u64 != *count {
                    return Err(NotARun);
                }
            }
            What::Some(wanted) => {
                for place in wanted {
                    let there = bytes.get(place.start..place.end).unwrap_or_default();
                    // One that claims more than its place is damaged, and no other row is.
                    rows.push(header, first(there).map_or(&[], |(feature, _)| feature));
                }
            }
        }
        rows.columns.iter_mut().for_each(|values| values.pad_to(rows.count));
        std::mem::take(&mut rows.tally).report(&mut rows.problems);
        rows.problems.shift_rows(run.before);
        Ok(rows)
    }

    /// Adds a feature, its length before it.
    fn push(&mut self, header: &Header, bytes: &[u8]) {
        if self.push_whole(header, bytes).is_err() {
            let place = Place::Row(self.count as u64 + 1);
            self.problems.at("problem-flatgeobuf-bad-feature", place);
            if self.geometry.len() == self.count {
                self.with_geometry = true;
                self.geometry.push_null();
            }
        }
        self.count += 1;
    }

    fn push_whole(&mut self, header: &Header, bytes: &[u8]) -> Result<(), Astray> {
        let feature = Table::root(bytes)?;
        let place = || Place::Row(self.count as u64 + 1);
        match feature.table(GEOMETRY)? {
            Some(geometry) => {
                self.with_geometry = true;
                if geometry::has_times(&geometry) {
                    self.problems.at("problem-flatgeobuf-times", place());
                }
                let outcome = geometry::read(
                    &geometry,
                    header.geometry,
                    &mut self.geometry,
                    &mut self.scratch,
                );
                self.tally.take(outcome, self.count as u64 + 1);
            }
            None => self.geometry.push_null(),
        }
        if feature.list::<4>(COLUMNS)?.is_empty() {
            let properties = feature.list::<1>(PROPERTIES)?.as_flattened();
            values::read(properties, self.count, &mut self.columns, &mut self.problems);
        } else {
            self.problems.at("problem-flatgeobuf-own-columns", place());
        }
        Ok(())
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        if self.columns.len() > MANY {
            return;
        }
        self.geometry.reserve_for(rows);
        self.columns.iter_mut().for_each(|values| values.reserve_for(rows));
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, other: Rows) {
        self.geometry.append(other.geometry);
        self.with_geometry |= other.with_geometry;
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.append(theirs);
        }
        self.count += other.count;
        self.problems.extend(other.problems);
    }
}

/// The first feature with the length before it, and what follows.
fn first(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = u32::from_le_bytes(*bytes.first_chunk()?);
    bytes.split_at_checked(usize::try_from(length).ok()?.checked_add(4)?)
}
