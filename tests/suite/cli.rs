//! Tests of `cli`: the program run as a process.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use super::support::{has_gdal, shared_data};

fn belfort() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfort"));
    for variable in ["LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY"] {
        command.env_remove(variable);
    }
    command
}

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    belfort().current_dir(folder).args(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The same at a moment, seconds since 1970.
pub fn run_at(moment: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = belfort();
    command.env("SOURCE_DATE_EPOCH", moment).current_dir(folder).args(arguments);
    command.output().unwrap()
}

/// Runs what must succeed; the JSON document on stdout.
pub fn document(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

const PLACES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"naam":"Gravensteen","bezoek":3},"geometry":{"type":"Point","coordinates":[3.7205,51.0573]}},
{"type":"Feature","properties":{"naam":"Sint-Pietersstation","bezoek":null},"geometry":{"type":"Point","coordinates":[3.7106,51.0357]}},
{"type":"Feature","properties":{"naam":"nergens","bezoek":7},"geometry":null}]}"#;

pub fn folder_with_places() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plaatsen.geojson"), PLACES).unwrap();
    folder
}

#[test]
fn info_as_json_has_every_key() {
    let folder = folder_with_places();
    let found = document(folder.path(), &["info", "plaatsen.geojson", "--json", "--lang", "en"]);
    let layer = &found["layers"][0];
    assert_eq!(layer["name"], "plaatsen");
    assert_eq!(layer["format"], "geojson");
    assert_eq!(layer["geometry_types"], json!(["Point"]));
    assert_eq!(layer["features"], 3);
    assert_eq!(layer["without_geometry"], 1);
    assert_eq!(layer["crs"]["code"], "EPSG:4326");
    assert_eq!(layer["crs"]["name"], "WGS 84");
    assert_eq!(layer["crs"]["how"], "format");
    let extent = json!([3.7106, 51.0357, 3.7205, 51.0573]);
    assert_eq!(layer["extent"], extent);
    assert_eq!(layer["extent_wgs84"], extent);
    assert_eq!(layer["encoding"], "UTF-8");
    let fields = json!([
        {"name": "naam", "type": "text", "nulls": 0},
        {"name": "bezoek", "type": "integer", "nulls": 1},
    ]);
    assert_eq!(layer["fields"], fields);
    let problem = &layer["problems"][0];
    assert_eq!((&problem["kind"], &problem["count"]), (&json!("no-geometry"), &json!(1)));
    assert!(problem["message"].as_str().unwrap().contains("row 3"), "{problem}");
    assert_eq!(found["errors"], json!([]));
}

#[test]
fn info_speaks_the_language_asked_for_or_the_systems() {
    let folder = folder_with_places();
    let dutch = stdout(&run(folder.path(), &["info", "plaatsen.geojson", "--lang", "nl"]));
    assert!(dutch.contains("Objecten") && dutch.contains("1 zonder plaats"), "{dutch}");
    assert!(dutch.contains("geheel getal  1 leeg"), "{dutch}");
    let english = stdout(&run(folder.path(), &["info", "plaatsen.geojson"]));
    assert!(english.contains("Features") && english.contains("2 points"), "{english}");
    // An option of the whole program may stand before the command.
    let before = run(folder.path(), &["--lang", "nl", "info", "plaatsen.geojson"]);
    assert_eq!((before.status.code(), stdout(&before)), (Some(0), dutch));
    let mut command = belfort();
    command.current_dir(folder.path()).env("LC_ALL", "nl_BE.UTF-8").arg("--help");
    let help = stdout(&command.output().unwrap());
    assert!(help.contains("Gebruik: belfort [OPTIES] [PAD]"), "{help}");
    assert!(help.contains("Opdrachten\n") || help.contains("Opdrachten:\n"), "{help}");
    assert!(!help.contains("Print help") && !help.contains("Options"), "{help}");
    let english = stdout(&run(folder.path(), &["convert", "--help", "--lang=en"]));
    assert!(english.contains("--within <AREAS[:SQL]>"), "{english}");
    // All that the program does stands in its help.
    assert!(help.contains("portal") && help.contains("print") && help.contains("pack"), "{help}");
}

