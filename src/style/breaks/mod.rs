//! Class breaks: the numbers of a field cut into a few classes, by the methods that cartographers
//! know.
//!
//! A class reaches from above the break before it up to its own break, which is the class's
//! largest number: `lower < x ≤ upper`; the first also holds all that is smaller. The methods and
//! their results are those of PySAL's `mapclassify`, the natural breaks exact rather than found by
//! trying.

mod natural;
mod pretty;

use serde::{Deserialize, Serialize};

use crate::jobs::{Cancelled, Watch};

/// The most classes: more than a dozen colours nobody tells apart.
pub const MOST_CLASSES: usize = 12;

/// How numbers are cut into classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Classes of equal width.
    EqualInterval,
    /// Classes of equally many numbers.
    Quantile,
    /// Classes whose numbers lie as near as possible to their mean: the least sum of squared
    /// deviations (Fisher 1958, Jenks 1977), by dynamic programming (Wang and Song 2011).
    #[default]
    NaturalBreaks,
    /// Classes of whole standard deviations around the mean.
    StandardDeviation,
    /// About so many classes with round numbers as breaks.
    Pretty,
    /// The mean, the mean of what lies above it, and so on (Jiang 2013): for numbers of which many
    /// are small and few large. It finds the number of classes itself.
    HeadTail,
}

impl Method {
    /// All methods, in the order in which they are offered.
    pub const ALL: [Method; 6] = [
        Method::NaturalBreaks,
        Method::Quantile,
        Method::EqualInterval,
        Method::Pretty,
        Method::StandardDeviation,
        Method::HeadTail,
    ];

    /// Whether the person says how many classes there are.
    pub fn takes_count(self) -> bool {
        !matches!(self, Method::StandardDeviation | Method::HeadTail)
    }
}

/// The upper breaks of classes, strictly ascending; the last holds the largest number. None when
/// there is no finite number. There are fewer classes than asked for where numbers repeat.
///
/// Numbers that are not finite are left out. Takes time with the numbers: work for a job.
///
/// # Errors
/// When cancelled.
pub fn breaks(
    numbers: impl IntoIterator<Item = f64>,
    method: Method,
    count: usize,
    watch: &Watch,
) -> Result<Option<Vec<f64>>, Cancelled> {
    let mut numbers: Vec<f64> = numbers.into_iter().filter(|number| number.is_finite()).collect();
    watch.check()?;
    let Some(range) = range_of(&numbers) else { return Ok(None) };
    let count = count.clamp(1, MOST_CLASSES);
    if range.0 >= range.1 {
        return Ok(Some(vec![range.1]));
    }
    let found = match method {
        Method::EqualInterval => equal_interval(range, count),
        Method::Quantile => quantiles(&mut numbers, count),
        Method::NaturalBreaks => natural::breaks(numbers, count, watch)?,
        Method::StandardDeviation => deviations(&numbers, range),
        Method::Pretty => pretty::breaks(range, count),
        Method::HeadTail => head_tail(numbers),
    };
    Ok(Some(ascending(found, range.1)))
}

/// The class of a number, from 0; none for one that is not finite or lies above the last break.
pub fn class_of(breaks: &[f64], number: f64) -> Option<usize> {
    if !number.is_finite() {
        return None;
    }
    let class = breaks.partition_point(|upper| *upper < number);
    (class < breaks.len()).then_some(class)
}

/// How many numbers are in each class; those that are in none are not counted.
pub fn counts(breaks: &[f64], numbers: impl IntoIterator<Item = f64>) -> Vec<u64> {
    let mut counts = vec![0; breaks.len()];
    for number in numbers {
        if let Some(count) = class_of(breaks, number).and_then(|class| counts.get_mut(class)) {
            *count += 1;
        }
    }
    counts
}

/// Strictly ascending, the last at least the largest number.
fn ascending(mut breaks: Vec<f64>, largest: f64) -> Vec<f64> {
    breaks.retain(|at| at.is_finite());
    breaks.sort_by(f64::total_cmp);
    breaks.dedup();
    if breaks.last().is_none_or(|last| *last < largest) {
        breaks.push(largest);
    }
    breaks
}

fn range_of(numbers: &[f64]) -> Option<(f64, f64)> {
    let first = *numbers.first()?;
    let wider = |(low, high): (f64, f64), number: &f64| (low.min(*number), high.max(*number));
    Some(numbers.iter().fold((first, first), wider))
}

#[expect(clippy::cast_precision_loss, reason = "a dozen classes")]
fn equal_interval((low, high): (f64, f64), count: usize) -> Vec<f64> {
    let share = |class: usize| class as f64 / count as f64;
    // Not `high - low`: that can be infinite.
    let at = |class: usize| low * (1.0 - share(class)) + high * share(class);
    (1..count).map(at).chain([high]).collect()
}

/// With linear interpolation between neighbours (type 7 of Hyndman and Fan, 1996).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions in memory are far below 2^53"
)]
fn quantiles(numbers: &mut [f64], count: usize) -> Vec<f64> {
    let last = (numbers.len() - 1) as f64;
    let mut found = Vec::with_capacity(count);
    // From above: what was put in order before stays on the right.
    let mut rest = numbers;
    for class in (1..=count).rev() {
        let place = last * class as f64 / count as f64;
        let below = place.floor();
        let (at, share) = (below as usize, place - below);
        if at >= rest.len() {
            continue;
        }
        let (_, value, above) = rest.select_nth_unstable_by(at, f64::total_cmp);
        let value = *value;
        // The neighbour above comes next to it: another quantile may want it, too.
        let least = (0..above.len()).min_by(|a, b| {
            let number = |at: usize| above.get(at).copied().unwrap_or(f64::INFINITY);
            number(*a).total_cmp(&number(*b))
        });
        if let Some(least) = least {
            above.swap(0, least);
        }
        found.push(match above.first() {
            Some(next) if share > 0.0 => value * (1.0 - share) + next * share,
            _ => value,
        });
        let kept = rest.len().min(at + 2);
        rest = rest.get_mut(..kept).unwrap_or_default();
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^53")]
fn deviations(numbers: &[f64], (_, high): (f64, f64)) -> Vec<f64> {
    let count = numbers.len() as f64;
    let mean = mean_of(numbers);
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    let deviation = (squares / (count - 1.0).max(1.0)).sqrt();
    let mut found: Vec<f64> =
        [-2.0, -1.0, 1.0, 2.0].iter().map(|times| mean + deviation * times).collect();
    found.push(high);
    found.retain(|at| *at <= high);
    found
}

fn head_tail(mut numbers: Vec<f64>) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    while found.len() + 1 < MOST_CLASSES && !numbers.is_empty() {
        let mean = mean_of(&numbers);
        if found.last().is_some_and(|before| *before >= mean) {
            break;
        }
        found.push(mean);
        numbers.retain(|number| *number > mean);
    }
    found
}

/// Without a sum that overflows.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^53")]
fn mean_of(numbers: &[f64]) -> f64 {
    let count = numbers.len() as f64;
    let sum: f64 = numbers.iter().sum();
    if sum.is_finite() { sum / count } else { numbers.iter().map(|number| number / count).sum() }
}

#[cfg(test)]
mod tests;
