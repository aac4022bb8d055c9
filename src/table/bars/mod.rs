//! The rows of a table under the bars of a chart: a bar for each step of numbers or of time, or for
//! each of the most frequent values and one for the others.
//!
//! Which bar a row belongs to is kept, two bytes a row, so that bars are counted again for the
//! rows selected, and the rows of bars are found, without looking at values.

mod course;
mod edges;
mod scatter;
mod tally;

pub use course::{Course, CourseLine, MOST_STEPS};
pub use scatter::{MOST_POINTS, Scatter, share};
pub use tally::Tally;

use std::collections::HashMap;

use self::edges::{edges, step_of};
use super::{DateTimeForm, FieldKind, Offset, RowSet, Statistics, Table, Value};
use crate::jobs::{Cancelled, Watch, in_parallel};

/// About how many bars numbers are divided over.
pub const USUAL_BARS: usize = 24;

/// A row under no bar.
const NONE: u16 = u16::MAX;
/// Rows looked at in one go.
const RUN: usize = 1 << 16;
/// Rows between two looks at the watch.
const STRIDE: usize = 1 << 12;

/// What the rows of a bar have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BarOf {
    /// Numbers, days since 1970 or milliseconds since 1970 on the clock of the data, from the first
    /// up to the second. The second belongs to the next bar, to the last bar its own.
    Range([f64; 2]),
    /// The value of this row.
    Value(usize),
    /// One of so many other values.
    Others(u64),
}

/// How numbers are written that lie on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Whole numbers: a bar ends one before the next begins.
    Whole,
    /// Numbers.
    Number,
    /// Days since 1970.
    Days,
    /// Milliseconds since 1970.
    Moments,
}

impl Axis {
    /// The axis on which values of a kind lie; none for those without an order.
    pub fn of(kind: FieldKind) -> Option<Axis> {
        Some(match kind {
            FieldKind::Integer => Axis::Whole,
            FieldKind::Number => Axis::Number,
            FieldKind::Date => Axis::Days,
            FieldKind::DateTime(_) => Axis::Moments,
            FieldKind::Text | FieldKind::Json | FieldKind::Boolean => return None,
        })
    }
}

/// Bars and the rows under them.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The bars, in the order in which they stand.
    pub bars: Vec<BarOf>,
    /// What is under each.
    pub tallies: Vec<Tally>,
    /// Where the bars lie on an axis.
    pub axis: Option<Axis>,
    rows: Vec<u16>,
}

impl Bars {
    /// Divides numbers, dates or moments in round steps: numbers in 1, 2 or 5 times a power of ten,
    /// time in hours, days, weeks, months, years. None where there are no values or no order.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of_steps(
        table: &Table,
        field: usize,
        facts: &Statistics,
        rows: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<Option<Bars>, Cancelled> {
        let Some(axis) = table.fields.get(field).and_then(|field| Axis::of(field.kind)) else {
            return Ok(None);
        };
        let end = |row: usize| place(table.value(row, field));
        let ends = facts.ends.and_then(|[least, most]| Some([end(least)?, end(most)?]));
        let Some(ends) = ends else { return Ok(None) };
        let edges = edges(axis, ends, USUAL_BARS);
        let last = edges.len().saturating_sub(2);
        let of_rows = each_row(table, rows, watch, |row| {
            let place = place(table.value(row, field))?;
            u16::try_from(step_of(&edges, place).min(last)).ok()
        })?;
        let bars: Vec<BarOf> = edges
            .iter()
            .zip(edges.iter().skip(1))
            .map(|(from, to)| BarOf::Range([*from, *to]))
            .collect();
        Ok(Some(Bars { tallies: Vec::new(), bars, axis: Some(axis), rows: of_rows }))
    }

