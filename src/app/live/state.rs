//! What is known of one source of a portal: how current it is, when it is asked again.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::derived::Same;
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::super::store::{Loaded, lost};
use super::MARKED;
use super::back::Back;
use super::step::{self, Newer, Staged};
use super::words;
use crate::jobs::{Job, Poll};
use crate::portal::{
    Freshness, FromPortal, Habit, PortalAddress, PortalInfo, Quota, RecordAges, Recordings,
    Restraint, Rhythm, record_ages,
};
use crate::problem::FileError;
use crate::project::{Layer, LayerSource, Refresh};
use crate::table::{RowSet, Table};

/// How long an answer about a dataset that changes seldom is good.
const ASKED_LATELY: TimeDelta = TimeDelta::hours(24);

/// What the last update failed by.
pub(super) struct Failure {
    pub error: FileError,
    /// How often in a row.
    pub count: u32,
}

/// Rows marked on the map because they changed.
pub(super) struct Recent {
    pub rows: RowSet,
    pub until: DateTime<Utc>,
}

/// What is learnt of a source when it comes on the screen.
struct Learned {
    habit: Habit,
    /// Whether the portal has newer data; none where it was not asked or gave no answer.
    is_outdated: Option<bool>,
}

/// How much was learnt of a source.
#[derive(Clone, Copy, PartialEq)]
enum Learnt {
    Nothing,
    /// What was seen before.
    Habit,
    /// And whether the portal has newer data.
    All,
}

/// When a source is asked next, and what that follows from.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Plan {
    pause: Duration,
    restraint: Restraint,
    since: DateTime<Utc>,
    pace: f64,
}

/// What record ages follow from.
#[derive(Clone, PartialEq)]
struct AgesKey {
    table: Same<Table>,
    at: DateTime<Utc>,
    period: Duration,
}

pub(super) struct State {
    portal: Option<PortalInfo>,
    learning: Option<Job<Learned>>,
    learned: Learnt,
    pub rhythm: Rhythm,
    /// The portal has newer data that were not fetched.
    pub is_outdated: bool,
    pub is_offered: bool,
    job: Option<Job<step::Outcome>>,
    pub staged: Option<Staged>,
    plan: Option<(Plan, DateTime<Utc>)>,
    pub tried_at: Option<DateTime<Utc>>,
    /// When the data shown were last known to be the portal's newest.
    pub current_at: DateTime<Utc>,
    pub failure: Option<Failure>,
    pub recent: Option<Recent>,
    /// How many rows the last update changed, and when.
    pub changed: Option<(usize, DateTime<Utc>)>,
    ages: Keyed<AgesKey, Option<RecordAges>>,
    /// What was recorded last.
    recorded: Option<(Same<Table>, DateTime<Utc>)>,
    recording: Option<Job<Result<u64, FileError>>>,
    /// How often something was recorded.
    times: u64,
    pub back: Back,
}

impl State {
    pub fn new(from: &FromPortal) -> State {
        let address = from.receipt.address.as_str();
        let failure = match &from.freshness {
            Freshness::OutOfReach(error) => Some(Failure { error: error.about(address), count: 1 }),
            _ => None,
        };
        let is_unchanged = from.freshness == Freshness::Unchanged;
        let parsed = address.parse::<PortalAddress>();
        State {
            portal: parsed.ok().map(|address| address.portal),
            learning: None,
            learned: Learnt::Nothing,
            rhythm: rhythm(from, &Habit::default()),
            is_outdated: false,
            is_offered: false,
            job: None,
            staged: None,
            plan: None,
            tried_at: None,
            current_at: if is_unchanged { Utc::now() } else { from.receipt.fetched_at },
            failure,
            recent: None,
            changed: None,
            ages: Keyed::default(),
            recorded: None,
            recording: None,
            times: 0,
            back: Back::default(),
        }
    }

    pub fn is_busy(&self) -> bool {
        let is_computing = self.ages.job().is_some() || self.back.is_busy();
        self.is_working() || self.is_learning() || is_computing || self.recording.is_some()
    }

    /// Whether an update is under way.
    pub fn is_working(&self) -> bool {
        self.job.is_some() || self.staged.is_some()
    }

    /// What the portal allows.
    pub fn quota(&self, session: &Session) -> Option<Quota> {
        session.portals.quota(self.portal.as_ref()?)
    }

