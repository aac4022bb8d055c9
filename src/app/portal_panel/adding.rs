//! What is added to the map, and portals that a person adds.

use egui::{Align, Key, Layout, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::icons::{self, Icon};
use crate::app::opening::Dressing;
use crate::app::session::Session;
use crate::app::settings::Settings;
use crate::portal::{PortalAddress, PortalInfo, base_of, portals};

/// A layer that the person wants on the map.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Wish {
    pub address: PortalAddress,
    pub dressing: Dressing,
}

/// The field for the address of another portal, or another address of the one looked at.
#[derive(Default)]
pub(super) struct AddPortal {
    text: Option<String>,
    /// The portal that moved; none for another portal.
    moved: Option<String>,
    has_focus: bool,
}

impl AddPortal {
    pub fn open(&mut self) {
        *self = AddPortal { text: Some(String::new()), ..AddPortal::default() };
    }

    /// Lets the person type where a portal is now.
    pub fn correct(&mut self, info: &PortalInfo) {
        let (text, moved) = (Some(info.base.clone()), Some(info.id.clone()));
        *self = AddPortal { text, moved, has_focus: false };
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let Some(text) = &mut self.text else { return };
        let mut is_done = false;
        let base = base_of(text);
        ui.label(egui::RichText::new(session.tr("app-portal-address")).small().weak());
        let room = egui::vec2(ui.available_width(), 26.0);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            let is_cancelled = icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked();
            let add = egui::Button::new(session.tr("app-portal-do"));
            let add = ui.add_enabled(base.is_some(), add);
            let width = (ui.available_width() - 8.0).max(60.0);
            let hint = session.tr("app-portal-address-hint");
            let field = TextEdit::singleline(text).desired_width(width).hint_text(hint);
            let field = ui.add(field).accessible_name(session.tr("app-portal-address"));
            if !std::mem::replace(&mut self.has_focus, true) {
                field.request_focus();
            }
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if let Some(base) = base.as_ref().filter(|_| add.clicked() || is_entered) {
                let mut settings = session.settings.clone();
                match &self.moved {
                    Some(id) => move_portal(&mut settings, id, base),
                    None => add_portal(&mut settings, base),
                }
                out.push(Action::ChangeSettings(Box::new(settings)));
                is_done = true;
            }
            is_done |= is_cancelled;
        });
        if !text.trim().is_empty() && base.is_none() {
            let color = ui.visuals().error_fg_color;
            ui.label(
                egui::RichText::new(session.tr("app-portal-bad-address")).small().color(color),
            );
        }
        if is_done {
            self.text = None;
        }
    }
}

/// A portal known or added is at another address.
fn move_portal(settings: &mut Settings, id: &str, base: &str) {
    let known = portals().iter().find(|portal| portal.id == id);
    if known.is_some_and(|portal| portal.base == base) {
        settings.portal_addresses.remove(id);
    } else if known.is_some() {
        settings.portal_addresses.insert(id.to_owned(), base.to_owned());
    } else {
        settings.own_portals.retain(|own| own != id);
        add_portal(settings, base);
    }
}

/// A portal more.
fn add_portal(settings: &mut Settings, base: &str) {
    let is_known = portals().iter().any(|portal| portal.base == base);
    if !is_known && !settings.own_portals.iter().any(|own| own == base) {
        settings.own_portals.push(base.to_owned());
    }
    base.clone_into(&mut settings.portal);
}
