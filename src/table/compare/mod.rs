//! What changed between two tables of the same layer: rows that came, went and changed, and fields.

mod pairing;

use std::io::Write;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{Array, BooleanArray, PrimitiveArray, StringArray};

use self::pairing::NONE;
pub use self::pairing::PairedBy;
use super::identity::fnv_1a;
use super::{FieldKind, GeometryRef, Offset, RowSet, Table, Value};
use crate::jobs::{Cancelled, Watch, in_parallel};

/// Rows compared in one go.
const RUN: usize = 1 << 14;

/// What changed between two tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// Rows of the newer table that the older one has not.
    pub added: RowSet,
    /// Rows of the older table that the newer one has not.
    pub removed: RowSet,
    /// Rows of the newer table that have other values than before, in a field that both have, or
    /// another place.
    pub changed: RowSet,
    /// In how many rows each field changed, by name, in the newer table's order.
    pub by_field: Vec<(String, usize)>,
    /// In how many rows the geometry changed.
    pub moved: usize,
    /// Fields that only the newer table has.
    pub fields_added: Vec<String>,
    /// Fields that only the older table has.
    pub fields_removed: Vec<String>,
    /// Fields whose values are of another kind: before and now.
    pub fields_changed: Vec<(String, FieldKind, FieldKind)>,
    /// By what rows were found to be the same.
    pub paired_by: PairedBy,
    after: Vec<u32>,
}

impl Differences {
    /// Compares an older table with a newer one. Progress is in rows of the older one.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn between(before: &Table, after: &Table, watch: &Watch) -> Result<Self, Cancelled> {
        let shared = Shared::of(before, after);
        let by_key = pairing::by_key(before, after, watch)?;
        let (paired_by, pairs) = if let Some(found) = by_key {
            found
        } else {
            let hash = |table, fields: &[usize]| hashes(table, fields, &shared, watch);
            let (older, newer): (Vec<_>, Vec<_>) = shared.at.iter().copied().unzip();
            let older = hash(before, &older)?;
            let newer = hash(after, &newer)?;
            (PairedBy::Content, pairing::by_content(older, newer))
        };
        let found = match paired_by {
            // What is the same in everything did not change.
            PairedBy::Content => Found::none(shared.columns.len()),
            _ => changes(before, after, &shared, &pairs, watch)?,
        };
        let is_gone = |pair: &u32| *pair == NONE;
        let gone = pairs.iter().enumerate().filter(|(_, pair)| is_gone(pair)).map(|(row, _)| row);
        let stayed = pairs.iter().filter_map(|pair| row_of(*pair));
        let name = |at: &(usize, usize)| after.fields.get(at.1).map(|field| field.name.clone());
        let by_field = shared.at.iter().filter_map(name).zip(found.fields);
        Ok(Differences {
            added: RowSet::of(after.rows(), stayed).inverted(),
            removed: RowSet::of(before.rows(), gone),
            changed: RowSet::of(after.rows(), found.rows),
            by_field: by_field.filter(|(_, rows)| *rows > 0).collect(),
            moved: found.moved,
            fields_added: only_in(after, before),
            fields_removed: only_in(before, after),
            fields_changed: shared.other_kinds(before, after),
            paired_by,
            after: pairs,
        })
    }

    /// Whether both tables hold the same.
    pub fn is_none(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.has_same_fields()
    }

    /// Whether fields are as they were.
    pub fn has_same_fields(&self) -> bool {
        self.fields_added.is_empty()
            && self.fields_removed.is_empty()
            && self.fields_changed.is_empty()
    }

    /// Where the same rows stand in another order and in the same places: the newer table's rows
    /// in the older one's order, and the differences to a table put in that order. What was made
    /// for the older table's geometry then serves the newer one.
    pub fn in_old_order(&self) -> Option<(Vec<usize>, Differences)> {
        if !self.added.is_empty() || !self.removed.is_empty() || self.moved > 0 {
            return None;
        }
        let order: Option<Vec<usize>> = self.after.iter().map(|pair| row_of(*pair)).collect();
        let order = order?;
        let places = order.iter().enumerate();
        let changed = places.filter(|(_, row)| self.changed.contains(**row)).map(|(at, _)| at);
        let changed = RowSet::of(order.len(), changed);
        let rows = u32::try_from(order.len()).ok()?;
        Some((order, Differences { changed, after: (0..rows).collect(), ..self.clone() }))
    }

    /// The row of the newer table that a row of the older one is.
    pub fn row_after(&self, before: usize) -> Option<usize> {
        row_of(*self.after.get(before)?)
    }

    /// The rows of the newer table that are rows of the older one.
    #[must_use]
    pub fn rows_after(&self, before: &RowSet) -> RowSet {
        RowSet::of(self.added.rows(), before.iter().filter_map(|row| self.row_after(row)))
    }
}

