//! The map widget.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use egui::{DragPanButtons, PointerButton, Pos2, Rect, Response, Ui, Vec2, WidgetInfo, vec2};
use walkers::{Map, MapMemory, lon_lat};

use super::basemap::{GroundTiles, MapBackdrop, MissingTiles, Textures};
use super::camera::{self, Camera};
use super::crowd::{CrowdPainter, MapCrowd};
use super::graticule::Graticule;
use super::handles::{Handles, Reshaping, Shaped};
use super::labels::{LabelPainter, MapLabels};
use super::painting::{DrawnLayer, LayerPainter, Trouble};
use super::pick::{pick, pick_first};
use super::sketch::{Sketch, SketchKind, Sketched};
use super::snap::nearest_corner;
use super::{MapResponse, moving, overlay};
use crate::crs::{lon_lat_from_mercator, mercator_from_lon_lat, mercator_metres_per_point};
use crate::i18n::{Language, tr};
use crate::label::LabelFrame;
use crate::project::View;
use crate::style::ramp::Vision;
use crate::table::Extent;
use crate::tiles::{BasemapLook, Ground, TileStore};

/// The size of a map that was never shown, points.
const FIRST_SIZE: Vec2 = vec2(960.0, 640.0);

/// The map: what is in view, and what it keeps between frames.
///
/// The window must draw without multisampling and depth buffer, as eframe does by default.
pub struct MapView {
    memory: MapMemory,
    tiles: Arc<TileStore>,
    textures: RefCell<Textures>,
    look: BasemapLook,
    /// Whether a map without a basemap has a graticule.
    has_graticule: bool,
    /// The topmost first.
    backdrops: Vec<MapBackdrop>,
    missing: MissingTiles,
    layers: LayerPainter,
    size: Vec2,
    /// The view that was last drawn.
    drawn: View,
    shown: bool,
    /// What to show as soon as the size is known.
    awaited: Option<Extent>,
    /// What is being drawn on the map by hand.
    sketch: Option<Sketch>,
    /// The handles of a feature whose corners can be changed.
    handles: Option<Handles>,
    /// What Ctrl does with what is drawn or dragged.
    snapping: Snapping,
    labels: LabelPainter,
    crowds: CrowdPainter,
}

/// Whether what is drawn or dragged by hand meets corners of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Snapping {
    Off,
    /// While Ctrl is held.
    WithCtrl,
}

impl MapView {
    /// A map; without a render state (tests without GPU) layers are not drawn, but everything else
    /// works.
    #[expect(clippy::needless_pass_by_value, reason = "what eframe hands out is a clone")]
    pub fn new(render_state: Option<egui_wgpu::RenderState>, tiles: Arc<TileStore>) -> MapView {
        let mut map = MapView {
            memory: MapMemory::default(),
            tiles,
            textures: RefCell::default(),
            look: BasemapLook::default(),
            has_graticule: true,
            backdrops: Vec::new(),
            missing: MissingTiles::default(),
            layers: LayerPainter::new(render_state.as_ref()),
            size: FIRST_SIZE,
            drawn: View { lon: 0.0, lat: 0.0, zoom: 0.0 },
            shown: false,
            awaited: None,
            sketch: None,
            handles: None,
            snapping: Snapping::Off,
            labels: LabelPainter::default(),
            crowds: CrowdPainter::default(),
        };
        map.set_view(View { lon: 3.7253, lat: 51.0536, zoom: 12.0 });
        map
    }

    /// How many bytes of geometry the GPU keeps beyond what is in view; what was not seen for
    /// longest leaves first.
    pub fn set_gpu_budget(&mut self, bytes: u64) {
        self.layers.budget = bytes;
    }

    /// Draws everything in full detail at every zoom level, however slow: to compare with.
    pub fn set_full_detail(&mut self, is_full: bool) {
        self.layers.is_full = is_full;
    }

    /// How many bytes of geometry the GPU holds, as of the last frame.
    pub fn gpu_bytes(&self) -> u64 {
        self.layers.gpu_bytes()
    }

    /// Whether something in view is still being made ready: it is drawn in less detail, or not
    /// yet. Another frame is asked for when more is ready.
    pub fn is_filling(&self) -> bool {
        self.layers.is_filling()
    }

    /// Why not everything in view is shown, as of the last frame.
    pub fn trouble(&self) -> Option<Trouble> {
        self.layers.trouble()
    }

    /// How the basemap looks from the next frame on.
    pub fn set_basemap_look(&mut self, look: BasemapLook) {
        self.look = look;
    }

    /// Whether a map without a basemap has a graticule from the next frame on.
    pub fn set_graticule(&mut self, has_graticule: bool) {
        self.has_graticule = has_graticule;
    }

