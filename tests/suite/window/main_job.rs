//! The main job in the window: open, see, filter, hand over.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{app, click, fill, names, parks, settle, window, write};

#[test]
fn an_empty_project_says_what_to_do() {
    let harness = window(Language::Dutch, Vec::new());
    harness.get_by_label("Nog geen lagen");
    harness.get_by_label("Open een bestand, of sleep het op dit venster");
}

#[test]
fn a_layer_is_hidden_and_shown_and_both_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    assert_eq!(names(&harness), ["parkings"]);
    harness.get_by_label("3 punten");
    click(&mut harness, "Laag ‘parkings’ verbergen");
    assert!(!app(&harness).document().layers[0].visible);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(app(&harness).document().layers[0].visible);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut harness);
    assert!(!app(&harness).document().layers[0].visible);
    harness.get_by_label("Laag ‘parkings’ tonen");
}

#[test]
fn a_layer_is_renamed_with_f2() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    harness.key_press(Key::F2);
    harness.step();
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_label("Name of the layer").type_text("Car parks");
    harness.step();
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(names(&harness), ["Car parks"]);
}

#[test]
fn the_language_changes_at_run_time() {
    let mut harness = window(Language::Dutch, Vec::new());
    harness.get_by_label("Bestand");
    harness.get_by_label("Taal").click();
    harness.run_ok();
    harness.get_by_label("English").click();
    settle(&mut harness);
    harness.get_by_label("File");
    harness.get_by_label("No layers yet");
    assert!(harness.query_by_label("Bestand").is_none());
    assert_eq!(app(&harness).settings().language, Some(Language::English));
}

#[test]
fn a_filter_is_tried_while_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Voorwaarde (SQL)", "plaatsen > 300");
    assert_eq!(app(&harness).document().layers[0].filter.sql, "plaatsen > 300");
    assert!(harness.query_all_by_label("2 van 3 punten getoond").count() >= 1);
    fill(&mut harness, "Voorwaarde (SQL)", "platsen > 300");
    assert_eq!(app(&harness).document().layers[0].filter.sql, "plaatsen > 300");
    click(&mut harness, "Bedoel je plaatsen?");
    fill(&mut harness, "Voorwaarde (SQL)", "plaatsen > 500");
    assert_eq!(app(&harness).document().layers[0].filter.sql, "plaatsen > 500");
    assert!(harness.query_all_by_label("1 van 3 punten getoond").count() >= 1);
    click(&mut harness, "Filter wissen");
    assert!(app(&harness).document().layers[0].filter.is_empty());
}

#[test]
fn a_row_selected_in_the_table_shows_its_attributes() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    // Sorted by places, the smallest comes first.
    click(&mut harness, "Sorteren op plaatsen");
    harness.get_by_label("Ramen").click();
    settle(&mut harness);
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_row(), Some((layer, 2)));
    harness.get_by_label("Rij 3");
    // In the table and in the panel.
    assert_eq!(harness.query_all_by_label("https://example.org/281").count(), 2);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(app(&harness).selected_row(), None);
}

#[test]
fn a_text_is_looked_up_in_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    // Without regard to case and accents, in any column.
    fill(&mut harness, "Zoeken in de tabel", "VRIJDÀG");
    harness.get_by_label("1 rij gevonden");
    harness.get_by_label("Vrijdagmarkt");
    assert!(harness.query_by_label("Reep").is_none());
    fill(&mut harness, "Zoeken in de tabel", "8");
    harness.get_by_label("2 rijen gevonden");
    fill(&mut harness, "Zoeken in de tabel", "nergens");
    harness.get_by_label("Geen enkele rij bevat deze tekst");
    click(&mut harness, "Zoekopdracht wissen");
    harness.get_by_label("Reep");
    harness.get_by_label("Vrijdagmarkt");
}

#[test]
fn a_layer_is_exported_filtered_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Voorwaarde (SQL)", "naam LIKE 'R%'");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    settle(&mut harness);
    let target = folder.path().join("uit.geojson");
    fill(&mut harness, "Pad van het bestand", &target.to_string_lossy());
    click(&mut harness, "Exporteren");
    harness.get_by_label("2 van 3 rijen geschreven");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&target).unwrap()).unwrap();
    assert_eq!(written["features"].as_array().unwrap().len(), 2);
    click(&mut harness, "Sluiten");
    assert!(harness.query_by_label("2 van 3 rijen geschreven").is_none());
}

