//! Art in the street: the types of fields that few datasets have.

use serde_json::json;

use super::ground::any_spot;
use super::streets;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

fn work(row: usize) -> Row {
    let mut dice = Dice::new("art", row);
    let picture = json!({
        "thumbnail": true,
        "filename": format!("beeld-{row}.jpg"),
        "format": "JPEG",
        "width": 640,
        "height": 480,
        "mimetype": "image/jpeg",
        "url": format!("https://beelden.example/{row}.jpg"),
    });
    vec![
        format!("Beeld in de {}", streets::name(row * 41)).into(),
        if row % 9 == 4 { Value::Null } else { dice.one_in(2).into() },
        if row % 4 == 1 { Value::Null } else { picture.into() },
        json!({ "materiaal": dice.pick(&["brons", "steen"]), "maten": [dice.int(1, 9), null] })
            .into(),
        match row % 3 {
            0 => vec!["beeld", "park"].into(),
            1 => vec!["muurschildering"].into(),
            _ => Value::Null,
        },
        any_spot(&mut dice).into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new(
            "kunst-in-de-openbare-ruimte-gent",
            "Kunst in de openbare ruimte",
            63,
            |row, _| work(row),
        )
        .fields(&[
            ("titel", Kind::Text),
            ("in_beheer", Kind::Boolean),
            ("foto", Kind::File),
            ("details", Kind::JsonBlob),
            ("*+trefwoorden", Kind::Text),
            ("geopunt", Kind::GeoPoint),
        ])
        .geometry(&["Point"])
        .theme(json!(["Cultuur en erfgoed"]))
        .keywords(&["kunst", "beelden"]),
    ]
}
