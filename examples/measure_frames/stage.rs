//! A map drawn into a texture as eframe draws it into a window, with a clock on every step.

use std::sync::Arc;
use std::time::{Duration, Instant};

use belfort::i18n::Language;
use belfort::map::{DrawnLayer, MapResponse, MapView};
use belfort::tiles::TileStore;
use egui::{Pos2, Rect, Vec2};
use egui_wgpu::{RenderState, ScreenDescriptor, wgpu};

/// Waits for a future that needs no reactor, as wgpu's on native.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::yield_now();
    }
}

/// How long the steps of a frame took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// The widget's code and egui's tessellation.
    pub widget: Duration,
    /// What the map's callback and egui prepare for the GPU.
    pub prepare: Duration,
    /// Writing down the drawing commands.
    pub encode: Duration,
    /// Handing them to the driver.
    pub submit: Duration,
    /// The GPU's own work (a software rasteriser's, where there is no GPU).
    pub raster: Duration,
}

impl Times {
    /// All that keeps the window's thread busy.
    pub fn ui_thread(&self) -> Duration {
        self.widget + self.prepare + self.encode + self.submit
    }

    pub fn wall(&self) -> Duration {
        self.ui_thread() + self.raster
    }
}

pub struct Stage {
    state: RenderState,
    pub map: MapView,
    pub context: egui::Context,
    size: [u32; 2],
    target: wgpu::Texture,
    started: Instant,
    /// The pointer, points; none when it is not on the map.
    pub pointer: Option<Pos2>,
    /// Further events for the next frame.
    pub events: Vec<egui::Event>,
}

impl Stage {
    pub fn new(size: [u32; 2]) -> Result<Stage, Box<dyn std::error::Error>> {
        let setup = egui_wgpu::WgpuSetupCreateNew::without_display_handle();
        let setup = egui_wgpu::WgpuSetup::CreateNew(setup);
        let instance = block_on(setup.new_instance());
        let config = egui_wgpu::WgpuConfiguration { wgpu_setup: setup, ..Default::default() };
        let options = egui_wgpu::RendererOptions::PREDICTABLE;
        let state = block_on(RenderState::create(&config, &instance, None, options))?;
        println!("drawn by {}", egui_wgpu::adapter_info_summary(&state.adapter.get_info()));
        let tiles = Arc::new(TileStore::new(std::env::temp_dir(), Arc::new(|| {})));
        let map = MapView::new(Some(state.clone()), tiles);
        let target = state.device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: size[0], height: size[1], depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: state.target_format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let context = egui::Context::default();
        context.set_theme(egui::Theme::Light);
        let started = Instant::now();
        let events = Vec::new();
        Ok(Stage { state, map, context, size, target, started, pointer: None, events })
    }

    /// Draws a frame, and says whether another one was asked for.
    #[expect(clippy::cast_precision_loss, reason = "sizes of screens")]
    pub fn frame(&mut self, layers: &[DrawnLayer<'_>]) -> (Times, MapResponse) {
        let mut times = Times::default();
        let start = Instant::now();
        let size = Vec2::new(self.size[0] as f32, self.size[1] as f32);
        let mut input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            time: Some(self.started.elapsed().as_secs_f64()),
            ..egui::RawInput::default()
        };
        input.events.extend(self.pointer.map(egui::Event::PointerMoved));
        input.events.append(&mut self.events);
        let map = &mut self.map;
        let mut response = None;
        let mut output = self.context.run_ui(input, |ui| {
            response = Some(map.show(ui, Language::Dutch, None, layers));
        });
        let jobs = self.context.tessellate(output.shapes, output.pixels_per_point);
        times.widget = start.elapsed();

        let start = Instant::now();
        let (device, queue) = (&self.state.device, &self.state.queue);
        let mut renderer = self.state.renderer.write();
        for (id, deltas) in &output.textures_delta.set {
            for delta in deltas {
                renderer.update_texture(device, queue, *id, delta);
            }
        }
        let pixels_per_point = output.pixels_per_point;
        let screen = ScreenDescriptor { size_in_pixels: self.size, pixels_per_point };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        renderer.update_buffers(device, queue, &mut encoder, &jobs, &screen);
        times.prepare = start.elapsed();

        let start = Instant::now();
        let view = self.target.create_view(&wgpu::TextureViewDescriptor::default());
        {
            let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                ..wgpu::RenderPassDescriptor::default()
            });
            renderer.render(&mut pass.forget_lifetime(), &jobs, &screen);
        }
        for id in &output.textures_delta.free {
            renderer.free_texture(id);
        }
        output.textures_delta.clear();
        drop(renderer);
        let commands = encoder.finish();
        times.encode = start.elapsed();

        let start = Instant::now();
        queue.submit([commands]);
        times.submit = start.elapsed();

        let start = Instant::now();
        device.poll(wgpu::PollType::wait_indefinitely()).expect("the device is there");
        times.raster = start.elapsed();
        (times, response.expect("the closure ran"))
    }

    /// Keeps the last frame as a PNG.
    pub fn save(&self, path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
        let (device, queue) = (&self.state.device, &self.state.queue);
        let [width, height] = self.size;
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: u64::from(width) * u64::from(height) * 4,
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_texture_to_buffer(
            self.target.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(width * 4),
                    rows_per_image: None,
                },
            },
            self.target.size(),
        );
        queue.submit([encoder.finish()]);
        buffer.slice(..).map_async(wgpu::MapMode::Read, |mapped| mapped.expect("mapped"));
        device.poll(wgpu::PollType::wait_indefinitely())?;
        let mut rgba = buffer.slice(..).get_mapped_range()?.to_vec();
        let format = self.state.target_format;
        if matches!(format, wgpu::TextureFormat::Bgra8Unorm | wgpu::TextureFormat::Bgra8UnormSrgb) {
            rgba.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        }
        image::save_buffer(path, &rgba, width, height, image::ColorType::Rgba8)?;
        Ok(())
    }
}
