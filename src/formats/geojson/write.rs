//! Writing GeoJSON: RFC 7946 in WGS 84; any other CRS with the `crs` member of the older form.

use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;

use super::{lines, texts};
use crate::crs::{Crs, LayerCrs};
use crate::formats::digits::{push_date, push_number, push_short, push_whole};
use crate::formats::json::is_container;
use crate::formats::pieces::{count_rows, each_run};
use crate::formats::{AtomicFile, WriteOptions};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{
    Field, FieldKind, GeometryKind, GeometryRef, PartKind, PartRef, RingRef, Table, Value,
};

const NULL: &str = "null";

/// Whether the file follows RFC 7946: WGS 84, longitude first.
fn is_standard(crs: Option<&LayerCrs>) -> bool {
    crs.is_some_and(|crs| {
        let named = matches!(crs.crs.code.as_deref(), Some("EPSG:4326" | "OGC:CRS84"));
        !crs.swapped && (named || crs.crs.same_as(&Crs::wgs84()))
    })
}

/// What writing would change.
pub(super) fn changes(table: &Table, _options: &WriteOptions) -> Problems {
    changes_with(table, "problem-geojson-crs-member")
}

/// What writing lines would change.
pub(super) fn changes_of_lines(table: &Table, _options: &WriteOptions) -> Problems {
    changes_with(table, "problem-geojsonl-crs")
}

/// What writing would change, with what is told of a system that is not the standard's.
fn changes_with(table: &Table, other_crs: &'static str) -> Problems {
    let mut problems = Problems::new();
    let numbers = |(_, field): &(usize, &Field)| field.kind == FieldKind::Number;
    let bad_number =
        |row, at| matches!(table.value(row, at), Value::Number(number) if !number.is_finite());
    for (at, field) in table.fields.iter().enumerate().filter(numbers) {
        let bad = count_rows(table.rows(), |row| u64::from(bad_number(row, at)));
        let args = vec![("field", Arg::Text(field.name.clone()))];
        problems.report("problem-number-not-finite", bad, args, None);
    }
    let Some(geometry) = &table.geometry else { return problems };
    match &table.crs {
        None => problems.add("problem-geojson-no-crs", 1),
        crs if is_standard(crs.as_ref()) => {}
        Some(crs) => {
            let args = vec![("crs", Arg::Text(crs.crs.label()))];
            problems.report(other_crs, 1, args, None);
        }
    }
    let count_rows = |of: &(dyn Fn(GeometryRef<'_>) -> u64 + Sync)| {
        count_rows(geometry.len(), |row| of(geometry.row(row)))
    };
    let bad = count_rows(&|row| u64::from(!is_writable(row)));
    problems.add("problem-position-not-finite", bad);
    let unclosed = count_rows(&|row| {
        let polygons = row.parts().filter(|part| part.kind() == PartKind::Polygon);
        count(polygons.flat_map(|part| part.rings()).filter(|ring| !is_closed(*ring)).count())
    });
    problems.add("problem-ring-closed", unclosed);
    // A measure without a height has no place in a position.
    if geometry.has_m() {
        let lost = |row: GeometryRef<'_>| row.parts().any(|part| part.rings().any(measure_alone));
        problems.add("problem-measure-dropped", count_rows(&|row| u64::from(lost(row))));
    }
    problems
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn measure_alone(ring: RingRef<'_>) -> bool {
    let has_height = |at: usize| ring.z().get(at).is_some_and(|z| z.is_finite());
    ring.m().iter().enumerate().any(|(at, m)| m.is_finite() && !has_height(at))
}

fn is_closed(ring: RingRef<'_>) -> bool {
    ring.xy().first() == ring.xy().last()
}

fn is_writable(row: GeometryRef<'_>) -> bool {
    row.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite())
}

/// Writes the file.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let mut file = AtomicFile::create(path)?;
    watch.set_total(count(table.rows()));
    let standard = is_standard(table.crs.as_ref());
    let mut out = b"{\"type\":\"FeatureCollection\",\n\"name\":".to_vec();
    push_text(&mut out, &table.name);
    if let Some(note) = &options.note {
        push(&mut out, ",\n\"note\":");
        push_text(&mut out, note);
    }
    if let (Some(crs), Some(_)) = (&table.crs, &table.geometry)
        && !standard
    {
        push(&mut out, ",\n\"crs\":{\"type\":\"name\",\"properties\":{\"name\":");
        push_text(&mut out, &crs_name(&crs.crs));
        push(&mut out, "}}");
    }
    push(&mut out, ",\n\"features\":[");
    file.write_all(&out)?;
    let names = quoted_names(table);
    let make = |rows: Range<usize>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let mut out = Vec::with_capacity(rows.len() * 256);
        let length = rows.len();
        for row in rows {
            push(&mut out, if row == 0 { "\n" } else { ",\n" });
            push_feature(&mut out, table, row, &names, standard);
        }
        Ok((out, length))
    };
    each_run(table.rows(), make, |(out, rows)| {
        watch.advance(count(rows));
        file.write_all(&out)
    })?;
    file.write_all(b"\n]}\n")?;
    file.commit()?;
    Ok(vec![path.to_owned()])
}