#[test]
fn exit_status_and_errors() {
    let folder = folder_with_places();
    fs::write(
        folder.path().join("stuk.geojson"),
        "{\"type\":\"FeatureCollection\",\n\"features\":[{]}",
    )
    .unwrap();
    fs::write(folder.path().join("twee.csv"), "a;b\n1;2\n").unwrap();
    let cases: [(&[&str], i32, &[&str]); 16] = [
        (&["info"], 2, &["PATH", "is missing", "belfort --help"]),
        (&["info", "plaatsen.geojson", "--frob"], 2, &["--frob"]),
        (&["info", "plaatsen.geojson", "--lang", "fr"], 2, &["fr", "--lang"]),
        (&["info", "plaatsen.geojson", "--source-crs", "EPSG:0"], 2, &["EPSG:0"]),
        (&["convert", "plaatsen.geojson"], 2, &["OUT"]),
        (&["convert", "plaatsen.geojson", "x.xyz"], 2, &["x.xyz", ".geojson", ".csv"]),
        (&["convert", "plaatsen.geojson", "x.csv", "--crs", "EPSG:31"], 2, &["EPSG:31"]),
        (&["convert", "plaatsen.geojson", "plaatsen.geojson"], 2, &["overwritten"]),
        (&["convert", "plaatsen.geojson", "./plaatsen.geojson"], 2, &["overwritten"]),
        (&["convert", "a", "b.csv", "--relation", "within"], 2, &["--within"]),
        (&["convert", "a", "b.csv", "--near", "c"], 2, &["--distance"]),
        (&["convert", "a", "b.csv", "--near", "c", "--distance=-1"], 2, &["-1", "--distance"]),
        (&["info", "nergens.shp"], 1, &["nergens.shp", "does not exist"]),
        (&["info", "stuk.geojson"], 1, &["stuk.geojson", "line 2"]),
        (&["convert", "plaatsen.geojson", "x.csv", "--select", "naam,bar"], 1, &["bar", "bezoek"]),
        (&["convert", "plaatsen.geojson", "geen/map/x.csv"], 1, &["geen/map/x.csv"]),
    ];
    for (arguments, status, words) in cases {
        let output = run(folder.path(), arguments);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {told}");
        for word in words {
            assert!(told.contains(word), "{arguments:?}: {word:?} is not in {told}");
        }
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("plaatsen.geojson")).unwrap(), PLACES);
    assert!(!folder.path().join("x.csv").exists());
}

