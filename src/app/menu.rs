//! The menu bar, with the choices of basemap and language at its right, and the menu of a layer.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Align2, Button, Color32, FocusDirection, Key, Layout, MenuBar, Modifiers, Popup, Rect,
    Response, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, WidgetText,
    pos2, vec2,
};

use super::actions::{Action, Actions};
use super::basemap_chooser::BasemapChooser;
use super::chosen::{self, Edge};
use super::commands::{CHOICES, COMMANDS, Choice, Choices, Entry, Menu, Now};
use super::icons::{self, Icon};
use super::session::Session;
use super::shortcuts::{keys_of, with_keys};
use crate::project::{Backdrop, Layer, LayerGroup};

/// Shows the bar; opens the menu that the keyboard asked for.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    chooser: &mut BasemapChooser,
    wanted: Option<Menu>,
    out: &mut Actions,
) {
    let is_narrow = ui.available_width() < 760.0;
    MenuBar::new().ui(ui, |ui| {
        let mut buttons = Vec::with_capacity(Menu::ALL.len());
        for menu in Menu::ALL {
            let shown = ui.menu_button(title(ui, session, menu), |ui| {
                if menu == Menu::Layer && session.active_layer().is_none() {
                    ui.weak(session.tr("app-table-no-layer"));
                } else {
                    show_menu(ui, session, menu, Subject::Layer(session.active_layer()), out);
                }
            });
            buttons.push((menu, shown.response));
        }
        by_keyboard(ui, &buttons, wanted);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // The language is among the settings too.
            let has_place = |choices: &&Choices| !is_narrow || choices.label != "app-language";
            let boxes = CHOICES.iter().rev().filter(|choices| choices.menu.is_none());
            for choices in boxes.filter(has_place) {
                if choices.label == "app-basemap" {
                    chooser.show(ui, session, out);
                    if !is_narrow {
                        ui.weak(session.tr("app-basemap"));
                    }
                } else {
                    choice_box(ui, session, choices, out);
                }
            }
            let is_possible = !session.document().layers.is_empty();
            ui.add_enabled_ui(is_possible, |ui| {
                let label = with_keys(ui.ctx(), session, "app-print");
                if icons::button(ui, Icon::Print, &label).clicked() {
                    out.push(Action::ShowPrint);
                }
            });
            ui.with_layout(Layout::centered_and_justified(egui::Direction::LeftToRight), |ui| {
                find_button(ui, session, out);
            });
        });
    });
}

/// The name of a menu; while Alt is held its letter is underlined.
fn title(ui: &Ui, session: &Session, menu: Menu) -> WidgetText {
    let name = session.say(&menu.label());
    let letter = session.say(&menu.letter()).to_lowercase();
    let place = name.to_lowercase().find(&letter);
    let is_held = ui.input(|input| input.modifiers.alt);
    let Some((before, rest)) = place.and_then(|at| name.split_at_checked(at)) else {
        return name.into();
    };
    let Some((letter, after)) = rest.split_at_checked(letter.len()).filter(|_| is_held) else {
        return name.into();
    };
    let plain = TextFormat::simple(TextStyle::Button.resolve(ui.style()), Color32::PLACEHOLDER);
    let marked =
        TextFormat { underline: Stroke::new(1.5, ui.visuals().text_color()), ..plain.clone() };
    let mut job = LayoutJob::default();
    job.append(before, 0.0, plain.clone());
    job.append(letter, 0.0, marked);
    job.append(after, 0.0, plain);
    job.into()
}

/// Opens the menu wanted; with the focus on the name of an open menu, the arrows at its sides open
/// the ones beside it.
fn by_keyboard(ui: &Ui, buttons: &[(Menu, Response)], wanted: Option<Menu>) {
    let popup = |response: &Response| Popup::default_response_id(response);
    let open = buttons.iter().position(|(_, response)| {
        response.has_focus() && Popup::is_id_open(ui.ctx(), popup(response))
    });
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let count = buttons.len();
    let beside = open.and_then(|open| {
        if pressed(Key::ArrowRight) {
            Some((open + 1) % count)
        } else if pressed(Key::ArrowLeft) {
            Some((open + count - 1) % count)
        } else {
            None
        }
    });
    let wanted = beside.or_else(|| buttons.iter().position(|(menu, _)| Some(*menu) == wanted));
    if let Some((_, response)) = wanted.and_then(|at| buttons.get(at)) {
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        response.request_focus();
        Popup::open_id(ui.ctx(), popup(response));
        ui.request_repaint();
    }
}

/// Everything that can be done with a layer; the same in the row's menu, its context menu and the
/// menu bar.
pub(super) fn layer_menu(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    show_menu(ui, session, Menu::Layer, Subject::Layer(Some(layer)), out);
}

/// Everything that can be done with an image under the layers.
pub(super) fn backdrop_menu(
    ui: &mut Ui,
    session: &Session,
    backdrop: &Backdrop,
    out: &mut Actions,
) {
    show_menu(ui, session, Menu::Backdrop, Subject::Backdrop(backdrop), out);
}

/// What a menu leaves free above and below, points.
const MENU_MARGIN: f32 = 24.0;

/// What a menu is about.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Layer(Option<&'a Layer>),
    Backdrop(&'a Backdrop),
}

