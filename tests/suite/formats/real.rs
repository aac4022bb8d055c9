//! Real files of Ghent, Bruges and Flanders.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use belfort::formats::{PlaceAs, ReadOptions, export, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::table::{GeometryColumn, Table, Value};
use serde_json::Value as Json;

use super::{assert_same_places, assert_same_values, files_in, read, read_one, whole, write};
use crate::support::{has_gdal, shared_data};

/// File, rows (as the data's index and GDAL count them), rows with a place, CRS, how it was found.
const FILES: &[(&str, usize, usize, Option<&str>, &str)] = &[
    ("gemeenten/Belgium.provinces.WGS84.geojson", 11, 11, Some("EPSG:4326"), "format"),
    ("gemeenten/deelgemeenten.geojson", 1132, 0, None, ""),
    ("gemeenten/be-municip-lamberts.geo.json", 589, 589, Some("EPSG:31370"), "guess"),
    ("grb-lambert72/multipolygon.geojson", 1, 1, Some("EPSG:31370"), "crs-member"),
    ("grb-lambert72/reference.geojson", 408, 408, Some("EPSG:31370"), "crs-member"),
    ("grb-lambert72/topo_parcels.geojson", 10, 10, Some("EPSG:31370"), "guess"),
    ("historische-percelen/parcels-merged.geojson", 2939, 2939, Some("EPSG:4326"), "format"),
    ("shapefiles-vlaanderen/points_in_zwalm.geojson", 494, 494, Some("EPSG:4326"), "format"),
    ("statsectoren/gent-sectors-2026.geojson", 254, 254, Some("EPSG:4326"), "format"),
    ("storymap/bruges-centre-osm.geojson", 3561, 3561, Some("EPSG:4326"), "format"),
    ("wijken/stadswijken-gent-2023.geojson", 25, 25, Some("EPSG:4326"), "format"),
    ("wijken/stadswijken-gent-2025.geojson", 25, 25, Some("EPSG:4326"), "format"),
    ("wijken/stadswijken-gent-2026.geojson", 27, 27, Some("EPSG:4326"), "format"),
    ("wijken/wijkenGent-2015.geojson", 25, 25, Some("EPSG:4326"), "format"),
    ("bushaltes/bushaltes-gent.csv", 1452, 1452, Some("EPSG:4326"), "named"),
    ("bushaltes/stops_data.csv", 62186, 62186, Some("EPSG:4326"), "named"),
    ("gemeenten/REFNIS_2019.csv", 638, 0, None, ""),
    ("schapen/sheep_whereabouts.csv", 342, 342, Some("EPSG:4326"), "named"),
    ("spoor/stations.csv", 729, 729, Some("EPSG:4326"), "named"),
];

#[test]
fn real_files_open_with_the_counts_of_their_index() {
    for (name, rows, placed, crs, how) in FILES {
        let Some(path) = shared_data(&format!("real/{name}")) else { return };
        let table = read_one(&path);
        let missing = table.geometry.as_deref().map_or(table.rows(), GeometryColumn::missing);
        let code = table.crs.as_ref().and_then(|crs| crs.crs.code.as_deref());
        let found = table.crs.as_ref().map_or("", |crs| crs.how.code());
        assert_eq!(
            (table.rows(), table.rows() - missing, code, found),
            (*rows, *placed, *crs, *how),
            "{name}: {:?}",
            table.origin.problems
        );
    }
}

