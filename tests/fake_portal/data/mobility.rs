//! Bus stops, bike racks and the low-emission zone.

use serde_json::json;

use super::ground::{any_spot, polygon, ring, spot};
use super::streets;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

fn bus_stop(row: usize) -> Row {
    let mut dice = Dice::new("bus stop", row);
    let [lon, lat] = any_spot(&mut dice);
    vec![
        (200_000 + row as i64).into(),
        streets::name(row * 3).into(),
        format!("Gent {}", streets::name(row * 3)).into(),
        "Gent".into(),
        format!("{{\"latitude\": {lat}, \"longitude\": {lon}}}").into(),
        // A list as text, or nothing.
        if row.is_multiple_of(3) { "[\"MOTORISCHE_BEPERKING\"]".into() } else { "".into() },
        "?".into(),
        format!("{lat}").into(),
        format!("{lon}").into(),
        if row == 400 { [lon, 2.000_151].into() } else { [lon, lat].into() },
    ]
}

fn rack(row: usize) -> Row {
    let mut dice = Dice::new("rack", row);
    vec![
        if row % 500 == 77 { Value::Null } else { any_spot(&mut dice).into() },
        (row as i64 + 1).into(),
        streets::name(dice.below(2400)).into(),
        dice.pick(&["nietje", "rek", "fietstrommel", "-"]).into(),
        if row % 17 == 2 { Value::Null } else { dice.int(2, 60).into() },
        if dice.one_in(6) { "True".into() } else { "False".into() },
    ]
}

fn zone() -> Row {
    vec![
        spot(0.5, 0.5).into(),
        polygon(ring((0.4, 0.4), (0.6, 0.6), 40)).into(),
        "Lage-emissiezone Gent".into(),
        1_i64.into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new("bushaltes-gent", "Bushaltes Gent", 1386, |row, _| bus_stop(row))
            .fields(&[
                ("haltenummer", Kind::Int),
                ("omschrijving", Kind::Text),
                ("omschrijvinglang", Kind::Text),
                ("*omschrijvinggemeente", Kind::Text),
                ("geocoordinaat", Kind::Text),
                ("haltetoegankelijkheden", Kind::Text),
                ("taal", Kind::Text),
                ("latitude", Kind::Text),
                ("longitude", Kind::Text),
                ("locatie", Kind::GeoPoint),
            ])
            .geometry(&["Point"])
            .theme(json!(["Mobiliteit"]))
            .keywords(&["bus", "halte", "openbaar vervoer"])
            .publisher("De Lijn")
            .every("daily"),
        Dataset::new("fietsenstallingen-gent", "Fietsenstallingen Gent", 7_214, |row, _| rack(row))
            .english("Bike racks of Ghent")
            .fields(&[
                ("geo_point_2d|Geo Point", Kind::GeoPoint),
                ("objectid", Kind::Int),
                ("straat", Kind::Text),
                ("*type", Kind::Text),
                ("capaciteit", Kind::Int),
                ("overdekt", Kind::Text),
            ])
            .geometry(&["Point"])
            .theme(json!(["Mobiliteit"]))
            .keywords(&["fiets", "stalling"]),
        Dataset::new("lage-emissie-zone-gent", "Lage-emissiezone Gent", 1, |_, _| zone())
            .fields(&[
                ("geo_point_2d|Geo Point", Kind::GeoPoint),
                ("geometry|Geo Shape", Kind::GeoShape),
                ("naam", Kind::Text),
                ("versie", Kind::Int),
            ])
            .geometry(&["Polygon"])
            .theme(json!(["Mobiliteit", "Natuur en milieu"]))
            .keywords(&["lez", "lucht"]),
    ]
}
