//! Writing a FlatGeobuf file: header, index, features in the order of the index.

use std::path::{Path, PathBuf};

use arrow_array::Array;
use flatbuffers::FlatBufferBuilder;
use flatgeobuf::{Column, ColumnArgs, Crs as FileCrs, CrsArgs, GeometryType, Header, HeaderArgs};

use super::header::MAGIC;
use super::tree::{self, Node};
use super::write_feature::{Encoder, column_type, type_of};
use crate::crs::{Crs, LayerCrs};
use crate::formats::pieces::each_run;
use crate::formats::{AtomicFile, WriteOptions};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{Extent, GeometryColumn, GeometryKind, GeometryRef, Table};

/// How many boxes of the index share a box: what the format's own library writes.
const FAN_OUT: u16 = 16;
/// A flatbuffer has at most 2 GiB; this leaves room for what is around the numbers and texts.
const LARGEST_FEATURE: usize = (1 << 31) - (1 << 20);

/// What writing would change.
pub(super) fn changes(table: &Table, _options: &WriteOptions) -> Problems {
    let mut problems = Problems::new();
    if let Some(ids) = &table.ids {
        problems.add("problem-ids-dropped", (ids.len() - ids.null_count()) as u64);
    }
    let Some(geometry) = &table.geometry else { return problems };
    if table.crs.is_none() {
        problems.add("problem-columnar-no-crs", 1);
    }
    if !order(table).is_sorted() {
        problems.add("problem-flatgeobuf-order", 1);
    }
    let is_empty = |row: &GeometryRef<'_>| row.kind() != GeometryKind::Null && row.is_empty();
    let empty =
        if geometry.points().is_some() { 0 } else { geometry.iter().filter(is_empty).count() };
    problems.add("problem-flatgeobuf-empty", empty as u64);
    // The format allows it, and programs that read row by row read it.
    problems.add("problem-flatgeobuf-no-place", geometry.missing() as u64);
    problems
}

/// The rows in the order of the file: along a curve through their places, as the index needs
/// them, then those without a place.
fn order(table: &Table) -> Vec<u32> {
    let rows = u32::try_from(table.rows()).unwrap_or(u32::MAX);
    if table.geometry.is_none() {
        return (0..rows).collect();
    }
    let mut order = table.index().rows_along().to_vec();
    if order.len() < table.rows() {
        let mut placed = vec![false; table.rows()];
        for row in &order {
            if let Some(placed) = placed.get_mut(*row as usize) {
                *placed = true;
            }
        }
        order.extend((0..rows).zip(placed).filter(|(_, placed)| !placed).map(|(row, _)| row));
    }
    order
}

/// Writes the file.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let limit = usize::from(u16::MAX);
    if table.fields.len() > limit {
        let what = Message::new("flatgeobuf-error-too-many-fields").count("limit", limit as u64);
        return Err(
            FileError::new(path, what).remedy(Message::new("shapefile-error-fields-remedy"))
        );
    }
    watch.set_total(table.rows() as u64);
    let order = order(table);
    // Without any place there is nothing to find.
    let extent = table.extent();
    let fan_out = if extent.is_some() { FAN_OUT } else { 0 };
    let mut file = AtomicFile::create(path)?;
    let header = header(table, extent, fan_out, options);
    let header = header.map_err(|error| FileError::new(path, error))?;
    file.write_all(&MAGIC)?;
    file.write_all(&header)?;
    let index = (MAGIC.len() + header.len()) as u64;
    let length = if fan_out > 0 { tree::length(table.rows() as u64, fan_out) } else { None };
    let features = index + length.unwrap_or_default();
    file.go_to(features)?;
    let make = |run: std::ops::Range<usize>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let mut encoder = Encoder::new(table);
        let mut bytes = Vec::with_capacity(run.len() * 256);
        let mut ends = Vec::with_capacity(run.len());
        for row in order.get(run).unwrap_or_default() {
            let row = *row as usize;
            check_size(table, row, path)?;
            encoder.add(row, &mut bytes);
            ends.push((
                bytes.len() as u64,
                table.geometry.as_ref().and_then(|g| g.row(row).extent()),
            ));
        }
        Ok((bytes, ends))
    };
    let (mut leaves, mut offset) = (Vec::new(), 0);
    each_run(table.rows(), make, |(bytes, ends)| {
        watch.advance(ends.len() as u64);
        let mut start = 0;
        for (end, extent) in ends {
            leaves.push(Node::leaf(extent, offset + start));
            start = end;
        }
        offset += start;
        file.write_all(&bytes)
    })?;
    if fan_out > 0 {
        file.go_to(index)?;
        file.write_all(&tree::bytes(leaves, fan_out))?;
    }
    file.commit()?;
    Ok(vec![path.to_owned()])
}

