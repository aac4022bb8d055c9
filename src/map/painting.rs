//! The layers of the map on the GPU: what is drawn in one go, and what is marked of each layer.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::BooleanArray;
use egui::{Rect, Ui};

use super::LayerScene;
use super::camera::Camera;
use super::classes::Classes;
use super::crowd::CrowdPainter;
use super::gpu::{Frame, PaintedLayer, Painter, State};
use super::selection::Selection;
use crate::style::Symbol;
use crate::table::RowSet;

/// How much geometry the GPU keeps unless told otherwise, bytes.
pub const GPU_BUDGET: u64 = 512 << 20;

/// A layer as it is to be drawn in this frame.
#[derive(Clone, Copy, Debug)]
pub struct DrawnLayer<'a> {
    /// Stays the same for the layer while the program runs.
    pub key: u64,
    /// Its geometry.
    pub scene: &'a Arc<LayerScene>,
    /// How it looks.
    pub symbol: Symbol,
    /// How each row looks instead, where they do not all look alike.
    pub classes: Option<&'a Arc<Classes>>,
    /// 0 (invisible) to 1.
    pub opacity: f32,
    /// Which rows are shown: one value per row of the table; none for all.
    pub mask: Option<&'a Arc<BooleanArray>>,
    /// Rows to highlight, among those shown.
    pub selected: Option<&'a RowSet>,
    /// Rows to mark lightly: what is under the pointer.
    pub hovered: Option<&'a RowSet>,
    /// Whether a click finds its rows.
    pub can_be_picked: bool,
}

/// Why the map does not show everything that is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The GPU is gone (unplugged, reset, its driver restarted): the window needs another one.
    GpuLost,
    /// The GPU has no room for more, or may not take more.
    NoRoom,
    /// So many polygons have outlines too crooked to be filled.
    NotFilled(u64),
}

/// Layers that the GPU draws one after another.
struct Run {
    /// See [`Painter::map`].
    map: u64,
    state: Arc<State>,
}

/// How features are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mark {
    Selected,
    Hovered,
}

/// What is marked of a layer, with what it was made from.
struct Chosen {
    /// The address of the scene.
    scene: usize,
    selection: Arc<Selection>,
}

/// What draws the layers, and what it keeps between frames.
pub(super) struct LayerPainter {
    /// None in tests without GPU: nothing is drawn then.
    painter: Option<Painter>,
    /// What the GPU draws without something else in between, from the bottom up: one, and one more
    /// for each picture among the layers.
    runs: Vec<Run>,
    /// What is marked of each layer, by key.
    selections: HashMap<(u64, Mark), Chosen>,
    /// See [`super::MapView::set_gpu_budget`].
    pub budget: u64,
    /// See [`super::MapView::set_full_detail`].
    pub is_full: bool,
}

impl LayerPainter {
    pub fn new(render_state: Option<&egui_wgpu::RenderState>) -> LayerPainter {
        LayerPainter {
            painter: render_state.map(Painter::new),
            runs: Vec::new(),
            selections: HashMap::new(),
            budget: GPU_BUDGET,
            is_full: false,
        }
    }

    /// How many bytes of geometry the GPU holds, as of the last frame.
    pub fn gpu_bytes(&self) -> u64 {
        // All share one stock.
        self.states().map(|state| state.bytes.load(Ordering::Relaxed)).max().unwrap_or(0)
    }

    /// Whether something in view is still being made ready: it is drawn in less detail, or not
    /// yet. Another frame is asked for when more is ready.
    pub fn is_filling(&self) -> bool {
        self.states().any(|state| state.is_filling.load(Ordering::Relaxed))
    }

    fn states(&self) -> impl Iterator<Item = &State> {
        self.runs.iter().map(|run| &*run.state)
    }

