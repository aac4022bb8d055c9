//! Conditions on place: how the rows lie to features of another layer, to chosen ones, or to a
//! drawn shape.

use egui::{RichText, TextEdit, Ui};

use super::super::actions::{Action, Actions};
use super::super::chosen::{self, Edge};
use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::store::{Loaded, RowKind};
use super::super::theme;
use super::super::tools::Tool;
use super::Look;
use super::condition::ConditionEdit;
use super::draft::Draft;
use super::facts::Facts;
use super::words::relation_word;
use crate::i18n::{Message, format_number, parse_number};
use crate::map::SketchKind;
use crate::project::{Layer, LayerId, PlaceFilter, PlaceOf};
use crate::query::{DrawnShape, QueryError, Relation, SelectError};

/// The distance of a new condition, metres.
const NEAR: f64 = 500.0;

/// A condition on place being changed.
pub(super) struct PlaceEdit {
    place: PlaceFilter,
    /// Which features of the other layer.
    pub features: ConditionEdit,
    /// A distance being typed.
    distance: Option<String>,
}

impl PlaceEdit {
    pub fn of(place: &PlaceFilter) -> PlaceEdit {
        let sql = match &place.of {
            PlaceOf::Where { sql, .. } => sql.as_str(),
            _ => "",
        };
        PlaceEdit { place: place.clone(), features: ConditionEdit::of(sql), distance: None }
    }

    /// Whether it is about the same layer, with features found by a condition.
    pub fn is_like(&self, place: &PlaceFilter) -> bool {
        let by_condition = |of: &PlaceOf| matches!(of, PlaceOf::Where { .. });
        by_condition(&self.place.of) && by_condition(&place.of) && self.layer() == place.of.layer()
    }

    /// Becomes another one like it; what is not finished stays.
    pub fn adopt(&mut self, place: &PlaceFilter) {
        if let PlaceOf::Where { sql, .. } = &place.of {
            self.features.adopt(sql);
        }
        if self.place.relation != place.relation {
            self.distance = None;
        }
        self.place = place.clone();
    }

    pub fn filter(&self) -> PlaceFilter {
        let mut place = self.place.clone();
        if let PlaceOf::Where { sql, .. } = &mut place.of {
            sql.clone_from(&self.features.sql);
        }
        place
    }

    pub fn layer(&self) -> Option<LayerId> {
        self.place.of.layer()
    }
}

pub(super) fn show(
    ui: &mut Ui,
    facts: &Facts,
    draft: &mut Draft,
    (session, layer, loaded): (&Session, &Layer, &Loaded),
    out: &mut Actions,
) {
    ui.label(RichText::new(session.tr("app-filter-place")).small().weak());
    if loaded.table.geometry.is_none() {
        ui.weak(session.tr("app-filter-place-none"));
        return;
    }
    let mut gone = None;
    let error = match draft.error() {
        Some(SelectError::PlaceCondition { place, error }) => Some((*place, error.clone())),
        _ => None,
    };
    for (at, place) in draft.places.iter_mut().enumerate() {
        let error = error.as_ref().filter(|(number, _)| *number == at).map(|(_, error)| error);
        ui.push_id(("place", at), |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 5.0);
                if one(ui, (session, layer, facts), place, at, error) {
                    gone = Some(at);
                }
            });
        });
    }
    if let Some(at) = gone {
        draft.places.remove(at);
    }
    add(ui, session, draft, layer, out);
}

/// The layers that rows can be compared with.
fn others<'a>(session: &'a Session, layer: &Layer) -> Vec<(&'a Layer, RowKind)> {
    let id = layer.id;
    let others = session.document().layers.iter().filter(|other| other.id != id);
    let kind = |other: &'a Layer| {
        let kind = session.loaded(other)?.kind;
        (kind != RowKind::Rows).then_some((other, kind))
    };
    others.filter_map(kind).collect()
}

/// How rows of one kind are most likely compared with features of a kind.
fn likely(kind: RowKind) -> Relation {
    match kind {
        RowKind::Polygons | RowKind::Mixed => Relation::Within,
        _ => Relation::Near { metres: NEAR },
    }
}

/// The buttons to add a condition.
fn add(ui: &mut Ui, session: &Session, draft: &mut Draft, layer: &Layer, out: &mut Actions) {
    let others = others(session, layer);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        if !others.is_empty() {
            let text = RichText::new(session.tr("app-filter-add-place")).small();
            ui.menu_button(text, |ui| {
                for (other, kind) in &others {
                    let text =
                        Message::new("app-filter-by-layer").text("layer", other.name.as_str());
                    if ui.button(session.say(&text)).clicked() {
                        let place = PlaceFilter {
                            relation: likely(*kind),
                            ..PlaceFilter::features(other.id, "")
                        };
                        draft.places.push(PlaceEdit::of(&place));
                        ui.close();
                    }
                }
            });
        }
        let view = RichText::new(session.tr("app-filter-by-view")).small();
        let hint = session.tr("app-filter-by-view-hint");
        if ui.button(view).on_hover_text(hint).clicked() {
            out.push(Action::FilterByView(layer.id));
        }
        for (kind, id) in [
            (SketchKind::Rectangle, "app-filter-draw-rectangle"),
            (SketchKind::Polygon, "app-filter-draw-polygon"),
        ] {
            let tool = Tool::FilterArea(layer.id, kind);
            let text = RichText::new(session.tr(id)).small();
            let is_on = session.tool == tool;
            let button = chosen::button(ui, Edge::Foot, is_on, text, |button| button.frame(true));
            if button.clicked() {
                out.push(Action::SetTool(tool));
            }
        }
        for (other, _) in &others {
            let count = session.selection.count(other.id);
            if count == 0 {
                continue;
            }
            let text = Message::new("app-filter-by-selection")
                .text("layer", other.name.as_str())
                .count("count", count as u64);
            if ui.button(RichText::new(session.say(&text)).small()).clicked() {
                out.push(Action::FilterBySelectionOf { layer: layer.id, of: other.id });
            }
        }
    });
    if others.is_empty() && draft.places.is_empty() {
        let text = RichText::new(session.tr("app-filter-place-no-layers")).small().weak();
        ui.add(egui::Label::new(text).wrap());
    }
}

