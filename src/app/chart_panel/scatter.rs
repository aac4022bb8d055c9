//! Two numbers of each row beside each other: points while they are few, else cells that are the
//! darker the more rows they hold. A rectangle drawn over them selects.

use egui::{
    Align2, Color32, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, TextStyle, Ui,
    WidgetInfo, pos2, vec2,
};

use super::super::selection::Choose;
use super::super::session::Session;
use super::super::theme;
use super::making::{Made, Part};
use super::{how, share, words};
use crate::i18n::Message;
use crate::table::Scatter;

/// How high it is, points.
const HEIGHT: f32 = 240.0;
const BELOW: f32 = 34.0;
const ABOVE: f32 = 20.0;
/// How large a point is.
const POINT: f32 = 2.5;

/// What was asked for: what lies within (least and greatest across, then up), to join so.
pub(super) type Asked = Option<([[f64; 2]; 2], Choose)>;

/// The frame of the chart: numbers and their places.
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

    /// The numbers between two corners.
    fn within(&self, rect: Rect) -> [[f64; 2]; 2] {
        let at = |share: f32, [least, most]: [f64; 2]| {
            let share = f64::from(share);
            least * (1.0 - share) + most * share
        };
        let (area, [across, up]) = (self.area, self.ends);
        let x = |x: f32| at((x - area.left()) / area.width().max(1.0), across);
        let y = |y: f32| at((area.bottom() - y) / area.height().max(1.0), up);
        // The points on the rim are taken by a rectangle that reaches past it.
        let beyond = |edge: f64, past: bool, far: f64| if past { far } else { edge };
        [
            [
                beyond(x(rect.left()), rect.left() <= area.left(), f64::NEG_INFINITY),
                beyond(x(rect.right()), rect.right() >= area.right(), f64::INFINITY),
            ],
            [
                beyond(y(rect.bottom()), rect.bottom() >= area.bottom(), f64::NEG_INFINITY),
                beyond(y(rect.top()), rect.top() <= area.top(), f64::INFINITY),
            ],
        ]
    }
}

/// Shows it; `drag` is where a rectangle was begun.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    made: &Made,
    scatter: &Scatter,
    part: Option<&Part>,
    drag: &mut Option<Pos2>,
) -> Asked {
    let size = vec2(ui.available_width(), HEIGHT + ABOVE + BELOW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let title = |at: usize| {
        let field = scatter.fields.get(at).and_then(|field| made.table().fields.get(*field));
        field.map(|field| field.title().to_owned()).unwrap_or_default()
    };
    let chosen = part.map_or(0, |part| part.cells.iter().sum());
    let text = Message::new("app-chart-scatter-words")
        .text("across", title(0))
        .text("up", title(1))
        .count("rows", scatter.rows)
        .count("chosen", chosen);
    let text = session.say(&text);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, text.as_str()));
    let area = Rect::from_min_max(rect.min + vec2(8.0, ABOVE), rect.max - vec2(8.0, BELOW));
    let axes = Axes { area, ends: scatter.ends };
    let visuals = ui.visuals().clone();
    ui.painter().rect_filled(rect, 4.0, visuals.extreme_bg_color);
    ui.painter().rect_stroke(
        area.expand(POINT + 1.0),
        0.0,
        visuals.widgets.noninteractive.bg_stroke,
        StrokeKind::Outside,
    );
    if scatter.points.is_empty() {
        cells(ui, &axes, scatter, part);
    } else {
        points(ui, &axes, scatter, part);
    }
    ends(ui, session, scatter, area, &[title(0), title(1)]);
    if response.has_focus() {
        let ring = Stroke::new(2.0, theme::focus(ui.ctx()));
        ui.painter().rect_stroke(rect, 4.0, ring, StrokeKind::Inside);
    }
    let pointer = response.interact_pointer_pos();
    if response.drag_started() {
        *drag = ui.input(|input| input.pointer.press_origin()).or(pointer);
    }
    let drawn = drag.zip(pointer).map(|(from, to)| Rect::from_two_pos(from, to));
    if let Some(drawn) = drawn {
        let shown = drawn.intersect(area.expand(4.0));
        ui.painter().rect_filled(shown, 0.0, theme::accent(ui).gamma_multiply(0.15));
        let rim = Stroke::new(1.5, theme::accent(ui));
        ui.painter().rect_stroke(shown, 0.0, rim, StrokeKind::Inside);
    }
    let asked = match (response.drag_stopped(), drawn) {
        (true, Some(drawn)) => Some((axes.within(drawn), how(ui))),
        _ => response.clicked().then_some(pointer).flatten().map(|at| {
            let near = Rect::from_center_size(at, vec2(10.0, 10.0));
            (axes.within(near), how(ui))
        }),
    };
    if response.drag_stopped() {
        *drag = None;
    }
    asked
}

