//! How one row is drawn, detail by detail.

use egui::{DragValue, Grid, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use super::super::chosen::{self, Edge};
use super::super::icons;
use super::super::session::Session;
use super::super::swatch;
use super::color;
use crate::style::{Color, Dash, Hatch, Heads, Icon, Join, PointShape, Symbol};
use crate::table::PartKind;

/// Which details matter.
#[derive(Clone, Copy)]
pub(super) struct Details {
    /// What the layer mostly holds.
    pub kind: Option<PartKind>,
    /// Classes give the colour.
    pub is_classed: bool,
    /// A number gives the size.
    pub is_sized: bool,
}

/// The details of a symbol.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    salt: &str,
    symbol: &mut Symbol,
    details: Details,
) {
    let Details { kind, is_classed, is_sized } = details;
    let has_fill = kind != Some(PartKind::Line);
    let has_points = matches!(kind, Some(PartKind::Point) | None);
    Grid::new(("symbol", salt)).num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
        if has_fill {
            ui.label(session.tr("app-style-fill"));
            ui.horizontal(|ui| {
                if is_classed {
                    opacity(ui, session, &mut symbol.fill.a);
                } else {
                    let label = session.tr("app-style-fill-color");
                    color::button(ui, session, &label, &mut symbol.fill);
                }
            });
            ui.end_row();
        }
        let id = if has_fill { "app-style-stroke" } else { "app-style-line" };
        ui.label(session.tr(id));
        ui.horizontal(|ui| {
            if is_classed && !has_fill {
                opacity(ui, session, &mut symbol.stroke.a);
            } else {
                let id = if has_fill { "app-style-stroke-color" } else { "app-style-line-color" };
                color::button(ui, session, &session.tr(id), &mut symbol.stroke);
            }
            let width = session.tr("app-style-width");
            number(ui, &mut symbol.stroke_width, 0.0..=20.0, 0.05, &width);
        });
        ui.end_row();
        if !has_points {
            dash(ui, session, salt, symbol);
            join(ui, session, symbol);
        }
        if kind == Some(PartKind::Line) {
            heads(ui, session, symbol);
        }
        if kind == Some(PartKind::Polygon) {
            hatch(ui, session, symbol);
        }
        if has_points {
            shape(ui, session, symbol);
            ui.label(session.tr("app-style-size"));
            ui.horizontal(|ui| {
                if !is_sized {
                    let size = session.tr("app-style-size");
                    number(ui, &mut symbol.point_size, 1.0..=100.0, 0.25, &size);
                }
                let label = session.tr("app-style-rotation");
                let turn = DragValue::new(&mut symbol.rotation).suffix("°").speed(1.0);
                ui.add(turn.range(-360.0..=360.0).max_decimals(1))
                    .on_hover_text(&label)
                    .accessible_name(label);
            });
            ui.end_row();
        }
    });
    // Not in the grid, whose rows do not grow with what is wrapped in them.
    if has_points {
        icon(ui, session, symbol);
    }
}

/// A length in points of the screen.
fn number(
    ui: &mut Ui,
    value: &mut f32,
    range: std::ops::RangeInclusive<f32>,
    speed: f64,
    label: &str,
) -> Response {
    let field = DragValue::new(value).range(range).speed(speed).max_decimals(2).suffix(" pt");
    ui.add(field).on_hover_text(label).accessible_name(label)
}

/// How opaque what takes the colours of classes is, in per cent.
fn opacity(ui: &mut Ui, session: &Session, alpha: &mut u8) {
    let label = session.tr("app-style-opacity");
    let mut share = f32::from(*alpha) / 255.0 * 100.0;
    let field = DragValue::new(&mut share).range(5.0..=100.0).speed(1.0).max_decimals(0);
    let field = ui.add(field.suffix(" %")).on_hover_text(&label).accessible_name(label);
    if field.changed() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 255 by the range of the field"
        )]
        let typed = (share / 100.0 * 255.0).round() as u8;
        *alpha = typed;
    }
    ui.weak(session.tr("app-style-opaque"));
}

fn dash(ui: &mut Ui, session: &Session, salt: &str, symbol: &mut Symbol) {
    let name = |dash: Dash| {
        session.tr(match dash {
            Dash::Solid => "app-dash-solid",
            Dash::Dashed => "app-dash-dashed",
            Dash::Long => "app-dash-long",
            Dash::Dotted => "app-dash-dotted",
            Dash::DashDot => "app-dash-dash-dot",
        })
    };
    let label = session.tr("app-style-dash");
    ui.label(&label);
    let shown =
        icons::combo_box(("dash", salt)).selected_text(name(symbol.dash)).show_ui(ui, |ui| {
            for dash in Dash::ALL {
                chosen::value(ui, &mut symbol.dash, dash, name(dash));
            }
        });
    shown.response.accessible_name(label);
    ui.end_row();
}

fn join(ui: &mut Ui, session: &Session, symbol: &mut Symbol) {
    ui.label(session.tr("app-style-join"));
    ui.horizontal(|ui| {
        for join in Join::ALL {
            let id = match join {
                Join::Round => "app-corner-round",
                Join::Miter => "app-corner-miter",
                Join::Bevel => "app-corner-bevel",
            };
            chosen::tab_value(ui, &mut symbol.join, join, session.tr(id));
        }
    });
    ui.end_row();
}

