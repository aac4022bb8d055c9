//! Numbers per area: how many features of one layer lie in each area of another, what their fields
//! add up to, how long their lines and how large their polygons are there. And the other way: in
//! which area each feature lies.
//!
//! What lies where:
//!
//! - Edges count as inside, as in all conditions on place (`intersects` of GEOS and geopandas): a
//!   feature that shares at least a point with an area lies in it. So a point on the border of two
//!   areas lies in both, and a line through three areas in all three. [`Numbers::once`] counts a
//!   feature in one area only: where most of it lies (the most square metres, else the most metres,
//!   else the most points), and of equals in the first in the order of the areas. Numbers over a
//!   partition then add up to the whole.
//! - A feature is one row, however many points, lines or polygons it has.
//! - Lengths and areas are those of the part inside: cut at the borders, measured on the ellipsoid
//!   ([`crate::measure`]). What lies over each other counts each time. Cut parts add up whatever
//!   [`Numbers::once`] says; a line along a shared border lies in both.
//! - Of rows, only polygons are areas. An area without place has no numbers; one in which nothing
//!   lies has the count 0, the sum 0 and no mean, median, least or greatest.
//!
//! Where the two layers differ in CRS, the areas are brought to the things' system, long edges cut
//! into pieces first. All cores work; the outcome does not depend on how many there are.

mod area_of;
mod areas;
mod cutting;
mod grid;
mod lying;
mod made;
mod measuring;
mod numbers;
mod pairs;
mod row;
mod sides;
#[cfg(test)]
mod tests;

pub use area_of::area_of;
pub use made::{ByPlaceField, ByPlacePart, ByPlaceTally, by_place_table};
pub use numbers::numbers;
pub use pairs::Tally;
pub use sides::ByPlaceError;

use arrow_array::ArrayRef;
use serde::{Deserialize, Serialize};

use crate::problem::Problems;
use crate::table::{Field, FieldKind};

/// Columns that follow from where the features of two layers lie. In a project file:
/// `{"way": "numbers", "columns": [{"what": "count", "name": "bomen"}]}` or
/// `{"way": "areaOf", "columns": [{"field": "wijk", "name": "wijk"}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "camelCase")]
pub enum ByPlace {
    /// The rows are areas; the columns are numbers of what lies in them.
    Numbers(Numbers),
    /// The rows lie in areas; the columns are values of those.
    AreaOf(AreaOf),
}

/// Which numbers are made of what lies in each area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Numbers {
    /// Only things that meet this condition, in SQL; empty for all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// A thing on several areas counts only where most of it lies.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub once: bool,
    /// The columns made, in this order.
    pub columns: Vec<NumberColumn>,
}

/// A number of each area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NumberColumn {
    /// What is calculated.
    pub what: What,
    /// The field of the things it is calculated of, where it needs one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// What the column is called.
    pub name: String,
}

/// Which values of the areas their features get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AreaOf {
    /// Only areas that meet this condition, in SQL; empty for all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// The columns made, in this order.
    pub columns: Vec<AreaColumn>,
}

/// A field of the areas, for what lies in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AreaColumn {
    /// The field of the areas.
    pub field: String,
    /// What the column is called.
    pub name: String,
}

/// What is calculated of the things in an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// How many there are.
    Count,
    /// How many there are for each square kilometre of the area.
    CountPerKm2,
    /// The sum of a field: whole as long as it fits in 64 bits.
    Sum,
    /// The sum of a field for each square kilometre of the area.
    SumPerKm2,
    /// The arithmetic mean of a field.
    Mean,
    /// The middle value of a field; of an even number of values the mean of the two in the middle.
    Median,
    /// The least value of a field: of texts the first, of dates the earliest.
    Min,
    /// The greatest value of a field.
    Max,
    /// The length of lines inside, kilometres.
    LengthKm,
    /// The length of lines inside, metres.
    LengthM,
    /// The length of lines inside for each square kilometre of the area, kilometres.
    LengthPerKm2,
    /// The area of polygons inside, square metres.
    AreaM2,
    /// The area of polygons inside, hectares.
    AreaHa,
    /// The area of polygons inside, square kilometres.
    AreaKm2,
    /// The area of polygons inside, per cent of the area; more than 100 where they overlap.
    Share,
}

impl What {
    /// All that can be calculated.
    pub const ALL: [What; 15] = [
        What::Count,
        What::CountPerKm2,
        What::Sum,
        What::SumPerKm2,
        What::Mean,
        What::Median,
        What::Min,
        What::Max,
        What::LengthKm,
        What::LengthM,
        What::LengthPerKm2,
        What::AreaM2,
        What::AreaHa,
        What::AreaKm2,
        What::Share,
    ];

    /// The stable name: on the command line and in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            What::Count => "count",
            What::CountPerKm2 => "count-per-km2",
            What::Sum => "sum",
            What::SumPerKm2 => "sum-per-km2",
            What::Mean => "mean",
            What::Median => "median",
            What::Min => "min",
            What::Max => "max",
            What::LengthKm => "length-km",
            What::LengthM => "length-m",
            What::LengthPerKm2 => "length-per-km2",
            What::AreaM2 => "area-m2",
            What::AreaHa => "area-ha",
            What::AreaKm2 => "area-km2",
            What::Share => "share",
        }
    }

    /// By its stable name.
    pub fn from_code(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }

    /// Whether it is calculated of a field.
    pub fn needs_field(self) -> bool {
        matches!(
            self,
            What::Sum | What::SumPerKm2 | What::Mean | What::Median | What::Min | What::Max
        )
    }

    /// Whether it can be calculated of values of a kind.
    pub fn fits(self, kind: FieldKind) -> bool {
        match self {
            What::Sum | What::SumPerKm2 | What::Mean | What::Median => {
                matches!(kind, FieldKind::Integer | FieldKind::Number)
            }
            What::Min | What::Max => kind != FieldKind::Json,
            _ => true,
        }
    }

    /// Whether it measures lines.
    pub fn is_length(self) -> bool {
        matches!(self, What::LengthKm | What::LengthM | What::LengthPerKm2)
    }

    /// Whether it measures polygons.
    pub fn is_area(self) -> bool {
        matches!(self, What::AreaM2 | What::AreaHa | What::AreaKm2 | What::Share)
    }

    /// Whether it is divided by how large the area is.
    fn is_divided(self) -> bool {
        matches!(self, What::CountPerKm2 | What::SumPerKm2 | What::LengthPerKm2 | What::Share)
    }
}

/// Columns made, and what they are about.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Their fields, with the names asked for.
    pub fields: Vec<Field>,
    /// One for each field.
    pub columns: Vec<ArrayRef>,
    /// Which of the columns asked for each is.
    pub asked: Vec<usize>,
    /// What lies where.
    pub tally: Tally,
    /// What did not go as it should.
    pub problems: Problems,
}
