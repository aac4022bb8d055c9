//! The attributes of the feature that is looked at, and what is selected beside it.

mod attributes;
mod chart;
mod facts;
mod here;
mod history;
mod picture;
mod several;

use egui::{Align, Layout, Popup, RichText, ScrollArea, Ui};

use super::Wake;
use super::actions::{Action, Actions, Panel, RowRef};
use super::copying::{Copied, RowsCopied};
use super::icons::{self, Icon};
use super::notes::NotePanel;
use super::session::Session;
use crate::i18n::Message;
use crate::table::Value;

/// The panel's own state.
#[derive(Default)]
pub(super) struct FeaturePanel {
    facts: facts::FactsOf,
    history: history::HistoryOf,
    note: NotePanel,
    picture: picture::PictureOf,
    here: here::HereOf,
}

impl FeaturePanel {
    /// Starts computing what is shown. Called before [`Self::show`], every frame.
    pub fn want(&mut self, session: &Session, wake: &Wake) {
        let Some(lead) = session.selection.lead() else {
            self.history.forget();
            self.picture.forget();
            return self.here.forget();
        };
        self.history.want(session, lead, wake);
        self.here.want(session, lead, wake);
        let Some(layer) = session.document().layer(lead.layer) else { return };
        let Some(loaded) = session.loaded(layer) else { return };
        self.picture.want(session, lead, &loaded.table, wake);
        if loaded.table.geometry.is_some() {
            self.facts.want(&loaded.table, lead.row, wake);
        }
    }

    /// Whether something is being computed.
    pub fn is_busy(&self) -> bool {
        self.facts.is_busy()
            || self.history.is_busy()
            || self.picture.is_busy()
            || self.here.is_busy()
    }

    /// Shows the feature looked at, and lets the person step through all that were found at a
    /// click, or are selected.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let total = session.selection.total();
        if total == 0 {
            ui.add_space(16.0);
            ui.vertical_centered(|ui| {
                ui.label(RichText::new(session.tr("app-feature-none")).weak());
                let hidden = session.selection.hidden();
                if hidden > 0 {
                    let text = Message::new("app-selection-hidden").count("count", hidden as u64);
                    ui.label(RichText::new(session.say(&text)).weak());
                }
            });
            return;
        }
        if total > 1 {
            several::show(ui, session, out);
        } else if session.hits.len() > 1 {
            several::hits(ui, session, out);
        }
        let Some(lead) = session.selection.lead() else { return };
        let Some(layer) = session.document().layer(lead.layer) else { return };
        let Some(loaded) = session.loaded(layer) else { return };
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(ui, Icon::Close, &session.tr("app-clear-selection")).clicked() {
                    out.push(Action::Select(None));
                }
                let more = icons::button(ui, Icon::More, &session.tr("app-feature-more"));
                let has_geometry = loaded.table.geometry.is_some();
                Popup::menu(&more).show(|ui| copy_menu(ui, session, lead, has_geometry, out));
                if icons::button(ui, Icon::Table, &session.tr("app-feature-in-table")).clicked() {
                    out.push(Action::Activate(lead.layer));
                    out.push(Action::SetPanel(Panel::Table, true));
                }
                if has_geometry
                    && icons::button(ui, Icon::Print, &session.tr("app-feature-print")).clicked()
                {
                    out.push(Action::ShowPrint);
                }
                if has_geometry
                    && icons::button(ui, Icon::ZoomTo, &session.tr("app-feature-zoom")).clicked()
                {
                    out.push(Action::ZoomToRow(lead));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(&layer.name).strong()).truncate());
                });
            });
        });
        let row = u64::try_from(lead.row).unwrap_or(u64::MAX).saturating_add(1);
        let place = Message::new("app-feature-row").count("row", row);
        ui.label(RichText::new(session.say(&place)).small().weak());
        self.picture.show(ui, session);
        self.history.show(ui, session, lead, &loaded.table);
        self.here.show(ui, session, lead, out);
        ui.separator();
        let note = session.note_of(lead);
        let facts = match note {
            // Its table is another one after every letter.
            Some(_) => self.facts.recent(lead.row),
            None => self.facts.of(&loaded.table, lead.row),
        };
        ScrollArea::vertical().id_salt("attributes").auto_shrink(false).show(ui, |ui| {
            let mut own = 0;
            if let Some(note) = note {
                self.note.show(ui, session, note, out);
                own = note.set.field_names().len();
                ui.separator();
            }
            attributes::show(ui, session, loaded, lead, (facts, own), out);
        });
    }
}

/// What can be put on the clipboard of the feature.
fn copy_menu(ui: &mut Ui, session: &Session, row: RowRef, has_geometry: bool, out: &mut Actions) {
    let rows = |is_tabbed| {
        let rows = RowsCopied::One(row.row);
        Action::Copy(Copied::Rows { layer: row.layer, rows, is_tabbed })
    };
    let mut item = |ui: &mut Ui, id: &'static str, is_enabled: bool, action: Action| {
        let button = egui::Button::new(session.tr(id));
        if ui.add_enabled(is_enabled, button).clicked() {
            out.push(action);
            ui.close();
        }
    };
    item(ui, "app-copy-row", true, rows(true));
    item(ui, "app-copy-row-csv", true, rows(false));
    item(ui, "app-copy-wkt", has_geometry, Action::Copy(Copied::Wkt(row)));
    item(ui, "app-copy-geojson", has_geometry, Action::Copy(Copied::GeoJson(row)));
}

/// How much of a text is a title, bytes.
const TITLE_BYTES: usize = 400;

/// What a feature is called: its first text.
fn title(session: &Session, row: RowRef) -> String {
    let number = || (row.row + 1).to_string();
    let Some(layer) = session.document().layer(row.layer) else { return number() };
    let Some(loaded) = session.loaded(layer) else { return number() };
    let table = &loaded.table;
    let texts = (0..table.fields.len()).map(|field| table.value(row.row, field));
    let text = texts.clone().find(|value| matches!(value, Value::Text(text) if !text.is_empty()));
    let value = text.or_else(|| texts.clone().find(|value| !value.is_null()));
    value.map_or_else(number, |value| value.shortened(TITLE_BYTES).0.in_language(session.language))
}