    /// Why not everything in view is shown, as of the last frame.
    pub fn trouble(&self) -> Option<Trouble> {
        if self.painter.as_ref().is_some_and(Painter::is_lost) {
            return Some(Trouble::GpuLost);
        }
        if self.states().any(|state| state.is_short.load(Ordering::Relaxed)) {
            return Some(Trouble::NoRoom);
        }
        match self.states().map(|state| state.unfilled.load(Ordering::Relaxed)).sum() {
            0 => None,
            count => Some(Trouble::NotFilled(count)),
        }
    }

    /// Draws layers (the topmost first) with what is drawn instead of their points, in `rect`.
    pub fn paint(
        &mut self,
        ui: &Ui,
        (rect, camera): (Rect, Camera),
        layers: &[DrawnLayer<'_>],
        crowds: &mut CrowdPainter,
    ) {
        let seen: Vec<&DrawnLayer<'_>> =
            layers.iter().rev().filter(|layer| layer.opacity > 0.0).collect();
        let mut run = 0;
        let mut together: Vec<&DrawnLayer<'_>> = Vec::new();
        for layer in seen {
            if crowds.lies_below(layer.key) {
                // An empty run counts too: layers keep theirs while others come and go.
                self.paint_run(ui, (rect, camera), run, &std::mem::take(&mut together));
                run += 1;
                crowds.paint_below(ui, rect, &camera, layer);
            }
            together.push(layer);
            if crowds.lies_above(layer.key) {
                self.paint_run(ui, (rect, camera), run, &std::mem::take(&mut together));
                run += 1;
                crowds.paint_above(ui, rect, &camera, layer);
            }
        }
        // Without layers too: what was wanted before is no longer.
        for last in run..self.runs.len().max(run + 1) {
            self.paint_run(ui, (rect, camera), last, &std::mem::take(&mut together));
        }
        self.selections.retain(|(key, _), _| layers.iter().any(|layer| layer.key == *key));
    }

    /// Has the GPU draw layers, bottommost first.
    fn paint_run(
        &mut self,
        ui: &Ui,
        (rect, camera): (Rect, Camera),
        number: usize,
        layers: &[&DrawnLayer<'_>],
    ) {
        let Some(painter) = &self.painter else { return };
        while self.runs.len() <= number {
            let map = if self.runs.is_empty() { painter.map } else { Painter::next_map() };
            self.runs.push(Run { map, state: Arc::default() });
        }
        let painted: Vec<PaintedLayer> = layers
            .iter()
            .map(|layer| PaintedLayer {
                key: layer.key,
                scene: Arc::clone(layer.scene),
                symbol: layer.symbol,
                classes: layer.classes.cloned(),
                opacity: layer.opacity.clamp(0.0, 1.0),
                mask: layer.mask.cloned(),
                selection: self.marked(layer, Mark::Selected),
                hovered: self.marked(layer, Mark::Hovered),
            })
            .collect();
        let Some(Run { map, state }) = self.runs.get(number) else { return };
        let frame = Frame {
            map: *map,
            is_first: number == 0,
            camera,
            layers: painted,
            budget: self.budget,
            is_full: self.is_full,
            state: Arc::clone(state),
            context: ui.ctx().clone(),
        };
        let callback = egui_wgpu::Callback::new_paint_callback(rect, frame);
        ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).add(callback);
    }

    /// What is marked of a layer, the same one as long as nothing changed.
    fn marked(&mut self, layer: &DrawnLayer<'_>, mark: Mark) -> Option<Arc<Selection>> {
        let rows = match mark {
            Mark::Selected => layer.selected,
            Mark::Hovered => layer.hovered,
        };
        let key = (layer.key, mark);
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else {
            self.selections.remove(&key);
            return None;
        };
        let scene = Arc::as_ptr(layer.scene).addr();
        if let Some(chosen) = self.selections.get(&key)
            && chosen.scene == scene
            && chosen.selection.rows == *rows
        {
            return Some(Arc::clone(&chosen.selection));
        }
        let selection = Arc::new(Selection::new(layer.scene, rows));
        self.selections.insert(key, Chosen { scene, selection: Arc::clone(&selection) });
        Some(selection)
    }
}
