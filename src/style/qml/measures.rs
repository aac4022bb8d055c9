//! Lengths, colours, shapes and strokes in both languages.

use crate::style::{Color, Dash, Hatch, Join, PointShape};

/// Our points (1/96 inch) in one of QGIS' (1/72 inch).
pub(super) const POINT: f64 = 96.0 / 72.0;

/// Our points in a unit of QGIS; none for units of the map, which change with its scale.
pub(super) fn unit(name: &str) -> Option<f64> {
    match name {
        "MM" | "" => Some(96.0 / 25.4),
        "Point" | "Points" => Some(POINT),
        "Pixel" | "Pixels" => Some(1.0),
        "Inch" | "Inches" => Some(96.0),
        _ => None,
    }
}

/// A length as we keep it, rounded to what anyone means.
#[expect(clippy::cast_possible_truncation, reason = "a length on a screen")]
pub(super) fn ours(length: f64) -> f32 {
    (length * 1e4).round() as f32 / 1e4
}

/// A length of ours in QGIS' points.
pub(super) fn theirs(length: f32) -> String {
    let points = f64::from(length) / POINT;
    format!("{}", (points * 1e9).round() / 1e9)
}

/// A colour: `r,g,b` or `r,g,b,a`, and whatever follows in later versions.
pub(super) fn color(text: &str) -> Option<Color> {
    let mut parts = text.split(',').map(|part| part.trim().parse::<u8>().ok());
    let rgb = (parts.next().flatten(), parts.next().flatten(), parts.next().flatten());
    let (Some(r), Some(g), Some(b)) = rgb else { return Color::parse(text.trim()) };
    Some(Color { r, g, b, a: parts.next().flatten().unwrap_or(255) })
}

/// A colour as QGIS writes it.
pub(super) fn written_color(Color { r, g, b, a }: Color) -> String {
    format!("{r},{g},{b},{a}")
}

/// Our shapes, their names there, and the size there of one that covers the area of a circle of
/// diameter 1, as ours do. A square there is as wide as its size, the corners of a diamond and of
/// an equilateral triangle lie on the circle; star (inner corners at 0.382) and cross (bars of
/// 0.2) are slimmer than ours and therefore larger.
pub(super) const SHAPES: [(PointShape, &str, f64); 6] = [
    (PointShape::Circle, "circle", 1.0),
    (PointShape::Square, "square", 0.886_226_925),
    (PointShape::Triangle, "equilateral_triangle", 1.555_126_826),
    (PointShape::Diamond, "diamond", 1.253_314_137),
    (PointShape::Star, "star", 1.672_764_5),
    (PointShape::Cross, "cross_fill", 1.477_046_3),
];

/// The name of a shape, and how much larger its size is than our diameter.
pub(super) fn shape_name(shape: PointShape) -> (&'static str, f64) {
    let found = SHAPES.iter().find(|(known, ..)| *known == shape);
    found.map_or(("circle", 1.0), |(_, name, factor)| (name, *factor))
}

/// A shape by its name, and how much larger its size is than our diameter.
pub(super) fn shape(name: &str) -> Option<(PointShape, f64)> {
    let name = match name {
        // Numbers of Qt's list in very old files are not known; these have two names.
        "rectangle" => "square",
        "regular_star" => "star",
        "cross" => return Some((PointShape::Cross, shape_name(PointShape::Cross).1)),
        // As wide as high, the point up.
        "triangle" => return Some((PointShape::Triangle, 1.253_314_137)),
        other => other,
    };
    let found = SHAPES.iter().find(|(_, known, _)| *known == name);
    found.map(|(shape, _, factor)| (*shape, *factor))
}

/// A line in pieces by its name there; none for no line at all. Also whether it is just that.
pub(super) fn dash(style: &str) -> Option<(Dash, bool)> {
    match style {
        "no" => None,
        "dash" => Some((Dash::Dashed, true)),
        "dot" => Some((Dash::Dotted, true)),
        "dash dot" => Some((Dash::DashDot, true)),
        "dash dot dot" => Some((Dash::DashDot, false)),
        _ => Some((Dash::Solid, true)),
    }
}

/// The name of a line in pieces, for what has no pattern of its own there.
pub(super) fn dash_name(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "solid",
        Dash::Dashed | Dash::Long => "dash",
        Dash::Dotted => "dot",
        Dash::DashDot => "dash dot",
    }
}

/// The line in pieces nearest to a pattern in widths of the line, and whether it is just that.
pub(super) fn dash_of(pattern: &[f64]) -> (Dash, bool) {
    let is_so = |dash: &Dash| {
        let ours = dash.pattern();
        let near = |(a, b): (&f32, &f64)| (f64::from(*a) - b).abs() <= 0.02 * b.abs().max(1.0);
        ours.len() == pattern.len() && ours.iter().zip(pattern).all(near)
    };
    if let Some(found) = Dash::ALL.iter().find(|dash| is_so(dash)) {
        return (*found, true);
    }
    match pattern {
        [] => (Dash::Solid, false),
        [drawn, _] if *drawn <= 1.5 => (Dash::Dotted, false),
        [drawn, _] if *drawn < 6.0 => (Dash::Dashed, false),
        [_, _] => (Dash::Long, false),
        _ => (Dash::DashDot, false),
    }
}

