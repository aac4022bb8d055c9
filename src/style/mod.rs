//! How rows look. This first form: one symbol per layer, with distinct, readable defaults.

pub mod breaks;
mod color;
mod defaults;
mod labels;
mod legend;
mod look;
pub mod ramp;
mod symbol;

pub use color::Color;
pub use defaults::default_style;
pub use labels::{LABEL_SIZES, LabelPriority, LabelStyle, Pin, Pins, WIDEST_HALO};
pub use legend::{Legend, LegendEntry, LegendGroup, LegendLayer, symbols_of};

use serde::{Deserialize, Serialize};

/// How a layer is drawn. Widths and sizes are in points of the screen (1/96 inch) and scale with
/// its resolution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Style {
    /// The inside of polygons and point symbols.
    pub fill: Color,
    /// Outlines and lines.
    pub stroke: Color,
    /// The width of outlines and lines.
    pub stroke_width: f32,
    /// The diameter of point symbols; see [`PointShape::corners`]. The outline is centred on their
    /// edge.
    pub point_size: f32,
    /// The shape of point symbols.
    pub shape: PointShape,
}

impl Default for Style {
    fn default() -> Self {
        default_style(None, 0)
    }
}

/// The shape of a point symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointShape {
    /// A disc.
    #[default]
    Circle,
    /// A square.
    Square,
    /// A triangle, point up.
    Triangle,
    /// A square on its corner.
    Diamond,
}
