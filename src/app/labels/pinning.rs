//! Labels put in their place by hand: a row's identity is looked up by a job, since for a large
//! table that takes a while the first time.

use std::sync::Arc;

use super::super::actions::{Action, RowRef};
use super::super::session::Session;
use crate::jobs::{Job, Poll, Watch};
use crate::map::DroppedLabel;
use crate::project::{Command, Layer, LayerId};
use crate::style::LabelStyle;
use crate::table::{RowKey, Table};

/// A label to be put in a place, or given free.
#[derive(Clone, Copy)]
enum Wish {
    /// Its middle, Web Mercator metres.
    To([f64; 2]),
    Free,
}

/// What comes of it: the identity of the row, and how far the label is put from what it is about.
type Found = Option<(RowKey, Option<[f64; 2]>)>;

/// What was asked for and is not in the document yet.
#[derive(Default)]
pub(in super::super) struct Pinning {
    job: Option<(LayerId, Job<Found>)>,
}

impl Pinning {
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }
}

/// A label was dropped somewhere.
pub(in super::super) fn drop_label(session: &mut Session, dropped: DroppedLabel) {
    if let Some(layer) = session.labels.layer(dropped.layer) {
        look_up(session, layer, dropped.row, Wish::To(dropped.to));
    }
}

/// The label of a row is to have no place of its own any more.
pub(in super::super) fn unpin(session: &mut Session, row: RowRef) {
    if let Ok(number) = u32::try_from(row.row) {
        look_up(session, row.layer, number, Wish::Free);
    }
}

fn look_up(session: &mut Session, layer: LayerId, row: u32, wish: Wish) {
    let loaded = session.document().layer(layer).and_then(|layer| session.loaded(layer));
    let Some(table) = loaded.map(|loaded| loaded.table.clone()) else { return };
    let Some(source) = session.labels.latest_source(layer).map(Arc::clone) else { return };
    let wake = session.wake.clone();
    let key = move |table: &Table| table.identity().key(row as usize).cloned();
    let work = move |_: &Watch| match wish {
        Wish::Free => Some((key(&table)?, None)),
        Wish::To([x, y]) => {
            let from = source.about(row)?;
            Some((key(&table)?, Some([x - from[0], y - from[1]])))
        }
    };
    session.labels.pinning.job = Some((layer, Job::start("pin", move || wake(), work)));
}

/// What the document is to be told, once it is known.
pub(in super::super) fn take_pinned(session: &mut Session) -> Option<Vec<Action>> {
    let (layer, job) = session.labels.pinning.job.as_ref()?;
    let layer = *layer;
    let found = match job.poll() {
        Poll::Running => return None,
        Poll::Done(found) => found,
        Poll::Lost => None,
    };
    session.labels.pinning.job = None;
    let (key, by) = found?;
    let layer = session.document().layer(layer)?;
    let mut labels = Session::labels_of(layer)?;
    match by {
        Some(by) => labels.pins.put(key, by),
        None => {
            labels.pins.free(&key);
        }
    }
    let command = session.with_labels(layer, labels);
    Some(vec![Action::CloseStep, Action::Run(command), Action::CloseStep])
}

impl Session {
    /// What gives a layer these labels.
    pub fn with_labels(&self, layer: &Layer, labels: LabelStyle) -> Command {
        let mut style = self.style_of(layer).into_owned();
        style.labels = Some(labels);
        Command::SetStyle(layer.id, style)
    }
}
