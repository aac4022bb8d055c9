//! The rows of a condition: a field, an operator and values each, in nested groups.

use egui::{Button, RichText, Ui};

use super::super::added::origin;
use super::super::chosen;
use super::super::field_words;
use super::super::icons::{self, Icon};
use super::super::theme;
use super::Look;
use super::axis::Axis;
use super::tree::{Branch, Edit, Limb, Row, Tree, new_rule, offered};
use super::words::{JOINS, operator_word};
use super::{range, values};
use crate::i18n::Message;
use crate::query::builder::{Operator, Rule};
use crate::table::{Field, FieldKind};

/// How deep groups go here; deeper ones are read and kept.
const DEEPEST: usize = 3;

/// Shows and changes the rules; whether anything changed.
pub(super) fn show(ui: &mut Ui, look: &Look<'_>, tree: &mut Tree) -> bool {
    let before = tree.group();
    let mut edits = Vec::new();
    ui.push_id(look.prefix, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 5.0);
        limb(ui, look, &mut tree.root, "", 0, &mut edits);
    });
    edits.into_iter().for_each(|edit| tree.edit(edit));
    tree.group() != before
}

fn limb(
    ui: &mut Ui,
    look: &Look<'_>,
    limb: &mut Limb,
    name: &str,
    depth: usize,
    edits: &mut Vec<Edit>,
) {
    if limb.branches.len() > 1 || depth > 0 || limb.negated {
        join(ui, look, limb, name, depth, edits);
    }
    for (at, branch) in limb.branches.iter_mut().enumerate() {
        let name =
            if name.is_empty() { format!("{}", at + 1) } else { format!("{name}.{}", at + 1) };
        match branch {
            Branch::Row(row) => {
                let key = row.key;
                ui.push_id(key, |ui| rule(ui, look, row, &name, edits));
            }
            Branch::Limb(inner) => {
                theme::card(ui).show(ui, |ui| {
                    self::limb(ui, look, inner, &name, depth + 1, edits);
                });
            }
        }
    }
    buttons(ui, look, limb, name, depth, edits);
}

/// "Meets all of the conditions", and a button to take a group away.
fn join(
    ui: &mut Ui,
    look: &Look<'_>,
    limb: &mut Limb,
    name: &str,
    depth: usize,
    edits: &mut Vec<Edit>,
) {
    ui.horizontal(|ui| {
        let room = ui.available_width() - if depth > 0 { 30.0 } else { 0.0 };
        let word = JOINS.iter().find(|(join, not, _)| (*join, *not) == (limb.join, limb.negated));
        let text = look.session.tr(word.map_or("app-filter-join-all", |(.., id)| id));
        let combo = icons::combo_box(("join", limb.key)).width(room).truncate();
        let shown = combo.selected_text(text).show_ui(ui, |ui| {
            for (join, not, id) in JOINS {
                let is_this = (join, not) == (limb.join, limb.negated);
                if chosen::item(ui, is_this, look.session.tr(id)).clicked() {
                    (limb.join, limb.negated) = (join, not);
                }
            }
        });
        let label = if name.is_empty() { "app-filter-join" } else { "app-filter-join-of" };
        shown.response.accessible_name(look.session.say(&named(look, label, name)));
        if depth > 0 {
            let label = look.session.say(&named(look, "app-filter-remove-group", name));
            if icons::button(ui, Icon::Close, &label).clicked() {
                edits.push(Edit::Remove(limb.key));
            }
        }
    });
}

fn named(look: &Look<'_>, id: &'static str, name: &str) -> Message {
    Message::new(id).text("name", look.named(name))
}

fn buttons(
    ui: &mut Ui,
    look: &Look<'_>,
    limb: &Limb,
    name: &str,
    depth: usize,
    edits: &mut Vec<Edit>,
) {
    let Some(first) = look.table.fields.first() else {
        ui.weak(look.session.tr("app-filter-no-fields"));
        return;
    };
    let first = || new_rule(&first.name, first.kind);
    ui.horizontal_wrapped(|ui| {
        let mut button = |text: &'static str, label: &'static str| {
            let text = RichText::new(look.session.tr(text)).small();
            let response = ui.add(Button::new(text));
            let is_outer = name.is_empty() && look.prefix.is_empty();
            if is_outer {
                response
            } else {
                response.accessible_name(look.session.say(&named(look, label, name)))
            }
        };
        if button("app-filter-add", "app-filter-add-to").clicked() {
            edits.push(Edit::AddRow(limb.key, first()));
        }
        if depth < DEEPEST
            && !limb.branches.is_empty()
            && button("app-filter-add-group", "app-filter-add-group-to").clicked()
        {
            edits.push(Edit::AddLimb(limb.key, first()));
        }
    });
}

