//! Tables whose rows lie where their names are: made from the tables with joined columns, again
//! whenever one of the tables they follow from, or what the person decided, changes.

use std::sync::Arc;

use super::Wake;
use super::added::ColumnFrom;
use super::derived::Same;
use super::following::{Following, Follows, OtherLayer};
use super::joined::JoinedTables;
use super::store::{Loaded, Store};
use crate::gazetteer::{ByName, Decision, Names, Placed, table_by_name};
use crate::jobs::{Cancelled, Watch};
use crate::project::{Document, Layer, LayerId, PlaceNames};
use crate::table::Table;

/// What a table follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NamedKey {
    base: Same<Table>,
    names: PlaceNames,
    others: Vec<OtherLayer>,
}

impl NamedKey {
    /// None while a table it needs is not there.
    pub fn new(
        layer: &Layer,
        names: &PlaceNames,
        document: &Document,
        (store, joined): (&Store, &JoinedTables),
    ) -> Option<NamedKey> {
        let base = Same(joined.settled(layer, store.loaded(&layer.source)?)?.table.clone());
        let others = names.layers.iter().map(|it| OtherLayer::of(it.layer, document, store));
        let others = others.collect::<Option<_>>()?;
        Some(NamedKey { base, names: names.clone(), others })
    }
}

impl Follows for NamedKey {
    /// What was found for each text.
    type Found = Arc<Placed>;
    const JOB: &'static str = "names";

    fn is_wanted(layer: &Layer) -> bool {
        layer.place_names.is_some()
    }

    fn base(&self) -> &Same<Table> {
        &self.base
    }

    fn make(&self, before: &Loaded, watch: &Watch) -> Result<(Loaded, Arc<Placed>), Cancelled> {
        let layers: Vec<Names<'_>> = self
            .names
            .layers
            .iter()
            .zip(&self.others)
            .map(|(named, other)| Names {
                table: other.table(),
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
        Ok((loaded, Arc::new(placed)))
    }
}

/// The tables of all layers whose rows are put where their names are.
pub(super) type NamedTables = Following<NamedKey>;

impl NamedTables {
    /// Starts what is missing and takes what is done.
    pub fn update(
        &mut self,
        document: &Document,
        (store, joined): (&Store, &JoinedTables),
        wake: &Wake,
    ) {
        self.keep(document);
        for layer in &document.layers {
            let Some(names) = &layer.place_names else { continue };
            let key = NamedKey::new(layer, names, document, (store, joined));
            let before = store.loaded(&layer.source).map(|read| joined.shown(layer, read));
            self.want(layer, store, (key, before), wake);
        }
    }

    /// What was found for the rows of a layer.
    pub fn placed(&self, layer: LayerId) -> Option<&Arc<Placed>> {
        self.made(layer).map(|made| &made.found)
    }
}
