//! Filters made from what is on the map: what is in view, a shape, selected features.

use super::BelfortApp;
use crate::crs::{lon_lat_from_mercator, mercator_from_lon_lat, mercator_metres_per_point};
use crate::project::{Command, LayerId, PlaceFilter};
use crate::query::DrawnShape;

impl BelfortApp {
    /// Only the rows of a layer in what is in view now.
    pub(super) fn filter_by_view(&mut self, layer: LayerId) {
        let view = self.map.view();
        let [x, y] = mercator_from_lon_lat([view.lon, view.lat]);
        let metres = mercator_metres_per_point(view.zoom) / 2.0;
        let (east, north) =
            (f64::from(self.map_rect.width()) * metres, f64::from(self.map_rect.height()) * metres);
        let corners = [[x - east, y - north], [x + east, y + north]].map(lon_lat_from_mercator);
        self.filter_by_shape(layer, DrawnShape::rectangle(corners));
    }

    /// Only the rows of a layer that share a point with a shape.
    pub(super) fn filter_by_shape(&mut self, layer: LayerId, shape: DrawnShape) {
        let Some(found) = self.session.document().layer(layer) else { return };
        let mut filter = found.filter.clone();
        filter.places.push(PlaceFilter::drawn(shape));
        self.session.history.close_step();
        self.run(Command::SetFilter(layer, filter));
        self.session.history.close_step();
    }

    /// Only the rows of a layer that share a point with the selected features of another.
    pub(super) fn filter_by_selection(&mut self, layer: LayerId, of: LayerId) {
        let rows = self.session.selection.of(of);
        let rows: Vec<usize> = rows.map(|rows| rows.iter().collect()).unwrap_or_default();
        let document = self.session.document();
        let table = document.layer(of).and_then(|layer| self.session.loaded(layer));
        let Some(table) = table.map(|loaded| loaded.table.clone()) else { return };
        if !rows.is_empty() {
            self.filter_panel.choose(layer, (of, table), rows, &self.session.wake);
        }
    }
}
