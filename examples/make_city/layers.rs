//! The files: one feature a line, seven attributes each.

use std::fmt::{self, Display};
use std::io::{self, Write};

use crate::city::{City, Metres, Street, lon_lat};
use crate::dice::Dice;
use crate::words::{ROADS, SPECIES, SURFACES, USES};

fn begin(out: &mut impl Write, name: &str) -> io::Result<()> {
    write!(out, "{{\"type\":\"FeatureCollection\",\"name\":\"{name}\",\"features\":[")
}

fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

/// The end of the line before.
fn next(out: &mut impl Write, number: usize) -> io::Result<()> {
    out.write_all(if number == 0 { b"\n" } else { b",\n" })
}

/// A value that may be missing.
struct Maybe<T>(Option<T>, &'static str);

impl<T: Display> Display for Maybe<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(out),
            None => out.write_str(self.1),
        }
    }
}

/// A number with one decimal, counted in tenths.
#[derive(Clone, Copy)]
struct Tenths(u32);

impl Display for Tenths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// `2021-03-14`.
struct Date(u32, u32, u32);

impl Date {
    fn since(year: u32, dice: &mut Dice) -> Date {
        Date(year + dice.below(2026 - year), 1 + dice.below(12), 1 + dice.below(28))
    }
}

impl Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date(year, month, day) = self;
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// A position as portals write it: with so many decimals of a degree.
struct Position(Metres, usize);

impl Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lon, lat] = lon_lat(self.0);
        let decimals = self.1;
        write!(out, "{lon:.decimals$},{lat:.decimals$}")
    }
}

fn some<T>(dice: &mut Dice, percent: u32, value: impl FnOnce(&mut Dice) -> T) -> Option<T> {
    dice.chance(percent).then(|| value(dice))
}

/// Trees along the streets, some in groups beside them.
pub fn trees(
    city: &City,
    count: usize,
    json: &mut impl Write,
    csv: &mut impl Write,
) -> io::Result<()> {
    let mut dice = Dice::new(1);
    begin(json, "bomen")?;
    csv.write_all("id,soort,straat,stamomtrek,hoogte,geplant,monumentaal,lon,lat\n".as_bytes())?;
    for number in 0..count {
        let street = city.pick(&mut dice);
        let at = if dice.chance(70) {
            let aside = if dice.chance(50) { 5.5 } else { -5.5 };
            // One every eight metres.
            let along = (street.length * dice.unit() / 8.0).floor() * 8.0;
            street.at(along + dice.normal()[0] * 0.3, aside + dice.normal()[0] * 0.4)
        } else {
            let [along, aside] = dice.normal();
            street.at(street.length * 0.5 + 40.0 * along, 60.0 + 25.0 * aside)
        };
        let (species, name) = (dice.pick(&SPECIES), &street.name);
        let girth = some(&mut dice, 88, |dice| Tenths(150 + dice.below(3000)));
        let height = some(&mut dice, 80, |dice| 2 + dice.below(29));
        let planted = some(&mut dice, 92, |dice| Date::since(1930, dice));
        let monument = dice.chance(3);
        let position = Position(at, 8);
        next(json, number)?;
        write!(
            json,
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":{number},\"soort\":\"{species}\",\"straat\":\"{name}\","
        )?;
        write!(
            json,
            "\"stamomtrek\":{},\"hoogte\":{},\"geplant\":",
            Maybe(girth, "null"),
            Maybe(height, "null")
        )?;
        match &planted {
            Some(date) => write!(json, "\"{date}\"")?,
            None => json.write_all(b"null")?,
        }
        write!(
            json,
            ",\"monumentaal\":{monument}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{position}]}}}}"
        )?;
        let quote = if species.contains(',') { "\"" } else { "" };
        writeln!(
            csv,
            "{number},{quote}{species}{quote},{name},{},{},{},{monument},{position}",
            Maybe(girth, ""),
            Maybe(height, ""),
            Maybe(planted, "")
        )?;
    }
    end(json)
}

/// A corner of a building: metres along and aside from its own corner at the street.
type Corner = [f64; 2];

/// The outline of a building and, for some, its courtyard. The last corner is the first again.
fn outline(dice: &mut Dice, width: f64, depth: f64) -> Vec<Vec<Corner>> {
    let mut outer = match dice.below(10) {
        0..4 => vec![[0.0, 0.0], [width, 0.0], [width, depth], [0.0, depth]],
        // An annexe behind a part of the house.
        4..8 => {
            let (cut, back) = (width * dice.between(0.35, 0.7), depth * dice.between(1.2, 1.8));
            vec![[0.0, 0.0], [width, 0.0], [width, depth], [cut, depth], [cut, back], [0.0, back]]
        }
        // An annexe and a bay window.
        _ => {
            let (cut, back) = (width * dice.between(0.35, 0.7), depth * dice.between(1.2, 1.8));
            let (left, right) = (width * 0.25, width * 0.75);
            vec![
                [0.0, 0.0],
                [left, 0.0],
                [left, -0.6],
                [right, -0.6],
                [right, 0.0],
                [width, 0.0],
                [width, depth],
                [cut, depth],
                [cut, back],
                [0.0, back],
            ]
        }
    };
    outer.extend(outer.first().copied());
    let mut rings = vec![outer];
    if width > 14.0 && dice.chance(60) {
        let (x, y) = (width * 0.3, depth * 0.3);
        let (right, top) = (width * 0.7, depth * 0.75);
        rings.push(vec![[x, y], [x, top], [right, top], [right, y], [x, y]]);
    }
    rings
}

