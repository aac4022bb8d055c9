//! The swatch of a layer and the popup that changes its look.

use egui::{
    Color32, Grid, Popup, PopupCloseBehavior, Response, Role, Sense, Shape, Slider, Stroke,
    StrokeKind, TextEdit, Ui, Vec2, WidgetInfo, ecolor::Hsva, pos2,
};

use super::actions::{Action, Actions};
use super::chosen;
use super::icons::{self, Icon};
use super::labels;
use super::session::Session;
use super::store::RowKind;
use super::theme;
use crate::i18n::Message;
use crate::project::{Command, Layer};
use crate::style::{Color, PointShape, Symbol};

/// The popup's own state.
#[derive(Default)]
pub(super) struct StyleEditor {
    /// Which of the two colours is being chosen.
    is_stroke: bool,
    mixed: Mixed,
}

/// A colour as hue, saturation and brightness: the hue of a grey is kept while it is one.
#[derive(Default)]
struct Mixed {
    of: Option<Color>,
    hsva: Hsva,
    /// The colour as text, while it is being typed.
    text: String,
}

/// Colours offered at once: the default hues and two greys.
const OFFERED: [u32; 10] = [
    0x0072b2, 0x56b4e9, 0x009e73, 0xe69f00, 0xd55e00, 0xcc79a7, 0x7a4fa3, 0x8c6d46, 0x5b6470,
    0xffffff,
];

/// Straight alpha, as the document keeps it, to the screen's.
fn on_screen(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// A button that shows how a layer looks.
pub(super) fn swatch(ui: &mut Ui, style: Symbol, kind: Option<RowKind>, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(24.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let painter = ui.painter();
    let area = rect.shrink(4.0);
    if response.hovered() || response.has_focus() {
        let visuals = ui.style().interact(&response);
        painter.rect_stroke(rect.shrink(1.0), 4.0, visuals.bg_stroke, StrokeKind::Inside);
    }
    paint(ui, area, style, kind);
    response.on_hover_text(label)
}

/// Draws what a layer looks like in an area of the screen.
pub(super) fn paint(ui: &Ui, area: egui::Rect, style: Symbol, kind: Option<RowKind>) {
    let painter = ui.painter();
    let stroke = Stroke::new(style.stroke_width.clamp(1.0, 3.0), on_screen(style.stroke));
    match kind {
        Some(RowKind::Lines) => {
            let points = [(0.0, 0.75), (0.35, 0.25), (0.65, 0.75), (1.0, 0.25)];
            let at = |(x, y): (f32, f32)| area.lerp_inside(Vec2::new(x, y));
            let stroke = Stroke::new(stroke.width.max(2.0), stroke.color);
            painter.add(Shape::line(points.map(at).to_vec(), stroke));
        }
        Some(RowKind::Points) => {
            paint_symbol(painter, style, area.center(), area.width().min(style.point_size + 2.0));
        }
        Some(RowKind::Rows) => {
            icons::paint(painter, Icon::Table, area.center(), ui.visuals().weak_text_color());
        }
        _ => {
            painter.rect(area, 2.0, on_screen(style.fill), stroke, StrokeKind::Inside);
        }
    }
}

fn paint_symbol(painter: &egui::Painter, style: Symbol, center: egui::Pos2, size: f32) {
    let fill = on_screen(style.fill);
    let stroke = Stroke::new(style.stroke_width.clamp(0.0, 2.0), on_screen(style.stroke));
    let half = size / 2.0;
    let at = |x: f32, y: f32| pos2(center.x + x * half, center.y + y * half);
    let corners = match style.shape {
        PointShape::Circle => {
            painter.circle(center, half, fill, stroke);
            return;
        }
        PointShape::Square => vec![at(-0.9, -0.9), at(0.9, -0.9), at(0.9, 0.9), at(-0.9, 0.9)],
        PointShape::Triangle => vec![at(0.0, -1.0), at(1.0, 0.8), at(-1.0, 0.8)],
        PointShape::Diamond => vec![at(0.0, -1.0), at(1.0, 0.0), at(0.0, 1.0), at(-1.0, 0.0)],
        _ => vec![],
    };
    painter.add(Shape::convex_polygon(corners, fill, stroke));
}

impl StyleEditor {
    /// The popup under a swatch.
    pub fn popup(
        &mut self,
        swatch: &Response,
        session: &Session,
        layer: &Layer,
        out: &mut Actions,
    ) {
        let popup = Popup::menu(swatch)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .style(egui::style::StyleModifier::default());
        popup.show(|ui| {
            ui.set_width(300.0);
            let before = session.style_of(layer);
            let mut style = before.clone().into_owned();
            self.edit(ui, session, layer, &mut style.symbol);
            ui.separator();
            labels::labels_section(ui, session, layer, &mut style.labels, out);
            if style != *before {
                out.push(Action::Run(Command::SetStyle(layer.id, style)));
            }
        });
    }

    fn edit(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, style: &mut Symbol) {
        let kind = session.loaded(layer).map(|loaded| loaded.kind);
        let only_lines = kind == Some(RowKind::Lines);
        let has_points = matches!(kind, Some(RowKind::Points | RowKind::Mixed) | None);
        if only_lines {
            self.is_stroke = true;
        } else {
            ui.horizontal(|ui| {
                let fill = session.tr("app-style-fill");
                chosen::tab_value(ui, &mut self.is_stroke, false, fill);
                let stroke = session.tr("app-style-stroke");
                chosen::tab_value(ui, &mut self.is_stroke, true, stroke);
            });
        }
        let color = if self.is_stroke { &mut style.stroke } else { &mut style.fill };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(4.0);
            for hex in OFFERED {
                let offered = Color::rgb(hex).with_alpha(color.a);
                let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
                let name = format!("#{hex:06x}");
                let is_chosen = offered == *color;
                response.widget_info(|| {
                    WidgetInfo::selected(Role::Button, true, is_chosen, name.as_str())
                });
                let rim = ui.style().interact(&response).bg_stroke;
                let shown = on_screen(offered.with_alpha(255));
                ui.painter().rect(rect, 4.0, shown, rim, StrokeKind::Inside);
                if is_chosen {
                    icons::paint(ui.painter(), Icon::Check, rect.center(), theme::ink_on(shown));
                }
                if response.on_hover_text(&name).clicked() {
                    *color = offered;
                }
            }
        });
        mix(ui, session, &mut self.mixed, color);
        ui.separator();
        Grid::new("style").num_columns(2).show(ui, |ui| {
            let size = |ui: &mut Ui, id: &'static str, value: &mut f32, most: f32| {
                let label = session.say(&Message::new(id));
                ui.label(&label);
                let slider = Slider::new(value, 0.0..=most).step_by(0.25).max_decimals(2);
                let slider =
                    slider.custom_parser(|text| text.trim().replace(',', ".").parse().ok());
                ui.add(slider).accessible_name(label);
                ui.end_row();
            };
            size(ui, "app-style-width", &mut style.stroke_width, 10.0);
            if has_points {
                size(ui, "app-style-size", &mut style.point_size, 40.0);
            }
        });
        if has_points {
            ui.horizontal_wrapped(|ui| {
                for (shape, id) in [
                    (PointShape::Circle, "app-shape-circle"),
                    (PointShape::Square, "app-shape-square"),
                    (PointShape::Triangle, "app-shape-triangle"),
                    (PointShape::Diamond, "app-shape-diamond"),
                ] {
                    let text = session.say(&Message::new(id));
                    chosen::tab_value(ui, &mut style.shape, shape, text);
                }
            });
        }
    }
}