    /// Who looks at tiles from the next frame on.
    pub fn set_vision(&mut self, vision: Vision) {
        self.textures.borrow_mut().vision = vision;
    }

    /// What lies over the basemap and under the layers from the next frame on, the topmost first.
    pub fn set_backdrops(&mut self, backdrops: Vec<MapBackdrop>) {
        self.backdrops = backdrops;
    }

    /// The labels over the layers from the next frame on.
    pub fn set_labels(&mut self, labels: Option<MapLabels>, context: &egui::Context) {
        self.labels.set(labels, context);
    }

    /// What is drawn of layers instead of their points, by their keys, from the next frame on.
    pub fn set_crowds(&mut self, crowds: HashMap<u64, MapCrowd>, context: &egui::Context) {
        self.crowds.set(crowds, context);
    }

    /// What labels are placed for: the view that was last drawn.
    pub fn label_frame(&self) -> LabelFrame {
        let View { lon, lat, zoom } = self.drawn;
        LabelFrame {
            centre: mercator_from_lon_lat([lon, lat]),
            metres_per_point: mercator_metres_per_point(zoom),
            size: [self.size.x, self.size.y].map(f64::from),
            is_closed: false,
        }
    }

    /// The tiles in view that could not be had, as of the last frame. Another frame is asked for
    /// when that changes.
    pub fn missing_tiles(&self) -> &MissingTiles {
        &self.missing
    }

    /// Lets the person draw a shape; none to look around and click features.
    pub fn set_sketch(&mut self, kind: Option<SketchKind>) {
        if self.sketch.as_ref().map(Sketch::kind) != kind {
            self.sketch = kind.map(Sketch::new);
        }
    }

    /// Takes back what is being drawn; answers whether there was something.
    pub fn clear_sketch(&mut self) -> bool {
        let Some(sketch) = &mut self.sketch else { return false };
        let is_begun = sketch.is_begun();
        sketch.clear();
        is_begun
    }

    /// Lets the person change the corners of a feature; none for of none.
    pub fn set_handles(&mut self, given: Option<Shaped>) {
        match (&mut self.handles, given) {
            (Some(handles), Some(given)) => handles.follow(given),
            (handles, given) => *handles = given.map(Handles::new),
        }
    }

    /// Takes away the corner that is chosen among the handles; none where none is, or too few would
    /// be left.
    pub fn remove_corner(&mut self) -> Option<Reshaping> {
        self.handles.as_mut()?.remove_corner()
    }

    /// Chooses no corner among the handles any more; answers whether one was.
    pub fn leave_corner(&mut self) -> bool {
        self.handles.as_mut().is_some_and(Handles::leave_corner)
    }

    /// Whether Ctrl has what is drawn or dragged by hand meet corners of the layers.
    pub fn set_snaps(&mut self, snaps: bool) {
        self.snapping = if snaps { Snapping::WithCtrl } else { Snapping::Off };
    }

    /// What is in view.
    pub fn view(&self) -> View {
        let place = self.memory.detached().unwrap_or_default();
        View { lon: place.x(), lat: place.y(), zoom: self.memory.zoom() }
    }

    /// Moves the map. Numbers that no map has are put right.
    pub fn set_view(&mut self, view: View) {
        self.awaited = None;
        let View { lon, lat, zoom } = camera::sound(view);
        self.memory.center_at(lon_lat(lon, lat));
        // Cannot fail: walkers takes 0 to 26.
        let _ = self.memory.set_zoom(zoom);
    }

    /// Shows a whole extent (longitude and latitude, WGS 84) with a margin, in the size the map
    /// last had, or will have when it was never shown.
    pub fn zoom_to(&mut self, extent: Extent) {
        if self.shown {
            self.set_view(camera::fit(&extent, self.size));
        } else {
            self.set_view(camera::fit(&extent, FIRST_SIZE));
            self.awaited = Some(extent);
        }
    }

    /// Zooms in (positive) or out by levels, around the middle.
    pub fn zoom_by(&mut self, levels: f64) {
        self.zoom_at(Vec2::ZERO, levels);
    }

    /// Zooms by levels; what lies at a place (points from the middle) stays there.
    fn zoom_at(&mut self, place: Vec2, levels: f64) {
        let view = self.view();
        let zoom = camera::clamp_zoom(view.zoom + levels);
        if (zoom - view.zoom).abs() > 1e-9 {
            self.set_view(camera::zoomed_at(view, place, zoom));
        }
    }

