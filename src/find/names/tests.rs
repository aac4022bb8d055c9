//! Names in tables, and searching them.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, StringArray};

use super::*;
use crate::find::{Closeness, Query};
use crate::jobs::{Cancelled, Watch};
use crate::table::{Field, FieldKind, Table};

fn text(name: &str, values: &[Option<&str>]) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(StringArray::from(values.to_vec()));
    (Field::new(name, FieldKind::Text), column)
}

fn table(columns: Vec<(Field, ArrayRef)>) -> Table {
    let rows = columns.first().map_or(0, |(_, column)| column.len());
    let (fields, columns) = columns.into_iter().unzip();
    Table::new("t", rows, fields, columns, None).unwrap_or_else(|error| panic!("{error}"))
}

fn streets() -> Table {
    let names = [
        "Veldstraat",
        "Korte Veldstraat",
        "Lange Violettestraat",
        "Kouter",
        "Veldstraat",
        "Sint-Pietersnieuwstraat",
        "Coupure Links",
        "Veldwijkstraat",
        "Ledebergstraat",
        "Burgstraat 12",
    ];
    let names: Vec<_> = names.iter().map(|name| Some(*name)).collect();
    let quarters: Vec<_> = (0..10).map(|row| Some(["Binnenstad", "Ledeberg"][row % 2])).collect();
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..10));
    table(vec![
        (Field::new("id", FieldKind::Integer), numbers),
        text("straatnm", &names),
        text("wijk", &quarters),
    ])
}

fn index(table: &Table) -> NameIndex {
    NameIndex::build(table, &Watch::unwatched()).unwrap_or_default()
}

/// The names found, in order, each with the rows.
fn found(table: &Table, query: &str, near: bool) -> Vec<(String, Vec<u32>)> {
    let index = index(table);
    let Some(query) = Query::new(query) else { return Vec::new() };
    let watch = Watch::unwatched();
    let search = if near { NameIndex::search_near } else { NameIndex::search };
    let matches = search(&index, &query, 10, &watch).unwrap_or_default();
    assert!(matches.count >= matches.best.len());
    let name = |found: &Found| {
        let rows = index.rows(found.name).to_vec();
        let column = index.naming(found.name).map_or(0, |naming| naming.column);
        let value = table.value(rows[0] as usize, column);
        (value.in_language(crate::i18n::Language::Dutch), rows)
    };
    matches.best.iter().map(name).collect()
}

fn names(table: &Table, query: &str, near: bool) -> Vec<String> {
    found(table, query, near).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn columns_that_name_things_are_known_by_their_names_and_values() {
    let uuid = |row: u32| format!("0f8fad5b-d9cb-469f-a165-{row:012x}");
    let rows = 40;
    let make = |value: &dyn Fn(u32) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values((0..rows).map(value)))
    };
    let field = |name: &str| Field::new(name, FieldKind::Text);
    let letters = |row: u32| char::from(b'a' + u8::try_from(row % 26).unwrap_or(0));
    let long = "Dit is een heel lange uitleg over wat hier allemaal te zien is, zin na zin. ";
    let table = table(vec![
        (field("uuid"), make(&uuid)),
        (field("link"), make(&|row| format!("https://example.org/{row}"))),
        (field("wijk"), make(&|row| ["Ledeberg", "Binnenstad"][row as usize % 2].to_owned())),
        (field("status"), make(&|row| ["open", "dicht"][row as usize % 2].to_owned())),
        (field("uren"), make(&|row| format!("8:{row:02}-22:00"))),
        (field("verhaal"), make(&|row| format!("{row} {long}"))),
        (field("eigenaar"), make(&|row| format!("Familie {}-{}", letters(row), letters(row / 3)))),
        (
            field("STRAATNM"),
            make(&|row| format!("Straat van {}{}", letters(row), letters(row / 7))),
        ),
        (field("mail"), make(&|row| format!("naam{row}@example.org"))),
        (field("naam"), make(&|row| format!("000{row}"))),
    ]);
    let chosen: Vec<_> = naming_columns(&table)
        .into_iter()
        .map(|naming| (table.fields[naming.column].name.clone(), naming.weight))
        .collect();
    let wanted = [("STRAATNM", 1), ("eigenaar", 2), ("wijk", SHARED)];
    assert_eq!(chosen, wanted.map(|(name, weight)| (name.to_owned(), weight)));
}

