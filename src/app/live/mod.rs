//! Layers of portals kept up to date: asked about when a project is opened, refreshed at their
//! rhythm while they are live, updated when the person asks. What is on the screen stays there until
//! the newer data are ready, and stays when they cannot be had.

mod back;
mod line;
mod report;
mod state;
mod step;
mod words;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

pub(super) use self::back::{over_map, past_words};
pub(super) use self::line::{refresh_choices, show as layer_line, stale_hint, status};
pub(super) use self::report::show as show_report;
use self::report::{Line, Outcome, Report, Round};
use self::state::{Failure, State};
use self::step::{Newer, Staged, Step};
use super::actions::{Action, RowRef};
use super::session::{Notice, Session};
use super::store::{Entry, Loaded};
use super::theme;
use crate::i18n::Message;
use crate::portal::{Recordings, Restraint};
use crate::project::{Document, Layer, LayerId, LayerSource, Refresh};
use crate::table::RowSet;

/// How long rows that changed are marked on the map.
const MARKED: TimeDelta = TimeDelta::milliseconds(4_000);

/// Everything about layers of portals that changes with time.
pub(super) struct Live {
    sources: HashMap<LayerSource, State>,
    /// What the person asked to update.
    round: Option<Round>,
    report: Option<Arc<Report>>,
    /// The report has not been shown yet.
    is_report_new: bool,
    /// Where what live layers show is recorded.
    recordings: Option<Arc<Recordings>>,
    /// A failure to record was said.
    has_said: bool,
    /// How much of each pause is waited: less in tests.
    pace: f64,
}

impl Default for Live {
    fn default() -> Live {
        let (sources, round, report) = (HashMap::new(), None, None);
        let (recordings, has_said) = (None, false);
        Live { sources, round, report, is_report_new: false, recordings, has_said, pace: 1.0 }
    }
}

/// Does what is due; answers the layers whose rows are others now. Every frame.
pub(super) fn tick(ctx: &egui::Context, session: &mut Session) -> Vec<LayerId> {
    let mut live = std::mem::take(&mut session.live);
    let replaced = live.step(ctx, session, Utc::now());
    session.live = live;
    replaced
}

/// The layers of a document whose data come from portals, by source.
fn of_portals(document: &Document) -> HashMap<&LayerSource, Vec<&Layer>> {
    let mut found: HashMap<&LayerSource, Vec<&Layer>> = HashMap::new();
    for layer in &document.layers {
        if layer.source.is_fetched() {
            found.entry(&layer.source).or_default().push(layer);
        }
    }
    found
}

impl Live {
    /// Waits only this part of each pause.
    pub fn set_pace(&mut self, pace: f64) {
        self.pace = pace;
    }

    /// Records what live layers show.
    pub fn record_in(&mut self, recordings: Recordings) {
        self.recordings = Some(Arc::new(recordings));
    }

    /// Where what live layers show is recorded.
    pub fn recordings(&self) -> Option<&Arc<Recordings>> {
        self.recordings.as_ref()
    }

    /// What was recorded of a live source: where, and how often so far.
    pub fn recorded(&self, source: &LayerSource) -> Option<(Arc<Recordings>, u64)> {
        let version = self.sources.get(source)?.version()?;
        Some((self.recordings.clone()?, version))
    }

    /// Shows a layer with the values of a moment, or of now.
    pub fn look_back(&mut self, layer: &Layer, at: Option<DateTime<Utc>>) {
        if let Some(state) = self.sources.get_mut(&layer.source) {
            state.back.look(at);
        }
    }

    /// The moment that a layer is shown as of; none for now.
    pub fn looks_back(&self, layer: &Layer) -> Option<DateTime<Utc>> {
        self.sources.get(&layer.source)?.back.at()
    }

    /// Whether something is being asked, fetched or computed.
    pub fn is_busy(&self) -> bool {
        self.round.is_some() || self.sources.values().any(State::is_busy)
    }

    /// Whether any layer is of a portal.
    pub fn has_layers(&self) -> bool {
        !self.sources.is_empty()
    }

    /// Whether a layer is of a portal.
    pub fn is_of_portal(&self, layer: &Layer) -> bool {
        self.sources.contains_key(&layer.source)
    }

    /// Whether an update that the person asked for is under way.
    pub fn is_updating(&self) -> bool {
        self.round.is_some()
    }

    /// How far the update is that the person asked for: the share done, and since when.
    pub fn progress(&self) -> Option<(Option<f32>, Duration)> {
        let round = self.round.as_ref()?;
        Some((round.fraction(), round.age()))
    }

    /// What the last update changed.
    pub fn report(&self) -> Option<&Arc<Report>> {
        self.report.as_ref()
    }

    /// Whether a report came that was not shown yet. True once.
    pub fn take_new_report(&mut self) -> bool {
        std::mem::take(&mut self.is_report_new)
    }

