//! The check of a layer's geometry, beside the map: what was found, by kind, and each place a click
//! away. What was found goes with the table it was found in: newer data are looked at anew.

mod found;
mod lines;
mod repairing;

pub(super) use self::repairing::RepairDialog;

use std::collections::BTreeSet;

use egui::{Align, Button, DragValue, Layout, RichText, Ui};

use self::found::{Found, Key};
use super::Wake;
use super::actions::{Action, Actions};
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::layers_panel::progress;
use super::session::Session;
use super::store::{Loaded, RowKind};
use super::theme;
use crate::check::{Kind, SLIVER, Severity};
use crate::i18n::Message;
use crate::jobs::Cancelled;
use crate::project::{Layer, LayerId};

/// The panel's own state.
pub(super) struct CheckPanel {
    /// The layer that is looked at; none while nobody asked.
    layer: Option<LayerId>,
    overlaps: bool,
    /// Square metres.
    sliver: f64,
    found: Keyed<Key, Result<Found, Cancelled>>,
    /// What the person stopped: it is not started again by itself.
    stopped: Option<Key>,
    /// The kinds whose findings are listed.
    open: BTreeSet<Kind>,
    /// The finding that is looked at.
    chosen: Option<(Kind, usize)>,
    /// The keys moved the choice: it is to be scrolled to.
    has_moved: bool,
}

impl Default for CheckPanel {
    fn default() -> CheckPanel {
        CheckPanel {
            layer: None,
            overlaps: false,
            sliver: SLIVER,
            found: Keyed::default(),
            stopped: None,
            open: BTreeSet::new(),
            chosen: None,
            has_moved: false,
        }
    }
}

impl CheckPanel {
    /// Looks at a layer.
    pub fn open(&mut self, layer: LayerId) {
        if self.layer != Some(layer) {
            self.close();
        }
        self.layer = Some(layer);
        self.stopped = None;
    }

    /// Looks at nothing any more.
    pub fn close(&mut self) {
        self.layer = None;
        self.found.forget();
        self.open.clear();
        self.chosen = None;
    }

    /// Whether a layer is looked at.
    pub fn is_open(&self) -> bool {
        self.layer.is_some()
    }

    /// Whether it is being looked at now.
    pub fn is_busy(&self) -> bool {
        self.found.job().is_some()
    }

    fn key(&self, session: &Session) -> Option<Key> {
        let layer = session.document().layer(self.layer?)?;
        let loaded = session.loaded(layer)?;
        Some(Key::new(layer.id, &loaded.table, self.overlaps.then_some(self.sliver)))
    }

    /// Starts looking where the data are new, while the panel is shown. Called before
    /// [`Self::show`], every frame.
    pub fn update(&mut self, session: &Session, is_shown: bool, wake: &Wake) {
        if self.layer.is_some_and(|id| session.document().layer(id).is_none()) {
            self.close();
        }
        let Some(key) = self.key(session).filter(|_| is_shown || self.is_busy()) else { return };
        if self.stopped.as_ref() == Some(&key) {
            return;
        }
        let is_new = self.found.key().is_some_and(|made| !made.is_of_same_table(&key));
        self.found.want(key, |key| key.start(wake));
        if is_new {
            self.chosen = None;
        }
    }

    /// Ends the look under way.
    pub fn stop(&mut self, session: &Session) {
        self.stopped = self.key(session);
        self.found.stop();
    }

