//! Places to study in the exam season.

use serde_json::json;

use super::ground::any_spot;
use super::streets;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

fn place(row: usize) -> Row {
    let mut dice = Dice::new("study", row);
    let total = 10 * dice.int(2, 30);
    let spot: Value = if row % 16 == 9 { Value::Null } else { any_spot(&mut dice).into() };
    vec![
        (row as i64 + 1).into(),
        format!("Studieplek {}", streets::name(17 * row + 3)).into(),
        format!("{} {}", streets::name(31 * row), dice.int(1, 140)).into(),
        if row % 12 == 7 { "".into() } else { "9000".into() },
        "Gent".into(),
        total.into(),
        if row % 10 == 4 { Value::Null } else { dice.int(0, total).into() },
        "maandag tot vrijdag, 9 tot 22 uur<br />zaterdag, 10 tot 18 uur".into(),
        Value::from(dice.pick(&["stil", "samenwerken", "-"])),
        format!("https://stad.example/bloklocaties/{}", row + 1).into(),
        spot,
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new("bloklocaties-gent", "Bloklocaties Gent", 48, |row, _| place(row))
            .english("Places to study in Ghent")
            .fields(&[
                ("id", Kind::Int),
                ("titel", Kind::Text),
                ("adres", Kind::Text),
                ("postcode", Kind::Text),
                ("gemeente", Kind::Text),
                ("totale_capaciteit", Kind::Int),
                ("gereserveerde_plaatsen", Kind::Int),
                ("openingsuren", Kind::Text),
                ("*label_1", Kind::Text),
                ("lees_meer", Kind::Text),
                ("geo_punt", Kind::GeoPoint),
            ])
            .geometry(&["Point"])
            .theme(json!(["Onderwijs", "Jeugd"]))
            .keywords(&["studeren", "blok", "studenten"])
            .every("PT15M")
            .describe(
                "<p>Waar je rustig kan <strong>blokken</strong>. Reserveer via \
                 <a href='http://stad.example/blok?a=1&amp;b=2'>de site</a>.</p><p></p>",
            ),
    ]
}
