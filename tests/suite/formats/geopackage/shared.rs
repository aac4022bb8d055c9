//! GeoPackages as others made them, against GDAL.

use belfort::table::Value;

use super::told::{PYOGRIO, assert_same_rows, rows, told};
use super::{ids, read_one, write};
use crate::formats::real::{as_gdal_reads, assert_same_features};
use crate::support::{has_gdal, python_with, shared_data};

/// File, rows, CRS, how it was found, what is told.
const FILES: &[(&str, usize, Option<&str>, &str, &[&str])] = &[
    ("curve", 1, Some("EPSG:4326"), "file", &["problem-curve-as-lines"]),
    ("curvepolygon", 1, Some("EPSG:4326"), "file", &["problem-curve-as-lines"]),
    ("line_zm", 1, Some("EPSG:4326"), "file", &[]),
    // GDAL's "Undefined SRS": the numbers are degrees.
    ("null_crs_gdal", 1, Some("EPSG:4326"), "guess", &["problem-crs-guessed"]),
    ("test_gpkg_nulls", 4, Some("EPSG:4326"), "file", &[]),
];

#[test]
fn files_of_others_open_with_what_is_odd_about_them() {
    for (name, count, crs, how, problems) in FILES {
        let Some(path) = shared_data(&format!("odd/gpkg-parquet/{name}.gpkg")) else { return };
        let table = read_one(&path);
        let found = table.crs.as_ref();
        assert_eq!(table.rows(), *count, "{name}");
        assert_eq!(found.and_then(|found| found.crs.code.as_deref()), *crs, "{name}");
        assert_eq!(found.map(|found| found.how.code()), Some(*how), "{name}");
        assert_eq!(ids(&table.origin.problems), *problems, "{name}");
    }
    let path = shared_data("odd/gpkg-parquet/test_gpkg_nulls.gpkg").unwrap();
    let table = read_one(&path);
    let kinds: Vec<&str> = table.fields.iter().map(|field| field.kind.code()).collect();
    assert_eq!(kinds[..2], ["boolean", "integer"]);
    assert_eq!(kinds[9..], ["integer", "number", "number"][1..]);
    assert_eq!(table.value(3, 0), Value::Null);
    let path = shared_data("odd/gpkg-parquet/line_zm.gpkg").unwrap();
    let geometry = read_one(&path).geometry.unwrap();
    assert!(geometry.has_z() && geometry.has_m());
}

/// Written as GeoJSON by Belfort and by GDAL, the rows are the same.
#[test]
fn gdal_reads_the_same_from_files_of_others() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, ..) in FILES {
        let Some(path) = shared_data(&format!("odd/gpkg-parquet/{name}.gpkg")) else { return };
        let ours = folder.path().join("ours.geojson");
        write(&read_one(&path), &ours);
        assert_same_features(name, &as_gdal_reads(&path, &[]), &as_gdal_reads(&ours, &[]));
        // And by way of a GeoPackage of our own.
        let again = folder.path().join("again.gpkg");
        write(&read_one(&path), &again);
        assert_same_features(name, &as_gdal_reads(&path, &[]), &as_gdal_reads(&again, &[]));
    }
}

#[test]
fn pyogrio_reads_the_same_from_files_of_others() {
    // Curves are too much for shapely.
    for (name, ..) in FILES.iter().filter(|(name, ..)| !name.contains("curve")) {
        let Some(path) = shared_data(&format!("odd/gpkg-parquet/{name}.gpkg")) else { return };
        let Some(python) = python_with("pyogrio, pyarrow, shapely") else { return };
        let table = read_one(&path);
        let layer = table.origin.layer.as_deref().unwrap();
        assert_same_rows(name, &told(python, PYOGRIO, &path, &[layer])[0][1..], &rows(&table));
    }
}
