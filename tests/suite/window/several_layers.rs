//! Several layers at once: chosen with Ctrl and Shift or by keyboard; hidden, grouped and removed
//! together, each as one step of undo.

use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::groups::{three, written};
use super::harness::{Window, app, click, click_at, settle};
use super::keyboard::{focused, press};

/// Clicks on the name of a layer with keys held.
fn choose(harness: &mut Window, name: &str, modifiers: Modifiers) {
    let at = harness.get_by_label(name).rect().center();
    click_at(harness, at, modifiers);
}

/// The layers that a screen reader hears are chosen.
fn chosen(harness: &Window) -> Vec<String> {
    let is_chosen = |name: &String| {
        harness
            .get_by_label(name)
            .accesskit_node()
            .toggled()
            .is_some_and(|toggled| toggled == egui::accesskit::Toggled::True)
    };
    app(harness)
        .document()
        .layers
        .iter()
        .map(|layer| layer.name.clone())
        .filter(is_chosen)
        .collect()
}

fn hidden(harness: &Window) -> Vec<&str> {
    let layers = app(harness).document().layers.iter();
    layers.filter(|layer| !layer.visible).map(|layer| layer.name.as_str()).collect()
}

#[test]
fn layers_are_hidden_and_removed_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = three(folder.path(), Language::English);
    let all = written(&harness);
    let names: Vec<String> = all.split(' ').map(str::to_owned).collect();
    let [first, second, third] = &names[..] else { panic!("{names:?}") };
    choose(&mut harness, first, Modifiers::NONE);
    assert_eq!(chosen(&harness), [first.as_str()]);
    assert!(harness.query_by_label_contains("layers chosen").is_none());
    choose(&mut harness, third, Modifiers::COMMAND);
    assert_eq!(chosen(&harness), [first.as_str(), third]);
    harness.get_by_label("2 layers chosen");
    click(&mut harness, "Hide");
    assert_eq!(hidden(&harness), [first.as_str(), third]);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(hidden(&harness).is_empty(), "one step");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    click(&mut harness, "Show");
    assert!(hidden(&harness).is_empty());
    // All in between.
    choose(&mut harness, first, Modifiers::NONE);
    choose(&mut harness, second, Modifiers::SHIFT);
    assert_eq!(chosen(&harness), [first.as_str(), second]);
    click(&mut harness, "Remove");
    assert_eq!(written(&harness), *third);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(written(&harness), all, "one step");
    // The eye of one layer is about that one.
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    assert_eq!(chosen(&harness).len(), 3);
    click(&mut harness, &format!("Hide layer “{second}”"));
    assert_eq!(hidden(&harness), [second.as_str()]);
    click(&mut harness, "Choose only the active layer");
    assert_eq!(chosen(&harness).len(), 1);
}

#[test]
fn a_group_is_made_of_what_is_chosen_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = three(folder.path(), Language::Dutch);
    let names: Vec<String> = written(&harness).split(' ').map(str::to_owned).collect();
    choose(&mut harness, &names[0], Modifiers::NONE);
    harness.get_by_label(&names[2]).focus();
    harness.step();
    assert_eq!(focused(&harness).as_ref(), Some(&names[2]));
    press(&mut harness, Modifiers::COMMAND, Key::Space);
    assert_eq!(chosen(&harness), [names[0].as_str(), &names[2]]);
    press(&mut harness, Modifiers::COMMAND, Key::G);
    harness.get_by_label("Naam van de groep").type_text("Samen");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(written(&harness), format!("Samen({} {}) {}", names[0], names[2], names[1]));
    for _ in 0..2 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(written(&harness), names.join(" "));
}
