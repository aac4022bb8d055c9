//! The neighbourhoods and their statistical sectors: five by five, without gaps or overlaps.

use serde_json::json;

use super::ground::{polygon, ring, spot};
use crate::fake_portal::dataset::{Dataset, Kind};
use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::{Row, Value};

/// The names as `stadswijken-gent` writes them; the number is the place plus one.
pub const NAMES: [&str; 25] = [
    "Binnenstad",
    "Bloemekenswijk",
    "Brugse Poort - Rooigem",
    "Dampoort",
    "Drongen",
    "Elisabethbegijnhof - Papegaai",
    "Gentbrugge",
    "Kanaaldorpen en -zone",
    "Ledeberg",
    "Macharius - Heirnis",
    "Mariakerke",
    "Moscou - Vogelhoek",
    "Muide - Meulestede - Afrikalaan",
    "Nieuw Gent - UZ",
    "Oostakker",
    "Oud Gentbrugge",
    "Rabot - Blaisantvest",
    "Sint-Amandsberg",
    "Sint-Denijs-Westrem - Afsnee",
    "Sluizeken - Tolhuis - Ham",
    "Stationsbuurt-Noord",
    "Stationsbuurt-Zuid",
    "Watersportbaan - Ekkergem",
    "Wondelgem",
    "Zwijnaarde",
];

/// The number of the neighbourhood in each cell, from the south-west, row by row.
const GRID: [usize; 25] = [
    19, 14, 22, 25, 12, //
    5, 23, 21, 9, 7, //
    3, 6, 1, 10, 16, //
    11, 2, 17, 20, 4, //
    24, 13, 8, 15, 18,
];

const SECTORS: usize = 254;

/// South-west corner of a neighbourhood's cell on the square, by its number.
fn corner(number: usize) -> (f64, f64) {
    let cell = GRID.iter().position(|of| *of == number).expect("a number of 1 to 25");
    ((cell % 5) as f64 / 5.0, (cell / 5) as f64 / 5.0)
}

/// The neighbourhood of a spot of the square, by its number.
pub fn number_at((u, v): (f64, f64)) -> usize {
    let cell = |at: f64| ((at * 5.0) as usize).min(4);
    GRID[cell(v) * 5 + cell(u)]
}

/// Shape and middle of a neighbourhood, by its number.
pub fn area(number: usize) -> (Value, Value) {
    let (u, v) = corner(number);
    let shape = polygon(ring((u, v), (u + 0.2, v + 0.2), 24));
    (shape.into(), spot(u + 0.1, v + 0.1).into())
}

fn neighbourhood(row: usize) -> Row {
    let (shape, middle) = area(row + 1);
    let name = NAMES[row];
    vec![middle, shape, name.into(), ((row + 1) as i64).into(), name.into(), "Nee".into()]
}

/// Ten sectors a neighbourhood, two by five; in the first four the last is split.
fn sector(row: usize) -> Row {
    let (number, part, halves) = if row < 250 {
        let number = row / 10 + 1;
        (number, row % 10, if number <= 4 && row % 10 == 9 { (0.0, 0.5) } else { (0.0, 1.0) })
    } else {
        (row - 249, 9, (0.5, 1.0))
    };
    let (u, v) = corner(number);
    let (column, line) = ((part % 2) as f64, (part / 2) as f64);
    let west = u + 0.1 * (column + halves.0);
    let east = u + 0.1 * (column + halves.1);
    let (south, north) = (v + 0.04 * line, v + 0.04 * (line + 1.0));
    let mut dice = Dice::new("sector", row);
    let kind = dice.pick(&["KERN", "PARK", "STATION", "KOUTER", "DOK", "MOLEN"]);
    let code = format!("44021{}{}{}-", (b'A' + (number - 1) as u8) as char, part / 5, row % 10);
    vec![
        spot(f64::midpoint(west, east), f64::midpoint(south, north)).into(),
        polygon(ring((west, south), (east, north), 6)).into(),
        code.into(),
        format!("{} - {kind}", NAMES[number - 1].to_uppercase()).into(),
        (number as i64).into(),
        // Numbers as text, and nothing written in three ways.
        match row % 50 {
            0 => "-".into(),
            1 => "?".into(),
            2 => "".into(),
            _ => format!("{:.2}", 12.0 + 60.0 * dice.unit()).into(),
        },
    ]
}

pub fn datasets() -> Vec<Dataset> {
    vec![
        Dataset::new("stadswijken-gent", "Stadswijken Gent", 25, |row, _| neighbourhood(row))
            .english("Neighbourhoods of Ghent")
            .fields(&[
                ("geo_point_2d|Geo Point", Kind::GeoPoint),
                ("geometry|Geo Shape", Kind::GeoShape),
                ("*wijk", Kind::Text),
                ("wijknr", Kind::Int),
                ("naam", Kind::Text),
                ("wijziging", Kind::Text),
            ])
            .geometry(&["Polygon"])
            .theme(json!(["Bestuur en beleid", "Grondgebied"]))
            .keywords(&["wijk", "grenzen", "buurt"])
            .every("annual")
            .describe(
                "<p>De grenzen van de <b>25 wijken</b> van de stad &amp; haar deelgemeenten.</p>\
                 <script>alert('wijken')</script><p>Meer op <a href=\"https://stad.example/wijken\" \
                 onclick=\"alert(1)\">de website</a> of <a href=\"javascript:alert(2)\">hier</a>.\
                 <br/>Zie ook &eacute;&eacute;n <em>kaart</em>&nbsp;&#8211; &euro;&nbsp;0 \
                 &lt;gratis&gt;.</p><ul><li>Jaarlijks nagezien</li><li>Zonder gaten</li></ul>\
                 <style>p { display: none }</style><img src=x onerror=\"alert(3)\">",
            ),
        Dataset::new(
            "statistische-sectoren-gent",
            "Statistische sectoren Gent",
            SECTORS,
            |row, _| sector(row),
        )
        .fields(&[
            ("geo_point_2d|Geo Point", Kind::GeoPoint),
            ("geometry|Geo Shape", Kind::GeoShape),
            ("nis9|NIS-code", Kind::Text),
            ("sectornaam", Kind::Text),
            ("*wijknr", Kind::Int),
            ("oppervlakte|Oppervlakte (ha)", Kind::Text),
        ])
        .geometry(&["Polygon"])
        .theme(json!(["Grondgebied"]))
        .keywords(&["statistiek", "sectoren", "grenzen"])
        .every("annual"),
    ]
}
