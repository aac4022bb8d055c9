//! What is recorded of live layers: whether, how much of it, and all of it thrown away.

use std::sync::Arc;

use egui::Ui;

use super::super::session::Session;
use super::super::settings::Settings;
use super::{choose, grid, heading, note, switch};
use crate::i18n::format_bytes;
use crate::jobs::{Job, Poll};
use crate::portal::Recordings;

/// The limits offered, megabytes.
const LIMITS: [u32; 5] = [20, 50, 200, 500, 2000];

/// The part of the settings about recordings.
#[derive(Default)]
pub(super) struct RecordingsPart {
    /// Bytes on disk.
    size: Option<u64>,
    work: Option<Job<u64>>,
}

impl RecordingsPart {
    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, settings: &mut Settings) {
        let Some(recordings) = session.live.recordings().cloned() else { return };
        self.update(session, &recordings);
        heading(ui, session, "app-settings-recordings");
        grid(ui, "recordings", |ui| {
            switch(ui, session, "app-settings-record", &mut settings.record_live);
            let size =
                |megabytes: u32| format_bytes(session.language, u64::from(megabytes) * 1_000_000);
            let mut limits: Vec<(u32, String)> = LIMITS.map(|mb| (mb, size(mb))).to_vec();
            if !LIMITS.contains(&settings.recordings_limit_mb) {
                limits
                    .insert(0, (settings.recordings_limit_mb, size(settings.recordings_limit_mb)));
            }
            let limit = &mut settings.recordings_limit_mb;
            choose(ui, session, "app-settings-record-limit", limit, &limits);
            ui.end_row();
            ui.label(session.tr("app-settings-record-size"));
            ui.horizontal(|ui| {
                match self.size {
                    Some(size) => ui.label(format_bytes(session.language, size)),
                    None => ui.label("…"),
                };
                let is_possible = self.work.is_none() && self.size.is_some_and(|size| size > 0);
                let clear = egui::Button::new(session.tr("app-settings-record-clear"));
                if ui.add_enabled(is_possible, clear).clicked() {
                    self.work = Some(clear_all(session, &recordings));
                }
            });
            ui.end_row();
            note(ui, session, "app-settings-record-note");
        });
    }

    fn update(&mut self, session: &Session, recordings: &Arc<Recordings>) {
        match self.work.as_ref().map(Job::poll) {
            Some(Poll::Running) => return,
            Some(Poll::Done(size)) => self.size = Some(size),
            Some(Poll::Lost) => self.size = Some(0),
            None if self.size.is_some() => return,
            None => {
                let (recordings, wake) = (recordings.clone(), session.wake.clone());
                let count = move |_: &_| recordings.size();
                self.work = Some(Job::start("count recordings", move || wake(), count));
                return;
            }
        }
        self.work = None;
    }
}

fn clear_all(session: &Session, recordings: &Arc<Recordings>) -> Job<u64> {
    let (recordings, wake) = (recordings.clone(), session.wake.clone());
    Job::start(
        "clear recordings",
        move || wake(),
        move |_| {
            if let Err(error) = recordings.clear() {
                log::warn!("{error}");
            }
            recordings.size()
        },
    )
}