#[test]
fn names_answer_in_the_order_of_how_well() {
    let table = streets();
    assert_eq!(
        found(&table, "veldstraat", false),
        [("Veldstraat".to_owned(), vec![0, 4]), ("Korte Veldstraat".to_owned(), vec![1])],
        "two pieces of one street are one name"
    );
    assert_eq!(names(&table, "VELD", false), ["Veldstraat", "Veldwijkstraat", "Korte Veldstraat"]);
    assert_eq!(names(&table, "nieuwstraat", false), ["Sint-Pietersnieuwstraat"]);
    assert_eq!(names(&table, "viol lange", false), ["Lange Violettestraat"]);
    assert_eq!(names(&table, "burgstraat 12", false), ["Burgstraat 12"]);
    assert_eq!(names(&table, "k", false), ["Kouter", "Korte Veldstraat"]);
    assert_eq!(names(&table, "ledeberg", false), ["Ledeberg", "Ledebergstraat"]);
    assert_eq!(names(&table, "zeeweg", false), [""; 0]);
}

#[test]
fn near_misses_are_found() {
    let table = streets();
    for (typed, meant) in [
        ("vledstraat", "Veldstraat"),
        ("veltstraat", "Veldstraat"),
        ("koter", "Kouter"),
        ("couppure", "Coupure Links"),
        ("coupure linsk", "Coupure Links"),
        ("niewstraat", "Sint-Pietersnieuwstraat"),
        ("binenstad", "Binnenstad"),
        ("violetestr", "Lange Violettestraat"),
        ("burgstraaat 12", "Burgstraat 12"),
    ] {
        assert_eq!(names(&table, typed, false), [""; 0], "{typed} is no name");
        let near = names(&table, typed, true);
        assert_eq!(near.first().map(String::as_str), Some(meant), "{typed}: {near:?}");
    }
    assert_eq!(names(&table, "burgstraaat 13", true), [""; 0], "numbers are not guessed");
    assert_eq!(names(&table, "xyzzy", true), [""; 0]);
}

#[test]
fn names_found_by_index_and_one_by_one_are_the_same() {
    let parts = ["Veld", "Koren", "Sint ", "Oude ", "Lange ", "Berg"];
    let ends = ["straat", "markt", "laan", "weg", "plein", " dreef", "é"];
    let all: Vec<String> = (0..2000_usize)
        .map(|row| {
            let (a, b) = (parts[row % 6], ends[(row / 6) % 7]);
            format!("{a}{b} {}", row / 84)
        })
        .collect();
    let values: Vec<Option<&str>> =
        all.iter().map(|name| (name.len() % 5 != 0).then_some(name.as_str())).collect();
    let table = table(vec![text("naam", &values)]);
    let index = index(&table);
    for typed in ["veld", "straat", "e", "1", "sint dreef", "kor 1", "oude markt 7", "zz"] {
        let Some(query) = Query::new(typed) else { panic!("{typed}") };
        let slow = |name: &&str| crate::find::closeness(&query, name).is_some();
        let mut distinct: Vec<&str> = values.iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let wanted = distinct.iter().filter(|name| slow(name)).count();
        let matches = index.search(&query, 5, &Watch::unwatched()).unwrap_or_default();
        assert_eq!(matches.count, wanted, "{typed}");
        assert_eq!(matches.best.len(), wanted.min(5));
        assert!(matches.best.is_sorted());
        for found in matches.best {
            for row in index.rows(found.name) {
                let name = values[*row as usize].unwrap_or_default();
                assert_eq!(crate::find::closeness(&query, name), Some(found.closeness));
            }
        }
    }
}

#[test]
fn odd_tables_have_few_names_or_none() {
    assert!(index(&table(Vec::new())).is_empty());
    assert!(
        index(&table(vec![text("naam", &[None, Some(""), Some("  "), Some("?!")])])).is_empty()
    );
    let long = "straat ".repeat(20_000);
    let names = [Some("a"), Some("b"), Some(long.as_str())];
    let made = table(vec![text("naam", &names)]);
    let index = index(&made);
    let query = Query::new("straat").unwrap_or_else(|| panic!());
    let matches = index.search(&query, 5, &Watch::unwatched()).unwrap_or_default();
    assert!(matches.count <= 1);
}

#[test]
fn typing_on_ends_a_search() {
    let table = streets();
    let watch = Watch::unwatched();
    let index = index(&table);
    watch.cancel();
    let query = Query::new("veld").unwrap_or_else(|| panic!());
    assert_eq!(index.search(&query, 5, &watch), Err(Cancelled));
    assert_eq!(index.search_near(&query, 5, &watch), Err(Cancelled));
    assert!(NameIndex::build(&table, &watch).is_err());
    assert!(Closeness::Near > Closeness::Inside);
}
