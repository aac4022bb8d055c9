//! The shelf: what people come for, one click each.

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui};

use super::Wish;
use crate::app::actions::{Action, Actions};
use crate::app::icons::{self, Icon};
use crate::app::opening::Dressing;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::portal::{PortalInfo, ShelfItem, ShelfTheme, shelf};

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
    });
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
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_there {
                let (rect, response) =
                    ui.allocate_exact_size(egui::Vec2::splat(20.0), egui::Sense::hover());
                icons::paint(ui.painter(), Icon::Check, rect.center(), ui.visuals().text_color());
                response.on_hover_text(session.tr("app-shelf-on-map"));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let size = egui::vec2(ui.available_width(), 26.0);
                let button = Button::new(name).truncate().min_size(size).shortcut_text("");
                if ui.add(button).on_hover_text(about).clicked() {
                    out.push(Action::AddFromPortal(wishes(session, item)));
                }
            });
        });
    });
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
    let wish = |(address, layer): (_, &crate::portal::ShelfLayer)| Wish {
        address,
        dressing: Dressing {
            name: Some(layer.name.as_ref().unwrap_or(&item.name).get(session.language).to_owned()),
            style: layer.style,
            hidden: layer.hidden.clone(),
            fields: layer.fields.clone(),
            ..Dressing::default()
        },
    };
    item.layers().into_iter().rev().map(wish).collect()
}
