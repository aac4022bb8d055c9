//! The columns of a table: what they are called, what they hold, and what each becomes.

use rusqlite::types::{Value, ValueRef};

use super::catalogue::LayerEntry;
use super::database::Database;
use super::listing::{self, is_same, number, text};
use crate::problem::FileError;

/// Names that programs give the column with the number of a row, when it is nothing else.
pub(super) const KEY_NAMES: &[&str] = &["fid", "ogc_fid", "objectid"];

/// The geometry types as columns are declared with them.
const GEOMETRY_TYPES: &[&str] = &[
    "GEOMETRY",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "GEOMCOLLECTION",
    "CIRCULARSTRING",
    "COMPOUNDCURVE",
    "CURVEPOLYGON",
    "MULTICURVE",
    "MULTISURFACE",
    "CURVE",
    "SURFACE",
    "POLYHEDRALSURFACE",
    "TIN",
    "TRIANGLE",
];

/// What a column is declared to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Boolean,
    Integer,
    Number,
    Text,
    Json,
    Date,
    Moment,
    Blob,
    /// Something SQLite has no rule for: its values tell.
    Open,
}

impl Told {
    /// By the type of GeoPackage (requirement 5), or else as SQLite itself reads the words of a
    /// declared type (sqlite.org/datatype3, section 3.1).
    fn of(declared: &str) -> Told {
        let words = declared.to_ascii_uppercase();
        let name = words.split('(').next().unwrap_or_default().trim();
        let has = |part: &str| name.contains(part);
        match name {
            "BOOLEAN" | "BOOL" => Told::Boolean,
            "DATE" => Told::Date,
            "DATETIME" | "TIMESTAMP" => Told::Moment,
            "JSON" => Told::Json,
            "" => Told::Open,
            _ if has("INT") => Told::Integer,
            _ if has("CHAR") || has("CLOB") || has("TEXT") => Told::Text,
            _ if has("BLOB") => Told::Blob,
            _ if has("REAL") || has("FLOA") || has("DOUB") => Told::Number,
            _ => Told::Open,
        }
    }
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribute {
    pub name: String,
    pub declared: String,
    pub told: Told,
    pub label: Option<String>,
    pub description: Option<String>,
}

/// What the values of a column of the table become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The number of the row; an attribute too, if its name says something.
    Key(Option<usize>),
    Geometry,
    /// By its place among the attributes.
    Attribute(usize),
}

/// What the rows of a table are made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    /// One for each column of the table, in its order.
    pub columns: Vec<(String, Role)>,
    pub attributes: Vec<Attribute>,
    /// Whether rows lie in the pages just as the columns are.
    pub is_plain: bool,
    /// Whether a row that ends early, made before a column was added, has something there.
    pub has_defaults: bool,
    /// Whether the geometry column is one of the table's.
    pub has_geometry: bool,
}

impl Fields {
    /// The columns of a layer's table.
    ///
    /// # Errors
    /// When SQLite cannot tell them.
    pub(super) fn of(database: &Database, layer: &LayerEntry) -> Result<Fields, FileError> {
        Fields::look(database, layer).map_err(|error| database.error(&error))
    }

    fn look(database: &Database, layer: &LayerEntry) -> Result<Fields, rusqlite::Error> {
        let connection = &database.connection;
        let columns = columns_of(database, &layer.table)?;
        let wanted = ["table_name", "column_name", "name", "title", "description", "mime_type"];
        let described = listing::rows(connection, "gpkg_data_columns", wanted)?;
        let keys = columns.iter().filter(|column| column.key > 0).count();
        let geometry = layer.geometry.as_ref().and_then(|(announced, _)| {
            let announced = columns.iter().position(|column| is_same(&column.name, announced));
            announced.or_else(|| columns.iter().position(Column::is_geometry))
        });
        let mut fields = Fields { is_plain: true, ..Fields::default() };
        fields.has_geometry = geometry.is_some();
        for (at, column) in columns.into_iter().enumerate() {
            fields.is_plain &= column.hidden == 0;
            fields.has_defaults |= column.has_default;
            // In SQLite such a column is the number of the row itself.
            let is_key = keys == 1 && column.key == 1 && is_same(&column.declared, "INTEGER");
            let next = fields.attributes.len();
            let role = if geometry == Some(at) {
                Role::Geometry
            } else if is_key {
                let is_named = !KEY_NAMES.iter().any(|name| is_same(name, &column.name));
                Role::Key(is_named.then_some(next))
            } else {
                Role::Attribute(next)
            };
            if matches!(role, Role::Attribute(_) | Role::Key(Some(_))) {
                let of_column = |row: &&[Value; 6]| {
                    let is = |value, name: &str| text(value).is_some_and(|v| is_same(v, name));
                    is(&row[0], &layer.table) && is(&row[1], &column.name)
                };
                let described = described.iter().find(of_column);
                fields.attributes.push(column.attribute(described));
            }
            fields.columns.push((column.name, role));
        }
        Ok(fields)
    }

    /// Whether rows have a number of their own.
    pub(super) fn has_key(&self) -> bool {
        self.columns.iter().any(|(_, role)| matches!(role, Role::Key(_)))
    }
}

/// A column as SQLite knows it.
struct Column {
    name: String,
    declared: String,
    has_default: bool,
    /// Its place in the primary key, from 1.
    key: i64,
    /// Not 0: computed from others.
    hidden: i64,
}

impl Column {
    fn is_geometry(&self) -> bool {
        GEOMETRY_TYPES.iter().any(|known| is_same(known, self.declared.trim()))
    }

    fn attribute(&self, described: Option<&[Value; 6]>) -> Attribute {
        let mut told = Told::of(&self.declared);
        let mut label = None;
        let mut description = None;
        if let Some([_, _, name, title, words, mime]) = described {
            let says = |value| text(value).filter(|text| *text != self.name).map(str::to_owned);
            label = says(title).or_else(|| says(name));
            description = text(words).map(str::to_owned);
            if told == Told::Text && text(mime) == Some("application/json") {
                told = Told::Json;
            }
        }
        Attribute {
            name: self.name.clone(),
            declared: self.declared.clone(),
            told,
            label,
            description,
        }
    }
}

fn columns_of(database: &Database, table: &str) -> Result<Vec<Column>, rusqlite::Error> {
    let sql = format!("PRAGMA table_xinfo({})", listing::quoted(table));
    let mut query = database.connection.prepare(&sql)?;
    let mut rows = query.query([])?;
    let mut columns = Vec::new();
    while let Some(row) = rows.next()? {
        let text_at = |at: usize| {
            let value = row.get_ref(at).map(|value| value.as_bytes().unwrap_or_default());
            value.map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        };
        let number_at = |at: usize| row.get(at).map(|value: Value| number(&value).unwrap_or(0));
        // A column that belongs to the workings of a virtual table.
        if number_at(6)? == 1 {
            continue;
        }
        columns.push(Column {
            name: text_at(1)?,
            declared: text_at(2)?,
            // An expression; that there is none is null.
            has_default: !matches!(row.get_ref(4)?, ValueRef::Null),
            key: number_at(5)?,
            hidden: number_at(6)?,
        });
    }
    Ok(columns)
}
