//! `/exports`: what formats there are, and a whole dataset in one of them, written as it is made.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::answer::{Answer, Body, JSON};
use super::csv_export::Csv;
use super::dataset::{Field, Kind};
use super::error::ApiError;
use super::page::export_limit;
use super::query::{Query, flag};
use super::records::{ordered, write_row};
use super::request::{BASE, Request};
use super::value::{Row, Value};
use super::view::{Order, View};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    GeoJson,
    Json,
    JsonLines,
    Csv,
}

/// The formats of a dataset: without a place there is no GeoJSON.
fn formats(fields: &[Field]) -> Vec<(&'static str, Format)> {
    let all = [
        ("csv", Format::Csv),
        ("geojson", Format::GeoJson),
        ("json", Format::Json),
        ("jsonl", Format::JsonLines),
    ];
    let place = fields.iter().any(|field| field.kind.is_place());
    all.into_iter().filter(|(_, format)| place || *format != Format::GeoJson).collect()
}

pub fn list(view: &View, address: &str) -> Answer {
    let base = format!("{address}{BASE}/catalog/datasets/{}/exports", view.dataset.id);
    let mut links = vec![json!({ "rel": "self", "href": base })];
    for (name, _) in formats(&view.fields()) {
        links.push(json!({ "rel": name, "href": format!("{base}/{name}") }));
    }
    Answer::json(200, &json!({ "links": links }))
}

pub fn export(view: View, request: &Request, format: &str) -> Result<Answer, ApiError> {
    let fields = view.fields();
    let offered = formats(&fields);
    let found = offered.iter().find(|(name, _)| *name == format);
    let Some((_, format)) = found.copied() else {
        let names: Vec<&str> = offered.iter().map(|(name, _)| *name).collect();
        return Err(ApiError::parameter("format", format, &format!("one of {names:?}")));
    };
    let query = Query::read(request, &fields)?;
    let limit = export_limit(request)?;
    if let Some(epsg) = request.parameter("epsg").filter(|epsg| *epsg != "4326") {
        return Err(ApiError::parameter("epsg", epsg, "4326"));
    }
    let compressed = flag(request, "compressed", false)?;
    let labels = flag(request, "use_labels", false)?;
    let csv = Csv::read(request, &fields, &query, labels)?;
    let content_type = match format {
        Format::GeoJson => "application/geo+json",
        Format::Json => JSON,
        Format::JsonLines => "application/jsonl; charset=utf-8",
        Format::Csv => "text/csv; charset=utf-8",
    };
    let content_type = if compressed { "application/gzip" } else { content_type };
    let name = view.dataset.id.clone();
    let answer = Answer::stream(content_type, move |out| {
        if !compressed {
            return write(&view, &query, format, limit, &csv, out);
        }
        let mut packed = GzEncoder::new(out, Compression::fast());
        write(&view, &query, format, limit, &csv, &mut packed)?;
        packed.finish().map(drop)
    });
    debug_assert!(matches!(answer.body, Body::Stream(_)));
    Ok(answer.header("Content-Disposition", &format!("attachment; filename=\"{name}\"")))
}

fn write(
    view: &View,
    query: &Query,
    format: Format,
    limit: Option<usize>,
    csv: &Csv,
    out: &mut dyn Write,
) -> io::Result<()> {
    let most = limit.unwrap_or(usize::MAX);
    if let Some(group) = &query.group {
        let kept = view.rows(Order::Kept).map(|(_, row)| row).filter(|row| query.filter.keeps(row));
        let mut rows = group.rows(kept);
        if let Some(order) = &query.order {
            rows.sort_by(|a, b| order.of(&order.key(a), &order.key(b)));
        }
        return write_rows(view, query, format, csv, rows.into_iter().take(most), out);
    }
    if query.order.is_some() {
        let places = ordered(view, query, Order::OfDownload);
        let rows = places.into_iter().map(|place| view.row(place));
        return write_rows(view, query, format, csv, rows.take(most), out);
    }
    let rows = view.rows(Order::OfDownload).map(|(_, row)| row);
    let rows = rows.filter(|row| query.filter.keeps(row));
    write_rows(view, query, format, csv, rows.take(most), out)
}

fn write_rows(
    view: &View,
    query: &Query,
    format: Format,
    csv: &Csv,
    rows: impl Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let fields = query.group.as_ref().map_or_else(|| view.fields(), |group| group.fields.clone());
    let open = match format {
        Format::GeoJson => "{\"type\":\"FeatureCollection\",\"features\":[",
        Format::Json => "[",
        Format::JsonLines | Format::Csv => "",
    };
    write!(out, "{open}")?;
    if format == Format::Csv {
        csv.write_head(out)?;
    }
    for (at, row) in rows.enumerate() {
        if at > 0 && matches!(format, Format::GeoJson | Format::Json) {
            write!(out, ",")?;
        }
        match format {
            Format::GeoJson => write_feature(&row, &fields, query, out)?,
            Format::Json => write_row(&row, &query.selection, query.zone, out)?,
            Format::JsonLines => {
                write_row(&row, &query.selection, query.zone, out)?;
                writeln!(out)?;
            }
            Format::Csv => csv.write_row(&row, out)?,
        }
    }
    let close = match format {
        Format::GeoJson => "]}",
        Format::Json => "]",
        Format::JsonLines | Format::Csv => "",
    };
    write!(out, "{close}")
}

/// A feature: its geometry is the shape, else the point; points are repeated as properties.
fn write_feature(
    row: &[Value],
    fields: &[Field],
    query: &Query,
    out: &mut dyn Write,
) -> io::Result<()> {
    let of_kind = |kind: Kind| {
        let mut columns = query.selection.0.iter().map(|(column, _)| *column);
        columns.find(|column| fields[*column].kind == kind)
    };
    let place = of_kind(Kind::GeoShape).or_else(|| of_kind(Kind::GeoPoint));
    write!(out, "{{\"type\":\"Feature\",\"geometry\":")?;
    match place.map(|column| &row[column]) {
        Some(Value::Shape(shape)) => shape.write_geojson(out)?,
        Some(Value::Point { lon, lat }) => {
            write!(out, "{{\"type\":\"Point\",\"coordinates\":")?;
            serde_json::to_writer(&mut *out, &[lon, lat])?;
            write!(out, "}}")?;
        }
        _ => write!(out, "null")?,
    }
    write!(out, ",\"properties\":")?;
    let mut properties = query.selection.clone();
    properties.0.retain(|(column, _)| fields[*column].kind != Kind::GeoShape);
    write_row(row, &properties, query.zone, out)?;
    write!(out, "}}")
}
