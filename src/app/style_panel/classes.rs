//! A line for each class: how it looks, what it is called, how many rows it has.

use egui::{Align, Layout, Response, RichText, TextEdit, Ui, vec2};

use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::swatch;
use super::color;
use super::symbol::{hatch_sample, sample, shape_name};
use crate::i18n::{Message, format_integer};
use crate::style::{Change, Color, Hatch, PointShape, Symbol};
use crate::table::PartKind;

/// A class as its line shows it.
pub(super) struct Line<'a> {
    /// What it is called when the person calls it nothing.
    pub usual: &'a str,
    /// How many rows have it.
    pub count: u64,
    /// How it looks when it is shown.
    pub symbol: Symbol,
    pub kind: Option<PartKind>,
    /// What stands for the label in the names of its widgets.
    pub named: &'a str,
}

/// Shows a class and lets the person change it. Gives the grip where it can be dragged.
pub(super) fn line(
    ui: &mut Ui,
    session: &Session,
    line: &Line<'_>,
    change: &mut Change,
    has_grip: bool,
) -> Option<Response> {
    let mut grip = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let say = |id: &'static str| session.say(&Message::new(id).text("name", line.named));
        if has_grip {
            let (rect, response) = ui.allocate_exact_size(vec2(14.0, 22.0), egui::Sense::drag());
            icons::paint(ui.painter(), Icon::Grip, rect.center(), ui.visuals().weak_text_color());
            let label = say("app-class-grip");
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, label.as_str())
            });
            grip = Some(response.on_hover_text(label));
        }
        if icons::small_button(
            ui,
            if change.hidden { Icon::EyeClosed } else { Icon::Eye },
            &say(if change.hidden { "app-class-show" } else { "app-class-hide" }),
        )
        .clicked()
        {
            change.hidden = !change.hidden;
        }
        symbol(ui, session, line, change);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let language = session.language;
            let count = format_integer(language, i64::try_from(line.count).unwrap_or(i64::MAX));
            ui.add_sized(vec2(52.0, 18.0), egui::Label::new(RichText::new(count).weak()));
            let mut label = change.label.clone().unwrap_or_default();
            let field = TextEdit::singleline(&mut label)
                .hint_text(RichText::new(line.usual).color(ui.visuals().text_color()))
                .desired_width(ui.available_width());
            let field = ui.add(field).on_hover_text(line.usual);
            if field.accessible_name(say("app-class-label")).changed() {
                change.label = (!label.trim().is_empty()).then_some(label);
            }
        });
    });
    grip
}

/// The symbol of a class; a click changes its colour.
fn symbol(ui: &mut Ui, session: &Session, line: &Line<'_>, change: &mut Change) {
    let is_outline = line.kind == Some(PartKind::Line)
        || (line.kind == Some(PartKind::Polygon) && line.symbol.fill.a == 0);
    let now = if is_outline { line.symbol.stroke } else { line.symbol.fill };
    let mut color = now.with_alpha(255);
    let say = |id: &'static str| session.say(&Message::new(id).text("name", line.named));
    let label = say("app-class-color");
    let (mut shape, mut pattern) = (change.shape, change.hatch);
    let plain = Symbol { fill: color, stroke_width: 0.5, ..line.symbol };
    let button = color::button_with(ui, session, &label, &mut color, |ui| match line.kind {
        Some(PartKind::Point) => shapes(ui, session, plain, &mut shape),
        Some(PartKind::Polygon) => patterns(ui, session, &mut pattern),
        _ => {}
    });
    (change.shape, change.hatch) = (shape, pattern);
    if button.changed() {
        change.color = Some(Color { a: 255, ..color });
    }
    // Over the plain colour: what else tells the class.
    let place = button.rect;
    if line.symbol.hatch != Hatch::None && line.kind == Some(PartKind::Polygon) {
        let inside = place.shrink2(vec2(3.0, 4.0));
        swatch::paint_part(ui.painter(), inside, line.symbol, PartKind::Polygon);
    }
    if line.kind == Some(PartKind::Point) && change.shape.is_some() {
        let ink = super::super::theme::ink_on(swatch::on_screen(color));
        let [r, g, b, _] = ink.to_array();
        let ink = Color { r, g, b, a: 255 };
        let shown = Symbol { fill: ink, stroke_width: 0.0, ..line.symbol };
        swatch::paint_symbol(ui.painter(), shown, place.center(), 11.0);
    }
}

/// Shapes that a class of points may have, so that colour is not its only sign.
fn shapes(ui: &mut Ui, session: &Session, plain: Symbol, chosen: &mut Option<PointShape>) {
    ui.separator();
    ui.label(session.tr("app-style-shape"));
    ui.horizontal_wrapped(|ui| {
        for shape in PointShape::ALL {
            let is_on = *chosen == Some(shape);
            let name = shape_name(session, shape);
            let paint = |ui: &Ui, area: egui::Rect| {
                let shown = Symbol { shape, ..plain };
                swatch::paint_symbol(ui.painter(), shown, area.center(), 14.0);
            };
            if sample(ui, is_on, &name, paint) {
                *chosen = (!is_on).then_some(shape);
            }
        }
    });
}

/// Patterns that a class of areas may have.
fn patterns(ui: &mut Ui, session: &Session, chosen: &mut Option<Hatch>) {
    ui.separator();
    ui.label(session.tr("app-style-hatch"));
    ui.horizontal_wrapped(|ui| {
        for hatch in Hatch::ALL {
            let is_on = *chosen == Some(hatch);
            if hatch_sample(ui, session, hatch, is_on) {
                *chosen = (!is_on).then_some(hatch);
            }
        }
    });
}
