//! The paint callback that draws all layers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::BooleanArray;
use egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor, wgpu};

use super::buffers::Gpu;
use super::looks::{Looks, texel};
use super::pipelines::Pipelines;
use super::plan::{Draw, Plan, Program, Step};
use super::stock::{Ground, Item, Key, Kind, Stock, Window, scene_key};
use super::workshop::{Made, Task, Work, Workshop, make_now};
use crate::map::LayerScene;
use crate::map::camera::{Camera, Placed};
use crate::map::classes::{Classes, DrawOrder};
use crate::map::detail::dots::Hiding;
use crate::map::detail::shapes;
use crate::map::scene::Chunk;
use crate::map::selection::Selection;
use crate::style::{Dash, Symbol};
use crate::table::Extent;

/// A rim around a feature: its colour, and how much wider than the feature itself, points.
type Rim = ([f32; 4], f32);

/// The halo of selected features: a dark rim around a bright one, seen on any ground.
const SELECTED: &[Rim] = &[([0.08, 0.08, 0.10, 0.85], 7.0), ([1.0, 0.86, 0.16, 1.0], 4.5)];

/// The halo of the feature under the pointer: the same in thin and white.
const HOVERED: &[Rim] = &[([0.08, 0.08, 0.10, 0.6], 4.0), ([1.0, 1.0, 1.0, 0.95], 2.5)];

/// A layer as the callback needs it: nothing borrowed.
pub(in crate::map) struct PaintedLayer {
    pub key: u64,
    pub scene: Arc<LayerScene>,
    pub symbol: Symbol,
    pub classes: Option<Arc<Classes>>,
    pub opacity: f32,
    pub mask: Option<Arc<BooleanArray>>,
    pub selection: Option<Arc<Selection>>,
    pub hovered: Option<Arc<Selection>>,
}

impl PaintedLayer {
    /// The symbols that rows may have; none for rows that are not drawn.
    fn symbols(&self) -> impl Iterator<Item = Option<&Symbol>> {
        let of_classes = self.classes.iter().flat_map(|classes| classes.symbols());
        let plain = self.classes.is_none().then_some(Some(&self.symbol));
        of_classes.map(Option::as_ref).chain(plain)
    }
}

/// How the drawing stands, told by the callback to the map.
#[derive(Debug, Default)]
pub(in crate::map) struct State {
    /// Something in view is still being made ready.
    pub is_filling: AtomicBool,
    /// The budget or the GPU's memory has no room for all that is in view.
    pub is_short: AtomicBool,
    /// Polygons in view of which only the outline is drawn.
    pub unfilled: AtomicU64,
    /// Bytes of geometry on the GPU.
    pub bytes: AtomicU64,
}

/// What is drawn in a frame.
pub(in crate::map) struct Frame {
    /// The map this is a frame of; see [`Painter::map`].
    pub map: u64,
    /// Whether it is the first that this frame of the window draws of the map.
    pub is_first: bool,
    pub camera: Camera,
    /// Bottommost first.
    pub layers: Vec<PaintedLayer>,
    /// Bytes of geometry that the GPU keeps beyond what is in view.
    pub budget: u64,
    /// Nothing is simplified and nothing hidden is left out.
    pub is_full: bool,
    pub state: Arc<State>,
    pub context: egui::Context,
}

/// The GPU side of a map widget.
pub(in crate::map) struct Painter {
    /// Tells maps apart that are drawn in the same window.
    pub map: u64,
    loss: Arc<Loss>,
}

impl Painter {
    /// Compiles the programs, once for all maps of a window.
    pub fn new(render_state: &egui_wgpu::RenderState) -> Painter {
        let mut renderer = render_state.renderer.write();
        let known = renderer.callback_resources.get::<Resources>();
        let is_known = known.is_some();
        let loss = known.map_or_else(Arc::default, |known| Arc::clone(&known.loss));
        if !is_known {
            let gpu =
                Gpu { device: render_state.device.clone(), queue: render_state.queue.clone() };
            watch_over(&gpu.device, &loss);
            let theirs = Arc::clone(&loss);
            if let Some(resources) = Resources::new(gpu, render_state.target_format, theirs) {
                renderer.callback_resources.insert(resources);
            }
        }
        Painter { map: Painter::next_map(), loss }
    }

