//! Which field tells rows apart.

use std::collections::HashSet;

use egui::Ui;

use super::super::chosen;
use super::super::icons;
use super::super::session::Session;
use crate::table::{Field, FieldKind, Table};

/// What a field is wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Wanted {
    /// Its values.
    Values,
    /// Its numbers.
    Numbers,
    /// Its days and moments.
    Moments,
}

impl Wanted {
    fn takes(self, kind: FieldKind) -> bool {
        match self {
            Wanted::Values => kind != FieldKind::Json,
            Wanted::Numbers => matches!(kind, FieldKind::Integer | FieldKind::Number),
            Wanted::Moments => matches!(kind, FieldKind::Date | FieldKind::DateTime(_)),
        }
    }

    /// The fields of a table that will do.
    pub fn of(self, table: &Table) -> impl Iterator<Item = &Field> {
        table.fields.iter().filter(move |field| self.takes(field.kind))
    }

    /// The field to begin with: of numbers the first that is no number of a thing (an id, a code,
    /// a year, a coordinate), of values the first that is no name of a thing.
    pub fn first(self, table: &Table) -> Option<&Field> {
        self.first_beside(table, None)
    }

    /// As [`Wanted::first`], but for a field that is taken already.
    pub fn first_beside<'a>(self, table: &'a Table, taken: Option<&str>) -> Option<&'a Field> {
        let free = || self.of(table).filter(|field| taken != Some(field.name.as_str()));
        let is_useful = |field: &&Field| {
            let name = field.name.to_lowercase();
            let has = |part: &&str| name.contains(part);
            let names = ["id", "nummer", "code", "nis", "postcode", "objectid", "uuid"];
            let is_key = name.ends_with("id")
                || name.ends_with("nr")
                || name.starts_with("id")
                || names.iter().skip(1).any(has);
            match self {
                Wanted::Numbers => {
                    let places = ["lon", "lat", "x", "y", "jaar", "year"];
                    !is_key && !places.contains(&name.as_str())
                }
                Wanted::Moments => true,
                Wanted::Values => {
                    let texts = ["naam", "name", "titel", "title", "url", "adres", "omschrijving"];
                    !is_key && !texts.iter().any(has)
                }
            }
        };
        let kinds = |field: &&Field| match self {
            Wanted::Numbers | Wanted::Moments => true,
            Wanted::Values => matches!(field.kind, FieldKind::Text | FieldKind::Boolean),
        };
        let repeats = |field: &&Field| self != Wanted::Values || repeats(table, &field.name);
        let mut best = free().filter(is_useful).filter(kinds).filter(repeats);
        let useful = || free().find(is_useful);
        best.next().or_else(useful).or_else(|| free().next())
    }
}

/// How many rows are looked at for whether values repeat.
const LOOKED_AT: usize = 200;

/// Whether the values of a field repeat among the first rows: otherwise each row would have a class.
pub(in crate::app) fn repeats(table: &Table, name: &str) -> bool {
    let Some(field) = table.field_index(name) else { return false };
    let rows = table.rows().min(LOOKED_AT);
    let values: HashSet<String> =
        (0..rows).map(|row| table.value(row, field).shortened(64).0.to_data_text()).collect();
    values.len() * 2 <= rows || (values.len() < rows && values.len() <= 12)
}

/// Lets the person choose a field. Tells whether another was chosen.
pub(in crate::app) fn choose(
    ui: &mut Ui,
    table: &Table,
    wanted: Wanted,
    (salt, label): (&str, &str),
    name: &mut String,
) -> bool {
    let titles = |name: &str| {
        let field = table.field(name);
        field.map_or_else(|| name.to_owned(), |field| field.title().to_owned())
    };
    let before = name.clone();
    let shown = icons::combo_box(("field", salt))
        .width(ui.available_width().min(190.0))
        .selected_text(titles(name))
        .show_ui(ui, |ui| {
            for field in wanted.of(table) {
                chosen::value(ui, name, field.name.clone(), field.title());
            }
        });
    shown.response.accessible_name(label);
    *name != before
}

/// A label before a box to choose from; boxes under each other begin in one line.
pub(in crate::app) fn label_before(ui: &mut Ui, label: &str) {
    let width = ui.label(label).rect.width();
    ui.add_space((56.0 - width).max(0.0));
}

/// Says that there is no field for it.
pub(in crate::app) fn none(ui: &mut Ui, session: &Session, wanted: Wanted) {
    ui.weak(session.tr(match wanted {
        Wanted::Values => "app-style-no-fields",
        Wanted::Numbers => "app-style-no-number-fields",
        Wanted::Moments => "app-chart-nothing",
    }));
}