impl<'a> Subject<'a> {
    fn layer(self) -> Option<&'a Layer> {
        match self {
            Subject::Layer(layer) => layer,
            Subject::Backdrop(_) => None,
        }
    }

    fn now(self, session: &Session, entry: &Entry) -> Now {
        match self {
            Subject::Layer(layer) => entry.now_on(session, layer),
            Subject::Backdrop(backdrop) => entry.now_on_backdrop(session, backdrop),
        }
    }

    fn actions(self, session: &Session, entry: &Entry) -> Option<Actions> {
        match self {
            Subject::Layer(layer) => entry.actions_on(session, layer),
            Subject::Backdrop(backdrop) => {
                let action = entry.now_on_backdrop(session, backdrop).action?;
                Some(vec![Action::ChooseBackdrop(backdrop.id), action])
            }
        }
    }
}

/// Everything that can be done with a group of layers.
pub(super) fn group_menu(ui: &mut Ui, session: &Session, group: &LayerGroup, out: &mut Actions) {
    let member = session.document().layers.iter().find(|layer| layer.group == Some(group.id));
    show_menu(ui, session, Menu::Group, Subject::Layer(member), out);
}

fn show_menu(ui: &mut Ui, session: &Session, menu: Menu, about: Subject<'_>, out: &mut Actions) {
    // On a low screen it scrolls.
    let room = ui.ctx().content_rect().height() - 2.0 * MENU_MARGIN;
    // Else the room of a popup is what egui gives any area at first, and the menu scrolls always.
    ui.set_max_height(room);
    ScrollArea::vertical().max_height(room).show(ui, |ui| entries(ui, session, menu, about, out));
}

fn entries(ui: &mut Ui, session: &Session, menu: Menu, about: Subject<'_>, out: &mut Actions) {
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
            item(ui, session, entry, about, out);
        }
        for choices in CHOICES.iter().filter(|choices| ends_part(choices, part)) {
            submenu(ui, session, choices, about.layer(), out);
        }
    }
}

fn item(ui: &mut Ui, session: &Session, entry: &Entry, about: Subject<'_>, out: &mut Actions) {
    let now = about.now(session, entry);
    let text = entry.text(session, &now);
    let keys = keys_of(ui.ctx(), entry.label);
    let with_keys = |button: Button<'static>| {
        if keys.is_empty() { button } else { button.shortcut_text(keys) }
    };
    let actions = about.actions(session, entry);
    if entry.is_rare && actions.is_none() {
        return;
    }
    let shown = ui.add_enabled_ui(actions.is_some(), |ui| match now.is_on {
        Some(is_on) => chosen::button(ui, Edge::Left, is_on, text, with_keys),
        None => ui.add(with_keys(Button::new(text))),
    });
    if shown.inner.clicked() {
        out.extend(actions.unwrap_or_default());
        ui.close();
    }
}

fn submenu(
    ui: &mut Ui,
    session: &Session,
    choices: &Choices,
    layer: Option<&Layer>,
    out: &mut Actions,
) {
    let list = (choices.list)(session, layer);
    // Few layers know such a list.
    let is_rare = choices.menu.is_some_and(|(menu, _)| menu == Menu::Layer);
    if is_rare && list.is_empty() {
        return;
    }
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
    let response = chosen::item(ui, is_on, name);
    let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
    if response.clicked() {
        out.push(action);
        ui.close();
    }
}

/// What looks like a field opens the find window, and tells its keys.
fn find_button(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let width = (ui.available_width() - 24.0).clamp(30.0, 260.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::click());
    let rect = Rect::from_center_size(rect.center(), vec2(width, 26.0));
    let label = session.tr("app-find");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let visuals = ui.visuals();
    let is_lit = response.hovered() || response.has_focus();
    let rim = if is_lit { &visuals.widgets.hovered } else { &visuals.widgets.inactive };
    ui.painter().rect(rect, 5.0, visuals.extreme_bg_color, rim.bg_stroke, StrokeKind::Inside);
    let weak = visuals.weak_text_color();
    let sign = pos2(rect.left() + 15.0, rect.center().y);
    icons::paint(ui.painter(), Icon::Search, sign, weak);
    let font = TextStyle::Body.resolve(ui.style());
    if width > 160.0 {
        let text =
            ui.painter().text(sign + vec2(15.0, 0.0), Align2::LEFT_CENTER, &label, font, weak);
        let keys = keys_of(ui.ctx(), "app-find");
        let font = TextStyle::Small.resolve(ui.style());
        let end = pos2(rect.right() - 10.0, rect.center().y);
        if end.x - text.right() > 60.0 {
            ui.painter().text(end, Align2::RIGHT_CENTER, keys, font, weak);
        }
    }
    let response = response.on_hover_text(with_keys(ui.ctx(), session, "app-find"));
    if response.clicked() {
        out.push(Action::ShowFind);
    }
}

/// A list to choose from.
fn choice_box(ui: &mut Ui, session: &Session, choices: &Choices, out: &mut Actions) {
    let list = (choices.list)(session, None);
    let label = session.tr(choices.label);
    let chosen = list.iter().find(|choice| choice.is_on).map(|choice| choice.name.clone());
    let combo = icons::combo_box(choices.label)
        .selected_text(chosen.unwrap_or_default())
        .width(108.0)
        .truncate();
    let shown = combo.show_ui(ui, |ui| {
        for choice in list {
            pick(ui, choice, out);
        }
    });
    shown.response.accessible_name(&label).on_hover_text(&label);
}
