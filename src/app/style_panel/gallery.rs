//! Ready looks for what a layer holds.

use egui::{Sense, Ui, WidgetInfo, vec2};

use super::super::session::Session;
use super::super::swatch;
use crate::style::ramp::lab;
use crate::style::{Color, Dash, Hatch, Symbol};
use crate::table::PartKind;

/// A ready look: the name of its message, and what it makes of a symbol.
struct Look {
    name: &'static str,
    dress: fn(Symbol) -> Symbol,
}

/// The colour that a symbol is known by: of inside and outline the one that stands out more from a
/// white sheet.
fn hue(symbol: Symbol) -> Color {
    let darkness = |color: Color| match lab(color) {
        _ if color.a == 0 => 0.0,
        [lightness, ..] => 100.0 - lightness,
    };
    let (fill, stroke) = (darkness(symbol.fill), darkness(symbol.stroke));
    // A black or grey outline around a colour says nothing.
    let is_grey = |color: Color| color.r.abs_diff(color.g).max(color.g.abs_diff(color.b)) < 12;
    let takes_fill = fill > 25.0 && (fill >= stroke || is_grey(symbol.stroke));
    let hue = if takes_fill || stroke == 0.0 { symbol.fill } else { symbol.stroke };
    hue.with_alpha(255)
}

const WHITE: Color = Color::rgb(0xffffff);
const INK: Color = Color::rgb(0x2b3036);

const AREAS: &[Look] = &[
    Look {
        name: "app-look-tinted",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(56),
            stroke: hue(s),
            stroke_width: 1.5,
            hatch: Hatch::None,
            dash: Dash::Solid,
            ..s
        },
    },
    Look {
        name: "app-look-filled",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(217),
            stroke: WHITE,
            stroke_width: 1.0,
            hatch: Hatch::None,
            dash: Dash::Solid,
            ..s
        },
    },
    Look {
        name: "app-look-outline",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(0),
            stroke: hue(s),
            stroke_width: 2.0,
            hatch: Hatch::None,
            dash: Dash::Solid,
            ..s
        },
    },
    Look {
        name: "app-look-boundary",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(0),
            stroke: hue(s),
            stroke_width: 1.5,
            hatch: Hatch::None,
            dash: Dash::DashDot,
            ..s
        },
    },
    Look {
        name: "app-look-hatched",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(26),
            stroke: hue(s),
            stroke_width: 1.25,
            hatch: Hatch::Rising,
            dash: Dash::Solid,
            ..s
        },
    },
    Look {
        name: "app-look-ink",
        dress: |s| Symbol {
            fill: INK.with_alpha(20),
            stroke: INK,
            stroke_width: 1.0,
            hatch: Hatch::None,
            dash: Dash::Solid,
            ..s
        },
    },
];

const LINES: &[Look] = &[
    Look {
        name: "app-look-line",
        dress: |s| Symbol { stroke: hue(s), stroke_width: 2.0, dash: Dash::Solid, ..s },
    },
    Look {
        name: "app-look-thin",
        dress: |s| Symbol { stroke: hue(s), stroke_width: 0.75, dash: Dash::Solid, ..s },
    },
    Look {
        name: "app-look-bold",
        dress: |s| Symbol { stroke: hue(s), stroke_width: 4.0, dash: Dash::Solid, ..s },
    },
    Look {
        name: "app-look-dashed",
        dress: |s| Symbol { stroke: hue(s), stroke_width: 2.0, dash: Dash::Dashed, ..s },
    },
    Look {
        name: "app-look-dotted",
        dress: |s| Symbol { stroke: hue(s), stroke_width: 2.5, dash: Dash::Dotted, ..s },
    },
    Look {
        name: "app-look-ink",
        dress: |s| Symbol { stroke: INK, stroke_width: 1.25, dash: Dash::Solid, ..s },
    },
];

const POINTS: &[Look] = &[
    Look {
        name: "app-look-dot",
        dress: |s| Symbol {
            fill: hue(s),
            stroke: WHITE,
            stroke_width: 1.25,
            point_size: 10.0,
            ..s
        },
    },
    Look {
        name: "app-look-small",
        dress: |s| Symbol { fill: hue(s), stroke_width: 0.0, point_size: 5.0, ..s },
    },
    Look {
        name: "app-look-large",
        dress: |s| Symbol { fill: hue(s), stroke: WHITE, stroke_width: 2.0, point_size: 18.0, ..s },
    },
    Look {
        name: "app-look-ring",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(38),
            stroke: hue(s),
            stroke_width: 2.0,
            point_size: 12.0,
            ..s
        },
    },
    Look {
        name: "app-look-glass",
        dress: |s| Symbol {
            fill: hue(s).with_alpha(128),
            stroke: hue(s),
            stroke_width: 0.75,
            point_size: 12.0,
            ..s
        },
    },
    Look {
        name: "app-look-ink",
        dress: |s| Symbol { fill: INK, stroke: WHITE, stroke_width: 1.0, point_size: 8.0, ..s },
    },
];

/// The looks to choose from.
pub(super) fn show(ui: &mut Ui, session: &Session, symbol: &mut Symbol, kind: Option<PartKind>) {
    let kind = kind.unwrap_or(PartKind::Point);
    let looks = match kind {
        PartKind::Polygon => AREAS,
        PartKind::Line => LINES,
        PartKind::Point => POINTS,
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for look in looks {
            let dressed = (look.dress)(*symbol);
            let name = session.tr(look.name);
            let (rect, response) = ui.allocate_exact_size(vec2(40.0, 32.0), Sense::click());
            let is_on = dressed == *symbol;
            response.widget_info(|| {
                WidgetInfo::selected(egui::Role::Button, true, is_on, name.as_str())
            });
            let visuals = ui.style().interact_selectable(&response, is_on);
            ui.painter().rect_filled(rect, 4.0, egui::Color32::from_gray(0xf2));
            let rim = if is_on || response.hovered() || response.has_focus() {
                egui::Stroke::new(1.5, visuals.fg_stroke.color)
            } else {
                ui.visuals().widgets.noninteractive.bg_stroke
            };
            ui.painter().rect_stroke(rect, 4.0, rim, egui::StrokeKind::Inside);
            let area = rect.shrink2(vec2(7.0, 7.0));
            swatch::paint_part(ui.painter(), area, dressed, kind);
            super::super::chosen::mark(ui, rect, super::super::chosen::Edge::Foot, is_on);
            if response.on_hover_text(&name).clicked() {
                *symbol = dressed;
            }
        }
    });
}
