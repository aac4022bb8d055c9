//! Buffers with what was made ready of a chunk.

use egui_wgpu::wgpu;

use super::{LENGTH_BYTES, RECORD_BYTES};
use crate::map::detail::dots::Dots;
use crate::map::detail::shapes::Shapes;

/// What the GPU holds of a chunk; none for what is not there.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    records: Option<wgpu::Buffer>,
    segments: u32,
    /// How long lines are up to each record; none where no line is in pieces.
    lengths: Option<wgpu::Buffer>,
    indices: Option<(wgpu::Buffer, u32)>,
    boxes: Option<(wgpu::Buffer, u32)>,
    points: Option<(wgpu::Buffer, u32)>,
    /// Their size on the GPU.
    pub bytes: u64,
    /// Something was too large for the GPU, or for its memory.
    pub is_short: bool,
}

/// The GPU, from any thread.
#[derive(Clone)]
pub(super) struct Gpu {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
}

impl Gpu {
    /// A buffer with contents; none when the GPU has no room.
    fn buffer(&self, contents: &[u8], usage: wgpu::BufferUsages) -> Option<wgpu::Buffer> {
        let size = u64::try_from(contents.len()).ok()?;
        if size > self.device.limits().max_buffer_size {
            return None;
        }
        self.guarded(|| {
            let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("map chunk"),
                size,
                usage: usage | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            self.queue.write_buffer(&buffer, 0, contents);
            buffer
        })
    }

    /// Makes something that may be too much for the GPU's memory; none when it was.
    pub fn guarded<T>(&self, make: impl FnOnce() -> T) -> Option<T> {
        let memory = self.device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let validation = self.device.push_error_scope(wgpu::ErrorFilter::Validation);
        let made = make();
        let errors = [at_once(validation.pop()), at_once(memory.pop())];
        let error = errors.into_iter().flatten().next();
        if let Some(error) = &error {
            log::error!("the GPU does not take it: {error}");
        }
        error.is_none().then_some(made)
    }
}

/// The value of a future that is ready, as those of error scopes are outside a browser.
fn at_once<T>(future: impl Future<Output = Option<T>>) -> Option<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => None,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Buffers {
    /// Nothing, of a size.
    #[cfg(test)]
    pub fn of_size(bytes: u64) -> Buffers {
        Buffers { bytes, ..Buffers::default() }
    }

    /// Sends what was made ready.
    pub fn new(gpu: &Gpu, shapes: &Shapes, lengths: &[f32], dots: &Dots) -> Buffers {
        let mut made = Buffers::default();
        let mut make = |contents: &[u8], usage| {
            if contents.is_empty() {
                return None;
            }
            let buffer = gpu.buffer(contents, usage);
            made.is_short |= buffer.is_none();
            made.bytes += buffer.as_ref().map_or(0, wgpu::Buffer::size);
            buffer
        };
        let vertex = wgpu::BufferUsages::VERTEX;
        let records = make(bytemuck::cast_slice(&shapes.records), vertex);
        let lengths = make(bytemuck::cast_slice(lengths), vertex);
        let indices = make(bytemuck::cast_slice(&shapes.indices), wgpu::BufferUsages::INDEX);
        let boxes = make(bytemuck::cast_slice(&shapes.boxes), vertex);
        let points = make(bytemuck::cast_slice(&dots.records), vertex);
        let numbered = |buffer: Option<_>, length| buffer.map(|buffer| (buffer, count(length)));
        Buffers {
            records,
            // One record before the first and two after the last segment.
            segments: count(shapes.records.len().saturating_sub(3)),
            lengths,
            indices: numbered(indices, shapes.indices.len()),
            boxes: numbered(boxes, shapes.boxes.len()),
            points: numbered(points, dots.records.len()),
            ..made
        }
    }

    /// Draws the insides of polygons.
    pub fn draw_fills(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let (Some(records), Some((indices, count))) = (&self.records, &self.indices) {
            pass.set_vertex_buffer(0, records.slice(..));
            pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
            pass.draw_indexed(0..*count, 0, 0..1);
        }
    }

    /// Draws small polygons.
    pub fn draw_boxes(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let Some((boxes, count)) = &self.boxes {
            pass.set_vertex_buffer(0, boxes.slice(..));
            pass.draw(0..4, 0..*count);
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

    /// Draws lines and outlines of which some are in pieces.
    pub fn draw_dashes(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let Some(lengths) = &self.lengths {
            // That of the segment's start: the second of its four records.
            pass.set_vertex_buffer(4, lengths.slice(LENGTH_BYTES..));
            self.draw_lines(pass);
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

    pub fn has_boxes(&self) -> bool {
        self.boxes.is_some()
    }

    pub fn has_lines(&self) -> bool {
        self.records.is_some()
    }

    pub fn has_lengths(&self) -> bool {
        self.lengths.is_some()
    }

    pub fn has_points(&self) -> bool {
        self.points.is_some()
    }
}
