//! Rows read from the pages of a file are those that SQLite gives, whatever the size of the pages,
//! the cuts and the number of threads.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::catalogue::Catalogue;
use super::database::Database;
use super::fields::Fields;
use super::read::{from_pages, through_sqlite};
use super::rows::Rows;
use crate::formats::ReadOptions;
use crate::formats::pieces::Cut;
use crate::jobs::Watch;
use crate::problem::Problems;

const SCHEMA: &str = "
    CREATE TABLE gpkg_contents (table_name, data_type, identifier, description, srs_id);
    CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);
    CREATE TABLE t (fid INTEGER PRIMARY KEY, naam TEXT, geom GEOMETRY, getal INTEGER,
        maat DOUBLE, ja BOOLEAN, dag DATE, moment DATETIME, iets, foto BLOB);
    INSERT INTO gpkg_contents VALUES ('t', 'features', 't', '', 4326);
    INSERT INTO gpkg_geometry_columns VALUES ('t', 'geom', 4326);";

/// A fixed sequence, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % below
    }
}

fn line(dice: &mut Dice, positions: u64) -> Vec<u8> {
    let mut blob = b"GP\0\x01\xe6\x10\0\0\x01\x02\0\0\0".to_vec();
    blob.extend(u32::try_from(positions).unwrap().to_le_bytes());
    for _ in 0..2 * positions {
        let side = u32::try_from(dice.roll(1000)).unwrap();
        blob.extend((f64::from(side) / 8.0).to_le_bytes());
    }
    blob
}

#[expect(clippy::cast_precision_loss, reason = "any number will do")]
fn put(connection: &Connection, dice: &mut Dice, key: i64) {
    let text = "é☃x".repeat(usize::try_from(dice.roll(20) * dice.roll(40)).unwrap());
    let geometry = match dice.roll(5) {
        0 => None,
        1 => Some(b"GP\0\x01\xe6\x10\0\0\x01\x01\0\0\0\0\0\0\0\0\0\xf0?\0\0\0\0\0\0\0@".to_vec()),
        2 => Some(line(dice, 700)),
        _ => Some(line(dice, 3)),
    };
    let number = i64::try_from(dice.roll(1 << 30)).unwrap() << dice.roll(33) >> dice.roll(60);
    let number = if dice.roll(2) == 0 { -number } else { number };
    let size = if dice.roll(2) == 0 { number.rem_euclid(1000) as f64 } else { 0.1 * number as f64 };
    let day = format!("20{:02}-0{}-1{}", dice.roll(99), 1 + dice.roll(9), dice.roll(9));
    let moment = format!("{day}T10:0{}:00Z", dice.roll(9));
    let sql = "INSERT OR REPLACE INTO t (fid, naam, geom, getal, maat, ja, dag, moment, iets, foto)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let flag = (dice.roll(3) > 0).then_some(number & 1);
    let thing = match dice.roll(3) {
        0 => Value::Real(size),
        1 => Value::Text(day.clone()),
        _ => Value::Integer(number),
    };
    let flag = flag.map_or(Value::Null, Value::Integer);
    let mut values = [
        Value::Text(text),
        geometry.map_or(Value::Null, Value::Blob),
        Value::Integer(number),
        Value::Real(size),
        flag,
        Value::Text(day),
        Value::Text(moment),
    ];
    // Now and then a value that is not of the type of its column.
    if dice.roll(60) == 0 {
        let odd = [
            Value::Integer(5),
            Value::Real(0.5),
            Value::Text("vreemd".to_owned()),
            Value::Text("2026-03-01T10:00:00.5+01:00".to_owned()),
            Value::Text(String::new()),
            Value::Blob(vec![1, 2, 255]),
        ];
        let (place, which) = (dice.roll(7), dice.roll(6));
        if let Some(value) = values.get_mut(usize::try_from(place).unwrap()) {
            *value = odd[usize::try_from(which).unwrap()].clone();
        }
    }
    let [text, geometry, number, size, flag, day, moment] = values;
    let photo = vec![7_u8; usize::try_from(dice.roll(90)).unwrap()];
    connection
        .prepare_cached(sql)
        .unwrap()
        .execute(params![key, text, geometry, number, size, flag, day, moment, thing, photo])
        .unwrap();
}

/// A file with a history: rows put in out of order, changed and thrown away, columns added.
fn make(path: &Path, page_size: u32, rows: i64) {
    let mut connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "page_size", page_size).unwrap();
    connection.pragma_update(None, "auto_vacuum", page_size % 3).unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let mut dice = Dice(u64::from(page_size));
    let all = connection.transaction().unwrap();
    for row in 0..rows {
        let key = match dice.roll(4) {
            0 => -i64::try_from(dice.roll(900)).unwrap(),
            1 => i64::MAX - row,
            _ => row,
        };
        put(&all, &mut dice, key);
        if dice.roll(7) == 0 {
            let gone = i64::try_from(dice.roll(500)).unwrap();
            all.execute("DELETE FROM t WHERE fid BETWEEN ?1 AND ?1 + 5", [gone]).unwrap();
        }
        if row == rows / 2 {
            all.execute_batch("ALTER TABLE t ADD COLUMN later TEXT").unwrap();
        }
    }
    all.commit().unwrap();
}

fn text_of(rows: Rows<'_>) -> String {
    let made = rows.finish().unwrap_or_else(|_| panic!("too much"));
    let (fields, columns, geometry) = (made.fields, made.columns, made.geometry);
    format!(
        "{}\n{fields:?}\n{columns:?}\n{geometry:?}\n{:?}\n{:?}",
        made.rows, made.ids, made.problems
    )
}

#[test]
fn rows_from_pages_are_those_of_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::unwatched();
    for (page_size, rows) in [(512, 300), (1024, 700), (4096, 2000), (65_536, 900), (4096, 0)] {
        let path = folder.path().join(format!("{page_size}-{rows}.gpkg"));
        make(&path, page_size, rows);
        let database = Database::open(&path, &watch).unwrap();
        let layer = Catalogue::of(&database).unwrap().layers.remove(0);
        let fields = Fields::of(&database, &layer).unwrap();
        let make = || Rows::new(&fields, Some(4326));
        let mut problems = Problems::new();
        let slow = through_sqlite(&database, &layer, &fields, make(), &watch, &mut problems);
        let expected = text_of(slow.unwrap());
        assert!(expected.starts_with(if rows == 0 { "0" } else { "" }));
        for bytes in [1, 5_000, 1 << 30] {
            for threads in [1, 2, 3] {
                let cut = Cut { threads, bytes };
                let found = from_pages(&database, layer.root.unwrap(), &make, cut, &watch);
                assert_eq!(text_of(found.unwrap()), expected, "{page_size}, {cut:?}");
            }
        }
    }
}

#[test]
fn a_tree_that_bites_its_tail_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    make(&path, 512, 200);
    let watch = Watch::unwatched();
    let root = {
        let database = Database::open(&path, &watch).unwrap();
        Catalogue::of(&database).unwrap().layers[0].root.unwrap()
    };
    let mut bytes = std::fs::read(&path).unwrap();
    // The page at the top names itself as the last below.
    let start = (root as usize - 1) * 512;
    assert_eq!(bytes[start], 5);
    bytes[start + 8..start + 12].copy_from_slice(&root.to_be_bytes());
    std::fs::write(&path, bytes).unwrap();
    let error =
        super::read::read(&path, &ReadOptions::default(), Cut::default(), &watch).unwrap_err();
    assert_eq!(error.what.id, "geopackage-error-damaged");
}