    pub fn is_learning(&self) -> bool {
        self.learning.is_some()
    }

    pub fn cancel(&self) {
        if let Some(job) = &self.job {
            job.cancel();
        }
    }

    /// Looks up what was seen of the dataset before; where a kept copy is shown, asks the portal
    /// whether it has newer data, unless it was asked lately.
    pub fn learn(&mut self, from: &Arc<FromPortal>, is_quiet: bool, session: &Session) {
        if let Some(job) = &self.learning {
            match job.poll() {
                Poll::Running => {}
                Poll::Done(learned) => {
                    self.learning = None;
                    self.know(from, &learned.habit);
                    self.is_outdated = learned.is_outdated.unwrap_or(self.is_outdated);
                    if learned.is_outdated == Some(false) {
                        self.current_at = Utc::now();
                    }
                }
                Poll::Lost => self.learning = None,
            }
            return;
        }
        let may_ask = from.freshness == Freshness::Kept
            && !is_quiet
            && !session.portals.is_offline()
            && self.learned != Learnt::All;
        if self.learned != Learnt::Nothing && !may_ask {
            return;
        }
        self.learned = if may_ask { Learnt::All } else { Learnt::Habit };
        let (portals, wake) = (session.portals.clone(), session.wake.clone());
        let from = from.clone();
        self.learning = Some(Job::start(
            "learn",
            move || wake(),
            move |watch| {
                let habit = portals.habit(&from.receipt);
                let is_live = rhythm(&from, &habit).pause().is_some();
                let lately =
                    habit.asked_at.is_some_and(|at| Utc::now() - at.to_utc() < ASKED_LATELY);
                // What is live is updated at once.
                let asks = may_ask && !is_live && !lately;
                let outdated = asks.then(|| portals.is_outdated(&from.receipt, watch));
                let is_outdated = outdated.and_then(|outdated| match outdated {
                    Ok(is_outdated) => is_outdated,
                    Err(error) => {
                        log::info!("{error}");
                        None
                    }
                });
                Learned { habit, is_outdated }
            },
        ));
    }

    pub fn know(&mut self, from: &FromPortal, habit: &Habit) {
        self.rhythm = rhythm(from, habit);
    }

    /// The pause between two updates as a layer wants it; none for none by themselves.
    pub fn pause(&self, refresh: Refresh) -> Option<Duration> {
        match refresh {
            Refresh::Automatic => self.rhythm.pause(),
            Refresh::Off => None,
            Refresh::Every(seconds) => Some(Duration::from_secs(u64::from(seconds))),
        }
    }

    /// When it is to be asked next.
    pub fn due(
        &mut self,
        pause: Option<Duration>,
        restraint: Restraint,
        pace: f64,
    ) -> Option<DateTime<Utc>> {
        let Some(pause) = pause.filter(|_| !self.is_learning()) else {
            self.plan = None;
            return None;
        };
        let since = self.tried_at.map_or(self.current_at, |tried| tried.max(self.current_at));
        let plan = Plan { pause, restraint, since, pace };
        if let Some((_, due)) = self.plan.filter(|(known, _)| *known == plan) {
            return Some(due);
        }
        let wait = restraint.apply(pause).mul_f64(pace);
        let due = since + TimeDelta::from_std(wait).unwrap_or(TimeDelta::hours(1));
        self.plan = Some((plan, due));
        Some(due)
    }

    /// Starts an update.
    pub fn start(&mut self, source: &LayerSource, loaded: &Loaded, session: &Session) {
        let Some(from) = &loaded.from_portal else { return };
        let (portals, wake) = (&session.portals, &session.wake);
        self.job = Some(step::start(source, loaded, &from.receipt, portals, wake));
    }

    /// What the update led to, once.
    pub fn take(&mut self) -> Option<step::Outcome> {
        let outcome = match self.job.as_ref()?.poll() {
            Poll::Running => return None,
            Poll::Done(outcome) => outcome,
            Poll::Lost => (Err(lost(std::path::Path::new(""))), Habit::default()),
        };
        self.job = None;
        Some(outcome)
    }

    /// The data shown are the portal's newest.
    pub fn is_current(&mut self, now: DateTime<Utc>) {
        self.current_at = now;
        self.failure = None;
        self.is_outdated = false;
    }

