//! The tools over the map: a strip at its left edge, what to do with the one chosen, and what was
//! measured.

use egui::{Align, Area, Color32, CornerRadius, Frame, Layout, Margin, Order, Rect, RichText, Ui};
use egui::{Id, Popup, RectAlign, pos2, vec2};

use super::actions::{Action, Actions};
use super::chosen::{self, Edge};
use super::copying::Copied;
use super::icons::{self, Icon};
use super::session::Session;
use super::tools::Tool;
use super::{shortcuts, theme};
use crate::i18n::Message;
use crate::map::{SketchKind, Sketched};
use crate::measure::{area_around, length, perimeter};
use crate::project::NoteKind;

/// The tools of the strip, in order.
pub(super) const TOOLS: [(Tool, Icon); 6] = [
    (Tool::Browse, Icon::Pointer),
    (Tool::Select(SketchKind::Rectangle), Icon::SelectRectangle),
    (Tool::Select(SketchKind::Polygon), Icon::SelectPolygon),
    (Tool::Select(SketchKind::Lasso), Icon::SelectLasso),
    (Tool::MeasureLength, Icon::Ruler),
    (Tool::MeasureArea, Icon::MeasureArea),
];

/// The kinds of notes, in order.
const NOTES: [(NoteKind, Icon); 5] = [
    (NoteKind::Point, Icon::DrawPoint),
    (NoteKind::Line, Icon::DrawLine),
    (NoteKind::Polygon, Icon::DrawPolygon),
    (NoteKind::Arrow, Icon::DrawArrow),
    (NoteKind::Text, Icon::DrawText),
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
                notes(ui, session, out);
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
                    let measured = measured.filter(|_| !session.tool.is_for_notes());
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

/// The kinds of notes that can be drawn, and the tool that changes them.
fn notes(ui: &mut Ui, session: &Session, out: &mut Actions) {
    ui.add_space(2.0);
    let line = ui.available_rect_before_wrap();
    let edge = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().hline(line.left() + 4.0..=line.left() + 26.0, line.top(), edge);
    ui.add_space(3.0);
    let drawn = match session.tool {
        Tool::Note(kind) => NOTES.iter().find(|(it, _)| *it == kind).map(|(_, icon)| *icon),
        _ => None,
    };
    let icon = drawn.unwrap_or(Icon::DrawNote);
    let button = icons::toggle(ui, icon, &session.tr("app-note-draw"), drawn.is_some());
    Popup::menu(&button).align(RectAlign::RIGHT_START).show(|ui| {
        for (kind, icon) in NOTES {
            let tool = Tool::Note(kind);
            let name = session.tr(tool.name());
            let keys = shortcuts::keys_of(ui.ctx(), tool.name());
            let atoms = (icons::sign(icon), name.as_str());
            let row = chosen::button(ui, Edge::Left, session.tool == tool, atoms, |button| {
                button.shortcut_text(keys).min_size(vec2(230.0, 26.0))
            });
            if row.accessible_name(name.as_str()).clicked() {
                out.push(Action::SetTool(tool));
                ui.close();
            }
        }
    });
    let label = shortcuts::with_keys(ui.ctx(), session, Tool::EditNotes.name());
    if icons::toggle(ui, Icon::EditNotes, &label, session.tool == Tool::EditNotes).clicked() {
        out.push(Action::SetTool(Tool::EditNotes));
    }
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
    let hint = match session.tool {
        Tool::EditNotes if session.chosen_note().is_some() => "app-tool-note-edit-chosen",
        tool => tool.hint(),
    };
    let how = RichText::new(session.tr(hint)).small().weak();
    ui.add(egui::Label::new(how).wrap());
}

/// The length of a line or the area of a polygon, in words.
pub(super) fn said(measured: &Sketched, session: &Session) -> String {
    let (units, language) = (session.settings.units, session.language);
    match measured.kind {
        SketchKind::Line => units.format_length(language, length(&measured.corners)),
        _ => units.format_area(language, area_around(&measured.corners)),
    }
}

/// The last piece of a line, the edge of a polygon.
pub(super) fn beside(measured: &Sketched, session: &Session) -> Option<String> {
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
