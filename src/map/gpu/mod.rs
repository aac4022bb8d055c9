//! Drawing layers with the GPU: buffers per chunk made when first seen, kept as long as the
//! scene lives; a texture with the looks of the rows; one paint callback for all layers.

mod buffers;
mod callback;
mod looks;
mod pipelines;

pub(super) use callback::{Frame, PaintedLayer, Painter, Selection};

/// The size of a [`super::scene::Record`] in a buffer.
const RECORD_BYTES: u64 = 12;
