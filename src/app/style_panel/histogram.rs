//! How the numbers of a layer are spread, in the colours of their classes; breaks are dragged.

use egui::{CursorIcon, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::session::Session;
use super::super::swatch::on_screen;
use crate::i18n::Message;
use crate::style::{Color, Spread};

/// How high the picture is, points.
const HEIGHT: f32 = 84.0;
/// How near to a break the pointer takes it, points.
const NEAR: f32 = 5.0;

/// Shows the spread. Gives the breaks as they are dragged: the upper ends of all classes.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    spread: &Spread,
    uppers: &[f64],
    colors: &[Option<Color>],
) -> Option<Vec<f64>> {
    let [least, greatest] = spread.ends.filter(|[least, greatest]| least < greatest)?;
    let [from, to] = spread.axis;
    // A break between whole numbers lies half way.
    let (is_stepped, aside) = if from < least { (true, 0.5) } else { (false, 0.0) };
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, picture) = ui.allocate_exact_size(size, Sense::hover());
    let label = session.say(&Message::new("app-style-histogram").count("rows", spread.rows));
    picture.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, label.as_str()));
    let area = rect.shrink2(vec2(6.0, 4.0));
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let x_of = |value: f64| {
        let share = ((value + aside - from) / (to - from)) as f32;
        area.left() + share.clamp(0.0, 1.0) * area.width()
    };
    let value_at = |x: f32| {
        let share = f64::from((x - area.left()) / area.width()).clamp(0.0, 1.0);
        from + share * (to - from)
    };
    ui.painter().rect_filled(rect, 4.0, ui.visuals().extreme_bg_color);
    bars(ui, area, spread, uppers, colors, value_at);
    // The last class ends where the numbers do.
    let inner = uppers.len().saturating_sub(1);
    let mut moved = None;
    for (at, upper) in uppers.iter().enumerate().take(inner) {
        let x = x_of(*upper);
        let handle = Rect::from_min_max(pos2(x - NEAR, rect.top()), pos2(x + NEAR, rect.bottom()));
        let id = picture.id.with(("break", at));
        let response = ui.interact(handle, id, Sense::drag());
        let name = Message::new("app-style-break").count("number", at as u64 + 1);
        let name = session.say(&name);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Slider, true, name.as_str()));
        let is_held = response.dragged() || response.hovered();
        if is_held {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
        let color = ui.visuals().strong_text_color();
        let stroke = Stroke::new(if is_held { 2.5 } else { 1.25 }, color);
        ui.painter().vline(x, rect.y_range(), stroke);
        ui.painter().circle_filled(pos2(x, rect.top() + 5.0), 3.5, color);
        if response.dragged()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            let low = at.checked_sub(1).and_then(|before| uppers.get(before)).unwrap_or(&least);
            let high = uppers.get(at + 1).unwrap_or(&greatest);
            // A break stays between its neighbours, apart by a point of the screen.
            let point = (to - from) / f64::from(area.width().max(1.0));
            let step = if is_stepped { 1.0 } else { point };
            let place = tidy(value_at(pointer.x) - aside, step);
            // The first class also holds the least number.
            let low = if at == 0 && is_stepped { *low } else { *low + step };
            if low <= *high - step {
                let mut breaks = uppers.to_vec();
                if let Some(slot) = breaks.get_mut(at) {
                    *slot = place.clamp(low, *high - step);
                }
                moved = Some(breaks).filter(|breaks| breaks != uppers);
            }
        }
    }
    moved
}

fn bars(
    ui: &Ui,
    area: Rect,
    spread: &Spread,
    uppers: &[f64],
    colors: &[Option<Color>],
    value_at: impl Fn(f32) -> f64,
) {
    let most = spread.bins.iter().copied().max().unwrap_or(0).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a picture")]
    let (width, share) =
        (area.width() / spread.bins.len().max(1) as f32, |count: u64| count as f32 / most as f32);
    let none = ui.visuals().weak_text_color();
    let mut left = area.left();
    for count in &spread.bins {
        // So that few rows beside many are still seen.
        let height = if *count > 0 { (share(*count) * area.height()).max(1.5) } else { 0.0 };
        let middle = value_at(left + width / 2.0);
        let class = uppers.partition_point(|upper| *upper < middle);
        let class = class.min(uppers.len().saturating_sub(1));
        let color = colors.get(class).copied().flatten();
        let color = color.map_or(none, |color| on_screen(color.with_alpha(255)));
        let bar = Rect::from_min_max(
            pos2(left + 0.5, area.bottom() - height),
            pos2(left + width - 0.5, area.bottom()),
        );
        ui.painter().rect_filled(bar, 0.0, color);
        if height > 0.0 {
            let rim = Stroke::new(0.5, ui.visuals().weak_text_color());
            ui.painter().rect_stroke(bar, 0.0, rim, egui::StrokeKind::Inside);
        }
        left += width;
    }
}

/// A number without digits that no step of the screen shows.
fn tidy(value: f64, step: f64) -> f64 {
    let unit = 10_f64.powf(step.log10().floor());
    if unit.is_finite() && unit > 0.0 { (value / unit).round() * unit } else { value }
}