/// Whether a row fits in a feature.
fn check_size(table: &Table, row: usize, path: &Path) -> Result<(), FileError> {
    let numbers = table.geometry.as_ref().map_or(0, |geometry| geometry.row(row).xy().len());
    // Enough for most: texts are only looked at where there are many.
    let texts = |at: usize| match table.value(row, at) {
        crate::table::Value::Text(text) | crate::table::Value::Json(text) => text.len(),
        _ => 64,
    };
    let size = numbers.saturating_mul(4 * 8 + 24);
    let size = (0..table.fields.len()).map(texts).fold(size, usize::saturating_add);
    if size > LARGEST_FEATURE {
        let what = Message::new("flatgeobuf-error-feature-too-big");
        return Err(FileError::new(path, what).at(Place::Row(row as u64 + 1)));
    }
    Ok(())
}

/// The one type of all geometries; none where they differ, or there are none.
fn only_type(geometry: &GeometryColumn) -> GeometryType {
    match geometry.types().as_slice() {
        [kind] => type_of(*kind),
        _ => GeometryType::Unknown,
    }
}

/// The header with its length before it.
fn header(
    table: &Table,
    extent: Option<Extent>,
    fan_out: u16,
    options: &WriteOptions,
) -> Result<Vec<u8>, Message> {
    let mut builder = FlatBufferBuilder::new();
    let name = Some(builder.create_string(&table.name));
    let description = options.note.as_deref().map(|note| builder.create_string(note));
    let columns: Vec<_> = table
        .fields
        .iter()
        .map(|field| {
            let name = Some(builder.create_string(&field.name));
            let title = field.label.as_deref().map(|label| builder.create_string(label));
            let description =
                field.description.as_deref().map(|description| builder.create_string(description));
            let type_ = column_type(field.kind);
            let arguments = ColumnArgs { name, type_, title, description, ..ColumnArgs::default() };
            Column::create(&mut builder, &arguments)
        })
        .collect();
    let columns = (!columns.is_empty()).then(|| builder.create_vector(&columns));
    let crs = table.crs.as_ref().filter(|_| table.geometry.is_some());
    let crs = crs.map(|crs| file_crs(crs, &mut builder)).transpose()?;
    let envelope = extent.map(|extent| builder.create_vector(&extent.as_array()));
    let geometry = table.geometry.as_deref();
    let arguments = HeaderArgs {
        name,
        envelope,
        geometry_type: geometry.map_or(GeometryType::Unknown, only_type),
        has_z: geometry.is_some_and(GeometryColumn::has_z),
        has_m: geometry.is_some_and(GeometryColumn::has_m),
        columns,
        features_count: table.rows() as u64,
        index_node_size: fan_out,
        crs,
        description,
        ..HeaderArgs::default()
    };
    let header = Header::create(&mut builder, &arguments);
    builder.finish_size_prefixed(header, None);
    Ok(builder.finished_data().to_vec())
}

fn file_crs<'b>(
    layer: &LayerCrs,
    builder: &mut FlatBufferBuilder<'b>,
) -> Result<flatbuffers::WIPOffset<FileCrs<'b>>, Message> {
    let Crs { code, name, .. } = &layer.crs;
    let wkt = layer.crs.to_iso_wkt().map_err(|error| error.message())?;
    let (authority, code) = code.as_deref().and_then(|code| code.split_once(':')).unzip();
    let number = code.and_then(|code| code.parse().ok());
    let text = code.filter(|_| number.is_none());
    let arguments = CrsArgs {
        org: authority.map(|authority| builder.create_string(authority)),
        code: number.unwrap_or_default(),
        name: Some(builder.create_string(name)),
        description: None,
        wkt: Some(builder.create_string(&wkt)),
        code_string: text.map(|text| builder.create_string(text)),
    };
    Ok(FileCrs::create(builder, &arguments))
}
