//! The shelf: what people come for, one click each.

use egui::{Rect, RichText, ScrollArea, Ui};

use super::{Wish, line};
use crate::app::actions::{Action, Actions};
use crate::app::icons::{self, Icon};
use crate::app::linked::LinkedPart;
use crate::app::opening::Dressing;
use crate::app::session::Session;
use crate::app::store::RowKind;
use crate::app::swatch;
use crate::i18n::Message;
use crate::portal::{
    PortalAddress, PortalInfo, ShelfGeometry, ShelfItem, ShelfLayer, ShelfTheme, known_questions,
    shelf,
};

pub(super) fn show(ui: &mut Ui, session: &Session, info: &PortalInfo, out: &mut Actions) {
    ScrollArea::vertical().id_salt("shelf").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for theme in ShelfTheme::ALL {
            let mut items = shelf(&info.id).filter(|item| item.theme == theme).peekable();
            if items.peek().is_none() {
                continue;
            }
            ui.add_space(4.0);
            ui.label(RichText::new(session.say(&Message::new(heading(theme)))).strong());
            items.for_each(|item| one(ui, session, item, out));
        }
        linked(ui, session, info, out);
    });
}

/// What the city says of itself elsewhere, without places: decisions, and objects of its museums.
fn linked(ui: &mut Ui, session: &Session, info: &PortalInfo, out: &mut Actions) {
    if !known_questions().iter().any(|question| question.portal == info.id) {
        return;
    }
    ui.add_space(4.0);
    ui.label(RichText::new(session.tr("app-linked-title")).strong());
    for (part, icon, name, about) in [
        (LinkedPart::Question, Icon::Decisions, "app-shelf-decisions", "app-shelf-decisions-about"),
        (LinkedPart::Stream, Icon::Museum, "app-shelf-museums", "app-shelf-museums-about"),
    ] {
        let sign = |ui: &Ui, area: Rect| {
            icons::paint(ui.painter(), icon, area.center(), ui.visuals().text_color());
        };
        let shown = line::show(ui, &session.tr(name), &session.tr(about), Some(&sign));
        if shown.clicked() {
            out.push(Action::ShowLinked(part));
        }
    }
}

fn heading(theme: ShelfTheme) -> &'static str {
    match theme {
        ShelfTheme::Boundaries => "app-shelf-boundaries",
        ShelfTheme::Mobility => "app-shelf-mobility",
        ShelfTheme::Green => "app-shelf-green",
        ShelfTheme::Living => "app-shelf-living",
    }
}

fn one(ui: &mut Ui, session: &Session, item: &ShelfItem, out: &mut Actions) {
    let name = item.name.get(session.language);
    let about = item.about.get(session.language);
    let is_there = is_on_map(session, item);
    let dress = item
        .layer
        .first()
        .and_then(|layer| Some((layer.style.as_ref()?.symbol, kind_of(layer.geometry))));
    let sign = |ui: &Ui, area: Rect| {
        if let Some((symbol, kind)) = dress {
            swatch::paint(ui, area, symbol, Some(kind));
        }
        if is_there {
            let center = area.center() + egui::vec2(ui.available_width() - 22.0, 0.0);
            icons::paint(ui.painter(), Icon::Check, center, ui.visuals().text_color());
        }
    };
    let there = if is_there { session.tr("app-shelf-on-map") } else { about.to_owned() };
    let shown = line::show(ui, name, &there, Some(&sign));
    if shown.on_hover_text(about).clicked() {
        out.push(Action::AddFromPortal(wishes(session, item)));
    }
}

fn kind_of(geometry: ShelfGeometry) -> RowKind {
    match geometry {
        ShelfGeometry::Point => RowKind::Points,
        ShelfGeometry::Line => RowKind::Lines,
        ShelfGeometry::Polygon => RowKind::Polygons,
    }
}

fn is_on_map(session: &Session, item: &ShelfItem) -> bool {
    let layers = &session.document().layers;
    item.layers().iter().all(|(address, _)| {
        let address = address.to_string();
        layers.iter().any(|layer| layer.source.path == address)
    })
}

/// The layers of an item, those first that lie at the bottom: each comes on top of those before.
fn wishes(session: &Session, item: &ShelfItem) -> Vec<Wish> {
    let wish = |(address, layer): (_, &ShelfLayer)| Wish {
        address,
        dressing: dressing(session, item, layer),
    };
    item.layers().into_iter().rev().map(wish).collect()
}

/// A dataset of a city's portal as it stands on the shelf; plain where it does not.
pub(in crate::app) fn shelf_wish(session: &Session, city: &str, address: PortalAddress) -> Wish {
    let on_shelf = shelf(city).find_map(|item| {
        let layer = item.layer.iter().find(|layer| layer.dataset == address.dataset)?;
        Some(dressing(session, item, layer))
    });
    Wish { address, dressing: on_shelf.unwrap_or_default() }
}

fn dressing(session: &Session, item: &ShelfItem, layer: &ShelfLayer) -> Dressing {
    let name = layer.name.as_ref().unwrap_or(&item.name);
    Dressing {
        name: Some(name.get(session.language).to_owned()),
        style: layer.style_in(session.language),
        hidden: layer.hidden.clone(),
        fields: layer.fields.clone(),
        ..Dressing::default()
    }
}
