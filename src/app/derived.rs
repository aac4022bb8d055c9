//! What follows from document and store: which rows a layer shows, and in which order the table
//! shows them.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::BooleanArray;

use super::Wake;
use super::added::AddedColumns;
use super::classes::{ClassKey, LayerClasses};
use super::keyed::Keyed;
use super::reading::FieldOffers;
use super::row_order::{RowOrder, Sort};
use super::store::Store;
use crate::jobs::{Cancelled, Job};
use crate::map::LayerScene;
use crate::problem::{FileError, Problems};
use crate::project::{Document, Filter, Layer, LayerId, PlaceFilter};
use crate::query::{Needle, OnPlace, SelectError, Selected, select};
use crate::table::{Extent, RowSet, Table};

/// A shared thing compared by identity, not by content.
#[derive(Debug)]
pub(super) struct Same<T>(pub Arc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Which rows meet a filter.
#[derive(Clone, Debug)]
pub(super) struct Mask {
    pub rows: Same<BooleanArray>,
    /// How many are true.
    pub shown: u64,
    /// What could not be used in finding them.
    pub problems: Arc<Problems>,
}

impl Mask {
    pub fn new(selected: Selected) -> Mask {
        let shown = selected.rows.true_count() as u64;
        let problems = Arc::new(selected.problems);
        Mask { rows: Same(Arc::new(selected.rows)), shown, problems }
    }
}

/// What a mask follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MaskKey {
    pub filter: Filter,
    table: Same<Table>,
    /// The table of each condition on place that names a layer.
    others: Vec<Option<Same<Table>>>,
}

impl MaskKey {
    /// None while a table it needs is not there.
    pub fn new(
        filter: &Filter,
        layer: &Layer,
        document: &Document,
        (store, added): (&Store, &AddedColumns),
    ) -> Option<Self> {
        let table = Same(added.settled(layer, store)?.table.clone());
        MaskKey::over(filter, table, document, (store, added))
    }

    /// The same over a table that is to be shown.
    pub fn over(
        filter: &Filter,
        table: Same<Table>,
        document: &Document,
        (store, added): (&Store, &AddedColumns),
    ) -> Option<Self> {
        let table_of = |layer| Some(Same(added.settled(layer, store)?.table.clone()));
        let other = |place: &PlaceFilter| {
            let Some(id) = place.of.layer() else { return Some(None) };
            Some(Some(table_of(document.layer(id)?)?))
        };
        let others = filter.places.iter().map(other).collect::<Option<_>>()?;
        Some(MaskKey { filter: filter.clone(), table, others })
    }

    /// Starts finding the rows.
    pub fn start(&self, wake: &Wake) -> Job<Result<Mask, SelectError>> {
        let key = self.clone();
        let wake = wake.clone();
        Job::start(
            "filter",
            move || wake(),
            move |watch| {
                let places = key.filter.places.iter().zip(&key.others);
                let places: Vec<OnPlace<'_>> = places
                    .filter_map(|(place, table)| {
                        place.on_place(table.as_ref().map(|table| &*table.0))
                    })
                    .collect();
                select(&key.table.0, &key.filter.sql, &places, watch).map(Mask::new)
            },
        )
    }
}

/// What the order of the table's rows follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OrderKey {
    pub layer: LayerId,
    table: Same<Table>,
    sort: Option<Sort>,
    mask: Option<Same<BooleanArray>>,
    selected: Option<RowSet>,
    in_view: Option<(Extent, Same<LayerScene>)>,
    needle: Option<Needle>,
}

/// What the table shows of a layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub sort: Option<Sort>,
    pub only_filtered: bool,
    /// Only these rows.
    pub selected: Option<RowSet>,
    /// Only rows in view: longitude and latitude in WGS 84, and where the rows are.
    pub in_view: Option<(Extent, Arc<LayerScene>)>,
    /// What is looked for.
    pub needle: Option<Needle>,
}

type MaskCell = Keyed<MaskKey, Result<Mask, SelectError>>;

/// Everything derived.
#[derive(Default)]
pub(super) struct Derived {
    pub added: AddedColumns,
    /// What text fields could be.
    pub kinds: FieldOffers,
    /// The classes of rows that look different.
    pub classes: LayerClasses,
    masks: HashMap<LayerId, MaskCell>,
    order: Keyed<OrderKey, Result<Arc<RowOrder>, Cancelled>>,
}

impl Derived {
    /// Starts what is missing and takes what is done.
    pub fn update(&mut self, document: &Document, store: &Store, wake: &Wake) {
        self.added.update(document, store, wake);
        self.kinds.update(document, store, wake);
        self.masks.retain(|id, _| document.layer(*id).is_some());
        for layer in &document.layers {
            if layer.filter.is_empty() {
                if let Some(mut cell) = self.masks.remove(&layer.id) {
                    cell.forget();
                }
            } else if let Some(key) =
                MaskKey::new(&layer.filter, layer, document, (store, &self.added))
            {
                let cell = self.masks.entry(layer.id).or_default();
                // A mask over another table would hide and show the wrong rows.
                if cell.key().is_some_and(|made| made.table != key.table) {
                    cell.forget();
                }
                cell.want(key, |key| key.start(wake));
            }
        }
        self.update_classes(document, store, wake);
    }

