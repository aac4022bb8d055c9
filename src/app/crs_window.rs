//! The coordinate reference system of a layer: what was found and how, and another one instead.
//! Its parts serve for backdrops too.

use egui::{Grid, RichText, TextEdit, Ui};

use super::actions::{Action, Actions};
use super::crs_words::{crs_label, offered, short_name};
use super::dialog;
use super::reading::{LandingCards, taken_as};
use super::session::Session;
use crate::crs::{Crs, CrsError, HowFound, LayerCrs, Operation};
use crate::i18n::Message;
use crate::project::{Layer, LayerId, LayerSource};

/// The dialog.
pub(super) struct CrsDialog {
    pub layer: LayerId,
    cards: LandingCards,
    chooser: CrsChooser,
}

impl CrsDialog {
    pub fn new(layer: LayerId) -> CrsDialog {
        CrsDialog { layer, cards: LandingCards::default(), chooser: CrsChooser::default() }
    }

    /// Whether its pictures are being drawn.
    pub fn is_busy(&self) -> bool {
        self.cards.is_busy()
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        let title = session.say(&Message::new("app-crs-title").text("name", &layer.name));
        let shown = dialog::show(ctx, "crs", &title, 600.0, |ui| {
            layer_facts(ui, session, layer);
            ui.separator();
            ui.strong(session.tr("app-crs-choose"));
            let mut source = None;
            if let Some(loaded) = session.loaded(layer)
                && let Some(crs) = self.cards.show(ui, session, loaded)
            {
                source = Some(taken_as(layer, &crs));
            }
            if let Some(chosen) = self.chooser.show(ui, session, layer.source.crs.is_some()) {
                let Chosen { crs, swapped } = chosen;
                source = Some(LayerSource { crs, swapped, ..layer.source.clone() });
            }
            ui.weak(session.tr("app-crs-note"));
            if let Some(source) = source {
                out.push(Action::ReadAs(layer.id, source));
            }
            dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
        });
        shown.inner || shown.is_escaped
    }
}

/// A CRS chosen, or none for the one found.
pub(super) struct Chosen {
    /// A code or WKT.
    pub crs: Option<String>,
    /// x and y are exchanged in the source.
    pub swapped: bool,
}

/// A CRS to choose: the usual ones, or by its code.
#[derive(Default)]
pub(super) struct CrsChooser {
    code: String,
    error: Option<Message>,
}

impl CrsChooser {
    /// The systems that are usual here; `found` is the one in force.
    pub fn usual(ui: &mut Ui, found: Option<&LayerCrs>) -> Option<Chosen> {
        let mut chosen = None;
        for (crs, name) in offered() {
            let is_this = found.is_some_and(|found| found.crs.same_as(&crs) && !found.swapped);
            if ui.radio(is_this, name).clicked() && !is_this {
                chosen = Some(Chosen { crs: crs.code, swapped: false });
            }
        }
        chosen
    }

    /// The one found, where the person chose another before (`is_chosen`), and any by its code.
    /// Answers what is chosen now.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, is_chosen: bool) -> Option<Chosen> {
        let mut chosen = None;
        if is_chosen {
            let text = session.tr("app-crs-as-found");
            if ui.radio(false, text).clicked() {
                chosen = Some(Chosen { crs: None, swapped: false });
            }
        }
        ui.horizontal(|ui| {
            let label = ui.label(session.tr("app-crs-code"));
            let field = TextEdit::singleline(&mut self.code).hint_text("EPSG:25831");
            let field = ui.add(field.desired_width(120.0)).labelled_by(label.id);
            let is_entered =
                field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let is_ready = !self.code.trim().is_empty();
            let use_it = egui::Button::new(session.tr("app-crs-use"));
            if ui.add_enabled(is_ready, use_it).clicked() || (is_entered && is_ready) {
                match Crs::from_code(self.code.trim()) {
                    Ok(crs) => {
                        self.error = None;
                        let crs = Some(crs.definition.to_string());
                        chosen = Some(Chosen { crs, swapped: false });
                    }
                    Err(error) => self.error = Some(error.message()),
                }
            }
        });
        if let Some(error) = &self.error {
            let text = RichText::new(session.say(error));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        chosen
    }
}

fn layer_facts(ui: &mut Ui, session: &Session, layer: &Layer) {
    match session.loaded(layer) {
        Some(loaded) => {
            facts(ui, session, loaded.table.crs.as_ref(), loaded.operation.as_ref());
        }
        None => {
            ui.spinner();
        }
    }
}

/// What is known of a CRS and of the way from it.
pub(super) fn facts(
    ui: &mut Ui,
    session: &Session,
    found: Option<&LayerCrs>,
    operation: Option<&Result<Operation, CrsError>>,
) {
    let Some(found) = found else {
        let text = RichText::new(session.tr("app-crs-unknown-text"));
        ui.label(text.color(ui.visuals().error_fg_color));
        return;
    };
    Grid::new("crs facts").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
        ui.weak(session.tr("app-crs-found"));
        ui.strong(crs_label(found, session.language));
        ui.end_row();
        if short_name(&found.crs) != found.crs.label() {
            dialog::no_name(ui);
            ui.weak(found.crs.label());
            ui.end_row();
        }
        ui.weak(session.tr("app-crs-how"));
        let how = RichText::new(session.say(&found.how.message()));
        if found.how == HowFound::Guess {
            ui.label(how.color(ui.visuals().warn_fg_color));
        } else {
            ui.label(how);
        }
        ui.end_row();
        ui.weak(session.tr("app-crs-operation"));
        let width = 400.0;
        match operation {
            Some(Ok(operation)) => {
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    let name = if operation.name.is_empty() { "–" } else { &operation.name };
                    ui.add(egui::Label::new(name).wrap());
                });
                ui.end_row();
                ui.weak(session.tr("app-crs-accuracy"));
                ui.label(session.say(&accuracy(operation.accuracy)));
            }
            Some(Err(error)) => {
                let text = RichText::new(session.say(&error.message()));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            None => {
                ui.label("–");
            }
        }
        ui.end_row();
    });
}

/// "about 1 m".
fn accuracy(metres: Option<f64>) -> Message {
    match metres {
        Some(0.0) => Message::new("app-crs-exact"),
        Some(metres) => Message::new("app-crs-about").number("metres", metres, 2),
        None => Message::new("app-crs-accuracy-unknown"),
    }
}
