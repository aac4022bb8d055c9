//! What the portal holds and what a test asked of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, Utc};

use super::clock::{Clock, Moment};
use super::dataset::Dataset;
use super::edits::Edits;
use super::fault::Fault;
use super::request::{BASE, Request};
use super::view::View;

pub struct State {
    pub datasets: BTreeMap<String, Arc<Dataset>>,
    pub edits: BTreeMap<String, Arc<Edits>>,
    pub away: BTreeSet<String>,
    pub clock: Clock,
    pub steps: u64,
    /// Path prefix, fault, how often still.
    pub faults: Vec<(String, Fault, usize)>,
    pub requests: Vec<Request>,
    pub keys: Vec<String>,
    pub key_needed: bool,
    pub quota: u64,
    pub used: u64,
    pub downloads: u64,
}

impl State {
    pub fn new(datasets: Vec<Dataset>) -> State {
        let away = datasets.iter().filter(|dataset| dataset.gone).map(|gone| gone.id.clone());
        State {
            away: away.collect(),
            datasets: datasets.into_iter().map(|one| (one.id.clone(), Arc::new(one))).collect(),
            edits: BTreeMap::new(),
            clock: Clock::Steps,
            steps: 0,
            faults: Vec::new(),
            requests: Vec::new(),
            keys: Vec::new(),
            key_needed: false,
            quota: 50_000,
            used: 0,
            downloads: 0,
        }
    }

    pub fn moment(&self) -> Moment {
        self.clock.moment(self.steps)
    }

    /// The first fault whose prefix fits, used once.
    pub fn fault_for(&mut self, path: &str) -> Option<Fault> {
        let below = path.strip_prefix(BASE).unwrap_or(path);
        let fits = |prefix: &str| below.starts_with(prefix) || path.starts_with(prefix);
        let found = self.faults.iter_mut().find(|(prefix, _, times)| *times > 0 && fits(prefix))?;
        if found.2 != usize::MAX {
            found.2 -= 1;
        }
        Some(found.1.clone())
    }

    /// The dataset as it is seen now; none where there is none of that name.
    pub fn view(&self, id: &str) -> Option<View> {
        let dataset = self.datasets.get(id).filter(|_| !self.away.contains(id))?;
        Some(View {
            dataset: Arc::clone(dataset),
            edits: self.edits.get(id).cloned().unwrap_or_default(),
            moment: self.moment(),
            renamed: Vec::new(),
            count_off: 0,
            download: self.downloads,
        })
    }

    pub fn views(&self) -> Vec<View> {
        self.datasets.keys().filter_map(|id| self.view(id)).collect()
    }

    /// The rate headers, as the platform writes them.
    pub fn rate_headers(&self) -> [(&'static str, String); 3] {
        let midnight = Utc::now().date_naive() + Days::new(1);
        [
            ("X-RateLimit-Limit", self.quota.to_string()),
            ("X-RateLimit-Remaining", self.quota.saturating_sub(self.used).to_string()),
            ("X-RateLimit-Reset", format!("{midnight} 00:00:00+00:00")),
        ]
    }
}
