//! What became of the labels: "198 of 214 shown: 9 too long, 7 collide", each part of which lists
//! its rows.

use egui::{Button, RichText, Ui};

use super::super::actions::{Action, Actions};
use super::super::session::Session;
use super::super::theme;
use crate::i18n::Message;
use crate::label::{Outcome, Tally};
use crate::project::{Layer, LayerId};

/// Why names are not shown, in the order in which it is told.
const REASONS: [(Outcome, &str); 4] = [
    (Outcome::TooLong, "app-labels-too-long"),
    (Outcome::Collides, "app-labels-collide"),
    (Outcome::Beyond, "app-labels-beyond"),
    (Outcome::NoText, "app-labels-no-text"),
];

/// "198 of 214 shown".
fn shown(tally: &Tally) -> Message {
    Message::new("app-labels-shown")
        .count("shown", tally.count(Outcome::Shown))
        .count("all", tally.named())
}

/// The line about a layer's labels.
pub(super) fn line(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let labels = &session.labels;
    if !labels.is_wanted(layer.id) {
        let id = if session.is_drawn(layer) { "app-labels-not-now" } else { "app-labels-hidden" };
        ui.weak(session.tr(id));
        return;
    }
    if labels.error(layer.id).is_some() {
        return;
    }
    let Some(tally) = labels.tally(layer.id) else {
        ui.weak(session.tr("app-labels-busy"));
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        part(ui, session, layer.id, (Outcome::Shown, &shown(tally)), tally, out);
        for (outcome, id) in REASONS {
            let count = tally.count(outcome);
            if count > 0 {
                let message = Message::new(id).count("count", count);
                part(ui, session, layer.id, (outcome, &message), tally, out);
            }
        }
    });
}

/// A part of the line, which lists its rows when it is clicked.
fn part(
    ui: &mut Ui,
    session: &Session,
    layer: LayerId,
    (outcome, message): (Outcome, &Message),
    tally: &Tally,
    out: &mut Actions,
) {
    let text = RichText::new(session.say(message)).color(theme::accent(ui)).small();
    let button = ui.add(Button::new(text).frame(false));
    if button.on_hover_text(session.tr("app-labels-list")).clicked() {
        out.push(Action::ListRows(layer, tally.row_set(outcome)));
    }
}

/// All layers together, for the strip at the bottom; none without labels.
pub(in super::super) fn of_all(session: &Session) -> Option<String> {
    let layers = session.document().layers.iter();
    let tallies: Vec<&Tally> = layers.filter_map(|layer| session.labels.tally(layer.id)).collect();
    if tallies.is_empty() {
        return None;
    }
    let sum = |count: &dyn Fn(&Tally) -> u64| tallies.iter().map(|tally| count(tally)).sum();
    // Notes without a name have none: that is nothing to tell.
    if sum(&Tally::named) == 0 {
        return None;
    }
    let message = Message::new("app-labels-status")
        .count("shown", sum(&|tally| tally.count(Outcome::Shown)))
        .count("all", sum(&Tally::named));
    Some(session.say(&message))
}
