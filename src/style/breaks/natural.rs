//! Natural breaks, exact: of all ways to cut the numbers into so many classes the one with the
//! least sum of squared deviations from the classes' means.
//!
//! Wang and Song (2011), "Ckmeans.1d.dp", on the distinct numbers with their counts. Row by row of
//! the table, where the last class begins moves only upwards with where it ends, so that halving
//! finds all of a row in O(n log n) (Grønlund and others 2017, "Fast exact k-means, k-medians and
//! Bregman divergence clustering in 1D").

use crate::jobs::{Cancelled, Watch};

/// Ranges shorter than this are not worth a thread.
const WORTH_A_THREAD: usize = 1 << 14;

pub(super) fn breaks(
    mut numbers: Vec<f64>,
    count: usize,
    watch: &Watch,
) -> Result<Vec<f64>, Cancelled> {
    numbers.sort_unstable_by(f64::total_cmp);
    watch.check()?;
    let sums = Sums::of(&numbers);
    let distinct = sums.values.len();
    if distinct <= count {
        return Ok(sums.values);
    }
    // The least cost of the first numbers in so many classes; where the last of them begins.
    let mut costs: Vec<f64> = (0..distinct).map(|end| sums.cost(0, end)).collect();
    let mut begins: Vec<Vec<u32>> = Vec::with_capacity(count);
    for _ in 1..count {
        watch.check()?;
        let (next, starts) = one_class_more(&sums, &costs);
        costs = next;
        begins.push(starts);
    }
    let mut found = Vec::with_capacity(count);
    let mut end = distinct - 1;
    for starts in begins.iter().rev() {
        found.extend(sums.values.get(end));
        let start = starts.get(end).map_or(0, |start| *start as usize);
        if start == 0 {
            return Ok(found);
        }
        end = start - 1;
    }
    found.extend(sums.values.get(end));
    Ok(found)
}

/// Sums over the first so many distinct numbers, from which the cost of any run follows at once.
struct Sums {
    values: Vec<f64>,
    /// Of counts, of numbers and of their squares, each with a 0 in front.
    running: Vec<[f64; 3]>,
}

impl Sums {
    /// Of numbers in ascending order.
    fn of(numbers: &[f64]) -> Sums {
        // Counted from the middle and in units of the spread: squares of large numbers lose the
        // digits by which they differ.
        let middle = numbers.get(numbers.len() / 2).copied().unwrap_or(0.0);
        let spread = match (numbers.first(), numbers.last()) {
            (Some(low), Some(high)) => (high / 2.0 - low / 2.0).abs().max(f64::MIN_POSITIVE),
            _ => 1.0,
        };
        let mut values: Vec<f64> = Vec::new();
        let mut running = vec![[0.0; 3]];
        let mut total = [0.0_f64; 3];
        for equal in numbers.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
            let Some(value) = equal.first() else { continue };
            #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^53")]
            let weight = equal.len() as f64;
            let at = (value / spread) - (middle / spread);
            total = [total[0] + weight, total[1] + weight * at, total[2] + weight * at * at];
            values.push(*value);
            running.push(total);
        }
        Sums { values, running }
    }

    /// The sum of squared deviations of a run, both ends in it.
    #[inline]
    fn cost(&self, first: usize, last: usize) -> f64 {
        let (Some(before), Some(after)) = (self.running.get(first), self.running.get(last + 1))
        else {
            return f64::INFINITY;
        };
        let [weight, sum, squares] =
            [after[0] - before[0], after[1] - before[1], after[2] - before[2]];
        (squares - sum * sum / weight).max(0.0)
    }
}

/// For each end the least cost with one class more, and where its last class begins.
fn one_class_more(sums: &Sums, costs: &[f64]) -> (Vec<f64>, Vec<u32>) {
    let count = costs.len();
    let mut next = vec![f64::INFINITY; count];
    let mut starts = vec![0_u32; count];
    fill(sums, costs, 0, 0..=count.saturating_sub(1), (&mut next, &mut starts));
    (next, starts)
}

/// Fills the ends from `first` on, knowing between which places their last classes begin.
fn fill(
    sums: &Sums,
    costs: &[f64],
    first: usize,
    between: std::ops::RangeInclusive<usize>,
    (next, starts): (&mut [f64], &mut [u32]),
) {
    if next.is_empty() {
        return;
    }
    let half = next.len() / 2;
    let end = first + half;
    let mut best = (f64::INFINITY, *between.start());
    for start in *between.start()..=(*between.end()).min(end) {
        // The first class alone may be all there is: then one class more brings nothing.
        let before = match start.checked_sub(1) {
            Some(before) => costs.get(before).copied().unwrap_or(f64::INFINITY),
            None => 0.0,
        };
        let cost = before + sums.cost(start, end);
        if cost < best.0 {
            best = (cost, start);
        }
    }
    if let (Some(cost), Some(start)) = (next.get_mut(half), starts.get_mut(half)) {
        (*cost, *start) = (best.0, u32::try_from(best.1).unwrap_or(u32::MAX));
    }
    let (next_below, next_above) = next.split_at_mut(half);
    let (starts_below, starts_above) = starts.split_at_mut(half);
    let below = *between.start()..=best.1;
    let above = best.1..=*between.end();
    let next_above = next_above.get_mut(1..).unwrap_or_default();
    let starts_above = starts_above.get_mut(1..).unwrap_or_default();
    let lower = (next_below, starts_below);
    let upper = (next_above, starts_above);
    if half >= WORTH_A_THREAD {
        std::thread::scope(|scope| {
            scope.spawn(move || fill(sums, costs, first, below, lower));
            fill(sums, costs, end + 1, above, upper);
        });
    } else {
        fill(sums, costs, first, below, lower);
        fill(sums, costs, end + 1, above, upper);
    }
}
