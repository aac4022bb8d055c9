//! The first minute: the sample city, three things to try, and what empty places say.

use belfort::app::{BelfortApp, Settings};
use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, names, parks, settle, window};

/// The program as it starts without files and without settings, in a language.
fn first_start(language: Language, folder: &std::path::Path) -> Window {
    let file = Some(folder.join("settings.json"));
    let settings =
        Settings { language: Some(language), work_offline: true, file, ..Settings::default() };
    let cache = folder.join("tiles");
    let builder = Harness::builder().with_size([1280.0, 820.0]).with_max_steps(20);
    let show = move |ui: &mut egui::Ui, app: &mut Option<BelfortApp>| {
        let made = app.get_or_insert_with(|| {
            BelfortApp::new(ui.ctx(), None, settings.clone(), cache.clone(), &[])
        });
        made.ui(ui);
    };
    let mut harness = builder.build_ui_state(show, None);
    settle(&mut harness);
    harness
}

/// Clicks one of the three things.
fn try_it(harness: &mut Window, name: &str) {
    harness.get_by_label_contains(name).click();
    settle(harness);
}

#[test]
fn the_sample_city_opens_with_three_things_to_try() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = first_start(Language::Dutch, folder.path());
    assert!(names(&harness).contains(&"Schapen".to_owned()));
    harness.get_by_label("Drie dingen om te proberen");

    harness.get_by_label_contains("Zoek een straat").click();
    settle(&mut harness);
    harness.get_by_label("Zoek een naam, coördinaten, een laag of een opdracht");
    harness.key_press(Key::Escape);
    settle(&mut harness);

    try_it(&mut harness, "Toon alleen bloklocaties met meer dan 50 plaatsen");
    let layers = &app(&harness).document().layers;
    let places = layers.iter().find(|layer| layer.name == "Bloklocaties").unwrap();
    assert_eq!(places.filter.sql, "totale_capaciteit > 50");
    let line = counted();
    let shown = format!("{line} van 20 punten getoond");
    assert!(harness.query_all_by_label_contains(&shown).next().is_some(), "{shown}");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(app(&harness).document().layers.iter().all(|layer| layer.filter.is_empty()));

    try_it(&mut harness, "Selecteer schapen met een rechthoek en exporteer ze");
    harness.get_by_label_contains("Sleep een rechthoek");
    let map = harness.get_by_label("Kaart").rect();
    harness.drag_at(map.left_top() + egui::vec2(60.0, 5.0));
    harness.step();
    harness.hover_at(map.right_bottom() - egui::vec2(5.0, 5.0));
    harness.step();
    harness.drop_at(map.right_bottom() - egui::vec2(5.0, 5.0));
    settle(&mut harness);
    try_it(&mut harness, "Exporteer de geselecteerde schapen");
    harness.get_by_label("‘Schapen’ exporteren");
}

/// The study places with more than 50 seats, counted in the file's own text.
fn counted() -> usize {
    let file =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/bloklocaties.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let seats = text.lines().skip(1).filter_map(|line| line.split(';').nth(3)?.parse().ok());
    seats.filter(|seats: &u32| *seats > 50).count()
}

#[test]
fn the_card_stays_away_once_closed_and_comes_back_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = first_start(Language::English, folder.path());
    click(&mut harness, "Close these suggestions");
    assert!(harness.query_by_label("Three things to try").is_none());
    let text = std::fs::read_to_string(folder.path().join("settings.json")).unwrap();
    let settings: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(settings["firstMinuteSeen"], true);
    click(&mut harness, "Help");
    click(&mut harness, "First steps");
    harness.get_by_label("Three things to try");
}

#[test]
fn no_card_over_ones_own_data() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    assert!(harness.query_by_label("Three things to try").is_none());
    click(&mut harness, "Help");
    click(&mut harness, "First steps");
    settle(&mut harness);
    // Other data are in the way: they are not closed without asking.
    harness.get_by_label("Do not save");
}

#[test]
fn empty_places_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, Vec::new());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    harness.get_by_label("No layers yet");
    harness.get_by_label_contains("Open a file");
    harness.get_by_label("Open data first: the table shows the rows of a layer");

    let mut harness = window(Language::English, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    super::harness::fill(&mut harness, "Condition (SQL)", "plaatsen > 100000");
    harness.get_by_label("The filter leaves no row");
    click(&mut harness, "Show all rows again");
    assert!(app(&harness).document().layers[0].filter.is_empty());
}
