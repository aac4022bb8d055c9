//! The fake services against GDAL's own clients (its drivers WFS and OAPIF), and ours against what
//! those read: so that what the tests prove is not only that we understand ourselves.

use std::process::Command;

use serde_json::Value;

use super::world::{World, layer};
use crate::support::has_gdal;

fn features(source: &str, name: &str) -> Vec<Value> {
    let run = Command::new("ogr2ogr")
        .args([
            "-f",
            "GeoJSON",
            "/vsistdout/",
            source,
            name,
            "-t_srs",
            "EPSG:4326",
            "-lco",
            "RFC7946=NO",
        ])
        .args(["--config", "OGR_WFS_PAGE_SIZE", "500", "--config", "GDAL_HTTP_TIMEOUT", "20"])
        .env("HTTP_PROXY", "")
        .env("http_proxy", "")
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!("{source}: {error}: {}", String::from_utf8_lossy(&run.stderr))
    });
    read["features"].as_array().unwrap().clone()
}

/// Numbers, texts and, within two metres of datum change, places are those that GDAL reads.
#[test]
fn gdal_reads_the_same() {
    if !has_gdal() {
        return;
    }
    let world = World::new();
    let at = |path: &str| world.services.at(path);
    for (source, name, address) in [
        (format!("WFS:{}", at("/geo/wfs")), "stad:bomen", world.wfs("/geo/wfs", "bomen")),
        (format!("WFS:{}", at("/gml/wfs")), "stad:palen", world.wfs("/geo/wfs", "palen")),
        (format!("OAPIF:{}", at("/api")), "bomen", world.api("/api", "bomen")),
    ] {
        let theirs = features(&source, name);
        let (table, _) = world.good(&address);
        let short = name.trim_start_matches("stad:");
        assert_eq!(theirs.len(), layer(short).rows.len(), "{source}");
        assert_eq!(table.rows(), theirs.len(), "{source}");
        let mut theirs: Vec<&Value> = theirs.iter().collect();
        theirs.sort_by_key(|it| it["properties"]["nr"].as_u64());
        let at = |name| table.field_index(name).unwrap();
        let mut order: Vec<usize> = (0..table.rows()).collect();
        order.sort_by_key(|row| table.value(*row, at("nr")).to_data_text().parse::<u64>().unwrap());
        let geometry = table.geometry.clone().unwrap();
        let mut xy: Vec<[f64; 2]> = order
            .iter()
            .map(|row| geometry.row(*row).xy().first().copied().unwrap_or([f64::NAN; 2]))
            .collect();
        table.crs.as_ref().unwrap().to_lon_lat(&mut xy).unwrap();
        for ((row, place), theirs) in order.iter().zip(&xy).zip(theirs) {
            let properties = &theirs["properties"];
            let text = |name| table.value(*row, at(name)).to_data_text();
            assert_eq!(text("nr"), properties["nr"].to_string(), "{source}");
            assert_eq!(text("soort"), properties["soort"].as_str().unwrap());
            assert_eq!(text("code"), properties["code"].as_str().unwrap());
            let coordinates = &theirs["geometry"]["coordinates"];
            if place[0].is_nan() {
                assert!(theirs["geometry"].is_null(), "{source}");
                continue;
            }
            for (ours, number) in place.iter().zip(coordinates.as_array().unwrap()) {
                let apart = (ours - number.as_f64().unwrap()).abs();
                assert!(apart < 2e-5, "{source}: {place:?} {coordinates}");
            }
        }
    }
}
