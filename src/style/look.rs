//! The look that a file says its rows have, as a style, and the way back.

use super::{Color, Symbol};
use crate::table::Look;

/// The diameter of a point symbol of the usual size: [`Look::point_scale`] 1.
const USUAL_SIZE: f32 = 10.0;

/// The sizes that a file may ask for.
const SIZES: std::ops::RangeInclusive<f32> = 2.0..=64.0;

/// The widths that a file may ask for.
const WIDTHS: std::ops::RangeInclusive<f32> = 0.0..=64.0;

impl Symbol {
    /// The style with what a file says of the look of its rows.
    #[must_use]
    pub fn with_look(self, look: Look) -> Symbol {
        let color = |rgba: [u8; 4]| {
            let [r, g, b, a] = rgba;
            Color { r, g, b, a }
        };
        let within = |value: f32, range: &std::ops::RangeInclusive<f32>| {
            value.clamp(*range.start(), *range.end())
        };
        let size = look.point_scale.filter(|scale| scale.is_finite());
        let width = look.stroke_width.filter(|width| width.is_finite());
        Symbol {
            fill: look.fill.map_or(self.fill, color),
            stroke: look.stroke.map_or(self.stroke, color),
            stroke_width: width.map_or(self.stroke_width, |width| within(width, &WIDTHS)),
            point_size: size.map_or(self.point_size, |scale| within(scale * USUAL_SIZE, &SIZES)),
            ..self
        }
    }

    /// The style as files can say it.
    pub fn as_look(self) -> Look {
        let rgba = |color: Color| [color.r, color.g, color.b, color.a];
        Look {
            fill: Some(rgba(self.fill)),
            stroke: Some(rgba(self.stroke)),
            stroke_width: Some(self.stroke_width),
            point_scale: Some(self.point_size / USUAL_SIZE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::default_symbol;
    use crate::table::PartKind;

    #[test]
    fn a_style_comes_back_from_its_look() {
        for kind in [PartKind::Point, PartKind::Line, PartKind::Polygon] {
            let style = default_symbol(Some(kind), 3);
            let other = Symbol { shape: style.shape, ..default_symbol(None, 0) };
            assert_eq!(other.with_look(style.as_look()), style);
            assert_eq!(style.with_look(Look::default()), style);
        }
        let absurd =
            Look { stroke_width: Some(f32::NAN), point_scale: Some(1e30), ..Look::default() };
        let style = default_symbol(None, 0);
        let made = style.with_look(absurd);
        assert_eq!(made, Symbol { point_size: 64.0, ..style });
    }
}
