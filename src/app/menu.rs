//! The menu bar, with the choices of basemap, language and theme at its right.

use egui::{Align, Button, ComboBox, Layout, MenuBar, Ui};

use super::actions::{Action, Actions, Panel};
use super::file_dialogs::shortened;
use super::layers_panel::layer_menu;
use super::session::Session;
use super::settings::ThemeChoice;
use super::shortcuts::keys_of;
use crate::i18n::{Language, Message};
use crate::project::Command;
use crate::tiles::{BASEMAP_NONE, basemap, basemaps};

pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button(session.tr("app-menu-file"), |ui| file(ui, session, out));
        ui.menu_button(session.tr("app-menu-edit"), |ui| edit(ui, session, out));
        ui.menu_button(session.tr("app-menu-view"), |ui| view(ui, session, out));
        ui.menu_button(session.tr("app-menu-layer"), |ui| match session.active_layer() {
            Some(layer) => layer_menu(ui, session, layer, out),
            None => {
                ui.weak(session.tr("app-table-no-layer"));
            }
        });
        ui.menu_button(session.tr("app-menu-help"), |ui| {
            item(ui, session, "app-help-shortcuts", true, Action::ShowHelp, out);
            item(ui, session, "app-open-sample", true, Action::OpenSample, out);
            item(ui, session, "app-about", true, Action::ShowAbout, out);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            language_choice(ui, session, out);
            basemap_choice(ui, session, out);
        });
    });
}

fn item(
    ui: &mut Ui,
    session: &Session,
    label: &'static str,
    is_enabled: bool,
    action: Action,
    out: &mut Actions,
) {
    let text = session.say(&Message::new(label));
    let button = Button::new(text).shortcut_text(keys_of(ui.ctx(), label));
    if ui.add_enabled(is_enabled, button).clicked() {
        out.push(action);
        ui.close();
    }
}

fn file(ui: &mut Ui, session: &Session, out: &mut Actions) {
    item(ui, session, "app-new", true, Action::New, out);
    item(ui, session, "app-open", true, Action::ShowOpen, out);
    let recent = &session.settings.recent;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button(session.tr("app-open-recent"), |ui| {
            for path in recent {
                if ui.button(shortened(path)).clicked() {
                    out.push(Action::Open(vec![path.clone()]));
                    ui.close();
                }
            }
        });
    });
    ui.separator();
    item(ui, session, "app-save", true, Action::Save, out);
    item(ui, session, "app-save-as", true, Action::ShowSaveAs, out);
    ui.separator();
    let has_layers = !session.document().layers.is_empty();
    let active = session.active_layer().filter(|layer| session.loaded(layer).is_some());
    if let Some(layer) = active {
        item(ui, session, "app-export", true, Action::ShowExport(layer.id), out);
    }
    ui.separator();
    item(ui, session, "app-figure", has_layers, Action::ShowFigure, out);
    ui.separator();
    item(ui, session, "app-quit", true, Action::Quit, out);
}

fn edit(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let mut step = |ui: &mut Ui, plain: &'static str, what: Option<Message>, action: Action| {
        let text = match &what {
            None => session.say(&Message::new(plain)),
            Some(what) => {
                let text = format!("{}: {}", session.say(&Message::new(plain)), session.say(what));
                text
            }
        };
        let button = Button::new(text).shortcut_text(keys_of(ui.ctx(), plain));
        if ui.add_enabled(what.is_some(), button).clicked() {
            out.push(action);
            ui.close();
        }
    };
    step(ui, "app-undo", session.history.undo_label(), Action::Undo);
    step(ui, "app-redo", session.history.redo_label(), Action::Redo);
    ui.separator();
    let has_layers = !session.document().layers.is_empty();
    item(ui, session, "app-figure-copy", has_layers, Action::CopyFigure, out);
    item(ui, session, "app-sources-copy", true, Action::CopySources, out);
    ui.separator();
    let has_selection = !session.selection.is_empty();
    item(ui, session, "app-clear-selection", has_selection, Action::Select(None), out);
}

fn view(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let mut toggle = |ui: &mut Ui, label: &'static str, is_open: bool, panel: Panel| {
        let text = session.say(&Message::new(label));
        let button = Button::selectable(is_open, text).shortcut_text(keys_of(ui.ctx(), label));
        if ui.add(button).clicked() {
            out.push(Action::Toggle(panel));
            ui.close();
        }
    };
    let settings = &session.settings;
    toggle(ui, "app-toggle-layers", settings.show_layers, Panel::Layers);
    toggle(ui, "app-toggle-details", settings.show_details, Panel::Details);
    toggle(ui, "app-toggle-table", settings.show_table, Panel::Table);
    ui.separator();
    let has_layers = !session.document().layers.is_empty();
    item(ui, session, "app-zoom-all", has_layers, Action::ZoomToAll, out);
    item(ui, session, "app-zoom-in", true, Action::ZoomBy(1.0), out);
    item(ui, session, "app-zoom-out", true, Action::ZoomBy(-1.0), out);
    ui.separator();
    ui.menu_button(session.tr("app-theme"), |ui| {
        for (theme, id) in [
            (ThemeChoice::System, "app-theme-system"),
            (ThemeChoice::Light, "app-theme-light"),
            (ThemeChoice::Dark, "app-theme-dark"),
        ] {
            let text = session.say(&Message::new(id));
            if ui.add(Button::selectable(settings.theme == theme, text)).clicked() {
                out.push(Action::SetTheme(theme));
                ui.close();
            }
        }
    });
}

fn language_choice(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let combo = ComboBox::from_id_salt("language").selected_text(session.language.own_name());
    let shown = combo.width(108.0).show_ui(ui, |ui| {
        for language in Language::ALL {
            let is_spoken = session.language == language;
            if ui.selectable_label(is_spoken, language.own_name()).clicked() {
                out.push(Action::SetLanguage(language));
            }
        }
    });
    shown.response.accessible_name(session.tr("app-language"));
}

fn basemap_choice(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let chosen = &session.document().basemap;
    let none = session.tr("app-basemap-none");
    let name = basemap(chosen).map_or(none.as_str(), |found| found.name.get(session.language));
    let combo = ComboBox::from_id_salt("basemap").selected_text(name).width(190.0).truncate();
    let label = session.tr("app-basemap");
    let shown = combo.show_ui(ui, |ui| {
        let mut choice = |ui: &mut Ui, id: &str, name: &str, hint: &str| {
            let response = ui.selectable_label(chosen == id, name);
            let response = if hint.is_empty() { response } else { response.on_hover_text(hint) };
            if response.clicked() {
                out.push(Action::Run(Command::SetBasemap(id.to_owned())));
            }
        };
        for basemap in basemaps() {
            let hint = format!("{}\n{}", basemap.attribution, basemap.terms.get(session.language));
            choice(ui, &basemap.id, basemap.name.get(session.language), &hint);
        }
        choice(ui, BASEMAP_NONE, &none, "");
    });
    shown.response.accessible_name(&label).on_hover_text(&label);
    ui.weak(label);
}
