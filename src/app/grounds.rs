//! The basemaps of the project's own: archives opened by jobs, and what the window knows of them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Wake;
use super::store::lost;
use crate::i18n::{Language, Localized};
use crate::jobs::{Job, Poll, Watch};
use crate::page::{CityLook, CityTiles};
use crate::problem::FileError;
use crate::project::{Document, OwnBasemap};
use crate::tiles::archive::{Archive, RasterArchive, TileForm};
use crate::tiles::{Ground, GroundTiles, LocalTiles, offered_ground};

/// An archive that was opened.
#[derive(Clone)]
pub(super) struct Opened {
    pub archive: Arc<Archive>,
    /// What gives its pictures; none where it has vectors.
    pictures: Option<Arc<dyn LocalTiles>>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.archive.fmt(f)
    }
}

impl Opened {
    /// Opens an archive; `key` is its word among all sources of tiles.
    pub fn read(path: &Path, key: String) -> Result<Opened, FileError> {
        let archive = Arc::new(Archive::open(path)?);
        let pictures: Option<Arc<dyn LocalTiles>> = match archive.facts().tiles {
            TileForm::Vector => None,
            _ => Some(Arc::new(RasterArchive::new(Arc::clone(&archive), key))),
        };
        Ok(Opened { archive, pictures })
    }
}

/// A word for an archive among all sources of tiles, never given twice: a file that is opened again
/// may be another.
pub(super) fn key() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("archive {}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// How the opening of an archive stands.
pub(super) enum Entry {
    Loading(Job<Result<Opened, FileError>>),
    Loaded(Opened),
    Failed(FileError),
}

/// What vectors are drawn with on the screen.
#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    look: CityLook,
    language: Language,
    /// Pixels of a point, in quarters.
    quarters: u16,
}

/// All own basemaps of the document.
#[derive(Default)]
pub(super) struct Grounds {
    entries: HashMap<String, Entry>,
    made: HashMap<String, (OwnBasemap, Option<Drawn>, Ground)>,
}

impl Grounds {
    /// How an own basemap stands; none before it was asked for.
    pub fn entry(&self, own: &OwnBasemap) -> Option<&Entry> {
        self.entries.get(own.path()?)
    }

    /// A basemap by its word: one that the program offers, or an own one that is there.
    pub fn ground(&self, id: &str) -> Option<&Ground> {
        offered_ground(id).or_else(|| self.made.get(id).map(|(.., ground)| ground))
    }

    /// Whether the basemap of a document will be there in a moment.
    pub fn is_underway(&self, document: &Document) -> bool {
        let own = document.own_basemap(&document.basemap).filter(|own| own.path().is_some());
        own.is_some_and(|own| matches!(self.entry(own), None | Some(Entry::Loading(_))))
    }

    /// Takes what was done, and starts what is missing; answers what failed, each once.
    pub fn update(
        &mut self,
        document: &Document,
        language: Language,
        pixels_per_point: f32,
        wake: &Wake,
    ) -> Vec<FileError> {
        let failures = self.take();
        let paths: BTreeSet<&str> = document.basemaps.iter().filter_map(OwnBasemap::path).collect();
        self.entries.retain(|path, _| paths.contains(path.as_str()));
        for path in paths {
            if !self.entries.contains_key(path) {
                let (wake, ours) = (wake.clone(), path.to_owned());
                let read = move |_: &Watch| Opened::read(Path::new(&ours), key());
                let job = Job::start("basemap", move || wake(), read);
                self.entries.insert(path.to_owned(), Entry::Loading(job));
            }
        }
        let look = CityLook::of(document.basemap_look);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let quarters = (pixels_per_point * 4.0).ceil().clamp(4.0, 16.0) as u16;
        let drawn = Drawn { look, language, quarters };
        self.made.retain(|id, _| document.own_basemap(id).is_some());
        for own in &document.basemaps {
            self.make(own, drawn);
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
                Ok(opened) => Entry::Loaded(opened),
                Err(error) => {
                    failures.push(error.clone());
                    Entry::Failed(error)
                }
            };
        }
        failures
    }

    /// Puts in what was already opened.
    pub fn put(&mut self, path: String, opened: Opened) {
        self.entries.insert(path, Entry::Loaded(opened));
    }

    /// Opens an archive again at the next [`Self::update`].
    pub fn forget(&mut self, own: &OwnBasemap) {
        if let Some(path) = own.path() {
            self.entries.remove(path);
        }
        self.made.remove(&own.id);
    }

    fn make(&mut self, own: &OwnBasemap, drawn: Drawn) {
        if let Some(map) = own.web() {
            if self.made.get(&own.id).is_none_or(|(known, ..)| known != own) {
                let ground = Ground::of_server(map.basemap(&own.name));
                let ground = Ground { id: own.id.clone(), ..ground };
                self.made.insert(own.id.clone(), (own.clone(), None, ground));
            }
            return;
        }
        let Some(Entry::Loaded(opened)) = own.path().and_then(|path| self.entries.get(path)) else {
            self.made.remove(&own.id);
            return;
        };
        let drawn = opened.pictures.is_none().then_some(drawn);
        let is_made = self.made.get(&own.id).is_some_and(|(known, with, ground)| {
            let is_same = ground.archive().is_some_and(|it| Arc::ptr_eq(it, &opened.archive));
            known == own && *with == drawn && is_same
        });
        if is_made {
            return;
        }
        let archive = Arc::clone(&opened.archive);
        let tiles = match (&opened.pictures, drawn) {
            (Some(pictures), _) => GroundTiles::Pictures(Arc::clone(&archive), pictures.clone()),
            (None, Some(Drawn { look, language, quarters })) => {
                let density = f32::from(quarters) / 4.0;
                let made = CityTiles::new(Arc::clone(&archive), look, language, density, key());
                GroundTiles::Vectors(Arc::clone(&archive), Arc::new(made))
            }
            (None, None) => return,
        };
        let facts = archive.facts();
        let ground = Ground {
            id: own.id.clone(),
            name: Localized::same(&own.name),
            attribution: facts.attribution.clone(),
            attribution_url: facts.attribution_url.clone(),
            tiles,
        };
        self.made.insert(own.id.clone(), (own.clone(), drawn, ground));
    }
}
