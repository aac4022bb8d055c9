//! Small drawn signs and the buttons that carry them: the same line weight everywhere, and not
//! dependent on what fonts hold.

use super::chosen::{self, Edge};
use egui::{
    Color32, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
    Eye,
    EyeClosed,
    ZoomTo,
    Table,
    Filter,
    Export,
    Up,
    Down,
    Trash,
    More,
    Warning,
    Close,
    Grip,
    Left,
    Right,
    Search,
    Pin,
    Layers,
    Command,
    Pointer,
    SelectRectangle,
    SelectPolygon,
    SelectLasso,
    Ruler,
    MeasureArea,
    Copy,
    Check,
    /// An arrow that comes round: newer data.
    Renew,
}

/// The side of the square a sign is drawn in.
const SIDE: f32 = 16.0;

/// A button with only a sign. The label is its tooltip and what a screen reader says.
pub(super) fn button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    sized_button(ui, icon, label, Vec2::splat(26.0), None)
}

/// As [`button`], for a line of text.
pub(super) fn small_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    sized_button(ui, icon, label, Vec2::splat(20.0), None)
}

/// A button with a sign in a colour of its own.
pub(super) fn colored_button(ui: &mut Ui, icon: Icon, label: &str, color: Color32) -> Response {
    sized_button(ui, icon, label, Vec2::splat(26.0), Some(color))
}

fn sized_button(
    ui: &mut Ui,
    icon: Icon,
    label: &str,
    size: Vec2,
    color: Option<Color32>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, label));
    if ui.is_rect_visible(rect) {
        let visuals = *ui.style().interact(&response);
        let painter = ui.painter();
        if response.hovered() || response.has_focus() || response.is_pointer_button_down_on() {
            painter.rect(
                rect.shrink(1.0),
                visuals.corner_radius,
                visuals.weak_bg_fill,
                if response.has_focus() { visuals.bg_stroke } else { Stroke::NONE },
                StrokeKind::Inside,
            );
        }
        let color = color.unwrap_or_else(|| visuals.text_color());
        let color = if enabled { color } else { ui.visuals().weak_text_color() };
        paint(painter, icon, rect.center(), color);
    }
    response.on_hover_text(label)
}

/// A button that stays pressed while what it stands for is on.
pub(super) fn toggle(ui: &mut Ui, icon: Icon, label: &str, is_on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(30.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, is_on, label));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, is_on);
        let painter = ui.painter();
        if is_on || response.hovered() || response.has_focus() {
            let rim = if response.has_focus() { visuals.bg_stroke } else { Stroke::NONE };
            let area = rect.shrink(1.0);
            let fill = visuals.weak_bg_fill;
            painter.rect(area, visuals.corner_radius, fill, rim, StrokeKind::Inside);
        }
        paint(painter, icon, rect.center(), visuals.text_color());
        chosen::mark(ui, rect.shrink(1.0), Edge::Left, is_on);
    }
    response.on_hover_text(label)
}

