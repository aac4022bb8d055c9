//! Files of the project that are not where they were: where they are now.

use std::path::{Path, PathBuf};

use egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::dialog::{self, BrowseFor, PathField};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Command, FilesNow, FoundFile, MissingFile};

/// The files that are missing, each with the place that is proposed or chosen.
pub(in crate::app) struct MissingDialog {
    files: Vec<(MissingFile, PathField)>,
    is_cut: bool,
}

impl MissingDialog {
    pub fn new(found: FilesNow) -> MissingDialog {
        // Only what has the same content is filled in; what has the same name is there to choose.
        let field = |file: &MissingFile| match file.found.first() {
            Some(FoundFile { path, is_same: true }) => PathField::of(path).waiting(),
            _ => PathField::default().waiting(),
        };
        let files = found.missing.into_iter().map(|file| {
            let field = field(&file);
            (file, field)
        });
        MissingDialog { files: files.collect(), is_cut: found.is_cut }
    }

    /// Whether the system's own dialog may still answer.
    pub fn is_browsing(&self) -> bool {
        self.files.iter().any(|(_, field)| field.is_browsing())
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.tr("app-missing-title");
        let shown = dialog::show(ctx, "missing", &title, 680.0, |ui| {
            if self.files.is_empty() {
                ui.label(session.tr("app-missing-none"));
                return dialog::buttons(ui, |ui| {
                    dialog::main_button(ui, true, &session.tr("app-close"))
                });
            }
            ui.add(Label::new(session.tr("app-missing-text")).wrap());
            if self.is_cut {
                ui.add(Label::new(RichText::new(session.tr("app-missing-cut")).weak()).wrap());
            }
            ui.add_space(8.0);
            let room = (ui.ctx().content_rect().height() - 280.0).max(140.0);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                for (at, (file, field)) in self.files.iter_mut().enumerate() {
                    ui.push_id(at, |ui| item(ui, session, file, field));
                    ui.add_space(6.0);
                }
            });
            let moved = self.moved();
            let count = moved.len() as u64;
            dialog::buttons(ui, |ui| {
                let text = session.say(&Message::new("app-missing-use").count("count", count));
                let is_wanted = dialog::main_button(ui, count > 0, &text);
                let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
                if is_wanted {
                    out.push(Action::Run(Command::MoveFiles(moved)));
                    out.push(Action::CloseStep);
                }
                is_wanted || is_cancelled
            })
        });
        shown.inner || shown.is_escaped
    }

    /// What was chosen: where each file was, and where it is.
    fn moved(&self) -> Vec<(String, String)> {
        let chosen = self.files.iter().filter_map(|(file, field)| {
            let to = field.path()?;
            let to: PathBuf = std::path::absolute(&to).unwrap_or(to);
            Some((file.path.clone(), to.to_string_lossy().into_owned()))
        });
        chosen.collect()
    }
}

fn item(ui: &mut Ui, session: &Session, file: &MissingFile, field: &mut PathField) {
    let frame = Frame::new()
        .stroke(ui.visuals().widgets.noninteractive.bg_stroke)
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let path = Path::new(&file.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        ui.add(Label::new(RichText::new(name).strong()).truncate());
        let was = Message::new("app-missing-was").text("path", file.path.as_str());
        let was = RichText::new(session.say(&was)).small().weak();
        ui.add(Label::new(was).truncate()).on_hover_text(&file.path);
        ui.add_space(4.0);
        field.show(ui, session, "app-missing-path", &[BrowseFor::Open]);
        let chosen = field.path();
        let of_found = file.found.iter().find(|found| Some(&found.path) == chosen.as_ref());
        match of_found {
            Some(FoundFile { is_same: true, .. }) => {
                ui.label(RichText::new(session.tr("app-missing-same")).small());
            }
            Some(_) => {
                let text = RichText::new(session.tr("app-missing-other")).small();
                ui.label(text.color(ui.visuals().warn_fg_color));
            }
            None if file.found.is_empty() => {
                ui.label(RichText::new(session.tr("app-missing-nowhere")).small().weak());
            }
            None => {}
        }
        for found in file.found.iter().take(5).filter(|it| Some(&it.path) != chosen.as_ref()) {
            let id = if found.is_same { "app-missing-take-same" } else { "app-missing-take" };
            let text = Message::new(id).text("path", found.path.to_string_lossy());
            let button = egui::Button::new(RichText::new(session.say(&text)).small()).truncate();
            if ui.add(button).clicked() {
                field.text = found.path.to_string_lossy().into_owned();
            }
        }
    });
}
