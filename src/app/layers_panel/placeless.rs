//! In the layers panel: what a table without place is and what can be done with it, and which
//! tables are joined to a layer.

use egui::{Button, Label, RichText, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::commands::entry;
use crate::app::session::Session;
use crate::app::store::RowKind;
use crate::app::theme;
use crate::i18n::Message;
use crate::project::{Join, Layer, PlaceColumns};

/// Whether a layer was read and has no place on the map.
pub(super) fn is_placeless(session: &Session, layer: &Layer) -> bool {
    session.loaded(layer).is_some_and(|loaded| loaded.kind == RowKind::Rows)
}

/// Says so, and offers to join it.
pub(super) fn show(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let text = RichText::new(session.tr("app-layer-no-place")).small().weak();
    ui.add(Label::new(text).wrap());
    let join = entry("app-layer-join").and_then(|entry| entry.actions_on(session, Some(layer)));
    let Some(join) = join else { return };
    ui.add_space(2.0);
    let button = ui.button(RichText::new(session.tr("app-layer-join-this")).small());
    if button.on_hover_text(session.tr("app-layer-join-hint")).clicked() {
        out.extend(join);
    }
}

/// The tables joined to a layer; a click changes that.
pub(super) fn joined(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    if layer.joins.is_empty() {
        return;
    }
    let name = |join: &Join| session.document().layer(join.layer).map(|other| other.name.as_str());
    let names: Vec<&str> = layer.joins.iter().map(|join| name(join).unwrap_or("…")).collect();
    let text = Message::new("app-layer-joined").text("names", names.join(", "));
    let text = RichText::new(session.say(&text)).small().color(theme::accent(ui));
    if ui.add(Button::new(text).frame(false).truncate()).clicked() {
        out.push(Action::ShowJoin(layer.id));
    }
}

/// The layers that columns follow from by where rows lie; a click changes that.
pub(super) fn placed(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    if layer.by_place.is_empty() {
        return;
    }
    let name = |columns: &PlaceColumns| {
        session.document().layer(columns.layer).map_or("…", |other| other.name.as_str())
    };
    let mut names: Vec<&str> = layer.by_place.iter().map(name).collect();
    names.dedup();
    let text = Message::new("app-layer-by-place").text("names", names.join(", "));
    let text = RichText::new(session.say(&text)).small().color(theme::accent(ui));
    if ui.add(Button::new(text).frame(false).truncate()).clicked() {
        out.push(Action::ChangeAreas(layer.id));
    }
}
