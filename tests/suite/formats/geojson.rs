//! GeoJSON made by hand.

use belfort::formats::ReadOptions;
use belfort::jobs::Watch;
use belfort::table::{FieldKind, GeometryKind, Value};

use super::{read_one, read_text, shapes, table_of, write};

#[test]
fn members_come_in_any_order() {
    let usual = r#"{"type":"FeatureCollection","name":"n","crs":{"type":"name","properties":{"name":"EPSG:31370"}},
        "features":[{"type":"Feature","id":"a","properties":{"x":1},
        "geometry":{"type":"Point","coordinates":[104700,193800]}}]}"#;
    let turned = r#"{"features":[{"geometry":{"coordinates":[104700,193800],"type":"Point"},"properties":{"x":1},
        "id":"a","type":"Feature"}],"crs":{"properties":{"name":"EPSG:31370"},"type":"name"},"name":"n","type":"FeatureCollection"}"#;
    let (usual, turned) = (table_of("a.geojson", usual), table_of("a.geojson", turned));
    for table in [&usual, &turned] {
        assert_eq!(table.name, "n");
        assert_eq!(table.value(0, 0), Value::Integer(1));
        assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:31370"));
        assert_eq!(table.crs.as_ref().unwrap().how.code(), "crs-member");
        assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
    }
    assert_eq!(usual.geometry, turned.geometry);
    assert_eq!(format!("{:?}", usual.ids), format!("{:?}", turned.ids));
}

#[test]
fn every_root_is_taken() {
    let point = r#"{"type":"Point","coordinates":[3.7,51.0]}"#;
    let feature = format!(r#"{{"type":"Feature","properties":{{"a":"b"}},"geometry":{point}}}"#);
    let collection = format!(
        r#"{{"type":"GeometryCollection","geometries":[{point},{{"type":"LineString","coordinates":[[0,1],[2,3]]}}]}}"#
    );
    for (text, rows, fields, kind) in [
        (point.to_owned(), 1, 0, GeometryKind::Point),
        (feature.clone(), 1, 1, GeometryKind::Point),
        (format!("[{feature},{feature}]"), 2, 1, GeometryKind::Point),
        (format!("\u{FEFF}[{point},{feature}]"), 2, 1, GeometryKind::Point),
        (format!(r#"{{"features":[{feature}]}}"#), 1, 1, GeometryKind::Point),
        (collection, 1, 0, GeometryKind::GeometryCollection),
    ] {
        let table = table_of("a.geojson", &text);
        assert_eq!((table.rows(), table.fields.len()), (rows, fields), "{text}");
        assert_eq!(table.geometry.as_ref().unwrap().kinds()[0], kind, "{text}");
    }
    let empty = table_of("a.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    assert_eq!(empty.rows(), 0);
}

#[test]
fn values_keep_their_kind_and_widen_without_loss() {
    let table = table_of(
        "a.geojson",
        r#"[{"type":"Feature","geometry":null,"properties":{"n":1,"mix":1,"big":12345678901234567890123,"d":"2026-01-31","o":{"a": [1, 2]},"t":"é\n\u0041"}},
            {"type":"Feature","geometry":null,"properties":{"mix":"x","late":true,"n":2.5,"d":null,"n2":NaN,"t":""}}]"#,
    );
    let names: Vec<_> = table.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["n", "mix", "big", "d", "o", "t", "late", "n2"]);
    assert_eq!(table.value(0, 0), Value::Number(1.0));
    assert_eq!(table.value(0, 1), Value::Text("1"));
    assert_eq!(table.value(0, 2), Value::Text("12345678901234567890123"));
    assert_eq!(table.fields[3].kind, FieldKind::Date);
    assert_eq!(table.value(0, 4), Value::Json("{\"a\":[1,2]}"));
    assert_eq!(table.value(0, 5), Value::Text("é\nA"));
    assert_eq!((table.value(0, 6), table.value(1, 6)), (Value::Null, Value::Boolean(true)));
    let problems = &table.origin.problems;
    for id in ["problem-mixed-kinds", "problem-long-integer", "problem-not-a-number"] {
        assert_eq!(problems.count(id), 1, "{id}: {problems:?}");
    }
    assert_eq!(problems.count("problem-no-geometry"), 2);
    assert!(table.geometry.is_none());
}

#[test]
fn a_bad_geometry_costs_only_its_place() {
    let table = table_of(
        "a.geojson",
        r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":["3",51]}},
            {"type":"Feature","properties":{"n":2},"geometry":{"type":"Circle","coordinates":[3,51]}},
            {"type":"Feature","properties":{"n":3},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}},
            {"type":"Feature","properties":{"n":4},"geometry":{"type":"Point","coordinates":[3,51,7,8,9]}},
            7]}"#,
    );
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!((table.rows(), geometry.missing()), (5, 3));
    let part = geometry.row(3).parts().next().unwrap();
    assert_eq!((part.first_ring().z()[0], part.first_ring().m()[0]), (7.0, 8.0));
    assert_eq!(geometry.row(2).xy().len(), 3);
    for (id, count) in [
        ("problem-bad-coordinates", 1),
        ("problem-geometry-type", 1),
        ("problem-unclosed-ring", 1),
        ("problem-more-coordinates", 1),
        ("problem-not-a-feature", 1),
    ] {
        assert_eq!(table.origin.problems.count(id), count, "{id}");
    }
}

