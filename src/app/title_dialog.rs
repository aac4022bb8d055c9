//! The title of the map: shown on the window and above its figures.

use egui::{Key, TextEdit};

use super::actions::{Action, Actions};
use super::dialog;
use super::session::Session;
use crate::project::Command;

/// A title being typed.
pub(super) struct TitleDialog {
    text: String,
    had_focus: bool,
}

impl TitleDialog {
    pub fn new(session: &Session) -> TitleDialog {
        TitleDialog { text: session.document().title.clone(), had_focus: false }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let label = session.tr("app-title-of-map");
        let shown = dialog::show(ctx, "title", &label, 420.0, |ui| {
            let field = TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY);
            let field = ui.add(field).accessible_name(&label);
            if !self.had_focus {
                self.had_focus = true;
                field.request_focus();
            }
            ui.weak(session.tr("app-title-where"));
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            dialog::buttons(ui, |ui| {
                let is_set = dialog::main_button(ui, true, &session.tr("app-title-do"));
                let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
                (is_set || is_entered, is_cancelled)
            })
        });
        let (is_set, is_cancelled) = shown.inner;
        if is_set {
            out.push(Action::Run(Command::SetTitle(self.text.trim().to_owned())));
            out.push(Action::CloseStep);
        }
        is_set || is_cancelled || shown.is_escaped
    }
}
