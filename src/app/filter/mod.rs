//! The filter of the active layer: rules to build, the same condition as text, and conditions on
//! place; tried while being changed.

mod axis;
mod carry;
mod complete;
mod condition;
mod draft;
mod facts;
mod free;
mod place;
mod range;
mod rules;
mod tree;
mod values;
mod words;

pub(super) use self::free::FreeCondition;
pub(super) use self::words::kind_word;

use std::sync::Arc;

use egui::{Button, RichText, ScrollArea, Ui};

use self::draft::Draft;
use self::facts::Facts;
use super::Wake;
use super::actions::{Action, Actions};
use super::derived::{MaskKey, MaskState, select_message};
use super::icons::{self, Icon};
use super::layers_panel::shown_of;
use super::session::Session;
use super::store::Loaded;
use crate::jobs::{Job, Poll};
use crate::problem::Problems;
use crate::project::{Command, Filter, Layer, LayerId, PlaceFilter};
use crate::query::{ChosenRows, SelectError};
use crate::table::Table;

/// How long the person must pause before a condition is tried, seconds.
const PAUSE: f64 = 0.3;

/// The panel's own state.
#[derive(Default)]
pub(super) struct FilterPanel {
    draft: Option<Draft>,
    /// Drafts of other layers with something that is not finished.
    resting: Vec<Draft>,
    /// Whether values are being searched for.
    is_searching: bool,
    facts: Facts,
    /// Features whose identity is being looked up, to become a condition of a layer.
    choosing: Option<Choosing>,
}

struct Choosing {
    /// The layer that is filtered.
    layer: LayerId,
    /// The layer of the features.
    of: LayerId,
    job: Job<ChosenRows>,
}

/// What all parts of the panel read.
struct Look<'a> {
    session: &'a Session,
    table: &'a Arc<Table>,
    /// Where joined fields come from; none for rows that are not here.
    loaded: Option<&'a Loaded>,
    facts: &'a Facts,
    /// Before the number of a rule in its labels: the layer, for features of another one.
    prefix: &'a str,
}

impl Look<'_> {
    /// The name of a rule in labels: "2.1", or "wijken 1".
    fn named(&self, number: &str) -> String {
        if self.prefix.is_empty() { number.to_owned() } else { format!("{} {number}", self.prefix) }
    }
}

impl FilterPanel {
    /// Tries the draft and sends it to the document when it works. Called every frame.
    pub fn update(&mut self, ctx: &egui::Context, session: &mut Session, out: &mut Actions) {
        self.take_choice(session, out);
        let Some(layer) = session.active_layer().cloned() else {
            self.put_aside(session);
            self.facts.want(&[], &session.wake);
            return;
        };
        if self.draft.as_ref().is_some_and(|draft| draft.layer != layer.id) {
            self.put_aside(session);
        }
        let resting = &mut self.resting;
        let draft = self.draft.get_or_insert_with(|| {
            let kept = resting.iter().position(|draft| draft.layer == layer.id);
            kept.map_or_else(|| Draft::of(&layer), |at| resting.swap_remove(at))
        });
        if draft.known != layer.filter {
            draft.adopt(&layer);
        }
        draft.sync(session);
        self.is_searching = draft.rest();
        self.facts.want(&draft.fields(session), &session.wake);
        // A drag is one step of undo, also where its end is sent after the pointer is up.
        let is_trying = draft.changed_at.is_some() || draft.trial.job().is_some();
        draft.let_go |= is_trying && ctx.input(|input| input.pointer.any_released());
        let now = ctx.input(|input| input.time);
        if draft.changed_at.is_some_and(|at| now - at < PAUSE) {
            ctx.request_repaint_after_secs(0.1);
            return;
        }
        let filter = draft.filter();
        if filter == draft.known && draft.changed_at.is_none() {
            return;
        }
        if filter.is_empty() {
            draft.trial.forget();
            draft.changed_at = None;
            send(draft, filter, out);
            return;
        }
        let document = session.history.document().clone();
        let key =
            MaskKey::new(&filter, &layer, &document, (&session.store, &session.derived.added));
        let Some(key) = key else { return };
        let wake: Wake = session.wake.clone();
        draft.trial.want(key.clone(), |key| key.start(&wake));
        if let Some(outcome) = draft.trial.of(&key) {
            draft.changed_at = None;
            if outcome.is_ok() && filter != draft.known {
                let outcome = outcome.clone();
                session.derived.put_mask(layer.id, key, outcome);
                send(draft, filter, out);
            }
        }
    }

    /// Another layer's filter comes in view: what is not finished of this one's waits.
    fn put_aside(&mut self, session: &Session) {
        self.is_searching = false;
        self.resting.extend(self.draft.take().filter(Draft::is_unfinished));
        self.resting.retain(|draft| session.document().layer(draft.layer).is_some());
    }

    /// Another document: nothing of the one before is known.
    pub fn forget(&mut self) {
        *self = FilterPanel::default();
    }

    /// Whether a condition is waiting to be tried, or being tried: what it will send belongs to
    /// the step of undo under way.
    pub fn is_trying(&self) -> bool {
        let draft = self.draft.as_ref();
        draft.is_some_and(|draft| draft.changed_at.is_some() || draft.trial.job().is_some())
    }

    /// Whether anything is waiting or being computed.
    pub fn is_busy(&self) -> bool {
        self.is_trying() || self.is_searching || self.facts.is_busy() || self.choosing.is_some()
    }

    /// Adds the condition that rows of a layer share a point with some features of another.
    pub fn choose(
        &mut self,
        layer: LayerId,
        (of, table): (LayerId, Arc<Table>),
        rows: Vec<usize>,
        wake: &Wake,
    ) {
        let wake = wake.clone();
        let job = Job::start("identity", move || wake(), move |_| ChosenRows::of(&table, rows));
        self.choosing = Some(Choosing { layer, of, job });
    }