#[test]
fn what_is_particular_about_real_files() {
    let Some(path) = shared_data("real/wijken/stadswijken-gent-2026.geojson") else { return };
    let edited = read_one(&path);
    let kind =
        |table: &Table, name: &str| table.field_index(name).map(|at| table.fields[at].kind.code());
    assert_eq!(kind(&edited, "nieuwnr"), Some("text"));
    assert!(edited.origin.problems.count("problem-mixed-kinds") > 0);

    let sectors = shared_data("real/statsectoren/gent-sectors-2026.geojson").unwrap();
    assert_eq!(kind(&read_one(&sectors), "nis9_code"), Some("text"));

    let stops = read_one(&shared_data("real/bushaltes/bushaltes-gent.csv").unwrap());
    assert_eq!(stops.fields[0].name, "entiteitnummer");
    assert_eq!(kind(&stops, "geocoordinaat"), Some("json"));

    let nis = read_one(&shared_data("real/gemeenten/REFNIS_2019.csv").unwrap());
    assert_eq!(nis.origin.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(nis.fields[1].name, "Entités administratives");
    assert_eq!(kind(&nis, "Code NIS"), Some("text"));
    assert_eq!(nis.fields.len(), 6);

    let sheep = read_one(&shared_data("real/schapen/sheep_whereabouts.csv").unwrap());
    assert_eq!(kind(&sheep, "time"), Some("datetime"));
    let time = sheep.field_index("time").unwrap();
    assert_eq!(sheep.value(0, time).to_data_text(), "2021-10-07T13:57:00+0000");

    let script = shared_data("real/wijken/wijken-datatank-2017.geojson").unwrap();
    let error = read(&script).unwrap_err();
    assert_eq!(error.what.id, "error-javascript", "{error}");
}

/// Reads on a thread of its own: a reader that hangs fails the test, and a panic is seen.
fn read_watched(path: &Path) -> Result<Vec<Table>, FileError> {
    let (sender, receiver) = mpsc::channel();
    let theirs = path.to_owned();
    std::thread::spawn(move || sender.send(read(&theirs)));
    receiver
        .recv_timeout(Duration::from_mins(1))
        .unwrap_or_else(|error| panic!("{}: panic or hang: {error}", path.display()))
}

/// Every odd file opens, or fails with an error that names it, in both languages.
#[test]
fn odd_files_open_or_fail_by_name() {
    for folder in
        ["odd/geojson-bad", "odd/geojson-edge", "odd/csv", "real/ods-api", "real/parkings"]
    {
        let Some(folder) = shared_data(folder) else { return };
        for path in files_in(&folder) {
            for language in Language::ALL {
                match read_watched(&path) {
                    Ok(tables) => {
                        assert!(!tables.is_empty(), "{}", path.display());
                        for problem in tables.iter().flat_map(|table| &table.origin.problems) {
                            assert!(!problem.text(language).contains("problem-"), "{problem:?}");
                        }
                    }
                    Err(error) => {
                        let text = error.text(language);
                        assert!(text.contains(&path.display().to_string()), "{text}");
                        assert!(!text.contains("error-") && !text.contains("remedy-"), "{text}");
                    }
                }
            }
        }
    }
}

/// What is wrong with each of the odd files is told.
#[test]
fn odd_files_tell_their_problem() {
    for (name, problem) in [
        ("geojson-bad/stringcoord.geojson", "problem-bad-coordinates"),
        ("geojson-bad/point-toofew.geojson", "problem-bad-coordinates"),
        ("geojson-bad/multipoint-nondimension.geojson", "problem-bad-coordinates"),
        ("geojson-bad/multipoint-multidimension.geojson", "problem-bad-coordinates"),
        ("geojson-bad/point-labeled-as-a-multipolygon.geojson", "problem-bad-coordinates"),
        ("geojson-bad/nofeaturetype.geojson", "problem-feature-type"),
        ("geojson-bad/badfeatureid.geojson", "problem-bad-id"),
        ("geojson-bad/bad-duplicate-properties.geojson", "problem-duplicate-key"),
        ("geojson-edge/openring.json", "problem-unclosed-ring"),
        ("geojson-edge/six_counties_three_null.json", "problem-no-geometry"),
    ] {
        let Some(path) = shared_data(&format!("odd/{name}")) else { return };
        let table = read_one(&path);
        assert!(table.origin.problems.count(problem) > 0, "{name}: {:?}", table.origin.problems);
    }
}

/// Written in the CRS it came in, a layer has the very numbers it came with.
#[test]
fn a_round_trip_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows, ..) in FILES {
        let Some(path) = shared_data(&format!("real/{name}")) else { return };
        let source = read_one(&path);
        let geojson = folder.path().join("out.geojson");
        let report = write(&source, &geojson);
        assert_eq!((report.read, report.written, report.dropped), (*rows as u64, *rows as u64, 0));
        let back = read_one(&geojson);
        assert_same_values(&source, &back);
        assert_same_places(&source, &back);
        assert_eq!(format!("{:?}", source.ids), format!("{:?}", back.ids), "{name}");

        let csv = folder.path().join("out.csv");
        write(&source, &csv);
        // A column may turn out to be of a narrower kind in a format without kinds.
        let back = read_one(&csv);
        assert_same_places(&source, &back);
        for row in 0..source.rows() {
            for (at, field) in source.fields.iter().enumerate() {
                let (left, right) = (source.value(row, at), back.value(row, at));
                // `3.0` among numbers is the number 3.
                let number = |value: Value<'_>| value.to_data_text().parse::<f64>().ok();
                let same = left.to_data_text() == right.to_data_text()
                    || number(left).is_some() && number(left) == number(right);
                assert!(same, "{name}, row {row}, {}: {left:?} and {right:?}", field.name);
            }
        }
    }
}

/// A file as GDAL reads it, written as GeoJSON by GDAL.
pub(super) fn as_gdal_reads(path: &Path, options: &[&str]) -> Vec<Json> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("gdal.geojson");
    let made = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17"])
        .args(options)
        .arg(&out)
        .arg(path)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let json: Json = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    json["features"].as_array().unwrap().clone()
}

