//! The images under the layers: read by jobs, laid on the map by jobs, and what the window knows of
//! them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::Wake;
use super::store::lost;
use crate::crs::{Crs, CrsError, LayerCrs, Operation, describe};
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::map::MapBackdrop;
use crate::problem::FileError;
use crate::project::{Backdrop, BackdropId, Document};
use crate::raster::{Blocks, PlacedRaster, Raster};
use crate::tiles::LocalTiles;

/// How the reading of an image stands.
pub(super) enum Entry {
    Loading(Job<Result<Raster, FileError>>),
    Loaded(Arc<Raster>),
    Failed(FileError),
}

/// An image on the map.
#[derive(Clone)]
pub(super) struct Laid {
    pub placed: Arc<PlacedRaster>,
    /// How its coordinates come to longitude and latitude.
    pub operation: Result<Operation, CrsError>,
    tiles: Arc<dyn LocalTiles>,
}

/// What became of laying an image on the map: in which CRS, and how or why not.
struct Outcome {
    crs: Option<LayerCrs>,
    laid: Result<Laid, Message>,
}

impl Outcome {
    fn failed(what: Message) -> Outcome {
        Outcome { crs: None, laid: Err(what) }
    }
}

/// How the laying of an image on the map stands.
enum Laying {
    Working(Job<Outcome>),
    Done(Outcome),
}

/// What an image is laid out from.
#[derive(Clone)]
struct LaidFrom {
    raster: Arc<Raster>,
    crs: Option<String>,
}

impl LaidFrom {
    fn is(&self, raster: &Arc<Raster>, crs: Option<&String>) -> bool {
        Arc::ptr_eq(&self.raster, raster) && self.crs.as_ref() == crs
    }
}

/// All images of the document.
#[derive(Default)]
pub(super) struct Backdrops {
    blocks: Arc<Blocks>,
    entries: HashMap<String, Entry>,
    laid: HashMap<BackdropId, (LaidFrom, Laying)>,
    /// How many images were laid out: each has a word of its own among the sources of tiles.
    count: u64,
}

impl Backdrops {
    /// How the image of a backdrop stands; none before it was asked for.
    pub fn entry(&self, backdrop: &Backdrop) -> Option<&Entry> {
        self.entries.get(&backdrop.path)
    }

    /// The image of a backdrop, once it is read.
    pub fn raster(&self, backdrop: &Backdrop) -> Option<&Arc<Raster>> {
        match self.entry(backdrop) {
            Some(Entry::Loaded(raster)) => Some(raster),
            _ => None,
        }
    }

    /// The image of a backdrop on the map, or why it cannot be laid there. None while that is not
    /// known, and without a CRS.
    pub fn laid(&self, backdrop: &Backdrop) -> Option<&Result<Laid, Message>> {
        match self.laid.get(&backdrop.id) {
            Some((_, Laying::Done(outcome))) => Some(&outcome.laid),
            _ => None,
        }
    }

    /// The CRS a backdrop lies in: the one chosen, else the one found.
    pub fn crs(&self, backdrop: &Backdrop) -> Option<LayerCrs> {
        if let Some((_, Laying::Done(outcome))) = self.laid.get(&backdrop.id) {
            return outcome.crs.clone();
        }
        match backdrop.chosen_crs() {
            Ok(Some(chosen)) => Some(chosen),
            Ok(None) => self.raster(backdrop)?.file.crs.clone(),
            Err(_) => None,
        }
    }

    /// Whether a backdrop will be on the map in a moment.
    pub fn is_underway(&self, backdrop: &Backdrop) -> bool {
        let is_laying = matches!(self.laid.get(&backdrop.id), Some((_, Laying::Working(_))));
        is_laying || matches!(self.entry(backdrop), None | Some(Entry::Loading(_)))
    }

    /// Whether something is being read or laid out.
    pub fn is_busy(&self) -> bool {
        self.entries.values().any(|entry| matches!(entry, Entry::Loading(_)))
            || self.laid.values().any(|(_, laying)| matches!(laying, Laying::Working(_)))
    }

    /// What the map draws, the topmost first.
    pub fn on_map(&self, document: &Document) -> Vec<MapBackdrop> {
        let shown = document.backdrops.iter().filter(|backdrop| backdrop.visible);
        let drawn = shown.filter_map(|backdrop| {
            let laid = self.laid(backdrop)?.as_ref().ok()?;
            Some(MapBackdrop { tiles: Arc::clone(&laid.tiles), opacity: backdrop.opacity })
        });
        drawn.collect()
    }

