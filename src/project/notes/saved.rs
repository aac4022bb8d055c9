//! Notes in a project file: features of GeoJSON (RFC 7946), so that they can be taken out of it by
//! hand, with every digit of their places.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::list::NoteList;
use super::note::{Note, NoteId, NoteKind, NoteValues};
use super::set::{NoteSet, NotesId};
use crate::i18n::tr;
use crate::problem::Problems;
use crate::project::document::{Document, Layer, LayerSource};

/// A note as it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Feature {
    #[serde(rename = "type", default)]
    mark: Mark,
    id: NoteId,
    geometry: Geometry,
    properties: Properties,
}

/// The word by which GeoJSON knows a feature.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
enum Mark {
    #[default]
    Feature,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    Polygon(Vec<Vec<[f64; 2]>>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Properties {
    kind: NoteKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    /// ISO 8601, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "NoteValues::is_empty")]
    values: NoteValues,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// A feature that is no note.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoNote {
    #[error("its geometry is not that of its kind, or has too few corners")]
    Shape,
    #[error("{0} is no moment")]
    Created(String),
}

impl TryFrom<Feature> for Note {
    type Error = NoNote;

    fn try_from(feature: Feature) -> Result<Note, NoNote> {
        let Properties { kind, text, description, created, values, others } = feature.properties;
        let corners = match (kind, feature.geometry) {
            (NoteKind::Point | NoteKind::Text, Geometry::Point(place)) => vec![place],
            (NoteKind::Line | NoteKind::Arrow, Geometry::LineString(corners)) => corners,
            (NoteKind::Polygon, Geometry::Polygon(mut rings)) => {
                let mut ring = rings.pop().ok_or(NoNote::Shape)?;
                // A hole would be lost.
                if !rings.is_empty() {
                    return Err(NoNote::Shape);
                }
                if ring.len() > 1 && ring.first() == ring.last() {
                    ring.pop();
                }
                ring
            }
            _ => return Err(NoNote::Shape),
        };
        if !kind.takes(&corners) {
            return Err(NoNote::Shape);
        }
        let created = created.map(|text| {
            let moment = DateTime::parse_from_rfc3339(&text);
            moment.map(|moment| moment.with_timezone(&Utc)).map_err(|_| NoNote::Created(text))
        });
        let created = created.transpose()?;
        Ok(Note { id: feature.id, kind, corners, text, description, created, values, others })
    }
}

impl From<Note> for Feature {
    fn from(note: Note) -> Feature {
        let Note { id, kind, corners, text, description, created, values, others } = note;
        let geometry = match kind {
            NoteKind::Point | NoteKind::Text => {
                Geometry::Point(corners.first().copied().unwrap_or_default())
            }
            NoteKind::Line | NoteKind::Arrow => Geometry::LineString(corners),
            NoteKind::Polygon => {
                let mut ring = corners;
                ring.extend(ring.first().copied());
                Geometry::Polygon(vec![ring])
            }
        };
        let created = created.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        let properties = Properties { kind, text, description, created, values, others };
        Feature { mark: Mark::default(), id, geometry, properties }
    }
}

/// Puts what was read of notes as it must be: numbers that are not taken twice, a layer for each
/// set, values that fit their attributes.
pub(in crate::project) fn settle(document: &mut Document, problems: &mut Problems) {
    let mut seen: Vec<NotesId> = Vec::new();
    let highest = document.notes.iter().map(|set| set.id.0).max().unwrap_or(0);
    document.next_notes = document.next_notes.max(highest.saturating_add(1));
    let mut loose = Vec::new();
    for set in &mut document.notes {
        if seen.contains(&set.id) {
            set.id = NotesId(document.next_notes);
            document.next_notes += 1;
        }
        seen.push(set.id);
        settle_set(set, problems);
        if !document.layers.iter().any(|layer| layer.source.notes() == Some(set.id)) {
            loose.push((set.id, tr(set.language, "notes-layer")));
        }
    }
    for (id, name) in loose {
        problems.add("problem-project-notes-loose", 1);
        let highest = document.layers.iter().map(|layer| layer.id.0).max().unwrap_or(0);
        let mut layer = Layer::new(name, LayerSource::of_notes(id));
        layer.id.0 = document.next_layer.max(highest.saturating_add(1));
        document.next_layer = layer.id.0.saturating_add(1);
        layer.style = document.notes(id).map(|set| super::notes_style(set.language));
        document.layers.insert(0, layer);
    }
}

fn settle_set(set: &mut NoteSet, problems: &mut Problems) {
    let highest = set.notes.iter().map(|note| note.id.0).max().unwrap_or(0);
    set.next = set.next.max(highest.saturating_add(1)).max(1);
    let mut ids: Vec<u64> = set.notes.iter().map(|note| note.id.0).collect();
    ids.sort_unstable();
    let is_twice = ids.windows(2).any(|pair| pair.first() == pair.last());
    let fits = |name: &String, value: &super::NoteValue| {
        set.fields.iter().any(|field| field.name == *name && field.kind.takes(value))
    };
    let has_strays =
        set.notes.iter().any(|note| note.values.iter().any(|(name, value)| !fits(name, value)));
    if !is_twice && !has_strays {
        return;
    }
    let mut taken = std::collections::BTreeSet::new();
    let mut next = set.next;
    let mut strays = 0;
    let mut notes: Vec<Note> = set.notes.iter().cloned().collect();
    for note in &mut notes {
        if !taken.insert(note.id) {
            note.id = NoteId(next);
            taken.insert(note.id);
            next += 1;
        }
        let before = note.values.len();
        note.values.retain(|name, value| fits(name, value));
        strays += (before - note.values.len()) as u64;
    }
    problems.add("problem-project-note-values", strays);
    set.next = next;
    set.notes = NoteList::from(notes);
}

#[cfg(test)]
mod tests {
    use super::super::{NoteField, NoteFieldKind, NoteValue};
    use super::*;
    use crate::i18n::Language;

    fn set() -> NoteSet {
        let places = [[3.700_000_000_000_1, 51.05], [3.71, 51.06], [0.1 + 0.2, -1e-9]];
        let mut set = NoteSet::new(Language::Dutch);
        set.fields.push(NoteField { name: "urgent".to_owned(), kind: NoteFieldKind::YesNo });
        for kind in NoteKind::ALL {
            let corners = places.iter().copied().take(kind.most().min(3)).collect();
            let mut note = Note::new(kind, corners);
            note.text = format!("‘{kind:?}’ \"\\ 🐑");
            note.values.insert("urgent".to_owned(), NoteValue::YesNo(true));
            note.values.insert("gone".to_owned(), NoteValue::Number(1.0));
            set.push(note);
        }
        set
    }

    #[test]
    fn notes_are_written_as_geojson_and_come_back_to_the_last_digit() {
        let set = set();
        assert!(set.notes.iter().all(|note| note.values.len() == 1));
        let text = serde_json::to_string(&set).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["type"], "FeatureCollection");
        assert_eq!(json["features"][2]["geometry"]["type"], "Polygon");
        assert_eq!(json["features"][2]["geometry"]["coordinates"][0].as_array().unwrap().len(), 4);
        assert_eq!(json["features"][3]["properties"]["kind"], "arrow");
        let again: NoteSet = serde_json::from_str(&text).unwrap();
        assert_eq!(again, set);
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    #[test]
    fn what_is_no_note_is_refused() {
        let feature = |kind: &str, geometry: &str| {
            let text = format!(
                r#"{{"type":"Feature","id":1,"geometry":{geometry},"properties":{{"kind":"{kind}"}}}}"#
            );
            serde_json::from_str::<Note>(&text)
        };
        let point = r#"{"type":"Point","coordinates":[3.7,51]}"#;
        assert!(feature("point", point).is_ok() && feature("text", point).is_ok());
        assert!(feature("line", point).is_err() && feature("circle", point).is_err());
        let line = r#"{"type":"LineString","coordinates":[[3.7,51]]}"#;
        assert!(feature("line", line).is_err());
        let holed = r#"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}"#;
        assert!(feature("polygon", holed).is_err());
    }

    #[test]
    fn numbers_taken_twice_and_loose_notes_are_put_right() {
        let mut document = Document::default();
        let mut first = set();
        first.id = NotesId(4);
        let notes: Vec<Note> =
            first.notes.iter().cloned().map(|note| Note { id: NoteId(7), ..note }).collect();
        first.notes = NoteList::from(notes);
        document.notes = vec![first.clone(), first];
        let mut problems = Problems::new();
        settle(&mut document, &mut problems);
        assert_eq!(document.notes.iter().map(|set| set.id.0).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(document.layers.len(), 2);
        assert_eq!((document.next_layer, document.next_notes), (3, 6));
        assert_eq!(problems.count("problem-project-notes-loose"), 2);
        for set in &document.notes {
            let mut ids: Vec<u64> = set.notes.iter().map(|note| note.id.0).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), 5);
            assert!(set.next > ids[4]);
        }
    }
}
