//! Writing GeoParquet 1.1: places as well-known binary, in row groups made on all cores.
//!
//! The rows keep their order. A file sorted by place would be read faster where only a view is
//! wanted, but people compare files row by row, and a table handed over is the one on the screen.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::Array;
use arrow_schema::ArrowError;
use parquet::arrow::add_encoded_arrow_schema_to_metadata;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use serde_json::{Map, Value, json};

use super::write_columns::{arrays, arrow_schema, geometry_name, parquet_schema};
use crate::formats::pieces::Cut;
use crate::formats::{AtomicFile, WriteOptions};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{GeometryColumn, GeometryKind, GeometryRef, RingRef, Table};

/// Rows of a row group: as GDAL writes them. Few enough for many cores, and for a reader that
/// wants a part; many enough to pack well.
const ROWS: usize = 1 << 16;
/// Positions of a row group, so that its places are well below what 31 bits count.
const POSITIONS: usize = 1 << 22;

/// What writing would change.
pub(super) fn changes(table: &Table, _options: &WriteOptions) -> Problems {
    let mut problems = Problems::new();
    if let Some(ids) = &table.ids {
        problems.add("problem-ids-dropped", (ids.len() - ids.null_count()) as u64);
    }
    if table.geometry.is_some() && table.crs.is_none() {
        problems.add("problem-columnar-no-crs", 1);
    }
    problems
}

/// Writes the file.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let mut file = AtomicFile::create(path)?;
    watch.set_total(table.rows() as u64);
    let properties = properties(table, options)?;
    write_to(table, path, properties, &mut file, watch)?;
    file.commit()?;
    Ok(vec![path.to_owned()])
}

fn write_to(
    table: &Table,
    path: &Path,
    properties: WriterProperties,
    file: &mut AtomicFile,
    watch: &Watch,
) -> Result<(), FileError> {
    let failed = |error: ParquetError| failed(path, error);
    let schema = parquet_schema(table).map_err(failed)?;
    let mut writer =
        SerializedFileWriter::new(file.as_write(), schema, Arc::new(properties)).map_err(failed)?;
    let arrow = Arc::new(arrow_schema(table));
    let factory = ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&arrow));
    let groups = groups(table);
    let make = |group: usize, _: &mut Vec<u8>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let rows = groups.get(group).cloned().unwrap_or_default();
        let count = rows.len();
        let arrays = arrays(table, rows).map_err(|error| failed(error.into()))?;
        let mut writers = factory.create_column_writers(group).map_err(failed)?;
        for ((writer, array), field) in writers.iter_mut().zip(&arrays).zip(arrow.fields()) {
            let leaves = compute_leaves(field, array).map_err(failed)?;
            leaves.iter().try_for_each(|leaf| writer.write(leaf)).map_err(failed)?;
        }
        let chunks = writers.into_iter().map(ArrowColumnWriter::close);
        let chunks = chunks.collect::<Result<Vec<ArrowColumnChunk>, _>>().map_err(failed)?;
        Ok((chunks, count))
    };
    Cut::default().in_order(groups.len(), make, |(chunks, count)| {
        let mut group = writer.next_row_group().map_err(failed)?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut group).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        watch.advance(count as u64);
        Ok(())
    })?;
    writer.close().map(|_| ()).map_err(failed)
}

fn failed(path: &Path, error: ParquetError) -> FileError {
    match error {
        ParquetError::External(source) if source.is::<std::io::Error>() => {
            match source.downcast::<std::io::Error>() {
                Ok(error) => FileError::io(path, &error),
                Err(other) => defect(path, &other.to_string()),
            }
        }
        ParquetError::External(source)
            if matches!(source.downcast_ref(), Some(ArrowError::OffsetOverflowError(_))) =>
        {
            FileError::new(path, Message::new("geoparquet-error-place-too-big"))
        }
        other => defect(path, &other.to_string()),
    }
}

fn defect(path: &Path, detail: &str) -> FileError {
    FileError::new(path, Message::new("error-io").text("detail", detail))
}