#[test]
fn the_crs_is_found_or_honestly_guessed() {
    let at = |x: f64, y: f64, crs: &str| {
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":null,"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}]{crs}}}"#
        );
        let table = table_of("a.geojson", text);
        let found = table
            .crs
            .as_ref()
            .map(|crs| (crs.crs.code.clone().unwrap_or_default(), crs.how.code(), crs.swapped));
        (found, table.origin.problems.iter().map(|problem| problem.id).collect::<Vec<_>>())
    };
    let wgs84 = |how, swapped| Some(("EPSG:4326".to_owned(), how, swapped));
    let lambert = |how| Some(("EPSG:31370".to_owned(), how, false));
    assert_eq!(at(3.7, 51.0, ""), (wgs84("format", false), vec![]));
    assert_eq!(at(-73.9, 40.7, ""), (wgs84("format", false), vec![]));
    assert_eq!(at(51.0, 3.7, ""), (wgs84("guess", true), vec!["problem-crs-swapped"]));
    assert_eq!(at(104700.0, 193800.0, ""), (lambert("guess"), vec!["problem-crs-guessed"]));
    for member in [
        r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}}"#,
        r#"{"type":"EPSG","properties":{"code":31370}}"#,
        r#""EPSG:31370""#,
    ] {
        let member = format!(",\"crs\":{member}");
        assert_eq!(at(104700.0, 193800.0, &member), (lambert("crs-member"), vec![]), "{member}");
    }
    let crs84 = r#","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#;
    assert_eq!(at(3.7, 51.0, crs84).1, Vec::<&str>::new());
    let link = r#","crs":{"type":"link","properties":{"href":"http://example.com/crs"}}"#;
    assert_eq!(at(104700.0, 193800.0, link).1, ["problem-crs-link", "problem-crs-guessed"]);
    let nonsense = r#","crs":{"type":"name","properties":{"name":"EPSG:999999"}}"#;
    assert_eq!(
        at(9e9, 9e9, nonsense),
        (None, vec!["problem-crs-not-understood", "problem-crs-unknown"])
    );
}

