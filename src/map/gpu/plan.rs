//! What one map draws in a frame, written down by `prepare` and played by `paint`.

use std::sync::Arc;

use egui_wgpu::wgpu;

use super::looks::Texel;

/// What the shader is told for each drawing of a chunk; the same layout as `Draw` there.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub(super) struct Draw {
    pub reference: [i32; 2],
    pub reference_px: [f32; 2],
    pub screen_px: [f32; 2],
    pub px_per_step: f32,
    pub px_per_point: f32,
    pub colour: [f32; 4],
    pub look: Texel,
    pub opacity: f32,
    pub wider: f32,
    pub mode: u32,
    pub flags: u32,
}

/// Which program draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    Fill,
    Box,
    Line,
    /// Lines of which some are in pieces.
    Dash,
    Point,
}

/// One drawing of one chunk.
pub(super) struct Step {
    pub program: Program,
    pub looks: usize,
    pub scene: usize,
    pub chunk: usize,
    pub item: usize,
    /// The place of its [`Draw`] in the uniform buffer, bytes.
    pub offset: u32,
}

/// What one map draws in this frame.
#[derive(Default)]
pub(super) struct Plan {
    pub steps: Vec<Step>,
    pub looks: Vec<Arc<wgpu::BindGroup>>,
    pub uniforms: Option<(wgpu::Buffer, wgpu::BindGroup)>,
    bytes: Vec<u8>,
    stride: usize,
}

impl Plan {
    /// Forgets the last frame.
    pub fn begin(&mut self, device: &wgpu::Device) {
        self.steps.clear();
        self.looks.clear();
        self.bytes.clear();
        let alignment = device.limits().min_uniform_buffer_offset_alignment as usize;
        self.stride = size_of::<Draw>().next_multiple_of(alignment.max(1));
    }

    /// Takes in what the shader is to be told; its place in the uniform buffer.
    pub fn draw(&mut self, draw: &Draw) -> u32 {
        let offset = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(bytemuck::bytes_of(draw));
        self.bytes.resize(self.bytes.len().next_multiple_of(self.stride.max(1)), 0);
        offset
    }

    /// Sends what the shader is to be told.
    pub fn send(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layout: &wgpu::BindGroupLayout,
    ) {
        if self.bytes.is_empty() {
            return;
        }
        let needed = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX);
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
            queue.write_buffer(buffer, 0, &self.bytes);
        }
    }
}
