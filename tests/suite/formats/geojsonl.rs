//! GeoJSON lines and sequences, both ways against GDAL's driver for them.

use belfort::crs::Crs;
use belfort::formats::{Export, export, export_changes, format_by_id};
use belfort::jobs::Watch;
use belfort::table::Table;
use serde_json::Value as Json;

use super::columnar::ogr2ogr;
use super::{assert_same_places, assert_same_values, gdal, read_one, whole, write};
use crate::generated::{ANYTHING, AREAS, Chance, LINES, POINTS, Wish, table};
use crate::support::has_gdal;

fn texts(path: &std::path::Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

/// A table in WGS 84, and files of it in each form.
fn made(kinds: &'static [belfort::table::GeometryKind], heights: bool) -> Table {
    table(&mut Chance::new(5), &Wish { heights, gaps: true, ..Wish::of(kinds) }, 30)
}

#[test]
fn each_row_is_a_line_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    for kinds in [POINTS, LINES, AREAS, ANYTHING] {
        let table = made(kinds, true);
        for (extension, separated) in [("geojsonl", false), ("ndjson", false), ("geojsons", true)] {
            let path = folder.path().join(format!("a.{extension}"));
            let report = write(&table, &path);
            assert_eq!(report.written, 30);
            let lines = texts(&path);
            assert_eq!(lines.len(), 30);
            for line in &lines {
                assert_eq!(line.starts_with('\u{1e}'), separated, "{line}");
                let json: Json = serde_json::from_str(line.trim_start_matches('\u{1e}')).unwrap();
                assert_eq!(json["type"], "Feature");
            }
            let back = read_one(&path);
            assert_eq!(back.origin.format, "geojsonl");
            assert_same_values(&table, &back);
            assert_same_places(&table, &back);
        }
    }
}

#[test]
fn gdal_reads_the_lines_that_are_written() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for kinds in [POINTS, LINES, AREAS, ANYTHING] {
        let table = made(kinds, false);
        for extension in ["geojsonl", "geojsons"] {
            let path = folder.path().join(format!("a.{extension}"));
            write(&table, &path);
            // Rings may be turned on the way: RFC 7946 says in which direction they run.
            let written = read_one(&path);
            let features = gdal::features(&path, None, &[]);
            gdal::assert_same_places(extension, &features, &written);
            for (row, feature) in features.iter().enumerate() {
                for (at, field) in table.fields.iter().enumerate() {
                    let theirs = &feature["properties"][&field.name];
                    let ours = table.value(row, at).to_data_text();
                    let theirs = theirs.as_str().map_or_else(|| theirs.to_string(), str::to_owned);
                    let digits =
                        |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                    let numbers = ours.parse::<f64>().ok().zip(theirs.parse::<f64>().ok());
                    let same = ours == theirs
                        || (ours.is_empty() && theirs == "null")
                        || numbers.is_some_and(|(a, b)| (a - b).abs() <= 1e-12 * a.abs())
                        || serde_json::from_str::<Json>(&ours).ok() == serde_json::from_str::<Json>(&theirs).ok()
                        // It writes dates and moments in a form of its own.
                        || (ours.len() >= 10 && digits(&theirs).starts_with(&digits(&ours)[..8]));
                    assert!(same, "{extension}, row {row}, {}: {ours:?} is {theirs:?}", field.name);
                }
            }
        }
    }
}

#[test]
fn the_lines_that_gdal_writes_are_read() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for kinds in [POINTS, LINES, AREAS, ANYTHING] {
        let table = made(kinds, false);
        let source = folder.path().join("a.geojson");
        write(&table, &source);
        let source_again = read_one(&source);
        for (separators, name) in
            [("NO", "b.geojsonl"), ("YES", "b.geojsons"), ("YES", "b.txt.json")]
        {
            let path = folder.path().join(name);
            let options = [
                "-f",
                "GeoJSONSeq",
                "-lco",
                "COORDINATE_PRECISION=17",
                "-lco",
                &format!("RS={separators}"),
            ];
            ogr2ogr(&options, &path, &source);
            let read = read_one(&path);
            assert_eq!(read.origin.format, "geojsonl", "{name}");
            assert_same_places(&source_again, &read);
            assert_eq!(read.rows(), table.rows());
            std::fs::remove_file(&path).unwrap();
        }
    }
}

/// The file cannot say in which system it is: WGS 84, unless the person wants another.
#[test]
fn coordinates_become_wgs_84_unless_another_system_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let table = table(&mut Chance::new(9), &Wish { lambert: true, ..Wish::of(POINTS) }, 10);
    let path = folder.path().join("a.geojsonl");
    let job = whole(&table, &path);
    assert_eq!(export_changes(&job).count("problem-export-crs-transformed"), 1);
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!(report.crs, Some(Crs::wgs84()));
    assert_eq!(report.problems.count("problem-export-crs-transformed"), 1);
    assert_eq!(report.problems.count("problem-geojsonl-crs"), 0);
    let back = read_one(&path);
    assert_eq!(back.crs.as_ref().unwrap().crs, Crs::wgs84());
    let extent = back.extent().unwrap();
    assert!(extent.min_x > 2.0 && extent.max_x < 7.0 && extent.min_y > 49.0, "{extent:?}");
    // As it is.
    let job = Export { crs: Some(Crs::lambert72()), ..job };
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!(report.problems.count("problem-export-crs-transformed"), 0);
    assert_eq!(report.problems.count("problem-geojsonl-crs"), 1);
    let back = read_one(&path);
    assert_same_places(&table, &back);
    assert_eq!(back.crs.as_ref().unwrap().how.code(), "guess");
    assert_eq!(format_by_id("geojsonl").unwrap().usual_crs(), Some(Crs::wgs84()));
}
