//! Small tables of everything a layer can hold, made from a number: the same number gives the
//! same table.
#![allow(
    clippy::cast_precision_loss,
    clippy::struct_excessive_bools,
    reason = "small, and a wish list"
)]
#![allow(dead_code, reason = "not every build uses all of it")]

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

/// A sequence of numbers that looks random.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    pub fn bits(&mut self) -> u64 {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.bits() % limit.max(1) as u64).unwrap()
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// From 0 to 1, in 2^20 steps, so that sums and texts stay short.
    pub fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.bits() >> 44).unwrap()) / f64::from(1 << 20)
    }
}

/// What a table is to have.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The types of its rows; empty for a table without geometry.
    pub kinds: &'static [GeometryKind],
    pub heights: bool,
    pub measures: bool,
    /// Some rows without geometry.
    pub gaps: bool,
    /// Coordinates in Lambert 72 rather than longitude and latitude.
    pub lambert: bool,
}

pub const POINTS: &[GeometryKind] = &[GeometryKind::Point];
pub const LINES: &[GeometryKind] = &[GeometryKind::LineString];
pub const AREAS: &[GeometryKind] = &[GeometryKind::Polygon, GeometryKind::MultiPolygon];
pub const ANYTHING: &[GeometryKind] = &[
    GeometryKind::Point,
    GeometryKind::LineString,
    GeometryKind::Polygon,
    GeometryKind::MultiPoint,
    GeometryKind::MultiLineString,
    GeometryKind::MultiPolygon,
    GeometryKind::GeometryCollection,
];

impl Wish {
    pub const fn of(kinds: &'static [GeometryKind]) -> Wish {
        Wish { kinds, heights: false, measures: false, gaps: false, lambert: false }
    }

    /// Some of everything.
    pub fn by_chance(chance: &mut Chance) -> Wish {
        let kinds = *chance.of(&[POINTS, LINES, AREAS, ANYTHING, &[]]);
        Wish {
            kinds,
            heights: chance.one_in(3),
            measures: chance.one_in(5),
            gaps: chance.one_in(2),
            lambert: chance.one_in(2),
        }
    }
}

/// A table with a column of every kind.
pub fn table(chance: &mut Chance, wish: &Wish, rows: usize) -> Table {
    let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns(chance, rows).into_iter().unzip();
    let geometry = (!wish.kinds.is_empty()).then(|| geometry(chance, wish, rows));
    let has_geometry = geometry.is_some();
    let mut table = Table::new("gemaakt", rows, fields, columns, geometry).unwrap();
    let crs = if wish.lambert { Crs::lambert72() } else { Crs::wgs84() };
    table.crs = has_geometry.then(|| LayerCrs::new(crs, HowFound::Chosen));
    table
}

fn some<T>(chance: &mut Chance, mut make: impl FnMut(&mut Chance) -> T) -> Option<T> {
    if chance.one_in(5) { None } else { Some(make(chance)) }
}

fn columns(chance: &mut Chance, rows: usize) -> Vec<(Field, ArrayRef)> {
    let texts =
        ["Ledeberg", "Sint-Amandsberg", "a;b", "zei \"ja\"", "één\ntwee", " rand ", "007", "=1+1"];
    let json = ["{\"lon\":3.7,\"lat\":51}", "[1,2,{\"a\":null}]", "{}"];
    let utc = DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::Zulu };
    let local = DateTimeForm { separator: ' ', fraction: Some(3), offset: Offset::None };
    let mut made: Vec<(&str, FieldKind, ArrayRef)> = Vec::new();
    let booleans: Vec<_> = (0..rows).map(|_| some(chance, |c| c.one_in(2))).collect();
    made.push(("open", FieldKind::Boolean, Arc::new(BooleanArray::from(booleans))));
    let whole = |c: &mut Chance| match c.below(6) {
        0 => i64::MAX - i64::try_from(c.below(9)).unwrap(),
        1 => i64::MIN + 1,
        2 => (1 << 53) + 1,
        _ => i64::try_from(c.below(100_000)).unwrap() - 50_000,
    };
    let integers: Vec<_> = (0..rows).map(|_| some(chance, whole)).collect();
    made.push(("aantal", FieldKind::Integer, Arc::new(Int64Array::from(integers))));
    let number = |c: &mut Chance| match c.below(6) {
        0 => 1.0e-7 * c.share(),
        1 => -1.0e20 * (0.5 + c.share()),
        2 => 0.1 + 0.2,
        _ => (c.share() - 0.5) * 1000.0,
    };
    let numbers: Vec<_> = (0..rows).map(|_| some(chance, number)).collect();
    made.push(("oppervlakte", FieldKind::Number, Arc::new(Float64Array::from(numbers))));
    let words: Vec<_> = (0..rows).map(|_| some(chance, |c| *c.of(&texts))).collect();
    made.push(("naam", FieldKind::Text, Arc::new(StringArray::from(words))));
    let values: Vec<_> = (0..rows).map(|_| some(chance, |c| *c.of(&json))).collect();
    made.push(("details", FieldKind::Json, Arc::new(StringArray::from(values))));
    let day = |c: &mut Chance| i32::try_from(c.below(60_000)).unwrap() - 20_000;
    let days: Vec<_> = (0..rows).map(|_| some(chance, day)).collect();
    made.push(("dag", FieldKind::Date, Arc::new(Date32Array::from(days))));
    for (name, form, step) in [("gemeten", utc, 1000), ("plaatselijk", local, 1)] {
        let moment = |c: &mut Chance| i64::try_from(c.below(1 << 40)).unwrap() / step * step;
        let moments: Vec<_> = (0..rows).map(|_| some(chance, moment)).collect();
        let moments: ArrayRef = Arc::new(TimestampMillisecondArray::from(moments));
        made.push((name, FieldKind::DateTime(form), moments));
    }
    made.into_iter().map(|(name, kind, column)| (Field::new(name, kind), column)).collect()
}

