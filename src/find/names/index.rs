//! The names of one table, ready to be searched.

use std::collections::HashMap;

use arrow_array::Array;
use arrow_array::cast::AsArray;

use super::columns::{Naming, naming_columns};
use super::vocabulary::Vocabulary;
use crate::find::matching::write_name;
use crate::jobs::{Cancelled, Watch};
use crate::table::Table;

/// How many rows are read between two looks at the watch.
const RUN: usize = 4096;

/// Names are compared up to this many bytes.
const LONGEST: usize = 240;

/// The names of one table: each different name of each naming column once, with the rows that have
/// it.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// All names one after another, as [`write_name`] writes them.
    pub(super) text: Vec<u8>,
    /// Where each name begins in the text, and where the last ends.
    pub(super) starts: Vec<usize>,
    /// The columns, each with the number after its last name.
    columns: Vec<(Naming, usize)>,
    /// The rows of the names, name after name; where each begins.
    rows: Vec<u32>,
    row_starts: Vec<usize>,
    pub(super) words: Vocabulary,
}

impl NameIndex {
    /// Reads the names of a table. Takes a second or two for a million rows.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn build(table: &Table, watch: &Watch) -> Result<NameIndex, Cancelled> {
        let mut index = NameIndex { starts: vec![0], row_starts: vec![0], ..NameIndex::default() };
        let columns = naming_columns(table);
        watch.set_total((table.rows() * columns.len()) as u64);
        for (at, naming) in columns.iter().enumerate() {
            let before = columns.get(..at).unwrap_or_default();
            index.add(table, *naming, before, watch)?;
        }
        index.words = Vocabulary::of(&index, watch)?;
        Ok(index)
    }

    /// Adds the names of a column, but for rows that are called the same in a column before it.
    fn add(
        &mut self,
        table: &Table,
        naming: Naming,
        before: &[Naming],
        watch: &Watch,
    ) -> Result<(), Cancelled> {
        let texts = |naming: &Naming| table.columns.get(naming.column)?.as_string_opt::<i32>();
        let Some(values) = texts(&naming) else { return Ok(()) };
        let before: Vec<_> = before.iter().filter_map(texts).collect();
        let first = self.len();
        let mut numbers: HashMap<Box<[u8]>, u32> = HashMap::new();
        let mut name_of_row: Vec<(u32, u32)> = Vec::new();
        let mut name = Vec::new();
        for row in 0..values.len() {
            if row % RUN == 0 {
                watch.check()?;
                watch.advance(RUN as u64);
            }
            let is_known = || {
                let same = |other: &&arrow_array::StringArray| {
                    other.is_valid(row) && other.value(row) == values.value(row)
                };
                before.iter().any(same)
            };
            if values.is_null(row) || is_known() {
                continue;
            }
            name.clear();
            if !write_name(values.value(row), &mut name) {
                continue;
            }
            if name.len() > LONGEST {
                name.truncate(LONGEST);
                name.push(b'\n');
            }
            let (Ok(row), Ok(next)) = (u32::try_from(row), u32::try_from(self.len() - first))
            else {
                break;
            };
            let number = if let Some(number) = numbers.get(name.as_slice()) {
                *number
            } else {
                numbers.insert(name.as_slice().into(), next);
                self.text.extend_from_slice(&name);
                self.starts.push(self.text.len());
                next
            };
            name_of_row.push((number, row));
        }
        drop(numbers);
        self.add_rows(first, &name_of_row);
        self.columns.push((naming, self.len()));
        Ok(())
    }

    /// Puts the rows of the names from a number on in the order of the names.
    fn add_rows(&mut self, first: usize, name_of_row: &[(u32, u32)]) {
        let count = self.len() - first;
        let mut ends = vec![0_usize; count];
        for (name, _) in name_of_row {
            if let Some(end) = ends.get_mut(*name as usize) {
                *end += 1;
            }
        }
        let base = self.rows.len();
        let mut next = base;
        let mut places = Vec::with_capacity(count);
        for size in ends {
            places.push(next);
            next += size;
            self.row_starts.push(next);
        }
        self.rows.resize(next, 0);
        for (name, row) in name_of_row {
            if let Some(place) = places.get_mut(*name as usize) {
                if let Some(slot) = self.rows.get_mut(*place) {
                    *slot = *row;
                }
                *place += 1;
            }
        }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether the table has no names.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows of a name, in the order of the table.
    pub fn rows(&self, name: usize) -> &[u32] {
        let range = self.row_starts.get(name).zip(self.row_starts.get(name + 1));
        range.and_then(|(start, end)| self.rows.get(*start..*end)).unwrap_or_default()
    }

    /// The column a name stands in.
    pub fn naming(&self, name: usize) -> Option<Naming> {
        let at = self.columns.partition_point(|(_, end)| *end <= name);
        self.columns.get(at).map(|(naming, _)| *naming)
    }

    /// A name as it is compared.
    pub(super) fn name(&self, name: usize) -> &[u8] {
        let range = self.starts.get(name).zip(self.starts.get(name + 1));
        range.and_then(|(start, end)| self.text.get(*start..*end)).unwrap_or_default()
    }
}
