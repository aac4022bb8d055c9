//! A number, date or moment, or two ends of a range: on a slider over what the field has, and
//! typed.

use egui::{
    Color32, Memory, RangeSlider, Rect, Response, RichText, Sense, Slider, SliderClamping,
    TextEdit, Ui, vec2,
};

use super::super::theme;
use super::Look;
use super::axis::Axis;
use super::tree::Row;
use crate::i18n::Message;
use crate::query::builder::Value;
use crate::table::{FieldKind, Statistics};

/// How high the picture of the values above a slider is, points.
const PICTURE: f32 = 26.0;

/// From one value to another.
pub(super) fn between(
    ui: &mut Ui,
    look: &Look<'_>,
    row: &mut Row,
    (axis, is_line): (Axis, bool),
    name: &str,
) {
    let label = |id| look.session.say(&Message::new(id).text("name", look.named(name)));
    let labels = [label("app-filter-from"), label("app-filter-to")];
    if is_line {
        slider(ui, look, row, axis, &labels);
    }
    let mut ends = [row.rule.values.first().cloned(), row.rule.values.get(1).cloned()];
    let mut changed = false;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 18.0) / 2.0;
        for (at, label) in labels.iter().enumerate() {
            if at == 1 {
                ui.weak("–");
            }
            let (Some(end), Some(slot)) = (ends.get_mut(at), row.typed.get_mut(at)) else {
                continue;
            };
            let place = axis.ends.and_then(|ends| ends.get(at).copied());
            let outer = place.and_then(|place| axis.value(place));
            let shown = end.as_ref().or(outer.as_ref());
            *end = match typed(ui, look, slot, shown, axis, (label, width)) {
                Typed::Nothing => continue,
                Typed::Emptied => None,
                Typed::Changed(value) => Some(value),
            };
            changed = true;
        }
    });
    if changed {
        let outer = axis.ends.map(|ends| ends.map(|place| axis.value(place)));
        let [low, high] = ends;
        let [least, most] = outer.unwrap_or_default();
        row.rule.values = match (low.or(least), high.or(most)) {
            (Some(low), Some(high)) => vec![low, high],
            _ => Vec::new(),
        };
    }
    let places: Vec<f64> = row.rule.values.iter().filter_map(|value| axis.place(value)).collect();
    if let [low, high] = places.as_slice()
        && low > high
    {
        let text = RichText::new(look.session.tr("app-filter-empty-range")).small();
        ui.label(text.color(ui.visuals().warn_fg_color));
    }
}

/// One value to compare with.
pub(super) fn single(
    ui: &mut Ui,
    look: &Look<'_>,
    row: &mut Row,
    (axis, is_line): (Axis, bool),
    name: &str,
) {
    let label = look.session.say(&Message::new("app-filter-value").text("name", look.named(name)));
    if let Some([least, most]) = axis.ends.filter(|_| is_line) {
        let now = row.rule.values.first().and_then(|value| axis.place(value));
        let mut place = now.unwrap_or(least);
        ui.spacing_mut().slider_width = ui.available_width();
        let slider = Slider::new(&mut place, least..=most)
            .show_value(false)
            .step_by(axis.step)
            .clamping(SliderClamping::Edits);
        let words = Message::new("app-filter-slider").text("name", look.named(name));
        let slider = ui.add(slider).accessible_name(look.session.say(&words));
        if slider.changed() {
            leave_field(ui, &slider);
            row.rule.values = axis.value(place).into_iter().collect();
            row.typed = [None, None];
        }
    }
    let [slot, _] = &mut row.typed;
    let width = ui.available_width();
    let value = row.rule.values.first().cloned();
    match typed(ui, look, slot, value.as_ref(), axis, (&label, width)) {
        Typed::Nothing => {}
        Typed::Emptied => row.rule.values.clear(),
        Typed::Changed(value) => row.rule.values = vec![value],
    }
}

/// What was typed in a field for a value.
enum Typed {
    /// Nothing, or what is no value.
    Nothing,
    /// The field was made empty.
    Emptied,
    Changed(Value),
}

