//! What is being worked on that has no bar of its own in a panel or dialog: each with how far it
//! is and a way to end it. Opening and reading files have their bars in the layers panel, an
//! export and the tile cache theirs in their dialogs.

use std::time::Duration;

use super::BelfortApp;
use super::actions::Action;
use crate::i18n::Message;
use crate::jobs::Job;

/// Work that is done sooner is not shown: a bar that flashes only disturbs.
pub(super) const SHORT: Duration = Duration::from_millis(300);

/// Something being worked on.
pub(super) struct Work {
    pub text: Message,
    /// The share done, 0 to 1; none while unknown.
    pub fraction: Option<f32>,
    /// Since when.
    pub age: Duration,
    /// What ends it; none for what is short and must be whole.
    pub cancel: Option<Action>,
}

impl Work {
    fn of<T: Send + 'static>(job: &Job<T>, text: Message, cancel: Option<Action>) -> Work {
        Work { text, fraction: job.fraction(), age: job.age(), cancel }
    }
}

impl BelfortApp {
    /// Everything at work, the same order in every frame.
    pub(super) fn at_work(&self) -> Vec<Work> {
        let mut all = Vec::new();
        let session = &self.session;
        if let Some(saving) = &self.saving {
            all.push(Work::of(&saving.job, Message::new("app-work-saving"), None));
        }
        if let Some(packing) = &self.packing {
            let text = Message::new("app-work-packing");
            all.push(Work::of(&packing.job, text, Some(Action::CancelPack)));
        }
        if let Some(job) = self.files.job() {
            let text = Message::new("app-work-files");
            all.push(Work::of(job, text, Some(Action::CancelFiles)));
        }
        if let Some(job) = &self.figure {
            let text = Message::new("app-status-figure");
            all.push(Work::of(job, text, Some(Action::CancelFigure)));
        }
        if let Some(age) = self.style_files.age() {
            let text = Message::new("app-work-style");
            all.push(Work { text, fraction: None, age, cancel: Some(Action::CancelStyle) });
        }
        if let Some(selecting) = &session.selecting {
            let text = Message::new("app-status-selecting");
            all.push(Work::of(&selecting.job, text, Some(Action::CancelSelecting)));
        }
        if let Some(copying) = &session.copying {
            let text = Message::new("app-status-copying");
            all.push(Work::of(copying, text, Some(Action::CancelCopying)));
        }
        if let Some((fraction, age)) = session.live.progress() {
            let text = Message::new("app-work-updating");
            all.push(Work { text, fraction, age, cancel: Some(Action::CancelUpdate) });
        }
        for layer in &session.document().layers {
            if let Some((id, fraction, age)) = session.derived.added.work(layer.id) {
                let text = Message::new(id).text("name", layer.name.as_str());
                all.push(Work { text, fraction, age, cancel: None });
            }
            if let Some(job) = session.derived.mask_job(layer.id) {
                let text = Message::new("app-status-filtering").text("name", layer.name.as_str());
                all.push(Work::of(job, text, Some(Action::CancelFilter(layer.id))));
            }
            if let Some(job) = session.derived.classes.job(layer.id) {
                let text = Message::new("app-work-classes").text("name", layer.name.as_str());
                all.push(Work::of(job, text, Some(Action::CancelClasses(layer.id))));
            }
        }
        if let Some(job) = session.derived.order_job() {
            let text = Message::new("app-work-table");
            all.push(Work::of(job, text, session.active.map(Action::CancelOrder)));
        }
        if let Some((fraction, age)) = session.crowds.work() {
            let text = Message::new("app-work-crowds");
            all.push(Work { text, fraction, age, cancel: None });
        }
        if let Some((fraction, age)) = session.labels.work() {
            let text = Message::new("app-work-labels");
            all.push(Work { text, fraction, age, cancel: None });
        }
        if let Some(job) = &self.row_aim {
            let text = Message::new("app-work-place");
            all.push(Work::of(job, text, Some(Action::CancelRowAim)));
        }
        if let Some(job) = self.filter_panel.choosing_job() {
            let text = Message::new("app-work-choosing");
            all.push(Work::of(job, text, Some(Action::CancelChoosing)));
        }
        all
    }
}
