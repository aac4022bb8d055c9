//! The quirks of real data, each of which a reader must stand.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::raw::get;
use crate::fake_portal::{FakePortal, data};

fn rows(portal: &FakePortal, id: &str) -> Vec<Json> {
    let reply = get(portal, &format!("/catalog/datasets/{id}/exports/json"));
    assert!(reply.whole, "{id}");
    reply.ok().as_array().unwrap().clone()
}

#[test]
fn every_seed_dataset_is_there_with_its_own_name_for_the_point() {
    let portal = FakePortal::start();
    for (id, point, count) in [
        ("stadswijken-gent", "geo_point_2d", 25),
        ("statistische-sectoren-gent", "geo_point_2d", 254),
        ("straten-gent", "geo_point_2d", 2931),
        ("sheep-tracking-gent", "location", 7),
        ("bloklocaties-gent", "geo_punt", 48),
        ("locaties-openbare-parkings-gent", "geo_point_2d", 36),
        ("bezetting-parkeergarages-real-time", "location", 13),
        ("mobi-parkings", "location", 13),
        ("donkey-republic-beschikbaarheid-deelfietsen-per-station", "geopunt", 124),
        ("bolt-deelfietsen-gent", "loc", 430),
        ("dott-deelfietsen-gent", "loc", 0),
        ("baqme-locaties-vrije-deelfietsen-gent", "geopoint", 38),
        ("blue-bike-deelfietsen-gent-dampoort", "geopoint", 1),
        ("blue-bike-deelfietsen-gent-sint-pieters-m-hendrikaplein", "geopoint", 1),
        ("locaties-bomen-gent", "geo_point_2d", 68_240),
        ("fietsenstallingen-gent", "geo_point_2d", 7_214),
        ("criminaliteitscijfers-per-wijk-per-maand-gent-2018", "geo_point_2d", 2_808),
        ("criminaliteitscijfers-per-wijk-per-maand-gent-2023", "geo_point_2d", 2_808),
        ("publiek-sanitair-gent", "geopoints", 118),
        ("speelterreinen-gent", "geo_point_2d", 312),
        ("parken-gent", "geo_point_2d", 96),
        ("bushaltes-gent", "locatie", 1386),
        ("lage-emissie-zone-gent", "geo_point_2d", 1),
        ("vastgesteld-bouwkundig-erfgoed-gent", "geo_punt", 1204),
        (data::MILLION, "geo", 1_000_000),
    ] {
        let about = get(&portal, &format!("/catalog/datasets/{id}")).ok();
        let fields = about["fields"].as_array().unwrap();
        let found = fields.iter().find(|field| field["type"] == "geo_point_2d").unwrap();
        assert_eq!(found["name"], point, "{id}");
        if count > 0 {
            assert_eq!(about["metas"]["default"]["records_count"], count, "{id}");
        }
    }
    let about = get(&portal, "/catalog/datasets/bevolkingsaantal-per-wijk-per-jaar-gent").ok();
    assert!(
        about["fields"].as_array().unwrap().iter().all(|field| field["type"] != "geo_point_2d")
    );
}

