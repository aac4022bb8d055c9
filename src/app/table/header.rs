//! The heads of the columns: sorting, moving, hiding.

use egui::{
    Align, Button, DragAndDrop, Layout, Popup, RichText, Sense, Stroke, Ui, UiBuilder, vec2,
};

use super::super::actions::{Action, Actions};
use super::super::added::origin;
use super::super::field_words;
use super::super::icons::{self, Icon};
use super::super::reading::kind_sign;
use super::super::row_order::Sort;
use super::super::session::Session;
use super::super::store::Loaded;
use super::super::theme;
use super::{TablePanel, is_number, shown_columns};
use crate::i18n::Message;
use crate::project::{Command, Layer, LayerId};
use crate::table::Field;

/// A column being dragged: its layer and its place among those shown.
struct Dragged {
    layer: LayerId,
    place: usize,
}

impl TablePanel {
    /// A column's head: a click sorts, dragging moves the column, the button at its end opens the
    /// column's menu.
    #[expect(clippy::too_many_arguments, reason = "a head is about a field of a layer's table")]
    pub(super) fn head(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        loaded: &Loaded,
        (place, at): (usize, usize),
        field: &Field,
        out: &mut Actions,
    ) {
        let sort = self.sort.get(&layer.id).filter(|sort| sort.field == at).copied();
        let named = |id| session.say(&Message::new(id).text("field", field.title()));
        let cell = ui.max_rect();
        let menu = ui
            .with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                let menu = icons::small_button(ui, Icon::Down, &named("app-table-column-menu"));
                if let Some(offer) = session.derived.kinds.of_column(layer, loaded, at) {
                    kind_sign(ui, session, (layer, field), offer, out);
                }
                let layout = if is_number(field.kind) {
                    Layout::right_to_left(Align::Center)
                } else {
                    Layout::left_to_right(Align::Center)
                };
                ui.with_layout(layout, |ui| {
                    if let Some(sort) = sort {
                        let mark = if sort.descending { Icon::Down } else { Icon::Up };
                        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
                        icons::paint(ui.painter(), mark, rect.center(), theme::accent(ui));
                    }
                    let hint = named("app-table-sort");
                    let name = RichText::new(field.title()).strong();
                    let name =
                        Button::new(name).frame(false).truncate().sense(Sense::click_and_drag());
                    let name = ui.add(name).accessible_name(&hint);
                    name.dnd_set_drag_payload(Dragged { layer: layer.id, place });
                    if name.clicked() {
                        self.sort_next(layer.id, at);
                    }
                    let text = field_words::hint(session, field, origin(session, loaded, at));
                    name.on_hover_text(format!("{text}\n{hint}"));
                });
                menu
            })
            .inner;
        Popup::menu(&menu)
            .show(|ui| self.column_menu(ui, session, layer, loaded, (place, at), out));
        drop_here(ui, layer, loaded, place, cell, out);
    }

    /// Sorts upwards, then downwards, then not.
    fn sort_next(&mut self, layer: LayerId, field: usize) {
        let before = self.sort.get(&layer).filter(|sort| sort.field == field);
        match before.map(|sort| sort.descending) {
            None => self.sort.insert(layer, Sort { field, descending: false }),
            Some(false) => self.sort.insert(layer, Sort { field, descending: true }),
            Some(true) => self.sort.remove(&layer),
        };
    }

    fn column_menu(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        loaded: &Loaded,
        (place, at): (usize, usize),
        out: &mut Actions,
    ) {
        let shown = shown_columns(layer, &loaded.table.fields);
        let item = |ui: &mut Ui, id: &'static str, is_enabled: bool| {
            let is_clicked = ui.add_enabled(is_enabled, Button::new(session.tr(id))).clicked();
            if is_clicked {
                ui.close();
            }
            is_clicked
        };
        if item(ui, "app-table-sort-up", true) {
            self.sort.insert(layer.id, Sort { field: at, descending: false });
        }
        if item(ui, "app-table-sort-down", true) {
            self.sort.insert(layer.id, Sort { field: at, descending: true });
        }
        if item(ui, "app-table-sort-none", self.sort.contains_key(&layer.id)) {
            self.sort.remove(&layer.id);
        }
        ui.separator();
        if item(ui, "app-table-column-left", place > 0) {
            move_column(layer, loaded, &shown, place, place.saturating_sub(1), out);
        }
        if item(ui, "app-table-column-right", place + 1 < shown.len()) {
            move_column(layer, loaded, &shown, place, place + 1, out);
        }
        if item(ui, "app-table-column-hide", shown.len() > 1)
            && let Some(field) = loaded.table.fields.get(at)
        {
            let mut columns = layer.columns.clone();
            columns.hidden.push(field.name.clone());
            out.push(Action::Run(Command::SetColumns(layer.id, columns)));
        }
        if let Some(field) = loaded.table.fields.get(at)
            && loaded.added_from(at).is_none()
            && item(ui, "app-table-column-kind", true)
        {
            out.push(Action::ShowKinds(layer.id, Some(field.name.clone())));
        }
        ui.separator();
        let rows = session.derived.mask_of(layer.id).filter(|_| self.only_filtered).cloned();
        // In a menu of its own: statistics that arrive would move the items under the pointer.
        ui.menu_button(session.tr("app-table-statistics"), |ui| {
            self.statistics.show(ui, session, &loaded.table, at, rows, out);
        });
    }
}

/// Shows where a dragged column would go, and moves it there when it is let go.
fn drop_here(
    ui: &mut Ui,
    layer: &Layer,
    loaded: &Loaded,
    place: usize,
    cell: egui::Rect,
    out: &mut Actions,
) {
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    if dragged.layer != layer.id || !cell.contains(pointer) {
        return;
    }
    let is_after = pointer.x > cell.center().x;
    let x = if is_after { cell.right() } else { cell.left() };
    ui.scope_builder(UiBuilder::new().max_rect(cell), |ui| {
        ui.painter().vline(x, cell.y_range(), Stroke::new(3.0, theme::GOLD));
    });
    if ui.input(|input| input.pointer.any_released()) {
        let target = place + usize::from(is_after);
        let to = if dragged.place < target { target - 1 } else { target };
        let shown = shown_columns(layer, &loaded.table.fields);
        move_column(layer, loaded, &shown, dragged.place, to, out);
    }
}

/// Moves a column from a place among those shown to another.
fn move_column(
    layer: &Layer,
    loaded: &Loaded,
    shown: &[usize],
    from: usize,
    to: usize,
    out: &mut Actions,
) {
    if from == to || from >= shown.len() {
        return;
    }
    let mut order = shown.to_vec();
    let moved = order.remove(from);
    order.insert(to.min(order.len()), moved);
    let names = order.iter().filter_map(|at| loaded.table.fields.get(*at));
    let mut columns = layer.columns.clone();
    columns.order = names.map(|field| field.name.clone()).collect();
    out.push(Action::Run(Command::SetColumns(layer.id, columns)));
}
