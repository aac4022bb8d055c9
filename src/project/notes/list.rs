//! The notes of a set, shared: a document is cloned at every step of undo.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::note::{Note, NoteId};

/// The notes of a set, in the order they were drawn. A changed list shares with the one before all
/// notes that stayed the same.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Note>", into = "Vec<Note>")]
pub struct NoteList(Arc<Vec<Arc<Note>>>);

impl From<Vec<Note>> for NoteList {
    fn from(notes: Vec<Note>) -> NoteList {
        NoteList(Arc::new(notes.into_iter().map(Arc::new).collect()))
    }
}

impl From<NoteList> for Vec<Note> {
    fn from(list: NoteList) -> Vec<Note> {
        list.iter().cloned().collect()
    }
}

impl PartialEq for NoteList {
    /// Quick where little differs: what is shared is the same.
    fn eq(&self, other: &NoteList) -> bool {
        let same = |(a, b): (&Arc<Note>, &Arc<Note>)| Arc::ptr_eq(a, b) || a == b;
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.len() == other.0.len() && self.0.iter().zip(&*other.0).all(same))
    }
}

impl NoteList {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Note> {
        self.0.iter().map(|note| &**note)
    }

    /// One by its place, which is its row in the table.
    pub fn at(&self, row: usize) -> Option<&Note> {
        self.0.get(row).map(|note| &**note)
    }

    /// The place of one.
    pub fn row_of(&self, id: NoteId) -> Option<usize> {
        self.0.iter().position(|note| note.id == id)
    }

    /// One by its identity.
    pub fn get(&self, id: NoteId) -> Option<&Note> {
        self.0.iter().find(|note| note.id == id).map(|note| &**note)
    }

    /// Adds one.
    pub(super) fn push(&mut self, note: Note) {
        Arc::make_mut(&mut self.0).push(Arc::new(note));
    }

    /// Takes some away.
    pub(super) fn remove(&mut self, gone: &[NoteId]) {
        Arc::make_mut(&mut self.0).retain(|note| !gone.contains(&note.id));
    }

    /// One to be changed.
    pub(super) fn get_mut(&mut self, id: NoteId) -> Option<&mut Note> {
        let at = self.row_of(id)?;
        Arc::make_mut(&mut self.0).get_mut(at).map(Arc::make_mut)
    }

    /// All of them, to be changed; those that stay as they are stay shared.
    pub(super) fn change_where(
        &mut self,
        is_meant: impl Fn(&Note) -> bool,
        change: impl Fn(&mut Note),
    ) {
        for note in Arc::make_mut(&mut self.0).iter_mut().filter(|note| is_meant(note)) {
            change(Arc::make_mut(note));
        }
    }
}
