//! GeoJSON and CSV, opening anything, and exports: against real and odd files, and against GDAL.

mod columnar;
mod csv;
mod exports;
mod flatgeobuf;
mod gdal;
mod geojson;
mod geojsonl;
mod geopackage;
mod geoparquet;
mod gml;
mod gpx;
mod kml;
mod opening;
mod real;
mod remote;
mod round_trips;
mod spreadsheet;
mod topojson;
mod xml_damage;

use std::path::{Path, PathBuf};

use belfort::formats::{
    Export, ExportReport, ReadOptions, WriteOptions, export, format_by_extension, open,
};
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::table::{GeometryColumn, Table, Value};

fn read(path: &Path) -> Result<Vec<Table>, FileError> {
    open(path, &ReadOptions::default(), &Watch::unwatched())
}

fn read_one(path: &Path) -> Table {
    let tables = read(path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(tables.len(), 1, "{}", path.display());
    tables.into_iter().next().unwrap()
}

/// Writes a text to a file of a temporary folder and reads it.
fn read_text(name: &str, text: impl AsRef<[u8]>) -> Result<Vec<Table>, FileError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    read(&path)
}

fn table_of(name: &str, text: impl AsRef<[u8]>) -> Table {
    read_text(name, text).unwrap_or_else(|error| panic!("{error}")).remove(0)
}

/// All of a table, in its own CRS.
fn whole<'a>(table: &'a Table, path: &Path) -> Export<'a> {
    Export {
        table,
        name: None,
        rows: None,
        columns: None,
        crs: None,
        format: format_by_extension(path).unwrap(),
        options: WriteOptions::default(),
    }
}

fn write(table: &Table, path: &Path) -> ExportReport {
    export(&whole(table, path), path, &Watch::unwatched()).unwrap_or_else(|e| panic!("{e}"))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The rows' geometry in a form that is the same for rings of another start or winding.
fn shapes(geometry: &GeometryColumn) -> Vec<String> {
    geometry
        .iter()
        .map(|row| {
            let parts = row.parts().map(|part| {
                let rings: Vec<_> =
                    part.rings().map(|ring| settled(ring.xy(), part.kind())).collect();
                let heights: Vec<_> =
                    part.rings().map(|ring| format!("{:?}", sorted(ring.z()))).collect();
                format!("{:?} {rings:?} {heights:?}", part.kind())
            });
            format!("{:?} {}", row.kind(), parts.collect::<Vec<_>>().join(" "))
        })
        .collect()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

fn settled(xy: &[[f64; 2]], kind: belfort::table::PartKind) -> Vec<[f64; 2]> {
    let mut ring = xy.to_vec();
    if kind != belfort::table::PartKind::Polygon || ring.len() < 2 {
        return ring;
    }
    ring.pop();
    let least = |ring: &[[f64; 2]]| {
        (0..ring.len()).min_by(|a, b| ring[*a].partial_cmp(&ring[*b]).unwrap()).unwrap()
    };
    let start = least(&ring);
    ring.rotate_left(start);
    if ring.len() > 2 && ring[1].partial_cmp(&ring[ring.len() - 1]).unwrap().is_gt() {
        ring[1..].reverse();
    }
    ring
}

/// Fields and values are the same, number for number.
fn assert_same_values(a: &Table, b: &Table) {
    let names =
        |table: &Table| table.fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(a), names(b));
    assert_eq!(a.rows(), b.rows());
    for (at, field) in a.fields.iter().enumerate() {
        for row in 0..a.rows() {
            let (left, right) = (a.value(row, at), b.value(row, at));
            let same = left == right || numbers_equal(left, right) || json_equal(left, right);
            assert!(same, "row {row}, {}: {left:?} and {right:?}", field.name);
        }
    }
}

/// JSON is the same value whatever white space stands in it.
fn json_equal(a: Value<'_>, b: Value<'_>) -> bool {
    let (Value::Json(a), Value::Json(b)) = (a, b) else { return false };
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    parse(a) == parse(b)
}

#[expect(clippy::cast_precision_loss, reason = "the widened number of the other side")]
fn numbers_equal(a: Value<'_>, b: Value<'_>) -> bool {
    let number = |value| match value {
        Value::Integer(value) => Some(value as f64),
        Value::Number(value) => Some(value),
        _ => None,
    };
    number(a).is_some() && number(a) == number(b)
}

fn assert_same_places(a: &Table, b: &Table) {
    match (&a.geometry, &b.geometry) {
        (Some(a), Some(b)) => {
            for (row, (left, right)) in shapes(a).iter().zip(shapes(b)).enumerate() {
                assert_eq!(*left, right, "row {row}");
            }
        }
        (a, b) => assert_eq!(a.is_some(), b.is_some()),
    }
}
