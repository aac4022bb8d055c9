//! That nothing is lost: saving, the journal of unsaved work, and taking it back up after a crash.

mod about_dialog;
mod bookmarks_dialog;
mod files;
mod history_dialog;
mod missing_dialog;
mod overwrite_dialog;
mod packing;
mod recovery_dialog;
mod saving;

pub(super) use about_dialog::AboutDialog;
pub(super) use bookmarks_dialog::{BookmarksDialog, bookmark_choices};
pub(super) use files::FilesOfProject;
pub(super) use history_dialog::history_dialog;
pub(super) use missing_dialog::MissingDialog;
pub(super) use overwrite_dialog::{Answer, OverwriteDialog, Why};
pub(super) use packing::Packing;
pub(super) use recovery_dialog::{Decided, RecoveryDialog};
pub(super) use saving::{OnDisk, Saving};

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Timelike, Utc};

use super::actions::Action;
use super::session::{Notice, Session};
use super::{BelfortApp, Dialog};
use crate::i18n::{Message, format_date_time};
use crate::jobs::{Job, Poll};
use crate::project::{Document, History, Journal, Leftover, News, Unsaved, left_over};

/// A moment in words, to the minute, as the clock on the wall has it.
fn moment(session: &Session, at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&chrono::Local).naive_local();
    format_date_time(session.language, at.with_second(0).unwrap_or(at))
}

type LeftOver = (Vec<Leftover>, Vec<crate::problem::FileError>);

/// The journal of a window, and the look for what others left.
pub(super) struct Guard {
    folder: PathBuf,
    journal: Journal,
    /// What the journal was told last: the document, that which is saved, the file.
    told: Option<(Arc<Document>, Arc<Document>, Option<PathBuf>)>,
    search: Option<Search>,
    /// Found, and waiting for another dialog to close.
    found: Vec<Leftover>,
    /// Chosen to be taken back up, and waiting for the answer to "save changes?".
    chosen: Option<Leftover>,
}

struct Search {
    job: Job<LeftOver>,
    /// The person asked: an answer is due also where there is nothing.
    is_asked_for: bool,
}

impl Guard {
    /// Whether it is being looked for unsaved work.
    pub fn is_searching(&self) -> bool {
        self.search.is_some()
    }
}

impl BelfortApp {
    /// From now on unsaved work is kept in a folder, within a second of each change, and what
    /// programs left there that ended too early is offered. The window itself does so in the
    /// person's data folder; without this (printing, most tests) nothing is kept.
    pub fn keep_unsaved_work(&mut self, folder: PathBuf) {
        let wake = self.session.wake.clone();
        let journal = Journal::start(folder.clone(), move || wake());
        let (found, chosen) = (Vec::new(), None);
        self.guard = Some(Guard { folder, journal, told: None, search: None, found, chosen });
        self.search_unsaved_work(false);
    }

    /// Whether all unsaved work is on the disk by now, as far as that is possible.
    pub fn is_work_kept(&self) -> bool {
        let is_told = |guard: &Guard| {
            let told = guard.told.as_ref();
            told.map_or(!self.session.history.is_changed(), |(document, ..)| {
                Arc::ptr_eq(document, self.session.history.document())
            })
        };
        self.guard.as_ref().is_none_or(|guard| is_told(guard) && guard.journal.is_settled())
    }

    /// The window closes, by the person's wish or not: unsaved work stays for the next start unless
    /// it was saved or thrown away.
    pub fn end(&mut self) {
        let is_clean = self.may_close || !self.session.history.is_changed();
        if let Some(guard) = self.guard.take() {
            guard.journal.end(is_clean);
        }
    }

    /// Looks for unsaved work of programs that are gone.
    pub(super) fn search_unsaved_work(&mut self, is_asked_for: bool) {
        let wake = self.session.wake.clone();
        let Some(guard) = &mut self.guard else { return };
        // What was put off is free to be found again.
        guard.found.clear();
        guard.chosen = None;
        let folder = guard.folder.clone();
        let job = Job::start("unsaved work", move || wake(), move |_| left_over(&folder));
        guard.search = Some(Search { job, is_asked_for });
    }