    /// Shows the map in all the room there is. Layers topmost first.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        language: Language,
        ground: Option<&Ground>,
        layers: &[DrawnLayer<'_>],
    ) -> MapResponse {
        let rect = ui.available_rect_before_wrap();
        self.size = rect.size();
        self.shown = true;
        if let Some(extent) = self.awaited.take() {
            self.zoom_to(extent);
        }
        let before = self.view();
        if let Some((place, levels)) = moving::turned(ui, rect) {
            self.zoom_at(place, levels);
        }
        ui.painter().rect_filled(rect, 0.0, overlay::paper(ui.visuals().dark_mode));
        let camera = Camera::new(self.view(), rect, ui.pixels_per_point());
        let snaps =
            self.snapping == Snapping::WithCtrl && ui.input(|input| input.modifiers.command);
        let mut reshaped = None;
        if self.sketch.is_none()
            && let Some(handles) = &mut self.handles
        {
            let place_at = |at: Pos2| place_at(&camera, layers, snaps, at);
            reshaped = handles.drag(ui, rect, &camera, &place_at);
        }
        let is_held = self.handles.as_ref().is_some_and(Handles::is_held);
        let dropped = match self.sketch {
            None if !is_held => self.labels.drag(ui, rect, &camera),
            _ => None,
        };
        let (response, unreachable) = self.show_ground(ui, ground);
        // Walkers has moved the map and drawn it; what comes below is seen in the next frame.
        let rect = response.rect;
        let drawn = self.view();
        self.drawn = drawn;
        let camera = Camera::new(drawn, rect, ui.pixels_per_point());
        let has_graticule = ground.is_none() && self.has_graticule && self.backdrops.is_empty();
        let graticule = has_graticule.then(|| Graticule::of(&camera)).flatten();
        let (painter, dark) = (ui.painter().with_clip_rect(rect), ui.visuals().dark_mode);
        if let Some(graticule) = &graticule {
            graticule.paint_lines(&painter, rect, dark);
        }
        self.layers.paint(ui, (rect, camera), layers, &mut self.crowds);
        self.labels.paint(ui, rect, &camera);
        if let Some(graticule) = &graticule {
            graticule.paint_degrees(&painter, rect, language, dark);
        }
        let can_pick = self.sketch.is_none();
        let cluster = self.crowds.respond(ui, rect, &camera, language, (layers, can_pick));
        let sketched = self.show_sketch(ui, &response, &camera, (layers, snaps));
        let mut corner_menu = None;
        let mut takes_click = false;
        if self.sketch.is_none()
            && let Some(handles) = &mut self.handles
        {
            reshaped = reshaped.or_else(|| handles.keys(ui, &response, &camera));
            corner_menu = handles.menu(&response, &camera, language);
            handles.paint(ui, &response, &camera);
            takes_click = handles.takes_click();
        }
        overlay::scale(ui, rect, language, drawn);
        if let Some(trouble) = self.trouble() {
            overlay::trouble(ui, rect, language, trouble);
        }
        if let Some(ground) = ground {
            overlay::attribution(ui, rect, language, ground, unreachable);
        }
        self.zoom_by(overlay::zoom_buttons(ui, rect, language));

        name_map(&response, language);
        let (moved, levels) = moving::pressed(ui, &response);
        if moved != Vec2::ZERO {
            self.set_view(camera::moved_by(self.view(), moved));
        }
        self.zoom_by(levels);
        if self.sketch.is_none()
            && !takes_click
            && response.double_clicked_by(PointerButton::Primary)
            && let Some(place) = response.interact_pointer_pos()
        {
            let levels = if ui.input(|input| input.modifiers.shift) { -1.0 } else { 1.0 };
            self.zoom_at(place - rect.center(), levels);
        }
        let view_changed = self.view() != before;
        if view_changed {
            ui.request_repaint();
        }

        let scale = camera.metres_per_point();
        let pick_at = |place| pick(layers, camera.mercator_at(place), scale);
        let first_at = |place| pick_first(layers, camera.mercator_at(place), scale);
        let pointer = response.hover_pos();
        let resting = pointer.filter(|_| !response.dragged());
        let clicked = response.interact_pointer_pos().filter(|_| response.clicked());
        if clicked.is_some() {
            response.request_focus();
        }
        let is_picking = self.sketch.is_none();
        MapResponse {
            pointer: pointer.map(|place| camera.lon_lat_at(place)),
            clicked: clicked.filter(|_| is_picking && !takes_click).map(pick_at),
            hovered: resting.filter(|_| is_picking).and_then(first_at),
            sketched,
            reshaped,
            corner_menu,
            dropped,
            cluster,
            extent: lon_lat_extent(&camera),
            view_changed,
            rect,
        }
    }

    /// Draws a pin at a position (degrees, WGS 84) over the map that [`Self::show`] has just drawn;
    /// answers where its point is on the screen, none where it is out of sight.
    pub fn pin(&self, ui: &Ui, rect: Rect, lon_lat: [f64; 2]) -> Option<Pos2> {
        let camera = Camera::new(self.drawn, rect, ui.pixels_per_point());
        let place = camera.place_of(mercator_from_lon_lat(lon_lat));
        rect.contains(place).then(|| {
            overlay::pin(&ui.painter().with_clip_rect(rect), place);
            place
        })
    }

