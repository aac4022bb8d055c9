//! The keyboard: which keys do what, how they are written, and what was pressed.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::actions::{Action, Actions};
use super::commands::{COMMANDS, Entry, Menu, entry};
use super::session::Session;
use crate::i18n::Message;

/// The first keys of a command, as shown beside it; empty for none.
pub(super) fn keys_of(ctx: &egui::Context, label: &str) -> String {
    let keys = entry(label).and_then(|entry| entry.keys().next());
    keys.map(|keys| written(ctx, keys)).unwrap_or_default()
}

/// All keys of a command.
pub(super) fn all_keys_of(ctx: &egui::Context, entry: &Entry) -> String {
    let all: Vec<String> = entry.keys().map(|keys| written(ctx, keys)).collect();
    all.join("   ")
}

/// Keys as they stand on the keyboard.
fn written(ctx: &egui::Context, keys: KeyboardShortcut) -> String {
    let sign = match keys.logical_key {
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Comma => ",",
        Key::Equals => "=",
        _ => return ctx.format_shortcut(&keys),
    };
    let with_letter = ctx.format_shortcut(&KeyboardShortcut::new(keys.modifiers, Key::A));
    format!("{}{sign}", with_letter.trim_end_matches('A'))
}

/// A label with its keys, for tooltips: "Open… (Ctrl+O)".
pub(super) fn with_keys(ctx: &egui::Context, session: &Session, label: &'static str) -> String {
    let text = session.say(&Message::new(label));
    match keys_of(ctx, label) {
        keys if keys.is_empty() => text,
        keys => format!("{text} ({keys})"),
    }
}

/// Says that a list has the focus: the keys that go through it are its own, not the map's, from the
/// next frame on.
pub(super) fn leave_to_list(ctx: &egui::Context) {
    let frame = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(list_id(), frame));
}

fn list_id() -> egui::Id {
    egui::Id::unique("list with the focus")
}

/// Whether a list had the focus in the frame before.
fn is_in_list(ctx: &egui::Context) -> bool {
    let now = ctx.cumulative_pass_nr();
    let last: Option<u64> = ctx.data(|data| data.get_temp(list_id()));
    last.is_some_and(|last| now.saturating_sub(last) <= 1)
}

/// Whether keys go through a list.
fn are_of_lists(keys: KeyboardShortcut) -> bool {
    keys.modifiers.is_none() && matches!(keys.logical_key, Key::Home | Key::End)
}

/// Answers the keys pressed. Popups and dialogs have taken theirs before. A key that stands for
/// several commands does the first that is possible; one that can do nothing is left alone.
pub(super) fn handle(ctx: &egui::Context, session: &Session, has_dialog: bool, out: &mut Actions) {
    if has_dialog {
        return;
    }
    open_menu(ctx, session, out);
    let is_typing = ctx.text_edit_focused();
    let has_popup = egui::Popup::is_any_open(ctx);
    let is_in_list = is_in_list(ctx);
    for (keys, entry) in by_modifiers() {
        let is_escape = keys.logical_key == Key::Escape;
        if is_in_list && are_of_lists(keys) {
            continue;
        }
        if (is_typing && !entry.works_in_text) || (has_popup && is_escape) {
            continue;
        }
        let Some(actions) = entry.actions_on(session, session.active_layer()) else { continue };
        if ctx.input_mut(|input| input.consume_shortcut(&keys)) {
            out.extend(actions);
        }
    }
}

/// Alt with a letter of its name opens a menu.
fn open_menu(ctx: &egui::Context, session: &Session, out: &mut Actions) {
    for menu in Menu::ALL {
        let letter = session.say(&menu.letter());
        let pressed = Key::from_name(&letter.to_uppercase())
            .is_some_and(|key| ctx.input_mut(|input| input.consume_key(Modifiers::ALT, key)));
        if pressed {
            out.push(Action::OpenMenu(menu));
        }
    }
}

/// All keys, those with more modifiers first: egui lets a key with fewer match one with more.
fn by_modifiers() -> Vec<(KeyboardShortcut, &'static Entry)> {
    let mut all: Vec<_> =
        COMMANDS.iter().flat_map(|entry| entry.keys().map(move |keys| (keys, entry))).collect();
    all.sort_by_key(|(keys, _)| {
        let held = keys.modifiers;
        std::cmp::Reverse(u8::from(held.shift) + u8::from(held.alt) + u8::from(held.command))
    });
    all
}
