//! The paint callback that draws all layers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor, wgpu};

use super::buffers::{SceneBuffers, scene_key};
use super::looks::{Inputs, Looks};
use super::pipelines::Pipelines;
use crate::map::LayerScene;
use crate::map::camera::Camera;
use crate::map::scene::Chunk;
use crate::style::Style;

/// How many bytes of geometry are sent to the GPU in one frame; the rest follows in the next, so
/// that the window never stands still.
const BYTES_PER_FRAME: usize = 48 << 20;

/// The halo of selected features: a dark rim around a bright one, seen on any ground. Colour,
/// and how much wider than the feature itself, points.
const HALO: [([f32; 4], f32); 2] = [([0.08, 0.08, 0.10, 0.85], 7.0), ([1.0, 0.86, 0.16, 1.0], 4.5)];

/// A layer as the callback needs it: nothing borrowed.
pub(in crate::map) struct PaintedLayer {
    pub key: u64,
    pub scene: Arc<LayerScene>,
    pub style: Style,
    pub opacity: f32,
    pub mask: Option<Arc<arrow_array::BooleanArray>>,
    pub selection: Arc<Selection>,
}

/// The rows highlighted in a layer, and the chunks that hold them.
#[derive(Debug, Default)]
pub(in crate::map) struct Selection {
    pub rows: Vec<usize>,
    pub chunks: HashSet<usize>,
}

impl Selection {
    pub fn new(scene: &LayerScene, rows: &[usize]) -> Selection {
        let parts = rows.iter().flat_map(|row| scene.parts_of(*row));
        let chunks = parts.map(|part| part.chunk as usize).collect();
        Selection { rows: rows.to_vec(), chunks }
    }
}

/// What is drawn in a frame.
pub(in crate::map) struct Frame {
    /// The map this is a frame of; see [`Painter::map`].
    pub map: u64,
    pub camera: Camera,
    /// Bottommost first.
    pub layers: Vec<PaintedLayer>,
    /// To ask for another frame when not everything was sent.
    pub context: egui::Context,
}

/// The GPU side of a map widget.
pub(in crate::map) struct Painter {
    /// Tells maps apart that are drawn in the same window.
    pub map: u64,
}

impl Painter {
    /// Compiles the programs, once for all maps of a window.
    pub fn new(render_state: &egui_wgpu::RenderState) -> Painter {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let mut renderer = render_state.renderer.write();
        if renderer.callback_resources.get::<Resources>().is_none() {
            let resources = Resources::new(&render_state.device, render_state.target_format);
            renderer.callback_resources.insert(resources);
        }
        Painter { map: NEXT.fetch_add(1, Ordering::Relaxed) }
    }
}

/// What the shader is told for each drawing of a chunk; the same layout as `Draw` there.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
struct Draw {
    reference: [i32; 2],
    reference_px: [f32; 2],
    screen_px: [f32; 2],
    px_per_step: f32,
    px_per_point: f32,
    colour: [f32; 4],
    opacity: f32,
    wider: f32,
    mode: u32,
    pad: u32,
}

/// Which program draws.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    Fill,
    Line,
    Point,
}

/// One drawing of one chunk.
struct Step {
    program: Program,
    layer: u64,
    scene: usize,
    chunk: usize,
    /// The place of its [`Draw`] in the uniform buffer, bytes.
    offset: u32,
}

/// What is kept on the GPU between frames.
struct Resources {
    pipelines: Pipelines,
    scenes: HashMap<usize, SceneBuffers>,
    looks: HashMap<u64, (usize, Looks)>,
    maps: HashMap<u64, Plan>,
}

/// What one map draws in this frame.
#[derive(Default)]
struct Plan {
    steps: Vec<Step>,
    uniforms: Option<(wgpu::Buffer, wgpu::BindGroup)>,
}

impl Resources {
    fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Resources {
        Resources {
            pipelines: Pipelines::new(device, target),
            scenes: HashMap::new(),
            looks: HashMap::new(),
            maps: HashMap::new(),
        }
    }

    /// Forgets scenes nobody has any more, and looks of layers whose scene is gone.
    fn forget_the_gone(&mut self) {
        self.scenes.retain(|_, buffers| buffers.is_alive());
        self.looks.retain(|_, (scene, _)| self.scenes.contains_key(scene));
    }