    /// Where a position (degrees, WGS 84) is on the screen, of the map that was just drawn in `rect`.
    pub fn place_of(&self, rect: Rect, lon_lat: [f64; 2]) -> Pos2 {
        Camera::new(self.drawn, rect, 1.0).place_of(mercator_from_lon_lat(lon_lat))
    }

    /// Draws a rectangle in longitude and latitude over the map in `rect`, which has just been drawn,
    /// with a name.
    pub fn outline(&self, ui: &Ui, rect: Rect, extent: Extent, name: &str) {
        let camera = Camera::new(self.drawn, rect, ui.pixels_per_point());
        let place = |lon, lat| camera.place_of(mercator_from_lon_lat([lon, lat]));
        let corners = [place(extent.min_x, extent.max_y), place(extent.max_x, extent.min_y)];
        let shape = Rect::from_two_pos(corners[0], corners[1]);
        overlay::outline(&ui.painter().with_clip_rect(rect), shape, name);
    }

    fn show_ground(&mut self, ui: &mut Ui, ground: Option<&Ground>) -> (Response, bool) {
        self.textures.get_mut().begin_frame();
        let context = ui.ctx().clone();
        let (store, textures) = (&*self.tiles, &self.textures);
        let mut tiles = ground
            .filter(|_| self.look.opacity > 0.0)
            .map(|ground| GroundTiles::of_ground(ground, self.look, store, textures, &context));
        let seen = self.backdrops.iter().rev().filter(|backdrop| backdrop.opacity > 0.0);
        let mut backdrops: Vec<(GroundTiles<'_>, f32)> = seen
            .map(|backdrop| {
                let tiles = GroundTiles::of_backdrop(&backdrop.tiles, store, textures, &context);
                (tiles, backdrop.opacity.clamp(0.0, 1.0))
            })
            .collect();
        // Zooming is the map's own: walkers' depends on the length of the frame.
        let is_dragged = self.sketch.as_ref().is_some_and(|sketch| sketch.kind().is_dragged());
        let is_held = self.handles.as_ref().is_some_and(Handles::is_held);
        let stays = is_dragged || is_held || self.labels.is_dragging();
        let left = if stays { DragPanButtons::empty() } else { DragPanButtons::PRIMARY };
        let mut map = Map::new(None, &mut self.memory, lon_lat(0.0, 0.0))
            .drag_pan_buttons(left | DragPanButtons::MIDDLE)
            .zoom_gesture(false)
            .panning(false);
        if let Some(tiles) = &mut tiles {
            map = map.with_layer(tiles, self.look.opacity.clamp(0.0, 1.0));
        }
        for (tiles, opacity) in &mut backdrops {
            map = map.with_layer(tiles, *opacity);
        }
        let response = map.show(ui, |_, _, _, _| ()).response;
        let (missing, unreachable) = tiles.map(GroundTiles::missing).unwrap_or_default();
        if missing != self.missing {
            context.request_repaint();
            self.missing = missing;
        }
        (response, unreachable)
    }

    fn show_sketch(
        &mut self,
        ui: &Ui,
        map: &Response,
        camera: &Camera,
        (layers, snaps): (&[DrawnLayer<'_>], bool),
    ) -> Option<Sketched> {
        let sketch = self.sketch.as_mut()?;
        let place_at = |at: Pos2| place_at(camera, layers, snaps, at);
        let sketched = sketch.update(ui, map, camera, &place_at);
        sketch.paint(ui, map, camera, &place_at, ui.visuals().hyperlink_color);
        if map.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
        sketched
    }
}

/// How far a corner of a layer may be from the pointer to be met, points.
const MEETS: f64 = 12.0;

/// What a place of the screen stands for, Web Mercator metres: a corner of a layer nearby, where those
/// are to be met.
fn place_at(camera: &Camera, layers: &[DrawnLayer<'_>], snaps: bool, at: Pos2) -> [f64; 2] {
    let place = camera.mercator_at(at);
    let met = snaps.then(|| nearest_corner(layers, place, MEETS * camera.metres_per_point()));
    met.flatten().unwrap_or(place)
}

/// What is in view: longitude and latitude.
fn lon_lat_extent(camera: &Camera) -> Extent {
    let Extent { min_x, min_y, max_x, max_y } = camera.extent(0.0);
    let [west, south] = lon_lat_from_mercator([min_x, min_y]);
    let [east, north] = lon_lat_from_mercator([max_x, max_y]);
    Extent { min_x: west, min_y: south, max_x: east, max_y: north }
}

/// The map's name for screen readers and tests.
fn name_map(response: &Response, language: Language) {
    response.widget_info(|| {
        WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, tr(language, "map-name"))
    });
}
