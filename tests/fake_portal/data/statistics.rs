//! Figures by neighbourhood: some without a place, some with the place in every row, and names that
//! are not quite those of the neighbourhoods.

use chrono::NaiveDate;
use serde_json::json;

use super::neighbourhoods::{NAMES, area};
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

const YEARS: std::ops::RangeInclusive<i64> = 1999..=2025;

/// The name as another department writes it.
fn other_name(number: usize) -> &'static str {
    match NAMES[number - 1] {
        "Stationsbuurt-Noord" => "Stationsbuurt Noord",
        "Stationsbuurt-Zuid" => "Stationsbuurt Zuid",
        "Sluizeken - Tolhuis - Ham" => "Sluizeken-Tolhuis-Ham",
        "Sint-Amandsberg" => "St.-Amandsberg",
        "Moscou - Vogelhoek" => "Moscou-Vogelhoek",
        "Kanaaldorpen en -zone" => "Gentse Kanaaldorpen",
        name => name,
    }
}

/// Rows by year; each year ends with those who live nowhere in particular.
fn population(row: usize) -> Row {
    let (year, place) = (YEARS.start() + (row / 26) as i64, row % 26 + 1);
    let mut dice = Dice::new("population", place);
    let people = dice.int(3_000, 21_000) + (year - YEARS.start()) * dice.int(-20, 120);
    if place == 26 {
        return vec![year.into(), "Onbekend".into(), (year % 90).into(), Value::Null];
    }
    vec![
        year.into(),
        other_name(place).into(),
        people.into(),
        format!("{:.1}", people as f64 / 3.1).into(),
    ]
}

const FACTS: [&str; 9] = [
    "Diefstal zonder geweld",
    "Fietsdiefstal",
    "Graffiti",
    "Inbraak in woning",
    "Verkeersongeval met gewonden",
    "Parkeerovertreding",
    "Geluidshinder",
    "Zakkenrollerij",
    "Beschadiging van auto",
];

/// Crime by neighbourhood and month; the polygon is repeated in each row.
fn crime(year: i32, row: usize) -> Row {
    let (month, rest) = (row / (26 * FACTS.len()), row % (26 * FACTS.len()));
    let (place, fact) = (rest / FACTS.len() + 1, rest % FACTS.len());
    let mut dice = Dice::new("crime", row * 31 + year as usize);
    let (shape, middle) = if place == 26 { (Value::Null, Value::Null) } else { area(place) };
    let name = if place == 26 { "Onbekend" } else { NAMES[place - 1] };
    let first = NaiveDate::from_ymd_opt(year, month as u32 + 1, 1).expect("a month");
    vec![
        i64::from(year).into(),
        (month as i64 + 1).into(),
        first.into(),
        FACTS[fact].into(),
        name.into(),
        dice.int(0, 40).into(),
        shape,
        middle,
    ]
}

pub fn datasets() -> Vec<Dataset> {
    let mut all = vec![
        Dataset::new(
            "bevolkingsaantal-per-wijk-per-jaar-gent",
            "Bevolkingsaantal per wijk per jaar Gent",
            26 * YEARS.count(),
            |row, _| population(row),
        )
        .english("Population by neighbourhood and year")
        .fields(&[
            ("*jaar", Kind::Int),
            ("*wijk", Kind::Text),
            ("inwoners|Aantal inwoners", Kind::Int),
            ("dichtheid|Inwoners per ha", Kind::Text),
        ])
        .theme(json!(["Bevolking"]))
        .keywords(&["bevolking", "inwoners", "wijk"])
        .every("annual"),
    ];
    for year in 2018..=2023 {
        // The schema changed between years.
        let label = if year < 2021 { "aantal|Aantal feiten" } else { "total|Totaal" };
        let name = if year < 2021 { "*wijknaam" } else { "*wijk" };
        all.push(
            Dataset::new(
                &format!("criminaliteitscijfers-per-wijk-per-maand-gent-{year}"),
                &format!("Criminaliteitscijfers per wijk per maand Gent {year}"),
                12 * 26 * FACTS.len(),
                move |row, _| crime(year, row),
            )
            .fields(&[
                ("*year|Jaar", Kind::Int),
                ("*month|Maand", Kind::Int),
                ("jaar_maand", Kind::Date),
                ("*fact_category|Categorie", Kind::Text),
                (name, Kind::Text),
                (label, Kind::Int),
                ("geometry|Geo Shape", Kind::GeoShape),
                ("geo_point_2d|Geo Point", Kind::GeoPoint),
            ])
            .geometry(&["Polygon"])
            .theme(json!(["Veiligheid"]))
            .keywords(&["criminaliteit", "politie", "wijk"])
            .publisher("Politiezone Gent")
            .every("annual")
            .modified(&format!("{}-02-01T08:00:00Z", year + 1)),
        );
    }
    all
}