    /// A number for a map, or for what is drawn of one apart from the rest.
    pub fn next_map() -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        NEXT.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether the GPU is gone.
    pub fn is_lost(&self) -> bool {
        self.loss.is_lost.load(Ordering::Relaxed)
    }
}

/// Whether the GPU is gone, and who is to know.
#[derive(Default)]
struct Loss {
    is_lost: AtomicBool,
    context: Mutex<Option<egui::Context>>,
}

impl Loss {
    fn context(&self) -> MutexGuard<'_, Option<egui::Context>> {
        self.context.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Errors of the GPU are written down instead of ending the program, and its loss is noted.
fn watch_over(device: &wgpu::Device, loss: &Arc<Loss>) {
    device.on_uncaptured_error(Arc::new(|error| log::error!("the GPU: {error}")));
    let loss = Arc::clone(loss);
    device.set_device_lost_callback(move |reason, message| {
        log::error!("the GPU is gone ({reason:?}): {message}");
        loss.is_lost.store(true, Ordering::Relaxed);
        if let Some(context) = &*loss.context() {
            context.request_repaint();
        }
    });
}

/// The looks of a layer's rows that are on the GPU, and what they were made from.
struct Shown {
    mask: Option<Arc<BooleanArray>>,
    classes: Option<Arc<Classes>>,
    flags: u32,
    bind_group: Arc<wgpu::BindGroup>,
    /// The frame it was last drawn in.
    seen: u64,
}

fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// What is kept on the GPU between frames.
struct Resources {
    gpu: Gpu,
    pipelines: Pipelines,
    workshop: Workshop,
    stock: Stock,
    /// The looks of layers whose rows do not all look alike.
    shown: HashMap<u64, Shown>,
    /// For layers whose rows all look alike.
    plain: Arc<wgpu::BindGroup>,
    /// Numbers of masks, by layer: an address may come again.
    masks: HashMap<u64, (Arc<BooleanArray>, u64)>,
    /// Numbers of orders of points, by layer.
    orders: HashMap<u64, (DrawOrder, u64)>,
    next_mask: u64,
    maps: HashMap<u64, Plan>,
    frame: u64,
    loss: Arc<Loss>,
}

/// How long looks of a layer that is not drawn are kept, frames.
const LOOKS_KEPT: u64 = 600;

impl Resources {
    fn new(gpu: Gpu, target: wgpu::TextureFormat, loss: Arc<Loss>) -> Option<Resources> {
        let pipelines = Pipelines::new(&gpu.device, &gpu.queue, target);
        let plain =
            Looks::new(&gpu, 0, None, None)?.bind(&gpu, &pipelines.looks_layout, &pipelines.icons);
        Some(Resources {
            workshop: Workshop::new(&gpu),
            pipelines,
            stock: Stock::new(0),
            shown: HashMap::new(),
            plain: Arc::new(plain),
            masks: HashMap::new(),
            orders: HashMap::new(),
            next_mask: 1,
            maps: HashMap::new(),
            frame: 0,
            loss,
            gpu,
        })
    }

    /// Takes in what the workshop made.
    fn take(&mut self) {
        for made in self.workshop.take() {
            self.take_one(made);
        }
    }

    fn take_one(&mut self, made: Made) {
        match made {
            Made::Chunk { scene, chunk, key, goods } => {
                self.stock.put(&scene, chunk, key, goods);
            }
            Made::Looks { layer, looks: Some(looks), mask, classes } => {
                let bind_group = Arc::new(looks.bind(
                    &self.gpu,
                    &self.pipelines.looks_layout,
                    &self.pipelines.icons,
                ));
                let (flags, seen) = (looks.flags, self.frame);
                self.shown.insert(layer, Shown { mask, classes, flags, bind_group, seen });
            }
            Made::Looks { layer, looks: None, .. } => {
                log::error!("the rows of layer {layer} are more than the GPU takes");
            }
        }
    }

    /// The number of a layer's mask; 0 for none.
    fn mask_number(&mut self, layer: &PaintedLayer) -> u64 {
        let Some(mask) = &layer.mask else {
            self.masks.remove(&layer.key);
            return 0;
        };
        match self.masks.get(&layer.key) {
            Some((known, number)) if Arc::ptr_eq(known, mask) => *number,
            _ => {
                let number = self.next_mask;
                self.next_mask += 1;
                self.masks.insert(layer.key, (Arc::clone(mask), number));
                number
            }
        }
    }

