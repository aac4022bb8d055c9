//! Notes in the window: drawn with tools of their own, changed by handles and in the panel of
//! attributes. What a layer of notes shows is a table made by a job after each change.

mod beside;
mod drawing;
mod panel;
mod tables;
mod writing;

pub(super) use beside::show as show_measure;
pub(super) use panel::NotePanel;
pub(super) use tables::update;

use std::collections::HashMap;

use self::tables::Made;
use self::writing::Writing;
use super::actions::{Action, RowRef};
use super::session::Session;
use crate::map::{Shaped, SketchKind};
use crate::project::{
    Command, Layer, LayerSource, Note, NoteId, NoteKind, NoteSet, NotesId, notes_style,
};

/// What the window knows of notes beside the document.
#[derive(Default)]
pub(super) struct Notes {
    /// What is shown of each layer of notes.
    tables: HashMap<LayerSource, Made>,
    /// The note to be looked at as soon as it is in its layer's table.
    wanted: Option<(NotesId, NoteId)>,
    /// A text being written on the map.
    writing: Option<Writing>,
}

impl Notes {
    /// Whether a table is being made.
    pub fn is_busy(&self) -> bool {
        self.tables.values().any(Made::is_busy)
    }

    /// Ends the writing of a text; answers whether one was being written.
    pub fn stop_writing(&mut self) -> bool {
        self.writing.take().is_some()
    }
}

/// What is drawn on the map for a kind of notes.
pub(super) fn sketch_of(kind: NoteKind) -> SketchKind {
    match kind {
        NoteKind::Point | NoteKind::Text => SketchKind::Point,
        NoteKind::Line | NoteKind::Arrow => SketchKind::Line,
        NoteKind::Polygon => SketchKind::Polygon,
    }
}

/// A note that is looked at.
#[derive(Clone, Copy)]
pub(super) struct ChosenNote<'a> {
    pub set: &'a NoteSet,
    pub note: &'a Note,
}

impl ChosenNote<'_> {
    /// Its corners, to be changed on the map.
    pub fn shaped(&self) -> Shaped {
        let kind = self.note.kind;
        Shaped {
            key: (self.set.id.0, self.note.id.0),
            corners: self.note.corners.clone(),
            is_closed: kind == NoteKind::Polygon,
            least: kind.least(),
            most: kind.most(),
        }
    }
}

impl Session {
    /// The note whose attributes are shown; none while something else is looked at.
    pub fn chosen_note(&self) -> Option<ChosenNote<'_>> {
        self.note_of(self.selection.lead()?)
    }

    /// The note that a row of a layer shows.
    pub fn note_of(&self, row: RowRef) -> Option<ChosenNote<'_>> {
        let layer = self.document().layer(row.layer)?;
        let set = self.document().notes(layer.source.notes()?)?;
        // The table may be older than the notes.
        let shown = self.notes.tables.get(&layer.source)?.shown()?;
        let note = set.notes.get(shown.notes.at(row.row)?.id)?;
        Some(ChosenNote { set, note })
    }

    /// The layer that what is drawn comes into: the active one if it is one of notes, else the
    /// topmost of notes that is shown; none where a new one is needed.
    pub fn layer_for_notes(&self) -> Option<&Layer> {
        let document = self.document();
        let takes = |layer: &&Layer| {
            let set = layer.source.notes().and_then(|id| document.notes(id));
            set.is_some() && document.is_shown(layer)
        };
        let active = self.active_layer().filter(takes);
        active.or_else(|| document.layers.iter().find(takes))
    }

    /// Adds a layer of notes on top, with the notes that it begins with.
    pub fn new_notes(&self, first: Option<Note>) -> Command {
        let set = NoteSet::new(self.language);
        let set = match first {
            Some(note) => set.with(note),
            None => set,
        };
        let mut layer = Layer::new(self.free_layer_name(), LayerSource::default());
        layer.style = Some(notes_style(self.language));
        Command::AddNotes { layer: Box::new(layer), notes: set, at: 0 }
    }

    /// "Notes", with a number where a layer is called so already.
    fn free_layer_name(&self) -> String {
        let name = self.tr("notes-layer");
        let is_free = |name: &str| self.document().layers.iter().all(|layer| layer.name != name);
        let numbered = (2..).map(|number: u32| format!("{name} {number}"));
        std::iter::once(name.clone()).chain(numbered).find(|name| is_free(name)).unwrap_or(name)
    }

    /// The notes that are selected, by their sets.
    pub fn selected_notes(&self) -> Vec<(NotesId, Vec<NoteId>)> {
        let of_layer = |(layer, rows): (_, &crate::table::RowSet)| {
            let layer = self.document().layer(layer)?;
            let id = layer.source.notes()?;
            let set = self.document().notes(id)?;
            let shown = self.notes.tables.get(&layer.source)?.shown()?;
            let notes = rows.iter().filter_map(|row| Some(shown.notes.at(row)?.id));
            let notes: Vec<NoteId> = notes.filter(|id| set.notes.row_of(*id).is_some()).collect();
            (!notes.is_empty()).then_some((id, notes))
        };
        self.selection.layers().filter_map(of_layer).collect()
    }
}

/// A change of the note that is looked at.
pub(super) fn change(chosen: ChosenNote<'_>, change: crate::project::NotesChange) -> Action {
    Action::Run(Command::ChangeNotes(chosen.set.id, change))
}
