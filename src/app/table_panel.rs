//! The attribute table of the active layer. Only the rows and cells in sight are made.

use egui::{
    Align, Button, Key, Label, Layout, Modifiers, RichText, ScrollArea, Sense, TextEdit, Ui,
};
use egui_extras::{Column, TableBuilder};

use super::actions::{Action, Actions, Panel, RowRef};
use super::derived::{MaskState, Wanted};
use super::icons::{self, Icon};
use super::layers_panel::shown_of;
use super::row_order::{RowOrder, Sort};
use super::session::Session;
use super::store::Loaded;
use super::{Wake, theme};
use crate::i18n::{Language, Message};
use crate::project::{Layer, LayerId};
use crate::query::Needle;
use crate::table::{FieldKind, Value};

/// The height of a row, points.
const ROW: f32 = 24.0;

/// The panel's own state.
pub(super) struct TablePanel {
    /// How the layer it is about is sorted.
    sort: Option<(LayerId, Sort)>,
    only_filtered: bool,
    /// What is looked for in the layer it is about.
    search: Option<(LayerId, String)>,
    /// The selection that was scrolled to, and for how many frames: a table's first frames only
    /// measure.
    seen: (Option<RowRef>, u8),
}

impl Default for TablePanel {
    fn default() -> Self {
        TablePanel { sort: None, only_filtered: true, search: None, seen: (None, 0) }
    }
}

impl TablePanel {
    fn sort_of(&self, layer: LayerId) -> Option<Sort> {
        self.sort.filter(|(of, _)| *of == layer).map(|(_, sort)| sort)
    }

    /// What is looked for in a layer; empty for nothing.
    fn search_of(&self, layer: LayerId) -> &str {
        self.search.as_ref().filter(|(of, _)| *of == layer).map_or("", |(_, text)| text)
    }

    /// Starts putting the rows in order. Called before [`Self::show`], every frame.
    pub fn want(&self, session: &mut Session, wake: &Wake) {
        let Some(layer) = session.active_layer().cloned() else { return };
        let Some(loaded) = session.store.loaded(&layer.source) else { return };
        let table = loaded.table.clone();
        let wanted = Wanted {
            sort: self.sort_of(layer.id),
            only_filtered: self.only_filtered,
            needle: Needle::new(self.search_of(layer.id), session.language),
        };
        session.derived.want_order(&layer, &table, wanted, wake);
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let layer = session.active_layer();
        let loaded = layer.and_then(|layer| Some((layer, session.loaded(layer)?)));
        self.header(ui, session, loaded, out);
        let Some((layer, loaded)) = loaded else {
            ui.weak(session.tr("app-table-no-layer"));
            return;
        };
        let Some(order) = session.derived.order(layer.id) else {
            ui.spinner();
            return;
        };
        if order.rows.is_empty() {
            ui.add_space(8.0);
            let looked_for = !self.search_of(layer.id).trim().is_empty();
            let nothing = if looked_for { "app-table-not-found" } else { "app-table-no-rows" };
            ui.weak(session.tr(nothing));
            return;
        }
        keys(ui, layer.id, session, order, out);
        self.rows(ui, session, layer, loaded, order, out);
    }

