//! Tables with the columns that follow from where the rows of two layers lie: made by jobs from the
//! tables with joined columns, again whenever one of the tables or conditions they follow from
//! changes. Layers that follow from each other in a ring see each other without such columns, so
//! that none waits for itself.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::Wake;
use super::added::ColumnFrom;
use super::derived::Same;
use super::joined::JoinedTables;
use super::keyed::Keyed;
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

/// A table made, and what lies where.
pub(super) struct Placed {
    base: Same<Table>,
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
    let loaded = joined.settled(layer, store);
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
        let base = named.settled(layer, joined.settled(layer, store)?)?;
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

    /// Starts making the table.
    pub fn start(&self, wake: &Wake) -> Job<Result<Placed, Cancelled>> {
        let (key, wake) = (self.clone(), wake.clone());
        Job::start("areas", move || wake(), move |watch| key.make(watch))
    }

    fn make(&self, watch: &Watch) -> Result<Placed, Cancelled> {
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
        Ok(Placed { base: self.base.clone(), table: table.shared(), from: from.collect(), tallies })
    }
}

impl Other {
    fn places(&self) -> Vec<OnPlace<'_>> {
        let Some((filter, tables)) = &self.shown else { return Vec::new() };
        let places = filter.places.iter().zip(tables);
        places.filter_map(|(place, table)| place.on_place(table.table())).collect()
    }
}

/// A table as a layer shows it, and over which.
struct Made {
    base: Same<Table>,
    loaded: Loaded,
}

#[derive(Default)]
struct Cell {
    keyed: Keyed<PlacedKey, Result<Made, Cancelled>>,
    /// A table it needs is still being read.
    waits: bool,
}

/// The tables with such columns of all layers that have them.
#[derive(Default)]
pub(super) struct PlacedTables {
    cells: HashMap<LayerId, Cell>,
}

impl PlacedTables {
    /// Starts what is missing and takes what is done.
    pub fn update(
        &mut self,
        document: &Document,
        (store, joined, named): (&Store, &JoinedTables, &NamedTables),
        wake: &Wake,
    ) {
        let has_columns =
            |id: &LayerId| document.layer(*id).is_some_and(|l| !l.by_place.is_empty());
        self.cells.retain(|id, _| has_columns(id));
        for layer in document.layers.iter().filter(|layer| !layer.by_place.is_empty()) {
            let tables = (store, joined, named, &*self);
            let key = PlacedKey::new(layer, &layer.by_place, document, tables);
            let before = joined.shown(layer, store).map(|joined| named.shown(layer, joined));
            let cell = self.cells.entry(layer.id).or_default();
            let Some((key, before)) = key.zip(before) else {
                cell.waits = !matches!(store.entry(&layer.source), Some(Entry::Failed(_)));
                continue;
            };
            cell.waits = false;
            cell.keyed.want(key, |key| {
                let (key, before, wake) = (key.clone(), before.clone(), wake.clone());
                Job::start(
                    "areas",
                    move || wake(),
                    move |watch| {
                        let placed = key.make(watch)?;
                        Ok(Made { base: placed.base.clone(), loaded: placed.loaded(before) })
                    },
                )
            });
        }
    }

    /// A layer's table with its columns after those it has; until they are made, or made again, as
    /// it was.
    pub fn shown<'a>(&'a self, layer: &Layer, joined: &'a Loaded) -> &'a Loaded {
        if layer.by_place.is_empty() {
            return joined;
        }
        let made = self.cells.get(&layer.id).and_then(|cell| cell.keyed.latest()?.as_ref().ok());
        let made = made.filter(|made| Arc::ptr_eq(&made.base.0, &joined.table));
        made.map_or(joined, |made| &made.loaded)
    }

    /// The same; none while they are not made.
    pub fn settled<'a>(&'a self, layer: &Layer, joined: &'a Loaded) -> Option<&'a Loaded> {
        let is_busy = |cell: &Cell| cell.waits || cell.keyed.job().is_some();
        if !layer.by_place.is_empty() && self.cells.get(&layer.id).is_none_or(is_busy) {
            return None;
        }
        Some(self.shown(layer, joined))
    }

    /// Whether the columns of a layer are being made.
    pub fn is_making(&self, layer: LayerId) -> bool {
        self.cells.get(&layer).is_some_and(|cell| cell.keyed.job().is_some())
    }

    /// How far the columns of a layer are, and since when.
    pub fn work(&self, layer: LayerId) -> Option<(Option<f32>, Duration)> {
        let job = self.cells.get(&layer)?.keyed.job()?;
        Some((job.fraction(), job.age()))
    }
}

impl Placed {
    /// How many columns were added.
    pub fn count(&self) -> usize {
        self.from.len()
    }

    fn loaded(self, before: Loaded) -> Loaded {
        let added = before.added.iter().cloned().chain(self.from).collect();
        Loaded { table: self.table, added, ..before }
    }
}
