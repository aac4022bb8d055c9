//! The first look of a new layer.

use super::ramp::luminance;
use super::{By, Color, PointShape, Symbol};
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

/// The same hues for lines, which have no rim: the light ones darker, so that all stand out 3 : 1
/// from light and from dark land (tested with the basemaps' looks), as far apart as that leaves
/// them for the colour-blind.
const LINES: [Color; 6] = [
    Color::rgb(0x0072b2),
    Color::rgb(0xd55e00),
    Color::rgb(0x009e73),
    Color::rgb(0xba739a),
    Color::rgb(0x856935),
    Color::rgb(0x388ce0),
];

/// Hues lighter than this do not stand out from light land: points in them have a dark rim.
const LIGHT: f64 = 0.26;

/// The hue of the `number`-th line (from 0) of a map or a chart: it stands out 3 : 1 from light and
/// from dark ground, and from the others for the colour-blind.
pub fn line_hue(number: usize) -> Color {
    LINES.get(number % LINES.len()).copied().unwrap_or(Color::rgb(0x0072b2))
}

const SHAPES: [PointShape; 4] =
    [PointShape::Circle, PointShape::Square, PointShape::Triangle, PointShape::Diamond];

/// The look of the `number`-th layer (from 0), by what it mostly holds: polygons see-through so
/// that the map below stays readable, points with a light or dark rim so that they stand apart.
pub fn default_symbol(kind: Option<PartKind>, number: usize) -> Symbol {
    let hue = HUES.get(number % HUES.len()).copied().unwrap_or(Color::rgb(0x0072b2));
    let line = line_hue(number);
    let rim = Color::rgb(if luminance(hue) > LIGHT { 0x2b2f36 } else { 0xffffff });
    let shape = SHAPES.get(number % SHAPES.len()).copied().unwrap_or_default();
    match kind {
        Some(PartKind::Polygon) => Symbol {
            fill: hue.with_alpha(56),
            stroke: line,
            stroke_width: 1.5,
            point_size: 9.0,
            shape,
            ..Symbol::BARE
        },
        Some(PartKind::Line) => Symbol {
            fill: line,
            stroke: line,
            stroke_width: 2.0,
            point_size: 9.0,
            shape,
            ..Symbol::BARE
        },
        Some(PartKind::Point) | None => Symbol {
            fill: hue,
            stroke: rim,
            stroke_width: 1.25,
            point_size: 10.0,
            shape,
            ..Symbol::BARE
        },
    }
}

/// A symbol made fit for classes, where it still looks as by default: areas filled so that their
/// colours can be compared, with thin light outlines; lines wide enough to have a colour.
#[must_use]
pub fn symbol_for_classes(symbol: Symbol, kind: Option<PartKind>, by: &By) -> Symbol {
    match (kind, by) {
        (_, By::Nothing | By::Rules(_)) => symbol,
        (Some(PartKind::Polygon), _) if symbol.fill.a < 128 => Symbol {
            fill: symbol.fill.with_alpha(217),
            stroke: Color::rgb(0xffffff),
            stroke_width: symbol.stroke_width.min(1.0),
            ..symbol
        },
        (Some(PartKind::Line), _) => {
            Symbol { stroke_width: symbol.stroke_width.max(2.5), ..symbol }
        }
        _ => symbol,
    }
}