    fn header(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        shown: Option<(&Layer, &Loaded)>,
        out: &mut Actions,
    ) {
        ui.horizontal(|ui| {
            let name = shown.map_or_else(|| session.tr("app-table"), |(l, _)| l.name.clone());
            ui.strong(name);
            if let Some((layer, loaded)) = shown {
                let all = loaded.kind.count(loaded.table.rows() as u64);
                let count = match session.derived.mask(layer) {
                    MaskState::Some(mask) => shown_of(mask.shown, loaded),
                    _ => all,
                };
                ui.weak(session.say(&count));
                if !layer.filter.is_empty() {
                    let label = session.tr("app-table-only-filtered");
                    ui.checkbox(&mut self.only_filtered, label);
                }
            }
            if let Some((layer, _)) = shown {
                self.search_field(ui, session, layer.id);
            }
            if session.derived.is_sorting() {
                ui.spinner();
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(ui, Icon::Close, &session.tr("app-table-close")).clicked() {
                    out.push(Action::SetPanel(Panel::Table, false));
                }
            });
        });
    }

    /// The field to look something up, and how many rows were found.
    fn search_field(&mut self, ui: &mut Ui, session: &Session, layer: LayerId) {
        let label = session.tr("app-table-search");
        let mut text = self.search_of(layer).to_owned();
        let field = TextEdit::singleline(&mut text).hint_text(&label).desired_width(180.0);
        let response = ui.add(field).accessible_name(&label);
        let clear = (response.has_focus() || response.lost_focus())
            && ui.input(|input| input.key_pressed(Key::Escape));
        if text.is_empty() {
            self.search = None;
            return;
        }
        if icons::button(ui, Icon::Close, &session.tr("app-table-search-clear")).clicked() || clear
        {
            self.search = None;
            return;
        }
        let is_blank = text.trim().is_empty();
        self.search = Some((layer, text));
        if let (Some(order), false) = (session.derived.order(layer), is_blank)
            && !session.derived.is_sorting()
        {
            let found = Message::new("app-table-found").count("count", order.rows.len() as u64);
            ui.weak(session.say(&found));
        }
    }

    fn rows(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        loaded: &Loaded,
        order: &RowOrder,
        out: &mut Actions,
    ) {
        let fields = &loaded.table.fields;
        let selected = session.selected.filter(|row| row.layer == layer.id);
        if self.seen.0 != selected {
            self.seen = (selected, 0);
        }
        let scroll_to = if self.seen.1 < 2 {
            self.seen.1 += 1;
            ui.ctx().request_repaint();
            selected.and_then(|row| order.place(row.row))
        } else {
            None
        };
        let sort = self.sort_of(layer.id);
        let mut clicked_field = None;
        ScrollArea::horizontal().id_salt(("table", layer.id)).auto_shrink(false).show(ui, |ui| {
            let mut builder = TableBuilder::new(ui)
                .id_salt(("rows", layer.id, fields.len()))
                .striped(true)
                .resizable(true)
                .sense(Sense::click())
                .auto_shrink(false)
                .cell_layout(Layout::left_to_right(Align::Center))
                .column(Column::exact(64.0));
            for field in fields {
                let width = width_of(&field.name, field.kind);
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
                for (at, field) in fields.iter().enumerate() {
                    header.col(|ui| {
                        let sort = sort.filter(|sort| sort.field == at);
                        let layout = if is_number(field.kind) {
                            Layout::right_to_left(Align::Center)
                        } else {
                            Layout::left_to_right(Align::Center)
                        };
                        ui.with_layout(layout, |ui| {
                            if head(ui, session, &field.name, sort) {
                                clicked_field = Some(at);
                            }
                        });
                    });
                }
            });
            table.body(|body| {
                body.rows(ROW, order.rows.len(), |mut table_row| {
                    let Some(row) = order.row(table_row.index()) else { return };
                    let this = RowRef { layer: layer.id, row };
                    table_row.set_selected(selected == Some(this));
                    table_row.col(|ui| {
                        let text = RichText::new((row + 1).to_string()).small().weak();
                        ui.add(Label::new(text).selectable(false));
                    });
                    for (at, field) in fields.iter().enumerate() {
                        table_row.col(|ui| {
                            if !ui.is_rect_visible(ui.max_rect()) {
                                return;
                            }
                            let value = loaded.table.value(row, at);
                            let text = if value.is_null() {
                                RichText::new("–").weak()
                            } else {
                                RichText::new(first_line(value, session.language))
                            };
                            let cell = Label::new(text).truncate().selectable(false);
                            if is_number(field.kind) {
                                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                                    ui.add(cell)
                                });
                            } else {
                                ui.add(cell);
                            }
                        });
                    }
                    if table_row.response().clicked() {
                        out.push(Action::Select(Some(this)));
                    }
                    if table_row.response().double_clicked() {
                        out.push(Action::ZoomToRow(this));
                    }
                });
            });
        });
        if let Some(field) = clicked_field {
            self.sort = match sort.filter(|sort| sort.field == field) {
                None => Some((layer.id, Sort { field, descending: false })),
                Some(Sort { descending: false, .. }) => {
                    Some((layer.id, Sort { field, descending: true }))
                }
                Some(_) => None,
            };
        }
    }
}

/// Up, down, page up, page down, home and end move the selection while the table has the
/// pointer and nothing is being typed.
fn keys(ui: &Ui, layer: LayerId, session: &Session, order: &RowOrder, out: &mut Actions) {
    let is_here = ui.rect_contains_pointer(ui.max_rect());
    if !is_here || ui.ctx().text_edit_focused() {
        return;
    }
    let page = 10;
    let last = order.rows.len().saturating_sub(1);
    let here = session.selected.filter(|row| row.layer == layer);
    let at = here.and_then(|row| order.place(row.row));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = if pressed(Key::ArrowDown) {
        Some(at.map_or(0, |at| at + 1))
    } else if pressed(Key::ArrowUp) {
        Some(at.map_or(0, |at| at.saturating_sub(1)))
    } else if pressed(Key::PageDown) {
        Some(at.map_or(0, |at| at + page))
    } else if pressed(Key::PageUp) {
        Some(at.map_or(0, |at| at.saturating_sub(page)))
    } else if pressed(Key::Home) {
        Some(0)
    } else if pressed(Key::End) {
        Some(last)
    } else {
        None
    };
    if let Some(row) = to.and_then(|to| order.row(to.min(last))) {
        out.push(Action::Select(Some(RowRef { layer, row })));
    }
}

/// A column's head; answers whether it was clicked.
fn head(ui: &mut Ui, session: &Session, name: &str, sort: Option<Sort>) -> bool {
    let hint = Message::new("app-table-sort").text("field", name);
    let hint = session.say(&hint);
    let button = Button::new(RichText::new(name).strong()).frame(false).truncate();
    let mark = sort.map(|sort| if sort.descending { Icon::Down } else { Icon::Up });
    if let Some(mark) = mark {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), Sense::hover());
        icons::paint(ui.painter(), mark, rect.center(), theme::accent(ui));
    }
    ui.add(button).accessible_name(&hint).on_hover_text(&hint).clicked()
}

fn is_number(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Integer | FieldKind::Number)
}

/// A first width by name and kind, points.
fn width_of(name: &str, kind: FieldKind) -> f32 {
    let by_kind: f32 = match kind {
        FieldKind::Boolean => 64.0,
        FieldKind::Integer | FieldKind::Number => 96.0,
        FieldKind::Date => 130.0,
        FieldKind::DateTime(_) => 180.0,
        FieldKind::Text | FieldKind::Json => 170.0,
    };
    let letters = f32::from(u8::try_from(name.chars().count().min(30)).unwrap_or(30));
    by_kind.max(letters * 8.0 + 28.0)
}

/// The start of a value, however long that is: this is done for every cell in every frame.
fn first_line(value: Value<'_>, language: Language) -> String {
    const LONGEST: usize = 300;
    const LONGEST_CHARACTER: usize = 4;
    let (value, _) = value.shortened(LONGEST * LONGEST_CHARACTER);
    let text = value.in_language(language);
    text.lines().next().unwrap_or_default().chars().take(LONGEST).collect()
}
