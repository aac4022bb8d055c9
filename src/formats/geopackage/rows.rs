//! Rows as they come out of the file, and what they become.

use arrow_array::{ArrayRef, Int64Array};
use rusqlite::types::ValueRef;

use super::blob::Blob;
use super::column::Column;
use super::fields::{Fields, Role};
use crate::formats::wkb;
use crate::i18n::Message;
use crate::jobs::in_parallel;
use crate::problem::{Place, Problems};
use crate::table::{Field, GeometryBuilder, GeometryColumn};

/// More cells for each byte of the file than any file has: rows that end early, of a table with
/// very many columns, could ask for any amount of memory.
const CELLS_PER_BYTE: u64 = 16;
const CELLS_ALWAYS: u64 = 1 << 24;

/// Some rows of a table, in order.
pub(super) struct Rows<'f> {
    fields: &'f Fields,
    /// The reference system that geometries are announced to have.
    srs: Option<i32>,
    rows: usize,
    keys: Vec<i64>,
    geometry: GeometryBuilder,
    columns: Vec<Column>,
    oddities: wkb::Tally,
    problems: Problems,
}

/// A finished table's parts.
pub(super) struct Finished {
    pub rows: usize,
    pub fields: Vec<Field>,
    pub columns: Vec<ArrayRef>,
    pub geometry: Option<GeometryColumn>,
    pub ids: Option<ArrayRef>,
    pub problems: Problems,
}

impl<'f> Rows<'f> {
    pub(super) fn new(fields: &'f Fields, srs: Option<i32>) -> Rows<'f> {
        Rows {
            fields,
            srs,
            rows: 0,
            keys: Vec::new(),
            geometry: GeometryBuilder::new(),
            columns: fields.attributes.iter().map(Column::new).collect(),
            oddities: wkb::Tally::default(),
            problems: Problems::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// Begins a row with its number, where it has one.
    #[inline]
    pub(super) fn begin(&mut self, key: i64) {
        self.rows += 1;
        self.keys.push(key);
    }

    /// Adds the value of a column of the table to the row begun.
    #[inline]
    pub(super) fn put(&mut self, column: usize, value: ValueRef<'_>) {
        let row = self.rows as u64;
        match self.fields.columns.get(column).map(|(_, role)| *role) {
            Some(Role::Attribute(at)) => {
                if let Some(column) = self.columns.get_mut(at) {
                    column.push(value, row);
                }
            }
            Some(Role::Geometry) => self.put_geometry(value, row),
            Some(Role::Key(named)) => self.put_key(named, value, row),
            // A row may have values that no column is left for.
            None => {}
        }
    }

    /// Ends the row: columns it had no values for are null.
    #[inline]
    pub(super) fn end(&mut self, values: usize) {
        if values < self.fields.columns.len() {
            let rows = self.rows;
            self.columns.iter_mut().for_each(|column| column.pad_to(rows));
        }
        if self.fields.has_geometry && self.geometry.len() < self.rows {
            self.geometry.push_null();
        }
    }

    /// The pages have nothing in the place of the key: it is the number of the row.
    fn put_key(&mut self, named: Option<usize>, value: ValueRef<'_>, row: u64) {
        if let (ValueRef::Integer(key), Some(last)) = (value, self.keys.last_mut()) {
            *last = key;
        }
        let key = self.keys.last().map_or(ValueRef::Null, |key| ValueRef::Integer(*key));
        if let Some(column) = named.and_then(|at| self.columns.get_mut(at)) {
            column.push(key, row);
        }
    }

    #[inline]
    fn put_geometry(&mut self, value: ValueRef<'_>, row: u64) {
        let bytes = match value {
            ValueRef::Null => return self.geometry.push_null(),
            ValueRef::Blob(bytes) => bytes,
            _ => return self.no_geometry("problem-geometry-not-read", row),
        };
        match Blob::read(bytes) {
            Blob::Geometry { srs, wkb } => {
                if self.srs != Some(srs) {
                    self.note_srs(srs, row);
                }
                self.oddities.take(wkb::read(wkb, &mut self.geometry), row);
            }
            Blob::Bare(wkb) => {
                self.problems.at("problem-geopackage-bare", Place::Row(row));
                self.oddities.take(wkb::read(wkb, &mut self.geometry), row);
            }
            Blob::Extended => self.no_geometry("problem-geopackage-extended", row),
            Blob::Unknown => self.no_geometry("problem-geometry-not-read", row),
        }
    }

    #[cold]
    fn no_geometry(&mut self, id: &'static str, row: u64) {
        self.problems.at(id, Place::Row(row));
        self.geometry.push_null();
    }

    /// A geometry that names another reference system than its layer. Many programs write 0.
    #[cold]
    fn note_srs(&mut self, srs: i32, row: u64) {
        if srs > 0 && self.srs.is_some_and(|announced| announced > 0) {
            self.problems.at("problem-geopackage-other-srs", Place::Row(row));
        }
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        // A guess: what is not there now may still be when it is needed.
        let _ = self.keys.try_reserve_exact(rows.saturating_sub(self.keys.len()));
        self.columns.iter_mut().for_each(|column| column.reserve_for(rows));
        self.geometry.reserve_for(rows);
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, other: Rows<'f>) {
        let before = self.rows as u64;
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.append(theirs);
        }
        self.geometry.append(other.geometry);
        self.keys.extend_from_slice(&other.keys);
        let mut problems = other.problems;
        other.oddities.report(&mut problems);
        problems.shift_rows(before);
        self.problems.extend(problems);
        self.rows += other.rows;
    }

    /// Whether there are more cells than a file of so many bytes can have.
    pub(super) fn is_too_much(&self, size: u64) -> bool {
        let cells = self.rows as u64 * (self.columns.len() as u64 + 1);
        cells > size.saturating_mul(CELLS_PER_BYTE).saturating_add(CELLS_ALWAYS)
    }

    /// The finished columns.
    ///
    /// # Errors
    /// When a column holds more than can be counted: its name, and what it has too much of.
    pub(super) fn finish(self) -> Result<Finished, (Option<Place>, Message)> {
        let Rows { fields, rows, mut problems, oddities, .. } = self;
        oddities.report(&mut problems);
        let named = self.columns.into_iter().zip(&fields.attributes).collect::<Vec<_>>();
        let finished = in_parallel(named, |(column, attribute)| {
            let mut found = Problems::new();
            let made = column.finish(attribute, rows, &mut found);
            let (kind, array) = made.map_err(|_| {
                let place = Place::Field(attribute.name.clone());
                (Some(place), Message::new("error-too-much-text"))
            })?;
            let field = Field {
                label: attribute.label.clone(),
                description: attribute.description.clone(),
                ..Field::new(attribute.name.clone(), kind)
            };
            Ok((field, array, found))
        });
        let mut made = Finished {
            rows,
            fields: Vec::new(),
            columns: Vec::new(),
            geometry: None,
            ids: None,
            problems,
        };
        for column in finished {
            let (field, array, found) = column?;
            made.problems.extend(found);
            made.fields.push(field);
            made.columns.push(array);
        }
        if fields.has_geometry {
            let geometry = self.geometry.finish();
            let geometry =
                geometry.map_err(|_| (None, Message::new("error-too-many-coordinates")))?;
            made.problems.add("problem-no-geometry", geometry.missing() as u64);
            made.geometry = Some(geometry);
        }
        if fields.has_key() {
            let mut keys = self.keys;
            keys.shrink_to_fit();
            made.ids = Some(std::sync::Arc::new(Int64Array::from(keys)));
        }
        Ok(made)
    }
}
