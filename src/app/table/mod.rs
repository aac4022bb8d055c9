//! The attribute table of the active layer. Only the rows and cells in sight are made.

mod header;
mod keys;
mod rows;
pub(super) mod statistics;
mod top;

use std::collections::HashMap;

use egui::Ui;

use super::Wake;
use super::actions::{Action, Actions, RowRef};
use super::derived::Wanted;
use super::row_order::Sort;
use super::session::Session;
use crate::i18n::Message;
use crate::project::{Command, Filter, Layer, LayerId};
use crate::query::Needle;
use crate::table::{Field, FieldKind};

/// The panel's own state.
pub(super) struct TablePanel {
    /// How each layer is sorted.
    sort: HashMap<LayerId, Sort>,
    only_filtered: bool,
    only_selected: bool,
    only_in_view: bool,
    /// What is looked for in the layer it is about.
    search: Option<(LayerId, String)>,
    /// The row that was scrolled to, and for how many frames: a table's first frames only measure.
    seen: (Option<RowRef>, u8),
    /// The row from which a range of rows is selected.
    anchor: Option<RowRef>,
    /// The widths of columns, points, by layer and field.
    widths: HashMap<(LayerId, String), f32>,
    statistics: statistics::ColumnStatistics,
}

impl Default for TablePanel {
    fn default() -> Self {
        TablePanel {
            sort: HashMap::new(),
            only_filtered: true,
            only_selected: false,
            only_in_view: false,
            search: None,
            seen: (None, 0),
            anchor: None,
            widths: HashMap::new(),
            statistics: statistics::ColumnStatistics::default(),
        }
    }
}

impl TablePanel {
    /// What is looked for in a layer; empty for nothing.
    fn search_of(&self, layer: LayerId) -> &str {
        self.search.as_ref().filter(|(of, _)| *of == layer).map_or("", |(_, text)| text)
    }

    /// Neither sorts nor narrows the rows of a layer.
    pub fn put_as_in_file(&mut self, layer: LayerId) {
        self.sort.remove(&layer);
        self.search = None;
        self.only_selected = false;
        self.only_in_view = false;
    }

    /// Lists the rows selected, whatever was looked for and wherever they are.
    pub fn list_selected(&mut self) {
        self.search = None;
        self.only_selected = true;
        self.only_in_view = false;
    }

    /// Starts putting the rows in order. Called before [`Self::show`], every frame.
    pub fn want(&self, session: &mut Session, wake: &Wake) {
        let Some(layer) = session.active_layer().cloned() else { return };
        let Some(loaded) = session.loaded(&layer).cloned() else { return };
        let selected = session.selection.of(layer.id).cloned();
        let selected = selected.filter(|_| self.only_selected);
        let scene = loaded.scene.as_ref().ok().cloned();
        let in_view = session.in_view.zip(scene).filter(|_| self.only_in_view);
        let wanted = Wanted {
            sort: self.sort.get(&layer.id).copied(),
            only_filtered: self.only_filtered,
            selected,
            in_view,
            needle: Needle::new(self.search_of(layer.id), session.language),
        };
        session.derived.want_order(&layer, &loaded.table, wanted, wake);
    }

    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let layer = session.active_layer();
        let loaded = layer.and_then(|layer| Some((layer, session.loaded(layer)?)));
        self.top(ui, session, loaded, out);
        let Some((layer, loaded)) = loaded else {
            let has_layers = !session.document().layers.is_empty();
            let id = if has_layers { "app-table-no-layer" } else { "app-table-no-layers" };
            ui.weak(session.say(&Message::new(id)));
            return;
        };
        let Some(order) = session.derived.order(layer.id).cloned() else {
            ui.spinner();
            return;
        };
        if order.rows.is_empty() {
            ui.add_space(8.0);
            let looked_for = !self.search_of(layer.id).trim().is_empty();
            let is_narrowed = self.only_in_view || self.only_selected;
            let is_filtered = self.only_filtered && !layer.filter.is_empty();
            ui.weak(session.tr(match (looked_for, is_narrowed, is_filtered) {
                (true, ..) => "app-table-not-found",
                (false, true, _) => "app-table-narrowed",
                (false, false, true) => "app-table-filtered-out",
                (false, false, false) => "app-table-no-rows",
            }));
            if is_filtered && ui.button(session.tr("app-table-filter-clear")).clicked() {
                out.push(Action::CloseStep);
                out.push(Action::Run(Command::SetFilter(layer.id, Filter::default())));
                out.push(Action::CloseStep);
            }
            return;
        }
        self.keys(ui, layer.id, loaded.table.rows(), session, &order, out);
        self.rows(ui, session, layer, loaded, &order, out);
    }
}

/// The positions of a layer's columns that are shown, in order.
pub(super) fn shown_columns(layer: &Layer, fields: &[Field]) -> Vec<usize> {
    let order = layer.columns.in_order(fields.iter().map(|field| field.name.as_str()));
    let is_shown =
        |at: &usize| fields.get(*at).is_some_and(|field| layer.columns.shows(&field.name));
    order.into_iter().filter(is_shown).collect()
}

fn is_number(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Integer | FieldKind::Number)
}
