//! A number in the course of time, a line for each thing: the first lines are drawn, those selected
//! before all others. Under it each line is a button that selects its rows.

use std::ops::RangeInclusive;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, StringArray};
use egui::{
    Align2, Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind,
    TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use super::super::selection::Choose;
use super::super::session::Session;
use super::super::swatch::on_screen;
use super::super::table::statistics::value;
use super::super::theme;
use super::making::{Brushed, Made, Part};
use super::{how, share, words};
use crate::i18n::Message;
use crate::page::{ChartLine, ChartLines};
use crate::style::{Dash, line_hue};
use crate::table::{Course, CourseLine, Field, FieldKind, Table, Value};

/// How many lines are drawn: more can not be told apart.
pub(super) const MOST_LINES: usize = 6;

/// How its readings are copied and saved as a table.
pub(super) const HANDED_OVER: (&str, &str) = ("app-chart-copy-readings", "app-chart-save-readings");

const HEIGHT: f32 = 200.0;
const BELOW: f32 = 22.0;
const ABOVE: f32 = 22.0;
/// How high a line of the list is.
const LINE: f32 = 22.0;
/// How long the piece of a line is that stands beside its name.
const SAMPLE: f32 = 26.0;

/// A line that is drawn.
pub(super) struct Drawn<'a> {
    /// Its place among the lines as they were made.
    pub at: usize,
    pub line: &'a CourseLine,
    /// What it is of.
    pub name: String,
    pub is_chosen: bool,
    pub hue: crate::style::Color,
    pub dash: Dash,
}

/// The lines that are drawn: those of most rows, and those with selected rows whatever else.
pub(super) fn drawn<'a>(
    session: &Session,
    made: &Made,
    course: &'a Course,
    by: Option<usize>,
    part: Option<&Part>,
) -> Vec<Drawn<'a>> {
    let chosen = part.map(|part| part.lines.as_slice()).unwrap_or_default();
    let first = (0..MOST_LINES).filter(|at| !chosen.contains(at));
    let of = |at: usize, is_chosen| course.lines.get(at).map(|line| (at, line, is_chosen));
    let lines: Vec<(usize, &CourseLine, bool)> = chosen
        .iter()
        .filter_map(|at| of(*at, true))
        .chain(first.filter_map(|at| of(at, false)))
        .take(MOST_LINES)
        .collect();
    // A line keeps its look whatever is selected; the others take what is free.
    let is_free = |look: &usize| lines.iter().all(|(at, ..)| at != look);
    let free: Vec<usize> = (0..MOST_LINES).filter(is_free).collect();
    let mut free = free.into_iter();
    let mut looks: Vec<(usize, (usize, &CourseLine, bool))> = lines
        .into_iter()
        .map(|line| (if line.0 < MOST_LINES { line.0 } else { free.next().unwrap_or(0) }, line))
        .collect();
    looks.sort_by_key(|(look, _)| *look);
    let dashes = [Dash::Solid, Dash::Dashed, Dash::Dotted];
    let named = looks.into_iter().map(|(look, (at, line, is_chosen))| {
        let first = line.rows.first().map_or(0, |row| *row as usize);
        let name = by.map(|by| value(made.table(), by, first, session.language));
        let name = name.filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| {
            session.tr(if by.is_some() { "app-stat-empty-text" } else { "app-chart-all" })
        });
        let dash = dashes.get(look % dashes.len()).copied().unwrap_or(Dash::Solid);
        Drawn { at, line, name, is_chosen, hue: line_hue(look), dash }
    });
    named.collect()
}

/// The frame: moments and numbers, and their places.
struct Axes {
    area: Rect,
    ends: [[f64; 2]; 2],
}

impl Axes {
    fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        pos2(
            self.area.left() + self.area.width() * share(x, self.ends[0]),
            self.area.bottom() - self.area.height() * share(y, self.ends[1]),
        )
    }

    fn time(&self, x: f32) -> f64 {
        let share = f64::from((x - self.area.left()) / self.area.width().max(1.0)).clamp(0.0, 1.0);
        let [least, most] = self.ends[0];
        least * (1.0 - share) + most * share
    }
}

