//! The check of geometry in the window: what is found, the way to each place, a repaired copy.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{Window, app, click, fill, names, settle, window, write};

/// A bow tie between two squares, of which the second is there twice.
fn faulty(folder: &Path) -> PathBuf {
    let feature = |name: &str, ring: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"naam":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let square = "[3.8,51.0],[3.81,51.0],[3.81,51.01],[3.8,51.01],[3.8,51.0]";
    let features = [
        feature("Reep", "[3.6,51.0],[3.61,51.0],[3.61,51.01],[3.6,51.01],[3.6,51.0]"),
        feature("Strik", "[3.70,51.0],[3.72,51.02],[3.72,51.0],[3.70,51.02],[3.70,51.0]"),
        feature("Kouter", square),
        feature("Kouter", square),
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    write(folder, "pleinen.geojson", &text)
}

fn checked(language: Language, path: PathBuf) -> Window {
    let (menu, check) = match language {
        Language::Dutch => ("Laag", "Geometrie controleren…"),
        Language::English => ("Layer", "Check geometry…"),
    };
    let mut harness = window(language, vec![path]);
    click(&mut harness, menu);
    click(&mut harness, check);
    harness
}

#[test]
fn a_finding_leads_to_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = checked(Language::Dutch, faulty(folder.path()));
    harness.get_by_label("4 vlakken nagekeken: 1 ongeldig, 1 plaats om na te kijken");
    click(&mut harness, "Ongeldig: Rand die zichzelf snijdt, 1 object");
    click(&mut harness, "Rij 2 · Strik");
    assert_eq!(app(&harness).selected_row().map(|(_, row)| row), Some(1));
    let view = app(&harness).document().view.unwrap();
    assert!((view.lon - 3.71).abs() < 1e-6 && (view.lat - 51.01).abs() < 1e-6, "{view:?}");
    // The list stays beside the map, and the place is marked.
    harness.get_by_label("51,01° N 3,71° O");
    harness.get_by_label("Rij 2 · Strik");
    // What is like another feature leads to both.
    click(&mut harness, "Na te kijken: Dubbel object, 1 object");
    click(&mut harness, "Rij 4 · Kouter · zoals rij 3");
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_rows(layer), [2, 3]);
    // Folded again, closed again.
    click(&mut harness, "Ongeldig: Rand die zichzelf snijdt, 1 object");
    assert!(harness.query_by_label("Rij 2 · Strik").is_none());
    click(&mut harness, "De controle sluiten");
    assert!(harness.query_by_label("Controle").is_none());
}

#[test]
fn the_keys_go_through_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = checked(Language::English, faulty(folder.path()));
    click(&mut harness, "Not valid: Border that crosses itself, 1 feature");
    click(&mut harness, "To look at: Duplicate feature, 1 feature");
    harness.get_by_label("What was found").focus();
    settle(&mut harness);
    harness.key_press(Key::ArrowDown);
    settle(&mut harness);
    assert_eq!(app(&harness).selected_row().map(|(_, row)| row), Some(1));
    harness.key_press(Key::ArrowDown);
    settle(&mut harness);
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_rows(layer), [2, 3]);
    harness.key_press(Key::Home);
    settle(&mut harness);
    assert_eq!(app(&harness).selected_rows(layer), [1]);
}

#[test]
fn a_layer_in_order_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[3.8,51.0],[3.81,51.0],[3.81,51.01],[3.8,51.0]]]}}"#;
    let harness = checked(Language::Dutch, write(folder.path(), "plein.geojson", text));
    harness.get_by_label("Alles in orde: 1 vlak, niets gevonden");
    assert!(harness.get_by_label("Een kopie herstellen…").accesskit_node().is_disabled());
}

#[test]
fn a_copy_is_repaired_into_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let source = faulty(folder.path());
    let before = std::fs::read(&source).unwrap();
    let mut harness = checked(Language::Dutch, source.clone());
    click(&mut harness, "Een kopie herstellen…");
    harness.get_by_label("Er verandert 1 object");
    click(&mut harness, "Laat objecten weg die in alles gelijk zijn aan een eerder object");
    harness.get_by_label("Er veranderen 2 objecten");
    // Never over the layer's own file.
    fill(&mut harness, "Pad van het bestand", source.to_str().unwrap());
    harness.get_by_label(
        "Dit is het bestand van de laag zelf: dat verandert Belfort niet. Kies een andere naam",
    );
    let copy = folder.path().join("pleinen hersteld.geojson");
    fill(&mut harness, "Pad van het bestand", copy.to_str().unwrap());
    click(&mut harness, "Herstellen");
    harness.get_by_label("2 objecten hersteld. De kopie is als laag toegevoegd");
    click(&mut harness, "Sluiten");
    assert_eq!(names(&harness), ["pleinen hersteld", "pleinen"]);
    assert_eq!(std::fs::read(&source).unwrap(), before);
    // The copy is in order.
    click(&mut harness, "Laag");
    click(&mut harness, "Geometrie controleren…");
    harness.get_by_label("Alles in orde: 3 vlakken, niets gevonden");
}

#[test]
fn overlaps_are_looked_for_when_asked_and_newer_data_are_looked_at_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = faulty(folder.path());
    let text = std::fs::read_to_string(&path).unwrap();
    let over = text.replacen(
        "[3.8,51.0],[3.81,51.0],[3.81,51.01],[3.8,51.01],[3.8,51.0]",
        "[3.805,51.0],[3.82,51.0],[3.82,51.01],[3.805,51.01],[3.805,51.0]",
        1,
    );
    std::fs::write(&path, &over).unwrap();
    let mut harness = checked(Language::Dutch, path.clone());
    harness.get_by_label("4 vlakken nagekeken: 1 ongeldig");
    click(&mut harness, "Zoek ook overlappingen in de laag");
    click(&mut harness, "Na te kijken: Objecten die over elkaar liggen, 1 object");
    harness.get_by_label("Rij 3 · Kouter · 39,04\u{a0}ha met rij 4");
    std::fs::write(&path, &text).unwrap();
    click(&mut harness, "Laag");
    click(&mut harness, "Bestand opnieuw lezen");
    harness.get_by_label("4 vlakken nagekeken: 1 ongeldig, 1 plaats om na te kijken");
    harness.get_by_label("Na te kijken: Dubbel object, 1 object");
}
