//! Tables whose rows lie where their names are: made by jobs from the tables with joined columns,
//! again whenever one of the tables they follow from, or what the person decided, changes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::Wake;
use super::added::ColumnFrom;
use super::derived::Same;
use super::joined::JoinedTables;
use super::keyed::Keyed;
use super::store::{Entry, Loaded, Store};
use crate::gazetteer::{ByName, Decision, Names, Placed, table_by_name};
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::{Document, Layer, LayerId, PlaceNames};
use crate::table::Table;

/// Another layer, whose names are known.
#[derive(Clone, Debug, PartialEq)]
struct Other {
    /// Empty for a layer that is gone.
    name: String,
    /// None where it could not be read.
    table: Option<Same<Table>>,
}

/// What a table follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NamedKey {
    base: Same<Table>,
    names: PlaceNames,
    others: Vec<Other>,
}

/// A table made, and what was found for each text.
pub(super) struct NamedTable {
    base: Same<Table>,
    pub loaded: Loaded,
    pub placed: Arc<Placed>,
}

impl NamedKey {
    /// None while a table it needs is not there.
    pub fn new(
        layer: &Layer,
        names: &PlaceNames,
        document: &Document,
        (store, joined): (&Store, &JoinedTables),
    ) -> Option<NamedKey> {
        let base = Same(joined.settled(layer, store)?.table.clone());
        let other = |id: LayerId| {
            let Some(other) = document.layer(id) else {
                return Some(Other { name: String::new(), table: None });
            };
            let table = match store.entry(&other.source)? {
                Entry::Loading(_) => return None,
                Entry::Loaded(loaded) => Some(Same(loaded.table.clone())),
                Entry::Failed(_) => None,
            };
            Some(Other { name: other.name.clone(), table })
        };
        let others = names.layers.iter().map(|named| other(named.layer)).collect::<Option<_>>()?;
        Some(NamedKey { base, names: names.clone(), others })
    }

    /// Starts making the table.
    pub fn start(&self, before: &Loaded, wake: &Wake) -> Job<Result<NamedTable, Cancelled>> {
        let (key, before, wake) = (self.clone(), before.clone(), wake.clone());
        Job::start("names", move || wake(), move |watch| key.make(&before, watch))
    }

    fn make(&self, before: &Loaded, watch: &Watch) -> Result<NamedTable, Cancelled> {
        let layers: Vec<Names<'_>> = self
            .names
            .layers
            .iter()
            .zip(&self.others)
            .map(|(named, other)| Names {
                table: other.table.as_ref().map(|table| &*table.0),
                title: &other.name,
                field: &named.field,
            })
            .collect();
        let number = |id: LayerId| self.names.layers.iter().position(|named| named.layer == id);
        let decisions = self.names.decisions.iter().map(|decision| Decision {
            text: decision.text.clone(),
            layer: decision.layer.and_then(number),
            name: decision.name.clone(),
        });
        let decisions: Vec<Decision> = decisions.collect();
        let by = ByName {
            fields: &self.names.fields,
            layers: &layers,
            decisions: &decisions,
            with_near: self.names.with_near,
            language: self.names.language(),
        };
        let (table, placed) = table_by_name(&self.base.0, &by, watch)?;
        let count = table.fields.len().saturating_sub(self.base.0.fields.len());
        let own = std::iter::repeat_n(ColumnFrom::Names, count);
        let added = before.added.iter().cloned().chain(own).collect();
        let loaded = before.elsewhere(table, added, watch)?;
        Ok(NamedTable { base: self.base.clone(), loaded, placed: Arc::new(placed) })
    }
}

#[derive(Default)]
struct Cell {
    keyed: Keyed<NamedKey, Result<NamedTable, Cancelled>>,
    /// A table it needs is still being read.
    waits: bool,
}

/// The tables of all layers whose rows are put where their names are.
#[derive(Default)]
pub(super) struct NamedTables {
    cells: HashMap<LayerId, Cell>,
}

impl NamedTables {
    /// Starts what is missing and takes what is done.
    pub fn update(
        &mut self,
        document: &Document,
        (store, joined): (&Store, &JoinedTables),
        wake: &Wake,
    ) {
        let has_names =
            |id: &LayerId| document.layer(*id).is_some_and(|layer| layer.place_names.is_some());
        self.cells.retain(|id, _| has_names(id));
        for layer in &document.layers {
            let Some(names) = &layer.place_names else { continue };
            let key = NamedKey::new(layer, names, document, (store, joined));
            let before = joined.shown(layer, store);
            let cell = self.cells.entry(layer.id).or_default();
            let Some((key, before)) = key.zip(before) else {
                cell.waits = !matches!(store.entry(&layer.source), Some(Entry::Failed(_)));
                continue;
            };
            cell.waits = false;
            cell.keyed.want(key, |key| key.start(before, wake));
        }
    }

    fn made(&self, layer: LayerId) -> Option<&NamedTable> {
        self.cells.get(&layer).and_then(|cell| cell.keyed.latest()?.as_ref().ok())
    }

    /// What was found for the rows of a layer.
    pub fn placed(&self, layer: LayerId) -> Option<&Arc<Placed>> {
        self.made(layer).map(|made| &made.placed)
    }

    /// A layer's table with its rows where their names are; until that is made, or made again, as
    /// it was.
    pub fn shown<'a>(&'a self, layer: &Layer, joined: &'a Loaded) -> &'a Loaded {
        if layer.place_names.is_none() {
            return joined;
        }
        let made = self.made(layer.id);
        let made = made.filter(|made| Arc::ptr_eq(&made.base.0, &joined.table));
        made.map_or(joined, |made| &made.loaded)
    }

    /// The same; none while it is not made.
    pub fn settled<'a>(&'a self, layer: &Layer, joined: &'a Loaded) -> Option<&'a Loaded> {
        let is_busy = |cell: &Cell| cell.waits || cell.keyed.job().is_some();
        if layer.place_names.is_some() && self.cells.get(&layer.id).is_none_or(is_busy) {
            return None;
        }
        Some(self.shown(layer, joined))
    }

    /// Whether the rows of a layer are being placed.
    pub fn is_making(&self, layer: LayerId) -> bool {
        self.cells.get(&layer).is_some_and(|cell| cell.keyed.job().is_some())
    }

    /// How far that is, and since when.
    pub fn work(&self, layer: LayerId) -> Option<(Option<f32>, Duration)> {
        let job = self.cells.get(&layer)?.keyed.job()?;
        Some((job.fraction(), job.age()))
    }
}