/// Corners by their name.
pub(super) fn join(name: &str) -> Join {
    match name {
        "round" => Join::Round,
        "miter" => Join::Miter,
        _ => Join::Bevel,
    }
}

/// The name of corners.
pub(super) fn join_name(join: Join) -> &'static str {
    match join {
        Join::Round => "round",
        Join::Miter => "miter",
        Join::Bevel => "bevel",
    }
}

/// The pattern of a brush by its name; none for a plain one.
pub(super) fn brush(style: &str) -> Option<Hatch> {
    Some(match style {
        "horizontal" => Hatch::Level,
        "vertical" => Hatch::Upright,
        "cross" => Hatch::Grid,
        "b_diagonal" => Hatch::Rising,
        "f_diagonal" => Hatch::Falling,
        "diagonal_x" => Hatch::Crossed,
        "dense1" | "dense2" | "dense3" | "dense4" | "dense5" | "dense6" | "dense7" => Hatch::Dots,
        _ => return None,
    })
}

/// The angles of the lines of a pattern, degrees, counted against the clock from level lines.
pub(super) fn angles(hatch: Hatch) -> &'static [f64] {
    match hatch {
        Hatch::None | Hatch::Dots => &[],
        Hatch::Rising => &[45.0],
        Hatch::Falling => &[135.0],
        Hatch::Level => &[0.0],
        Hatch::Upright => &[90.0],
        Hatch::Crossed => &[45.0, 135.0],
        Hatch::Grid => &[0.0, 90.0],
    }
}

/// The pattern nearest to one of lines at an angle, and whether it is just that.
pub(super) fn hatch_at(angle: f64) -> (Hatch, bool) {
    let angle = angle.rem_euclid(180.0);
    let apart = |at: f64| {
        let apart = (angle - at).abs();
        apart.min(180.0 - apart)
    };
    let single = [
        (Hatch::Level, 0.0),
        (Hatch::Rising, 45.0),
        (Hatch::Upright, 90.0),
        (Hatch::Falling, 135.0),
    ];
    let nearest = single.into_iter().min_by(|a, b| apart(a.1).total_cmp(&apart(b.1)));
    nearest.map_or((Hatch::Level, false), |(hatch, at)| (hatch, apart(at) < 1.0))
}

/// Two patterns of lines over each other.
pub(super) fn both(one: Hatch, other: Hatch) -> Option<Hatch> {
    match (one, other) {
        (Hatch::None, hatch) => Some(hatch),
        (one, other) if one == other => Some(one),
        (Hatch::Rising, Hatch::Falling) | (Hatch::Falling, Hatch::Rising) => Some(Hatch::Crossed),
        (Hatch::Level, Hatch::Upright) | (Hatch::Upright, Hatch::Level) => Some(Hatch::Grid),
        _ => None,
    }
}

/// A number as Qt makes it a text, by which QGIS finds the category of a row: the fewest digits
/// that give it back, with an exponent where that is much shorter.
pub(super) fn qt_number(number: f64) -> String {
    let scientific = format!("{number:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let digits = mantissa.chars().filter(char::is_ascii_digit).count();
    let power: i32 = exponent.parse().unwrap_or(0);
    let is_long = usize::try_from(power).is_ok_and(|power| power + 1 > digits + 5);
    if is_long || power < -4 {
        let sign = if power < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", power.unsigned_abs());
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `to_string` of QGIS 3.22 gives them.
    #[test]
    fn numbers_are_written_as_qt_writes_them() {
        for (number, text) in [
            (3.0, "3"),
            (2.5, "2.5"),
            (100_000.0, "100000"),
            (1_000_000.0, "1e+06"),
            (1_200_000.0, "1200000"),
            (12_000_000.0, "1.2e+07"),
            (1_234_567.0, "1234567"),
            (1e16, "1e+16"),
            (0.000_1, "0.0001"),
            (0.000_012_34, "1.234e-05"),
            (-0.000_012, "-1.2e-05"),
            (-20_000.0, "-20000"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(qt_number(number), text);
        }
    }

    #[test]
    fn all_that_is_written_is_read_back() {
        for known in PointShape::ALL {
            let (name, factor) = shape_name(known);
            assert_eq!(shape(name), Some((known, factor)));
        }
        for dash in Dash::ALL {
            let pattern: Vec<f64> = dash.pattern().iter().map(|part| f64::from(*part)).collect();
            assert_eq!(dash_of(&pattern), (dash, true));
        }
        for known in Join::ALL {
            assert_eq!(join(join_name(known)), known);
        }
        for hatch in Hatch::ALL {
            let mut found = Hatch::None;
            for angle in angles(hatch) {
                found = both(found, hatch_at(*angle).0).unwrap_or_default();
            }
            assert!(found == hatch || hatch == Hatch::Dots);
        }
        for text in ["1,2,3,4", "255,0,0,255"] {
            assert_eq!(color(text).map(written_color).as_deref(), Some(text));
        }
        assert_eq!(color("1,2,3"), Some(Color { r: 1, g: 2, b: 3, a: 255 }));
        assert_eq!(color("1,2,3,128,rgb:0.1,0.2,0.3,0.5").map(|color| color.a), Some(128));
        assert_eq!(color("300,2,3"), None);
    }
}
