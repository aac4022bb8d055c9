//! Tables made for the tests: every kind of value and geometry, with a fixed sequence of chances.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::formats::wkt;
use belfort::table::{
    DateTimeForm, Field, FieldKind, GeometryBuilder, GeometryColumn, Offset, Table,
};

use crate::formats::table_of;

pub const UTC: DateTimeForm =
    DateTimeForm { separator: 'T', fraction: Some(3), offset: Offset::Zulu };

/// A fixed sequence, so that a failure can be repeated.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn number(&mut self) -> f64 {
        f64::from(u32::try_from(self.roll(1 << 31)).unwrap()) / 4096.0
    }

    /// Nothing now and then.
    fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.roll(4) > 0).then(|| make(self))
    }

    fn many<T>(&mut self, count: usize, mut make: impl FnMut(&mut Dice) -> T) -> Vec<Option<T>> {
        (0..count).map(|_| self.maybe(&mut make)).collect()
    }
}

/// Well-known texts of every type, in every dimension, empty ones too.
pub const GEOMETRIES: &[&str] = &[
    "POINT (3.7 51)",
    "POINT Z (3.7 51 12.5)",
    "POINT M (3.7 51 7)",
    "POINT ZM (3.7 51 12.5 7)",
    "POINT EMPTY",
    "LINESTRING (3 51, 4 52, 5 50)",
    "LINESTRING ZM (3 51 1 2, 4 52 3 4)",
    "LINESTRING EMPTY",
    "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1))",
    "POLYGON Z ((0 0 1, 4 0 1, 4 4 1, 0 0 1))",
    "POLYGON EMPTY",
    "MULTIPOINT ((1 2), (3 4))",
    "MULTIPOINT EMPTY",
    "MULTILINESTRING M ((0 0 9, 1 1 8), (5 5 7, 6 6 6))",
    "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 8 9, 8 8, 9 9)))",
    "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1), MULTIPOINT ((3 4), (5 6)))",
    "GEOMETRYCOLLECTION EMPTY",
];

/// A column of geometries from well-known texts; an empty text is none.
pub fn geometries<'a>(texts: impl IntoIterator<Item = &'a str>) -> GeometryColumn {
    let mut known: HashMap<&str, Arc<GeometryColumn>> = HashMap::new();
    let mut builder = GeometryBuilder::new();
    for text in texts {
        if text.is_empty() {
            builder.push_null();
        } else {
            builder.copy_row(known.entry(text).or_insert_with(|| geometry(text)).row(0));
        }
    }
    builder.finish().unwrap()
}

/// As the reader of CSV reads it.
fn geometry(text: &str) -> Arc<GeometryColumn> {
    let table = table_of("a.csv", format!("n;WKT\n1;{text}\n"));
    let column = table.geometry.clone().unwrap();
    assert_eq!(wkt::text(column.row(0)), text);
    column
}

/// A table with a column of every kind and a geometry of every type, in no particular order.
pub fn table(dice: &mut Dice, rows: usize) -> Table {
    let words = ["", "Gent", "Sint-Amandsberg", "é€𝄞", "'\"; DROP TABLE x", "regel\nregel"];
    // Half seconds: GDAL before 3.8 keeps seconds in 32 bits, as QGIS then does.
    let moments = dice.many(rows, |dice| i64::try_from(dice.roll(1 << 30)).unwrap() * 1500);
    let fields: Vec<(&str, FieldKind, ArrayRef)> = vec![
        (
            "ja of nee",
            FieldKind::Boolean,
            Arc::new(BooleanArray::from(dice.many(rows, |dice| dice.roll(2) == 0))),
        ),
        (
            "aantal",
            FieldKind::Integer,
            Arc::new(Int64Array::from(dice.many(rows, |dice| {
                [0, -1, 127, -129, 40_000, 1 << 40, i64::MAX, i64::MIN][dice.roll(8)]
            }))),
        ),
        (
            "maat",
            FieldKind::Number,
            Arc::new(Float64Array::from(dice.many(rows, |dice| {
                [0.0, -0.0, 1.0, 0.1, 1e300, -5e-324, f64::INFINITY][dice.roll(7)]
            }))),
        ),
        (
            "Naam \"officieel\"",
            FieldKind::Text,
            Arc::new(StringArray::from(
                dice.many(rows, |dice| words[dice.roll(6)].repeat(1 + 400 * dice.roll(2))),
            )),
        ),
        (
            "json",
            FieldKind::Json,
            Arc::new(StringArray::from(dice.many(rows, |_| r#"{"a": [1, null]}"#))),
        ),
        (
            "dag",
            FieldKind::Date,
            Arc::new(Date32Array::from(
                dice.many(rows, |dice| i32::try_from(dice.roll(40_000)).unwrap() - 20_000),
            )),
        ),
        ("moment", FieldKind::DateTime(UTC), Arc::new(TimestampMillisecondArray::from(moments))),
    ];
    let (named, columns): (Vec<Field>, Vec<ArrayRef>) =
        fields.into_iter().map(|(name, kind, array)| (Field::new(name, kind), array)).unzip();
    let chosen: Vec<&str> = (0..rows)
        .map(|_| if dice.roll(5) == 0 { "" } else { GEOMETRIES[dice.roll(GEOMETRIES.len())] })
        .collect();
    let mut made = Table::new("alles", rows, named, columns, Some(geometries(chosen))).unwrap();
    made.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    made
}

/// Points with a name and a number.
pub fn points(name: &str, rows: usize) -> Table {
    let mut dice = Dice(rows as u64);
    let xy = (0..rows).map(|_| [dice.number(), dice.number()]).collect();
    let geometry = GeometryBuilder::points(xy).unwrap();
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..i64::try_from(rows).unwrap()));
    let fields = vec![Field::new("nummer", FieldKind::Integer)];
    let mut made = Table::new(name, rows, fields, vec![numbers], Some(geometry)).unwrap();
    made.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    made
}