/// What was asked for: rows, to join the selection so.
pub(super) type Asked = Option<(Brushed, Choose)>;

/// Shows it; `drag` is where a stretch of time was begun.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    made: &Made,
    course: &Course,
    lines: &[Drawn<'_>],
    drag: &mut Option<Pos2>,
) -> Asked {
    let size = vec2(ui.available_width(), HEIGHT + ABOVE + BELOW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let text = session.say(&words_of(made, course));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, text.as_str()));
    let area = Rect::from_min_max(rect.min + vec2(8.0, ABOVE), rect.max - vec2(8.0, BELOW));
    let axes = Axes { area, ends: course.ends };
    ui.painter().rect_filled(rect, 4.0, ui.visuals().extreme_bg_color);
    scale(ui, session, made, course, area);
    let painter = ui.painter_at(rect);
    // Those selected on top.
    let in_order = [false, true]
        .into_iter()
        .flat_map(|is_chosen| lines.iter().rev().filter(move |line| line.is_chosen == is_chosen));
    for line in in_order {
        let points: Vec<Pos2> = line.line.points.iter().map(|at| axes.place(*at)).collect();
        draw(&painter, line, points);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, theme::focus(ui.ctx()));
        ui.painter().rect_stroke(rect, 4.0, ring, StrokeKind::Inside);
    }
    let asked = stretch(ui, &response, &axes, drag);
    if let Some(at) = response.hover_pos().filter(|at| area.contains(*at) && drag.is_none()) {
        at_moment(ui, session, course, lines, &axes, at, &response);
    }
    ui.add_space(4.0);
    let chosen = ui.scope(|ui| list(ui, session, lines)).inner;
    asked.or(chosen)
}

fn words_of(made: &Made, course: &Course) -> Message {
    let title = |field: usize| {
        made.table().fields.get(field).map(|field| field.title().to_owned()).unwrap_or_default()
    };
    Message::new("app-chart-course-words")
        .text("number", title(course.fields[1]))
        .count("rows", course.rows)
        .count("lines", u64::try_from(course.lines.len()).unwrap_or(u64::MAX))
}

/// The stretch of time that the pointer is drawn over, and what is asked when it is let go.
fn stretch(ui: &Ui, response: &Response, axes: &Axes, drag: &mut Option<Pos2>) -> Asked {
    let pointer = response.interact_pointer_pos();
    if response.drag_started() {
        *drag = ui.input(|input| input.pointer.press_origin()).or(pointer);
    }
    let drawn = (*drag).zip(pointer).map(|(from, to)| [from.x.min(to.x), from.x.max(to.x)]);
    if let Some([left, right]) = drawn {
        let area = axes.area;
        let shown = Rect::from_x_y_ranges(left..=right, area.y_range()).intersect(area);
        ui.painter().rect_filled(shown, 0.0, theme::accent(ui).gamma_multiply(0.15));
    }
    if !response.drag_stopped() {
        return None;
    }
    *drag = None;
    let [left, right] = drawn?;
    let all = [f64::NEG_INFINITY, f64::INFINITY];
    Some((Brushed::Within([[axes.time(left), axes.time(right)], all]), how(ui)))
}