    /// A bar for each of the most frequent values, and one for all others where there are more.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of_values(
        table: &Table,
        field: usize,
        facts: &Statistics,
        most: usize,
        rows: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<Bars, Cancelled> {
        let listed: Vec<usize> = facts.values.iter().take(most).map(|value| value.row).collect();
        let keys = listed.iter().zip(0_u16..);
        let keys: HashMap<Key<'_>, u16> =
            keys.filter_map(|(row, at)| Some((key(table.value(*row, field))?, at))).collect();
        let others = facts.distinct.saturating_sub(listed.len() as u64);
        let last = u16::try_from(listed.len()).unwrap_or(NONE);
        let of_rows = each_row(table, rows, watch, |row| {
            let key = key(table.value(row, field))?;
            Some(keys.get(&key).copied().unwrap_or(last))
        })?;
        let mut bars: Vec<BarOf> = listed.into_iter().map(BarOf::Value).collect();
        if others > 0 {
            bars.push(BarOf::Others(others));
        }
        Ok(Bars { tallies: Vec::new(), bars, axis: None, rows: of_rows })
    }

    /// Counts what is under the bars, and adds up a field of numbers where one is given.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn tallied(
        self,
        table: &Table,
        number: Option<usize>,
        watch: &Watch,
    ) -> Result<Bars, Cancelled> {
        let tallies = self.tally(table, number, None, watch)?;
        Ok(Bars { tallies, ..self })
    }

    /// The rows under some of the bars.
    pub fn rows_of(&self, is_meant: impl Fn(usize) -> bool) -> RowSet {
        let meant: Vec<bool> = (0..self.bars.len()).map(is_meant).collect();
        let is_meant = |bar: u16| meant.get(usize::from(bar)).copied().unwrap_or(false);
        let rows = self.rows.iter().enumerate().filter(|(_, bar)| is_meant(**bar));
        RowSet::of(self.rows.len(), rows.map(|(row, _)| row))
    }
}

/// The bar of each row of a table.
fn each_row(
    table: &Table,
    rows: Option<&RowSet>,
    watch: &Watch,
    bar: impl Fn(usize) -> Option<u16> + Sync,
) -> Result<Vec<u16>, Cancelled> {
    let starts: Vec<usize> = (0..table.rows()).step_by(RUN).collect();
    let runs = in_parallel(starts, |start| {
        let mut run = Vec::with_capacity(RUN);
        for row in start..(start + RUN).min(table.rows()) {
            if row.is_multiple_of(STRIDE) {
                watch.check()?;
            }
            let is_meant = rows.is_none_or(|rows| rows.contains(row));
            run.push(if is_meant { bar(row).unwrap_or(NONE) } else { NONE });
        }
        Ok(run)
    });
    let runs: Vec<Vec<u16>> = runs.into_iter().collect::<Result<_, Cancelled>>()?;
    Ok(runs.concat())
}

/// Where a value lies on its axis; none for what has no place there.
#[expect(clippy::cast_precision_loss, reason = "a place in a chart")]
pub(super) fn place(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(number as f64),
        Value::Number(number) => Some(number).filter(|number| number.is_finite()),
        Value::Date(date) => {
            let epoch = chrono::DateTime::UNIX_EPOCH.date_naive();
            Some(date.signed_duration_since(epoch).num_days() as f64)
        }
        Value::DateTime(at, DateTimeForm { offset, .. }) => {
            let millis = at.and_utc().timestamp_millis() as f64;
            let minutes = match offset {
                Offset::Minutes { minutes, .. } => f64::from(minutes),
                Offset::None | Offset::Zulu => 0.0,
            };
            Some(millis + minutes * 60_000.0)
        }
        Value::Null | Value::Boolean(_) | Value::Text(_) | Value::Json(_) => None,
    }
}

/// What makes two values one, as [`Statistics`] counts them.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Whole(i64),
    Bits(u64),
    Text(&'a str),
}

fn key(value: Value<'_>) -> Option<Key<'_>> {
    Some(match value {
        Value::Boolean(value) => Key::Whole(i64::from(value)),
        Value::Integer(number) => Key::Whole(number),
        Value::Number(number) if number.is_finite() => Key::Bits((number + 0.0).to_bits()),
        Value::Null | Value::Number(_) => return None,
        Value::Text(text) | Value::Json(text) => Key::Text(text),
        Value::Date(date) => Key::Whole(i64::from(chrono::Datelike::num_days_from_ce(&date))),
        Value::DateTime(at, _) => Key::Whole(at.and_utc().timestamp_millis()),
    })
}

#[cfg(test)]
mod tests;
