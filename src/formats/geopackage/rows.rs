//! Rows as they come out of the file, and what they become.

use arrow_array::{ArrayRef, Int64Array};
use rusqlite::types::ValueRef;

use super::blob::Blob;
use super::column::Column;
use super::fields::{Fields, Role};
use super::pages::Taken;
use super::record;
use crate::formats::{typed, wkb};
use crate::i18n::Message;
use crate::jobs::in_parallel;
use crate::problem::{Place, Problems};
use crate::table::{Field, GeometryBuilder, GeometryColumn};

/// What the values of a column of the table become.
enum Slot {
    /// The number of the row; an attribute too, if its name says something.
    Key(Option<Column>),
    Geometry,
    Attribute(Column),
}

impl Slot {
    fn column(&mut self) -> Option<&mut Column> {
        match self {
            Slot::Key(column) => column.as_mut(),
            Slot::Attribute(column) => Some(column),
            Slot::Geometry => None,
        }
    }
}

/// Some rows of a table, in order.
pub(super) struct Rows<'f> {
    fields: &'f Fields,
    count: usize,
    keys: Vec<i64>,
    places: Places,
    /// One for each column of the table.
    slots: Vec<Slot>,
}

/// The geometries of some rows, and what was odd about them.
struct Places {
    /// The reference system that they are announced to have.
    srs: Option<i32>,
    geometry: GeometryBuilder,
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
        let column = |at: usize| fields.attributes.get(at).map(Column::new);
        let slots = fields.columns.iter().filter_map(|(_, role)| match role {
            Role::Key(named) => Some(Slot::Key(named.and_then(column))),
            Role::Geometry => Some(Slot::Geometry),
            Role::Attribute(at) => column(*at).map(Slot::Attribute),
        });
        Rows {
            fields,
            count: 0,
            keys: Vec::new(),
            places: Places {
                srs,
                geometry: GeometryBuilder::new(),
                oddities: wkb::Tally::default(),
                problems: Problems::new(),
            },
            slots: slots.collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Adds a row as it lies in a page, with its number.
    #[inline]
    pub(super) fn take(&mut self, key: i64, record: &[u8]) -> Taken {
        self.begin(key);
        let row = self.count as u64;
        let Some((mut codes, mut body)) = record::split(record) else { return Taken::Damaged };
        let mut values = 0;
        for slot in &mut self.slots {
            if codes.is_empty() {
                break;
            }
            let Some(code) = record::next(&mut codes) else { return Taken::Damaged };
            values += 1;
            let taken = match slot {
                Slot::Attribute(column) => column.take(code, &mut body, row),
                Slot::Geometry => {
                    record::value(code, &mut body).map(|value| self.places.put(value, row))
                }
                Slot::Key(named) => record::value(code, &mut body)
                    .map(|value| put_key(&mut self.keys, named.as_mut(), value, row)),
            };
            if taken.is_none() {
                return Taken::Damaged;
            }
        }
        let is_short = values < self.slots.len();
        if is_short {
            self.end();
        }
        if is_short && self.fields.has_defaults { Taken::OtherForm } else { Taken::Whole }
    }

    /// Begins a row with its number, where it has one.
    #[inline]
    pub(super) fn begin(&mut self, key: i64) {
        self.count += 1;
        self.keys.push(key);
    }

    /// Adds the value of a column of the table to the row begun.
    pub(super) fn put(&mut self, column: usize, value: ValueRef<'_>) {
        let row = self.count as u64;
        match self.slots.get_mut(column) {
            Some(Slot::Attribute(column)) => column.push(value, row),
            Some(Slot::Geometry) => self.places.put(value, row),
            Some(Slot::Key(named)) => put_key(&mut self.keys, named.as_mut(), value, row),
            None => {}
        }
    }

    /// Ends the row: what it had no values for is null.
    fn end(&mut self) {
        let rows = self.count;
        self.slots.iter_mut().filter_map(Slot::column).for_each(|column| column.pad_to(rows));
        if self.fields.has_geometry && self.places.geometry.len() < rows {
            self.places.geometry.push_null();
        }
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        // A guess: what is not there now may still be when it is needed.
        let _ = self.keys.try_reserve_exact(rows.saturating_sub(self.keys.len()));
        self.slots.iter_mut().filter_map(Slot::column).for_each(|column| column.reserve_for(rows));
        self.places.geometry.reserve_for(rows);
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, other: Rows<'f>) {
        let before = self.count as u64;
        for (mine, theirs) in self.slots.iter_mut().zip(other.slots) {
            match (mine, theirs) {
                (Slot::Attribute(mine), Slot::Attribute(theirs))
                | (Slot::Key(Some(mine)), Slot::Key(Some(theirs))) => mine.append(theirs),
                _ => {}
            }
        }
        self.places.append(other.places, before);
        self.keys.extend_from_slice(&other.keys);
        self.count += other.count;
    }

    /// Whether there are more cells than a file of so many bytes can have.
    pub(super) fn is_too_much(&self, size: u64) -> bool {
        typed::are_too_many(self.count, self.slots.len(), size)
    }

    /// The finished columns.
    ///
    /// # Errors
    /// When a column holds more than can be counted: its name, and what it has too much of.
    pub(super) fn finish(self) -> Result<Finished, (Option<Place>, Message)> {
        let Rows { fields, count: rows, keys, places, slots } = self;
        let Places { geometry, oddities, mut problems, .. } = places;
        oddities.report(&mut problems);
        let columns = slots.into_iter().filter_map(|slot| match slot {
            Slot::Key(column) => column,
            Slot::Attribute(column) => Some(column),
            Slot::Geometry => None,
        });
        let named = columns.zip(&fields.attributes).collect::<Vec<_>>();
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
            let geometry = geometry.finish();
            let geometry =
                geometry.map_err(|_| (None, Message::new("error-too-many-coordinates")))?;
            made.problems.add("problem-no-geometry", geometry.missing() as u64);
            made.geometry = Some(geometry);
        }
        if fields.has_key() {
            let mut keys = keys;
            keys.shrink_to_fit();
            made.ids = Some(std::sync::Arc::new(Int64Array::from(keys)));
        }
        Ok(made)
    }
}

