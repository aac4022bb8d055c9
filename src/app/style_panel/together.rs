//! Points shown together: as a heat map, as clusters, in hexagons.

use egui::{Checkbox, DragValue, RichText, Ui};

use super::super::chosen;
use super::super::icons;
use super::super::session::Session;
use super::fields::{self, Wanted, label_before};
use super::numbers;
use super::ramps::Ramps;
use super::values::Look;
use crate::i18n::Message;
use crate::project::Layer;
use crate::style::ramp::RampUse;
use crate::style::{
    Clusters, HEAT_RADII, Heat, HexagonNumber, Hexagons, LegendCrowd, Style, Together, round_up,
};
use crate::table::PartKind;

/// How points are shown, by its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Each,
    Heat,
    Clusters,
    Hexagons,
}

impl Kind {
    const ALL: [(Kind, &'static str); 4] = [
        (Kind::Each, "app-points-each"),
        (Kind::Heat, "app-points-heat"),
        (Kind::Clusters, "app-points-clusters"),
        (Kind::Hexagons, "app-points-hexagons"),
    ];

    fn of(together: &Together) -> Kind {
        match together {
            Together::Nothing => Kind::Each,
            Together::Heat(_) => Kind::Heat,
            Together::Clusters(_) => Kind::Clusters,
            Together::Hexagons(_) => Kind::Hexagons,
        }
    }
}

/// How the points of a layer are shown, and all about that. Tells whether they still have symbols
/// of their own, to be chosen below.
pub(super) fn show(ui: &mut Ui, look: &Look<'_>, ramps: &mut Ramps, style: &mut Style) -> bool {
    let session = look.session;
    let mut kind = Kind::of(&style.together);
    ui.label(RichText::new(session.tr("app-points-as")).strong());
    ui.horizontal_wrapped(|ui| {
        for (this, id) in Kind::ALL {
            chosen::tab_value(ui, &mut kind, this, session.tr(id));
        }
    });
    if kind != Kind::of(&style.together) {
        let usual = usual_size(session, look.layer);
        style.together = match kind {
            Kind::Each => Together::Nothing,
            Kind::Heat => Together::Heat(Box::new(Heat { radius: usual, ..Heat::default() })),
            Kind::Clusters => Together::Clusters(Clusters::default()),
            Kind::Hexagons => {
                Together::Hexagons(Box::new(Hexagons { size: usual, ..Hexagons::default() }))
            }
        };
    }
    match &mut style.together {
        Together::Nothing => {}
        Together::Heat(heat) => show_heat(ui, look, ramps, heat),
        Together::Clusters(clusters) => show_clusters(ui, session, clusters),
        Together::Hexagons(hexagons) => show_hexagons(ui, look, ramps, hexagons),
    }
    if !style.together.is_nothing() {
        left_out(ui, session, look.layer);
    }
    if style.together.hides_all() {
        return false;
    }
    ui.separator();
    true
}

/// A round number of metres that suits what a layer covers: some forty of them side by side.
fn usual_size(session: &Session, layer: &Layer) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_320.0;
    let scene = session.loaded(layer).and_then(|loaded| loaded.scene.as_ref().ok());
    let Some(extent) = scene.and_then(|scene| scene.main_part().0) else { return 300.0 };
    let (_, shrunk) = extent.center()[1].to_radians().sin_cos();
    let side = (extent.width() * shrunk).max(extent.height()) * METRES_PER_DEGREE;
    round_up(side / 40.0).clamp(20.0, 100_000.0)
}

/// A length on the ground.
fn metres(ui: &mut Ui, label: &str, hint: &str, value: &mut f64) {
    ui.horizontal(|ui| {
        label_before(ui, label);
        let speed = (*value * 0.01).max(0.1);
        let field = DragValue::new(value).range(HEAT_RADII).speed(speed);
        let field = ui.add(field.max_decimals(0).suffix(" m"));
        field.on_hover_text(hint).accessible_name(label.to_owned());
    });
}

fn show_heat(ui: &mut Ui, look: &Look<'_>, ramps: &mut Ramps, heat: &mut Heat) {
    let session = look.session;
    let before = (heat.radius, heat.weight.clone());
    let (radius, about) = (session.tr("app-heat-radius"), session.tr("app-heat-radius-about"));
    metres(ui, &radius, &about, &mut heat.radius);
    if Wanted::Numbers.of(look.table).next().is_some() {
        ui.horizontal(|ui| {
            let label = session.tr("app-heat-weight");
            label_before(ui, &label);
            let one = session.tr("app-heat-weight-one");
            let shown = heat.weight.clone().unwrap_or_else(|| one.clone());
            let width = ui.available_width().min(190.0);
            let combo = icons::combo_box("heat weight").width(width).selected_text(shown);
            let shown = combo.show_ui(ui, |ui| {
                chosen::value(ui, &mut heat.weight, None, one);
                for field in Wanted::Numbers.of(look.table) {
                    let name = Some(field.name.clone());
                    chosen::value(ui, &mut heat.weight, name, field.title());
                }
            });
            shown.response.accessible_name(label);
        });
    }
    if before.1 != heat.weight {
        heat.top = None;
    }
    ramps.show(ui, session, &mut heat.ramp, (RampUse::Sequential, 7));
    let found = match session.crowds.legend(look.layer.id) {
        Some(LegendCrowd::Heat(top)) => Some(top),
        _ => None,
    };
    ui.horizontal(|ui| {
        let mut is_fixed = heat.top.is_some();
        let label = session.tr("app-heat-fixed");
        let about = session.tr("app-heat-fixed-about");
        let box_ = ui.add_enabled(is_fixed || found.is_some(), Checkbox::new(&mut is_fixed, label));
        if box_.on_hover_text(about).changed() {
            heat.top = found.filter(|_| is_fixed);
        }
        if let Some(top) = &mut heat.top {
            let label = session.tr("app-heat-top");
            let speed = (*top * 0.01).max(1e-6);
            let field = DragValue::new(top).range(1e-9..=1e12).speed(speed).suffix(" / km²");
            ui.add(field).on_hover_text(&label).accessible_name(label);
        }
    });
    ui.label(RichText::new(session.tr("app-heat-kernel")).small().weak());
}

