//! `convert --join`, and projects with joins.

use std::fs;

use serde_json::Value;

use super::cli::{AREAS, document, folder_with_places, run, stderr, stdout};

const PEOPLE: &str =
    "naam;jaar;inwoners\nBinnenstad;2022;10\nBinnenstad;2023;12\nZuid.;2023;7\nNoord;2023;3\n";

#[test]
fn a_table_is_joined_and_what_did_not_match_is_told() {
    let folder = folder_with_places();
    fs::write(folder.path().join("wijken.geojson"), AREAS).unwrap();
    fs::write(folder.path().join("bevolking.csv"), PEOPLE).unwrap();
    let join = ["convert", "wijken.geojson", "uit.geojson", "--join", "bevolking.csv", "--json"];
    let told = |more: &[&str]| document(folder.path(), &[&join[..], more].concat());
    let kinds = |told: &Value| -> Vec<String> {
        let problems = told["problems"].as_array().unwrap().iter();
        problems.map(|problem| problem["kind"].as_str().unwrap().to_owned()).collect()
    };
    let written = || -> Vec<Value> {
        let uit: Value =
            serde_json::from_slice(&fs::read(folder.path().join("uit.geojson")).unwrap()).unwrap();
        let features = uit["features"].as_array().unwrap().iter();
        features.map(|feature| feature["properties"]["inwoners"].clone()).collect()
    };
    // One year; the near match is told and not used.
    let found = told(&["--on", "wijk=naam", "--join-where", "jaar = 2023"]);
    let join_told = &found["join"];
    assert_eq!(join_told["matched"], 1);
    assert_eq!(join_told["unmatched_left"], serde_json::json!(["Zuid"]));
    assert_eq!(join_told["unmatched_right"], serde_json::json!(["Zuid.", "Noord"]));
    assert_eq!(
        join_told["proposals"],
        serde_json::json!([{"ours": "Zuid", "theirs": "Zuid.", "reason": "signs"}])
    );
    assert_eq!(join_told["columns"], serde_json::json!(["jaar", "inwoners"]));
    assert_eq!(kinds(&found), ["join-unmatched", "join-near"]);
    assert_eq!(written(), [Value::from(12), Value::Null]);
    // Several rows and no choice: empty, and told what can be done.
    let found = told(&["--on", "wijk=naam"]);
    assert_eq!(kinds(&found), ["join-unmatched", "join-several", "join-near", "join-choose"]);
    assert!(found["problems"][3]["message"].as_str().unwrap().contains("jaar"));
    assert_eq!(written(), [Value::Null, Value::Null]);
    let found = told(&["--on", "wijk=naam", "--join-rule", "sum"]);
    assert_eq!(kinds(&found), ["join-unmatched", "join-near"]);
    assert_eq!(written(), [Value::from(22), Value::Null]);
    // Joined columns choose rows, and are chosen.
    let more = ["--on", "wijk=naam", "--join-rule", "max", "--where", "inwoners > 11"];
    let found = told(&[&more[..], &["--select", "inwoners"]].concat());
    assert_eq!(found["written"], 1);
    let plain = run(folder.path(), &[&join[..5], &more[..], &["--lang", "nl"]].concat());
    let plain = stdout(&plain);
    assert!(plain.contains("wijk = naam: 1 van 2 waarden komen overeen"), "{plain}");
    assert!(plain.contains("1 waarde van de laag heeft geen partner: Zuid"), "{plain}");

    for (more, status, words) in [
        (vec!["--on", "wijk=weg"], 1, "weg"),
        (vec!["--on", "weg=naam"], 1, "weg"),
        (vec!["--on", "wijk=naam", "--join-where", "jaar >"], 2, "--join-where"),
        (vec!["--on", "wijk=naam", "--join-where", "jar = 1"], 1, "--join-where"),
        (vec![], 2, "--on"),
    ] {
        let output = run(folder.path(), &[&join[..], &more[..]].concat());
        assert_eq!(output.status.code(), Some(status), "{more:?}");
        assert!(stderr(&output).contains(words), "{more:?}: {}", stderr(&output));
    }
}

#[test]
fn a_project_tells_of_joined_columns() {
    let folder = folder_with_places();
    fs::write(folder.path().join("wijken.geojson"), AREAS).unwrap();
    fs::write(folder.path().join("bevolking.csv"), PEOPLE).unwrap();
    let project = r#"{"belfort": 4, "layers": [
        {"id": 1, "name": "wijken", "source": {"path": "wijken.geojson"}, "filter": {"sql": "mensen > 5"}, "joins": [
            {"layer": 2, "key": "wijk", "theirKey": "naam", "condition": "jaar = 2023",
             "columns": [{"field": "inwoners", "name": "mensen"}], "pairs": [{"ours": "Zuid", "theirs": "Zuid."}]},
            {"layer": 7, "key": "wijk", "theirKey": "naam", "columns": []}]},
        {"id": 2, "name": "bevolking", "source": {"path": "bevolking.csv"}}]}"#;
    fs::write(folder.path().join("p.belfort.json"), project).unwrap();
    let found = document(folder.path(), &["info", "p.belfort.json", "--json"]);
    let wijken = &found["layers"][0];
    assert_eq!(wijken["shown"], 2);
    let fields = wijken["fields"].as_array().unwrap();
    assert_eq!(fields.last().unwrap()["name"], "mensen");
    assert_eq!(wijken["problems"][0]["kind"], "join-gone");
    assert_eq!(wijken["problems"].as_array().unwrap().len(), 1);
}
