//! Bars on the screen: beside each other for what lies on an axis, under each other for values.
//! Each is a button, with its numbers as its name.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, FontId, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, TextStyle, Ui,
    WidgetInfo, pos2, vec2,
};

use super::super::selection::Choose;
use super::super::session::Session;
use super::choice::Measure;
use super::how;
use super::picture::{Bar, color};
use super::words;
use crate::table::{Axis, BarOf, Bars};

/// How high the bars beside each other stand, points.
const HEIGHT: f32 = 150.0;
/// Room for the edges under them, and for the greatest number above.
const BELOW: f32 = 18.0;
const ABOVE: f32 = 18.0;
/// How high a line of a list is.
const LINE: f32 = 24.0;

/// What was asked for: these bars, to join the selection so.
pub(super) type Asked = Option<([usize; 2], Choose)>;

/// Bars beside each other on an axis; `drag` is the bars that the pointer is drawn over.
pub(super) fn beside(
    ui: &mut Ui,
    session: &Session,
    of: &Bars,
    axis: Axis,
    bars: &[Bar],
    drag: &mut Option<[usize; 2]>,
) -> Asked {
    let size = vec2(ui.available_width(), HEIGHT + BELOW + ABOVE);
    let (rect, picture) = ui.allocate_exact_size(size, Sense::hover());
    let area = Rect::from_min_max(rect.min + vec2(6.0, ABOVE), rect.max - vec2(6.0, BELOW));
    let visuals = ui.visuals().clone();
    ui.painter().rect_filled(rect, 4.0, visuals.extreme_bg_color);
    let most = bars.iter().map(|bar| bar.rows).max().unwrap_or(0).max(1);
    let font = TextStyle::Small.resolve(ui.style());
    scale(ui, area, &font, &words::count(most, session.language));
    #[expect(clippy::cast_precision_loss, reason = "a picture")]
    let (width, share) = (area.width() / bars.len().max(1) as f32, |rows: u64| {
        rows as f32 / most as f32 * area.height()
    });
    let mut asked = None;
    let base = picture.id.with("bars");
    let mut left = area.left();
    let mut lit = *drag;
    let at_x = |x: f32| bar_at((x - area.left()) / width, bars.len());
    for bar in bars {
        let column = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, area.bottom()));
        let response = ui.interact(column, base.with(bar.at), Sense::click_and_drag());
        let text = bar.words(session, None);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text.as_str()));
        if response.clicked() {
            asked = Some(([bar.at, bar.at], how(ui)));
        }
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            *drag = Some([bar.at, at_x(pointer.x)]);
            lit = *drag;
        }
        if response.drag_stopped()
            && let Some(meant) = drag.take()
        {
            asked = Some((meant, how(ui)));
        }
        let is_lit = lit.is_some_and(|[a, b]| (a.min(b)..=a.max(b)).contains(&bar.at));
        if is_lit || response.hovered() {
            ui.painter().rect_filled(column, 0.0, visuals.widgets.hovered.bg_fill);
        }
        let full = column_of(area, left, width, bar.rows, share(bar.rows));
        let fill = color(ui, bar);
        ui.painter().rect_filled(full, 0.0, fill);
        if bar.rows > 0 {
            let rim = Stroke::new(0.5, visuals.weak_text_color());
            ui.painter().rect_stroke(full, 0.0, rim, StrokeKind::Inside);
        }
        if bar.chosen_rows > 0 {
            let inner = column_of(area, left, width, bar.chosen_rows, share(bar.chosen_rows));
            let aside = (width * 0.2).min(6.0);
            chosen_part(ui, inner.shrink2(vec2(aside, 0.0)), &visuals);
        }
        ring(ui, &response, column);
        response.on_hover_text(text);
        left += width;
    }
    ui.painter().hline(area.x_range(), area.bottom(), visuals.widgets.noninteractive.bg_stroke);
    edges(ui, session, of, axis, area, &font);
    asked
}

fn column_of(area: Rect, left: f32, width: f32, rows: u64, height: f32) -> Rect {
    // So that few rows beside many are still seen.
    let height = if rows > 0 { height.max(2.0) } else { 0.0 };
    Rect::from_min_max(
        pos2(left + 0.5, area.bottom() - height),
        pos2(left + width - 0.5, area.bottom()),
    )
}

/// The part selected: dark on light, light on dark, with a rim that shows it on any colour.
fn chosen_part(ui: &Ui, rect: Rect, visuals: &egui::Visuals) {
    ui.painter().rect_filled(rect, 0.0, visuals.strong_text_color());
    let rim = Stroke::new(1.0, visuals.extreme_bg_color);
    ui.painter().rect_stroke(rect, 0.0, rim, StrokeKind::Outside);
}

fn ring(ui: &Ui, response: &Response, around: Rect) {
    if response.has_focus() {
        let ring = Stroke::new(2.0, super::super::theme::focus(ui.ctx()));
        ui.painter().rect_stroke(around, 2.0, ring, StrokeKind::Inside);
    }
}

