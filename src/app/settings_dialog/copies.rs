//! The copies of what portals gave: how much room they take, and which of them to throw away.

use std::sync::Arc;

use egui::{Align, Layout, RichText, Ui};

use super::{choose, grid, heading, note};
use crate::app::icons::{self, Icon};
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::app::settings::Settings;
use crate::i18n::{Message, format_bytes, format_date};
use crate::jobs::Job;
use crate::portal::CopyInfo;
use crate::problem::FileError;

/// The list of copies.
#[derive(Default)]
pub(super) struct CopyList {
    /// Read anew when this counts on.
    round: u32,
    list: Keyed<u32, Vec<CopyInfo>>,
    removing: Option<Job<Vec<FileError>>>,
    failed: Vec<FileError>,
}

impl CopyList {
    pub fn is_busy(&self) -> bool {
        self.list.job().is_some() || self.removing.is_some()
    }

    fn update(&mut self, session: &Session) {
        if let Some(removing) = &self.removing {
            match removing.poll() {
                crate::jobs::Poll::Running => {}
                crate::jobs::Poll::Done(failed) => {
                    self.failed = failed;
                    self.removing = None;
                    self.round += 1;
                }
                crate::jobs::Poll::Lost => self.removing = None,
            }
        }
        self.list.want(self.round, |_| {
            let (portals, wake) = (Arc::clone(&session.portals), session.wake.clone());
            Job::start("copies", move || wake(), move |_| portals.copies().list())
        });
    }

    fn remove(&mut self, session: &Session, copies: Vec<CopyInfo>) {
        let (portals, wake) = (Arc::clone(&session.portals), session.wake.clone());
        let work = move |_: &crate::jobs::Watch| {
            copies.iter().filter_map(|copy| portals.copies().remove(copy).err()).collect()
        };
        self.removing = Some(Job::start("copies", move || wake(), work));
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, settings: &mut Settings) {
        self.update(session);
        heading(ui, session, "app-settings-copies");
        grid(ui, "copies", |ui| {
            let sizes = |all: &[u32], now: u32| {
                let mut all: Vec<u32> = all.to_vec();
                if !all.contains(&now) {
                    all.insert(0, now);
                }
                let name = |size: u32| format_bytes(session.language, u64::from(size) * 1_000_000);
                all.into_iter().map(|size| (size, name(size))).collect::<Vec<_>>()
            };
            let known = sizes(&[200, 1_000, 5_000, 20_000], settings.download_limit_mb);
            choose(ui, session, "app-settings-download", &mut settings.download_limit_mb, &known);
            ui.end_row();
            note(ui, session, "app-settings-download-note");
            let known = sizes(&[500, 2_000, 10_000, 50_000], settings.copies_limit_mb);
            choose(ui, session, "app-settings-copies-most", &mut settings.copies_limit_mb, &known);
            ui.end_row();
            note(ui, session, "app-settings-copies-note");
        });
        ui.add_space(6.0);
        let list = self.list.latest().cloned().unwrap_or_default();
        let size = list.iter().map(|copy| copy.size).sum();
        let count = u64::try_from(list.len()).unwrap_or(u64::MAX);
        let mut gone = Vec::new();
        ui.horizontal(|ui| {
            let text = Message::new("app-settings-copies-count")
                .count("count", count)
                .text("size", format_bytes(session.language, size));
            ui.label(session.say(&text));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let all = egui::Button::new(session.tr("app-settings-copies-all"));
                let is_possible = !list.is_empty() && self.removing.is_none();
                if ui.add_enabled(is_possible, all).clicked() {
                    gone.clone_from(&list);
                }
            });
        });
        for error in &self.failed {
            let text = RichText::new(error.text(session.language)).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        for copy in &list {
            if one(ui, session, copy) {
                gone = vec![copy.clone()];
            }
        }
        if !gone.is_empty() {
            self.remove(session, gone);
        }
    }
}

/// A copy; answers whether it is to go.
fn one(ui: &mut Ui, session: &Session, copy: &CopyInfo) -> bool {
    let room = egui::vec2(ui.available_width() - 12.0, 24.0);
    let layout = Layout::right_to_left(Align::Center);
    let row = ui.allocate_ui_with_layout(room, layout, |ui| {
        let title = &copy.receipt.title;
        let label = Message::new("app-settings-copies-remove").text("name", title.as_str());
        let is_gone = icons::small_button(ui, Icon::Trash, &session.say(&label)).clicked();
        let day = copy.receipt.fetched_on();
        let size = format_bytes(session.language, copy.size);
        let facts = format!("{size} · {}", format_date(session.language, day));
        ui.label(RichText::new(facts).small().weak());
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let name = ui.add(egui::Label::new(title).truncate());
            name.on_hover_text(&copy.receipt.address);
        });
        is_gone
    });
    row.inner
}
