//! At which scales a layer is drawn.

use egui::{Grid, TextEdit, Ui};

use super::actions::{Action, Actions};
use super::dialog;
use super::session::Session;
use crate::i18n::{Message, format_integer};
use crate::page::read_scale;
use crate::project::{Command, Layer, LayerId, ScaleRange};

/// Scales being typed.
pub(super) struct ScaleDialog {
    layer: LayerId,
    farthest: String,
    nearest: String,
}

impl ScaleDialog {
    pub fn new(session: &Session, layer: &Layer) -> ScaleDialog {
        let text = |scale: Option<u32>| {
            scale.map_or_else(String::new, |scale| {
                format_integer(session.language, i64::from(scale))
            })
        };
        ScaleDialog {
            layer: layer.id,
            farthest: text(layer.scales.farthest),
            nearest: text(layer.scales.nearest),
        }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        let title = Message::new("app-scales-title").text("name", layer.name.as_str());
        let shown = dialog::show(ctx, "scales", &session.say(&title), 460.0, |ui| {
            ui.label(session.tr("app-scales-how"));
            ui.add_space(6.0);
            Grid::new("scales").num_columns(3).spacing([12.0, 8.0]).show(ui, |ui| {
                field(ui, session, "app-scales-farthest", &mut self.farthest);
                field(ui, session, "app-scales-nearest", &mut self.nearest);
            });
            let range = self.range();
            match &range {
                None => {
                    let text = egui::RichText::new(session.tr("app-scales-wrong"));
                    ui.label(text.color(ui.visuals().error_fg_color));
                }
                Some(range) if range.farthest.zip(range.nearest).is_some_and(|(f, n)| f < n) => {
                    let text = egui::RichText::new(session.tr("app-scales-none"));
                    ui.label(text.color(ui.visuals().warn_fg_color));
                }
                Some(_) => {}
            }
            dialog::buttons(ui, |ui| {
                let is_set = dialog::main_button(ui, range.is_some(), &session.tr("app-scales-do"));
                let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
                (range.filter(|_| is_set), is_cancelled)
            })
        });
        let (set, is_cancelled) = shown.inner;
        let is_set = set.is_some();
        if let Some(range) = set {
            out.push(Action::Run(Command::SetScales(self.layer, range)));
            out.push(Action::CloseStep);
        }
        is_set || is_cancelled || shown.is_escaped
    }

    /// The scales typed; none while one of them is no number.
    fn range(&self) -> Option<ScaleRange> {
        let limits = [&self.farthest, &self.nearest].map(|text| {
            let is_wrong = !text.trim().is_empty() && read_scale(text).is_none();
            (!is_wrong).then(|| read_scale(text))
        });
        let [Some(farthest), Some(nearest)] = limits else { return None };
        Some(ScaleRange { farthest, nearest })
    }
}

fn field(ui: &mut Ui, session: &Session, id: &'static str, text: &mut String) {
    let label = ui.label(session.say(&Message::new(id)));
    ui.horizontal(|ui| {
        ui.label("1:");
        let field = TextEdit::singleline(text).desired_width(100.0);
        ui.add(field.hint_text(session.tr("app-scales-any"))).labelled_by(label.id);
    });
    if let Some(now) = session.scale {
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        let now = format_integer(session.language, now.round() as i64);
        let text_now = Message::new("app-scales-now").text("scale", now.as_str());
        if ui.button(session.say(&text_now)).clicked() {
            *text = now;
        }
    }
    ui.end_row();
}
