//! The properties of a project: its title, who made it, what it is, what may be done with it.

use egui::{TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::dialog;
use crate::app::session::Session;
use crate::project::{About, Command};

/// The properties being typed.
pub(in crate::app) struct AboutDialog {
    title: String,
    about: About,
    had_focus: bool,
}

impl AboutDialog {
    pub fn new(session: &Session) -> AboutDialog {
        let document = session.document();
        let (title, about) = (document.title.clone(), document.about.clone());
        AboutDialog { title, about, had_focus: false }
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let heading = session.tr("app-properties-title");
        let shown = dialog::show(ctx, "properties", &heading, 520.0, |ui| {
            ui.weak(session.tr("app-properties-text"));
            ui.add_space(8.0);
            let first = field(ui, &session.tr("app-title-of-map"), &mut self.title, 1);
            if !self.had_focus {
                self.had_focus = true;
                first.request_focus();
            }
            field(ui, &session.tr("app-properties-author"), &mut self.about.author, 1);
            let description = &mut self.about.description;
            field(ui, &session.tr("app-properties-description"), description, 4);
            field(ui, &session.tr("app-properties-licence"), &mut self.about.licence, 1);
            dialog::buttons(ui, |ui| {
                let is_set = dialog::main_button(ui, true, &session.tr("app-properties-do"));
                let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
                (is_set, is_cancelled)
            })
        });
        let (is_set, is_cancelled) = shown.inner;
        if is_set {
            let document = session.document();
            let title = self.title.trim().to_owned();
            if title != document.title {
                out.push(Action::Run(Command::SetTitle(title)));
                out.push(Action::CloseStep);
            }
            let trimmed = |text: &str| text.trim().to_owned();
            let about = About {
                author: trimmed(&self.about.author),
                description: trimmed(&self.about.description),
                licence: trimmed(&self.about.licence),
            };
            if about != document.about {
                out.push(Action::Run(Command::SetAbout(about)));
                out.push(Action::CloseStep);
            }
        }
        is_set || is_cancelled || shown.is_escaped
    }
}

fn field(ui: &mut Ui, name: &str, text: &mut String, rows: usize) -> egui::Response {
    let label = ui.label(name);
    let edit = if rows > 1 { TextEdit::multiline(text) } else { TextEdit::singleline(text) };
    let edit = edit.desired_rows(rows).desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(label.id);
    ui.add_space(4.0);
    response
}
