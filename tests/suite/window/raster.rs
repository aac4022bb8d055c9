//! Images as backdrops: opened, shown, changed, taken away.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::{Backdrop, open_project};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::harness::{Window, app, click, fill, names, parks, settle, window};
use crate::raster::make::{Tiff, Value, coloured, waves};

const CORNER: [f64; 2] = [104_600.0, 194_000.0];

/// A photograph of 40 × 30 pixels of 10 m in Ghent, in Lambert 72.
fn photo(folder: &Path, name: &str) -> PathBuf {
    coloured(&waves(40, 30)).in_lambert72(CORNER, 10.0).write(folder, name)
}

fn backdrops(harness: &Window) -> Vec<Backdrop> {
    app(harness).document().backdrops.clone()
}

fn undo(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(harness);
}

#[test]
fn an_image_is_opened_like_any_file_and_comes_under_the_layers() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    let path = photo(folder.path(), "luchtfoto.tif");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand of de map", &path.to_string_lossy());
    click(&mut harness, "Openen");
    assert_eq!(names(&harness), ["parkings"]);
    let [backdrop] = backdrops(&harness).try_into().unwrap();
    assert_eq!((backdrop.name.as_str(), Path::new(&backdrop.path)), ("luchtfoto", &*path));
    for label in ["Achtergrondbeelden", "luchtfoto", "40 × 30 pixels", "Lambert 72"] {
        harness.get_by_label(label);
    }
    // The map goes there: the tower of Ghent's St. Peter's is not far.
    let view = app(&harness).document().view.unwrap();
    assert!((view.lon - 3.725).abs() < 0.01 && (view.lat - 51.053).abs() < 0.01, "{view:?}");
    assert!(view.zoom > 14.0, "{view:?}");

    click(&mut harness, "Achtergrondbeeld ‘luchtfoto’ verbergen");
    assert!(!backdrops(&harness)[0].visible);
    click(&mut harness, "Achtergrondbeeld ‘luchtfoto’ tonen");
    harness.get_by_role_and_label(Role::Slider, "Dekking van ‘luchtfoto’").focus();
    settle(&mut harness);
    for _ in 0..4 {
        harness.key_press(Key::ArrowLeft);
        settle(&mut harness);
    }
    assert!((backdrops(&harness)[0].opacity - 0.8).abs() < 1e-6);
    for visible in [true, false, true] {
        undo(&mut harness);
        let [backdrop] = backdrops(&harness).try_into().unwrap();
        assert!((backdrop.opacity - 1.0).abs() < 1e-6);
        assert_eq!(backdrop.visible, visible);
    }
    undo(&mut harness);
    assert!(backdrops(&harness).is_empty());
    assert!(harness.query_by_label("Achtergrondbeelden").is_none());
}

#[test]
fn the_menu_of_an_image_does_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["een.tif", "twee.tif"].map(|name| photo(folder.path(), name));
    let mut harness = window(Language::Dutch, paths.to_vec());
    let order = |harness: &Window| -> Vec<String> {
        backdrops(harness).into_iter().map(|backdrop| backdrop.name).collect()
    };
    assert_eq!(order(&harness).len(), 2);
    let top = order(&harness)[0].clone();
    let more = format!("Meer voor achtergrondbeeld ‘{top}’");
    click(&mut harness, &more);
    click(&mut harness, "Achtergrondbeeld naar onder");
    assert_eq!(order(&harness)[1], top);
    click(&mut harness, &more);
    click(&mut harness, "Over dit achtergrondbeeld…");
    for label in ["GeoTIFF", "kleuren, 3 banden, 8 bits", "10 × 10 m"] {
        harness.get_by_label(label);
    }
    click(&mut harness, "Sluiten");
    click(&mut harness, &more);
    click(&mut harness, "Achtergrondbeeld hernoemen");
    harness
        .get_by_role_and_label(Role::TextInput, "Naam van het achtergrondbeeld")
        .type_text("oud");
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(order(&harness)[1], "oud");
    click(&mut harness, "Meer voor achtergrondbeeld ‘oud’");
    click(&mut harness, "Achtergrondbeeld verwijderen");
    assert_eq!(order(&harness).len(), 1);
    for _ in 0..3 {
        undo(&mut harness);
    }
    assert_eq!(order(&harness), [top, order(&harness)[1].clone()]);
}

