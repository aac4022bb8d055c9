//! The rows of a layer put where their names are.

use serde::{Deserialize, Serialize};

use super::document::LayerId;
use crate::i18n::Language;

/// How the rows of a layer are put where other layers have their names: a table of decisions at the
/// neighbourhoods they name, a museum's objects at their streets. Each row lies at one point. The
/// other layers are taken as their sources have them, whatever their filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceNames {
    /// The fields in which names are looked for; the first in which one is found counts.
    pub fields: Vec<String>,
    /// The layers whose names are known, the finest first.
    pub layers: Vec<NamedLayer>,
    /// What the person decided about texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<NameDecision>,
    /// Whether what is only like a name counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_near: bool,
    /// The language of the columns that say where a row was put and why: its code.
    pub language: String,
}

/// A layer whose names are looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedLayer {
    /// The layer.
    pub layer: LayerId,
    /// The field of its names.
    pub field: String,
}

/// What a person decided about a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NameDecision {
    /// The text, as it stands in the table.
    pub text: String,
    /// The layer of the place; none where the text is about no place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerId>,
    /// The name of the place there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl PlaceNames {
    /// The language of its columns.
    pub fn language(&self) -> Language {
        Language::from_code(&self.language).unwrap_or(Language::Dutch)
    }

    /// Decides about a text, or (none) leaves it to what is found.
    pub fn decide(&mut self, text: &str, decision: Option<NameDecision>) {
        self.decisions.retain(|known| known.text != text);
        self.decisions.extend(decision);
    }

    /// Without layers that are gone; none where no layer is left.
    pub(super) fn without(mut self, gone: &[LayerId]) -> Option<PlaceNames> {
        self.layers.retain(|named| !gone.contains(&named.layer));
        self.decisions.retain(|known| known.layer.is_none_or(|layer| !gone.contains(&layer)));
        (!self.layers.is_empty()).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Command, Document, Layer, LayerSource, apply};

    fn names() -> PlaceNames {
        let named = |layer, field: &str| NamedLayer { layer: LayerId(layer), field: field.into() };
        PlaceNames {
            fields: vec!["titel".into()],
            layers: vec![named(2, "straat"), named(3, "wijk")],
            decisions: vec![NameDecision {
                text: "Muide".into(),
                layer: Some(LayerId(3)),
                name: "Muide - Meulestede".into(),
            }],
            with_near: true,
            language: "nl".into(),
        }
    }

    #[test]
    fn places_by_name_are_kept_and_follow_the_layers() {
        let mut document = Document::default();
        let layers = (0..3).map(|at| Layer::new(format!("l{at}"), LayerSource::default()));
        apply(&mut document, &Command::AddLayers { layers: layers.collect(), at: 0 }).unwrap();
        let id = LayerId(1);
        let set = Command::SetPlaceNames(id, Some(Box::new(names())));
        apply(&mut document, &set).unwrap();
        let text = serde_json::to_string(&document).unwrap();
        let read: Document = serde_json::from_str(&text).unwrap();
        assert_eq!(read, document);
        assert!(document.layer(id).unwrap().has_added_columns());
        apply(&mut document, &Command::RemoveLayers(vec![LayerId(3)])).unwrap();
        let left = document.layer(id).unwrap().place_names.clone().unwrap();
        assert_eq!((left.layers.len(), left.decisions.len()), (1, 0));
        apply(&mut document, &Command::RemoveLayers(vec![LayerId(2)])).unwrap();
        assert!(document.layer(id).unwrap().place_names.is_none());
    }

    #[test]
    fn a_decision_takes_the_place_of_an_older_one() {
        let mut names = names();
        let nowhere = NameDecision { text: "Muide".into(), layer: None, name: String::new() };
        names.decide("Muide", Some(nowhere.clone()));
        assert_eq!(names.decisions, [nowhere]);
        names.decide("Muide", None);
        assert!(names.decisions.is_empty());
    }
}
