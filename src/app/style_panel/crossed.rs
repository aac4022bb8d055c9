//! Looks by two numbers, crossed.

use egui::{RichText, Ui};

use super::super::icons;
use super::classes::{self, Line};
use super::fields::{self, Wanted};
use super::histogram;
use super::numbers::{self, How};
use super::ramps::Ramps;
use super::values::{Look, is_plain, reset};
use crate::i18n::Message;
use crate::style::{
    By, Class, ClassWords, Color, Crossed, MOST_STEPS, NumberOf, Partition, Per, Side, Steps,
    Style, Symbol, symbol_for_classes,
};
use crate::table::{PartKind, Table};

/// Two numbers, their classes and the looks of these.
pub(super) fn show(
    ui: &mut Ui,
    look: &Look<'_>,
    ramps: &mut Ramps,
    by: &mut Crossed,
    style: &Style,
) {
    let session = look.session;
    if Wanted::Numbers.of(look.table).next().is_none() {
        fields::none(ui, session, Wanted::Numbers);
        return;
    }
    ui.label(RichText::new(session.tr("app-crossed-about")).small().weak());
    let sides = look.partition.and_then(|partition| partition.sides.as_deref());
    let colors = look.partition.map(|partition| SideColors::of(look, style, partition));
    let before = (by.across.clone(), by.up.clone());
    let [across, up] = sides.map_or([None; 2], |[across, up]| [Some(across), Some(up)]);
    let [of_across, of_up] = colors.map(|colors| colors.0).unwrap_or_default();
    steps(
        ui,
        look,
        ("across", "app-crossed-across"),
        &mut by.across,
        across.zip(Some(&*of_across)),
    );
    steps(ui, look, ("up", "app-crossed-up"), &mut by.up, up.zip(Some(&*of_up)));
    let is_other = |before: &Steps, now: &Steps| {
        before.of != now.of || before.count != now.count || before.method != now.method
    };
    if is_other(&before.0, &by.across) || is_other(&before.1, &by.up) {
        by.changes.clear();
    }
    ui.add_space(4.0);
    let ramp_before = by.ramp.clone();
    let grid = look.partition.map_or([by.across.count, by.up.count], Partition::grid);
    ramps.show_crossed(ui, session, &mut by.ramp, grid);
    if by.ramp != ramp_before {
        by.changes.iter_mut().for_each(|change| change.color = None);
    }
    if let Some(partition) = look.partition {
        lines(ui, look, by, style, partition);
    }
}

/// One of the two numbers: which, and how its classes are made.
fn steps(
    ui: &mut Ui,
    look: &Look<'_>,
    (salt, title): (&'static str, &'static str),
    steps: &mut Steps,
    known: Option<(&Side, &[Option<Color>])>,
) {
    let session = look.session;
    ui.push_id(salt, |ui| {
        ui.label(session.tr(title));
        if numbers::of(ui, look, salt, &mut steps.of) {
            steps.breaks = None;
        }
        let how = How {
            method: &mut steps.method,
            count: &mut steps.count,
            breaks: &mut steps.breaks,
            methods: &Steps::METHODS,
            most: MOST_STEPS,
        };
        how.show(ui, session, salt);
        let Some((side, colors)) = known else { return };
        let title = Message::new("app-crossed-steps").text("field", steps.of.title());
        icons::fold(session.say(&title)).id_salt(("steps", salt)).show(ui, |ui| {
            breaks(ui, look, steps, side, colors);
        });
    });
}