    /// The order of a layer's points and its number; 0 where they are drawn row by row.
    fn order_of(&mut self, layer: &PaintedLayer) -> (Option<DrawOrder>, u64) {
        let order = layer.classes.as_ref().filter(|_| layer.scene.has_points());
        let Some(order) = order.and_then(|classes| classes.draw_order()) else {
            self.orders.remove(&layer.key);
            return (None, 0);
        };
        match self.orders.get(&layer.key) {
            Some((known, number)) if *known == order => (Some(order), *number),
            _ => {
                let number = self.next_mask;
                self.next_mask += 1;
                self.orders.insert(layer.key, (order.clone(), number));
                (Some(order), number)
            }
        }
    }

    /// What a layer's rows look like now; what they looked like before until that is made; none
    /// when neither is there.
    fn looks(
        &mut self,
        layer: &PaintedLayer,
        tasks: &mut Vec<(u8, f64, Task)>,
    ) -> Option<(Arc<wgpu::BindGroup>, u32)> {
        if layer.mask.is_none() && layer.classes.is_none() {
            self.shown.remove(&layer.key);
            return Some((Arc::clone(&self.plain), 0));
        }
        let frame = self.frame;
        let shown = self.shown.get_mut(&layer.key);
        let is_right = shown.as_ref().is_some_and(|shown| {
            same(shown.mask.as_ref(), layer.mask.as_ref())
                && same(shown.classes.as_ref(), layer.classes.as_ref())
        });
        if !is_right {
            let (mask, classes) = (layer.mask.clone(), layer.classes.clone());
            let rows = layer.scene.rows();
            let task = Task::Looks { layer: layer.key, rows, mask, classes };
            let now = layer.scene.is_small().then(|| make_now(&self.gpu, task.clone())).flatten();
            match now {
                Some(made) => self.take_one(made),
                None => tasks.push((0, 0.0, task)),
            }
        }
        self.shown.get_mut(&layer.key).map(|shown| {
            shown.seen = frame;
            (Arc::clone(&shown.bind_group), shown.flags)
        })
    }
}

/// Something drawn of a chunk in this frame.
struct Seen {
    chunk: usize,
    placed: Placed,
    item: usize,
    /// The place of its `Draw` for plain drawing.
    offset: u32,
}

impl CallbackTrait for Frame {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(resources) = resources.get_mut::<Resources>() else { return Vec::new() };
        if resources.loss.is_lost.load(Ordering::Relaxed) {
            return Vec::new();
        }
        resources.loss.context().get_or_insert_with(|| self.context.clone());
        if self.is_first {
            resources.frame += 1;
            resources.stock.budget = self.budget;
            resources.stock.begin_frame();
        }
        resources.take();
        let oldest = resources.frame.saturating_sub(LOOKS_KEPT);
        resources.shown.retain(|_, shown| shown.seen >= oldest);
        let mut plan = resources.maps.remove(&self.map).unwrap_or_default();
        plan.begin(device);
        let mut round = Round { tasks: Vec::new(), is_short: false, unfilled: 0 };
        for layer in &self.layers {
            self.prepare_layer(layer, screen, resources, &mut plan, &mut round);
        }
        plan.send(device, queue, &resources.pipelines.draw_layout);
        resources.maps.insert(self.map, plan);

        let Round { mut tasks, is_short, unfilled } = round;
        let is_full = resources.stock.is_full();
        if is_full {
            // What is there is drawn; of what is missing only looks are small enough.
            tasks.retain(|(_, _, task)| matches!(task, Task::Looks { .. }));
        }
        self.state.is_filling.store(!tasks.is_empty(), Ordering::Relaxed);
        self.state.is_short.store(is_short || is_full, Ordering::Relaxed);
        self.state.unfilled.store(unfilled, Ordering::Relaxed);
        self.state.bytes.store(resources.stock.bytes(), Ordering::Relaxed);
        tasks.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let tasks = tasks.into_iter().map(|(_, _, task)| task).collect();
        resources.workshop.want(self.map, tasks, &self.context);
        Vec::new()
    }

