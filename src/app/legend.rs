//! The legend over the map: what its symbols mean, made from the styles.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{
    Align2, Area, CornerRadius, Frame, Id, Margin, Order, Rect, Response, RichText, ScrollArea,
    Sense, TextEdit, Ui, Vec2, WidgetInfo, vec2,
};

use super::Wake;
use super::actions::{Action, Actions};
use super::derived::{MaskState, Same};
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::legend_grid::{self, GridLook};
use super::session::Session;
use super::swatch;
use crate::i18n::{Message, format_integer};
use crate::jobs::Job;
use crate::map::LayerScene;
use crate::project::{Command, Layer, LayerId};
use crate::style::ramp::Vision;
use crate::style::{
    Legend, LegendChoice, LegendClass, LegendEntry, LegendGroup, LegendLayer, LegendRamp,
    Partition, Style, Symbol,
};
use crate::table::{Extent, PartKind, RowSet};

/// How far it stays from the map's edges, points; below it stand the basemap's makers.
const EDGE: Vec2 = vec2(8.0, 38.0);
/// How far above the overview, points.
const ABOVE_OVERVIEW: f32 = 176.0;
/// The widest text, points.
const WIDEST: f32 = 220.0;

/// What the classes in view follow from.
#[derive(Clone, PartialEq)]
struct SeenKey {
    partition: Same<Partition>,
    scene: Same<LayerScene>,
    mask: Option<Same<arrow_array::BooleanArray>>,
    extent: Extent,
}

/// The legend's own state.
#[derive(Default)]
pub(super) struct MapLegend {
    folded: bool,
    /// Which classes of layers have rows in view.
    seen: HashMap<LayerId, Keyed<SeenKey, Vec<bool>>>,
}

/// Whether the legend is on the map: as the person chose, or while there are classes to explain.
pub(super) fn is_shown(session: &Session) -> bool {
    let document = session.document();
    document.legend.shown.unwrap_or_else(|| {
        let has_classes = |layer: &&Layer| {
            let style = layer.style.as_ref();
            let has_some =
                |style: &Style| style.grouping().is_some() || !style.together.is_nothing();
            style.is_some_and(has_some) && document.is_shown(layer)
        };
        document.layers.iter().any(|layer| has_classes(&layer))
    })
}

impl MapLegend {
    /// Has it found which classes are in view, where that is asked for.
    pub fn update(&mut self, session: &Session, wake: &Wake) {
        let document = session.document();
        let is_wanted = document.legend.only_in_view && is_shown(session);
        self.seen.retain(|id, _| is_wanted && document.layer(*id).is_some());
        let Some(extent) = session.in_view.filter(|_| is_wanted) else { return };
        for layer in &document.layers {
            let Some(partition) = session.derived.classes.partition(layer.id) else { continue };
            let scene = session.loaded(layer).and_then(|loaded| loaded.scene.as_ref().ok());
            let Some(scene) = scene else { continue };
            let mask = match session.derived.mask(layer) {
                MaskState::Some(mask) => Some(mask.rows.clone()),
                _ => None,
            };
            let (partition, scene) = (Same(partition.clone()), Same(Arc::clone(scene)));
            let key = SeenKey { partition, scene, mask, extent };
            self.seen.entry(layer.id).or_default().want(key, |key| {
                let (key, wake) = (key.clone(), wake.clone());
                Job::start("legend", move || wake(), move |_| classes_in_view(&key))
            });
        }
    }

    /// Whether classes in view are being found.
    pub fn is_busy(&self) -> bool {
        self.seen.values().any(|seen| seen.job().is_some())
    }

    /// Shows it in a corner of the map.
    pub fn show(&mut self, ui: &Ui, map: Rect, session: &Session, out: &mut Actions) {
        if !is_shown(session) {
            return;
        }
        let legend = self.legend(session);
        if legend.entries.is_empty() {
            return;
        }
        let has_overview = session.settings.show_overview && !session.settings.fold_overview;
        let above = if has_overview { ABOVE_OVERVIEW } else { 0.0 };
        let corner = map.max - EDGE - vec2(0.0, above);
        let room = (corner.y - map.top() - 90.0).max(60.0);
        let area = Area::new(Id::unique("legend")).order(Order::Middle).constrain_to(map);
        let area = area.pivot(Align2::RIGHT_BOTTOM).fixed_pos(corner).default_height(room);
        area.show(ui.ctx(), |ui| {
            let frame = Frame::new()
                .fill(ui.visuals().window_fill())
                .stroke(ui.visuals().window_stroke)
                .corner_radius(CornerRadius::same(6))
                .inner_margin(Margin::symmetric(10, 6));
            frame.show(ui, |ui| {
                self.head(ui, session, out);
                if self.folded {
                    return;
                }
                let scroll = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
                scroll.show(ui, |ui| {
                    ui.set_max_width(WIDEST + 50.0);
                    ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
                    ui.spacing_mut().interact_size.y = 18.0;
                    for entry in &legend.entries {
                        show_entry(ui, session, entry, out);
                    }
                });
            });
        });
    }

