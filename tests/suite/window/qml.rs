//! Styles as files of QGIS: saved from the style panel, read again, and what is lost told.

use std::path::Path;

use belfort::i18n::Language;
use belfort::project::ScaleRange;
use belfort::style::{By, Color};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, fill, parks, settle, window, window_with, write};

fn open_panel(harness: &mut Window, name: &str) {
    click(harness, &format!("Stijl van ‘{name}’"));
}

fn more(harness: &mut Window, label: &str) {
    click(harness, "Stijl: meer");
    click(harness, label);
}

fn save_as(harness: &mut Window, path: &Path) {
    more(harness, "Stijl voor QGIS bewaren (.qml)…");
    fill(harness, "Pad van het bestand", &path.to_string_lossy());
    click(harness, "Opslaan");
}

fn read_from(harness: &mut Window, path: &Path) {
    more(harness, "Stijl uit QGIS lezen (.qml)…");
    fill(harness, "Stijl van QGIS", &path.to_string_lossy());
    click(harness, "Lezen");
}

#[test]
fn a_style_goes_to_a_file_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_panel(&mut harness, "parkings");
    click(&mut harness, "Getal");
    let before = app(&harness).document().layers[0].style.clone().expect("a style was chosen");
    let path = folder.path().join("mooi.qml");
    save_as(&mut harness, &path);
    harness.get_by_label_contains("‘mooi.qml’ is bewaard");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("type=\"graduatedSymbol\"") && text.contains("attr=\"plaatsen\""));

    click(&mut harness, "Eén stijl");
    read_from(&mut harness, &path);
    harness.get_by_label_contains("‘mooi.qml’ is gelezen");
    let after = app(&harness).document().layers[0].style.clone().expect("a style was read");
    let (By::Number(before), By::Number(after)) = (&before.by, &after.by) else {
        panic!("by a number")
    };
    assert_eq!(after.of, before.of);
    // Three car parks, three classes.
    assert_eq!(after.breaks.as_deref(), Some(&[281.0, 449.0, 648.0][..]));
    let colors = before.ramp.ramp(belfort::style::ramp::RampUse::Sequential).unwrap();
    let colors = colors.colors(3, before.ramp.reversed);
    let read: Vec<Color> = after.changes.iter().filter_map(|change| change.color).collect();
    assert_eq!(read, colors);
    // One step of undo, and the layer is plain again.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    let style = app(&harness).document().layers[0].style.clone();
    assert!(style.is_some_and(|style| style.by == By::Nothing));
}

#[test]
fn what_a_style_of_qgis_has_more_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_panel(&mut harness, "parkings");
    let path = write(
        folder.path(),
        "oud.qml",
        r#"<qgis hasScaleBasedVisibilityFlag="1" minScale="50000" maxScale="0">
        <renderer-v2 type="singleSymbol"><symbols><symbol name="0" type="marker">
        <layer class="SvgMarker"><prop k="color" v="200,10,20,255"/><prop k="size" v="4"/></layer>
        </symbol></symbols></renderer-v2><blendMode>6</blendMode><layerOpacity>0.5</layerOpacity></qgis>"#,
    );
    read_from(&mut harness, &path);
    let layer = &app(&harness).document().layers[0];
    assert_eq!(layer.opacity, 0.5);
    assert_eq!(layer.scales, ScaleRange { farthest: Some(50_000), nearest: None });
    assert_eq!(layer.style.as_ref().unwrap().symbol.fill, Color::rgb(0xc8_0a_14));
    harness.get_by_label_contains("‘oud.qml’ is gelezen, op 2 zaken na");
    click(&mut harness, "Tonen");
    harness.get_by_label_contains("Niet overgenomen: SvgMarker");
    harness.get_by_label_contains("Niet overgenomen: blendMode");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Niet overgenomen: SvgMarker").is_none());
}

#[test]
fn what_is_no_style_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_panel(&mut harness, "parkings");
    let path = write(folder.path(), "beeld.qml", "<qgis><pipe/></qgis>");
    read_from(&mut harness, &path);
    harness.get_by_label_contains("Dit is een stijl van QGIS voor beelden");
    assert!(app(&harness).document().layers[0].style.is_none());
    // A path with a typing mistake is told in the dialog, which stays.
    more(&mut harness, "Stijl uit QGIS lezen (.qml)…");
    fill(&mut harness, "Stijl van QGIS", "/nergens/a.qml");
    click(&mut harness, "Lezen");
    harness.get_by_label_contains("/nergens/a.qml");
    harness.get_by_label("Stijl van QGIS");
}

#[test]
fn a_style_under_a_name_is_in_the_menu_of_every_layer() {
    let folder = tempfile::tempdir().unwrap();
    let other = write(
        folder.path(),
        "andere.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"plaatsen":5},"geometry":{"type":"Point","coordinates":[3.7,51.05]}}]}"#,
    );
    let mut harness = window(Language::Dutch, vec![parks(folder.path()), other]);
    open_panel(&mut harness, "parkings");
    click(&mut harness, "Getal");
    more(&mut harness, "Stijl onder een naam bewaren…");
    fill(&mut harness, "Naam van de stijl", "Volgens plaatsen");
    click(&mut harness, "Opslaan");
    assert_eq!(app(&harness).settings().styles[0].name, "Volgens plaatsen");
    open_panel(&mut harness, "andere");
    more(&mut harness, "Bewaarde stijlen");
    click(&mut harness, "Stijl ‘Volgens plaatsen’ gebruiken");
    let document = app(&harness).document();
    let styles: Vec<_> = document.layers.iter().map(|layer| layer.style.clone()).collect();
    assert!(styles[0].is_some() && styles[0] == styles[1], "{styles:?}");
    more(&mut harness, "Bewaarde stijlen");
    click(&mut harness, "Bewaarde stijl ‘Volgens plaatsen’ verwijderen");
    assert!(app(&harness).settings().styles.is_empty());
}

#[test]
fn data_have_the_style_that_was_chosen_for_them_when_they_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = parks(folder.path());
    let mut harness = window(Language::Dutch, vec![path.clone()]);
    open_panel(&mut harness, "parkings");
    click(&mut harness, "Getal");
    more(&mut harness, "Voortaan voor deze gegevens gebruiken");
    let style = app(&harness).document().layers[0].style.clone();
    let settings = app(&harness).settings().clone();
    let cache = folder.path().join("cache");
    let again = window_with(settings, cache, vec![path]);
    assert_eq!(app(&again).document().layers[0].style, style);
    again.get_by_label_contains("de stijl die je voor deze gegevens koos");
}

#[test]
fn a_style_beside_the_data_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "parkings.qml",
        r#"<qgis><renderer-v2 type="singleSymbol"><symbols><symbol name="0" type="marker">
        <layer class="SimpleMarker"><prop k="name" v="star"/><prop k="color" v="200,10,20,255"/>
        <prop k="size" v="4"/></layer></symbol></symbols></renderer-v2></qgis>"#,
    );
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    assert!(app(&harness).document().layers[0].style.is_none());
    click(&mut harness, "Die stijl gebruiken");
    let style = app(&harness).document().layers[0].style.clone().expect("a style");
    assert_eq!(style.symbol.fill, Color::rgb(0xc8_0a_14));
}