/// The pages have nothing in the place of the key: it is the number of the row.
fn put_key(keys: &mut [i64], named: Option<&mut Column>, value: ValueRef<'_>, row: u64) {
    let Some(last) = keys.last_mut() else { return };
    if let ValueRef::Integer(key) = value {
        *last = key;
    }
    if let Some(column) = named {
        column.push(ValueRef::Integer(*last), row);
    }
}

/// A point as most programs write it: all in little-endian, with nothing that could be left out.
const POINT_HEAD: [u8; 4] = *b"GP\0\x01";
const POINT_WKB: [u8; 5] = [1, 1, 0, 0, 0];

impl Places {
    #[inline]
    fn put(&mut self, value: ValueRef<'_>, row: u64) {
        if let ValueRef::Blob(bytes) = value
            && let Ok(blob) = <&[u8; 29]>::try_from(bytes)
            && let Some((&POINT_HEAD, rest)) = blob.split_first_chunk()
            && let Some((srs, rest)) = rest.split_first_chunk()
            && let Some((&POINT_WKB, rest)) = rest.split_first_chunk()
            && let (Some(x), Some(y)) = (rest.first_chunk(), rest.last_chunk())
            && self.srs == Some(i32::from_le_bytes(*srs))
        {
            let xy = [f64::from_le_bytes(*x), f64::from_le_bytes(*y)];
            if !xy[0].is_nan() {
                return self.geometry.push_point(xy);
            }
        }
        self.put_any(value, row);
    }

    fn put_any(&mut self, value: ValueRef<'_>, row: u64) {
        let bytes = match value {
            ValueRef::Null => return self.geometry.push_null(),
            ValueRef::Blob(bytes) => bytes,
            _ => return self.put_none("problem-geometry-not-read", row),
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
            Blob::Extended => self.put_none("problem-geopackage-extended", row),
            Blob::Unknown => self.put_none("problem-geometry-not-read", row),
        }
    }

    fn put_none(&mut self, id: &'static str, row: u64) {
        self.problems.at(id, Place::Row(row));
        self.geometry.push_null();
    }

    /// A geometry that names another reference system than its layer. Many programs write 0.
    fn note_srs(&mut self, srs: i32, row: u64) {
        if srs > 0 && self.srs.is_some_and(|announced| announced > 0) {
            self.problems.at("problem-geopackage-other-srs", Place::Row(row));
        }
    }

    fn append(&mut self, other: Places, before: u64) {
        self.geometry.append(other.geometry);
        let mut problems = other.problems;
        other.oddities.report(&mut problems);
        problems.shift_rows(before);
        self.problems.extend(problems);
    }
}