/// How many rows the highest bar stands for, and half of it as a line.
fn scale(ui: &Ui, area: Rect, font: &FontId, most: &str) {
    let visuals = ui.visuals();
    let line = Stroke::new(0.5, visuals.weak_text_color().gamma_multiply(0.6));
    ui.painter().hline(area.x_range(), area.top(), line);
    ui.painter().hline(area.x_range(), area.center().y, line);
    let at = pos2(area.left(), area.top() - 2.0);
    ui.painter().text(at, Align2::LEFT_BOTTOM, most, font.clone(), visuals.text_color());
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a small whole number that is not negative; clamped"
)]
fn bar_at(place: f32, count: usize) -> usize {
    place.floor().clamp(0.0, count.saturating_sub(1) as f32) as usize
}

/// Where bars begin and end, as many as there is room for; the first and the last always.
#[expect(clippy::cast_precision_loss, reason = "a picture")]
fn edges(ui: &Ui, session: &Session, of: &Bars, axis: Axis, area: Rect, font: &FontId) {
    let mut places: Vec<f64> = Vec::with_capacity(of.bars.len() + 1);
    for bar in &of.bars {
        if let BarOf::Range([from, to]) = bar {
            if places.is_empty() {
                places.push(*from);
            }
            places.push(*to);
        }
    }
    let last = places.len().saturating_sub(1);
    let painter = ui.painter();
    let ink = ui.visuals().text_color();
    let layout = |at: f64| {
        painter.layout_no_wrap(words::edge(axis, at, session.language), font.clone(), ink)
    };
    let end = places.last().map_or(0.0, |at| layout(*at).size().x);
    let mut free = area.left();
    for (at, place) in places.iter().enumerate() {
        let x = area.left() + area.width() * at as f32 / last.max(1) as f32;
        let text = layout(*place);
        let width = text.size().x;
        let left = (x - width / 2.0).clamp(area.left(), (area.right() - width).max(area.left()));
        let fits = left >= free && (at == last || left + width + 8.0 <= area.right() - end);
        if fits {
            painter.vline(x, area.bottom()..=area.bottom() + 3.0, Stroke::new(1.0, ink));
            painter.galley(pos2(left, area.bottom() + 3.0), text, ink);
            free = left + width + 8.0;
        }
    }
}

/// Bars under each other, each with its name and its number.
pub(super) fn under(
    ui: &mut Ui,
    session: &Session,
    bars: &[Bar],
    measure: (Measure, &str),
) -> Asked {
    let values =
        bars.iter().filter(|bar| !bar.is_rest).flat_map(|bar| [bar.value, bar.chosen]).flatten();
    let (least, most) = values.fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let span = (most - least).max(f64::MIN_POSITIVE);
    let mut asked = None;
    ui.spacing_mut().item_spacing.y = 1.0;
    for bar in bars {
        let size = vec2(ui.available_width(), LINE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let text = bar.words(session, Some(measure));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text.as_str()));
        if response.clicked() {
            asked = Some(([bar.at, bar.at], how(ui)));
        }
        if ui.is_rect_visible(rect) {
            let visuals = ui.visuals().clone();
            if response.hovered() {
                ui.painter().rect_filled(rect, 2.0, visuals.widgets.hovered.weak_bg_fill);
            }
            let (name, rest) = rect.split_left_right_at_fraction(0.4);
            let (track, number) = rest.split_left_right_at_fraction(0.64);
            line(ui, name.shrink2(vec2(3.0, 0.0)), &bar.name, visuals.text_color());
            let shown = bar
                .value
                .map_or_else(|| "–".to_owned(), |value| words::figure(value, session.language));
            let font = TextStyle::Body.resolve(ui.style());
            let at = number.right_center() - vec2(3.0, 0.0);
            ui.painter().text(at, Align2::RIGHT_CENTER, shown, font, visuals.text_color());
            let track = track.shrink2(vec2(3.0, 4.0));
            #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
            let x = |value: f64| {
                track.left() + track.width() * ((value - least) / span).clamp(0.0, 1.0) as f32
            };
            let of = |value: f64| {
                let (a, b) = (x(0.0), x(value));
                let right = b.max(a).max(a.min(b) + 1.5);
                Rect::from_min_max(pos2(a.min(b), track.top()), pos2(right, track.bottom()))
            };
            if let Some(value) = bar.value.filter(|_| !bar.is_rest) {
                ui.painter().rect_filled(of(value), 1.0, color(ui, bar));
                let rim = Stroke::new(0.5, visuals.weak_text_color());
                ui.painter().rect_stroke(of(value), 1.0, rim, StrokeKind::Inside);
            }
            if let Some(chosen) = bar.chosen.filter(|_| !bar.is_rest) {
                chosen_part(ui, of(chosen).shrink2(vec2(0.0, 4.0)), &visuals);
            }
            ring(ui, &response, rect);
        }
        response.on_hover_text(text);
    }
    asked
}

/// A text in one line, cut where there is no room.
fn line(ui: &Ui, rect: Rect, text: &str, ink: Color32) {
    let format = TextFormat::simple(TextStyle::Body.resolve(ui.style()), ink);
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width(rect.width());
    let text = ui.painter().layout_job(job);
    let at = pos2(rect.left(), rect.center().y - text.size().y / 2.0);
    ui.painter().galley(at, text, ink);
}

/// Whether Escape ends a drag.
pub(super) fn is_given_up(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(Key::Escape))
}
