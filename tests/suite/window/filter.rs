//! The filter builder: rules, text and places, always the same condition.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::{Filter, PlaceOf};
use belfort::query::{DrawnShape, Relation};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, fill, parks, settle, window, write};

fn filter(harness: &Window) -> Filter {
    app(harness).document().layers[0].filter.clone()
}

fn sql(harness: &Window) -> String {
    filter(harness).sql
}

fn is_shown(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label(text).count() >= 1
}

/// The car parks, with the filter's panel open.
fn with_parks(folder: &Path) -> Window {
    let mut harness = window(Language::Dutch, vec![parks(folder)]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    harness
}

/// A project with the car parks on top and a zone around two of them, as version 1 wrote it.
fn with_zone(folder: &Path, filter: &str) -> Window {
    parks(folder);
    let zone = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"zone":"A"},"geometry":{"type":"Polygon","coordinates":[[[3.70,51.0],[3.74,51.0],[3.74,51.1],[3.70,51.1],[3.70,51.0]]]}},
        {"type":"Feature","properties":{"zone":"B"},"geometry":{"type":"Polygon","coordinates":[[[3.58,51.0],[3.62,51.0],[3.62,51.1],[3.58,51.1],[3.58,51.0]]]}}]}"#;
    write(folder, "zones.geojson", zone);
    let project = format!(
        r#"{{"belfort": 1, "basemap": "none", "layers": [
            {{"id": 1, "name": "parkings", "source": {{"path": "parkings.geojson"}}, "filter": {filter}}},
            {{"id": 2, "name": "zones", "source": {{"path": "zones.geojson"}}}}]}}"#
    );
    let path: PathBuf = write(folder, "kaart.belfort.json", &project);
    let mut harness = window(Language::Dutch, vec![path]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    harness
}

#[test]
fn values_are_picked_from_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_parks(folder.path());
    click(&mut harness, "Voorwaarde toevoegen");
    // A rule without a value means nothing yet.
    assert_eq!(sql(&harness), "");
    click(&mut harness, "Waarden van voorwaarde 1");
    click(&mut harness, "Reep (1)");
    assert_eq!(sql(&harness), "naam = 'Reep'");
    assert!(is_shown(&harness, "1 van 3 punten getoond"));
    fill(&mut harness, "Zoeken in de waarden", "RÂ");
    assert!(harness.query_by_label("Vrijdagmarkt (1)").is_none());
    click(&mut harness, "Ramen (1)");
    assert_eq!(sql(&harness), "naam IN ('Reep', 'Ramen')");
    assert!(is_shown(&harness, "2 van 3 punten getoond"));
    harness.key_press(Key::Escape);
    settle(&mut harness);
    click(&mut harness, "‘Reep’ weglaten");
    assert_eq!(sql(&harness), "naam = 'Ramen'");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(sql(&harness), "naam IN ('Reep', 'Ramen')");
    click(&mut harness, "‘Ramen’ weglaten");
    assert_eq!(sql(&harness), "naam = 'Reep'");
    click(&mut harness, "Filter wissen");
    assert_eq!(filter(&harness), Filter::default());
    assert!(harness.query_by_label("Veld van voorwaarde 1").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(sql(&harness), "naam = 'Reep'");
    harness.get_by_label("Veld van voorwaarde 1");
}

#[test]
fn a_range_is_typed_and_what_is_no_number_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_parks(folder.path());
    click(&mut harness, "Voorwaarde toevoegen");
    click(&mut harness, "Veld van voorwaarde 1");
    click(&mut harness, "plaatsen");
    fill(&mut harness, "Van, voorwaarde 1", "300");
    assert_eq!(sql(&harness), "plaatsen BETWEEN 300 AND 648");
    assert!(is_shown(&harness, "2 van 3 punten getoond"));
    fill(&mut harness, "Tot en met, voorwaarde 1", "3x");
    assert_eq!(sql(&harness), "plaatsen BETWEEN 300 AND 648");
    fill(&mut harness, "Tot en met, voorwaarde 1", "500");
    assert_eq!(sql(&harness), "plaatsen BETWEEN 300 AND 500");
    // The arrows move the slider's handles.
    harness.get_by_label("Schuif: Van, voorwaarde 1").focus();
    harness.step();
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    let moved = sql(&harness);
    assert!(moved.starts_with("plaatsen BETWEEN 29") && moved.ends_with(" AND 500"), "{moved}");
    click(&mut harness, "Vergelijking van voorwaarde 1");
    click(&mut harness, "minstens");
    fill(&mut harness, "Waarde van voorwaarde 1", "449");
    assert_eq!(sql(&harness), "plaatsen >= 449");
    click(&mut harness, "Voorwaarde 1 wissen");
    assert_eq!(filter(&harness), Filter::default());
}

