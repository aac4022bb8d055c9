//! Looks by a number, in classes.

use egui::{Button, DragValue, Ui};

use super::super::chosen;
use super::super::icons;
use super::super::session::Session;
use super::classes::{self, Line};
use super::fields::{self, Wanted, label_before};
use super::histogram;
use super::ramps::Ramps;
use super::values::{Look, is_plain, reset};
use crate::i18n::parse_number;
use crate::style::breaks::{MOST_CLASSES, Method};
use crate::style::ramp::RampUse;
use crate::style::{
    By, Change, Class, ClassWords, Graduated, NumberOf, Partition, Per, Spread, Style,
    symbol_for_classes,
};
use crate::table::{PartKind, Table};

/// A number, its classes and their looks.
pub(super) fn show(
    ui: &mut Ui,
    look: &Look<'_>,
    ramps: &mut Ramps,
    by: &mut Graduated,
    style: &Style,
) {
    let session = look.session;
    if Wanted::Numbers.of(look.table).next().is_none() {
        fields::none(ui, session, Wanted::Numbers);
        return;
    }
    if of(ui, look, "number", &mut by.of) {
        (by.breaks, by.changes) = (None, Vec::new());
    }
    method(ui, session, by);
    let ramp_before = by.ramp.clone();
    ramps.show(ui, session, &mut by.ramp, (RampUse::Sequential, look.count()));
    if by.ramp != ramp_before {
        by.changes.iter_mut().for_each(|change| change.color = None);
    }
    if look.kind == Some(PartKind::Polygon) {
        ui.checkbox(&mut by.hatched, session.tr("app-style-hatched"))
            .on_hover_text(session.tr("app-style-hatched-about"));
    }
    if let Some(partition) = look.partition {
        lines(ui, look, by, style, partition);
    }
}

/// Which number: a field, and what it is divided by. Tells whether it was changed.
pub(super) fn of(ui: &mut Ui, look: &Look<'_>, salt: &str, of: &mut NumberOf) -> bool {
    let session = look.session;
    let before = of.clone();
    ui.horizontal(|ui| {
        let label = session.tr("app-style-field");
        label_before(ui, &label);
        fields::choose(ui, look.table, Wanted::Numbers, (salt, &label), &mut of.field);
    });
    ui.horizontal(|ui| {
        let label = session.tr("app-style-per");
        label_before(ui, &label);
        let shown = match &of.per {
            Per::Nothing => session.tr("app-style-per-nothing"),
            Per::Field(field) => field.clone(),
            Per::SquareKilometre => session.tr("app-style-per-area"),
        };
        let width = ui.available_width().min(190.0);
        let combo = icons::combo_box(("per", salt)).width(width).selected_text(shown);
        let shown = combo.show_ui(ui, |ui| {
            let nothing = session.tr("app-style-per-nothing");
            chosen::value(ui, &mut of.per, Per::Nothing, nothing);
            if look.kind == Some(PartKind::Polygon) {
                let area = session.tr("app-style-per-area");
                chosen::value(ui, &mut of.per, Per::SquareKilometre, area);
            }
            for field in Wanted::Numbers.of(look.table).filter(|field| field.name != of.field) {
                let per = Per::Field(field.name.clone());
                chosen::value(ui, &mut of.per, per, field.title());
            }
        });
        shown.response.accessible_name(label);
    });
    *of != before
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::NaturalBreaks => "app-method-natural",
        Method::Quantile => "app-method-quantile",
        Method::EqualInterval => "app-method-equal",
        Method::Pretty => "app-method-pretty",
        Method::StandardDeviation => "app-method-deviation",
        Method::HeadTail => "app-method-head-tail",
    }
}

fn method_about(method: Method) -> &'static str {
    match method {
        Method::NaturalBreaks => "app-method-natural-about",
        Method::Quantile => "app-method-quantile-about",
        Method::EqualInterval => "app-method-equal-about",
        Method::Pretty => "app-method-pretty-about",
        Method::StandardDeviation => "app-method-deviation-about",
        Method::HeadTail => "app-method-head-tail-about",
    }
}

pub(super) fn method(ui: &mut Ui, session: &Session, by: &mut Graduated) {
    let how = How {
        method: &mut by.method,
        count: &mut by.count,
        breaks: &mut by.breaks,
        methods: &Method::ALL,
        most: MOST_CLASSES,
    };
    if how.show(ui, session, "classes") {
        by.changes.clear();
    }
}

/// How classes are made, to be chosen.
pub(super) struct How<'a> {
    pub method: &'a mut Method,
    pub count: &'a mut usize,
    pub breaks: &'a mut Option<Vec<f64>>,
    /// The methods offered.
    pub methods: &'a [Method],
    /// The most classes.
    pub most: usize,
}

