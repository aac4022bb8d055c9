//! What is listed beside the map of a sheet: names of a layer, and places of the person's own.

use serde::{Deserialize, Serialize};

use super::document::LayerId;

/// A list of the names of a layer: where each is found on the map, or only which there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetIndex {
    /// The layer.
    pub layer: LayerId,
    /// The field with the names; none for the one that most likely holds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Whether what lies outside of the subject's area is listed as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_surroundings: bool,
    /// How a name is found on the map.
    #[serde(default, skip_serializing_if = "IndexBy::is_squares")]
    pub by: IndexBy,
}

impl SheetIndex {
    /// The names of a layer with the squares they are found in.
    pub fn new(layer: LayerId) -> SheetIndex {
        SheetIndex { layer, field: None, with_surroundings: false, by: IndexBy::Squares }
    }

    /// Whether it needs a grid over the map.
    pub fn has_grid(&self) -> bool {
        self.by == IndexBy::Squares
    }
}

/// How a name of an index is found on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum IndexBy {
    /// By the squares of a grid over the map; the names in the order of a dictionary.
    #[default]
    Squares,
    /// By a number on the map, given in an order.
    Numbers(NumberOrder),
    /// Not at all: a list in an order, with the values it is ordered by. The layer need not be on the
    /// map.
    Plain(NumberOrder),
}

impl IndexBy {
    fn is_squares(&self) -> bool {
        *self == IndexBy::Squares
    }
}

/// In which order the features of a layer get their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NumberOrder {
    /// By their names.
    #[default]
    Name,
    /// As they stand in the table: a route.
    Table,
    /// By the values of a field: a route.
    Field(String),
}

/// Where lists stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListPlace {
    /// Where they leave the map largest; on pages of their own where they are long.
    #[default]
    Best,
    /// Right of the map.
    Beside,
    /// Below the map.
    Below,
    /// On pages of their own.
    Pages,
}

impl ListPlace {
    /// All of them, the usual one first.
    pub const ALL: [ListPlace; 4] =
        [ListPlace::Best, ListPlace::Beside, ListPlace::Below, ListPlace::Pages];

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(super) fn is_best(&self) -> bool {
        *self == ListPlace::Best
    }
}

/// A place that the person put on a sheet: it has a number on the map, and a line in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetPoint {
    /// Longitude and latitude, degrees, WGS 84.
    pub place: [f64; 2],
    /// What it is.
    #[serde(default)]
    pub text: String,
}

/// A field that is added up over what lies in the subject's area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetSum {
    /// The layer.
    pub layer: LayerId,
    /// The field, of numbers.
    pub field: String,
}
