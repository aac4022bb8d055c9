//! The window without a mouse, and with a screen reader: parts, menus, and a name for everything.

use std::collections::BTreeSet;

use belfort::app::Settings;
use belfort::i18n::Language;
use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable};

use super::harness::{Window, app, click, parks, settle, window, window_with};

/// The names of the menus.
const MENUS: [(Language, [&str; 6]); 2] = [
    (Language::Dutch, ["Bestand", "Bewerken", "Selectie", "Beeld", "Laag", "Help"]),
    (Language::English, ["File", "Edit", "Selection", "View", "Layer", "Help"]),
];

pub fn press(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// The name of what has the focus.
pub fn focused(harness: &Window) -> Option<String> {
    let has_focus = |node: &AccessKitNode<'_>| node.is_focused();
    let node = harness.query_by(has_focus)?;
    node.accesskit_node().label()
}

/// Everything that can be clicked has a name.
fn all_is_named(harness: &Window, place: &str) {
    let unnamed: Vec<String> = harness
        .query_all_by(|node| {
            node.data().supports_action(Action::Click)
                && !node.is_hidden()
                // egui's own; what it scrolls has the name.
                && node.role() != Role::ScrollBar
                && node.label().or(node.value()).is_none_or(|name| name.trim().is_empty())
        })
        .map(|node| format!("{:?} at {:?}", node.accesskit_node().role(), node.rect()))
        .collect();
    assert!(unnamed.is_empty(), "{place}: {unnamed:#?}");
}

/// The names of the buttons that can be used now.
fn buttons(harness: &Window) -> BTreeSet<String> {
    harness
        .query_all_by(|node| node.data().supports_action(Action::Click) && !node.is_disabled())
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

#[test]
fn every_window_and_dialog_has_names_for_all_that_can_be_clicked() {
    for (language, menus) in MENUS {
        let folder = tempfile::tempdir().unwrap();
        let mut harness = window(language, vec![parks(folder.path())]);
        press(&mut harness, Modifiers::COMMAND, Key::T);
        all_is_named(&harness, "the window with the table");
        let mut dialogs = 0;
        for menu in menus {
            let before = buttons(&harness);
            click(&mut harness, menu);
            all_is_named(&harness, menu);
            let items: Vec<String> = buttons(&harness).difference(&before).cloned().collect();
            assert!(!items.is_empty(), "{menu} is empty");
            press(&mut harness, Modifiers::NONE, Key::Escape);
            // The three dots promise a dialog; of the others only help and this program have one.
            let is_asking = |item: &&String| item.contains('…') || menu == menus[5];
            for item in items.iter().filter(is_asking) {
                let names = app(&harness).document().layers.len();
                click(&mut harness, menu);
                harness.get_all_by_label(item).next_back().unwrap().click();
                settle(&mut harness);
                all_is_named(&harness, item);
                dialogs += 1;
                for _ in 0..2 {
                    press(&mut harness, Modifiers::NONE, Key::Escape);
                }
                if app(&harness).document().layers.len() != names {
                    // The sample project was opened: back to the layer.
                    harness = window(language, vec![parks(folder.path())]);
                }
            }
        }
        assert!(dialogs >= 10, "{dialogs} dialogs were seen");
        // The pages of the settings, the filter and the find window.
        press(&mut harness, Modifiers::COMMAND, Key::Comma);
        let pages = match language {
            Language::Dutch => ["Eenheden en export", "Achtergrondkaart en geheugen"],
            Language::English => ["Units and export", "Basemap and memory"],
        };
        for page in pages {
            click(&mut harness, page);
            all_is_named(&harness, page);
        }
        press(&mut harness, Modifiers::NONE, Key::Escape);
        press(&mut harness, Modifiers::COMMAND, Key::F);
        all_is_named(&harness, "filter");
        press(&mut harness, Modifiers::COMMAND, Key::K);
        all_is_named(&harness, "find");
    }
}

#[test]
fn f6_goes_through_the_parts_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    press(&mut harness, Modifiers::COMMAND, Key::T);
    let mut seen = Vec::new();
    for _ in 0..6 {
        press(&mut harness, Modifiers::NONE, Key::F6);
        seen.push(focused(&harness).expect("something has the focus"));
    }
    assert_eq!(seen[0], "File");
    assert_eq!(seen[1], "Layers");
    assert_eq!(seen[2], "Map");
    assert_eq!(seen[5], seen[0], "{seen:?}");
    let parts: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(parts.len(), 5, "{seen:?}");
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&harness).as_ref(), Some(&seen[4]));
    // A closed panel is passed over.
    press(&mut harness, Modifiers::COMMAND, Key::L);
    let mut seen = BTreeSet::new();
    for _ in 0..4 {
        press(&mut harness, Modifiers::SHIFT, Key::F6);
        seen.extend(focused(&harness));
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen.contains("Map") && seen.contains("File") && !seen.contains("Layers"), "{seen:?}");
}

#[test]
fn menus_open_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    press(&mut harness, Modifiers::NONE, Key::F10);
    harness.get_by_label("Nieuwe kaart Ctrl+N");
    assert_eq!(focused(&harness).as_deref(), Some("Bestand"));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    harness.get_by_label_contains("Ongedaan maken");
    assert!(harness.query_by_label("Nieuwe kaart Ctrl+N").is_none(), "one menu at a time");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::ALT, Key::W);
    harness.get_by_label_contains("Ongedaan maken");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    // Help, and down to the shortcuts.
    press(&mut harness, Modifiers::ALT, Key::H);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(focused(&harness).as_deref(), Some("Sneltoetsen F1"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label("Sluiten");
}

#[test]
fn rows_are_one_stop_and_the_arrows_go_through_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    press(&mut harness, Modifiers::COMMAND, Key::T);
    // From the first thing of the table's panel on, the rows are one stop of the Tab key.
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    let mut stops = 0;
    let is_at_rows = |harness: &Window| {
        harness.query_by(|node| node.is_focused() && node.role() == Role::Table).is_some()
    };
    while !is_at_rows(&harness) && stops < 20 {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        stops += 1;
    }
    assert!(is_at_rows(&harness), "the rows are reached: {:?}", focused(&harness));
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let layer = app(&harness).document().layers[0].id;
    assert_eq!(app(&harness).selected_row(), Some((layer, 1)));
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(app(&harness).selected_rows(layer), [1, 2]);
    assert!(is_at_rows(&harness), "the focus stays");
}

#[test]
fn the_tab_key_goes_down_the_layers_panel() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![parks(folder.path())]);
    press(&mut harness, Modifiers::NONE, Key::F6);
    press(&mut harness, Modifiers::NONE, Key::F6);
    let mut seen = vec![focused(&harness).unwrap_or_default()];
    for _ in 0..6 {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        seen.push(focused(&harness).unwrap_or_default());
    }
    assert_eq!(seen[0], "Layers");
    assert!(seen.iter().all(|name| !name.is_empty()), "nothing without a name: {seen:?}");
    assert!(seen.iter().any(|name| name.contains("Hide layer")), "{seen:?}");
}

#[test]
fn text_at_twice_the_size_leaves_everything_in_reach() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        language: Some(Language::English),
        work_offline: true,
        text_size: 200,
        ..Settings::default()
    };
    let cache = folder.path().join("tiles");
    let mut harness = window_with(settings, cache, vec![parks(folder.path())]);
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    let screen = harness.ctx.content_rect();
    assert!(screen.width() < 700.0, "{screen:?}");
    let close = harness.get_by_label("Close").rect();
    assert!(close.max.y * 1.0 <= screen.max.y && close.max.x <= screen.max.x, "{close:?}");
}
