//! Several features at once: those under a click, or those selected.

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui};

use super::super::actions::{Action, Actions, RowRef};
use super::super::chosen::{self, Edge};
use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::title;
use crate::i18n::Message;

/// The most features that are listed by name.
const LISTED: usize = 200;

/// Those found at a click, topmost first, and which of them is shown.
pub(super) fn hits(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let count = session.hits.len();
    let lead = session.selection.lead();
    let at = session.hits.iter().position(|hit| Some(*hit) == lead).unwrap_or(0);
    steps(ui, session, "app-hit-of", (at, count), Action::ShowHit, out);
    list(ui, session, session.hits.iter().copied(), |at, _| Action::ShowHit(at), out);
    ui.separator();
}

/// Those selected: how many of each layer, what can be done with them, and which one is shown.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Actions) {
    for (id, rows) in session.selection.layers() {
        let Some(layer) = session.document().layer(id) else { continue };
        let Some(loaded) = session.loaded(layer) else { continue };
        let count = loaded.kind.count(rows.count() as u64);
        let text = Message::new("app-selection-of")
            .message("count", count)
            .text("layer", layer.name.as_str());
        ui.label(RichText::new(session.say(&text)).strong());
    }
    let hidden = session.selection.hidden();
    if hidden > 0 {
        let text = Message::new("app-selection-hidden").count("count", hidden as u64);
        ui.label(RichText::new(session.say(&text)).small().weak());
    }
    ui.horizontal_wrapped(|ui| {
        let mut button = |id: &'static str, action: Action| {
            if ui.small_button(session.tr(id)).clicked() {
                out.push(action);
            }
        };
        button("app-selection-zoom", Action::ZoomToSelection);
        if session.active.is_some_and(|layer| session.selection.count(layer) > 0) {
            button("app-selection-export", Action::ExportSelection);
        }
        button("app-selection-clear", Action::Select(None));
    });
    let lead = session.selection.lead();
    let layer = lead.map(|lead| lead.layer).or(session.active);
    let Some((layer, rows)) = layer.and_then(|id| Some((id, session.selection.of(id)?))) else {
        return;
    };
    let count = rows.count();
    let at = lead.map_or(0, |lead| rows.rank(lead.row));
    let to = |at: usize| {
        let row = rows.iter().nth(at).unwrap_or(0);
        Action::LookAt(RowRef { layer, row })
    };
    steps(ui, session, "app-selection-step", (at, count), to, out);
    let listed = rows.iter().take(LISTED).map(|row| RowRef { layer, row });
    list(ui, session, listed, |_, row| Action::LookAt(row), out);
    if count > LISTED {
        let more = Message::new("app-selection-more").count("count", (count - LISTED) as u64);
        ui.label(RichText::new(session.say(&more)).small().weak());
    }
    ui.separator();
}

/// Which one of how many, with the buttons to the one before and the next.
fn steps(
    ui: &mut Ui,
    session: &Session,
    words: &'static str,
    (at, count): (usize, usize),
    to: impl Fn(usize) -> Action,
    out: &mut Actions,
) {
    if count < 2 {
        return;
    }
    ui.horizontal(|ui| {
        if icons::button(ui, Icon::Left, &session.tr("app-hit-before")).clicked() {
            out.push(to((at + count - 1) % count));
        }
        let text = Message::new(words).count("at", at as u64 + 1).count("count", count as u64);
        ui.label(session.say(&text));
        if icons::button(ui, Icon::Right, &session.tr("app-hit-after")).clicked() {
            out.push(to((at + 1) % count));
        }
    });
}

fn list(
    ui: &mut Ui,
    session: &Session,
    rows: impl Iterator<Item = RowRef>,
    to: impl Fn(usize, RowRef) -> Action,
    out: &mut Actions,
) {
    let lead = session.selection.lead();
    ScrollArea::vertical().id_salt("several").max_height(96.0).show(ui, |ui| {
        ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
            for (at, row) in rows.enumerate() {
                let Some(layer) = session.document().layer(row.layer) else { continue };
                let text = format!("{}: {}", layer.name, title(session, row));
                ui.push_id(at, |ui| {
                    let is_on = lead == Some(row);
                    let button = chosen::button(ui, Edge::Left, is_on, text, Button::truncate);
                    if button.clicked() {
                        out.push(to(at, row));
                    }
                });
            }
        });
    });
}
