//! Choosing a style file, and the list of what has no counterpart.

use std::path::Path;

use egui::{Context, Key, RichText, ScrollArea, TextEdit};

use super::Told;
use crate::app::actions::{Action, Actions};
use crate::app::dialog::{self, BrowseFor, PathField};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::problem::FileError;
use crate::project::LayerId;

/// Choosing a style file for a layer.
pub(in crate::app) struct ReadStyleDialog {
    layer: LayerId,
    field: PathField,
    error: Option<FileError>,
}

impl ReadStyleDialog {
    /// A dialog that asks the system at once; it stays open for typing where that has none. It
    /// begins where the layer's file lies.
    pub fn asking(layer: LayerId, session: &Session) -> ReadStyleDialog {
        let source = session.document().layer(layer).map(|layer| &layer.source);
        let source = source.filter(|source| source.notes().is_none());
        let beside = source
            .map(|source| source.path.as_str())
            .map(|path| Path::new(path).with_extension("qml"));
        let mut field = beside.as_deref().map(PathField::of).unwrap_or_default();
        let what = BrowseFor::OpenFile("qml");
        field.browse(what, session.tr("app-qml-read-title"), session);
        ReadStyleDialog { layer, field, error: None }
    }

    /// Whether the system's own dialog may still answer.
    pub fn is_browsing(&self) -> bool {
        self.field.is_browsing()
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.tr("app-qml-read-title");
        let shown = dialog::show(ctx, "read-style", &title, 620.0, |ui| {
            ui.weak(session.tr("app-qml-read-what"));
            ui.add_space(6.0);
            let browse = [BrowseFor::OpenFile("qml")];
            let picked = self.field.show(ui, session, "app-qml-path", &browse);
            if let Some(error) = &self.error {
                let text = RichText::new(error.text(session.language));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            let path = self.field.path();
            let mut is_wanted = picked.is_entered || !picked.paths.is_empty();
            let mut is_done = false;
            dialog::buttons(ui, |ui| {
                let text = session.tr("app-qml-read-do");
                is_wanted |= dialog::main_button(ui, path.is_some(), &text);
                is_done |= ui.button(session.tr("app-cancel")).clicked();
            });
            if let Some(path) = path.filter(|_| is_wanted) {
                // The place of a typing mistake is here, not in a list of errors.
                match std::fs::metadata(&path) {
                    Ok(_) => {
                        out.push(Action::ReadStyle(self.layer, path));
                        is_done = true;
                    }
                    Err(error) => self.error = Some(FileError::io(&path, &error)),
                }
            }
            is_done
        });
        shown.inner || shown.is_escaped
    }
}

/// Naming the style of a layer, to be kept.
pub(in crate::app) struct NameStyleDialog {
    layer: LayerId,
    text: String,
    had_focus: bool,
}

impl NameStyleDialog {
    /// For a layer, by whose name it begins.
    pub fn new(layer: LayerId, session: &Session) -> NameStyleDialog {
        let found = session.document().layer(layer);
        let text = found.map(|layer| layer.name.clone()).unwrap_or_default();
        NameStyleDialog { layer, text, had_focus: false }
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.tr("app-style-name-title");
        let label = session.tr("app-style-name-label");
        let shown = dialog::show(ctx, "name-style", &title, 420.0, |ui| {
            let field = TextEdit::singleline(&mut self.text).desired_width(f32::INFINITY);
            let field = ui.add(field).accessible_name(&label);
            if !self.had_focus {
                self.had_focus = true;
                field.request_focus();
            }
            let name = self.text.trim();
            let is_taken = session.settings.styles.iter().any(|kept| kept.name == name);
            let note = if is_taken { "app-style-name-taken" } else { "app-style-name-where" };
            ui.weak(session.tr(note));
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            dialog::buttons(ui, |ui| {
                let is_ready = !name.is_empty();
                let text = session.tr(if is_taken { "app-save-replace" } else { "app-save-do" });
                let is_kept = dialog::main_button(ui, is_ready, &text);
                let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
                (is_kept || (is_entered && is_ready && !is_taken), is_cancelled)
            })
        });
        let (is_kept, is_cancelled) = shown.inner;
        if is_kept && let Some(layer) = session.document().layer(self.layer) {
            let mut settings = session.settings.clone();
            settings.name_style(self.text.trim(), &session.style_of(layer));
            out.push(Action::ChangeSettings(Box::new(settings)));
        }
        is_kept || is_cancelled || shown.is_escaped
    }
}

/// Lists what a style lost on its way; answers whether the window is closed.
pub(in crate::app) fn told_window(ctx: &Context, session: &Session, told: &Told) -> bool {
    let name = told.path.file_name().unwrap_or(told.path.as_os_str()).to_string_lossy();
    let title = session.say(&Message::new("app-qml-told-title").text("name", name));
    let shown = dialog::show(ctx, "style-told", &title, 560.0, |ui| {
        ui.weak(told.path.display().to_string());
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| {
            for problem in &told.problems {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    ui.label(format!("• {}", problem.text(session.language)));
                });
            }
        });
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped
}
