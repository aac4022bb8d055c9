//! The dialog that puts the rows of a layer where their names are: which fields, which layers whose
//! names are known, and what is found for each text, which a person can correct.

mod found;

use std::collections::HashSet;
use std::sync::Arc;

use egui::{RichText, ScrollArea, Ui};

use super::actions::{Action, Actions};
use super::following::{Follows, MadeOf};
use super::keyed::Keyed;
use super::named::NamedKey;
use super::session::Session;
use super::{chosen, dialog, icons};
use crate::gazetteer::Placed;
use crate::i18n::Message;
use crate::names::Outcome;
use crate::project::{Command, Layer, LayerId, NamedLayer, PlaceNames};
use crate::table::{FieldKind, Table};

/// The most layers whose names are looked for.
const MOST_LAYERS: usize = 6;

/// Rows being put where their names are.
pub(super) struct NamesDialog {
    layer: LayerId,
    names: PlaceNames,
    /// Whether the layer has such places already.
    is_change: bool,
    looked: Keyed<NamedKey, MadeOf<NamedKey>>,
    shown: found::Shown,
}

/// The layers that may know names: with a place, read, and with a field of text.
fn possible_layers(session: &Session, about: LayerId) -> impl Iterator<Item = &Layer> {
    let layers = session.document().layers.iter();
    layers.filter(move |layer| {
        let mut fields = table_of(session, layer).into_iter().flat_map(|table| &table.fields);
        layer.id != about && fields.any(|field| field.kind == FieldKind::Text)
    })
}

/// The table of a layer as its source has it, where it has places.
fn table_of<'a>(session: &'a Session, layer: &Layer) -> Option<&'a Arc<Table>> {
    let table = &session.store.loaded(&layer.source)?.table;
    table.geometry.is_some().then_some(table)
}

/// How many rows are looked at to find the field of names.
const LOOKED_AT: usize = 400;

/// The field of a layer that is likeliest its names: of text, with many different values, called so.
fn names_field(session: &Session, layer: &Layer) -> Option<String> {
    let table = table_of(session, layer)?;
    let called =
        ["naam", "wijk", "straat", "straatnaam", "name", "nom", "titel", "label", "gemeente"];
    let rank = |name: &str| {
        let name = name.to_lowercase();
        let is = called.iter().position(|word| name == *word);
        let holds = || called.iter().position(|word| name.contains(word));
        is.or_else(|| Some(holds()? + called.len())).unwrap_or(usize::MAX)
    };
    // A field that says the same of many places says of what kind they are, or where.
    let is_common = |column: usize| {
        let rows = table.rows().min(LOOKED_AT);
        let values = (0..rows).map(|row| table.value(row, column).to_data_text());
        values.collect::<HashSet<String>>().len() * 2 < rows
    };
    let fields = table.fields.iter().enumerate();
    let texts = fields.filter(|(_, field)| field.kind == FieldKind::Text);
    let best = texts.min_by_key(|(at, field)| (is_common(*at), rank(&field.name)));
    best.map(|(_, field)| field.name.clone())
}

/// Whether there is a layer with names for the rows of a layer.
pub(super) fn is_possible(session: &Session, layer: &Layer) -> bool {
    let has_text = session.store.loaded(&layer.source).is_some_and(|loaded| {
        loaded.table.fields.iter().any(|field| field.kind == FieldKind::Text)
    });
    has_text && possible_layers(session, layer.id).next().is_some()
}

impl NamesDialog {
    /// For a layer; none where no other layer has names.
    pub fn new(session: &Session, layer: &Layer) -> Option<NamesDialog> {
        let is_change = layer.place_names.is_some();
        let names = layer.place_names.clone().or_else(|| first(session, layer))?;
        Some(NamesDialog {
            layer: layer.id,
            names,
            is_change,
            looked: Keyed::default(),
            shown: found::Shown::default(),
        })
    }

    /// Whether places are being looked for.
    pub fn is_busy(&self) -> bool {
        self.looked.job().is_some()
    }

    fn placed(&self) -> Option<&Arc<Placed>> {
        Some(&self.looked.latest()?.as_ref().ok()?.found)
    }