/// A field for a value. What is typed and no value stays, marked, and changes nothing.
fn typed(
    ui: &mut Ui,
    look: &Look<'_>,
    slot: &mut Option<String>,
    shown: Option<&Value>,
    axis: Axis,
    (label, width): (&str, f32),
) -> Typed {
    let language = look.session.language;
    let mut text = slot
        .clone()
        .unwrap_or_else(|| shown.map(|value| axis.shown(value, language)).unwrap_or_default());
    let is_wrong = |text: &str| !text.trim().is_empty() && axis.read(text, language).is_none();
    let red = is_wrong(&text).then(|| ui.visuals().error_fg_color);
    let field = TextEdit::singleline(&mut text)
        .desired_width(width - 8.0)
        .text_color_opt(red)
        .align(egui::Align2::CENTER_CENTER);
    let mut field = ui.add(field).accessible_name(label);
    if red.is_some() {
        let id = match axis.kind {
            FieldKind::Date | FieldKind::DateTime(_) => "app-filter-no-date",
            _ => "app-filter-no-number",
        };
        // Colour is not the only sign.
        ui.painter().line_segment(
            [field.rect.left_bottom(), field.rect.right_bottom()],
            egui::Stroke::new(2.0, ui.visuals().error_fg_color),
        );
        field = field.on_hover_text(look.session.tr(id));
    }
    let mut outcome = Typed::Nothing;
    if field.changed() {
        let value = axis.read(&text, language);
        if text.trim().is_empty() {
            outcome = Typed::Emptied;
        } else if let Some(value) = value {
            outcome = Typed::Changed(value);
        }
        *slot = Some(text);
    } else if !field.has_focus() && slot.is_some() && !is_wrong(&text) {
        // Shown as it is understood.
        *slot = None;
    }
    outcome
}

fn slider(ui: &mut Ui, look: &Look<'_>, row: &mut Row, axis: Axis, labels: &[String; 2]) {
    let Some([least, most]) = axis.ends else { return };
    let place = |at: usize, outer: f64| {
        row.rule.values.get(at).and_then(|value| axis.place(value)).unwrap_or(outer)
    };
    let (mut low, mut high) = (place(0, least), place(1, most));
    // The picture is drawn once the slider has its place, above it.
    let width = ui.available_width();
    let (picture, _) = ui.allocate_exact_size(vec2(width, PICTURE), Sense::hover());
    ui.spacing_mut().slider_width = width;
    let slider = RangeSlider::new(&mut low, &mut high, least..=most)
        .show_value(false)
        .step_by(axis.step)
        .clamping(SliderClamping::Edits);
    let slider = ui.add(slider).accessible_name(labels.join(" – "));
    for (end, label) in ["low", "high"].into_iter().zip(labels) {
        let words = Message::new("app-filter-handle").text("end", label.as_str());
        let words = look.session.say(&words);
        ui.ctx().accesskit_node_builder(slider.id.with(end), |node| node.set_label(words));
    }
    let field = look.table.field_index(&row.rule.field);
    if let Some(facts) = field.and_then(|field| look.facts.of(look.table, field)) {
        paint(
            ui,
            picture,
            facts,
            [(low - least) / (most - least), (high - least) / (most - least)],
        );
    }
    if slider.changed() {
        leave_field(ui, &slider);
        let values: Option<Vec<Value>> = [low, high].into_iter().map(|p| axis.value(p)).collect();
        row.rule.values = values.unwrap_or_default();
        row.typed = [None, None];
    }
}

/// Who drags types no more: Ctrl+Z is about the drag then, not about a letter in a field.
fn leave_field(ui: &Ui, slider: &Response) {
    if slider.dragged() && ui.ctx().text_edit_focused() {
        ui.memory_mut(Memory::stop_text_input);
    }
}

/// How the values are spread, those in the range in the colour of the accent.
fn paint(ui: &Ui, area: Rect, facts: &Statistics, [low, high]: [f64; 2]) {
    let bins = &facts.histogram;
    let Some(highest) = bins.iter().max().filter(|highest| **highest > 0) else { return };
    let (inside, outside): (Color32, Color32) = (
        theme::accent(ui).gamma_multiply(0.75),
        ui.visuals().widgets.noninteractive.bg_stroke.color,
    );
    // The handles' middles reach the ends less their own radius.
    let inset = ui.spacing().slider_rail_height.max(7.0);
    let area = area.shrink2(vec2(inset, 0.0));
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a picture")]
    for (at, count) in bins.iter().enumerate() {
        if *count == 0 {
            continue;
        }
        let step = area.width() / bins.len() as f32;
        let left = area.left() + step * at as f32;
        // The square root, so that rare values are seen beside frequent ones.
        let share = ((*count as f64) / (*highest as f64)).sqrt() as f32;
        let top = area.bottom() - (area.height() * share).max(2.0);
        let middle = (at as f64 + 0.5) / bins.len() as f64;
        let color = if middle >= low && middle <= high { inside } else { outside };
        let bar = Rect::from_min_max(
            egui::pos2(left + 0.5, top),
            egui::pos2((left + step - 0.5).max(left + 1.0), area.bottom()),
        );
        ui.painter().rect_filled(bar, 1.0, color);
    }
}