impl Table {
    /// The field that tells the rows apart: unique texts or whole numbers in every row, under a
    /// name that such a field has. Walks over whole columns: for a job.
    pub fn key_field(&self) -> Option<usize> {
        pairing::key_field(self)
    }
}

fn row_of(pair: u32) -> Option<usize> {
    usize::try_from(pair).ok().filter(|_| pair != NONE)
}

fn only_in(table: &Table, other: &Table) -> Vec<String> {
    let is_there = |name: &str| other.fields.iter().any(|field| field.name == name);
    let names = table.fields.iter().map(|field| &field.name);
    names.filter(|name| !is_there(name)).cloned().collect()
}

/// The fields that both tables have.
struct Shared<'a> {
    /// Their positions in the older and the newer table.
    at: Vec<(usize, usize)>,
    columns: Vec<Columns<'a>>,
}

/// A column of both tables.
enum Columns<'a> {
    Booleans(&'a BooleanArray, &'a BooleanArray),
    Integers(&'a PrimitiveArray<Int64Type>, &'a PrimitiveArray<Int64Type>),
    Numbers(&'a PrimitiveArray<Float64Type>, &'a PrimitiveArray<Float64Type>),
    Days(&'a PrimitiveArray<Date32Type>, &'a PrimitiveArray<Date32Type>),
    /// Moments, whichever way they are written.
    Moments(
        &'a PrimitiveArray<TimestampMillisecondType>,
        &'a PrimitiveArray<TimestampMillisecondType>,
    ),
    Texts(&'a StringArray, &'a StringArray),
    /// Of different kinds: as data text.
    Other,
}

impl<'a> Shared<'a> {
    fn of(before: &'a Table, after: &'a Table) -> Shared<'a> {
        let place = |(newer, field): (usize, &super::Field)| {
            let older = before.fields.iter().position(|older| older.name == field.name)?;
            Some((older, newer))
        };
        let at: Vec<_> = after.fields.iter().enumerate().filter_map(place).collect();
        let columns = at.iter().map(|(older, newer)| {
            Columns::of(before, *older, after, *newer).unwrap_or(Columns::Other)
        });
        Shared { columns: columns.collect(), at }
    }

    fn other_kinds(&self, before: &Table, after: &Table) -> Vec<(String, FieldKind, FieldKind)> {
        let changed = |(older, newer): &(usize, usize)| {
            let (older, newer) = (before.fields.get(*older)?, after.fields.get(*newer)?);
            let is_same = older.kind.code() == newer.kind.code();
            (!is_same).then(|| (newer.name.clone(), older.kind, newer.kind))
        };
        self.at.iter().filter_map(changed).collect()
    }
}

impl<'a> Columns<'a> {
    fn of(before: &'a Table, older: usize, after: &'a Table, newer: usize) -> Option<Columns<'a>> {
        let kinds = (before.fields.get(older)?.kind, after.fields.get(newer)?.kind);
        let (older, newer) = (before.columns.get(older)?, after.columns.get(newer)?);
        Some(match kinds {
            (FieldKind::Boolean, FieldKind::Boolean) => {
                Columns::Booleans(older.as_boolean_opt()?, newer.as_boolean_opt()?)
            }
            (FieldKind::Integer, FieldKind::Integer) => {
                Columns::Integers(older.as_primitive_opt()?, newer.as_primitive_opt()?)
            }
            (FieldKind::Number, FieldKind::Number) => {
                Columns::Numbers(older.as_primitive_opt()?, newer.as_primitive_opt()?)
            }
            (FieldKind::Date, FieldKind::Date) => {
                Columns::Days(older.as_primitive_opt()?, newer.as_primitive_opt()?)
            }
            (FieldKind::DateTime(one), FieldKind::DateTime(other))
                if (one.offset == Offset::None) == (other.offset == Offset::None) =>
            {
                Columns::Moments(older.as_primitive_opt()?, newer.as_primitive_opt()?)
            }
            (FieldKind::Text, FieldKind::Text) | (FieldKind::Json, FieldKind::Json) => {
                Columns::Texts(older.as_string_opt()?, newer.as_string_opt()?)
            }
            _ => return None,
        })
    }

    /// Whether the value of a row is that of another; none where the kinds differ.
    fn is_same(&self, before: usize, after: usize) -> Option<bool> {
        fn same<A: Array>(
            (older, before): (&A, usize),
            (newer, after): (&A, usize),
            equal: impl FnOnce() -> bool,
        ) -> bool {
            match (older.is_null(before), newer.is_null(after)) {
                (false, false) => equal(),
                (older, newer) => older == newer,
            }
        }
        Some(match self {
            Columns::Booleans(a, b) => {
                same((*a, before), (*b, after), || a.value(before) == b.value(after))
            }
            Columns::Integers(a, b) => {
                same((*a, before), (*b, after), || a.value(before) == b.value(after))
            }
            Columns::Numbers(a, b) => same((*a, before), (*b, after), || {
                a.value(before).to_bits() == b.value(after).to_bits()
            }),
            Columns::Days(a, b) => {
                same((*a, before), (*b, after), || a.value(before) == b.value(after))
            }
            Columns::Moments(a, b) => {
                same((*a, before), (*b, after), || a.value(before) == b.value(after))
            }
            Columns::Texts(a, b) => {
                same((*a, before), (*b, after), || a.value(before) == b.value(after))
            }
            Columns::Other => return None,
        })
    }
}

