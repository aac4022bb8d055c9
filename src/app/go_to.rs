//! Going to what was looked for: rows of a layer, or a place.

use egui::Rect;

use super::BelfortApp;
use super::actions::{Action, DetailsTab, Panel, RowRef};
use super::derived::MaskState;
use super::session::Notice;
use crate::crs::{Crs, Transformer};
use crate::find::Place;
use crate::i18n::Message;
use crate::jobs::Job;
use crate::project::{Command, LayerId, View};
use crate::table::{Extent, Table};

/// The zoom level for a place: a few streets.
const PLACE_ZOOM: f64 = 17.0;

/// How many of the rows gone to can be stepped through.
const MOST_HITS: usize = 1000;

impl BelfortApp {
    /// What concerns finding.
    pub(super) fn apply_to_find(&mut self, action: Action) {
        match action {
            Action::ShowFind => {
                egui::Popup::close_all(&self.ctx);
                self.find_window.open();
            }
            Action::GoToRows(layer, rows) => self.go_to_rows(layer, rows),
            Action::GoToPlace(place) => self.go_to_place(place),
            Action::ClearMarker => self.session.marker = None,
            Action::Copy(text) => {
                self.ctx.copy_text(text.clone());
                let copied = Message::new("app-copied").text("text", text);
                self.session.notice(Notice::Done(copied));
            }
            other => log::error!("nobody does {other:?}"),
        }
    }

    fn go_to_place(&mut self, place: Place) {
        let [lon, lat] = place.lon_lat;
        self.aim = None;
        self.row_aim = None;
        self.map.set_view(View { lon, lat, zoom: place.zoom.unwrap_or(PLACE_ZOOM) });
        self.session.marker = Some(place);
    }

    /// Selects rows and shows them: their layer, the map around them, or the table where they have
    /// no place.
    fn go_to_rows(&mut self, id: LayerId, rows: Vec<usize>) {
        let Some(layer) = self.session.document().layer(id).cloned() else { return };
        let Some(loaded) = self.session.loaded(&layer).cloned() else { return };
        self.session.marker = None;
        self.session.active = Some(id);
        self.session.hits =
            rows.iter().take(MOST_HITS).map(|row| RowRef { layer: id, row: *row }).collect();
        self.session.selected = self.session.hits.first().copied();
        self.tab = DetailsTab::Feature;
        if !layer.visible {
            self.apply(Action::Run(Command::SetVisible(id, true)));
            self.session.history.close_step();
        }
        if let MaskState::Some(mask) = self.session.derived.mask(&layer) {
            let is_hidden = |row: &usize| *row < mask.rows.len() && !mask.rows.value(*row);
            if rows.iter().take(MOST_HITS).all(is_hidden) {
                let hidden = Message::new("app-find-filtered").text("layer", layer.name.as_str());
                self.session.notice(Notice::Trouble(hidden));
            }
        }
        if loaded.table.geometry.is_some() {
            self.session.settings.show_details = true;
            self.zoom_to_rows(id, rows);
        } else {
            self.apply(Action::SetPanel(Panel::Table, true));
        }
    }

    /// Looks up where rows are, on a thread, and goes there.
    pub(super) fn zoom_to_rows(&mut self, layer: LayerId, rows: Vec<usize>) {
        let Some(layer) = self.session.document().layer(layer) else { return };
        let Some(loaded) = self.session.loaded(layer) else { return };
        let (table, wake) = (loaded.table.clone(), self.session.wake.clone());
        let job = Job::start("find", move || wake(), move |_| extent_of_rows(&table, &rows));
        self.row_aim = Some(job);
    }

    /// Where the find window belongs: over the map, or the window while there is no map yet.
    pub(super) fn map_or_window(&self) -> Rect {
        if self.map_rect.is_positive() { self.map_rect } else { self.ctx.content_rect() }
    }
}

/// The extent of rows in longitude and latitude, widened so that a point shows its surroundings;
/// none where no row has a place.
fn extent_of_rows(table: &Table, rows: &[usize]) -> Option<Extent> {
    /// About 150 m of latitude.
    const AROUND: f64 = 0.00135;
    let geometry = table.geometry.as_ref()?;
    let source = table.crs.as_ref()?;
    let extents = rows.iter().filter(|row| **row < table.rows());
    let extent = extents.filter_map(|row| geometry.row(*row).extent()).reduce(Extent::union)?;
    let extent = if source.swapped { extent.swapped() } else { extent };
    let Extent { min_x, min_y, max_x, max_y } = extent;
    let mut corners = [[min_x, min_y], [max_x, min_y], [max_x, max_y], [min_x, max_y]];
    if !source.crs.same_as(&Crs::wgs84()) {
        Transformer::new(&source.crs, &Crs::wgs84()).ok()?.transform(&mut corners);
    }
    let extent = Extent::of_points(&corners)?;
    Some(Extent {
        min_x: extent.min_x - AROUND,
        min_y: extent.min_y - AROUND,
        max_x: extent.max_x + AROUND,
        max_y: extent.max_y + AROUND,
    })
}