    /// Whether the layer's looks are on the GPU.
    fn prepare_looks(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layer: &PaintedLayer,
        scene: usize,
    ) -> bool {
        let inputs = Inputs {
            rows: layer.scene.rows(),
            style: layer.style,
            mask: layer.mask.clone(),
            selection: Arc::clone(&layer.selection),
        };
        if let Some((of, looks)) = self.looks.get_mut(&layer.key)
            && *of == scene
            && looks.update(queue, &inputs)
        {
            return true;
        }
        let made = Looks::new(device, queue, &self.pipelines.looks_layout, inputs);
        let ready = made.is_some();
        if let Some(looks) = made {
            self.looks.insert(layer.key, (scene, looks));
        }
        ready
    }
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
        resources.forget_the_gone();
        let alignment = device.limits().min_uniform_buffer_offset_alignment as usize;
        let stride = size_of::<Draw>().next_multiple_of(alignment.max(1));
        let mut uniforms: Vec<u8> = Vec::new();
        let mut steps = Vec::new();
        let mut sent = 0;
        for layer in &self.layers {
            let scene = scene_key(&layer.scene);
            if !resources.prepare_looks(device, queue, layer, scene) {
                continue;
            }
            let buffers =
                resources.scenes.entry(scene).or_insert_with(|| SceneBuffers::new(&layer.scene));
            let margin = layer.style.stroke_width.max(layer.style.point_size * 1.6) + 16.0;
            let view = self.camera.extent(f64::from(margin));
            let in_view = |(_, chunk): &(usize, &Chunk)| chunk.extent.intersects(&view);
            let chunks = || layer.scene.chunks().iter().enumerate().filter(in_view);
            for (at, chunk) in chunks() {
                if sent < BYTES_PER_FRAME {
                    sent += buffers.prepare(device, at, chunk);
                }
            }
            let mut seen = Vec::new();
            for (at, chunk) in chunks() {
                match buffers.chunk(at) {
                    Some(ready) => seen.push((at, chunk, ready)),
                    None => self.context.request_repaint(),
                }
            }
            let selected = &layer.selection.chunks;
            for phase in phases(!selected.is_empty()) {
                for (at, chunk, ready) in &seen {
                    let has = match phase.program {
                        Program::Fill => ready.has_fills(),
                        Program::Line => ready.has_lines(),
                        Program::Point => ready.has_points(),
                    };
                    if !has || (phase.mode != 0 && !selected.contains(at)) {
                        continue;
                    }
                    let placed = self.camera.place(chunk.origin, chunk.step, &chunk.extent);
                    let draw = Draw {
                        reference: placed.reference,
                        reference_px: placed.reference_px,
                        screen_px: screen.size_in_pixels.map(as_f32),
                        px_per_step: placed.px_per_step,
                        px_per_point: self.camera.pixels_per_point(),
                        colour: phase.colour,
                        opacity: if phase.mode == 0 { layer.opacity } else { 1.0 },
                        wider: phase.wider,
                        mode: phase.mode,
                        pad: 0,
                    };
                    let offset = u32::try_from(uniforms.len()).unwrap_or(u32::MAX);
                    uniforms.extend_from_slice(bytemuck::bytes_of(&draw));
                    uniforms.resize(uniforms.len().next_multiple_of(stride), 0);
                    let program = phase.program;
                    steps.push(Step { program, layer: layer.key, scene, chunk: *at, offset });
                }
            }
        }
        let layout = &resources.pipelines.draw_layout;
        let plan = resources.maps.entry(self.map).or_default();
        plan.steps = steps;
        plan.write(device, queue, layout, &uniforms);
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
        let mut layer = None;
        for step in &plan.steps {
            let Some((_, looks)) = resources.looks.get(&step.layer) else { continue };
            let buffers = resources.scenes.get(&step.scene);
            let Some(chunk) = buffers.and_then(|scene| scene.chunk(step.chunk)) else { continue };
            if program != Some(step.program) {
                program = Some(step.program);
                pass.set_pipeline(match step.program {
                    Program::Fill => &resources.pipelines.fill,
                    Program::Line => &resources.pipelines.line,
                    Program::Point => &resources.pipelines.point,
                });
            }
            if layer != Some(step.layer) {
                layer = Some(step.layer);
                pass.set_bind_group(1, &looks.bind_group, &[]);
            }
            pass.set_bind_group(0, uniforms, &[step.offset]);
            match step.program {
                Program::Fill => chunk.draw_fills(pass),
                Program::Line => chunk.draw_lines(pass),
                Program::Point => chunk.draw_points(pass),
            }
        }
    }
}

impl Plan {
    fn write(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layout: &wgpu::BindGroupLayout,
        uniforms: &[u8],
    ) {
        if uniforms.is_empty() {
            return;
        }
        let needed = u64::try_from(uniforms.len()).unwrap_or(u64::MAX);
        if self.uniforms.as_ref().is_none_or(|(buffer, _)| buffer.size() < needed) {
            let buffer = device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("map draws"),
                size: needed.next_power_of_two(),
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("map draws"),
                layout,
                entries: &[wgpu::BindGroupEntry {
                    binding: 0,
                    resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                        buffer: &buffer,
                        offset: 0,
                        size: wgpu::BufferSize::new(
                            u64::try_from(size_of::<Draw>()).unwrap_or_default(),
                        ),
                    }),
                }],
            });
            self.uniforms = Some((buffer, bind_group));
        }
        if let Some((buffer, _)) = &self.uniforms {
            queue.write_buffer(buffer, 0, uniforms);
        }
    }
}

/// A run over a layer's chunks.
struct Phase {
    program: Program,
    mode: u32,
    colour: [f32; 4],
    wider: f32,
}

/// Fills, then outlines and lines, then points; then the selected features' halo and those
/// features once more on top of it.
fn phases(any_selected: bool) -> Vec<Phase> {
    let plain = |program, mode| Phase { program, mode, colour: [0.0; 4], wider: 0.0 };
    let mut phases =
        vec![plain(Program::Fill, 0), plain(Program::Line, 0), plain(Program::Point, 0)];
    if any_selected {
        for (colour, wider) in HALO {
            let halo = |program| Phase { program, mode: 1, colour, wider };
            phases.extend([halo(Program::Line), halo(Program::Point)]);
        }
        phases.extend([plain(Program::Line, 2), plain(Program::Point, 2)]);
    }
    phases
}

#[expect(clippy::cast_precision_loss, reason = "sizes of screens")]
fn as_f32(pixels: u32) -> f32 {
    pixels as f32
}
