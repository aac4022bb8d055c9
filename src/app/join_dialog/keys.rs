//! The layer, the table, the two keys and the condition.

use egui::{Grid, RichText, TextEdit, Ui};

use super::{JoinDialog, read_layers};
use crate::app::session::Session;
use crate::app::{chosen, icons};
use crate::i18n::Message;
use crate::project::Layer;
use crate::query::join::{JoinBy, JoinError};
use crate::table::Table;

/// Between the two lists side by side, points.
const GAP: f32 = 24.0;

/// The width of each of them.
fn half(ui: &Ui) -> f32 {
    ((ui.available_width() - GAP) / 2.0).max(120.0)
}

/// A list to choose from, with its name above; answers the number of another one.
fn choose(
    ui: &mut Ui,
    id: &str,
    label: &str,
    now: &str,
    names: &[&str],
    (width, is_enabled): (f32, bool),
) -> Option<usize> {
    let mut picked = None;
    ui.vertical(|ui| {
        let name = ui.label(RichText::new(label).small().weak());
        let combo = icons::combo_box(("join", id)).width(width).truncate();
        ui.add_enabled_ui(is_enabled, |ui| {
            let shown = combo.selected_text(now).show_ui(ui, |ui| {
                for (at, name) in names.iter().enumerate() {
                    if chosen::item(ui, *name == now, *name).clicked() && *name != now {
                        picked = Some(at);
                    }
                }
            });
            shown.response.labelled_by(name.id);
        });
    });
    picked
}

impl JoinDialog {
    /// The layer and the table.
    pub(super) fn tables(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        let layers: Vec<&Layer> = read_layers(session).map(|(layer, _)| layer).collect();
        let without = |not| layers.iter().copied().filter(move |layer| layer.id != not);
        let named = |id| layers.iter().find(|layer| layer.id == id).map_or("", |l| l.name.as_str());
        let width = half(ui);
        Grid::new("join tables").num_columns(2).spacing([GAP, 4.0]).show(ui, |ui| {
            let ours: Vec<&Layer> = without(self.other).collect();
            let names: Vec<&str> = ours.iter().map(|layer| layer.name.as_str()).collect();
            // Another layer has other joins: first this one is made or left.
            let is_free = self.at.is_none();
            let label = session.tr("app-join-layer");
            if let Some(chosen) = choose(ui, "layer", &label, &layer.name, &names, (width, is_free))
                .and_then(|at| ours.get(at))
            {
                self.layer = chosen.id;
                self.start_again();
            }
            let theirs: Vec<&Layer> = without(layer.id).collect();
            let names: Vec<&str> = theirs.iter().map(|layer| layer.name.as_str()).collect();
            let label = session.tr("app-join-table");
            let now = named(self.other);
            if let Some(chosen) = choose(ui, "table", &label, now, &names, (width, true))
                .and_then(|at| theirs.get(at))
            {
                self.other = chosen.id;
                self.start_again();
            }
            ui.end_row();
        });
    }

    /// Other tables have other keys.
    fn start_again(&mut self) {
        self.by = JoinBy::default();
        self.has_keys = false;
        self.columns_of = None;
    }

    /// The two keys.
    pub(super) fn keys(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        let Some((ours, theirs)) = self.both(session, layer) else {
            ui.label(session.tr("app-join-unread"));
            return;
        };
        let names = |table: &Table| -> Vec<String> {
            table.fields.iter().map(|field| field.name.clone()).collect()
        };
        let other = session.document().layer(self.other).map_or("", |other| other.name.as_str());
        let width = half(ui);
        Grid::new("join keys").num_columns(2).spacing([GAP, 4.0]).show(ui, |ui| {
            let mut one = |ui: &mut Ui, id, name: &str, now: &mut String, fields: Vec<String>| {
                let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
                let label = session.say(&Message::new("app-join-key").text("name", name));
                let chosen = choose(ui, id, &label, now, &fields, (width, true));
                if let Some(field) = chosen.and_then(|at| fields.get(at)) {
                    (*field).clone_into(now);
                    self.has_keys = true;
                    self.by.pairs.clear();
                }
            };
            let (mut key, mut their_key) = (self.by.key.clone(), self.by.their_key.clone());
            one(ui, "our key", &layer.name, &mut key, names(&ours.0));
            one(ui, "their key", other, &mut their_key, names(&theirs.0));
            (self.by.key, self.by.their_key) = (key, their_key);
            ui.end_row();
        });
        let is_looking = !self.has_keys;
        let found = self.key_pairs.of(&(ours, theirs)).and_then(|pairs| pairs.as_ref().ok());
        if is_looking {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.small(session.tr("app-join-looking"));
            });
        } else if found.is_some_and(Vec::is_empty) && self.by.key.is_empty() {
            ui.label(RichText::new(session.tr("app-join-no-keys")).small());
        }
        let now = (&self.by.key, &self.by.their_key);
        let best = found.and_then(|pairs| pairs.first());
        if let Some(best) = best.filter(|best| (&best.key, &best.their_key) != now).cloned() {
            let text = Message::new("app-join-best")
                .text("ours", best.key.as_str())
                .text("theirs", best.their_key.as_str());
            if ui.small_button(session.say(&text)).clicked() {
                (self.by.key, self.by.their_key) = (best.key, best.their_key);
                self.by.pairs.clear();
            }
        }
    }

    /// Which rows of the table count.
    pub(super) fn condition(&mut self, ui: &mut Ui, session: &Session) {
        let other = session.document().layer(self.other).map_or("", |other| other.name.as_str());
        let label = Message::new("app-join-condition").text("name", other);
        let error = match self.looked.latest() {
            Some(Err(JoinError::Condition(error))) if !self.by.condition.trim().is_empty() => {
                Some(error.message.clone())
            }
            _ => None,
        };
        ui.add_space(4.0);
        let name = ui.label(RichText::new(session.say(&label)).small().weak());
        let red = error.as_ref().map(|_| ui.visuals().error_fg_color);
        let field = TextEdit::singleline(&mut self.by.condition)
            .desired_width(f32::INFINITY)
            .text_color_opt(red)
            .hint_text(session.tr("app-join-condition-all"));
        ui.add(field).labelled_by(name.id);
        if let Some(error) = error {
            let text = RichText::new(session.say(&error)).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
    }
}
