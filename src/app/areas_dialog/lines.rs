//! The columns to make: what is calculated, of which field, under which name.

use egui::{RichText, TextEdit, Ui};

use super::words::{default_name, what_message};
use super::{AreasDialog, Asked};
use crate::app::chosen;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::app::store::{Loaded, RowKind};
use crate::i18n::Message;
use crate::query::per_area::{AreaColumn, AreaOf, ByPlace, NumberColumn, Numbers, What};
use crate::table::{Table, free_name};

/// A column to make.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// None for a value of the area.
    pub what: Option<What>,
    /// Of the other layer; empty where none is needed.
    pub field: String,
    /// As the person typed it; none for the usual one.
    pub name: Option<String>,
}

impl Line {
    /// Whether it can be made.
    fn is_whole(&self) -> bool {
        !self.field.is_empty() || self.what.is_some_and(|what| !what.needs_field())
    }
}

/// What can be calculated of the things of a layer.
fn possible(other: &Loaded) -> impl Iterator<Item = What> + use<'_> {
    let has = |kind| matches!(other.kind, RowKind::Mixed) || other.kind == kind;
    What::ALL.into_iter().filter(move |what| {
        (!what.is_length() || has(RowKind::Lines))
            && (!what.is_area() || has(RowKind::Polygons))
            && (!what.needs_field() || fields(&other.table, Some(*what)).next().is_some())
    })
}

/// The fields of which it can be calculated.
fn fields(table: &Table, what: Option<What>) -> impl Iterator<Item = &str> {
    let fits = move |kind| what.is_none_or(|what| what.fits(kind));
    let fields = table.fields.iter().filter(move |field| fits(field.kind));
    fields.map(|field| field.name.as_str())
}

impl AreasDialog {
    /// What is asked first of a layer.
    pub(super) fn first_lines(&self, session: &Session) -> Vec<Line> {
        let Some(other) = self.loaded_other(session) else { return Vec::new() };
        let line = match self.way {
            Asked::Numbers => {
                let what = match other.kind {
                    RowKind::Lines => What::LengthKm,
                    RowKind::Polygons => What::Share,
                    _ => What::Count,
                };
                Line { what: Some(what), field: String::new(), name: None }
            }
            Asked::AreaOf => {
                let at = other.table.naming_field().or(Some(0));
                let field = at.and_then(|at| other.table.fields.get(at));
                let field = field.map(|field| field.name.clone()).unwrap_or_default();
                Line { what: None, field, name: None }
            }
        };
        vec![line]
    }

    /// The columns as they were chosen, with names that no other column has.
    pub(super) fn made(&self, session: &Session) -> ByPlace {
        let names = self.names(session);
        let whole = self.lines.iter().zip(names).filter(|(line, _)| line.is_whole());
        let condition = self.condition.trim().to_owned();
        match self.way {
            Asked::Numbers => {
                let columns = whole.filter_map(|(line, name)| {
                    let what = line.what?;
                    let field = if what.needs_field() { line.field.clone() } else { String::new() };
                    Some(NumberColumn { what, field, name })
                });
                let columns = columns.collect();
                ByPlace::Numbers(Numbers { condition, once: self.once, columns })
            }
            Asked::AreaOf => {
                let columns =
                    whole.map(|(line, name)| AreaColumn { field: line.field.clone(), name });
                ByPlace::AreaOf(AreaOf { condition, columns: columns.collect() })
            }
        }
    }

    /// The name of each line.
    pub(super) fn names(&self, session: &Session) -> Vec<String> {
        let Some(layer) = session.document().layer(self.layer()) else { return Vec::new() };
        let other = session.document().layer(self.other()).map_or("", |o| o.name.as_str());
        let joined = session.derived.added.joined(layer, &session.store);
        let own = joined.iter().flat_map(|loaded| &loaded.table.fields).map(|f| f.name.clone());
        let others = layer.by_place.iter().enumerate().filter(|(at, _)| self.at != Some(*at));
        let others = others.flat_map(|(_, columns)| columns.names()).map(str::to_owned);
        let mut taken: Vec<String> = own.chain(others).collect();
        let name = |line: &Line| {
            let typed = line.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
            let wished = match (typed, line.what) {
                (Some(typed), _) => typed.to_owned(),
                (None, Some(what)) => default_name(session, what, &line.field, other),
                (None, None) => line.field.clone(),
            };
            let name = free_name(&wished, other, taken.iter().map(String::as_str));
            taken.push(name.clone());
            name
        };
        self.lines.iter().map(name).collect()
    }

