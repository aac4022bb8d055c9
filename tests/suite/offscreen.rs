//! What the GPU draws, read back from a texture. Needs an adapter (a software one will do:
//! Debian's mesa-vulkan-drivers); says so where there is none.

use egui::{Event, Pos2, Rect, Ui, Vec2};
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

fn render_state() -> Option<RenderState> {
    let setup = egui_wgpu::WgpuSetupCreateNew::without_display_handle();
    let setup = egui_wgpu::WgpuSetup::CreateNew(setup);
    let instance = block_on(setup.new_instance());
    let config = egui_wgpu::WgpuConfiguration {
        wgpu_setup: setup,
        ..egui_wgpu::WgpuConfiguration::default()
    };
    let options = egui_wgpu::RendererOptions::PREDICTABLE;
    match block_on(RenderState::create(&config, &instance, None, options)) {
        Ok(state) => Some(state),
        Err(error) => {
            eprintln!("skipped: no GPU adapter ({error})");
            None
        }
    }
}

pub struct Picture {
    pub width: u32,
    pub rgba: Vec<u8>,
}

impl Picture {
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let start = ((y * self.width + x) * 4) as usize;
        [self.rgba[start], self.rgba[start + 1], self.rgba[start + 2]]
    }

    #[track_caller]
    pub fn assert_near(&self, (x, y): (u32, u32), wanted: [u8; 3]) {
        let found = self.at(x, y);
        let near = found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 6);
        assert!(near, "{x}, {y} is {found:?}, not {wanted:?}");
    }
}

/// A screen that nobody sees.
pub struct Screen {
    pub state: RenderState,
    pub context: egui::Context,
    pub size: [u32; 2],
    pub pixels_per_point: f32,
    time: f64,
}

impl Screen {
    /// A screen of so many pixels, the width a multiple of 64; none without an adapter.
    pub fn new(size: [u32; 2], pixels_per_point: f32) -> Option<Screen> {
        let state = render_state()?;
        let context = egui::Context::default();
        Some(Screen { state, context, size, pixels_per_point, time: 0.0 })
    }

    #[expect(clippy::cast_precision_loss, reason = "small sizes")]
    pub fn frame(&mut self, events: Vec<Event>, mut show: impl FnMut(&mut Ui)) -> Picture {
        let [width, height] = self.size;
        let points = Vec2::new(width as f32, height as f32) / self.pixels_per_point;
        let mut input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, points)),
            time: Some(self.time),
            events,
            ..egui::RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(self.pixels_per_point);
        }
        self.time += 0.1;
        let mut output = self.context.run_ui(input, |ui| show(ui));
        let device = &self.state.device;
        let queue = &self.state.queue;
        let mut renderer = self.state.renderer.write();
        for (id, deltas) in &output.textures_delta.set {
            for delta in deltas {
                renderer.update_texture(device, queue, *id, delta);
            }
        }
        let jobs = self.context.tessellate(output.shapes, output.pixels_per_point);
        assert!((output.pixels_per_point - self.pixels_per_point).abs() < 1e-6);
        let screen = ScreenDescriptor {
            size_in_pixels: self.size,
            pixels_per_point: output.pixels_per_point,
        };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        renderer.update_buffers(device, queue, &mut encoder, &jobs, &screen);
        let target = device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.state.target_format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let view = target.create_view(&wgpu::TextureViewDescriptor::default());
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
        assert_eq!(width % 64, 0, "rows of a copied texture are multiples of 256 bytes");
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: u64::from(width) * u64::from(height) * 4,
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        encoder.copy_texture_to_buffer(
            target.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(width * 4),
                    rows_per_image: None,
                },
            },
            target.size(),
        );
        queue.submit([encoder.finish()]);
        buffer.slice(..).map_async(wgpu::MapMode::Read, |mapped| mapped.unwrap());
        device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
        let mut rgba = buffer.slice(..).get_mapped_range().unwrap().to_vec();
        if matches!(
            self.state.target_format,
            wgpu::TextureFormat::Bgra8Unorm | wgpu::TextureFormat::Bgra8UnormSrgb
        ) {
            rgba.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        }
        // To look at: BELFORT_TEST_PICTURES=folder.
        if let Some(folder) = std::env::var_os("BELFORT_TEST_PICTURES") {
            let name = std::thread::current().name().unwrap_or("picture").replace("::", "-");
            let path = std::path::Path::new(&folder).join(format!("{name}.png"));
            image::save_buffer(path, &rgba, width, height, image::ColorType::Rgba8).unwrap();
        }
        Picture { width, rgba }
    }
}
