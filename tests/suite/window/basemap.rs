//! The basemap: chosen from cards, made weaker and grey, and what is said of tiles that fail.

use belfort::i18n::Language;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::harness::{Window, app, click, fill, parks, settle, window};

fn press(harness: &mut Window, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    settle(harness);
}

#[test]
fn a_basemap_is_chosen_from_cards_and_its_look_undone_in_steps() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    press(&mut harness, Role::Button, "Achtergrond");
    press(&mut harness, Role::RadioButton, "GRB-basiskaart");
    assert_eq!(app(&harness).document().basemap, "grb");
    // The cards stay, to try another one or a look.
    let card = harness.get_by_role_and_label(Role::RadioButton, "GRB-basiskaart");
    assert_eq!(card.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    press(&mut harness, Role::CheckBox, "In grijs");
    assert!(app(&harness).document().basemap_look.grey);
    harness.get_by_role_and_label(Role::Slider, "Dekking van de achtergrondkaart").focus();
    settle(&mut harness);
    for _ in 0..3 {
        harness.key_press(Key::ArrowLeft);
        settle(&mut harness);
    }
    let opacity = app(&harness).document().basemap_look.opacity;
    assert!((opacity - 0.85).abs() < 1e-6, "{opacity}");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_role(Role::RadioButton).is_none());
    for (is_grey, basemap) in [(true, "grb"), (false, "grb"), (false, "osm")] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
        let document = app(&harness).document();
        assert!((document.basemap_look.opacity - 1.0).abs() < 1e-6);
        assert_eq!((document.basemap_look.grey, document.basemap.as_str()), (is_grey, basemap));
    }
}

#[test]
fn the_cards_are_reached_by_keyboard() {
    let mut harness = window(Language::English, Vec::new());
    harness.get_by_role_and_label(Role::Button, "Basemap").focus();
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    harness.get_by_role_and_label(Role::RadioButton, "No basemap").focus();
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(app(&harness).document().basemap, "none");
}

#[test]
fn missing_tiles_are_counted_and_can_be_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    // Tests work offline, so every tile in view is missing.
    let counted = |harness: &Window| {
        let node = harness.query_by_label_contains("tiles not available")?;
        let text = node.accesskit_node().label().or_else(|| node.accesskit_node().value())?;
        text.split(' ').next()?.parse::<usize>().ok()
    };
    let shown = |harness: &mut Window| {
        let begin = std::time::Instant::now();
        loop {
            harness.step();
            if let Some(count) = counted(harness) {
                return count;
            }
            assert!(begin.elapsed().as_secs() < 60, "nothing is said");
        }
    };
    assert!(shown(&mut harness) > 3);
    press(&mut harness, Role::Button, "Try again");
    assert!(shown(&mut harness) > 3);
    press(&mut harness, Role::Button, "Basemap");
    press(&mut harness, Role::RadioButton, "No basemap");
    assert_eq!(counted(&harness), None);
}

#[test]
fn the_map_view_is_saved_and_copied_as_it_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    press(&mut harness, Role::Button, "Achtergrond");
    press(&mut harness, Role::RadioButton, "Geen achtergrondkaart");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    for (label, scale) in
        [("Kaartbeeld opslaan…", 1.0), ("Kaartbeeld opslaan, dubbel zo scherp…", 2.0)]
    {
        // What is said of the last one takes a strip of the map.
        let map = harness.get_by_label("Kaart").rect().size();
        click(&mut harness, "Bestand");
        click(&mut harness, label);
        let target = folder.path().join(format!("kaart{scale}.png"));
        fill(&mut harness, "Pad van het bestand", &target.to_string_lossy());
        click(&mut harness, "Opslaan");
        let picture = image::open(&target).unwrap();
        let [width, height] = [picture.width(), picture.height()]
            .map(|side| f32::from(u16::try_from(side).unwrap()) / scale);
        assert!((width - map.x).abs() <= 1.0 && (height - map.y).abs() <= 1.0, "{width} {height}");
    }
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    settle(&mut harness);
    harness.get_by_label_contains("De kaart staat op het klembord");
}

#[test]
fn home_and_the_arrows_work_while_the_map_has_the_focus() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    let home = app(&harness).document().view.unwrap();
    harness.get_by_label("Map").focus();
    settle(&mut harness);
    let lon = |harness: &Window| app(harness).document().view.unwrap().lon;
    harness.key_press(Key::ArrowRight);
    settle(&mut harness);
    let step = lon(&harness) - home.lon;
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    settle(&mut harness);
    let far = lon(&harness) - home.lon - step;
    assert!(step > 0.0 && (far - 4.0 * step).abs() < 1e-9, "{step} {far}");
    harness.key_press(Key::Home);
    settle(&mut harness);
    assert!((lon(&harness) - home.lon).abs() < 1e-9);
}

#[test]
fn the_overview_shows_everything_and_moves_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    assert!(harness.query_by_label("Fold the overview map").is_none());
    click(&mut harness, "View");
    click(&mut harness, "Overview map");
    assert!(app(&harness).settings().show_overview);
    for _ in 0..2 {
        harness.key_press(Key::Plus);
        settle(&mut harness);
    }
    let before = app(&harness).document().view.unwrap();
    let picture = harness.get_by_role_and_label(Role::Image, "Overview map").rect();
    let west = picture.center() - egui::vec2(50.0, 0.0);
    harness.hover_at(west);
    harness.step();
    harness.drag_at(west);
    harness.step();
    harness.drop_at(west);
    settle(&mut harness);
    let after = app(&harness).document().view.unwrap();
    assert!(after.lon < before.lon && (after.zoom - before.zoom).abs() < 1e-9, "{after:?}");
    click(&mut harness, "Fold the overview map");
    assert!(harness.query_by_role_and_label(Role::Image, "Overview map").is_none());
    click(&mut harness, "Unfold the overview map");
    harness.get_by_role_and_label(Role::Image, "Overview map");
}

#[test]
fn an_archive_is_opened_like_any_file_and_becomes_the_basemap() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    let path = crate::archives::make::city(folder.path(), "openmaptiles");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand of de map", &path.to_string_lossy());
    click(&mut harness, "Openen");
    assert_eq!(app(&harness).document().basemap, "own-1");
    assert_eq!(app(&harness).document().layers.len(), 1, "no layer");
    harness.get_by_label("© Wij");
    press(&mut harness, Role::Button, "Achtergrond");
    harness.get_by_label("PMTiles, zoom 10–14, MVT");
    press(&mut harness, Role::RadioButton, "Donker");
    assert!(app(&harness).document().basemap_look.dark);
    press(&mut harness, Role::RadioButton, "Grijs");
    let look = app(&harness).document().basemap_look;
    assert!(look.grey && !look.dark);
    press(&mut harness, Role::Button, "Uit de lijst: Proefkaart");
    assert_eq!(app(&harness).document().basemap, "none");
    assert!(app(&harness).document().basemaps.is_empty());
}

#[test]
fn a_damaged_archive_is_told_and_nothing_is_added() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    let path = folder.path().join("stuk.mbtiles");
    std::fs::write(&path, "<html>").unwrap();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand of de map", &path.to_string_lossy());
    click(&mut harness, "Openen");
    assert!(app(&harness).document().basemaps.is_empty());
    let told = harness.get_all_by_label_contains("geen MBTiles").count();
    assert!(told > 0);
}
