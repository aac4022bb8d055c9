//! Rows as texts that can be compared, whatever their order: those of a table, and those the portal
//! holds.

use belfort::table::{FieldKind, Table, Value};
use serde_json::Value as Json;

use crate::fake_portal::{Dataset, Field, Kind, Row, Value as Cell};

/// The rows of a table, in an order of their own.
pub fn told(table: &Table) -> Vec<String> {
    let all: Vec<usize> = (0..table.rows()).collect();
    told_of(table, &all)
}

pub fn told_of(table: &Table, rows: &[usize]) -> Vec<String> {
    let mut order: Vec<usize> = (0..table.fields.len()).collect();
    order.sort_by_key(|at| table.fields[*at].name.clone());
    let row = |row: &usize| {
        let mut text = String::new();
        for at in &order {
            let value = value(table.value(*row, *at));
            text += &format!("{}={value}|", table.fields[*at].name);
        }
        let place = table.geometry.as_ref().and_then(|column| column.row(*row).to_geo());
        text + &place.map_or_else(String::new, |place| format!("{place:?}"))
    };
    let mut rows: Vec<String> = rows.iter().map(row).collect();
    rows.sort();
    rows
}

fn value(value: Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => format!("integer {number}"),
        Value::Number(number) => format!("number {number:?}"),
        Value::Text(text) => format!("text {text:?}"),
        Value::Json(text) => format!("json {}", serde_json::from_str::<Json>(text).unwrap()),
        Value::Date(day) => format!("day {day}"),
        // In UTC, whatever the form it was written in.
        Value::DateTime(at, form) => {
            assert_ne!(form.offset, belfort::table::Offset::None);
            format!("moment {at}")
        }
    }
}

/// The same rows as the portal made them, in the same order of their own.
pub fn made(dataset: &Dataset, rows: &[Row]) -> Vec<String> {
    let fields = &dataset.fields;
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|at| fields[*at].name.clone());
    let place = place_of(fields);
    let row = |row: &Row| {
        let mut text = String::new();
        for at in order.iter().filter(|at| fields[**at].kind != Kind::GeoShape) {
            text += &format!("{}={}|", fields[*at].name, cell(&row[*at], fields[*at].kind));
        }
        let place = match place.map(|at| &row[at]) {
            Some(Cell::Shape(shape)) => Some(shape.to_geo()),
            Some(Cell::Point { lon, lat }) => Some(geo::Point::new(*lon, *lat).into()),
            _ => None,
        };
        text + &place.map_or_else(String::new, |place: geo::Geometry| format!("{place:?}"))
    };
    let mut rows: Vec<String> = rows.iter().map(row).collect();
    rows.sort();
    rows
}

/// The field that is the place: a shape, else the first point.
pub fn place_of(fields: &[Field]) -> Option<usize> {
    let of = |kind| fields.iter().position(|field| field.kind == kind);
    of(Kind::GeoShape).or_else(|| of(Kind::GeoPoint))
}

fn cell(cell: &Cell, kind: Kind) -> String {
    match cell {
        Cell::Null => "null".to_owned(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Int(number) if kind == Kind::Double => format!("number {number}.0"),
        Cell::Int(number) => format!("integer {number}"),
        Cell::Double(number) => format!("number {number:?}"),
        Cell::Text(text) => format!("text {text:?}"),
        Cell::Day(day) => format!("day {day}"),
        Cell::Time(at) => format!("moment {}", at.naive_utc()),
        Cell::Point { lon, lat } => format!("json {}", serde_json::json!({"lon": lon, "lat": lat})),
        Cell::Json(json) => format!("json {json}"),
        Cell::List(cells) => {
            let texts = cells.iter().map(|cell| match cell {
                Cell::Text(text) => Json::from(text.as_ref()),
                other => panic!("{other:?}"),
            });
            format!("json {}", Json::Array(texts.collect()))
        }
        Cell::Shape(_) => panic!("a shape is the place"),
    }
}

/// The kind that a field of the portal must have here; for a moment, of whatever form.
pub fn is_of_kind(field: &Field, kind: FieldKind) -> bool {
    match field.kind {
        _ if field.several => kind == FieldKind::Json,
        Kind::Text => kind == FieldKind::Text,
        Kind::Int => kind == FieldKind::Integer,
        Kind::Double => kind == FieldKind::Number,
        Kind::Date => kind == FieldKind::Date,
        Kind::DateTime => matches!(kind, FieldKind::DateTime(_)),
        Kind::Boolean => kind == FieldKind::Boolean,
        Kind::GeoPoint | Kind::File | Kind::JsonBlob => kind == FieldKind::Json,
        Kind::GeoShape => false,
    }
}
