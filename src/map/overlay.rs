//! What lies over the map: attribution, scale bar, zoom buttons.

use egui::{Align, Color32, Frame, Layout, Margin, Rect, RichText, Sense, Stroke, Ui, UiBuilder};
use egui::{Button, Painter, Pos2, Response, Shape, StrokeKind, WidgetInfo, pos2, vec2};

use super::Trouble;
use crate::crs::{ground_metres_per_point, scale_bar};
use crate::i18n::{Language, tr};
use crate::project::View;
use crate::tiles::Ground;

/// How far overlays stay from the map's edges, points.
const EDGE: f32 = 8.0;

/// The longest scale bar, points.
const BAR_LENGTH: f64 = 140.0;

/// The side of the zoom buttons, points.
const BUTTON_SIDE: f32 = 28.0;

/// The heights of the attribution and the scale bar, points.
const CREDIT_HEIGHT: f32 = 20.0;
const SCALE_HEIGHT: f32 = 28.0;

/// The lowest part of the map within its edges. As high as what it holds, as a frame fills it.
fn bottom_strip(rect: Rect, height: f32) -> Rect {
    let within = rect.shrink(EDGE);
    Rect::from_min_max(pos2(within.left(), within.bottom() - height), within.right_bottom())
}

/// A see-through ground on which text reads on any map.
fn ground(ui: &Ui) -> Frame {
    let fill = ui.visuals().window_fill().gamma_multiply(0.86);
    Frame::new().fill(fill).corner_radius(4.0).inner_margin(Margin::symmetric(6, 3))
}

/// Attribution at the bottom right: a link, and a word when the server is out of reach.
pub(super) fn attribution(
    ui: &mut Ui,
    rect: Rect,
    language: Language,
    ground_of: &Ground,
    unreachable: bool,
) {
    let layout = Layout::right_to_left(Align::Max);
    let strip = bottom_strip(rect, CREDIT_HEIGHT);
    let mut corner =
        ui.new_child(UiBuilder::new().max_rect(strip).layout(layout).id_salt("attribution"));
    ground(ui).show(&mut corner, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        // An archive that does not say who made it is at least called by its name.
        let credit = match ground_of.attribution.as_str() {
            "" => ground_of.name(language),
            attribution => attribution,
        };
        let credit = RichText::new(credit).small();
        match &ground_of.attribution_url {
            Some(url) => ui.hyperlink_to(credit, url),
            None => ui.label(credit),
        };
        if unreachable {
            let why = RichText::new(tr(language, "map-basemap-unreachable")).small();
            ui.label(why).on_hover_text(tr(language, "map-basemap-unreachable-hint"));
        }
    });
}

/// The scale bar at the bottom left: true on the ground, east to west, at the map's middle.
pub(super) fn scale(ui: &mut Ui, rect: Rect, language: Language, view: View) {
    let longest = BAR_LENGTH.min(f64::from(rect.width()) / 3.0);
    let Some(bar) = scale_bar(ground_metres_per_point(view.lat, view.zoom), longest) else {
        return;
    };
    let layout = Layout::left_to_right(Align::Max);
    let strip = bottom_strip(rect, SCALE_HEIGHT);
    let mut corner = ui.new_child(UiBuilder::new().max_rect(strip).layout(layout).id_salt("scale"));
    ground(ui).show(&mut corner, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(RichText::new(bar.label(language)).small())
                .on_hover_text(tr(language, "map-scale-hint"));
            #[expect(clippy::cast_possible_truncation, reason = "a length on the screen")]
            let length = bar.length as f32;
            let (space, _) = ui.allocate_exact_size(vec2(length, 5.0), Sense::hover());
            paint_bar(ui, space);
        });
    });
}

fn paint_bar(ui: &Ui, space: Rect) {
    let stroke = Stroke::new(1.5, ui.visuals().strong_text_color());
    let [left, right] = [space.left(), space.right()];
    let painter = ui.painter();
    painter.hline(left..=right, space.bottom(), stroke);
    for x in [left, space.center().x, right] {
        painter.vline(x, space.top()..=space.bottom(), stroke);
    }
}

