//! One update of one source, on a thread: ask, fetch, make ready, compare; then the filters of its
//! layers, so that everything changes in one frame.

use std::path::Path;
use std::sync::Arc;

use super::super::Wake;
use super::super::derived::{Mask, MaskKey, Same};
use super::super::session::Session;
use super::super::store::{Loaded, prepare};
use crate::jobs::{Job, Poll, Watch};
use crate::portal::{FromPortal, Habit, Opened, Portals, Receipt, Update};
use crate::problem::FileError;
use crate::project::{Document, Layer, LayerId, LayerSource};
use crate::query::SelectError;
use crate::table::Differences;

/// What an update led to.
pub(super) enum Step {
    /// The portal says that nothing changed.
    Unchanged,
    /// It was fetched, and all is the same but the receipt.
    Same(Arc<FromPortal>),
    Newer(Box<Newer>),
}

/// Newer data, ready to be shown.
pub(super) struct Newer {
    pub loaded: Loaded,
    pub differences: Arc<Differences>,
}

/// Which rows the filters of layers show.
pub(super) type Masks = Vec<(LayerId, MaskKey, Result<Mask, SelectError>)>;

/// What an update led to, and what is known of the dataset's rhythm.
pub(super) type Outcome = (Result<Step, FileError>, Habit);

/// Starts an update of what is shown.
pub(super) fn start(
    source: &LayerSource,
    shown: &Loaded,
    receipt: &Receipt,
    portals: &Arc<Portals>,
    wake: &Wake,
) -> Job<Outcome> {
    let (source, shown, receipt) = (source.clone(), shown.clone(), receipt.clone());
    let (portals, wake) = (Arc::clone(portals), wake.clone());
    Job::start(
        "update",
        move || wake(),
        move |watch| {
            let step = update(&source, &shown, &receipt, &portals, watch);
            (step, portals.habit(&receipt))
        },
    )
}

fn update(
    source: &LayerSource,
    shown: &Loaded,
    receipt: &Receipt,
    portals: &Portals,
    watch: &Watch,
) -> Result<Step, FileError> {
    let path = Path::new(&source.path);
    let options = source.read_options().map_err(|error| FileError::new(path, error.message()))?;
    let Update::Newer(opened) = portals.update(receipt, &options, watch)? else {
        return Ok(Step::Unchanged);
    };
    compared(*opened, shown, watch)
}

/// Newer data beside those shown.
fn compared(opened: Opened, shown: &Loaded, watch: &Watch) -> Result<Step, FileError> {
    let path = opened.table.origin.path.clone();
    let cancelled = |_| FileError::cancelled(&path);
    let differences =
        Differences::between(&shown.table, &opened.table, watch).map_err(cancelled)?;
    let is_same = differences.is_none() && shown.table.crs == opened.table.crs;
    if let Some(from) = opened.from_portal.clone().filter(|_| is_same) {
        return Ok(Step::Same(Arc::new(from)));
    }
    let has_same_places =
        shown.table.crs == opened.table.crs && shown.scene.is_ok() && shown.from_portal.is_some();
    let in_old_order = differences.in_old_order().filter(|_| has_same_places);
    let ordered = in_old_order.and_then(|(order, differences)| {
        let table = opened.table.take_rows(&order).ok()?;
        Some((table, differences))
    });
    let (loaded, differences) = match ordered {
        Some((table, differences)) => {
            let from_portal = opened.from_portal.map(Arc::new);
            let loaded = Loaded { table: table.shared(), from_portal, ..shown.clone() };
            (loaded, differences)
        }
        None => (prepare(opened, watch)?, differences),
    };
    Ok(Step::Newer(Box::new(Newer { loaded, differences: Arc::new(differences) })))
}

/// Newer data that wait until it is known which of their rows filters show.
pub(super) struct Staged {
    newer: Newer,
    found: Masks,
    finding: Vec<(LayerId, MaskKey, Job<Result<Mask, SelectError>>)>,
}

impl Staged {
    pub fn new(newer: Newer, layers: &[&Layer], document: &Document, session: &Session) -> Staged {
        let table = Same(newer.loaded.table.clone());
        // A filter on added fields needs them: its rows are found when they are there.
        let filtered = layers.iter().filter(|it| !it.filter.is_empty() && !it.has_added_columns());
        let finding = filtered.filter_map(|layer| {
            let key = MaskKey::over(
                &layer.filter,
                table.clone(),
                document,
                (&session.store, &session.derived.added),
            )?;
            let job = key.start(&session.wake);
            Some((layer.id, key, job))
        });
        let finding = finding.collect();
        Staged { newer, found: Vec::new(), finding }
    }

    /// Takes what was found; answers whether all is.
    pub fn is_ready(&mut self) -> bool {
        let mut waiting = Vec::new();
        for (layer, key, job) in std::mem::take(&mut self.finding) {
            match job.poll() {
                Poll::Running => waiting.push((layer, key, job)),
                Poll::Done(mask) => self.found.push((layer, key, mask)),
                // It is found again, later than the rest.
                Poll::Lost => {}
            }
        }
        self.finding = waiting;
        self.finding.is_empty()
    }

    pub fn into_parts(self) -> (Newer, Masks) {
        (self.newer, self.found)
    }
}
