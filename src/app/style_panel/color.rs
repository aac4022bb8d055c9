//! A colour, and the popup that changes it.

use egui::{
    Grid, Popup, PopupCloseBehavior, Response, Role, Sense, Slider, Stroke, StrokeKind, TextEdit,
    Ui, Vec2, WidgetInfo, ecolor::Hsva,
};

use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::swatch::on_screen;
use super::super::theme;
use crate::i18n::Message;
use crate::style::Color;

/// A colour as hue, saturation and brightness: the hue of a grey is kept while it is one.
#[derive(Clone, Default)]
struct Mixed {
    of: Option<Color>,
    hsva: Hsva,
    /// The colour as text, while it is being typed.
    text: String,
}

/// Colours offered at once: the default hues and a few greys.
const OFFERED: [u32; 12] = [
    0x0072b2, 0x56b4e9, 0x009e73, 0xe69f00, 0xd55e00, 0xcc79a7, 0x7a4fa3, 0x8c6d46, 0x000000,
    0x5b6470, 0xb8bec6, 0xffffff,
];

/// A button that shows a colour; clicked, it opens what changes it. Gives the button, marked as
/// changed where the colour was.
pub(super) fn button(ui: &mut Ui, session: &Session, label: &str, color: &mut Color) -> Response {
    button_with(ui, session, label, color, |_| {})
}

/// As [`button`], with more in what it opens.
pub(super) fn button_with(
    ui: &mut Ui,
    session: &Session,
    label: &str,
    color: &mut Color,
    more: impl FnOnce(&mut Ui),
) -> Response {
    let mut button = well(ui, *color, label);
    let id = button.id.with("mixed");
    let before = *color;
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .style(egui::style::StyleModifier::default())
        .show(|ui| {
            ui.set_width(300.0);
            let mut mixed: Mixed = ui.data(|data| data.get_temp(id)).unwrap_or_default();
            offered(ui, color);
            mix(ui, session, &mut mixed, color);
            ui.data_mut(|data| data.insert_temp(id, mixed));
            more(ui);
        });
    if *color != before {
        button.mark_changed();
    }
    button
}

/// The button: the colour over light and dark, so that it shows how much comes through.
fn well(ui: &mut Ui, color: Color, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(44.0, 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let painter = ui.painter();
    let area = rect.shrink(1.0);
    let halves = area.split_left_right_at_fraction(0.5);
    painter.rect_filled(halves.0, 4.0, egui::Color32::WHITE);
    painter.rect_filled(halves.1, 4.0, egui::Color32::from_gray(0x40));
    painter.rect_filled(area, 4.0, on_screen(color));
    let rim = ui.style().interact(&response).fg_stroke.color;
    painter.rect_stroke(area, 4.0, Stroke::new(1.0, rim), StrokeKind::Inside);
    response.on_hover_text(format!("{label}: {color}"))
}

fn offered(ui: &mut Ui, color: &mut Color) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(4.0);
        for hex in OFFERED {
            let alpha = if color.a == 0 { 255 } else { color.a };
            let offered = Color::rgb(hex).with_alpha(alpha);
            let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
            let name = format!("#{hex:06x}");
            let is_chosen = offered == *color;
            response
                .widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, name.as_str()));
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
