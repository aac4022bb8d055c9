//! History, bookmarks, properties: what a person does with them.

use std::path::Path;

use belfort::i18n::Language;
use belfort::project::open_project;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::window::harness::{Window, app, click, fill, parks, settle, window};

fn open(folder: &Path) -> Window {
    window(Language::Dutch, vec![parks(folder)])
}

fn choose(harness: &mut Window, menu: &str, item: &str) {
    harness.get_by_label(menu).click();
    harness.run_ok();
    click(harness, item);
}

#[test]
fn the_history_lists_the_steps_and_goes_to_any() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    click(&mut harness, "Laag ‘parkings’ verbergen");
    click(&mut harness, "Laag ‘parkings’ tonen");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::H);
    settle(&mut harness);
    let layers = |harness: &Window| app(harness).document().layers.len();
    assert_eq!(layers(&harness), 2);
    click(&mut harness, "2. laag verbergen");
    assert_eq!(layers(&harness), 1);
    assert!(!app(&harness).document().layers[0].visible);
    click(&mut harness, "Zoals geopend");
    assert_eq!(layers(&harness), 0);
    // What was taken back is still there to go to.
    click(&mut harness, "4. laag dupliceren");
    assert_eq!(layers(&harness), 2);
    click(&mut harness, "Sluiten");
    assert!(harness.query_by_label("Zoals geopend").is_none());
}

#[test]
fn bookmarks_are_added_gone_to_renamed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
    settle(&mut harness);
    harness.get_by_label_contains("Nog geen bladwijzers");
    fill(&mut harness, "Wat de kaart nu toont, onder de naam", "Reep");
    click(&mut harness, "Toevoegen");
    let view = app(&harness).document().bookmarks[0].view;
    click(&mut harness, "Sluiten");
    for _ in 0..3 {
        harness.key_press(Key::Plus);
        settle(&mut harness);
    }
    assert!(app(&harness).document().view.unwrap().zoom > view.zoom + 1.0);
    choose(&mut harness, "Beeld", "Bladwijzers");
    click(&mut harness, "Reep");
    let now = app(&harness).document().view.unwrap();
    assert!((now.zoom - view.zoom).abs() < 1e-6 && (now.lon - view.lon).abs() < 1e-9);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
    settle(&mut harness);
    // A name that is taken gets a number.
    fill(&mut harness, "Wat de kaart nu toont, onder de naam", "Reep");
    click(&mut harness, "Toevoegen");
    let names = |harness: &Window| -> Vec<String> {
        app(harness).document().bookmarks.iter().map(|it| it.name.clone()).collect()
    };
    assert_eq!(names(&harness), ["Reep", "Reep 2"]);
    click(&mut harness, "Bladwijzer ‘Reep’ verwijderen");
    assert_eq!(names(&harness), ["Reep 2"]);
    click(&mut harness, "Hernoemen");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_label("Naam van ‘Reep 2’").type_text("Kade");
    harness.step();
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(names(&harness), ["Kade"]);
    click(&mut harness, "Sluiten");
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
    }
    assert_eq!(names(&harness), ["Reep", "Reep 2"]);
}

#[test]
fn properties_go_into_the_project_and_a_new_map_after_it_has_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    choose(&mut harness, "Bestand", "Eigenschappen van het project…");
    fill(&mut harness, "Titel van de kaart", "Garages");
    fill(&mut harness, "Gemaakt door", "An Peeters");
    fill(&mut harness, "Licentie", "CC BY 4.0");
    click(&mut harness, "Bewaren");
    let path = folder.path().join("kaart.belfort.json");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand", &path.to_string_lossy());
    click(&mut harness, "Opslaan");
    let saved = open_project(&path).unwrap();
    assert_eq!((saved.title.as_str(), saved.about.author.as_str()), ("Garages", "An Peeters"));
    assert_eq!(saved.about.licence, "CC BY 4.0");
    // As a new map: saving asks for a name, the first file stays.
    choose(&mut harness, "Bestand", "Nieuwe kaart naar dit voorbeeld");
    click(&mut harness, "Laag ‘parkings’ verbergen");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    harness.get_by_label("Project opslaan");
    click(&mut harness, "Annuleren");
    assert!(open_project(&path).unwrap().layers[0].visible);
}
