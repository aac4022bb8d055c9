//! Writing delimited text.

use std::path::{Path, PathBuf};

use csv::{Terminator, WriterBuilder};

use super::wkt_write;
use crate::crs::Crs;
use crate::formats::open::extension_of;
use crate::formats::{AtomicFile, CsvPlace, WriteOptions};
use crate::i18n::{Arg, Language, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{FieldKind, GeometryKind, GeometryRef, Table, Value};

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// What writing would change.
pub(super) fn changes(table: &Table, options: &WriteOptions) -> Problems {
    let mut problems = Problems::new();
    if let Some(note) = &options.note {
        problems.report("problem-csv-note", 1, vec![("note", Arg::Text(note.clone()))], None);
    }
    for (at, field) in table.fields.iter().enumerate() {
        let values = || (0..table.rows()).map(|row| table.value(row, at));
        let (id, changed) = match field.kind {
            FieldKind::Number => {
                let bad = |value: &Value<'_>| matches!(value, Value::Number(number) if !number.is_finite());
                ("problem-number-not-finite", values().filter(bad).count())
            }
            FieldKind::Text => {
                let empty = |value: &Value<'_>| matches!(value, Value::Text(""));
                ("problem-csv-empty-text", values().filter(empty).count())
            }
            _ => continue,
        };
        let args = vec![("field", Arg::Text(field.name.clone()))];
        problems.report(id, count(changed), args, None);
    }
    if table.ids.is_some() {
        problems.add("problem-ids-dropped", count(table.rows()));
    }
    let Some(geometry) = &table.geometry else { return problems };
    let rows = || geometry.iter();
    match options.csv.place {
        CsvPlace::None => {
            let places = rows().filter(|row| !row.is_empty()).count();
            problems.add("problem-csv-places-dropped", count(places));
            return problems;
        }
        CsvPlace::Columns => {
            let lost = rows().filter(|row| !row.is_empty() && point_of(*row).is_none()).count();
            problems.add("problem-csv-only-points", count(lost));
            if geometry.has_z() || geometry.has_m() {
                problems.add("problem-csv-heights-dropped", 1);
            }
        }
        CsvPlace::Wkt => {
            let finite = |row: &GeometryRef<'_>| {
                row.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite())
            };
            problems
                .add("problem-position-not-finite", count(rows().filter(|r| !finite(r)).count()));
        }
    }
    let wgs84 = table.crs.as_ref().is_some_and(|c| c.crs.same_as(&Crs::wgs84()) && !c.swapped);
    if !wgs84 {
        let label = table.crs.as_ref().map_or_else(|| "?".to_owned(), |crs| crs.crs.label());
        problems.report("problem-csv-crs", 1, vec![("crs", Arg::Text(label))], None);
    }
    problems
}

/// The point of a row that has just one.
fn point_of(row: GeometryRef<'_>) -> Option<[f64; 2]> {
    match (row.kind(), row.xy()) {
        (GeometryKind::Point | GeometryKind::MultiPoint, [point])
            if point.iter().all(|number| number.is_finite()) =>
        {
            Some(*point)
        }
        _ => None,
    }
}

/// How numbers and records are written.
struct Form {
    delimiter: u8,
    decimal_comma: bool,
    terminator: Terminator,
    mark: bool,
}

impl Form {
    fn of(path: &Path, options: &WriteOptions) -> Form {
        let tabs = matches!(extension_of(path).as_str(), "tsv" | "tab");
        let dutch = options.csv.excel == Some(Language::Dutch);
        let excel = options.csv.excel.is_some();
        Form {
            delimiter: match (tabs, dutch) {
                (true, _) => b'\t',
                (false, true) => b';',
                (false, false) => b',',
            },
            decimal_comma: dutch,
            terminator: if excel { Terminator::CRLF } else { Terminator::Any(b'\n') },
            mark: excel,
        }
    }

    fn number(&self, value: f64) -> String {
        if !value.is_finite() {
            return String::new();
        }
        let mut text =
            serde_json::Number::from_f64(value).map(|n| n.to_string()).unwrap_or_default();
        if text.ends_with(".0") {
            text.truncate(text.len() - 2);
        }
        if self.decimal_comma && !text.contains('e') { text.replace('.', ",") } else { text }
    }

    fn cell(&self, value: Value<'_>) -> String {
        match value {
            Value::Number(number) => self.number(number),
            other => other.to_data_text(),
        }
    }
}

/// A column name that the table does not have yet.
fn free_name(table: &Table, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while table.field_index(&name).is_some() {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    name
}

fn place_names(table: &Table, place: CsvPlace) -> Vec<String> {
    if table.geometry.is_none() {
        return Vec::new();
    }
    let geographic = table.crs.as_ref().is_some_and(|crs| crs.crs.is_geographic());
    let swapped = table.crs.as_ref().is_some_and(|crs| crs.swapped);
    let wanted: &[&str] = match (place, geographic, swapped) {
        (CsvPlace::None, ..) => &[],
        (CsvPlace::Wkt, ..) => &["WKT"],
        (CsvPlace::Columns, true, false) => &["lon", "lat"],
        (CsvPlace::Columns, true, true) => &["lat", "lon"],
        (CsvPlace::Columns, false, false) => &["x", "y"],
        (CsvPlace::Columns, false, true) => &["y", "x"],
    };
    wanted.iter().map(|name| free_name(table, name)).collect()
}

/// Writes the file.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let form = Form::of(path, options);
    let mut file = AtomicFile::create(path)?;
    if form.mark {
        file.write_all(b"\xEF\xBB\xBF")?;
    }
    watch.set_total(count(table.rows()));
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => FileError::io(path, &error),
        other => {
            FileError::new(path, Message::new("error-csv").text("detail", format!("{other:?}")))
        }
    };
    let mut writer = WriterBuilder::new()
        .delimiter(form.delimiter)
        .terminator(form.terminator)
        .from_writer(file.as_write());
    let places = place_names(table, options.csv.place);
    let names = places.iter().map(String::as_str);
    let names = names.chain(table.fields.iter().map(|field| field.name.as_str()));
    writer.write_record(names).map_err(failed)?;
    for row in 0..table.rows() {
        if row.is_multiple_of(1024) {
            watch.check().map_err(|_| FileError::cancelled(path))?;
            watch.set_done(count(row));
        }
        if let (Some(geometry), false) = (&table.geometry, places.is_empty()) {
            let geometry = geometry.row(row);
            if options.csv.place == CsvPlace::Wkt {
                writer.write_field(wkt_write::text_of(geometry)).map_err(failed)?;
            } else {
                let point = point_of(geometry);
                let [x, y] = point.map_or([f64::NAN; 2], |point| point);
                writer.write_field(form.number(x)).map_err(failed)?;
                writer.write_field(form.number(y)).map_err(failed)?;
            }
        }
        for at in 0..table.fields.len() {
            writer.write_field(form.cell(table.value(row, at))).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    writer.flush().map_err(|error| FileError::io(path, &error))?;
    drop(writer);
    file.commit()?;
    Ok(vec![path.to_owned()])
}
