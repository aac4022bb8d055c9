//! The files of a project that was opened: those that are missing, and those that changed.

use std::path::Path;

use super::MissingDialog;
use crate::app::actions::Action;
use crate::app::session::Notice;
use crate::app::store::Entry;
use crate::app::{BelfortApp, Dialog};
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::portal::Address;
use crate::project::{FilesNow, TableChange, TableSeen, files_now};

/// What is looked for, and what was found.
#[derive(Default)]
pub(in crate::app) struct FilesOfProject {
    look: Option<Look>,
    found: FilesNow,
    /// Files that changed, of which the layers are still being read.
    changed: Vec<String>,
}

struct Look {
    job: Job<FilesNow>,
    /// The person asked to see what is missing.
    is_asked_for: bool,
}

/// What is to be told of a file that changed.
enum Told {
    /// Its layers are still being read.
    Later,
    Nothing,
    Now(Notice),
}

impl FilesOfProject {
    pub fn is_busy(&self) -> bool {
        self.look.is_some() || !self.changed.is_empty()
    }

    /// The look for files that is under way.
    pub fn job(&self) -> Option<&Job<FilesNow>> {
        self.look.as_ref().map(|look| &look.job)
    }

    /// Ends the look, and forgets what was found: another project is open, or nobody waits for it.
    pub fn forget(&mut self) {
        *self = FilesOfProject::default();
    }
}

impl BelfortApp {
    /// Looks whether the files of the project are there and as they were.
    pub(in crate::app) fn look_at_files(&mut self, is_asked_for: bool) {
        let document = self.session.history.document().clone();
        let seen = self.session.on_disk.files.clone();
        let folder = self.session.path.as_deref().and_then(Path::parent).map(Path::to_owned);
        let wake = self.session.wake.clone();
        let portals = self.session.portals.clone();
        let job = Job::start(
            "files",
            move || wake(),
            move |watch| {
                // Cancelled is the same as nothing found: nobody waits for it any more.
                let kept = |address: &str| portals.copies().file_of(address);
                files_now(&document, &seen, folder.as_deref(), kept, watch).unwrap_or_default()
            },
        );
        self.files.look = Some(Look { job, is_asked_for });
    }

    /// Shows what is missing, as it was found.
    pub(in crate::app) fn show_missing(&mut self) {
        let found = self.files.found.clone();
        self.dialog = Some(Dialog::Missing(MissingDialog::new(found)));
    }

    /// Takes what was found of the files.
    pub(in crate::app) fn take_files(&mut self) {
        if let Some(Look { job, is_asked_for }) = &self.files.look {
            let found = match job.poll() {
                Poll::Running => None,
                Poll::Done(found) => Some(found),
                Poll::Lost => Some(FilesNow::default()),
            };
            if let Some(found) = found {
                let is_asked_for = *is_asked_for;
                self.files.look = None;
                self.files.changed.clone_from(&found.changed);
                let missing = found.missing.len();
                let nearby = found.missing.iter().filter(|file| !file.found.is_empty()).count();
                self.files.found = found;
                if is_asked_for {
                    self.show_missing();
                } else if missing > 0 {
                    let text = Message::new("app-missing-offer")
                        .count("count", missing as u64)
                        .count("found", nearby as u64);
                    let button = Message::new("app-missing-show");
                    let action = Box::new(Action::ShowMissing);
                    self.session.notice(Notice::Offer { text, button, action });
                }
            }
        }
        for path in std::mem::take(&mut self.files.changed) {
            match self.told_of(&path) {
                Told::Later => self.files.changed.push(path),
                Told::Nothing => {}
                Told::Now(notice) => self.session.notice(notice),
            }
        }
    }

    /// What is different in a file that changed. Of what is fetched only other fields are told: other
    /// rows are what it is fetched for.
    fn told_of(&self, path: &str) -> Told {
        let session = &self.session;
        let is_fetched = Address::is_meant(Path::new(path));
        let mut name = None;
        let seen = session.on_disk.files.iter().find(|file| file.path == path);
        let mut whole = TableChange::default();
        for layer in session.document().layers.iter().filter(|layer| layer.source.path == path) {
            let loaded = match session.store.entry(&layer.source) {
                None | Some(Entry::Loading(_)) => return Told::Later,
                Some(Entry::Failed(_)) => continue,
                Some(Entry::Loaded(loaded)) => loaded,
            };
            name = name.or_else(|| is_fetched.then(|| layer.name.clone()));
            let before = seen.and_then(|file| {
                let tables = &file.layers;
                tables.iter().find(|table| table.layer == layer.source.layer)
            });
            let Some(before) = before.filter(|_| layer.source.bbox.is_none()) else { continue };
            let now = TableSeen {
                layer: layer.source.layer.clone(),
                rows: loaded.table.rows() as u64,
                fields: loaded.table.fields.iter().map(|field| field.name.clone()).collect(),
            };
            let change = TableChange::between(before, &now);
            let add = |to: &mut Vec<String>, names: Vec<String>| {
                for name in names {
                    if !to.contains(&name) {
                        to.push(name);
                    }
                }
            };
            add(&mut whole.gone, change.gone);
            add(&mut whole.new, change.new);
            whole.more = whole.more.max(change.more);
            whole.fewer = whole.fewer.max(change.fewer);
        }
        if is_fetched && whole.gone.is_empty() && whole.new.is_empty() {
            return Told::Nothing;
        }
        let of_file =
            || Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = name.unwrap_or_else(of_file);
        if whole.is_nothing() {
            let text = Message::new("app-file-changed-values").text("name", name);
            return Told::Now(Notice::Done(text));
        }
        let fields = |id, names: &[String]| {
            let message = Message::new(id).count("count", names.len() as u64);
            (!names.is_empty()).then(|| message.text("names", names.join(", ")))
        };
        let rows = |id, count: u64| (count > 0).then(|| Message::new(id).count("count", count));
        let parts = [
            fields("app-file-fields-gone", &whole.gone),
            fields("app-file-fields-new", &whole.new),
            rows("app-file-rows-more", whole.more),
            rows("app-file-rows-fewer", whole.fewer),
        ];
        let parts: Vec<String> = parts.iter().flatten().map(|part| session.say(part)).collect();
        let text = Message::new("app-file-changed").text("name", name);
        let text = text.text("what", parts.join("; "));
        let is_bad = !whole.gone.is_empty();
        Told::Now(if is_bad { Notice::Trouble(text) } else { Notice::Done(text) })
    }
}
