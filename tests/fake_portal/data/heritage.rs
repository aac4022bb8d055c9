//! Buildings under protection.

use chrono::NaiveDate;
use serde_json::json;

use super::ground::{blob, polygon, spot, square};
use super::streets;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

fn building(row: usize) -> Row {
    let mut dice = Dice::new("heritage", row);
    let at = square(&mut dice);
    let day = NaiveDate::from_yo_opt(2009 + (row % 12) as i32, 1 + dice.below(365) as u32);
    vec![
        spot(at.0, at.1).into(),
        polygon(blob(&mut dice, at, 12.0, 5)).into(),
        (8_000 + row as i64).into(),
        format!(
            "{} in de {}",
            dice.pick(&["Burgerhuis", "Stadswoning", "Herberg", "Magazijn"]),
            streets::name(row)
        )
        .into(),
        if row % 30 == 9 { Value::Null } else { day.into() },
        format!("https://erfgoed.example/{}", 8_000 + row).into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new(
            "vastgesteld-bouwkundig-erfgoed-gent",
            "Vastgesteld bouwkundig erfgoed Gent",
            1_204,
            |row, _| building(row),
        )
        .fields(&[
            ("geo_punt", Kind::GeoPoint),
            ("geometry|Geo Shape", Kind::GeoShape),
            ("id", Kind::Int),
            ("naam", Kind::Text),
            ("vastgesteld_op", Kind::Date),
            ("url", Kind::Text),
        ])
        .geometry(&["Polygon"])
        .theme(json!(["Cultuur en erfgoed"]))
        .keywords(&["erfgoed", "monument"])
        .publisher("Onroerend Erfgoed")
        .every("monthly"),
    ]
}
