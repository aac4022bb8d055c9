//! The address of a service, typed, pasted or one used lately.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Button, Key, RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::dialog;
use crate::app::session::Session;
use crate::app::store::lost;
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::portal::Found;
use crate::problem::FileError;

/// Asking where a service is, and finding out what is there.
#[derive(Default)]
pub(in crate::app) struct ServiceDialog {
    text: String,
    had_focus: bool,
    looking: Option<Job<Result<Found, FileError>>>,
    error: Option<FileError>,
}

impl ServiceDialog {
    /// Whether a server is being asked.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some()
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let is_found = self.take(out);
        let title = session.tr("app-service-title");
        let shown = dialog::show(ctx, "service", &title, 620.0, |ui| {
            ui.add(egui::Label::new(RichText::new(session.tr("app-service-what")).weak()).wrap());
            ui.add_space(6.0);
            let mut is_wanted = self.field(ui, session);
            if let Some(error) = &self.error {
                let text = error.text(session.language);
                let text = RichText::new(text).color(ui.visuals().error_fg_color);
                ui.add(egui::Label::new(text).wrap());
            }
            if let Some(address) = recent(ui, session) {
                self.text = address;
                is_wanted = true;
            }
            let is_ready = !self.text.trim().is_empty() && self.looking.is_none();
            let is_cancelled = dialog::buttons(ui, |ui| {
                let open = dialog::main_button(ui, is_ready, &session.tr("app-service-open"));
                is_wanted |= open;
                let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
                if self.looking.is_some() {
                    ui.weak(session.tr("app-service-looking"));
                    ui.spinner();
                }
                is_cancelled
            });
            if is_wanted && is_ready {
                self.look(session);
            }
            is_cancelled
        });
        is_found || shown.inner || shown.is_escaped
    }

    /// The field for the address; answers whether Enter was pressed in it.
    fn field(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let label = ui.label(RichText::new(session.tr("app-service-address")).small().weak());
        let field = TextEdit::singleline(&mut self.text)
            .desired_width(ui.available_width())
            .hint_text(session.tr("app-service-address-hint"));
        let field = ui.add(field).labelled_by(label.id);
        if !std::mem::replace(&mut self.had_focus, true) {
            field.request_focus();
        }
        if field.changed() {
            self.error = None;
        }
        field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    fn look(&mut self, session: &Session) {
        let text = self.text.trim();
        // Without a scheme it is the usual one, as in a browser.
        let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let (portals, wake) = (Arc::clone(&session.portals), session.wake.clone());
        self.error = None;
        self.looking =
            Some(Job::start("look", move || wake(), move |watch| portals.look(&text, watch)));
    }

    /// Takes what was found; answers whether something was.
    fn take(&mut self, out: &mut Actions) -> bool {
        let Some(job) = &self.looking else { return false };
        let found = match job.poll() {
            Poll::Running => return false,
            Poll::Done(found) => found,
            Poll::Lost => Err(lost(std::path::Path::new(&self.text))),
        };
        self.looking = None;
        match found {
            Ok(Found::Service(service)) => out.push(Action::ServiceFound(service)),
            Ok(Found::Data(address)) => {
                out.push(Action::Open(vec![PathBuf::from(address.to_string())]));
            }
            Err(error) => {
                self.error = Some(error);
                return false;
            }
        }
        true
    }
}

/// The services used lately; answers the address of the one that was clicked.
fn recent(ui: &mut Ui, session: &Session) -> Option<String> {
    let recent = &session.settings.recent_services;
    if recent.is_empty() {
        return None;
    }
    ui.add_space(8.0);
    ui.label(RichText::new(session.tr("app-service-recent")).small().weak());
    let mut chosen = None;
    ScrollArea::vertical().max_height(180.0).auto_shrink([false, true]).show(ui, |ui| {
        for service in recent {
            let place = service.address.split_once("://").map_or("", |(_, rest)| rest);
            let text = Message::new("app-service-recent-one")
                .text("title", service.title.as_str())
                .text("place", place);
            let button = Button::new(session.say(&text)).frame(false).truncate();
            if ui.add(button).on_hover_text(&service.address).clicked() {
                chosen = Some(service.address.clone());
            }
        }
    });
    chosen
}
