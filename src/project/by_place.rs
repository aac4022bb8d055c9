//! Columns of a layer that follow from where its rows and those of another layer lie.

use serde::{Deserialize, Serialize};

use super::document::{Document, LayerId};
use crate::query::per_area::ByPlace;

/// Columns that follow from the place of a layer's rows and of another layer's: numbers of what
/// lies in them, or values of the area they lie in. They come after joined columns, and see the
/// other layer with all its columns, unless those follow from this layer in turn: then only with
/// those of its source and its joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceColumns {
    /// The other layer.
    pub layer: LayerId,
    /// Only rows that the other layer's filter shows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_shown: bool,
    /// Which columns.
    #[serde(flatten)]
    pub by: ByPlace,
}

impl PlaceColumns {
    /// The names of its columns.
    pub fn names(&self) -> Vec<&str> {
        match &self.by {
            ByPlace::Numbers(by) => by.columns.iter().map(|c| c.name.as_str()).collect(),
            ByPlace::AreaOf(by) => by.columns.iter().map(|c| c.name.as_str()).collect(),
        }
    }
}

impl Document {
    /// Whether columns of a layer follow, directly or through others, from a second one. So they do
    /// from the layer itself where layers follow from each other in a ring.
    pub fn follows_from(&self, layer: LayerId, from: LayerId) -> bool {
        let mut seen: Vec<LayerId> = Vec::new();
        let mut open = vec![layer];
        while let Some(next) = open.pop() {
            let Some(layer) = self.layer(next) else { continue };
            for columns in &layer.by_place {
                let filter = self.layer(columns.layer).filter(|_| columns.only_shown);
                let places = filter.into_iter().flat_map(|layer| layer.filter.layers());
                for needed in std::iter::once(columns.layer).chain(places) {
                    if needed == from {
                        return true;
                    }
                    if !seen.contains(&needed) {
                        seen.push(needed);
                        open.push(needed);
                    }
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Command, apply, open_project, save_project};
    use crate::query::per_area::{AreaColumn, AreaOf, NumberColumn, Numbers, What};

    fn count_in(layer: u64) -> PlaceColumns {
        let column =
            NumberColumn { what: What::Count, field: String::new(), name: "bomen".to_owned() };
        let by = ByPlace::Numbers(Numbers { columns: vec![column], ..Numbers::default() });
        PlaceColumns { layer: LayerId(layer), only_shown: false, by }
    }

    fn document(layers: u64) -> (tempfile::TempDir, Document) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaart.belfort.json");
        let layers = (1..=layers).map(|id| {
            format!(r#"{{"id": {id}, "name": "l{id}", "source": {{"path": "{id}.csv"}}}}"#)
        });
        let layers: Vec<String> = layers.collect();
        let text = format!(r#"{{"belfort": 6, "layers": [{}]}}"#, layers.join(","));
        std::fs::write(&path, text).unwrap();
        let document = open_project(&path).unwrap();
        (folder, document)
    }

    #[test]
    fn columns_are_saved_and_go_with_their_layer() {
        let (folder, mut document) = document(2);
        let area = AreaOf {
            condition: "naam <> 'x'".to_owned(),
            columns: vec![AreaColumn { field: "naam".to_owned(), name: "wijk".to_owned() }],
        };
        let sum = NumberColumn { what: What::Sum, field: "n".to_owned(), name: "som n".to_owned() };
        let sum = Numbers { condition: "n > 1".to_owned(), once: true, columns: vec![sum] };
        let columns = vec![
            count_in(2),
            PlaceColumns { by: ByPlace::AreaOf(area), ..count_in(2) },
            PlaceColumns { by: ByPlace::Numbers(sum), only_shown: true, ..count_in(2) },
        ];
        apply(&mut document, &Command::SetPlaceColumns(LayerId(1), columns.clone())).unwrap();
        let path = folder.path().join("kaart.belfort.json");
        save_project(&document, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for part in [r#""way": "numbers""#, r#""what": "sum""#, r#""onlyShown": true"#] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let mut again = open_project(&path).unwrap();
        assert_eq!(again, document);
        apply(&mut again, &Command::Duplicate(LayerId(1))).unwrap();
        let count = |document: &Document| -> Vec<usize> {
            document.layers.iter().map(|layer| layer.by_place.len()).collect()
        };
        assert_eq!(count(&again), [3, 3, 0]);
        apply(&mut again, &Command::RemoveLayers(vec![LayerId(2)])).unwrap();
        assert_eq!(count(&again), [0, 0]);
    }

    #[test]
    fn layers_in_a_ring_follow_from_themselves() {
        let (_folder, mut document) = document(4);
        let mut set = |layer, of| {
            apply(&mut document, &Command::SetPlaceColumns(LayerId(layer), vec![count_in(of)]))
        };
        set(1, 2).unwrap();
        set(2, 3).unwrap();
        set(3, 2).unwrap();
        let follows = |layer, from| document.follows_from(LayerId(layer), LayerId(from));
        assert!(follows(1, 3) && follows(2, 2) && follows(3, 3) && follows(3, 2));
        assert!(!follows(1, 1) && !follows(2, 1) && !follows(4, 1) && !follows(1, 4));
    }
}
