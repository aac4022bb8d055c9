//! The trees of the city: 68,240, made one by one.

use serde_json::json;

use super::ground::{spot, square};
use super::neighbourhoods::{NAMES, number_at};
use super::streets;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

pub const COUNT: usize = 68_240;

const SPECIES: [&str; 14] = [
    "Tilia cordata",
    "Tilia x europaea",
    "Acer platanoides",
    "Acer pseudoplatanus",
    "Quercus robur",
    "Platanus x hispanica",
    "Fraxinus excelsior",
    "Carpinus betulus 'Fastigiata'",
    "Betula pendula",
    "Prunus serrulata",
    "Fagus sylvatica",
    "Alnus glutinosa",
    "Populus nigra",
    "Ginkgo biloba",
];

fn tree(row: usize) -> Row {
    let mut dice = Dice::new("tree", row);
    let (u, v) = square(&mut dice);
    let species = dice.pick(&SPECIES);
    let place: Value = match row {
        12_345 => Value::Null,
        // A slip of a keyboard: latitude 2.
        23_456 => [3.72, 2.051_234].into(),
        _ => spot(u, v).into(),
    };
    vec![
        place,
        (row as i64 + 1).into(),
        if row % 97 == 5 { "?".into() } else { species.into() },
        streets::name(dice.below(2400)).into(),
        NAMES[number_at((u, v)) - 1].into(),
        if row.is_multiple_of(13) { Value::Null } else { dice.int(12, 310).into() },
        if row.is_multiple_of(31) { "-".into() } else { dice.int(1880, 2026).to_string().into() },
        dice.pick(&["laanboom", "parkboom", "solitair"]).into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new("locaties-bomen-gent", "Locaties bomen Gent", COUNT, |row, _| tree(row))
            .english("Trees of Ghent")
            .fields(&[
                ("geo_point_2d|Geo Point", Kind::GeoPoint),
                ("boomid", Kind::Int),
                ("*sortiment", Kind::Text),
                ("straatnaam", Kind::Text),
                ("*wijk", Kind::Text),
                ("stamomtrek|Stamomtrek (cm)", Kind::Int),
                ("plantjaar", Kind::Text),
                ("*boomtype", Kind::Text),
            ])
            .geometry(&["Point"])
            .theme(json!(["Natuur en milieu"]))
            .keywords(&["bomen", "groen", "natuur"])
            .every("annual"),
    ]
}