#[test]
fn errors_name_the_place_and_what_to_do() {
    for (text, id, place) in [
        ("", "error-file-empty", None),
        (
            "{\"type\":\"FeatureCollection\",\n \"features\": [}",
            "error-bad-json",
            Some("line 2, column 15"),
        ),
        (
            "{\"type\":\"FeatureCollection\",\"features\":[",
            "error-bad-json",
            Some("line 1, column 41"),
        ),
        ("data = {\"type\":\"FeatureCollection\"};", "error-javascript", Some("line 1, column 1")),
        ("<!DOCTYPE html><html>", "error-web-page", None),
        ("{\"nhits\": 3, \"records\": []}", "error-not-geojson", None),
        ("{\"type\":\"Topology\",\"objects\":{}}", "error-not-topojson", None),
        ("{\"geometryType\":\"esriGeometryPoint\",\"features\":[]}", "error-other-json", None),
        (
            "{\"type\":\"FeatureCollection\",\"features\":[]} {}",
            "error-bad-json",
            Some("line 1, column 44"),
        ),
    ] {
        let error = read_text("a.geojson", text).map(|tables| tables.len()).unwrap_err();
        assert_eq!(error.what.id, id, "{text}: {error}");
        assert!(error.remedy.is_some(), "{text}");
        let found = error.place.map(|place| place.message().to_string());
        assert_eq!(found.as_deref(), place, "{text}");
    }
}

/// Nesting without end overflows no stack, wherever it stands.
#[test]
fn depth_bombs_are_harmless() {
    let deep = "[".repeat(300_000);
    for (start, end) in [
        ("", ""),
        ("{\"a\":", ""),
        ("[{\"type\":\"Feature\",\"properties\":{\"a\":", ""),
        ("{\"type\":\"Polygon\",\"coordinates\":", ""),
        ("{\"crs\":", ""),
    ] {
        assert!(read_text("a.geojson", format!("{start}{deep}{end}")).is_err(), "{start}");
    }
    let closed = format!("{deep}{}", "]".repeat(300_000));
    let table =
        table_of("a.geojson", format!("{{\"features\":[],\"crs\":{closed},\"a\":{closed}}}"));
    assert_eq!(table.origin.problems.count("problem-root-type"), 1);
    let bad = table_of("a.geojson", format!("{{\"type\":\"Polygon\",\"coordinates\":{closed}}}"));
    assert_eq!(bad.origin.problems.count("problem-bad-coordinates"), 1);
    let collections = r#"{"type":"GeometryCollection","geometries":["#.repeat(10_000);
    let text = format!("{collections}{}", "]}".repeat(10_000));
    assert_eq!(table_of("a.geojson", text).origin.problems.count("problem-bad-coordinates"), 1);
}

#[test]
fn a_cancel_ends_the_reading() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("a.geojson", r#"[{"type":"Point","coordinates":[1,2]}]"#), ("a.csv", "lon,lat\n3.7,51\n")]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let watch = Watch::default();
        watch.cancel();
        let error = belfort::formats::open(&path, &ReadOptions::default(), &watch).unwrap_err();
        assert!(error.is_cancelled(), "{error}");
    }
}

/// RFC 7946, section 3.1.6: outer rings counter-clockwise, holes clockwise; and rings closed.
#[test]
fn the_standard_form_is_written() {
    let table = table_of(
        "a.geojson",
        r#"{"type":"Polygon","coordinates":[[[0,0],[0,4],[4,4],[4,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]}"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let report = write(&table, &path);
    assert_eq!(report.problems.count("problem-ring-closed"), 1);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("\"crs\""), "{text}");
    let rings = "[[[4,0],[4,4],[0,4],[0,0],[4,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]";
    assert!(text.contains(rings), "{text}");
}

#[test]
fn heights_ids_and_collections_come_back() {
    let text = r#"[{"type":"Feature","id":7,"properties":{},"geometry":{"type":"GeometryCollection","geometries":[
        {"type":"Point","coordinates":[1,2,3]},{"type":"MultiPolygon","coordinates":[[[[0,0,1],[1,0,1],[1,1,1],[0,0,1]]]]}]}},
        {"type":"Feature","id":9,"properties":{},"geometry":{"type":"MultiPoint","coordinates":[[1,2,3,4]]}}]"#;
    let table = table_of("a.geojson", text);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    write(&table, &path);
    let back = read_one(&path);
    assert_eq!(shapes(table.geometry.as_ref().unwrap()), shapes(back.geometry.as_ref().unwrap()));
    assert_eq!(format!("{:?}", table.geometry), format!("{:?}", back.geometry));
    assert_eq!(format!("{:?}", table.ids), format!("{:?}", back.ids));
}
