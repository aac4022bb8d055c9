//! How many labels a view shows, and why not all.

use std::collections::BTreeMap;

use super::frame::{LabelFrame, extent_of, meet};
use super::placed::{Outcome, PlacedLabel, Placement};
use super::source::{LabelSource, Place};
use crate::table::RowSet;

/// What a view shows of the labels of a layer. Streets count once a name, however many lines they
/// are drawn with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    groups: BTreeMap<Outcome, (u64, Vec<u32>)>,
    rows: usize,
}

impl Tally {
    /// How many things in view have an outcome.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.groups.get(&outcome).map_or(0, |(count, _)| *count)
    }

    /// How many things in view have a name.
    pub fn named(&self) -> u64 {
        let with_name = self.groups.iter().filter(|(outcome, _)| **outcome != Outcome::NoText);
        with_name.map(|(_, (count, _))| count).sum()
    }

    /// The rows in view with an outcome, ascending.
    pub fn rows(&self, outcome: Outcome) -> &[u32] {
        self.groups.get(&outcome).map_or(&[], |(_, rows)| rows)
    }

    /// The same as a set of the table's rows.
    pub fn row_set(&self, outcome: Outcome) -> RowSet {
        RowSet::of(self.rows, self.rows(outcome).iter().map(|row| *row as usize))
    }
}

impl Placement {
    /// What a view within its region shows, a tally for each layer.
    pub fn tally(&self, view: &LabelFrame) -> Vec<Tally> {
        let view = view.bounds();
        let all = self.layers.iter().enumerate();
        all.map(|(layer, (source, outcomes))| {
            let mut in_view: BTreeMap<u32, bool> = BTreeMap::new();
            for label in self.labels.iter().filter(|label| label.layer == layer) {
                *in_view.entry(label.unit).or_default() |= is_seen(label, view);
            }
            self.tally_of(source, outcomes, &in_view, view)
        })
        .collect()
    }

    /// `labelled`: the units with a label, and whether it is in view.
    fn tally_of(
        &self,
        source: &LabelSource,
        outcomes: &[(u32, Outcome)],
        labelled: &BTreeMap<u32, bool>,
        view: [f64; 4],
    ) -> Tally {
        let extent = extent_of(view, self.region.metres_per_point);
        let mut tally = Tally { rows: source.rows(), ..Tally::default() };
        // By name: the best of what became of its runs, and their rows.
        let mut streets: BTreeMap<u32, (Outcome, Vec<u32>)> = BTreeMap::new();
        for (number, outcome) in outcomes {
            let Some(unit) = source.unit(*number) else { continue };
            let seen = labelled.get(number);
            let is_in_view = source.extent(*number).is_some_and(|own| own.intersects(&extent));
            if !is_in_view && seen != Some(&true) {
                continue;
            }
            let outcome = match outcome {
                Outcome::Shown if seen == Some(&false) => Outcome::Beyond,
                other => *other,
            };
            let rows = source.rows_of(unit);
            match (unit.place, LabelSource::text_number(unit)) {
                (Place::Run(_), Some(text)) => {
                    let known = streets.entry(text).or_insert((outcome, Vec::new()));
                    known.0 = better(known.0, outcome);
                    known.1.extend(rows);
                }
                _ => tally.add(outcome, rows),
            }
        }
        for (outcome, rows) in streets.into_values() {
            tally.add(outcome, &rows);
        }
        for (_, rows) in tally.groups.values_mut() {
            rows.sort_unstable();
            rows.dedup();
        }
        tally
    }
}

impl Tally {
    fn add(&mut self, outcome: Outcome, rows: &[u32]) {
        let group = self.groups.entry(outcome).or_default();
        group.0 += 1;
        group.1.extend(rows);
    }
}

fn is_seen(label: &PlacedLabel, view: [f64; 4]) -> bool {
    meet(label.bounds(), view)
}

/// What tells more of a name that is written in several places: that it is shown, then that it is
/// shown elsewhere, then why it is not.
fn better(a: Outcome, b: Outcome) -> Outcome {
    let rank = |outcome| match outcome {
        Outcome::Shown => 0,
        Outcome::Beyond => 1,
        Outcome::Collides => 2,
        Outcome::TooLong => 3,
        Outcome::NoText => 4,
    };
    if rank(a) <= rank(b) { a } else { b }
}
