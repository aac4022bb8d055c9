//! The find window: names with typing errors, coordinates, layers and commands, by keyboard.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::View;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, fill, names, parks, settle, window, write};

const FIELD: &str = "Zoek een naam, coördinaten, een laag of een opdracht";

/// Opens the find window and types, by keyboard only.
fn find(harness: &mut Window, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(harness);
    harness.event(Event::Text(text.to_owned()));
    settle(harness);
}

fn enter(harness: &mut Window) {
    harness.key_press(Key::Enter);
    settle(harness);
}

fn view(harness: &Window) -> View {
    app(harness).document().view.unwrap()
}

fn is_at(harness: &Window, lon: f64, lat: f64) -> bool {
    let view = view(harness);
    (view.lon - lon).abs() < 1e-4 && (view.lat - lat).abs() < 1e-4
}

fn sample() -> Window {
    let mut harness = window(Language::Dutch, Vec::new());
    click(&mut harness, "Voorbeeldkaart openen");
    harness
}

/// The name of the layer and the number of the row selected.
fn selected(harness: &Window) -> Option<(String, usize)> {
    let (id, row) = app(harness).selected_row()?;
    let layer = app(harness).document().layer(id)?;
    Some((layer.name.clone(), row))
}

/// Two pieces of one street, far apart, and another.
fn streets(folder: &Path) -> PathBuf {
    let street = |name: &str, lon: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"straatnaam":"{name}"}},"geometry":{{"type":"LineString","coordinates":[[{lon},51.05],[{},51.05]]}}}}"#,
            lon + 0.01
        )
    };
    let all = [street("Lange Kaai", 3.60), street("Korte Kaai", 3.70), street("Lange Kaai", 3.80)];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","));
    write(folder, "straten.geojson", &text)
}

/// What a click just put on the clipboard.
fn copied(harness: &mut Window) -> Option<String> {
    (0..5).find_map(|_| {
        harness.step();
        let commands = &harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    })
}

#[test]
fn a_study_place_is_found_with_a_typing_error() {
    let mut harness = sample();
    // Row 1 of bloklocaties.csv: Leeszaal De Ketel, 51.034337, 3.740301.
    find(&mut harness, "leezsaal ketel");
    harness.get_by_label("Lijkt op wat je typte");
    harness.get_by_label("Leeszaal De Ketel, Bloklocaties");
    enter(&mut harness);
    assert_eq!(selected(&harness), Some(("Bloklocaties".to_owned(), 0)));
    assert!(is_at(&harness, 3.740_301, 51.034_337), "{:?}", view(&harness));
    assert!(view(&harness).zoom > 14.0);
    assert!(harness.query_by_label(FIELD).is_none(), "the window is closed");
}

#[test]
fn a_street_and_a_quarter_are_found() {
    let mut harness = sample();
    find(&mut harness, "kantwerkers");
    harness.get_by_label("Kantwerkersstraat");
    enter(&mut harness);
    assert_eq!(selected(&harness).map(|(layer, _)| layer).as_deref(), Some("Straten"));
    // The quarter itself comes before what lies in it.
    find(&mut harness, "LEDEBÈRG");
    enter(&mut harness);
    assert_eq!(selected(&harness).map(|(layer, _)| layer).as_deref(), Some("Wijken"));
}

#[test]
fn all_pieces_of_a_street_are_shown_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![streets(folder.path())]);
    find(&mut harness, "lange kaai");
    harness.get_by_label("Lange Kaai, 2 lijnen");
    enter(&mut harness);
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_rows(layer), [0, 2]);
    // The middle of 3.60 and 3.81.
    assert!(is_at(&harness, 3.705, 51.05), "{:?}", view(&harness));
}

#[test]
fn coordinates_are_found_in_several_notations() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    for (typed, shown) in [
        // PROJ 9.6: EPSG:31370 (104700, 193800) is 3.722687541, 51.052587503.
        ("104.700 193.800", "gelezen als Lambert 72"),
        ("51°03'09.315\"N 3°43'21.675\"O", "gelezen als graden"),
        ("3,722687541 51,052587503", "gelezen als graden, lengte eerst"),
        (
            "https://www.openstreetmap.org/#map=16/51.052588/3.722688",
            "midden van de kaart in de link",
        ),
    ] {
        find(&mut harness, typed);
        let wanted = "51,05259° N 3,72269° O, Lambert 72: 104.700, 193.800 · ";
        let offer = harness.get_by_label_contains(wanted);
        assert!(format!("{offer:?}").contains(shown), "{typed}: {offer:?}");
        enter(&mut harness);
        assert!(is_at(&harness, 3.722_688, 51.052_588), "{typed}: {:?}", view(&harness));
        assert!(view(&harness).zoom >= 16.0);
        harness.get_by_label("Kopieer de coördinaten in WGS 84");
        harness.get_by_label("Kopieer de coördinaten in Lambert 72");
        harness.key_press(Key::Escape);
        settle(&mut harness);
        assert!(harness.query_by_label("Kopieer de coördinaten in WGS 84").is_none());
    }
}

