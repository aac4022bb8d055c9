//! A made-up city with names: streets of several segments, neighbourhoods and stops, in Web
//! Mercator. The same numbers give the same city.

#![allow(dead_code, reason = "not every bench or test uses it")]

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table};

/// The middle of the city: Ghent, Web Mercator metres.
pub const MIDDLE: [f64; 2] = [414_699.0, 6_633_100.0];

/// Numbers that look random (Knuth's MMIX multiplier).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        f64::from(u32::try_from(self.0 >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        (high - low).mul_add(self.roll(), low)
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let place = self.roll() * 0.999_999 * f64::from(u32::try_from(words.len()).unwrap_or(0));
        let chosen = words
            .iter()
            .enumerate()
            .find(|(at, _)| f64::from(u32::try_from(*at).unwrap_or(0)) + 1.0 > place);
        chosen.map_or("", |(_, word)| word)
    }

    pub fn name(&mut self, endings: &[&str]) -> String {
        let first = ["Sint-Pieters", "Oude ", "Nieuwe ", "Kleine ", "Lange ", "", "", "", ""];
        let second = [
            "Veld",
            "Koren",
            "Linden",
            "Molen",
            "Kerk",
            "Brabant",
            "Vlaander",
            "Kasteel",
            "Meers",
            "Sleutel",
            "Onderberg",
            "Begijnhof",
            "Burgstraatse",
            "Zwarte",
            "Eksaarderijse",
        ];
        [self.one_of(&first), self.one_of(&second), self.one_of(endings)].concat()
    }
}

fn table(name: &str, builder: GeometryBuilder, names: Vec<Option<String>>) -> Table {
    let geometry = builder.finish().expect("fits");
    let rows = names.len();
    let column: ArrayRef = Arc::new(StringArray::from(names));
    let fields = vec![Field::new("naam", FieldKind::Text)];
    let mut table = Table::new(name, rows, fields, vec![column], Some(geometry)).expect("fits");
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    table
}

/// Streets of a name each, winding a little, of one to five segments that share ends, in a square
/// of a side. Names of the same words carry a number, so that each is another.
pub fn streets(count: u32, side: f64, seed: u64) -> Table {
    let mut dice = Dice(seed);
    let mut builder = GeometryBuilder::new();
    let mut names = Vec::new();
    for street in 0..count {
        let name = format!("{} {street}", dice.name(&["straat", "laan", "kaai", "dreef", "weg"]));
        let mut at = MIDDLE.map(|middle| middle + dice.between(-side / 2.0, side / 2.0));
        let mut leans = dice.between(0.0, std::f64::consts::TAU);
        let step = side / 150.0;
        let more = dice.between(0.0, 4.99);
        let segments = [0.0, 1.0, 2.0, 3.0, 4.0].into_iter().take_while(|number| *number <= more);
        for _ in segments {
            builder.begin_row(GeometryKind::LineString);
            builder.begin_part(PartKind::Line);
            builder.begin_ring();
            builder.coord(at, None, None);
            for _ in 0..4 {
                leans += dice.between(-0.25, 0.25);
                at = [at[0] + step * leans.cos(), at[1] + step * leans.sin()];
                builder.coord(at, None, None);
            }
            builder.end_row();
            names.push((dice.roll() < 0.99).then(|| name.clone()));
        }
    }
    table("straten", builder, names)
}

/// Neighbourhoods: squares of a grid with wavy sides.
pub fn areas(across: u32, side: f64, seed: u64) -> Table {
    let mut dice = Dice(seed);
    let mut builder = GeometryBuilder::new();
    let mut names = Vec::new();
    let cell = side / f64::from(across);
    for row in 0..across {
        for column in 0..across {
            let corner = |u: f64, v: f64| {
                let x = MIDDLE[0] - side / 2.0 + (f64::from(column) + u) * cell;
                let y = MIDDLE[1] - side / 2.0 + (f64::from(row) + v) * cell;
                [x + (y / cell * 5.0).sin() * cell * 0.08, y + (x / cell * 7.0).cos() * cell * 0.06]
            };
            let steps = || (0..40).map(|step| f64::from(step) / 40.0);
            let ring: Vec<[f64; 2]> = steps()
                .map(|t| corner(t, 0.0))
                .chain(steps().map(|t| corner(1.0, t)))
                .chain(steps().map(|t| corner(1.0 - t, 1.0)))
                .chain(steps().map(|t| corner(0.0, 1.0 - t)))
                .chain([corner(0.0, 0.0)])
                .collect();
            builder.begin_row(GeometryKind::Polygon);
            builder.begin_part(PartKind::Polygon);
            builder.begin_ring();
            ring.iter().for_each(|at| builder.coord(*at, None, None));
            builder.end_row();
            let name = dice.name(&["wijk", "ham", " - Sint-Amandsberg", " en Oostakker", "brugge"]);
            names.push(Some(name));
        }
    }
    table("wijken", builder, names)
}

/// Stops: points anywhere.
pub fn stops(count: u32, side: f64, seed: u64) -> Table {
    let mut dice = Dice(seed);
    let mut builder = GeometryBuilder::new();
    let mut names = Vec::new();
    for _ in 0..count {
        builder.push_point(MIDDLE.map(|middle| middle + dice.between(-side / 2.0, side / 2.0)));
        names
            .push((dice.roll() < 0.97).then(|| dice.name(&["plein", "poort", "brug", " station"])));
    }
    table("haltes", builder, names)
}
