//! The tables that layers of notes show: made again after each change, and swapped in one frame with
//! the classes of their rows and with what was selected.

use std::sync::Arc;

use super::super::classes::ClassKey;
use super::super::derived::Same;
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::super::store::{Loaded, prepare};
use crate::i18n::Message;
use crate::jobs::{Job, Watch};
use crate::portal::Opened;
use crate::problem::FileError;
use crate::project::{Document, Layer, LayerId, LayerSource, NoteSet};
use crate::style::{Grouping, Partition, partition};
use crate::table::RowSet;

use super::super::selection::Choose;
use super::RowRef;

/// What was made of notes.
#[derive(Clone)]
struct Ready {
    loaded: Loaded,
    /// The classes of the rows of layers that show them, for the styles of the moment.
    classes: Vec<(LayerId, Grouping, Arc<Partition>)>,
}

/// The table of a set of notes.
#[derive(Default)]
pub(super) struct Made {
    cell: Keyed<NoteSet, Result<Ready, FileError>>,
    /// The notes that are shown, a row each.
    shown: Option<NoteSet>,
}

impl Made {
    pub fn is_busy(&self) -> bool {
        self.cell.job().is_some()
    }

    /// The notes that the table shows.
    pub fn shown(&self) -> Option<&NoteSet> {
        self.shown.as_ref()
    }
}

/// Starts making the tables that are missing or older than the notes, and shows those that are
/// ready. Called every frame. Answers the layers whose rows are others now.
pub(in crate::app) fn update(session: &mut Session) -> Vec<LayerId> {
    let document = session.history.document().clone();
    let mut tables = std::mem::take(&mut session.notes.tables);
    tables.retain(|source, _| {
        let is_there = document.layers.iter().any(|layer| layer.source == *source);
        if !is_there {
            session.store.forget(source);
        }
        is_there
    });
    let mut replaced = Vec::new();
    for layer in &document.layers {
        let source = &layer.source;
        let Some(id) = source.notes() else { continue };
        let Some(set) = document.notes(id) else {
            let error = FileError::new(&source.path, Message::new("notes-error-gone"));
            session.store.fail(source, error.remedy(Message::new("notes-error-gone-do")));
            continue;
        };
        let made = tables.entry(source.clone()).or_default();
        let wake = session.wake.clone();
        made.cell.want(set.clone(), |set| {
            let groupings = groupings(&document, source);
            let set = set.clone();
            Job::start("notes", move || wake(), move |watch| ready(&set, groupings, watch))
        });
        if made.shown.as_ref() == Some(set) {
            continue;
        }
        match made.cell.of(set) {
            None => continue,
            Some(Err(error)) => session.store.fail(source, error.clone()),
            Some(Ok(ready)) => {
                let ready = ready.clone();
                replaced.extend(swap(
                    session,
                    &document,
                    source,
                    &ready,
                    (made.shown.as_ref(), set),
                ));
            }
        }
        made.shown = Some(set.clone());
    }
    session.notes.tables = tables;
    look_at_wanted(session, &document);
    replaced
}

/// What decides the classes of the layers that show a source, where no filter has a say in them.
fn groupings(document: &Document, source: &LayerSource) -> Vec<(LayerId, Grouping)> {
    let shows = |layer: &&Layer| layer.source == *source && layer.filter.is_empty();
    let grouping = |layer: &Layer| Some((layer.id, layer.style.as_ref()?.grouping()?));
    document.layers.iter().filter(shows).filter_map(grouping).collect()
}

fn ready(
    set: &NoteSet,
    groupings: Vec<(LayerId, Grouping)>,
    watch: &Watch,
) -> Result<Ready, FileError> {
    let table = set.table(watch)?;
    let loaded = prepare(Opened { table, from_portal: None }, watch)?;
    let of = |(layer, grouping): (LayerId, Grouping)| {
        // Where it fails it fails again, and is told, when the layer's classes are wanted.
        let found = partition(&loaded.table, &grouping, None, watch).ok()?;
        Some((layer, grouping, Arc::new(found)))
    };
    let classes = groupings.into_iter().filter_map(of).collect();
    Ok(Ready { loaded, classes })
}

/// Shows a new table in place of the one before: selected notes stay selected.
fn swap(
    session: &mut Session,
    document: &Document,
    source: &LayerSource,
    ready: &Ready,
    (before, now): (Option<&NoteSet>, &NoteSet),
) -> Vec<LayerId> {
    let layers: Vec<&Layer> =
        document.layers.iter().filter(|layer| layer.source == *source).collect();
    let moved = |row: usize| now.notes.row_of(before?.notes.at(row)?.id);
    for layer in &layers {
        session.selection.renumber(layer.id, now.notes.len(), moved);
        session.hits.retain_mut(|hit| {
            if hit.layer != layer.id {
                return true;
            }
            let row = moved(hit.row);
            hit.row = row.unwrap_or(hit.row);
            row.is_some()
        });
    }
    session.store.put(source.clone(), ready.loaded.clone());
    for (layer, grouping, found) in &ready.classes {
        let is_plain = document.layer(*layer).is_some_and(|layer| !layer.has_added_columns());
        if is_plain {
            let table = Same(ready.loaded.table.clone());
            let key = ClassKey { grouping: grouping.clone(), table, mask: None };
            session.derived.classes.put(*layer, key, Ok(found.clone()));
        }
    }
    layers.iter().map(|layer| layer.id).collect()
}

/// Looks at the note that was just drawn, once it has a row.
fn look_at_wanted(session: &mut Session, document: &Document) {
    let Some((set, note)) = session.notes.wanted else { return };
    if document.notes(set).is_none_or(|set| set.notes.row_of(note).is_none()) {
        // It was taken back meanwhile.
        session.notes.wanted = None;
        return;
    }
    let of_set = |layer: &&Layer| layer.source.notes() == Some(set);
    let Some(layer) = document.layers.iter().find(of_set) else { return };
    let shown = session.notes.tables.get(&layer.source).and_then(Made::shown);
    let Some((row, rows)) =
        shown.and_then(|shown| Some((shown.notes.row_of(note)?, shown.notes.len())))
    else {
        return;
    };
    session.notes.wanted = None;
    session.selection.choose(layer.id, &RowSet::of(rows, [row]), Choose::Instead);
    session.hits = vec![RowRef { layer: layer.id, row }];
    session.active = Some(layer.id);
}
