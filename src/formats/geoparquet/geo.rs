//! What the metadata `geo` of a GeoParquet file says (<https://geoparquet.org/releases/v1.1.0/>),
//! and what other files say in place of it.

use std::collections::BTreeSet;

use arrow_schema::Field;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::basic::LogicalType;
use serde_json::{Map, Value};

/// How the places of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Well-known binary.
    Wkb,
    /// Numbers in lists, as GeoArrow has them: how many lists lie around the positions of a row,
    /// and whether the row has parts of its own kind.
    Native(Native),
}

/// The types of GeoArrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Native {
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
}

impl Native {
    fn named(name: &str) -> Option<Native> {
        Some(match name {
            "point" => Native::Point,
            "linestring" => Native::LineString,
            "polygon" => Native::Polygon,
            "multipoint" => Native::MultiPoint,
            "multilinestring" => Native::MultiLineString,
            "multipolygon" => Native::MultiPolygon,
            _ => return None,
        })
    }
}

impl Encoding {
    fn named(name: &str) -> Option<Encoding> {
        let lower = name.to_ascii_lowercase();
        let plain = lower.strip_prefix("geoarrow.").unwrap_or(&lower);
        if matches!(plain, "wkb" | "ogc.wkb") {
            return Some(Encoding::Wkb);
        }
        Native::named(plain).map(Encoding::Native)
    }
}

/// What a file says about the CRS of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SaidCrs {
    /// Nothing, which means longitude and latitude in WGS 84.
    Default,
    /// That it is not known.
    Unknown,
    /// PROJJSON, or WKT of the first drafts of the format, or a code.
    Text(String),
}

/// A column of places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GeometryColumn {
    /// The number of the top-level column.
    pub column: usize,
    pub encoding: Encoding,
    pub crs: SaidCrs,
    /// Edges are the shortest ways on a sphere and no straight lines.
    pub spherical: bool,
    /// The moment for which the positions hold, in years.
    pub epoch: Option<f64>,
    /// The leaves with the boxes of the places: west, south, east, north.
    pub covering: Option<[Vec<String>; 4]>,
}

impl GeometryColumn {
    fn plain(column: usize, encoding: Encoding, crs: SaidCrs) -> GeometryColumn {
        let (spherical, epoch, covering) = (false, None, None);
        GeometryColumn { column, encoding, crs, spherical, epoch, covering }
    }
}

/// What a file says about its places.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Geo {
    /// The main one first.
    pub columns: Vec<GeometryColumn>,
    /// Names of columns that the metadata list and cannot be read, or are not there.
    pub not_understood: BTreeSet<String>,
    /// Whether there are metadata that are none.
    pub broken: bool,
}

impl Geo {
    /// Looks at the metadata `geo`, or else at what the columns say of themselves.
    pub(super) fn of(metadata: &ArrowReaderMetadata) -> Geo {
        let file = metadata.metadata().file_metadata();
        let pairs = file.key_value_metadata().map(Vec::as_slice).unwrap_or_default();
        let text = pairs.iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_ref());
        let mut geo = match text.map(|text| serde_json::from_str(text)) {
            Some(Ok(Value::Object(said))) => Geo::said(&said, metadata),
            Some(_) => Geo { broken: true, ..Geo::default() },
            None => Geo::default(),
        };
        if geo.columns.is_empty() {
            geo.columns = by_themselves(metadata);
        }
        geo
    }

    fn said(said: &Map<String, Value>, metadata: &ArrowReaderMetadata) -> Geo {
        let mut geo = Geo::default();
        let primary = said.get("primary_column").and_then(Value::as_str);
        let none = Map::new();
        for (name, said) in said.get("columns").and_then(Value::as_object).unwrap_or(&none) {
            let column = metadata.schema().fields().iter().position(|field| field.name() == name);
            let encoding = match said.get("encoding") {
                Some(Value::String(name)) => Encoding::named(name),
                Some(_) => None,
                None => Some(Encoding::Wkb),
            };
            let (Some(column), Some(encoding)) = (column, encoding) else {
                geo.not_understood.insert(name.clone());
                continue;
            };
            let crs = match said.get("crs") {
                None => SaidCrs::Default,
                Some(Value::Null) => SaidCrs::Unknown,
                Some(Value::String(text)) => SaidCrs::Text(text.clone()),
                Some(json) => SaidCrs::Text(json.to_string()),
            };
            let found = GeometryColumn {
                column,
                encoding,
                crs,
                spherical: said.get("edges").and_then(Value::as_str) == Some("spherical"),
                epoch: said.get("epoch").and_then(Value::as_f64),
                covering: covering(said),
            };
            if Some(name.as_str()) == primary {
                geo.columns.insert(0, found);
            } else {
                geo.columns.push(found);
            }
        }
        geo
    }
}

/// The paths of the four numbers of a box.
fn covering(said: &Value) -> Option<[Vec<String>; 4]> {
    let bbox = said.get("covering")?.get("bbox")?;
    let path = |name: &str| {
        let path = bbox.get(name)?.as_array()?.iter();
        path.map(|part| part.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>()
    };
    Some([path("xmin")?, path("ymin")?, path("xmax")?, path("ymax")?])
}

/// Columns that say themselves what they are: by Parquet's own type, or by GeoArrow's name.
fn by_themselves(metadata: &ArrowReaderMetadata) -> Vec<GeometryColumn> {
    let roots = metadata.parquet_schema().root_schema().get_fields();
    let of_parquet = |at: usize| {
        let root = roots.get(at)?.get_basic_info();
        let (crs, spherical) = match root.logical_type_ref()? {
            LogicalType::Geometry(said) => (said.crs.clone(), false),
            LogicalType::Geography(said) => (said.crs.clone(), true),
            _ => return None,
        };
        let crs = crs.map_or(SaidCrs::Default, |text| of_text(&text, metadata));
        Some(GeometryColumn { spherical, ..GeometryColumn::plain(at, Encoding::Wkb, crs) })
    };
    let of_arrow = |at: usize, field: &Field| {
        let encoding = Encoding::named(field.metadata().get("ARROW:extension:name")?)?;
        let said = field.metadata().get("ARROW:extension:metadata");
        let said = said.and_then(|text| serde_json::from_str::<Value>(text).ok());
        // GeoArrow knows no default: where nothing is said, nothing is known.
        let crs = match said.as_ref().and_then(|said| said.get("crs")) {
            None | Some(Value::Null) => SaidCrs::Unknown,
            Some(Value::String(text)) => of_text(text, metadata),
            Some(json) => SaidCrs::Text(json.to_string()),
        };
        Some(GeometryColumn::plain(at, encoding, crs))
    };
    let fields = metadata.schema().fields().iter().enumerate();
    fields.filter_map(|(at, field)| of_parquet(at).or_else(|| of_arrow(at, field))).collect()
}

/// A CRS in Parquet's own words: `srid:31370`, `projjson:KEY` for metadata of the file, or itself.
fn of_text(text: &str, metadata: &ArrowReaderMetadata) -> SaidCrs {
    let text = text.trim();
    if text.is_empty() {
        return SaidCrs::Unknown;
    }
    if let Some(code) = text.strip_prefix("srid:") {
        return SaidCrs::Text(code.to_owned());
    }
    if let Some(key) = text.strip_prefix("projjson:") {
        let pairs = metadata.metadata().file_metadata().key_value_metadata();
        let found = pairs.into_iter().flatten().find(|pair| pair.key == key);
        if let Some(json) = found.and_then(|pair| pair.value.clone()) {
            return SaidCrs::Text(json);
        }
    }
    SaidCrs::Text(text.to_owned())
}
