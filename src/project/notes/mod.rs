//! Notes: points, lines, areas, arrows and texts that the person draws on the map.
//!
//! Their place is the document itself, not a file: so each change is a command, is undone, comes
//! into the journal and is saved with the project. A layer shows a set of notes as any other data:
//! its source names the set ([`LayerSource::notes`]), and a job makes a table of it
//! ([`NoteSet::table`]). A set belongs to one layer: a copy of a layer has a copy of its notes.

mod change;
mod list;
mod look;
mod note;
mod saved;
mod set;
mod table;

pub use change::{NotesChange, Reshaped};
pub use list::NoteList;
pub use look::{note_symbol, notes_style};
pub use note::{Note, NoteField, NoteFieldKind, NoteId, NoteKind, NoteValue, NoteValues};
pub(super) use saved::settle;
pub use set::{NoteSet, NotesId};

use super::document::{Document, LayerSource};

/// How the source of a layer of notes begins.
const PREFIX: &str = "notes:";

impl LayerSource {
    /// The source of a layer that shows notes of the document.
    pub fn of_notes(id: NotesId) -> LayerSource {
        LayerSource { path: format!("{PREFIX}{}", id.0), ..LayerSource::default() }
    }

    /// The notes that the layer shows; none where its data come from elsewhere.
    pub fn notes(&self) -> Option<NotesId> {
        self.path.strip_prefix(PREFIX)?.parse().ok().map(NotesId)
    }

    /// Whether the data are in a file: neither fetched nor in the project itself.
    pub fn is_file(&self) -> bool {
        !self.is_fetched() && self.notes().is_none()
    }
}

impl Document {
    /// Notes by their identity.
    pub fn notes(&self, id: NotesId) -> Option<&NoteSet> {
        self.notes.iter().find(|set| set.id == id)
    }

    /// Notes by their identity, to change them; commands only.
    pub(super) fn notes_mut(&mut self, id: NotesId) -> Option<&mut NoteSet> {
        self.notes.iter_mut().find(|set| set.id == id)
    }

    /// Takes in a set of notes, which gets a new identity.
    pub(super) fn take_notes(&mut self, notes: &NoteSet) -> NotesId {
        let id = NotesId(self.next_notes);
        self.next_notes += 1;
        self.notes.push(NoteSet { id, ..notes.clone() });
        id
    }

    /// Notes of which no layer is left are gone, as its layer is. Undo brings both back.
    pub(super) fn forget_loose_notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let used: Vec<NotesId> =
            self.layers.iter().filter_map(|layer| layer.source.notes()).collect();
        self.notes.retain(|set| used.contains(&set.id));
    }
}