    /// Marks rows that are new or changed.
    pub fn marks(&mut self, newer: &Newer, is_reduced: bool, now: DateTime<Utc>) {
        let rows = newer.differences.changed.or(&newer.differences.added);
        self.changed = Some((rows.count() + newer.differences.removed.count(), now));
        let is_worth_it = !is_reduced && !rows.is_empty();
        self.recent = is_worth_it.then(|| Recent { rows, until: now + MARKED });
    }

    /// How often the data change, where they are live by themselves or by the person's choice.
    pub fn period(&self, refresh: Refresh) -> Option<Duration> {
        match (self.rhythm, refresh) {
            (Rhythm::Live(period), _) => Some(period),
            (Rhythm::Seldom, Refresh::Every(seconds)) => {
                Some(Duration::from_secs(u64::from(seconds)))
            }
            (Rhythm::Seldom, _) => None,
        }
    }

    pub fn want_ages(&mut self, loaded: &Loaded, session: &Session) {
        let Rhythm::Live(period) = self.rhythm else {
            self.ages.forget();
            return;
        };
        let key = AgesKey { table: Same(loaded.table.clone()), at: self.current_at, period };
        let wake = session.wake.clone();
        self.ages.want(key, |key| {
            let key = key.clone();
            Job::start(
                "ages",
                move || wake(),
                move |watch| record_ages(&key.table.0, key.at, key.period, watch).ok().flatten(),
            )
        });
    }

    /// How often something was recorded; none for what is not live.
    pub fn version(&self) -> Option<u64> {
        self.rhythm.pause().map(|_| self.times)
    }

    /// Records what is shown, once each; shows what was recorded, where the person looks back.
    /// Answers why it could not be recorded.
    pub fn record(
        &mut self,
        loaded: &Loaded,
        layers: &[&Layer],
        recordings: &Arc<Recordings>,
        is_active: bool,
        session: &mut Session,
    ) -> Option<FileError> {
        let layer = layers.iter().find(|it| self.period(it.refresh).is_some())?;
        let (source, wake) = (&layer.source, session.wake.clone());
        let mut failure = None;
        match self.recording.as_ref().map(Job::poll) {
            Some(Poll::Running) | None => {}
            Some(Poll::Done(outcome)) => {
                self.recording = None;
                self.times += 1;
                failure = outcome.err();
            }
            Some(Poll::Lost) => self.recording = None,
        }
        // That nothing changed is worth knowing too.
        let now = (Same(loaded.table.clone()), self.current_at);
        let is_wanted = session.settings.record_live && self.recorded.as_ref() != Some(&now);
        if is_wanted && self.recording.is_none() {
            let limit = u64::from(session.settings.recordings_limit_mb) * 1_000_000;
            let (recordings, (table, at), wake) = (recordings.clone(), now.clone(), wake.clone());
            let address = source.path.clone();
            self.recorded = Some(now);
            self.recording = Some(Job::start(
                "record",
                move || wake(),
                move |watch| recordings.record(&address, &table.0, at, limit, watch),
            ));
        }
        if is_active {
            self.back.want_moments(&source.path, self.times, recordings, &wake);
        } else {
            self.back.forget_moments();
        }
        let store = &mut session.store;
        self.back.show_then(source, loaded, &source.path, recordings, store, &wake);
        failure
    }

    /// How old the records are.
    pub fn record_ages(&self) -> Option<&RecordAges> {
        self.ages.latest()?.as_ref()
    }

    /// When the words for an age on the screen change next.
    pub fn next_word(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.rhythm.pause()?;
        let oldest = self.record_ages().and_then(|ages| ages.oldest);
        let moments = std::iter::once(self.current_at).chain(oldest);
        moments.map(|at| words::next_word(at, now)).min()
    }
}

fn rhythm(from: &FromPortal, habit: &Habit) -> Rhythm {
    let receipt = &from.receipt;
    if receipt.service.is_some() {
        // A name that sounds like real time is no reason to fetch a whole layer every minute.
        return Rhythm::Seldom;
    }
    let name = format!("{} {}", receipt.dataset, receipt.title);
    Rhythm::of(&receipt.update_frequency, &name, &habit.changes())
}
