//! Files, folders and archives.

use std::io::Write;
use std::path::{Path, PathBuf};

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::formats::{ReadOptions, format_of, open};
use belfort::jobs::Watch;
use zip::write::SimpleFileOptions;

use super::read;
use crate::support::shared_data;

const POINTS: &str = "naam,lon,lat\nGent,3.72,51.05\n";
const FEATURE: &str =
    r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[3.7,51.0]}}"#;

fn zip_of(folder: &Path, members: &[(&str, &[u8])]) -> PathBuf {
    let path = folder.join("data #1.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
    path
}

#[test]
fn the_content_counts_more_than_the_name() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, id) in [
        ("a #1.geojson", FEATURE, "geojson"),
        ("b.txt", FEATURE, "geojson"),
        ("c.csv", POINTS, "csv"),
        ("d.txt", POINTS, "csv"),
        ("e.tsv", "a\tb\n1\t2\n", "csv"),
        ("f.json", FEATURE, "geojson"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        assert_eq!(format_of(&path).map(|format| format.id), Ok(id), "{name}");
        assert_eq!(read(&path).unwrap().len(), 1, "{name}");
    }
    let unknown = folder.path().join("g.docx");
    std::fs::write(&unknown, "x").unwrap();
    let error = format_of(&unknown).unwrap_err().to_string();
    for word in [".geojson", ".csv", ".zip", "g.docx"] {
        assert!(error.contains(word), "{error}");
    }
    assert_eq!(read(&folder.path().join("absent.csv")).unwrap_err().what.id, "error-not-found");
}

#[test]
fn a_folder_gives_every_data_file_and_tells_those_that_fail() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("b.csv", POINTS),
        ("a.geojson", FEATURE),
        ("c.geojson", "{\"type\":\"FeatureCollection\",\"features\":[}"),
        ("readme.md", "# a, b\n1, 2\n"),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let tables = read(folder.path()).unwrap();
    let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(tables[0].origin.problems.count("problem-file-not-read"), 1);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(read(empty.path()).unwrap_err().what.id, "error-folder-without-data");
}

#[test]
fn an_archive_gives_every_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip_of(
        folder.path(),
        &[
            ("data/punten.csv", POINTS.as_bytes()),
            ("__MACOSX/data/._punten.csv", b"rubbish"),
            ("feature.geojson", FEATURE.as_bytes()),
            ("readme.txt", b"see the website"),
            ("../outside.csv", POINTS.as_bytes()),
        ],
    );
    let tables = read(&path).unwrap();
    let found: Vec<_> =
        tables.iter().map(|table| (table.name.as_str(), table.origin.layer.as_deref())).collect();
    assert_eq!(found, [("punten", Some("data/punten.csv")), ("feature", Some("feature.geojson"))]);
    assert!(tables.iter().all(|table| table.origin.path == path));
    assert_eq!(format_of(&path).map(|format| format.id), Ok("csv"));
    let only = ReadOptions { layer: Some("feature".to_owned()), ..ReadOptions::default() };
    let one = open(&path, &only, &Watch::unwatched()).unwrap();
    assert_eq!(one.len(), 1);
    let absent = ReadOptions { layer: Some("wijken".to_owned()), ..ReadOptions::default() };
    let error = open(&path, &absent, &Watch::unwatched()).unwrap_err().to_string();
    assert!(error.contains("wijken") && error.contains("punten, feature"), "{error}");
}

#[test]
fn archives_that_are_no_good_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip_of(folder.path(), &[("readme.md", b"nothing")]);
    assert_eq!(read(&path).unwrap_err().what.id, "error-archive-without-data");
    let whole = std::fs::read(zip_of(folder.path(), &[("a.csv", POINTS.as_bytes())])).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(read(&path).unwrap_err().what.id, "error-bad-archive");
}

/// A few hundred kilobytes that unpack to 300 MB are refused before they fill the disk.
#[test]
fn a_zip_bomb_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip_of(folder.path(), &[("big.csv", &vec![b'a'; 300 << 20])]);
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    let error = read(&path).unwrap_err();
    assert_eq!(error.what.id, "error-archive-too-big", "{error}");
}

#[test]
fn the_person_decides_the_crs_of_any_format() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = LayerCrs::new(Crs::lambert2008(), HowFound::Guess);
    let options = ReadOptions { crs: Some(chosen), ..ReadOptions::default() };
    for (name, content) in [("a.csv", "x,y\n104700,193800\n"), ("b.geojson", FEATURE)] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let table = open(&path, &options, &Watch::unwatched()).unwrap().remove(0);
        let crs = table.crs.unwrap();
        assert_eq!((crs.crs.code.as_deref(), crs.how), (Some("EPSG:3812"), HowFound::Chosen));
        assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
    }
}

#[test]
fn shapefiles_in_archives_keep_their_companions() {
    let Some(path) = shared_data("odd/shp/train_stations.zip") else { return };
    let tables = read(&path).unwrap();
    assert_eq!(tables.len(), 1);
    assert!(!tables[0].fields.is_empty() && tables[0].crs.is_some());
}
