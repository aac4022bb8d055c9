//! What the tests of FlatGeobuf and GeoParquet share: made tables of every sort, and what other
//! programs read in a file.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::table::{
    DateTimeForm, Field, FieldKind, GeometryBuilder, GeometryColumn, GeometryKind, Offset,
    PartKind, Table,
};

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// A position in Ghent in Lambert 72, with a fraction that binary numbers hold.
    fn position(&mut self) -> [f64; 2] {
        let [x, y] = [self.below(80_000), self.below(80_000)];
        let quarter = |steps: usize| f64::from(u32::try_from(steps).unwrap()) / 4.0;
        [95_000.0 + quarter(x), 185_000.0 + quarter(y)]
    }
}

/// Which types of geometry a made table has.
pub const KINDS: &[&[GeometryKind]] = &[
    &[GeometryKind::Point],
    &[GeometryKind::LineString],
    &[GeometryKind::Polygon],
    &[GeometryKind::MultiPoint],
    &[GeometryKind::MultiLineString],
    &[GeometryKind::MultiPolygon],
    &[GeometryKind::GeometryCollection],
    &[GeometryKind::Polygon, GeometryKind::MultiPolygon],
    &[
        GeometryKind::Point,
        GeometryKind::LineString,
        GeometryKind::Polygon,
        GeometryKind::MultiPoint,
        GeometryKind::MultiLineString,
        GeometryKind::MultiPolygon,
        GeometryKind::GeometryCollection,
    ],
];

/// Heights and measures, or not.
pub const DIMENSIONS: [(bool, bool); 4] =
    [(false, false), (true, false), (false, true), (true, true)];

fn add_part(builder: &mut GeometryBuilder, kind: PartKind, (z, m): (bool, bool), dice: &mut Dice) {
    builder.begin_part(kind);
    let corner = dice.position();
    let squares: &[(f64, f64)] = match kind {
        PartKind::Polygon if dice.below(2) == 0 => &[(0.0, 9.0), (2.0, 3.0)],
        _ => &[(0.0, 9.0)],
    };
    for (shift, side) in squares {
        let [x, y] = [corner[0] + shift, corner[1] + shift];
        let ring = match kind {
            PartKind::Point => vec![[x, y]],
            PartKind::Line => vec![[x, y], [x + side, y + 0.5], [x, y + side]],
            PartKind::Polygon => {
                vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
            }
        };
        builder.begin_ring();
        for (at, xy) in ring.iter().enumerate() {
            let closing = if at + 1 == ring.len() && at > 2 { 0 } else { at };
            let number = f64::from(u32::try_from(closing).unwrap());
            builder.coord(*xy, z.then_some(number + 0.5), m.then_some(100.0 - number));
        }
    }
}

fn part_kind(kind: GeometryKind) -> PartKind {
    kind.part_kind().unwrap_or(PartKind::Point)
}

fn geometry(
    kinds: &[GeometryKind],
    dimensions: (bool, bool),
    rows: usize,
    gaps: bool,
    dice: &mut Dice,
) -> GeometryColumn {
    let mut builder = GeometryBuilder::new();
    for _ in 0..rows {
        let kind = kinds[dice.below(kinds.len())];
        if gaps && dice.below(7) == 0 {
            builder.push_null();
            continue;
        }
        builder.begin_row(kind);
        if kind == GeometryKind::GeometryCollection {
            let members =
                [GeometryKind::Point, GeometryKind::MultiLineString, GeometryKind::Polygon];
            for _ in 0..=dice.below(3) {
                let member = members[dice.below(3)];
                builder.begin_member(member);
                for _ in 0..if member.is_multi() { 1 + dice.below(3) } else { 1 } {
                    add_part(&mut builder, part_kind(member), dimensions, dice);
                }
            }
        } else {
            for _ in 0..if kind.is_multi() { 1 + dice.below(3) } else { 1 } {
                add_part(&mut builder, part_kind(kind), dimensions, dice);
            }
        }
        builder.end_row();
    }
    builder.finish().unwrap()
}

/// A form of moments in which nothing is lost by another way of writing them.
pub const MOMENTS: DateTimeForm = DateTimeForm {
    separator: 'T',
    fraction: Some(3),
    offset: Offset::Minutes { minutes: 60, colon: true },
};

