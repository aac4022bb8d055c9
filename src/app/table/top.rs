//! The line above the table: which layer, which rows, and the field to look something up.

use egui::{
    Align, Button, Checkbox, Key, Label, Layout, Popup, PopupCloseBehavior, RichText, TextEdit, Ui,
};

use super::super::actions::{Action, Actions, Panel};
use super::super::chosen::{self, Edge};
use super::super::copying::{Copied, RowsCopied};
use super::super::derived::MaskState;
use super::super::icons::{self, Icon};
use super::super::layers_panel::shown_of;
use super::super::session::Session;
use super::super::store::Loaded;
use super::TablePanel;
use crate::i18n::Message;
use crate::project::{Command, Layer, LayerId, TableColumns};
use crate::table::Field;

impl TablePanel {
    pub(super) fn top(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        shown: Option<(&Layer, &Loaded)>,
        out: &mut Actions,
    ) {
        ui.horizontal(|ui| {
            // What is at the right has its room first: the rest makes do with what is left.
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(ui, Icon::Close, &session.tr("app-table-close")).clicked() {
                    out.push(Action::SetPanel(Panel::Table, false));
                }
                if let Some((layer, loaded)) = shown {
                    let more = icons::button(ui, Icon::More, &session.tr("app-table-more"));
                    Popup::menu(&more).show(|ui| more_menu(ui, session, layer, out));
                    columns_button(ui, session, layer, &loaded.table.fields, out);
                    self.rows_button(ui, session, layer, loaded);
                    if session.derived.is_sorting() {
                        ui.spinner();
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    self.what(ui, session, shown);
                });
            });
        });
    }

    /// The layer's name, the field to look something up, and how many rows there are, as far as
    /// there is room.
    fn what(&mut self, ui: &mut Ui, session: &Session, shown: Option<(&Layer, &Loaded)>) {
        let Some((layer, loaded)) = shown else {
            ui.strong(session.tr("app-table"));
            return;
        };
        let label = |ui: &mut Ui, text: RichText| ui.add(Label::new(text).truncate());
        ui.scope(|ui| {
            ui.set_max_width((ui.available_width() * 0.34).max(60.0));
            label(ui, RichText::new(&layer.name).strong());
        });
        self.search_field(ui, session, layer.id);
        let all = loaded.kind.count(loaded.table.rows() as u64);
        let count = match session.derived.mask(layer) {
            MaskState::Some(mask) => shown_of(mask.shown, loaded),
            _ => all,
        };
        let selected = session.selection.count(layer.id);
        if selected > 0 && ui.available_width() > 60.0 {
            let text = Message::new("app-table-selected").count("count", selected as u64);
            label(ui, RichText::new(session.say(&text)));
        }
        if ui.available_width() > 60.0 {
            label(ui, RichText::new(session.say(&count)).weak());
        }
    }

    /// Which rows the table shows.
    fn rows_button(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, loaded: &Loaded) {
        let is_filtered = !layer.filter.is_empty();
        let is_narrowed =
            (is_filtered && self.only_filtered) || self.only_selected || self.only_in_view;
        let text = session.tr("app-table-which");
        let button = chosen::button(ui, Edge::Foot, is_narrowed, text, Button::small);
        let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        popup.show(|ui| {
            let filtered =
                Checkbox::new(&mut self.only_filtered, session.tr("app-table-only-filtered"));
            ui.add_enabled(is_filtered, filtered);
            let selected =
                Checkbox::new(&mut self.only_selected, session.tr("app-table-only-selected"));
            ui.add(selected);
            let in_view =
                Checkbox::new(&mut self.only_in_view, session.tr("app-table-only-in-view"));
            ui.add_enabled(loaded.table.geometry.is_some(), in_view);
        });
    }

    /// The field to look something up, and how many rows were found.
    fn search_field(&mut self, ui: &mut Ui, session: &Session, layer: LayerId) {
        let label = session.tr("app-table-search");
        let mut text = self.search_of(layer).to_owned();
        let field = TextEdit::singleline(&mut text)
            .hint_text(&label)
            .desired_width((ui.available_width() - 60.0).clamp(60.0, 170.0));
        let response = ui.add(field).accessible_name(&label);
        let clear = (response.has_focus() || response.lost_focus())
            && ui.input(|input| input.key_pressed(Key::Escape));
        if text.is_empty() {
            self.search = None;
            return;
        }
        if icons::button(ui, Icon::Close, &session.tr("app-table-search-clear")).clicked() || clear
        {
            self.search = None;
            return;
        }
        let is_blank = text.trim().is_empty();
        self.search = Some((layer, text));
        if let (Some(order), false) = (session.derived.order(layer), is_blank)
            && !session.derived.is_sorting()
        {
            let found = Message::new("app-table-found").count("count", order.rows.len() as u64);
            ui.weak(session.say(&found));
        }
    }
}

/// Which columns are shown.
fn columns_button(
    ui: &mut Ui,
    session: &Session,
    layer: &Layer,
    fields: &[Field],
    out: &mut Actions,
) {
    let hidden = fields.iter().filter(|field| !layer.columns.shows(&field.name)).count();
    let text = session.tr("app-table-columns");
    let button = chosen::button(ui, Edge::Foot, hidden > 0, text, Button::small);
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        let mut columns = layer.columns.clone();
        ui.horizontal(|ui| {
            if ui.small_button(session.tr("app-table-columns-all")).clicked() {
                columns.hidden.clear();
            }
            if ui.small_button(session.tr("app-table-columns-plain")).clicked() {
                columns = TableColumns::default();
            }
        });
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for field in fields {
                let mut is_shown = columns.shows(&field.name);
                let name = ui.checkbox(&mut is_shown, field.title());
                if name.on_hover_text(&field.name).changed() {
                    columns.hidden.retain(|hidden| *hidden != field.name);
                    if !is_shown {
                        columns.hidden.push(field.name.clone());
                    }
                }
            }
        });
        if columns != layer.columns {
            out.push(Action::Run(Command::SetColumns(layer.id, columns)));
        }
    });
}

fn more_menu(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let has_rows = session.selection.count(layer.id) > 0;
    let copy = |is_tabbed| {
        Action::Copy(Copied::Rows { layer: layer.id, rows: RowsCopied::Selected, is_tabbed })
    };
    let mut item = |ui: &mut Ui, id: &'static str, is_enabled: bool, action: Action| {
        let text = session.say(&Message::new(id));
        let keys = super::super::shortcuts::keys_of(ui.ctx(), id);
        let button = Button::new(text);
        let button = if keys.is_empty() { button } else { button.shortcut_text(keys) };
        if ui.add_enabled(is_enabled, button).clicked() {
            out.push(action);
            ui.close();
        }
    };
    item(ui, "app-select-all", true, Action::SelectAll);
    item(ui, "app-select-invert", true, Action::InvertSelection);
    item(ui, "app-clear-selection", has_rows, Action::Select(None));
    item(ui, "app-zoom-selection", has_rows, Action::ZoomToSelection);
    ui.separator();
    item(ui, "app-copy-rows", has_rows, copy(true));
    item(ui, "app-copy-rows-csv", has_rows, copy(false));
    item(ui, "app-export-selection", has_rows, Action::ExportSelection);
}
