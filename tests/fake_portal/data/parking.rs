//! Car parks: where they are, and how full. The feeds are as odd as real ones.

use chrono::Duration;
use serde_json::json;

use super::ground::{any_spot, spot};
use super::streets;
use crate::fake_portal::clock::Moment;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

const GARAGES: [(&str, i64); 13] = [
    ("Belfortgarage", 450),
    ("Dokgarage", 708),
    ("Garenmarkt", 280),
    ("Kasteelpoort", 304),
    ("Kloosterhof", 195),
    ("Leiekaai", 582),
    ("Molenpoort", 90),
    ("Nieuwe Vest", 512),
    ("Ramenpark", 266),
    ("Savaanhof", 412),
    ("Stationspark Noord", 1120),
    ("Tolhuisgarage", 150),
    ("Zuiderpoort", 640),
];

fn garage_spot(row: usize) -> [f64; 2] {
    let turn = row as f64 * 2.4;
    let far = 0.02 + 0.006 * row as f64;
    spot(0.5 + far * turn.cos(), 0.5 + far * turn.sin())
}

/// How many places are free: up and down with the day, a little otherwise each time.
fn free(row: usize, capacity: i64, moment: &Moment) -> i64 {
    let mut dice = Dice::new("garage", row * 1_000_003 + moment.tick as usize);
    let day = moment.tick as f64 / 1440.0 * std::f64::consts::TAU + row as f64;
    let share = 0.5 + 0.4 * day.sin() + 0.03 * dice.unit();
    ((capacity as f64 * share) as i64).clamp(0, capacity)
}

fn garage(row: usize, moment: &Moment) -> Row {
    let (name, capacity) = GARAGES[row];
    let place = garage_spot(row);
    let mut available = free(row, capacity, moment);
    let mut updated = moment.now - Duration::seconds(20 + 3 * row as i64);
    let mut occupation = (100 * (capacity - available)) / capacity;
    match row {
        // Out of order, impossible, and hours old.
        4 => available = -1,
        6 => (available, occupation) = (142, -57),
        8 => updated = moment.now - Duration::hours(9),
        _ => {}
    }
    let address = format!("{} {}\\n9000 Gent", streets::name(37 * row), row + 1);
    let dimension = format!(
        "{{\"specificAccessInformation\": [\"inrit\"], \"level\": \"0\", \"roadNumber\": \"?\", \
         \"roadName\": \"{address}\", \"coordinatesForDisplay\": {{\"latitude\": {}, \
         \"longitude\": {}}}}}",
        place[1], place[0]
    );
    vec![
        name.into(),
        updated.into(),
        capacity.into(),
        available.into(),
        occupation.into(),
        "carPark".into(),
        format!("Ondergrondse parkeergarage {name} in Gent").into(),
        format!("https://parkeren.example/{row}").into(),
        "24/7".into(),
        i64::from(row != 10).into(),
        i64::from(row == 10).into(),
        "Mobiliteitsbedrijf Gent".into(),
        0_i64.into(),
        "unknown".into(),
        dimension.into(),
        place.into(),
        if row.is_multiple_of(3) { "parking in LEZ".into() } else { "parking buiten LEZ".into() },
    ]
}

/// The second feed: the same garages with other fields and text for numbers.
fn second_feed(row: usize, moment: &Moment) -> Row {
    let (name, capacity) = GARAGES[row];
    let available = free(row, capacity, moment);
    vec![
        format!("{name} (mobi)").into(),
        capacity.to_string().into(),
        available.to_string().into(),
        if available < 10 { "True".into() } else { "False".into() },
        (moment.now - Duration::seconds(90)).into(),
        garage_spot(row).into(),
    ]
}

fn park_and_ride(row: usize, moment: &Moment) -> Row {
    let place = spot(0.1 + 0.2 * row as f64, if row.is_multiple_of(2) { 0.05 } else { 0.95 });
    vec![
        format!("P+R {}", streets::name(row * 7)).into(),
        (moment.now - Duration::minutes(4)).into(),
        120_i64.into(),
        free(row + 50, 120, moment).into(),
        i64::from(row != 2).into(),
        if row == 1 { "True".into() } else { "False".into() },
        format!("{}00000", place[1]).into(),
        format!("{}00000", place[0]).into(),
        place.into(),
    ]
}

