//! Writing KML 2.2 and KMZ: a document with its look and schema, several tables as folders.

use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow_array::Array;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::changes::long_numbers;
use super::plan::Plan;
use super::style_columns::DOT;
use super::write_row::{self, Row, push_kml_color};
use crate::formats::digits::push_short;
use crate::formats::open::stem_of;
use crate::formats::pieces::each_run;
use crate::formats::xml::{push_attribute, push_escaped};
use crate::formats::{AtomicFile, WriteOptions, export, open};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{FieldKind, Look, Table};

/// The member of a KMZ that counts.
const DOCUMENT: &str = "doc.kml";

/// Writes one table.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    write_several(&[table], path, options, watch)
}

/// Writes tables, each as a folder where there are several.
pub(super) fn write_several(
    tables: &[&Table],
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    for table in tables {
        export::expect_wgs84(table, path)?;
    }
    let rows: usize = tables.iter().map(|table| table.rows()).sum();
    watch.set_total(u64::try_from(rows).unwrap_or(u64::MAX));
    let mut file = AtomicFile::create(path)?;
    if open::extension_of(path) == "kmz" {
        let failed = |error: zip::result::ZipError| FileError::io(path, &error.into());
        let mut zip = ZipWriter::new(file.as_write());
        // Not every program that reads KMZ knows the larger form.
        let is_large = tables.iter().map(|table| size_of(table)).sum::<usize>() > 2 << 30;
        let options_of_file = SimpleFileOptions::default().large_file(is_large);
        zip.start_file(DOCUMENT, options_of_file).map_err(failed)?;
        Writer { out: &mut zip, path, watch }.document(tables, options)?;
        zip.finish().map_err(failed)?;
    } else {
        Writer { out: file.as_write(), path, watch }.document(tables, options)?;
    }
    file.commit()?;
    Ok(vec![path.to_owned()])
}

/// About how many bytes a table takes.
fn size_of(table: &Table) -> usize {
    let values: usize = table.columns.iter().map(Array::get_array_memory_size).sum();
    let positions = table.geometry.as_ref().map_or(0, |geometry| geometry.xy().len());
    let row = 128 + 64 * table.fields.len();
    values.saturating_add(positions * 48).saturating_add(table.rows() * row)
}

struct Writer<'a> {
    out: &'a mut dyn Write,
    path: &'a Path,
    watch: &'a Watch,
}

impl Writer<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.out.write_all(bytes).map_err(|error| FileError::io(self.path, &error))
    }

    fn document(&mut self, tables: &[&Table], options: &WriteOptions) -> Result<(), FileError> {
        let mut out = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n"
            .to_vec();
        let name = match tables {
            [one] => one.name.clone(),
            _ => stem_of(self.path),
        };
        push_element(&mut out, "name", &name);
        if let Some(note) = &options.note {
            push_element(&mut out, "description", note);
        }
        let plans: Vec<Plan> = tables.iter().map(|table| Plan::of(table)).collect();
        let looks: Vec<Option<Look>> =
            tables.iter().enumerate().map(|(at, table)| options.look_of(at, table)).collect();
        for (at, look) in looks.iter().enumerate() {
            look.iter().for_each(|look| push_look(&mut out, at, look));
        }
        for (at, (table, plan)) in tables.iter().zip(&plans).enumerate() {
            push_schema(&mut out, at, table, plan);
        }
        self.put(&out)?;
        for (at, ((table, plan), look)) in tables.iter().zip(&plans).zip(&looks).enumerate() {
            if tables.len() > 1 {
                let mut out = b"<Folder>\n".to_vec();
                push_element(&mut out, "name", &table.name);
                if let Some(note) = table.origin.note.as_ref().filter(|_| options.note.is_none()) {
                    push_element(&mut out, "description", note);
                }
                self.put(&out)?;
            }
            self.placemarks(at, table, plan, look.is_some())?;
            if tables.len() > 1 {
                self.put(b"</Folder>\n")?;
            }
        }
        self.put(b"</Document>\n</kml>\n")
    }

    fn placemarks(
        &mut self,
        number: usize,
        table: &Table,
        plan: &Plan,
        has_look: bool,
    ) -> Result<(), FileError> {
        let (path, watch) = (self.path, self.watch);
        let names = write_row::attribute_names(table, plan);
        let make = |rows: Range<usize>| {
            watch.check().map_err(|_| FileError::cancelled(path))?;
            let mut out = Vec::with_capacity(rows.len() * 512);
            let length = rows.len();
            for row in rows {
                let look = has_look.then_some(number);
                Row { table, plan, names: &names, number, look, at: row }.push(&mut out);
            }
            Ok((out, length))
        };
        each_run(table.rows(), make, |(out, rows)| {
            watch.advance(u64::try_from(rows).unwrap_or(u64::MAX));
            self.put(&out)
        })
    }
}

/// An element with a text.
pub(super) fn push_element(out: &mut Vec<u8>, name: &str, text: &str) {
    for part in ["<", name, ">"] {
        out.extend_from_slice(part.as_bytes());
    }
    push_escaped(out, text);
    for part in ["</", name, ">\n"] {
        out.extend_from_slice(part.as_bytes());
    }
}

/// What all rows of a table look like.
fn push_look(out: &mut Vec<u8>, number: usize, look: &Look) {
    let put = |out: &mut Vec<u8>, text: &str| out.extend_from_slice(text.as_bytes());
    put(out, &format!("<Style id=\"look{number}\">"));
    let color = |out: &mut Vec<u8>, color: Option<[u8; 4]>| {
        color.iter().for_each(|color| push_kml_color(out, *color));
    };
    put(out, "<IconStyle>");
    color(out, look.fill);
    if let Some(scale) = look.point_scale {
        put(out, "<scale>");
        push_short(out, f64::from(scale));
        put(out, "</scale>");
    }
    put(out, &format!("<Icon><href>{DOT}</href></Icon></IconStyle><LineStyle>"));
    color(out, look.stroke);
    if let Some(width) = look.stroke_width {
        put(out, "<width>");
        push_short(out, f64::from(width));
        put(out, "</width>");
    }
    put(out, "</LineStyle><PolyStyle>");
    color(out, look.fill);
    put(out, "</PolyStyle></Style>\n");
}

/// What the extended data of a table are.
fn push_schema(out: &mut Vec<u8>, number: usize, table: &Table, plan: &Plan) {
    if plan.data.is_empty() {
        return;
    }
    out.extend_from_slice(b"<Schema");
    push_attribute(out, "name", &table.name);
    push_attribute(out, "id", &format!("schema{number}"));
    out.extend_from_slice(b">\n");
    for (at, field) in plan.data.iter().filter_map(|at| Some((*at, table.fields.get(*at)?))) {
        let kind = match field.kind {
            FieldKind::Boolean => "bool",
            // KML has no such kind; GDAL reads it as text, with every digit, where of an `int` it
            // would make the largest that fits.
            FieldKind::Integer if long_numbers(table, at) > 0 => "long",
            FieldKind::Integer => "int",
            FieldKind::Number => "double",
            FieldKind::Text | FieldKind::Json | FieldKind::Date | FieldKind::DateTime(_) => {
                "string"
            }
        };
        out.extend_from_slice(b"<SimpleField");
        push_attribute(out, "name", &field.name);
        push_attribute(out, "type", kind);
        match &field.label {
            Some(label) => {
                out.extend_from_slice(b"><displayName>");
                push_escaped(out, label);
                out.extend_from_slice(b"</displayName></SimpleField>\n");
            }
            None => out.extend_from_slice(b"/>\n"),
        }
    }
    out.extend_from_slice(b"</Schema>\n");
}
