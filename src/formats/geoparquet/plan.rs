//! What becomes of each column of a Parquet file.

use std::collections::BTreeSet;

use arrow_array::cast::AsArray;
use arrow_schema::DataType;
use parquet::basic::LogicalType;

use super::attributes::Attribute;
use super::file::ParquetFile;
use super::geo::{Encoding, Geo, GeometryColumn, SaidCrs};
use crate::formats::wkb;
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::GeometryBuilder;

/// How many values are looked at to see whether bytes are places.
const LOOKED_AT: usize = 20;

/// Names of columns with bytes that are places, as databases and programs call them.
const NAMES: &[&str] = &[
    "geometry",
    "geom",
    "wkb_geometry",
    "the_geom",
    "wkb",
    "geo_shape",
    "geoshape",
    "shape",
    "geo_point_2d",
    "geometrie",
    "geo",
];

/// What becomes of a column.
#[derive(Debug)]
pub(super) enum Column {
    /// The places of the layer.
    Place(GeometryColumn),
    /// Other places, which become text.
    OtherPlace(GeometryColumn),
    Attribute(Attribute),
    /// Left out: boxes of the places, which follow from them.
    Covering,
}

/// What becomes of each top-level column, in order. What is left out or not understood is told.
///
/// # Errors
/// When a column that has to be looked at cannot be read.
pub(super) fn plan(
    file: &ParquetFile<'_>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Vec<Column>, FileError> {
    let mut geo = Geo::of(&file.metadata);
    if geo.broken {
        problems.add("problem-geoparquet-bad-metadata", 1);
    }
    for name in &geo.not_understood {
        let args = vec![("field", Arg::Text(name.clone()))];
        problems.report("problem-geoparquet-column-not-understood", 1, args, None);
    }
    if geo.columns.is_empty() {
        geo.columns = by_their_bytes(file, watch)?;
    }
    let coverings: BTreeSet<&str> = geo
        .columns
        .iter()
        .filter_map(|column| column.covering.as_ref()?.first()?.first().map(String::as_str))
        .collect();
    let coverings: BTreeSet<String> = coverings.into_iter().map(str::to_owned).collect();
    let roots = file.metadata.parquet_schema().root_schema().get_fields();
    let mut columns = Vec::new();
    for (at, field) in file.fields().iter().enumerate() {
        let place = geo.columns.iter().position(|column| column.column == at);
        let is_record = matches!(field.data_type(), DataType::Struct(_));
        let args = || vec![("field", Arg::Text(field.name().clone()))];
        columns.push(match place {
            Some(0) => Column::Place(geo.columns.first().cloned().unwrap_or_else(|| plain(at))),
            Some(other) => {
                problems.report("problem-geoparquet-other-place", 1, args(), None);
                Column::OtherPlace(geo.columns.get(other).cloned().unwrap_or_else(|| plain(at)))
            }
            None if is_record && coverings.contains(field.name()) => {
                problems.report("problem-geoparquet-covering", 1, args(), None);
                Column::Covering
            }
            None => {
                let logical = roots.get(at).and_then(|r| r.get_basic_info().logical_type_ref());
                Column::Attribute(Attribute::of(field, logical))
            }
        });
    }
    if let Some(place) = geo.columns.first() {
        if place.spherical {
            problems.add("problem-geoparquet-spherical", 1);
        }
        if let Some(epoch) = place.epoch {
            let args = vec![("epoch", Arg::Number(epoch, 2))];
            problems.report("problem-geoparquet-epoch", 1, args, None);
        }
    }
    Ok(columns)
}

fn plain(column: usize) -> GeometryColumn {
    let (encoding, crs) = (Encoding::Wkb, SaidCrs::Unknown);
    GeometryColumn { column, encoding, crs, spherical: false, epoch: None, covering: None }
}

/// Columns of bytes of which the first values are all well-known binary; those of the usual names
/// first.
fn by_their_bytes(file: &ParquetFile<'_>, watch: &Watch) -> Result<Vec<GeometryColumn>, FileError> {
    let roots = file.metadata.parquet_schema().root_schema().get_fields();
    let is_bytes = |kind: &DataType| {
        matches!(kind, DataType::BinaryView | DataType::Binary | DataType::LargeBinary)
    };
    let mut found = Vec::new();
    for (at, field) in file.fields().iter().enumerate() {
        let logical = roots.get(at).and_then(|root| root.get_basic_info().logical_type_ref());
        let is_other = matches!(logical, Some(LogicalType::Bson | LogicalType::Variant(_)));
        if is_bytes(field.data_type()) && !is_other && are_places(file, at, watch)? {
            let rank = NAMES.iter().position(|name| field.name().eq_ignore_ascii_case(name));
            found.push((rank.unwrap_or(NAMES.len()), plain(at)));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    Ok(found.into_iter().map(|(_, column)| column).collect())
}

/// Whether the first values of a column are well-known binary.
fn are_places(file: &ParquetFile<'_>, column: usize, watch: &Watch) -> Result<bool, FileError> {
    let mut builder = GeometryBuilder::new();
    for group in 0..file.row_groups().len() {
        let mut looked = 0;
        for piece in file.column(group, column, &watch.unseen())? {
            let Some(values) = piece.as_binary_view_opt() else { return Ok(false) };
            for bytes in values.iter().flatten().take(LOOKED_AT) {
                if wkb::read(bytes, &mut builder).is_err() {
                    return Ok(false);
                }
                looked += 1;
            }
            if looked > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