    /// The rows of a source that changed a moment ago.
    pub fn marked(&self, source: &LayerSource) -> Option<&RowSet> {
        self.sources.get(source)?.recent.as_ref().map(|recent| &recent.rows)
    }

    /// Asks for newer data of all layers of portals.
    pub fn update_all(&mut self, document: &Document) {
        let sources: Vec<LayerSource> = document
            .layers
            .iter()
            .map(|layer| &layer.source)
            .filter(|source| source.is_fetched())
            .fold(Vec::new(), |mut all, source| {
                if !all.contains(source) {
                    all.push(source.clone());
                }
                all
            });
        self.begin_round(sources);
    }

    /// Asks for newer data of one layer.
    pub fn update(&mut self, layer: &Layer) {
        self.begin_round(vec![layer.source.clone()]);
    }

    fn begin_round(&mut self, sources: Vec<LayerSource>) {
        if self.round.is_none() && !sources.is_empty() {
            self.round = Some(Round::new(sources));
        }
    }

    /// Ends what the person asked to update. What is there already stays.
    pub fn cancel(&mut self) {
        for source in self.round.iter().flat_map(Round::waiting) {
            if let Some(state) = self.sources.get(source) {
                state.cancel();
            }
        }
    }

    fn step(
        &mut self,
        ctx: &egui::Context,
        session: &mut Session,
        now: DateTime<Utc>,
    ) -> Vec<LayerId> {
        // Shared, not copied: this is done in every frame.
        let document = Arc::clone(session.history.document());
        let used = of_portals(&document);
        self.sources.retain(|source, _| {
            let is_used = used.contains_key(source);
            if !is_used {
                session.store.show_now(source);
            }
            is_used
        });
        if let Some(round) = &mut self.round {
            round.keep(|source| used.contains_key(source));
        }
        let restraint = restraint(ctx);
        let mut replaced = Vec::new();
        let mut next: Vec<DateTime<Utc>> = Vec::new();
        for (source, layers) in &used {
            let loaded = match session.store.entry(source) {
                Some(Entry::Loaded(loaded)) => loaded.clone(),
                Some(Entry::Failed(error)) => {
                    let error = error.clone();
                    self.tell(source, Outcome::NotThere(error), layers);
                    continue;
                }
                Some(Entry::Loading(_)) | None => continue,
            };
            let Some(from) = loaded.from_portal.clone() else { continue };
            let state = self.sources.entry((*source).clone()).or_insert_with(|| State::new(&from));
            let is_quiet = layers.iter().all(|layer| layer.refresh == Refresh::Off);
            state.learn(&from, is_quiet, session);
            state.want_ages(&loaded, session);
            if let Some(recordings) = &self.recordings {
                let is_active = layers.iter().any(|layer| Some(layer.id) == session.active);
                let failure = state.record(&loaded, layers, recordings, is_active, session);
                if let Some(error) = failure.filter(|_| !self.has_said) {
                    self.has_said = true;
                    session.notice(Notice::Failed(error));
                }
            }

            let is_wanted = self.round.as_ref().is_some_and(|round| round.waits_for(source));
            if !state.is_working() {
                let pause = layers.iter().filter_map(|layer| state.pause(layer.refresh)).min();
                let quota = state.quota(session);
                let failures = state.failure.as_ref().map_or(0, |failure| failure.count);
                let restraint = Restraint { quota, failures, ..restraint };
                let due = state.due(pause, restraint, self.pace);
                let is_due = !session.portals.is_offline() && due.is_some_and(|due| due <= now);
                if is_wanted || is_due {
                    state.start(source, &loaded, session);
                } else if let Some(due) = due.filter(|_| !session.portals.is_offline()) {
                    next.push(due);
                }
            }
            if let Some((step, habit)) = state.take() {
                state.tried_at = Some(now);
                state.know(&from, &habit);
                match step {
                    Ok(Step::Unchanged) => {
                        state.is_current(now);
                        self.tell(source, Outcome::Unchanged, layers);
                    }
                    Ok(Step::Same(from)) => {
                        state.is_current(now);
                        let same = Loaded { from_portal: Some(from), ..loaded };
                        session.store.put((*source).clone(), same);
                        self.tell(source, Outcome::Unchanged, layers);
                    }
                    Ok(Step::Newer(newer)) => {
                        state.staged = Some(Staged::new(*newer, layers, &document, session));
                    }
                    Err(error) if error.is_cancelled() => {
                        self.tell(source, Outcome::Cancelled, layers);
                    }
                    Err(error) => {
                        log::info!("{error}");
                        let count = state.failure.as_ref().map_or(0, |failure| failure.count) + 1;
                        let since = state.current_at;
                        state.failure = Some(Failure { error: error.clone(), count });
                        self.tell(source, Outcome::Failed { error, since }, layers);
                    }
                }
            }
            let Some(state) = self.sources.get_mut(*source) else { continue };
            if let Some(ready) = state.staged.take_if(Staged::is_ready) {
                let (newer, masks) = ready.into_parts();
                state.is_current(now);
                state.marks(&newer, theme::moves_less(ctx), now);
                let outcome = Outcome::of(&newer);
                replaced.extend(layers.iter().map(|layer| layer.id));
                swap(session, source, layers, newer, masks);
                self.tell(source, outcome, layers);
            }
            if let Some(state) = self.sources.get_mut(*source) {
                state.recent.take_if(|recent| recent.until <= now);
                next.extend(state.recent.as_ref().map(|recent| recent.until));
                next.extend(state.next_word(now).filter(|_| session.settings.show_layers));
            }
        }
        self.end_round(now);
        self.offer(session, &document);
        if let Some(next) = next.into_iter().min() {
            let left = (next - now).to_std().unwrap_or_default();
            ctx.request_repaint_after(left.max(Duration::from_millis(10)));
        }
        replaced
    }