#[test]
fn an_image_without_a_crs_asks_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let keys = vec![1, 1, 0, 3, 1024, 0, 1, 1, 1026, 34_737, 9, 0, 3072, 0, 1, 32_767];
    let path = coloured(&waves(40, 30))
        .in_lambert72(CORNER, 10.0)
        .tag(34_735, Value::Shorts(keys))
        .tag(34_737, Value::Text("Stadsnet|"))
        .write(folder.path(), "plan.tif");
    let mut harness = window(Language::Dutch, vec![path]);
    // The dialog is there already.
    let radio = harness.get_by_role_and_label(Role::RadioButton, "Lambert 72");
    assert_eq!(radio.accesskit_node().toggled(), Some(egui::accesskit::Toggled::False));
    harness.get_by_role_and_label(Role::RadioButton, "Lambert 72").click();
    settle(&mut harness);
    assert_eq!(backdrops(&harness)[0].crs.as_deref(), Some("EPSG:31370"));
    click(&mut harness, "Sluiten");
    let view = app(&harness).document().view.unwrap();
    assert!((view.lon - 3.725).abs() < 0.01, "{view:?}");
    // What the file calls it is told.
    harness.get_by_label("1 probleem met ‘plan’").click();
    settle(&mut harness);
    harness.get_by_label_contains("‘Stadsnet’");
    click(&mut harness, "Sluiten");
    // One that leads nowhere says so.
    harness.get_by_role_and_label(Role::Button, "Lambert 72").click();
    settle(&mut harness);
    harness.get_by_role_and_label(Role::RadioButton, "WGS 84").click();
    settle(&mut harness);
    let outside = "In WGS 84 (EPSG:4326) ligt dit beeld buiten de wereld";
    assert!(harness.query_all_by_label(outside).count() >= 1);
    click(&mut harness, "Zoals Belfort het vond");
    assert_eq!(backdrops(&harness)[0].crs, None);
}

#[test]
fn images_that_cannot_be_shown_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("vakantie.png");
    waves(4, 4).save(&nowhere).unwrap();
    let packed = Tiff::grey(4, 4, vec![0; 16]).short(259, 34_887).in_lambert72(CORNER, 1.0);
    let packed = packed.write(folder.path(), "lerc.tif");
    let mut harness = window(Language::Dutch, vec![nowhere, packed]);
    settle(&mut harness);
    assert!(backdrops(&harness).is_empty());
    harness.get_by_label_contains("Nergens staat waar dit beeld ligt");
    harness.get_by_label_contains("LERC");
}

#[test]
fn a_project_keeps_its_images() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![photo(folder.path(), "photo.tif")]);
    let project = folder.path().join("map.belfort.json");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    fill(&mut harness, "Path of the file", &project.to_string_lossy());
    click(&mut harness, "Save");
    let saved = open_project(&project).unwrap();
    assert_eq!(saved.backdrops, backdrops(&harness));
    let text = std::fs::read_to_string(&project).unwrap();
    assert!(text.contains("\"path\": \"photo.tif\""), "{text}");
    // Opened elsewhere without the image: said, and found again by reading anew.
    let image = folder.path().join("photo.tif");
    std::fs::rename(&image, folder.path().join("away.tif")).unwrap();
    let mut harness = window(Language::English, vec![project]);
    assert!(harness.query_all_by_label_contains("The file does not exist").count() >= 1);
    std::fs::rename(folder.path().join("away.tif"), &image).unwrap();
    click(&mut harness, "Read the file again");
    harness.get_by_label("40 × 30 pixels");
    assert_eq!(app(&harness).document().backdrops[0].chosen_crs(), Ok(None));
    assert!(!app(&harness).document().backdrops[0].path.is_empty());
}
