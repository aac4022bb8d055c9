//! Looks by the values of a field.

use egui::{Button, DragValue, Ui};

use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::theme;
use super::classes::{self, Line};
use super::fields::{self, Wanted, label_before};
use super::ramps::Ramps;
use crate::i18n::Message;
use crate::project::Layer;
use crate::style::ramp::RampUse;
use crate::style::{
    By, Categories, Category, CategoryValue, Change, Class, ClassWords, Partition, Style,
    symbol_for_classes,
};
use crate::table::{PartKind, Table};

/// What the section reads.
pub(super) struct Look<'a> {
    pub session: &'a Session,
    pub layer: &'a Layer,
    pub table: &'a Table,
    /// The classes of the layer as they are now.
    pub partition: Option<&'a Partition>,
    pub kind: Option<PartKind>,
}

impl Look<'_> {
    /// How many classes have a colour of the ramp.
    pub fn count(&self) -> usize {
        let of_ramp = |class: &Class| matches!(class, Class::Value(_) | Class::Range { .. });
        let classes = self.partition.map(|partition| partition.classes.iter());
        classes.map_or(0, |classes| classes.filter(|(class, _)| of_ramp(class)).count())
    }
}

/// The values of a field, each with a look.
pub(super) fn show(
    ui: &mut Ui,
    look: &Look<'_>,
    ramps: &mut Ramps,
    by: &mut Categories,
    style: &Style,
) {
    let session = look.session;
    if Wanted::Values.of(look.table).next().is_none() {
        fields::none(ui, session, Wanted::Values);
        return;
    }
    ui.horizontal(|ui| {
        let label = session.tr("app-style-field");
        label_before(ui, &label);
        if fields::choose(ui, look.table, Wanted::Values, ("value", &label), &mut by.field) {
            *by = Categories {
                field: by.field.clone(),
                ramp: by.ramp.clone(),
                ..Categories::default()
            };
        }
    });
    ramps.show(ui, session, &mut by.ramp, (RampUse::Qualitative, look.count()));
    let Some(partition) = look.partition else { return };
    ui.horizontal(|ui| {
        if by.listed.is_empty() {
            let label = session.tr("app-style-most");
            ui.label(&label);
            let field = DragValue::new(&mut by.most).range(1..=250).speed(0.1);
            ui.add(field).accessible_name(label);
        } else {
            let again = session.tr("app-style-most-again");
            if ui.add(Button::new(again)).clicked() {
                by.listed.clear();
            }
        }
    });
    lines(ui, look, by, style, partition);
}

fn lines(ui: &mut Ui, look: &Look<'_>, by: &mut Categories, style: &Style, partition: &Partition) {
    let session = look.session;
    let field = look.table.field(&by.field);
    let words = ClassWords::new(session.language, field.map(|field| field.kind), partition);
    // As all would look if all were shown.
    let symbols = style.class_symbols(partition, look.kind);
    let mut listed = listed(by, partition);
    let before = listed.clone();
    let (mut moved, mut added) = (None, None);
    let mut hovered = None;
    for (at, (class, count)) in partition.classes.iter().enumerate() {
        let usual = words.usual(style, at, class);
        let symbol = symbols.get(at).copied().flatten().unwrap_or(style.symbol);
        let named = words.of(style, at, class);
        let line = Line { usual: &usual, count: *count, symbol, kind: look.kind, named: &named };
        match class {
            Class::Value(_) => {
                let Some(category) = listed.get_mut(at) else { continue };
                let shown =
                    ui.scope(|ui| classes::line(ui, session, &line, &mut category.change, true));
                let Some(grip) = shown.inner else { continue };
                grip.dnd_set_drag_payload(Dragged { layer: look.layer.id.0, from: at });
                if grip.has_focus() {
                    moved = moved.or(step_by_key(ui, at));
                }
                let row = shown.response.rect.expand(2.0);
                let pointer = ui.input(|input| input.pointer.interact_pos());
                if pointer.is_some_and(|pointer| row.contains(pointer)) {
                    hovered = Some((at, row));
                }
            }
            Class::Other(values) if *values > 0 || *count > 0 => {
                classes::line(ui, session, &line, &mut by.other, false);
                added = unlisted(ui, session, *values, by.listed.is_empty());
            }
            Class::Missing if *count > 0 => {
                classes::line(ui, session, &line, &mut by.missing, false);
            }
            _ => {}
        }
    }
    let dragged = egui::DragAndDrop::payload::<Dragged>(ui.ctx());
    if let (Some(dragged), Some((to, row))) = (dragged, hovered)
        && dragged.layer == look.layer.id.0
        && dragged.from != to
    {
        // Where it would come to stand.
        let y = if dragged.from < to { row.bottom() } else { row.top() };
        ui.painter().hline(row.x_range(), y, egui::Stroke::new(2.0, theme::accent(ui)));
        if ui.input(|input| input.pointer.any_released()) {
            moved = Some((dragged.from, to));
        }
    }
    if let Some((from, to)) = moved
        && from < listed.len()
        && to < listed.len()
    {
        // Colours stay with their values.
        keep_colors(&mut listed, &symbols, look.kind);
        let one = listed.remove(from);
        listed.insert(to, one);
    }
    if let Some(more) = added {
        by.most = by.most.saturating_add(more);
    }
    if listed != before {
        by.listed = listed;
    }
}