fn points(ui: &Ui, axes: &Axes, scatter: &Scatter, part: Option<&Part>) {
    let is_chosen = |row: usize| part.is_some_and(|part| part.rows.contains(row));
    let accent = theme::accent(ui).gamma_multiply(0.6);
    let painter = ui.painter();
    for (_, at) in scatter.points.iter().filter(|(row, _)| !is_chosen(*row)) {
        painter.circle_filled(axes.place(*at), POINT, accent);
    }
    // Those selected lie on top: larger, with a rim.
    let rim = Stroke::new(1.0, ui.visuals().extreme_bg_color);
    for (_, at) in scatter.points.iter().filter(|(row, _)| is_chosen(*row)) {
        painter.circle(axes.place(*at), POINT + 1.5, ui.visuals().strong_text_color(), rim);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture")]
fn cells(ui: &Ui, axes: &Axes, scatter: &Scatter, part: Option<&Part>) {
    let most = scatter.cells.iter().copied().max().unwrap_or(0).max(1) as f32;
    let [columns, rows] = scatter.grid;
    let cell =
        vec2(axes.area.width() / columns.max(1) as f32, axes.area.height() / rows.max(1) as f32);
    for (at, count) in scatter.cells.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (column, row) = (at % columns.max(1), at / columns.max(1));
        let corner = pos2(
            axes.area.left() + cell.x * column as f32,
            axes.area.bottom() - cell.y * (row + 1) as f32,
        );
        let rect = Rect::from_min_size(corner, cell);
        // By the root, so that cells of few rows are seen beside those of many.
        let share = 0.12 + 0.88 * (*count as f32 / most).sqrt();
        ui.painter().rect_filled(rect, 0.0, theme::accent(ui).gamma_multiply(share));
        let chosen = part.and_then(|part| part.cells.get(at)).copied().unwrap_or(0);
        if chosen > 0 {
            let share = (chosen as f32 / *count as f32).sqrt().clamp(0.35, 1.0);
            let inner = Rect::from_center_size(rect.center(), rect.size() * share * 0.8);
            ui.painter().rect_filled(inner, 0.0, ui.visuals().strong_text_color());
        }
    }
}

/// What the axes are of, and where they begin and end.
fn ends(ui: &Ui, session: &Session, scatter: &Scatter, area: Rect, titles: &[String; 2]) {
    let font = TextStyle::Small.resolve(ui.style());
    let (ink, weak) = (ui.visuals().text_color(), ui.visuals().strong_text_color());
    let edge = |axis: usize, end: usize| {
        let at = scatter.ends.get(axis).and_then(|ends| ends.get(end)).copied();
        let kind = scatter.axes.get(axis).copied();
        at.zip(kind).map(|(at, kind)| words::edge(kind, at, session.language)).unwrap_or_default()
    };
    let (left, right) = (area.left(), area.right());
    let under = area.bottom() + 6.0;
    text(ui, pos2(left, under), Align2::LEFT_TOP, edge(0, 0), &font, ink);
    text(ui, pos2(right, under), Align2::RIGHT_TOP, edge(0, 1), &font, ink);
    let middle = pos2(area.center().x, under + 12.0);
    text(ui, middle, Align2::CENTER_TOP, titles[0].clone(), &font, weak);
    let over = area.top() - 4.0;
    let up = format!("{}: {} – {}", titles[1], edge(1, 0), edge(1, 1));
    text(ui, pos2(left, over), Align2::LEFT_BOTTOM, up, &font, weak);
}

fn text(ui: &Ui, at: Pos2, align: Align2, text: String, font: &FontId, ink: Color32) {
    ui.painter().text(at, align, text, font.clone(), ink);
}
