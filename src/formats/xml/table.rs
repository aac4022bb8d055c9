//! A layer's rows made into a table: what each column is follows from all its values, or from what
//! the source says.

use std::path::Path;
use std::sync::Arc;

use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray, StringArray};

use crate::crs::LayerCrs;
use crate::formats::ReadOptions;
use crate::formats::csv::infer;
use crate::formats::encoding::evidence_of_utf8;
use crate::formats::json::is_container;
use crate::i18n::{Arg, Message};
use crate::jobs::in_parallel;
use crate::problem::{FileError, Problems};
use crate::table::{Field, FieldKind, Origin, Table, as_dates};

use super::rows::{Column, Rows, as_u64};
use super::{Encoding, Fault, Stop};

/// Where a layer comes from.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Source<'a> {
    pub path: &'a Path,
    pub options: &'a ReadOptions,
    /// The format's id.
    pub format: &'static str,
    /// The name of the table.
    pub name: String,
    /// What the layer is asked for by, where the file holds several.
    pub layer: Option<String>,
    pub encoding: &'a Encoding,
    pub note: Option<String>,
    pub crs: Option<LayerCrs>,
}

/// A column made, and what happened to it.
struct Made {
    field: Field,
    array: Result<ArrayRef, ()>,
    /// Words for "no value" that became null.
    markers: u64,
    /// Values that are not of the kind told.
    others: u64,
}

/// The table of a layer.
///
/// # Errors
/// When a column or the geometry is too large.
pub(in crate::formats) fn finish(rows: Rows, source: Source<'_>) -> Result<Table, FileError> {
    let Rows { geometry, with_geometry, columns, ids, count, mut problems, missing, .. } = rows;
    if with_geometry {
        problems.extend(missing);
    }
    let made = in_parallel(columns, |column| {
        let told = source.options.told(&column.name);
        make(column, count, told)
    });
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    let too_much_text = || {
        FileError::new(source.path, Message::new("error-too-much-text"))
            .remedy(Message::new("remedy-smaller-parts"))
    };
    for made in made {
        let name = vec![("field", Arg::Text(made.field.name.clone()))];
        problems.report("problem-no-value-words", made.markers, name.clone(), None);
        problems.report("problem-xml-other-kind", made.others, name, None);
        arrays.push(made.array.map_err(|()| too_much_text())?);
        fields.push(made.field);
    }
    let geometry = geometry.finish().map_err(|_| {
        FileError::new(source.path, Message::new("error-too-many-coordinates"))
            .remedy(Message::new("remedy-smaller-parts"))
    })?;
    let geometry = with_geometry.then_some(geometry);
    let table = Table::new(source.name, count, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        let what = Message::new("error-defect").text("detail", defect.to_string());
        FileError::new(source.path, what)
    })?;
    if !ids.is_empty() {
        let (_, texts) = ids.finish(count, false).map_err(|_| too_much_text())?;
        table.ids = Some(identifiers(texts));
    }
    table.crs = source.crs.filter(|_| table.geometry.is_some());
    table.origin = Origin {
        path: source.path.to_owned(),
        format: source.format,
        layer: source.layer,
        encoding: Some(source.encoding.name.to_owned()),
        note: source.note,
        problems,
        ..Origin::default()
    };
    let evidence = source.encoding.evidence.clone();
    let chosen = source.options.encoding.as_deref();
    let evidence = evidence.unwrap_or_else(|| evidence_of_utf8(&table, chosen, true));
    table.origin.texts = Some(evidence);
    Ok(table)
}

/// Identifiers that are all whole numbers are that.
fn identifiers(array: ArrayRef) -> ArrayRef {
    let texts = array.as_any().downcast_ref::<StringArray>();
    let is_number = |text: &str| text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
    match texts {
        Some(texts) if texts.iter().flatten().all(is_number) => {
            let numbers = texts.iter().map(|text| text?.parse().ok());
            Arc::new(numbers.collect::<PrimitiveArray<Int64Type>>())
        }
        _ => array,
    }
}

