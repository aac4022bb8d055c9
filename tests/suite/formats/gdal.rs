//! What GDAL reads from a file: the outside oracle of several formats.

use std::path::Path;
use std::process::Command;

use belfort::table::{GeometryKind, GeometryRef, Table};
use serde_json::Value as Json;

/// The features of a layer, or of the only one, as GeoJSON in the layer's own numbers.
pub fn features(path: &Path, layer: Option<&str>, options: &[&str]) -> Vec<Json> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("gdal.geojson");
    let made = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "-a_srs", "EPSG:4326"])
        .args(options)
        .arg(&out)
        .arg(path)
        .args(layer)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let json: Json = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    json["features"].as_array().unwrap().clone()
}

/// All numbers of a GeoJSON geometry, in order.
pub fn numbers(json: &Json, found: &mut Vec<f64>) {
    match json {
        Json::Number(number) => found.extend(number.as_f64()),
        Json::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        Json::Object(members) => {
            for key in ["coordinates", "geometries"] {
                members.get(key).into_iter().for_each(|inner| numbers(inner, found));
            }
        }
        _ => {}
    }
}

/// All numbers of a geometry, in order, heights where there are any.
pub fn numbers_of(row: GeometryRef<'_>) -> Vec<f64> {
    let mut found = Vec::new();
    for ring in row.parts().flat_map(|part| part.rings().collect::<Vec<_>>()) {
        for (at, [x, y]) in ring.xy().iter().enumerate() {
            found.extend([*x, *y]);
            found.extend(ring.z().get(at).filter(|z| z.is_finite()));
        }
    }
    found
}

/// Types and coordinates are the same, number for number.
pub fn assert_same_places(what: &str, features: &[Json], table: &Table) {
    assert_eq!(features.len(), table.rows(), "{what}");
    for (at, feature) in features.iter().enumerate() {
        let geometry = &feature["geometry"];
        let ours = table.geometry.as_ref().map(|geometry| geometry.row(at));
        let Some(ours) = ours.filter(|ours| ours.kind() != GeometryKind::Null) else {
            assert!(geometry.is_null(), "{what}, row {}: {geometry}", at + 1);
            continue;
        };
        assert_eq!(geometry["type"], ours.kind().name(), "{what}, row {}", at + 1);
        let mut theirs = Vec::new();
        numbers(geometry, &mut theirs);
        assert_eq!(theirs, numbers_of(ours), "{what}, row {}", at + 1);
    }
}
