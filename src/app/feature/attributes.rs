//! A feature's attributes with what is computed of it, each of them to copy.

use egui::{Grid, Label, Response, RichText, Sense, Ui};

use super::super::actions::{Action, Actions, RowRef};
use super::super::added::origin;
use super::super::copying::Copied;
use super::super::field_words;
use super::super::session::Session;
use super::super::store::Loaded;
use super::facts::Facts;
use crate::find::degrees;
use crate::i18n::{Language, Message, format_integer, format_number};
use crate::table::Value;

/// How much of a text is shown, bytes: laying out more would take longer than a frame.
const VALUE_BYTES: usize = 10_000;

/// Shows the attributes from one on, and what is computed of the feature.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    loaded: &Loaded,
    row: RowRef,
    (facts, from): (Option<&Facts>, usize),
    out: &mut Actions,
) {
    let width = ui.available_width();
    let grid = |id: &str| {
        let grid = Grid::new((id.to_owned(), row.layer)).num_columns(2);
        grid.spacing([14.0, 8.0]).max_col_width(width * 0.56)
    };
    grid("attributes").show(ui, |ui| {
        let table = &loaded.table;
        for (at, field) in table.fields.iter().enumerate().skip(from) {
            let shown = name(ui, field.title(), width);
            shown.on_hover_text(field_words::hint(session, field, origin(session, loaded, at)));
            let value = table.value(row.row, at);
            let response = attribute(ui, session, value);
            copy_value(&response, session, value, out);
            ui.end_row();
        }
    });
    if let Some(facts) = facts {
        if loaded.table.fields.len() > from {
            ui.add_space(4.0);
            ui.separator();
        }
        grid("facts").show(ui, |ui| computed(ui, session, facts, width, out));
    }
}

fn name(ui: &mut Ui, name: &str, width: f32) -> Response {
    ui.scope(|ui| {
        ui.set_width((width * 0.36).max(60.0));
        ui.add(Label::new(RichText::new(name).weak()).wrap())
    })
    .inner
}

/// Length, area and place.
fn computed(ui: &mut Ui, session: &Session, facts: &Facts, width: f32, out: &mut Actions) {
    let language = session.language;
    let mut line = |ui: &mut Ui, id: &'static str, text: String, hint: Option<&'static str>| {
        name(ui, &session.say(&Message::new(id)), width);
        let label = Label::new(&text).wrap().sense(Sense::click());
        let mut response = ui.add(label);
        if let Some(hint) = hint {
            response = response.on_hover_text(session.say(&Message::new(hint)));
        }
        copy_item(&response, session, || text, out);
        ui.end_row();
    };
    let (measures, units) = (facts.measures, session.settings.units);
    if let Some(length) = measures.length {
        let text = units.format_length(language, length);
        line(ui, "app-fact-length", text, Some("app-fact-ellipsoid"));
    }
    if let Some(area) = measures.area {
        line(ui, "app-fact-area", units.format_area(language, area), Some("app-fact-ellipsoid"));
    }
    if let Some(perimeter) = measures.perimeter {
        let text = units.format_length(language, perimeter);
        line(ui, "app-fact-perimeter", text, Some("app-fact-ellipsoid"));
    }
    let place = if facts.is_point { None } else { Some("app-fact-centroid") };
    if let Some(lon_lat) = facts.lon_lat {
        line(ui, "app-fact-wgs84", degrees(lon_lat, language), place);
    }
    if let Some([x, y]) = facts.lambert {
        let text = format!("{} {}", format_number(language, x, 2), format_number(language, y, 2));
        line(ui, "app-fact-lambert", text, place);
    }
    if !facts.is_point {
        let corners = i64::try_from(facts.corners).unwrap_or(i64::MAX);
        line(ui, "app-fact-corners", format_integer(language, corners), None);
    }
}

/// A value with its menu to copy it.
fn copy_value(response: &Response, session: &Session, value: Value<'_>, out: &mut Actions) {
    if value.is_null() {
        return;
    }
    copy_item(response, session, || value.to_data_text(), out);
}

/// The menu to copy what a line shows.
fn copy_item(
    response: &Response,
    session: &Session,
    text: impl FnOnce() -> String,
    out: &mut Actions,
) {
    response.context_menu(|ui| {
        if ui.button(session.tr("app-copy-value")).clicked() {
            out.push(Action::Copy(Copied::Text(text())));
            ui.close();
        }
    });
}

fn attribute(ui: &mut Ui, session: &Session, value: Value<'_>) -> Response {
    let (value, whole) = value.shortened(VALUE_BYTES);
    let Some(bytes) = whole else { return attribute_text(ui, session.language, value) };
    ui.vertical(|ui| {
        // Plain: the start of a link leads nowhere.
        ui.add(Label::new(value.in_language(session.language)).wrap());
        let kilobytes = u64::try_from(bytes / 1000).unwrap_or(u64::MAX);
        let cut = Message::new("app-value-cut").count("size", kilobytes);
        ui.weak(session.say(&cut));
    })
    .response
    .interact(Sense::click())
}

fn attribute_text(ui: &mut Ui, language: Language, value: Value<'_>) -> Response {
    match value {
        Value::Null => ui.weak("–"),
        Value::Text(text) if is_link(text) => {
            ui.add(egui::Hyperlink::from_label_and_url(text, text).open_in_new_tab(true))
        }
        Value::Json(text) => {
            let text = RichText::new(text).monospace().small();
            ui.add(Label::new(text).wrap().sense(Sense::click()))
        }
        other => ui.add(Label::new(other.in_language(language)).wrap().sense(Sense::click())),
    }
}

fn is_link(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}
