//! Tables with the columns that follow from where the rows of two layers lie: made by jobs from the
//! tables with joined columns, again whenever one of the tables or conditions they follow from
//! changes. Layers that follow from each other in a ring see each other without such columns, so
//! that none waits for itself.

use std::sync::Arc;

use super::Wake;
use super::added::ColumnFrom;
use super::derived::Same;
use super::following::{Following, Follows};
use super::joined::JoinedTables;
use super::named::NamedTables;
use super::store::{Entry, Loaded, Store};
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::{Document, Filter, Layer, LayerId, PlaceColumns, PlaceFilter};
use crate::query::OnPlace;
use crate::query::per_area::{ByPlacePart, ByPlaceTally, by_place_table};
use crate::table::Table;

/// The other layer of some columns.
#[derive(Clone, Debug, PartialEq)]
struct Other {
    /// Empty for a layer that is gone.
    name: String,
    table: Found,
    /// Which of its rows count, and the table of each condition on place that names a layer.
    shown: Option<(Filter, Vec<Found>)>,
}

/// What a table follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedKey {
    base: Same<Table>,
    columns: Vec<PlaceColumns>,
    others: Vec<Other>,
}

/// The table with the columns alone, and what lies where.
pub(super) struct Placed {
    pub table: Arc<Table>,
    from: Vec<ColumnFrom>,
    pub tallies: ByPlaceTally,
}

/// Where tables are asked.
type Tables<'a> = (&'a Store, &'a JoinedTables, &'a NamedTables, &'a PlacedTables);

/// A table that others may have to wait for.
enum Seen {
    /// It is being read or made.
    Coming,
    /// Its layer is gone, or could not be read.
    Missing,
    There(Same<Table>),
}

impl Seen {
    /// None while it is coming.
    fn settled(self) -> Option<Found> {
        match self {
            Seen::Coming => None,
            Seen::Missing => Some(Found(None)),
            Seen::There(table) => Some(Found(Some(table))),
        }
    }
}

/// A table, where there is one.
#[derive(Clone, Debug, PartialEq)]
struct Found(Option<Same<Table>>);

impl Found {
    fn table(&self) -> Option<&Table> {
        self.0.as_ref().map(|table| &*table.0)
    }
}

/// The table of a layer as another sees it.
fn seen_from(
    id: LayerId,
    from: LayerId,
    document: &Document,
    (store, joined, named, placed): Tables<'_>,
) -> Seen {
    let Some(layer) = document.layer(id) else { return Seen::Missing };
    if matches!(store.entry(&layer.source), Some(Entry::Failed(_))) {
        return Seen::Missing;
    }
    let loaded = store.loaded(&layer.source).and_then(|read| joined.settled(layer, read));
    let mut loaded = loaded.and_then(|loaded| named.settled(layer, loaded));
    if id != from && !document.follows_from(id, from) {
        loaded = loaded.and_then(|loaded| placed.settled(layer, loaded));
    }
    loaded.map_or(Seen::Coming, |loaded| Seen::There(Same(loaded.table.clone())))
}

impl PlacedKey {
    /// The columns for a layer; none while a table they need is not there.
    pub fn new(
        layer: &Layer,
        columns: &[PlaceColumns],
        document: &Document,
        tables: Tables<'_>,
    ) -> Option<PlacedKey> {
        let (store, joined, named, _) = tables;
        let joined = joined.settled(layer, store.loaded(&layer.source)?)?;
        let base = named.settled(layer, joined)?;
        let base = Same(base.table.clone());
        let table_of = |id: LayerId| seen_from(id, layer.id, document, tables);
        let other = |columns: &PlaceColumns| {
            let Some(other) = document.layer(columns.layer) else {
                return Some(Other { name: String::new(), table: Found(None), shown: None });
            };
            let is_filtered = columns.only_shown && !other.filter.is_empty();
            let shown = if is_filtered {
                let table = |place: &PlaceFilter| match place.of.layer() {
                    Some(layer) => table_of(layer).settled(),
                    None => Some(Found(None)),
                };
                let places: Vec<Found> =
                    other.filter.places.iter().map(table).collect::<Option<_>>()?;
                Some((other.filter.clone(), places))
            } else {
                None
            };
            let mut table = table_of(other.id).settled()?;
            // Which rows are shown is not known without the layers that the filter names.
            let named = other.filter.places.iter().map(|place| place.of.layer().is_some());
            let mut lacks = shown.iter().flat_map(|(_, places)| places).zip(named);
            if lacks.any(|(place, is_named)| is_named && place.0.is_none()) {
                table = Found(None);
            }
            Some(Other { name: other.name.clone(), table, shown })
        };
        let others = columns.iter().map(other).collect::<Option<_>>()?;
        Some(PlacedKey { base, columns: columns.to_vec(), others })
    }

