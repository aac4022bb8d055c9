//! Offsets that cut a list into runs.
//!
//! In most layers most runs hold one thing: a row has one part, a part one ring, the ring of a
//! point one position. Runs of one from the start are counted and not stored; a million points
//! need no offsets at all.

/// Where the runs of a list end. Runs follow each other without gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Offsets {
    /// How many runs of one there are at the start.
    ones: u32,
    /// Where the runs after those end.
    ends: Vec<u32>,
}

impl Offsets {
    /// So many runs of one.
    pub(super) fn of_ones(ones: u32) -> Offsets {
        Offsets { ones, ends: Vec::new() }
    }

    /// The number of runs.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.ones as usize + self.ends.len()
    }

    /// Where the last run ends: the number of things in all runs.
    #[inline]
    pub(super) fn end(&self) -> u32 {
        self.ends.last().copied().unwrap_or(self.ones)
    }

    /// Whether this run and all before it hold one thing each: the run's number is the thing's.
    #[inline]
    pub(super) fn is_one(&self, at: usize) -> bool {
        at < self.ones as usize
    }

    /// Whether all runs hold one thing each.
    pub(super) fn are_ones(&self) -> bool {
        self.ends.is_empty()
    }

    /// The things of a run; nothing beyond the last.
    #[inline]
    pub(super) fn run(&self, at: usize) -> std::ops::Range<usize> {
        let Some(stored) = at.checked_sub(self.ones as usize) else { return at..at + 1 };
        let Some(end) = self.ends.get(stored) else { return 0..0 };
        let before = match stored.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => self.ones,
        };
        before as usize..(*end).max(before) as usize
    }

    /// Adds a run that ends there.
    #[inline]
    pub(super) fn push(&mut self, end: u32) {
        if self.ends.is_empty() && end == self.ones.saturating_add(1) {
            self.ones = end;
        } else {
            self.ends.push(end);
        }
    }

    /// Adds the runs of another list after these.
    pub(super) fn append(&mut self, other: &Offsets) {
        if self.ends.is_empty() {
            let before = self.ones;
            self.ones = before.saturating_add(other.ones);
            self.ends.extend(other.ends.iter().map(|end| before.saturating_add(*end)));
        } else {
            let before = self.end();
            let ones = 1..=other.ones;
            let ends = ones.chain(other.ends.iter().copied());
            self.ends.extend(ends.map(|end| before.saturating_add(end)));
        }
    }

    /// Keeps the first runs.
    pub(super) fn truncate(&mut self, runs: usize) {
        if let Some(stored) = runs.checked_sub(self.ones as usize) {
            self.ends.truncate(stored);
        } else {
            self.ones = u32::try_from(runs).unwrap_or(u32::MAX);
            self.ends.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_those_of_plain_offsets_wherever_lists_are_joined_or_cut() {
        for number in 0..3_usize.pow(5) {
            let lengths: Vec<usize> = (0..5).map(|at| number / 3_usize.pow(at) % 3).collect();
            let list = |lengths: &[usize]| {
                let mut offsets = Offsets::default();
                let mut end = 0;
                for length in lengths {
                    end += u32::try_from(*length).unwrap();
                    offsets.push(end);
                }
                offsets
            };
            let whole = list(&lengths);
            assert_eq!((whole.len(), whole.run(5)), (5, 0..0));
            for cut in 0..=5 {
                let start: usize = lengths[..cut].iter().sum();
                if let Some(length) = lengths.get(cut) {
                    assert_eq!(whole.run(cut), start..start + length, "{lengths:?}");
                }
                let mut joined = list(&lengths[..cut]);
                assert_eq!(joined.end() as usize, start);
                joined.append(&list(&lengths[cut..]));
                assert_eq!(joined, whole, "{lengths:?}");
                joined.truncate(cut);
                assert_eq!(joined, list(&lengths[..cut]), "{lengths:?}");
            }
        }
    }
}