    fn head(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let choice = &session.document().legend;
        let title = match choice.title.trim() {
            "" => session.tr("app-legend-usual"),
            title => title.to_owned(),
        };
        ui.horizontal(|ui| {
            let (icon, id) = if self.folded {
                (Icon::Right, "app-legend-unfold")
            } else {
                (Icon::Down, "app-legend-fold")
            };
            if icons::small_button(ui, icon, &session.tr(id)).clicked() {
                self.folded = !self.folded;
            }
            ui.label(RichText::new(title).strong());
            let more = icons::small_button(ui, Icon::More, &session.tr("app-legend-more"));
            choices(&more, session, choice, out);
        });
    }

    fn legend(&self, session: &Session) -> Legend {
        let document = session.document();
        let at_scale = |layer: &Layer| session.scale.is_none_or(|scale| layer.scales.shows(scale));
        let known: Vec<_> = document
            .layers
            .iter()
            .filter_map(|layer| {
                let loaded = session.loaded(layer)?;
                let scene = loaded.scene.as_ref().ok()?;
                Some((layer, session.style_of(layer), scene, loaded))
            })
            .collect();
        let layers = known.iter().map(|(layer, style, scene, loaded)| {
            let group = document.group_of(layer);
            let name = style.by.field();
            let seen = self.seen.get(&layer.id).and_then(Keyed::latest);
            LegendLayer {
                key: layer.id.0,
                name: &layer.name,
                group: group.map(|group| LegendGroup { key: group.id.0, name: &group.name }),
                visible: document.is_shown(layer) && at_scale(layer),
                opacity: layer.opacity,
                style,
                partition: session.derived.classes.partition(layer.id).map(|found| &**found),
                listed: seen.map(Vec::as_slice),
                field: name.and_then(|name| loaded.table.field(name)).map(|field| field.kind),
                kind: scene.colored_kind(),
                symbols: scene.kinds(),
                crowd: session.crowds.legend(layer.id),
            }
        });
        Legend::of(session.language, layers)
    }
}

fn classes_in_view(key: &SeenKey) -> Vec<bool> {
    let mut rows = key.scene.0.rows_in(&key.extent);
    if let Some(mask) = &key.mask {
        rows = rows.and(&RowSet::of_mask(&mask.0));
    }
    let mut seen = vec![false; key.partition.0.classes.len()];
    for row in rows.iter() {
        let class = key.partition.0.class_of(row);
        if let Some(seen) = class.and_then(|class| seen.get_mut(class)) {
            *seen = true;
        }
    }
    seen
}

/// What the person can choose about it.
fn choices(button: &Response, session: &Session, choice: &LegendChoice, out: &mut Actions) {
    egui::Popup::menu(button)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .style(egui::style::StyleModifier::default())
        .show(|ui| {
            let mut changed = choice.clone();
            let label = ui.label(session.tr("app-legend-title"));
            let usual = session.tr("app-legend-usual");
            let field = TextEdit::singleline(&mut changed.title).hint_text(usual);
            ui.add(field.desired_width(180.0)).labelled_by(label.id);
            ui.checkbox(&mut changed.only_in_view, session.tr("app-legend-only-in-view"));
            ui.checkbox(&mut changed.with_counts, session.tr("app-legend-counts"));
            if ui.button(session.tr("app-legend-hide")).clicked() {
                changed.shown = Some(false);
            }
            if changed != *choice {
                out.push(Action::Run(Command::SetLegend(changed)));
            }
        });
}

fn show_entry(ui: &mut Ui, session: &Session, entry: &LegendEntry, out: &mut Actions) {
    if let Some(heading) = entry.heading.as_ref().filter(|_| entry.begins) {
        ui.add_space(3.0);
        ui.label(RichText::new(heading).strong().small());
    }
    let layer = LayerId(entry.layer);
    let vision = session.derived.classes.vision;
    let faded = |symbol: Symbol| vision.of_symbol(symbol.in_opacity(entry.opacity));
    if entry.is_plain() {
        let line = line(ui, &entry.symbols, faded(entry.symbol), &entry.name, None);
        opens_style(session, &line, &entry.name, layer, out);
        return;
    }
    ui.add_space(2.0);
    let name = ui.add(egui::Label::new(&entry.name).sense(Sense::click()));
    opens_style(session, &name, &entry.name, layer, out);
    if let Some(subject) = &entry.subject {
        ui.label(RichText::new(subject).small().weak());
    }
    let counts = session.document().legend.with_counts;
    let count = |class: &LegendClass| {
        let count = i64::try_from(class.count).unwrap_or(i64::MAX);
        counts.then(|| format_integer(session.language, count))
    };
    if let Some(grid) = &entry.grid {
        let look = GridLook { opacity: entry.opacity, vision, with_counts: counts };
        for cell in legend_grid::show(ui, session, grid, look) {
            if cell.clicked() {
                out.push(Action::ShowStyle(layer));
            }
        }
    }
    for class in &entry.classes {
        let own = class.shown_as.as_ref().map(std::slice::from_ref);
        let line = line(
            ui,
            own.unwrap_or(&entry.symbols),
            faded(class.symbol),
            &class.label,
            count(class),
        );
        opens_style(session, &line, &entry.name, layer, out);
    }
    if let Some(ramp) = &entry.ramp {
        ramp_bar(ui, ramp, vision, entry.opacity);
    }
    for size in &entry.sizes {
        sized(ui, faded(size.symbol), &size.label);
    }
}

