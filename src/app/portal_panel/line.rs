//! A line of a list: a name and a few words under it, a button as a whole.

use egui::accesskit::Role;
use egui::{Label, Rect, Response, RichText, Sense, Ui, UiBuilder, WidgetInfo, vec2};

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
        let builder = UiBuilder::new().max_rect(inner).sense(Sense::HOVER);
        let mut inside = ui.new_child(builder);
        inside.spacing_mut().item_spacing.y = 0.0;
        inside.add(Label::new(name).truncate().selectable(false));
        let words = RichText::new(words).small().weak();
        inside.add(Label::new(words).truncate().selectable(false));
    }
    response
}