#[test]
fn places_are_missing_corrupt_or_of_two_types() {
    let portal = FakePortal::start();
    let bare =
        |id: &str, point: &str| rows(&portal, id).iter().filter(|row| row[point].is_null()).count();
    assert_eq!(bare("locaties-bomen-gent", "geo_point_2d"), 1);
    assert_eq!(bare("bloklocaties-gent", "geo_punt"), 3);
    assert!(bare("donkey-republic-beschikbaarheid-deelfietsen-per-station", "geopunt") > 0);
    let low =
        "/catalog/datasets/locaties-bomen-gent/records?where=in_bbox(geo_point_2d, 1.9, 3, 2.1, 4)";
    assert_eq!(get(&portal, low).ok()["total_count"], 1);
    let types: BTreeSet<String> = rows(&portal, "straten-gent")
        .iter()
        .map(|row| row["geometry"]["geometry"]["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types.into_iter().collect::<Vec<_>>(), ["LineString", "MultiLineString"]);
    let crime = rows(&portal, "criminaliteitscijfers-per-wijk-per-maand-gent-2023");
    let nowhere: Vec<&Json> = crime.iter().filter(|row| row["geometry"].is_null()).collect();
    assert_eq!(nowhere.len(), 12 * 9);
    assert!(nowhere.iter().all(|row| row["wijk"] == "Onbekend"));
}

#[test]
fn a_garage_feed_holds_what_cannot_be() {
    let portal = FakePortal::start();
    let rows = rows(&portal, "bezetting-parkeergarages-real-time");
    let named = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(named("Kloosterhof")["availablecapacity"], -1);
    let odd = named("Molenpoort");
    assert_eq!((&odd["availablecapacity"], &odd["totalcapacity"]), (&142.into(), &90.into()));
    let updated = |name: &str| named(name)["lastupdate"].as_str().unwrap().to_owned();
    assert!(updated("Ramenpark") < updated("Belfortgarage"), "hours old");
    let nested = odd["locationanddimension"].as_str().unwrap();
    let nested: Json = serde_json::from_str(nested).expect("JSON as text");
    assert_eq!(nested["roadNumber"], "?");
    assert_eq!(odd["isopennow"], 1, "a boolean as a number");
}

#[test]
fn empty_is_written_in_several_ways_and_names_differ_between_datasets() {
    let portal = FakePortal::start();
    let values = |id: &str, field: &str| -> BTreeSet<String> {
        rows(&portal, id).iter().map(|row| row[field].to_string()).collect()
    };
    let sectors = values("statistische-sectoren-gent", "oppervlakte");
    for empty in ["\"-\"", "\"?\"", "\"\""] {
        assert!(sectors.contains(empty), "{empty}");
    }
    assert!(values("straten-gent", "naam").contains("null"));
    assert!(values("baqme-locaties-vrije-deelfietsen-gent", "is_reserved").contains("\"True\""));
    let neighbourhoods = values("stadswijken-gent", "wijk");
    let population = values("bevolkingsaantal-per-wijk-per-jaar-gent", "wijk");
    assert!(neighbourhoods.contains("\"Stationsbuurt-Noord\""));
    assert!(population.contains("\"Stationsbuurt Noord\""));
    assert!(!population.contains("\"Stationsbuurt-Noord\""));
    assert_eq!(neighbourhoods.intersection(&population).count(), 19);
}

#[test]
fn neighbourhoods_and_sectors_cover_the_same_ground_once() {
    use geo::Area as _;
    let portal = FakePortal::start();
    let area = |id: &str, only: Option<i64>| -> f64 {
        let rows = portal.rows(id);
        let shapes = rows.iter().filter(|row| {
            let number = row.iter().find_map(|cell| match cell {
                crate::fake_portal::Value::Int(number) => Some(*number),
                _ => None,
            });
            only.is_none() || number == only
        });
        let shapes = shapes.filter_map(|row| {
            row.iter().find_map(|cell| match cell {
                crate::fake_portal::Value::Shape(shape) => Some(shape.to_geo()),
                _ => None,
            })
        });
        shapes.map(|shape| shape.signed_area()).inspect(|area| assert!(*area > 0.0)).sum()
    };
    let (whole, parts) = (area("stadswijken-gent", None), area("statistische-sectoren-gent", None));
    assert!((whole - parts).abs() < whole * 1e-3, "{whole} {parts}");
    let one = area("stadswijken-gent", Some(1));
    assert!((one - area("statistische-sectoren-gent", Some(1))).abs() < one * 0.01);
}

#[test]
fn rare_types_of_fields_are_there() {
    let portal = FakePortal::start();
    let id = "kunst-in-de-openbare-ruimte-gent";
    let rows = rows(&portal, id);
    let with =
        |field: &str, is: fn(&Json) -> bool| rows.iter().filter(|row| is(&row[field])).count();
    assert!(with("in_beheer", Json::is_boolean) > 0 && with("in_beheer", Json::is_null) > 0);
    assert!(with("foto", Json::is_object) > 0 && with("foto", Json::is_null) > 0);
    assert_eq!(with("details", Json::is_object), rows.len());
    assert!(with("trefwoorden", Json::is_array) > 0);
    let told = |condition: &str| {
        let path = format!("/catalog/datasets/{id}/records?limit=0&where={condition}");
        super::raw::number(&get(&portal, &path).ok()["total_count"])
    };
    let yes = rows.iter().filter(|row| row["in_beheer"] == true).count();
    assert_eq!(told("in_beheer = true"), yes);
    assert_eq!(told("in_beheer is true"), yes);
    assert_eq!(told("trefwoorden = 'park'"), 21, "one of the list is enough");
}

/// The shelf is data about the city's portal; the made-up city must have what it names.
#[test]
fn all_that_the_shelf_holds_is_there() {
    let portal = FakePortal::start();
    let mut seen = 0;
    for item in belfort::portal::shelf("gent") {
        for layer in &item.layer {
            let about = get(&portal, &format!("/catalog/datasets/{}", layer.dataset)).ok();
            let fields = about["fields"].as_array().unwrap();
            for name in layer.fields.iter().chain(&layer.hidden) {
                let found = fields.iter().any(|field| field["name"] == name.as_str());
                assert!(found, "{} has no {name}", layer.dataset);
            }
            seen += 1;
        }
    }
    assert!(seen >= 12, "{seen}");
}