/// Draws a sign around a point.
pub(super) fn paint(painter: &egui::Painter, icon: Icon, center: Pos2, color: Color32) {
    let area = Rect::from_center_size(center, Vec2::splat(SIDE));
    let at = |x: f32, y: f32| pos2(area.left() + x, area.top() + y);
    let stroke = Stroke::new(1.5, color);
    let line = |points: &[(f32, f32)]| {
        let points = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    let dot = |x: f32, y: f32, radius: f32| {
        painter.circle_filled(at(x, y), radius, color);
    };
    match icon {
        Icon::Eye | Icon::EyeClosed => {
            let lid = |side: f32| -> Vec<(f32, f32)> {
                (0u8..=12)
                    .map(|step| {
                        let t = f32::from(step) / 12.0;
                        (1.0 + 14.0 * t, 8.0 + side * 5.0 * (t * std::f32::consts::PI).sin())
                    })
                    .collect()
            };
            line(&lid(1.0));
            if icon == Icon::Eye {
                line(&lid(-1.0));
                dot(8.0, 8.0, 2.6);
            } else {
                line(&[(3.5, 12.0), (2.3, 14.0)]);
                line(&[(8.0, 13.0), (8.0, 15.2)]);
                line(&[(12.5, 12.0), (13.7, 14.0)]);
            }
        }
        Icon::ZoomTo => {
            for (x, y) in [(2.0, 2.0), (14.0, 2.0), (2.0, 14.0), (14.0, 14.0)] {
                let inward = |v: f32| if v < 8.0 { 4.0 } else { -4.0 };
                line(&[(x + inward(x), y), (x, y), (x, y + inward(y))]);
            }
            dot(8.0, 8.0, 2.0);
        }
        Icon::Table => {
            let frame = Rect::from_min_max(at(1.5, 2.5), at(14.5, 13.5));
            painter.rect_stroke(frame, 1.5, stroke, StrokeKind::Middle);
            line(&[(1.5, 6.2), (14.5, 6.2)]);
            line(&[(1.5, 9.8), (14.5, 9.8)]);
            line(&[(6.0, 2.5), (6.0, 13.5)]);
        }
        Icon::Filter => line(&[
            (1.5, 2.5),
            (14.5, 2.5),
            (9.6, 8.4),
            (9.6, 13.6),
            (6.4, 12.0),
            (6.4, 8.4),
            (1.5, 2.5),
            (14.5, 2.5),
        ]),
        Icon::Export => {
            line(&[(8.0, 10.0), (8.0, 1.8)]);
            line(&[(4.8, 5.0), (8.0, 1.8), (11.2, 5.0)]);
            line(&[(2.0, 9.5), (2.0, 14.0), (14.0, 14.0), (14.0, 9.5)]);
        }
        Icon::Up => line(&[(3.5, 10.5), (8.0, 5.5), (12.5, 10.5)]),
        Icon::Down => line(&[(3.5, 5.5), (8.0, 10.5), (12.5, 5.5)]),
        Icon::Renew => {
            let arc: Vec<(f32, f32)> = (0u8..=20)
                .map(|step| {
                    let turn = 0.6 + f32::from(step) / 20.0 * 5.0;
                    (8.0 + 5.5 * turn.cos(), 8.0 + 5.5 * turn.sin())
                })
                .collect();
            line(&arc);
            line(&[(9.8, 5.6), (12.3, 4.4), (13.4, 1.8)]);
        }
        Icon::Left => line(&[(10.5, 3.5), (5.5, 8.0), (10.5, 12.5)]),
        Icon::Right => line(&[(5.5, 3.5), (10.5, 8.0), (5.5, 12.5)]),
        Icon::Search => {
            painter.circle_stroke(at(6.8, 6.8), 4.6, stroke);
            line(&[(10.2, 10.2), (14.4, 14.4)]);
        }
        Icon::Pin => {
            painter.circle_stroke(at(8.0, 6.0), 4.4, stroke);
            line(&[(4.4, 8.6), (8.0, 15.0), (11.6, 8.6)]);
            dot(8.0, 6.0, 1.4);
        }
        Icon::Layers => {
            line(&[(8.0, 2.0), (14.5, 5.6), (8.0, 9.2), (1.5, 5.6), (8.0, 2.0), (14.5, 5.6)]);
            line(&[(1.5, 9.6), (8.0, 13.2), (14.5, 9.6)]);
        }
        Icon::Command => {
            line(&[(3.0, 4.0), (7.0, 8.0), (3.0, 12.0)]);
            line(&[(8.5, 12.5), (13.5, 12.5)]);
        }
        Icon::Trash => {
            line(&[(2.0, 4.0), (14.0, 4.0)]);
            line(&[(6.0, 4.0), (6.0, 2.0), (10.0, 2.0), (10.0, 4.0)]);
            line(&[(3.5, 4.0), (4.3, 14.2), (11.7, 14.2), (12.5, 4.0)]);
            line(&[(6.6, 7.0), (6.8, 11.4)]);
            line(&[(9.4, 7.0), (9.2, 11.4)]);
        }
        Icon::More => [3.0, 8.0, 13.0].iter().for_each(|x| dot(*x, 8.0, 1.5)),
        Icon::Warning => {
            line(&[(8.0, 1.8), (15.0, 14.0), (1.0, 14.0), (8.0, 1.8), (15.0, 14.0)]);
            line(&[(8.0, 6.2), (8.0, 9.8)]);
            dot(8.0, 11.9, 0.95);
        }
        Icon::Check => line(&[(2.5, 8.5), (6.5, 12.5), (13.5, 4.5)]),
        Icon::Close => {
            line(&[(4.0, 4.0), (12.0, 12.0)]);
            line(&[(12.0, 4.0), (4.0, 12.0)]);
        }
        Icon::Pointer => line(&[
            (4.0, 1.5),
            (4.0, 13.0),
            (7.0, 10.3),
            (9.0, 14.6),
            (11.0, 13.7),
            (9.1, 9.5),
            (13.0, 9.3),
            (4.0, 1.5),
            (4.0, 13.0),
        ]),
        Icon::SelectRectangle | Icon::SelectPolygon | Icon::SelectLasso => {
            let outline: Vec<(f32, f32)> = match icon {
                Icon::SelectRectangle => {
                    vec![(1.5, 2.5), (14.5, 2.5), (14.5, 13.5), (1.5, 13.5), (1.5, 2.5)]
                }
                Icon::SelectPolygon => {
                    vec![(2.0, 5.0), (9.0, 1.5), (14.5, 7.0), (11.5, 14.0), (3.5, 12.5), (2.0, 5.0)]
                }
                _ => (0u8..=20)
                    .map(|step| {
                        let turn = f32::from(step) / 20.0 * std::f32::consts::TAU;
                        (8.0 + 6.6 * turn.cos(), 6.6 + 4.6 * turn.sin())
                    })
                    .collect(),
            };
            let points: Vec<Pos2> = outline.iter().map(|(x, y)| at(*x, *y)).collect();
            painter.extend(Shape::dashed_line(&points, stroke, 2.6, 1.8));
            if icon == Icon::SelectLasso {
                line(&[(5.5, 10.8), (4.2, 12.6), (5.2, 14.8)]);
            }
            if icon == Icon::SelectPolygon {
                [(2.0, 5.0), (9.0, 1.5), (14.5, 7.0)].iter().for_each(|(x, y)| dot(*x, *y, 1.6));
            }
        }
        Icon::Ruler => {
            line(&[(1.5, 11.0), (11.0, 1.5), (14.5, 5.0), (5.0, 14.5), (1.5, 11.0), (11.0, 1.5)]);
            for step in [0.0, 2.6, 5.2] {
                line(&[(4.2 + step, 8.3 - step), (5.9 + step, 10.0 - step)]);
            }
        }
        Icon::MeasureArea => {
            line(&[(2.5, 3.5), (13.5, 2.5), (12.0, 13.5), (3.5, 12.0), (2.5, 3.5), (13.5, 2.5)]);
            for (x, y) in [(2.5, 3.5), (13.5, 2.5), (12.0, 13.5), (3.5, 12.0)] {
                dot(x, y, 1.8);
            }
        }
        Icon::Copy => {
            let front = Rect::from_min_max(at(5.0, 5.0), at(14.0, 14.5));
            painter.rect_stroke(front, 1.5, stroke, StrokeKind::Middle);
            line(&[(3.0, 11.0), (2.0, 11.0), (2.0, 1.5), (11.0, 1.5), (11.0, 3.0)]);
        }
        Icon::Grip => {
            for y in [4.0, 8.0, 12.0] {
                dot(6.0, y, 1.1);
                dot(10.0, y, 1.1);
            }
        }
    }
}

/// The window's icon: a small belfry with its gold dragon, 64 pixels square.
pub(super) fn window_icon() -> egui::IconData {
    const SIZE: u8 = 64;
    let mut rgba = Vec::with_capacity(usize::from(SIZE) * usize::from(SIZE) * 4);
    for y in 0..SIZE {
        for x in 0..SIZE {
            rgba.extend(belfry_pixel(f32::from(x) + 0.5, f32::from(y) + 0.5));
        }
    }
    egui::IconData { rgba, width: u32::from(SIZE), height: u32::from(SIZE) }
}

/// The colour of the icon at a point of the 64 × 64 field.
fn belfry_pixel(x: f32, y: f32) -> [u8; 4] {
    const GROUND: [u8; 4] = [0x1c, 0x55, 0x8c, 255];
    const STONE: [u8; 4] = [0xf4, 0xee, 0xe0, 255];
    const GOLD: [u8; 4] = [0xd9, 0xa0, 0x2b, 255];
    let center = vec2(x - 32.0, y - 32.0);
    let corner = vec2((center.x.abs() - 22.0).max(0.0), (center.y.abs() - 22.0).max(0.0));
    if corner.length() > 9.0 {
        return [0, 0, 0, 0];
    }
    let half = center.x.abs();
    let is_dragon = y < 13.5 && (half - 1.0).max((y - 10.0).abs()) < 3.2;
    let is_spire = (13.0..28.0).contains(&y) && half < (y - 13.0) * 0.42 + 0.8;
    let is_gallery = (28.0..31.0).contains(&y) && half < 9.5;
    let is_tower = (31.0..56.0).contains(&y) && half < 7.5;
    let is_window = ((35.0..42.0).contains(&y) || (47.0..56.0).contains(&y)) && half < 2.3;
    let is_clock = (y - 44.5).hypot(center.x) < 2.0;
    if is_dragon || is_clock {
        GOLD
    } else if is_window {
        GROUND
    } else if is_spire || is_gallery || is_tower {
        STONE
    } else {
        GROUND
    }
}