/// Sliders for hue, saturation, brightness and opacity, and a field for the colour as text.
fn mix(ui: &mut Ui, session: &Session, mixed: &mut Mixed, color: &mut Color) {
    if mixed.of != Some(*color) {
        mixed.of = Some(*color);
        mixed.hsva = Hsva::from_srgba_unmultiplied([color.r, color.g, color.b, color.a]);
        mixed.text = color.to_string();
    }
    let mut is_moved = false;
    Grid::new("color").num_columns(2).show(ui, |ui| {
        ui.spacing_mut().slider_width = 150.0;
        let Hsva { h, s, v, a } = &mut mixed.hsva;
        for (id, value) in [
            ("app-style-hue", h),
            ("app-style-saturation", s),
            ("app-style-brightness", v),
            ("app-style-opacity", a),
        ] {
            let label = session.say(&Message::new(id));
            ui.label(&label);
            let slider = Slider::new(value, 0.0..=1.0).show_value(false);
            is_moved |= ui.add(slider).accessible_name(label).changed();
            ui.end_row();
        }
        let label = ui.label(session.tr("app-style-color"));
        let field = TextEdit::singleline(&mut mixed.text).desired_width(100.0);
        if ui.add(field).labelled_by(label.id).changed()
            && let Some(typed) = Color::parse(mixed.text.trim())
        {
            *color = typed;
            mixed.of = Some(typed);
            mixed.hsva = Hsva::from_srgba_unmultiplied([typed.r, typed.g, typed.b, typed.a]);
        }
        ui.end_row();
    });
    if is_moved {
        let [r, g, b, a] = mixed.hsva.to_srgba_unmultiplied();
        *color = Color { r, g, b, a };
        mixed.of = Some(*color);
        mixed.text = color.to_string();
    }
}