/// Where the classes of a number end: dragged on its histogram, or typed.
fn breaks(ui: &mut Ui, look: &Look<'_>, steps: &mut Steps, side: &Side, colors: &[Option<Color>]) {
    let session = look.session;
    let words = ClassWords::of_side(session.language, side);
    let uppers: Vec<f64> = side.ranges.iter().map(|[_, upper]| *upper).collect();
    let mut moved = histogram::show(ui, session, &side.spread, &uppers, colors);
    numbers::ends(ui, &side.spread, &words);
    if steps.breaks.is_some() {
        for (at, [lower, upper]) in side.ranges.iter().enumerate() {
            if at + 1 == uppers.len() {
                break;
            }
            let range = Class::Range { lower: *lower, upper: *upper };
            let named = words.usual(&Style::default(), at, &range);
            let named = format!("{}: {named}", steps.of.title());
            let typed = numbers::upper_end(ui, session, &named, *upper);
            moved = moved.or(typed.map(|typed| {
                let mut breaks = uppers.clone();
                if let Some(slot) = breaks.get_mut(at) {
                    *slot = typed;
                }
                breaks
            }));
        }
    } else if uppers.len() > 1 && numbers::fix(ui, session) {
        moved = Some(uppers);
    }
    if let Some(breaks) = moved {
        steps.breaks = Some(breaks);
    }
}

/// The colours of the classes of each number where the other one is lowest.
struct SideColors([Vec<Option<Color>>; 2]);

impl SideColors {
    fn of(look: &Look<'_>, style: &Style, partition: &Partition) -> SideColors {
        let symbols = style.class_symbols(partition, look.kind);
        let (mut across, mut up) = (Vec::new(), Vec::new());
        for ((class, _), symbol) in partition.classes.iter().zip(symbols) {
            let color = symbol.map(|symbol| color_of(symbol, look.kind));
            let Class::Cell { across: x, up: y } = class else { continue };
            if *y == 0 {
                across.push(color);
            }
            if *x == 0 {
                up.push(color);
            }
        }
        SideColors([across, up])
    }
}

fn color_of(symbol: Symbol, kind: Option<PartKind>) -> Color {
    if kind == Some(PartKind::Line) { symbol.stroke } else { symbol.fill }
}

/// A line for each class, folded away: the legend shows them all.
fn lines(ui: &mut Ui, look: &Look<'_>, by: &mut Crossed, style: &Style, partition: &Partition) {
    let session = look.session;
    let words = ClassWords::new(session.language, None, partition);
    let symbols = style.class_symbols(partition, look.kind);
    icons::fold(session.tr("app-crossed-classes")).id_salt("crossed classes").show(ui, |ui| {
        for (at, (class, count)) in partition.classes.iter().enumerate() {
            let usual = words.usual(style, at, class);
            let named = words.of(style, at, class);
            let symbol = symbols.get(at).copied().flatten().unwrap_or(style.symbol);
            let line =
                Line { usual: &usual, count: *count, symbol, kind: look.kind, named: &named };
            match class {
                Class::Cell { across, up } => {
                    let before = by.change(*across, *up).cloned().unwrap_or_default();
                    let mut change = before.clone();
                    classes::line(ui, session, &line, &mut change, false);
                    if change != before {
                        by.set_change(*across, *up, change);
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
    });
}

/// A style by the two numbers that tell most; the area of areas stands in for a second one.
pub(super) fn begin(table: &Table, style: &Style, kind: Option<PartKind>) -> Option<Style> {
    let first = Wanted::Numbers.first(table)?;
    let second = Wanted::Numbers.first_beside(table, Some(&first.name));
    let of = |field: &str, per| NumberOf { field: field.to_owned(), per };
    let up = match second {
        Some(second) => of(&second.name, Per::Nothing),
        None if kind == Some(PartKind::Polygon) => of(&first.name, Per::SquareKilometre),
        None => of(&first.name, Per::Nothing),
    };
    let crossed = Crossed {
        across: Steps { of: of(&first.name, Per::Nothing), ..Steps::default() },
        up: Steps { of: up, ..Steps::default() },
        ..Crossed::default()
    };
    let by = By::Crossed(Box::new(crossed));
    let symbol = symbol_for_classes(style.symbol, kind, &by);
    Some(Style { symbol, by, ..style.clone() })
}
