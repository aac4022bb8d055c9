//! All that a city publishes besides: enough tables to fill pages of a catalogue.

use serde_json::{Value as Json, json};

use super::ground::any_spot;
use super::neighbourhoods::NAMES;
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;

const SUBJECTS: [(&str, &str, &str); 14] = [
    ("verhuisbewegingen", "Verhuisbewegingen", "Bevolking"),
    ("huishoudens", "Huishoudens", "Bevolking"),
    ("geboortes", "Geboortes", "Bevolking"),
    ("leerlingen", "Leerlingen", "Onderwijs"),
    ("werkzoekenden", "Werkzoekenden", "Economie"),
    ("handelspanden", "Handelspanden", "Economie"),
    ("leegstand", "Leegstand", "Wonen"),
    ("bouwvergunningen", "Bouwvergunningen", "Wonen"),
    ("zonnepanelen", "Zonnepanelen", "Energie"),
    ("energieverbruik", "Energieverbruik", "Energie"),
    ("restafval", "Restafval", "Natuur en milieu"),
    ("bibliotheekleden", "Bibliotheekleden", "Cultuur en erfgoed"),
    ("evenementen", "Evenementen", "Toerisme"),
    ("subsidies", "Subsidies", "Bestuur en beleid"),
];

/// A table of a subject and a year: every third has a place.
fn table(subject: usize, year: i64) -> Dataset {
    let (id, title, theme) = SUBJECTS[subject];
    let with_place = subject.is_multiple_of(3);
    // A few have been announced, but hold nothing yet.
    let count = if year == 2026 { 0 } else { 25 };
    let made = Dataset::new(
        &format!("{id}-per-wijk-gent-{year}"),
        &format!("{title} per wijk Gent {year}"),
        count,
        move |row, _| {
            let mut dice = Dice::new(id, row * 100 + year as usize);
            let mut cells = vec![year.into(), NAMES[row % 25].into(), dice.int(0, 4000).into()];
            if with_place {
                cells.push(any_spot(&mut dice).into());
            }
            cells
        },
    );
    let fields = [
        ("*jaar", Kind::Int),
        ("*wijk", Kind::Text),
        ("waarde", Kind::Int),
        ("geo", Kind::GeoPoint),
    ];
    let made = made.fields(&fields[..if with_place { 4 } else { 3 }]);
    let made = if with_place { made.geometry(&["Point"]) } else { made };
    let made = made
        .theme(match subject % 5 {
            0 => json!(theme),
            1 => Json::Null,
            _ => json!([theme]),
        })
        .keywords(&["wijk", "cijfers"])
        .every("annual")
        .modified(&format!("{year}-0{}-15T10:00:00Z", subject % 9 + 1));
    if subject == 4 { made.bare() } else { made }
}

pub fn datasets() -> Vec<Dataset> {
    let years = 2010..=2026;
    let subjects = 0..SUBJECTS.len();
    subjects.flat_map(|subject| years.clone().map(move |year| table(subject, year))).collect()
}