#[test]
fn an_export_of_the_sample_says_that_it_is_not_official() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, Vec::new());
    click(&mut harness, "Open the sample map");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    settle(&mut harness);
    let target = folder.path().join("out.geojson");
    fill(&mut harness, "Path of the file", &target.to_string_lossy());
    click(&mut harness, "Export");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&target).unwrap()).unwrap();
    let note = written["note"].as_str().unwrap();
    assert!(note.starts_with("Voorbeelddata, niet officieel. Source"), "{note}");
}

#[test]
fn a_path_that_is_not_there_is_said_in_the_dialog() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("bestaat-niet.geojson");
    let mut harness = window(Language::Dutch, Vec::new());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand of de map", &missing.to_string_lossy());
    click(&mut harness, "Openen");
    let said = format!("{}: Het bestand bestaat niet", missing.display());
    harness.get_by_label(&said);
    assert!(names(&harness).is_empty());
}

#[test]
fn a_damaged_file_is_named_in_a_notice_that_can_be_dismissed() {
    let folder = tempfile::tempdir().unwrap();
    let broken = write(folder.path(), "kapot.geojson", "{\"type\": \"FeatureCollection\", \"fea");
    let mut harness = window(Language::Dutch, vec![broken]);
    assert!(harness.query_by_label_contains("kapot.geojson").is_some());
    click(&mut harness, "Deze melding sluiten");
    assert!(harness.query_by_label_contains("kapot.geojson").is_none());
}

#[test]
fn a_project_is_saved_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    let target = folder.path().join("map.belfort.json");
    fill(&mut harness, "Path of the file", &target.to_string_lossy());
    click(&mut harness, "Save");
    assert!(target.is_file());
    let again = window(Language::English, vec![target]);
    assert_eq!(names(&again), ["parkings"]);
    again.get_by_label("3 points");
}

#[test]
fn the_sample_map_opens_with_its_layers_and_its_notice() {
    let mut harness = window(Language::Dutch, Vec::new());
    click(&mut harness, "Voorbeeldkaart openen");
    for name in ["Wijken", "Straten", "Schapen", "Bloklocaties"] {
        assert!(names(&harness).iter().any(|layer| layer == name), "{name}");
        harness.get_by_label(&format!("Laag ‘{name}’ verbergen"));
    }
    harness.get_by_label("25 vlakken");
    harness.get_by_label("Lambert 72");
    harness.get_by_label("Voorbeelddata, niet officieel");
}

#[test]
fn the_coordinate_system_is_told_and_changed_with_one_click() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    click(&mut harness, "WGS 84");
    harness.get_by_label("Nauwkeurigheid");
    click(&mut harness, "Lambert 72");
    let source = app(&harness).document().layers[0].source.clone();
    assert_eq!(source.crs.as_deref(), Some("EPSG:31370"));
    harness.get_by_label("door jou gekozen");
    click(&mut harness, "Sluiten");
    harness.get_by_label("Lambert 72");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    harness.get_by_label("WGS 84");
}

#[test]
fn changes_are_asked_about_before_they_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    settle(&mut harness);
    harness.get_by_label("Wijzigingen opslaan?");
    click(&mut harness, "Annuleren");
    assert_eq!(names(&harness), ["parkings"]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    settle(&mut harness);
    click(&mut harness, "Niet opslaan");
    assert!(names(&harness).is_empty());
}

#[test]
fn a_colour_is_typed_and_becomes_one_step_of_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    click(&mut harness, "Stijl van ‘parkings’");
    click(&mut harness, "Kleur van de vulling");
    fill(&mut harness, "Kleur", "#123456");
    let style = app(&harness).document().layers[0].style.clone().unwrap();
    assert_eq!(style.symbol.fill.to_string(), "#123456");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label("Kleur").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(app(&harness).document().layers[0].style, None);
}

#[test]
fn the_map_becomes_a_picture_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    settle(&mut harness);
    let target = folder.path().join("kaart.png");
    fill(&mut harness, "Pad van het bestand", &target.to_string_lossy());
    click(&mut harness, "Opslaan");
    let picture = image::open(&target).unwrap();
    assert!(picture.width() > 600 && picture.height() > 600);
    assert!(harness.query_by_label_contains("kaart.png").is_some());
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, Vec::new());
    let dropped = Dropped(parks(folder.path()));
    harness.input_mut().dropped_files.push(std::sync::Arc::new(dropped));
    settle(&mut harness);
    assert_eq!(names(&harness), ["parkings"]);
}
