//! What the GPU draws of a chunk, in the detail that a view shows: made by workers, thrown away
//! freely. What is left out here is left out on the screen only.
//!
//! - [`shapes`]: lines and polygons, simplified below half a pixel; small polygons as boxes.
//! - [`dots`]: points, without those that others hide entirely.

mod boxes;
mod clip;
mod cover;
#[cfg(test)]
mod crossing_test;
pub(super) mod dots;
mod fill;
pub(super) mod shapes;
mod simplify;

/// Position and row of a vertex, with marks for segments.
///
/// A segment is drawn from record `i` to `i + 1` where `i` is marked [`DRAW`]; the shader also
/// looks at the records before and after for the joints. A ring starts with a copy of its last
/// vertex and ends with copies of its first two, so that the joint at its start is like any other.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub(super) struct Record {
    pub x: i32,
    pub y: i32,
    pub row_and_marks: u32,
}

/// A segment to the next record is drawn.
const DRAW: u32 = 1 << 31;
/// The next record follows this one in the same line or ring.
const JOIN: u32 = 1 << 30;

/// A polygon so small that it is drawn as a turned rectangle of its size.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub(super) struct BoxRecord {
    /// The middle.
    pub x: i32,
    pub y: i32,
    pub row: u32,
    /// From the middle to the end of the longer axis, steps.
    pub along: [f32; 2],
    /// Half the other side, steps.
    pub half_width: f32,
}
