//! Shared bikes: stations, free-floating ones, and one dataset for each station of a company.

use chrono::Duration;
use serde_json::json;

use super::ground::{any_spot, spot};
use super::streets;
use crate::fake_portal::clock::Moment;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

fn station(row: usize, moment: &Moment) -> Row {
    let mut still = Dice::new("station", row);
    let docks = still.int(6, 24);
    let place: Value = if row % 41 == 17 { Value::Null } else { any_spot(&mut still).into() };
    let mut now = Dice::new("station now", row * 7919 + moment.tick as usize);
    let bikes = now.int(0, docks);
    vec![
        format!("{}", 40_000 + row).into(),
        format!("{} ({})", streets::name(row * 13), row + 1).into(),
        bikes.into(),
        (docks - bikes).into(),
        i64::from(row % 29 != 3).into(),
        i64::from(row % 31 != 4).into(),
        // A station that has been silent for months.
        (moment.now - if row == 77 { Duration::days(120) } else { Duration::minutes(3) }).into(),
        place,
    ]
}

/// A bike that stands anywhere and moves now and then.
fn floating(company: &'static str, row: usize, moment: &Moment) -> Row {
    let moved = (moment.tick as usize + row) / 15;
    let mut dice = Dice::new(company, row * 104_729 + moved);
    let [lon, lat] = any_spot(&mut dice);
    vec![
        format!("{company}-{row:04}").into(),
        i64::from(dice.one_in(20)).into(),
        i64::from(dice.one_in(25)).into(),
        dice.int(800, 42_000).into(),
        "bike".into(),
        // As text, to as many places as the company likes.
        format!("{lat:.12}").into(),
        format!("{lon:.12}").into(),
        [lon, lat].into(),
    ]
}

fn cargo_bike(row: usize, moment: &Moment) -> Row {
    let mut dice = Dice::new("baqme", row * 15_485_863 + moment.tick as usize / 10);
    let [lon, lat] = any_spot(&mut dice);
    vec![
        (row as i64 + 1).into(),
        if dice.one_in(8) { "True".into() } else { "False".into() },
        "False".into(),
        format!("{{\"latitude\": {lat}, \"longitude\": {lon}}}").into(),
        format!("{lon:.12}").into(),
        format!("{lat:.12}").into(),
        if row == 6 { Value::Null } else { [lon, lat].into() },
    ]
}

fn blue_bike(name: &'static str, place: [f64; 2], moment: &Moment) -> Row {
    let mut dice = Dice::new(name, moment.tick as usize);
    vec![
        72_i64.into(),
        name.into(),
        (moment.now - Duration::minutes(5)).into(),
        dice.int(0, 60).into(),
        dice.int(0, 20).into(),
        "1".into(),
        format!("{:.12}", place[0]).into(),
        format!("{:.12}", place[1]).into(),
        place.into(),
    ]
}

fn free_floating(id: &str, title: &str, company: &'static str, count: usize) -> Dataset {
    Dataset::new(id, title, count, move |row, moment| floating(company, row, moment))
        .fields(&[
            ("bike_id", Kind::Text),
            ("is_reserved", Kind::Int),
            ("is_disabled", Kind::Int),
            ("current_range_meters", Kind::Int),
            ("*vehicle_type", Kind::Text),
            ("lat", Kind::Text),
            ("lon", Kind::Text),
            ("loc", Kind::GeoPoint),
        ])
        .every("PT5M")
}

fn of_blue_bike(id: &str, title: &str, name: &'static str, place: [f64; 2]) -> Dataset {
    Dataset::new(id, title, 1, move |_, moment| blue_bike(name, place, moment))
        .fields(&[
            ("id", Kind::Int),
            ("name", Kind::Text),
            ("last_seen", Kind::DateTime),
            ("bikes_available", Kind::Int),
            ("bikes_in_use", Kind::Int),
            ("type", Kind::Text),
            ("longitude", Kind::Text),
            ("latitude", Kind::Text),
            ("geopoint", Kind::GeoPoint),
        ])
        .every("PT10M")
}

pub fn datasets() -> Vec<Dataset> {
    let all = vec![
        Dataset::new(
            "donkey-republic-beschikbaarheid-deelfietsen-per-station",
            "Donkey Republic: beschikbaarheid deelfietsen per station",
            124,
            station,
        )
        .fields(&[
            ("station_id", Kind::Text),
            ("name", Kind::Text),
            ("num_bikes_available", Kind::Int),
            ("num_docks_available", Kind::Int),
            ("is_renting", Kind::Int),
            ("is_returning", Kind::Int),
            ("last_reported", Kind::DateTime),
            ("geopunt", Kind::GeoPoint),
        ])
        .every("PT10M"),
        free_floating("bolt-deelfietsen-gent", "Bolt deelfietsen Gent", "bolt", 430),
        // Bikes come and go: the count may have moved on between two questions.
        free_floating("dott-deelfietsen-gent", "Dott deelfietsen Gent", "dott", 0)
            .counted(|moment| 300 + (moment.tick % 17) as usize),
        Dataset::new(
            "baqme-locaties-vrije-deelfietsen-gent",
            "Baqme: locaties vrije deelfietsen Gent",
            38,
            cargo_bike,
        )
        .fields(&[
            ("id", Kind::Int),
            ("is_reserved", Kind::Text),
            ("is_disabled", Kind::Text),
            ("geoposition", Kind::Text),
            ("longitude", Kind::Text),
            ("latitude", Kind::Text),
            ("geopoint", Kind::GeoPoint),
        ])
        .every("PT5M"),
        of_blue_bike(
            "blue-bike-deelfietsen-gent-dampoort",
            "Blue-bike deelfietsen Gent-Dampoort",
            "Station Gent-Dampoort",
            spot(0.62, 0.57),
        ),
        of_blue_bike(
            "blue-bike-deelfietsen-gent-sint-pieters-m-hendrikaplein",
            "Blue-bike deelfietsen Gent-Sint-Pieters (M. Hendrikaplein)",
            "Station Gent-Sint-Pieters",
            spot(0.47, 0.31),
        ),
    ];
    all.into_iter()
        .map(|dataset| {
            dataset
                .geometry(&["Point"])
                .theme(json!(["Mobiliteit"]))
                .keywords(&["deelfiets", "fiets", "deelmobiliteit"])
                .publisher("Mobiliteitsbedrijf Gent")
                .live()
        })
        .collect()
}
