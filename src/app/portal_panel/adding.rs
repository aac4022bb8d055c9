//! What is added to the map, and portals that a person adds.

use egui::{Key, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::icons::{self, Icon};
use crate::app::opening::Dressing;
use crate::app::session::Session;
use crate::portal::{PortalAddress, base_of, portals};

/// A layer that the person wants on the map.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Wish {
    pub address: PortalAddress,
    pub dressing: Dressing,
}

/// The field for the address of another portal.
#[derive(Default)]
pub(super) struct AddPortal {
    text: Option<String>,
    has_focus: bool,
}

impl AddPortal {
    pub fn open(&mut self) {
        self.text = Some(String::new());
        self.has_focus = false;
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let Some(text) = &mut self.text else { return };
        let mut is_done = false;
        let base = base_of(text);
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 120.0).max(80.0);
            let hint = session.tr("app-portal-address-hint");
            let field = TextEdit::singleline(text).desired_width(width).hint_text(hint);
            let field = ui.add(field).accessible_name(session.tr("app-portal-address"));
            if !std::mem::replace(&mut self.has_focus, true) {
                field.request_focus();
            }
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let add =
                ui.add_enabled(base.is_some(), egui::Button::new(session.tr("app-portal-do")));
            if let Some(base) = base.as_ref().filter(|_| add.clicked() || is_entered) {
                let mut settings = session.settings.clone();
                let is_known = portals().iter().any(|portal| portal.base == *base);
                if !is_known && !settings.own_portals.contains(base) {
                    settings.own_portals.push(base.clone());
                }
                settings.portal.clone_from(base);
                out.push(Action::ChangeSettings(Box::new(settings)));
                is_done = true;
            }
            is_done |= icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked();
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
