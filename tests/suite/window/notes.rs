//! Notes drawn, changed and taken away in the window.

use std::path::Path;

use belfort::i18n::Language;
use belfort::project::{Note, NoteKind, NoteSet, NoteValue, open_project};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{
    Window, app, click, click_at, drag, fill, names, parks, settle, window, write,
};

const NONE: Modifiers = Modifiers::NONE;

/// A place of the map, as shares of its size from the middle.
fn at(harness: &Window, x: f32, y: f32) -> Pos2 {
    let map = harness.query_by_label("Map").unwrap_or_else(|| harness.get_by_label("Kaart")).rect();
    pos2(map.center().x + map.width() * x, map.center().y + map.height() * y)
}

fn set(harness: &Window) -> NoteSet {
    app(harness).document().notes[0].clone()
}

fn notes(harness: &Window) -> Vec<Note> {
    set(harness).notes.iter().cloned().collect()
}

fn tool(harness: &mut Window, key: Key) {
    harness.key_press_modifiers(Modifiers::SHIFT, key);
    settle(harness);
}

fn key(harness: &mut Window, key: Key) {
    harness.key_press(key);
    settle(harness);
}

fn undo(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(harness);
}

/// Draws a line or area from place to place, as shares of the map's size.
fn draw(harness: &mut Window, places: &[(f32, f32)]) {
    for (x, y) in places {
        let place = at(harness, *x, *y);
        click_at(harness, place, NONE);
    }
    key(harness, Key::Enter);
}

fn with_parks() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let harness = window(Language::English, vec![parks(folder.path())]);
    (folder, harness)
}

#[test]
fn each_kind_is_drawn_and_the_first_makes_a_layer() {
    let (_folder, mut harness) = with_parks();
    tool(&mut harness, Key::P);
    let place = at(&harness, 0.2, -0.2);
    click_at(&mut harness, place, NONE);
    assert_eq!(names(&harness), ["Notes", "parkings"]);
    fill(&mut harness, "Name", "Bench");
    tool_after_text(&mut harness, Key::L);
    draw(&mut harness, &[(-0.2, -0.2), (0.0, -0.3), (0.1, -0.1)]);
    tool(&mut harness, Key::O);
    draw(&mut harness, &[(-0.2, 0.1), (0.0, 0.1), (0.0, 0.3), (-0.2, 0.3)]);
    tool(&mut harness, Key::A);
    draw(&mut harness, &[(0.1, 0.3), (0.2, 0.1)]);
    tool(&mut harness, Key::T);
    let place = at(&harness, 0.3, -0.3);
    click_at(&mut harness, place, NONE);
    harness.get_by_label("Text on the map").type_text("Works until May");
    settle(&mut harness);
    key(&mut harness, Key::Enter);
    let drawn = notes(&harness);
    assert_eq!(drawn.iter().map(|note| note.kind).collect::<Vec<_>>(), NoteKind::ALL.map(|k| k));
    let corners: Vec<usize> = drawn.iter().map(|note| note.corners.len()).collect();
    assert_eq!(corners, [1, 3, 4, 2, 1]);
    assert_eq!((drawn[0].text.as_str(), drawn[4].text.as_str()), ("Bench", "Works until May"));
    assert!(drawn.iter().all(|note| note.created.is_some()));
    harness.get_by_label("5 features");
    // The one just drawn is looked at; each was a step of undo.
    harness.get_by_label("Row 5");
    for left in [4, 3, 2, 1] {
        undo(&mut harness);
        assert_eq!(notes(&harness).len(), left);
    }
    undo(&mut harness);
    assert_eq!(notes(&harness)[0].text, "");
    undo(&mut harness);
    assert_eq!(names(&harness), ["parkings"]);
    assert!(app(&harness).document().notes.is_empty());
}

/// Keys of tools are letters while a text is typed: the field is left first.
fn tool_after_text(harness: &mut Window, key_of_tool: Key) {
    key(harness, Key::Escape);
    tool(harness, key_of_tool);
}