fn geometry(chance: &mut Chance, wish: &Wish, rows: usize) -> GeometryColumn {
    let mut builder = GeometryBuilder::new();
    for _ in 0..rows {
        if wish.gaps && chance.one_in(6) {
            builder.push_null();
            continue;
        }
        let kind = *chance.of(wish.kinds);
        builder.begin_row(kind);
        if kind == GeometryKind::GeometryCollection {
            for member in [GeometryKind::Point, GeometryKind::MultiLineString] {
                builder.begin_member(member);
                parts(chance, wish, member, &mut builder);
            }
        } else {
            parts(chance, wish, kind, &mut builder);
        }
        builder.end_row();
    }
    builder.finish().unwrap()
}

fn parts(chance: &mut Chance, wish: &Wish, kind: GeometryKind, builder: &mut GeometryBuilder) {
    // At least two, as a single one may come back as a simple type.
    let count = if kind.is_multi() { 2 + chance.below(2) } else { 1 };
    let part_kind = kind.part_kind().unwrap();
    for part in 0..count {
        builder.begin_part(part_kind);
        // Apart from each other, so that several areas are a valid one.
        let corner = [chance.share() + 2.0 * part as f64, chance.share()];
        match part_kind {
            PartKind::Point => ring(chance, wish, &[corner], builder),
            PartKind::Line => {
                let shift = chance.share();
                let line =
                    [corner, [corner[0] + shift, corner[1] + 0.5], [corner[0], corner[1] + 1.0]];
                ring(chance, wish, &line, builder);
            }
            PartKind::Polygon => {
                ring(chance, wish, &square(corner, 1.0, false), builder);
                if chance.one_in(3) {
                    let inside = [corner[0] + 0.25, corner[1] + 0.25];
                    ring(chance, wish, &square(inside, 0.5, true), builder);
                }
            }
        }
    }
}

/// Counter-clockwise, or clockwise as holes are.
fn square([x, y]: [f64; 2], side: f64, is_hole: bool) -> Vec<[f64; 2]> {
    let mut ring = vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
    if is_hole {
        ring.reverse();
    }
    ring
}

fn ring(chance: &mut Chance, wish: &Wish, positions: &[[f64; 2]], builder: &mut GeometryBuilder) {
    builder.begin_ring();
    let (mut z, mut m) = (chance.share() * 10.0, chance.share() * 100.0);
    let first = [z, m];
    for (at, [x, y]) in positions.iter().enumerate() {
        // A ring ends where it began, in height too.
        if positions.len() > 3 && at + 1 == positions.len() {
            [z, m] = first;
        }
        let place = if wish.lambert {
            [104_000.0 + x * 1024.0, 193_000.0 + y * 1024.0]
        } else {
            [3.5 + x / 32.0, 51.0 + y / 32.0]
        };
        builder.coord(place, wish.heights.then_some(z), wish.measures.then_some(m));
        z += 0.5;
        m += 1.0;
    }
}
