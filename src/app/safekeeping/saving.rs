//! Saving a project, and what is known of its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Answer, OverwriteDialog, Why};
use crate::app::actions::Action;
use crate::app::session::Notice;
use crate::app::store::lost;
use crate::app::{BelfortApp, Dialog};
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::problem::FileError;
use crate::project::{
    Command, Document, FORMAT_VERSION, FileSeen, LoadedTable, OpenedProject, Replaced, SaveError,
    Saved, Stamp, TableSeen, read_project, save_over, seen_now,
};

/// What is known of the project's file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::app) struct OnDisk {
    /// The file as it was opened or saved last; none for one that was never saved.
    pub stamp: Option<Stamp>,
    /// The files of its layers as they were then.
    pub files: Vec<FileSeen>,
    /// Why it is asked before the file is written over.
    pub guarded: Option<Why>,
}

impl OnDisk {
    pub fn of(opened: &OpenedProject) -> OnDisk {
        let is_newer = opened.version > FORMAT_VERSION;
        let guarded =
            opened.is_guarded().then_some(if is_newer { Why::Newer } else { Why::Damaged });
        OnDisk { stamp: Some(opened.stamp.clone()), files: opened.files.clone(), guarded }
    }
}

type Outcome = Result<(Saved, Vec<FileSeen>), SaveError>;

/// A project being written, or read again.
pub(in crate::app) struct Saving {
    path: PathBuf,
    document: Arc<Document>,
    pub job: Job<Outcome>,
}

impl BelfortApp {
    /// Saves the project under its own name, where nothing speaks against it.
    pub(in crate::app) fn save_known(&mut self, path: PathBuf) {
        match self.session.on_disk.guarded.clone() {
            Some(why) => self.dialog = Some(Dialog::Overwrite(OverwriteDialog { path, why })),
            None => self.save(path, self.session.on_disk.stamp.clone()),
        }
    }

    /// Writes the project; only over the file that is known, where one is.
    pub(in crate::app) fn save(&mut self, path: PathBuf, known: Option<Stamp>) {
        let document = self.session.history.document().clone();
        let (wake, ours, target) = (self.session.wake.clone(), document.clone(), path.clone());
        let before = self.session.on_disk.files.clone();
        let loaded = self.loaded_tables();
        let portals = self.session.portals.clone();
        let job = Job::start(
            "save",
            move || wake(),
            move |_| {
                let kept = |address: &str| portals.copies().file_of(address);
                let files = seen_now(&ours, &before, &loaded, kept);
                let saved = save_over(&ours, &files, &target, known.as_ref())?;
                Ok((saved, files))
            },
        );
        self.saving = Some(Saving { path, document, job });
    }

    /// What was read of the files of layers, and of the copies of those that were fetched.
    fn loaded_tables(&self) -> Vec<LoadedTable> {
        let layers = self.document().layers.iter();
        let layers = layers.filter(|layer| layer.source.notes().is_none());
        let table = |layer: &crate::project::Layer| {
            // A part of a file does not tell how many rows it has.
            let loaded = self.session.store.present(&layer.source)?;
            layer.source.bbox.is_none().then(|| LoadedTable {
                path: layer.source.path.clone(),
                table: TableSeen {
                    layer: layer.source.layer.clone(),
                    rows: loaded.table.rows() as u64,
                    fields: loaded.table.fields.iter().map(|field| field.name.clone()).collect(),
                },
            })
        };
        layers.filter_map(table).collect()
    }

    /// Takes the outcome of saving, once it is there.
    pub(in crate::app) fn take_saving(&mut self) {
        if let Some(saving) = self.saving.take() {
            match saving.job.poll() {
                Poll::Running => self.saving = Some(saving),
                Poll::Done(outcome) => self.saved(saving, outcome),
                Poll::Lost => {
                    let error = lost(&saving.path);
                    self.saved(saving, Err(SaveError::File(error)));
                }
            }
        }
        let Some((path, job)) = &self.reading_again else { return };
        let outcome = match job.poll() {
            Poll::Running => return,
            Poll::Done(outcome) => outcome,
            Poll::Lost => Err(lost(path)),
        };
        self.reading_again = None;
        match outcome {
            Ok(opened) => self.read_again(opened),
            Err(error) => self.session.notice(Notice::Failed(error)),
        }
    }

    fn saved(&mut self, saving: Saving, outcome: Outcome) {
        let then = self.after_saving.take();
        match outcome {
            Ok((saved, files)) => {
                // What was changed in the meantime is not on disk.
                if Arc::ptr_eq(&saving.document, self.session.history.document()) {
                    self.session.history.mark_saved();
                } else {
                    self.session.history.mark_saved_as(saving.document);
                }
                self.session.on_disk = OnDisk { stamp: Some(saved.stamp), files, guarded: None };
                if let Some(error) = saved.not_kept {
                    let what = Message::new("app-backup-failed").message("what", error.what);
                    self.session.notice(Notice::Failed(FileError::new(error.path, what)));
                }
                self.session.settings.opened(&saving.path);
                self.make_thumbnail(&saving.path);
                self.session.path = Some(saving.path);
                self.keep_settings();
                if let Some(action) = then {
                    self.apply(action);
                }
            }
            Err(SaveError::Changed { when }) => {
                self.after_saving = then;
                let (path, why) = (saving.path, Why::Changed(when));
                self.dialog = Some(Dialog::Overwrite(OverwriteDialog { path, why }));
            }
            Err(SaveError::File(error)) => self.session.notice(Notice::Failed(error)),
        }
    }

    /// Does what was answered to the question before writing over a file.
    pub(in crate::app) fn overwrite_answered(&mut self, path: &Path, answer: Answer) {
        match answer {
            Answer::Open => return,
            Answer::Cancel => self.after_saving = None,
            Answer::SaveAs => {
                self.dialog = None;
                self.apply(Action::ShowSaveAs);
                return;
            }
            Answer::Overwrite => self.save(path.to_owned(), None),
            Answer::ReadAgain => {
                self.after_saving = None;
                let (wake, path) = (self.session.wake.clone(), path.to_owned());
                let ours = path.clone();
                let job = Job::start("read again", move || wake(), move |_| read_project(&ours));
                self.reading_again = Some((path, job));
            }
        }
        self.dialog = None;
    }

    /// The file takes the place of the project, as a step that can be taken back.
    fn read_again(&mut self, opened: OpenedProject) {
        let on_disk = OnDisk::of(&opened);
        for problem in &opened.problems {
            self.session.notice(Notice::Problem(problem.clone()));
        }
        let document = Box::new(opened.document);
        self.run(Command::Replace { document, why: Replaced::Reloaded });
        self.session.history.close_step();
        self.session.history.mark_saved();
        self.session.on_disk = on_disk;
        self.session.notice(Notice::Done(Message::new("app-read-again")));
    }
}