#[test]
fn a_text_can_be_given_up_and_one_without_a_word_is_none() {
    let (_folder, mut harness) = with_parks();
    tool(&mut harness, Key::T);
    let place = at(&harness, 0.1, 0.1);
    click_at(&mut harness, place, NONE);
    harness.get_by_label("Text on the map").type_text("No");
    settle(&mut harness);
    key(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Text on the map").is_none());
    click_at(&mut harness, place, NONE);
    key(&mut harness, Key::Enter);
    assert_eq!(names(&harness), ["parkings"]);
    // Another click keeps what was written and begins the next.
    click_at(&mut harness, place, NONE);
    harness.get_by_label("Text on the map").type_text("One");
    settle(&mut harness);
    let place = at(&harness, -0.2, 0.1);
    click_at(&mut harness, place, NONE);
    harness.get_by_label("Text on the map").type_text("Two");
    settle(&mut harness);
    key(&mut harness, Key::Enter);
    let texts: Vec<String> = notes(&harness).into_iter().map(|note| note.text).collect();
    assert_eq!(texts, ["One", "Two"]);
}

#[test]
fn backspace_takes_back_a_corner_and_escape_the_shape() {
    let (_folder, mut harness) = with_parks();
    tool(&mut harness, Key::L);
    for x in [-0.3, -0.1, 0.1] {
        let place = at(&harness, x, 0.2);
        click_at(&mut harness, place, NONE);
    }
    key(&mut harness, Key::Backspace);
    key(&mut harness, Key::Enter);
    assert_eq!(notes(&harness)[0].corners.len(), 2);
    for x in [-0.3, -0.1] {
        let place = at(&harness, x, -0.2);
        click_at(&mut harness, place, NONE);
    }
    key(&mut harness, Key::Escape);
    key(&mut harness, Key::Enter);
    assert_eq!(notes(&harness).len(), 1);
    // Once more puts the tool away.
    key(&mut harness, Key::Escape);
    harness.get_by_label("Draw notes");
    assert!(harness.query_by_label("Draw a line").is_none());
}

#[test]
fn notes_are_drawn_by_keyboard_alone() {
    let (_folder, mut harness) = with_parks();
    harness.get_by_label("Map").focus();
    harness.step();
    tool(&mut harness, Key::O);
    for arrow in [Key::ArrowRight, Key::ArrowDown, Key::ArrowLeft] {
        key(&mut harness, Key::Space);
        key(&mut harness, arrow);
    }
    key(&mut harness, Key::Space);
    key(&mut harness, Key::Enter);
    let before = notes(&harness)[0].corners.clone();
    assert_eq!(before.len(), 4);
    // A corner is chosen, put in the middle of the map, doubled and taken away.
    key(&mut harness, Key::N);
    harness.get_by_label("Map").focus();
    harness.step();
    key(&mut harness, Key::PageDown);
    key(&mut harness, Key::ArrowLeft);
    key(&mut harness, Key::Space);
    let moved = notes(&harness)[0].corners.clone();
    assert_ne!(moved[0], before[0]);
    assert_eq!(moved[1..], before[1..], "the others keep every digit");
    key(&mut harness, Key::Insert);
    assert_eq!(notes(&harness)[0].corners.len(), 5);
    key(&mut harness, Key::Delete);
    assert_eq!(notes(&harness)[0].corners, moved);
    for _ in 0..3 {
        undo(&mut harness);
    }
    assert_eq!(notes(&harness)[0].corners, before);
}

/// A triangle is drawn and looked at with the tool that changes notes.
fn editing() -> (tempfile::TempDir, Window, Vec<[f64; 2]>) {
    let (folder, mut harness) = with_parks();
    tool(&mut harness, Key::O);
    draw(&mut harness, &[(-0.2, -0.2), (0.2, -0.2), (0.0, 0.3)]);
    key(&mut harness, Key::N);
    let before = notes(&harness)[0].corners.clone();
    (folder, harness, before)
}

#[test]
fn a_corner_is_dragged_put_between_and_taken_away() {
    let (_folder, mut harness, before) = editing();
    let (from, to) = (at(&harness, 0.2, -0.2), at(&harness, 0.3, -0.3));
    drag(&mut harness, &[from, from.lerp(to, 0.5), to], NONE);
    let moved = notes(&harness)[0].corners.clone();
    assert!(moved[1][0] > before[1][0] && moved[1][1] > before[1][1]);
    assert_eq!((moved[0], moved[2]), (before[0], before[2]));
    undo(&mut harness);
    assert_eq!(notes(&harness)[0].corners, before);
    // The handle between the first two.
    let (from, to) = (at(&harness, 0.0, -0.2), at(&harness, 0.0, -0.35));
    drag(&mut harness, &[from, from.lerp(to, 0.5), to], NONE);
    let more = notes(&harness)[0].corners.clone();
    assert_eq!(more.len(), 4);
    assert_eq!((more[0], more[2], more[3]), (before[0], before[1], before[2]));
    // It is the chosen one.
    key(&mut harness, Key::Delete);
    assert_eq!(notes(&harness)[0].corners, before);
    // Of a triangle no corner can go: Delete takes the note.
    let corner = at(&harness, 0.0, 0.3);
    click_at(&mut harness, corner, NONE);
    key(&mut harness, Key::Delete);
    assert_eq!(notes(&harness).len(), 0);
    undo(&mut harness);
    assert_eq!(notes(&harness)[0].corners, before);
}

#[test]
fn a_note_is_moved_whole_and_an_empty_place_still_moves_the_map() {
    let (_folder, mut harness, before) = editing();
    let (from, to) = (at(&harness, 0.0, 0.0), at(&harness, 0.1, 0.1));
    drag(&mut harness, &[from, from.lerp(to, 0.5), to], NONE);
    let moved = notes(&harness)[0].corners.clone();
    let by = [moved[0][0] - before[0][0], moved[0][1] - before[0][1]];
    assert!(by[0] > 0.001 && by[1] < -0.0005, "{by:?}");
    for (now, was) in moved.iter().zip(&before) {
        assert!((now[0] - was[0] - by[0]).abs() < 1e-9, "{now:?} {was:?}");
    }
    let view = app(&harness).document().view;
    let (from, to) = (at(&harness, -0.4, 0.4), at(&harness, -0.3, 0.3));
    drag(&mut harness, &[from, from.lerp(to, 0.5), to], NONE);
    assert_ne!(app(&harness).document().view, view);
    assert_eq!(notes(&harness)[0].corners, moved);
}

#[test]
fn the_menu_of_a_corner_takes_it_or_the_note_away() {
    let (_folder, mut harness, before) = editing();
    let place = at(&harness, 0.0, -0.2);
    click_at(&mut harness, place, NONE);
    assert_eq!(notes(&harness)[0].corners.len(), 4, "a click between two puts one there");
    right_click(&mut harness, place);
    click(&mut harness, "Delete this corner");
    assert_eq!(notes(&harness)[0].corners, before);
    let place = at(&harness, 0.0, 0.3);
    right_click(&mut harness, place);
    assert!(harness.get_by_label("Delete this corner").accesskit_node().is_disabled());
    click(&mut harness, "Delete this note");
    assert!(notes(&harness).is_empty());
}

fn right_click(harness: &mut Window, at: Pos2) {
    let button = PointerButton::Secondary;
    harness.input_mut().events.push(Event::PointerMoved(at));
    for pressed in [true, false] {
        let event = Event::PointerButton { pos: at, button, pressed, modifiers: NONE };
        harness.input_mut().events.push(event);
        harness.step();
    }
    settle(harness);
}

#[test]
fn ctrl_has_a_corner_meet_one_of_another_layer() {
    let (_folder, mut harness) = with_parks();
    // The car parks lie from 3.60 to 3.73 degrees in 88 % of the map's width: the middle one at
    // 3.72 is 0.0777 of it from the right one.
    let near = at(&harness, 0.44 - 0.88 / 13.0 + 0.006, 0.005);
    tool(&mut harness, Key::P);
    click_at(&mut harness, near, Modifiers::COMMAND);
    click_at(&mut harness, near, NONE);
    let drawn = notes(&harness);
    let [x, y] = drawn[0].corners[0];
    assert!((x - 3.72).abs() < 1e-7 && (y - 51.05).abs() < 1e-7, "{x} {y}");
    assert!((drawn[1].corners[0][0] - 3.72).abs() > 1e-5);
}

#[test]
fn attributes_of_ones_own_are_added_filled_in_and_taken_away() {
    let (folder, mut harness) = with_parks();
    tool(&mut harness, Key::P);
    let place = at(&harness, 0.1, 0.2);
    click_at(&mut harness, place, NONE);
    fill(&mut harness, "Description", "by the canal");
    click(&mut harness, "Add an attribute");
    for (name, kind) in [("height", "Number"), ("urgent", "Yes or no"), ("who", "Text")] {
        fill(&mut harness, "Name of the attribute", name);
        click_last(&mut harness, kind);
        click(&mut harness, "Add");
    }
    fill(&mut harness, "Name of the attribute", "Kind");
    harness.get_by_label("This name is taken");
    fill(&mut harness, "height", "2.5");
    click(&mut harness, "urgent: Yes");
    fill(&mut harness, "who", "An");
    let note = notes(&harness)[0].clone();
    assert_eq!(note.description, "by the canal");
    assert_eq!(note.values["height"], NoteValue::Number(2.5));
    assert_eq!(note.values["urgent"], NoteValue::YesNo(true));
    assert_eq!(note.values["who"], NoteValue::Text("An".to_owned()));
    click(&mut harness, "Delete attribute “who”");
    assert_eq!(set(&harness).fields.len(), 2);
    undo(&mut harness);
    assert_eq!(notes(&harness)[0].values.len(), 3);
    // The layer is exported as any other.
    harness.key_press(Key::Escape);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    settle(&mut harness);
    let target = folder.path().join("notes.geojson");
    fill(&mut harness, "Path of the file", &target.to_string_lossy());
    click(&mut harness, "Export");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&target).unwrap()).unwrap();
    let properties = &written["features"][0]["properties"];
    assert_eq!(properties["kind"], "point");
    assert_eq!(properties["description"], "by the canal");
    assert_eq!(properties["height"], 2.5);
    assert_eq!(properties["urgent"], true);
    assert_eq!(properties["who"], "An");
    assert_eq!(
        written["features"][0]["geometry"]["coordinates"],
        serde_json::json!(note.corners[0])
    );
}

