//! Shapefiles and dBASE tables: real ones, odd ones, and round trips with GDAL as oracle.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::Duration;

use belfort::formats::{ReadOptions, format_by_id};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::table::{FieldKind, GeometryKind, Table, Value};

use crate::support::{has_gdal, shared_data};

fn try_read(path: &Path) -> Result<Table, FileError> {
    let format = format_by_id("shapefile").expect("the format is listed");
    let mut tables = (format.read)(path, &ReadOptions::default(), &Watch::unwatched())?;
    Ok(tables.remove(0))
}

fn read(path: &Path) -> Table {
    try_read(path).unwrap_or_else(|error| panic!("{error}"))
}

fn texts(table: &Table, field: &str) -> Vec<String> {
    let at = table.field_index(field).unwrap_or_else(|| panic!("no field {field}"));
    (0..table.rows()).map(|row| table.value(row, at).to_data_text()).collect()
}

#[test]
fn real_shapefiles_open_with_their_counts() {
    let Some(folder) = shared_data("real/shapefiles-vlaanderen") else { return };
    for (name, rows, kinds) in [
        ("Riparias_BV_region.shp", 16, &[GeometryKind::Polygon, GeometryKind::MultiPolygon][..]),
        ("oversteekplaatsen.shp", 10, &[GeometryKind::Point]),
        ("points_in_zwalm.shp", 494, &[GeometryKind::Point]),
    ] {
        let table = read(&folder.join(name));
        assert_eq!(table.rows(), rows, "{name}");
        let geometry = table.geometry.as_ref().expect("geometry");
        assert_eq!((geometry.types().as_slice(), geometry.missing()), (kinds, 0), "{name}");
        assert_eq!(table.origin.encoding.as_deref(), Some("UTF-8"), "{name}");
        let problems = &table.origin.problems;
        let about_the_crs = |id: &str| id.starts_with("problem-crs") || id.ends_with("bad-prj");
        assert!(problems.iter().all(|p| about_the_crs(p.id)), "{name}: {problems:?}");
    }
}

/// The features of a file as GDAL reads them.
fn gdal_features(path: &Path) -> Vec<serde_json::Value> {
    let out = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "-lco", "WRITE_NAME=NO"])
        .args(["-lco", "SIGNIFICANT_FIGURES=17", "/vsistdout/"])
        .arg(path)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    serde_json::from_value(found["features"].take()).unwrap()
}

/// All numbers in a JSON value, in order.
fn numbers_in(json: &serde_json::Value) -> Vec<f64> {
    match json {
        serde_json::Value::Array(values) => values.iter().flat_map(numbers_in).collect(),
        other => other.as_f64().into_iter().collect(),
    }
}

/// Holds a table against what GDAL reads: every value, every coordinate.
fn assert_as_gdal(table: &Table, path: &Path) {
    let features = gdal_features(path);
    assert_eq!(features.len(), table.rows(), "{}", path.display());
    let geometry = table.geometry.as_ref().unwrap();
    for (row, feature) in features.iter().enumerate() {
        let place = format!("{}, row {row}", path.display());
        let kind = geometry.row(row).kind();
        let theirs = feature["geometry"]["type"].as_str().unwrap_or("Null");
        assert_eq!(theirs, kind.name(), "{place}");
        let mut mine: Vec<f64> = geometry.row(row).xy().iter().flatten().copied().collect();
        let mut theirs = numbers_in(&feature["geometry"]["coordinates"]);
        if !geometry.has_z() {
            // GDAL may start the rings elsewhere.
            mine.sort_by(f64::total_cmp);
            theirs.sort_by(f64::total_cmp);
            assert_eq!(mine, theirs, "{place}");
        }
        for (at, field) in table.fields.iter().enumerate() {
            let theirs = &feature["properties"][&field.name];
            let place = format!("{place}, {}", field.name);
            match table.value(row, at) {
                Value::Null => assert!(theirs.is_null(), "{place}: {theirs}"),
                Value::Integer(mine) => assert_eq!(theirs.as_i64(), Some(mine), "{place}"),
                Value::Number(mine) => assert_eq!(theirs.as_f64(), Some(mine), "{place}"),
                Value::Text(mine) => assert_eq!(theirs.as_str(), Some(mine), "{place}"),
                Value::Boolean(mine) => {
                    let theirs = theirs.as_bool().or(theirs.as_str().map(|text| text == "T"));
                    assert_eq!(theirs, Some(mine), "{place}");
                }
                other => assert_eq!(theirs.as_str(), Some(&*other.to_data_text()), "{place}"),
            }
        }
    }
}