    fn update_classes(&mut self, document: &Document, store: &Store, wake: &Wake) {
        let has_classes =
            |layer: &Layer| layer.style.as_ref().is_some_and(|style| style.grouping().is_some());
        self.classes.keep(|id| document.layer(id).is_some_and(has_classes));
        for layer in &document.layers {
            let Some((style, grouping)) =
                layer.style.as_ref().and_then(|style| Some((style, style.grouping()?)))
            else {
                continue;
            };
            let Some(loaded) = self.added.settled(layer, store) else { continue };
            let mask = match self.mask(layer) {
                MaskState::All | MaskState::Failed(_) => None,
                MaskState::Some(mask) => Some(mask.rows.clone()),
                MaskState::Pending => continue,
            };
            let kind = loaded.scene.as_ref().ok().and_then(|scene| scene.colored_kind());
            let key = ClassKey { grouping, table: Same(loaded.table.clone()), mask };
            self.classes.want(layer, key, style, kind, wake);
        }
    }

    /// The rows a layer shows: none for all of them, an error where the filter does not work.
    pub fn mask(&self, layer: &Layer) -> MaskState<'_> {
        if layer.filter.is_empty() {
            return MaskState::All;
        }
        match self.masks.get(&layer.id).and_then(Keyed::latest) {
            Some(Ok(mask)) => MaskState::Some(mask),
            Some(Err(error)) => MaskState::Failed(error),
            None => MaskState::Pending,
        }
    }

    /// The mask of a layer with a filter that works.
    pub fn mask_of(&self, layer: LayerId) -> Option<&Same<BooleanArray>> {
        let found = self.masks.get(&layer).and_then(Keyed::latest)?;
        found.as_ref().ok().map(|mask| &mask.rows)
    }

    /// The job finding a layer's rows.
    pub fn mask_job(&self, layer: LayerId) -> Option<&Job<Result<Mask, SelectError>>> {
        self.masks.get(&layer).and_then(Keyed::job)
    }

    /// A mask is over rows that are gone.
    pub fn forget_mask(&mut self, layer: LayerId) {
        self.masks.remove(&layer);
    }

    /// Takes a mask the filter panel already found.
    pub fn put_mask(&mut self, layer: LayerId, key: MaskKey, mask: Result<Mask, SelectError>) {
        self.masks.entry(layer).or_default().put(key, mask);
    }

    /// Wants the order of a layer's rows in the table.
    pub fn want_order(&mut self, layer: &Layer, table: &Arc<Table>, wanted: Wanted, wake: &Wake) {
        let mask = match self.mask(layer) {
            MaskState::Some(mask) if wanted.only_filtered => Some(mask.rows.clone()),
            _ => None,
        };
        let Wanted { sort, needle, selected, in_view, .. } = wanted;
        let in_view = in_view.map(|(extent, scene)| (extent, Same(scene)));
        let table = Same(table.clone());
        let key = OrderKey { layer: layer.id, table, sort, mask, selected, in_view, needle };
        self.order.want(key, |key| {
            let key = key.clone();
            let wake = wake.clone();
            Job::start(
                "sort",
                move || wake(),
                move |watch| {
                    let mask = key.mask.as_ref().map(|mask| RowSet::of_mask(&mask.0));
                    let seen = key.in_view.as_ref().map(|(extent, scene)| scene.0.rows_in(extent));
                    let sets = mask.into_iter().chain(key.selected.clone()).chain(seen);
                    let shown = sets.reduce(|some, others| some.and(&others));
                    let needle = key.needle.as_ref();
                    let (table, shown) = (&key.table.0, shown.as_ref());
                    RowOrder::new(key.layer, table, key.sort, shown, needle, watch).map(Arc::new)
                },
            )
        });
    }

    /// The order of a layer's rows, as far as it is known.
    pub fn order(&self, layer: LayerId) -> Option<&Arc<RowOrder>> {
        let made = self.order.latest()?.as_ref().ok()?;
        Some(made).filter(|order| order.layer == layer)
    }

    /// The work of putting rows in order.
    pub fn order_job(&self) -> Option<&Job<Result<Arc<RowOrder>, Cancelled>>> {
        self.order.job()
    }

    /// Whether rows are being put in order.
    pub fn is_sorting(&self) -> bool {
        self.order.job().is_some()
    }
}

/// Which rows a layer shows.
#[derive(Clone, Copy)]
pub(super) enum MaskState<'a> {
    All,
    Some(&'a Mask),
    /// Not known yet.
    Pending,
    /// The filter does not work; all rows are shown, and the panel says so.
    Failed(&'a SelectError),
}

/// What a failed selection says.
pub(super) fn select_message(error: &SelectError) -> crate::i18n::Message {
    use crate::i18n::Message;
    match error {
        SelectError::Condition(error) => error.message.clone(),
        SelectError::PlaceCondition { error, .. } => {
            Message::new("app-filter-areas-error").message("error", error.message.clone())
        }
        SelectError::NoPlace { layer } => {
            Message::new("app-filter-no-place").text("layer", layer.as_str())
        }
        SelectError::Crs(error) => error.message(),
        SelectError::Cancelled(_) => FileError::cancelled("").what,
    }
}