/// What each line says at the moment under the pointer.
fn at_moment(
    ui: &Ui,
    session: &Session,
    course: &Course,
    lines: &[Drawn<'_>],
    axes: &Axes,
    at: Pos2,
    response: &Response,
) {
    let time = axes.time(at.x);
    let stroke = Stroke::new(1.0, ui.visuals().weak_text_color());
    ui.painter().vline(at.x, RangeInclusive::from(axes.area.y_range()), stroke);
    let mut text = words::edge(course.axes[0], time, session.language);
    for line in lines {
        if let Some(number) = line.line.at(time) {
            text.push_str(&format!("\n{}: {}", line.name, words::figure(number, session.language)));
        }
    }
    response.clone().on_hover_text_at_pointer(text);
}

fn draw(painter: &Painter, line: &Drawn<'_>, points: Vec<Pos2>) {
    let width = if line.is_chosen { 3.0 } else { 1.5 };
    let color = on_screen(line.hue);
    if let [only] = points.as_slice() {
        painter.circle_filled(*only, width + 1.5, color);
        return;
    }
    stroke(painter, points, Stroke::new(width, color), line.dash);
}

/// A line in its pieces.
fn stroke(painter: &Painter, points: Vec<Pos2>, stroke: Stroke, dash: Dash) {
    match dash.pattern() {
        [piece, gap, ..] => {
            let (piece, gap) = (piece * stroke.width, gap * stroke.width);
            painter.extend(Shape::dashed_line(&points, stroke, piece, gap));
        }
        _ => {
            painter.add(Shape::line(points, stroke));
        }
    }
}

/// The frame with its ends, and what lies up.
fn scale(ui: &Ui, session: &Session, made: &Made, course: &Course, area: Rect) {
    let font = TextStyle::Small.resolve(ui.style());
    let (ink, strong) = (ui.visuals().text_color(), ui.visuals().strong_text_color());
    let edge = ui.visuals().widgets.noninteractive.bg_stroke;
    for share in [0.0, 0.5, 1.0] {
        let y = area.bottom() - area.height() * share;
        ui.painter().hline(RangeInclusive::from(area.x_range()), y, edge);
    }
    let text = |at: Pos2, align: Align2, text: String, ink: Color32| {
        ui.painter().text(at, align, text, font.clone(), ink);
    };
    let of = |axis: usize, end: usize| {
        let ends = course.ends.get(axis).and_then(|ends| ends.get(end)).copied();
        let kind = course.axes.get(axis).copied();
        ends.zip(kind).map(|(at, kind)| words::edge(kind, at, session.language)).unwrap_or_default()
    };
    let under = area.bottom() + 5.0;
    text(pos2(area.left(), under), Align2::LEFT_TOP, of(0, 0), ink);
    text(pos2(area.right(), under), Align2::RIGHT_TOP, of(0, 1), ink);
    let title = made.table().fields.get(course.fields[1]).map_or("", |field| field.title());
    let over = format!("{title}: {} – {}", of(1, 0), of(1, 1));
    text(pos2(area.left(), area.top() - 4.0), Align2::LEFT_BOTTOM, over, strong);
}

/// A button for each line; those that are selected are marked.
fn list(ui: &mut Ui, session: &Session, lines: &[Drawn<'_>]) -> Asked {
    let mut asked = None;
    ui.spacing_mut().item_spacing.y = 1.0;
    for line in lines {
        let size = vec2(ui.available_width(), LINE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let text = session.say(&line.words(session));
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, true, line.is_chosen, text.as_str())
        });
        let visuals = ui.style().interact_selectable(&response, line.is_chosen);
        if response.hovered() || response.has_focus() || line.is_chosen {
            ui.painter().rect_filled(rect, 3.0, visuals.weak_bg_fill);
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, theme::focus(ui.ctx()));
            ui.painter().rect_stroke(rect, 3.0, ring, StrokeKind::Inside);
        }
        let middle = rect.left_center() + vec2(6.0, 0.0);
        let sample = vec![middle, middle + vec2(SAMPLE, 0.0)];
        stroke(ui.painter(), sample, Stroke::new(2.5, on_screen(line.hue)), line.dash);
        let font = TextStyle::Body.resolve(ui.style());
        let last = line.last(session);
        let ink = visuals.text_color();
        let right = ui.painter().text(
            rect.right_center() - vec2(6.0, 0.0),
            Align2::RIGHT_CENTER,
            last,
            font.clone(),
            ink,
        );
        let start = middle + vec2(SAMPLE + 8.0, 0.0);
        let clip = Rect::from_min_max(rect.min, pos2(right.left() - 8.0, rect.max.y));
        let painter = ui.painter_at(clip);
        painter.text(start, Align2::LEFT_CENTER, &line.name, font, ink);
        if response.clicked() {
            asked = Some((Brushed::Line(line.at), how(ui)));
        }
        response.on_hover_text(text);
    }
    asked
}

