//! Which colours classes have: ramps to choose from, by what they are fit for.

use std::collections::HashMap;

use egui::{
    Popup, PopupCloseBehavior, Rect, Response, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::super::chosen::{self, Edge};
use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::swatch::on_screen;
use crate::i18n::Message;
use crate::style::RampChoice;
use crate::style::ramp::{RAMPS, Ramp, RampUse};

/// What is shown of the ramps.
#[derive(Default)]
pub(super) struct Ramps {
    /// Only those that the colour-blind can read.
    only_safe: bool,
    /// Only those that a black-and-white print can show.
    only_grey: bool,
    /// What was computed, by ramp and number of classes.
    fit: HashMap<(&'static str, usize), Fit>,
    /// The same of squares of colours, by their classes across and up.
    pub crossed: HashMap<(&'static str, [usize; 2]), Fit>,
}

/// What a ramp is fit for with so many classes.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    pub safe: bool,
    pub grey: bool,
}

impl Fit {
    /// Says it, for so many classes.
    pub fn say(self, ui: &mut Ui, session: &Session, count: usize) {
        let about = session.say(&Message::new("app-ramp-about").count("count", count as u64));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = 15.0;
            for (is_fit, yes, no) in [
                (self.safe, "app-ramp-safe", "app-ramp-not-safe"),
                (self.grey, "app-ramp-grey", "app-ramp-not-grey"),
            ] {
                let (icon, id) = if is_fit { (Icon::Check, yes) } else { (Icon::Close, no) };
                let visuals = ui.visuals();
                let color = if is_fit { visuals.weak_text_color() } else { visuals.warn_fg_color };
                ui.horizontal(|ui| {
                    let (area, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
                    icons::paint_small(ui.painter(), icon, area.center(), color);
                    let text = RichText::new(session.tr(id)).small().color(color);
                    ui.label(text).on_hover_text(&about);
                });
            }
        });
    }
}

impl Ramps {
    fn fit(&mut self, ramp: &Ramp, count: usize) -> Fit {
        *self
            .fit
            .entry((ramp.id, count))
            .or_insert_with(|| Fit { safe: ramp.is_safe(count), grey: ramp.prints_in_grey(count) })
    }

    /// The ramp chosen, the others on a click, and what it is fit for. `purpose` is what ramps are
    /// offered first.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        choice: &mut RampChoice,
        (purpose, count): (RampUse, usize),
    ) {
        let count = count.max(1);
        let Some(ramp) = choice.ramp(purpose) else { return };
        let label = session.tr("app-ramp");
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 34.0).clamp(80.0, 320.0);
            let button = strip(ui, ramp, count, choice.reversed, (width, &label, false));
            Popup::menu(&button)
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .style(egui::style::StyleModifier::default())
                .show(|ui| {
                    ui.set_width(300.0);
                    self.list(ui, session, choice, (purpose, count));
                });
            let turn = session.tr("app-ramp-turn");
            if icons::toggle(ui, Icon::Renew, &turn, choice.reversed).clicked() {
                choice.reversed = !choice.reversed;
            }
        });
        let fit = self.fit(ramp, count);
        fit.say(ui, session, count);
        if purpose == RampUse::Qualitative && count > ramp.most() {
            let text = Message::new("app-ramp-too-few").count("count", ramp.most() as u64);
            let text = RichText::new(session.say(&text)).small();
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        choice: &mut RampChoice,
        (purpose, count): (RampUse, usize),
    ) {
        ui.checkbox(&mut self.only_safe, session.tr("app-ramp-only-safe"));
        ui.checkbox(&mut self.only_grey, session.tr("app-ramp-only-grey"));
        ui.separator();
        let order = match purpose {
            RampUse::Qualitative => [RampUse::Qualitative, RampUse::Sequential, RampUse::Diverging],
            _ => [RampUse::Sequential, RampUse::Diverging, RampUse::Qualitative],
        };
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for purpose in order {
                let fitting: Vec<&Ramp> = RAMPS
                    .iter()
                    .filter(|ramp| ramp.purpose == purpose)
                    .filter(|ramp| {
                        let fit = self.fit(ramp, count);
                        (fit.safe || !self.only_safe) && (fit.grey || !self.only_grey)
                    })
                    .collect();
                ui.label(RichText::new(session.tr(use_name(purpose))).small().strong());
                if fitting.is_empty() {
                    let text = Message::new("app-ramp-none").count("count", count as u64);
                    ui.weak(session.say(&text));
                }
                for ramp in fitting {
                    let is_on = ramp.id == choice.id;
                    let width = ui.available_width();
                    let row = strip(ui, ramp, count, choice.reversed, (width, ramp.id, is_on));
                    if row.clicked() {
                        ramp.id.clone_into(&mut choice.id);
                        ui.close();
                    }
                }
                ui.add_space(6.0);
            }
        });
    }
}

fn use_name(purpose: RampUse) -> &'static str {
    match purpose {
        RampUse::Sequential => "app-ramp-sequential",
        RampUse::Diverging => "app-ramp-diverging",
        RampUse::Qualitative => "app-ramp-qualitative",
    }
}

/// The colours side by side, as a button.
fn strip(
    ui: &mut Ui,
    ramp: &Ramp,
    count: usize,
    reversed: bool,
    (width, label, is_on): (f32, &str, bool),
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, 24.0), Sense::click());
    let name = format!("{label}: {}", ramp.id);
    let name = if label == ramp.id { label } else { name.as_str() };
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_on, name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let area = rect.shrink2(vec2(3.0, 4.0));
    paint_strip(ui, area, ramp, count, reversed);
    let is_pointed = response.hovered() || response.has_focus();
    let color = ui.style().interact(&response).fg_stroke.color;
    let rim = Stroke::new(if is_pointed { 1.5 } else { 0.75 }, color);
    ui.painter().rect_stroke(area.expand(1.0), 2.0, rim, StrokeKind::Inside);
    chosen::mark(ui, rect, Edge::Left, is_on);
    response.on_hover_text(ramp.id)
}

fn paint_strip(ui: &Ui, area: Rect, ramp: &Ramp, count: usize, reversed: bool) {
    #[expect(clippy::cast_precision_loss, reason = "a dozen")]
    let width = area.width() / count as f32;
    let mut left = area.left();
    for color in ramp.colors(count, reversed) {
        let part = Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom()));
        ui.painter().rect_filled(part, 0.0, on_screen(color));
        left += width;
    }
}
