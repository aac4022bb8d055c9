//! The key of a portal that asks for one: typed each time, kept in memory alone.

use egui::{RichText, TextEdit, Ui};

use crate::app::session::Session;
use crate::i18n::Message;
use crate::portal::{PortalError, PortalInfo, Trouble};

/// A key being typed.
#[derive(Default)]
pub(super) struct KeyField {
    text: String,
    /// What is wrong with it.
    error: Option<Message>,
}

impl KeyField {
    /// Shows the field where an error says that a key is wanted; answers whether there is one now.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        info: &PortalInfo,
        error: &PortalError,
    ) -> bool {
        if !matches!(error.trouble, Trouble::Key(_) | Trouble::BadKey) {
            return false;
        }
        ui.label(RichText::new(session.tr("app-portal-key")).strong());
        let mut is_given = false;
        ui.horizontal_wrapped(|ui| {
            let field = TextEdit::singleline(&mut self.text).password(true).desired_width(160.0);
            ui.add(field).accessible_name(session.tr("app-portal-key-field"));
            let can_use = !self.text.trim().is_empty();
            let button = egui::Button::new(session.tr("app-portal-key-use"));
            if ui.add_enabled(can_use, button).clicked() {
                match session.portals.set_key(info, Some(&self.text)) {
                    Ok(()) => {
                        self.text.clear();
                        self.error = None;
                        is_given = true;
                    }
                    Err(error) => self.error = Some(error.what()),
                }
            }
        });
        if let Some(error) = &self.error {
            ui.label(RichText::new(session.say(error)).color(ui.visuals().error_fg_color));
        }
        ui.label(RichText::new(session.tr("app-portal-key-note")).small().weak());
        is_given
    }
}
