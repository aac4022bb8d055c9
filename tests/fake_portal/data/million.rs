//! A dataset of a million rows, of which never more than one is held.

use chrono::Duration;
use serde_json::json;

use super::ground::any_spot;
use crate::fake_portal::clock::at;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::Row;

pub const ID: &str = "fietstellingen-miljoen-gent";

fn passage(row: usize) -> Row {
    let mut dice = Dice::new("passage", row);
    vec![
        (row as i64 + 1).into(),
        any_spot(&mut dice).into(),
        (at("2025-01-01T00:00:00Z") + Duration::seconds(30 * row as i64)).into(),
        dice.int(0, 60).into(),
        (f64::from(dice.int(40, 320) as i32) / 10.0).into(),
        dice.pick(&["fiets", "bakfiets", "speedpedelec", "step"]).into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new(ID, "Fietstellingen, alle passages", 1_000_000, |row, _| passage(row))
            .fields(&[
                ("id", Kind::Int),
                ("geo", Kind::GeoPoint),
                ("tijdstip", Kind::DateTime),
                ("aantal", Kind::Int),
                ("snelheid|Snelheid (km/u)", Kind::Double),
                ("*soort", Kind::Text),
            ])
            .geometry(&["Point"])
            .theme(json!(["Mobiliteit"]))
            .keywords(&["fiets", "telling"])
            .every("monthly"),
    ]
}
