//! What the hexagon under the pointer tells.

use egui::{Id, PopupAnchor, Tooltip, Ui};

use super::super::session::Session;
use super::hexes::HEXAGONS;
use crate::i18n::{Message, format_number};
use crate::map::Hit;
use crate::project::LayerId;
use crate::style::HexagonNumber;

/// Tells how many points are in the hexagon under the pointer, and their number.
pub(in super::super) fn tell_hexagon(ui: &Ui, session: &Session, hit: Option<Hit>) {
    let Some(hit) = hit.filter(|hit| hit.key & HEXAGONS != 0) else { return };
    let Some(text) = words(session, hit) else { return };
    let (context, layer) = (ui.ctx().clone(), ui.layer_id());
    let tooltip = Tooltip::always_open(context, layer, Id::unique("hexagon"), PopupAnchor::Pointer);
    tooltip.gap(12.0).show(|ui| ui.label(text));
}

fn words(session: &Session, hit: Hit) -> Option<String> {
    let id = LayerId(hit.key & !HEXAGONS);
    let of = session.document().layer(id)?.style.as_ref()?.hexagons()?;
    let (made, _) = session.crowds.hexes(id)?.drawn()?;
    let hexagon = made.areas.hexagons.get(hit.row)?;
    let count = session.say(&Message::new("style-cluster-count").count("count", hexagon.count));
    let number = format_number(session.language, hexagon.number, 2);
    let (id, field) = match &of.of {
        HexagonNumber::Count => return Some(count),
        HexagonNumber::Sum(field) => ("app-hexagon-sum", field),
        HexagonNumber::Mean(field) => ("app-hexagon-mean", field),
    };
    let number = Message::new(id).text("field", field.as_str()).text("number", number);
    Some(format!("{count}\n{}", session.say(&number)))
}
