//! File formats: one file per format, reader and writer side by side, and one list of them all.
//!
//! A reader turns a file into [`Table`]s with the coordinates exactly as written, reports what it
//! dropped or changed in `table.origin.problems`, and fails only when nothing useful can be read.
//! A writer turns a table into files, atomically, and can say beforehand what the format will
//! change ([`Format::changes`]).

mod archive;
mod charset;
pub mod csv;
mod digits;
mod encoding;
mod export;
pub(crate) mod faults;
mod field_names;
mod flatgeobuf;
pub mod geojson;
pub mod geopackage;
mod geoparquet;
pub mod gml;
pub mod gpx;
mod guessed_crs;
mod json;
pub mod kml;
mod lines;
mod open;
mod packed;
mod pasted;
mod pieces;
mod place;
mod remote;
pub mod shapefile;
mod source;
pub mod spreadsheet;
mod tally;
pub mod topojson;
mod typed;
mod whole;
mod within;
mod wkb;
pub mod wkt;
mod write_atomic;
pub(crate) mod xml;

pub use charset::{encoding_name, encoding_words, offered_encodings, read_in_encoding};
pub use encoding::{Decoded, decode};
pub use export::{Export, ExportReport, better_formats, export, export_changes, export_several};
pub use open::{IMAGE_EXTENSIONS, format_of, layers_in, open, settle_fields};
pub use pasted::{Pasted, pasted};
pub use remote::{divisible_at, is_address, open_address};
pub use within::Within;
pub(crate) use write_atomic::sweep_unfinished;
pub use write_atomic::{AtomicFile, FinishedFile};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::crs::{Crs, LayerCrs};
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{FieldKind, Look, ReadAs, Table};

/// What a web service says of why it gives no data, where a text is a report of that.
pub fn service_exception(text: &str) -> Option<String> {
    xml::exception(text)
}

/// What Belfort knows about a file format: one definition from which open dialog, help, `info`,
/// `convert` and the export dialog are made.
#[derive(Debug)]
pub struct Format {
    /// The stable name: `geojson`, `shapefile`, `csv`.
    pub id: &'static str,
    /// The name people use.
    pub name: &'static str,
    /// File name extensions in lower case, the first one used when writing.
    pub extensions: &'static [&'static str],
    /// How sure the format is that it can read a file, from its path and first bytes (up to 4 KiB).
    pub recognise: fn(&Path, &[u8]) -> Confidence,
    /// Reads all layers of a file.
    pub read: fn(&Path, &ReadOptions, &Watch) -> Result<Vec<Table>, FileError>,
    /// Writes a table; returns the files made, the one to open first. The table has its final
    /// rows, columns and CRS.
    pub write: Option<fn(&Table, &Path, &WriteOptions, &Watch) -> Result<Vec<PathBuf>, FileError>>,
    /// Writes several tables as the layers of one file, by their names; none where a file holds one.
    pub write_several: Option<WriteSeveral>,
    /// The CRS that its files are always in; none where it can be any. A table in another CRS is
    /// transformed when it is exported, and that is told.
    pub only_in: Option<fn() -> Crs>,
    /// What writing this table would drop or change.
    pub changes: fn(&Table, &WriteOptions) -> Problems,
    /// Which layers a file holds, found without reading them; none where that is not known sooner
    /// than by reading.
    pub list: Option<fn(&Path, &Watch) -> Result<Vec<ListedLayer>, FileError>>,
}

impl Format {
    /// The CRS that its files are in unless the person chooses another: what readers take them to be
    /// in, because they cannot say; none where files say it.
    pub fn usual_crs(&self) -> Option<Crs> {
        (self.id == geojson::LINES.id).then(Crs::wgs84)
    }

    /// Whether it says where rows are in columns, as [`WriteOptions::place`] wants it.
    pub fn has_place_in_columns(&self) -> bool {
        [csv::FORMAT.id, spreadsheet::XLSX.id].contains(&self.id)
    }
}

/// Writes several tables into one file; returns the files made, the one to open first.
pub type WriteSeveral =
    fn(&[&Table], &Path, &WriteOptions, &Watch) -> Result<Vec<PathBuf>, FileError>;

/// A layer of a file, as far as is known without reading it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListedLayer {
    /// What it is asked for by: [`ReadOptions::layer`].
    pub name: String,
    /// What people call it, where the file says so.
    pub title: Option<String>,
    /// How many rows it has, where the file says so.
    pub rows: Option<u64>,
    /// Whether its rows have a place, where that is known without reading them.
    pub has_place: Option<bool>,
    /// Whether what lies in a rectangle ([`ReadOptions::extent`]) is found without reading the
    /// rest.
    pub has_index: bool,
}

