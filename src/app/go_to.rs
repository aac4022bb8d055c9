//! Going to what was looked for: rows of a layer, or a place.

use egui::Rect;

use super::actions::{Action, DetailsTab, Panel};
use super::check_panel::RepairDialog;
use super::derived::MaskState;
use super::selection::Choose;
use super::session::Notice;
use super::{BelfortApp, Dialog, row_extent};
use crate::find::Place;
use crate::i18n::Message;
use crate::project::{Command, LayerId, View};
use crate::table::RowSet;

/// The zoom level for a place: a few streets.
const PLACE_ZOOM: f64 = 17.0;

impl BelfortApp {
    /// What concerns finding.
    pub(super) fn apply_to_find(&mut self, action: Action) {
        match action {
            Action::ShowFind => {
                egui::Popup::close_all(&self.ctx);
                self.find_window.open();
            }
            Action::GoToRows(layer, rows) => self.go_to_rows(layer, &rows),
            Action::GoToPlace(place) => self.go_to_place(place),
            Action::ClearMarker => self.session.marker = None,
            Action::ShowCheck(layer) => {
                self.check_panel.open(layer);
                self.apply(Action::ShowTab(DetailsTab::Check));
            }
            Action::StopCheck => self.check_panel.stop(&self.session),
            Action::CloseCheck => {
                self.check_panel.close();
                self.session.marker = None;
            }
            Action::GoToFinding { layer, rows, place } => self.go_to_finding(layer, &rows, place),
            Action::ShowRepair(layer) => {
                let layer = self.session.document().layer(layer);
                let made = layer.and_then(|layer| RepairDialog::new(&self.session, layer));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Repair(Box::new(made)));
                }
            }
            other => self.apply_to_styles(other),
        }
    }

    fn go_to_place(&mut self, place: Place) {
        let [lon, lat] = place.lon_lat;
        self.aim = None;
        self.row_aim = None;
        self.map.set_view(View { lon, lat, zoom: place.zoom.unwrap_or(PLACE_ZOOM) });
        self.session.marker = Some(place);
    }

    /// Selects rows in which something was found and shows the place, no farther away than it is
    /// now; where there is no place to show, the table.
    fn go_to_finding(&mut self, layer: LayerId, rows: &[u32], place: Option<Place>) {
        self.go_to_rows(layer, rows);
        self.tab = DetailsTab::Check;
        match place {
            Some(place) => {
                let zoom = self.map.view().zoom.max(PLACE_ZOOM);
                self.go_to_place(Place { zoom: Some(zoom), ..place });
            }
            None => self.apply(Action::SetPanel(Panel::Table, true)),
        }
    }

    /// Selects rows and shows them: their layer, the map around them, or the table where they have
    /// no place.
    fn go_to_rows(&mut self, id: LayerId, rows: &[u32]) {
        let Some(layer) = self.session.document().layer(id).cloned() else { return };
        let Some(loaded) = self.session.loaded(&layer).cloned() else { return };
        let rows = RowSet::of(loaded.table.rows(), rows.iter().map(|row| *row as usize));
        self.session.marker = None;
        self.session.active = Some(id);
        self.tab = DetailsTab::Feature;
        if !layer.visible {
            self.apply(Action::Run(Command::SetVisible(vec![id], true)));
            self.session.history.close_step();
        }
        if let Some(group) = self.session.document().group_of(&layer).filter(|group| !group.visible)
        {
            let group = group.id;
            self.apply(Action::Run(Command::SetGroupVisible(group, true)));
            self.session.history.close_step();
        }
        if let MaskState::Some(mask) = self.session.derived.mask(&layer)
            && rows.and(&RowSet::of_mask(&mask.rows.0)).is_empty()
        {
            let hidden = Message::new("app-find-filtered").text("layer", layer.name.as_str());
            self.session.notice(Notice::Trouble(hidden));
        }
        if loaded.table.geometry.is_some() {
            self.session.settings.show_details = true;
            let part = (loaded.table.clone(), rows.clone());
            self.row_aim = Some(row_extent::start(vec![part], &self.session.wake));
        } else {
            self.apply(Action::SetPanel(Panel::Table, true));
        }
        self.apply(Action::Choose { layer: id, rows, how: Choose::Instead });
    }

    /// Where the find window belongs: over the map, or the window while there is no map yet.
    pub(super) fn map_or_window(&self) -> Rect {
        if self.map_rect.is_positive() { self.map_rect } else { self.ctx.content_rect() }
    }
}