#[test]
fn rules_and_text_are_the_same_condition() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_parks(folder.path());
    let text = "naam = 'Reep' OR (plaatsen > 200 AND plaatsen < 300)";
    fill(&mut harness, "Voorwaarde (SQL)", text);
    assert!(is_shown(&harness, "2 van 3 punten getoond"));
    harness.get_by_label("Veld van voorwaarde 1");
    harness.get_by_label("Veld van voorwaarde 2.2");
    click(&mut harness, "Voorwaarde 2.2 wissen");
    assert_eq!(sql(&harness), "naam = 'Reep' OR plaatsen > 200");
    click(&mut harness, "Hoe de voorwaarden samengaan");
    click(&mut harness, "Alle voorwaarden");
    assert_eq!(sql(&harness), "naam = 'Reep' AND plaatsen > 200");
    click(&mut harness, "Groep toevoegen");
    harness.get_by_label("Veld van voorwaarde 3.1");
    assert_eq!(sql(&harness), "naam = 'Reep' AND plaatsen > 200");
    // What rules cannot say is changed as text.
    fill(&mut harness, "Voorwaarde (SQL)", "lower(naam) = 'reep'");
    assert!(is_shown(&harness, "1 van 3 punten getoond"));
    assert!(harness.query_by_label("Veld van voorwaarde 1").is_none());
    harness.get_by_label("Deze voorwaarde kan meer dan de rijen hier; wijzig ze als tekst");
    fill(&mut harness, "Voorwaarde (SQL)", "naam ILIKE 'r%'");
    fill(&mut harness, "Waarde van voorwaarde 1", "v");
    assert_eq!(sql(&harness), "naam ILIKE 'v%'");
    click(&mut harness, "Hoofdletters tellen mee");
    assert_eq!(sql(&harness), "naam LIKE 'v%'");
}

#[test]
fn what_may_come_next_is_put_in_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_parks(folder.path());
    fill(&mut harness, "Voorwaarde (SQL)", "naa");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    harness.get_by_label("Voorwaarde (SQL)").type_text("= 'r");
    settle(&mut harness);
    // Ramen comes first, then Reep.
    harness.key_press(Key::ArrowDown);
    settle(&mut harness);
    harness.key_press(Key::Tab);
    settle(&mut harness);
    assert_eq!(sql(&harness).trim_end(), "naam = 'Reep'");
    assert!(is_shown(&harness, "1 van 3 punten getoond"));
    // Escape closes the list and leaves the text.
    harness.get_by_label("Voorwaarde (SQL)").type_text("a");
    settle(&mut harness);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    harness.get_by_label("Voorwaarde (SQL)").type_text("nd plaatsen > 500");
    settle(&mut harness);
    assert_eq!(sql(&harness), "naam = 'Reep' and plaatsen > 500");
    assert!(is_shown(&harness, "0 van 3 punten getoond"));
}

#[test]
fn conditions_on_place_are_added_changed_and_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let old = r#"{"sql": "", "within": {"layer": 2, "sql": "zone = 'A'", "relation": "within"}}"#;
    let mut harness = with_zone(folder.path(), old);
    assert!(is_shown(&harness, "2 van 3 punten getoond"));
    click(&mut harness, "Hoe ze liggen, voorwaarde op plaats 1");
    click(&mut harness, "ligt buiten");
    assert!(is_shown(&harness, "1 van 3 punten getoond"));
    click(&mut harness, "Hoe ze liggen, voorwaarde op plaats 1");
    click(&mut harness, "ligt dicht bij");
    assert!(is_shown(&harness, "2 van 3 punten getoond"));
    fill(&mut harness, "Afstand, voorwaarde op plaats 1", "x");
    assert_eq!(filter(&harness).places[0].relation, Relation::Near { metres: 500.0 });
    // The third lies 7 km west of the zone.
    fill(&mut harness, "Afstand, voorwaarde op plaats 1", "8.000");
    assert_eq!(filter(&harness).places[0].relation, Relation::Near { metres: 8000.0 });
    assert!(is_shown(&harness, "3 van 3 punten getoond"));
    // The rules of the other layer's features have names of their own.
    harness.get_by_label("Veld van voorwaarde zones 1");
    fill(&mut harness, "Alleen die van ‘zones’ waarvoor (SQL)", "zon = 'A'");
    click(&mut harness, "Bedoel je zone?");
    click(&mut harness, "Wat nu in beeld is");
    assert_eq!(filter(&harness).places.len(), 2);
    harness.get_by_label("Getekende rechthoek");
    click(&mut harness, "Voorwaarde op plaats 1 wissen");
    let places = filter(&harness).places;
    let drawn = matches!(&places[..], [only]
        if matches!(only.of, PlaceOf::Drawn { drawn: DrawnShape::Rectangle { .. } }));
    assert!(drawn, "{places:?}");
    click(&mut harness, "Ten opzichte van een laag");
    click(&mut harness, "Laag ‘zones’");
    assert_eq!(filter(&harness).places.len(), 2);
    click(&mut harness, "Filter wissen");
    assert!(filter(&harness).is_empty());
}

#[test]
fn the_selected_features_of_another_layer_filter() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_zone(folder.path(), r#"{"sql": ""}"#);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    harness.get_by_label("zones").click();
    settle(&mut harness);
    harness.get_by_label("B").click();
    settle(&mut harness);
    harness.get_by_label("parkings").click();
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    click(&mut harness, "Selectie van ‘zones’ (1)");
    harness.get_by_label("1 gekozen object van ‘zones’");
    assert!(is_shown(&harness, "1 van 3 punten getoond"));
    assert!(
        matches!(&filter(&harness).places[0].of, PlaceOf::Chosen { rows, .. } if rows.len() == 1)
    );
}
