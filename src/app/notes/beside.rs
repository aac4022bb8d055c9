//! How long or large what is being drawn is, beside the pointer.

use egui::{Align2, CornerRadius, Pos2, Rect, TextStyle, Ui, vec2};

use super::super::session::Session;
use super::super::theme;
use super::super::tool_strip::{beside, said};
use crate::map::Sketched;

/// How far from the pointer, points.
const AWAY: f32 = 16.0;

/// Shows it; only painted, as the card at the top of the map says the same.
pub(in crate::app) fn show(ui: &Ui, map: Rect, session: &Session, measured: &Sketched) {
    let pointer: Option<Pos2> = ui.input(|input| input.pointer.hover_pos());
    let Some(pointer) = pointer.filter(|at| map.contains(*at) && measured.corners.len() > 1) else {
        return;
    };
    let painter = ui.painter().with_clip_rect(map);
    let font = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let strong = ui.visuals().strong_text_color();
    let first = painter.layout_no_wrap(said(measured, session), font, strong);
    let second = beside(measured, session)
        .map(|text| painter.layout_no_wrap(text, small, ui.visuals().text_color()));
    let second_size = second.as_ref().map_or(vec2(0.0, 0.0), |galley| galley.size());
    let size = vec2(first.size().x.max(second_size.x), first.size().y + second_size.y);
    // On the side of the pointer where there is room.
    let right = pointer.x + AWAY + size.x + 12.0 < map.right();
    let below = pointer.y + AWAY + size.y + 12.0 < map.bottom();
    let align = match (right, below) {
        (true, true) => Align2::LEFT_TOP,
        (false, true) => Align2::RIGHT_TOP,
        (true, false) => Align2::LEFT_BOTTOM,
        (false, false) => Align2::RIGHT_BOTTOM,
    };
    let away = vec2(if right { AWAY } else { -AWAY }, if below { AWAY } else { -AWAY });
    let place = align.anchor_size(pointer + away, size);
    let ground = place.expand2(vec2(6.0, 3.0));
    painter.rect_filled(ground, CornerRadius::same(4), ui.visuals().window_fill());
    let rim = egui::Stroke::new(1.0, theme::accent(ui));
    painter.rect_stroke(ground, CornerRadius::same(4), rim, egui::StrokeKind::Outside);
    let below = place.min + vec2(0.0, first.size().y);
    painter.galley(place.min, first, strong);
    if let Some(second) = second {
        painter.galley(below, second, strong);
    }
}
