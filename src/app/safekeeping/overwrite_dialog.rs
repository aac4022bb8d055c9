//! The question before a project is written over a file that is not what the window thinks.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use egui::{Label, RichText};

use crate::app::dialog;
use crate::app::safekeeping::moment;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::backup_of;

/// Why it is asked.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum Why {
    /// Another program, or another Belfort, changed the file.
    Changed(Option<DateTime<Utc>>),
    /// A newer Belfort made it: what this one does not know would be lost.
    Newer,
    /// It is damaged: what could not be read would be lost.
    Damaged,
}

/// The question.
pub(in crate::app) struct OverwriteDialog {
    pub path: PathBuf,
    pub why: Why,
}

/// What the person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Answer {
    /// Nothing yet.
    Open,
    Cancel,
    SaveAs,
    Overwrite,
    ReadAgain,
}

impl OverwriteDialog {
    pub fn show(&self, ctx: &egui::Context, session: &Session) -> Answer {
        let id = match self.why {
            Why::Changed(_) => "app-overwrite-changed-title",
            Why::Newer => "app-overwrite-newer-title",
            Why::Damaged => "app-overwrite-damaged-title",
        };
        let title = session.say(&Message::new(id));
        let shown = dialog::show(ctx, "overwrite", &title, 540.0, |ui| {
            ui.add(Label::new(session.say(&self.text(session))).wrap());
            ui.add_space(6.0);
            let backup = file_name(&backup_of(&self.path));
            let kept = Message::new("app-overwrite-kept").text("backup", backup);
            ui.add(Label::new(RichText::new(session.say(&kept)).weak()).wrap());
            if matches!(self.why, Why::Changed(_)) {
                let text = session.tr("app-overwrite-read-again-text");
                ui.add(Label::new(RichText::new(text).weak()).wrap());
            }
            dialog::buttons(ui, |ui| {
                if dialog::main_button(ui, true, &session.tr("app-save-as")) {
                    return Answer::SaveAs;
                }
                if ui.button(session.tr("app-overwrite-do")).clicked() {
                    return Answer::Overwrite;
                }
                let can_read_again = matches!(self.why, Why::Changed(_));
                if can_read_again && ui.button(session.tr("app-overwrite-read-again")).clicked() {
                    return Answer::ReadAgain;
                }
                if ui.button(session.tr("app-cancel")).clicked() {
                    return Answer::Cancel;
                }
                Answer::Open
            })
        });
        if shown.is_escaped { Answer::Cancel } else { shown.inner }
    }

    fn text(&self, session: &Session) -> Message {
        let name = file_name(&self.path);
        match self.why {
            Why::Changed(Some(when)) => Message::new("app-overwrite-changed-at")
                .text("name", name)
                .text("when", moment(session, when)),
            Why::Changed(None) => Message::new("app-overwrite-changed").text("name", name),
            Why::Newer => Message::new("app-overwrite-newer").text("name", name),
            Why::Damaged => Message::new("app-overwrite-damaged").text("name", name),
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