    fn paint(
        &self,
        info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        let Some(resources) = resources.get::<Resources>() else { return };
        let Some(plan) = resources.maps.get(&self.map) else { return };
        let Some((_, uniforms)) = &plan.uniforms else { return };
        // The shader works in pixels of the whole framebuffer; egui has set the clipping.
        let [width, height] = info.screen_size_px.map(as_f32);
        pass.set_viewport(0.0, 0.0, width, height, 0.0, 1.0);
        let mut program = None;
        let mut looks = None;
        for step in &plan.steps {
            let item = resources.stock.item(step.scene, step.chunk, step.item);
            let Some(buffers) = item.map(|item| &item.goods.buffers) else { continue };
            if program != Some(step.program) {
                program = Some(step.program);
                pass.set_pipeline(match step.program {
                    Program::Fill => &resources.pipelines.fill,
                    Program::Box => &resources.pipelines.boxes,
                    Program::Line => &resources.pipelines.line,
                    Program::Dash => &resources.pipelines.dash,
                    Program::Point => &resources.pipelines.point,
                });
            }
            if looks != Some(step.looks) {
                let Some(bind_group) = plan.looks.get(step.looks) else { continue };
                looks = Some(step.looks);
                pass.set_bind_group(1, &**bind_group, &[]);
            }
            pass.set_bind_group(0, uniforms, &[step.offset]);
            match step.program {
                Program::Fill => buffers.draw_fills(pass),
                Program::Box => buffers.draw_boxes(pass),
                Program::Line => buffers.draw_lines(pass),
                Program::Dash => buffers.draw_dashes(pass),
                Program::Point => buffers.draw_points(pass),
            }
        }
    }
}

/// What the layers of a frame add up to.
struct Round {
    /// What is missing: how urgent (0 first), how far from the middle, and what it is.
    tasks: Vec<(u8, f64, Task)>,
    is_short: bool,
    unfilled: u64,
}