#[test]
fn one_bad_path_does_not_hide_the_good_one() {
    let folder = folder_with_places();
    let output = run(folder.path(), &["info", "nergens.csv", "plaatsen.geojson", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found["layers"][0]["features"], 3);
    assert_eq!(found["errors"][0]["path"], "nergens.csv");
    assert!(stderr(&output).contains("nergens.csv"));
}

#[test]
fn convert_reports_and_writes() {
    let folder = folder_with_places();
    let arguments = ["convert", "plaatsen.geojson", "uit.csv", "--crs", "EPSG:31370", "--json"];
    let done = document(folder.path(), &[&arguments[..], &["--csv-place", "columns"]].concat());
    assert_eq!(
        (&done["read"], &done["written"], &done["dropped"]),
        (&json!(3), &json!(3), &json!(0))
    );
    assert_eq!(done["outputs"], json!(["uit.csv"]));
    assert_eq!(done["crs"], "EPSG:31370");
    assert_eq!(done["transformation"]["accuracy"], 1.0);
    assert!(done["problems"].as_array().unwrap().iter().any(|p| p["kind"] == "no-geometry"));
    let csv = fs::read_to_string(folder.path().join("uit.csv")).unwrap();
    let first = csv.lines().nth(1).unwrap();
    // PROJ 9.1.1: echo "51.0573 3.7205" | cs2cs -f %.2f EPSG:4326 EPSG:31370 is 104551.19 194325.57.
    assert!(first.contains("104551.19") && first.contains("194325.57"), "{csv}");

    let excel = ["convert", "plaatsen.geojson", "excel.csv", "--excel", "--lang", "nl"];
    let report = stdout(&run(folder.path(), &excel));
    assert!(report.contains("Geschreven   3"), "{report}");
    let bytes = fs::read(folder.path().join("excel.csv")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf") && bytes.contains(&b';'));
    // Only the chosen field, in a new order.
    let few = ["convert", "plaatsen.geojson", "few.csv", "--select", "bezoek, naam"];
    run(folder.path(), &[&few[..], &["--csv-place", "none"]].concat());
    let few = fs::read_to_string(folder.path().join("few.csv")).unwrap();
    assert!(few.starts_with("bezoek,naam\n") || few.starts_with("bezoek,naam\r\n"), "{few}");
}

#[test]
fn a_round_trip_gives_back_the_numbers() {
    let folder = folder_with_places();
    for (from, to) in [("plaatsen.geojson", "a.shp"), ("a.shp", "b.csv"), ("b.csv", "c.geojson")] {
        document(folder.path(), &["convert", from, to, "--json"]);
    }
    let whole: Value =
        serde_json::from_slice(&fs::read(folder.path().join("c.geojson")).unwrap()).unwrap();
    let begun: Value = serde_json::from_str(PLACES).unwrap();
    let both = |document: &Value| {
        let features = document["features"].as_array().unwrap().clone();
        let told = |f: &Value| (f["geometry"].clone(), f["properties"]["bezoek"].clone());
        features.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(both(&whole), both(&begun));
}

#[test]
fn a_project_is_told_layer_by_layer() {
    let folder = folder_with_places();
    let project = r#"{"belfort": 1, "title": "Proef", "notice": "Voorbeelddata", "layers": [
        {"id": 4, "name": "Bezienswaardigheden", "source": {"path": "plaatsen.geojson"}},
        {"id": 5, "name": "Weg", "source": {"path": "weg.geojson"}}]}"#;
    fs::write(folder.path().join("p.belfort.json"), project).unwrap();
    let output = run(folder.path(), &["info", "p.belfort.json", "--json"]);
    assert_eq!(output.status.code(), Some(1), "one layer's file is missing");
    assert!(stderr(&output).contains("weg.geojson"));
    let found: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found["layers"].as_array().unwrap().len(), 1);
    assert_eq!(found["layers"][0]["name"], "Bezienswaardigheden");
    assert_eq!(found["layers"][0]["project"], "p.belfort.json");
    assert_eq!(found["projects"][0]["notice"], "Voorbeelddata");
    let text = stdout(&run(folder.path(), &["info", "p.belfort.json", "--lang", "nl"]));
    assert!(text.contains("Titel") && text.contains("Proef"), "{text}");
}

#[test]
fn without_a_display_the_data_are_told() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let folder = folder_with_places();
    let output = run(folder.path(), &["plaatsen.geojson"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("no display"), "{}", stderr(&output));
    assert!(stdout(&output).contains("plaatsen"));
}

pub const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"wijk":"Binnenstad"},"geometry":{"type":"Polygon","coordinates":[[[3.71,51.05],[3.74,51.05],[3.74,51.07],[3.71,51.07],[3.71,51.05]]]}},
{"type":"Feature","properties":{"wijk":"Zuid"},"geometry":{"type":"Polygon","coordinates":[[[3.70,51.03],[3.74,51.03],[3.74,51.045],[3.70,51.045],[3.70,51.03]]]}}]}"#;