    /// Whether at least one line can be made.
    pub(super) fn has_lines(&self) -> bool {
        self.lines.iter().any(Line::is_whole)
    }

    pub(super) fn lines(&mut self, ui: &mut Ui, session: &Session) {
        let Some(other) = self.loaded_other(session).cloned() else { return };
        let heading = match self.way {
            Asked::Numbers => "app-areas-numbers",
            Asked::AreaOf => "app-areas-values",
        };
        ui.label(RichText::new(session.tr(heading)).strong());
        let names = self.names(session);
        let mut gone = None;
        let count = self.lines.len();
        for (at, line) in self.lines.iter_mut().enumerate() {
            ui.push_id(("line", at), |ui| {
                ui.horizontal(|ui| {
                    let name = names.get(at).map_or("", String::as_str);
                    one(ui, session, &other, line, (at, name));
                    let label = Message::new("app-areas-line-remove").text("name", name);
                    if count > 1
                        && icons::small_button(ui, Icon::Close, &session.say(&label)).clicked()
                    {
                        gone = Some(at);
                    }
                });
            });
        }
        if let Some(gone) = gone {
            self.lines.remove(gone);
        }
        let more = match self.way {
            Asked::Numbers => "app-areas-another-number",
            Asked::AreaOf => "app-areas-another-value",
        };
        if ui.small_button(session.tr(more)).clicked() {
            let next = self.next_line(&other);
            self.lines.push(next);
        }
    }

    /// The first that is not there yet.
    fn next_line(&self, other: &Loaded) -> Line {
        let mut line = Line { what: None, field: String::new(), name: None };
        match self.way {
            Asked::Numbers => {
                let is_free = |what: &What| self.lines.iter().all(|l| l.what != Some(*what));
                let what = possible(other).find(is_free).unwrap_or(What::Count);
                line.what = Some(what);
                fit(&mut line, &other.table);
            }
            Asked::AreaOf => {
                let is_free = |field: &&str| self.lines.iter().all(|line| line.field != *field);
                let mut all = fields(&other.table, None);
                line.field = all.find(is_free).unwrap_or_default().to_owned();
            }
        }
        line
    }
}

/// Keeps the field where it can be calculated of it, else takes the first of which it can.
fn fit(line: &mut Line, table: &Table) {
    let Some(what) = line.what else { return };
    if !what.needs_field() {
        line.field.clear();
    } else if !fields(table, Some(what)).any(|field| field == line.field) {
        line.field = fields(table, Some(what)).next().unwrap_or_default().to_owned();
    }
}

fn one(ui: &mut Ui, session: &Session, other: &Loaded, line: &mut Line, (at, name): (usize, &str)) {
    let number = at as u64 + 1;
    let label = |id| session.say(&Message::new(id).count("number", number));
    if let Some(what) = line.what {
        let text = session.say(&what_message(what));
        let combo = icons::combo_box("what").width(210.0).truncate().selected_text(text);
        let shown = combo.height(340.0).show_ui(ui, |ui| {
            for choice in possible(other) {
                let text = session.say(&what_message(choice));
                if chosen::item(ui, choice == what, text).clicked() {
                    line.what = Some(choice);
                    fit(line, &other.table);
                }
            }
        });
        shown.response.accessible_name(label("app-areas-line-what"));
    }
    let what = line.what;
    if what.is_none_or(What::needs_field) {
        let title = |name: &str| {
            let at = other.table.field_index(name);
            let field = at.and_then(|at| other.table.fields.get(at));
            field.map_or_else(|| name.to_owned(), |field| field.title().to_owned())
        };
        let combo = icons::combo_box("field").width(170.0).truncate();
        let shown = combo.selected_text(title(&line.field)).show_ui(ui, |ui| {
            for field in fields(&other.table, what) {
                if chosen::item(ui, field == line.field, title(field)).clicked() {
                    field.clone_into(&mut line.field);
                }
            }
        });
        shown.response.accessible_name(label("app-areas-line-field"));
    }
    ui.weak(session.tr("app-join-as"));
    let mut typed = line.name.clone().unwrap_or_else(|| name.to_owned());
    let field = ui.add(TextEdit::singleline(&mut typed).desired_width(190.0));
    let field = field.accessible_name(label("app-areas-line-name"));
    if field.changed() {
        line.name = Some(typed);
    } else if field.lost_focus() && line.name.as_deref().is_some_and(|name| name.trim().is_empty())
    {
        line.name = None;
    }
}
