//! Streets as lines, some in several pieces, some without a name.

use serde_json::json;

use super::ground::{spot, square};
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Shape, Value};

const FIRST: [&str; 40] = [
    "Abeel",
    "Beuken",
    "Citadel",
    "Dok",
    "Eiken",
    "Forel",
    "Garen",
    "Hoender",
    "Iepen",
    "Jagers",
    "Kasteel",
    "Linden",
    "Molen",
    "Nachtegaal",
    "Oever",
    "Patrijs",
    "Quarantaine",
    "Reiger",
    "Snep",
    "Tarwe",
    "Uil",
    "Vlas",
    "Wilgen",
    "IJzer",
    "Zwaluw",
    "Bakkers",
    "Wevers",
    "Brouwers",
    "Visser",
    "Meers",
    "Kouter",
    "Brug",
    "Sluis",
    "Kaai",
    "Begijn",
    "Kloos",
    "Spinners",
    "Zilver",
    "Steen",
    "Veld",
];

const LAST: [&str; 12] = [
    "straat", "laan", "weg", "plein", "dreef", "steeg", "kaai", "pad", "hof", "vest", "lei", "park",
];

/// A street's name, and a name for anything that lies in a street.
pub fn name(number: usize) -> String {
    let (first, last) = (number % FIRST.len(), (number / FIRST.len()) % LAST.len());
    let side = ["", "Oude ", "Nieuwe ", "Korte ", "Lange "][(number / 480) % 5];
    format!("{side}{}{}", FIRST[first], LAST[last])
}

const COUNT: usize = 2931;

fn street(row: usize) -> Row {
    let mut dice = Dice::new("street", row);
    let start = square(&mut dice);
    let mut line = |from: (f64, f64)| -> Vec<[f64; 2]> {
        let turn = std::f64::consts::TAU * dice.unit();
        let long = 0.003 + 0.01 * dice.unit();
        let points = 2 + dice.below(7);
        (0..points)
            .map(|at| {
                let part = at as f64 / (points - 1) as f64;
                let bend = 0.0006 * (9.0 * part).sin();
                let u = from.0 + long * part * turn.cos() - bend * turn.sin();
                let v = from.1 + long * part * turn.sin() + bend * turn.cos();
                spot(u, v)
            })
            .collect()
    };
    let first = line(start);
    let shape = if row % 7 == 3 {
        Shape::Lines(vec![first, line((start.0 + 0.002, start.1 + 0.002))])
    } else {
        Shape::Line(first)
    };
    let named = match row % 40 {
        11 => Value::Null,
        23 => "".into(),
        // Several rows of one street.
        _ => name(row % 2400).into(),
    };
    vec![
        spot(start.0, start.1).into(),
        shape.into(),
        named,
        (100_000 + row as i64).into(),
        dice.pick(&["gemeenteweg", "gewestweg", "voetweg", "-"]).into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new("straten-gent", "Straten Gent", COUNT, |row, _| street(row))
            .fields(&[
                ("geo_point_2d|Geo Point", Kind::GeoPoint),
                ("geometry|Geo Shape", Kind::GeoShape),
                ("naam|Straatnaam", Kind::Text),
                ("straatid", Kind::Int),
                ("*type", Kind::Text),
            ])
            .geometry(&["LineString", "MultiLineString"])
            .theme(json!("Mobiliteit"))
            .keywords(&["straat", "straten", "wegen"]),
    ]
}
