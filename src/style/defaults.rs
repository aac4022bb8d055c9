//! The first look of a new layer.

use super::{Color, PointShape, Style};
use crate::table::PartKind;

/// Distinct hues that keep their order of difference for the common kinds of colour blindness:
/// Okabe and Ito, "Color Universal Design" (2008), reordered so that neighbours differ most;
/// black and yellow are left out, as they do not read on a map.
const HUES: [Color; 6] = [
    Color::rgb(0x0072b2),
    Color::rgb(0xd55e00),
    Color::rgb(0x009e73),
    Color::rgb(0xcc79a7),
    Color::rgb(0xe69f00),
    Color::rgb(0x56b4e9),
];

const SHAPES: [PointShape; 4] =
    [PointShape::Circle, PointShape::Square, PointShape::Triangle, PointShape::Diamond];

/// The look of the `number`-th layer (from 0), by what it mostly holds: polygons see-through so
/// that the map below stays readable, points with a light rim so that they stand apart.
pub fn default_style(kind: Option<PartKind>, number: usize) -> Style {
    let hue = HUES.get(number % HUES.len()).copied().unwrap_or(Color::rgb(0x0072b2));
    let shape = SHAPES.get(number % SHAPES.len()).copied().unwrap_or_default();
    match kind {
        Some(PartKind::Polygon) => Style {
            fill: hue.with_alpha(56),
            stroke: hue,
            stroke_width: 1.5,
            point_size: 9.0,
            shape,
        },
        Some(PartKind::Line) => {
            Style { fill: hue, stroke: hue, stroke_width: 2.0, point_size: 9.0, shape }
        }
        Some(PartKind::Point) | None => Style {
            fill: hue,
            stroke: Color::rgb(0xffffff),
            stroke_width: 1.25,
            point_size: 10.0,
            shape,
        },
    }
}