fn rule(ui: &mut Ui, look: &Look<'_>, row: &mut Row, name: &str, edits: &mut Vec<Edit>) {
    let table = look.table;
    let Some(at) = table.field_index(&row.rule.field) else { return };
    let Some(kind) = table.fields.get(at).map(|field| field.kind) else { return };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let half = ((ui.available_width() - 26.0 - 2.0 * 4.0) / 2.0).max(60.0);
            narrow(ui, half, |ui| field_combo(ui, look, row, name, half));
            narrow(ui, half, |ui| operator_combo(ui, look, row, (kind, name), half));
            let label = look.session.say(&named(look, "app-filter-remove", name));
            if icons::button(ui, Icon::Close, &label).clicked() {
                edits.push(Edit::Remove(row.key));
            }
        });
        let facts = look.facts.of(table, at);
        let axis = Axis::of(table, at, kind, facts.map(|facts| &**facts));
        let is_line = !matches!(kind, FieldKind::Text | FieldKind::Json | FieldKind::Boolean);
        match row.rule.operator {
            Operator::Empty => {}
            Operator::Is => values::show(ui, look, row, (at, axis), name),
            Operator::Between => range::between(ui, look, row, (axis, is_line), name),
            operator if operator.is_about_text() => part_of_text(ui, look, row, name),
            _ => range::single(ui, look, row, (axis, is_line), name),
        }
    });
}

/// A box for choosing grows with its text, up to the room it has.
fn narrow(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    let size = egui::vec2(width, ui.spacing().interact_size.y);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_max_width(width);
        content(ui);
    });
}

fn field_combo(ui: &mut Ui, look: &Look<'_>, row: &mut Row, name: &str, width: f32) {
    let mut chosen = None;
    let combo = icons::combo_box("field").width(width).height(320.0).truncate();
    let known = look.table.field_index(&row.rule.field);
    let known = known.and_then(|at| look.table.fields.get(at));
    let title = known.map_or(row.rule.field.as_str(), Field::title).to_owned();
    let shown = combo.selected_text(title).show_ui(ui, |ui| {
        for (at, field) in look.table.fields.iter().enumerate() {
            let joined = look.loaded.and_then(|loaded| origin(look.session, loaded, at));
            let hint = field_words::hint(look.session, field, joined);
            let is_this = field.name == row.rule.field;
            if chosen::item(ui, is_this, field.title()).on_hover_text(hint).clicked() {
                chosen = Some(field);
            }
        }
    });
    shown.response.accessible_name(look.session.say(&named(look, "app-filter-field", name)));
    if let Some(field) = chosen.filter(|field| field.name != row.rule.field) {
        let known = look.table.field_index(&row.rule.field);
        let kind = known.and_then(|at| look.table.fields.get(at)).map(|field| field.kind);
        let fresh = new_rule(&field.name, field.kind);
        // The operator stays where it fits; the values are those of the other field.
        row.rule = if kind == Some(field.kind) {
            Rule { field: fresh.field, values: Vec::new(), ..row.rule.clone() }
        } else {
            fresh
        };
        row.forget();
    }
}

fn operator_combo(
    ui: &mut Ui,
    look: &Look<'_>,
    row: &mut Row,
    (kind, name): (FieldKind, &str),
    width: f32,
) {
    let word = |operator, not| look.session.tr(operator_word(operator, not, kind));
    let now = (row.rule.operator, row.rule.negated);
    let mut choices = offered(kind);
    let plain = |(operator, not): (Operator, bool)| (operator.exactly(true), not);
    if !choices.iter().any(|choice| plain(*choice) == plain(now)) {
        choices.push(now);
    }
    let mut chosen = None;
    let combo = icons::combo_box("operator").width(width).truncate().height(300.0);
    let shown = combo.selected_text(word(now.0, now.1)).show_ui(ui, |ui| {
        for (operator, not) in choices {
            let is_this = plain((operator, not)) == plain(now);
            if chosen::item(ui, is_this, word(operator, not)).clicked() && !is_this {
                chosen = Some((operator, not));
            }
        }
    });
    shown.response.accessible_name(look.session.say(&named(look, "app-filter-operator", name)));
    if let Some((operator, not)) = chosen {
        let (_, most) = operator.values();
        (row.rule.operator, row.rule.negated) = (operator, not);
        row.rule.values.truncate(most);
        row.forget();
    }
}

/// A text to look for in the field's.
fn part_of_text(ui: &mut Ui, look: &Look<'_>, row: &mut Row, name: &str) {
    use crate::query::builder::Value;
    ui.horizontal(|ui| {
        let mut text = match row.rule.values.first() {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let field =
            egui::TextEdit::singleline(&mut text).desired_width(ui.available_width() - 40.0);
        let field = ui.add(field);
        let field = field.accessible_name(look.session.say(&named(look, "app-filter-value", name)));
        if field.changed() {
            row.rule.values = if text.is_empty() { Vec::new() } else { vec![Value::Text(text)] };
        }
        let exact = row.rule.operator == row.rule.operator.exactly(true);
        let hint = look.session.tr("app-filter-exact");
        let toggle = chosen::tab(ui, exact, "Aa").on_hover_text(&hint);
        if toggle.accessible_name(hint).clicked() {
            row.rule.operator = row.rule.operator.exactly(!exact);
        }
    });
}