/// How sure a format is about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Not this format.
    No,
    /// Only the extension speaks for it, or only the content loosely does.
    Maybe,
    /// The content is of this format.
    Sure,
}

/// All formats, in the order they are offered.
pub static FORMATS: &[&Format] = &[
    &geojson::FORMAT,
    &shapefile::FORMAT,
    &geopackage::FORMAT,
    &csv::FORMAT,
    &spreadsheet::XLSX,
    &spreadsheet::XLSM,
    &spreadsheet::XLSB,
    &spreadsheet::XLS,
    &spreadsheet::ODS,
    &flatgeobuf::FORMAT,
    &geoparquet::FORMAT,
    &geojson::LINES,
    &geojson::RECORDS,
    &kml::FORMAT,
    &gpx::FORMAT,
    &topojson::FORMAT,
    &gml::FORMAT,
];

/// A format by its stable name.
pub fn format_by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}

/// A format by the extension of a path, for writing.
pub fn format_by_extension(path: &Path) -> Option<&'static Format> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    FORMATS.iter().copied().find(|format| format.extensions.contains(&extension.as_str()))
}

/// What the person decided about reading a file; everything else is found by looking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// Only this layer of a file that holds several.
    pub layer: Option<String>,
    /// The text encoding, by its WHATWG label, instead of the one found.
    pub encoding: Option<String>,
    /// The CRS instead of the one found.
    pub crs: Option<LayerCrs>,
    /// Only the rows whose box meets a rectangle, which formats with an index find without reading
    /// the rest.
    pub extent: Option<Within>,
    /// What fields are by name, where somebody knows: for formats that do not say (GeoJSON, JSON).
    pub kinds: BTreeMap<String, FieldKind>,
    /// What fields are by name, because the person says so, whatever the format or anybody else
    /// says. Formats of text leave such fields as they are written; they are made what they are
    /// when the file is read ([`crate::table::read_fields`]).
    pub fields: BTreeMap<String, ReadAs>,
}

impl ReadOptions {
    /// What a field is because somebody knows, for formats that do not say: text where the person
    /// says what it is made of afterwards.
    fn told(&self, field: &str) -> Option<FieldKind> {
        let is_chosen = self.fields.contains_key(field);
        let known = || self.kinds.get(field).copied();
        if is_chosen { Some(FieldKind::Text) } else { known() }
    }
}

/// How a table is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteOptions {
    /// How the place of rows is written by formats that have nothing but columns.
    pub place: PlaceAs,
    /// How CSV files are written.
    pub csv: CsvOptions,
    /// A line about the data (licence, "sample data, not official") kept in the file where the
    /// format has a place for it.
    pub note: Option<String>,
    /// How the tables look, in their order; where it is not said, as their sources say. For formats
    /// that have a place for it.
    pub looks: Vec<Look>,
    /// The same as styles of QGIS, for formats that keep those.
    pub styles: Vec<Option<QgisStyle>>,
}

/// How a layer looks, in the form of QGIS.
#[derive(Clone, Debug, PartialEq)]
pub struct QgisStyle {
    /// The text of a `.qml` file.
    pub text: Arc<str>,
    /// What of the layer's looks it does not say.
    pub problems: Problems,
}

impl WriteOptions {
    /// The style that is kept with a table, by its number among those that are written.
    pub fn style_of(&self, number: usize, table: &Table) -> Option<QgisStyle> {
        let own = || {
            let text = table.origin.style.clone()?;
            Some(QgisStyle { text, problems: Problems::new() })
        };
        self.styles.get(number).cloned().unwrap_or_else(own)
    }

    /// How a table looks, by its number among those that are written.
    pub fn look_of(&self, number: usize, table: &Table) -> Option<Look> {
        let look = self.looks.get(number).copied().or(table.origin.look);
        look.filter(|look| *look != Look::default())
    }
}

impl Format {
    /// Whether its files keep styles of QGIS.
    pub fn keeps_styles(&self) -> bool {
        self.id == geopackage::FORMAT.id
    }
}

/// How CSV files are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// For Excel in a language: `;` and decimal comma in Dutch, `,` and point in English, with a
    /// byte order mark. None: comma, point, no mark.
    pub excel: Option<Language>,
}

/// How columns say where a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceAs {
    /// A column `WKT`.
    #[default]
    Wkt,
    /// Two columns, `lon` and `lat` or `x` and `y`; only points keep their place.
    Columns,
    /// Not at all.
    None,
}
