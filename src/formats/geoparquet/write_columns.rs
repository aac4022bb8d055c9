//! The columns of a table as Parquet has them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMillisecondType;
use arrow_array::{Array, ArrayRef, BinaryArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema, TimeUnit as ArrowUnit};
use chrono::DateTime;
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::ParquetError;
use parquet::schema::types::{Type, TypePtr};

use super::attributes::{DESCRIPTION, FORM, LABEL};
use crate::formats::wkb;
use crate::table::{Field, FieldKind, GeometryColumn, GeometryKind, Offset, Table};

/// The column of places, unless a field is called so.
const GEOMETRY: &str = "geometry";

/// The name of the column of places.
pub(super) fn geometry_name(table: &Table) -> String {
    let numbered = (2..).map(|number: u32| format!("{GEOMETRY}_{number}"));
    let mut names = std::iter::once(GEOMETRY.to_owned()).chain(numbered);
    let taken = |name: &String| table.field_index(name).is_some();
    names.find(|name| !taken(name)).unwrap_or_default()
}

/// The zone of a column of moments in Arrow's words; none for local time.
fn zone(offset: Offset) -> Option<Arc<str>> {
    match offset {
        Offset::None => None,
        Offset::Zulu => Some("UTC".into()),
        Offset::Minutes { minutes, .. } => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            Some(format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60).into())
        }
    }
}

fn arrow_type(kind: FieldKind) -> DataType {
    match kind {
        FieldKind::DateTime(form) => DataType::Timestamp(ArrowUnit::Millisecond, zone(form.offset)),
        other => other.data_type(),
    }
}

/// The fields as Arrow knows them: with the zones of moments, and what people call them.
pub(super) fn arrow_schema(table: &Table) -> Schema {
    let field = |field: &Field| {
        let mut kept = HashMap::new();
        let mut keep = |name: &str, text: Option<String>| {
            kept.extend(text.map(|text| (name.to_owned(), text)));
        };
        keep(LABEL, field.label.clone());
        keep(DESCRIPTION, field.description.clone());
        if let FieldKind::DateTime(form) = field.kind {
            keep(FORM, Some(form.write(DateTime::UNIX_EPOCH.naive_utc())));
        }
        ArrowField::new(&field.name, arrow_type(field.kind), true).with_metadata(kept)
    };
    let geometry = table
        .geometry
        .as_ref()
        .map(|_| ArrowField::new(geometry_name(table), DataType::Binary, true));
    Schema::new(table.fields.iter().map(field).chain(geometry).collect::<Vec<_>>())
}

/// The fields as Parquet knows them.
///
/// # Errors
/// When the library finds fault with a name.
pub(super) fn parquet_schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let column = |name: &str, physical: Physical, logical: Option<LogicalType>| {
        let builder = Type::primitive_type_builder(name, physical);
        let builder = builder.with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        builder.build().map(Arc::new)
    };
    let field = |field: &Field| {
        let (physical, logical) = match field.kind {
            FieldKind::Boolean => (Physical::BOOLEAN, None),
            FieldKind::Integer => (Physical::INT64, None),
            FieldKind::Number => (Physical::DOUBLE, None),
            FieldKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            FieldKind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
            FieldKind::Date => (Physical::INT32, Some(LogicalType::Date)),
            FieldKind::DateTime(form) => {
                let in_utc = form.offset != Offset::None;
                (Physical::INT64, Some(LogicalType::timestamp(in_utc, TimeUnit::MILLIS)))
            }
        };
        column(&field.name, physical, logical)
    };
    let mut fields = table.fields.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    if table.geometry.is_some() {
        fields.push(column(&geometry_name(table), Physical::BYTE_ARRAY, None)?);
    }
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

/// The rows of a row group, column by column, as [`arrow_schema`] has them.
///
/// # Errors
/// When the places of the rows are more bytes than Arrow counts.
pub(super) fn arrays(table: &Table, rows: Range<usize>) -> Result<Vec<ArrayRef>, ArrowError> {
    let slice = |column: &ArrayRef| column.slice(rows.start, rows.len());
    let zoned = |(field, column): (&Field, &ArrayRef)| -> ArrayRef {
        let part = slice(column);
        match (field.kind, part.as_primitive_opt::<TimestampMillisecondType>()) {
            (FieldKind::DateTime(form), Some(moments)) => {
                Arc::new(moments.clone().with_timezone_opt(zone(form.offset)))
            }
            _ => part,
        }
    };
    let mut arrays: Vec<ArrayRef> = table.fields.iter().zip(&table.columns).map(zoned).collect();
    if let Some(geometry) = &table.geometry {
        arrays.push(Arc::new(places(geometry, rows)?));
    }
    Ok(arrays)
}

/// The places of some rows as well-known binary.
fn places(geometry: &GeometryColumn, rows: Range<usize>) -> Result<BinaryArray, ArrowError> {
    let mut bytes = Vec::with_capacity(rows.len() * 21);
    let mut ends = Vec::with_capacity(rows.len() + 1);
    let mut valid = Vec::with_capacity(rows.len());
    ends.push(0_i32);
    for row in rows {
        let row = geometry.row(row);
        wkb::write(row, &mut bytes);
        valid.push(row.kind() != GeometryKind::Null);
        let end = i32::try_from(bytes.len());
        ends.push(end.map_err(|_| ArrowError::OffsetOverflowError(bytes.len()))?);
    }
    let valid = NullBuffer::from(valid);
    let valid = (valid.null_count() > 0).then_some(valid);
    BinaryArray::try_new(OffsetBuffer::new(ends.into()), bytes.into(), valid)
}
