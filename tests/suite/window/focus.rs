//! The focus of the keyboard is never lost: when what has it goes away, what had it before gets it
//! back, or the map.

use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, parks, settle, window};
use super::keyboard::{focused, press};

/// A window with the focus on its layers panel, where it came from the map.
fn in_the_layers() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::F6);
    }
    assert_eq!(focused(&harness).as_deref(), Some("Map"));
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&harness).as_deref(), Some("Layers"));
    (folder, harness)
}

#[test]
fn a_panel_closed_by_key_gives_the_focus_back() {
    let (_folder, mut harness) = in_the_layers();
    press(&mut harness, Modifiers::COMMAND, Key::L);
    assert!(harness.query_by_label("Layers").is_none(), "the panel is closed");
    assert_eq!(focused(&harness).as_deref(), Some("Map"));
    // Back in the table's panel, which is closed in its turn.
    press(&mut harness, Modifiers::COMMAND, Key::T);
    for _ in 0..2 {
        press(&mut harness, Modifiers::NONE, Key::F6);
    }
    let in_table = focused(&harness).unwrap();
    assert_ne!(in_table, "Map");
    press(&mut harness, Modifiers::COMMAND, Key::T);
    let after = focused(&harness).expect("something has the focus");
    assert_ne!(after, in_table);
}

#[test]
fn every_dialog_takes_the_focus_and_gives_it_back() {
    let (_folder, mut harness) = in_the_layers();
    let keys = [
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::COMMAND, Key::O),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::F1),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::S),
    ];
    for (modifiers, key) in keys {
        press(&mut harness, modifiers, key);
        let within = focused(&harness);
        assert!(within.is_some_and(|name| name != "Layers"), "{key:?} opens what takes the focus");
        // On to the next thing in it, where there is one.
        press(&mut harness, Modifiers::NONE, Key::Tab);
        assert_ne!(focused(&harness).as_deref(), Some("Layers"), "{key:?} keeps it");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert_eq!(focused(&harness).as_deref(), Some("Layers"), "after {key:?}");
    }
    // By a button of the dialog.
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    click(&mut harness, "Close");
    assert_eq!(focused(&harness).as_deref(), Some("Layers"));
}

#[test]
fn a_menu_and_a_field_that_go_away_give_it_back() {
    let (_folder, mut harness) = in_the_layers();
    press(&mut harness, Modifiers::NONE, Key::F10);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_ne!(focused(&harness).as_deref(), Some("File"), "an item has it");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(focused(&harness).as_deref(), Some("File"));
    press(&mut harness, Modifiers::NONE, Key::F6);
    assert_eq!(focused(&harness).as_deref(), Some("Layers"));
    // The field for another name is there only while it is typed.
    press(&mut harness, Modifiers::NONE, Key::F2);
    assert_eq!(focused(&harness).as_deref(), Some("Name of the layer"));
    harness.get_by_label("Name of the layer").type_text("stallingen");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(app(&harness).document().layers[0].name, "stallingen");
    assert_eq!(focused(&harness).as_deref(), Some("Layers"));
}

#[test]
fn where_nothing_had_it_before_the_map_gets_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    assert_eq!(focused(&harness), None);
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    assert!(focused(&harness).is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(focused(&harness).as_deref(), Some("Map"));
}
