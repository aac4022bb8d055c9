//! The square of two numbers crossed in the legend over the map.

use egui::{Align2, Rect, Response, RichText, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use super::session::Session;
use super::swatch;
use super::theme;
use crate::i18n::format_integer;
use crate::style::ramp::Vision;
use crate::style::{GridPlan, LegendAxis, LegendCell, LegendGrid};
use crate::table::PartKind;

/// How the square is shown.
#[derive(Clone, Copy)]
pub(super) struct GridLook {
    /// 0 to 1.
    pub opacity: f32,
    pub vision: Vision,
    /// Whether the cells say how many rows they have.
    pub with_counts: bool,
}

/// Shows the square between the names of its numbers. Gives what was pointed at of it.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    grid: &LegendGrid,
    look: GridLook,
) -> Vec<Response> {
    written(ui, &grid.up);
    let plan = grid.plan();
    let [width, height] = plan.size;
    let (rect, square) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let at = |[x, y]: [f32; 2]| rect.min + vec2(x, y);
    let ink = ui.visuals().text_color();
    for (shaft, head) in plan.shafts.iter().zip(&plan.heads) {
        ui.painter().line_segment(shaft.map(at), Stroke::new(1.0, ink));
        let corners = head.iter().copied().map(at).collect();
        ui.painter().add(Shape::convex_polygon(corners, ink, Stroke::NONE));
    }
    let made = cells(ui, session, grid, &plan, &square, look);
    written(ui, &grid.across);
    made
}

/// The cells in the place of the square.
fn cells(
    ui: &mut Ui,
    session: &Session,
    grid: &LegendGrid,
    plan: &GridPlan,
    square: &Response,
    look: GridLook,
) -> Vec<Response> {
    let mut made = Vec::with_capacity(grid.cells.len());
    for (number, (cell, [x, y])) in grid.cells.iter().zip(&plan.cells).enumerate() {
        let corner = square.rect.min + vec2(*x, *y);
        let area = Rect::from_min_size(corner, vec2(plan.side, plan.side));
        let response = ui.interact(area, square.id.with(("cell", number)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, cell.label.as_str()));
        paint(ui, area, cell, look);
        let count = format_integer(session.language, i64::try_from(cell.count).unwrap_or(i64::MAX));
        if look.with_counts {
            count_in(ui, area, cell, &count, look);
        }
        made.push(response.on_hover_text(format!("{}: {count}", cell.label)));
    }
    made
}

fn paint(ui: &Ui, area: Rect, cell: &LegendCell, look: GridLook) {
    let Some(symbol) = cell.symbol else {
        let rim = Stroke::new(0.75, ui.visuals().weak_text_color());
        ui.painter().rect_stroke(area, 2.0, rim, egui::StrokeKind::Inside);
        return;
    };
    let symbol = look.vision.of_symbol(symbol.in_opacity(look.opacity));
    swatch::paint_part(ui.painter(), area, symbol, PartKind::Polygon);
}

/// How many rows a cell has, in what stands out on its colour.
fn count_in(ui: &Ui, area: Rect, cell: &LegendCell, count: &str, look: GridLook) {
    let ground =
        cell.symbol.map(|symbol| swatch::on_screen(look.vision.of(symbol.fill.with_alpha(255))));
    let ink = ground.map_or(ui.visuals().text_color(), theme::ink_on);
    let font = egui::TextStyle::Small.resolve(ui.style());
    let text = ui.painter().layout_no_wrap(count.to_owned(), font, ink);
    // Where it does not fit it is told under the pointer alone.
    if text.size().x <= area.width() {
        let place = Align2::CENTER_CENTER.anchor_size(area.center(), text.size());
        ui.painter().galley(place.min, text, ink);
    }
}

/// The name of a number and where its classes begin and end.
fn written(ui: &mut Ui, axis: &LegendAxis) {
    ui.label(RichText::new(&axis.name).small());
    ui.label(RichText::new(&axis.ends).small().weak());
}
