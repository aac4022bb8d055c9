//! The dialog for numbers per area, and for the area of each row: which areas, what lies in them,
//! what is calculated, and what comes out.

mod lines;
mod preview;
mod words;

pub(super) use self::words::what_message;

use egui::{Grid, RichText, ScrollArea, TextEdit, Ui};

use self::lines::Line;
use super::actions::{Action, Actions};
use super::by_place::{Placed, PlacedKey};
use super::keyed::Keyed;
use super::session::{Notice, Session};
use super::store::{Loaded, RowKind};
use super::style_panel;
use super::{chosen, dialog, icons};
use crate::i18n::Message;
use crate::jobs::Cancelled;
use crate::project::{Command, Layer, LayerId};
use crate::query::Condition;
use crate::query::per_area::ByPlace;

/// Which of the two layers gets columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The areas: numbers of what lies in them.
    Numbers,
    /// What lies in them: values of its area.
    AreaOf,
}

/// Columns being made or changed.
pub(super) struct AreasDialog {
    way: Asked,
    areas: LayerId,
    things: LayerId,
    /// Which of the layer's columns these are; none for new ones.
    at: Option<usize>,
    lines: Vec<Line>,
    condition: String,
    only_shown: bool,
    once: bool,
    looked: Keyed<PlacedKey, Result<Placed, Cancelled>>,
}

/// The layers with a place that were read, in the order of the panel.
fn placed_layers(session: &Session) -> impl Iterator<Item = (&Layer, RowKind)> {
    let layers = session.document().layers.iter();
    let read = layers.filter_map(|layer| Some((layer, session.loaded(layer)?.kind)));
    read.filter(|(_, kind)| *kind != RowKind::Rows)
}

fn has_areas(kind: RowKind) -> bool {
    matches!(kind, RowKind::Polygons | RowKind::Mixed)
}

/// The areas and the things, where a layer is about either of them.
fn both(session: &Session, about: &Layer, way: Asked) -> Option<(LayerId, LayerId)> {
    let kind = session.loaded(about)?.kind;
    let others = || placed_layers(session).filter(|(other, _)| other.id != about.id);
    let area = || others().find(|(_, kind)| has_areas(*kind)).map(|(layer, _)| layer.id);
    // Points are what most people count.
    let thing = || {
        let points = others().find(|(_, kind)| *kind == RowKind::Points);
        points.or_else(|| others().next()).map(|(layer, _)| layer.id)
    };
    let as_things = || Some((area()?, about.id)).filter(|_| kind != RowKind::Rows);
    let as_areas = || Some((about.id, thing()?)).filter(|_| has_areas(kind));
    match way {
        Asked::Numbers => as_areas().or_else(as_things),
        Asked::AreaOf => as_things().or_else(as_areas),
    }
}

/// Whether there are areas and something that may lie in them, one of them a layer.
pub(super) fn is_possible(session: &Session, layer: &Layer, way: Asked) -> bool {
    both(session, layer, way).is_some()
}

/// What is said when columns are there, and what a person wants next: to see them on the map.
pub(super) fn made_notice(
    session: &Session,
    layer: LayerId,
    column: &str,
    is_number: bool,
) -> Notice {
    let layer = session.document().layer(layer);
    let name = layer.map_or("", |layer| layer.name.as_str());
    let text = Message::new("app-areas-made").text("column", column).text("name", name);
    let Some(layer) = layer else { return Notice::Done(text) };
    let style = style_panel::by_field(session, layer, column, is_number);
    let action = Box::new(Action::Run(Command::SetStyle(layer.id, style)));
    Notice::Offer { text, button: Message::new("app-areas-colour"), action }
}

impl AreasDialog {
    /// For a layer that has the areas, or what lies in them. None where there is no other.
    pub fn new(session: &Session, about: &Layer, way: Asked) -> Option<AreasDialog> {
        let (areas, things) = both(session, about, way)?;
        let mut dialog = AreasDialog {
            way,
            areas,
            things,
            at: None,
            lines: Vec::new(),
            condition: String::new(),
            only_shown: false,
            once: false,
            looked: Keyed::default(),
        };
        dialog.begin(session);
        Some(dialog)
    }

    /// For columns that a layer has.
    pub fn of_made(session: &Session, layer: &Layer) -> Option<AreasDialog> {
        let mut dialog = AreasDialog::new(session, layer, Asked::Numbers)?;
        dialog.change(session, layer, Some(0));
        Some(dialog)
    }

    /// Whether something is being looked up.
    pub fn is_busy(&self) -> bool {
        self.looked.job().is_some()
    }