fn car_park(row: usize) -> Row {
    let mut dice = Dice::new("car park", row);
    let known = GARAGES.get(row);
    vec![
        known
            .map_or_else(
                || format!("Parking {}", streets::name(row * 11)),
                |(name, _)| (*name).to_owned(),
            )
            .into(),
        known.map_or_else(|| dice.int(20, 400), |(_, capacity)| *capacity).into(),
        dice.pick(&["ondergronds", "bovengronds", "P+R", "-"]).into(),
        if row % 9 == 8 { Value::Null } else { format!("{} 1", streets::name(row * 11)).into() },
        if row < 13 { garage_spot(row).into() } else { any_spot(&mut dice).into() },
    ]
}

pub fn datasets() -> Vec<Dataset> {
    let mobility = || json!(["Mobiliteit"]);
    vec![
        Dataset::new(
            "bezetting-parkeergarages-real-time",
            "Bezetting parkeergarages Gent (real-time)",
            GARAGES.len(),
            garage,
        )
        .english("Occupancy of the garages of Ghent (real time)")
        .fields(&[
            ("name|Naam", Kind::Text),
            ("lastupdate|Laatste update", Kind::DateTime),
            ("totalcapacity|Totale capaciteit", Kind::Int),
            ("availablecapacity|Vrije plaatsen", Kind::Int),
            ("occupation|Bezetting (%)", Kind::Int),
            ("*type", Kind::Text),
            ("description", Kind::Text),
            ("id", Kind::Text),
            ("openingtimesdescription", Kind::Text),
            ("isopennow", Kind::Int),
            ("temporaryclosed", Kind::Int),
            ("operatorinformation", Kind::Text),
            ("freeparking", Kind::Int),
            ("occupancytrend", Kind::Text),
            ("locationanddimension", Kind::Text),
            ("location", Kind::GeoPoint),
            ("*categorie", Kind::Text),
        ])
        .geometry(&["Point"])
        .theme(mobility())
        .keywords(&["parkeren", "garage", "real-time", "bezetting"])
        .publisher("Mobiliteitsbedrijf Gent")
        .every("PT1M")
        .live(),
        Dataset::new("mobi-parkings", "Mobi parkings", GARAGES.len(), second_feed)
            .fields(&[
                ("name", Kind::Text),
                ("capacity", Kind::Text),
                ("available", Kind::Text),
                ("full", Kind::Text),
                ("updated", Kind::DateTime),
                ("location", Kind::GeoPoint),
            ])
            .geometry(&["Point"])
            .theme(mobility())
            .keywords(&["parkeren", "real-time"])
            .every("PT5M")
            .live(),
        Dataset::new(
            "real-time-bezetting-pr-gent",
            "Real-time bezetting P+R Gent",
            5,
            park_and_ride,
        )
        .fields(&[
            ("name", Kind::Text),
            ("lastupdate", Kind::DateTime),
            ("numberofspaces", Kind::Int),
            ("availablespaces", Kind::Int),
            ("isopennow", Kind::Int),
            ("gentse_feesten", Kind::Text),
            ("latitude", Kind::Text),
            ("longitude", Kind::Text),
            ("location", Kind::GeoPoint),
        ])
        .geometry(&["Point"])
        .theme(mobility())
        .live()
        .gone(),
        Dataset::new(
            "locaties-openbare-parkings-gent",
            "Locaties openbare parkings Gent",
            36,
            |row, _| car_park(row),
        )
        .fields(&[
            ("naam", Kind::Text),
            ("capaciteit", Kind::Int),
            ("*type", Kind::Text),
            ("adres", Kind::Text),
            ("geo_point_2d", Kind::GeoPoint),
        ])
        .geometry(&["Point"])
        .theme(mobility())
        .keywords(&["parkeren", "parking"]),
    ]
}