#[test]
fn every_value_is_what_gdal_reads() {
    let (true, Some(folder)) = (has_gdal(), shared_data("real/shapefiles-vlaanderen")) else {
        return;
    };
    for path in files_in(&folder, &["shp"]) {
        assert_as_gdal(&read(&path), &path);
    }
    let Some(odd) = shared_data("odd/shp") else { return };
    for name in ["c_utm", "e_merc", "ipra_dresden_polygon", "max_callstack_error", "polygon_hole"] {
        let path = odd.join(name).with_extension("shp");
        assert_as_gdal(&read(&path), &path);
    }
}

fn files_in(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| extensions.iter().any(|e| path.extension().is_some_and(|x| x == *e)))
        .collect();
    files.sort();
    files
}

#[test]
fn odd_files_open_or_fail_with_an_error_that_names_them() {
    let Some(folder) = shared_data("odd/shp") else { return };
    let mut files = files_in(&folder, &["shp", "dbf"]);
    for more in ["odd/dbf", "odd/dbf-cpg"] {
        files.extend(shared_data(more).iter().flat_map(|more| files_in(more, &["shp", "dbf"])));
    }
    assert!(files.len() > 25);
    let (done, outcome) = channel();
    std::thread::spawn(move || {
        for path in files {
            let result = try_read(&path).map(|table| table.rows());
            done.send((path, result)).unwrap();
        }
    });
    // A hang or a panic of the thread shows as a failed receive.
    let mut failed = Vec::new();
    loop {
        match outcome.recv_timeout(Duration::from_mins(1)) {
            Ok((path, Ok(rows))) => assert!(rows > 0, "{}", path.display()),
            Ok((path, Err(error))) => {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                assert_eq!(error.path, path);
                assert!(error.text(Language::Dutch).contains(&name));
                failed.push(name);
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(failed, ["bad.shp"]);
}

#[test]
fn odd_tables_say_what_is_odd() {
    let Some(folder) = shared_data("odd") else { return };
    let table = read(&folder.join("dbf/duplicate_fields.dbf"));
    assert!(table.origin.problems.count("problem-dbf-field-renamed") > 0);
    let table = read(&folder.join("dbf/comma_separated.dbf"));
    assert!(table.origin.problems.count("problem-dbf-decimal-comma") > 0);
    assert!(table.fields.iter().any(|field| field.kind == FieldKind::Number));
    let table = read(&folder.join("shp/latin1-property.shp"));
    assert_eq!(texts(&table, "name"), ["México"]);
    assert_eq!(table.origin.encoding.as_deref(), Some("windows-1252"));
    let table = read(&folder.join("shp/file_cp936.shp"));
    assert_eq!(table.origin.encoding.as_deref(), Some("GBK"));
    let table = read(&folder.join("dbf-cpg/big5.shp"));
    assert_eq!(table.origin.encoding.as_deref(), Some("Big5"));
    let table = read(&folder.join("shp/polygon_hole.shp"));
    let part = table.geometry.as_ref().unwrap().row(0).parts().next().unwrap();
    assert_eq!(part.rings().len(), 2);
    assert_eq!(table.origin.problems.count("problem-shapefile-no-dbf"), 1);
    let table = read(&folder.join("shp/export_multipointz.shp"));
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!(geometry.types(), [GeometryKind::MultiPoint]);
    assert!(geometry.has_z());
    let table = read(&folder.join("shp/corrupt_too_long.shp"));
    assert!(!table.origin.problems.is_empty());
}
