//! Selecting rows in the table and on the map, copying and handing them over.

use belfort::i18n::Language;
use egui::{Event, Key, Modifiers, Pos2, Vec2, pos2};
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{Window, app, click, click_at, drag, fill, parks, settle, window};

const NONE: Modifiers = Modifiers::NONE;

/// The rows selected of the only layer.
fn selected(harness: &Window) -> Vec<usize> {
    app(harness).selected_rows(app(harness).document().layers[0].id)
}

/// Clicks a cell of the table.
fn click_row(harness: &mut Window, text: &str, modifiers: Modifiers) {
    let cell = harness.get_by_label(text).rect().center();
    click_at(harness, cell, modifiers);
}

fn with_table() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    (folder, harness)
}

#[test]
fn rows_are_selected_with_shift_and_ctrl() {
    let (_folder, mut harness) = with_table();
    click_row(&mut harness, "Reep", NONE);
    assert_eq!(selected(&harness), [0]);
    click_row(&mut harness, "Ramen", Modifiers::SHIFT);
    assert_eq!(selected(&harness), [0, 1, 2]);
    click_row(&mut harness, "Vrijdagmarkt", Modifiers::COMMAND);
    assert_eq!(selected(&harness), [0, 2]);
    harness.get_by_label("2 points selected in parkings");
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    settle(&mut harness);
    assert_eq!(selected(&harness), [1]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut harness);
    assert_eq!(selected(&harness), [0, 1, 2]);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(selected(&harness).is_empty());
}

#[test]
fn a_range_follows_the_order_on_the_screen() {
    let (_folder, mut harness) = with_table();
    click(&mut harness, "Sort by plaatsen");
    // Ramen 281, Reep 449, Vrijdagmarkt 648.
    click_row(&mut harness, "Ramen", NONE);
    click_row(&mut harness, "Reep", Modifiers::SHIFT);
    assert_eq!(selected(&harness), [0, 2]);
}

#[test]
fn a_filter_hides_selected_rows_and_says_so() {
    let (_folder, mut harness) = with_table();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Condition (SQL)", "plaatsen > 300");
    assert_eq!(selected(&harness), [0, 1]);
    click(&mut harness, "Feature");
    harness.get_by_label("1 more selected row is hidden by a filter");
    click(&mut harness, "Filter");
    click(&mut harness, "Clear filter");
    assert_eq!(selected(&harness), [0, 1, 2]);
}

#[test]
fn rows_are_copied_in_the_order_and_with_the_columns_of_the_table() {
    let (_folder, mut harness) = with_table();
    click(&mut harness, "Sort by plaatsen");
    click(&mut harness, "Column ‘url’");
    click(&mut harness, "Hide");
    let columns = &app(&harness).document().layers[0].columns;
    assert_eq!(columns.hidden, ["url"]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut harness);
    harness.input_mut().events.push(Event::Copy);
    let text = copied(&mut harness);
    assert_eq!(text, "naam\tplaatsen\nRamen\t281\nReep\t449\nVrijdagmarkt\t648\n");
    settle(&mut harness);
    harness.get_by_label("3 rows copied");
    // Hiding a column is a step of undo.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(app(&harness).document().layers[0].columns.hidden.is_empty());
}

/// What comes on the clipboard.
fn copied(harness: &mut Window) -> String {
    for _ in 0..500 {
        harness.step();
        for command in &harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                return text.clone();
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("nothing was copied");
}

#[test]
fn a_geometry_is_copied_as_wkt_and_geojson() {
    let (_folder, mut harness) = with_table();
    click_row(&mut harness, "Reep", NONE);
    harness.get_by_label("51.05° N 3.73° E");
    click(&mut harness, "Copy this feature");
    harness.get_by_label("Copy geometry as WKT").click();
    assert_eq!(copied(&mut harness), "POINT (3.73 51.05)");
    settle(&mut harness);
    click(&mut harness, "Copy this feature");
    harness.get_by_label("Copy geometry as GeoJSON").click();
    assert_eq!(copied(&mut harness), r#"{"type":"Point","coordinates":[3.73,51.05]}"#);
}

#[test]
fn a_column_moves_to_another_place() {
    let (_folder, mut harness) = with_table();
    click(&mut harness, "Column ‘url’");
    click(&mut harness, "Move left");
    assert_eq!(app(&harness).document().layers[0].columns.order, ["naam", "url", "plaatsen"]);
}

/// Where the map is: the middle of its widget, and its size.
fn map(harness: &Window) -> (Pos2, Vec2) {
    let rect = harness.get_by_label("Map").rect();
    (rect.center(), rect.size())
}

#[test]
fn a_rectangle_on_the_map_selects_what_it_touches() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    click(&mut harness, "Select with a rectangle (R)");
    let (middle, size) = map(&harness);
    // The parks lie from 3.60 to 3.73 degrees, in 88 % of the map's width: 3.665 is the middle.
    let top = pos2(middle.x, middle.y - size.y * 0.3);
    let corner = pos2(middle.x + size.x * 0.48, middle.y + size.y * 0.3);
    drag(&mut harness, &[top, middle, corner], NONE);
    assert_eq!(selected(&harness), [0, 1]);
    let west = pos2(middle.x - size.x * 0.48, middle.y + size.y * 0.3);
    drag(&mut harness, &[top, west], Modifiers::SHIFT);
    assert_eq!(selected(&harness), [0, 1, 2]);
    drag(&mut harness, &[top, corner], Modifiers::COMMAND);
    assert_eq!(selected(&harness), [2]);
    // The tool stays until it is put away; then a second Escape ends the selection.
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(selected(&harness), [2]);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(selected(&harness).is_empty());
}

#[test]
fn a_polygon_and_a_lasso_select_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    let (middle, size) = map(&harness);
    let at = |x: f32, y: f32| pos2(middle.x + size.x * x, middle.y + size.y * y);
    click(&mut harness, "Select with a polygon (P)");
    for corner in [at(0.05, -0.3), at(0.46, -0.3), at(0.46, 0.3), at(0.05, 0.3)] {
        click_at(&mut harness, corner, NONE);
    }
    assert!(selected(&harness).is_empty());
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(selected(&harness), [0, 1]);
    click(&mut harness, "Select with a lasso (L)");
    let path: Vec<Pos2> = (0_u8..=40)
        .map(|step| {
            let turn = f32::from(step) / 40.0 * std::f32::consts::TAU;
            at(-0.44 + 0.05 * turn.cos(), 0.1 * turn.sin())
        })
        .collect();
    drag(&mut harness, &path, NONE);
    assert_eq!(selected(&harness), [2]);
}

