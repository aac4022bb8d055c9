//! The part of the style panel about labels.

use egui::{Checkbox, DragValue, Grid, Id, RichText, Slider, TextEdit, Ui};

use super::super::actions::{Action, Actions};
use super::super::chosen;
use super::super::icons;

use super::super::session::Session;
use super::truth;
use super::usual::usual_labels;
use crate::i18n::{Message, format_integer};
use crate::page::read_scale;
use crate::project::Layer;
use crate::query::{Condition, QueryError, TextExpression};
use crate::style::{Color, LABEL_SIZES, LabelPriority, LabelStyle, WIDEST_HALO};
use crate::table::Table;

/// Everything about the labels of a layer: whether there are any, what is written, how it looks,
/// and what became of them. Changes `labels`; the caller puts them into the document.
pub(in super::super) fn labels_section(
    ui: &mut Ui,
    session: &Session,
    layer: &Layer,
    labels: &mut Option<LabelStyle>,
    out: &mut Actions,
) {
    let Some(loaded) = session.loaded(layer) else { return };
    let table = &loaded.table;
    let mut is_on = labels.as_ref().is_some_and(|labels| labels.is_on);
    if ui.add(Checkbox::new(&mut is_on, session.tr("app-labels-on"))).changed() {
        let kind = loaded.scene.as_ref().ok().and_then(|scene| scene.main_kind());
        labels.get_or_insert_with(|| usual_labels(table, kind)).is_on = is_on;
    }
    let Some(style) = labels.as_mut().filter(|labels| labels.is_on) else { return };
    what(ui, session, layer, table, style);
    Grid::new("labels").num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| look(ui, session, style));
    pins(ui, session, layer, style, out);
    ui.add_space(4.0);
    truth::line(ui, session, layer, out);
}

/// The field or the expression.
fn what(ui: &mut Ui, session: &Session, layer: &Layer, table: &Table, style: &mut LabelStyle) {
    let expression = TextExpression::parse(&style.what);
    let field = expression.as_ref().ok().and_then(TextExpression::field);
    let field = field.and_then(|field| table.field_index(field));
    let chosen = field.and_then(|at| table.fields.get(at)).map(|field| field.name.clone());
    ui.horizontal(|ui| {
        let label = ui.label(session.tr("app-labels-field"));
        let text = chosen.clone().unwrap_or_else(|| session.tr("app-labels-expression-chosen"));
        let shown = icons::combo_box("label field")
            .selected_text(text)
            .width(ui.available_width() - 12.0)
            .show_ui(ui, |ui| {
                for field in &table.fields {
                    let is_this = chosen.as_ref() == Some(&field.name);
                    if chosen::item(ui, is_this, field.name.as_str()).clicked() {
                        style.what = Condition::written_name(&field.name);
                    }
                }
            });
        shown.response.labelled_by(label.id);
    });
    let label = ui.label(RichText::new(session.tr("app-labels-expression")).small());
    let edit = TextEdit::singleline(&mut style.what)
        .font(egui::TextStyle::Monospace)
        .hint_text(session.tr("app-labels-expression-hint"))
        .desired_width(ui.available_width() - 8.0);
    ui.add(edit).labelled_by(label.id).on_hover_text(session.tr("app-labels-expression-how"));
    let error = expression.err().or_else(|| session.labels.error(layer.id).cloned());
    if let Some(error) = error {
        explain(ui, session, &error, &mut style.what);
    }
}

/// What is wrong, and a button with what was perhaps meant.
fn explain(ui: &mut Ui, session: &Session, error: &QueryError, what: &mut String) {
    let text = RichText::new(session.say(&error.message)).color(ui.visuals().error_fg_color);
    ui.label(text);
    if let Some(suggestion) = &error.suggestion {
        let text = Message::new("app-filter-did-you-mean").text("word", suggestion.as_str());
        if ui.button(session.say(&text)).clicked() && what.get(error.span.clone()).is_some() {
            what.replace_range(error.span.clone(), suggestion);
        }
    }
}

