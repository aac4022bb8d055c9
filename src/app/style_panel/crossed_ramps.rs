//! Which colours two numbers crossed have.

use egui::{Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::chosen::{self, Edge};
use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::swatch::on_screen;
use super::ramps::{Fit, Ramps};
use crate::style::RampChoice;
use crate::style::ramp::{CROSSED_RAMPS, CrossedRamp, crossed_ramp};

/// The side of a square of colours, points.
const SIDE: f32 = 36.0;

impl Ramps {
    /// The squares of colours beside each other, and what the chosen one is fit for with so many
    /// classes across and up.
    pub fn show_crossed(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        choice: &mut RampChoice,
        sides: [usize; 2],
    ) {
        let sides = sides.map(|side| side.max(2));
        let label = session.tr("app-crossed-colors");
        let now = crossed_ramp(&choice.id);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for ramp in &CROSSED_RAMPS {
                let is_on = ramp.id == now.id;
                if square(ui, ramp, sides, choice.reversed, (&label, is_on)).clicked() {
                    ramp.id.clone_into(&mut choice.id);
                }
            }
            let turn = session.tr("app-crossed-turn");
            if icons::toggle(ui, Icon::Renew, &turn, choice.reversed).clicked() {
                choice.reversed = !choice.reversed;
            }
        });
        let fit = *self
            .crossed
            .entry((now.id, sides))
            .or_insert_with(|| Fit { safe: now.is_safe(sides), grey: now.prints_in_grey(sides) });
        let [across, up] = sides;
        fit.say(ui, session, across * up);
    }
}

/// The colours in a square, as a button.
fn square(
    ui: &mut Ui,
    ramp: &CrossedRamp,
    [across, up]: [usize; 2],
    is_turned: bool,
    (label, is_on): (&str, bool),
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE + 6.0, SIDE + 8.0), Sense::click());
    let name = format!("{label}: {}", ramp.id);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_on, name.as_str()));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let area = Rect::from_min_size(rect.min + vec2(3.0, 2.0), vec2(SIDE, SIDE));
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let step = vec2(area.width() / across as f32, area.height() / up as f32);
    for (at, color) in ramp.colors([across, up], is_turned).into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let (x, y) = ((at % across) as f32, (at / across) as f32);
        let corner = pos2(area.left() + x * step.x, area.bottom() - (y + 1.0) * step.y);
        ui.painter().rect_filled(Rect::from_min_size(corner, step), 0.0, on_screen(color));
    }
    let is_pointed = response.hovered() || response.has_focus();
    let color = ui.style().interact(&response).fg_stroke.color;
    let rim = Stroke::new(if is_pointed { 1.5 } else { 0.75 }, color);
    ui.painter().rect_stroke(area.expand(1.0), 1.0, rim, StrokeKind::Inside);
    chosen::mark(ui, rect, Edge::Foot, is_on);
    response.on_hover_text(ramp.id)
}
