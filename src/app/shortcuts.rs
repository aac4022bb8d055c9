//! Keyboard shortcuts: one list from which the keys, the menus' hints and the help are made.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::actions::{Action, Actions, DetailsTab, Panel};
use super::session::Session;
use super::tools::Tool;
use crate::i18n::Message;

/// One shortcut.
pub(super) struct Shortcut {
    pub keys: KeyboardShortcut,
    /// What it does, in words.
    pub label: Message,
    /// Also when a text field has the focus.
    in_text: bool,
    action: fn(&Session) -> Option<Action>,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn shortcut(
    modifiers: Modifiers,
    key: Key,
    label: Message,
    in_text: bool,
    action: fn(&Session) -> Option<Action>,
) -> Shortcut {
    Shortcut { keys: KeyboardShortcut::new(modifiers, key), label, in_text, action }
}

/// All shortcuts, in the order of the help. Those with more modifiers come before those with
/// fewer on the same key, as egui lets the latter match the former.
pub(super) static SHORTCUTS: &[Shortcut] = &[
    shortcut(CTRL, Key::O, Message::new("app-open"), true, |_| Some(Action::ShowOpen)),
    shortcut(CTRL, Key::N, Message::new("app-new"), true, |_| Some(Action::New)),
    shortcut(CTRL_SHIFT, Key::S, Message::new("app-save-as"), true, |_| Some(Action::ShowSaveAs)),
    shortcut(CTRL, Key::S, Message::new("app-save"), true, |_| Some(Action::Save)),
    shortcut(CTRL, Key::E, Message::new("app-export"), true, |s| s.active.map(Action::ShowExport)),
    shortcut(CTRL_SHIFT, Key::Z, Message::new("app-redo"), false, |_| Some(Action::Redo)),
    shortcut(CTRL, Key::Z, Message::new("app-undo"), false, |_| Some(Action::Undo)),
    shortcut(CTRL, Key::Y, Message::new("app-redo"), false, |_| Some(Action::Redo)),
    shortcut(CTRL_SHIFT, Key::P, Message::new("app-figure"), true, |_| Some(Action::ShowFigure)),
    shortcut(CTRL, Key::L, Message::new("app-toggle-layers"), true, |_| {
        Some(Action::Toggle(Panel::Layers))
    }),
    shortcut(CTRL_SHIFT, Key::I, Message::new("app-select-invert"), false, |s| {
        s.active.map(|_| Action::InvertSelection)
    }),
    shortcut(CTRL, Key::I, Message::new("app-toggle-details"), true, |_| {
        Some(Action::Toggle(Panel::Details))
    }),
    shortcut(CTRL, Key::T, Message::new("app-toggle-table"), true, |_| {
        Some(Action::Toggle(Panel::Table))
    }),
    shortcut(CTRL, Key::F, Message::new("app-layer-filter"), true, |_| {
        Some(Action::ShowTab(DetailsTab::Filter))
    }),
    shortcut(Modifiers::NONE, Key::F2, Message::new("app-layer-rename"), false, |s| {
        s.active.map(Action::StartRename)
    }),
    shortcut(Modifiers::NONE, Key::Home, Message::new("app-zoom-all"), false, |_| {
        Some(Action::ZoomToAll)
    }),
    shortcut(Modifiers::NONE, Key::Plus, Message::new("app-zoom-in"), false, |_| {
        Some(Action::ZoomBy(1.0))
    }),
    shortcut(Modifiers::NONE, Key::Minus, Message::new("app-zoom-out"), false, |_| {
        Some(Action::ZoomBy(-1.0))
    }),
    shortcut(Modifiers::NONE, Key::Escape, Message::new("app-clear-selection"), false, |s| {
        let is_busy = s.tool != Tool::Browse || !s.selection.is_empty();
        is_busy.then_some(Action::StepBack)
    }),
    shortcut(CTRL, Key::A, Message::new("app-select-all"), false, |s| {
        s.active.map(|_| Action::SelectAll)
    }),
    shortcut(Modifiers::NONE, Key::Z, Message::new("app-zoom-selection"), false, |s| {
        (!s.selection.is_empty()).then_some(Action::ZoomToSelection)
    }),
    shortcut(Modifiers::NONE, Key::F1, Message::new("app-help-shortcuts"), true, |_| {
        Some(Action::ShowHelp)
    }),
    shortcut(CTRL, Key::Q, Message::new("app-quit"), true, |_| Some(Action::Quit)),
];

/// The keys of an action of the list, as shown beside it; empty for none.
pub(super) fn keys_of(ctx: &egui::Context, label: &'static str) -> String {
    let found = SHORTCUTS.iter().find(|shortcut| shortcut.label.id == label);
    found.map(|shortcut| written(ctx, shortcut)).unwrap_or_default()
}

/// The keys of a shortcut as they stand on the keyboard.
pub(super) fn written(ctx: &egui::Context, shortcut: &Shortcut) -> String {
    match shortcut.keys.logical_key {
        Key::Plus => "+".to_owned(),
        Key::Minus => "−".to_owned(),
        _ => ctx.format_shortcut(&shortcut.keys),
    }
}

/// A label with its keys, for tooltips: "Open… (Ctrl+O)".
pub(super) fn with_keys(ctx: &egui::Context, session: &Session, label: &'static str) -> String {
    let text = session.say(&Message::new(label));
    match keys_of(ctx, label) {
        keys if keys.is_empty() => text,
        keys => format!("{text} ({keys})"),
    }
}

/// Answers the keys pressed. Popups and dialogs have taken theirs before.
pub(super) fn handle(ctx: &egui::Context, session: &Session, has_dialog: bool, out: &mut Actions) {
    if has_dialog {
        return;
    }
    let is_typing = ctx.text_edit_focused();
    let has_popup = egui::Popup::is_any_open(ctx);
    for shortcut in SHORTCUTS {
        let is_escape = shortcut.keys.logical_key == Key::Escape;
        if (is_typing && !shortcut.in_text) || (has_popup && is_escape) {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(&shortcut.keys)) {
            out.extend((shortcut.action)(session));
        }
    }
}
