//! In the layers panel: what a table without place is and what can be done with it, and which
//! tables are joined to a layer.

use egui::{Button, Label, RichText, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::commands::entry;
use crate::app::session::Session;
use crate::app::store::RowKind;
use crate::app::theme;
use crate::i18n::Message;
use crate::project::{Join, Layer, NamedLayer, PlaceColumns};

/// Whether a layer was read and has no place on the map.
pub(super) fn is_placeless(session: &Session, layer: &Layer) -> bool {
    session.loaded(layer).is_some_and(|loaded| loaded.kind == RowKind::Rows)
}

/// Says so, and offers to join it, or to put it where its names are.
pub(super) fn show(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let text = RichText::new(session.tr("app-layer-no-place")).small().weak();
    ui.add(Label::new(text).wrap());
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        for (id, text, hint) in [
            ("app-layer-join", "app-layer-join-this", "app-layer-join-hint"),
            ("app-layer-names", "app-layer-names-this", "app-layer-names-hint"),
        ] {
            let actions = entry(id).and_then(|entry| entry.actions_on(session, Some(layer)));
            let Some(actions) = actions else { continue };
            let button = ui.button(RichText::new(session.tr(text)).small());
            if button.on_hover_text(session.tr(hint)).clicked() {
                out.extend(actions);
            }
        }
    });
}

/// That the rows of a layer lie where their names are; a click changes that.
pub(super) fn named(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let Some(names) = &layer.place_names else { return };
    let name = |named: &NamedLayer| {
        session.document().layer(named.layer).map_or("…", |other| other.name.as_str())
    };
    let known: Vec<&str> = names.layers.iter().map(name).collect();
    let text = Message::new("app-layer-named").text("names", known.join(", "));
    let text = RichText::new(session.say(&text)).small().color(theme::accent(ui));
    if ui.add(Button::new(text).frame(false).truncate()).clicked() {
        out.push(Action::ShowNames(layer.id));
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