/// What is missing on the map, at its top left.
pub(super) fn trouble(ui: &mut Ui, rect: Rect, language: Language, trouble: Trouble) {
    let (text, hint) = match trouble {
        Trouble::GpuLost => ("map-gpu-lost", "map-gpu-lost-hint"),
        Trouble::NoRoom => ("map-no-room", "map-no-room-hint"),
        Trouble::NotFilled(_) => ("map-not-filled", "map-not-filled-hint"),
    };
    let within = rect.shrink(EDGE);
    let strip = Rect::from_min_size(within.min, vec2(within.width() - 60.0, SCALE_HEIGHT));
    let layout = Layout::left_to_right(Align::Min);
    let mut corner =
        ui.new_child(UiBuilder::new().max_rect(strip).layout(layout).id_salt("trouble"));
    ground(ui).show(&mut corner, |ui| {
        let text = RichText::new(tr(language, text)).color(ui.visuals().warn_fg_color);
        ui.label(text).on_hover_text(tr(language, hint));
    });
}

/// The zoom buttons at the top right: how many levels the person asked for.
pub(super) fn zoom_buttons(ui: &mut Ui, rect: Rect, language: Language) -> f64 {
    let corner = Rect::from_min_size(
        pos2(rect.right() - EDGE - BUTTON_SIDE, rect.top() + EDGE),
        vec2(BUTTON_SIDE, 2.0 * BUTTON_SIDE + 2.0),
    );
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(corner)
            .layout(Layout::top_down(Align::Center))
            .id_salt("zoom buttons"),
    );
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut levels = 0.0;
    if zoom_button(&mut ui, "+", &tr(language, "map-zoom-in")).clicked() {
        levels += 1.0;
    }
    if zoom_button(&mut ui, "−", &tr(language, "map-zoom-out")).clicked() {
        levels -= 1.0;
    }
    levels
}

fn zoom_button(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let text = RichText::new(sign).size(18.0);
    let fill = ui.visuals().window_fill().gamma_multiply(0.92);
    let button = Button::new(text).min_size(vec2(BUTTON_SIDE, BUTTON_SIDE)).fill(fill);
    let response = ui.add(button);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Button, enabled, name));
    response.on_hover_text(name)
}

/// A pin whose point is at a place: a ring of light around dark, seen on any map.
pub(super) fn pin(painter: &Painter, place: Pos2) {
    const HEIGHT: f32 = 24.0;
    const RADIUS: f32 = 8.0;
    let (dark, light) = (Color32::from_rgb(0x9c, 0x1c, 0x1c), Color32::WHITE);
    let head = place - vec2(0.0, HEIGHT - RADIUS);
    let cone = |radius: f32| {
        let corners = vec![head + vec2(-radius, 1.0), head + vec2(radius, 1.0), place];
        Shape::convex_polygon(corners, dark, Stroke::new(2.0, light))
    };
    painter.add(cone(RADIUS * 0.92));
    painter.circle(head, RADIUS, dark, Stroke::new(2.0, light));
    // Over the line between cone and head.
    painter.circle_filled(head + vec2(0.0, 1.0), RADIUS - 1.0, dark);
    painter.circle_filled(head, RADIUS * 0.4, light);
}

/// A rectangle with a name at its upper edge: light around dark, seen on any map.
pub(super) fn outline(painter: &Painter, shape: Rect, name: &str) {
    let (dark, light) = (Color32::from_rgb(0x9c, 0x1c, 0x1c), Color32::WHITE);
    for (width, color) in [(4.0, light), (2.0, dark)] {
        painter.rect_stroke(shape, 0.0, Stroke::new(width, color), StrokeKind::Middle);
    }
    let font = egui::FontId::proportional(12.0);
    let visible = shape.intersect(painter.clip_rect());
    if !visible.is_positive() {
        return;
    }
    let text = painter.layout(name.to_owned(), font, light, visible.width().clamp(80.0, 260.0));
    let at = visible.center_top() + vec2(-text.size().x / 2.0, 6.0);
    let ground = Rect::from_min_size(at, text.size()).expand(3.0);
    painter.rect_filled(ground, 3.0, dark);
    painter.galley(at, text, light);
}

/// The clean sheet under a map without tiles.
pub(super) fn paper(dark: bool) -> Color32 {
    if dark { PAPER_DARK } else { PAPER_LIGHT }
}

const PAPER_LIGHT: Color32 = Color32::from_rgb(0xf5, 0xf3, 0xee);
const PAPER_DARK: Color32 = Color32::from_rgb(0x24, 0x27, 0x2b);
