//! Where bars begin and end: at round numbers, and at the borders of hours, days, months and years.

use chrono::{DateTime, Datelike, NaiveDate};

use super::Axis;

const DAY: f64 = 86_400_000.0;

/// The edges of about so many bars from the least number to the greatest, ascending, two at least.
pub(super) fn edges(axis: Axis, [least, most]: [f64; 2], bars: usize) -> Vec<f64> {
    match axis {
        Axis::Whole => numbers([least, most], bars, true),
        Axis::Number => numbers([least, most], bars, false),
        Axis::Days => days([least, most], bars),
        Axis::Moments => moments([least, most], bars),
    }
}

/// Between which edges a number lies: after the last one that is not above it.
pub(super) fn step_of(edges: &[f64], place: f64) -> usize {
    edges.partition_point(|edge| *edge <= place).saturating_sub(1)
}

#[expect(clippy::cast_precision_loss, reason = "a small number of bars")]
fn numbers([least, most]: [f64; 2], bars: usize, is_whole: bool) -> Vec<f64> {
    let count = bars.max(1) as f64;
    let span = most - least;
    let wanted = if span > 0.0 { span / count } else { alone(least) };
    let wanted = if is_whole { wanted.max(1.0) } else { wanted };
    let evenly = || {
        let share = |step: usize| step as f64 / count;
        let edge = |step| (least * (1.0 - share(step)) + most * share(step)).clamp(least, most);
        let mut edges: Vec<f64> = (0..=bars.max(1)).map(edge).collect();
        // Where numbers are hardly told apart, several edges are one.
        edges.sort_unstable_by(f64::total_cmp);
        edges.dedup();
        if edges.len() < 2 {
            edges.push(most);
        }
        edges
    };
    if !wanted.is_normal() {
        return evenly();
    }
    let power = wanted.log10().floor();
    let (factor, power) = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|factor| factor * 10_f64.powf(power) >= wanted * (1.0 - 1e-9))
        .map_or((1.0, power + 1.0), |factor| (factor, power));
    // Divided by a power of ten, an edge is the very number that its digits say.
    let unit = 10_f64.powf(power.abs());
    let edge = |step: f64| if power < 0.0 { step * factor / unit } else { step * factor * unit };
    let width = edge(1.0);
    let first = (least / width).floor();
    // Beyond this, numbers are no longer told apart.
    if !(width.is_normal() && first.abs() < 1e15 && (most / width).abs() < 1e15) {
        return evenly();
    }
    let last = most / width;
    let end = if is_whole || span <= 0.0 { last.floor() + 1.0 } else { last.ceil() };
    let mut edges = Vec::with_capacity(bars + 4);
    let mut step = first;
    while step <= end.max(first + 1.0) {
        edges.push(edge(step));
        step += 1.0;
    }
    edges
}

/// How wide the bar of a single number is.
fn alone(number: f64) -> f64 {
    if number == 0.0 { 1.0 } else { 10_f64.powf(number.abs().log10().floor() - 1.0) }
}

/// Steps on the calendar.
#[derive(Clone, Copy)]
enum Step {
    Days(i64),
    Months(i32),
}

const STEPS: [Step; 9] = [
    Step::Days(1),
    Step::Days(7),
    Step::Months(1),
    Step::Months(3),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(1200),
];

impl Step {
    fn length(self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "1 or 7")]
            Step::Days(days) => days as f64,
            Step::Months(months) => f64::from(months) * 30.44,
        }
    }
}

/// Edges in days.
fn days([least, most]: [f64; 2], bars: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a small number of bars")]
    let wanted = (most - least) / bars.max(1) as f64;
    let step = STEPS.into_iter().find(|step| step.length() >= wanted);
    let made = match step {
        Some(Step::Days(days)) => whole_days([least, most], days),
        Some(Step::Months(months)) => months_between([least, most], months),
        None => None,
    };
    made.unwrap_or_else(|| numbers([least, most], bars, true))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "days of dates")]
fn whole_days([least, most]: [f64; 2], step: i64) -> Option<Vec<f64>> {
    // The first of January 1970 was a Thursday: weeks begin on Monday.
    let monday = if step == 7 { -3 } else { 0 };
    let first = (least.floor() as i64 - monday).div_euclid(step) * step + monday;
    let end = most.floor() as i64;
    let mut edges = vec![first as f64];
    let mut at = first;
    while at <= end {
        at = at.checked_add(step)?;
        edges.push(at as f64);
    }
    Some(edges)
}

#[expect(clippy::cast_possible_truncation, reason = "days of dates")]
fn months_between([least, most]: [f64; 2], step: i32) -> Option<Vec<f64>> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    let date = epoch.checked_add_signed(chrono::TimeDelta::try_days(least.floor() as i64)?)?;
    let month = date.year().checked_mul(12)?.checked_add(i32::try_from(date.month0()).ok()?)?;
    let mut month = month.div_euclid(step).checked_mul(step)?;
    let day = |month: i32| {
        let of_year = u32::try_from(month.rem_euclid(12)).ok()?;
        let first = NaiveDate::from_ymd_opt(month.div_euclid(12), of_year + 1, 1)?;
        let days = i32::try_from(first.signed_duration_since(epoch).num_days()).ok()?;
        Some(f64::from(days))
    };
    let mut edges = vec![day(month)?];
    while edges.last().is_some_and(|edge| *edge <= most) {
        month = month.checked_add(step)?;
        edges.push(day(month)?);
    }
    Some(edges)
}

/// Edges in milliseconds.
fn moments([least, most]: [f64; 2], bars: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a small number of bars")]
    let wanted = (most - least) / bars.max(1) as f64;
    if wanted > DAY / 2.0 {
        return days([least / DAY, most / DAY], bars).into_iter().map(|day| day * DAY).collect();
    }
    let minutes = [1.0, 5.0, 15.0, 60.0, 180.0, 360.0, 720.0].map(|minutes| minutes * 60_000.0);
    let seconds = [1.0, 5.0, 15.0].map(|seconds| seconds * 1000.0);
    let found = seconds.into_iter().chain(minutes).find(|step| *step >= wanted);
    let step = found.unwrap_or(DAY);
    let (first, end) = ((least / step).floor(), (most / step).floor() + 1.0);
    let mut edges = Vec::with_capacity(bars + 4);
    let mut at = first;
    while at <= end {
        edges.push(at * step);
        at += 1.0;
    }
    edges
}
