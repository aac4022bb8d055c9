//! `convert --per-area` and `--area-of`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::cli::{document, run, stderr, stdout};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let area = |name: &str, west: f64| {
        let (east, south, north) = (west + 0.01, 51.0, 51.01);
        format!(
            r#"{{"type":"Feature","properties":{{"wijk":"{name}","nr":7}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let areas = [area("Muide", 3.70), area("Rabot", 3.71), area("Sluizeken", 3.72)];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, areas.join(","));
    fs::write(folder.path().join("wijken.geojson"), text).unwrap();
    let trees = "soort;hoogte;lon;lat\nlinde;10;3.701;51.001\nlinde;20;3.702;51.001\n\
        eik;30;3.71;51.005\neik;40;3.8;51.009\nbeuk;50;;\n";
    fs::write(folder.path().join("bomen.csv"), trees).unwrap();
    folder
}

fn properties(folder: &Path, name: &str) -> Vec<Value> {
    let text = fs::read(folder.join(name)).unwrap();
    let written: Value = serde_json::from_slice(&text).unwrap();
    let features = written["features"].as_array().unwrap().iter();
    features.map(|feature| feature["properties"].clone()).collect()
}

#[test]
fn numbers_per_area_are_written_and_what_lies_nowhere_is_told() {
    let folder = folder();
    let count = ["convert", "wijken.geojson", "uit.geojson", "--per-area", "bomen.csv", "--json"];
    let told = document(folder.path(), &count);
    let expected = json!({
        "things": 5, "inside": 3, "outside": 1, "without_place": 1, "several": 1,
        "areas": 3, "areas_empty": 1, "areas_without_place": 0, "columns": ["bomen_count"],
    });
    assert_eq!(told["per_area"], expected);
    let kinds: Vec<&str> =
        told["problems"].as_array().unwrap().iter().map(|p| p["kind"].as_str().unwrap()).collect();
    for kind in ["by-place-outside", "by-place-without-place", "by-place-several-each"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    let counts: Vec<Value> = properties(folder.path(), "uit.geojson")
        .into_iter()
        .map(|properties| properties["bomen_count"].clone())
        .collect();
    assert_eq!(counts, [json!(3), json!(1), json!(0)]);

    // Several numbers, a condition, once, and a condition on the new column.
    let numbers = "count=bomen,mean:hoogte,sum:hoogte=som";
    let more = [
        "convert",
        "wijken.geojson",
        "uit.geojson",
        "--per-area",
        "bomen.csv:soort <> 'linde'",
        "--numbers",
        numbers,
        "--count-once",
        "--where",
        "bomen > 0",
        "--lang",
        "nl",
    ];
    let said = stdout(&run(folder.path(), &more));
    assert!(said.contains("1 van 3 ligt in een gebied, 1 in geen enkel"), "{said}");
    let expected = json!({
        "wijk": "Muide", "nr": 7, "bomen": 1, "hoogte_mean": 30.0, "som": 30,
    });
    assert_eq!(properties(folder.path(), "uit.geojson"), [expected]);
}

#[test]
fn each_row_gets_its_area() {
    let folder = folder();
    let area_of = ["convert", "bomen.csv", "uit.csv", "--area-of", "wijken.geojson", "--json"];
    let told = document(folder.path(), &area_of);
    assert_eq!(told["area_of"]["inside"], 3);
    assert_eq!(told["area_of"]["columns"], json!(["wijk", "nr"]));
    let few = [&area_of[..], &["--area-fields", "wijk", "--place", "none"]].concat();
    document(folder.path(), &few);
    let text = fs::read_to_string(folder.path().join("uit.csv")).unwrap();
    let ends: Vec<&str> =
        text.lines().map(|line| line.rsplit([';', ',']).next().unwrap()).collect();
    assert_eq!(ends, ["wijk", "Muide", "Muide", "Muide", "", ""]);
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let folder = folder();
    let convert = ["convert", "wijken.geojson", "uit.geojson", "--lang", "en"];
    for (more, status, expected) in [
        (&["--per-area", "bomen.csv", "--numbers", "aantal"][..], 2, "count-per-km2"),
        (&["--per-area", "bomen.csv", "--numbers", "sum"], 2, "sum"),
        (&["--per-area", "bomen.csv", "--numbers", "count:hoogte"], 2, "count:hoogte"),
        (&["--per-area", "bomen.csv", "--numbers", "sum:soort"], 1, "soort"),
        (&["--per-area", "bomen.csv", "--numbers", "sum:dikte"], 1, "hoogte"),
        (&["--per-area", "bomen.csv:dikte > 1"], 1, "--per-area: There is no field"),
        (&["--per-area", "bomen.csv:hoogte >"], 2, "--per-area"),
        (&["--per-area", "weg.csv"], 1, "weg.csv"),
        (&["--numbers", "count"], 2, "--per-area"),
        (&["--area-of", "wijken.geojson", "--area-fields", "naam"], 1, "wijk"),
    ] {
        let output = run(folder.path(), &[&convert[..], more].concat());
        assert_eq!(output.status.code(), Some(status), "{more:?}");
        assert!(stderr(&output).contains(expected), "{more:?}: {}", stderr(&output));
        assert!(!folder.path().join("uit.geojson").exists());
    }
}
