//! Writing a workbook of Excel: a sheet for each table, with real numbers and days.
//!
//! Nothing is ever written as a formula, whatever a text begins with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::sheet::COLUMNS;
use super::write_plan::{
    ROWS_BELOW, is_exact, place_text, serial_of, serial_of_date, sheet_name, sheets_of, shortened,
};
use crate::formats::place::columns;
use crate::formats::{AtomicFile, PlaceAs, WriteOptions};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{FieldKind, Table, Value};

/// Tables of more rows are written row by row, and not kept in memory; their texts are not shared
/// then.
const LARGE: usize = 20_000;
/// How many rows are looked at for the width of the columns.
const LOOKED_AT: usize = 300;
/// The narrowest and the widest column, in letters.
const NARROWEST: usize = 6;
const WIDEST: usize = 50;
/// How wide a column of WKT is: nobody reads it.
const PLACE_WIDTH: usize = 24;

/// Writes one table.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    write_several(&[table], path, options, watch)
}

/// Writes tables, a sheet each; one that is longer than a sheet goes on in the next.
pub(super) fn write_several(
    tables: &[&Table],
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let file = AtomicFile::create(path)?;
    let written = Writer { path, options, watch, formats: Formats::new() }.write(tables, file);
    written.map_err(|stop| match stop {
        Stop::Cancelled => FileError::cancelled(path),
        Stop::File(error) => error,
        Stop::Xlsx(XlsxError::IoError(error)) => FileError::io(path, &error),
        Stop::Xlsx(other) => {
            let what = Message::new("spreadsheet-error-write").text("detail", other.to_string());
            FileError::new(path, what)
        }
    })?;
    Ok(vec![path.to_owned()])
}

enum Stop {
    Cancelled,
    File(FileError),
    Xlsx(XlsxError),
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Stop {
        Stop::File(error)
    }
}

impl From<XlsxError> for Stop {
    fn from(error: XlsxError) -> Stop {
        Stop::Xlsx(error)
    }
}

/// How cells look.
struct Formats {
    header: Format,
    /// As the person's system writes days.
    day: Format,
    minutes: Format,
    seconds: Format,
    millis: Format,
}

impl Formats {
    fn new() -> Formats {
        Formats {
            header: Format::new().set_bold().set_align(FormatAlign::Top),
            day: Format::new().set_num_format_index(14),
            minutes: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            seconds: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            millis: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss.000"),
        }
    }
}

struct Writer<'a> {
    path: &'a Path,
    options: &'a WriteOptions,
    watch: &'a Watch,
    formats: Formats,
}

