//! A dataset: what the catalogue says of it, its fields, and the function that makes its rows.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::clock::{Moment, at};
use super::value::{Row, Value};

/// The type of a field, in the platform's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Double,
    Date,
    DateTime,
    GeoPoint,
    GeoShape,
    Boolean,
    File,
    JsonBlob,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Int => "int",
            Kind::Double => "double",
            Kind::Date => "date",
            Kind::DateTime => "datetime",
            Kind::GeoPoint => "geo_point_2d",
            Kind::GeoShape => "geo_shape",
            Kind::Boolean => "boolean",
            Kind::File => "file",
            Kind::JsonBlob => "json_blob",
        }
    }

    pub fn is_place(self) -> bool {
        matches!(self, Kind::GeoPoint | Kind::GeoShape)
    }
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub kind: Kind,
    pub facet: bool,
    /// Whether its values are lists.
    pub several: bool,
}

impl Field {
    pub fn new(name: &str, kind: Kind) -> Field {
        Field { name: name.to_owned(), label: name.to_owned(), kind, facet: false, several: false }
    }

    pub fn json(&self) -> Json {
        let mut annotations = json!({});
        if self.facet {
            annotations["facet"] = json!([]);
        }
        if self.several {
            annotations["multivalued"] = json!([","]);
        }
        json!({
            "name": self.name, "label": self.label, "type": self.kind.name(),
            "description": null, "annotations": annotations,
        })
    }
}

type Rows = Box<dyn Fn(usize, &Moment) -> Row + Send + Sync>;
type Count = Box<dyn Fn(&Moment) -> usize + Send + Sync>;

/// A dataset; its rows are made when asked for, never held.
pub struct Dataset {
    pub id: String,
    pub title: String,
    pub title_en: Option<String>,
    /// HTML, as people paste it.
    pub description: Option<String>,
    /// Mostly a list of texts, sometimes a text, sometimes null.
    pub theme: Json,
    pub keywords: Vec<&'static str>,
    pub publisher: Option<&'static str>,
    pub licence: Option<&'static str>,
    pub attributions: Option<Vec<&'static str>>,
    pub update_frequency: Option<&'static str>,
    pub modified: Option<DateTime<Utc>>,
    /// When its rows were last processed; a live dataset's follow the clock.
    pub processed: DateTime<Utc>,
    pub fields: Vec<Field>,
    pub count: Count,
    pub rows: Rows,
    pub live: bool,
    /// In the catalogue once, a 404 now.
    pub gone: bool,
    /// The GeoJSON types of its shapes and points.
    pub geometry_types: &'static [&'static str],
    extent: OnceLock<Option<[f64; 4]>>,
}

pub const LICENCE: &str = "Modellicentie Gratis Hergebruik (Vlaanderen) v1.0";

impl Dataset {
    /// A dataset of as many rows as said, made one by one.
    pub fn new(
        id: &str,
        title: &str,
        count: usize,
        rows: impl Fn(usize, &Moment) -> Row + Send + Sync + 'static,
    ) -> Dataset {
        Dataset {
            id: id.to_owned(),
            title: title.to_owned(),
            title_en: None,
            description: Some(format!("<p>{title}.</p>")),
            theme: Json::Null,
            keywords: Vec::new(),
            publisher: Some("Stad Gent"),
            licence: Some(LICENCE),
            attributions: Some(vec!["Stad Gent"]),
            update_frequency: None,
            modified: Some(at("2026-03-02T09:30:00Z")),
            processed: at("2026-03-02T09:31:12Z"),
            fields: Vec::new(),
            count: Box::new(move |_| count),
            rows: Box::new(rows),
            live: false,
            gone: false,
            geometry_types: &[],
            extent: OnceLock::new(),
        }
    }

    /// Its fields as "name kind" pairs; a `*` before the name makes it a facet, a `+` one of
    /// several values, and what follows a `|` is its label.
    pub fn fields(mut self, fields: &[(&str, Kind)]) -> Dataset {
        self.fields = fields.iter().map(|(name, kind)| field(name, *kind)).collect();
        self
    }

    pub fn geometry(mut self, types: &'static [&'static str]) -> Dataset {
        self.geometry_types = types;
        self
    }

    pub fn theme(mut self, theme: Json) -> Dataset {
        self.theme = theme;
        self
    }

    pub fn keywords(mut self, keywords: &[&'static str]) -> Dataset {
        self.keywords = keywords.to_vec();
        self
    }

    pub fn describe(mut self, html: &str) -> Dataset {
        self.description = Some(html.to_owned());
        self
    }

    pub fn english(mut self, title: &str) -> Dataset {
        self.title_en = Some(title.to_owned());
        self
    }

    pub fn publisher(mut self, publisher: &'static str) -> Dataset {
        self.publisher = Some(publisher);
        self.attributions = Some(vec![publisher]);
        self
    }

    pub fn every(mut self, update_frequency: &'static str) -> Dataset {
        self.update_frequency = Some(update_frequency);
        self
    }

    pub fn modified(mut self, time: &str) -> Dataset {
        self.modified = Some(at(time));
        self.processed = at(time);
        self
    }

    /// Its values move with the clock.
    pub fn live(mut self) -> Dataset {
        self.live = true;
        self
    }

    pub fn gone(mut self) -> Dataset {
        self.gone = true;
        self
    }

    /// As many rows as the moment says.
    pub fn counted(mut self, count: impl Fn(&Moment) -> usize + Send + Sync + 'static) -> Dataset {
        self.count = Box::new(count);
        self
    }

    /// Nobody filled in what the catalogue could say.
    pub fn bare(mut self) -> Dataset {
        self.description = None;
        self.publisher = None;
        self.licence = None;
        self.attributions = None;
        self.modified = None;
        self
    }
}

/// Of at most how many rows the box is made; a larger dataset is measured by its first ones.
const MEASURED: usize = 2000;

impl Dataset {
    /// West, south, east and north of its places, corrupt ones included; none without a place.
    pub fn extent(&self, moment: &Moment) -> Option<[f64; 4]> {
        *self.extent.get_or_init(|| {
            if !self.fields.iter().any(|field| field.kind.is_place()) {
                return None;
            }
            let mut extent: Option<[f64; 4]> = None;
            for row in 0..(self.count)(moment).min(MEASURED) {
                for cell in (self.rows)(row, moment) {
                    for [lon, lat] in corners(&cell) {
                        let [west, south, east, north] = extent.unwrap_or([lon, lat, lon, lat]);
                        extent =
                            Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
                    }
                }
            }
            extent
        })
    }
}

fn corners(cell: &Value) -> Vec<[f64; 2]> {
    use geo::CoordsIter as _;
    match cell {
        Value::Point { lon, lat } => vec![[*lon, *lat]],
        Value::Shape(shape) => shape.to_geo().coords_iter().map(|at| [at.x, at.y]).collect(),
        _ => Vec::new(),
    }
}

fn field(name: &str, kind: Kind) -> Field {
    let (name, label) = name.split_once('|').unwrap_or((name, name));
    let facet = name.starts_with('*');
    let several = name.trim_start_matches('*').starts_with('+');
    Field {
        name: name.trim_start_matches(['*', '+']).to_owned(),
        label: label.trim_start_matches(['*', '+']).to_owned(),
        kind,
        facet,
        several,
    }
}