/// A column of every kind; `nr` numbers the rows from 0, so that they are found in another order.
fn columns(rows: usize, gaps: bool, dice: &mut Dice) -> (Vec<Field>, Vec<ArrayRef>) {
    fn some<T>(
        gaps: bool,
        rows: usize,
        dice: &mut Dice,
        mut of: impl FnMut(&mut Dice) -> T,
    ) -> Vec<Option<T>> {
        (0..rows).map(|_| (!gaps || dice.below(5) > 0).then(|| of(dice))).collect()
    }
    let number =
        |dice: &mut Dice| f64::from(u32::try_from(dice.below(1 << 30)).unwrap()) / 7.0 - 1e7;
    let texts = ["", "Gent", "Brugge – “Zuid”", " 9000", "é\n\"'\t,;", "{not json", "0042"];
    let json = ["{\"a\":[1,{\"b\":null}]}", "[]", "[1,2.5,\"x\"]"];
    let integers = [0, -1, 7, i64::MAX, i64::MIN, 1 << 53];
    let moment = |dice: &mut Dice| i64::try_from(dice.below(1 << 30)).unwrap() * 1500 - 7_000;
    let day = |dice: &mut Dice| i32::try_from(dice.below(60_000)).unwrap() - 20_000;
    let local = DateTimeForm { separator: 'T', fraction: Some(3), offset: Offset::None };
    let zulu = DateTimeForm { offset: Offset::Zulu, ..local };
    let all: Vec<(&str, FieldKind, ArrayRef)> = vec![
        (
            "nr",
            FieldKind::Integer,
            Arc::new(Int64Array::from_iter_values(0..i64::try_from(rows).unwrap())),
        ),
        (
            "waar",
            FieldKind::Boolean,
            Arc::new(BooleanArray::from(some(gaps, rows, dice, |d| d.below(2) == 0))),
        ),
        (
            "geheel",
            FieldKind::Integer,
            Arc::new(Int64Array::from(some(gaps, rows, dice, |d| integers[d.below(6)]))),
        ),
        ("getal", FieldKind::Number, Arc::new(Float64Array::from(some(gaps, rows, dice, number)))),
        (
            "tekst",
            FieldKind::Text,
            Arc::new(StringArray::from(some(gaps, rows, dice, |d| texts[d.below(7)]))),
        ),
        (
            "json",
            FieldKind::Json,
            Arc::new(StringArray::from(some(gaps, rows, dice, |d| json[d.below(3)]))),
        ),
        ("dag", FieldKind::Date, Arc::new(Date32Array::from(some(gaps, rows, dice, day)))),
        (
            "tijdstip",
            FieldKind::DateTime(MOMENTS),
            Arc::new(TimestampMillisecondArray::from(some(gaps, rows, dice, moment))),
        ),
        (
            "lokaal",
            FieldKind::DateTime(local),
            Arc::new(TimestampMillisecondArray::from(some(gaps, rows, dice, moment))),
        ),
        (
            "zulu",
            FieldKind::DateTime(zulu),
            Arc::new(TimestampMillisecondArray::from(some(gaps, rows, dice, moment))),
        ),
        ("leeg", FieldKind::Number, Arc::new(Float64Array::from(vec![None; rows]))),
    ];
    all.into_iter().map(|(name, kind, array)| (Field::new(name, kind), array)).unzip()
}

/// A table in Lambert 72.
pub fn made(
    kinds: &[GeometryKind],
    dimensions: (bool, bool),
    rows: usize,
    gaps: bool,
    seed: u64,
) -> Table {
    let mut dice = Dice(seed);
    let (mut fields, columns) = columns(rows, gaps, &mut dice);
    fields[3].label = Some("Een getal".to_owned());
    fields[3].description = Some("Zomaar een getal".to_owned());
    let places = (!kinds.is_empty()).then(|| geometry(kinds, dimensions, rows, gaps, &mut dice));
    let mut table = Table::new("gemaakt", rows, fields, columns, places).unwrap();
    table.crs = table.geometry.is_some().then(|| LayerCrs::new(Crs::lambert72(), HowFound::File));
    table
}

/// The rows in the order of the field `nr`.
pub fn in_order(table: &Table) -> Table {
    let at = table.field_index("nr").unwrap();
    let mut rows: Vec<usize> = (0..table.rows()).collect();
    rows.sort_by_key(|row| match table.value(*row, at) {
        belfort::table::Value::Integer(number) => number,
        other => panic!("{other:?}"),
    });
    table.take_rows(&rows).unwrap()
}

/// Runs Python with modules it needs; none, saying so, where they are not there.
pub fn python(modules: &[&str], script: &str, arguments: &[&Path]) -> Option<String> {
    for module in modules {
        let found = Command::new("python3").args(["-c", &format!("import {module}")]).output();
        if !found.is_ok_and(|found| found.status.success()) {
            eprintln!("skipped: python3 has no {module}");
            return None;
        }
    }
    let out = Command::new("python3").args(["-c", script]).args(arguments).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(String::from_utf8(out.stdout).unwrap())
}

/// Runs ogr2ogr.
pub fn ogr2ogr(arguments: &[&str], to: &Path, from: &Path) {
    let out = Command::new("ogr2ogr").args(arguments).arg(to).arg(from).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}
