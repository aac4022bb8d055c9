//! One text shaper and measurer, without a screen: for figures, paper and labels.
//!
//! Text is shaped (kerning, ligatures, marks) into a [`Line`] of placed glyphs; its glyphs become
//! an [`Outline`], path commands that any writer can use (pixels, PDF, SVG). Lengths are in the
//! unit of the size asked for: points of the screen, or millimetres on paper. The y axis points
//! down, and a line starts at the left end of its baseline.

mod font;
mod line;
mod outline;
mod wrap;

pub use font::{Font, Metrics, metrics, rough_width};
pub use line::{Glyph, Line, shape};
pub use outline::{Outline, PathCommand};
pub use wrap::{fit, wrap};
