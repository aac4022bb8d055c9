//! Numbers per area against geopandas' `sjoin` and the ellipsoid of pyproj.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::query::per_area::{Columns, NumberColumn, Numbers, What, numbers};
use belfort::table::{Table, Value};
use serde_json::Value as Json;

use super::oracle::ask;
use super::support::shared_data;

const MODULES: &str = "geopandas, pyproj, shapely";

fn table(path: &Path) -> Table {
    open(path, &ReadOptions::default(), &Watch::unwatched()).unwrap().swap_remove(0)
}

/// Numbers without order, the same each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

type Ring = Vec<[f64; 2]>;

fn star(random: &mut Random, [x, y]: [f64; 2], size: f64) -> Ring {
    let mut ring: Ring = (0..19_i32)
        .map(|at| {
            let angle = f64::from(at) / 19.0 * std::f64::consts::TAU;
            let radius = size * (0.3 + random.next() * 0.7);
            [x + angle.cos() * radius * 1.6, y + angle.sin() * radius]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

fn written(folder: &Path, name: &str, kind: &str, shapes: &[Json], crs: &str) -> PathBuf {
    let mut text = format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:{crs}"}}}},"features":["#
    );
    for (at, shape) in shapes.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        // Every seventh value is missing.
        let n = if at % 7 == 3 { "null".to_owned() } else { ((at * 37) % 101).to_string() };
        let _ = write!(
            text,
            r#"{comma}{{"type":"Feature","properties":{{"n":{n}}},"geometry":{{"type":"{kind}","coordinates":{shape}}}}}"#
        );
    }
    text.push_str("]}");
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn made(areas: &Table, things: &Table) -> Columns {
    let column = |what: What| NumberColumn { what, field: "n".into(), name: what.code().into() };
    let all = [
        What::Count,
        What::Sum,
        What::Mean,
        What::Median,
        What::Min,
        What::Max,
        What::LengthM,
        What::AreaM2,
        What::CountPerKm2,
    ];
    let by = Numbers { columns: all.map(column).to_vec(), ..Numbers::default() };
    let made = numbers(areas, things, None, &by, &Watch::unwatched()).unwrap();
    assert_eq!(made.fields.len(), 9, "{:?}", made.problems);
    made
}

fn number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Integer(value) => Some(value as f64),
        Value::Number(value) => Some(value),
        _ => None,
    }
}

/// Compares each column with the oracle's; answers how many values were not null.
fn compare(areas: &Table, things: &Table, theirs: &Json) -> usize {
    let made = made(areas, things);
    let (fields, columns) = (made.fields, made.columns);
    let ours = Table::new("ours", areas.rows(), fields, columns, None).unwrap();
    let values = |name: &str| -> Option<Vec<Option<f64>>> {
        Some(theirs[name].as_array()?.iter().map(Json::as_f64).collect())
    };
    let (count, size) = (values("count").unwrap(), values("size").unwrap());
    let mut compared = 0;
    let names = ["count", "sum", "mean", "median", "min", "max", "length", "area"];
    for (at, name) in names.into_iter().enumerate() {
        let Some(wanted) = values(name) else { continue };
        assert_eq!(wanted.len(), ours.rows(), "{name}");
        for (row, wanted) in wanted.into_iter().enumerate() {
            let mut found = number(ours.value(row, at));
            // The sum of nothing is 0 here.
            if name == "sum" && count[row] == Some(0.0) {
                assert_eq!(found.take(), Some(0.0));
            }
            let (tolerance, least) = if at < 6 { (1e-12, 0.0) } else { (2e-9, 1e-4) };
            match (found, wanted) {
                (None, None) => {}
                (Some(found), Some(wanted)) => {
                    let off = (found - wanted).abs();
                    let most = tolerance * wanted.abs() + least;
                    assert!(off <= most, "{name} of {row}: {found}, not {wanted}");
                    compared += 1;
                }
                other => panic!("{name} of {row}: {other:?}"),
            }
        }
    }
    for row in 0..ours.rows() {
        let per_km2 = number(ours.value(row, 8)).unwrap();
        let wanted = count[row].unwrap() / (size[row].unwrap() / 1e6);
        // Two PROJ versions may choose operations a few parts in 10^7 apart.
        assert!((per_km2 - wanted).abs() <= 3e-6 * wanted.abs(), "{per_km2}, not {wanted}");
    }
    assert_eq!(Some(made.tally.outside), theirs["outside"].as_u64());
    assert_eq!(Some(made.tally.several), theirs["several"].as_u64());
    compared
}

