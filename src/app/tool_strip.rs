//! The tools over the map: a strip at its left edge, what to do with the one chosen, and what was
//! measured.

use egui::{Align, Area, Color32, CornerRadius, Frame, Layout, Margin, Order, Rect, RichText, Ui};
use egui::{Id, pos2, vec2};

use super::actions::{Action, Actions};
use super::copying::Copied;
use super::icons::{self, Icon};
use super::session::Session;
use super::tools::Tool;
use super::{shortcuts, theme};
use crate::i18n::Message;
use crate::map::{SketchKind, Sketched};
use crate::measure::{area, length, perimeter};

/// The tools of the strip, in order.
pub(super) const TOOLS: [(Tool, Icon); 6] = [
    (Tool::Browse, Icon::Pointer),
    (Tool::Select(SketchKind::Rectangle), Icon::SelectRectangle),
    (Tool::Select(SketchKind::Polygon), Icon::SelectPolygon),
    (Tool::Select(SketchKind::Lasso), Icon::SelectLasso),
    (Tool::MeasureLength, Icon::Ruler),
    (Tool::MeasureArea, Icon::MeasureArea),
];

/// How far the strip stays from the map's edges, points.
const EDGE: f32 = 8.0;

/// A raised ground over the map.
fn ground(ui: &Ui, fill: Color32) -> Frame {
    Frame::new()
        .fill(fill)
        .stroke(ui.visuals().window_stroke)
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::same(3))
}

/// Shows the strip over the map.
pub(super) fn show(
    ui: &Ui,
    map: Rect,
    session: &Session,
    measured: Option<&Sketched>,
    out: &mut Actions,
) {
    let fill = ui.visuals().window_fill().gamma_multiply(0.94);
    let area = Area::new(Id::unique("tools")).order(Order::Middle).constrain_to(map);
    area.fixed_pos(map.min + vec2(EDGE, EDGE)).show(ui.ctx(), |ui| {
        ground(ui, fill).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.vertical(|ui| {
                for (tool, icon) in TOOLS {
                    let label = shortcuts::with_keys(ui.ctx(), session, tool.name());
                    if icons::toggle(ui, icon, &label, session.tool == tool).clicked() {
                        out.push(Action::SetTool(tool));
                    }
                }
            });
        });
    });
    if session.tool == Tool::Browse {
        return;
    }
    let top = pos2(map.center().x, map.top() + EDGE);
    let card = Area::new(Id::unique("tool")).order(Order::Middle).constrain_to(map);
    card.pivot(egui::Align2::CENTER_TOP).fixed_pos(top).show(ui.ctx(), |ui| {
        let most = (map.width() - 140.0).clamp(180.0, 560.0);
        ground(ui, fill).inner_margin(Margin::symmetric(10, 5)).show(ui, |ui| {
            ui.set_max_width(most);
            ui.horizontal(|ui| {
                ui.vertical(|ui| {
                    ui.set_max_width(most - 70.0);
                    words(ui, session, measured);
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let stop = session.tr("app-tool-stop");
                    if icons::button(ui, Icon::Close, &stop).clicked() {
                        out.push(Action::SetTool(Tool::Browse));
                    }
                    if let Some(measured) = measured {
                        let copy = session.tr("app-measure-copy");
                        if icons::button(ui, Icon::Copy, &copy).clicked() {
                            let text = said(measured, session);
                            out.push(Action::Copy(Copied::Text(text)));
                        }
                    }
                });
            });
        });
    });
}

/// What was measured, or what to do.
fn words(ui: &mut Ui, session: &Session, measured: Option<&Sketched>) {
    match measured.filter(|measured| measured.corners.len() > 1) {
        Some(measured) => {
            let text = RichText::new(said(measured, session)).strong();
            ui.label(text.color(theme::accent(ui)));
            if let Some(beside) = beside(measured, session) {
                ui.label(RichText::new(beside).small().weak());
            }
        }
        None => {
            ui.strong(session.tr(session.tool.name()));
        }
    }
    let how = RichText::new(session.tr(session.tool.hint())).small().weak();
    ui.add(egui::Label::new(how).wrap());
}

/// The length of a line or the area of a polygon, in words.
fn said(measured: &Sketched, session: &Session) -> String {
    let (units, language) = (session.settings.units, session.language);
    match measured.kind {
        SketchKind::Line => units.format_length(language, length(&measured.corners)),
        _ => units.format_area(language, area(&measured.corners)),
    }
}

/// The last piece of a line, the edge of a polygon.
fn beside(measured: &Sketched, session: &Session) -> Option<String> {
    let (units, language) = (session.settings.units, session.language);
    let message = match (measured.kind, measured.corners.as_slice()) {
        (SketchKind::Line, [.., before, last]) if measured.corners.len() > 2 => {
            let last = units.format_length(language, length(&[*before, *last]));
            Message::new("app-measure-last").text("length", last)
        }
        (SketchKind::Line, _) => return None,
        (_, corners) => {
            let edge = units.format_length(language, perimeter(corners));
            Message::new("app-measure-perimeter").text("length", edge)
        }
    };
    Some(session.say(&message))
}