fn make(column: Column, rows: usize, chosen: Option<FieldKind>) -> Made {
    let Column { name, label, told, texts, .. } = column;
    let made = |kind, array, markers, others| {
        let field = Field { label, ..Field::new(name, kind) };
        Made { field, array, markers, others }
    };
    let Ok((_, array)) = texts.finish(rows, false) else {
        return made(FieldKind::Text, Err(()), 0, 0);
    };
    let Some(texts) = array.as_any().downcast_ref::<StringArray>() else {
        return made(FieldKind::Text, Ok(array), 0, 0);
    };
    let (converted, others) = match chosen.or(told) {
        None | Some(FieldKind::Json) => (None, 0),
        Some(FieldKind::Text) if chosen.is_some() => {
            return made(FieldKind::Text, Ok(array), 0, 0);
        }
        Some(FieldKind::Text | FieldKind::Date | FieldKind::DateTime(_)) => {
            let is_json = || texts.iter().flatten().all(is_container) && texts.null_count() < rows;
            let found = as_dates(texts);
            let kind = if found.is_none() && is_json() { FieldKind::Json } else { FieldKind::Text };
            let (kind, array) = found.unwrap_or((kind, array));
            return made(kind, Ok(array), 0, 0);
        }
        Some(kind) => convert(texts, kind),
    };
    if let Some((kind, array)) = converted {
        return made(kind, Ok(array), 0, 0);
    }
    let inferred = infer(texts, false);
    made(inferred.kind, Ok(inferred.array), inferred.markers, others)
}

/// A column of texts as the kind told; none, and how many do not fit, where any does not.
fn convert(texts: &StringArray, kind: FieldKind) -> (Option<(FieldKind, ArrayRef)>, u64) {
    let texts = || {
        texts.iter().map(|text| {
            let text = text?.trim();
            (!text.is_empty()).then_some(text)
        })
    };
    let misfits = |fits: fn(&str) -> bool| {
        let misfits = texts().flatten().filter(|text| !fits(text)).count();
        as_u64(misfits)
    };
    let (array, others): (ArrayRef, u64) = match kind {
        FieldKind::Boolean => (
            Arc::new(texts().map(|text| boolean(text?)).collect::<BooleanArray>()),
            misfits(|text| boolean(text).is_some()),
        ),
        FieldKind::Integer => (
            Arc::new(texts().map(|text| text?.parse().ok()).collect::<PrimitiveArray<Int64Type>>()),
            misfits(|text| text.parse::<i64>().is_ok()),
        ),
        _ => (
            Arc::new(texts().map(|text| number(text?)).collect::<PrimitiveArray<Float64Type>>()),
            misfits(|text| number(text).is_some()),
        ),
    };
    if others > 0 { (None, others) } else { (Some((kind, array)), 0) }
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ => text.eq_ignore_ascii_case("false").then_some(false),
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Why nothing of a file could be read.
pub(in crate::formats) fn as_file_error(path: &Path, stop: Stop) -> FileError {
    match stop {
        Stop::Cancelled => FileError::cancelled(path),
        Stop::Fault(Fault { what, place }) => {
            let remedy =
                if what.id == "xml-ends-early" { "remedy-get-again" } else { "remedy-xml" };
            FileError::new(path, Message::new("error-xml").message("what", what))
                .at(place)
                .remedy(Message::new(remedy))
        }
    }
}

/// Where reading stopped, as a problem: what was read until then is kept.
pub(in crate::formats) fn cut_off(fault: Fault) -> Problems {
    let mut problems = Problems::new();
    let what = vec![("what", Arg::Message(Box::new(fault.what)))];
    problems.report("problem-xml-cut-off", 1, what, Some(fault.place));
    problems
}

/// A file of the format without anything to show.
pub(in crate::formats) fn no_rows(path: &Path, what: &'static str) -> FileError {
    FileError::new(path, Message::new(what)).remedy(Message::new("remedy-xml-empty"))
}
