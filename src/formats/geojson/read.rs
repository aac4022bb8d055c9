//! Reading GeoJSON: from the text straight into columns.

use std::collections::HashMap;
use std::path::Path;

use super::crs_member::{self, Said};
use super::geometry::{self, Oddities, Outcome, kind_of};
use crate::formats::ReadOptions;
use crate::formats::encoding::decode_owned;
use crate::formats::json::{JsonError, JsonNumber, Scalar, Scanner, compact, line_of};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{ColumnBuilder, Field, GeometryBuilder, Origin, Table, TooMuchText};

/// The most attributes a layer may have; a file that uses changing data as names would fill the
/// memory with empty columns.
const FIELDS: usize = 4096;

/// Reads a GeoJSON file: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let bytes = std::fs::read(path).map_err(|error| FileError::io(path, &error))?;
    watch.set_total(count(bytes.len()));
    let decoded = decode_owned(bytes, options.encoding.as_deref());
    let mut reader = Reader::new(&decoded.text, watch);
    reader.root().map_err(|fail| match fail {
        Fail::Cancelled => FileError::cancelled(path),
        Fail::File(what, remedy) => FileError::new(path, what).remedy(remedy),
        Fail::Json(error) => bad_json(path, &decoded.text, error),
    })?;
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    reader.problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    let mut table = reader.finish(path, options)?;
    table.origin.path = path.to_owned();
    table.origin.encoding = Some(decoded.encoding.to_owned());
    Ok(vec![table])
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// Text that is not JSON at all is told apart from JSON with a fault in it.
fn bad_json(path: &Path, text: &str, error: JsonError) -> FileError {
    let start = text.trim_start();
    if start.is_empty() {
        return FileError::new(path, Message::new("error-file-empty"))
            .remedy(Message::new("remedy-get-again"));
    }
    if start.starts_with('<') {
        return FileError::new(path, Message::new("error-web-page"))
            .remedy(Message::new("remedy-get-again"));
    }
    let script = start.find(['{', '[']).and_then(|at| start.get(..at)).map(str::trim);
    if let Some(name) = script.and_then(|before| before.strip_suffix('=')) {
        let what = Message::new("error-javascript").text("start", format!("{}=", name.trim()));
        return FileError::new(path, what)
            .at(line_of(text, text.len() - start.len()))
            .remedy(Message::new("remedy-javascript"));
    }
    let ends = error.at >= text.len();
    let what = Message::new("error-bad-json").message("what", error.what);
    let remedy = if ends { "remedy-get-again" } else { "remedy-mend-json" };
    FileError::new(path, what).at(line_of(text, error.at)).remedy(Message::new(remedy))
}

enum Fail {
    Json(JsonError),
    Cancelled,
    File(Message, Message),
}

impl From<JsonError> for Fail {
    fn from(error: JsonError) -> Fail {
        Fail::Json(error)
    }
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    watch: &'a Watch,
    geometry: GeometryBuilder,
    oddities: Oddities,
    with_geometry: bool,
    columns: Vec<(String, ColumnBuilder)>,
    by_name: HashMap<String, usize>,
    ids: ColumnBuilder,
    rows: usize,
    name: Option<String>,
    note: Option<String>,
    crs: Said,
    problems: Problems,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, watch: &'a Watch) -> Reader<'a> {
        Reader {
            scanner: Scanner::new(text),
            watch,
            geometry: GeometryBuilder::new(),
            oddities: Oddities::default(),
            with_geometry: false,
            columns: Vec::new(),
            by_name: HashMap::new(),
            ids: ColumnBuilder::new(),
            rows: 0,
            name: None,
            note: None,
            crs: Said::Nothing,
            problems: Problems::new(),
        }
    }

    fn root(&mut self) -> Result<(), Fail> {
        match self.scanner.peek()? {
            b'[' => self.features()?,
            b'{' => self.root_object()?,
            _ => {
                self.scanner.skip()?;
                self.scanner.end()?;
                return Err(not_geojson());
            }
        }
        Ok(self.scanner.end()?)
    }

