//! The values a field must have one of: chosen from those it has, the most frequent first.

use std::sync::Arc;

use egui::{Button, Popup, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui};

use super::super::derived::Same;
use super::super::layers_panel::progress;
use super::Look;
use super::axis::Axis;
use super::facts::FieldOf;
use super::tree::{Row, Wanted};
use crate::i18n::{Message, fold, format_integer};
use crate::jobs::Job;
use crate::query::builder::Value;
use crate::table::{FieldKind, Statistics, Value as Cell, value_holds};

/// How many chosen values are shown in the row.
const SHOWN: usize = 12;
/// Longer texts cannot be picked, bytes.
const LONGEST: usize = 2000;
/// How much of a text is shown in the list, bytes.
const CUT: usize = 120;

pub(super) fn show(
    ui: &mut Ui,
    look: &Look<'_>,
    row: &mut Row,
    (field, axis): (usize, Axis),
    name: &str,
) {
    let facts = look.facts.of(look.table, field).cloned();
    if axis.kind == FieldKind::Boolean {
        return yes_or_no(ui, look, row, field, facts.as_deref());
    }
    let label = Message::new("app-filter-values").text("name", look.named(name));
    let label = look.session.say(&label);
    let text = look.session.tr("app-filter-choose");
    let button = Button::new(RichText::new(text).small());
    let button = ui.add_sized([ui.available_width(), 24.0], button).accessible_name(label);
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .style(egui::style::StyleModifier::default())
        .show(|ui| {
            ui.set_width(button.rect.width().max(240.0));
            list(ui, look, row, (field, axis), facts.as_deref());
        });
    // Below the button: what is chosen must not move the list under the pointer.
    chosen(ui, look, row, axis);
}

fn yes_or_no(
    ui: &mut Ui,
    look: &Look<'_>,
    row: &mut Row,
    field: usize,
    facts: Option<&Statistics>,
) {
    ui.horizontal(|ui| {
        for (value, id) in [(true, "app-filter-yes"), (false, "app-filter-no")] {
            let count = facts.and_then(|facts| {
                let is_this =
                    |row| matches!(look.table.value(row, field), Cell::Boolean(found) if found == value);
                facts.values.iter().find(|found| is_this(found.row)).map(|found| found.count)
            });
            let text = counted(look, &look.session.tr(id), count);
            let is_chosen = row.rule.values == [Value::Boolean(value)];
            if ui.radio(is_chosen, text).clicked() {
                row.rule.values = vec![Value::Boolean(value)];
            }
        }
    });
}

/// "Ledeberg (12)".
fn counted(look: &Look<'_>, text: &str, count: Option<u64>) -> String {
    match count {
        None => text.to_owned(),
        Some(count) => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            format!("{text} ({})", format_integer(look.session.language, count))
        }
    }
}

/// What is chosen, each with a way to take it away.
fn chosen(ui: &mut Ui, look: &Look<'_>, row: &mut Row, axis: Axis) {
    if row.rule.values.is_empty() {
        return;
    }
    let mut gone = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for (at, value) in row.rule.values.iter().enumerate().take(SHOWN) {
            let text = axis.shown(value, look.session.language);
            let end = text.floor_char_boundary(CUT.min(text.len()));
            let text = text.get(..end).unwrap_or_default();
            let label = Message::new("app-filter-drop-value").text("value", text);
            let lit = ui.visuals().selection;
            let text = RichText::new(text).small().color(lit.stroke.color);
            let chip = Button::new(text).fill(lit.bg_fill).right_text("×");
            let chip = ui.add(chip.truncate()).accessible_name(look.session.say(&label));
            if chip.on_hover_text(look.session.say(&label)).clicked() {
                gone = Some(at);
            }
        }
        let more = row.rule.values.len().saturating_sub(SHOWN);
        if more > 0 {
            let text = Message::new("app-filter-more-values").count("count", more as u64);
            ui.weak(look.session.say(&text));
        }
    });
    if let Some(at) = gone {
        row.rule.values.remove(at);
    }
}

