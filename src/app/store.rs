//! The store: what was loaded. One immutable table per source, with what drawing needs, made by a
//! job each.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Wake;
use super::added::ColumnFrom;
use super::reading::{self, PlaceSeen};
use crate::crs::{Crs, CrsError, Operation, describe};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Job, Poll, Watch};
use crate::map::{LayerScene, SceneError};
use crate::portal::{FromPortal, Opened, Portals, Wanted};
use crate::problem::FileError;
use crate::project::LayerSource;
use crate::table::{GeometryKind, PartKind, Table};

/// A table with what the window shows of it.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub table: Arc<Table>,
    /// The geometry made ready to draw; the reason where that is not possible.
    pub scene: Result<Arc<LayerScene>, SceneError>,
    /// How coordinates come to longitude and latitude; none without a known CRS.
    pub operation: Option<Result<Operation, CrsError>>,
    /// What the rows are, for counting them in words.
    pub kind: RowKind,
    /// The readings in which it would lie in Belgium, where it does not.
    pub place: Option<Arc<PlaceSeen>>,
    /// More about it, where it came from a portal.
    pub from_portal: Option<Arc<FromPortal>>,
    /// Where its last columns come from, if they are added.
    pub added: Arc<[ColumnFrom]>,
}

impl Loaded {
    /// Where a column comes from, if it is added.
    pub fn added_from(&self, column: usize) -> Option<&ColumnFrom> {
        let own = self.table.fields.len().checked_sub(self.added.len())?;
        self.added.get(column.checked_sub(own)?)
    }

    /// The same layer with its rows elsewhere, made ready to draw there.
    pub fn elsewhere(
        &self,
        table: Table,
        added: Arc<[ColumnFrom]>,
        watch: &Watch,
    ) -> Result<Loaded, Cancelled> {
        let scene = match LayerScene::build(&table, watch) {
            Ok(scene) => Ok(Arc::new(scene)),
            Err(SceneError::Cancelled(cancelled)) => return Err(cancelled),
            Err(error) => Err(error),
        };
        let operation = table.crs.as_ref().map(|crs| describe(&crs.crs, &Crs::wgs84()));
        let (kind, place) = (RowKind::of(&table), PlaceSeen::of(&table).map(Arc::new));
        let from_portal = self.from_portal.clone();
        Ok(Loaded { table: table.shared(), scene, operation, kind, place, from_portal, added })
    }
}

/// What the rows of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Points,
    Lines,
    Polygons,
    /// Geometry of several kinds.
    Mixed,
    /// No geometry at all.
    Rows,
}

impl RowKind {
    fn of(table: &Table) -> RowKind {
        let Some(geometry) = &table.geometry else { return RowKind::Rows };
        let mut kinds: Vec<_> =
            geometry.types().into_iter().filter_map(GeometryKind::part_kind).collect();
        kinds.dedup();
        match kinds.as_slice() {
            [] => RowKind::Rows,
            [first, rest @ ..] if rest.iter().all(|kind| kind == first) => match first {
                PartKind::Point => RowKind::Points,
                PartKind::Line => RowKind::Lines,
                PartKind::Polygon => RowKind::Polygons,
            },
            _ => RowKind::Mixed,
        }
    }

    /// "48 areas".
    pub fn count(self, count: u64) -> Message {
        Message::new(match self {
            RowKind::Points => "app-count-points",
            RowKind::Lines => "app-count-lines",
            RowKind::Polygons => "app-count-polygons",
            RowKind::Mixed => "app-count-mixed",
            RowKind::Rows => "app-count-rows",
        })
        .count("count", count)
    }
}

/// How the loading of a source stands.
pub(super) enum Entry {
    Loading(Job<Result<Loaded, FileError>>),
    Loaded(Loaded),
    Failed(FileError),
}

/// All sources of the document.
#[derive(Default)]
pub(super) struct Store {
    entries: HashMap<LayerSource, Entry>,
    /// What is shown instead of what was loaded: values of another moment.
    instead: HashMap<LayerSource, Loaded>,
}

impl Store {
    /// How a source stands; none before it was asked for.
    pub fn entry(&self, source: &LayerSource) -> Option<&Entry> {
        self.entries.get(source)
    }

    /// What was loaded of a source.
    pub fn loaded(&self, source: &LayerSource) -> Option<&Loaded> {
        self.instead.get(source).or_else(|| self.present(source))
    }

    /// What was loaded of a source, whatever is shown instead.
    pub fn present(&self, source: &LayerSource) -> Option<&Loaded> {
        match self.entries.get(source) {
            Some(Entry::Loaded(loaded)) => Some(loaded),
            _ => None,
        }
    }

