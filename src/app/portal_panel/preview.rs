//! The first rows of a dataset.

use egui::{RichText, ScrollArea, Ui};
use serde_json::Value;

use crate::app::session::Session;
use crate::i18n::format_plain_number;
use crate::portal::{Dataset, Records};

/// How many rows are shown.
pub(super) const ROWS: u32 = 8;

/// The widest value, letters.
const WIDEST: usize = 28;

pub(super) fn show(ui: &mut Ui, session: &Session, dataset: &Dataset, records: &Records) {
    if records.rows.is_empty() {
        ui.weak(session.tr("app-portal-no-rows"));
        return;
    }
    let fields = dataset.fields.iter().filter(|field| !field.kind.is_place());
    ScrollArea::horizontal().id_salt("preview").show(ui, |ui| {
        egui::Grid::new("preview").striped(true).spacing([12.0, 3.0]).show(ui, |ui| {
            for field in fields.clone() {
                let name = RichText::new(short(&field.label)).small().strong();
                ui.label(name).on_hover_text(&field.name);
            }
            ui.end_row();
            for row in &records.rows {
                for field in fields.clone() {
                    let value = row.get(&field.name).unwrap_or(&Value::Null);
                    let text = value_text(session, value);
                    let label = ui.label(RichText::new(short(&text)).small());
                    if text.chars().count() > WIDEST {
                        label.on_hover_text(text);
                    }
                }
                ui.end_row();
            }
        });
    });
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(WIDEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace(['\n', '\r'], " ")
}

fn value_text(session: &Session, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (None, Some(number)) => format_plain_number(session.language, number, 6),
            _ => number.to_string(),
        },
        Value::Bool(yes) => session.tr(if *yes { "value-true" } else { "value-false" }),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