/// Clicks the last of several with a label.
fn click_last(harness: &mut Window, label: &str) {
    let all: Vec<_> = harness.get_all_by_label(label).collect();
    all.last().unwrap().click();
    settle(harness);
}

/// A project with a line and an area, looked at in Dutch.
fn measured_project(folder: &Path) -> Window {
    let text = r#"{"belfort":10,"title":"Notities","layers":[
        {"id":1,"name":"Notities","source":{"path":"notes:1"}}],"nextLayer":2,
        "notes":[{"id":1,"type":"FeatureCollection","language":"nl","next":3,"features":[
        {"type":"Feature","id":1,"geometry":{"type":"LineString","coordinates":
            [[3.7213,51.0523],[3.7301,51.0561],[3.7388,51.0529]]},"properties":{"kind":"line","text":"Route"}},
        {"type":"Feature","id":2,"geometry":{"type":"Polygon","coordinates":
            [[[3.7201,51.0502],[3.7305,51.0502],[3.7312,51.0566],[3.7222,51.0551],[3.7201,51.0502]]]},
            "properties":{"kind":"polygon","text":"Werf"}}]}]}"#;
    window(Language::Dutch, vec![write(folder, "notities.belfort.json", text)])
}

/// GeographicLib through pyproj 3.7.2, `Geod(ellps="WGS84")`: the line is 1454.235 m, its last part
/// 706.286 m, the area 419317.53 m², its edge 2660.324 m.
#[test]
fn lengths_and_areas_are_geographiclibs_in_the_form_of_the_language() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = measured_project(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    click(&mut harness, "Route");
    harness.get_by_label("1,454\u{a0}km");
    click(&mut harness, "Werf");
    harness.get_by_label("41,93\u{a0}ha");
    harness.get_by_label("2,66\u{a0}km");
}

