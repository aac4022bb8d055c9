//! The published schema of project files against what the program writes.
//!
//! Checked by the part of JSON Schema (draft 2020-12) that the schema uses, and stricter in one
//! thing: a member that the schema does not name is a fault, so that the schema cannot fall behind.

use std::path::{Path, PathBuf};

use belfort::project::{FORMAT_VERSION, open_project, read_project, save_over, seen_now};
use serde_json::Value;

use super::edits::document;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/project.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Faults of a value, each with its place.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str, told: &mut Vec<String>) {
    for word in schema.as_object().unwrap().keys() {
        let known = [
            "$ref",
            "$schema",
            "$defs",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "items",
            "minItems",
            "maxItems",
            "anyOf",
            "enum",
            "minimum",
            "maximum",
            "pattern",
            "additionalProperties",
        ];
        assert!(known.contains(&word.as_str()), "this test does not know {word}");
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        faults(root, target, value, at, told);
        return;
    }
    if let Some(ways) = schema.get("anyOf").and_then(Value::as_array) {
        let mut of_each = ways.iter().map(|way| {
            let mut told = Vec::new();
            faults(root, way, value, at, &mut told);
            told
        });
        if of_each.any(|told| told.is_empty()) {
            return;
        }
        told.push(format!("{at}: {value} fits none of the ways"));
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && !values.contains(value)
    {
        told.push(format!("{at}: {value} is none of {values:?}"));
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().map(|kind| kind.as_str().unwrap()).collect(),
        _ => Vec::new(),
    };
    let is_of = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of(kind)) {
        told.push(format!("{at}: {value} is no {kinds:?}"));
    }
    let limit = |word: &str| schema.get(word).and_then(Value::as_f64);
    if let Some(number) = value.as_f64()
        && (limit("minimum").is_some_and(|least| number < least)
            || limit("maximum").is_some_and(|most| number > most))
    {
        told.push(format!("{at}: {number} is out of bounds"));
    }
    if let (Some(text), Some(pattern)) =
        (value.as_str(), schema.get("pattern").and_then(Value::as_str))
        && !regex::Regex::new(pattern).unwrap().is_match(text)
    {
        told.push(format!("{at}: {text} does not match {pattern}"));
    }
    if let Some(items) = value.as_array() {
        let length = items.len() as f64;
        if limit("minItems").is_some_and(|least| length < least)
            || limit("maxItems").is_some_and(|most| length > most)
        {
            told.push(format!("{at}: {length} items"));
        }
        if let Some(of) = schema.get("items") {
            for (number, item) in items.iter().enumerate() {
                faults(root, of, item, &format!("{at}/{number}"), told);
            }
        }
    }
    if let (Some(members), Some(of)) = (value.as_object(), schema.get("properties")) {
        for needed in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            if !members.contains_key(needed.as_str().unwrap()) {
                told.push(format!("{at}: {needed} is missing"));
            }
        }
        for (name, member) in members {
            match of.get(name) {
                Some(of) => faults(root, of, member, &format!("{at}/{name}"), told),
                // Left open on purpose: it has a description, and no more.
                None if schema.get("required") == Some(&serde_json::json!(["kind"])) => {}
                None if schema.get("required") == Some(&serde_json::json!(["value"])) => {}
                None => told.push(format!("{at}: {name} is not in the schema")),
            }
        }
    }
    if let (Some(members), Some(of)) = (value.as_object(), schema.get("additionalProperties")) {
        for (name, member) in members {
            faults(root, of, member, &format!("{at}/{name}"), told);
        }
    }
}

fn check(path: &Path) {
    let value: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (schema, mut told) = (schema(), Vec::new());
    faults(&schema, &schema, &value, "", &mut told);
    assert!(told.is_empty(), "{}:\n{}", path.display(), told.join("\n"));
}

#[test]
fn all_that_is_written_and_all_older_projects_follow_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("sample-data/gent.belfort.json");
    check(&sample);
    let old = |version| root.join(format!("tests/projects/v{version}.belfort.json"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let save = |from: &Path| {
        let opened = read_project(from).unwrap();
        let files = seen_now(&opened.document, &[], &[], |_| None);
        save_over(&opened.document, &files, &path, None).unwrap();
        check(&path);
    };
    for version in 1..FORMAT_VERSION {
        let path: PathBuf = old(version);
        check(&path);
        save(&path);
    }
    save(&sample);
    assert!(!read_project(&path).unwrap().files.is_empty());
    for seed in 1..=40 {
        let made = document(seed, 50);
        belfort::project::save_project(&made, &path).unwrap();
        check(&path);
        assert_eq!(open_project(&path).unwrap(), made);
    }
}

#[test]
fn the_check_finds_faults() {
    let schema = schema();
    let mut told = Vec::new();
    let bad = serde_json::json!({"belfort": 0, "layers": [{"id": 1, "opacity": 7,
        "source": {"path": 3}, "style": {"fill": "red"}, "mood": 1}]});
    faults(&schema, &schema, &bad, "", &mut told);
    assert!(told.len() >= 6, "{told:?}");
}
