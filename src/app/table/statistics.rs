//! What a column's values are like, in its menu.

use std::sync::Arc;

use arrow_array::BooleanArray;
use egui::{Button, Grid, RichText, Sense, StrokeKind, Ui, Vec2};

use super::super::Wake;
use super::super::actions::{Action, Actions};
use super::super::copying::Copied;
use super::super::derived::Same;
use super::super::keyed::Keyed;
use super::super::layers_panel::progress;
use super::super::session::Session;
use super::super::theme;
use crate::i18n::{Language, Message, format_integer, format_number};
use crate::jobs::{Cancelled, Job};
use crate::table::{Statistics, Table, ValueCount};

/// How many of the most frequent values are shown.
const SHOWN: usize = 8;

/// How much of a value is shown, bytes.
const VALUE_BYTES: usize = 120;

/// How long the bar of the most frequent value is, points.
const BAR: f32 = 70.0;

/// What the statistics follow from: a column, and the rows looked at.
#[derive(Clone, PartialEq)]
struct Key {
    table: Same<Table>,
    field: usize,
    rows: Option<Same<BooleanArray>>,
}

/// The statistics of the column whose menu is open.
#[derive(Default)]
pub(super) struct ColumnStatistics {
    cell: Keyed<Key, Result<Statistics, Cancelled>>,
}

impl ColumnStatistics {
    /// Shows the statistics of a column over the rows that a filter shows (none for all), or that
    /// they are being made.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        table: &Arc<Table>,
        field: usize,
        rows: Option<Same<BooleanArray>>,
        out: &mut Actions,
    ) {
        let key = Key { table: Same(table.clone()), field, rows };
        let wake: Wake = session.wake.clone();
        self.cell.want(key.clone(), |key| {
            let key = key.clone();
            Job::start(
                "statistics",
                move || wake(),
                move |watch| {
                    let rows = key.rows.as_ref().map(|rows| rows.0.as_ref());
                    Statistics::of(&key.table.0, key.field, rows, watch)
                },
            )
        });
        ui.set_min_width(250.0);
        let Some(Ok(found)) = self.cell.of(&key) else {
            let share = self.cell.job().and_then(Job::fraction);
            progress(ui, share, &session.tr("app-filter-counting"));
            return;
        };
        let lines = summary(found, table, field, session);
        Grid::new("statistics").num_columns(2).spacing([14.0, 3.0]).show(ui, |ui| {
            for (name, value) in &lines {
                ui.label(RichText::new(name).weak());
                ui.label(value);
                ui.end_row();
            }
        });
        frequent(ui, session, table, field, found);
        if ui.add(Button::new(session.tr("app-table-statistics-copy"))).clicked() {
            let lines: Vec<String> =
                lines.iter().map(|(name, value)| format!("{name}\t{value}")).collect();
            out.push(Action::Copy(Copied::Text(lines.join("\n"))));
            ui.close();
        }
    }
}

/// The figures with their names.
pub(in crate::app) fn summary(
    found: &Statistics,
    table: &Table,
    field: usize,
    session: &Session,
) -> Vec<(String, String)> {
    let language = session.language;
    let mut lines = Vec::new();
    let mut line = |id: &'static str, value: String| {
        lines.push((session.say(&Message::new(id)), value));
    };
    let count = |count: u64| format_integer(language, i64::try_from(count).unwrap_or(i64::MAX));
    line("app-stat-rows", count(found.rows));
    line("app-stat-nulls", count(found.nulls));
    if found.not_finite > 0 {
        line("app-stat-not-finite", count(found.not_finite));
    }
    line("app-stat-distinct", count(found.distinct));
    if let Some([least, most]) = found.ends {
        line("app-stat-least", value(table, field, least, language));
        line("app-stat-most", value(table, field, most, language));
    }
    if let Some(numbers) = &found.numbers {
        let figure = |value: f64| format_number(language, value, 4);
        line("app-stat-mean", figure(numbers.mean));
        line("app-stat-median", figure(numbers.median));
        line("app-stat-quartile-1", figure(numbers.quartiles[0]));
        line("app-stat-quartile-3", figure(numbers.quartiles[1]));
        line("app-stat-deviation", figure(numbers.deviation));
        line("app-stat-sum", figure(numbers.sum));
    }
    lines
}

pub(in crate::app) fn value(table: &Table, field: usize, row: usize, language: Language) -> String {
    let (value, _) = table.value(row, field).shortened(VALUE_BYTES);
    let text = value.in_language(language);
    text.lines().next().unwrap_or_default().to_owned()
}

/// The most frequent values, each with a bar for its share.
fn frequent(ui: &mut Ui, session: &Session, table: &Table, field: usize, found: &Statistics) {
    let most = found.values.first().map_or(0, |value| value.count);
    // Where nearly every value is another one, none is worth a line.
    if most < 2 {
        return;
    }
    let language = session.language;
    ui.add_space(2.0);
    ui.label(RichText::new(session.tr("app-stat-frequent")).small().weak());
    Grid::new("frequent").num_columns(3).spacing([8.0, 2.0]).show(ui, |ui| {
        for ValueCount { row, count } in found.values.iter().take(SHOWN) {
            let text = value(table, field, *row, language);
            let text = if text.is_empty() { session.tr("app-stat-empty-text") } else { text };
            ui.scope(|ui| {
                ui.set_max_width(170.0);
                ui.add(egui::Label::new(text).truncate());
            });
            let (rect, _) = ui.allocate_exact_size(Vec2::new(BAR, 12.0), Sense::hover());
            #[expect(clippy::cast_precision_loss, reason = "a share for a bar")]
            let share = *count as f32 / most as f32;
            let mut bar = rect;
            bar.set_width((BAR * share).max(2.0));
            ui.painter().rect_filled(bar, 2.0, theme::accent(ui).gamma_multiply(0.6));
            ui.painter().rect_stroke(
                rect,
                2.0,
                ui.visuals().widgets.noninteractive.bg_stroke,
                StrokeKind::Inside,
            );
            ui.label(format_integer(language, i64::try_from(*count).unwrap_or(i64::MAX)));
            ui.end_row();
        }
    });
    let shown: u64 = found.values.iter().take(SHOWN).map(|value| value.count).sum();
    let others = found.distinct.saturating_sub(SHOWN as u64);
    if others > 0 {
        let rows = found.with_value().saturating_sub(shown);
        let text = Message::new("app-stat-others").count("values", others).count("rows", rows);
        ui.label(RichText::new(session.say(&text)).small().weak());
    }
}
