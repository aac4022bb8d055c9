//! Which rows of a layer are shown.

use serde::{Deserialize, Serialize};

use super::document::LayerId;
use crate::i18n::Message;
use crate::query::{ChosenRows, DrawnShape, Features, OnPlace, Relation};
use crate::table::Table;

/// Which rows of a layer are shown: those that meet all conditions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "WrittenFilter")]
pub struct Filter {
    /// A condition in SQL; empty for all rows.
    pub sql: String,
    /// Conditions on place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceFilter>,
}

impl Filter {
    /// Whether all rows are shown.
    pub fn is_empty(&self) -> bool {
        self.sql.trim().is_empty() && self.places.is_empty()
    }

    /// The layers whose features it names.
    pub fn layers(&self) -> impl Iterator<Item = LayerId> {
        self.places.iter().filter_map(|place| place.of.layer())
    }
}

/// A filter in a file: up to version 1 with one condition on place at most, called `within`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct WrittenFilter {
    sql: String,
    within: Option<PlaceFilter>,
    places: Vec<PlaceFilter>,
}

impl From<WrittenFilter> for Filter {
    fn from(written: WrittenFilter) -> Filter {
        let places = written.within.into_iter().chain(written.places).collect();
        Filter { sql: written.sql, places }
    }
}

/// Only rows that lie so to features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceFilter {
    /// How a row must lie.
    #[serde(default)]
    pub relation: Relation,
    /// To what.
    #[serde(flatten)]
    pub of: PlaceOf,
}

/// What rows are compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, rename_all = "camelCase")]
pub enum PlaceOf {
    /// A shape drawn on the map.
    Drawn {
        /// The shape.
        drawn: DrawnShape,
    },
    /// Chosen features of another layer.
    Chosen {
        /// The layer.
        layer: LayerId,
        /// Which of its features.
        rows: ChosenRows,
    },
    /// Features of another layer.
    Where {
        /// The layer.
        layer: LayerId,
        /// Which of its features, in SQL; empty for all.
        #[serde(default)]
        sql: String,
    },
}

impl PlaceOf {
    /// The layer whose features it names; none for a drawn shape.
    pub fn layer(&self) -> Option<LayerId> {
        match self {
            PlaceOf::Drawn { .. } => None,
            PlaceOf::Chosen { layer, .. } | PlaceOf::Where { layer, .. } => Some(*layer),
        }
    }
}

impl PlaceFilter {
    /// For [`crate::query::select`]; the table is that of the layer it names. None where a table is
    /// needed and not there.
    pub fn on_place<'a>(&'a self, table: Option<&'a Table>) -> Option<OnPlace<'a>> {
        let of = match &self.of {
            PlaceOf::Drawn { drawn } => Features::Drawn(drawn),
            PlaceOf::Chosen { rows, .. } => Features::Chosen { table: table?, rows },
            PlaceOf::Where { sql, .. } => Features::Where { table: table?, sql },
        };
        Some(OnPlace { relation: self.relation, of })
    }

    /// Only rows that lie in a shape drawn on the map, or share a point with it.
    pub fn drawn(shape: DrawnShape) -> PlaceFilter {
        PlaceFilter { relation: Relation::Intersects, of: PlaceOf::Drawn { drawn: shape } }
    }

    /// Only rows that share a point with chosen features of another layer; see
    /// [`ChosenRows::of`].
    pub fn chosen(layer: LayerId, rows: ChosenRows) -> PlaceFilter {
        PlaceFilter { relation: Relation::Intersects, of: PlaceOf::Chosen { layer, rows } }
    }

    /// Only rows that share a point with features of another layer that meet a condition (empty
    /// for all).
    pub fn features(layer: LayerId, sql: impl Into<String>) -> PlaceFilter {
        PlaceFilter {
            relation: Relation::Intersects,
            of: PlaceOf::Where { layer, sql: sql.into() },
        }
    }
}

impl PlaceFilter {
    /// In words, such as "lies in ‘wijken’ (naam = 'Ledeberg')", with the name of its layer.
    pub fn message(&self, layer: &str) -> Message {
        let features = match &self.of {
            PlaceOf::Drawn { drawn: DrawnShape::Rectangle { .. } } => {
                Message::new("query-features-rectangle")
            }
            PlaceOf::Drawn { drawn: DrawnShape::Polygon(_) } => {
                Message::new("query-features-polygon")
            }
            PlaceOf::Chosen { rows, .. } => Message::new("query-features-chosen")
                .count("count", rows.len() as u64)
                .text("layer", layer),
            PlaceOf::Where { sql, .. } if sql.trim().is_empty() => {
                Message::new("query-features-all").text("layer", layer)
            }
            PlaceOf::Where { sql, .. } => Message::new("query-features-where")
                .text("layer", layer)
                .text("condition", sql.trim()),
        };
        let message = Message::new(match self.relation {
            Relation::Intersects => "query-place-intersects",
            Relation::Within => "query-place-within",
            Relation::Disjoint => "query-place-disjoint",
            Relation::Touches => "query-place-touches",
            Relation::Crosses => "query-place-crosses",
            Relation::Near { metres } => {
                let message = Message::new("query-place-near").message("features", features);
                return message.number("metres", metres, 2);
            }
        });
        message.message("features", features)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::RowKey;

    #[test]
    fn filters_of_older_projects_are_read() {
        let read = |text: &str| serde_json::from_str::<Filter>(text).map_err(|e| e.to_string());
        let old = r#"{"sql": "nr > 3", "within": {"layer": 2, "sql": "naam = 'x'", "relation": "disjoint"}}"#;
        let place = PlaceFilter {
            relation: Relation::Disjoint,
            ..PlaceFilter::features(LayerId(2), "naam = 'x'")
        };
        let expected = Filter { sql: "nr > 3".to_owned(), places: vec![place] };
        assert_eq!(read(old), Ok(expected));
        assert_eq!(read(r#"{"sql": ""}"#), Ok(Filter::default()));
        assert_eq!(read("{}"), Ok(Filter::default()));
        let short = read(r#"{"within": {"layer": 2}}"#);
        assert_eq!(short.map(|f| f.places), Ok(vec![PlaceFilter::features(LayerId(2), "")]));
    }

    #[test]
    fn every_filter_is_written_and_read_again() {
        let rows = ChosenRows::from(vec![RowKey::Id("7".into()), RowKey::Content(u64::MAX, 2)]);
        let shapes = [
            DrawnShape::rectangle([[3.7, 51.0], [3.8, 51.1]]),
            DrawnShape::Polygon(vec![[3.7, 51.0], [3.8, 51.0], [3.75, 51.1]]),
        ];
        let [rectangle, polygon] = shapes.map(PlaceFilter::drawn);
        let near = Relation::Near { metres: 250.5 };
        let places = vec![
            rectangle,
            PlaceFilter { relation: Relation::Within, ..polygon },
            PlaceFilter { relation: near, ..PlaceFilter::chosen(LayerId(3), rows) },
            PlaceFilter {
                relation: Relation::Touches,
                ..PlaceFilter::features(LayerId(4), "a = 1")
            },
        ];
        for place in &places {
            let text = place.message("wijken").to_string();
            assert!(!text.contains("query-"), "{text}");
        }
        let filter = Filter { sql: String::new(), places };
        let text = serde_json::to_string(&filter).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Filter>(&text).ok(), Some(filter), "{text}");
    }
}
