//! Writing GeoJSON: RFC 7946 in WGS 84; any other CRS with the `crs` member of the older form.

use std::path::{Path, PathBuf};

use crate::crs::{Crs, LayerCrs};
use crate::formats::json::is_container;
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
    let mut problems = Problems::new();
    let numbers = |(_, field): &(usize, &Field)| field.kind == FieldKind::Number;
    for (at, field) in table.fields.iter().enumerate().filter(numbers) {
        let bad = (0..table.rows()).filter(
            |row| matches!(table.value(*row, at), Value::Number(number) if !number.is_finite()),
        );
        let args = vec![("field", Arg::Text(field.name.clone()))];
        problems.report("problem-number-not-finite", count(bad.count()), args, None);
    }
    let Some(geometry) = &table.geometry else { return problems };
    match &table.crs {
        None => problems.add("problem-geojson-no-crs", 1),
        crs if is_standard(crs.as_ref()) => {}
        Some(crs) => {
            let args = vec![("crs", Arg::Text(crs.crs.label()))];
            problems.report("problem-geojson-crs-member", 1, args, None);
        }
    }
    let rows = || geometry.iter();
    let bad = rows().filter(|row| !is_writable(*row)).count();
    problems.add("problem-position-not-finite", count(bad));
    let unclosed =
        rows().flat_map(|row| row.parts()).filter(|part| part.kind() == PartKind::Polygon);
    let unclosed = unclosed.flat_map(|part| part.rings()).filter(|ring| !is_closed(*ring));
    problems.add("problem-ring-closed", count(unclosed.count()));
    // A measure without a height has no place in a position.
    if geometry.has_m() {
        let lost = rows().filter(|row| row.parts().any(|part| part.rings().any(measure_alone)));
        problems.add("problem-measure-dropped", count(lost.count()));
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
    let mut text = String::with_capacity(1 << 16);
    text.push_str("{\"type\":\"FeatureCollection\",\n\"name\":");
    push_text(&mut text, &table.name);
    if let Some(note) = &options.note {
        text.push_str(",\n\"note\":");
        push_text(&mut text, note);
    }
    if let (Some(crs), Some(_)) = (&table.crs, &table.geometry)
        && !standard
    {
        text.push_str(",\n\"crs\":{\"type\":\"name\",\"properties\":{\"name\":");
        push_text(&mut text, &crs_name(&crs.crs));
        text.push_str("}}");
    }
    text.push_str(",\n\"features\":[");
    let names: Vec<String> = table.fields.iter().map(|field| quoted(&field.name)).collect();
    for row in 0..table.rows() {
        text.push_str(if row == 0 { "\n" } else { ",\n" });
        push_feature(&mut text, table, row, &names, standard);
        if text.len() > 1 << 16 {
            file.write_all(text.as_bytes())?;
            text.clear();
            watch.check().map_err(|_| FileError::cancelled(path))?;
            watch.set_done(count(row));
        }
    }
    text.push_str("\n]}\n");
    file.write_all(text.as_bytes())?;
    file.commit()?;
    Ok(vec![path.to_owned()])
}

/// The name readers understand: a URN for a code, the definition itself otherwise.
fn crs_name(crs: &Crs) -> String {
    match crs.code.as_deref().and_then(|code| code.split_once(':')) {
        Some(("OGC", code)) => format!("urn:ogc:def:crs:OGC:1.3:{code}"),
        Some((authority, code)) => format!("urn:ogc:def:crs:{authority}::{code}"),
        None => crs.definition.to_string(),
    }
}

fn push_feature(text: &mut String, table: &Table, row: usize, names: &[String], standard: bool) {
    text.push_str("{\"type\":\"Feature\"");
    if let Some(id) = id_of(table, row) {
        text.push_str(",\"id\":");
        text.push_str(&id);
    }
    text.push_str(",\"properties\":{");
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(name);
        text.push(':');
        push_value(text, table.value(row, at));
    }
    text.push_str("},\"geometry\":");
    match table.geometry.as_ref().map(|geometry| geometry.row(row)) {
        Some(geometry) if geometry.kind() != GeometryKind::Null && is_writable(geometry) => {
            push_geometry(text, geometry, standard);
        }
        _ => text.push_str(NULL),
    }
    text.push('}');
}

fn id_of(table: &Table, row: usize) -> Option<String> {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int64Type;
    let ids = table.ids.as_ref().filter(|ids| row < ids.len() && ids.is_valid(row))?;
    if let Some(numbers) = ids.as_primitive_opt::<Int64Type>() {
        return Some(numbers.value(row).to_string());
    }
    ids.as_string_opt::<i32>().map(|texts| quoted(texts.value(row)))
}

fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    push_text(&mut text, value);
    text
}

