//! One line of the find window: its sign, its words, its keys at the right.

use egui::{Align2, Rect, Response, RichText, Role, Sense, TextStyle, TextWrapMode, Ui};
use egui::{WidgetInfo, WidgetText, pos2, vec2};

use super::offers::Offer;
use crate::app::{icons, theme};

/// The height of a line, points.
const HEIGHT: f32 = 28.0;

/// The room for the sign, points.
const SIGN: f32 = 30.0;

/// Shows a line; chosen ones stand out by their ground and by a bar at the left.
pub(super) fn show(ui: &mut Ui, offer: &Offer, is_chosen: bool) -> Response {
    let is_possible = offer.is_possible();
    let sense = if is_possible { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), sense);
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, is_possible, is_chosen, offer.spoken()));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let visuals = ui.visuals();
    let (ink, weak) = if !is_possible {
        (visuals.weak_text_color(), visuals.weak_text_color())
    } else if is_chosen {
        (visuals.selection.stroke.color, visuals.selection.stroke.color)
    } else {
        (visuals.text_color(), visuals.weak_text_color())
    };
    if is_chosen {
        ui.painter().rect_filled(rect, 5.0, visuals.selection.bg_fill);
        let bar = Rect::from_min_size(rect.min + vec2(0.0, 4.0), vec2(3.0, HEIGHT - 8.0));
        ui.painter().rect_filled(bar, 1.5, theme::GOLD);
    } else if is_possible && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, 5.0, visuals.widgets.hovered.weak_bg_fill);
    }
    let middle = rect.center().y;
    icons::paint(ui.painter(), offer.icon, pos2(rect.left() + SIGN / 2.0 + 2.0, middle), weak);
    let mut right = rect.right() - 10.0;
    if !offer.keys.is_empty() {
        let font = TextStyle::Small.resolve(ui.style());
        let place = pos2(right, middle);
        let keys = ui.painter().text(place, Align2::RIGHT_CENTER, &offer.keys, font, weak);
        right = keys.left() - 12.0;
    }
    let mut left = rect.left() + SIGN + 4.0;
    let mut part = |ui: &Ui, text: RichText, color, most: f32| {
        let text: WidgetText = text.into();
        let wrap = Some(TextWrapMode::Truncate);
        let laid = text.into_galley(ui, wrap, most.max(20.0), TextStyle::Body);
        let place = pos2(left, middle - laid.size().y / 2.0);
        left += laid.size().x + 10.0;
        ui.painter().galley(place, laid, color);
        right - left
    };
    // The title may take all the room; what is left is for the detail.
    let room = part(ui, RichText::new(&offer.title), ink, right - rect.left() - SIGN - 4.0);
    if !offer.detail.is_empty() && room > 40.0 {
        part(ui, RichText::new(&offer.detail).small(), weak, room);
    }
    response
}
