//! Writing delimited text.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use csv::{Terminator, WriterBuilder};

use super::guard;
use crate::formats::digits::{push_date, push_short, push_whole};
use crate::formats::open::extension_of;
use crate::formats::pieces::{count_rows, each_run};
use crate::formats::place::columns;
use crate::formats::{AtomicFile, PlaceAs, WriteOptions, wkt};
use crate::i18n::{Arg, Language, Message};
use crate::jobs::{Cancelled, Watch};
use crate::problem::{FileError, Problems};
use crate::table::{FieldKind, Table, Value};

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
        let of = |is: fn(&Value<'_>) -> bool| {
            count_rows(table.rows(), |row| u64::from(is(&table.value(row, at))))
        };
        let mut report = |id, number| {
            problems.report(id, number, vec![("field", Arg::Text(field.name.clone()))], None);
        };
        match field.kind {
            FieldKind::Number => report(
                "problem-number-not-finite",
                of(|value| matches!(value, Value::Number(number) if !number.is_finite())),
            ),
            FieldKind::Text => {
                report("problem-csv-empty-text", of(|value| matches!(value, Value::Text(""))));
                let would_run = |value: &Value<'_>| matches!(value, Value::Text(text) if guard::is_needed(text));
                report("problem-csv-guarded", of(would_run));
            }
            _ => {}
        }
        report("problem-csv-guarded-name", u64::from(guard::is_needed(&field.name)));
    }
    if table.ids.is_some() {
        problems.add("problem-ids-dropped", count(table.rows()));
    }
    columns::changes(table, options.place, &mut problems);
    problems
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
        Form::new(tabs, options.csv.excel)
    }

    fn new(tabs: bool, excel: Option<Language>) -> Form {
        let dutch = excel == Some(Language::Dutch);
        let excel = excel.is_some();
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

    /// Adds a number; nothing for what is none.
    fn number(&self, out: &mut Vec<u8>, value: f64) {
        if !value.is_finite() {
            return;
        }
        let start = out.len();
        push_short(out, value);
        let number = out.get_mut(start..).unwrap_or_default();
        if self.decimal_comma && !number.contains(&b'e') {
            let point = number.iter_mut().find(|byte| **byte == b'.');
            point.into_iter().for_each(|point| *point = b',');
        }
    }

    fn cell(&self, out: &mut Vec<u8>, value: Value<'_>) {
        match value {
            Value::Null => {}
            Value::Boolean(value) => out.extend_from_slice(if value { b"true" } else { b"false" }),
            Value::Integer(value) => push_whole(out, value),
            Value::Number(number) => self.number(out, number),
            Value::Text(text) | Value::Json(text) => push_guarded(out, text),
            Value::Date(date) => push_date(out, date, "-"),
            Value::DateTime(at, form) => form.push(out, at),
        }
    }

    fn writer(&self) -> csv::Writer<Vec<u8>> {
        WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(self.terminator)
            .from_writer(Vec::new())
    }
}

/// A text, in a form that no spreadsheet runs.
fn push_guarded(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(guarded(text).as_bytes());
}

/// As [`push_guarded`].
fn guarded(text: &str) -> Cow<'_, str> {
    if guard::is_needed(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What writes some rows.
struct RowsWriter<'a> {
    table: &'a Table,
    form: Form,
    place: PlaceAs,
    /// Whether there are columns for the place.
    placed: bool,
}

impl RowsWriter<'_> {
    fn rows(&self, rows: Range<usize>) -> Result<Vec<u8>, csv::Error> {
        let mut writer = self.form.writer();
        let mut cell = Vec::new();
        let mut write = |writer: &mut csv::Writer<Vec<u8>>, fill: &dyn Fn(&mut Vec<u8>)| {
            cell.clear();
            fill(&mut cell);
            writer.write_field(&cell)
        };
        let geometry = self.table.geometry.as_ref().filter(|_| self.placed);
        for row in rows {
            if let Some(geometry) = geometry {
                let geometry = geometry.row(row);
                if self.place == PlaceAs::Wkt {
                    write(&mut writer, &|out| wkt::push_text(out, geometry))?;
                } else {
                    let [x, y] = columns::point_of(geometry).unwrap_or([f64::NAN; 2]);
                    write(&mut writer, &|out| self.form.number(out, x))?;
                    write(&mut writer, &|out| self.form.number(out, y))?;
                }
            }
            for at in 0..self.table.fields.len() {
                write(&mut writer, &|out| self.form.cell(out, self.table.value(row, at)))?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }
}

/// A table as text, without its geometry: names in the first line, then the rows. With tabs, which
/// spreadsheets paste into cells, or as a CSV file would have it; numbers in a language's form or
/// (none) with a point.
///
/// # Errors
/// When the person cancelled.
pub fn text(
    table: &Table,
    is_tabbed: bool,
    language: Option<Language>,
    watch: &Watch,
) -> Result<String, Cancelled> {
    let form = Form { terminator: Terminator::Any(b'\n'), ..Form::new(is_tabbed, language) };
    let mut out = Vec::new();
    let mut head = form.writer();
    let names = table.fields.iter().map(|field| guarded(&field.name));
    // Writing into memory cannot fail.
    if head.write_record(names.map(Cow::into_owned)).is_ok() {
        out = head.into_inner().unwrap_or_default();
    }
    watch.set_total(count(table.rows()));
    let writer = RowsWriter { table, form, place: PlaceAs::None, placed: false };
    let make = |rows: Range<usize>| {
        watch.check()?;
        let length = rows.len();
        Ok((writer.rows(rows).unwrap_or_default(), length))
    };
    each_run(table.rows(), make, |(text, rows)| {
        watch.advance(count(rows));
        out.extend_from_slice(&text);
        Ok(())
    })?;
    Ok(String::from_utf8_lossy(&out).into_owned())
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
    let places = columns::names(table, options.place);
    let names = places.iter().map(String::as_str);
    let names = names.chain(table.fields.iter().map(|field| field.name.as_str())).map(guarded);
    let mut head = form.writer();
    head.write_record(names.map(Cow::into_owned)).map_err(failed)?;
    let head = head.into_inner().map_err(|error| failed(error.into_error().into()))?;
    file.write_all(&head)?;
    let placed = !places.is_empty();
    let writer = RowsWriter { table, form, place: options.place, placed };
    let make = |rows: Range<usize>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let length = rows.len();
        Ok((writer.rows(rows).map_err(failed)?, length))
    };
    each_run(table.rows(), make, |(out, rows)| {
        watch.advance(count(rows));
        file.write_all(&out)
    })?;
    file.commit()?;
    Ok(vec![path.to_owned()])
}
