//! What rows look like, small: swatches of layers and classes.

use egui::{
    Color32, Mesh, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::icons::{self, Icon};
use super::session::Session;
use super::store::RowKind;
use crate::project::Layer;
use crate::style::{
    Color, Hatch, Heads, ICON_SHARE, Icon as MapIcon, IconForm, PointShape, Symbol,
};
use crate::table::PartKind;
use crate::text::Font;

/// The largest point symbol in a swatch, points.
const LARGEST: f32 = 18.0;

/// Straight alpha, as the document keeps it, to the screen's.
pub(super) fn on_screen(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// A button that shows how a layer looks.
pub(super) fn of_layer(ui: &mut Ui, session: &Session, layer: &Layer, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let area = rect.shrink(4.0);
    if response.hovered() || response.has_focus() {
        let visuals = ui.style().interact(&response);
        ui.painter().rect_stroke(rect.shrink(1.0), 4.0, visuals.bg_stroke, StrokeKind::Inside);
    }
    let kind = session.loaded(layer).map(|loaded| loaded.kind);
    let classes = session.class_symbols(layer);
    let some: Vec<Symbol> = classes.into_iter().flatten().take(9).collect();
    // The first, the one in the middle and the last of several.
    match some.as_slice() {
        [first, .., last] if some.len() > 2 => {
            let middle = some.get(some.len() / 2).copied().unwrap_or(*first);
            paint_several(ui, area, &[*first, middle, *last], kind);
        }
        [first, last] => paint_several(ui, area, &[*first, *last], kind),
        [only] => paint(ui, area, *only, kind),
        _ => paint(ui, area, session.symbol_of(layer), kind),
    }
    response.on_hover_text(label)
}

/// Several symbols in one swatch, side by side.
fn paint_several(ui: &Ui, area: Rect, symbols: &[Symbol], kind: Option<RowKind>) {
    let count = symbols.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "two or three")]
    let width = area.width() / count as f32;
    let mut left = area.left();
    for symbol in symbols {
        let part = Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        match kind {
            Some(RowKind::Points) => {
                let dot = Symbol { point_size: width + 2.0, stroke_width: 0.5, ..*symbol };
                paint_symbol(ui.painter(), dot, part.center(), width + 2.0);
            }
            Some(RowKind::Lines) => {
                let color = on_screen(symbol.stroke);
                let middle = Rect::from_center_size(part.center(), vec2(width, 4.0));
                ui.painter().rect_filled(middle, 0.0, color);
            }
            _ => {
                let fill = if symbol.fill.a == 0 { symbol.stroke } else { symbol.fill };
                ui.painter().rect_filled(part, 0.0, on_screen(fill));
            }
        }
        left += width;
    }
    if !matches!(kind, Some(RowKind::Points | RowKind::Lines)) {
        let rim = ui.visuals().weak_text_color();
        ui.painter().rect_stroke(area, 2.0, Stroke::new(1.0, rim), StrokeKind::Inside);
    }
}

/// Draws what a layer looks like in an area of the screen.
pub(super) fn paint(ui: &Ui, area: Rect, symbol: Symbol, kind: Option<RowKind>) {
    match kind {
        Some(RowKind::Lines) => paint_part(ui.painter(), area, symbol, PartKind::Line),
        Some(RowKind::Points) => paint_part(ui.painter(), area, symbol, PartKind::Point),
        Some(RowKind::Rows) => {
            icons::paint(ui.painter(), Icon::Table, area.center(), ui.visuals().weak_text_color());
        }
        _ => paint_part(ui.painter(), area, symbol, PartKind::Polygon),
    }
}

/// Draws what a kind of geometry looks like.
pub(super) fn paint_part(painter: &Painter, area: Rect, symbol: Symbol, kind: PartKind) {
    let color = on_screen(symbol.stroke);
    let stroke = Stroke::new(symbol.stroke_width.clamp(1.0, 3.0), color);
    match kind {
        PartKind::Line => {
            let mut points = [(0.0, 0.75), (0.35, 0.25), (0.65, 0.75), (1.0, 0.25)];
            if symbol.heads != Heads::None {
                // Its head is seen better where it points on.
                points.iter_mut().for_each(|(_, y)| *y = 0.5);
            }
            let at = |(x, y): (f32, f32)| area.lerp_inside(vec2(x, y));
            let stroke = Stroke::new(stroke.width.max(2.0), stroke.color);
            let points = points.map(at);
            push_line(painter, &points, symbol, stroke);
            let [start, second, third, end] = points;
            if symbol.heads.at_end() {
                paint_head(painter, third, end, stroke);
            }
            if symbol.heads.at_start() {
                paint_head(painter, second, start, stroke);
            }
        }
        PartKind::Point => {
            let room = area.height().min(area.width()).max(LARGEST.min(area.height() + 2.0));
            paint_symbol(painter, symbol, area.center(), room.min(symbol.point_size + 2.0));
        }
        PartKind::Polygon => {
            painter.rect_filled(area, 2.0, on_screen(symbol.fill));
            hatch(painter, area, symbol.hatch, color);
            if symbol.stroke_width > 0.0 {
                let corners = [area.left_top(), area.right_top(), area.right_bottom()];
                let ring = [corners[0], corners[1], corners[2], area.left_bottom(), corners[0]];
                push_line(painter, &ring, symbol, stroke);
            }
        }
    }
}

