//! A small chart of numbers over time: steps, because a number holds until the next one.

use chrono::{DateTime, Local, Timelike as _, Utc};
use egui::{
    Align2, FontId, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, TextStyle, Ui, WidgetInfo,
    pos2, vec2,
};

use super::super::theme;
use crate::i18n::{Language, Message, format_date_time, format_plain_number};
use crate::portal::{History, Series};

/// The height with the words below it, points.
const HEIGHT: f32 = 120.0;

/// Room for the times below and the numbers at the left, points.
const BELOW: f32 = 18.0;
const LEFT: f32 = 44.0;

/// What the axes reach over.
struct Axes {
    area: Rect,
    first: DateTime<Utc>,
    last: DateTime<Utc>,
    least: f64,
    most: f64,
}

/// Shows the chart over a span of time.
pub(super) fn show(
    ui: &mut Ui,
    language: Language,
    title: &str,
    series: &Series,
    history: &History,
) {
    let (first, last) = history.span;
    let Some((least, most)) = reach(series) else { return };
    let size = vec2(ui.available_width().max(120.0), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let words = words(title, language, series, (first, last), (least, most));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let area = Rect::from_min_max(rect.min + vec2(LEFT, 6.0), rect.max - vec2(6.0, BELOW));
    // A line along the middle where nothing changes.
    let flat = if most > least { 0.0 } else { most.abs().mul_add(0.1, 1.0) };
    let axes = Axes { area, first, last, least: least - flat, most: most + flat };
    if ui.is_rect_visible(rect) {
        if response.has_focus() {
            let ring = Stroke::new(2.0, theme::focus(ui.ctx()));
            ui.painter().rect_stroke(rect, 4.0, ring, egui::StrokeKind::Inside);
        }
        frame(ui, &axes, language, (least, most));
        let stroke = Stroke::new(2.0, theme::accent(ui));
        line(ui.painter(), &axes, series, &history.unseen, stroke);
    }
    if let Some(pointer) = response.hover_pos().filter(|at| area.contains(*at)) {
        point(ui, &axes, series, pointer, language);
    }
    response.on_hover_text(words);
}

/// The smallest and the largest number; none where there is none.
fn reach(series: &Series) -> Option<(f64, f64)> {
    let numbers = series.readings.iter().filter_map(|(_, number)| *number);
    numbers.fold(None, |reach, number| {
        let (least, most) = reach.unwrap_or((number, number));
        Some((number.min(least), number.max(most)))
    })
}

/// All that the chart shows, for who does not see it.
fn words(
    title: &str,
    language: Language,
    series: &Series,
    (first, last): (DateTime<Utc>, DateTime<Utc>),
    (least, most): (f64, f64),
) -> String {
    let number = |number: f64| format_plain_number(language, number, 2);
    let newest = series.readings.last().and_then(|(_, number)| *number);
    let newest = newest.map_or_else(|| "–".to_owned(), number);
    Message::new("app-history-words")
        .text("field", title)
        .text("from", time(first, first, last, language))
        .text("to", time(last, first, last, language))
        .text("least", number(least))
        .text("most", number(most))
        .text("last", newest)
        .in_language(language)
}

/// A time on this machine's clock; with the day where the chart reaches over several.
fn time(
    at: DateTime<Utc>,
    first: DateTime<Utc>,
    last: DateTime<Utc>,
    language: Language,
) -> String {
    let local = |at: DateTime<Utc>| at.with_timezone(&Local).naive_local();
    if local(first).date() == local(last).date() {
        local(at).format("%H:%M").to_string()
    } else {
        let at = local(at);
        format_date_time(language, at.with_second(0).unwrap_or(at))
    }
}

impl Axes {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a place")]
    fn x(&self, at: DateTime<Utc>) -> f32 {
        // A first minute fills the chart from its right end.
        let span = (self.last - self.first).num_milliseconds().max(60_000) as f64;
        let part = 1.0 - (self.last - at).num_milliseconds() as f64 / span;
        self.area.left() + self.area.width() * part.clamp(0.0, 1.0) as f32
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place")]
    fn y(&self, number: f64) -> f32 {
        let part = (number - self.least) / (self.most - self.least).max(f64::MIN_POSITIVE);
        self.area.bottom() - self.area.height() * part.clamp(0.0, 1.0) as f32
    }
}

/// The axes with their numbers and times.
fn frame(ui: &Ui, axes: &Axes, language: Language, (least, most): (f64, f64)) {
    let painter = ui.painter();
    let area = axes.area;
    let thin = ui.visuals().widgets.noninteractive.bg_stroke;
    let color = ui.visuals().text_color();
    let font: FontId = TextStyle::Small.resolve(ui.style());
    painter.hline(area.x_range(), area.bottom(), thin);
    let mut numbers = vec![least, most];
    numbers.dedup();
    for number in numbers {
        let y = axes.y(number);
        painter.hline(area.x_range(), y, thin);
        let at = pos2(area.left() - 5.0, y);
        let text = format_plain_number(language, number, 1);
        painter.text(at, Align2::RIGHT_CENTER, text, font.clone(), color);
    }
    let (first, last) = (axes.first, axes.last);
    let ends = [first, last].map(|at| time(at, first, last, language));
    let [from, to] = &ends;
    let bottom = area.bottom() + 3.0;
    painter.text(pos2(area.right(), bottom), Align2::RIGHT_TOP, to, font.clone(), color);
    if from != to {
        painter.text(pos2(area.left(), bottom), Align2::LEFT_TOP, from, font, color);
    }
}

/// A time from one moment to another.
type Stretch = (DateTime<Utc>, DateTime<Utc>);

/// The parts of a time that are not among others; a moment stays one.
fn without((begin, end): Stretch, others: &[Stretch]) -> Vec<Stretch> {
    let mut parts = Vec::new();
    let mut from = begin;
    for (out, back) in others {
        if *out < end && *back > from {
            if from < *out {
                parts.push((from, *out));
            }
            from = *back;
        }
    }
    if from < end || begin == end {
        parts.push((from, end));
    }
    parts
}

/// The numbers as steps, with gaps where there was none and where nobody looked.
fn line(painter: &Painter, axes: &Axes, series: &Series, unseen: &[Stretch], stroke: Stroke) {
    let mut steps: Vec<Pos2> = Vec::new();
    let end = |steps: &mut Vec<Pos2>| {
        if steps.len() > 1 {
            painter.add(Shape::line(std::mem::take(steps), stroke));
        }
        steps.clear();
    };
    for (place, (at, number)) in series.readings.iter().enumerate() {
        let until = series.readings.get(place + 1).map_or(axes.last, |(next, _)| *next);
        match number {
            Some(number) => {
                let y = axes.y(*number);
                for (from, to) in without((*at, until), unseen) {
                    let is_after = steps.last().is_none_or(|before| before.x < axes.x(from));
                    if is_after {
                        end(&mut steps);
                    }
                    steps.extend([pos2(axes.x(from), y), pos2(axes.x(to), y)]);
                }
            }
            None => end(&mut steps),
        }
    }
    end(&mut steps);
}

/// The number under the pointer.
fn point(ui: &Ui, axes: &Axes, series: &Series, pointer: Pos2, language: Language) {
    let place = series.readings.partition_point(|(at, _)| axes.x(*at) <= pointer.x);
    let reading = place.checked_sub(1).and_then(|place| series.readings.get(place));
    let Some((at, Some(number))) = reading else { return };
    let spot = pos2(pointer.x.max(axes.x(*at)), axes.y(*number));
    let painter = ui.painter();
    painter.circle_filled(spot, 3.5, theme::GOLD);
    let text = format!(
        "{} · {}",
        time(*at, axes.first, axes.last, language),
        format_plain_number(language, *number, 2)
    );
    let font: FontId = TextStyle::Small.resolve(ui.style());
    let is_right = pointer.x > axes.area.center().x;
    let align = if is_right { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
    let color = ui.visuals().strong_text_color();
    let galley = painter.layout_no_wrap(text, font, color);
    let place = align.anchor_size(spot + vec2(0.0, -6.0), galley.size());
    let place = place.translate(vec2(0.0, (axes.area.top() - place.top()).max(0.0)));
    painter.rect_filled(place.expand(3.0), 3.0, ui.visuals().window_fill);
    painter.galley(place.min, galley, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + 60 * minute, 0).unwrap()
    }

    #[test]
    fn the_words_say_what_the_chart_shows() {
        let readings = vec![(minute(0), Some(5.0)), (minute(1), None), (minute(2), Some(1.5))];
        let series = Series { field: "vrij".into(), readings };
        assert_eq!(reach(&series), Some((1.5, 5.0)));
        let span = (minute(0), minute(3));
        let words = words("Vrij", Language::Dutch, &series, span, (1.5, 5.0));
        assert!(words.starts_with("Vrij van "), "{words}");
        assert!(words.ends_with("laagste 1,5, hoogste 5, laatste 1,5"), "{words}");
    }

    #[test]
    fn what_nobody_saw_is_left_out() {
        let part = |from, to| (minute(from), minute(to));
        let unseen = [part(3, 5), part(8, 20)];
        assert_eq!(without(part(0, 10), &unseen), [part(0, 3), part(5, 8)]);
        assert_eq!(without(part(0, 2), &unseen), [part(0, 2)]);
        assert_eq!(without(part(3, 5), &unseen), []);
        assert_eq!(without(part(4, 7), &unseen), [part(5, 7)]);
        assert_eq!(without(part(9, 30), &unseen), [part(20, 30)]);
    }

    #[test]
    fn places_stay_within_the_axes() {
        let area = Rect::from_min_max(pos2(10.0, 10.0), pos2(110.0, 60.0));
        let axes = Axes { area, first: minute(0), last: minute(10), least: 0.0, most: 100.0 };
        assert!((axes.x(minute(5)) - 60.0).abs() < 0.01);
        assert!((axes.x(minute(-5)) - 10.0).abs() < 0.01 && axes.x(minute(99)) <= 110.0);
        assert!((axes.y(0.0) - 60.0).abs() < 0.01 && (axes.y(100.0) - 10.0).abs() < 0.01);
    }
}