/// A JSON string.
fn push_text(text: &mut String, value: &str) {
    text.push('"');
    let mut plain = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"".to_owned(),
            b'\\' => "\\\\".to_owned(),
            b'\n' => "\\n".to_owned(),
            b'\r' => "\\r".to_owned(),
            b'\t' => "\\t".to_owned(),
            0..0x20 | 0x7F => format!("\\u{byte:04x}"),
            _ => continue,
        };
        text.push_str(value.get(plain..at).unwrap_or_default());
        text.push_str(&escape);
        plain = at + 1;
    }
    text.push_str(value.get(plain..).unwrap_or_default());
    text.push('"');
}

fn push_value(text: &mut String, value: Value<'_>) {
    match value {
        Value::Boolean(value) => text.push_str(if value { "true" } else { "false" }),
        Value::Integer(value) => text.push_str(&value.to_string()),
        // With its `.0`, so that a column of numbers stays one when all happen to be whole.
        Value::Number(value) if value.is_finite() => push_number(text, value),
        Value::Null | Value::Number(_) => text.push_str(NULL),
        Value::Json(json) if is_container(json) => text.push_str(json),
        Value::Text(value) | Value::Json(value) => push_text(text, value),
        Value::Date(_) | Value::DateTime(..) => push_text(text, &value.to_data_text()),
    }
}

/// The shortest digits that give the same number back.
fn push_number(text: &mut String, value: f64) {
    text.push_str(&serde_json::Number::from_f64(value).map_or(NULL.to_owned(), |n| n.to_string()));
}

fn push_coordinate(text: &mut String, value: f64) {
    push_number(text, value);
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
}

fn push_geometry(text: &mut String, geometry: GeometryRef<'_>, standard: bool) {
    if geometry.kind() == GeometryKind::GeometryCollection {
        text.push_str("{\"type\":\"GeometryCollection\",\"geometries\":[");
        for (at, (kind, parts)) in geometry.members().enumerate() {
            if at > 0 {
                text.push(',');
            }
            push_simple(text, kind, parts, standard);
        }
        text.push_str("]}");
    } else {
        push_simple(text, geometry.kind(), geometry.parts(), standard);
    }
}

fn push_simple<'a>(
    text: &mut String,
    kind: GeometryKind,
    mut parts: impl ExactSizeIterator<Item = PartRef<'a>>,
    standard: bool,
) {
    text.push_str("{\"type\":\"");
    text.push_str(kind.name());
    text.push_str("\",\"coordinates\":");
    if kind.is_multi() {
        push_list(text, parts, |text, part| push_part(text, part, standard));
    } else {
        match parts.next() {
            Some(part) => push_part(text, part, standard),
            None => text.push_str("[]"),
        }
    }
    text.push('}');
}

fn push_list<T>(
    text: &mut String,
    items: impl Iterator<Item = T>,
    mut push: impl FnMut(&mut String, T),
) {
    text.push('[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            text.push(',');
        }
        push(text, item);
    }
    text.push(']');
}

fn push_part(text: &mut String, part: PartRef<'_>, standard: bool) {
    match part.kind() {
        PartKind::Point => match part.first_ring().xy() {
            [] => text.push_str("[]"),
            _ => push_position(text, part.first_ring(), 0),
        },
        PartKind::Line => {
            let ring = part.first_ring();
            push_list(text, 0..ring.xy().len(), |text, at| push_position(text, ring, at));
        }
        PartKind::Polygon => {
            push_list(text, part.rings().enumerate(), |text, (at, ring)| {
                push_ring(text, ring, at == 0, standard);
            });
        }
    }
}

/// A closed ring; in the standard's form the outer one counter-clockwise, holes clockwise
/// (RFC 7946, section 3.1.6).
fn push_ring(text: &mut String, ring: RingRef<'_>, outer: bool, standard: bool) {
    let length = ring.xy().len();
    let area = signed_area(ring.xy());
    let turn = standard && ((outer && area < 0.0) || (!outer && area > 0.0));
    let order = (0..length).map(|at| if turn { length - 1 - at } else { at });
    let first = if turn { length.saturating_sub(1) } else { 0 };
    let closing = (length > 0 && !is_closed(ring)).then_some(first);
    push_list(text, order.chain(closing), |text, at| push_position(text, ring, at));
}

/// Twice the area, positive counter-clockwise, by the shoelace formula; relative to the first
/// position, so that large coordinates do not swamp small rings.
fn signed_area(xy: &[[f64; 2]]) -> f64 {
    let Some([x0, y0]) = xy.first() else { return 0.0 };
    let next = xy.iter().cycle().skip(1);
    let pairs = xy.iter().zip(next);
    pairs.map(|([ax, ay], [bx, by])| (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)).sum()
}

fn push_position(text: &mut String, ring: RingRef<'_>, at: usize) {
    let Some([x, y]) = ring.xy().get(at) else { return };
    text.push('[');
    push_coordinate(text, *x);
    text.push(',');
    push_coordinate(text, *y);
    if let Some(z) = ring.z().get(at).filter(|z| z.is_finite()) {
        text.push(',');
        push_coordinate(text, *z);
        if let Some(m) = ring.m().get(at).filter(|m| m.is_finite()) {
            text.push(',');
            push_coordinate(text, *m);
        }
    }
    text.push(']');
}