/// An arrow head as large as there is room for.
fn paint_head(painter: &Painter, from: Pos2, tip: Pos2, stroke: Stroke) {
    let direction = (tip - from).normalized();
    let foot = tip - direction * 6.0;
    let side = direction.rot90() * 3.5;
    let corners = vec![tip + direction * 1.5, foot + side, foot - side];
    painter.add(Shape::convex_polygon(corners, stroke.color, Stroke::NONE));
}

/// A line in one piece or in pieces.
fn push_line(painter: &Painter, points: &[Pos2], symbol: Symbol, stroke: Stroke) {
    let pattern = symbol.dash.pattern();
    if pattern.is_empty() {
        painter.add(Shape::line(points.to_vec(), stroke));
        return;
    }
    // Shorter than on the map, so that the pattern is seen in so little room.
    let length = |(_, part): (usize, &f32)| part * stroke.width * 0.6;
    let (drawn, left_out): (Vec<_>, Vec<_>) =
        pattern.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let drawn: Vec<f32> = drawn.into_iter().map(length).collect();
    let left_out: Vec<f32> = left_out.into_iter().map(length).collect();
    painter.extend(Shape::dashed_line_with_offset(points, stroke, &drawn, &left_out, 0.0));
}

/// The pattern over an area, in steps that suit a small one.
fn hatch(painter: &Painter, area: Rect, hatch: Hatch, color: Color32) {
    const STEP: f32 = 4.0;
    let painter = painter.with_clip_rect(area.intersect(painter.clip_rect()));
    let stroke = Stroke::new(1.0, color);
    let long = area.width() + area.height();
    let mut at = STEP / 2.0;
    while at < long {
        let (x, y) = (area.left() + at, area.top() + at);
        if matches!(hatch, Hatch::Rising | Hatch::Crossed) {
            painter.line_segment([pos2(x, area.top()), pos2(area.left(), y)], stroke);
        }
        if matches!(hatch, Hatch::Falling | Hatch::Crossed) {
            let x = area.right() - at;
            painter.line_segment([pos2(x, area.top()), pos2(area.right(), y)], stroke);
        }
        if matches!(hatch, Hatch::Level | Hatch::Grid) {
            painter.hline(area.x_range(), y, stroke);
        }
        if matches!(hatch, Hatch::Upright | Hatch::Grid) {
            painter.vline(x, area.y_range(), stroke);
        }
        if hatch == Hatch::Dots {
            let mut y = area.top() + STEP / 2.0;
            while y < area.bottom() {
                painter.circle_filled(pos2(x, y), 1.0, color);
                y += STEP;
            }
        }
        at += STEP;
    }
}

/// A point symbol of a diameter, with its picture.
pub(super) fn paint_symbol(painter: &Painter, symbol: Symbol, center: Pos2, size: f32) {
    paint_shape(painter, symbol, center, size);
    if let Some(icon) = symbol.icon {
        paint_icon(painter, icon, center, size * ICON_SHARE, on_screen(symbol.icon_color()));
    }
}

/// A picture in a square.
pub(super) fn paint_icon(painter: &Painter, icon: MapIcon, center: Pos2, side: f32, ink: Color32) {
    match icon.form() {
        IconForm::Discs(discs) => {
            for ([x, y], radius) in discs {
                painter.circle_filled(center + vec2(*x, *y) * side, radius * side, ink);
            }
        }
        IconForm::Letter(font, letter, _) => {
            let (family, size) = match font {
                Font::Signs => (icons::family(), side),
                _ => (egui::FontFamily::Proportional, side * 1.4),
            };
            let font = egui::FontId::new(size, family);
            let is_there = |fonts: &mut egui::epaint::text::FontsView<'_>| {
                fonts.definitions().families.contains_key(&font.family)
            };
            if painter.ctx().fonts_mut(is_there) {
                painter.text(center, egui::Align2::CENTER_CENTER, letter, font, ink);
            }
        }
    }
}

fn paint_shape(painter: &Painter, symbol: Symbol, center: Pos2, size: f32) {
    let fill = on_screen(symbol.fill);
    let stroke = Stroke::new(symbol.stroke_width.clamp(0.0, 2.0), on_screen(symbol.stroke));
    let corners = symbol.shape.corners();
    if corners.is_empty() {
        painter.circle(center, size / 2.0, fill, stroke);
        return;
    }
    let (sin, cos) = symbol.rotation.to_radians().sin_cos();
    // Shapes reach farther than a disc of their area.
    let size = size * 0.86;
    let at = |[x, y]: &[f32; 2]| center + vec2(x * cos - y * sin, x * sin + y * cos) * size;
    let points: Vec<Pos2> = corners.iter().map(at).collect();
    if !matches!(symbol.shape, PointShape::Star | PointShape::Cross) {
        painter.add(Shape::convex_polygon(points, fill, stroke));
        return;
    }
    // From their middle they can be cut into convex pieces.
    let mut mesh = Mesh::default();
    let vertex = |mesh: &mut Mesh, at: Pos2| mesh.colored_vertex(at, fill);
    vertex(&mut mesh, center);
    points.iter().for_each(|at| vertex(&mut mesh, *at));
    let count = u32::try_from(points.len()).unwrap_or(0);
    (0..count).for_each(|at| mesh.add_triangle(0, at + 1, (at + 1) % count + 1));
    painter.add(Shape::mesh(mesh));
    painter.add(Shape::closed_line(points, stroke));
}