    /// Shows what was found.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let Some(layer) = self.layer.and_then(|layer| session.document().layer(layer)) else {
            return;
        };
        CheckPanel::head(ui, layer, session, out);
        let Some(loaded) = session.loaded(layer) else {
            ui.weak(session.tr("app-check-loading"));
            return;
        };
        if loaded.kind == RowKind::Rows {
            ui.weak(session.tr("check-no-place"));
            return;
        }
        self.choices(ui, session, loaded.kind);
        if let Some(job) = self.found.job() {
            ui.horizontal(|ui| {
                progress(ui, job.fraction(), &session.tr("app-check-working"));
                if icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked() {
                    out.push(Action::StopCheck);
                }
            });
        }
        let key = self.key(session);
        if self.found.job().is_none() && key.is_some() && self.stopped == key {
            ui.horizontal(|ui| {
                ui.weak(session.tr("app-check-stopped"));
                if ui.button(session.tr("app-check-again")).clicked() {
                    self.stopped = None;
                }
            });
        }
        // What was found in other data says nothing about these.
        let made = self.found.key().zip(key).is_some_and(|(made, key)| made.is_of_same_table(&key));
        if !made {
            return;
        }
        // The list changes the panel while it reads what was found.
        let found = std::mem::take(&mut self.found);
        if let Some(Ok(found)) = found.latest() {
            summary(ui, session, found, loaded);
            self.lines(ui, session, layer, found, out);
            foot(ui, session, layer, found, out);
        }
        self.found = found;
    }

    /// Which layer, and the buttons about it.
    fn head(ui: &mut Ui, layer: &Layer, session: &Session, out: &mut Actions) {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(ui, Icon::Close, &session.tr("app-check-close")).clicked() {
                    out.push(Action::CloseCheck);
                }
                if session.loaded(layer).is_some_and(|loaded| loaded.kind != RowKind::Rows) {
                    let label = session.tr("app-check-zoom");
                    if icons::button(ui, Icon::ZoomTo, &label).clicked() {
                        out.push(Action::ZoomToLayer(layer.id));
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(&layer.name).strong()).truncate());
                });
            });
        });
    }

    /// Whether overlaps are looked for, where there can be some.
    fn choices(&mut self, ui: &mut Ui, session: &Session, kind: RowKind) {
        if !matches!(kind, RowKind::Polygons | RowKind::Mixed) {
            self.overlaps = false;
            return;
        }
        ui.checkbox(&mut self.overlaps, session.tr("app-check-overlaps"))
            .on_hover_text(session.tr("app-check-overlaps-about"));
        if self.overlaps {
            ui.horizontal(|ui| {
                let label = ui.label(session.tr("app-check-sliver"));
                let unit = DragValue::new(&mut self.sliver).range(0.0..=1e6).speed(0.1);
                ui.add(unit.suffix("\u{a0}m²").max_decimals(2)).labelled_by(label.id);
            });
        }
    }
}

/// How many features, and whether all is well.
fn summary(ui: &mut Ui, session: &Session, found: &Found, loaded: &Loaded) {
    let report = &found.report;
    let count = loaded.kind.count(report.rows);
    let (icon, color, text) = if report.is_clean() {
        let is_silent = report.groups().is_empty();
        let id = if is_silent { "app-check-clean" } else { "app-check-clean-notes" };
        (Icon::Check, theme::accent(ui), Message::new(id).message("count", count))
    } else {
        let doubtful = report.places(Severity::Doubtful);
        let text = Message::new("app-check-summary")
            .message("count", count)
            .count("invalid", report.invalid_rows)
            .count("doubtful", doubtful);
        (Icon::Warning, severity_color(ui, worst(found)), text)
    };
    ui.add_space(2.0);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(20.0, 20.0), egui::Sense::hover());
        icons::paint(ui.painter(), icon, rect.center(), color);
        ui.add(egui::Label::new(session.say(&text)).wrap());
    });
    if report.pairs_left_out > 0 {
        let text = Message::new("check-pairs-left-out").count("count", report.pairs_left_out);
        ui.label(RichText::new(session.say(&text)).small().color(ui.visuals().warn_fg_color));
    }
    ui.add_space(2.0);
}

fn worst(found: &Found) -> Severity {
    let severities = found.report.groups().iter().map(|group| group.kind.severity());
    severities.min().unwrap_or(Severity::Note)
}

/// The colour of a sign.
fn severity_color(ui: &Ui, severity: Severity) -> egui::Color32 {
    match severity {
        Severity::Invalid => ui.visuals().error_fg_color,
        Severity::Doubtful => ui.visuals().warn_fg_color,
        Severity::Note => ui.visuals().weak_text_color(),
    }
}

/// What can be done about it.
fn foot(ui: &mut Ui, session: &Session, layer: &Layer, found: &Found, out: &mut Actions) {
    ui.separator();
    ui.horizontal(|ui| {
        let button = Button::new(session.tr("app-check-repair"));
        let repair = ui.add_enabled(found.can_be_repaired, button);
        let repair = repair.on_disabled_hover_text(session.tr("app-check-repair-nothing"));
        if repair.clicked() {
            out.push(Action::ShowRepair(layer.id));
        }
        let copy = ui.add_enabled(
            !found.report.groups().is_empty(),
            Button::new(session.tr("app-check-copy")),
        );
        if copy.clicked() {
            let text = lines::text(session, layer, found);
            out.push(Action::Copy(super::copying::Copied::Text(text)));
        }
    });
}
