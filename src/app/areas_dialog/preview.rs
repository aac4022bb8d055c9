//! What would be made: how many rows lie where, and the first of the new values. Found by a job
//! that begins anew with every change.

use egui::{Align, Grid, Label, Layout, ProgressBar, RichText, ScrollArea, Ui};

use super::{AreasDialog, Asked};
use crate::app::by_place::{Placed, PlacedKey};
use crate::app::session::Session;
use crate::app::store::RowKind;
use crate::app::theme;
use crate::i18n::Message;
use crate::project::PlaceColumns;
use crate::query::per_area::Tally;
use crate::table::Value;

/// Rows shown.
const ROWS: usize = 5;
/// Bytes of a text shown.
const LONGEST: usize = 60;

impl AreasDialog {
    /// Starts what is missing and takes what is done.
    pub(super) fn look(&mut self, session: &Session) {
        let wanted = self.columns(session).and_then(|columns| {
            let layer = session.document().layer(self.layer())?;
            let (joined, named, placed) = session.derived.added.parts();
            let tables = (&session.store, joined, named, placed);
            PlacedKey::new(layer, &[columns], session.document(), tables)
        });
        match wanted {
            Some(key) => self.looked.want(key, |key| key.look(&session.wake)),
            None => self.looked.stop(),
        }
    }

    /// What would be added; none while nothing is chosen.
    pub(super) fn columns(&self, session: &Session) -> Option<PlaceColumns> {
        let by = self.has_lines().then(|| self.made(session))?;
        Some(PlaceColumns { layer: self.other(), only_shown: self.only_shown, by })
    }

    fn placed(&self) -> Option<&Placed> {
        self.looked.latest()?.as_ref().ok()
    }

    /// What lies where; none where that could not be found.
    pub(super) fn tally(&self) -> Option<Tally> {
        self.placed()?.tallies.first().copied().flatten()
    }

    pub(super) fn preview(&self, ui: &mut Ui, session: &Session) {
        ui.label(RichText::new(session.tr("app-areas-preview")).strong());
        // Always the same height: what lies below must not jump.
        let height = 190.0;
        let (width, layout) = (ui.available_width(), Layout::top_down(Align::Min));
        ui.allocate_ui_with_layout(egui::vec2(width, height), layout, |ui| {
            ui.set_min_height(height);
            if let Some(job) = self.looked.job() {
                let bar = ProgressBar::new(job.fraction().unwrap_or(0.0)).desired_height(8.0);
                ui.add(bar).accessible_name(session.tr("app-areas-looking"));
            } else {
                ui.add_space(8.0 + ui.spacing().item_spacing.y);
            }
            let Some(placed) = self.placed() else { return };
            match self.tally() {
                Some(tally) => self.summary(ui, session, tally),
                None => failed(ui, session, placed),
            }
            rows(ui, session, placed);
        });
    }

    /// "1 234 of 1 240 points lie in an area; 6 in none".
    fn summary(&self, ui: &mut Ui, session: &Session, tally: Tally) {
        let things = session.document().layer(self.things);
        let kind = things.and_then(|things| session.loaded(things)).map(|loaded| loaded.kind);
        let all = kind.unwrap_or(RowKind::Mixed).count(tally.things);
        let text = Message::new("app-areas-summary").count("inside", tally.inside);
        let mut text = session.say(&text.message("all", all).count("outside", tally.outside));
        let mut more = |id, count: u64| {
            if count > 0 {
                text.push_str("; ");
                text.push_str(&session.say(&Message::new(id).count("count", count)));
            }
        };
        more("app-areas-without-place", tally.without_place);
        let several = match self.way {
            Asked::Numbers if self.once => "app-areas-several-once",
            Asked::Numbers => "app-areas-several",
            Asked::AreaOf => "app-areas-several-once",
        };
        more(several, tally.several);
        more("app-areas-empty", tally.areas_empty);
        more("app-areas-no-area", tally.areas_without_place);
        ui.add(Label::new(text).wrap());
    }
}

/// The first rows: what they are called, and their new values.
fn rows(ui: &mut Ui, session: &Session, placed: &Placed) {
    let table = &placed.table;
    let first = table.fields.len().saturating_sub(placed.count());
    let naming = table.naming_field().filter(|at| *at < first);
    let columns: Vec<usize> = naming.into_iter().chain(first..table.fields.len()).collect();
    ui.add_space(4.0);
    ScrollArea::horizontal().id_salt("areas preview").auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        let grid = Grid::new("areas preview").striped(true).spacing([20.0, 3.0]);
        grid.show(ui, |ui| {
            for at in &columns {
                let title = table.fields.get(*at).map_or("", |field| field.title());
                ui.label(RichText::new(title).small().strong());
            }
            ui.end_row();
            for row in 0..table.rows().min(ROWS) {
                for at in &columns {
                    cell(ui, session, table.value(row, *at));
                }
                ui.end_row();
            }
        });
    });
}

fn cell(ui: &mut Ui, session: &Session, value: Value<'_>) {
    let is_number = matches!(value, Value::Integer(_) | Value::Number(_));
    let text = match value {
        Value::Null => RichText::new("–").weak(),
        // As many digits as say something.
        Value::Number(number) if number.abs() >= 1.0 || number == 0.0 => {
            RichText::new(crate::i18n::format_number(session.language, number, 2))
        }
        value => RichText::new(value.shortened(LONGEST).0.in_language(session.language)),
    };
    if is_number {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
    } else {
        ui.label(text);
    }
}

/// Why it cannot be made.
fn failed(ui: &mut Ui, session: &Session, placed: &Placed) {
    let why = ["problem-by-place-failed", "problem-by-place-no-table", "problem-by-place-gone"];
    let problems = placed.table.origin.problems.iter();
    let failed = problems.filter(|problem| why.contains(&problem.id));
    for problem in failed {
        theme::card(ui).show(ui, |ui| {
            let text = RichText::new(problem.text(session.language));
            ui.add(Label::new(text.color(ui.visuals().error_fg_color)).wrap());
        });
    }
}
