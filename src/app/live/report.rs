//! What an update changed, layer by layer: kept until the next one, shown in a dialog.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::super::actions::{Action, Actions};
use super::super::copying::Copied;
use super::super::derived::Same;
use super::super::icons::{self, Icon};
use super::super::selection::Choose;
use super::super::session::Session;
use super::super::{dialog, theme};
use super::step::Newer;
use super::words;
use crate::i18n::{Language, Message};
use crate::problem::FileError;
use crate::project::{LayerId, LayerSource};
use crate::table::{Differences, Field, FieldKind, PairedBy, RowSet, Table};

/// How many fields are named.
const FIELDS_NAMED: usize = 8;

/// An update that the person asked for, under way.
pub(super) struct Round {
    waiting: Vec<LayerSource>,
    lines: Vec<Line>,
    started: Instant,
}

/// What became of a layer.
pub(super) struct Line {
    pub name: String,
    pub layer: Option<LayerId>,
    pub what: Outcome,
}

/// What became of a source.
pub(super) enum Outcome {
    Unchanged,
    Newer {
        differences: Arc<Differences>,
        table: Same<Table>,
    },
    /// The data shown are those of `since`.
    Failed {
        error: FileError,
        since: DateTime<Utc>,
    },
    /// There is nothing to show instead either.
    NotThere(FileError),
    Cancelled,
}

/// What an update changed.
pub(in crate::app) struct Report {
    at: DateTime<Utc>,
    lines: Vec<Line>,
}

impl Round {
    pub fn new(waiting: Vec<LayerSource>) -> Round {
        Round { waiting, lines: Vec::new(), started: Instant::now() }
    }

    pub fn waits_for(&self, source: &LayerSource) -> bool {
        self.waiting.contains(source)
    }

    /// The sources that nothing was told of yet.
    pub fn waiting(&self) -> &[LayerSource] {
        &self.waiting
    }

    /// Goes on without sources that are gone.
    pub fn keep(&mut self, is_there: impl Fn(&LayerSource) -> bool) {
        self.waiting.retain(is_there);
    }

    pub fn note(&mut self, source: &LayerSource, line: Line) {
        self.waiting.retain(|waiting| waiting != source);
        self.lines.push(line);
    }

    pub fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }

    #[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
    pub fn fraction(&self) -> Option<f32> {
        let (done, left) = (self.lines.len(), self.waiting.len());
        (done + left > 1).then(|| done as f32 / (done + left) as f32)
    }

    /// The report; none where nothing was updated at all.
    pub fn into_report(self, at: DateTime<Utc>) -> Option<Report> {
        (!self.lines.is_empty()).then_some(Report { at, lines: self.lines })
    }
}

impl Outcome {
    pub fn of(newer: &Newer) -> Outcome {
        let table = Same(newer.loaded.table.clone());
        Outcome::Newer { differences: newer.differences.clone(), table }
    }

    fn is_failure(&self) -> bool {
        matches!(self, Outcome::Failed { .. } | Outcome::NotThere(_))
    }

    /// In a sentence.
    fn text(&self, now: DateTime<Utc>, language: Language) -> String {
        match self {
            Outcome::Unchanged => Message::new("app-live-unchanged").in_language(language),
            Outcome::Newer { differences, .. } => changes(differences, language),
            Outcome::Failed { error, since } => Message::new("app-live-stays")
                .message("what", error.what.clone())
                .text("time", words::moment(*since, now, language))
                .in_language(language),
            Outcome::NotThere(error) => error.what.in_language(language),
            Outcome::Cancelled => Message::new("app-live-cancelled").in_language(language),
        }
    }

    /// More about it, a line each.
    fn details(&self, language: Language) -> Vec<String> {
        let say = |message: Message| message.in_language(language);
        let mut lines = Vec::new();
        match self {
            Outcome::Newer { differences, table } => {
                if !differences.by_field.is_empty() {
                    let fields = differences.by_field.iter().take(FIELDS_NAMED);
                    let mut named: Vec<String> = fields
                        .map(|(name, rows)| {
                            let title = title(&table.0, name);
                            let count = *rows as u64;
                            say(Message::new("app-live-field-rows")
                                .text("field", title)
                                .count("count", count))
                        })
                        .collect();
                    let rest = differences.by_field.len().saturating_sub(FIELDS_NAMED);
                    if rest > 0 {
                        let more = Message::new("app-live-fields-more");
                        named.push(say(more.count("count", rest as u64)));
                    }
                    lines.push(say(
                        Message::new("app-live-fields").text("fields", named.join(", "))
                    ));
                }
                if differences.moved > 0 {
                    let moved = Message::new("app-live-moved");
                    lines.push(say(moved.count("count", differences.moved as u64)));
                }
                for (id, names) in [
                    ("app-live-fields-added", &differences.fields_added),
                    ("app-live-fields-removed", &differences.fields_removed),
                ] {
                    if !names.is_empty() {
                        lines.push(say(Message::new(id).text("fields", names.join(", "))));
                    }
                }
                for (name, before, after) in &differences.fields_changed {
                    lines.push(say(Message::new("app-live-field-kind")
                        .text("field", name.as_str())
                        .message("before", kind(*before))
                        .message("after", kind(*after))));
                }
                let is_unknown = !differences.added.is_empty() && !differences.removed.is_empty();
                if differences.paired_by == PairedBy::Content && is_unknown {
                    lines.push(say(Message::new("app-live-no-key")));
                }
            }
            Outcome::Failed { error, .. } | Outcome::NotThere(error) => {
                lines.extend(error.remedy.clone().map(say));
            }
            Outcome::Unchanged | Outcome::Cancelled => {}
        }
        lines
    }
}

