//! What a portal tells about a dataset.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::table::{DateTimeForm, Extent, FieldKind, Offset};

/// A dataset of a portal. Whatever the portal does not tell is empty or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dataset {
    /// Its identifier on the portal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in HTML as the portal has it; see [`super::html`].
    pub description: String,
    /// Whether it has records at all: some are only files to download.
    pub has_records: bool,
    /// What its records hold.
    pub fields: Vec<DatasetField>,
    /// Subjects.
    pub themes: Vec<String>,
    /// Words it is found by.
    pub keywords: Vec<String>,
    /// Who publishes it.
    pub publisher: String,
    /// The licence's name.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// Who must be named along with the publisher.
    pub attributions: Vec<String>,
    /// When its data or its description were last changed, as its makers say.
    #[serde(with = "super::moments::maybe")]
    pub modified: Option<DateTime<FixedOffset>>,
    /// When the portal last took in its data.
    #[serde(with = "super::moments::maybe")]
    pub data_processed: Option<DateTime<FixedOffset>>,
    /// The kinds of geometry: `Point`, `Polygon` …
    pub geometry_types: Vec<String>,
    /// Where it lies, WGS 84 degrees.
    pub bbox: Option<Extent>,
    /// How many records it has.
    pub records: Option<u64>,
    /// How often it changes, in the portal's words or as an address of the European frequency list.
    pub update_frequency: String,
}

/// A field of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DatasetField {
    /// The technical name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What its values are.
    pub kind: DatasetFieldKind,
    /// A few words about it.
    pub description: String,
    /// Whether a record can have several values: a list.
    pub several: bool,
}

/// What the values of a field of a dataset are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatasetFieldKind {
    /// Text.
    #[default]
    Text,
    /// Whole numbers.
    Int,
    /// Numbers.
    Double,
    /// Dates.
    Date,
    /// Dates with a time.
    Datetime,
    /// Yes or no.
    Boolean,
    /// A point.
    GeoPoint,
    /// Geometry of any kind.
    GeoShape,
    /// A file that lies on the portal.
    File,
    /// JSON.
    Json,
    /// A kind this program does not know.
    Other,
}

impl DatasetFieldKind {
    /// Whether its values are places.
    pub fn is_place(self) -> bool {
        matches!(self, DatasetFieldKind::GeoPoint | DatasetFieldKind::GeoShape)
    }
}

impl DatasetField {
    /// What its values are as attributes of a table; none for what is no attribute, or of a kind
    /// unknown.
    pub fn attribute_kind(&self) -> Option<FieldKind> {
        if self.several {
            return Some(FieldKind::Json);
        }
        Some(match self.kind {
            DatasetFieldKind::Text => FieldKind::Text,
            DatasetFieldKind::Int => FieldKind::Integer,
            DatasetFieldKind::Double => FieldKind::Number,
            DatasetFieldKind::Date => FieldKind::Date,
            // As the export writes moments in UTC.
            DatasetFieldKind::Datetime => FieldKind::DateTime(DateTimeForm {
                separator: 'T',
                fraction: Some(0),
                offset: Offset::Minutes { minutes: 0, colon: true },
            }),
            DatasetFieldKind::Boolean => FieldKind::Boolean,
            DatasetFieldKind::GeoPoint | DatasetFieldKind::File | DatasetFieldKind::Json => {
                FieldKind::Json
            }
            DatasetFieldKind::GeoShape | DatasetFieldKind::Other => return None,
        })
    }
}

impl Dataset {
    /// Whether its records can have a place.
    pub fn has_place(&self) -> bool {
        self.place_field().is_some()
    }

    /// The field that its records' place is in: a shape rather than a point.
    pub fn place_field(&self) -> Option<&DatasetField> {
        let of = |kind| self.fields.iter().find(|field| field.kind == kind);
        of(DatasetFieldKind::GeoShape).or_else(|| of(DatasetFieldKind::GeoPoint))
    }

    /// Publisher and others who must be named, each once.
    pub fn credits(&self) -> String {
        let all = std::iter::once(&self.publisher).chain(&self.attributions);
        let mut credits: Vec<&str> = Vec::new();
        for credit in all.map(|credit| credit.trim()).filter(|credit| !credit.is_empty()) {
            if !credits.contains(&credit) {
                credits.push(credit);
            }
        }
        credits.join(", ")
    }
}