    /// Starts what is missing and takes what is done.
    fn look(&mut self, session: &Session) {
        let wanted = session.document().layer(self.layer).and_then(|layer| {
            let (joined, _, _) = session.derived.added.parts();
            let before = joined.shown(layer, session.store.loaded(&layer.source)?);
            let tables = (&session.store, joined);
            Some((NamedKey::new(layer, &self.names, session.document(), tables)?, before))
        });
        match wanted {
            Some((key, before)) => self.looked.want(key, |key| key.start(before, &session.wake)),
            None => self.looked.stop(),
        }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        self.look(session);
        let title = Message::new("app-names-title").text("name", layer.name.as_str());
        let title = session.say(&title);
        let shown = dialog::show(ctx, "names", &title, 720.0, |ui| {
            let most = (ctx.content_rect().height() - 190.0).clamp(160.0, 600.0);
            let scroll = ScrollArea::vertical().id_salt("names").max_height(most);
            scroll.min_scrolled_height(most).auto_shrink(false).show(ui, |ui| {
                // The bar of what scrolls lies over what is below it.
                ui.set_max_width(ui.available_width() - ui.spacing().scroll.bar_width - 4.0);
                self.fields(ui, session, layer);
                ui.add_space(8.0);
                self.layers(ui, session);
                ui.add_space(8.0);
                self.summary(ui, session);
                let placed = self.placed().cloned();
                self.shown.show(ui, session, placed.as_deref(), &mut self.names);
            });
            self.buttons(ui, session, layer, out)
        });
        shown.inner || shown.is_escaped
    }

    /// Where the names stand, in the order in which they are looked at.
    fn fields(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        ui.label(RichText::new(session.tr("app-names-fields")).small().weak());
        let (joined, _, _) = session.derived.added.parts();
        let Some(read) = session.store.loaded(&layer.source) else { return };
        let loaded = joined.shown(layer, read);
        let texts = loaded.table.fields.iter().filter(|field| field.kind == FieldKind::Text);
        ui.horizontal_wrapped(|ui| {
            for field in texts {
                let at = self.names.fields.iter().position(|name| *name == field.name);
                let shown = field.label.as_deref().unwrap_or(&field.name);
                // The order counts where there are several.
                let text = match at.filter(|_| self.names.fields.len() > 1) {
                    Some(at) => format!("{}. {shown}", at + 1),
                    None => shown.to_owned(),
                };
                if chosen::tab(ui, at.is_some(), text).clicked() {
                    match at {
                        Some(at) => {
                            self.names.fields.remove(at);
                        }
                        None => self.names.fields.push(field.name.clone()),
                    }
                }
            }
        });
    }

    /// The layers whose names are known, the finest first.
    fn layers(&mut self, ui: &mut Ui, session: &Session) {
        ui.label(RichText::new(session.tr("app-names-layers")).small().weak());
        let mut moved = None;
        let mut gone = None;
        let count = self.names.layers.len();
        for at in 0..count {
            let Some(named) = self.names.layers.get(at).cloned() else { continue };
            ui.horizontal(|ui| {
                let mut now = named.clone();
                let name = |id| session.document().layer(id).map_or("…", |it| it.name.as_str());
                let combo = icons::combo_box(("names layer", at)).width(220.0).truncate();
                let shown = combo.selected_text(name(named.layer)).show_ui(ui, |ui| {
                    for layer in possible_layers(session, self.layer) {
                        chosen::value(ui, &mut now.layer, layer.id, layer.name.as_str());
                    }
                });
                shown.response.accessible_name(session.tr("app-names-layer"));
                if now.layer != named.layer
                    && let Some(layer) = session.document().layer(now.layer)
                {
                    now.field = names_field(session, layer).unwrap_or_default();
                }
                let combo = icons::combo_box(("names field", at)).width(160.0).truncate();
                let fields = session.document().layer(now.layer);
                let fields = fields.and_then(|layer| table_of(session, layer));
                let shown = combo.selected_text(now.field.clone()).show_ui(ui, |ui| {
                    let texts = fields.into_iter().flat_map(|table| &table.fields);
                    for field in texts.filter(|field| field.kind == FieldKind::Text) {
                        chosen::value(ui, &mut now.field, field.name.clone(), field.name.as_str());
                    }
                });
                shown.response.accessible_name(session.tr("app-names-field"));
                ui.add_enabled_ui(at > 0, |ui| {
                    let finer = session.tr("app-names-finer");
                    if icons::button(ui, icons::Icon::Up, &finer).clicked() {
                        moved = Some(at);
                    }
                });
                let away =
                    icons::button(ui, icons::Icon::Close, &session.tr("app-names-layer-away"));
                if away.clicked() {
                    gone = Some(at);
                }
                if let Some(place) = self.names.layers.get_mut(at) {
                    *place = now;
                }
            });
        }
        if let Some(at) = moved {
            self.names.layers.swap(at - 1, at);
        }
        if let Some(at) = gone {
            self.names.layers.remove(at);
        }
        let known = |layer: &&Layer| self.names.layers.iter().all(|named| named.layer != layer.id);
        let next = possible_layers(session, self.layer).find(known);
        if let Some(next) = next.filter(|_| count < MOST_LAYERS)
            && ui.button(session.tr("app-names-layer-add")).clicked()
        {
            let field = names_field(session, next).unwrap_or_default();
            self.names.layers.push(NamedLayer { layer: next.id, field });
        }
        ui.checkbox(&mut self.names.with_near, session.tr("app-names-with-near"))
            .on_hover_text(session.tr("app-names-with-near-hint"));
    }

