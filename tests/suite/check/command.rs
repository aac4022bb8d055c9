//! `belfort check`, `info --check` and `convert --repair`.

use std::fs;

use serde_json::{Value, json};

use crate::cli::{document, run, stderr, stdout};

/// A bow tie, a proper square, the square once more, and a point with an impossible latitude.
const FAULTY: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"naam":"strik"},"geometry":{"type":"Polygon","coordinates":[[[3.70,51.0],[3.72,51.02],[3.72,51.0],[3.70,51.02],[3.70,51.0]]]}},
{"type":"Feature","properties":{"naam":"vierkant"},"geometry":{"type":"Polygon","coordinates":[[[3.8,51.0],[3.81,51.0],[3.81,51.01],[3.8,51.01],[3.8,51.0]]]}},
{"type":"Feature","properties":{"naam":"vierkant"},"geometry":{"type":"Polygon","coordinates":[[[3.81,51.01],[3.8,51.01],[3.8,51.0],[3.81,51.0],[3.81,51.01]]]}},
{"type":"Feature","properties":{"naam":"ver"},"geometry":{"type":"Point","coordinates":[3.7,510.0]}}]}"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("fout.geojson"), FAULTY).unwrap();
    folder
}

fn kinds(check: &Value) -> Vec<&str> {
    check["found"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect()
}

#[test]
fn check_tells_what_is_wrong_and_where() {
    let folder = folder();
    let found = document(folder.path(), &["check", "fout.geojson", "--json", "--lang", "en"]);
    let layer = &found["layers"][0];
    assert_eq!((&layer["name"], &layer["features"]), (&json!("fout"), &json!(4)));
    assert_eq!((&layer["invalid_features"], &layer["clean"]), (&json!(1), &json!(false)));
    assert_eq!(kinds(layer), ["self-intersection", "out-of-range", "duplicate-feature"]);
    let crossing = &layer["found"][0];
    assert_eq!(crossing["severity"], "invalid");
    assert_eq!(crossing["message"], "Border that crosses itself");
    let finding = &crossing["findings"][0];
    assert_eq!(finding["row"], 1);
    let at = finding["at_wgs84"].as_array().unwrap();
    let near = |number: &Value, wanted: f64| (number.as_f64().unwrap() - wanted).abs() < 1e-9;
    assert!(near(&at[0], 3.71) && near(&at[1], 51.01), "{at:?}");
    assert_eq!(layer["found"][2]["findings"][0]["with_row"], 2);
    assert_eq!(found["errors"], json!([]));

    let told = stdout(&run(folder.path(), &["check", "fout.geojson", "--lang", "nl"]));
    assert!(told.contains("4, 1 ongeldig"), "{told}");
    assert!(told.contains("Ongeldig: Rand die zichzelf snijdt, 1 object"), "{told}");
    assert!(told.contains("rij 1, 3,71; 51,01"), "{told}");
    assert!(told.contains("rij 3, 3,81; 51,01, zoals rij 2"), "{told}");
}

#[test]
fn the_exit_status_tells_only_where_it_is_asked() {
    let folder = folder();
    let status = |arguments: &[&str]| run(folder.path(), arguments).status.code();
    assert_eq!(status(&["check", "fout.geojson"]), Some(0));
    assert_eq!(status(&["check", "fout.geojson", "--strict"]), Some(1));
    assert_eq!(status(&["check", "niets.geojson"]), Some(1));
    assert_eq!(status(&["check", "fout.geojson", "--sliver", "2"]), Some(2));
    let repair = ["convert", "fout.geojson", "goed.geojson", "--repair", "--drop-duplicates"];
    let made = run(folder.path(), &repair);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    // The place that does not exist is gone, which is told; nothing doubtful is left.
    assert_eq!(status(&["check", "goed.geojson", "--strict"]), Some(0));
}

#[test]
fn overlaps_are_looked_for_where_asked() {
    let folder = folder();
    let squares = FAULTY.replace("[3.8,51.0],[3.81,51.0],[3.81,51.01],[3.8,51.01],[3.8,51.0]", {
        "[3.805,51.0],[3.82,51.0],[3.82,51.01],[3.805,51.01],[3.805,51.0]"
    });
    fs::write(folder.path().join("over.geojson"), squares).unwrap();
    let ask = |more: &[&str]| {
        let arguments = [&["check", "over.geojson", "--json"], more].concat();
        document(folder.path(), &arguments)["layers"][0].clone()
    };
    assert_eq!(ask(&[])["overlaps_checked"], false);
    let found = ask(&["--overlaps"]);
    assert_eq!(kinds(&found)[2], "overlap");
    let finding = &found["found"][2]["findings"][0];
    assert_eq!((&finding["row"], &finding["with_row"]), (&json!(2), &json!(3)));
    // By pyproj 3.7 with PROJ 9.5: `Geod(ellps="WGS84").polygon_area_perimeter` of that rectangle.
    let area = finding["area"].as_f64().unwrap();
    assert!((area / 390_426.901_2 - 1.0).abs() < 1e-6, "{area}");
    assert_eq!(kinds(&ask(&["--overlaps", "--sliver", "400000"]))[2], "sliver");
}

#[test]
fn info_tells_of_the_check_and_convert_repairs() {
    let folder = folder();
    let told = document(folder.path(), &["info", "fout.geojson", "--check", "--json"]);
    assert_eq!(told["layers"][0]["check"]["invalid_features"], 1);
    let bare = document(folder.path(), &["info", "fout.geojson", "--json"]);
    assert!(bare["layers"][0].get("check").is_none());

    let arguments =
        ["convert", "fout.geojson", "goed.geojson", "--repair", "--json", "--lang", "en"];
    let done = document(folder.path(), &arguments);
    assert_eq!(done["written"], 4);
    let repairs: Vec<&str> = done["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect();
    for kind in ["repair-valid", "repair-range", "repair-lost"] {
        assert!(repairs.contains(&kind), "{kind}: {repairs:?}");
    }
    let made: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("goed.geojson")).unwrap())
            .unwrap();
    assert_eq!(made["features"][0]["geometry"]["type"], "MultiPolygon");
    assert_eq!(made["features"][3]["geometry"], Value::Null);
    // Rows that a condition chooses, and without duplicates.
    let arguments = [
        "convert",
        "fout.geojson",
        "een.geojson",
        "--repair",
        "--drop-duplicates",
        "--where",
        "naam = 'vierkant'",
        "--json",
    ];
    assert_eq!(document(folder.path(), &arguments)["written"], 1);
    // The source stays as it is.
    assert_eq!(fs::read_to_string(folder.path().join("fout.geojson")).unwrap(), FAULTY);
}

#[test]
fn a_layer_in_order_is_told_so() {
    let folder = folder();
    let square =
        r#"{"type":"Polygon","coordinates":[[[3.8,51.0],[3.81,51.0],[3.81,51.01],[3.8,51.0]]]}"#;
    let text = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{square}}}"#);
    fs::write(folder.path().join("goed.geojson"), text).unwrap();
    fs::write(folder.path().join("namen.csv"), "naam;jaar\nReep;2020\n").unwrap();
    let told = stdout(&run(folder.path(), &["check", "goed.geojson", "namen.csv", "--lang", "nl"]));
    assert!(told.contains("Niets gevonden"), "{told}");
    assert!(told.contains("De laag heeft geen geometrie"), "{told}");
}
