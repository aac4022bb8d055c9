//! Dialogs about an image under the layers: its CRS, and what it is with what is wrong with it.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::actions::{Action, Actions};
use super::crs_window::{Chosen, CrsChooser, facts};
use super::dialog;
use super::export_dialog::problem_line;
use super::session::Session;
use crate::i18n::{Message, format_number};
use crate::project::{Backdrop, BackdropId, Command};
use crate::raster::Raster;

/// The dialog to choose the CRS of an image.
pub(super) struct BackdropCrsDialog {
    backdrop: BackdropId,
    chooser: CrsChooser,
}

impl BackdropCrsDialog {
    pub fn new(backdrop: BackdropId) -> BackdropCrsDialog {
        BackdropCrsDialog { backdrop, chooser: CrsChooser::default() }
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(backdrop) = session.document().backdrop(self.backdrop) else { return true };
        let title = session.say(&Message::new("app-crs-title").text("name", &backdrop.name));
        let shown = dialog::show(ctx, "backdrop crs", &title, 560.0, |ui| {
            let found = session.backdrops.crs(backdrop);
            let laid = session.backdrops.laid(backdrop);
            let operation = laid.and_then(|laid| laid.as_ref().ok()).map(|laid| &laid.operation);
            facts(ui, session, found.as_ref(), operation);
            if let Some(Err(error)) = laid {
                let text = RichText::new(session.say(error));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            ui.separator();
            ui.strong(session.tr("app-crs-choose"));
            let is_chosen = backdrop.crs.is_some();
            let usual = CrsChooser::usual(ui, found.as_ref());
            let chosen = self.chooser.show(ui, session, is_chosen).or(usual);
            ui.weak(session.tr("app-crs-note"));
            if let Some(Chosen { crs, .. }) = chosen {
                out.push(Action::Run(Command::SetBackdropCrs(backdrop.id, crs)));
                // Where it lies now is where the person wants to look.
                out.push(Action::ZoomToBackdrop(backdrop.id));
            }
            dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
        });
        shown.inner || shown.is_escaped
    }
}

/// The dialog about what an image is and what is wrong with it; answers whether it is done.
pub(super) fn problems(ctx: &egui::Context, session: &Session, id: BackdropId) -> bool {
    let Some(backdrop) = session.document().backdrop(id) else { return true };
    let Some(raster) = session.backdrops.raster(backdrop) else { return true };
    let title = Message::new("app-backdrop-about-title").text("name", &backdrop.name);
    let shown = dialog::show(ctx, "backdrop problems", &session.say(&title), 560.0, |ui| {
        ui.weak(raster.file.path.display().to_string());
        ui.add_space(6.0);
        about(ui, session, backdrop, raster);
        ui.separator();
        let problems = raster.problems();
        if problems.is_empty() {
            ui.label(session.tr("app-problems-none"));
        }
        let area = ScrollArea::vertical().id_salt("problems").max_height(240.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            for problem in &problems {
                problem_line(ui, session, problem);
            }
        });
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped
}

fn about(ui: &mut Ui, session: &Session, backdrop: &Backdrop, raster: &Raster) {
    let file = &raster.file;
    let said = &file.facts;
    let language = session.language;
    let bits = if said.is_float { "raster-bits-float" } else { "raster-bits" };
    let bits = Message::new(bits).count("bits", u64::from(said.bits));
    let bands = Message::new("raster-bands").count("count", u64::from(said.bands));
    let samples =
        [&said.kind, &bands, &bits].map(|message| message.in_language(language)).join(", ");
    let is_degrees = session.backdrops.crs(backdrop).is_some_and(|crs| crs.crs.is_geographic());
    let decimals = if is_degrees { 8 } else { 3 };
    let [across, down] = file.resolution().map(|size| format_number(language, size, decimals));
    let unit = if is_degrees { "raster-pixel-degrees" } else { "raster-pixel" };
    let pixel = Message::new(unit).text("width", across).text("height", down);
    let rows = [
        ("raster-format-label", said.format.to_owned()),
        ("raster-size-label", session.say(&super::layers_panel::image_size(said.size))),
        ("raster-samples-label", samples),
        ("raster-pixel-label", session.say(&pixel)),
    ];
    Grid::new("about image").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
        for (label, value) in rows {
            ui.weak(session.tr(label));
            ui.label(value);
            ui.end_row();
        }
        for note in &raster.notes {
            ui.weak(session.tr("raster-shown-label"));
            ui.scope(|ui| {
                ui.set_max_width(400.0);
                ui.add(egui::Label::new(session.say(note)).wrap());
            });
            ui.end_row();
        }
    });
}