impl How<'_> {
    /// Shows it. Tells whether classes are made anew: breaks that were set by hand are gone then.
    pub fn show(self, ui: &mut Ui, session: &Session, salt: &str) -> bool {
        let How { method: now, count, breaks, methods, most } = self;
        let before = (*now, *count);
        let is_by_hand = breaks.is_some();
        let mut chosen_now = false;
        ui.horizontal(|ui| {
            let label = session.tr("app-style-method");
            label_before(ui, &label);
            let id = if is_by_hand { "app-method-by-hand" } else { method_name(*now) };
            let combo = icons::combo_box(("method", salt)).width(150.0);
            let shown = combo.selected_text(session.tr(id)).show_ui(ui, |ui| {
                for method in methods {
                    let is_on = *now == *method && !is_by_hand;
                    let item = chosen::item(ui, is_on, session.tr(method_name(*method)));
                    if item.on_hover_text(session.tr(method_about(*method))).clicked() {
                        *now = *method;
                        chosen_now = true;
                    }
                }
            });
            let about = if is_by_hand { "app-method-by-hand-about" } else { method_about(*now) };
            shown.response.on_hover_text(session.tr(about)).accessible_name(label);
            if now.takes_count() && !is_by_hand {
                let label = session.tr("app-style-count");
                let field = DragValue::new(count).range(2..=most).speed(0.05);
                ui.add(field).on_hover_text(&label).accessible_name(label);
            } else if is_by_hand {
                let again = session.tr("app-style-breaks-again");
                chosen_now |= ui.add(Button::new(again)).clicked();
            }
        });
        let is_changed = chosen_now || before != (*now, *count);
        if is_changed {
            *breaks = None;
        }
        is_changed
    }
}

/// A button that keeps breaks as they are; tells whether it was clicked.
pub(super) fn fix(ui: &mut Ui, session: &Session) -> bool {
    let button = ui.add(Button::new(session.tr("app-style-breaks-fix")));
    button.on_hover_text(session.tr("app-style-breaks-fix-about")).clicked()
}

pub(super) fn lines(
    ui: &mut Ui,
    look: &Look<'_>,
    by: &mut Graduated,
    style: &Style,
    partition: &Partition,
) {
    let session = look.session;
    let words = ClassWords::new(session.language, None, partition);
    let symbols = style.class_symbols(partition, look.kind);
    let uppers: Vec<f64> = partition
        .classes
        .iter()
        .filter_map(|(class, _)| match class {
            Class::Range { upper, .. } => Some(*upper),
            _ => None,
        })
        .collect();
    let color = |symbol: &Option<crate::style::Symbol>| {
        let symbol = symbol.as_ref()?;
        Some(if look.kind == Some(PartKind::Line) { symbol.stroke } else { symbol.fill })
    };
    let colors: Vec<_> = symbols.iter().map(color).collect();
    let mut moved = None;
    if let Some(spread) = &partition.spread {
        moved = histogram::show(ui, session, spread, &uppers, &colors);
        ends(ui, spread, &words);
    }
    let last = uppers.len().saturating_sub(1);
    for (at, (class, count)) in partition.classes.iter().enumerate() {
        let usual = words.usual(style, at, class);
        let named = words.of(style, at, class);
        let symbol = symbols.get(at).copied().flatten().unwrap_or(style.symbol);
        let line = Line { usual: &usual, count: *count, symbol, kind: look.kind, named: &named };
        match class {
            Class::Range { upper, .. } => {
                let mut change = by.changes.get(at).cloned().unwrap_or_default();
                let before = change.clone();
                classes::line(ui, session, &line, &mut change, false);
                if change != before {
                    by.changes.resize(uppers.len().max(at + 1), Change::default());
                    if let Some(slot) = by.changes.get_mut(at) {
                        *slot = change;
                    }
                }
                if by.breaks.is_some() && at < last {
                    let typed = upper_end(ui, session, &named, *upper);
                    moved = moved.or(typed.map(|typed| {
                        let mut breaks = uppers.clone();
                        if let Some(slot) = breaks.get_mut(at) {
                            *slot = typed;
                        }
                        breaks
                    }));
                }
            }
            Class::Missing if *count > 0 => {
                classes::line(ui, session, &line, &mut by.missing, false);
            }
            _ => {}
        }
    }
    if !by.changes.iter().all(is_plain) && reset(ui, session) {
        by.changes.clear();
    }
    if by.breaks.is_none() && uppers.len() > 1 && fix(ui, session) {
        by.breaks = Some(uppers);
    }
    if let Some(breaks) = moved {
        by.breaks = Some(breaks);
    }
}

/// The least and the greatest number, under a picture of how they are spread.
pub(super) fn ends(ui: &mut Ui, spread: &Spread, words: &ClassWords) {
    let Some([least, greatest]) = spread.ends else { return };
    ui.horizontal(|ui| {
        ui.weak(words.number(least));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.weak(words.number(greatest));
        });
    });
}

/// The upper end of a class, to be typed.
pub(super) fn upper_end(ui: &mut Ui, session: &Session, named: &str, upper: f64) -> Option<f64> {
    let mut typed = upper;
    let label = crate::i18n::Message::new("app-class-upper").text("name", named);
    let language = session.language;
    let changed = ui
        .horizontal(|ui| {
            ui.add_space(66.0);
            ui.weak(session.tr("app-class-up-to"));
            let field = DragValue::new(&mut typed)
                .speed((upper.abs() / 200.0).max(1e-6))
                .custom_formatter(move |value, _| crate::i18n::format_number(language, value, 6))
                .custom_parser(move |text| parse_number(language, text));
            ui.add(field).accessible_name(session.say(&label)).changed()
        })
        .inner;
    changed.then_some(typed)
}

/// A style by the number that tells most.
pub(super) fn begin(table: &Table, style: &Style, kind: Option<PartKind>) -> Option<Style> {
    let field = Wanted::Numbers.first(table)?;
    Some(by_field(&field.name, style, kind))
}

/// A style by a number.
pub(super) fn by_field(field: &str, style: &Style, kind: Option<PartKind>) -> Style {
    let of = NumberOf { field: field.to_owned(), per: Per::Nothing };
    let by = By::Number(Graduated { of, ..Graduated::default() });
    let symbol = symbol_for_classes(style.symbol, kind, &by);
    Style { symbol, by, ..style.clone() }
}
