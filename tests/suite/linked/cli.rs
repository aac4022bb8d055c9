//! `belfort sparql` and `belfort ldes`: the program as a process.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::fake_services::stream::member;
use crate::fake_services::{FakeServices, Stream};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfort"));
    for variable in ["LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "HTTP_PROXY", "http_proxy"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).env("HOME", folder).env("XDG_CACHE_HOME", folder.join("cache"));
    command.args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_question_becomes_a_file_with_a_receipt() {
    let services = FakeServices::start();
    let folder = tempfile::tempdir().unwrap();
    let question = "SELECT ?naam ?waar WHERE { ?x a <https://x.example/plaatsen> }";
    std::fs::write(folder.path().join("vraag.rq"), question).unwrap();
    let endpoint = services.at("/sparql");
    let out =
        run(folder.path(), &["sparql", &endpoint, "vraag.rq", "--out", "uit.geojson", "--json"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let told: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(
        (&told["records_portal"], &told["records_written"]),
        (&Value::from(40), &Value::from(40))
    );
    assert_eq!(
        (&told["without_geometry"], &told["freshness"]),
        (&Value::from(0), &Value::from("fetched"))
    );
    let written = std::fs::read(folder.path().join("uit.geojson")).unwrap();
    let written: Value = serde_json::from_slice(&written).unwrap();
    let features = written["features"].as_array().unwrap();
    assert_eq!(
        (features.len(), &features[3]["properties"]["naam"]),
        (40, &Value::from("Plaats 3"))
    );
    // Without a network the copy is at hand.
    services.go_offline();
    let arguments = ["sparql", &endpoint, "vraag.rq", "--out", "uit.csv", "--offline"];
    let out = run(folder.path(), &arguments);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("40"));
    let out = run(folder.path(), &arguments[..arguments.len() - 1]);
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn what_is_wrong_with_a_question_is_told() {
    let services = FakeServices::start();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("vraag.rq"), "SELECT ?a WHER { ?a a <x:y> }").unwrap();
    let endpoint = services.at("/sparql");
    let out =
        run(folder.path(), &["sparql", &endpoint, "vraag.rq", "--out", "uit.csv", "--lang", "nl"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("syntax error at 'WHER'"), "{}", text(&out.stderr));
    assert!(!folder.path().join("uit.csv").exists());
    for arguments in [
        &["sparql", "nergens", "vraag.rq", "--out", "uit.csv"][..],
        &["ldes", &endpoint, "--since", "gisteren", "--out", "uit.csv"],
        &["sparql", &endpoint, "vraag.rq"],
    ] {
        let out = run(folder.path(), arguments);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}: {}", text(&out.stderr));
    }
    let out = run(folder.path(), &["sparql", &endpoint, "geen.rq", "--out", "uit.csv"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("geen.rq"));
}

#[test]
fn a_stream_becomes_a_file() {
    let services = FakeServices::start();
    let folder = tempfile::tempdir().unwrap();
    let path = "/opendata/adlib2eventstream/v1/stam/objecten";
    let mut members: Vec<(String, String)> =
        (0..12).map(|number| member(number, number % 3, &format!("Kaart {number}"))).collect();
    members.sort();
    services.stream(Stream { path: path.into(), members });
    let address = services.at(path);
    let arguments = ["ldes", &address, "--out", "uit.csv", "--json", "--search", "kaart 1"];
    let out = run(folder.path(), &arguments);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let told: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(
        (&told["records_written"], &told["records_whole"]),
        (&Value::from(3), &Value::from(12))
    );
    assert_eq!(told["licence"], "CC0 1.0");
    let written = std::fs::read_to_string(folder.path().join("uit.csv")).unwrap();
    assert_eq!(written.lines().count(), 4);
    // As an address it stands wherever a file may.
    let whole = format!("ldes:{address}#since=2024-02-01&versions=all");
    let out = run(folder.path(), &["convert", &whole, "alles.geojson"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let written = std::fs::read(folder.path().join("alles.geojson")).unwrap();
    let written: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(written["features"].as_array().unwrap().len(), 8);
}
