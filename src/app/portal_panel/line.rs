//! A line of a list: a name and a few words under it, a button as a whole.

use egui::accesskit::Role;
use egui::{
    Rect, Response, RichText, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2,
    vec2,
};

/// The height of a line, points.
pub(super) const HEIGHT: f32 = 40.0;

/// Shows a line. `sign` draws into the square at its left, where there is one.
pub(super) fn show(
    ui: &mut Ui,
    name: &str,
    words: &str,
    sign: Option<&dyn Fn(&Ui, Rect)>,
) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    let is_enabled = ui.is_enabled();
    let label = if words.is_empty() { name.to_owned() } else { format!("{name}, {words}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &label));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
        }
        let mut inner = rect.shrink2(vec2(6.0, 3.0));
        if let Some(sign) = sign {
            let square = Rect::from_min_size(inner.min, vec2(16.0, 16.0));
            sign(ui, square.translate(vec2(2.0, 9.0)));
            inner.min.x += 28.0;
        }
        // Painted, not put there as labels: to a screen reader the line is one thing.
        let mut top = inner.top();
        for (text, style) in [
            (RichText::new(name), TextStyle::Body),
            (RichText::new(words).weak(), TextStyle::Small),
        ] {
            let text = WidgetText::from(text.text_style(style.clone()));
            let truncate = Some(TextWrapMode::Truncate);
            let galley = text.into_galley(ui, truncate, inner.width(), style);
            let height = galley.size().y;
            ui.painter().galley(pos2(inner.left(), top), galley, ui.visuals().text_color());
            top += height;
        }
    }
    response
}
