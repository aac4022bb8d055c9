//! Choices about reading files that are remembered: how many, and all of them forgotten.

use egui::{Button, Ui};

use super::super::session::Session;
use super::super::settings::Settings;
use super::{grid, heading, note};
use crate::i18n::Message;

/// The part of the settings about files.
pub(super) fn show(ui: &mut Ui, session: &Session, settings: &mut Settings) {
    heading(ui, session, "app-settings-readings");
    grid(ui, "readings", |ui| {
        ui.label(session.tr("app-settings-readings-count"));
        ui.horizontal(|ui| {
            let count = u64::try_from(settings.readings.len()).unwrap_or(u64::MAX);
            let text = match count {
                0 => Message::new("app-settings-readings-none"),
                count => Message::new("app-settings-readings-files").count("count", count),
            };
            ui.label(session.say(&text));
            let forget = Button::new(session.tr("app-settings-readings-forget"));
            if ui.add_enabled(count > 0, forget).clicked() {
                settings.readings.clear();
            }
        });
        ui.end_row();
        note(ui, session, "app-settings-readings-note");
    });
}
