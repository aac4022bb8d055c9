//! The rows of a layer as they are read: values as texts, of which nobody said the kind.

use std::collections::HashMap;
use std::ops::Range;

use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{ColumnBuilder, FieldKind, GeometryBuilder, GeometryKind};

use super::Shape;

/// The most attributes a layer may have; a file that uses changing data as names would fill the
/// memory with empty columns.
const FIELDS: usize = 4096;

/// What stands between the values of an attribute that a row has several times.
const BETWEEN: &str = "; ";

/// What stands behind the name of an attribute that may have to give way to another of that name,
/// while rows are read; see [`Rows::settle_names`].
pub(in crate::formats) const GIVES_WAY: char = '\0';

/// What happens to the second value of an attribute in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Repeats {
    /// It stands behind the first, and that is counted.
    Joined,
    /// It is left out, and that is counted.
    Dropped,
}

/// The values of one attribute.
#[derive(Debug)]
pub(super) struct Column {
    pub name: String,
    /// What people call it.
    pub label: Option<String>,
    /// What the source says its values are.
    pub told: Option<FieldKind>,
    pub texts: ColumnBuilder,
    /// The row that it last had a value in, from 1.
    last_row: usize,
}

/// Rows read so far. A row is values set and geometry begun, and then [`Self::end_row`], or
/// [`Self::cancel_row`].
#[derive(Debug, Default)]
pub(in crate::formats) struct Rows {
    pub geometry: GeometryBuilder,
    /// Whether any row had geometry, good or bad.
    pub with_geometry: bool,
    pub(super) columns: Vec<Column>,
    by_name: HashMap<String, usize>,
    pub(super) ids: ColumnBuilder,
    pub count: usize,
    pub problems: Problems,
    /// The rows without geometry: told only of a layer that has some.
    pub(super) missing: Problems,
    /// The texts of the row being read.
    text: String,
    row: Vec<(usize, Range<usize>)>,
    id: Option<String>,
    has_shape: bool,
    expected: usize,
}

impl Rows {
    /// The row being read, as a person counts.
    pub fn place(&self) -> Place {
        Place::Row(as_u64(self.count).saturating_add(1))
    }

    /// The column of this name, made where it is missing; none where the layer has too many.
    pub fn column(&mut self, name: &str, told: Option<FieldKind>) -> Option<usize> {
        // Rows mostly have the same attributes in the same order.
        if self.columns.get(self.expected).is_some_and(|column| column.name == name) {
            return Some(self.expected);
        }
        if let Some(at) = self.by_name.get(name) {
            return Some(*at);
        }
        let at = self.columns.len();
        if at >= FIELDS {
            self.problems.add("problem-too-many-fields", 1);
            return None;
        }
        self.by_name.insert(name.to_owned(), at);
        self.columns.push(Column {
            name: name.to_owned(),
            label: None,
            told,
            texts: ColumnBuilder::new(),
            last_row: 0,
        });
        Some(at)
    }

    /// The names of the columns, as they are called while rows are read.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// What the source says the values of a column are.
    pub fn told(&self, column: usize) -> Option<FieldKind> {
        self.columns.get(column)?.told
    }

    /// What people call an attribute.
    pub fn label(&mut self, column: usize, label: &str) {
        if let Some(column) = self.columns.get_mut(column)
            && column.label.is_none()
            && !label.trim().is_empty()
        {
            column.label = Some(label.trim().to_owned());
        }
    }

    /// Sets the value of an attribute of the row being read.
    pub fn set(&mut self, name: &str, told: Option<FieldKind>, value: &str, repeats: Repeats) {
        if let Some(at) = self.column(name, told) {
            self.set_at(at, value, repeats);
        }
    }

    /// As [`Self::set`], by the number of the column.
    pub fn set_at(&mut self, at: usize, value: &str, repeats: Repeats) {
        let number = self.count + 1;
        let Some(column) = self.columns.get_mut(at) else { return };
        self.expected = at + 1;
        if std::mem::replace(&mut column.last_row, number) == number {
            let field = column.name.clone();
            return self.repeated(at, value, field, repeats);
        }
        let start = self.text.len();
        self.text.push_str(value);
        self.row.push((at, start..self.text.len()));
    }