#[test]
fn a_distance_is_measured_with_the_mouse_and_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    let (middle, size) = {
        let rect = harness.get_by_label("Kaart").rect();
        (rect.center(), rect.size())
    };
    click(&mut harness, "Afstand meten (M)");
    // From end to end: 3.60 to 3.73 degrees east at 51.05 north is 9118 m on the ellipsoid
    // (GeographicLib), in 88 % of the map's width.
    let half = size.x * 0.44;
    click_at(&mut harness, pos2(middle.x - half, middle.y), NONE);
    click_at(&mut harness, pos2(middle.x + half, middle.y), NONE);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let node = harness.get_by_label_contains("9,1").accesskit_node();
    let said = node.label().or_else(|| node.value()).unwrap();
    let number = said.trim_end_matches("\u{a0}km").replace(',', ".");
    let length: f64 = number.parse().unwrap();
    assert!((length - 9.118).abs() < 0.1, "{said}");

    click(&mut harness, "Oppervlakte meten (O)");
    harness.get_by_label("Kaart").focus();
    harness.step();
    for arrow in [Key::ArrowRight, Key::ArrowDown, Key::ArrowLeft] {
        harness.key_press(Key::Space);
        harness.step();
        harness.key_press(arrow);
        harness.step();
    }
    harness.key_press(Key::Space);
    harness.step();
    harness.key_press(Key::Enter);
    settle(&mut harness);
    // A square of 80 points, each 9118 m / (0.88 × the map's width).
    let side = 80.0 * 9.118 / f64::from(size.x * 0.88);
    let node = harness.get_by_label_contains("km²").accesskit_node();
    let said = node.label().or_else(|| node.value()).unwrap();
    let area: f64 = said.trim_end_matches("\u{a0}km²").replace(',', ".").parse().unwrap();
    assert!((area / (side * side) - 1.0).abs() < 0.02, "{said}");
    harness.get_by_label_contains("Omtrek");
}

#[test]
fn only_the_selection_is_handed_over() {
    let (folder, mut harness) = with_table();
    click_row(&mut harness, "Reep", NONE);
    click_row(&mut harness, "Ramen", Modifiers::COMMAND);
    click(&mut harness, "Export…");
    let target = folder.path().join("two.geojson");
    fill(&mut harness, "Path of the file", &target.to_string_lossy());
    click(&mut harness, "Export");
    harness.get_by_label("2 of 3 rows written");
    let written = std::fs::read_to_string(&target).unwrap();
    assert!(written.contains("Reep") && !written.contains("Vrijdagmarkt"));
}

#[test]
fn the_rows_of_a_condition_are_selected_instead_of_filtered() {
    let (_folder, mut harness) = with_table();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Condition (SQL)", "plaatsen > 300");
    click(&mut harness, "Select instead of filter");
    assert_eq!(selected(&harness), [0, 1]);
    assert!(app(&harness).document().layers[0].filter.is_empty());
}

#[test]
fn a_rectangle_drawn_on_the_map_is_a_filter() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    click(&mut harness, "Draw rectangle");
    let (middle, size) = map(&harness);
    let top = pos2(middle.x, middle.y - size.y * 0.3);
    let corner = pos2(middle.x + size.x * 0.48, middle.y + size.y * 0.3);
    drag(&mut harness, &[top, middle, corner], NONE);
    assert!(harness.query_all_by_label("2 of 3 points shown").count() >= 1);
    assert_eq!(app(&harness).document().layers[0].filter.places.len(), 1);
    // It is a step of undo, and is kept in the project as longitude and latitude.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(app(&harness).document().layers[0].filter.is_empty());
}

#[test]
fn a_columns_statistics_are_in_its_menu() {
    let (_folder, mut harness) = with_table();
    click(&mut harness, "Column ‘plaatsen’");
    click(&mut harness, "Statistics");
    for _ in 0..2000 {
        if harness.query_by_label("Copy statistics").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
        harness.step();
    }
    harness.get_by_label("Copy statistics").click();
    // 449, 648 and 281: by hand.
    let text = copied(&mut harness);
    assert!(text.contains("Median\t449"), "{text}");
    assert!(text.contains("Sum\t1,378") && text.contains("Mean\t459.3333"), "{text}");
}
