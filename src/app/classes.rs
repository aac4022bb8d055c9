//! The classes of layers whose rows look different: found by jobs, dressed in the colours of the
//! moment.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::BooleanArray;

use super::Wake;
use super::derived::Same;
use super::keyed::Keyed;
use crate::jobs::Job;
use crate::map::Classes;
use crate::project::{Layer, LayerId};
use crate::style::ramp::Vision;
use crate::style::{Grouping, Partition, PartitionError, Style, partition};
use crate::table::{PartKind, Table};

/// What the classes of a layer's rows follow from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ClassKey {
    pub grouping: Grouping,
    pub table: Same<Table>,
    pub mask: Option<Same<BooleanArray>>,
}

/// Classes, or why there are none.
pub(super) type Found = Result<Arc<Partition>, PartitionError>;

#[derive(Default)]
struct Cell {
    found: Keyed<ClassKey, Found>,
    dressed: Option<Dressed>,
}

/// Classes as the map draws them, and what they were made from.
struct Dressed {
    partition: Arc<Partition>,
    style: Style,
    kind: Option<PartKind>,
    vision: Vision,
    classes: Arc<Classes>,
}

impl Cell {
    fn dress(&mut self, style: &Style, kind: Option<PartKind>, vision: Vision) {
        let Some(Ok(partition)) = self.found.latest() else {
            self.dressed = None;
            return;
        };
        let is_same = |made: &Dressed| {
            Arc::ptr_eq(&made.partition, partition)
                && made.style == *style
                && (made.kind, made.vision) == (kind, vision)
        };
        if self.dressed.as_ref().is_some_and(is_same) {
            return;
        }
        let symbols = style.symbols(partition, kind).into_iter();
        let symbols = symbols.map(|symbol| symbol.map(|symbol| vision.of_symbol(symbol))).collect();
        self.dressed = Some(Dressed {
            partition: partition.clone(),
            style: style.clone(),
            kind,
            vision,
            classes: Arc::new(Classes::new(partition.rows.clone(), symbols)),
        });
    }
}

/// What is known of the classes of a layer.
#[derive(Clone, Copy)]
pub(super) enum ClassState<'a> {
    /// All its rows look the same.
    Plain,
    /// Being found.
    Pending,
    /// Found; perhaps for the style a moment ago.
    Known(&'a Arc<Partition>),
    /// They cannot be found.
    Failed(&'a PartitionError),
}

/// The classes of all layers that have some.
#[derive(Default)]
pub(super) struct LayerClasses {
    /// Who looks at the map.
    pub vision: Vision,
    cells: HashMap<LayerId, Cell>,
}

impl LayerClasses {
    /// Only these layers have classes.
    pub fn keep(&mut self, has: impl Fn(LayerId) -> bool) {
        self.cells.retain(|id, _| has(*id));
    }

    /// Wants the classes of a layer.
    pub fn want(
        &mut self,
        layer: &Layer,
        key: ClassKey,
        style: &Style,
        kind: Option<PartKind>,
        wake: &Wake,
    ) {
        let cell = self.cells.entry(layer.id).or_default();
        // Classes of another table's rows would colour the wrong ones.
        if cell.found.key().is_some_and(|made| made.table != key.table) {
            cell.found.forget();
        }
        cell.found.want(key, |key| {
            let (key, wake) = (key.clone(), wake.clone());
            Job::start(
                "classes",
                move || wake(),
                move |watch| {
                    let mask = key.mask.as_ref().map(|mask| &*mask.0);
                    partition(&key.table.0, &key.grouping, mask, watch).map(Arc::new)
                },
            )
        });
        cell.dress(style, kind, self.vision);
    }

    /// Takes classes that were found together with what they are of.
    pub fn put(&mut self, layer: LayerId, key: ClassKey, found: Found) {
        self.cells.entry(layer).or_default().found.put(key, found);
    }

    /// What is known of a layer's classes.
    pub fn of(&self, layer: LayerId) -> ClassState<'_> {
        let Some(cell) = self.cells.get(&layer) else { return ClassState::Plain };
        match cell.found.latest() {
            Some(Ok(partition)) => ClassState::Known(partition),
            Some(Err(error)) => ClassState::Failed(error),
            None => ClassState::Pending,
        }
    }

    /// The work of finding the classes of a layer.
    pub fn job(&self, layer: LayerId) -> Option<&Job<Found>> {
        self.cells.get(&layer)?.found.job()
    }

    /// Ends that work: the layer stays without classes until what they follow from changes.
    pub fn stop(&mut self, layer: LayerId) {
        if let Some(cell) = self.cells.get(&layer)
            && let Some(job) = cell.found.job()
        {
            job.cancel();
        }
    }

    /// Whether any classes are being found.
    pub fn is_busy(&self) -> bool {
        self.cells.values().any(|cell| cell.found.job().is_some())
    }

    /// The classes of a layer that are found.
    pub fn partition(&self, layer: LayerId) -> Option<&Arc<Partition>> {
        match self.of(layer) {
            ClassState::Known(partition) => Some(partition),
            _ => None,
        }
    }

    /// A layer's classes for the map; none while all rows have the layer's symbol.
    pub fn drawn(&self, layer: LayerId) -> Option<&Arc<Classes>> {
        Some(&self.cells.get(&layer)?.dressed.as_ref()?.classes)
    }
}
