//! How a source says that its rows look.

/// What a file says of the look of all its rows alike: colours in sRGB with straight alpha (red,
/// green, blue, opacity). What it does not say is for the one who draws to choose.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// The inside of polygons, and point symbols.
    pub fill: Option<[u8; 4]>,
    /// Lines, and outlines of polygons.
    pub stroke: Option<[u8; 4]>,
    /// The width of lines and outlines, points of the screen (1/96 inch).
    pub stroke_width: Option<f32>,
    /// The size of point symbols, as a multiple of the usual one.
    pub point_scale: Option<f32>,
}