/// A class being dragged.
struct Dragged {
    layer: u64,
    from: usize,
}

/// The arrow keys move the class whose grip has the focus.
fn step_by_key(ui: &Ui, at: usize) -> Option<(usize, usize)> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::ALT, key));
    if pressed(egui::Key::ArrowUp) {
        Some((at, at.checked_sub(1)?))
    } else if pressed(egui::Key::ArrowDown) {
        Some((at, at + 1))
    } else {
        None
    }
}

/// A button that gives more values a class of their own.
fn unlisted(ui: &mut Ui, session: &Session, values: u64, is_open: bool) -> Option<usize> {
    if values == 0 || !is_open {
        return None;
    }
    let more = values.min(8);
    let text = Message::new("app-style-more-values").count("count", more);
    let clicked = ui.add(Button::new(session.say(&text)).small()).clicked();
    clicked.then(|| usize::try_from(more).unwrap_or(1))
}

/// The values in their order: as the person listed them, or the most frequent ones.
fn listed(by: &Categories, partition: &Partition) -> Vec<Category> {
    let values = partition.classes.iter().filter_map(|(class, _)| match class {
        Class::Value(value) => Some(value),
        _ => None,
    });
    let known = |value: &CategoryValue| by.listed.iter().find(|category| category.value == *value);
    let change = |value: &CategoryValue| {
        known(value).map(|category| category.change.clone()).unwrap_or_default()
    };
    values.map(|value| Category { value: value.clone(), change: change(value) }).collect()
}

/// Writes down the colours that the ramp gave.
fn keep_colors(
    listed: &mut [Category],
    symbols: &[Option<crate::style::Symbol>],
    kind: Option<PartKind>,
) {
    for (category, symbol) in listed.iter_mut().zip(symbols) {
        if let (None, Some(symbol)) = (category.change.color, symbol) {
            let color = if kind == Some(PartKind::Line) { symbol.stroke } else { symbol.fill };
            category.change.color = Some(color.with_alpha(255));
        }
    }
}

/// A style by the values of the field that tells most.
pub(super) fn begin(table: &Table, style: &Style, kind: Option<PartKind>) -> Option<Style> {
    Some(by_field(&Wanted::Values.first(table)?.name, style, kind))
}

/// A style by the values of a field.
pub(super) fn by_field(field: &str, style: &Style, kind: Option<PartKind>) -> Style {
    let by = Categories { field: field.to_owned(), ..Categories::default() };
    let by = By::Value(by);
    let symbol = symbol_for_classes(style.symbol, kind, &by);
    Style { symbol, by, ..style.clone() }
}

/// Nothing was changed about it.
pub(super) fn is_plain(change: &Change) -> bool {
    *change == Change::default()
}

/// The sign on what puts something back.
pub(super) fn reset(ui: &mut Ui, session: &Session) -> bool {
    icons::small_button(ui, Icon::Renew, &session.tr("app-style-reset")).clicked()
}
