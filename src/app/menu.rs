//! The menu bar, with the choices of basemap and language at its right, and the menu of a layer.

use egui::{Align, Button, ComboBox, Layout, MenuBar, Ui};

use super::actions::Actions;
use super::commands::{CHOICES, COMMANDS, Choice, Choices, Entry, Menu};
use super::session::Session;
use super::shortcuts::keys_of;
use crate::project::Layer;

pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(session.say(&menu.label()), |ui| {
                if menu == Menu::Layer && session.active_layer().is_none() {
                    ui.weak(session.tr("app-table-no-layer"));
                } else {
                    show_menu(ui, session, menu, session.active_layer(), out);
                }
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for choices in CHOICES.iter().rev().filter(|choices| choices.menu.is_none()) {
                choice_box(ui, session, choices, out);
            }
        });
    });
}

/// Everything that can be done with a layer; the same in the row's menu, its context menu and the
/// menu bar.
pub(super) fn layer_menu(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    show_menu(ui, session, Menu::Layer, Some(layer), out);
}

fn show_menu(ui: &mut Ui, session: &Session, menu: Menu, layer: Option<&Layer>, out: &mut Actions) {
    let in_part = |entry: &Entry, part| entry.part_of(menu) == Some(part);
    let ends_part = |choices: &Choices, part| choices.menu == Some((menu, part));
    let parts = COMMANDS.iter().filter_map(|entry| entry.part_of(menu));
    let more = CHOICES.iter().filter_map(|c| c.menu.filter(|(m, _)| *m == menu).map(|(_, p)| p));
    let mut parts: Vec<u8> = parts.chain(more).collect();
    parts.sort_unstable();
    parts.dedup();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            ui.separator();
        }
        for entry in COMMANDS.iter().filter(|entry| in_part(entry, part)) {
            item(ui, session, entry, layer, out);
        }
        for choices in CHOICES.iter().filter(|choices| ends_part(choices, part)) {
            submenu(ui, session, choices, out);
        }
    }
}

fn item(ui: &mut Ui, session: &Session, entry: &Entry, layer: Option<&Layer>, out: &mut Actions) {
    let now = entry.now_on(session, layer);
    let text = entry.text(session, &now);
    let button = match now.is_on {
        Some(is_on) => Button::selectable(is_on, text),
        None => Button::new(text),
    };
    let button = button.shortcut_text(keys_of(ui.ctx(), entry.label));
    let actions = entry.actions_on(session, layer);
    if ui.add_enabled(actions.is_some(), button).clicked() {
        out.extend(actions.unwrap_or_default());
        ui.close();
    }
}

fn submenu(ui: &mut Ui, session: &Session, choices: &Choices, out: &mut Actions) {
    let list = (choices.list)(session);
    ui.add_enabled_ui(!list.is_empty(), |ui| {
        ui.menu_button(session.tr(choices.label), |ui| {
            for choice in list {
                pick(ui, choice, out);
            }
        });
    });
}

fn pick(ui: &mut Ui, choice: Choice, out: &mut Actions) {
    let Choice { name, hint, is_on, action } = choice;
    let response = ui.add(Button::selectable(is_on, name));
    let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
    if response.clicked() {
        out.push(action);
        ui.close();
    }
}

/// A list to choose from, with its name before it where that says more than what is chosen.
fn choice_box(ui: &mut Ui, session: &Session, choices: &Choices, out: &mut Actions) {
    let list = (choices.list)(session);
    let label = session.tr(choices.label);
    let chosen = list.iter().find(|choice| choice.is_on).map(|choice| choice.name.clone());
    let says_enough = choices.label == "app-language";
    let combo = ComboBox::from_id_salt(choices.label)
        .selected_text(chosen.unwrap_or_default())
        .width(if says_enough { 108.0 } else { 190.0 })
        .truncate();
    let shown = combo.show_ui(ui, |ui| {
        for choice in list {
            pick(ui, choice, out);
        }
    });
    shown.response.accessible_name(&label).on_hover_text(&label);
    if !says_enough {
        ui.weak(label);
    }
}