/// The values of the field, to look through and choose from.
fn list(
    ui: &mut Ui,
    look: &Look<'_>,
    row: &mut Row,
    (field, axis): (usize, Axis),
    facts: Option<&Statistics>,
) {
    let search = TextEdit::singleline(&mut row.wanted)
        .hint_text(look.session.tr("app-filter-search-values"))
        .desired_width(f32::INFINITY);
    let search = ui.add(search).accessible_name(look.session.tr("app-filter-search-values"));
    let Some(facts) = facts else {
        let share = look.facts.share_done(look.table, field);
        ui.horizontal(|ui| progress(ui, share, &look.session.tr("app-filter-counting")));
        return;
    };
    row.is_listed = true;
    let typed = row.wanted.trim().to_owned();
    let all = of_all(look, row, field, facts);
    let found = if all.is_none() { matching(look, row, field, facts) } else { None };
    let facts = all.as_deref().unwrap_or(facts);
    let exact = axis.read(&typed, look.session.language).filter(|_| !typed.is_empty());
    if let Some(value) = exact.filter(|value| !row.rule.values.contains(value)) {
        // One that is not listed, or not there at all, can be typed.
        let text = Message::new("app-filter-add-value").text("value", typed.as_str());
        let entered = search.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if ui.button(look.session.say(&text)).clicked() || entered {
            row.rule.values.push(value);
            row.wanted.clear();
            search.request_focus();
        }
    }
    let count = found.as_ref().map_or(facts.values.len(), Vec::len);
    ui.spacing_mut().item_spacing.y = 2.0;
    let height = ui.spacing().interact_size.y;
    ScrollArea::vertical().max_height(230.0).auto_shrink([false, true]).show_rows(
        ui,
        height,
        count,
        |ui, rows| {
            for at in rows {
                let at = found.as_ref().map_or(Some(at), |found| found.get(at).copied());
                if let Some(value) = at.and_then(|at| facts.values.get(at)) {
                    entry(ui, look, row, field, (value.row, value.count));
                }
            }
        },
    );
    if row.all.job().is_some() {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.weak(look.session.tr("app-filter-searching-all"));
        });
    } else if count == 0 {
        ui.weak(look.session.tr("app-filter-no-values"));
    }
    let (others, _) = facts.others();
    if others > 0 {
        let id = if all.is_some() { "app-filter-more-found" } else { "app-filter-other-values" };
        let text = Message::new(id).count("count", others);
        ui.add(egui::Label::new(RichText::new(look.session.say(&text)).small().weak()).wrap());
    }
    if facts.nulls > 0 && all.is_none() {
        let text = Message::new("app-filter-nulls").count("count", facts.nulls);
        ui.label(RichText::new(look.session.say(&text)).small().weak());
    }
}

/// The values that hold what is looked for, out of all that the field has, where not all are in the
/// list. None while they are being searched for (by a job), and where there is no need.
fn of_all(
    look: &Look<'_>,
    row: &mut Row,
    field: usize,
    facts: &Statistics,
) -> Option<Arc<Statistics>> {
    let text = fold(row.wanted.trim());
    if text.is_empty() || facts.others().0 == 0 {
        row.all.forget();
        return None;
    }
    let of = FieldOf { table: Same(look.table.clone()), field };
    let wanted = Wanted { of, text, language: look.session.language };
    let wake = look.session.wake.clone();
    row.all.want(wanted.clone(), |wanted| {
        let Wanted { of, text, language } = wanted.clone();
        Job::start(
            "values",
            move || wake(),
            move |watch| {
                let found =
                    Statistics::of_those_that_hold(&of.table.0, of.field, &text, language, watch);
                found.map(Arc::new)
            },
        )
    });
    row.all.of(&wanted)?.as_ref().ok().cloned()
}

/// Which values of the list hold what is looked for; none for all. Kept until that changes.
fn matching(
    look: &Look<'_>,
    row: &mut Row,
    field: usize,
    facts: &Statistics,
) -> Option<Vec<usize>> {
    let wanted = fold(row.wanted.trim());
    if wanted.is_empty() {
        return None;
    }
    if row.found.as_ref().is_none_or(|(known, _)| *known != wanted) {
        let holds = |at: &usize| {
            let Some(value) = facts.values.get(*at) else { return false };
            value_holds(look.table, value.row, field, &wanted, look.session.language)
        };
        let found = (0..facts.values.len()).filter(holds).collect();
        row.found = Some((wanted, found));
    }
    row.found.as_ref().map(|(_, found)| found.clone())
}

fn entry(ui: &mut Ui, look: &Look<'_>, row: &mut Row, field: usize, (at, count): (usize, u64)) {
    let cell = look.table.value(at, field);
    let (short, cut) = cell.shortened(CUT);
    let mut text = short.in_language(look.session.language);
    if cut.is_some() {
        text.push('…');
    }
    if text.trim().is_empty() {
        text = look.session.tr("app-filter-blank");
    }
    let value = value_of(cell);
    let place = value
        .as_ref()
        .and_then(|value| row.rule.values.iter().position(|chosen| is_same(chosen, value)));
    let mut is_chosen = place.is_some();
    let text = counted(look, &text, Some(count));
    let entry = ui.add_enabled(value.is_some(), egui::Checkbox::new(&mut is_chosen, text));
    if entry.changed() {
        match (place, value) {
            (Some(place), _) => {
                row.rule.values.remove(place);
            }
            (None, Some(value)) => row.rule.values.push(value),
            (None, None) => {}
        }
    }
}

/// A cell as a condition compares with it; none for null and very long texts.
fn value_of(cell: Cell<'_>) -> Option<Value> {
    Some(match cell {
        Cell::Null => return None,
        Cell::Boolean(value) => Value::Boolean(value),
        Cell::Integer(number) => Value::Integer(number),
        Cell::Number(number) => Value::Number(number),
        Cell::Text(text) | Cell::Json(text) if text.len() > LONGEST => return None,
        Cell::Text(_) | Cell::Json(_) | Cell::Date(_) | Cell::DateTime(..) => {
            Value::Text(cell.to_data_text())
        }
    })
}

/// Whether both are the same value, however they are written.
fn is_same(one: &Value, other: &Value) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "as the condition compares them")]
    #[expect(clippy::float_cmp, reason = "exactly the same")]
    match (one, other) {
        (Value::Integer(a), Value::Number(b)) | (Value::Number(b), Value::Integer(a)) => {
            *a as f64 == *b
        }
        _ => one == other,
    }
}