/// Writes a feature on each line, behind a separator where the name of the file asks for that.
pub(super) fn write_lines(
    table: &Table,
    path: &Path,
    _options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let mut file = AtomicFile::create(path)?;
    watch.set_total(count(table.rows()));
    let standard = is_standard(table.crs.as_ref());
    let separated = lines::has_separators(path);
    let names = quoted_names(table);
    let make = |rows: Range<usize>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let mut out = Vec::with_capacity(rows.len() * 256);
        let length = rows.len();
        for row in rows {
            if separated {
                out.push(texts::SEPARATOR);
            }
            let start = out.len();
            push_feature(&mut out, table, row, &names, standard);
            // Only JSON that was laid out by others has any ends of lines: white space all.
            for byte in out.iter_mut().skip(start).filter(|byte| matches!(**byte, b'\n' | b'\r')) {
                *byte = b' ';
            }
            out.push(b'\n');
        }
        Ok((out, length))
    };
    each_run(table.rows(), make, |(out, rows)| {
        watch.advance(count(rows));
        file.write_all(&out)
    })?;
    file.commit()?;
    Ok(vec![path.to_owned()])
}

/// The names of the fields as JSON strings.
fn quoted_names(table: &Table) -> Vec<Vec<u8>> {
    let quoted = |field: &Field| {
        let mut name = Vec::new();
        push_text(&mut name, &field.name);
        name
    };
    table.fields.iter().map(quoted).collect()
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// The name readers understand: a URN for a code, the definition itself otherwise.
fn crs_name(crs: &Crs) -> String {
    match crs.code.as_deref().and_then(|code| code.split_once(':')) {
        Some(("OGC", code)) => format!("urn:ogc:def:crs:OGC:1.3:{code}"),
        Some((authority, code)) => format!("urn:ogc:def:crs:{authority}::{code}"),
        None => crs.definition.to_string(),
    }
}

fn push_feature(out: &mut Vec<u8>, table: &Table, row: usize, names: &[Vec<u8>], standard: bool) {
    push(out, "{\"type\":\"Feature\"");
    push_id(out, table, row);
    push(out, ",\"properties\":{");
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(name);
        out.push(b':');
        push_value(out, table.value(row, at));
    }
    push(out, "},\"geometry\":");
    match table.geometry.as_ref().map(|geometry| geometry.row(row)) {
        Some(geometry) if geometry.kind() != GeometryKind::Null && is_writable(geometry) => {
            push_geometry(out, geometry, standard);
        }
        _ => push(out, NULL),
    }
    out.push(b'}');
}

/// Adds the row's identifier, if it has one.
fn push_id(out: &mut Vec<u8>, table: &Table, row: usize) {
    let ids = table.ids.as_ref().filter(|ids| row < ids.len() && ids.is_valid(row));
    let Some(ids) = ids else { return };
    push(out, ",\"id\":");
    if let Some(numbers) = ids.as_primitive_opt::<Int64Type>() {
        push_whole(out, numbers.value(row));
    } else if let Some(texts) = ids.as_string_opt::<i32>() {
        push_text(out, texts.value(row));
    } else {
        push(out, NULL);
    }
}

/// A JSON string.
fn push_text(out: &mut Vec<u8>, value: &str) {
    out.push(b'"');
    let mut plain = 0;
    for (at, byte) in value.bytes().enumerate() {
        let hex;
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..0x20 | 0x7F => {
                hex = format!("\\u{byte:04x}");
                &hex
            }
            _ => continue,
        };
        push(out, value.get(plain..at).unwrap_or_default());
        push(out, escape);
        plain = at + 1;
    }
    push(out, value.get(plain..).unwrap_or_default());
    out.push(b'"');
}

