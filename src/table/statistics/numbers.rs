//! Sums and spreads of numbers, from their different values in order: the outcome does not depend
//! on how the rows were shared among threads.

use super::count::Entry;

/// Into how many steps a histogram divides.
pub const BINS: usize = 48;

/// What the numbers of a field are like. Values that are missing or not finite do not count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers {
    /// The least.
    pub least: f64,
    /// The greatest.
    pub most: f64,
    /// All added up; infinite where that is past all numbers.
    pub sum: f64,
    /// The sum divided by how many there are.
    pub mean: f64,
    /// The one in the middle; of an even count the mean of the two in the middle.
    pub median: f64,
    /// The first and the third quartile: a quarter of the rows lie below and above. Between two
    /// rows in a straight line (Hyndman and Fan, "Sample Quantiles in Statistical Packages", The
    /// American Statistician 50, 1996, type 7), as NumPy and spreadsheets have them.
    pub quartiles: [f64; 2],
    /// The standard deviation of a whole population (divided by the count, not by one less): the
    /// rows are all there are.
    pub deviation: f64,
}

/// A finite number as a whole one that is in the same order; −0 as 0.
pub(super) fn ordered(number: f64) -> Option<i64> {
    let bits = (number + 0.0).to_bits().cast_signed();
    number.is_finite().then_some(flipped(bits))
}

/// Back from [`ordered`].
pub(super) fn unordered(key: i64) -> f64 {
    f64::from_bits(flipped(key).cast_unsigned())
}

/// The bits of a negative number are in the order opposite to that of whole numbers (IEEE 754-2019,
/// section 5.10, total order): all but the sign are turned over.
fn flipped(bits: i64) -> i64 {
    bits ^ (((bits >> 63).cast_unsigned()) >> 1).cast_signed()
}

#[expect(clippy::cast_precision_loss, reason = "statistics are rounded")]
pub(super) fn of_wholes(entries: &[Entry<i64>]) -> Option<Numbers> {
    // Exact: 64 bits times 32 bits of rows fit.
    let sum: i128 = entries.iter().map(|e| i128::from(e.key) * i128::from(e.count)).sum();
    of_values(entries, |key| key as f64, sum as f64)
}

pub(super) fn of_numbers(entries: &[Entry<i64>]) -> Option<Numbers> {
    #[expect(clippy::cast_precision_loss, reason = "statistics are rounded")]
    let sum = exact_enough(entries.iter().map(|entry| unordered(entry.key) * entry.count as f64));
    of_values(entries, unordered, sum)
}

#[expect(clippy::cast_precision_loss, reason = "statistics are rounded")]
fn of_values(entries: &[Entry<i64>], value: impl Fn(i64) -> f64, sum: f64) -> Option<Numbers> {
    let (least, most) = (value(entries.first()?.key), value(entries.last()?.key));
    let rows: u64 = entries.iter().map(|entry| entry.count).sum();
    let count = rows as f64;
    let mean = sum / count;
    let squares = entries.iter().map(|entry| {
        let apart = value(entry.key) - mean;
        apart * apart * entry.count as f64
    });
    let deviation = (exact_enough(squares) / count).sqrt();
    let (low, high) = (at(entries, (rows - 1) / 2)?, at(entries, rows / 2)?);
    // Halved first: two large numbers together may be past all numbers.
    let median = if low == high { value(low) } else { value(low) / 2.0 + value(high) / 2.0 };
    let quartiles = [quartile(entries, rows, 1, &value)?, quartile(entries, rows, 3, &value)?];
    Some(Numbers { least, most, sum, mean, median, quartiles, deviation })
}

/// A quartile: the first or the third.
fn quartile(
    entries: &[Entry<i64>],
    rows: u64,
    quarter: u64,
    value: impl Fn(i64) -> f64,
) -> Option<f64> {
    let quarters = u128::from(rows - 1) * u128::from(quarter);
    let (place, rest) = (u64::try_from(quarters / 4).ok()?, quarters % 4);
    let low = value(at(entries, place)?);
    if rest == 0 {
        return Some(low);
    }
    let high = value(at(entries, place + 1)?);
    let share = f64::from(u8::try_from(rest).unwrap_or(0)) / 4.0;
    let apart = high - low;
    // From one end of all numbers to the other is past all numbers.
    Some(if !apart.is_finite() {
        low * (1.0 - share) + high * share
    } else if share < 0.5 {
        low + apart * share
    } else {
        high - apart * (1.0 - share)
    })
}

/// The value at a place when all rows stand in order.
fn at(entries: &[Entry<i64>], place: u64) -> Option<i64> {
    let mut passed = 0;
    let found = entries.iter().find(|entry| {
        passed += entry.count;
        passed > place
    });
    found.map(|entry| entry.key)
}

/// A sum that keeps what rounding loses and adds it in the end (Neumaier, "Rundungsfehleranalyse
/// einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974).
fn exact_enough(terms: impl Iterator<Item = f64>) -> f64 {
    let (sum, lost) = terms.fold((0.0_f64, 0.0_f64), |(sum, lost), term| {
        let next = sum + term;
        let rest = if sum.abs() >= term.abs() { (sum - next) + term } else { (term - next) + sum };
        (next, lost + rest)
    });
    if sum.is_finite() { sum + lost } else { sum }
}

/// How many rows lie in each of equal steps from the first value to the last.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a small whole number that is not negative; clamped"
)]
pub(super) fn histogram(entries: &[Entry<i64>], value: impl Fn(i64) -> f64) -> Vec<u64> {
    let ends = entries.first().zip(entries.last());
    let Some((least, most)) = ends.map(|(a, b)| (value(a.key), value(b.key))) else {
        return Vec::new();
    };
    // Halves: from one end of all numbers to the other is past all numbers.
    let span = most / 2.0 - least / 2.0;
    if span <= 0.0 {
        return Vec::new();
    }
    let mut bins = vec![0; BINS];
    for entry in entries {
        let share = (value(entry.key) / 2.0 - least / 2.0) / span;
        let bin = (share * BINS as f64).clamp(0.0, (BINS - 1) as f64) as usize;
        if let Some(bin) = bins.get_mut(bin) {
            *bin += entry.count;
        }
    }
    bins
}
