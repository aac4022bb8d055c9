use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};

use super::*;
use crate::jobs::Watch;
use crate::names::{Gazetteer, How, Outcome};
use crate::table::{Field, FieldKind, Table};

fn table(columns: &[&[&str]]) -> Table {
    let rows = columns.first().map_or(0, |column| column.len());
    let fields = (0..columns.len()).map(|at| Field::new(format!("f{at}"), FieldKind::Text));
    let arrays = columns
        .iter()
        .map(|column| Arc::new(StringArray::from_iter_values(column.iter())) as ArrayRef);
    Table::new("t", rows, fields.collect(), arrays.collect(), None).unwrap()
}

fn gazetteer(layers: &[&[&str]]) -> Gazetteer {
    let mut gazetteer = Gazetteer::default();
    for names in layers {
        gazetteer.add(&table(&[names]), 0, &Watch::unwatched()).unwrap();
    }
    gazetteer
}

const STREETS: &[&str] =
    &["Veldstraat", "Kerkstraat (Gentbrugge)", "Veldstraat", "Kerkstraat (Drongen)", "Ham"];
const AREAS: &[&str] = &["Ledeberg", "Muide - Meulestede"];
const CITIES: &[&str] = &["Gent", "Brugge"];

#[test]
fn the_finest_layer_goes_first_and_pieces_of_a_street_are_one() {
    let gazetteer = gazetteer(&[STREETS, AREAS, CITIES]);
    assert_eq!(gazetteer.names(0), 4);
    let found = gazetteer.find("Gent: Veldstraat, bouwaanvraag");
    assert_eq!(found.outcome, Outcome::Matched);
    let best = &found.candidates[0];
    assert_eq!(
        (best.layer, &*best.name, &*best.rows, best.how),
        (0, "Veldstraat", &[0, 2][..], How::Exact)
    );
    assert_eq!(best.part, "Veldstraat");
    // What is less fine is told too.
    assert_eq!((found.candidates[1].layer, &*found.candidates[1].name), (2, "Gent"));
    let found = gazetteer.find("Kermis te Gent");
    assert_eq!((found.outcome, found.candidates[0].layer), (Outcome::Matched, 2));
}

#[test]
fn a_name_of_several_places_is_not_decided() {
    let gazetteer = gazetteer(&[STREETS, AREAS, CITIES]);
    let found = gazetteer.find("Kerkstraat 3");
    assert_eq!(found.outcome, Outcome::Ambiguous);
    let names: Vec<&str> = found.candidates.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["Kerkstraat (Gentbrugge)", "Kerkstraat (Drongen)"]);
    let found = gazetteer.find("kerkstraat (drongen)");
    assert_eq!(
        (found.outcome, &*found.candidates[0].name),
        (Outcome::Matched, "Kerkstraat (Drongen)")
    );
}

#[test]
fn nothing_is_found_for_nothing() {
    let gazetteer = gazetteer(&[STREETS, AREAS, CITIES]);
    for text in ["", "onbekend", "?"] {
        assert_eq!(gazetteer.find(text).outcome, Outcome::NoName, "{text}");
    }
    for text in ["Parijs", "een ham", "x"] {
        assert_eq!(gazetteer.find(text).outcome, Outcome::Unmatched, "{text}");
    }
    assert_eq!(Gazetteer::default().find("Gent").outcome, Outcome::Unmatched);
}

#[test]
fn rows_are_placed_and_a_person_has_the_last_word() {
    let gazetteer = gazetteer(&[STREETS, AREAS, CITIES]);
    let rows = table(&[
        &["Gent: Veldstraat", "Meulestede", "Muiede - Meulestede", "Parijs", "", "Kerkstraat"],
        &["Brugge", "", "", "Brugge", "onbekend", ""],
    ]);
    let decisions = [
        Decision { text: "Kerkstraat".into(), layer: Some(0), name: "Kerkstraat (Drongen)".into() },
        Decision { text: "Meulestede".into(), layer: None, name: String::new() },
    ];
    let place = |decisions: &[Decision], with_near| {
        place_rows(&rows, &[0, 1], &gazetteer, decisions, with_near, &Watch::unwatched()).unwrap()
    };
    let names = |placed: &Placed| {
        let names = placed.rows.iter().map(|row| row.place.as_ref().map(|it| it.name.clone()));
        names.map(Option::unwrap_or_default).collect::<Vec<String>>()
    };
    let placed = place(&[], false);
    assert_eq!(names(&placed), ["Veldstraat", "", "", "Brugge", "", ""]);
    let counts =
        [Outcome::Matched, Outcome::Ambiguous, Outcome::Near, Outcome::Unmatched, Outcome::NoName];
    assert_eq!(counts.map(|outcome| placed.count(outcome)), [2, 1, 2, 0, 1]);
    let placed = place(&[], true);
    assert_eq!(names(&placed)[1..3], ["Muide - Meulestede", "Muide - Meulestede"]);
    assert_eq!((placed.count_how(How::Near), placed.count_how(How::Exact)), (2, 2));
    let placed = place(&decisions, true);
    assert_eq!(names(&placed)[5], "Kerkstraat (Drongen)");
    assert_eq!(names(&placed)[1], "");
    assert!(placed.rows[1].decided && placed.rows[5].decided);
    assert_eq!(placed.count(Outcome::Unmatched), 1);
}