impl Drawn<'_> {
    fn last(&self, session: &Session) -> String {
        let last = self.line.points.last();
        last.map_or_else(String::new, |[_, number]| words::figure(*number, session.language))
    }

    fn words(&self, session: &Session) -> Message {
        let id = if self.is_chosen { "app-chart-line-chosen" } else { "app-chart-line" };
        Message::new(id)
            .text("name", self.name.as_str())
            .text("number", self.last(session))
            .count("rows", u64::try_from(self.line.rows.len()).unwrap_or(u64::MAX))
    }
}

/// What can be done with it, and how many lines are not drawn.
pub(super) fn hint(course: &Course) -> Message {
    let more = course.lines.len().saturating_sub(MOST_LINES);
    let id = if more == 0 { "app-chart-course-hint" } else { "app-chart-course-hint-more" };
    // That of most rows stands first.
    let is_mean = course.lines.first().is_some_and(|line| line.is_mean);
    Message::new(id)
        .count("lines", u64::try_from(more).unwrap_or(u64::MAX))
        .text("means", if is_mean { "yes" } else { "no" })
}

/// The lines on a page.
pub(super) fn on_page(
    session: &Session,
    made: &Made,
    course: &Course,
    part: Option<&Part>,
) -> ChartLines {
    let ends = |axis: usize| {
        let of = course.axes.get(axis).zip(course.ends.get(axis));
        of.map(|(axis, ends)| ends.map(|at| words::edge(*axis, at, session.language)))
            .unwrap_or_default()
    };
    let title = made.table().fields.get(course.fields[1]).map_or("", |field| field.title());
    let drawn = drawn(session, made, course, made.key.wanted.each(), part);
    let line = |line: Drawn<'_>| ChartLine {
        number: line.last(session),
        points: line
            .line
            .points
            .iter()
            .map(|[x, y]| [share(*x, course.ends[0]), share(*y, course.ends[1])])
            .collect(),
        is_chosen: line.is_chosen,
        color: line.hue,
        dash: line.dash,
        name: line.name,
    };
    ChartLines {
        title: title.to_owned(),
        ends: [ends(0), ends(1)],
        lines: drawn.into_iter().map(line).collect(),
    }
}

/// All readings as rows of a table, line by line: what a line is of, when, the number.
pub(super) fn as_table(made: &Made, course: &Course) -> Option<Table> {
    let table = made.table();
    let rows = || course.lines.iter().flat_map(|line| &line.rows).map(|row| *row as usize);
    let [time, number] = course.fields;
    let fields = made.key.wanted.each().into_iter().chain([time]);
    let (mut made_fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for field in fields {
        let title = table.fields.get(field)?.title().to_owned();
        made_fields.push(Field::new(title, FieldKind::Text));
        let texts = rows().map(|row| Some(table.value(row, field).to_data_text()));
        columns.push(Arc::new(texts.collect::<StringArray>()));
    }
    made_fields.push(Field::new(table.fields.get(number)?.title().to_owned(), FieldKind::Number));
    let numbers = rows().map(|row| match table.value(row, number) {
        Value::Number(number) => Some(number),
        #[expect(clippy::cast_precision_loss, reason = "a number of a chart")]
        Value::Integer(number) => Some(number as f64),
        _ => None,
    });
    columns.push(Arc::new(numbers.collect::<Float64Array>()));
    Table::new("chart", rows().count(), made_fields, columns, None).ok()
}