impl Frame {
    fn prepare_layer(
        &self,
        layer: &PaintedLayer,
        screen: &ScreenDescriptor,
        resources: &mut Resources,
        plan: &mut Plan,
        round: &mut Round,
    ) {
        let mask = resources.mask_number(layer);
        let Some((bind_group, flags)) = resources.looks(layer, &mut round.tasks) else { return };
        let looks = plan.looks.len();
        plan.looks.push(bind_group);
        let wide = |symbol: &Symbol| symbol.stroke_width.max(symbol.point_size * 1.6);
        let margin = layer.symbols().flatten().map(wide).fold(0.0, f32::max) + 16.0;
        let view = self.camera.extent(f64::from(margin));
        let window = Window::around(&view);
        let mut level = shapes::level(self.camera.metres_per_pixel());
        let mut hiding =
            Hiding::new(layer.symbols(), layer.opacity, self.camera.metres_per_point());
        if self.is_full {
            level = shapes::FINEST;
            hiding.depth = 0;
        }
        let template = Draw {
            reference: [0; 2],
            reference_px: [0.0; 2],
            screen_px: screen.size_in_pixels.map(as_f32),
            px_per_step: 0.0,
            px_per_point: self.camera.pixels_per_point(),
            colour: [0.0; 4],
            look: texel(&layer.symbol),
            opacity: layer.opacity,
            wider: 0.0,
            mode: 0,
            flags,
        };
        let scene = scene_key(&layer.scene);
        let measured = layer.symbols().flatten().any(|symbol| symbol.dash != Dash::Solid);
        let mut wants = Vec::new();
        let in_view = |(_, chunk): &(usize, &Chunk)| chunk.extent.intersects(&view);
        for (at, chunk) in layer.scene.chunks().iter().enumerate().filter(in_view) {
            let window = if shapes::is_windowed(chunk) { window } else { Window::default() };
            let far = distance(&chunk.extent, view.center());
            if chunk.has_shapes() {
                let kind = Kind::Shapes { measured };
                wants.push((at, far, Key { kind, level, window }, Work::Shapes));
            }
            for selection in layer.selection.iter().chain(&layer.hovered) {
                if !selection.is_in(at) {
                    continue;
                }
                let work = Work::Selected { rows: selection.rows.clone() };
                let kind = Kind::Selected(selection.number);
                wants.push((at, far, Key { kind, level, window }, work));
            }
        }
        if layer.scene.has_points() {
            let (order, order_number) = resources.order_of(layer);
            let work = Work::Dots { mask: layer.mask.clone(), order, hiding };
            let key = Key { kind: Kind::Dots(mask, order_number, hiding), level: 0, window };
            wants.push((layer.scene.chunks().len(), 0.0, key, work));
        }
        let mut seen = Vec::new();
        let mut selected = Vec::new();
        let mut hovered = Vec::new();
        let number = |selection: &Option<Arc<Selection>>| selection.as_ref().map(|s| s.number);
        for (chunk, far, key, work) in wants {
            let mut found = resources.stock.find(scene, chunk, &key, &view);
            if found.is_none() && layer.scene.is_small() {
                let (scene_of, work) = (Arc::clone(&layer.scene), work.clone());
                let task = Task::Chunk { scene: scene_of, chunk, key, work };
                if let Some(made) = make_now(&resources.gpu, task) {
                    resources.take_one(made);
                    found = resources.stock.find(scene, chunk, &key, &view);
                }
            }
            if found.is_none_or(|(_, is_right)| !is_right) {
                let urgency = if found.is_none() { 1 } else { 2 };
                let scene = Arc::clone(&layer.scene);
                round.tasks.push((urgency, far, Task::Chunk { scene, chunk, key, work }));
            }
            let found =
                found.and_then(|(at, _)| Some((at, resources.stock.item(scene, chunk, at)?)));
            let Some((item, Item { goods, .. })) = found else { continue };
            round.is_short |= goods.buffers.is_short;
            round.unfilled += goods.unfilled;
            let Ground { origin, step, extent } = goods.ground;
            let placed = self.camera.place(origin, step, &extent);
            let offset = plan.draw(&place(template, placed));
            let list = match key.kind {
                Kind::Selected(of) if number(&layer.hovered) == Some(of) => &mut hovered,
                Kind::Selected(_) => &mut selected,
                _ => &mut seen,
            };
            list.push(Seen { chunk, placed, item, offset });
        }

        let programs = [Program::Fill, Program::Box, Program::Line, Program::Dash, Program::Point];
        let stock = &resources.stock;
        let step = |program, seen: &Seen, offset| {
            let item = stock.item(scene, seen.chunk, seen.item)?;
            let has = match program {
                Program::Fill => item.goods.buffers.has_fills(),
                Program::Box => item.goods.buffers.has_boxes(),
                // A feature that is marked is drawn in one piece.
                Program::Line => {
                    let buffers = &item.goods.buffers;
                    buffers.has_lines() && !(measured && buffers.has_lengths())
                }
                Program::Dash => measured && item.goods.buffers.has_lengths(),
                Program::Point => item.goods.buffers.has_points(),
            };
            has.then_some(Step {
                program,
                looks,
                scene,
                chunk: seen.chunk,
                item: seen.item,
                offset,
            })
        };
        // Fills, then small polygons, outlines and lines, then points.
        for program in programs {
            plan.steps.extend(seen.iter().filter_map(|seen| step(program, seen, seen.offset)));
        }
        // The marked features' halos, and those features once more on top of them.
        for (marked, halo) in [(selected, SELECTED), (hovered, HOVERED)] {
            if marked.is_empty() {
                continue;
            }
            let rims = halo.iter().copied();
            let rims = rims.map(|(colour, wider)| Draw { colour, wider, mode: 1, ..template });
            let own = Draw { mode: 2, ..template };
            for draw in rims.chain([own]) {
                for program in [Program::Line, Program::Point] {
                    for seen in &marked {
                        let offset = plan.draw(&Draw { opacity: 1.0, ..place(draw, seen.placed) });
                        plan.steps.extend(step(program, seen, offset));
                    }
                }
            }
        }
    }
}

fn place(draw: Draw, placed: Placed) -> Draw {
    Draw {
        reference: placed.reference,
        reference_px: placed.reference_px,
        px_per_step: placed.px_per_step,
        ..draw
    }
}

/// How far a place is from an extent, metres.
fn distance(extent: &Extent, [x, y]: [f64; 2]) -> f64 {
    let beside = (extent.min_x - x).max(x - extent.max_x).max(0.0);
    let above = (extent.min_y - y).max(y - extent.max_y).max(0.0);
    beside.hypot(above)
}

#[expect(clippy::cast_precision_loss, reason = "sizes of screens")]
fn as_f32(pixels: u32) -> f32 {
    pixels as f32
}
