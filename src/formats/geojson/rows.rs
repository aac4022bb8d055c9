//! The rows of a GeoJSON file as they are read, whole or piece by piece.

use std::collections::HashMap;

use super::geometry::{Oddities, Outcome};
use crate::formats::json::{JsonError, Scanner};
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{ColumnBuilder, GeometryBuilder};

/// The most attributes a layer may have; a file that uses changing data as names would fill the
/// memory with empty columns.
const FIELDS: usize = 4096;

/// From so many different problems on, names of unknown members are no longer told apart.
const DIFFERENT_PROBLEMS: usize = 200;

/// Rows read so far.
#[derive(Default)]
pub(in crate::formats) struct Rows {
    pub geometry: GeometryBuilder,
    /// Whether any row had geometry, good or bad.
    pub with_geometry: bool,
    pub columns: Vec<Column>,
    by_name: HashMap<String, usize>,
    pub ids: ColumnBuilder,
    pub count: usize,
    pub problems: Problems,
}

/// The values of one property.
pub(in crate::formats) struct Column {
    pub name: String,
    /// The name in quotes with a colon, as most features have it; none for a name with escapes.
    quoted: Option<String>,
    pub values: ColumnBuilder,
}

impl Column {
    fn new(name: &str) -> Column {
        let is_plain = !name.contains(['"', '\\']) && !name.contains(char::is_control);
        let quoted = is_plain.then(|| format!("\"{name}\":"));
        Column { name: name.to_owned(), quoted, values: ColumnBuilder::new() }
    }
}

/// What comes next in a feature's properties.
pub(in crate::formats) enum NextProperty {
    /// A value of this column.
    Column(usize),
    /// A value of a column more than a layer may have.
    TooMany,
    /// Nothing.
    End,
}

/// Pieces that cannot be joined to what reading in one go gives: a limit was met in one of them.
pub(in crate::formats) struct NotJoinable;

impl Rows {
    /// The row being read, as a person counts.
    pub fn place(&self) -> Place {
        Place::Row(as_u64(self.count).saturating_add(1))
    }

    /// The column of the next property of an object; none at its end. Features mostly have the
    /// same properties in the same order, so the one after the last is looked for first.
    #[inline]
    pub fn next_property(
        &mut self,
        scanner: &mut Scanner<'_>,
        first: &mut bool,
        expected: usize,
    ) -> Result<NextProperty, JsonError> {
        if let Some(quoted) = self.columns.get(expected).and_then(|column| column.quoted.as_deref())
            && scanner.takes_key(quoted, first)
        {
            return Ok(NextProperty::Column(expected));
        }
        let Some(key) = scanner.next_key(first)? else { return Ok(NextProperty::End) };
        Ok(self.column_by_name(&key).map_or(NextProperty::TooMany, NextProperty::Column))
    }

    fn column_by_name(&mut self, key: &str) -> Option<usize> {
        if let Some(at) = self.by_name.get(key) {
            return Some(*at);
        }
        let at = self.columns.len();
        if at >= FIELDS {
            return None;
        }
        self.by_name.insert(key.to_owned(), at);
        self.columns.push(Column::new(key));
        Some(at)
    }

    /// Counts what happened to the geometry of the row being read.
    pub fn note_outcome(&mut self, outcome: &Outcome, oddities: Oddities) {
        self.with_geometry |= *outcome != Outcome::Missing;
        match outcome {
            Outcome::Read => {}
            Outcome::Missing => self.problems.at("problem-no-geometry", self.place()),
            Outcome::BadCoordinates => self.problems.at("problem-bad-coordinates", self.place()),
            Outcome::UnknownType(name) => {
                let name: String = name.chars().take(40).collect();
                let args = vec![("name", Arg::Text(name))];
                self.problems.report("problem-geometry-type", 1, args, Some(self.place()));
            }
        }
        if oddities == Oddities::default() {
            return;
        }
        for (id, number) in [
            ("problem-unclosed-ring", oddities.unclosed),
            ("problem-more-coordinates", oddities.more_numbers),
            ("problem-nested-collection", oddities.nested),
            ("problem-duplicate-key", oddities.duplicates),
        ] {
            self.problems.report(id, number, Vec::new(), Some(self.place()));
        }
    }

    /// Counts a member of the row's feature that no attribute is made of.
    pub fn note_foreign_member(&mut self, name: &str) {
        let known = self.problems.len() < DIFFERENT_PROBLEMS;
        let name = if known { name.to_owned() } else { "…".to_owned() };
        let args = vec![("name", Arg::Text(name))];
        self.problems.report("problem-foreign-member", 1, args, Some(self.place()));
    }

    /// Adds the rows of the next piece of the file.
    pub fn append(&mut self, mut other: Rows) -> Result<(), NotJoinable> {
        let before = self.count;
        for column in other.columns {
            let at = self.column_by_name(&column.name).ok_or(NotJoinable)?;
            let Some(mine) = self.columns.get_mut(at) else { continue };
            mine.values.pad_to(before);
            mine.values.append(column.values);
        }
        if !other.ids.is_empty() {
            self.ids.pad_to(before);
            self.ids.append(other.ids);
        }
        self.geometry.append(other.geometry);
        self.with_geometry |= other.with_geometry;
        other.problems.shift_rows(as_u64(before));
        self.problems.extend(other.problems);
        self.count += other.count;
        if self.columns.len() >= FIELDS || self.problems.len() >= DIFFERENT_PROBLEMS {
            return Err(NotJoinable);
        }
        Ok(())
    }
}

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
