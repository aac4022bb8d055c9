//! Layers: copies, only one, scales, and from a problem to the feature it is about.

use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{app, click, fill, names, parks, settle, window, write};

#[test]
fn a_layer_is_duplicated_and_shown_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    settle(&mut harness);
    assert_eq!(names(&harness), ["parkings", "parkings"]);
    let layers = &app(&harness).document().layers;
    assert_ne!(layers[0].id, layers[1].id);
    click(&mut harness, "Layer");
    click(&mut harness, "Show only this layer");
    let visible: Vec<bool> =
        app(&harness).document().layers.iter().map(|layer| layer.visible).collect();
    assert_eq!(visible.iter().filter(|visible| **visible).count(), 1);
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
    }
    assert_eq!(names(&harness), ["parkings"]);
    assert!(app(&harness).document().layers[0].visible);
}

#[test]
fn a_layer_is_drawn_at_the_scales_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    assert!(harness.query_by_label("niet bij deze schaal").is_none());
    click(&mut harness, "Laag");
    click(&mut harness, "Zichtbaar bij schaal…");
    fill(&mut harness, "Uitgezoomd tot", "5 000");
    click(&mut harness, "Instellen");
    assert_eq!(app(&harness).document().layers[0].scales.farthest, Some(5000));
    harness.get_by_label("niet bij deze schaal");
    for _ in 0..6 {
        click(&mut harness, "Inzoomen");
    }
    assert!(harness.query_by_label("niet bij deze schaal").is_none());
    // Back where the map came from, one view at a time.
    let zoomed = app(&harness).document().view.unwrap().zoom;
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    settle(&mut harness);
    let before = app(&harness).document().view.unwrap().zoom;
    assert!((zoomed - before - 1.0).abs() < 1e-6, "{zoomed} {before}");
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    settle(&mut harness);
    assert!((app(&harness).document().view.unwrap().zoom - zoomed).abs() < 1e-6);
}

#[test]
fn a_problem_leads_to_its_feature() {
    let folder = tempfile::tempdir().unwrap();
    let text = "naam,lon,lat\nReep,3.73,51.05\nRamen,,\nKouter,3.72,51.04\n";
    let path = write(folder.path(), "parkings.csv", text);
    let mut harness = window(Language::English, vec![path]);
    click(&mut harness, "Layer");
    click(&mut harness, "Problems…");
    harness.get_by_label_contains("Go to row 2").click();
    settle(&mut harness);
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_row(), Some((layer, 1)));
}

#[test]
fn areas_opened_after_points_come_below_them() {
    let folder = tempfile::tempdir().unwrap();
    let area =
        r#"{"type":"Polygon","coordinates":[[[3.5,51.0],[3.8,51.0],[3.8,51.1],[3.5,51.0]]]}"#;
    let area = write(folder.path(), "gebied.geojson", area);
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand of de map", &area.to_string_lossy());
    click(&mut harness, "Openen");
    assert_eq!(names(&harness), ["parkings", "gebied"]);
    // The newest one is active all the same.
    click(&mut harness, "Laag");
    click(&mut harness, "Laag dupliceren Ctrl+D");
    assert_eq!(names(&harness), ["parkings", "gebied", "gebied"]);
}