/// Positions of a geometry as a sorted list: the same for rings of another start and winding.
fn positions(json: &Json, found: &mut Vec<[f64; 2]>) {
    match json {
        Json::Array(items) if items.first().is_some_and(Json::is_number) => {
            found.push([items[0].as_f64().unwrap(), items[1].as_f64().unwrap()]);
        }
        Json::Array(items) => items.iter().for_each(|item| positions(item, found)),
        Json::Object(members) => {
            for key in ["coordinates", "geometries"] {
                members.get(key).into_iter().for_each(|inner| positions(inner, found));
            }
        }
        _ => {}
    }
}

pub(super) fn assert_same_features(name: &str, theirs: &[Json], ours: &[Json]) {
    assert_eq!(theirs.len(), ours.len(), "{name}");
    for (row, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
        // GDAL leaves out what the source leaves out; for Belfort that is null.
        let known = |json: &Json| {
            let members = json["properties"].as_object().unwrap().clone();
            members.into_iter().filter(|(_, value)| !value.is_null()).collect::<Vec<_>>()
        };
        let sorted = |json: &Json| {
            let mut members = known(json);
            members.sort_by(|a, b| a.0.cmp(&b.0));
            members
        };
        assert_eq!(sorted(theirs), sorted(ours), "{name}, row {row}");
        assert_eq!(theirs["geometry"]["type"], ours["geometry"]["type"], "{name}, row {row}");
        let of = |json: &Json| {
            let mut found = Vec::new();
            positions(&json["geometry"], &mut found);
            // The one position that is repeated depends on where a ring starts.
            found.sort_by(|a, b| a.partial_cmp(b).unwrap());
            found.dedup();
            found
        };
        assert_eq!(of(theirs), of(ours), "{name}, row {row}");
    }
}

/// GDAL reads from what Belfort wrote every value that it reads from the source.
#[test]
fn gdal_reads_the_same_from_our_geojson() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, ..) in FILES.iter().filter(|(name, ..)| name.ends_with("json")) {
        let Some(path) = shared_data(&format!("real/{name}")) else { return };
        let ours = folder.path().join("ours.geojson");
        write(&read_one(&path), &ours);
        assert_same_features(name, &as_gdal_reads(&path, &[]), &as_gdal_reads(&ours, &[]));
    }
}

/// A text without the apostrophe that keeps spreadsheets from running it.
fn unguarded(text: &str) -> &str {
    let bare = text.strip_prefix('\'');
    bare.filter(|bare| bare.starts_with(['=', '+', '-', '@', '\''])).unwrap_or(text)
}

/// The same by way of our CSV with well-known text.
#[test]
fn gdal_reads_the_same_from_our_csv() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let options = ["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO"];
    for (name, ..) in FILES.iter().filter(|(name, ..)| name.ends_with("json")) {
        let Some(path) = shared_data(&format!("real/{name}")) else { return };
        let source = read_one(&path);
        let csv = folder.path().join("ours.csv");
        let geojson = folder.path().join("ours.geojson");
        write(&source, &csv);
        write(&source, &geojson);
        let theirs = as_gdal_reads(&geojson, &[]);
        let ours = as_gdal_reads(&csv, &options);
        assert_eq!(theirs.len(), ours.len());
        for (row, (theirs, ours)) in theirs.iter().zip(&ours).enumerate() {
            let of = |json: &Json| {
                let mut found = Vec::new();
                positions(&json["geometry"], &mut found);
                found.sort_by(|a, b| a.partial_cmp(b).unwrap());
                found.dedup();
                found
            };
            assert_eq!(of(theirs), of(ours), "{name}, row {row}");
            for (at, field) in source.fields.iter().enumerate() {
                let text = source.value(row, at).to_data_text();
                // What a spreadsheet would run has an apostrophe in front, names too.
                let guarded = format!("'{}", field.name);
                let properties = &ours["properties"];
                let found = match properties.get(&field.name).unwrap_or(&properties[guarded]) {
                    Json::String(found) => unguarded(found).to_owned(),
                    // GDAL writes a text that is JSON as JSON.
                    json => {
                        assert_eq!(Some(json), serde_json::from_str(&text).ok().as_ref());
                        continue;
                    }
                };
                assert_eq!(found, text, "{name}, row {row}, {}", field.name);
            }
        }
    }
}

/// Excel's Dutch form reads back as the same values, in Belfort and (as text) in GDAL.
#[test]
fn excel_in_dutch_reads_back() {
    let Some(path) = shared_data("real/spoor/stations.csv") else { return };
    let source = read_one(&path);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.csv");
    let mut job = whole(&source, &out);
    job.options.csv.excel = Some(Language::Dutch);
    job.options.place = PlaceAs::None;
    export(&job, &out, &Watch::unwatched()).unwrap();
    let bytes = std::fs::read(&out).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBFURI;name;"));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(";5,294278;51,69042;"), "{}", &text[..400]);
    let back = open(&out, &ReadOptions::default(), &Watch::unwatched()).unwrap().remove(0);
    assert_same_values(&source, &back);
}
