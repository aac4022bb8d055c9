//! The map as people see it who see fewer colours, and as a black-and-white copy of it: a look at
//! what others will be able to read. Not kept in the project: it is a way of looking.

use egui::{Align2, Area, Frame, Margin, Stroke};

use super::actions::{Action, Actions};
use super::commands::Choice;
use super::session::Session;
use crate::i18n::Message;
use crate::project::Layer;
use crate::style::ramp::Vision;

fn name(vision: Vision) -> &'static str {
    match vision {
        Vision::Usual => "app-vision-usual",
        Vision::Deutan => "app-vision-deutan",
        Vision::Protan => "app-vision-protan",
        Vision::Tritan => "app-vision-tritan",
        Vision::Grey => "app-vision-grey",
    }
}

fn about(vision: Vision) -> &'static str {
    match vision {
        Vision::Usual => "app-vision-usual-about",
        Vision::Deutan => "app-vision-deutan-about",
        Vision::Protan => "app-vision-protan-about",
        Vision::Tritan => "app-vision-tritan-about",
        Vision::Grey => "app-vision-grey-about",
    }
}

/// The ways of seeing to choose from.
pub(super) fn choices(session: &Session, _: Option<&Layer>) -> Vec<Choice> {
    let now = session.derived.classes.vision;
    let choice = |vision: Vision| Choice {
        name: session.tr(name(vision)),
        hint: session.tr(about(vision)),
        is_on: vision == now,
        action: Action::SetVision(vision),
    };
    Vision::ALL.into_iter().map(choice).collect()
}

/// Says over the map that it is seen so, with the way back.
pub(super) fn over_map(ctx: &egui::Context, map: egui::Rect, session: &Session, out: &mut Actions) {
    let vision = session.derived.classes.vision;
    if vision == Vision::Usual {
        return;
    }
    let area = Area::new(egui::Id::unique("vision")).order(egui::Order::Middle);
    let at = map.center_top() + egui::vec2(0.0, 10.0);
    area.constrain_to(map).pivot(Align2::CENTER_TOP).fixed_pos(at).show(ctx, |ui| {
        let stroke = Stroke::new(1.0, ui.visuals().warn_fg_color);
        let frame = Frame::new().fill(ui.visuals().window_fill).stroke(stroke).corner_radius(6.0);
        frame.inner_margin(Margin::symmetric(10, 5)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let seen = Message::new("app-vision-now").text("name", session.tr(name(vision)));
                ui.label(session.say(&seen)).on_hover_text(session.tr(about(vision)));
                if ui.button(session.tr("app-vision-back")).clicked() {
                    out.push(Action::SetVision(Vision::Usual));
                }
            });
        });
    });
}
