//! What matches and what does not: a line, and lists to look through, confirm and mend.

use egui::PopupCloseBehavior::CloseOnClickOutside;
use egui::{Align, Button, Label, Layout, Popup, RichText, ScrollArea, TextEdit, Ui};

use super::JoinDialog;
use super::looking::Looked;
use crate::app::actions::{Action, Actions};
use crate::app::chosen;
use crate::app::session::Session;
use crate::i18n::{Message, fold};
use crate::project::{Layer, LayerId};
use crate::query::join::{Confirmed, Counts, How, Pair, Reason};

/// The most partners listed at once.
const MOST_LISTED: usize = 60;

/// A list of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Proposed,
    Unmatched,
    Exact,
    Unused,
}

/// Which list is shown, and the partner being looked for.
#[derive(Default)]
pub(super) struct PairLists {
    shown: Option<List>,
    search: String,
    /// What was last looked for, among how many, and what was found.
    found: Option<(String, usize, Vec<usize>)>,
}

/// A change of the pairs.
enum Change {
    Confirm(Confirmed),
    /// The value of the layer goes back to what it is by itself.
    Undo(String),
    Show(Box<[u32]>),
}

impl JoinDialog {
    /// What matches, and what must be decided.
    pub(super) fn outcome(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        out: &mut Actions,
    ) {
        let Some(Ok(looked)) = self.looked.latest() else {
            if self.looked.job().is_some() {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.small(session.tr("app-join-matching"));
                });
            }
            return;
        };
        let other = session.document().layer(self.other).map_or("", |other| other.name.as_str());
        summary(ui, session, &looked.preview.counts, other, self.looked.job().is_some());
        let changes = self.lists.show(ui, session, looked, &self.by.pairs);
        for change in changes {
            self.do_change(session, change, layer.id, out);
        }
    }

    fn do_change(&mut self, session: &Session, change: Change, layer: LayerId, out: &mut Actions) {
        match change {
            Change::Confirm(pair) => {
                self.by.pairs.retain(|known| known.ours != pair.ours);
                self.by.pairs.push(pair);
            }
            Change::Undo(ours) => self.by.pairs.retain(|known| known.ours != ours),
            Change::Show(rows) => {
                let is_there = session.document().layer(layer).is_some();
                out.extend(is_there.then(|| Action::GoToRows(layer, rows.into_vec())));
            }
        }
    }
}

fn summary(ui: &mut Ui, session: &Session, counts: &Counts, other: &str, is_looking: bool) {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let text = Message::new("app-join-summary")
        .count("exact", count(counts.exact))
        .count("values", count(counts.values))
        .count("confirmed", count(counts.confirmed))
        .count("proposed", count(counts.proposed))
        .count("unmatched", count(counts.unmatched));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(session.say(&text)).strong());
        if is_looking {
            ui.spinner();
        }
    });
    let mut more = Vec::new();
    let mut say = |id, number: u64| {
        if number > 0 {
            let text = Message::new(id).count("count", number).text("name", other);
            more.push(session.say(&text));
        }
    };
    say("app-join-rows-unused", counts.rows_unused);
    say("app-join-rows-without", counts.rows_without);
    say("app-join-rows-without-there", counts.rows_without_there);
    say("app-join-not-sought", count(counts.not_sought));
    if !more.is_empty() {
        ui.add(Label::new(RichText::new(more.join(". ")).small().weak()).wrap());
    }
}