fn push_value(out: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Boolean(value) => push(out, if value { "true" } else { "false" }),
        Value::Integer(value) => push_whole(out, value),
        // With its `.0`, so that a column of numbers stays one when all happen to be whole.
        Value::Number(value) if value.is_finite() => push_number(out, value),
        Value::Null | Value::Number(_) => push(out, NULL),
        Value::Json(json) if is_container(json) => push(out, json),
        Value::Text(value) | Value::Json(value) => push_text(out, value),
        Value::Date(date) => {
            out.push(b'"');
            push_date(out, date, "-");
            out.push(b'"');
        }
        Value::DateTime(at, form) => {
            out.push(b'"');
            form.push(out, at);
            out.push(b'"');
        }
    }
}

/// A geometry as a GeoJSON text, with its coordinates as they are: WGS 84, for GeoJSON's sake.
pub(super) fn geometry_text(geometry: GeometryRef<'_>) -> String {
    let mut out = Vec::new();
    push_geometry(&mut out, geometry, true);
    String::from_utf8_lossy(&out).into_owned()
}

fn push_geometry(out: &mut Vec<u8>, geometry: GeometryRef<'_>, standard: bool) {
    if geometry.kind() == GeometryKind::GeometryCollection {
        push(out, "{\"type\":\"GeometryCollection\",\"geometries\":[");
        for (at, (kind, parts)) in geometry.members().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            push_simple(out, kind, parts, standard);
        }
        push(out, "]}");
    } else {
        push_simple(out, geometry.kind(), geometry.parts(), standard);
    }
}

fn push_simple<'a>(
    out: &mut Vec<u8>,
    kind: GeometryKind,
    mut parts: impl ExactSizeIterator<Item = PartRef<'a>>,
    standard: bool,
) {
    push(out, "{\"type\":\"");
    push(out, kind.name());
    push(out, "\",\"coordinates\":");
    if kind.is_multi() {
        push_list(out, parts, |out, part| push_part(out, part, standard));
    } else {
        match parts.next() {
            Some(part) => push_part(out, part, standard),
            None => push(out, "[]"),
        }
    }
    out.push(b'}');
}

fn push_list<T>(
    out: &mut Vec<u8>,
    items: impl Iterator<Item = T>,
    mut push: impl FnMut(&mut Vec<u8>, T),
) {
    out.push(b'[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        push(out, item);
    }
    out.push(b']');
}

fn push_part(out: &mut Vec<u8>, part: PartRef<'_>, standard: bool) {
    match part.kind() {
        PartKind::Point => match part.first_ring().xy() {
            [] => push(out, "[]"),
            _ => push_position(out, part.first_ring(), 0),
        },
        PartKind::Line => {
            let ring = part.first_ring();
            push_list(out, 0..ring.xy().len(), |out, at| push_position(out, ring, at));
        }
        PartKind::Polygon => {
            push_list(out, part.rings().enumerate(), |out, (at, ring)| {
                push_ring(out, ring, at == 0, standard);
            });
        }
    }
}

/// A closed ring; in the standard's form the outer one counter-clockwise, holes clockwise
/// (RFC 7946, section 3.1.6).
fn push_ring(out: &mut Vec<u8>, ring: RingRef<'_>, outer: bool, standard: bool) {
    let length = ring.xy().len();
    let area = signed_area(ring.xy());
    let turn = standard && ((outer && area < 0.0) || (!outer && area > 0.0));
    let order = (0..length).map(|at| if turn { length - 1 - at } else { at });
    let first = if turn { length.saturating_sub(1) } else { 0 };
    let closing = (length > 0 && !is_closed(ring)).then_some(first);
    push_list(out, order.chain(closing), |out, at| push_position(out, ring, at));
}

/// Twice the area, positive counter-clockwise, by the shoelace formula; relative to the first
/// position, so that large coordinates do not swamp small rings.
fn signed_area(xy: &[[f64; 2]]) -> f64 {
    let Some([x0, y0]) = xy.first() else { return 0.0 };
    let next = xy.iter().cycle().skip(1);
    let pairs = xy.iter().zip(next);
    pairs.map(|([ax, ay], [bx, by])| (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)).sum()
}

fn push_position(out: &mut Vec<u8>, ring: RingRef<'_>, at: usize) {
    let Some([x, y]) = ring.xy().get(at) else { return };
    out.push(b'[');
    push_short(out, *x);
    out.push(b',');
    push_short(out, *y);
    if let Some(z) = ring.z().get(at).filter(|z| z.is_finite()) {
        out.push(b',');
        push_short(out, *z);
        if let Some(m) = ring.m().get(at).filter(|m| m.is_finite()) {
            out.push(b',');
            push_short(out, *m);
        }
    }
    out.push(b']');
}
