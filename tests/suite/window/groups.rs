//! Groups of layers: made, named, folded, hidden, dragged, saved.

use belfort::i18n::Language;
use belfort::project::{open_project, save_project};
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, fill, parks, settle, window};

/// The layers' names, those of a group after its name and between brackets.
pub fn written(harness: &Window) -> String {
    let document = app(harness).document();
    let mut parts = Vec::new();
    for layers in document.layers.chunk_by(|a, b| a.group == b.group) {
        let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
        let names = names.join(" ");
        parts.push(match document.group_of(&layers[0]) {
            Some(group) => format!("{}({names})", group.name),
            None => names,
        });
    }
    parts.join(" ")
}

/// A window with the layers "een", "twee" and "drie".
pub fn three(folder: &std::path::Path, language: Language) -> Window {
    let mut harness = window(language, vec![parks(folder)]);
    for name in ["twee", "een"] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
        settle(&mut harness);
        harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
        settle(&mut harness);
        rename(&mut harness, name);
    }
    harness
}

/// Another name for the active layer, which is the one below its copy.
fn rename(harness: &mut Window, name: &str) {
    harness.key_press(Key::F2);
    settle(harness);
    let field = match app(harness).settings().spoken() {
        Language::Dutch => "Naam van de laag",
        Language::English => "Name of the layer",
    };
    harness.get_by_label(field).type_text(name);
    harness.key_press(Key::Enter);
    settle(harness);
}

#[test]
fn a_group_is_made_named_and_filled_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = three(folder.path(), Language::English);
    let before = written(&harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut harness);
    // The name is asked for at once, and typing replaces what stands there.
    harness.get_by_label("Name of the group").type_text("Verkeer");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert!(written(&harness).starts_with("Verkeer("), "{}", written(&harness));
    // The layer below goes up into it.
    let below = app(&harness).document().layers[1].name.clone();
    harness.get_all_by_label(&below).next().unwrap().click();
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    settle(&mut harness);
    let document = app(&harness).document().clone();
    assert_eq!(document.members(document.groups[0].id).len(), 2);
    // Saved and opened again.
    let path = folder.path().join("map.belfort.json");
    save_project(&document, &path).unwrap();
    assert_eq!(open_project(&path).unwrap().groups, document.groups);
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
    }
    assert_eq!(written(&harness), before);
}

#[test]
fn a_group_folds_hides_and_is_let_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = three(folder.path(), Language::Dutch);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut harness);
    fill(&mut harness, "Naam van de groep", "Groen");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let layer = app(&harness).document().layers[0].name.clone();
    let row = format!("Stijl van ‘{layer}’");
    harness.get_by_label(&row);
    click(&mut harness, "Groep ‘Groen’ dichtklappen");
    assert!(harness.query_by_label(&row).is_none());
    click(&mut harness, "Groep ‘Groen’ verbergen");
    let document = app(&harness).document().clone();
    assert!(!document.is_shown(&document.layers[0]) && document.layers[0].visible);
    click(&mut harness, "Groep ‘Groen’ openklappen");
    click(&mut harness, "Meer voor groep ‘Groen’");
    harness.get_by_label_contains("Groep opheffen").click();
    settle(&mut harness);
    let document = app(&harness).document();
    assert!(document.groups.is_empty() && document.is_shown(&document.layers[0]));
}

#[test]
fn layers_and_groups_are_dragged() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = three(folder.path(), Language::English);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut harness);
    fill(&mut harness, "Name of the group", "G");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let names: Vec<String> =
        app(&harness).document().layers.iter().map(|layer| layer.name.clone()).collect();
    let [a, b, c] = <[String; 3]>::try_from(names).unwrap();
    assert_eq!(written(&harness), format!("G({a}) {b} {c}"));
    // The grip of a layer has no label: it is left of its eye.
    let grip = |harness: &Window, label: &str| {
        harness.get_by_label(label).rect().left_center() - Vec2::new(9.0, 0.0)
    };
    let layer = grip(&harness, &format!("Hide layer “{c}”"));
    let head = harness.get_by_label("Hide group “G”").rect().center();
    drag_to(&mut harness, layer, head);
    assert_eq!(written(&harness), format!("G({c} {a}) {b}"));
    let group = harness.get_by_label("Fold group “G”").rect().left_center() - Vec2::new(9.0, 0.0);
    let eye = harness.get_by_label(&format!("Hide layer “{b}”")).rect();
    drag_to(&mut harness, group, eye.center() + Vec2::new(0.0, 22.0));
    assert_eq!(written(&harness), format!("{b} G({c} {a})"));
}

fn drag_to(harness: &mut Window, from: egui::Pos2, to: egui::Pos2) {
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + Vec2::new(0.0, 9.0));
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    settle(harness);
}