/// Rows that changed, and how often each field did.
struct Found {
    rows: Vec<usize>,
    fields: Vec<usize>,
    moved: usize,
}

impl Found {
    fn none(fields: usize) -> Found {
        Found { rows: Vec::new(), fields: vec![0; fields], moved: 0 }
    }
}

/// Compares rows that are the same row, on all cores.
fn changes(
    before: &Table,
    after: &Table,
    shared: &Shared<'_>,
    pairs: &[u32],
    watch: &Watch,
) -> Result<Found, Cancelled> {
    watch.set_total(pairs.len() as u64);
    let geometry = before.geometry.as_ref().zip(after.geometry.as_ref());
    let parts = in_parallel(runs(pairs.len()), |rows| {
        watch.check()?;
        let mut found = Found::none(shared.columns.len());
        for older in rows.clone() {
            let Some(newer) = pairs.get(older).and_then(|pair| row_of(*pair)) else { continue };
            let mut is_changed = false;
            for (at, columns) in shared.columns.iter().enumerate() {
                let is_same = columns.is_same(older, newer).unwrap_or_else(|| {
                    let (one, other) = shared.at.get(at).copied().unwrap_or_default();
                    let (one, other) = (before.value(older, one), after.value(newer, other));
                    one.is_null() == other.is_null() && one.to_data_text() == other.to_data_text()
                });
                if !is_same {
                    is_changed = true;
                    if let Some(count) = found.fields.get_mut(at) {
                        *count += 1;
                    }
                }
            }
            if geometry.is_some_and(|(a, b)| !is_same_place(a.row(older), b.row(newer))) {
                is_changed = true;
                found.moved += 1;
            }
            if is_changed {
                found.rows.push(newer);
            }
        }
        watch.advance(rows.len() as u64);
        Ok(found)
    });
    let mut all = Found::none(shared.columns.len());
    for part in parts {
        let part = part?;
        all.rows.extend(part.rows);
        all.moved += part.moved;
        all.fields.iter_mut().zip(part.fields).for_each(|(sum, count)| *sum += count);
    }
    Ok(all)
}

fn is_same_place(one: GeometryRef<'_>, other: GeometryRef<'_>) -> bool {
    one.kind() == other.kind() && one.xy() == other.xy()
}

fn runs(rows: usize) -> impl ExactSizeIterator<Item = Range<usize>> + Send {
    (0..rows.div_ceil(RUN)).map(move |run| run * RUN..((run + 1) * RUN).min(rows))
}

/// Hashes of what rows hold in the fields that both tables have, in the same order of fields.
fn hashes(
    table: &Table,
    fields: &[usize],
    shared: &Shared<'_>,
    watch: &Watch,
) -> Result<Vec<u64>, Cancelled> {
    let parts = in_parallel(runs(table.rows()), |rows| {
        watch.check()?;
        let mut bytes = Vec::new();
        let hash = |row| {
            bytes.clear();
            for (field, columns) in fields.iter().zip(&shared.columns) {
                let value = table.value(row, *field);
                write_value(value, matches!(columns, Columns::Moments(..)), &mut bytes);
            }
            if let Some(geometry) = &table.geometry {
                let geometry = geometry.row(row);
                bytes.extend_from_slice(geometry.kind().name().as_bytes());
                for coordinate in geometry.xy().iter().flatten() {
                    bytes.extend_from_slice(&coordinate.to_bits().to_le_bytes());
                }
            }
            fnv_1a(&bytes)
        };
        Ok(rows.map(hash).collect::<Vec<u64>>())
    });
    parts.into_iter().collect::<Result<Vec<_>, Cancelled>>().map(|parts| parts.concat())
}

/// A value, ended by 0xFF, which is in no UTF-8; 0xFE for none.
fn write_value(value: Value<'_>, is_moment: bool, bytes: &mut Vec<u8>) {
    // Memory takes everything.
    let _ = match value {
        Value::Null => bytes.write_all(&[0xFE]),
        Value::Text(text) | Value::Json(text) => bytes.write_all(text.as_bytes()),
        Value::DateTime(at, _) if is_moment => write!(bytes, "{}", at.and_utc().timestamp_millis()),
        Value::Integer(number) => write!(bytes, "{number}"),
        Value::Number(number) => write!(bytes, "{number}"),
        other => bytes.write_all(other.to_data_text().as_bytes()),
    };
    bytes.push(0xFF);
}

#[cfg(test)]
mod tests;