fn look(ui: &mut Ui, session: &Session, style: &mut LabelStyle) {
    let label = ui.label(session.tr("app-labels-size"));
    let points = format!(" {}", session.tr("app-labels-points"));
    let drag = DragValue::new(&mut style.size).range(LABEL_SIZES).speed(0.1).max_decimals(1);
    ui.horizontal(|ui| {
        ui.add(number(drag).suffix(&points)).labelled_by(label.id);
        color(ui, &session.tr("app-labels-color"), &mut style.color);
    });
    ui.end_row();

    let label = ui.label(session.tr("app-labels-halo"));
    ui.horizontal(|ui| {
        ui.spacing_mut().slider_width = 64.0;
        let slider = Slider::new(&mut style.halo_width, 0.0..=WIDEST_HALO).step_by(0.25);
        let slider = slider.max_decimals(2).suffix(&points);
        let slider = slider.custom_parser(|text| text.trim().replace(',', ".").parse().ok());
        ui.add(slider).labelled_by(label.id);
        color(ui, &session.tr("app-labels-halo-color"), &mut style.halo);
    });
    ui.end_row();

    ui.label(session.tr("app-labels-priority"));
    ui.horizontal(|ui| {
        for (priority, id) in [
            (LabelPriority::Low, "app-labels-priority-low"),
            (LabelPriority::Normal, "app-labels-priority-normal"),
            (LabelPriority::High, "app-labels-priority-high"),
        ] {
            chosen::tab_value(ui, &mut style.priority, priority, session.say(&Message::new(id)));
        }
    });
    ui.end_row();

    let label = ui.label(session.tr("app-labels-wrap"));
    ui.horizontal(|ui| {
        let drag = DragValue::new(&mut style.wrap).range(0..=200).speed(0.2);
        ui.add(drag).labelled_by(label.id);
        let id = if style.wrap == 0 { "app-labels-wrap-never" } else { "app-labels-wrap-letters" };
        ui.weak(session.say(&Message::new(id)));
    });
    ui.end_row();

    scale(ui, session, "app-labels-farthest", &mut style.farthest);
    scale(ui, session, "app-labels-nearest", &mut style.nearest);
    if style.farthest.zip(style.nearest).is_some_and(|(far, near)| far < near) {
        ui.label("");
        let text = RichText::new(session.tr("app-scales-none"));
        ui.label(text.color(ui.visuals().warn_fg_color));
        ui.end_row();
    }
}

/// A number as both languages write it.
fn number(drag: DragValue<'_>) -> DragValue<'_> {
    drag.custom_parser(|text| text.trim().replace(',', ".").parse().ok())
}

fn color(ui: &mut Ui, name: &str, color: &mut Color) {
    let mut rgba = [color.r, color.g, color.b, color.a];
    let button = ui.color_edit_button_srgba_unmultiplied(&mut rgba);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColorWell, true, name));
    if button.on_hover_text(name).changed() {
        let [r, g, b, a] = rgba;
        *color = Color { r, g, b, a };
    }
}

/// A denominator of the scale, typed as people write it; empty for any.
fn scale(ui: &mut Ui, session: &Session, id: &'static str, limit: &mut Option<u32>) {
    let label = ui.label(session.say(&Message::new(id)));
    ui.horizontal(|ui| {
        ui.label("1:");
        let written = |scale: u32| format_integer(session.language, i64::from(scale));
        let kept = Id::unique(("label scale", id));
        let known = limit.map(written).unwrap_or_default();
        // What is typed stays as it is while it is: `25` on the way to `25.000`.
        let typed: Option<String> = ui.data(|data| data.get_temp(kept));
        let mut text = typed.unwrap_or_else(|| known.clone());
        let field = TextEdit::singleline(&mut text)
            .desired_width(76.0)
            .hint_text(session.tr("app-labels-scale-any"));
        let field = ui.add(field).labelled_by(label.id);
        if field.changed() {
            if text.trim().is_empty() {
                *limit = None;
            } else if let Some(denominator) = read_scale(&text) {
                *limit = Some(denominator);
            }
        }
        if field.has_focus() {
            ui.data_mut(|data| data.insert_temp(kept, text));
        } else {
            ui.data_mut(|data| data.remove_temp::<String>(kept));
        }
        if let Some(now) = session.scale {
            #[expect(clippy::cast_possible_truncation, reason = "saturates")]
            #[expect(clippy::cast_sign_loss, reason = "saturates")]
            let now = now.round() as u32;
            let button = ui.small_button(session.tr("app-labels-scale-now"));
            let hint = Message::new("app-scales-now").text("scale", written(now));
            if button.on_hover_text(session.say(&hint)).clicked() {
                *limit = Some(now.max(1));
            }
        }
    });
    ui.end_row();
}

/// How labels are put elsewhere by hand, and back.
fn pins(ui: &mut Ui, session: &Session, layer: &Layer, style: &mut LabelStyle, out: &mut Actions) {
    let mut is_arranged = session.labels.arranged == Some(layer.id);
    let toggle = Checkbox::new(&mut is_arranged, session.tr("app-labels-arrange"));
    if ui.add(toggle).on_hover_text(session.tr("app-labels-arrange-how")).changed() {
        out.push(Action::ArrangeLabels(is_arranged.then_some(layer.id)));
    }
    if style.pins.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let count = style.pins.iter().len() as u64;
        ui.label(session.say(&Message::new("app-labels-pinned").count("count", count)));
        let lead = session.selection.lead().filter(|lead| lead.layer == layer.id);
        if let Some(lead) = lead
            && ui.small_button(session.tr("app-labels-unpin")).clicked()
        {
            out.push(Action::UnpinLabel(lead));
        }
        if ui.small_button(session.tr("app-labels-unpin-all")).clicked() {
            style.pins = crate::style::Pins::default();
        }
    });
}