    /// Tells the journal of changes, and the person of the journal.
    pub(super) fn follow_journal(&mut self) {
        let is_changed = self.session.history.is_changed();
        let name = self.session.project_name();
        let Some(guard) = &mut self.guard else { return };
        let history = &self.session.history;
        if is_changed {
            let path = &self.session.path;
            let is_told = guard.told.as_ref().is_some_and(|(document, saved, known)| {
                Arc::ptr_eq(document, history.document())
                    && Arc::ptr_eq(saved, history.saved())
                    && known == path
            });
            if !is_told {
                let (document, saved) = (history.document().clone(), history.saved().clone());
                guard.told = Some((document.clone(), saved.clone(), path.clone()));
                guard.journal.keep(Unsaved {
                    document,
                    saved,
                    path: path.clone(),
                    stamp: self.session.on_disk.stamp.clone(),
                    name,
                    changes: history.changes(),
                });
            }
        } else if guard.told.take().is_some() {
            guard.journal.nothing();
        }
        for news in guard.journal.news() {
            self.session.notice(match news {
                News::Failed(error) => {
                    log::warn!("{error}");
                    let text = Message::new("app-journal-failed");
                    Notice::Trouble(text.message("what", error.what))
                }
                News::WrittenAgain => Notice::Done(Message::new("app-journal-again")),
            });
        }
        self.take_search();
    }

    fn take_search(&mut self) {
        let Some(guard) = &mut self.guard else { return };
        if let Some(search) = &guard.search {
            let (found, failed) = match search.job.poll() {
                Poll::Running => return,
                Poll::Done(outcome) => outcome,
                Poll::Lost => Default::default(),
            };
            if search.is_asked_for && found.is_empty() && failed.is_empty() {
                self.session.notice(Notice::Done(Message::new("app-recovery-none")));
            }
            guard.found = found;
            guard.search = None;
            for error in failed {
                self.session.notice(Notice::Failed(error));
            }
        }
        if self.dialog.is_none() && !guard.found.is_empty() {
            let found = std::mem::take(&mut guard.found);
            self.dialog = Some(Dialog::Recovery(RecoveryDialog::new(found)));
            egui::Popup::close_all(&self.ctx);
        }
    }

    /// Does what the person decided about unsaved work that was found.
    pub(super) fn decided(&mut self, decided: Decided) {
        match decided {
            Decided::Discard(leftover) => {
                let throw = move |_: &crate::jobs::Watch| {
                    if let Err(error) = leftover.discard() {
                        log::warn!("{error}");
                    }
                };
                // Its end is of no interest.
                drop(Job::start("discard", || {}, throw));
            }
            Decided::Restore { chosen, others } => {
                self.dialog = None;
                if others > 0 {
                    let text = Message::new("app-recovery-others").count("count", others);
                    self.session.notice(Notice::Done(text));
                }
                if let Some(guard) = &mut self.guard {
                    guard.chosen = Some(*chosen);
                }
                if self.session.history.is_changed() {
                    self.dialog = Some(Dialog::Unsaved(Action::TakeUpWork));
                } else {
                    self.take_up_work();
                }
            }
        }
    }

    /// Puts unsaved work in place of the project that is open, as unsaved changes of its own
    /// project.
    pub(super) fn take_up_work(&mut self) {
        let Some(chosen) = self.guard.as_mut().and_then(|guard| guard.chosen.take()) else {
            return;
        };
        // What is still being opened would take its place.
        for opening in self.session.opening.drain(..) {
            opening.job.cancel();
        }
        let (work, saved) = (chosen.document.clone(), chosen.saved.clone());
        self.replace(work.clone(), chosen.path.clone());
        self.session.history = History::recovered(saved, work, chosen.changes);
        self.session.on_disk = OnDisk { stamp: chosen.stamp.clone(), ..OnDisk::default() };
        self.look_at_files(false);
        for problem in &chosen.problems {
            self.session.notice(Notice::Problem(problem.clone()));
        }
        let text = Message::new("app-recovered").text("name", chosen.name.as_str());
        self.session.notice(Notice::Done(text));
        // Written under this window's name first, thrown away under the other's then.
        self.follow_journal();
        if let Some(guard) = &mut self.guard {
            guard.journal.takes_over(chosen);
        }
    }
}