    fn repeated(&mut self, at: usize, value: &str, field: String, repeats: Repeats) {
        let row = as_u64(self.count).saturating_add(1);
        let place = Place::RowField { row, field };
        if repeats == Repeats::Dropped {
            return self.problems.at("problem-duplicate-key", place);
        }
        self.problems.at("problem-xml-joined", place);
        let start = self.text.len();
        let Some((_, range)) = self.row.iter_mut().find(|(column, _)| *column == at) else {
            return;
        };
        let before = self.text.get(range.clone()).unwrap_or_default().to_owned();
        self.text.push_str(&before);
        self.text.push_str(BETWEEN);
        self.text.push_str(value);
        *range = start..self.text.len();
    }

    /// Sets the identifier of the row being read.
    pub fn identify(&mut self, id: &str) {
        self.id = Some(id.to_owned());
    }

    /// Begins the geometry of the row being read.
    pub fn begin_shape(&mut self) -> Shape {
        self.has_shape = true;
        Shape::begin(&mut self.geometry)
    }

    /// As [`Self::begin_shape`], for one who puts the parts there.
    pub fn begin_geometry(&mut self, kind: GeometryKind) -> &mut GeometryBuilder {
        self.has_shape = true;
        self.geometry.begin_row(kind);
        &mut self.geometry
    }

    /// Takes a column back that no row has a value in; for when all rows are read.
    pub fn forget_unset(&mut self, name: &str) {
        self.columns.retain(|column| column.last_row > 0 || column.name != name);
    }

    /// Ends the row being read. Without a shape that was begun it has no geometry.
    pub fn end_row(&mut self) {
        if std::mem::take(&mut self.has_shape) {
            self.with_geometry = true;
            self.geometry.end_row();
        } else {
            self.geometry.push_null();
            self.missing.at("problem-no-geometry", self.place());
        }
        for (at, range) in self.row.drain(..) {
            let Some(column) = self.columns.get_mut(at) else { continue };
            column.texts.pad_to(self.count);
            column.texts.push_text(self.text.get(range).unwrap_or_default());
        }
        self.text.clear();
        if let Some(id) = self.id.take() {
            self.ids.pad_to(self.count);
            self.ids.push_text(&id);
        }
        self.count += 1;
        self.expected = 0;
    }

    /// Takes the geometry of the row being read back; says why.
    pub fn drop_shape(&mut self, why: &'static str) {
        if std::mem::take(&mut self.has_shape) {
            self.geometry.cancel_row();
            self.with_geometry = true;
        }
        self.problems.at(why, self.place());
    }

    /// Takes the row being read back.
    pub fn cancel_row(&mut self) {
        if std::mem::take(&mut self.has_shape) {
            self.geometry.cancel_row();
        }
        for (at, _) in self.row.drain(..) {
            if let Some(column) = self.columns.get_mut(at) {
                column.last_row = 0;
            }
        }
        self.text.clear();
        self.id = None;
        self.expected = 0;
    }

    /// Names the columns that were to give way: as they are called where nothing else is called so,
    /// else with a number.
    pub fn settle_names(&mut self) {
        for at in 0..self.columns.len() {
            let Some(column) = self.columns.get(at) else { continue };
            let Some(wanted) = column.name.strip_suffix(GIVES_WAY).map(str::to_owned) else {
                continue;
            };
            let is_free = |name: &str| self.columns.iter().all(|column| column.name != name);
            let mut name = wanted.clone();
            let mut number = 2_u32;
            while !is_free(&name) {
                name = format!("{wanted}_{number}");
                number = number.saturating_add(1);
            }
            if let Some(column) = self.columns.get_mut(at) {
                column.name = name;
            }
        }
    }

    /// Counts something a row holds that no attribute is made of.
    pub fn not_kept(&mut self, name: &str) {
        const DIFFERENT: usize = 100;
        let name = if self.problems.len() < DIFFERENT { name } else { "…" };
        let args = vec![("name", Arg::Text(name.chars().take(60).collect()))];
        self.problems.report("problem-xml-not-kept", 1, args, None);
    }
}

pub(super) fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
