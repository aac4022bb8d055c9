//! A stream of events: one that is known, or by its address, and how much of it.

use std::path::PathBuf;

use egui::{RichText, TextEdit, Ui};

use super::line;
use crate::app::actions::{Action, Actions};
use crate::app::dialog;
use crate::app::session::Session;
use crate::portal::{LinkedAddress, Versions, known_streams};

/// The streams being chosen.
#[derive(Default)]
pub(super) struct StreamPart {
    /// The known ones that are wanted, by their words.
    wanted: Vec<String>,
    address: String,
    since: String,
    search: String,
    all_versions: bool,
}

impl StreamPart {
    pub fn body(&mut self, ui: &mut Ui, session: &Session) {
        ui.add(egui::Label::new(RichText::new(session.tr("app-linked-stream-what")).weak()).wrap());
        ui.add_space(6.0);
        ui.label(RichText::new(session.tr("app-linked-streams")).small().weak());
        for known in known_streams() {
            let mut is_wanted = self.wanted.contains(&known.id);
            let name = known.name.get(session.language);
            let about = format!("{} · {}", known.publisher, known.licence);
            if ui.checkbox(&mut is_wanted, name).on_hover_text(about).changed() {
                self.wanted.retain(|id| *id != known.id);
                if is_wanted {
                    self.wanted.push(known.id.clone());
                }
            }
        }
        ui.add_space(6.0);
        let label = ui.label(RichText::new(session.tr("app-linked-stream-address")).small().weak());
        let field = TextEdit::singleline(&mut self.address).desired_width(f32::INFINITY);
        ui.add(field.hint_text("https://…")).labelled_by(label.id);
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let hint = session.tr("app-linked-search-hint");
            line(ui, session, "app-linked-search", (&mut self.search, 260.0), &hint);
            line(ui, session, "app-linked-since", (&mut self.since, 130.0), "2024-01-01");
        });
        if !self.since.trim().is_empty() && LinkedAddress::moment(&self.since).is_none() {
            let text = RichText::new(session.tr("app-linked-bad-day")).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        ui.checkbox(&mut self.all_versions, session.tr("app-linked-all-versions"))
            .on_hover_text(session.tr("app-linked-all-versions-hint"));
        ui.add_space(6.0);
        ui.add(egui::Label::new(RichText::new(session.tr("app-linked-stream-long")).weak()).wrap());
    }

    /// The streams as they are opened; none while something is missing.
    fn addresses(&self) -> Option<Vec<LinkedAddress>> {
        let since = match self.since.trim() {
            "" => None,
            text => Some(LinkedAddress::moment(text)?),
        };
        let known = known_streams().iter().filter(|known| self.wanted.contains(&known.id));
        let mut bases: Vec<url::Url> = known.map(|known| known.url.clone()).collect();
        if !self.address.trim().is_empty() {
            bases.push(LinkedAddress::base_of(&self.address)?);
        }
        let versions = if self.all_versions { Versions::All } else { Versions::Newest };
        let made = bases.into_iter().map(|base| LinkedAddress {
            since,
            versions,
            search: self.search.trim().to_owned(),
            ..LinkedAddress::ldes(base)
        });
        Some(made.collect()).filter(|made: &Vec<LinkedAddress>| !made.is_empty())
    }

    /// Answers whether streams were chosen.
    pub fn button(&self, ui: &mut Ui, session: &Session, out: &mut Actions) -> bool {
        let addresses = self.addresses();
        let is_wanted =
            dialog::main_button(ui, addresses.is_some(), &session.tr("app-linked-follow"));
        if let Some(addresses) = addresses.filter(|_| is_wanted) {
            let paths = addresses.iter().map(|address| PathBuf::from(address.to_string()));
            out.push(Action::Open(paths.collect()));
        }
        is_wanted
    }
}
