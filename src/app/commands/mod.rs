//! Every thing a person can do, once: its words, its keys, the menus it stands in, whether it is
//! possible now and what it does. Menu bar, layers' menus and tools, tooltips, help, keyboard and
//! the find window all come from the one list ([`COMMANDS`]); a new thing is one entry of it.
//! What is chosen from a list that is not known beforehand (a recent file, a basemap) is in
//! [`CHOICES`].

mod choices;
mod list;
#[cfg(test)]
mod tests;

pub(super) use choices::{CHOICES, Choice, Choices};
pub(super) use list::COMMANDS;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::actions::{Action, Actions};
use super::icons::Icon;
use super::session::Session;
use super::tools::Tool;
use crate::i18n::Message;
use crate::project::{Backdrop, Layer, LayerGroup};

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Menu {
    File,
    Edit,
    Select,
    /// What is drawn on the map.
    Draw,
    View,
    Layer,
    /// The menu of a group of layers; not in the menu bar.
    Group,
    /// The menu of an image under the layers; not in the menu bar.
    Backdrop,
    Help,
}

impl Menu {
    /// All menus of the menu bar, from left to right.
    pub const ALL: [Menu; 7] =
        [Menu::File, Menu::Edit, Menu::Select, Menu::Draw, Menu::View, Menu::Layer, Menu::Help];

    /// The letter that opens it with Alt: one of its name.
    pub fn letter(self) -> Message {
        Message::new(match self {
            Menu::File => "app-menu-file-letter",
            Menu::Edit => "app-menu-edit-letter",
            Menu::Select => "app-menu-select-letter",
            Menu::Draw => "app-menu-draw-letter",
            Menu::View => "app-menu-view-letter",
            // These menus are not in the bar: nobody asks for their letter.
            Menu::Layer | Menu::Group | Menu::Backdrop => "app-menu-layer-letter",
            Menu::Help => "app-menu-help-letter",
        })
    }

    /// Its name.
    pub fn label(self) -> Message {
        Message::new(match self {
            Menu::File => "app-menu-file",
            Menu::Edit => "app-menu-edit",
            Menu::Select => "app-menu-select",
            Menu::Draw => "app-menu-draw",
            Menu::View => "app-menu-view",
            Menu::Layer => "app-menu-layer",
            Menu::Group => "app-menu-group",
            Menu::Backdrop => "app-menu-backdrop",
            Menu::Help => "app-menu-help",
        })
    }
}

/// How a command stands at this moment.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Now {
    /// What it does; none while it is not possible.
    pub action: Option<Action>,
    /// For what can be on or off: which it is.
    pub is_on: Option<bool>,
    /// What it is about just now: "Undo: rename layer".
    pub about: Option<Message>,
}

impl Now {
    /// Says of how many layers, where a layer is one of several chosen.
    fn of_several(self, session: &Session, layer: &Layer) -> Now {
        let count = session.with_chosen(layer).len();
        let several = Message::new("app-layers-count").count("count", count as u64);
        Now { about: (count > 1).then_some(several), ..self }
    }

    /// It is possible.
    pub fn does(action: Action) -> Now {
        Now { action: Some(action), is_on: None, about: None }
    }

    /// It is possible under a condition.
    pub fn possible(is_possible: bool, action: Action) -> Now {
        Now { action: is_possible.then_some(action), is_on: None, about: None }
    }

    /// It switches something that is on or off.
    pub fn switch(is_on: bool, action: Action) -> Now {
        Now { action: Some(action), is_on: Some(is_on), about: None }
    }

    /// It is possible while there is something that it is about.
    pub fn about(what: Option<Message>, action: Action) -> Now {
        Now { action: what.is_some().then_some(action), is_on: None, about: what }
    }

    const NEVER: Now = Now { action: None, is_on: None, about: None };
}

/// What a command is about.
#[derive(Clone, Copy)]
enum What {
    /// The window or the whole map.
    Window(fn(&Session) -> Now),
    /// A tool for the map.
    Tool(Tool),
    /// One layer: the one whose menu it is chosen from, elsewhere the active one.
    Layer(fn(&Session, &Layer) -> Now),
    /// The group of a layer.
    Group(fn(&Session, &LayerGroup) -> Now),
    /// An image under the layers: the one whose menu it is chosen from, elsewhere the active one.
    Backdrop(fn(&Session, &Backdrop) -> Now),
}

/// One thing a person can do.
pub(super) struct Entry {
    /// The message that names it; no two entries have the same.
    pub label: &'static str,
    /// The menus it stands in, with the part of the menu; a line is drawn between parts.
    menus: [Option<(Menu, u8)>; 2],
    keys: [Option<KeyboardShortcut>; 2],
    /// The keys also work while a text is being typed.
    pub works_in_text: bool,
    /// Its sign among the tools of the active layer.
    pub tool: Option<Icon>,
    /// Menus have it only while it is possible.
    pub is_rare: bool,
    what: What,
}

