//! Handing over: chosen rows and columns, another CRS.

use std::process::Command;

use arrow_array::BooleanArray;
use belfort::crs::Crs;
use belfort::formats::{export, export_changes};
use belfort::jobs::Watch;
use belfort::table::Value;

use super::{read_one, table_of, whole, write};
use crate::support::{has_gdal, shared_data};

const THREE: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"a":1,"b":"x"},"geometry":{"type":"Point","coordinates":[3.72,51.05]}},
    {"type":"Feature","properties":{"a":2,"b":"y"},"geometry":{"type":"Point","coordinates":[3.73,51.06]}},
    {"type":"Feature","properties":{"a":3,"b":"z"},"geometry":null}]}"#;

#[test]
fn only_what_was_chosen_is_written() {
    let table = table_of("a.geojson", THREE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mask = BooleanArray::from(vec![Some(true), None, Some(true)]);
    let mut job = whole(&table, &path);
    job.rows = Some(&mask);
    job.columns = Some(vec![1]);
    job.options.note = Some("Voorbeelddata, niet officieel".to_owned());
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!((report.read, report.written, report.dropped), (3, 2, 0));
    assert_eq!(report.outputs.as_slice(), std::slice::from_ref(&path));
    let back = read_one(&path);
    assert_eq!((back.rows(), back.fields.len()), (2, 1));
    assert_eq!(back.value(1, 0), Value::Text("z"));
    assert!(std::fs::read_to_string(&path).unwrap().contains("niet officieel"));
}

#[test]
fn another_crs_is_told_and_the_own_one_changes_nothing() {
    let table = table_of("a.geojson", THREE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mut job = whole(&table, &path);
    job.crs = Some(Crs::wgs84());
    export(&job, &path, &Watch::unwatched()).unwrap();
    let back = read_one(&path);
    assert_eq!(table.geometry, back.geometry);

    job.crs = Some(Crs::lambert72());
    assert_eq!(export_changes(&job).count("problem-geojson-crs-member"), 1);
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!(report.problems.count("problem-geojson-crs-member"), 1);
    let back = read_one(&path);
    let crs = back.crs.as_ref().unwrap();
    assert_eq!((crs.crs.code.as_deref(), crs.how.code()), (Some("EPSG:31370"), "crs-member"));
    // gdaltransform (GDAL 3.6 with PROJ 9.1) from longitude, latitude to EPSG:31370.
    let [x, y] = back.geometry.as_ref().unwrap().row(0).xy()[0];
    assert!((x - 104_509.051).abs() < 1.0 && (y - 193_513.799).abs() < 1.0, "{x} {y}");
}

#[test]
fn a_swapped_source_is_put_in_order_when_a_crs_is_asked() {
    let swapped = table_of("a.csv", "lon,lat\n51.05,3.72\n");
    assert!(swapped.crs.as_ref().unwrap().swapped);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let kept = write(&swapped, &path);
    assert_eq!(kept.problems.count("problem-export-order-kept"), 1);
    assert_eq!(read_one(&path).geometry.unwrap().xy(), [[51.05, 3.72]]);
    let mut job = whole(&swapped, &path);
    job.crs = Some(Crs::wgs84());
    export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!(read_one(&path).geometry.unwrap().xy(), [[3.72, 51.05]]);
}

#[test]
fn what_cannot_be_placed_is_counted_and_an_unknown_crs_is_refused() {
    let table = table_of(
        "a.geojson",
        r#"[{"type":"Point","coordinates":[3.7,51]},{"type":"Point","coordinates":[3.7,95]},{"type":"Point","coordinates":[3.8,51]}]"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mut job = whole(&table, &path);
    job.crs = Some(Crs::web_mercator());
    if table.crs.is_some() {
        let report = export(&job, &path, &Watch::unwatched()).unwrap();
        let lost = report.problems.count("problem-not-transformed");
        let back = read_one(&path);
        assert_eq!((back.rows(), report.written), (3, 3));
        assert_eq!(back.geometry.unwrap().missing() as u64, lost);
    }
    let unknown = table_of("b.geojson", r#"{"type":"Point","coordinates":[9e9,9e9]}"#);
    let mut job = whole(&unknown, &path);
    job.crs = Some(Crs::wgs84());
    let error = export(&job, &path, &Watch::unwatched()).unwrap_err();
    assert_eq!(error.what.id, "error-export-without-crs");
}

#[test]
fn a_failed_export_leaves_the_old_file_whole() {
    let table = table_of("a.geojson", THREE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    std::fs::write(&path, "old").unwrap();
    let watch = Watch::default();
    watch.cancel();
    let error = export(&whole(&table, &path), &path, &watch).unwrap_err();
    assert!(error.is_cancelled());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// GDAL (with its own PROJ) puts the parcels within a metre of where Belfort puts them.
#[test]
fn gdal_transforms_to_the_same_place() {
    let Some(path) = shared_data("real/grb-lambert72/reference.geojson") else { return };
    if !has_gdal() {
        return;
    }
    let table = read_one(&path);
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours.geojson");
    let theirs = folder.path().join("theirs.geojson");
    let mut job = whole(&table, &ours);
    job.crs = Some(Crs::wgs84());
    export(&job, &ours, &Watch::unwatched()).unwrap();
    let made = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=12"])
        .args([&theirs, &path])
        .output()
        .unwrap();
    assert!(made.status.success());
    let (ours, theirs) = (read_one(&ours), read_one(&theirs));
    let extent = |table: &belfort::table::Table, row: usize| {
        table.geometry.as_ref().unwrap().row(row).extent().unwrap().as_array()
    };
    for row in 0..ours.rows() {
        for (a, b) in extent(&ours, row).into_iter().zip(extent(&theirs, row)) {
            // A metre is 0.000014 degrees of longitude here.
            assert!((a - b).abs() < 0.000_012, "row {row}: {a} {b}");
        }
    }
}
