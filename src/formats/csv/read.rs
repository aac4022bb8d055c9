//! Reading delimited text.

use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use csv::{ReaderBuilder, StringRecord};

use super::dialect::{self, Dialect};
use super::place::{self, Columns, Source};
use super::values;
use crate::formats::ReadOptions;
use crate::formats::encoding::decode_owned;
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{ColumnBuilder, Field, Origin, Table};

/// The most columns a table may have.
const FIELDS: usize = 16_384;

/// Reads a delimited text: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let bytes = std::fs::read(path).map_err(|error| FileError::io(path, &error))?;
    watch.set_total(count(bytes.len()));
    let decoded = decode_owned(bytes, options.encoding.as_deref());
    let mut problems = Problems::new();
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    let start = decoded.text.trim_start();
    if start.is_empty() {
        let error = FileError::new(path, Message::new("error-file-empty"));
        return Err(error.remedy(Message::new("remedy-get-again")));
    }
    if start.starts_with("<!") || start.starts_with("<html") || start.starts_with("<?xml") {
        let error = FileError::new(path, Message::new("error-web-page"));
        return Err(error.remedy(Message::new("remedy-get-again")));
    }
    if decoded.text.contains('\0') {
        let at = decoded.text.find('\0').unwrap_or_default();
        let error = FileError::new(path, Message::new("error-binary")).at(Place::Byte(count(at)));
        return Err(error.remedy(Message::new("remedy-get-again")));
    }
    let dialect = dialect::find(&decoded.text, &crate::formats::open::extension_of(path));
    let raw = records(path, &decoded.text, dialect, &mut problems, watch)?;
    let mut table = assemble(path, raw, dialect, options, problems)?;
    table.origin.path = path.to_owned();
    table.origin.encoding = Some(decoded.encoding.to_owned());
    Ok(vec![table])
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The columns as text.
struct Raw {
    names: Vec<String>,
    /// The columns that have a name in the file.
    named: Vec<bool>,
    columns: Vec<ColumnBuilder>,
    rows: usize,
}

fn records(
    path: &Path,
    text: &str,
    dialect: Dialect,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<Raw, FileError> {
    let table = text.get(dialect.skip..).unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(table.as_bytes());
    let failed = |error: &csv::Error| {
        let what = Message::new("error-csv").text("detail", error.to_string());
        FileError::new(path, what)
    };
    let mut record = StringRecord::new();
    let mut raw = Raw { names: Vec::new(), named: Vec::new(), columns: Vec::new(), rows: 0 };
    if !reader.read_record(&mut record).map_err(|error| failed(&error))? {
        return Ok(raw);
    }
    let with_header = dialect::has_header(&record);
    if with_header {
        let (names, repeated) = dialect::names(&record);
        for name in repeated {
            let args = vec![("field", Arg::Text(name))];
            problems.report("problem-repeated-field", 1, args, None);
        }
        raw.named = record.iter().map(|cell| !cell.trim().is_empty()).collect();
        raw.columns = names.iter().map(|_| ColumnBuilder::new()).collect();
        raw.names = names;
    } else {
        problems.add("problem-no-header", 1);
        raw.add_columns(record.len());
        raw.push(&record);
    }
    let expected = record.len();
    let mut last_place = (0, 0);
    while reader.read_record(&mut record).map_err(|error| failed(&error))? {
        if raw.rows.is_multiple_of(1024) {
            watch.check().map_err(|_| FileError::cancelled(path))?;
            watch.set_done(reader.position().byte());
        }
        let start = record.position().map_or(0, csv::Position::line);
        last_place = (start, reader.position().line());
        let surplus = record.iter().skip(expected).any(|cell| !cell.is_empty());
        if record.len() < expected || surplus {
            let line = start + u64::from(dialect.skip > 0);
            problems.at("problem-record-length", Place::Line { line, column: 0 });
        }
        if surplus {
            raw.add_columns(record.len().min(FIELDS));
        }
        raw.push(&record);
    }
    // A quote that is never closed swallows the rest of the file into the last record.
    let swallowed = last_place.1.saturating_sub(last_place.0) > 2
        && memchr::memchr_iter(b'"', table.as_bytes()).count() % 2 == 1;
    if swallowed {
        problems.at("problem-unclosed-quote", Place::Line { line: last_place.0, column: 0 });
    }
    Ok(raw)
}

impl Raw {
    fn add_columns(&mut self, wanted: usize) {
        for at in self.columns.len()..wanted {
            let base = format!("column_{}", at + 1);
            let taken = self.names.contains(&base);
            self.names.push(if taken { format!("{base}_2") } else { base });
            self.named.push(false);
            self.columns.push(ColumnBuilder::new());
        }
    }

    fn push(&mut self, record: &StringRecord) {
        for (cell, column) in record.iter().zip(&mut self.columns) {
            column.pad_to(self.rows);
            if cell.is_empty() { column.push_null() } else { column.push_text(cell) }
        }
        self.rows += 1;
    }
}

fn assemble(
    path: &Path,
    raw: Raw,
    dialect: Dialect,
    options: &ReadOptions,
    mut problems: Problems,
) -> Result<Table, FileError> {
    let decimal_comma = dialect.delimiter != b',';
    let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for ((name, named), column) in raw.names.into_iter().zip(raw.named).zip(raw.columns) {
        let (_, texts) = column.finish(raw.rows, false).map_err(|_| {
            FileError::new(path, Message::new("error-too-much-text"))
                .remedy(Message::new("remedy-smaller-parts"))
        })?;
        // Spreadsheets pad tables with columns that have neither name nor value.
        if !named && texts.null_count() == texts.len() {
            continue;
        }
        let Some(texts) = texts.as_string_opt::<i32>() else { continue };
        let inferred = values::infer(texts, decimal_comma);
        let args = vec![("field", Arg::Text(name.clone()))];
        problems.report("problem-no-value-words", inferred.markers, args, None);
        fields.push(Field::new(name, inferred.kind));
        arrays.push(inferred.array);
    }
    let columns = Columns { fields: &fields, arrays: &arrays };
    let source = place::find(&columns);
    let mut geometry = None;
    let mut crs = None;
    if let Some(source) = source {
        let chosen = options.crs.as_ref();
        let placed = place::read(source, &columns, raw.rows, chosen, &mut problems);
        let Some(placed) = placed else {
            let error = FileError::new(path, Message::new("error-too-many-coordinates"));
            return Err(error.remedy(Message::new("remedy-smaller-parts")));
        };
        // Geometry written as text is the geometry: kept beside it, it would be there twice.
        if let (Source::Wkt(at) | Source::GeoJson(at), true) = (source, placed.complete) {
            fields.remove(at);
            arrays.remove(at);
        }
        geometry = Some(placed.geometry);
        crs = placed.crs;
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let table = Table::new(stem.unwrap_or_default(), raw.rows, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
    })?;
    table.crs = crs;
    table.origin = Origin { format: super::FORMAT.id, problems, ..Origin::default() };
    Ok(table)
}
