//! What a cell of a dataset holds, and how it is written in JSON, in CSV and in a facet.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::zone::Zone;

/// A cell. Positions are WGS 84 degrees.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Double(f64),
    Text(Cow<'static, str>),
    Flag(bool),
    Time(DateTime<Utc>),
    Day(NaiveDate),
    Point {
        lon: f64,
        lat: f64,
    },
    Shape(Shape),
    List(Vec<Value>),
    /// An object as it is: a file, or what a field of JSON holds.
    Json(serde_json::Value),
}

pub type Row = Vec<Value>;

/// A geometry as `[lon, lat]` pairs; rings are closed.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Line(Vec<[f64; 2]>),
    Lines(Vec<Vec<[f64; 2]>>),
    Polygon(Vec<Vec<[f64; 2]>>),
    Polygons(Vec<Vec<Vec<[f64; 2]>>>),
}

impl Shape {
    pub fn type_name(&self) -> &'static str {
        match self {
            Shape::Line(_) => "LineString",
            Shape::Lines(_) => "MultiLineString",
            Shape::Polygon(_) => "Polygon",
            Shape::Polygons(_) => "MultiPolygon",
        }
    }

    /// The geometry object of RFC 7946.
    pub fn write_geojson(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"type\":\"{}\",\"coordinates\":", self.type_name())?;
        match self {
            Shape::Line(line) => serde_json::to_writer(&mut *out, line)?,
            Shape::Lines(lines) | Shape::Polygon(lines) => {
                serde_json::to_writer(&mut *out, lines)?;
            }
            Shape::Polygons(polygons) => serde_json::to_writer(&mut *out, polygons)?,
        }
        write!(out, "}}")
    }

    /// The same for geometric questions.
    pub fn to_geo(&self) -> geo::Geometry<f64> {
        let line = |line: &Vec<[f64; 2]>| {
            line.iter().map(|at| (at[0], at[1])).collect::<geo::LineString<f64>>()
        };
        let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
            let mut rings = rings.iter().map(line);
            let outer = rings.next().unwrap_or_else(|| geo::LineString::new(Vec::new()));
            geo::Polygon::new(outer, rings.collect())
        };
        match self {
            Shape::Line(one) => line(one).into(),
            Shape::Lines(lines) => {
                geo::MultiLineString::new(lines.iter().map(line).collect()).into()
            }
            Shape::Polygon(rings) => polygon(rings).into(),
            Shape::Polygons(polygons) => {
                geo::MultiPolygon::new(polygons.iter().map(polygon).collect()).into()
            }
        }
    }
}

impl Value {
    pub fn is_null(&self) -> bool {
        *self == Value::Null
    }

    /// As in `/records` and in the JSON exports.
    pub fn write_json(&self, zone: Zone, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Value::Null => write!(out, "null"),
            Value::Int(number) => write!(out, "{number}"),
            Value::Double(number) => Ok(serde_json::to_writer(out, number)?),
            Value::Text(text) => Ok(serde_json::to_writer(out, text.as_ref())?),
            Value::Flag(flag) => write!(out, "{flag}"),
            Value::Time(time) => write!(out, "\"{}\"", zone.write(*time)),
            Value::Day(day) => write!(out, "\"{day}\""),
            Value::Point { lon, lat } => {
                write!(out, "{{\"lon\":")?;
                serde_json::to_writer(&mut *out, lon)?;
                write!(out, ",\"lat\":")?;
                serde_json::to_writer(&mut *out, lat)?;
                write!(out, "}}")
            }
            Value::Shape(shape) => {
                write!(out, "{{\"type\":\"Feature\",\"geometry\":")?;
                shape.write_geojson(out)?;
                write!(out, ",\"properties\":{{}}}}")
            }
            Value::Json(json) => Ok(serde_json::to_writer(out, json)?),
            Value::List(values) => {
                write!(out, "[")?;
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        write!(out, ",")?;
                    }
                    value.write_json(zone, out)?;
                }
                write!(out, "]")
            }
        }
    }

    /// As in the CSV export, without quotes: a point is "lat, lon", a shape its GeoJSON geometry.
    pub fn csv(&self, zone: Zone) -> String {
        match self {
            Value::Null => String::new(),
            Value::Int(number) => number.to_string(),
            Value::Double(number) => serde_json::json!(number).to_string(),
            Value::Text(text) => text.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Time(time) => zone.write(*time),
            Value::Day(day) => day.to_string(),
            Value::Point { lon, lat } => {
                format!("{}, {}", serde_json::json!(lat), serde_json::json!(lon))
            }
            Value::Shape(shape) => {
                let mut text = Vec::new();
                shape.write_geojson(&mut text).expect("memory takes all");
                String::from_utf8(text).expect("JSON is UTF-8")
            }
            Value::Json(json) => json.to_string(),
            Value::List(values) => {
                values.iter().map(|value| value.csv(zone)).collect::<Vec<_>>().join(",")
            }
        }
    }

    /// The values a facet counts: times go by their year, lists by each of their members.
    pub fn facets(&self) -> Vec<String> {
        match self {
            Value::Null | Value::Point { .. } | Value::Shape(_) | Value::Json(_) => Vec::new(),
            Value::Time(time) => vec![time.year().to_string()],
            Value::Day(day) => vec![day.year().to_string()],
            Value::List(values) => values.iter().flat_map(Value::facets).collect(),
            Value::Text(text) if text.is_empty() => Vec::new(),
            other => vec![other.csv(Zone::Utc)],
        }
    }

    /// Whether `refine=field:wanted` keeps it; a time is refined by "2026", "2026/11" or "2026/11/23".
    pub fn refined_by(&self, wanted: &str) -> bool {
        let within = |date: NaiveDate| {
            let whole = date.format("%Y/%m/%d").to_string();
            whole == wanted || whole.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
        };
        match self {
            Value::Time(time) => within(time.date_naive()),
            Value::Day(day) => within(*day),
            other => other.facets().iter().any(|facet| facet == wanted),
        }
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Value {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(Cow::Owned(text))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Value {
        Value::Json(json)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Double(number)
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(time: DateTime<Utc>) -> Value {
        Value::Time(time)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Value {
        Value::Day(day)
    }
}

impl From<Shape> for Value {
    fn from(shape: Shape) -> Value {
        Value::Shape(shape)
    }
}

/// A point from `[lon, lat]`.
impl From<[f64; 2]> for Value {
    fn from([lon, lat]: [f64; 2]) -> Value {
        Value::Point { lon, lat }
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Value {
        Value::List(values.into_iter().map(Into::into).collect())
    }
}