#[test]
fn rows_are_chosen_by_condition_and_by_area() {
    let folder = folder_with_places();
    fs::write(folder.path().join("wijken.geojson"), AREAS).unwrap();
    // The areas in another system than the points.
    let areas = ["convert", "wijken.geojson", "wijken72.shp", "--crs", "31370", "--json"];
    document(folder.path(), &areas);
    for (options, expected) in [
        (vec!["--where", "bezoek >= 3"], vec!["Gravensteen", "nergens"]),
        (
            vec!["--where", "naam ILIKE 'sint%' OR bezoek = 7"],
            vec!["Sint-Pietersstation", "nergens"],
        ),
        (vec!["--within", "wijken.geojson"], vec!["Gravensteen", "Sint-Pietersstation"]),
        (vec!["--within", "wijken.geojson:wijk = 'Zuid'"], vec!["Sint-Pietersstation"]),
        (vec!["--within", "wijken72.shp:wijk = 'Zuid'"], vec!["Sint-Pietersstation"]),
        (vec!["--within", "wijken72.shp:wijk = 'Zuid'", "--where", "bezoek > 1"], vec![]),
        (
            vec!["--within", "wijken.geojson:wijk = 'Zuid'", "--relation", "intersects"],
            vec!["Sint-Pietersstation"],
        ),
        (vec!["--within", "wijken.geojson", "--relation", "touches"], vec![]),
        // The station lies 1590.86 m south of the area (GeographicLib through pyproj 3.7.2).
        (
            vec!["--near", "wijken.geojson:wijk = 'Binnenstad'", "--distance", "1590.8"],
            vec!["Gravensteen"],
        ),
        (
            vec!["--near", "wijken.geojson:wijk = 'Binnenstad'", "--distance", "1590.9"],
            vec!["Gravensteen", "Sint-Pietersstation"],
        ),
    ] {
        let all =
            [&["convert", "plaatsen.geojson", "uit.geojson", "--json"][..], &options].concat();
        let done = document(folder.path(), &all);
        assert_eq!(done["read"], 3);
        assert_eq!(done["written"], expected.len(), "{options:?}");
        let written: Value =
            serde_json::from_slice(&fs::read(folder.path().join("uit.geojson")).unwrap()).unwrap();
        let features = written["features"].as_array().unwrap();
        let names: Vec<_> =
            features.iter().map(|f| f["properties"]["naam"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{options:?}");
    }
}

#[test]
fn a_faulty_condition_is_pointed_at() {
    let folder = folder_with_places();
    let convert = |sql: &str| {
        run(
            folder.path(),
            &["convert", "plaatsen.geojson", "x.csv", "--where", sql, "--lang", "en"],
        )
    };
    let unknown = convert("bezoek > 1 AND naan = 'x'");
    assert_eq!(unknown.status.code(), Some(1));
    let told = stderr(&unknown);
    assert!(told.contains("Did you mean naam?"), "{told}");
    assert!(told.contains("\n  bezoek > 1 AND naan = 'x'\n                 ^^^^\n"), "{told}");
    let broken = convert("naam = ");
    assert_eq!(broken.status.code(), Some(2), "{}", stderr(&broken));
    assert!(stderr(&broken).contains("--where"));
    assert!(!folder.path().join("x.csv").exists());
    let areas = run(
        folder.path(),
        &["convert", "plaatsen.geojson", "x.csv", "--within", "weg.geojson:a = 1"],
    );
    assert_eq!(areas.status.code(), Some(1));
    assert!(stderr(&areas).contains("weg.geojson"), "{}", stderr(&areas));
}

/// The classic, sheep inside a neighbourhood (none of this file were in Gentbrugge), with GDAL's clipping as the oracle.
#[test]
fn the_sheep_inside_a_neighbourhood() {
    let (Some(sheep), Some(areas)) = (
        shared_data("real/schapen/sheep_whereabouts.csv"),
        shared_data("real/wijken/stadswijken-gent-2023.geojson"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let within = format!("{}:wijk = 'Brugse Poort - Rooigem'", text(&areas));
    let done = document(
        folder.path(),
        &["convert", &text(&sheep), "in.geojson", "--within", &within, "--json"],
    );
    assert_eq!(done["read"], 342);
    let written = done["written"].as_u64().unwrap();
    assert!(written > 0 && written < 342, "{done}");
    if !has_gdal() {
        return;
    }
    let clip = folder.path().join("gdal.geojson");
    let status = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-oo", "X_POSSIBLE_NAMES=longitude"])
        .args(["-oo", "Y_POSSIBLE_NAMES=latitude", "-clipsrc"])
        .arg(&areas)
        .args(["-clipsrcwhere", "wijk = 'Brugse Poort - Rooigem'"])
        .arg(&clip)
        .arg(&sheep)
        .status()
        .unwrap();
    assert!(status.success());
    let clipped: Value = serde_json::from_slice(&fs::read(clip).unwrap()).unwrap();
    assert_eq!(clipped["features"].as_array().unwrap().len() as u64, written);
}

/// The files of the shared data with the counts of their index.
#[test]
fn real_files_have_the_counts_of_their_index() {
    for (file, features, crs, how) in [
        ("wijken/stadswijken-gent-2023.geojson", 25, Some("EPSG:4326"), "format"),
        ("wijken/stadswijken-gent-2025.geojson", 25, Some("EPSG:4326"), "format"),
        ("gemeenten/Belgium.provinces.WGS84.geojson", 11, Some("EPSG:4326"), "format"),
        ("gemeenten/be-municip-lamberts.geo.json", 589, Some("EPSG:31370"), "guess"),
        ("gemeenten/deelgemeenten.geojson", 1132, None, ""),
        ("grb-lambert72/reference.geojson", 408, Some("EPSG:31370"), "crs-member"),
        ("grb-lambert72/topo_parcels.geojson", 10, Some("EPSG:31370"), "guess"),
        ("statsectoren/gent-sectors-2026.geojson", 254, Some("EPSG:4326"), "format"),
        ("storymap/bruges-centre-osm.geojson", 3561, Some("EPSG:4326"), "format"),
        ("shapefiles-vlaanderen/Riparias_BV_region.shp", 16, Some("EPSG:31370"), "prj"),
        ("shapefiles-vlaanderen/oversteekplaatsen.shp", 10, Some("EPSG:4326"), "prj"),
        ("shapefiles-vlaanderen/points_in_zwalm.shp", 494, Some("EPSG:4326"), "prj"),
        ("bushaltes/bushaltes-gent.csv", 1452, Some("EPSG:4326"), "named"),
        ("bushaltes/stops_data.csv", 62_186, Some("EPSG:4326"), "named"),
        ("schapen/sheep_whereabouts.csv", 342, Some("EPSG:4326"), "named"),
        ("spoor/stations.csv", 729, Some("EPSG:4326"), "named"),
    ] {
        let Some(path) = shared_data(&format!("real/{file}")) else { return };
        let found = document(Path::new("."), &["info", &text(&path), "--json"]);
        let layer = &found["layers"][0];
        assert_eq!(layer["features"], features, "{file}");
        assert_eq!(layer["crs"]["code"].as_str(), crs, "{file}");
        assert_eq!(layer["crs"]["how"].as_str().unwrap_or_default(), how, "{file}");
        if let Some([west, south, east, north]) = bounds(&layer["extent_wgs84"]) {
            let belgium = west > 2.4 && south > 49.4 && east < 6.5 && north < 51.6;
            assert!(belgium || file.contains("stations"), "{file}: {}", layer["extent_wgs84"]);
        } else {
            assert_eq!(crs, None, "{file}");
        }
    }
}

fn bounds(extent: &Value) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = extent.as_array()?.iter().filter_map(Value::as_f64).collect();
    numbers.try_into().ok()
}

/// GDAL's `ogrinfo` as the oracle for features and extent, of files read and files written.
#[test]
fn gdal_sees_the_same_features_and_extent() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (file, written) in [
        ("wijken/stadswijken-gent-2023.geojson", "wijken.shp"),
        ("grb-lambert72/reference.geojson", "reference.geojson"),
        ("shapefiles-vlaanderen/Riparias_BV_region.shp", "basins.geojson"),
        ("storymap/bruges-centre-osm.geojson", "brugge.geojson"),
    ] {
        let Some(path) = shared_data(&format!("real/{file}")) else { return };
        let told = document(Path::new("."), &["info", &text(&path), "--json"]);
        agree(&told["layers"][0], &path);
        let arguments = ["convert", &text(&path), written, "--crs", "EPSG:3812", "--json"];
        document(folder.path(), &arguments);
        let told = document(folder.path(), &["info", written, "--json"]);
        assert_eq!(told["layers"][0]["crs"]["code"], "EPSG:3812");
        agree(&told["layers"][0], &folder.path().join(written));
    }
}

fn agree(told: &Value, path: &Path) {
    let output = Command::new("ogrinfo").args(["-so", "-al"]).arg(path).output().unwrap();
    let gdal = String::from_utf8_lossy(&output.stdout).into_owned();
    let after = |name: &str| {
        let line = gdal.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} in {gdal}")).trim().to_owned()
    };
    assert_eq!(told["features"].to_string(), after("Feature Count:"), "{}", path.display());
    let numbers: Vec<f64> = after("Extent:")
        .split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
        .filter_map(|number| number.parse().ok())
        .collect();
    let ours = bounds(&told["extent"]).unwrap();
    for (ours, theirs) in ours.iter().zip(&numbers) {
        // ogrinfo shows six decimals.
        assert!((ours - theirs).abs() < 1e-6, "{}: {ours} {theirs}", path.display());
    }
    assert_eq!(numbers.len(), 4);
}

/// What is made of the sample data says that they are not official.
#[test]
fn the_note_of_the_data_goes_along() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let note = "Voorbeelddata, niet officieel";
    let folder = tempfile::tempdir().unwrap();
    for source in ["schapen.geojson", "straten.shp"] {
        let source = sample.join(source);
        let source = source.to_str().unwrap();
        for (output, says) in [("out.geojson", "out.geojson"), ("out.shp", "out.shp.xml")] {
            let told = document(folder.path(), &["convert", source, output, "--json"]);
            let written = fs::read_to_string(folder.path().join(says)).unwrap();
            assert!(written.contains(note), "{source}: {told}");
        }
        let told = document(folder.path(), &["convert", source, "out.csv", "--json"]);
        let kinds = told["problems"].as_array().unwrap().iter().map(|problem| &problem["kind"]);
        assert_eq!(kinds.filter(|kind| **kind == "csv-note").count(), 1, "{told}");
    }
}

/// A rectangle in degrees is found in files of any format and CRS.
#[test]
fn a_rectangle_leaves_out_what_lies_elsewhere() {
    let folder = folder_with_places();
    for output in ["a.fgb", "a.parquet", "a.shp", "a.gpkg"] {
        let made =
            run(folder.path(), &["convert", "plaatsen.geojson", output, "--crs", "EPSG:31370"]);
        assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    }
    for file in ["plaatsen.geojson", "a.fgb", "a.parquet", "a.shp", "a.gpkg"] {
        let count = |bbox: &str| {
            let found = document(folder.path(), &["info", file, "--json", "--bbox", bbox]);
            found["layers"][0]["features"].as_u64()
        };
        assert_eq!(count("3.715,51.05,3.73,51.06"), Some(1), "{file}");
        assert_eq!(count("3.70,51.03,3.73,51.06"), Some(2), "{file}");
        assert_eq!(count("4.1,51.03,4.2,51.06"), Some(0), "{file}");
    }
    let wrong = run(folder.path(), &["info", "a.fgb", "--bbox", "3.8,51,3.7,52", "--lang", "en"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("--bbox"), "{}", stderr(&wrong));
}