    /// A collection's members come in any order, so features are read where they stand; whether
    /// the object is itself a feature or a geometry is known at its end.
    fn root_object(&mut self) -> Result<(), Fail> {
        let start = self.scanner.at();
        self.scanner.takes(b'{')?;
        let mut first = true;
        let mut kind = None;
        let (mut collection, mut foreign) = (false, None);
        let mut seen: Vec<String> = Vec::new();
        while let Some(key) = self.scanner.next_key(&mut first)? {
            if seen.iter().any(|known| *known == key) {
                self.problems.at("problem-duplicate-key", Place::Field(key.to_string()));
            }
            match &*key {
                "features" if self.scanner.peek()? == b'[' => {
                    collection = true;
                    self.features()?;
                }
                "type" | "name" | "note" if self.scanner.peek()? == b'"' => {
                    let text = Some(self.scanner.string()?.into_owned());
                    match &*key {
                        "type" => kind = text,
                        "name" => self.name = text,
                        _ => self.note = text,
                    }
                }
                "crs" => self.crs = crs_member::parse(self.scanner.skip()?),
                "geometryType" | "spatialReference" => {
                    foreign = Some("Esri JSON");
                    self.scanner.skip()?;
                }
                _ => {
                    self.scanner.skip()?;
                }
            }
            if seen.len() < 64 {
                seen.push(key.into_owned());
            }
        }
        if kind.as_deref() == Some("Topology") {
            foreign = Some("TopoJSON");
        }
        if let Some(name) = foreign {
            let what = Message::new("error-other-json").text("format", name);
            return Err(Fail::File(what, Message::new("remedy-convert-to-geojson")));
        }
        let end = self.scanner.at();
        match kind.as_deref() {
            _ if collection => {
                if kind.as_deref() != Some("FeatureCollection") {
                    let found = vec![("found", Arg::Text(kind.unwrap_or_default()))];
                    self.problems.report("problem-root-type", 1, found, None);
                }
            }
            Some("Feature") => {
                self.scanner.seek(start);
                self.feature(true)?;
            }
            Some(name) if kind_of(name).is_some() => {
                self.scanner.seek(start);
                self.bare_geometry()?;
            }
            _ => return Err(not_geojson()),
        }
        self.scanner.seek(end);
        Ok(())
    }

    fn features(&mut self) -> Result<(), Fail> {
        self.scanner.takes(b'[')?;
        let mut first = true;
        while self.scanner.next_item(&mut first)? {
            self.watch.check().map_err(|_| Fail::Cancelled)?;
            if self.rows.is_multiple_of(256) {
                self.watch.set_done(count(self.scanner.at()));
            }
            if self.scanner.peek()? == b'{' {
                self.feature(false)?;
            } else {
                self.scanner.skip()?;
                self.geometry.push_null();
                self.problems.at("problem-not-a-feature", self.place());
                self.rows += 1;
            }
        }
        Ok(())
    }

    /// The row being read, as a person counts.
    fn place(&self) -> Place {
        Place::Row(count(self.rows + 1))
    }

    fn bare_geometry(&mut self) -> Result<(), Fail> {
        let outcome = geometry::read(&mut self.scanner, &mut self.geometry, &mut self.oddities)?;
        self.note_outcome(outcome);
        self.rows += 1;
        Ok(())
    }

