//! What matches and what does not: a line, and lists to look through, confirm and mend.

use egui::PopupCloseBehavior::CloseOnClickOutside;
use egui::{Button, Label, Popup, RichText, ScrollArea, TextEdit, Ui};

use super::JoinDialog;
use super::looking::Looked;
use crate::app::actions::{Action, Actions};
use crate::app::chosen::{self, Edge};
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::app::theme;
use crate::i18n::{Message, fold};
use crate::project::{Layer, LayerId};
use crate::query::join::{Confirmed, Counts, Fix, How, Pair, Reason};

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
        let several = several(ui, session, looked, other, self.has_rules());
        for change in changes {
            self.do_change(session, change, layer.id, out);
        }
        match several {
            Some(Decision::Condition(sql)) => {
                self.by.condition = sql;
                self.columns.iter_mut().for_each(|column| column.rule = None);
            }
            Some(Decision::Rules) => self.begin_rules(),
            None => {}
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

/// What the person decided about several rows.
enum Decision {
    Condition(String),
    Rules,
}

/// Values with several rows in the table.
fn several(
    ui: &mut Ui,
    session: &Session,
    looked: &Looked,
    other: &str,
    has_rules: bool,
) -> Option<Decision> {
    let several = &looked.preview.several;
    if several.values == 0 {
        return None;
    }
    let mut decision = None;
    ui.add_space(4.0);
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let examples = several.examples.iter().map(|(text, rows)| format!("{text}: {rows}"));
        let text = Message::new("app-join-several")
            .count("count", u64::try_from(several.values).unwrap_or(u64::MAX))
            .text("name", other)
            .text("examples", examples.collect::<Vec<_>>().join(", "));
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
            let color = ui.visuals().warn_fg_color;
            icons::paint(ui.painter(), Icon::Warning, rect.center(), color);
            ui.add(Label::new(session.say(&text)).wrap());
        });
        ui.horizontal_wrapped(|ui| {
            for fix in several.fixes.iter().take(4) {
                decision = one_fix(ui, session, fix).or(decision.take());
            }
            let text = session.tr("app-join-rules");
            let dress = |button: Button<'static>| button.frame(true);
            if chosen::button(ui, Edge::Foot, has_rules, text, dress).clicked() {
                decision = Some(Decision::Rules);
            }
        });
    });
    decision
}

/// A column of which one value leaves one row.
fn one_fix(ui: &mut Ui, session: &Session, fix: &Fix) -> Option<Decision> {
    let mut decision = None;
    let text = Message::new("app-join-only-one").text("name", fix.field.as_str());
    ui.menu_button(session.say(&text), |ui| {
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            // The last is the newest, where it is a year.
            for value in fix.values.iter().rev() {
                let text = Message::new("app-join-only")
                    .text("name", fix.field.as_str())
                    .text("value", value.text.as_str())
                    .count("count", u64::try_from(value.matched).unwrap_or(u64::MAX));
                if ui.button(session.say(&text)).clicked() {
                    decision = Some(Decision::Condition(value.sql.clone()));
                    ui.close();
                }
            }
        });
    });
    decision
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
        ui.horizontal_wrapped(|ui| {
            for (list, id, length) in lists {
                let text =
                    Message::new(id).count("count", u64::try_from(length).unwrap_or(u64::MAX));
                let tab = ui.add_enabled_ui(length > 0, |ui| {
                    chosen::tab(ui, shown == Some(list), session.say(&text))
                });
                if tab.inner.clicked() {
                    self.shown = Some(list);
                }
            }
        });
        let mut changes = Vec::new();
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
        if shown == Some(List::Proposed) && numbers.len() > 1 {
            let text = session.tr("app-join-confirm-all");
            if ui.small_button(text).clicked() {
                let pairs = numbers.iter().filter_map(|number| looked.preview.pairs.get(*number));
                changes.extend(pairs.filter_map(proposal).map(Change::Confirm));
            }
        }
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
        let partner = confirmed.iter().find(|known| known.ours == pair.ours);
        let theirs = partner.map(|known| known.theirs.as_str()).or(pair.theirs.as_deref());
        if pair.how == How::Exact {
            ui.label(&pair.ours);
        } else if let Some(theirs) = theirs {
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
        } else {
            ui.label(&pair.ours);
        }
        if let How::Proposed(reason) = pair.how {
            ui.label(RichText::new(session.say(&reason_message(reason))).small().weak());
        }
        let named = |id| session.say(&Message::new(id).text("name", pair.ours.as_str()));
        if pair.how != How::Exact && !looked.preview.unused.is_empty() {
            let text = RichText::new(session.tr("app-join-choose")).small();
            let button = ui.add(Button::new(text)).accessible_name(named("app-join-choose-for"));
            // A click into the field for searching must not close it.
            let popup = Popup::menu(&button).close_behavior(CloseOnClickOutside);
            popup.show(|ui| {
                if let Some(theirs) = self.partner(ui, session, looked) {
                    changes.push(Change::Confirm(Confirmed { ours: pair.ours.clone(), theirs }));
                    ui.close();
                }
            });
        }
        let show = Button::new(RichText::new(session.tr("app-join-show")).small());
        if ui.add(show).accessible_name(named("app-join-show-of")).clicked() {
            changes.push(Change::Show(pair.rows.clone()));
        }
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
        let mut chosen = None;
        ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
            for one in found.iter().filter_map(|at| unused.get(*at)) {
                if ui.button(&one.text).clicked() {
                    chosen = Some(one.text.clone());
                }
            }
            if found.len() == MOST_LISTED {
                ui.small(session.tr("app-join-search-more"));
            }
        });
        if chosen.is_some() {
            self.search.clear();
        }
        chosen
    }
}

/// A pair that is proposed, as one that is confirmed.
fn proposal(pair: &Pair) -> Option<Confirmed> {
    let theirs = pair.theirs.clone().filter(|_| matches!(pair.how, How::Proposed(_)))?;
    Some(Confirmed { ours: pair.ours.clone(), theirs })
}

/// A list of which only what is seen is laid out.
fn rows(ui: &mut Ui, length: usize, mut row: impl FnMut(&mut Ui, usize)) {
    let height = ui.spacing().interact_size.y;
    let scroll = ScrollArea::vertical().id_salt("join pairs").max_height(140.0);
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
        Reason::Typing(errors) => {
            Message::new("app-join-reason-typing").count("count", u64::from(errors))
        }
    }
}
