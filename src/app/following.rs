//! Tables that follow from a layer's table and those of other layers: one a layer, made by jobs, again
//! whenever what it follows from changes. What is joined, put by name and counted by place are three
//! kinds of them, each over the one before ([`super::added`]).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::Wake;
use super::derived::Same;
use super::keyed::Keyed;
use super::store::{Entry, Loaded, Store};
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::{Document, Layer, LayerId};
use crate::table::Table;

/// All that such a table follows from.
pub(super) trait Follows: Clone + PartialEq + Send + 'static {
    /// What is found besides the table.
    type Found: Send + 'static;
    /// The job's name.
    const JOB: &'static str;

    /// Whether a layer has such a table.
    fn is_wanted(layer: &Layer) -> bool;

    /// The table that it is made over.
    fn base(&self) -> &Same<Table>;

    /// Makes it; `before` is the base as its layer shows it.
    ///
    /// # Errors
    /// When cancelled.
    fn make(&self, before: &Loaded, watch: &Watch) -> Result<(Loaded, Self::Found), Cancelled>;

    /// Starts making it.
    fn start(&self, before: &Loaded, wake: &Wake) -> Making<Self> {
        let (key, before, wake) = (self.clone(), before.clone(), wake.clone());
        let make = move |watch: &Watch| {
            let (loaded, found) = key.make(&before, watch)?;
            Ok(Made { base: key.base().clone(), loaded, found })
        };
        Job::start(Self::JOB, move || wake(), make)
    }
}

/// The job that makes a table.
pub(super) type Making<K> = Job<MadeOf<K>>;

/// What comes out of it.
pub(super) type MadeOf<K> = Result<Made<<K as Follows>::Found>, Cancelled>;

/// A table made, and over which.
pub(super) struct Made<F> {
    base: Same<Table>,
    pub loaded: Loaded,
    /// What was found besides.
    pub found: F,
}

/// The table of one layer.
struct Cell<K: Follows> {
    keyed: Keyed<K, MadeOf<K>>,
    /// A table it needs is still being read.
    waits: bool,
}

/// The tables of all layers that have one.
pub(super) struct Following<K: Follows> {
    cells: HashMap<LayerId, Cell<K>>,
}

impl<K: Follows> Default for Following<K> {
    fn default() -> Self {
        Following { cells: HashMap::new() }
    }
}

impl<K: Follows> Following<K> {
    /// Lets go of those of layers that have none any more.
    pub fn keep(&mut self, document: &Document) {
        self.cells.retain(|id, _| document.layer(*id).is_some_and(K::is_wanted));
    }

    /// Starts what is missing for a layer and takes what is done. No key: a table it needs is not there.
    pub fn want(
        &mut self,
        layer: &Layer,
        store: &Store,
        (key, before): (Option<K>, Option<&Loaded>),
        wake: &Wake,
    ) {
        let empty = || Cell { keyed: Keyed::default(), waits: false };
        let cell = self.cells.entry(layer.id).or_insert_with(empty);
        let Some((key, before)) = key.zip(before) else {
            cell.waits = !matches!(store.entry(&layer.source), Some(Entry::Failed(_)));
            return;
        };
        cell.waits = false;
        cell.keyed.want(key, |key| key.start(before, wake));
    }

    /// What was made last for a layer.
    pub fn made(&self, layer: LayerId) -> Option<&Made<K::Found>> {
        self.cells.get(&layer).and_then(|cell| cell.keyed.latest()?.as_ref().ok())
    }

    /// A layer's table; until it is made, or made again, as it was before.
    pub fn shown<'a>(&'a self, layer: &Layer, before: &'a Loaded) -> &'a Loaded {
        let made = if K::is_wanted(layer) { self.made(layer.id) } else { None };
        let made = made.filter(|made| Arc::ptr_eq(&made.base.0, &before.table));
        made.map_or(before, |made| &made.loaded)
    }

    /// The same; none while it is not made.
    pub fn settled<'a>(&'a self, layer: &Layer, before: &'a Loaded) -> Option<&'a Loaded> {
        let is_busy = |cell: &Cell<K>| cell.waits || cell.keyed.job().is_some();
        if K::is_wanted(layer) && self.cells.get(&layer.id).is_none_or(is_busy) {
            return None;
        }
        Some(self.shown(layer, before))
    }

    /// How far the table of a layer that is being made is, and since when.
    pub fn work(&self, layer: LayerId) -> Option<(Option<f32>, Duration)> {
        let job = self.cells.get(&layer)?.keyed.job()?;
        Some((job.fraction(), job.age()))
    }
}

/// Another layer, as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OtherLayer {
    /// Empty for a layer that is gone.
    pub name: String,
    /// None where it could not be read.
    table: Option<Same<Table>>,
}

impl OtherLayer {
    /// None while its table is being read.
    pub fn of(id: LayerId, document: &Document, store: &Store) -> Option<OtherLayer> {
        let Some(other) = document.layer(id) else {
            return Some(OtherLayer { name: String::new(), table: None });
        };
        let table = match store.entry(&other.source)? {
            Entry::Loading(_) => return None,
            Entry::Loaded(loaded) => Some(Same(loaded.table.clone())),
            Entry::Failed(_) => None,
        };
        Some(OtherLayer { name: other.name.clone(), table })
    }

    pub fn table(&self) -> Option<&Table> {
        self.table.as_ref().map(|table| &*table.0)
    }
}