    /// The work on features of another layer that were chosen for a condition.
    pub fn choosing_job(&self) -> Option<&Job<ChosenRows>> {
        self.choosing.as_ref().map(|choosing| &choosing.job)
    }

    pub fn cancel_choosing(&mut self) {
        self.choosing = None;
    }

    fn take_choice(&mut self, session: &Session, out: &mut Actions) {
        let Some(choosing) = &self.choosing else { return };
        let rows = match choosing.job.poll() {
            Poll::Running => return,
            Poll::Done(rows) => Some(rows),
            Poll::Lost => None,
        };
        let Some((choosing, rows)) = self.choosing.take().zip(rows) else { return };
        let Some(layer) = session.document().layer(choosing.layer) else { return };
        let mut filter = layer.filter.clone();
        filter.places.push(PlaceFilter::chosen(choosing.of, rows));
        out.push(Action::Run(Command::SetFilter(layer.id, filter)));
        out.push(Action::CloseStep);
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let layer = session.active_layer();
        let found = layer.and_then(|layer| Some((layer, session.loaded(layer)?)));
        let (Some((layer, loaded)), Some(draft)) = (found, self.draft.as_mut()) else {
            ui.add_space(16.0);
            ui.vertical_centered(|ui| ui.weak(session.tr("app-filter-no-layer")));
            return;
        };
        if draft.layer != layer.id {
            return;
        }
        let before = draft.filter();
        let facts = &self.facts;
        head(ui, session, draft, layer, loaded, out);
        ui.add_space(2.0);
        ScrollArea::vertical().id_salt("filter").auto_shrink(false).show(ui, |ui| {
            let error = match draft.error() {
                Some(SelectError::Condition(error)) => Some(error.clone()),
                _ => None,
            };
            let look =
                Look { session, table: &loaded.table, loaded: Some(loaded), facts, prefix: "" };
            draft.own.show_rules(ui, &look);
            draft.own.show_text(ui, &look, error.as_ref());
            ui.add_space(2.0);
            ui.separator();
            place::show(ui, facts, draft, (session, layer, loaded), out);
        });
        if draft.filter() != before {
            draft.changed_at = Some(ui.input(|input| input.time));
            let is_dragging = ui.input(|input| input.pointer.any_down());
            if !is_dragging && !ui.ctx().text_edit_focused() {
                // Not typed and not dragged: a step of its own.
                out.push(Action::CloseStep);
                draft.let_go = true;
            }
        }
    }
}

fn send(draft: &mut Draft, filter: Filter, out: &mut Actions) {
    draft.known = filter.clone();
    out.push(Action::Run(Command::SetFilter(draft.layer, filter)));
    if std::mem::take(&mut draft.let_go) {
        out.push(Action::CloseStep);
    }
}

/// The layer, how many of its rows are shown, and a button to show all.
fn head(
    ui: &mut Ui,
    session: &Session,
    draft: &mut Draft,
    layer: &Layer,
    loaded: &Loaded,
    out: &mut Actions,
) {
    ui.horizontal(|ui| {
        let label = session.tr("app-filter-clear");
        let is_set = !draft.is_untouched();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add_enabled(is_set, Button::new(label)).clicked() {
                draft.clear();
                out.push(Action::CloseStep);
            }
            let select = session.tr("app-filter-select");
            let hint = format!("{select}\n{}", session.tr("app-filter-select-how"));
            let has_rows =
                matches!(session.derived.mask(layer), MaskState::Some(mask) if mask.shown > 0);
            let button = ui.add_enabled_ui(has_rows, |ui| {
                icons::button(ui, Icon::SelectRectangle, &select).on_hover_text(hint)
            });
            if button.inner.clicked() {
                out.push(Action::SelectInstead(layer.id));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(&layer.name).strong()).truncate());
            });
        });
    });
    verdict(ui, session, draft, layer, loaded);
}

fn verdict(ui: &mut Ui, session: &Session, draft: &Draft, layer: &Layer, loaded: &Loaded) {
    if draft.changed_at.is_some() || draft.trial.job().is_some() {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.weak(session.tr("app-filter-working"));
        });
        return;
    }
    let failed = |ui: &mut Ui, error: &SelectError| {
        let text = session.say(&select_message(error));
        ui.label(RichText::new(text).color(ui.visuals().error_fg_color));
    };
    match draft.error() {
        // Said under the field it is about.
        Some(SelectError::Condition(_) | SelectError::PlaceCondition { .. }) => {
            ui.label(
                RichText::new(session.tr("app-filter-wrong")).color(ui.visuals().error_fg_color),
            );
        }
        Some(other) => failed(ui, other),
        None => match session.derived.mask(layer) {
            MaskState::Some(mask) => {
                let count = shown_of(mask.shown, loaded);
                ui.label(RichText::new(session.say(&count)).strong());
                problems(ui, session, &mask.problems);
            }
            MaskState::Failed(error) => failed(ui, error),
            _ => {
                let count = loaded.kind.count(loaded.table.rows() as u64);
                ui.label(RichText::new(session.say(&count)).strong());
            }
        },
    }
}

/// What could not be used in finding the rows.
fn problems(ui: &mut Ui, session: &Session, problems: &Problems) {
    for problem in problems {
        ui.horizontal_top(|ui| {
            let color = ui.visuals().warn_fg_color;
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(18.0), egui::Sense::hover());
            icons::paint(ui.painter(), Icon::Warning, rect.center(), color);
            let text = RichText::new(problem.text(session.language)).color(color).small();
            ui.add(egui::Label::new(text).wrap());
        });
    }
}
