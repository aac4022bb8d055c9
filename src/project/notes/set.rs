//! A set of notes: what a layer of notes shows.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::list::NoteList;
use super::note::{Note, NoteField, NoteId};
use crate::i18n::{Language, tr};

/// The identity of a set of notes inside one document; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NotesId(pub u64);

/// Notes that belong together, with attributes of the person's own. In a project file it is a
/// collection of features of GeoJSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoteSet {
    /// Its identity in the document.
    pub id: NotesId,
    /// As GeoJSON has it.
    #[serde(rename = "type", default)]
    pub(super) mark: Collection,
    /// The language of the names of its fields and of the words for kinds: that of the person who
    /// began it, so that filters and styles mean the same in another.
    #[serde(default = "dutch")]
    pub language: Language,
    /// Attributes of the person's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<NoteField>,
    /// The number the next note gets.
    #[serde(default)]
    pub next: u64,
    /// The notes.
    #[serde(rename = "features", default)]
    pub notes: NoteList,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// The word by which GeoJSON knows a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Collection {
    #[default]
    FeatureCollection,
}

fn dutch() -> Language {
    Language::Dutch
}

/// The fields that every set has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnField {
    Text,
    Kind,
    Description,
    Created,
}

impl OwnField {
    pub const ALL: [OwnField; 4] =
        [OwnField::Text, OwnField::Kind, OwnField::Description, OwnField::Created];

    /// Its name in the table of a set in a language.
    pub fn name(self, language: Language) -> String {
        tr(
            language,
            match self {
                OwnField::Text => "notes-field-text",
                OwnField::Kind => "notes-field-kind",
                OwnField::Description => "notes-field-description",
                OwnField::Created => "notes-field-created",
            },
        )
    }
}

impl NoteSet {
    /// A set without notes, in the language of the person. It gets its identity when it comes into
    /// a document.
    pub fn new(language: Language) -> NoteSet {
        NoteSet {
            id: NotesId(0),
            mark: Collection::default(),
            language,
            fields: Vec::new(),
            next: 1,
            notes: NoteList::default(),
            others: Map::new(),
        }
    }

    /// The set with a note more, which gets an identity of its own.
    #[must_use]
    pub fn with(mut self, note: Note) -> NoteSet {
        self.push(note);
        self
    }

    /// Adds a note, which gets an identity of its own. Values of attributes that the set does not
    /// have, or of another kind, are left out.
    pub(super) fn push(&mut self, mut note: Note) {
        note.id = NoteId(self.next);
        self.next += 1;
        note.values.retain(|name, value| {
            self.fields.iter().any(|field| field.name == *name && field.kind.takes(value))
        });
        self.notes.push(note);
    }

    /// The names of the fields of its table, in order: those every set has, then the person's own.
    pub fn field_names(&self) -> Vec<String> {
        let own = OwnField::ALL.map(|field| field.name(self.language));
        own.into_iter().chain(self.fields.iter().map(|field| field.name.clone())).collect()
    }

    /// Whether a name for a new attribute is a name and not taken, whatever its capitals.
    pub fn is_free(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        !name.is_empty() && self.field_names().iter().all(|taken| taken.to_lowercase() != name)
    }
}