    /// Shows a table with the same rows instead of the one that was loaded.
    pub fn show_instead(&mut self, source: &LayerSource, then: &Loaded) {
        let is_shown = |shown: &Loaded| Arc::ptr_eq(&shown.table, &then.table);
        if !self.instead.get(source).is_some_and(is_shown) {
            self.instead.insert(source.clone(), then.clone());
        }
    }

    /// Shows what was loaded.
    pub fn show_now(&mut self, source: &LayerSource) {
        self.instead.remove(source);
    }

    /// Puts in what was already read.
    pub fn put(&mut self, source: LayerSource, loaded: Loaded) {
        self.entries.insert(source, Entry::Loaded(loaded));
    }

    /// Says that a source cannot be had.
    pub fn fail(&mut self, source: &LayerSource, error: FileError) {
        self.entries.insert(source.clone(), Entry::Failed(error));
    }

    /// Starts loading a source unless it is known.
    pub fn want(&mut self, source: &LayerSource, portals: &Arc<Portals>, wake: &Wake) {
        if self.entries.contains_key(source) {
            return;
        }
        let ours = source.clone();
        let wake = wake.clone();
        let portals = Arc::clone(portals);
        let known = self.entries.iter().find_map(|(known, entry)| match entry {
            Entry::Loaded(loaded) if reading::is_made_of(source, known, loaded) => {
                Some((known.clone(), loaded.clone()))
            }
            _ => None,
        });
        let read = move |watch: &Watch| match known {
            Some((known, loaded)) => reading::retyped((&known, &loaded), &ours, watch),
            None => load(&ours, &portals, watch),
        };
        let job = Job::start("read", move || wake(), read);
        self.entries.insert(source.clone(), Entry::Loading(job));
    }

    /// Reads a source again at the next [`Self::want`].
    pub fn forget(&mut self, source: &LayerSource) {
        // What was made of it, and what it could be made of, is as old.
        self.entries.retain(|known, _| !reading::differ_in_fields(known, source));
        self.instead.remove(source);
        if let Some(Entry::Loading(job)) = self.entries.remove(source) {
            job.cancel();
        }
    }

    /// Ends the loading of a source. It counts as cancelled at once; the work ends when it notices.
    pub fn cancel(&mut self, source: &LayerSource) {
        if let Some(entry @ Entry::Loading(_)) = self.entries.get_mut(source) {
            let cancelled = Entry::Failed(FileError::cancelled(&source.path));
            if let Entry::Loading(job) = std::mem::replace(entry, cancelled) {
                job.cancel();
            }
        }
    }

    /// Takes the results that are there; returns the failures, each once.
    pub fn poll(&mut self) -> Vec<FileError> {
        let mut failures = Vec::new();
        for (source, entry) in &mut self.entries {
            let Entry::Loading(job) = entry else { continue };
            let outcome = match job.poll() {
                Poll::Running => continue,
                Poll::Done(outcome) => outcome,
                Poll::Lost => Err(lost(Path::new(&source.path))),
            };
            *entry = match outcome {
                Ok(loaded) => Entry::Loaded(loaded),
                Err(error) => {
                    if !error.is_cancelled() {
                        failures.push(error.clone());
                    }
                    Entry::Failed(error)
                }
            };
        }
        failures
    }
}

/// A defect while reading; the log has the details.
pub(super) fn lost(path: &Path) -> FileError {
    FileError::new(path, Message::new("app-error-lost")).remedy(Message::new("app-error-lost-do"))
}

/// Reads one source: the table, ready to draw.
fn load(source: &LayerSource, portals: &Portals, watch: &Watch) -> Result<Loaded, FileError> {
    let path = PathBuf::from(&source.path);
    let options = source.read_options().map_err(|error| FileError::new(&path, error.message()))?;
    let opened = portals.open(&path, Wanted::Kept, &options, watch)?;
    let opened = opened.into_iter().next().ok_or_else(|| {
        let layer = source.layer.clone().unwrap_or_default();
        FileError::new(&path, Message::new("app-error-no-layer").text("layer", layer))
    })?;
    prepare(opened, watch)
}

/// Makes a table ready for the window.
pub(super) fn prepare(opened: Opened, watch: &Watch) -> Result<Loaded, FileError> {
    let Opened { table, from_portal } = opened;
    let scene = match LayerScene::build(&table, watch) {
        Ok(scene) => Ok(Arc::new(scene)),
        Err(SceneError::Cancelled(_)) => return Err(FileError::cancelled(&table.origin.path)),
        Err(error) => Err(error),
    };
    let operation = table.crs.as_ref().map(|crs| describe(&crs.crs, &Crs::wgs84()));
    let kind = RowKind::of(&table);
    let place = PlaceSeen::of(&table).map(Arc::new);
    let from_portal = from_portal.map(Arc::new);
    let added = Arc::default();
    Ok(Loaded { table: table.shared(), scene, operation, kind, place, from_portal, added })
}