#[test]
fn what_is_being_drawn_is_measured_with_its_last_part() {
    let (_folder, mut harness) = with_parks();
    tool(&mut harness, Key::L);
    for x in [-0.44, 0.0] {
        let place = at(&harness, x, 0.0);
        click_at(&mut harness, place, NONE);
    }
    let end = at(&harness, 0.44, 0.0);
    harness.input_mut().events.push(Event::PointerMoved(end));
    settle(&mut harness);
    // From end to end 9118 m (GeographicLib), the last part half of it.
    let said = |harness: &Window, part: &str| {
        let node = harness.get_by_label_contains(part).accesskit_node();
        node.label().or_else(|| node.value()).unwrap()
    };
    let number = |text: &str| -> f64 {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        digits.parse().unwrap()
    };
    assert!((number(&said(&harness, "9.1")) - 9.118).abs() < 0.1);
    assert!((number(&said(&harness, "4.5")) - 4.559).abs() < 0.1);
}

#[test]
fn notes_are_filtered_copied_with_their_layer_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = measured_project(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    settle(&mut harness);
    assert_eq!(names(&harness), ["Notities", "Notities"]);
    assert_eq!(app(&harness).document().notes.len(), 2, "a copy has notes of its own");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Voorwaarde (SQL)", "soort = 'vlak'");
    assert!(harness.query_all_by_label_contains("1 van 2").count() > 0);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    let saved = open_project(&folder.path().join("notities.belfort.json")).unwrap();
    assert_eq!(saved.notes, app(&harness).document().notes);
    assert_eq!(saved.layers[0].source.path, "notes:2");
}

#[test]
fn a_selected_note_stays_selected_when_another_goes() {
    let (_folder, mut harness) = with_parks();
    tool(&mut harness, Key::P);
    for x in [-0.3, -0.1, 0.1] {
        let place = at(&harness, x, 0.25);
        click_at(&mut harness, place, NONE);
    }
    key(&mut harness, Key::N);
    let (first, last) = (at(&harness, -0.3, 0.25), at(&harness, 0.1, 0.25));
    click_at(&mut harness, first, NONE);
    key(&mut harness, Key::Delete);
    assert_eq!(notes(&harness).len(), 2);
    assert_eq!(app(&harness).selected_row(), None);
    click_at(&mut harness, last, NONE);
    assert_eq!(app(&harness).selected_row().map(|(_, row)| row), Some(1));
    // It is the third row again once the first is back.
    undo(&mut harness);
    assert_eq!(app(&harness).selected_row().map(|(_, row)| row), Some(2));
}