/// A click shows how the layer looks, to be changed.
fn opens_style(session: &Session, line: &Response, name: &str, layer: LayerId, out: &mut Actions) {
    if line.clicked() {
        out.push(Action::ShowStyle(layer));
    }
    if line.hovered() {
        let text = session.say(&Message::new("app-legend-layer").text("name", name));
        line.clone().on_hover_text(text);
    }
}

/// A symbol and what it means.
fn line(
    ui: &mut Ui,
    kinds: &[PartKind],
    symbol: Symbol,
    text: &str,
    count: Option<String>,
) -> Response {
    ui.horizontal(|ui| {
        for kind in kinds {
            let width = if kinds.len() > 1 { 16.0 } else { 24.0 };
            let (rect, image) = ui.allocate_exact_size(vec2(width, 16.0), Sense::hover());
            image.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, text));
            swatch::paint_part(ui.painter(), rect.shrink(1.5), symbol, *kind);
        }
        let label = egui::Label::new(text).truncate().sense(Sense::click());
        let shown = ui.add(label);
        if let Some(count) = count {
            ui.label(RichText::new(count).weak());
        }
        shown
    })
    .inner
}

/// A bar of colours that run into each other, with its numbers below.
#[expect(clippy::cast_precision_loss, reason = "a few hundred colours")]
fn ramp_bar(ui: &mut Ui, ramp: &LegendRamp, vision: Vision, opacity: f32) {
    const WIDTH: f32 = 180.0;
    const HEIGHT: f32 = 12.0;
    let (rect, image) = ui.allocate_exact_size(vec2(WIDTH, HEIGHT + 16.0), Sense::hover());
    let numbers: Vec<&str> = ramp.labels.iter().map(|(_, text)| text.as_str()).collect();
    let name = numbers.join(" – ");
    image.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, name.as_str()));
    let bar = Rect::from_min_size(rect.min, vec2(WIDTH, HEIGHT));
    let painter = ui.painter();
    let last = ramp.colors.len().saturating_sub(1).max(1) as f32;
    let mut mesh = egui::Mesh::default();
    for (number, color) in (0_u32..).zip(&ramp.colors) {
        let x = bar.left() + bar.width() * number as f32 / last;
        let color = swatch::on_screen(vision.of(*color)).gamma_multiply(opacity);
        mesh.colored_vertex(egui::pos2(x, bar.top()), color);
        mesh.colored_vertex(egui::pos2(x, bar.bottom()), color);
        if let Some(before) = (2 * number).checked_sub(2) {
            mesh.add_triangle(before, before + 1, before + 2);
            mesh.add_triangle(before + 1, before + 2, before + 3);
        }
    }
    // As over a light map: on the dark panel what is transparent would be dark.
    painter.rect_filled(bar, 0.0, egui::Color32::from_gray(245));
    painter.add(egui::Shape::mesh(mesh));
    let edge = egui::Stroke::new(0.75, ui.visuals().weak_text_color());
    painter.rect_stroke(bar, 0.0, edge, egui::StrokeKind::Inside);
    let font = egui::TextStyle::Small.resolve(ui.style());
    for (share, text) in &ramp.labels {
        let x = bar.left() + bar.width() * share;
        let align = if *share <= 0.0 {
            Align2::LEFT_TOP
        } else if *share >= 1.0 {
            Align2::RIGHT_TOP
        } else {
            Align2::CENTER_TOP
        };
        let at = egui::pos2(x, bar.bottom() + 2.0);
        painter.text(at, align, text, font.clone(), ui.visuals().text_color());
    }
}

/// A symbol of a size, as large as on the map.
fn sized(ui: &mut Ui, symbol: Symbol, text: &str) {
    ui.horizontal(|ui| {
        let side = symbol.point_size.clamp(4.0, 120.0) + 2.0;
        let size = vec2(side.max(24.0), side);
        let (rect, image) = ui.allocate_exact_size(size, Sense::hover());
        image.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, text));
        swatch::paint_symbol(ui.painter(), symbol, rect.center(), symbol.point_size);
        ui.label(text);
    });
}
