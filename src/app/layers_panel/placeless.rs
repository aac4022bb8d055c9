//! A table without place, in the layers panel: what it is, and what can be done with it.

use egui::{Label, RichText, Ui};

use crate::app::actions::Actions;
use crate::app::commands::entry;
use crate::app::session::Session;
use crate::app::store::RowKind;
use crate::project::Layer;

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
    let button = ui.small_button(session.tr("app-layer-join-this"));
    if button.on_hover_text(session.tr("app-layer-join-hint")).clicked() {
        out.extend(join);
    }
}
