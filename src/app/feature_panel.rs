//! The attributes of the feature that is selected.

use egui::{Align, Button, Grid, Layout, RichText, ScrollArea, Ui};

use super::actions::{Action, Actions, Panel, RowRef};
use super::icons::{self, Icon};
use super::session::Session;
use crate::i18n::{Language, Message};
use crate::table::{Table, Value};

/// Shows the selected feature, and lets the person step through all that were found at a click.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let Some(selected) = session.selected else {
        ui.add_space(16.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(session.tr("app-feature-none")).weak());
        });
        return;
    };
    let Some(layer) = session.document().layer(selected.layer) else { return };
    let Some(loaded) = session.loaded(layer) else { return };
    if session.hits.len() > 1 {
        hits(ui, session, selected, out);
    }
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icons::button(ui, Icon::Close, &session.tr("app-clear-selection")).clicked() {
                out.push(Action::Select(None));
            }
            if icons::button(ui, Icon::Table, &session.tr("app-feature-in-table")).clicked() {
                out.push(Action::Activate(selected.layer));
                out.push(Action::SetPanel(Panel::Table, true));
            }
            if loaded.table.geometry.is_some()
                && icons::button(ui, Icon::ZoomTo, &session.tr("app-feature-zoom")).clicked()
            {
                out.push(Action::ZoomToRow(selected));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(&layer.name).strong()).truncate());
            });
        });
    });
    let row = u64::try_from(selected.row).unwrap_or(u64::MAX).saturating_add(1);
    let place = Message::new("app-feature-row").count("row", row);
    ui.label(RichText::new(session.say(&place)).small().weak());
    ui.separator();
    attributes(ui, session, &loaded.table, selected);
}

fn hits(ui: &mut Ui, session: &Session, selected: RowRef, out: &mut Actions) {
    let count = session.hits.len();
    let at = session.hits.iter().position(|hit| *hit == selected).unwrap_or(0);
    ui.horizontal(|ui| {
        let to = |at: usize| Action::ShowHit(at);
        if icons::button(ui, Icon::Left, &session.tr("app-hit-before")).clicked() {
            out.push(to((at + count - 1) % count));
        }
        let text =
            Message::new("app-hit-of").count("at", at as u64 + 1).count("count", count as u64);
        ui.label(session.say(&text));
        if icons::button(ui, Icon::Right, &session.tr("app-hit-after")).clicked() {
            out.push(to((at + 1) % count));
        }
    });
    ScrollArea::vertical().id_salt("hits").max_height(96.0).show(ui, |ui| {
        for (at, hit) in session.hits.iter().enumerate() {
            let Some(layer) = session.document().layer(hit.layer) else { continue };
            let Some(loaded) = session.loaded(layer) else { continue };
            let name = title(&loaded.table, hit.row, session.language);
            let text = format!("{}: {name}", layer.name);
            ui.push_id(at, |ui| {
                if ui.add(Button::selectable(*hit == selected, text).truncate()).clicked() {
                    out.push(Action::ShowHit(at));
                }
            });
        }
    });
    ui.separator();
}

/// How much of a text is a title, bytes.
const TITLE_BYTES: usize = 400;

/// How much of a text is shown, bytes: laying out more would take longer than a frame.
const VALUE_BYTES: usize = 10_000;

/// What a feature is called: its first text.
fn title(table: &Table, row: usize, language: Language) -> String {
    let texts = (0..table.fields.len()).map(|field| table.value(row, field));
    let text = texts.clone().find(|value| matches!(value, Value::Text(text) if !text.is_empty()));
    let value = text.or_else(|| texts.clone().find(|value| !value.is_null()));
    let name = value.map(|value| value.shortened(TITLE_BYTES).0.in_language(language));
    name.unwrap_or_else(|| (row + 1).to_string())
}

fn attributes(ui: &mut Ui, session: &Session, table: &Table, selected: RowRef) {
    ScrollArea::vertical().id_salt("attributes").auto_shrink(false).show(ui, |ui| {
        let grid = Grid::new(("attributes", selected.layer)).num_columns(2);
        let names = (ui.available_width() * 0.42).max(60.0);
        grid.spacing([14.0, 8.0]).max_col_width(ui.available_width() * 0.56).show(ui, |ui| {
            for (at, field) in table.fields.iter().enumerate() {
                ui.scope(|ui| {
                    ui.set_max_width(names);
                    ui.add(egui::Label::new(RichText::new(&field.name).weak()).wrap());
                });
                attribute(ui, session, table.value(selected.row, at));
                ui.end_row();
            }
        });
    });
}

fn attribute(ui: &mut Ui, session: &Session, value: Value<'_>) {
    let (value, whole) = value.shortened(VALUE_BYTES);
    if let Some(bytes) = whole {
        ui.vertical(|ui| {
            // Plain: the start of a link leads nowhere.
            ui.add(egui::Label::new(value.in_language(session.language)).wrap());
            let kilobytes = u64::try_from(bytes / 1000).unwrap_or(u64::MAX);
            let cut = Message::new("app-value-cut").count("size", kilobytes);
            ui.weak(session.say(&cut));
        });
    } else {
        attribute_text(ui, session.language, value);
    }
}

fn attribute_text(ui: &mut Ui, language: Language, value: Value<'_>) {
    match value {
        Value::Null => {
            ui.weak("–");
        }
        Value::Text(text) if is_link(text) => {
            ui.add(egui::Hyperlink::from_label_and_url(text, text).open_in_new_tab(true));
        }
        Value::Json(text) => {
            ui.add(egui::Label::new(RichText::new(text).monospace().small()).wrap());
        }
        other => {
            ui.add(egui::Label::new(other.in_language(language)).wrap());
        }
    }
}

fn is_link(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}