#[test]
fn numbers_of_made_up_layers_are_those_of_geopandas() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(5);
    // A grid of areas that share borders, one with a hole, one of two parts, two that overlap.
    let square = |x: f64, y: f64, size: f64| -> Ring {
        vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    };
    let mut areas: Vec<Json> = Vec::new();
    for row in 0..4_i32 {
        for column in 0..4_i32 {
            let (x, y) = (3.5 + f64::from(column) / 64.0, 51.0 + f64::from(row) / 64.0);
            let mut rings = vec![square(x, y, 1.0 / 64.0)];
            if row == 1 && column == 1 {
                rings.push(square(x + 1.0 / 256.0, y + 1.0 / 256.0, 1.0 / 128.0));
            }
            areas.push(serde_json::json!([rings]));
        }
    }
    areas.push(serde_json::json!([[square(3.48, 51.0, 0.01)], [square(3.48, 51.02, 0.01)]]));
    for _ in 0..6 {
        let at = [3.49 + random.next() * 0.1, 50.99 + random.next() * 0.1];
        areas.push(serde_json::json!([[star(&mut random, at, 0.03)]]));
    }
    areas.push(serde_json::json!([[square(9.0, 9.0, 0.01)]]));
    let lon_lat = "OGC:1.3:CRS84";
    let areas = written(folder.path(), "areas.geojson", "MultiPolygon", &areas, lon_lat);

    let place = |random: &mut Random| [3.47 + random.next() * 0.12, 50.98 + random.next() * 0.12];
    // On a lattice too, so that many lie on borders and corners.
    let lattice = |at: usize| [3.5 + (at % 33) as f64 / 512.0, 51.0 + (at / 33) as f64 / 512.0];
    let mut points: Vec<Json> = (0..1100).map(|at| serde_json::json!(lattice(at))).collect();
    points.extend((0..3000).map(|_| serde_json::json!(place(&mut random))));
    let points = written(folder.path(), "points.geojson", "Point", &points, lon_lat);
    let mut lines: Vec<Json> = (0..400)
        .map(|_| {
            let mut at = place(&mut random);
            let line: Ring = (0..5)
                .map(|_| {
                    at = [at[0] + random.next() * 0.02 - 0.01, at[1] + random.next() * 0.02 - 0.01];
                    at
                })
                .collect();
            serde_json::json!(line)
        })
        .collect();
    // Along borders, and from corner to corner.
    lines.push(serde_json::json!([[3.5, 51.0], [3.515_625, 51.0], [3.515_625, 51.015_625]]));
    lines.push(serde_json::json!([[3.49, 51.015_625], [3.56, 51.015_625]]));
    lines.push(serde_json::json!([[3.5, 51.0], [3.562_5, 51.062_5]]));
    let lines = written(folder.path(), "lines.geojson", "LineString", &lines, lon_lat);
    let mut parks: Vec<Json> = (0..300)
        .map(|at| {
            let size = if at % 50 == 0 { 0.05 } else { 0.004 };
            let at = place(&mut random);
            serde_json::json!([star(&mut random, at, size)])
        })
        .collect();
    // On borders, over several, exactly one, and in a hole.
    parks.push(serde_json::json!([square(3.507_812_5, 51.007_812_5, 1.0 / 64.0)]));
    parks.push(serde_json::json!([square(3.5, 51.0, 1.0 / 64.0)]));
    parks.push(serde_json::json!([square(3.515_625 + 1.0 / 256.0, 51.019_531_25, 1.0 / 128.0)]));
    parks.push(serde_json::json!([square(3.4, 50.9, 0.3), square(3.5, 51.0, 0.03)]));
    let parks = written(folder.path(), "parks.geojson", "Polygon", &parks, lon_lat);

    let pairs = [&points, &lines, &parks];
    let paths: Vec<PathBuf> =
        pairs.iter().flat_map(|path| [areas.clone(), (*path).clone()]).collect();
    let Some(theirs) = ask("per_area.py", MODULES, &paths) else { return };
    assert_eq!(theirs.len(), 3);
    let areas = table(&areas);
    for (path, theirs) in pairs.iter().zip(&theirs) {
        let compared = compare(&areas, &table(path), theirs);
        assert!(compared > 130, "{compared}");
        assert!(theirs["several"].as_u64().unwrap() > 100);
    }
}

/// The layers are in two systems.
#[test]
fn numbers_of_real_layers_are_those_of_geopandas() {
    let (Some(areas), Some(sectors)) = (
        shared_data("real/wijken/stadswijken-gent-2025.geojson"),
        shared_data("real/statsectoren/gent-sectors-2026.geojson"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(11);
    let place = |random: &mut Random| [94e3 + random.next() * 22e3, 180e3 + random.next() * 26e3];
    let points: Vec<Json> = (0..20_000).map(|_| serde_json::json!(place(&mut random))).collect();
    let points = written(folder.path(), "points.geojson", "Point", &points, "EPSG::31370");
    let paths = [areas.clone(), points.clone(), sectors, points.clone()];
    let Some(theirs) = ask("per_area.py", MODULES, &paths) else { return };
    let points = table(&points);
    for (path, theirs) in paths.iter().step_by(2).zip(&theirs) {
        let areas = table(path);
        assert!(compare(&areas, &points, theirs) >= areas.rows() * 5);
    }
}
