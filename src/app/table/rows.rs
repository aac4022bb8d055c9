//! The rows of the table and what a click on them does.

use egui::{Align, Label, Layout, Modifiers, RichText, ScrollArea, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use super::super::actions::{Action, Actions, RowRef};
use super::super::copying::{Copied, RowsCopied};
use super::super::icons::{self, Icon};
use super::super::live;
use super::super::row_order::RowOrder;
use super::super::selection::Choose;
use super::super::session::Session;
use super::super::store::Loaded;
use super::{TablePanel, is_number, shown_columns};
use crate::i18n::Language;
use crate::project::Layer;
use crate::table::{Field, FieldKind, RowSet, Table, Value};

/// The height of a row, points.
const ROW: f32 = 24.0;

/// The width of the column with the rows' numbers, points.
const NUMBERS: f32 = 64.0;

impl TablePanel {
    pub(super) fn rows(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        loaded: &Loaded,
        order: &RowOrder,
        out: &mut Actions,
    ) {
        let fields = &loaded.table.fields;
        let columns = shown_columns(layer, fields);
        let lead = session.selection.lead().filter(|row| row.layer == layer.id);
        let scroll_to = self.scroll_to(ui, lead, order);
        let selected = session.selection.of(layer.id);
        let mut clicked = None;
        ScrollArea::horizontal().id_salt(("table", layer.id)).auto_shrink(false).show(ui, |ui| {
            let mut builder = TableBuilder::new(ui)
                .id_salt(("rows", layer.id, &columns))
                .striped(true)
                .resizable(true)
                .sense(Sense::CLICK)
                .auto_shrink(false)
                .cell_layout(Layout::left_to_right(Align::Center))
                .column(Column::exact(NUMBERS));
            for at in &columns {
                let Some(field) = fields.get(*at) else { continue };
                let key = (layer.id, field.name.clone());
                let width = self.widths.get(&key).copied().unwrap_or_else(|| width_of(field));
                builder = builder.column(Column::initial(width).at_least(48.0).clip(true));
            }
            if let Some(place) = scroll_to {
                builder =
                    builder.animate_scrolling(false).scroll_to_row(place, Some(Align::Center));
            }
            let table = builder.header(ROW + 4.0, |mut header| {
                header.col(|ui| {
                    ui.weak("#").on_hover_text(session.tr("app-table-row-number"));
                });
                for (place, at) in columns.iter().enumerate() {
                    let Some(field) = fields.get(*at) else { continue };
                    header
                        .col(|ui| self.head(ui, session, layer, loaded, (place, *at), field, out));
                }
            });
            table.body(|body| {
                for (at, width) in columns.iter().zip(body.widths().iter().skip(1)) {
                    if let Some(field) = fields.get(*at) {
                        self.widths.insert((layer.id, field.name.clone()), *width);
                    }
                }
                body.rows(ROW, order.rows.len(), |mut table_row| {
                    let Some(row) = order.row(table_row.index()) else { return };
                    let this = RowRef { layer: layer.id, row };
                    table_row.set_selected(selected.is_some_and(|rows| rows.contains(row)));
                    let is_selected = selected.is_some_and(|rows| rows.contains(row));
                    table_row.col(|ui| {
                        if is_selected {
                            selected_mark(ui);
                        }
                        let text = RichText::new((row + 1).to_string()).small();
                        let text = if lead == Some(this) { text.strong() } else { text.weak() };
                        ui.add(Label::new(text).selectable(false));
                        if let Some(hint) = live::stale_hint(session, layer, row) {
                            stale_mark(ui, &hint);
                        }
                    });
                    for at in &columns {
                        table_row.col(|ui| cell(ui, &loaded.table, row, *at, session.language));
                    }
                    let response = table_row.response();
                    if response.clicked() {
                        clicked = Some((this, response.ctx.input(|input| input.modifiers)));
                    }
                    if response.double_clicked() {
                        out.push(Action::ZoomToRow(this));
                    }
                    response.context_menu(|ui| row_menu(ui, session, this, out));
                });
            });
        });
        let edges = session.tr("app-table-column-edge");
        super::super::keyboard::name_edges(ui, ui.max_rect(), &edges);
        if let Some((row, modifiers)) = clicked {
            self.clicked(row, modifiers, loaded.table.rows(), order, lead, out);
        }
    }

    /// The place to scroll to, for the first frames after the row looked at changed.
    fn scroll_to(&mut self, ui: &Ui, lead: Option<RowRef>, order: &RowOrder) -> Option<usize> {
        if self.seen.0 != lead {
            self.seen = (lead, 0);
        }
        if self.seen.1 >= 2 {
            return None;
        }
        self.seen.1 += 1;
        ui.ctx().request_repaint();
        lead.and_then(|row| order.place(row.row))
    }

    /// A click selects a row alone; with Ctrl also or not any more, with Shift all up to it.
    fn clicked(
        &mut self,
        row: RowRef,
        modifiers: Modifiers,
        rows: usize,
        order: &RowOrder,
        lead: Option<RowRef>,
        out: &mut Actions,
    ) {
        if modifiers.shift {
            self.stretch(row, rows, order, lead, out);
        } else if modifiers.command {
            self.anchor = Some(row);
            let rows = RowSet::of(rows, [row.row]);
            out.push(Action::Choose { layer: row.layer, rows, how: Choose::Toggle });
        } else {
            self.anchor = Some(row);
            out.push(Action::Select(Some(row)));
        }
        // What was clicked is in sight.
        self.seen = (Some(row), u8::MAX);
    }
}

/// A bar at the start of a selected row: its ground alone hardly stands out from the others.
fn selected_mark(ui: &Ui) {
    let mut bar = ui.max_rect();
    bar.max.x = bar.min.x;
    bar.min.x -= 3.0;
    ui.painter().with_clip_rect(bar).rect_filled(bar, 0.0, super::super::theme::accent(ui));
}

/// A sign beside the number of a row whose reading is old.
fn stale_mark(ui: &mut Ui, hint: &str) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), Sense::hover());
    icons::paint(ui.painter(), Icon::Warning, rect.center(), ui.visuals().warn_fg_color);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, hint));
    response.on_hover_text(hint);
}