/// Houses in rows along the streets, some larger buildings with a courtyard.
pub fn buildings(city: &City, count: usize, json: &mut impl Write) -> io::Result<()> {
    let mut dice = Dice::new(2);
    begin(json, "gebouwen")?;
    let mut walk = Walk::new(city);
    for number in 0..count {
        let large = dice.chance(8);
        let width = if large { dice.between(14.5, 40.0) } else { dice.between(4.5, 9.5) };
        let depth = dice.between(8.0, 14.0) * if large { 1.8 } else { 1.0 };
        let (street, along, side, house) = walk.next(width);
        let rings = outline(&mut dice, width, depth);
        let storeys = some(&mut dice, 85, |dice| 1 + dice.below(if large { 9 } else { 4 }));
        let year = some(&mut dice, 75, |dice| 1750 + dice.below(276));
        let (used, listed) = (dice.pick(&USES), dice.chance(4));
        let measured = Date::since(1998, &mut dice);
        next(json, number)?;
        write!(
            json,
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":{number},\"gebruik\":\"{used}\",\"adres\":\"{} {house}\",",
            street.name
        )?;
        write!(
            json,
            "\"bouwjaar\":{},\"lagen\":{},\"opgemeten\":\"{measured}\",\"beschermd\":{listed}}},",
            Maybe(year, "null"),
            Maybe(storeys, "null")
        )?;
        json.write_all(b"\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[")?;
        for (ring_number, ring) in rings.iter().enumerate() {
            json.write_all(if ring_number == 0 { b"[" } else { b",[" })?;
            // Rings run against the clock on the left of the street; on the right they are mirrored.
            let mut corners: Vec<Corner> = ring.clone();
            if side < 0.0 {
                corners.reverse();
            }
            for (corner_number, [x, y]) in corners.into_iter().enumerate() {
                let comma = if corner_number == 0 { "" } else { "," };
                let at = street.at(along + x, side * (8.0 + y));
                write!(json, "{comma}[{}]", Position(at, 10))?;
            }
            json.write_all(b"]")?;
        }
        json.write_all(b"]}}")?;
    }
    end(json)
}

/// Goes along all streets on both sides, and round again behind the first row when they are full.
struct Walk<'a> {
    city: &'a City,
    street: usize,
    along: f64,
    side: f64,
    house: u32,
}

impl<'a> Walk<'a> {
    fn new(city: &'a City) -> Walk<'a> {
        Walk { city, street: 0, along: 0.0, side: 1.0, house: 1 }
    }

    /// The street, the metres along it, the side (1 left, -1 right) and the number of a house of
    /// this width. At most six houses stand on one side, so that all streets get some.
    fn next(&mut self, width: f64) -> (&'a Street, f64, f64, u32) {
        let streets = &self.city.streets;
        let length = streets.get(self.street).map_or(0.0, |street| street.length);
        if self.along + width > length || self.house > 6 {
            (self.along, self.house) = (0.0, 1);
            self.side = -self.side;
            if self.side > 0.0 {
                self.street = (self.street + 1) % streets.len().max(1);
            }
        }
        let at = (self.along, self.house);
        self.along += width;
        self.house += 1;
        let street =
            streets.get(self.street).unwrap_or_else(|| unreachable!("a city has a street"));
        (street, at.0, self.side, 2 * at.1 - u32::from(self.side > 0.0))
    }
}

/// The streets themselves.
pub fn streets(city: &City, json: &mut impl Write) -> io::Result<()> {
    let mut dice = Dice::new(3);
    begin(json, "straten")?;
    for (number, street) in city.streets.iter().enumerate() {
        let (kind, surface) = (dice.pick(&ROADS), some(&mut dice, 90, |dice| dice.pick(&SURFACES)));
        let speed = some(&mut dice, 95, |dice| 20 + 10 * dice.below(6));
        let (made, one_way) = (Date::since(1950, &mut dice), dice.chance(30));
        next(json, number)?;
        write!(
            json,
            "{{\"type\":\"Feature\",\"properties\":{{\"id\":{number},\"naam\":\"{}\",\"soort\":\"{kind}\",\"verharding\":",
            street.name
        )?;
        match surface {
            Some(surface) => write!(json, "\"{surface}\"")?,
            None => json.write_all(b"null")?,
        }
        write!(
            json,
            ",\"snelheid\":{},\"aangelegd\":\"{made}\",\"eenrichting\":{one_way}}},",
            Maybe(speed, "null")
        )?;
        json.write_all(b"\"geometry\":{\"type\":\"LineString\",\"coordinates\":[")?;
        let mut along = 0.0;
        while along < street.length {
            write!(json, "[{}],", Position(street.at(along, 0.0), 8))?;
            along += 22.0;
        }
        write!(json, "[{}]]}}}}", Position(street.at(street.length, 0.0), 8))?;
    }
    end(json)
}