    /// How many rows found their place.
    fn summary(&self, ui: &mut Ui, session: &Session) {
        let Some(placed) = self.placed() else {
            ui.horizontal(|ui| {
                if self.is_busy() {
                    ui.spinner();
                    ui.weak(session.tr("app-work-names"));
                }
            });
            return;
        };
        let count = |outcome| u64::try_from(placed.count(outcome)).unwrap_or(u64::MAX);
        let put = placed.rows.iter().filter(|row| row.place.is_some()).count();
        let text = Message::new("app-names-summary")
            .count("placed", u64::try_from(put).unwrap_or(u64::MAX))
            .count("rows", u64::try_from(placed.rows.len()).unwrap_or(u64::MAX));
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(session.say(&text)).strong());
            for (outcome, id) in [
                (Outcome::Ambiguous, "app-names-ambiguous"),
                (Outcome::Near, "app-names-near"),
                (Outcome::Unmatched, "app-names-unmatched"),
                (Outcome::NoName, "app-names-none"),
            ] {
                let count = count(outcome);
                if count > 0 {
                    ui.weak(session.say(&Message::new(id).count("count", count)));
                }
            }
            if self.is_busy() {
                ui.spinner();
            }
        });
    }

    fn buttons(&self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) -> bool {
        let is_whole = !self.names.fields.is_empty() && !self.names.layers.is_empty();
        let mut is_done = false;
        dialog::buttons(ui, |ui| {
            let id = if self.is_change { "app-names-change" } else { "app-names-do" };
            if dialog::main_button(ui, is_whole, &session.tr(id)) {
                let names = Some(Box::new(self.names.clone()));
                out.push(Action::Run(Command::SetPlaceNames(layer.id, names)));
                is_done = true;
            }
            let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
            if self.is_change && ui.button(session.tr("app-names-end")).clicked() {
                out.push(Action::Run(Command::SetPlaceNames(layer.id, None)));
                is_done = true;
            }
            if is_done {
                out.push(Action::CloseStep);
                out.push(Action::Activate(layer.id));
            }
            is_done || is_cancelled
        })
    }
}

/// What is most asked: all layers with names, streets before areas, and the field that looks most
/// like the name of a place, else the first of text.
fn first(session: &Session, layer: &Layer) -> Option<PlaceNames> {
    use crate::app::store::RowKind;
    let rank = |layer: &Layer| match session.store.loaded(&layer.source).map(|it| it.kind) {
        Some(RowKind::Lines) => 0,
        Some(RowKind::Polygons) => 1,
        _ => 2,
    };
    let mut layers: Vec<&Layer> = possible_layers(session, layer.id).collect();
    layers.sort_by_key(|layer| rank(layer));
    // Points are seldom places that others are called by.
    let has_shapes = layers.iter().any(|layer| rank(layer) < 2);
    layers.retain(|layer| !has_shapes || rank(layer) < 2);
    layers.truncate(MOST_LAYERS);
    let named = |layer: &&Layer| NamedLayer {
        layer: layer.id,
        field: names_field(session, layer).unwrap_or_default(),
    };
    let (joined, _, _) = session.derived.added.parts();
    let loaded = joined.shown(layer, session.store.loaded(&layer.source)?);
    let texts = loaded.table.fields.iter().filter(|field| field.kind == FieldKind::Text);
    let texts: Vec<&str> = texts.map(|field| field.name.as_str()).collect();
    let called = [
        "plaats", "place", "wijk", "straat", "adres", "address", "locatie", "titel", "title",
        "naam",
    ];
    let is_called = |word: &&str| texts.iter().any(|name| name.to_lowercase().contains(*word));
    let word = called.into_iter().find(is_called);
    let field = match word {
        Some(word) => texts.iter().find(|name| name.to_lowercase().contains(word)),
        None => texts.first(),
    };
    let layers: Vec<NamedLayer> = layers.iter().map(named).collect();
    (!layers.is_empty()).then(|| PlaceNames {
        fields: field.map(|name| (*name).to_owned()).into_iter().collect(),
        layers,
        decisions: Vec::new(),
        with_near: false,
        language: session.language.code().to_owned(),
    })
}
