//! The buffers of a scene's chunks.

use std::sync::{Arc, Weak};

use egui_wgpu::wgpu;
use wgpu::util::DeviceExt as _;

use super::RECORD_BYTES;
use crate::map::LayerScene;
use crate::map::scene::Chunk;

/// The buffers of a scene, made chunk by chunk when first seen.
pub(super) struct SceneBuffers {
    scene: Weak<LayerScene>,
    chunks: Vec<Option<ChunkBuffers>>,
}

/// The buffers of a chunk; none for what it does not hold.
pub(super) struct ChunkBuffers {
    records: Option<wgpu::Buffer>,
    segments: u32,
    indices: Option<(wgpu::Buffer, u32)>,
    points: Option<(wgpu::Buffer, u32)>,
}

/// Where a scene's buffers are kept: its address, which stays its own while the weak reference
/// is held.
pub(super) fn scene_key(scene: &Arc<LayerScene>) -> usize {
    Arc::as_ptr(scene).addr()
}

impl SceneBuffers {
    pub fn new(scene: &Arc<LayerScene>) -> SceneBuffers {
        let chunks = scene.chunks().iter().map(|_| None).collect();
        SceneBuffers { scene: Arc::downgrade(scene), chunks }
    }

    /// Whether somebody still has the scene.
    pub fn is_alive(&self) -> bool {
        self.scene.strong_count() > 0
    }

    pub fn chunk(&self, at: usize) -> Option<&ChunkBuffers> {
        self.chunks.get(at)?.as_ref()
    }

    /// Makes a chunk's buffers unless they are there. Returns the bytes sent to the GPU.
    pub fn prepare(&mut self, device: &wgpu::Device, at: usize, chunk: &Chunk) -> usize {
        match self.chunks.get_mut(at) {
            Some(slot @ None) => {
                let (buffers, bytes) = ChunkBuffers::new(device, chunk);
                *slot = Some(buffers);
                bytes
            }
            _ => 0,
        }
    }
}

impl ChunkBuffers {
    fn new(device: &wgpu::Device, chunk: &Chunk) -> (ChunkBuffers, usize) {
        let largest = device.limits().max_buffer_size;
        let mut sent = 0;
        let mut make = |contents: &[u8], usage| {
            let bytes = contents.len();
            if u64::try_from(bytes).is_ok_and(|bytes| bytes > largest) {
                log::error!("a chunk of {bytes} bytes is more than the GPU takes");
                return None;
            }
            sent += bytes;
            let label = Some("map chunk");
            let described = wgpu::util::BufferInitDescriptor { label, contents, usage };
            Some(device.create_buffer_init(&described))
        };
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        // Chunk::finish leaves one record before the first and two after the last segment.
        let segments = count(chunk.records.len().saturating_sub(3));
        let mut buffers = ChunkBuffers { records: None, segments: 0, indices: None, points: None };
        if segments > 0 {
            buffers.records =
                make(bytemuck::cast_slice(&chunk.records), wgpu::BufferUsages::VERTEX);
            buffers.segments = segments;
        }
        if !chunk.indices.is_empty() {
            let made = make(bytemuck::cast_slice(&chunk.indices), wgpu::BufferUsages::INDEX);
            buffers.indices = made.map(|buffer| (buffer, count(chunk.indices.len())));
        }
        if !chunk.points.is_empty() {
            let made = make(bytemuck::cast_slice(&chunk.points), wgpu::BufferUsages::VERTEX);
            buffers.points = made.map(|buffer| (buffer, count(chunk.points.len())));
        }
        (buffers, sent)
    }

    /// Draws the insides of polygons.
    pub fn draw_fills(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let (Some(records), Some((indices, count))) = (&self.records, &self.indices) {
            pass.set_vertex_buffer(0, records.slice(..));
            pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
            pass.draw_indexed(0..*count, 0, 0..1);
        }
    }

    /// Draws lines and outlines: the same buffer four times, each a record further.
    pub fn draw_lines(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let Some(records) = &self.records {
            for slot in 0..4_u32 {
                pass.set_vertex_buffer(slot, records.slice(u64::from(slot) * RECORD_BYTES..));
            }
            pass.draw(0..4, 0..self.segments);
        }
    }

    /// Draws point symbols.
    pub fn draw_points(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let Some((points, count)) = &self.points {
            pass.set_vertex_buffer(0, points.slice(..));
            pass.draw(0..4, 0..*count);
        }
    }

    pub fn has_fills(&self) -> bool {
        self.indices.is_some()
    }

    pub fn has_lines(&self) -> bool {
        self.records.is_some()
    }

    pub fn has_points(&self) -> bool {
        self.points.is_some()
    }
}
