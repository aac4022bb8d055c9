//! How often each value stands in a column, counted on all cores.
//!
//! The rows are cut into runs. Each run counts its values into shards by their hash, and then each
//! shard's counts are added up: no thread waits for another, and no map holds everything twice.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use arrow_array::{Array, ArrayRef, BooleanArray};

use super::ValueCount;
use crate::jobs::{Cancelled, Watch, in_parallel};

/// Rows counted in one go.
const RUN: usize = 1 << 16;
/// Rows between two looks at the watch.
const STRIDE: usize = 1 << 12;
const SHARDS: usize = 16;

/// A value, the first row that has it, and how many do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<K> {
    pub key: K,
    pub row: u32,
    pub count: u64,
}

impl<K> Entry<K> {
    pub fn value_count(&self) -> ValueCount {
        ValueCount { row: self.row as usize, count: self.count }
    }
}

/// All values of a column, in no order.
#[derive(Debug)]
pub(super) struct Counts<K> {
    pub entries: Vec<Entry<K>>,
    /// Rows looked at.
    pub rows: u64,
    /// Rows without a value.
    pub nulls: u64,
    /// Rows whose value has no key.
    pub without_key: u64,
}

type Shard<K> = HashMap<K, (u32, u64)>;

struct Run<K> {
    shards: Vec<Shard<K>>,
    rows: u64,
    nulls: u64,
    without_key: u64,
}

/// Counts the values of a column by a key, in all rows or those of a mask. The key is asked for
/// rows that are not null.
pub(super) fn count<K: Copy + Eq + Hash + Send + Sync>(
    column: &ArrayRef,
    mask: Option<&BooleanArray>,
    watch: &Watch,
    key: impl Fn(usize) -> Option<K> + Sync,
) -> Result<Counts<K>, Cancelled> {
    let rows = u32::try_from(column.len()).unwrap_or(u32::MAX);
    watch.set_total(u64::from(rows));
    let hasher = RandomState::new();
    let starts: Vec<u32> = (0..rows).step_by(RUN).collect();
    let runs = in_parallel(starts, |start| {
        let end = start.saturating_add(u32::try_from(RUN).unwrap_or(u32::MAX)).min(rows);
        let shards = (0..SHARDS).map(|_| Shard::new()).collect();
        let mut run = Run { shards, rows: 0, nulls: 0, without_key: 0 };
        for row in start..end {
            let at = row as usize;
            if at.is_multiple_of(STRIDE) {
                watch.check()?;
            }
            if mask.is_some_and(|mask| at >= mask.len() || mask.is_null(at) || !mask.value(at)) {
                continue;
            }
            run.rows += 1;
            if column.is_null(at) {
                run.nulls += 1;
                continue;
            }
            let Some(key) = key(at) else {
                run.without_key += 1;
                continue;
            };
            #[expect(clippy::cast_possible_truncation, reason = "any of the bits will do")]
            let shard = hasher.hash_one(key) as usize % SHARDS;
            if let Some(shard) = run.shards.get_mut(shard) {
                shard.entry(key).or_insert((row, 0)).1 += 1;
            }
        }
        watch.advance(u64::from(end - start));
        Ok(run)
    });
    let runs: Vec<Run<K>> = runs.into_iter().collect::<Result<_, Cancelled>>()?;
    let sum = |part: fn(&Run<K>) -> u64| runs.iter().map(part).sum();
    let (rows, nulls, without_key) =
        (sum(|run| run.rows), sum(|run| run.nulls), sum(|run| run.without_key));
    let mut by_shard: Vec<Vec<Shard<K>>> = (0..SHARDS).map(|_| Vec::new()).collect();
    for run in runs {
        by_shard.iter_mut().zip(run.shards).for_each(|(all, shard)| all.push(shard));
    }
    let added = in_parallel(by_shard, |shards| {
        let mut shards = shards.into_iter();
        let mut sums = shards.next().unwrap_or_default();
        for shard in shards {
            watch.check()?;
            for (key, (row, count)) in shard {
                let sum = sums.entry(key).or_insert((row, 0));
                // Runs come in the order of the rows: the first row stays.
                sum.1 += count;
            }
        }
        let entries = sums.into_iter().map(|(key, (row, count))| Entry { key, row, count });
        Ok(entries.collect::<Vec<_>>())
    });
    let added: Vec<Vec<Entry<K>>> = added.into_iter().collect::<Result<_, Cancelled>>()?;
    Ok(Counts { entries: added.into_iter().flatten().collect(), rows, nulls, without_key })
}