    /// One feature: one row. An array may also hold bare geometries.
    fn feature(&mut self, root: bool) -> Result<(), Fail> {
        let start = self.scanner.at();
        self.scanner.takes(b'{')?;
        let mut first = true;
        let mut outcome = None;
        let mut with_properties = false;
        let mut bare = false;
        let mut kind: Option<String> = None;
        while let Some(key) = self.scanner.next_key(&mut first)? {
            match &*key {
                "geometry" if outcome.is_none() => {
                    let read =
                        geometry::read(&mut self.scanner, &mut self.geometry, &mut self.oddities)?;
                    outcome = Some(read);
                }
                "properties" if !with_properties => {
                    with_properties = true;
                    self.properties()?;
                }
                "geometry" | "properties" => {
                    self.scanner.skip()?;
                    self.problems.at("problem-duplicate-key", self.place());
                }
                "id" => self.id()?,
                "type" if self.scanner.peek()? == b'"' => {
                    kind = Some(self.scanner.string()?.into_owned());
                }
                "bbox" => {
                    self.scanner.skip()?;
                }
                "coordinates" | "geometries" if !root => {
                    bare = true;
                    self.scanner.skip()?;
                }
                "crs" | "name" if root => {
                    self.scanner.skip()?;
                }
                other => {
                    let args = vec![("name", Arg::Text(other.to_owned()))];
                    let known = self.problems.len() < 200;
                    let args = if known { args } else { vec![("name", Arg::Text("…".into()))] };
                    let place = Some(self.place());
                    self.problems.report("problem-foreign-member", 1, args, place);
                    self.scanner.skip()?;
                }
            }
        }
        if bare && outcome.is_none() && !with_properties {
            let end = self.scanner.at();
            self.scanner.seek(start);
            self.bare_geometry()?;
            self.scanner.seek(end);
            return Ok(());
        }
        if kind.as_deref() != Some("Feature") {
            self.problems.at("problem-feature-type", self.place());
        }
        if outcome.is_none() {
            self.geometry.push_null();
        }
        self.note_outcome(outcome.unwrap_or(Outcome::Missing));
        self.rows += 1;
        Ok(())
    }

    fn note_outcome(&mut self, outcome: Outcome) {
        let place = self.place();
        match outcome {
            Outcome::Read => self.with_geometry = true,
            Outcome::Missing => self.problems.at("problem-no-geometry", place),
            Outcome::BadCoordinates => {
                self.with_geometry = true;
                self.problems.at("problem-bad-coordinates", place);
            }
            Outcome::UnknownType(name) => {
                self.with_geometry = true;
                let name: String = name.chars().take(40).collect();
                let args = vec![("name", Arg::Text(name))];
                self.problems.report("problem-geometry-type", 1, args, Some(place));
            }
        }
        let oddities = std::mem::take(&mut self.oddities);
        for (id, number) in [
            ("problem-unclosed-ring", oddities.unclosed),
            ("problem-more-coordinates", oddities.more_numbers),
            ("problem-nested-collection", oddities.nested),
            ("problem-duplicate-key", oddities.duplicates),
        ] {
            if number > 0 {
                let place = self.place();
                self.problems.report(id, number, Vec::new(), Some(place));
            }
        }
    }

    fn id(&mut self) -> Result<(), Fail> {
        if let b'{' | b'[' = self.scanner.peek()? {
            self.scanner.skip()?;
            self.problems.at("problem-bad-id", self.place());
            return Ok(());
        }
        let value = self.scanner.scalar()?;
        if self.ids.len() > self.rows {
            self.problems.at("problem-duplicate-key", self.place());
            self.ids.pop();
        }
        self.ids.pad_to(self.rows);
        match value {
            Scalar::Null => {}
            Scalar::Text(text) => self.ids.push_text(&text),
            Scalar::Number(number) => match number.text.parse() {
                Ok(whole) => self.ids.push_integer(whole),
                Err(_) => self.ids.push_text(number.text),
            },
            Scalar::Boolean(_) | Scalar::NotFinite => {
                self.problems.at("problem-bad-id", self.place());
            }
        }
        Ok(())
    }