    /// The layer that gets columns.
    fn layer(&self) -> LayerId {
        if self.way == Asked::Numbers { self.areas } else { self.things }
    }

    /// The layer that they follow from.
    fn other(&self) -> LayerId {
        if self.way == Asked::Numbers { self.things } else { self.areas }
    }

    fn loaded_other<'a>(&self, session: &'a Session) -> Option<&'a Loaded> {
        session.loaded(session.document().layer(self.other())?)
    }

    /// Begins with what is most asked of the two layers.
    fn begin(&mut self, session: &Session) {
        self.lines = self.first_lines(session);
        self.condition.clear();
        self.only_shown = false;
        let kind = |id| session.document().layer(id).and_then(|l| Some(session.loaded(l)?.kind));
        // Parcels along a border touch the area next to theirs.
        self.once = kind(self.things).is_some_and(|kind| kind != RowKind::Points);
    }

    /// Turns to columns that the layer has, or to new ones.
    fn change(&mut self, session: &Session, layer: &Layer, at: Option<usize>) {
        let columns = at.and_then(|at| Some((at, layer.by_place.get(at)?)));
        self.at = columns.map(|(at, _)| at);
        let Some((_, columns)) = columns else { return self.begin(session) };
        self.only_shown = columns.only_shown;
        match &columns.by {
            ByPlace::Numbers(by) => {
                (self.way, self.areas, self.things) = (Asked::Numbers, layer.id, columns.layer);
                (self.condition, self.once) = (by.condition.clone(), by.once);
                let line = by.columns.iter().map(|column| Line {
                    what: Some(column.what),
                    field: column.field.clone(),
                    name: Some(column.name.clone()),
                });
                self.lines = line.collect();
            }
            ByPlace::AreaOf(by) => {
                (self.way, self.areas, self.things) = (Asked::AreaOf, columns.layer, layer.id);
                self.condition.clone_from(&by.condition);
                let line = by.columns.iter().map(|column| Line {
                    what: None,
                    field: column.field.clone(),
                    name: Some(column.name.clone()),
                });
                self.lines = line.collect();
            }
        }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer()) else { return true };
        self.look(session);
        let title = session.tr(match self.way {
            Asked::Numbers => "app-areas-title",
            Asked::AreaOf => "app-areas-title-area",
        });
        let shown = dialog::show(ctx, "areas", &title, 720.0, |ui| {
            // Always the same height: a dialog that jumps is hard to hit.
            let most = (ctx.content_rect().height() - 190.0).clamp(120.0, 560.0);
            let scroll = ScrollArea::vertical().id_salt("areas").max_height(most);
            scroll
                .min_scrolled_height(most)
                .auto_shrink(false)
                .show(ui, |ui| self.body(ui, session, layer));
            self.buttons(ui, session, out)
        });
        shown.inner || shown.is_escaped
    }

    fn body(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        // The bar of what scrolls lies over what is below it.
        ui.set_max_width(ui.available_width() - ui.spacing().scroll.bar_width - 4.0);
        self.which(ui, session, layer);
        self.layers(ui, session);
        ui.add_space(8.0);
        self.lines(ui, session);
        ui.add_space(8.0);
        self.choices(ui, session);
        ui.add_space(8.0);
        self.preview(ui, session);
    }

    /// The columns the layer has, and new ones of either kind.
    fn which(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        let mut wanted = None;
        ui.horizontal_wrapped(|ui| {
            for (at, columns) in layer.by_place.iter().enumerate() {
                let text = columns.names().join(", ");
                let text = if text.is_empty() { "…".to_owned() } else { text };
                if chosen::tab(ui, self.at == Some(at), text).clicked() {
                    wanted = Some((self.way, Some(at)));
                }
            }
            for (way, id) in
                [(Asked::Numbers, "app-areas-new-numbers"), (Asked::AreaOf, "app-areas-new-area")]
            {
                let is_this = self.at.is_none() && self.way == way;
                if chosen::tab(ui, is_this, session.tr(id)).clicked() && !is_this {
                    wanted = Some((way, None));
                }
            }
        });
        ui.separator();
        if let Some((way, at)) = wanted {
            self.way = way;
            self.change(session, layer, at);
        }
    }

    /// The areas and what lies in them.
    fn layers(&mut self, ui: &mut Ui, session: &Session) {
        let width = ((ui.available_width() - 24.0) / 2.0).max(120.0);
        let areas: Vec<&Layer> = placed_layers(session)
            .filter(|(layer, kind)| has_areas(*kind) && layer.id != self.things)
            .map(|(layer, _)| layer)
            .collect();
        let things: Vec<&Layer> =
            placed_layers(session).map(|(l, _)| l).filter(|l| l.id != self.areas).collect();
        let is_new = self.at.is_none();
        let mut chosen = (self.areas, self.things);
        Grid::new("areas layers").num_columns(2).spacing([24.0, 4.0]).show(ui, |ui| {
            // Another layer has other columns: first these are made or left.
            let is_free = is_new || self.way == Asked::AreaOf;
            let label = session.tr("app-areas-areas");
            choose(ui, session, (&label, "areas"), &areas, &mut chosen.0, (width, is_free));
            let is_free = is_new || self.way == Asked::Numbers;
            let label = session.tr("app-areas-things");
            choose(ui, session, (&label, "things"), &things, &mut chosen.1, (width, is_free));
            ui.end_row();
        });
        if chosen != (self.areas, self.things) {
            let other = self.other();
            (self.areas, self.things) = chosen;
            // Other fields; where only the layer changed that gets columns, they stay.
            if other != self.other() {
                self.begin(session);
            }
        }
        let layer = session.document().layer(self.layer()).map_or("", |l| l.name.as_str());
        let text = Message::new("app-areas-gets").text("name", layer);
        ui.label(RichText::new(session.say(&text)).small().weak());
    }

    /// Which rows count, and how often.
    fn choices(&mut self, ui: &mut Ui, session: &Session) {
        let Some(other) = session.document().layer(self.other()) else { return };
        let label = Message::new("app-join-condition").text("name", other.name.as_str());
        let name = ui.label(RichText::new(session.say(&label)).small().weak());
        let condition = Condition::parse(&self.condition);
        let wrong = condition.err();
        let red = wrong.as_ref().map(|_| ui.visuals().error_fg_color);
        let field = TextEdit::singleline(&mut self.condition)
            .desired_width(f32::INFINITY)
            .text_color_opt(red)
            .hint_text(session.tr("app-join-condition-all"));
        ui.add(field).labelled_by(name.id);
        if let Some(error) = wrong {
            let text = RichText::new(session.say(&error.message)).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        let text = Message::new("app-areas-only-shown").text("name", other.name.as_str());
        ui.horizontal_wrapped(|ui| {
            ui.checkbox(&mut self.only_shown, session.say(&text));
            if self.way == Asked::Numbers {
                let once = ui.checkbox(&mut self.once, session.tr("app-areas-once"));
                once.on_hover_text(session.tr("app-areas-once-hint"));
            }
        });
    }

    fn buttons(&self, ui: &mut Ui, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer()) else { return true };
        let mut all = layer.by_place.clone();
        let columns = self.columns(session);
        let is_possible = columns.is_some() && self.tally().is_some() && !self.is_busy();
        let mut is_done = false;
        dialog::buttons(ui, |ui| {
            let text = if self.at.is_some() { "app-areas-change" } else { "app-areas-do" };
            if dialog::main_button(ui, is_possible, &session.tr(text))
                && let Some(columns) = columns
            {
                let names = columns.names();
                let name = names.first().map(|name| (*name).to_owned()).unwrap_or_default();
                let is_number = matches!(columns.by, ByPlace::Numbers(_));
                match self.at.and_then(|at| all.get_mut(at)) {
                    Some(place) => *place = columns,
                    None => all.push(columns),
                }
                out.push(Action::PlaceColumnsMade(layer.id, name, is_number));
                is_done = true;
            }
            let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
            if let Some(at) = self.at.filter(|at| *at < all.len())
                && ui.button(session.tr("app-areas-end")).clicked()
            {
                all.remove(at);
                is_done = true;
            }
            if is_done {
                out.push(Action::Run(Command::SetPlaceColumns(layer.id, all)));
                out.push(Action::CloseStep);
                out.push(Action::Activate(layer.id));
            }
            is_done || is_cancelled
        })
    }
}

/// A layer to choose, with its name above.
fn choose(
    ui: &mut Ui,
    session: &Session,
    (label, id): (&str, &str),
    layers: &[&Layer],
    value: &mut LayerId,
    (width, is_enabled): (f32, bool),
) {
    ui.vertical(|ui| {
        let name = ui.label(RichText::new(label).small().weak());
        let now = session.document().layer(*value).map_or("…", |layer| layer.name.as_str());
        let combo = icons::combo_box(("areas", id)).width(width).truncate();
        ui.add_enabled_ui(is_enabled, |ui| {
            let shown = combo.selected_text(now).show_ui(ui, |ui| {
                for layer in layers {
                    chosen::value(ui, value, layer.id, layer.name.as_str());
                }
            });
            shown.response.labelled_by(name.id);
        });
    });
}
