//! Drawing layers with the GPU.
//!
//! - [`Workshop`](workshop::Workshop): threads that make what is in view ready and send it.
//! - [`Stock`](stock::Stock): what was made, per chunk, within a budget.
//! - [`Looks`](looks::Looks): which rows are shown, and the class of each.
//! - [`Painter`] and [`Frame`]: one paint callback for all layers.

mod buffers;
mod callback;
mod icons;
mod looks;
mod pipelines;
mod plan;
mod stock;
mod workshop;

pub(super) use callback::{Frame, PaintedLayer, Painter, State};

/// The size of a [`super::detail::Record`] in a buffer.
const RECORD_BYTES: u64 = 12;

/// The size of the length of a line up to a record.
const LENGTH_BYTES: u64 = 4;

/// The size of a [`super::detail::BoxRecord`] in a buffer.
const BOX_BYTES: u64 = 24;