    /// Starts making the columns, to look at them: without what else is shown.
    pub fn look(&self, wake: &Wake) -> Job<Result<Placed, Cancelled>> {
        let (key, wake) = (self.clone(), wake.clone());
        Job::start(Self::JOB, move || wake(), move |watch| key.columns(watch))
    }

    fn columns(&self, watch: &Watch) -> Result<Placed, Cancelled> {
        let places: Vec<Vec<OnPlace<'_>>> = self.others.iter().map(Other::places).collect();
        let parts = self.columns.iter().zip(&self.others).zip(&places);
        let parts = parts.map(|((columns, other), places)| ByPlacePart {
            by: &columns.by,
            other: other.table.table(),
            name: &other.name,
            shown: other.shown.as_ref().map(|(filter, _)| (filter.sql.as_str(), &places[..])),
        });
        let parts: Vec<ByPlacePart<'_>> = parts.collect();
        let (table, origins, tallies) = by_place_table(&self.base.0, &parts, watch)?;
        let from = origins.into_iter().filter_map(|origin| {
            let layer = self.columns.get(origin.part)?.layer;
            let field = origin.field;
            Some(match origin.what {
                Some(what) => ColumnFrom::Number { layer, what, field },
                None => ColumnFrom::Area { layer, field },
            })
        });
        Ok(Placed { table: table.shared(), from: from.collect(), tallies })
    }
}

impl Follows for PlacedKey {
    type Found = ();
    const JOB: &'static str = "areas";

    fn is_wanted(layer: &Layer) -> bool {
        !layer.by_place.is_empty()
    }

    fn base(&self) -> &Same<Table> {
        &self.base
    }

    fn make(&self, before: &Loaded, watch: &Watch) -> Result<(Loaded, ()), Cancelled> {
        let placed = self.columns(watch)?;
        let added = before.added.iter().cloned().chain(placed.from).collect();
        Ok((Loaded { table: placed.table, added, ..before.clone() }, ()))
    }
}

impl Other {
    fn places(&self) -> Vec<OnPlace<'_>> {
        let Some((filter, tables)) = &self.shown else { return Vec::new() };
        let places = filter.places.iter().zip(tables);
        places.filter_map(|(place, table)| place.on_place(table.table())).collect()
    }
}

/// The tables with such columns of all layers that have them.
pub(super) type PlacedTables = Following<PlacedKey>;

impl PlacedTables {
    /// Starts what is missing and takes what is done.
    pub fn update(
        &mut self,
        document: &Document,
        (store, joined, named): (&Store, &JoinedTables, &NamedTables),
        wake: &Wake,
    ) {
        self.keep(document);
        for layer in document.layers.iter().filter(|layer| PlacedKey::is_wanted(layer)) {
            let tables = (store, joined, named, &*self);
            let key = PlacedKey::new(layer, &layer.by_place, document, tables);
            let joined = store.loaded(&layer.source).map(|read| joined.shown(layer, read));
            let before = joined.map(|joined| named.shown(layer, joined));
            self.want(layer, store, (key, before), wake);
        }
    }
}

impl Placed {
    /// How many columns were added.
    pub fn count(&self) -> usize {
        self.from.len()
    }
}
