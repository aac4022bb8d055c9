//! Pairs of segments that lie near each other.
//!
//! Rings are cut into runs of a few segments, and only runs whose boxes meet are looked at: with
//! the spatial index where there are many, on all cores.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::exact::{around, meets};
use super::rings::Rings;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{Extent, SpatialIndex};

/// Segments of a run.
const RUN: usize = 8;

/// So few runs are looked at without an index.
const FEW: usize = 256;

/// How many runs one thread looks at before the next piece.
const PIECE: usize = 8192;

/// A run of segments of one ring.
#[derive(Debug)]
pub(crate) struct Run {
    pub ring: usize,
    /// Each by its first position.
    pub segments: Range<usize>,
    /// West, south, east, north.
    pub bounds: [f64; 4],
}

/// The runs of rings.
pub(crate) fn runs(rings: &Rings) -> Vec<Run> {
    let mut runs = Vec::with_capacity(rings.len() / RUN + rings.rings().len());
    for (number, ring) in rings.rings().iter().enumerate() {
        let all = ring.segments();
        for start in all.clone().step_by(RUN) {
            let segments = start..(start + RUN).min(all.end);
            runs.push(Run { ring: number, bounds: bounds(rings, &segments), segments });
        }
    }
    runs
}

/// The box around segments that follow each other.
fn bounds(rings: &Rings, segments: &Range<usize>) -> [f64; 4] {
    let xy = rings.xy().get(segments.start..=segments.end).unwrap_or_default();
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    xy.iter().fold(none, |[w, s, e, n], [x, y]| [w.min(*x), s.min(*y), e.max(*x), n.max(*y)])
}

/// The index of runs.
pub(crate) fn index_of(runs: &[Run]) -> SpatialIndex {
    let extents = runs.iter().map(|run| extent(run.bounds));
    SpatialIndex::of_extents((0_u32..).zip(extents))
}

pub(crate) fn extent([min_x, min_y, max_x, max_y]: [f64; 4]) -> Extent {
    Extent { min_x, min_y, max_x, max_y }
}

/// How many pairs may be looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// In any case.
    pub pairs: u64,
    /// For each position of the rings.
    pub each: u64,
    /// How many of those that count are enough.
    pub most: usize,
}

/// How looking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    All,
    /// Enough were found.
    Enough,
    /// There are more pairs than may be looked at.
    TooMany,
}

/// Looks at pairs of segments whose boxes are no farther apart than `slack`, the earlier segment
/// first; gathers what `look` makes of them and whether that counts.
///
/// # Errors
/// When the person cancelled.
pub(crate) fn pairs<T: Send>(
    rings: &Rings,
    slack: f64,
    limits: Limits,
    look: impl Fn(usize, usize) -> Option<(T, bool)> + Sync,
    watch: &Watch,
) -> Result<(Vec<T>, End), Cancelled> {
    let runs = runs(rings);
    let new = || Looking { rings, slack, look: &look, found: Vec::new(), count: 0 };
    if runs.len() <= FEW {
        let mut looking = new();
        for (at, run) in runs.iter().enumerate() {
            for other in runs.get(at..).unwrap_or_default() {
                looking.compare(run, other);
            }
            if looking.count >= limits.most {
                return Ok((looking.found, End::Enough));
            }
        }
        return Ok((looking.found, End::All));
    }
    watch.check()?;
    let index = index_of(&runs);
    let budget = limits.pairs.saturating_add(limits.each.saturating_mul(rings.len() as u64));
    let (looked, count) = (AtomicU64::new(0), AtomicUsize::new(0));
    let is_enough = || count.load(Ordering::Relaxed) >= limits.most;
    let is_too_much = || looked.load(Ordering::Relaxed) > budget;
    let found = in_parallel((0..runs.len()).step_by(PIECE), |start| {
        let mut looking = new();
        for (at, run) in runs.iter().enumerate().skip(start).take(PIECE) {
            watch.check()?;
            if is_enough() || is_too_much() {
                break;
            }
            let near = index.search(&extent(wider(run.bounds, slack)));
            let mut cost = near.len() as u64;
            let before = looking.count;
            for other in near.into_iter().filter(|other| *other >= at) {
                let Some(other) = runs.get(other) else { continue };
                cost += looking.compare(run, other);
            }
            looked.fetch_add(cost, Ordering::Relaxed);
            count.fetch_add(looking.count - before, Ordering::Relaxed);
        }
        Ok(looking.found)
    });
    let mut all = Vec::new();
    for piece in found {
        all.append(&mut piece?);
    }
    let end = match (is_too_much(), is_enough()) {
        (true, _) => End::TooMany,
        (_, true) => End::Enough,
        _ => End::All,
    };
    Ok((all, end))
}

fn wider([w, s, e, n]: [f64; 4], by: f64) -> [f64; 4] {
    [w - by, s - by, e + by, n + by]
}

struct Looking<'a, T, L> {
    rings: &'a Rings,
    slack: f64,
    look: &'a L,
    found: Vec<T>,
    /// How many of those found count.
    count: usize,
}

impl<T, L: Fn(usize, usize) -> Option<(T, bool)>> Looking<'_, T, L> {
    /// Looks at the pairs of two runs, or of one with itself; the first may not come after the
    /// second. Answers how much work it was.
    fn compare(&mut self, run: &Run, other: &Run) -> u64 {
        if !meets(&wider(run.bounds, self.slack), &other.bounds) {
            return 0;
        }
        for first in run.segments.clone() {
            let bounds = wider(around(self.rings.segment(first)), self.slack);
            if !meets(&bounds, &other.bounds) {
                continue;
            }
            for second in other.segments.start.max(first + 1)..other.segments.end {
                if meets(&bounds, &around(self.rings.segment(second)))
                    && let Some((found, counts)) = (self.look)(first, second)
                {
                    self.count += usize::from(counts);
                    self.found.push(found);
                }
            }
        }
        (RUN * RUN) as u64
    }
}