impl Writer<'_> {
    fn write(&self, tables: &[&Table], mut file: AtomicFile) -> Result<(), Stop> {
        let rows = tables.iter().map(|table| table.rows()).sum::<usize>();
        self.watch.set_done(0);
        self.watch.set_total(u64::try_from(rows).unwrap_or(u64::MAX));
        let mut book = Workbook::new();
        let mut names = BTreeSet::new();
        for table in tables {
            for sheet in 0..sheets_of(table.rows()) {
                let worksheet = if table.rows() > LARGE {
                    book.add_worksheet_with_constant_memory()?
                } else {
                    book.add_worksheet()
                };
                worksheet.set_name(sheet_name(&table.name, &mut names))?;
                let first = sheet * ROWS_BELOW;
                self.sheet(table, first..table.rows().min(first + ROWS_BELOW), worksheet)?;
            }
        }
        let title = tables.first().map_or("", |table| table.name.as_str());
        let mut properties = DocProperties::new().set_title(limited(title));
        if let Some(note) = &self.options.note {
            properties = properties.set_comment(limited(note));
        }
        book.set_properties(&properties);
        book.save_to_writer(file.as_write())?;
        self.check()?;
        Ok(file.commit()?)
    }

    fn check(&self) -> Result<(), Stop> {
        self.watch.check().map_err(|_| Stop::Cancelled)
    }

    fn sheet(
        &self,
        table: &Table,
        rows: std::ops::Range<usize>,
        sheet: &mut Worksheet,
    ) -> Result<(), Stop> {
        let places = columns::names(table, self.options.place);
        let names = places.iter().map(String::as_str);
        let names: Vec<&str> =
            names.chain(table.fields.iter().map(|field| field.name.as_str())).collect();
        let last_column = match u16::try_from(names.len()) {
            Ok(count) if u32::from(count) <= COLUMNS => count.saturating_sub(1),
            _ => {
                let what = Message::new("spreadsheet-error-columns");
                let remedy = Message::new("shapefile-error-fields-remedy");
                return Err(FileError::new(self.path, what).remedy(remedy).into());
            }
        };
        let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        for (column, name) in (0..).zip(&names) {
            sheet.write_string_with_format(0, column, shortened(name), &self.formats.header)?;
        }
        self.widths(table, &rows, &places, sheet)?;
        if !rows.is_empty() && !names.is_empty() {
            sheet.autofilter(0, 0, last_row, last_column)?;
            let texts = table.fields.iter().enumerate();
            let texts = texts.filter(|(_, field)| field.kind == FieldKind::Text);
            for (at, _) in texts {
                // Codes of digits are no mistake.
                let column = u16::try_from(places.len() + at).unwrap_or(u16::MAX);
                let mistake = IgnoreError::NumberStoredAsText;
                sheet.ignore_error_range(1, column, last_row, column, mistake)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        let mut passed = 0;
        for (at, row) in (1..).zip(rows) {
            let first = self.place(table, row, at, &places, sheet)?;
            for (column, field) in (first..).zip(0..table.fields.len()) {
                self.cell(table.value(row, field), at, column, sheet)?;
            }
            passed += 1;
            if passed == 1024 {
                self.check()?;
                self.watch.advance(passed);
                passed = 0;
            }
        }
        self.watch.advance(passed);
        Ok(())
    }

    /// Writes where a row is; returns the column after.
    fn place(
        &self,
        table: &Table,
        row: usize,
        at: u32,
        places: &[String],
        sheet: &mut Worksheet,
    ) -> Result<u16, Stop> {
        let columns = u16::try_from(places.len()).unwrap_or(0);
        let Some(geometry) = table.geometry.as_ref().filter(|_| columns > 0) else { return Ok(0) };
        let geometry = geometry.row(row);
        if self.options.place == PlaceAs::Wkt {
            if let Some(text) = place_text(geometry).filter(|text| !text.is_empty()) {
                sheet.write_string(at, 0, text)?;
            }
        } else if let Some([x, y]) = columns::point_of(geometry) {
            sheet.write_number(at, 0, x)?;
            sheet.write_number(at, 1, y)?;
        }
        Ok(columns)
    }

    fn cell(
        &self,
        value: Value<'_>,
        row: u32,
        column: u16,
        sheet: &mut Worksheet,
    ) -> Result<(), Stop> {
        match value {
            Value::Boolean(value) => drop(sheet.write_boolean(row, column, value)?),
            Value::Integer(number) if is_exact(number) => {
                #[expect(clippy::cast_precision_loss, reason = "it was just looked at")]
                sheet.write_number(row, column, number as f64)?;
            }
            Value::Integer(number) => drop(sheet.write_string(row, column, number.to_string())?),
            Value::Number(number) if number.is_finite() => {
                sheet.write_number(row, column, number)?;
            }
            // Numbers that are not finite are counted among the changes.
            Value::Null | Value::Number(_) => {}
            Value::Text(text) | Value::Json(text) => {
                sheet.write_string(row, column, shortened(text))?;
            }
            Value::Date(date) => match serial_of_date(date) {
                Some(day) => {
                    sheet.write_number_with_format(row, column, day, &self.formats.day)?;
                }
                None => drop(sheet.write_string(row, column, date.to_string())?),
            },
            Value::DateTime(at, form) => match serial_of(at, form) {
                Some(moment) => {
                    let format = match form.fraction {
                        None => &self.formats.minutes,
                        Some(0) => &self.formats.seconds,
                        Some(_) => &self.formats.millis,
                    };
                    sheet.write_number_with_format(row, column, moment, format)?;
                }
                None => drop(sheet.write_string(row, column, value.to_data_text())?),
            },
        }
        Ok(())
    }

    /// Makes columns as wide as most of their values.
    fn widths(
        &self,
        table: &Table,
        rows: &std::ops::Range<usize>,
        places: &[String],
        sheet: &mut Worksheet,
    ) -> Result<(), Stop> {
        let looked_at = rows.clone().take(LOOKED_AT);
        let as_wkt = self.options.place == PlaceAs::Wkt;
        for (column, _) in (0..).zip(places) {
            let width = if as_wkt { PLACE_WIDTH } else { 12 };
            sheet.set_column_width(column, letters(width))?;
        }
        let first = u16::try_from(places.len()).unwrap_or(0);
        for ((at, field), column) in table.fields.iter().enumerate().zip(first..) {
            let of_values = looked_at.clone().map(|row| match table.value(row, at) {
                Value::DateTime(..) => 19,
                Value::Text(text) => {
                    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
                }
                value => value.to_data_text().chars().take(WIDEST).count(),
            });
            // The button of the filter stands beside the name.
            let of_name = field.name.chars().count() + 3;
            let width = of_values.max().unwrap_or(0).max(of_name).clamp(NARROWEST, WIDEST);
            sheet.set_column_width(column, letters(width + 1))?;
        }
        Ok(())
    }
}

fn letters(width: usize) -> f64 {
    u16::try_from(width).map_or(f64::from(u16::MAX), f64::from)
}

/// A property of a document has at most 255 letters.
fn limited(text: &str) -> String {
    text.chars().take(255).collect()
}