    /// Writes what became of a source into the report of the update under way.
    fn tell(&mut self, source: &LayerSource, what: Outcome, layers: &[&Layer]) {
        if let Some(round) = self.round.as_mut().filter(|round| round.waits_for(source)) {
            let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
            let layer = layers.first().map(|layer| layer.id);
            round.note(source, Line { name: names.join(", "), layer, what });
        }
    }

    fn end_round(&mut self, now: DateTime<Utc>) {
        let Some(round) = self.round.take_if(|round| round.is_done()) else { return };
        let Some(report) = round.into_report(now) else { return };
        self.report = Some(Arc::new(report));
        self.is_report_new = true;
    }

    /// Tells once, kindly, which layers have newer data on their portal.
    fn offer(&mut self, session: &mut Session, document: &Document) {
        if self.sources.values().any(State::is_learning) {
            return;
        }
        let is_new = |state: &State| state.is_outdated && !state.is_offered;
        if !self.sources.values().any(is_new) {
            return;
        }
        let has_newer = |layer: &&Layer| self.sources.get(&layer.source).is_some_and(is_new);
        let names: Vec<&str> =
            document.layers.iter().filter(has_newer).map(|layer| layer.name.as_str()).collect();
        let text = Message::new("app-live-newer")
            .count("count", names.len() as u64)
            .text("names", names.join(", "));
        session.notice(Notice::Offer {
            text,
            button: Message::new("app-live-newer-update"),
            action: Box::new(Action::UpdateAll),
        });
        self.sources.values_mut().for_each(|state| state.is_offered |= state.is_outdated);
    }
}

/// A layer with the day on which the data shown were fetched.
pub(super) fn with_day(session: &Session, layer: &Layer) -> Layer {
    let mut layer = layer.clone();
    let loaded = session.store.present(&layer.source);
    if let Some(from) = loaded.and_then(|loaded| loaded.from_portal.as_ref()) {
        layer.attribution.accessed = from.receipt.fetched_on().to_string();
    }
    layer
}

/// The document with the days on which the data shown were fetched.
pub(super) fn with_days(session: &Session) -> Document {
    let mut document = Document::clone(session.document());
    for layer in &mut document.layers {
        *layer = with_day(session, layer);
    }
    document
}

/// The same with a notice of layers that are shown as of another moment: for what is made of the
/// map.
pub(super) fn as_shown(session: &Session) -> Arc<Document> {
    let mut document = with_days(session);
    let past = past_words(session);
    let parts = [document.notice.trim(), &past];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    document.notice = said.join(". ");
    Arc::new(document)
}

/// Who sees the window now.
fn restraint(ctx: &egui::Context) -> Restraint {
    ctx.input(|input| {
        let viewport = input.viewport();
        Restraint {
            is_hidden: viewport.minimized == Some(true) || viewport.occluded == Some(true),
            is_aside: viewport.focused == Some(false),
            ..Restraint::default()
        }
    })
}

/// Puts newer data in place of older ones: rows selected stay selected, filters are known already.
fn swap(
    session: &mut Session,
    source: &LayerSource,
    layers: &[&Layer],
    newer: Newer,
    masks: step::Masks,
) {
    let Newer { loaded, differences } = newer;
    session.store.put(source.clone(), loaded);
    for (layer, key, mask) in masks {
        session.derived.put_mask(layer, key, mask);
    }
    for layer in layers {
        if layer.has_added_columns() {
            session.derived.forget_mask(layer.id);
        }
        session.selection.move_rows(layer.id, &differences);
    }
    let is_ours = |row: &RowRef| layers.iter().any(|layer| layer.id == row.layer);
    let moved = |row: RowRef| {
        if is_ours(&row) {
            differences.row_after(row.row).map(|after| RowRef { row: after, ..row })
        } else {
            Some(row)
        }
    };
    session.hits = std::mem::take(&mut session.hits).into_iter().filter_map(moved).collect();
}
