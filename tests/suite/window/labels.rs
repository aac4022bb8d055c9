//! Labels in the window.

use belfort::crs::{mercator_from_lon_lat, mercator_metres_per_point};
use belfort::i18n::Language;
use belfort::style::LabelStyle;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, drag, fill, parks, settle, window};

fn labels(harness: &Window) -> Option<LabelStyle> {
    app(harness).document().layers[0].style.as_ref()?.labels.clone()
}

fn open_style(harness: &mut Window, name: &str) {
    click(harness, name);
}

/// Clicks something in the panel, wherever that is scrolled.
fn press(harness: &mut Window, label: &str) {
    harness.get_by_label(label).scroll_to_me();
    settle(harness);
    click(harness, label);
}

/// Where a place is on the screen.
#[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
fn on_screen(harness: &Window, lon_lat: [f64; 2]) -> Pos2 {
    let view = app(harness).document().view.unwrap();
    let per_point = mercator_metres_per_point(view.zoom);
    let [x, y] = mercator_from_lon_lat(lon_lat);
    let [cx, cy] = mercator_from_lon_lat([view.lon, view.lat]);
    let middle = harness.get_by_label("Kaart").rect().center();
    middle + vec2(((x - cx) / per_point) as f32, ((cy - y) / per_point) as f32)
}

#[test]
fn labels_are_turned_on_with_the_field_of_names_and_tell_what_became_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_style(&mut harness, "Stijl van ‘parkings’");
    press(&mut harness, "Labels tonen");
    assert_eq!(labels(&harness).unwrap().what, "naam");
    harness.get_by_label("3 van 3 getoond");
    press(&mut harness, "Labels tonen");
    let off = labels(&harness).unwrap();
    assert!(!off.is_on && off.what == "naam", "what was set is kept");
    assert!(harness.query_by_label("3 van 3 getoond").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(labels(&harness).unwrap().is_on);
}

#[test]
fn an_expression_is_written_with_help() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_style(&mut harness, "Stijl van ‘parkings’");
    press(&mut harness, "Labels tonen");
    harness.get_by_label("Veld of uitdrukking").scroll_to_me();
    settle(&mut harness);
    fill(&mut harness, "Veld of uitdrukking", "nam || plaatsen");
    press(&mut harness, "Bedoel je naam?");
    assert_eq!(labels(&harness).unwrap().what, "naam || plaatsen");
    harness.get_by_label("3 van 3 getoond");
    // A text that only one row has: the others have none.
    fill(&mut harness, "Veld of uitdrukking", "CASE WHEN plaatsen > 600 THEN naam END");
    harness.get_by_label("1 van 1 getoond");
    press(&mut harness, "2 zonder tekst");
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_rows(layer), [0, 2]);
    assert!(app(&harness).settings().show_table);
}

#[test]
fn only_rows_that_the_filter_shows_have_labels() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    open_style(&mut harness, "Style of “parkings”");
    press(&mut harness, "Show labels");
    harness.get_by_label("3 of 3 shown");
    harness.key_press(Key::Escape);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Condition (SQL)", "plaatsen > 300");
    harness.get_by_label("2 of 2 labels");
}

#[test]
fn a_label_is_dragged_to_a_place_of_its_own_and_released() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_style(&mut harness, "Stijl van ‘parkings’");
    press(&mut harness, "Labels tonen");
    press(&mut harness, "Labels verslepen op de kaart");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    let view = app(&harness).document().view;
    // Its first letters, above and to the right of the symbol of the Ramen.
    let from = on_screen(&harness, [3.60, 51.05]) + vec2(16.0, -6.0);
    let steps: Vec<Pos2> = (0_u8..=8).map(|step| from + vec2(5.0, 9.0) * f32::from(step)).collect();
    drag(&mut harness, &steps, Modifiers::NONE);
    assert_eq!(app(&harness).document().view, view, "the map stays");
    let pins = labels(&harness).unwrap().pins;
    assert_eq!(pins.iter().len(), 1);
    let per_point = mercator_metres_per_point(view.unwrap().zoom);
    let [east, north] = pins.iter().next().unwrap().by;
    assert!(east / per_point > 40.0 && north / per_point < -60.0, "{east} {north}");
    open_style(&mut harness, "Stijl van ‘parkings’");
    harness.get_by_label("1 label met een vaste plaats");
    press(&mut harness, "Maak alle los");
    assert!(labels(&harness).unwrap().pins.is_empty());
    // Anywhere else the map moves.
    let empty = on_screen(&harness, [3.66, 51.05]) + vec2(0.0, 120.0);
    drag(&mut harness, &[empty, empty + vec2(40.0, 0.0)], Modifiers::NONE);
    assert_ne!(app(&harness).document().view, view);
}