/// The rows of each row group. A file without rows has none.
fn groups(table: &Table) -> Vec<Range<usize>> {
    let rows = table.rows();
    let points = table.geometry.as_ref().is_none_or(|geometry| geometry.points().is_some());
    if points {
        return (0..rows).step_by(ROWS).map(|start| start..rows.min(start + ROWS)).collect();
    }
    let mut groups = Vec::new();
    let (mut start, mut positions) = (0, 0);
    for (row, place) in table.geometry.iter().flat_map(|geometry| geometry.iter()).enumerate() {
        let more = place.xy().len();
        if row > start && (row - start == ROWS || positions + more > POSITIONS) {
            groups.push(start..row);
            (start, positions) = (row, 0);
        }
        positions += more;
    }
    groups.extend((start < rows).then_some(start..rows));
    groups
}

fn properties(table: &Table, options: &WriteOptions) -> Result<WriterProperties, FileError> {
    let mut pairs = Vec::new();
    let mut builder = WriterProperties::builder()
        .set_created_by(format!("Belfort {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).unwrap_or_default()))
        .set_max_row_group_row_count(None);
    if let Some(geometry) = &table.geometry {
        let name = geometry_name(table);
        let metadata = geo(table, geometry, &name)?;
        pairs.push(KeyValue::new("geo".to_owned(), metadata.to_string()));
        // No place is like another, and the least of them means nothing.
        let column = ColumnPath::from(name);
        builder = builder
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_statistics_enabled(column, EnabledStatistics::None);
    }
    pairs.extend(options.note.clone().map(|note| KeyValue::new("note".to_owned(), note)));
    let mut properties = builder.set_key_value_metadata(Some(pairs)).build();
    add_encoded_arrow_schema_to_metadata(&arrow_schema(table), &mut properties);
    Ok(properties)
}

/// The metadata `geo`.
fn geo(table: &Table, geometry: &GeometryColumn, name: &str) -> Result<Value, FileError> {
    let crs = match &table.crs {
        Some(found) => {
            let text = found.crs.to_projjson().map_err(|error| error.message());
            let text = text.map_err(|what| FileError::new(table.origin.path.clone(), what))?;
            serde_json::from_str(&text).unwrap_or(Value::Null)
        }
        None => Value::Null,
    };
    let mut column = Map::new();
    column.insert("encoding".to_owned(), json!("WKB"));
    column.insert("geometry_types".to_owned(), json!(types(geometry)));
    column.insert("crs".to_owned(), crs);
    column.extend(bbox(geometry).map(|bbox| ("bbox".to_owned(), json!(bbox))));
    Ok(json!({ "version": "1.1.0", "primary_column": name, "columns": { name: column } }))
}

/// The types of geometry that occur, with what their positions have: `Point Z`.
fn types(geometry: &GeometryColumn) -> Vec<String> {
    let kinds = geometry.types();
    if !geometry.has_z() && !geometry.has_m() {
        return kinds.iter().map(|kind| kind.name().to_owned()).collect();
    }
    let has = |row: GeometryRef<'_>, of: fn(&RingRef<'_>) -> bool| {
        row.parts().flat_map(|part| part.rings()).any(|ring| of(&ring))
    };
    let mut found = BTreeSet::new();
    for row in geometry.iter() {
        found.insert((
            row.kind(),
            has(row, |ring| known(ring.z())),
            has(row, |ring| known(ring.m())),
        ));
    }
    let name = |(kind, z, m): (GeometryKind, bool, bool)| {
        let suffix = match (z, m) {
            (true, true) => " ZM",
            (true, false) => " Z",
            (false, true) => " M",
            (false, false) => "",
        };
        format!("{}{suffix}", kind.name())
    };
    let real = found.into_iter().filter(|(kind, ..)| kinds.contains(kind));
    real.map(name).collect()
}

/// Whether any of them is a number.
fn known(values: &[f64]) -> bool {
    values.iter().any(|value| !value.is_nan())
}

/// West, south, (lowest,) east, north, (highest,) as RFC 7946 orders them.
fn bbox(geometry: &GeometryColumn) -> Option<Vec<f64>> {
    let [west, south, east, north] = geometry.extent()?.as_array();
    let heights = geometry.iter().flat_map(|row| row.parts()).flat_map(|part| part.rings());
    let heights = heights.flat_map(|ring| ring.z().iter().copied()).filter(|z| z.is_finite());
    let range = heights.fold(None, |range: Option<[f64; 2]>, z| {
        Some(range.map_or([z, z], |[low, high]| [low.min(z), high.max(z)]))
    });
    Some(match range.filter(|_| geometry.has_z()) {
        Some([low, high]) => vec![west, south, low, east, north, high],
        None => vec![west, south, east, north],
    })
}
