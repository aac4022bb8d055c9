//! Changes of a set of notes.

use super::note::{Note, NoteField, NoteId, NoteValue};
use super::set::NoteSet;
use crate::i18n::Message;
use crate::project::command::CommandError;

/// A change of a set of notes.
#[derive(Clone, Debug, PartialEq)]
pub enum NotesChange {
    /// Adds notes. They get new identities.
    Add(Vec<Note>),
    /// Takes notes away.
    Remove(Vec<NoteId>),
    /// Gives a note other corners: longitude and latitude in WGS 84.
    Reshape(NoteId, Vec<[f64; 2]>, Reshaped),
    /// Names a note, or sets what it says.
    SetText(NoteId, String),
    /// Sets what more is said about a note.
    SetDescription(NoteId, String),
    /// Sets the value of an attribute of the person's own; none takes it away.
    SetValue(NoteId, String, Option<NoteValue>),
    /// Adds an attribute.
    AddField(NoteField),
    /// Takes an attribute away, with its values.
    RemoveField(String),
}

/// How the corners of a note came to be others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reshaped {
    /// One was moved.
    Moved,
    /// One was put between two others.
    Added,
    /// One was taken away.
    Removed,
    /// All were moved together.
    Shifted,
}

impl NotesChange {
    /// Whether it continues a change, so that both are one step of undo: a text being typed.
    pub(in crate::project) fn continues(&self, before: &NotesChange) -> bool {
        use NotesChange::{SetDescription, SetText, SetValue};
        match (before, self) {
            (SetText(a, _), SetText(b, _)) | (SetDescription(a, _), SetDescription(b, _)) => a == b,
            (SetValue(a, field, _), SetValue(b, of, _)) => a == b && field == of,
            _ => false,
        }
    }

    /// What was done, for the undo button.
    pub(in crate::project) fn label(&self) -> Message {
        Message::new(match self {
            NotesChange::Add(_) => "command-add-note",
            NotesChange::Remove(gone) if gone.len() > 1 => "command-remove-notes",
            NotesChange::Remove(_) => "command-remove-note",
            NotesChange::Reshape(_, _, Reshaped::Moved) => "command-move-corner",
            NotesChange::Reshape(_, _, Reshaped::Added) => "command-add-corner",
            NotesChange::Reshape(_, _, Reshaped::Removed) => "command-remove-corner",
            NotesChange::Reshape(_, _, Reshaped::Shifted) => "command-move-note",
            NotesChange::SetText(..) => "command-set-note-text",
            NotesChange::SetDescription(..) => "command-set-note-description",
            NotesChange::SetValue(..) => "command-set-note-value",
            NotesChange::AddField(_) => "command-add-note-field",
            NotesChange::RemoveField(_) => "command-remove-note-field",
        })
    }
}

impl NoteSet {
    /// Changes it.
    ///
    /// # Errors
    /// When a note or attribute that is named is not there, corners make no note of its kind, a
    /// value is of another kind, or the name of a new attribute is taken; the set is then unchanged.
    pub(in crate::project) fn change(&mut self, change: &NotesChange) -> Result<(), CommandError> {
        let bad = Err(CommandError::BadNote);
        match change {
            NotesChange::Add(notes) => {
                if notes.iter().any(|note| !note.kind.takes(&note.corners)) {
                    return bad;
                }
                notes.iter().for_each(|note| self.push(note.clone()));
            }
            NotesChange::Remove(gone) => {
                if let Some(absent) = gone.iter().find(|id| self.notes.row_of(**id).is_none()) {
                    return Err(CommandError::NoNote(*absent));
                }
                self.notes.remove(gone);
            }
            NotesChange::Reshape(id, corners, _) => {
                let note = self.notes.get(*id).ok_or(CommandError::NoNote(*id))?;
                if !note.kind.takes(corners) {
                    return bad;
                }
                self.found(*id, |note| note.corners.clone_from(corners))?;
            }
            NotesChange::SetText(id, text) => self.found(*id, |note| note.text.clone_from(text))?,
            NotesChange::SetDescription(id, text) => {
                self.found(*id, |note| note.description.clone_from(text))?;
            }
            NotesChange::SetValue(id, name, value) => {
                let field = self.fields.iter().find(|field| field.name == *name);
                let Some(field) = field else { return bad };
                if value.as_ref().is_some_and(|value| !field.kind.takes(value)) {
                    return bad;
                }
                self.found(*id, |note| {
                    match value {
                        Some(value) => note.values.insert(name.clone(), value.clone()),
                        None => note.values.remove(name),
                    };
                })?;
            }
            NotesChange::AddField(field) => {
                let name = field.name.trim();
                if !self.is_free(name) {
                    return bad;
                }
                self.fields.push(NoteField { name: name.to_owned(), kind: field.kind });
            }
            NotesChange::RemoveField(name) => {
                if !self.fields.iter().any(|field| field.name == *name) {
                    return bad;
                }
                self.fields.retain(|field| field.name != *name);
                let has_one = |note: &Note| note.values.contains_key(name);
                self.notes.change_where(has_one, |note| {
                    note.values.remove(name);
                });
            }
        }
        Ok(())
    }

    fn found(&mut self, id: NoteId, change: impl FnOnce(&mut Note)) -> Result<(), CommandError> {
        change(self.notes.get_mut(id).ok_or(CommandError::NoNote(id))?);
        Ok(())
    }
}
