//! Everyday places: toilets, playgrounds, parks.

use serde_json::json;

use super::ground::{any_spot, blob, polygon, spot, square};
use super::streets;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Shape, Value};

fn toilet(row: usize) -> Row {
    let mut dice = Dice::new("toilet", row);
    vec![
        any_spot(&mut dice).into(),
        dice.pick(&["urinoir", "toilet", "toilet (M/V/X)", "-"]).into(),
        format!("{} {}", streets::name(row * 19), dice.int(1, 90)).into(),
        if dice.one_in(3) { "ja".into() } else { "nee".into() },
        if row % 8 == 1 { "?".into() } else { "dag en nacht".into() },
        if row % 6 == 2 { Value::Null } else { "gratis".into() },
    ]
}

fn playground(row: usize) -> Row {
    let mut dice = Dice::new("playground", row);
    let at = square(&mut dice);
    vec![
        spot(at.0, at.1).into(),
        polygon(blob(&mut dice, at, 35.0, 9)).into(),
        format!("Speelterrein {}", streets::name(row * 23)).into(),
        dice.pick(&["speelplein", "speelbos", "trapveld", "skate"]).into(),
        i64::from(dice.one_in(4)).into(),
    ]
}

/// A park, of which some have a pond (a hole) and some a second part across the street.
fn park(row: usize) -> Row {
    let mut dice = Dice::new("park", row);
    let at = square(&mut dice);
    let outer = blob(&mut dice, at, 120.0, 16);
    let shape = match row % 6 {
        1 => {
            let mut pond = blob(&mut dice, at, 30.0, 8);
            // Holes go clockwise (RFC 7946).
            pond.reverse();
            Shape::Polygon(vec![outer, pond])
        }
        4 => {
            let across = blob(&mut dice, (at.0 + 0.03, at.1), 60.0, 10);
            Shape::Polygons(vec![vec![outer], vec![across]])
        }
        _ => polygon(outer),
    };
    vec![
        spot(at.0, at.1).into(),
        shape.into(),
        format!("{}park", streets::name(row * 29)).into(),
        (f64::from(dice.int(5, 240) as i32) / 10.0).into(),
        i64::from(!dice.one_in(5)).into(),
    ]
}

pub fn datasets() -> Vec<Dataset> {
    let place =
        [("geo_point_2d|Geo Point", Kind::GeoPoint), ("geometry|Geo Shape", Kind::GeoShape)];
    vec![
        Dataset::new("publiek-sanitair-gent", "Publiek sanitair Gent", 118, |row, _| toilet(row))
            .english("Public toilets of Ghent")
            .fields(&[
                ("geopoints", Kind::GeoPoint),
                ("*type_sanit", Kind::Text),
                ("locatie", Kind::Text),
                ("integraal_toegankelijk", Kind::Text),
                ("openingsuren", Kind::Text),
                ("prijs", Kind::Text),
            ])
            .geometry(&["Point"])
            .theme(json!(["Wonen", "Toerisme"]))
            .keywords(&["toilet", "sanitair"]),
        Dataset::new("speelterreinen-gent", "Speelterreinen Gent", 312, |row, _| playground(row))
            .english("Playgrounds of Ghent")
            .fields(&[
                place[0],
                place[1],
                ("naam", Kind::Text),
                ("*soort", Kind::Text),
                ("rookvrij", Kind::Int),
            ])
            .geometry(&["Polygon"])
            .theme(json!(["Jeugd"]))
            .keywords(&["spelen", "kinderen", "jeugd"]),
        Dataset::new("parken-gent", "Parken Gent", 96, |row, _| park(row))
            .fields(&[
                place[0],
                place[1],
                ("naam", Kind::Text),
                ("oppervlakte|Oppervlakte (ha)", Kind::Double),
                ("honden", Kind::Int),
            ])
            .geometry(&["Polygon", "MultiPolygon"])
            .theme(json!(["Natuur en milieu"]))
            .keywords(&["park", "groen"]),
    ]
}
