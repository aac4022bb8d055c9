//! What was recorded of the feature looked at: a chart of one of its numbers over time.

use std::collections::HashMap;

use egui::{RichText, Ui};

use super::super::Wake;
use super::super::actions::RowRef;
use super::super::derived::Same;
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::super::{chosen, icons};
use super::chart;
use crate::jobs::Job;
use crate::portal::{History, Series};
use crate::project::LayerId;
use crate::table::Table;

/// What a history follows from.
#[derive(Clone, PartialEq)]
struct HistoryKey {
    table: Same<Table>,
    row: RowRef,
    /// How often something was recorded.
    version: u64,
}

/// The history of the feature looked at.
#[derive(Default)]
pub(super) struct HistoryOf {
    history: Keyed<HistoryKey, Option<History>>,
    /// The field whose chart is shown, by layer.
    fields: HashMap<LayerId, String>,
}

impl HistoryOf {
    /// Nobody looks at a feature.
    pub fn forget(&mut self) {
        self.history.forget();
    }

    /// Starts looking up what was recorded of a row.
    pub fn want(&mut self, session: &Session, row: RowRef, wake: &Wake) {
        let Some(layer) = session.document().layer(row.layer) else { return self.forget() };
        let recorded = session.live.recorded(&layer.source);
        // The table without joined columns: rows have the same numbers in both.
        let present = session.store.present(&layer.source);
        let (Some((recordings, version)), Some(loaded)) = (recorded, present) else {
            return self.forget();
        };
        let key = HistoryKey { table: Same(loaded.table.clone()), row, version };
        let (address, wake) = (layer.source.path.clone(), wake.clone());
        self.history.want(key, |key| {
            let key = key.clone();
            Job::start(
                "history",
                move || wake(),
                move |_| {
                    let history = recordings.history(&address, &key.table.0, key.row.row);
                    history.unwrap_or_else(|error| {
                        log::warn!("{error}");
                        None
                    })
                },
            )
        });
    }

    pub fn is_busy(&self) -> bool {
        self.history.job().is_some()
    }

    /// Shows the chart; nothing where nothing was recorded.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, row: RowRef, table: &Table) {
        let is_of_row = self.history.key().is_some_and(|key| key.row == row);
        let history = self.history.latest().filter(|_| is_of_row).and_then(Option::as_ref);
        let Some(history) = history else { return };
        let title = |series: &Series| {
            let field = table.field(&series.field);
            field.map_or_else(|| series.field.clone(), |field| field.title().to_owned())
        };
        let field = self.fields.get(&row.layer);
        let shown = history.series.iter().find(|series| Some(&series.field) == field);
        let Some(shown) = shown.or_else(|| history.series.first()) else { return };
        ui.separator();
        let mut choice = shown.field.clone();
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new(session.tr("app-history")).strong());
            let width = (ui.available_width() - 12.0).max(60.0);
            let combo = icons::combo_box("history").selected_text(title(shown));
            let combo = combo.width(width).truncate().show_ui(ui, |ui| {
                for series in &history.series {
                    chosen::value(ui, &mut choice, series.field.clone(), title(series));
                }
            });
            combo.response.labelled_by(label.id);
        });
        chart::show(ui, session.language, &title(shown), shown, history);
        if choice != shown.field {
            self.fields.insert(row.layer, choice);
        }
    }
}
