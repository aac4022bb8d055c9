//! The settings: each is found by its label, in force at once, and kept.

use std::path::Path;

use belfort::app::{ExportCrs, Settings, ThemeChoice};
use belfort::i18n::Language;
use belfort::measure::LengthUnit;
use belfort::network::Proxy;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, fill, parks, settle, window, window_with};

/// A window with settings that are kept in a file.
fn kept(folder: &Path) -> Window {
    let file = Some(folder.join("settings.json"));
    let settings = Settings {
        language: Some(Language::English),
        work_offline: true,
        file,
        ..Settings::default()
    };
    window_with(settings, folder.join("tiles"), vec![parks(folder)])
}

fn open(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    settle(harness);
}

fn choose(harness: &mut Window, label: &str, choice: &str) {
    click(harness, label);
    click(harness, choice);
}

fn written(folder: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("settings.json")).unwrap()).unwrap()
}

#[test]
fn looks_change_at_once_and_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = kept(folder.path());
    open(&mut harness);
    choose(&mut harness, "Text size", "140 %");
    assert!((harness.ctx.zoom_factor() - 1.4).abs() < 1e-6);
    assert!(harness.ctx.global_style().animation_time > 0.0);
    // A test asks no system: nothing is known of its wish.
    harness.get_by_label_contains("does not tell");
    choose(&mut harness, "Motion", "Reduced");
    assert!(harness.ctx.global_style().animation_time.abs() < 1e-9);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    choose(&mut harness, "Appearance", "Dark");
    assert_eq!(harness.ctx.theme(), Theme::Dark);
    choose(&mut harness, "Language of the window", "Nederlands");
    harness.get_by_label("Tekstgrootte");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label("Tekstgrootte").is_none(), "Escape closes");
    let settings = written(folder.path());
    assert_eq!(settings["textSize"], 140);
    assert_eq!(settings["theme"], "dark");
    assert_eq!(settings["language"], "nl");
    assert_eq!(settings["reducedMotion"], "reduced");
}

#[test]
fn text_grows_by_keys_and_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = kept(folder.path());
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
        settle(&mut harness);
    }
    assert_eq!(app(&harness).settings().text_size, 125);
    assert!((harness.ctx.zoom_factor() - 1.25).abs() < 1e-6, "egui's own keys stay out of it");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    settle(&mut harness);
    assert_eq!(written(folder.path())["textSize"], 110);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    settle(&mut harness);
    assert!((harness.ctx.zoom_factor() - 1.0).abs() < 1e-6);
}

#[test]
fn exports_begin_with_the_system_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = kept(folder.path());
    open(&mut harness);
    click(&mut harness, "Units and export");
    choose(&mut harness, "Lengths", "Metres (m)");
    choose(&mut harness, "Coordinates of exports", "Lambert 2008");
    click(&mut harness, "Close");
    let settings = app(&harness).settings();
    assert_eq!(settings.units.length, LengthUnit::Metres);
    assert_eq!(settings.export_crs, ExportCrs::Lambert2008);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    settle(&mut harness);
    let chosen =
        harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, "Coordinate system");
    assert_eq!(chosen.value().as_deref(), Some("Lambert 2008"));
}

#[test]
fn tiles_on_disk_are_counted_moved_and_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let tile = folder.path().join("tiles/tiles/osm/1/0");
    std::fs::create_dir_all(&tile).unwrap();
    std::fs::write(tile.join("0"), vec![0; 2_500_000]).unwrap();
    let mut harness = kept(folder.path());
    open(&mut harness);
    click(&mut harness, "Basemap and memory");
    harness.get_by_label("2.5 MB");
    choose(&mut harness, "Keep at most", "100 MB");
    click(&mut harness, "Empty");
    harness.get_by_label("0 B");
    assert!(!tile.join("0").exists());

    let other = folder.path().join("other");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("letter.txt"), "dear reader").unwrap();
    fill(&mut harness, "A folder of your own for the basemap kept", &other.to_string_lossy());
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(app(&harness).settings().cache_folder, Some(other.clone()));
    // The folder chosen is not the cache: what is in it is never counted, let alone removed.
    harness.get_by_label("0 B");
    assert!(other.join("letter.txt").exists());
}

#[test]
fn a_proxy_is_used_once_its_address_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = kept(folder.path());
    open(&mut harness);
    click(&mut harness, "Basemap and memory");
    choose(&mut harness, "Proxy server", "An address of your own");
    fill(&mut harness, "Address of the proxy", "http://");
    harness.get_by_label_contains("This is no address");
    assert_eq!(app(&harness).settings().proxy, Proxy::System);
    fill(&mut harness, "Address of the proxy", "http://proxy:8080");
    harness.key_press(Key::Tab);
    settle(&mut harness);
    assert_eq!(app(&harness).settings().proxy, Proxy::Address("http://proxy:8080".into()));
    choose(&mut harness, "Proxy server", "None");
    assert_eq!(app(&harness).settings().proxy, Proxy::None);
    click(&mut harness, "Work offline");
    assert!(!app(&harness).settings().work_offline);
    click(&mut harness, "Work offline");
    assert_eq!(written(folder.path())["workOffline"], true);
}

#[test]
fn the_last_tab_and_panels_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = kept(folder.path());
    click(&mut harness, "Filter");
    let settings = app(&harness).settings().clone();
    assert!(settings.on_filter);
    let width = settings.panels.layers.unwrap();
    assert!(width > 200.0, "{width}");
    let wider = Settings {
        panels: belfort::app::PanelSizes { layers: Some(400.0), ..settings.panels },
        show_table: true,
        ..settings
    };
    let again = window_with(wider, folder.path().join("tiles"), vec![parks(folder.path())]);
    let settings = app(&again).settings();
    assert!((settings.panels.layers.unwrap() - 400.0).abs() < 2.0, "{:?}", settings.panels);
    assert!(settings.on_filter && settings.panels.table.is_some());
}

#[test]
fn the_theme_and_language_follow_the_menu_too() {
    let mut harness = window(Language::English, Vec::new());
    click(&mut harness, "View");
    click(&mut harness, "Appearance");
    click(&mut harness, "Light");
    assert_eq!(app(&harness).settings().theme, ThemeChoice::Light);
}
