//! Packing the project with all that it needs, and opening a pack.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::BelfortApp;
use crate::app::file_dialogs::file_name;
use crate::app::session::Notice;
use crate::app::store::lost;
use crate::i18n::{Message, format_bytes};
use crate::jobs::{Job, Poll};
use crate::problem::FileError;
use crate::project::{Kept, KeptBasemap, OpenedProject, Packed, copies_of, pack, project_stem};
use crate::table::Table;

/// A pack being written.
pub(in crate::app) struct Packing {
    path: PathBuf,
    pub job: Job<Result<Packed, FileError>>,
}

impl BelfortApp {
    /// Packs the project as it is now, saved or not.
    pub(in crate::app) fn pack(&mut self, path: PathBuf) {
        let document = self.session.history.document().clone();
        let name = match &self.session.path {
            Some(path) => project_stem(path),
            None => file_name(&self.session.project_name()),
        };
        let language = self.session.language;
        let portals = self.session.portals.clone();
        let tiles = Arc::clone(&self.tiles);
        let sources: Vec<_> = document.layers.iter().map(|layer| &layer.source).collect();
        let tables = sources.into_iter().filter_map(|source| self.session.store.loaded(source));
        let tables: Vec<Arc<Table>> = tables.map(|loaded| Arc::clone(&loaded.table)).collect();
        let (wake, out) = (self.session.wake.clone(), path.clone());
        let job = Job::start(
            "pack",
            move || wake(),
            move |watch| {
                let copies = copies_of(&document, portals.copies());
                let areas =
                    || tables.iter().filter_map(|table| table.extent_wgs84(watch)).collect();
                let basemap = KeptBasemap::gather(&document, &tiles, areas, language, watch)?;
                let kept = Kept { copies, basemap };
                pack(&document, &name, &kept, &out, language, watch)
            },
        );
        self.packing = Some(Packing { path, job });
    }

    /// Takes the outcome of packing, once it is there.
    pub(in crate::app) fn take_packing(&mut self) {
        let Some(Packing { path, job }) = &self.packing else { return };
        let outcome = match job.poll() {
            Poll::Running => return,
            Poll::Done(outcome) => outcome,
            Poll::Lost => Err(lost(path)),
        };
        self.packing = None;
        match outcome {
            Ok(packed) => {
                for problem in &packed.problems {
                    self.session.notice(Notice::Problem(problem.clone()));
                }
                let text = Message::new("app-pack-done")
                    .text("path", packed.path.to_string_lossy())
                    .count("files", packed.files)
                    .text("size", format_bytes(self.session.language, packed.bytes));
                self.session.notice(Notice::Done(text));
            }
            Err(error) if error.is_cancelled() => {}
            Err(error) => self.session.notice(Notice::Failed(error)),
        }
    }

    /// Takes the project of a pack: a new one, whose data lie where it was unpacked.
    pub(in crate::app) fn take_pack(&mut self, project: OpenedProject, folder: &Path) {
        for problem in &project.problems {
            self.session.notice(Notice::Problem(problem.clone()));
        }
        self.replace(project.document, None);
        let text = Message::new("app-pack-opened").text("folder", folder.to_string_lossy());
        self.session.notice(Notice::Done(text));
    }
}
