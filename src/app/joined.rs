//! The tables of layers with the columns that joins add: see [`super::added`].

use super::Wake;
use super::added::ColumnFrom;
use super::derived::Same;
use super::following::{Following, Follows, OtherLayer};
use super::store::{Loaded, Store};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
use crate::project::{Document, Join, Layer};
use crate::query::join::{Part, Rule, joined_table};
use crate::table::Table;

/// What a layer's joined table follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct JoinKey {
    base: Same<Table>,
    joins: Vec<Join>,
    others: Vec<OtherLayer>,
}

impl JoinKey {
    /// None while a table it needs is not there.
    fn new(layer: &Layer, document: &Document, store: &Store) -> Option<JoinKey> {
        let base = Same(store.loaded(&layer.source)?.table.clone());
        let others = layer.joins.iter().map(|join| OtherLayer::of(join.layer, document, store));
        let others = others.collect::<Option<_>>()?;
        Some(JoinKey { base, joins: layer.joins.clone(), others })
    }
}

impl Follows for JoinKey {
    type Found = ();
    const JOB: &'static str = "join";

    fn is_wanted(layer: &Layer) -> bool {
        !layer.joins.is_empty()
    }

    fn base(&self) -> &Same<Table> {
        &self.base
    }

    fn make(&self, before: &Loaded, watch: &Watch) -> Result<(Loaded, ()), Cancelled> {
        let parts = self.joins.iter().zip(&self.others);
        let parts = parts.map(|(join, other)| Part {
            by: &join.by,
            other: other.table(),
            name: &other.name,
        });
        let parts: Vec<Part<'_>> = parts.collect();
        let (table, origins) = joined_table(&self.base.0, &parts, watch)?;
        let from = origins.into_iter().filter_map(|origin| {
            let layer = self.joins.get(origin.part)?.layer;
            Some(ColumnFrom::Joined { layer, field: origin.field, rule: origin.rule })
        });
        let loaded = Loaded { table: table.shared(), added: from.collect(), ..before.clone() };
        Ok((loaded, ()))
    }
}

/// The joined tables of all layers with joins.
pub(super) type JoinedTables = Following<JoinKey>;

impl JoinedTables {
    /// Starts what is missing and takes what is done.
    pub fn update(&mut self, document: &Document, store: &Store, wake: &Wake) {
        self.keep(document);
        for layer in document.layers.iter().filter(|layer| JoinKey::is_wanted(layer)) {
            let key = JoinKey::new(layer, document, store);
            self.want(layer, store, (key, store.loaded(&layer.source)), wake);
        }
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