impl PairLists {
    fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        looked: &Looked,
        confirmed: &[Confirmed],
    ) -> Vec<Change> {
        let lists = [
            (List::Proposed, "app-join-list-proposed", looked.proposed.len()),
            (List::Unmatched, "app-join-list-unmatched", looked.unmatched.len()),
            (List::Exact, "app-join-list-exact", looked.exact.len()),
            (List::Unused, "app-join-list-unused", looked.preview.unused.len()),
        ];
        // First what asks for something.
        let first = lists.iter().find(|(_, _, length)| *length > 0).map(|(list, ..)| *list);
        let shown = self.shown.or(first);
        let mut changes = Vec::new();
        ui.horizontal_wrapped(|ui| {
            for (list, id, length) in lists {
                let text =
                    Message::new(id).count("count", u64::try_from(length).unwrap_or(u64::MAX));
                let (is_this, text) = (shown == Some(list), session.say(&text));
                let tab = ui.add_enabled_ui(length > 0, |ui| chosen::tab(ui, is_this, text));
                if tab.inner.clicked() {
                    self.shown = Some(list);
                }
            }
            if shown == Some(List::Proposed)
                && looked.preview.counts.proposed > 1
                && ui.button(session.tr("app-join-confirm-all")).clicked()
            {
                let pairs = looked.proposed.iter();
                let pairs = pairs.filter_map(|number| looked.preview.pairs.get(*number));
                changes.extend(pairs.filter_map(proposal).map(Change::Confirm));
            }
        });
        let numbers = match shown {
            Some(List::Proposed) => &looked.proposed,
            Some(List::Unmatched) => &looked.unmatched,
            Some(List::Exact) => &looked.exact,
            Some(List::Unused) => {
                unused(ui, session, looked);
                return changes;
            }
            None => return changes,
        };
        rows(ui, numbers.len(), |ui, at| {
            let pair = numbers.get(at).and_then(|number| looked.preview.pairs.get(*number));
            if let Some(pair) = pair {
                self.pair(ui, session, looked, pair, confirmed, &mut changes);
            }
        });
        changes
    }

    fn pair(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        looked: &Looked,
        pair: &Pair,
        confirmed: &[Confirmed],
        changes: &mut Vec<Change>,
    ) {
        let named = |id| session.say(&Message::new(id).text("name", pair.ours.as_str()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let show = Button::new(RichText::new(session.tr("app-join-show")).small());
            if ui.add(show).accessible_name(named("app-join-show-of")).clicked() {
                changes.push(Change::Show(pair.rows.clone()));
            }
            if pair.how != How::Exact && !looked.preview.unused.is_empty() {
                let text = RichText::new(session.tr("app-join-choose")).small();
                let button = ui.add(Button::new(text));
                let button = button.accessible_name(named("app-join-choose-for"));
                // A click into the field for searching must not close it.
                let popup = Popup::menu(&button).close_behavior(CloseOnClickOutside);
                popup.show(|ui| {
                    if let Some(theirs) = self.partner(ui, session, looked) {
                        let ours = pair.ours.clone();
                        changes.push(Change::Confirm(Confirmed { ours, theirs }));
                        ui.close();
                    }
                });
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                both(ui, session, pair, confirmed, changes);
            });
        });
    }

    /// The values left over, to choose one from.
    fn partner(&mut self, ui: &mut Ui, session: &Session, looked: &Looked) -> Option<String> {
        let unused = &looked.preview.unused;
        let field = TextEdit::singleline(&mut self.search).desired_width(220.0);
        let field = field.hint_text(session.tr("app-join-search"));
        ui.add(field).accessible_name(session.tr("app-join-search"));
        // Looked through once for each change of the text.
        let is_found = |(text, of, _): &(String, usize, Vec<usize>)| {
            *text == self.search && *of == unused.len()
        };
        if !self.found.as_ref().is_some_and(is_found) {
            let wanted = fold(self.search.trim());
            let fits = looked.unused_folded.iter().enumerate();
            let fits = fits.filter(|(_, text)| text.contains(&wanted)).map(|(at, _)| at);
            let fits = fits.take(MOST_LISTED).collect();
            self.found = Some((self.search.clone(), unused.len(), fits));
        }
        let found = self.found.as_ref().map_or(&[][..], |(_, _, found)| found.as_slice());
        let mut picked = None;
        ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
            for one in found.iter().filter_map(|at| unused.get(*at)) {
                if ui.button(&one.text).clicked() {
                    picked = Some(one.text.clone());
                }
            }
            if found.len() == MOST_LISTED {
                ui.small(session.tr("app-join-search-more"));
            }
        });
        if picked.is_some() {
            self.search.clear();
        }
        picked
    }
}

/// The two values of a pair, to confirm where they are not equal.
fn both(
    ui: &mut Ui,
    session: &Session,
    pair: &Pair,
    confirmed: &[Confirmed],
    changes: &mut Vec<Change>,
) {
    let partner = confirmed.iter().find(|known| known.ours == pair.ours);
    let theirs = partner.map(|known| known.theirs.as_str()).or(pair.theirs.as_deref());
    let Some(theirs) = theirs.filter(|_| pair.how != How::Exact) else {
        ui.add(Label::new(&pair.ours).truncate());
        return;
    };
    let mut is_confirmed = partner.is_some();
    let text = format!("{} = {theirs}", pair.ours);
    if ui.checkbox(&mut is_confirmed, text).changed() {
        changes.push(if is_confirmed {
            let (ours, theirs) = (pair.ours.clone(), theirs.to_owned());
            Change::Confirm(Confirmed { ours, theirs })
        } else {
            Change::Undo(pair.ours.clone())
        });
    }
    if let How::Proposed(reason) = pair.how {
        let reason = RichText::new(session.say(&reason_message(reason))).small().weak();
        ui.add(Label::new(reason).truncate());
    }
}

/// A pair that is proposed, as one that is confirmed.
fn proposal(pair: &Pair) -> Option<Confirmed> {
    let theirs = pair.theirs.clone().filter(|_| matches!(pair.how, How::Proposed(_)))?;
    Some(Confirmed { ours: pair.ours.clone(), theirs })
}

/// A list of which only what is seen is laid out.
fn rows(ui: &mut Ui, length: usize, mut row: impl FnMut(&mut Ui, usize)) {
    ui.scope(|ui| rows_within(ui, length, &mut row));
}

fn rows_within(ui: &mut Ui, length: usize, row: &mut impl FnMut(&mut Ui, usize)) {
    let height = ui.spacing().interact_size.y;
    let scroll = ScrollArea::vertical().id_salt("join pairs").max_height(124.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    scroll.auto_shrink([false, true]).show_rows(ui, height, length, |ui, seen| {
        for at in seen {
            ui.push_id(at, |ui| {
                ui.horizontal(|ui| {
                    ui.set_min_height(height);
                    row(ui, at);
                });
            });
        }
    });
}

fn unused(ui: &mut Ui, session: &Session, looked: &Looked) {
    let unused = &looked.preview.unused;
    rows(ui, unused.len(), |ui, at| {
        let Some(one) = unused.get(at) else { return };
        ui.label(&one.text);
        let count = u64::try_from(one.rows).unwrap_or(u64::MAX);
        let text = Message::new("app-count-rows").count("count", count);
        ui.label(RichText::new(session.say(&text)).small().weak());
    });
}

fn reason_message(reason: Reason) -> Message {
    match reason {
        Reason::Case => Message::new("app-join-reason-case"),
        Reason::Signs => Message::new("app-join-reason-signs"),
        Reason::Zeros => Message::new("app-join-reason-zeros"),
        Reason::Short => Message::new("app-join-reason-short"),
        Reason::Order => Message::new("app-join-reason-order"),
        Reason::Inside => Message::new("app-join-reason-inside"),
        Reason::Typing(errors) => {
            Message::new("app-join-reason-typing").count("count", u64::from(errors))
        }
    }
}