#[test]
fn the_coordinates_of_the_marker_are_copied() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    find(&mut harness, "104700 193800");
    enter(&mut harness);
    harness.get_by_label("Kopieer de coördinaten in WGS 84").click();
    assert_eq!(copied(&mut harness).as_deref(), Some("51.0525875, 3.7226875"));
    harness.get_by_label("Kopieer de coördinaten in Lambert 72").click();
    assert_eq!(copied(&mut harness).as_deref(), Some("104700.00 193800.00"));
    click(&mut harness, "Markering wissen");
    assert!(harness.query_by_label("Kopieer de coördinaten in WGS 84").is_none());
}

#[test]
fn a_layer_is_found_and_shown() {
    let mut harness = sample();
    find(&mut harness, "parkings");
    harness.get_by_label("Parkings, 12 punten");
    enter(&mut harness);
    // Only the tools of the active layer are shown: F2 names it.
    harness.key_press(Key::F2);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_label("Naam van de laag").type_text("Garages");
    harness.step();
    enter(&mut harness);
    assert!(names(&harness).contains(&"Garages".to_owned()));
    assert!(!names(&harness).contains(&"Parkings".to_owned()));
}

#[test]
fn a_command_is_found_with_its_keys_and_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    assert!(!app(&harness).settings().show_table);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    settle(&mut harness);
    harness.event(Event::Text("attribute".to_owned()));
    settle(&mut harness);
    harness.get_by_label("Attribute table, off, Ctrl+T");
    enter(&mut harness);
    assert!(app(&harness).settings().show_table);
    // A command that is not possible is told, but nothing happens.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut harness);
    harness.event(Event::Text("redo".to_owned()));
    settle(&mut harness);
    harness.get_by_label("Redo, Ctrl+Shift+Z");
    enter(&mut harness);
    harness.get_by_label("Find a name, coordinates, a layer or a command");
}

#[test]
fn the_arrows_choose_and_escape_closes() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    // Reep and Ramen begin alike; the shorter comes first.
    find(&mut harness, "r");
    harness.key_press(Key::ArrowDown);
    settle(&mut harness);
    enter(&mut harness);
    assert_eq!(selected(&harness), Some(("parkings".to_owned(), 2)));
    // The text of the last time is there, selected: typing replaces it.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut harness);
    assert_eq!(harness.get_by_label(FIELD).value().as_deref(), Some("r"));
    harness.event(Event::Text("vrijdag".to_owned()));
    settle(&mut harness);
    assert_eq!(harness.get_by_label(FIELD).value().as_deref(), Some("vrijdag"));
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label(FIELD).is_none());
    assert_eq!(selected(&harness), Some(("parkings".to_owned(), 2)), "Escape only closed it");
}

#[test]
fn the_menu_bar_has_a_field_that_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    click(&mut harness, "Zoeken…");
    harness.get_by_label_contains("Namen in alle lagen");
    fill(&mut harness, FIELD, "vrijdag");
    harness.get_by_label("Vrijdagmarkt").click();
    settle(&mut harness);
    assert_eq!(selected(&harness), Some(("parkings".to_owned(), 1)));
}

#[test]
fn what_is_not_found_and_what_a_filter_hides_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    find(&mut harness, "qqqqqq");
    harness.get_by_label("Niets gevonden voor ‘qqqqqq’");
    harness.key_press(Key::Escape);
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Voorwaarde (SQL)", "plaatsen > 500");
    click(&mut harness, "Laag ‘parkings’ verbergen");
    find(&mut harness, "ramen");
    enter(&mut harness);
    assert!(app(&harness).document().layers[0].visible, "a layer gone to is shown");
    harness.get_by_label_contains("de filter van ‘parkings’ verbergt het");
}

#[test]
fn a_row_without_a_place_is_shown_in_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "naam;inwoners\nBinnenstad;7557\nLedeberg;8850\nDampoort;9120\n";
    let path = write(folder.path(), "bevolking.csv", rows);
    let mut harness = window(Language::Dutch, vec![path]);
    find(&mut harness, "lede");
    enter(&mut harness);
    assert_eq!(selected(&harness), Some(("bevolking".to_owned(), 1)));
    assert!(app(&harness).settings().show_table);
}

#[test]
fn the_map_is_given_a_title() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    find(&mut harness, "titel");
    enter(&mut harness);
    fill(&mut harness, "Titel van de kaart", "Parkeren in Gent");
    click(&mut harness, "Titel geven");
    assert_eq!(app(&harness).document().title, "Parkeren in Gent");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(app(&harness).document().title, "");
}