    /// Takes what was done, and starts what is missing; answers what failed, each once.
    pub fn update(&mut self, document: &Document, wake: &Wake) -> Vec<FileError> {
        let failures = self.take();
        // An image takes tens of megabytes: it stays only as long as it is in the document.
        let paths: BTreeSet<&str> =
            document.backdrops.iter().map(|backdrop| backdrop.path.as_str()).collect();
        self.entries.retain(|path, entry| {
            let is_wanted = paths.contains(path.as_str());
            if let Entry::Loading(job) = entry
                && !is_wanted
            {
                job.cancel();
            }
            is_wanted
        });
        self.laid.retain(|id, _| document.backdrop(*id).is_some());
        for path in paths {
            if !self.entries.contains_key(path) {
                let (wake, ours) = (wake.clone(), path.to_owned());
                let blocks = Arc::clone(&self.blocks);
                let job = Job::start(
                    "image",
                    move || wake(),
                    move |watch| Raster::open(Path::new(&ours), &blocks, watch),
                );
                self.entries.insert(path.to_owned(), Entry::Loading(job));
            }
        }
        for backdrop in &document.backdrops {
            self.lay(backdrop, wake);
        }
        failures
    }

    fn take(&mut self) -> Vec<FileError> {
        let mut failures = Vec::new();
        for (path, entry) in &mut self.entries {
            let Entry::Loading(job) = entry else { continue };
            let outcome = match job.poll() {
                Poll::Running => continue,
                Poll::Done(outcome) => outcome,
                Poll::Lost => Err(lost(Path::new(path))),
            };
            *entry = match outcome {
                Ok(raster) => Entry::Loaded(Arc::new(raster)),
                Err(error) => {
                    if !error.is_cancelled() {
                        failures.push(error.clone());
                    }
                    Entry::Failed(error)
                }
            };
        }
        for (_, laying) in self.laid.values_mut() {
            let Laying::Working(job) = laying else { continue };
            match job.poll() {
                Poll::Running => {}
                Poll::Done(outcome) => *laying = Laying::Done(outcome),
                Poll::Lost => {
                    *laying = Laying::Done(Outcome::failed(Message::new("app-error-lost")));
                }
            }
        }
        failures
    }

    /// Lays an image on the map, where it is not laid there already.
    fn lay(&mut self, backdrop: &Backdrop, wake: &Wake) {
        let Some(raster) = self.raster(backdrop).cloned() else {
            self.laid.remove(&backdrop.id);
            return;
        };
        let is_same = |from: &LaidFrom| from.is(&raster, backdrop.crs.as_ref());
        if self.laid.get(&backdrop.id).is_some_and(|(from, _)| is_same(from)) {
            return;
        }
        self.laid.remove(&backdrop.id);
        if backdrop.crs.is_none() && raster.file.crs.is_none() {
            return;
        }
        self.count += 1;
        let key = format!("backdrop {}", self.count);
        let from = LaidFrom { raster: Arc::clone(&raster), crs: backdrop.crs.clone() };
        let (wake, backdrop_now) = (wake.clone(), backdrop.clone());
        let job = Job::start("lay out", move || wake(), move |_| lay(raster, &backdrop_now, key));
        self.laid.insert(backdrop.id, (from, Laying::Working(job)));
    }

    /// Reads an image again at the next [`Self::update`].
    pub fn forget(&mut self, backdrop: &Backdrop) {
        self.cancel(backdrop);
        self.entries.remove(&backdrop.path);
    }

    /// Ends the reading of an image.
    pub fn cancel(&mut self, backdrop: &Backdrop) {
        if let Some(entry @ Entry::Loading(_)) = self.entries.get_mut(&backdrop.path) {
            let cancelled = Entry::Failed(FileError::cancelled(&backdrop.path));
            if let Entry::Loading(job) = std::mem::replace(entry, cancelled) {
                job.cancel();
            }
        }
    }
}

fn lay(raster: Arc<Raster>, backdrop: &Backdrop, key: String) -> Outcome {
    let crs = match backdrop.chosen_crs() {
        Ok(chosen) => chosen.or_else(|| raster.file.crs.clone()),
        Err(error) => return Outcome::failed(error.message()),
    };
    let Some(crs) = crs else { return Outcome::failed(Message::new("app-crs-unknown")) };
    let operation = describe(&crs.crs, &Crs::wgs84());
    let laid = PlacedRaster::new(raster, crs.clone(), key).map(|placed| {
        let placed = Arc::new(placed);
        let tiles: Arc<dyn LocalTiles> = placed.clone();
        Laid { placed, operation, tiles }
    });
    Outcome { crs: Some(crs), laid }
}
