//! One note.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::saved::Feature;
use crate::i18n::{Language, tr};

/// The identity of a note inside its set; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoteId(pub u64);

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// A place.
    Point,
    /// A line.
    Line,
    /// An area, without holes.
    Polygon,
    /// A line that points to its last corner.
    Arrow,
    /// A text around a place.
    Text,
}

impl NoteKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [NoteKind; 5] =
        [NoteKind::Point, NoteKind::Line, NoteKind::Polygon, NoteKind::Arrow, NoteKind::Text];

    /// The fewest corners that make one.
    pub fn least(self) -> usize {
        match self {
            NoteKind::Point | NoteKind::Text => 1,
            NoteKind::Line | NoteKind::Arrow => 2,
            NoteKind::Polygon => 3,
        }
    }

    /// The most corners that one has.
    pub fn most(self) -> usize {
        match self {
            NoteKind::Point | NoteKind::Text => 1,
            NoteKind::Line | NoteKind::Arrow | NoteKind::Polygon => usize::MAX,
        }
    }

    /// Whether it is measured along its corners or inside them, and not one place.
    pub fn is_shape(self) -> bool {
        self.most() > 1
    }

    /// The word for it in the table of a set in a language: "arrow".
    pub fn word(self, language: Language) -> String {
        tr(
            language,
            match self {
                NoteKind::Point => "notes-kind-point",
                NoteKind::Line => "notes-kind-line",
                NoteKind::Polygon => "notes-kind-polygon",
                NoteKind::Arrow => "notes-kind-arrow",
                NoteKind::Text => "notes-kind-text",
            },
        )
    }

    /// Whether corners make one: enough of them, not all in one place, all with sound numbers.
    pub fn takes(self, corners: &[[f64; 2]]) -> bool {
        let is_sound = corners.iter().flatten().all(|number| number.is_finite());
        let mut apart: Vec<&[f64; 2]> = Vec::new();
        for corner in corners {
            if apart.len() < self.least() && !apart.contains(&corner) {
                apart.push(corner);
            }
        }
        is_sound && apart.len() >= self.least() && corners.len() <= self.most()
    }
}

/// A value of an attribute of the person's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NoteValue {
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
}

/// The values of attributes of the person's own, by the name of the attribute.
pub type NoteValues = BTreeMap<String, NoteValue>;

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteFieldKind {
    /// Text.
    #[default]
    Text,
    /// Numbers.
    Number,
    /// Yes or no.
    YesNo,
}

impl NoteFieldKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [NoteFieldKind; 3] =
        [NoteFieldKind::Text, NoteFieldKind::Number, NoteFieldKind::YesNo];

    /// Whether a value is of the kind.
    pub fn takes(self, value: &NoteValue) -> bool {
        match (self, value) {
            (NoteFieldKind::Text, NoteValue::Text(_))
            | (NoteFieldKind::YesNo, NoteValue::YesNo(_)) => true,
            (NoteFieldKind::Number, NoteValue::Number(number)) => number.is_finite(),
            _ => false,
        }
    }
}

/// An attribute of the person's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoteField {
    /// Its name.
    pub name: String,
    /// What its values are.
    #[serde(default)]
    pub kind: NoteFieldKind,
}

/// A note. In a project file it is a feature of GeoJSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Feature", into = "Feature")]
pub struct Note {
    /// Its identity in its set.
    pub id: NoteId,
    /// What it is.
    pub kind: NoteKind,
    /// Its corners, longitude and latitude in WGS 84, degrees; of a polygon not closed.
    pub corners: Vec<[f64; 2]>,
    /// Its name, or the text that is written.
    pub text: String,
    /// More about it.
    pub description: String,
    /// When it was drawn.
    pub created: Option<DateTime<Utc>>,
    /// Values of attributes of the person's own.
    pub values: NoteValues,
    /// What a newer version wrote and this one does not know: kept.
    pub others: Map<String, Value>,
}

impl Note {
    /// A note without a name, drawn now. It gets its identity when it comes into a set.
    pub fn new(kind: NoteKind, corners: Vec<[f64; 2]>) -> Note {
        // Whole seconds: what the table shows and files keep.
        let now = DateTime::from_timestamp(Utc::now().timestamp(), 0);
        Note {
            id: NoteId(0),
            kind,
            corners,
            text: String::new(),
            description: String::new(),
            created: now,
            values: NoteValues::new(),
            others: Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_make_a_note_where_there_are_enough_in_different_places() {
        let (a, b, c) = ([3.7, 51.0], [3.8, 51.0], [3.8, 51.1]);
        for (kind, corners, is_one) in [
            (NoteKind::Point, vec![a], true),
            (NoteKind::Point, vec![], false),
            (NoteKind::Text, vec![a, b], false),
            (NoteKind::Line, vec![a, b], true),
            (NoteKind::Arrow, vec![a, a], false),
            (NoteKind::Polygon, vec![a, b, c], true),
            (NoteKind::Polygon, vec![a, b, a], false),
            (NoteKind::Line, vec![a, [f64::NAN, 51.0]], false),
        ] {
            assert_eq!(kind.takes(&corners), is_one, "{kind:?} {corners:?}");
        }
    }
}
