//! The sheep that graze the parks, by their GPS collars: months old, and not all of them.

use chrono::Duration;
use serde_json::json;

use super::ground::spot;
use crate::fake_portal::clock::at;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::value::{Row, Value};

fn sheep(row: usize) -> Row {
    let place: Value = match row {
        // A collar that never found a satellite, and one that lost its bearings.
        5 => Value::Null,
        6 => [3.7211, 2.0433].into(),
        _ => spot(0.32 + 0.004 * row as f64, 0.55 - 0.003 * row as f64).into(),
    };
    let coordinates = match &place {
        Value::Point { lon, lat } => (format!("{lon:.6}").into(), format!("{lat:.6}").into()),
        _ => ("?".into(), "?".into()),
    };
    let seen = at("2026-06-14T05:20:00Z") - Duration::hours(9 * row as i64);
    vec![
        format!("Kudde {}", row + 1).into(),
        ["ON_THE_MOVE", "STATIONARY", "SLEEP"][row % 3].into(),
        seen.into(),
        if row == 3 { "".into() } else { "Groene Poort, Gent".into() },
        coordinates.1,
        coordinates.0,
        place,
        "gps".into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new("sheep-tracking-gent", "Schapentracker Gent", 7, |row, _| sheep(row))
            .fields(&[
                ("name", Kind::Text),
                ("*status", Kind::Text),
                ("time|lastupdate", Kind::DateTime),
                ("lastaddress", Kind::Text),
                ("latitude", Kind::Text),
                ("longitude", Kind::Text),
                ("location", Kind::GeoPoint),
                ("source", Kind::Text),
            ])
            .geometry(&["Point"])
            .theme(json!(["Natuur en milieu"]))
            .keywords(&["schapen", "begrazing", "gps"])
            .every("PT1H")
            .modified("2026-06-14T05:25:00Z"),
    ]
}