/// "3 rows changed, 1 added, 2 gone".
pub(super) fn changes(differences: &Differences, language: Language) -> String {
    let parts = [
        ("app-live-changed", differences.changed.count()),
        ("app-live-added", differences.added.count()),
        ("app-live-removed", differences.removed.count()),
    ];
    let said = parts.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = said
        .map(|(id, count)| Message::new(id).count("count", count as u64).in_language(language))
        .collect();
    if said.is_empty() {
        return Message::new("app-live-only-fields").in_language(language);
    }
    said.join(", ")
}

fn title(table: &Table, name: &str) -> String {
    let field = table.field(name);
    field.map_or(name, Field::title).to_owned()
}

fn kind(kind: FieldKind) -> Message {
    Message::new(match kind {
        FieldKind::Boolean => "app-live-kind-boolean",
        FieldKind::Integer => "app-live-kind-integer",
        FieldKind::Number => "app-live-kind-number",
        FieldKind::Text => "app-live-kind-text",
        FieldKind::Json => "app-live-kind-json",
        FieldKind::Date => "app-live-kind-date",
        FieldKind::DateTime(_) => "app-live-kind-datetime",
    })
}

impl Report {
    /// All in one sentence.
    pub fn summary(&self) -> Message {
        let count = |is: fn(&Outcome) -> bool| {
            self.lines.iter().filter(|line| is(&line.what)).count() as u64
        };
        let all = self.lines.len() as u64;
        let failed = count(Outcome::is_failure);
        let newer = count(|what| matches!(what, Outcome::Newer { .. }));
        if failed > 0 {
            Message::new("app-live-summary-failed").count("failed", failed).count("count", all)
        } else if newer > 0 {
            Message::new("app-live-summary-newer").count("newer", newer).count("count", all)
        } else {
            Message::new("app-live-summary-unchanged").count("count", all)
        }
    }

    /// Whether it says more than a sentence can.
    pub fn is_long(&self) -> bool {
        self.lines.len() > 1 || self.lines.iter().any(|line| line.what.is_failure())
    }

    /// What became of the only layer.
    pub fn short(&self, language: Language) -> Message {
        match self.lines.first() {
            Some(line) if !self.is_long() => Message::new("app-live-layer-done")
                .text("name", line.name.as_str())
                .text("what", line.what.text(self.at, language)),
            _ => self.summary(),
        }
    }

    /// As text, for the clipboard.
    fn text(&self, language: Language) -> String {
        let mut text = self.summary().in_language(language);
        for line in &self.lines {
            text.push_str(&format!("\n{}: {}", line.name, line.what.text(self.at, language)));
            for detail in line.what.details(language) {
                text.push_str(&format!("\n  {detail}"));
            }
        }
        text
    }
}

/// The dialog; answers whether it is done.
pub(in crate::app) fn show(ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
    let Some(report) = session.live.report().cloned() else { return true };
    let time = words::moment(report.at, Utc::now(), session.language);
    let title = session.say(&Message::new("app-live-report-title").text("time", time));
    let mut is_followed = false;
    let shown = dialog::show(ctx, "updates", &title, 600.0, |ui| {
        ui.label(session.say(&report.summary()));
        ui.add_space(6.0);
        let area = ScrollArea::vertical().id_salt("updates").max_height(380.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            for (at, line) in report.lines.iter().enumerate() {
                ui.push_id(at, |ui| is_followed |= card(ui, session, &report, line, out));
            }
        });
        dialog::buttons(ui, |ui| {
            let is_done = dialog::main_button(ui, true, &session.tr("app-close"));
            if ui.button(session.tr("app-notice-copy")).clicked() {
                out.push(Action::Copy(Copied::Text(report.text(session.language))));
            }
            is_done
        })
    });
    shown.inner || shown.is_escaped || is_followed
}

/// A layer; answers whether its rows were asked for.
fn card(ui: &mut Ui, session: &Session, report: &Report, line: &Line, out: &mut Actions) -> bool {
    let mut is_followed = false;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.horizontal(|ui| {
            let (sign, color) = match &line.what {
                what if what.is_failure() => (Icon::Warning, ui.visuals().error_fg_color),
                Outcome::Newer { .. } => (Icon::Renew, theme::accent(ui)),
                Outcome::Cancelled => (Icon::Close, ui.visuals().weak_text_color()),
                _ => (Icon::Check, ui.visuals().weak_text_color()),
            };
            let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
            icons::paint(ui.painter(), sign, rect.center(), color);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                is_followed = rows_button(ui, session, line, out);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(&line.name).strong()).truncate());
                });
            });
        });
        ui.label(line.what.text(report.at, session.language));
        for detail in line.what.details(session.language) {
            ui.label(RichText::new(detail).small().weak());
        }
    });
    is_followed
}

/// A button that selects the rows that came or changed, while they are still on the screen.
fn rows_button(ui: &mut Ui, session: &Session, line: &Line, out: &mut Actions) -> bool {
    let Outcome::Newer { differences, table } = &line.what else { return false };
    let Some(layer) = line.layer.and_then(|id| session.document().layer(id)) else { return false };
    let is_shown = session.loaded(layer).is_some_and(|it| Arc::ptr_eq(&it.table, &table.0));
    let rows: RowSet = differences.changed.or(&differences.added);
    if rows.is_empty() || !is_shown {
        return false;
    }
    let label = Message::new("app-live-select").count("count", rows.count() as u64);
    let is_clicked = ui.button(session.say(&label)).clicked();
    if is_clicked {
        out.push(Action::Choose { layer: layer.id, rows, how: Choose::Instead });
    }
    is_clicked
}