    fn properties(&mut self) -> Result<(), Fail> {
        match self.scanner.peek()? {
            b'{' => {
                self.scanner.takes(b'{')?;
            }
            b'n' => {
                self.scanner.skip()?;
                return Ok(());
            }
            _ => {
                self.scanner.skip()?;
                self.problems.at("problem-bad-properties", self.place());
                return Ok(());
            }
        }
        let mut first = true;
        let mut expected = 0;
        while let Some(key) = self.scanner.next_key(&mut first)? {
            let Some(at) = self.column(&key, expected) else {
                self.problems.add("problem-too-many-fields", 1);
                self.scanner.skip()?;
                continue;
            };
            expected = at + 1;
            let next = self.scanner.peek()?;
            let raw = if let b'{' | b'[' = next { Some(self.scanner.skip()?) } else { None };
            let value = if raw.is_none() { self.scanner.scalar()? } else { Scalar::Null };
            let (row, place) = (self.rows, self.place());
            let Some((name, column)) = self.columns.get_mut(at) else { continue };
            if column.len() > row {
                let place =
                    Place::RowField { row: count(row).saturating_add(1), field: name.clone() };
                self.problems.at("problem-duplicate-key", place);
                column.pop();
            }
            column.pad_to(row);
            match (raw, value) {
                (Some(raw), _) => column.push_json(&compact(raw)),
                (None, Scalar::Null) => column.push_null(),
                (None, Scalar::Boolean(value)) => column.push_boolean(value),
                (None, Scalar::Text(text)) => column.push_text(&text),
                (None, Scalar::Number(number)) => push_number(column, number),
                (None, Scalar::NotFinite) => {
                    column.push_null();
                    self.problems.at("problem-not-a-number", place);
                }
            }
        }
        Ok(())
    }

    /// The column of a property. Features mostly have the same properties in the same order, so
    /// the one after the last is looked at first. None when there are too many already.
    fn column(&mut self, key: &str, expected: usize) -> Option<usize> {
        if self.columns.get(expected).is_some_and(|(name, _)| name == key) {
            return Some(expected);
        }
        if let Some(at) = self.by_name.get(key) {
            return Some(*at);
        }
        let at = self.columns.len();
        if at >= FIELDS {
            return None;
        }
        self.by_name.insert(key.to_owned(), at);
        self.columns.push((key.to_owned(), ColumnBuilder::new()));
        Some(at)
    }

    fn finish(mut self, path: &Path, options: &ReadOptions) -> Result<Table, FileError> {
        let too_big = |_: TooMuchText| {
            let what = Message::new("error-too-much-text");
            FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
        };
        let (mut fields, mut arrays) = (Vec::new(), Vec::new());
        for (name, column) in std::mem::take(&mut self.columns) {
            let field = vec![("field", Arg::Text(name.clone()))];
            self.problems.report("problem-mixed-kinds", column.mixed(), field.clone(), None);
            self.problems.report("problem-long-integer", column.long_integers(), field, None);
            let (kind, array) = column.finish(self.rows, true).map_err(too_big)?;
            fields.push(Field::new(name, kind));
            arrays.push(array);
        }
        let geometry = self.geometry.finish().map_err(|_| {
            let what = Message::new("error-too-many-coordinates");
            FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
        })?;
        let geometry = self.with_geometry.then_some(geometry);
        let mut problems = self.problems;
        let crs = geometry.as_ref().and_then(|geometry| {
            crs_member::decide(self.crs, geometry.xy(), options.crs.as_ref(), &mut problems)
        });
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = self.name.filter(|name| !name.trim().is_empty()).or(stem).unwrap_or_default();
        let table = Table::new(name, self.rows, fields, arrays, geometry);
        let mut table = table.map_err(|defect| {
            FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
        })?;
        if !self.ids.is_empty() {
            let (_, ids) = self.ids.finish(self.rows, false).map_err(too_big)?;
            table.ids = as_ids(ids);
        }
        table.crs = crs;
        table.origin =
            Origin { format: super::FORMAT.id, note: self.note, problems, ..Origin::default() };
        Ok(table)
    }
}

/// Identifiers are whole numbers or text; all null is none.
fn as_ids(ids: arrow_array::ArrayRef) -> Option<arrow_array::ArrayRef> {
    use arrow_array::Array;
    (ids.null_count() < ids.len()).then_some(ids)
}

/// A whole number stays exact, whatever its length.
fn push_number(column: &mut ColumnBuilder, number: JsonNumber<'_>) {
    if !number.whole {
        column.push_number(number.value());
    } else if number.text == "-0" {
        column.push_number(-0.0);
    } else if let Ok(whole) = number.text.parse() {
        column.push_integer(whole);
    } else {
        column.push_long_integer(number.text);
    }
}

fn not_geojson() -> Fail {
    Fail::File(Message::new("error-not-geojson"), Message::new("remedy-not-geojson"))
}
