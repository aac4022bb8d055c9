//! Layers that ogr2ogr wrote as GML, in each of its forms and several systems, against the same
//! layers as they were and as GDAL reads them back.

use std::process::Command;

use belfort::table::{FieldKind, GeometryKind, Table, Value};
use serde_json::Value as Json;

use super::super::{gdal, read_one, write};
use super::names;
use crate::generated::{ANYTHING, AREAS, Chance, LINES, POINTS, Wish, table};
use crate::support::has_gdal;

/// A value as GDAL gives it, in the form of ours.
fn is_same(ours: Value<'_>, theirs: &Json) -> bool {
    match (ours, theirs) {
        // An empty element is no value to either.
        (Value::Null | Value::Text(""), Json::Null) => true,
        (Value::Boolean(ours), theirs) => theirs.as_bool() == Some(ours),
        (Value::Integer(ours), theirs) => theirs.as_i64() == Some(ours),
        (Value::Number(ours), theirs) => {
            theirs.as_f64().is_some_and(|theirs| (ours - theirs).abs() <= 1e-14 * ours.abs())
        }
        // GDAL's own GeoJSON has what looks like JSON as JSON.
        (Value::Json(ours), theirs @ (Json::Array(_) | Json::Object(_))) => {
            serde_json::from_str::<Json>(ours).unwrap() == *theirs
        }
        (ours, Json::String(theirs)) => {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let ours = ours.to_data_text();
            ours == *theirs
                || (theirs.len() >= 10 && digits(&ours).starts_with(&digits(theirs)[..8]))
        }
        _ => false,
    }
}

fn compare(what: &str, table: &Table, features: &[Json]) {
    gdal::assert_same_places(what, features, table);
    for (row, feature) in features.iter().enumerate() {
        for (name, theirs) in feature["properties"].as_object().unwrap() {
            if matches!(name.as_str(), "gml_id" | "fid") {
                continue;
            }
            let at = table.field_index(name).unwrap_or_else(|| panic!("{what}: no {name}"));
            let ours = table.value(row, at);
            assert!(is_same(ours, theirs), "{what}, row {row}, {name}: {ours:?} is {theirs}");
        }
    }
}

#[test]
fn what_ogr2ogr_writes_is_read_as_gdal_reads_it() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(3);
    let mut seen = 0;
    for kinds in [POINTS, LINES, AREAS, ANYTHING, &[]] {
        for heights in [false, true] {
            let wish = Wish { heights, gaps: true, lambert: true, ..Wish::of(kinds) };
            let made = table(&mut chance, &wish, 15);
            let source = folder.path().join("laag.gpkg");
            let _ = std::fs::remove_file(&source);
            write(&made, &source);
            for form in ["GML2", "GML3", "GML3.2", "GML3Deegree"] {
                for system in ["EPSG:31370", "EPSG:4326", "EPSG:3812", "EPSG:3857", "EPSG:3035"] {
                    let is_own = system == "EPSG:31370";
                    if !is_own && (kinds != AREAS || heights || form == "GML3Deegree") {
                        continue;
                    }
                    let what = format!("{form} {system} {:?} {heights}", kinds.first());
                    let path = folder.path().join(format!("uit{seen}.gml"));
                    let out = Command::new("ogr2ogr")
                        .args(["-f", "GML", "-t_srs", system, "-dsco", &format!("FORMAT={form}")])
                        .arg(&path)
                        .arg(&source)
                        .output()
                        .unwrap();
                    assert!(
                        out.status.success(),
                        "{what}: {}",
                        String::from_utf8_lossy(&out.stderr)
                    );
                    let ours = read_one(&path);
                    compare(&what, &ours, &gdal::features(&path, None, &[]));
                    if !kinds.is_empty() {
                        let crs = ours.crs.as_ref().unwrap();
                        assert_eq!(
                            (crs.crs.code.as_deref(), crs.how.code()),
                            (Some(system), "file"),
                            "{what}"
                        );
                    }
                    seen += 1;
                    // The schema that stands beside it says the same kinds, or numbers in other words.
                    for field in &ours.fields {
                        let Some(at) = made.field_index(&field.name) else { continue };
                        let was = made.fields[at].kind;
                        let same = field.kind == was
                            || matches!((field.kind, was), (FieldKind::DateTime(_), FieldKind::DateTime(_)))
                            // GPKG knows no JSON here; a date-time may have no form that fits all.
                            || matches!(was, FieldKind::Json | FieldKind::DateTime(_));
                        assert!(same, "{what}, {}: {:?} was {was:?}", field.name, field.kind);
                    }
                    assert!(names(&ours).len() >= made.fields.len(), "{what}: {:?}", names(&ours));
                }
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

/// Nothing changes on the way through GML 3.2 in Lambert 72, number for number, but for what GDAL
/// rounds.
#[test]
fn coordinates_come_back_as_they_were() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let wish = Wish { lambert: true, ..Wish::of(POINTS) };
    let made = table(&mut Chance::new(11), &wish, 200);
    let (source, path) = (folder.path().join("a.gpkg"), folder.path().join("a.gml"));
    write(&made, &source);
    let form = ["-f", "GML", "-dsco", "FORMAT=GML3.2"];
    let out = Command::new("ogr2ogr").args(form).arg(&path).arg(&source).output().unwrap();
    assert!(out.status.success());
    let ours = read_one(&path);
    let (a, b) = (ours.geometry.as_ref().unwrap(), made.geometry.as_ref().unwrap());
    assert_eq!((a.len(), a.types()), (b.len(), vec![GeometryKind::Point]));
    for ([x, y], [u, v]) in a.xy().iter().zip(b.xy()) {
        assert!((x - u).abs() < 1e-6 && (y - v).abs() < 1e-6);
    }
}