fn show_clusters(ui: &mut Ui, session: &Session, clusters: &mut Clusters) {
    ui.horizontal(|ui| {
        let label = session.tr("app-clusters-within");
        ui.label(&label);
        let field = DragValue::new(&mut clusters.within).range(10.0..=400.0).speed(0.5);
        let field = ui.add(field.max_decimals(0).suffix(" pt"));
        field.on_hover_text(session.tr("app-clusters-within-about")).accessible_name(label);
    });
    ui.horizontal(|ui| {
        let label = session.tr("app-clusters-largest");
        ui.label(&label);
        let field = DragValue::new(&mut clusters.largest).range(16.0..=200.0).speed(0.5);
        ui.add(field.max_decimals(0).suffix(" pt")).accessible_name(label);
    });
    ui.label(RichText::new(session.tr("app-clusters-about")).small().weak());
}

fn show_hexagons(ui: &mut Ui, look: &Look<'_>, ramps: &mut Ramps, hexagons: &mut Hexagons) {
    let session = look.session;
    let (size, about) = (session.tr("app-hexagons-size"), session.tr("app-hexagons-size-about"));
    metres(ui, &size, &about, &mut hexagons.size);
    number_of_hexagons(ui, look, hexagons);
    let Hexes { table, partition } = hexes(session, look.layer);
    let style = hexagons.style();
    let Some(table) = table else { return };
    let areas =
        Look { session, layer: look.layer, table, partition, kind: Some(PartKind::Polygon) };
    numbers::method(ui, session, &mut hexagons.classes);
    let before = hexagons.classes.ramp.clone();
    let wanted = (RampUse::Sequential, areas.count());
    ramps.show(ui, session, &mut hexagons.classes.ramp, wanted);
    if hexagons.classes.ramp != before {
        hexagons.classes.changes.iter_mut().for_each(|change| change.color = None);
    }
    if let Some(partition) = partition {
        numbers::lines(ui, &areas, &mut hexagons.classes, &style, partition);
    }
}

/// What hexagons tell.
fn number_of_hexagons(ui: &mut Ui, look: &Look<'_>, hexagons: &mut Hexagons) {
    let session = look.session;
    let before = hexagons.of.clone();
    let first = Wanted::Numbers.first(look.table).map(|field| field.name.clone());
    let field = before.field().map(str::to_owned).or(first);
    ui.horizontal(|ui| {
        let label = session.tr("app-hexagons-of");
        label_before(ui, &label);
        let shown = session.tr(match &hexagons.of {
            HexagonNumber::Count => "app-hexagons-count",
            HexagonNumber::Sum(_) => "app-hexagons-sum",
            HexagonNumber::Mean(_) => "app-hexagons-mean",
        });
        let combo = icons::combo_box("hexagons of").width(190.0).selected_text(shown);
        let shown = combo.show_ui(ui, |ui| {
            let count = session.tr("app-hexagons-count");
            chosen::value(ui, &mut hexagons.of, HexagonNumber::Count, count);
            if let Some(field) = &field {
                let (sum, mean) =
                    (HexagonNumber::Sum(field.clone()), HexagonNumber::Mean(field.clone()));
                chosen::value(ui, &mut hexagons.of, sum, session.tr("app-hexagons-sum"));
                chosen::value(ui, &mut hexagons.of, mean, session.tr("app-hexagons-mean"));
            }
        });
        shown.response.accessible_name(label);
    });
    if let HexagonNumber::Sum(field) | HexagonNumber::Mean(field) = &mut hexagons.of {
        ui.horizontal(|ui| {
            let label = session.tr("app-style-field");
            label_before(ui, &label);
            fields::choose(ui, look.table, Wanted::Numbers, ("hexagons", &label), field);
        });
    }
    if hexagons.of != before {
        (hexagons.classes.breaks, hexagons.classes.changes) = (None, Vec::new());
    }
}

/// The hexagons of a layer as far as they are made.
struct Hexes<'a> {
    table: Option<&'a crate::table::Table>,
    partition: Option<&'a crate::style::Partition>,
}

fn hexes<'a>(session: &'a Session, layer: &Layer) -> Hexes<'a> {
    let drawn = session.crowds.hexes(layer.id).and_then(|hexes| hexes.drawn());
    let table = drawn.map(|(made, _)| &*made.areas.table);
    Hexes { table, partition: drawn.map(|(_, partition)| partition) }
}

/// What does not count, and why; and what is wrong.
fn left_out(ui: &mut Ui, session: &Session, layer: &Layer) {
    let hexes = session.crowds.hexes(layer.id);
    let error = session.crowds.error(layer.id).or_else(|| hexes?.error());
    if let Some(error) = error {
        let text = RichText::new(session.say(&error.message()));
        ui.label(text.color(ui.visuals().error_fg_color));
        return;
    }
    let Some(crowd) = session.crowds.crowd(layer.id) else {
        ui.weak(session.tr("app-points-busy"));
        return;
    };
    let warn = ui.visuals().warn_fg_color;
    for (id, count) in
        [("app-points-placeless", crowd.placeless), ("app-points-weightless", crowd.weightless)]
    {
        if count > 0 {
            let text = session.say(&Message::new(id).count("count", count));
            ui.label(RichText::new(text).small().color(warn));
        }
    }
}