fn row_menu(ui: &mut Ui, session: &Session, row: RowRef, out: &mut Actions) {
    let is_selected = session.selection.contains(row);
    let rows = if is_selected { RowsCopied::Selected } else { RowsCopied::One(row.row) };
    let copy = |is_tabbed| Action::Copy(Copied::Rows { layer: row.layer, rows, is_tabbed });
    let mut item = |ui: &mut Ui, id: &'static str, action: Action| {
        if ui.button(session.tr(id)).clicked() {
            out.push(action);
            ui.close();
        }
    };
    item(ui, "app-feature-zoom", Action::ZoomToRow(row));
    item(ui, "app-copy-rows", copy(true));
    item(ui, "app-copy-rows-csv", copy(false));
    item(ui, "app-copy-wkt", Action::Copy(Copied::Wkt(row)));
    item(ui, "app-copy-geojson", Action::Copy(Copied::GeoJson(row)));
}

fn cell(ui: &mut Ui, table: &Table, row: usize, at: usize, language: Language) {
    if !ui.is_rect_visible(ui.max_rect()) {
        return;
    }
    let value = table.value(row, at);
    let text = if value.is_null() {
        RichText::new("–").weak()
    } else {
        RichText::new(first_line(value, language))
    };
    let label = Label::new(text).truncate().selectable(false);
    if table.fields.get(at).is_some_and(|field| is_number(field.kind)) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(label));
    } else {
        ui.add(label);
    }
}

/// A first width by name and kind, points.
fn width_of(field: &Field) -> f32 {
    let by_kind: f32 = match field.kind {
        FieldKind::Boolean => 64.0,
        FieldKind::Integer | FieldKind::Number => 96.0,
        FieldKind::Date => 130.0,
        FieldKind::DateTime(_) => 180.0,
        FieldKind::Text | FieldKind::Json => 170.0,
    };
    let letters = f32::from(u8::try_from(field.title().chars().count().min(30)).unwrap_or(30));
    by_kind.max(letters * 8.0 + 48.0)
}

/// The start of a value, however long that is: this is done for every cell in every frame.
fn first_line(value: Value<'_>, language: Language) -> String {
    const LONGEST: usize = 300;
    const LONGEST_CHARACTER: usize = 4;
    let (value, _) = value.shortened(LONGEST * LONGEST_CHARACTER);
    let text = value.in_language(language);
    text.lines().next().unwrap_or_default().chars().take(LONGEST).collect()
}
