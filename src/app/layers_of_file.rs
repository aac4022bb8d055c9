//! Which layers of a file are added, where it holds several.

use std::path::{Path, PathBuf};

use egui::{RichText, ScrollArea, Ui};

use super::actions::{Action, Actions};
use super::dialog;
use super::session::Session;
use super::store::RowKind;
use crate::formats::ListedLayer;
use crate::i18n::Message;

/// Layers that a file was found to hold, and which of them are wanted: at first all.
pub(super) struct LayersOfFile {
    path: PathBuf,
    layers: Vec<(ListedLayer, bool)>,
    had_focus: bool,
}

impl LayersOfFile {
    pub fn new(path: PathBuf, layers: Vec<ListedLayer>) -> LayersOfFile {
        let layers = layers.into_iter().map(|layer| (layer, true)).collect();
        LayersOfFile { path, layers, had_focus: false }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let title = Message::new("app-layers-of-file-title").text("name", name_of(&self.path));
        let title = session.say(&title);
        let shown = dialog::show(ctx, "layers of file", &title, 480.0, |ui| {
            let count = Message::new("app-layers-of-file-which").count("count", self.count());
            ui.label(session.say(&count));
            ui.add_space(4.0);
            self.all_or_none(ui, session);
            ui.add_space(4.0);
            let room = ui.available_height() - 60.0;
            ScrollArea::vertical().max_height(room.max(80.0)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                self.list(ui, session);
            });
            let chosen = self.layers.iter().filter(|(_, chosen)| *chosen).count();
            let add = Message::new("app-layers-of-file-add").count("count", as_count(chosen));
            dialog::buttons(ui, |ui| {
                let add = dialog::main_response(ui, chosen > 0, &session.say(&add));
                // All of them is what most want: Enter.
                if !std::mem::replace(&mut self.had_focus, true) {
                    add.request_focus();
                }
                (add.clicked(), ui.button(session.tr("app-cancel")).clicked())
            })
        });
        let (is_wanted, is_cancelled) = shown.inner;
        if is_wanted {
            let chosen = self.layers.iter().filter(|(_, chosen)| *chosen);
            let names = chosen.map(|(layer, _)| layer.name.clone()).collect();
            out.push(Action::OpenLayers(self.path.clone(), names));
        }
        is_wanted || is_cancelled || shown.is_escaped
    }

    fn count(&self) -> u64 {
        as_count(self.layers.len())
    }

    fn all_or_none(&mut self, ui: &mut Ui, session: &Session) {
        ui.horizontal(|ui| {
            for (id, wanted) in
                [("app-export-columns-all", true), ("app-export-columns-none", false)]
            {
                if ui.link(session.tr(id)).clicked() {
                    self.layers.iter_mut().for_each(|(_, chosen)| *chosen = wanted);
                }
            }
        });
    }

    fn list(&mut self, ui: &mut Ui, session: &Session) {
        for (layer, chosen) in &mut self.layers {
            ui.horizontal(|ui| {
                let title = layer.title.as_ref().filter(|title| !title.trim().is_empty());
                let name = title.unwrap_or(&layer.name);
                let row = ui.checkbox(chosen, name);
                let note = note_of(session, layer);
                if !note.is_empty() {
                    ui.label(RichText::new(note).weak());
                }
                if title.is_some_and(|title| *title != layer.name) {
                    row.on_hover_text(&layer.name);
                }
            });
        }
    }
}

/// "1 204 rows · table without place".
fn note_of(session: &Session, layer: &ListedLayer) -> String {
    let rows = layer.rows.map(|rows| session.say(&RowKind::Rows.count(rows)));
    let placeless =
        (layer.has_place == Some(false)).then(|| session.tr("app-layers-of-file-placeless"));
    rows.into_iter().chain(placeless).collect::<Vec<_>>().join(" · ")
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn as_count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