/// One condition; whether it is to go.
fn one(
    ui: &mut Ui,
    (session, layer, facts): (&Session, &Layer, &Facts),
    place: &mut PlaceEdit,
    at: usize,
    error: Option<&QueryError>,
) -> bool {
    let number = (at + 1).to_string();
    let named = |id| session.say(&Message::new(id).text("name", number.as_str()));
    let mut is_gone = false;
    ui.horizontal(|ui| {
        let room = ui.available_width() - 30.0;
        relation(ui, session, place, &named("app-filter-relation"), room);
        is_gone = icons::button(ui, Icon::Close, &named("app-filter-remove-place")).clicked();
    });
    if let Relation::Near { metres } = place.place.relation {
        distance(ui, session, place, metres, &named("app-filter-distance"));
    }
    match &place.place.of {
        PlaceOf::Drawn { drawn } => {
            let id = match drawn {
                DrawnShape::Rectangle { .. } => "app-filter-drawn-rectangle",
                DrawnShape::Polygon(_) => "app-filter-drawn-polygon",
            };
            ui.label(session.tr(id));
        }
        PlaceOf::Chosen { layer, rows } => {
            let name = session.document().layer(*layer).map(|layer| layer.name.as_str());
            let text = Message::new("app-filter-chosen-features")
                .count("count", rows.len() as u64)
                .text("layer", name.unwrap_or_default());
            ui.add(egui::Label::new(session.say(&text)).wrap());
        }
        PlaceOf::Where { layer: of, .. } => {
            let of = *of;
            other_layer(ui, (session, layer), place, of, &named("app-filter-areas"));
            features(ui, session, facts, place, error);
        }
    }
    is_gone
}

fn relation(ui: &mut Ui, session: &Session, place: &mut PlaceEdit, label: &str, width: f32) {
    let now = place.place.relation;
    let metres = if let Relation::Near { metres } = now { metres } else { NEAR };
    let combo = icons::combo_box("relation").width(width).truncate();
    let shown = combo.selected_text(session.tr(relation_word(now))).show_ui(ui, |ui| {
        use Relation::{Crosses, Disjoint, Intersects, Near, Touches, Within};
        for relation in [Within, Intersects, Touches, Crosses, Near { metres }, Disjoint] {
            let text = session.tr(relation_word(relation));
            if chosen::item(ui, now == relation, text).clicked() {
                place.place.relation = relation;
            }
        }
    });
    shown.response.accessible_name(label);
}

fn distance(ui: &mut Ui, session: &Session, place: &mut PlaceEdit, metres: f64, label: &str) {
    ui.horizontal(|ui| {
        let shown = || format_number(session.language, metres, 2);
        let mut text = place.distance.clone().unwrap_or_else(shown);
        let read =
            |text: &str| parse_number(session.language, text).filter(|metres| *metres >= 0.0);
        let red = read(&text).is_none().then(|| ui.visuals().error_fg_color);
        let field = TextEdit::singleline(&mut text).desired_width(90.0).text_color_opt(red);
        let field = ui.add(field).accessible_name(label);
        ui.label(session.tr("app-filter-metres"));
        if field.changed() {
            if let Some(metres) = read(&text) {
                place.place.relation = Relation::Near { metres };
            }
            place.distance = Some(text);
        } else if !field.has_focus() && place.distance.is_some() && red.is_none() {
            place.distance = None;
        }
        if red.is_some() {
            let text = RichText::new(session.tr("app-filter-no-distance")).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
    });
}

fn other_layer(
    ui: &mut Ui,
    (session, layer): (&Session, &Layer),
    place: &mut PlaceEdit,
    of: LayerId,
    label: &str,
) {
    let name = session.document().layer(of).map(|layer| layer.name.clone()).unwrap_or_default();
    let combo = icons::combo_box("layer").width(ui.available_width()).truncate();
    let mut chosen = None;
    let shown = combo.selected_text(name).show_ui(ui, |ui| {
        for (other, kind) in others(session, layer) {
            if chosen::item(ui, other.id == of, &other.name).clicked() && other.id != of {
                chosen = Some((other.id, kind));
            }
        }
    });
    shown.response.accessible_name(label);
    if let Some((other, kind)) = chosen {
        let relation = likely(kind);
        *place = PlaceEdit::of(&PlaceFilter { relation, ..PlaceFilter::features(other, "") });
    }
}

/// Which features of the other layer: rules, or text where rules cannot say it.
fn features(
    ui: &mut Ui,
    session: &Session,
    facts: &Facts,
    place: &mut PlaceEdit,
    error: Option<&QueryError>,
) {
    let other = place.layer().and_then(|id| session.document().layer(id));
    let Some((other, loaded)) = other.and_then(|o| Some((o, session.loaded(o)?))) else { return };
    let look =
        Look { session, table: &loaded.table, loaded: Some(loaded), facts, prefix: &other.name };
    let title = Message::new("app-filter-which").text("layer", other.name.as_str());
    let title = RichText::new(session.say(&title)).small();
    let is_set = !place.features.is_blank();
    icons::fold(title).id_salt("which").default_open(is_set).show_unindented(ui, |ui| {
        place.features.show_rules(ui, &look);
        place.features.text(ui, &look, error, "app-filter-areas-which");
    });
}
