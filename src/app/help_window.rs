//! The keyboard shortcuts.

use egui::{Grid, RichText, ScrollArea};

use super::commands::COMMANDS;
use super::dialog;
use super::session::Session;
use super::shortcuts::all_keys_of;
use crate::i18n::Message;

/// The list of shortcuts; answers whether it is done.
pub(super) fn shortcuts(ctx: &egui::Context, session: &Session) -> bool {
    let title = session.tr("app-help-shortcuts");
    let shown = dialog::show(ctx, "shortcuts", &title, 460.0, |ui| {
        ScrollArea::vertical().max_height(480.0).show(ui, |ui| {
            Grid::new("shortcuts")
                .num_columns(2)
                .min_col_width(200.0)
                .striped(true)
                .spacing([24.0, 8.0])
                .show(ui, |ui| {
                    for entry in COMMANDS.iter().filter(|entry| entry.keys().next().is_some()) {
                        ui.label(session.say(&Message::new(entry.label)));
                        let keys = all_keys_of(ui.ctx(), entry);
                        ui.label(RichText::new(keys).monospace());
                        ui.end_row();
                    }
                });
        });
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped
}
