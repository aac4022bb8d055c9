//! Rules of a filter that are not finished stay while other parts of it change; rare values are
//! found; a drag is one step of undo.

use std::path::Path;

use belfort::i18n::Language;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, drag, fill, parks, settle, window, write};

fn sql(harness: &Window) -> String {
    app(harness).document().layers[0].filter.sql.clone()
}

fn press(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

fn with_parks(folder: &Path) -> Window {
    let mut harness = window(Language::English, vec![parks(folder)]);
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness
}

/// Whether there is a rule so numbered.
fn has_rule(harness: &Window, number: &str) -> bool {
    harness.query_by_label(&format!("Field of condition {number}")).is_some()
}

#[test]
fn a_rule_without_a_value_stays_while_the_rest_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_parks(folder.path());
    click(&mut harness, "Add condition");
    assert!(has_rule(&harness, "1"));
    // A condition on place, and its undoing.
    click(&mut harness, "What is in view now");
    assert_eq!(app(&harness).document().layers[0].filter.places.len(), 1);
    assert!(has_rule(&harness, "1"), "a place came");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(app(&harness).document().layers[0].filter.is_empty());
    assert!(has_rule(&harness, "1"), "it was undone");
    // The same condition as text.
    fill(&mut harness, "Condition (SQL)", "plaatsen > 300");
    assert_eq!(sql(&harness), "plaatsen > 300");
    assert!(has_rule(&harness, "1") && has_rule(&harness, "2"), "one from the text, one waits");
    // Text that is more than rules can say, and back.
    fill(&mut harness, "Condition (SQL)", "lower(naam) = 'reep'");
    assert!(!has_rule(&harness, "1"));
    fill(&mut harness, "Condition (SQL)", "plaatsen > 400");
    assert!(has_rule(&harness, "1") && has_rule(&harness, "2"));
    // Out of the field: there the keys undo letters.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    for _ in 0..2 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(sql(&harness), "plaatsen > 300");
    assert!(has_rule(&harness, "1") && has_rule(&harness, "2"), "undo of the text");
    // It is still good for something.
    click(&mut harness, "Values of condition 1");
    click(&mut harness, "Reep (1)");
    assert!(sql(&harness).starts_with("naam = 'Reep' AND"), "{}", sql(&harness));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, "Clear filter");
    assert!(!has_rule(&harness, "1"), "who clears the filter means all of it");
}

#[test]
fn it_waits_while_another_layer_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let other = write(folder.path(), "other.csv", "lon,lat,n\n3.7,51.0,1\n3.8,51.1,2\n");
    let mut harness = window(Language::English, vec![parks(folder.path()), other]);
    press(&mut harness, Modifiers::COMMAND, Key::F);
    let layers: Vec<String> =
        app(&harness).document().layers.iter().map(|layer| layer.name.clone()).collect();
    let first = |harness: &mut Window, name: &str| {
        harness.get_all_by_label(name).next().unwrap().click();
        settle(harness);
    };
    first(&mut harness, &layers[0]);
    click(&mut harness, "Add condition");
    assert!(has_rule(&harness, "1"));
    first(&mut harness, &layers[1]);
    assert!(!has_rule(&harness, "1"), "the other layer has none");
    first(&mut harness, &layers[0]);
    assert!(has_rule(&harness, "1"));
}

#[test]
fn a_drag_of_a_range_is_one_step_of_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_parks(folder.path());
    click(&mut harness, "Add condition");
    click(&mut harness, "Field of condition 1");
    click(&mut harness, "plaatsen");
    fill(&mut harness, "From, condition 1", "300");
    assert_eq!(sql(&harness), "plaatsen BETWEEN 300 AND 648");
    for name in ["Slider: From, condition 1", "Slider: Up to, condition 1"] {
        let before = sql(&harness);
        let handle = harness.get_by_label(name).rect().center();
        let inwards = if name.contains("From") { 1.0 } else { -1.0 };
        let path: Vec<_> =
            (0_u8..12).map(|step| handle + vec2(inwards * 5.0 * f32::from(step), 0.0)).collect();
        // With pauses in which the condition is tried and sent.
        let mut seen = std::collections::BTreeSet::new();
        let (first, rest) = path.split_at(6);
        harness.input_mut().events.push(egui::Event::PointerMoved(first[0]));
        let button = |pressed, pos| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        harness.input_mut().events.push(button(true, first[0]));
        harness.step();
        for part in [first, rest] {
            for at in part {
                harness.input_mut().events.push(egui::Event::PointerMoved(*at));
                harness.step();
            }
            settle(&mut harness);
            seen.insert(sql(&harness));
        }
        harness.input_mut().events.push(button(false, path[11]));
        harness.step();
        settle(&mut harness);
        let after = sql(&harness);
        assert!(seen.len() == 2 && after != before, "{seen:?}: sent on the way");
        press(&mut harness, Modifiers::COMMAND, Key::Z);
        assert_eq!(sql(&harness), before, "one step");
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        assert_eq!(sql(&harness), after);
    }
    // Without a pause too.
    let before = sql(&harness);
    let handle = harness.get_by_label("Slider: From, condition 1").rect().center();
    drag(
        &mut harness,
        &[handle, handle - vec2(8.0, 0.0), handle - vec2(16.0, 0.0)],
        Modifiers::NONE,
    );
    assert_ne!(sql(&harness), before);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(sql(&harness), before);
}

#[test]
fn values_that_are_not_listed_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("naam,lon,lat\n");
    for at in 0..10_400 {
        text.push_str(&format!("straat {at:05},3.7,51.0\n"));
    }
    text.push_str("Zwarte Één,3.7,51.0\nZwarte Twee,3.7,51.0\n");
    let mut harness = window(Language::English, vec![write(folder.path(), "straten.csv", &text)]);
    press(&mut harness, Modifiers::COMMAND, Key::F);
    click(&mut harness, "Add condition");
    click(&mut harness, "Values of condition 1");
    harness.get_by_label_contains("402 rare values are not in the list");
    fill(&mut harness, "Search the values", "zwarte");
    assert!(harness.query_by_label("Zwarte Twee (1)").is_some());
    click(&mut harness, "Zwarte Één (1)");
    assert_eq!(sql(&harness), "naam = 'Zwarte Één'");
    // More than are listed.
    fill(&mut harness, "Search the values", "0");
    harness.get_by_label_contains("straat 00000");
    fill(&mut harness, "Search the values", "nergens");
    harness.get_by_label("No value found");
}