impl Entry {
    const fn new(label: &'static str, menu: Menu, part: u8, what: What) -> Entry {
        Entry {
            label,
            menus: [Some((menu, part)), None],
            keys: [None, None],
            works_in_text: false,
            tool: None,
            is_rare: false,
            what,
        }
    }

    /// A command about the window or the whole map.
    const fn window(label: &'static str, menu: Menu, part: u8, now: fn(&Session) -> Now) -> Entry {
        Entry::new(label, menu, part, What::Window(now))
    }

    /// A command about a layer, in a part of the layer's menu.
    const fn layer(label: &'static str, part: u8, now: fn(&Session, &Layer) -> Now) -> Entry {
        Entry::new(label, Menu::Layer, part, What::Layer(now))
    }

    /// A command about the group of a layer, in a part of the group's menu.
    const fn group(label: &'static str, part: u8, now: fn(&Session, &LayerGroup) -> Now) -> Entry {
        Entry::new(label, Menu::Group, part, What::Group(now))
    }

    /// A command about an image under the layers, in a part of its menu.
    const fn backdrop(label: &'static str, part: u8, now: fn(&Session, &Backdrop) -> Now) -> Entry {
        Entry::new(label, Menu::Backdrop, part, What::Backdrop(now))
    }

    /// A tool for the map.
    const fn tool_for_map(label: &'static str, menu: Menu, part: u8, tool: Tool) -> Entry {
        Entry::new(label, menu, part, What::Tool(tool))
    }

    /// It stands in this menu and in no other.
    const fn only_in(mut self, menu: Menu, part: u8) -> Entry {
        self.menus[0] = Some((menu, part));
        self
    }

    /// It stands in no menu: a panel has it, and the find window.
    const fn in_no_menu(mut self) -> Entry {
        self.menus[0] = None;
        self
    }

    /// Few layers know it: menus have it only while it is possible.
    const fn rare(mut self) -> Entry {
        self.is_rare = true;
        self
    }

    /// It stands in a second menu too.
    const fn also_in(mut self, menu: Menu, part: u8) -> Entry {
        self.menus[1] = Some((menu, part));
        self
    }

    /// Its keys; a second pair may be added the same way.
    const fn key(mut self, modifiers: Modifiers, key: Key) -> Entry {
        let keys = Some(KeyboardShortcut::new(modifiers, key));
        if self.keys[0].is_none() {
            self.keys[0] = keys;
        } else {
            self.keys[1] = keys;
        }
        self
    }

    /// Its keys work while a text is being typed: for keys that no text field uses itself.
    const fn in_text(mut self) -> Entry {
        self.works_in_text = true;
        self
    }

    /// It is among the tools of the active layer.
    const fn tool(mut self, icon: Icon) -> Entry {
        self.tool = Some(icon);
        self
    }

    /// The keys that do it, the first of them shown in menus.
    pub fn keys(&self) -> impl Iterator<Item = KeyboardShortcut> {
        self.keys.iter().copied().flatten()
    }

    /// The part of a menu it stands in.
    pub fn part_of(&self, menu: Menu) -> Option<u8> {
        let found = self.menus.iter().flatten().find(|(in_menu, _)| *in_menu == menu);
        found.map(|(_, part)| *part)
    }

    /// Whether it is about one layer.
    pub fn is_about_layer(&self) -> bool {
        matches!(self.what, What::Layer(_))
    }

    /// How it stands for a layer.
    pub fn now_on(&self, session: &Session, layer: Option<&Layer>) -> Now {
        match (self.what, layer) {
            (What::Window(now), _) => now(session),
            (What::Tool(tool), _) => Now::switch(session.tool == tool, Action::SetTool(tool)),
            (What::Layer(now), Some(layer)) => now(session, layer),
            (What::Group(now), Some(layer)) => {
                let group = session.document().group_of(layer);
                group.map_or(Now::NEVER, |group| now(session, group))
            }
            (What::Backdrop(now), _) => {
                session.active_backdrop().map_or(Now::NEVER, |backdrop| now(session, backdrop))
            }
            (What::Layer(_) | What::Group(_), None) => Now::NEVER,
        }
    }

    /// How it stands for an image under the layers.
    pub fn now_on_backdrop(&self, session: &Session, backdrop: &Backdrop) -> Now {
        match self.what {
            What::Backdrop(now) => now(session, backdrop),
            _ => self.now_on(session, None),
        }
    }

    /// Everything to do when it is chosen for a layer; none while it is not possible.
    pub fn actions_on(&self, session: &Session, layer: Option<&Layer>) -> Option<Actions> {
        let action = self.now_on(session, layer).action?;
        let activate = layer.filter(|_| self.is_about_layer());
        let mut actions: Actions =
            activate.map(|layer| Action::Activate(layer.id)).into_iter().collect();
        actions.push(action);
        Some(actions)
    }

    /// Its name with what it is about just now.
    pub fn text(&self, session: &Session, now: &Now) -> String {
        let name = session.say(&Message::new(self.label));
        match &now.about {
            Some(what) => format!("{name}: {}", session.say(what)),
            None => name,
        }
    }
}

/// The entry of a label.
pub(super) fn entry(label: &str) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.label == label)
}
