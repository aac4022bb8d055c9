//! The coordinate reference system of a layer: what was found and how, and another one instead.

use egui::{Grid, RichText, TextEdit};

use super::actions::{Action, Actions};
use super::crs_words::{crs_label, short_name};
use super::dialog;
use super::reading::{LandingCards, taken_as};
use super::session::Session;
use crate::crs::{Crs, HowFound};
use crate::i18n::Message;
use crate::project::{Command, Layer, LayerId, LayerSource};

/// The dialog.
pub(super) struct CrsDialog {
    pub layer: LayerId,
    cards: LandingCards,
    code: String,
    error: Option<Message>,
}

impl CrsDialog {
    pub fn new(layer: LayerId) -> CrsDialog {
        CrsDialog { layer, cards: LandingCards::default(), code: String::new(), error: None }
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
            facts(ui, session, layer);
            ui.separator();
            ui.strong(session.tr("app-crs-choose"));
            let choice = self.choices(ui, session, layer);
            if let Some(error) = &self.error {
                let text = RichText::new(session.say(error));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            ui.weak(session.tr("app-crs-note"));
            if let Some(source) = choice {
                out.push(Action::Run(Command::SetSource(layer.id, source)));
                out.push(Action::ZoomToLayer(layer.id));
            }
            dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
        });
        shown.inner || shown.is_escaped
    }

    fn choices(
        &mut self,
        ui: &mut egui::Ui,
        session: &Session,
        layer: &Layer,
    ) -> Option<LayerSource> {
        let mut chosen = None;
        let with =
            |crs: Option<String>, swapped| LayerSource { crs, swapped, ..layer.source.clone() };
        if let Some(loaded) = session.loaded(layer)
            && let Some(crs) = self.cards.show(ui, session, loaded)
        {
            chosen = Some(taken_as(layer, &crs));
        }
        if layer.source.crs.is_some() {
            let text = session.tr("app-crs-as-found");
            if ui.radio(false, text).clicked() {
                chosen = Some(with(None, false));
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
                        chosen = Some(with(Some(crs.definition.to_string()), false));
                    }
                    Err(error) => self.error = Some(error.message()),
                }
            }
        });
        chosen
    }
}

fn facts(ui: &mut egui::Ui, session: &Session, layer: &Layer) {
    let Some(loaded) = session.loaded(layer) else {
        ui.spinner();
        return;
    };
    let Some(found) = &loaded.table.crs else {
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
        match &loaded.operation {
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
