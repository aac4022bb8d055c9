//! The tables of layers with the columns that joins add: see [`super::added`].

use std::collections::HashMap;
use std::sync::Arc;

use super::Wake;
use super::added::ColumnFrom;
use super::derived::Same;
use super::keyed::Keyed;
use super::store::{Entry, Loaded, Store};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::{Document, Join, Layer, LayerId};
use crate::query::join::{Part, Rule, joined_table};
use crate::table::Table;

/// The other table of a join.
#[derive(Clone, Debug, PartialEq)]
struct Other {
    /// Empty for a layer that is gone.
    name: String,
    /// None where it could not be read.
    table: Option<Same<Table>>,
}

/// What a layer's joined table follows from.
#[derive(Clone, Debug, PartialEq)]
struct JoinKey {
    base: Same<Table>,
    joins: Vec<Join>,
    others: Vec<Other>,
}

impl JoinKey {
    /// None while a table it needs is not there.
    fn new(layer: &Layer, document: &Document, store: &Store) -> Option<JoinKey> {
        let base = Same(store.loaded(&layer.source)?.table.clone());
        let other = |join: &Join| {
            let Some(other) = document.layer(join.layer) else {
                return Some(Other { name: String::new(), table: None });
            };
            let table = match store.entry(&other.source)? {
                Entry::Loading(_) => return None,
                Entry::Loaded(loaded) => Some(Same(loaded.table.clone())),
                Entry::Failed(_) => None,
            };
            Some(Other { name: other.name.clone(), table })
        };
        let others = layer.joins.iter().map(other).collect::<Option<_>>()?;
        Some(JoinKey { base, joins: layer.joins.clone(), others })
    }

    fn make(&self, before: &Loaded, watch: &Watch) -> Result<Made, Cancelled> {
        let parts = self.joins.iter().zip(&self.others).map(|(join, other)| Part {
            by: &join.by,
            other: other.table.as_ref().map(|table| &*table.0),
            name: &other.name,
        });
        let parts: Vec<Part<'_>> = parts.collect();
        let (table, origins) = joined_table(&self.base.0, &parts, watch)?;
        let from = origins.into_iter().filter_map(|origin| {
            let layer = self.joins.get(origin.part)?.layer;
            Some(ColumnFrom::Joined { layer, field: origin.field, rule: origin.rule })
        });
        let loaded = Loaded { table: table.shared(), added: from.collect(), ..before.clone() };
        Ok(Made { base: self.base.clone(), loaded })
    }
}

struct Made {
    base: Same<Table>,
    loaded: Loaded,
}

#[derive(Default)]
struct Cell {
    keyed: Keyed<JoinKey, Result<Made, Cancelled>>,
    /// A table it needs is still being read.
    waits: bool,
}

impl Cell {
    fn is_busy(&self) -> bool {
        self.waits || self.keyed.job().is_some()
    }
}

/// The joined tables of all layers with joins.
#[derive(Default)]
pub(super) struct JoinedTables {
    cells: HashMap<LayerId, Cell>,
}

impl JoinedTables {
    /// Starts what is missing and takes what is done.
    pub fn update(&mut self, document: &Document, store: &Store, wake: &Wake) {
        let has_joins = |id: &LayerId| document.layer(*id).is_some_and(|l| !l.joins.is_empty());
        self.cells.retain(|id, _| has_joins(id));
        for layer in document.layers.iter().filter(|layer| !layer.joins.is_empty()) {
            let cell = self.cells.entry(layer.id).or_default();
            let key = JoinKey::new(layer, document, store);
            let Some((key, before)) = key.zip(store.loaded(&layer.source)) else {
                cell.waits = !matches!(store.entry(&layer.source), Some(Entry::Failed(_)));
                continue;
            };
            cell.waits = false;
            cell.keyed.want(key, |key| {
                let (key, before, wake) = (key.clone(), before.clone(), wake.clone());
                Job::start("join", move || wake(), move |watch| key.make(&before, watch))
            });
        }
    }

    /// A layer's table as it is shown; until its joins are made, or made again, as it was.
    pub fn shown<'a>(&'a self, layer: &Layer, store: &'a Store) -> Option<&'a Loaded> {
        let base = store.loaded(&layer.source)?;
        if layer.joins.is_empty() {
            return Some(base);
        }
        let made = self.cells.get(&layer.id).and_then(|cell| cell.keyed.latest()?.as_ref().ok());
        let made = made.filter(|made| Arc::ptr_eq(&made.base.0, &base.table));
        Some(made.map_or(base, |made| &made.loaded))
    }

    /// A layer's table as it is shown; none while its joins are not made.
    pub fn settled<'a>(&'a self, layer: &Layer, store: &'a Store) -> Option<&'a Loaded> {
        let is_busy = || self.cells.get(&layer.id).is_none_or(Cell::is_busy);
        if !layer.joins.is_empty() && is_busy() {
            return None;
        }
        self.shown(layer, store)
    }

    /// The layers whose joins are being made.
    pub fn is_joining(&self, layer: LayerId) -> bool {
        self.cells.get(&layer).is_some_and(|cell| cell.keyed.job().is_some())
    }

    /// How far the joins of a layer are, and since when.
    pub fn work(&self, layer: LayerId) -> Option<(Option<f32>, std::time::Duration)> {
        let job = self.cells.get(&layer)?.keyed.job()?;
        Some((job.fraction(), job.age()))
    }
}

/// What a rule makes of several rows, in words.
pub(super) fn rule_message(rule: Rule) -> Message {
    Message::new(match rule {
        Rule::First => "app-join-rule-first",
        Rule::Sum => "app-join-rule-sum",
        Rule::Mean => "app-join-rule-mean",
        Rule::Min => "app-join-rule-min",
        Rule::Max => "app-join-rule-max",
        Rule::Count => "app-join-rule-count",
    })
}