fn heads(ui: &mut Ui, session: &Session, symbol: &mut Symbol) {
    ui.label(session.tr("app-style-heads"));
    ui.horizontal(|ui| {
        for heads in Heads::ALL {
            let id = match heads {
                Heads::None => "app-heads-none",
                Heads::End => "app-heads-end",
                Heads::Start => "app-heads-start",
                Heads::Both => "app-heads-both",
            };
            chosen::tab_value(ui, &mut symbol.heads, heads, session.tr(id));
        }
    });
    ui.end_row();
}

/// What a pattern is called.
fn hatch_name(session: &Session, hatch: Hatch) -> String {
    session.tr(match hatch {
        Hatch::None => "app-hatch-none",
        Hatch::Rising => "app-hatch-rising",
        Hatch::Falling => "app-hatch-falling",
        Hatch::Level => "app-hatch-level",
        Hatch::Upright => "app-hatch-upright",
        Hatch::Crossed => "app-hatch-crossed",
        Hatch::Grid => "app-hatch-grid",
        Hatch::Dots => "app-hatch-dots",
    })
}

fn hatch(ui: &mut Ui, session: &Session, symbol: &mut Symbol) {
    ui.label(session.tr("app-style-hatch"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        for hatch in Hatch::ALL {
            if hatch_sample(ui, session, hatch, symbol.hatch == hatch) {
                symbol.hatch = hatch;
            }
        }
    });
    ui.end_row();
}

/// A small button with a pattern.
pub(super) fn hatch_sample(ui: &mut Ui, session: &Session, hatch: Hatch, is_on: bool) -> bool {
    let [r, g, b, _] = ui.visuals().text_color().to_array();
    let stroke = Color { r, g, b, a: 255 };
    let fill = stroke.with_alpha(0);
    let shown = Symbol { hatch, fill, stroke, stroke_width: 1.0, ..Symbol::default() };
    sample(ui, is_on, &hatch_name(session, hatch), |ui, area| {
        swatch::paint_part(ui.painter(), area, shown, PartKind::Polygon);
    })
}

/// What a shape is called.
pub(super) fn shape_name(session: &Session, shape: PointShape) -> String {
    session.tr(match shape {
        PointShape::Circle => "app-shape-circle",
        PointShape::Square => "app-shape-square",
        PointShape::Triangle => "app-shape-triangle",
        PointShape::Diamond => "app-shape-diamond",
        PointShape::Star => "app-shape-star",
        PointShape::Cross => "app-shape-cross",
    })
}

fn shape(ui: &mut Ui, session: &Session, symbol: &mut Symbol) {
    ui.label(session.tr("app-style-shape"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        for shape in PointShape::ALL {
            let is_on = symbol.shape == shape;
            let shown = Symbol { shape, stroke_width: 1.0, ..*symbol };
            if sample(ui, is_on, &shape_name(session, shape), |ui, area| {
                swatch::paint_symbol(ui.painter(), shown, area.center(), 14.0);
            }) {
                symbol.shape = shape;
            }
        }
    });
    ui.end_row();
}

/// What a picture is called.
fn icon_name(session: &Session, icon: Icon) -> String {
    session.tr(match icon {
        Icon::Parking => "app-icon-parking",
        Icon::Bike => "app-icon-bike",
        Icon::Bus => "app-icon-bus",
        Icon::Tram => "app-icon-tram",
        Icon::Tree => "app-icon-tree",
        Icon::Sheep => "app-icon-sheep",
        Icon::Book => "app-icon-book",
        Icon::School => "app-icon-school",
        Icon::Playground => "app-icon-playground",
        Icon::Toilet => "app-icon-toilet",
        Icon::House => "app-icon-house",
        Icon::Building => "app-icon-building",
        Icon::Water => "app-icon-water",
        Icon::Care => "app-icon-care",
        Icon::Heart => "app-icon-heart",
        Icon::Cup => "app-icon-cup",
        Icon::Bin => "app-icon-bin",
        Icon::Charge => "app-icon-charge",
        Icon::Sports => "app-icon-sports",
        Icon::Church => "app-icon-church",
        Icon::Camera => "app-icon-camera",
        Icon::Flag => "app-icon-flag",
        Icon::Warning => "app-icon-warning",
    })
}

/// The smallest symbol whose picture can be read, points.
const READABLE: f32 = 18.0;

fn icon(ui: &mut Ui, session: &Session, symbol: &mut Symbol) {
    ui.label(session.tr("app-style-icon"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        let ink = ui.visuals().text_color();
        if sample(ui, symbol.icon.is_none(), &session.tr("app-icon-none"), |ui, area| {
            ui.painter().hline(area.shrink2(vec2(3.0, 0.0)).x_range(), area.center().y, (1.5, ink));
        }) {
            symbol.icon = None;
        }
        for icon in Icon::ALL {
            let is_on = symbol.icon == Some(icon);
            if sample(ui, is_on, &icon_name(session, icon), |ui, area| {
                swatch::paint_icon(ui.painter(), icon, area.center(), 15.0, ink);
            }) {
                symbol.icon = Some(icon);
                symbol.point_size = symbol.point_size.max(READABLE);
            }
        }
    });
}

/// A small button with a picture of what it stands for.
pub(super) fn sample(ui: &mut Ui, is_on: bool, name: &str, paint: impl FnOnce(&Ui, Rect)) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_on, name));
    let visuals = ui.style().interact_selectable(&response, is_on);
    if is_on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, visuals.weak_bg_fill);
    }
    paint(ui, rect.shrink2(vec2(5.0, 4.0)));
    chosen::mark(ui, rect, Edge::Foot, is_on);
    response.on_hover_text(name).clicked()
}
