//! What a check found, made ready to list: where on the map each finding is, and what its row is
//! called.

use std::sync::Arc;

use super::super::Wake;
use super::super::derived::Same;
use crate::check::{Finding, Options, Report, check, is_repairable};
use crate::crs::Crs;
use crate::find::{Place, naming_columns};
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::LayerId;
use crate::table::Table;

/// So many findings of a kind are listed; the others are counted.
pub(super) const LISTED: usize = 2000;

/// What a check follows from.
#[derive(Clone, PartialEq)]
pub(super) struct Key {
    layer: LayerId,
    table: Same<Table>,
    /// Overlaps are looked for; smaller ones than this are slivers, square metres.
    sliver: Option<f64>,
}

impl Key {
    pub fn new(layer: LayerId, table: &Arc<Table>, sliver: Option<f64>) -> Key {
        Key { layer, table: Same(Arc::clone(table)), sliver }
    }

    /// Whether both are about the same data.
    pub fn is_of_same_table(&self, other: &Key) -> bool {
        self.layer == other.layer && self.table == other.table
    }

    /// Starts looking.
    pub fn start(&self, wake: &Wake) -> Job<Result<Found, Cancelled>> {
        let key = self.clone();
        let wake = wake.clone();
        Job::start("check", move || wake(), move |watch| Found::of(&key, watch))
    }
}

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    pub report: Report,
    /// The findings of each group that are listed, where they are on the map.
    pub places: Vec<Vec<Option<Place>>>,
    /// The column that says what rows are called.
    pub naming: Option<usize>,
    /// Whether a repair would change something.
    pub can_be_repaired: bool,
}

impl Found {
    fn of(key: &Key, watch: &Watch) -> Result<Found, Cancelled> {
        let table = &key.table.0;
        let own = Options::of(table);
        let options = Options {
            overlaps: key.sliver.is_some(),
            sliver: key.sliver.unwrap_or(own.sliver),
            ..own
        };
        let report = check(table, &options, watch)?;
        let to_degrees = table.crs.as_ref().and_then(|crs| crs.transformer_to(&Crs::wgs84()).ok());
        let place = |finding: &Finding| {
            let mut at = [finding.at?];
            let failed = to_degrees.as_ref()?.transform(&mut at);
            let [at] = at;
            (failed == 0).then(|| Place::at(at))
        };
        let mut places = Vec::new();
        for group in report.groups() {
            watch.check()?;
            places.push(report.of(group).iter().take(LISTED).map(place).collect());
        }
        let naming = naming_columns(table).first().map(|naming| naming.column);
        let kinds = report.groups().iter().map(|group| group.kind);
        let can_be_repaired = kinds.into_iter().any(is_repairable);
        Ok(Found { report, places, naming, can_be_repaired })
    }
}
