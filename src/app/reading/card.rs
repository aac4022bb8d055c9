//! The notice at a layer that may be read wrongly: what is doubted, the likeliest reading with its
//! picture, and the button that takes it.

use egui::{Align, Button, Frame, Label, Layout, Margin, RichText, Sense, Stroke, Ui, vec2};

use super::{place, texts};
use crate::app::actions::{Action, Actions};
use crate::app::crs_words::crs_label;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::formats::encoding_words;
use crate::i18n::Message;
use crate::project::{Command, Layer, LayerSource};

/// The size of the picture, points.
const PICTURE: egui::Vec2 = vec2(112.0, 92.0);

/// Shows what there is to ask about a layer; nothing for most.
pub(in crate::app) fn show(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    place_card(ui, session, layer, out);
    texts_card(ui, session, layer, out);
}

fn place_card(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let Some(seen) = place::seen(session, layer) else { return };
    let Some(best) = seen.best() else { return };
    let name = crs_label(&best.crs, session.language);
    let whereabouts = session.say(&best.whereabouts().message(session.language));
    let text = Message::new("app-place-doubt").text("crs", &name).text("where", &whereabouts);
    let keep = seen
        .doubt
        .now
        .as_ref()
        .map(|now| Action::Run(Command::SetSource(layer.id, place::taken_as(layer, &now.crs))));
    frame(ui, |ui| {
        head(ui, session, &session.say(&text), keep, out);
        ui.horizontal_top(|ui| {
            let label =
                Message::new("app-place-picture").text("crs", &name).text("where", &whereabouts);
            seen.picture.show(ui, PICTURE, &session.say(&label));
            ui.vertical(|ui| {
                let take = session.say(&Message::new("app-place-take-as").text("crs", &name));
                if main_button(ui, &take) {
                    out.push(Action::ReadAs(layer.id, place::taken_as(layer, &best.crs)));
                }
                if ui.button(RichText::new(session.tr("app-reading-compare")).small()).clicked() {
                    out.push(Action::ShowCrs(layer.id));
                }
            });
        });
    });
}

fn texts_card(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let Some(evidence) = texts::in_doubt(session, layer) else { return };
    let count = u64::try_from(evidence.candidates.len()).unwrap_or(u64::MAX);
    let text = Message::new("app-encoding-doubt").count("count", count);
    let used = evidence.candidates.first().map(|used| used.encoding.to_owned());
    let kept = LayerSource { encoding: used, ..layer.source.clone() };
    let keep = Action::Run(Command::SetSource(layer.id, kept));
    frame(ui, |ui| {
        head(ui, session, &session.say(&text), Some(keep), out);
        for (at, candidate) in evidence.candidates.iter().enumerate() {
            let Some(value) = candidate.values.first() else { continue };
            let mut name = session.say(&encoding_words(candidate.encoding));
            if at == 0 {
                name = session.say(&Message::new("app-encoding-now-as").text("name", name));
            }
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add(Label::new(texts::marked(ui, value)).truncate());
                ui.add(Label::new(RichText::new(name).small().weak()).truncate());
            });
        }
        if ui.button(RichText::new(session.tr("app-reading-compare")).small()).clicked() {
            out.push(Action::ShowEncoding(layer.id));
        }
    });
}

fn frame(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let frame = Frame::new()
        .fill(ui.visuals().faint_bg_color)
        .stroke(Stroke::new(1.0, ui.visuals().warn_fg_color))
        .corner_radius(5.0)
        .inner_margin(Margin::symmetric(7, 6));
    ui.add_space(2.0);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(8.0, 5.0);
        content(ui);
    });
}

/// What is doubted, and the button that says it is well as it is.
fn head(ui: &mut Ui, session: &Session, text: &str, keep: Option<Action>, out: &mut Actions) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let (place, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
        let color = ui.visuals().warn_fg_color;
        icons::paint(ui.painter(), Icon::Warning, place.center(), color);
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            if let Some(keep) = keep
                && icons::small_button(ui, Icon::Close, &session.tr("app-reading-keep")).clicked()
            {
                out.push(keep);
                out.push(Action::CloseStep);
            }
            ui.with_layout(Layout::left_to_right(Align::TOP), |ui| {
                ui.add(Label::new(RichText::new(text).small()).wrap());
            });
        });
    });
}

fn main_button(ui: &mut Ui, text: &str) -> bool {
    let selection = ui.visuals().selection;
    let text = RichText::new(text).small().strong().color(selection.stroke.color);
    ui.add(Button::new(text).fill(selection.bg_fill).wrap()).clicked()
}
