//! All steps that can be taken back or done again, to go to any of them.

use egui::{RichText, ScrollArea};

use crate::app::actions::{Action, Actions};
use crate::app::session::Session;
use crate::app::{chosen, dialog};
use crate::i18n::Message;

/// The list; answers whether it is done.
pub(in crate::app) fn history_dialog(
    ctx: &egui::Context,
    session: &Session,
    out: &mut Actions,
) -> bool {
    let title = session.tr("app-steps-title");
    let shown = dialog::show(ctx, "history", &title, 440.0, |ui| {
        let (steps, done) = session.history.steps();
        ui.weak(session.tr("app-steps-text"));
        ui.add_space(6.0);
        let room = (ui.ctx().content_rect().height() - 240.0).max(120.0);
        ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
            // The state before anything was done.
            if chosen::item(ui, done == 0, session.tr("app-steps-start")).clicked() {
                out.push(Action::GoToStep(0));
            }
            for (at, step) in steps.iter().enumerate() {
                let number = at + 1;
                let name = Message::new("app-steps-step")
                    .count("number", number as u64)
                    .message("name", step.clone());
                let text = RichText::new(session.say(&name));
                // What was taken back is there, but not in force.
                let text = if number > done { text.weak() } else { text };
                let response = chosen::item(ui, number == done, text);
                if number == done && session.history.steps().1 > 0 {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    out.push(Action::GoToStep(number));
                }
            }
        });
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped
}
