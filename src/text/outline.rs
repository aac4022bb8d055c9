//! Paths as a list of commands.

use rustybuzz::ttf_parser::OutlineBuilder;

/// One step of a path. Positions are x and y, y pointing down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathCommand {
    /// Starts a contour.
    MoveTo([f32; 2]),
    /// A straight line.
    LineTo([f32; 2]),
    /// A quadratic Bézier curve: control point, end.
    QuadTo([f32; 2], [f32; 2]),
    /// A cubic Bézier curve: two control points, end.
    CubicTo([f32; 2], [f32; 2], [f32; 2]),
    /// Closes the contour.
    Close,
}

/// A path of any number of contours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The steps.
    pub commands: Vec<PathCommand>,
}

impl Outline {
    /// An empty path.
    pub fn new() -> Outline {
        Outline::default()
    }

    /// A rectangle from its corner and size.
    pub fn rectangle([x, y]: [f32; 2], [width, height]: [f32; 2]) -> Outline {
        Outline::polygon(&[[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
    }

    /// A rectangle with round corners.
    pub fn rounded([x, y]: [f32; 2], [width, height]: [f32; 2], radius: f32) -> Outline {
        use PathCommand::{Close, CubicTo, LineTo, MoveTo};
        let r = radius.min(width / 2.0).min(height / 2.0).max(0.0);
        let (right, bottom) = (x + width, y + height);
        let k = r * (1.0 - CIRCLE);
        Outline {
            commands: vec![
                MoveTo([x + r, y]),
                LineTo([right - r, y]),
                CubicTo([right - k, y], [right, y + k], [right, y + r]),
                LineTo([right, bottom - r]),
                CubicTo([right, bottom - k], [right - k, bottom], [right - r, bottom]),
                LineTo([x + r, bottom]),
                CubicTo([x + k, bottom], [x, bottom - k], [x, bottom - r]),
                LineTo([x, y + r]),
                CubicTo([x, y + k], [x + k, y], [x + r, y]),
                Close,
            ],
        }
    }

    /// A circle.
    pub fn circle([x, y]: [f32; 2], radius: f32) -> Outline {
        Outline::rounded([x - radius, y - radius], [2.0 * radius, 2.0 * radius], radius)
    }

    /// A closed contour through points.
    pub fn polygon(points: &[[f32; 2]]) -> Outline {
        let mut outline = Outline::new();
        outline.push_polygon(points);
        outline
    }

    /// An open contour through points.
    pub fn line(points: &[[f32; 2]]) -> Outline {
        let mut outline = Outline::new();
        outline.push_line(points);
        outline
    }

    /// Adds an open contour through points.
    pub fn push_line(&mut self, points: &[[f32; 2]]) {
        let Some((first, rest)) = points.split_first() else { return };
        self.commands.reserve(points.len());
        self.commands.push(PathCommand::MoveTo(*first));
        self.commands.extend(rest.iter().map(|point| PathCommand::LineTo(*point)));
    }

    /// Adds a closed contour through points.
    pub fn push_polygon(&mut self, points: &[[f32; 2]]) {
        // Most paths have one contour: without this it would take twice the room it needs.
        self.commands.reserve(points.len() + 1);
        self.push_line(points);
        if !points.is_empty() {
            self.commands.push(PathCommand::Close);
        }
    }

    /// Adds another path, scaled and then moved.
    pub fn push_placed(&mut self, other: &Outline, scale: f32, [dx, dy]: [f32; 2]) {
        self.push_changed(other, |[x, y]| [x * scale + dx, y * scale + dy]);
    }

    /// Adds another path, scaled, turned clockwise by an angle (radians) and then moved.
    pub fn push_turned(&mut self, other: &Outline, scale: f32, angle: f32, [dx, dy]: [f32; 2]) {
        let (sin, cos) = angle.sin_cos();
        let (sin, cos) = (sin * scale, cos * scale);
        let put = |[x, y]: [f32; 2]| [x * cos - y * sin + dx, x * sin + y * cos + dy];
        self.push_changed(other, put);
    }

    fn push_changed(&mut self, other: &Outline, put: impl Fn([f32; 2]) -> [f32; 2]) {
        self.commands.extend(other.commands.iter().map(|command| match *command {
            PathCommand::MoveTo(to) => PathCommand::MoveTo(put(to)),
            PathCommand::LineTo(to) => PathCommand::LineTo(put(to)),
            PathCommand::QuadTo(via, to) => PathCommand::QuadTo(put(via), put(to)),
            PathCommand::CubicTo(a, b, to) => PathCommand::CubicTo(put(a), put(b), put(to)),
            PathCommand::Close => PathCommand::Close,
        }));
    }

    /// The path for the painter of pixels, scaled and then moved; none where there is nothing.
    pub fn to_path(&self, scale: f32, [dx, dy]: [f32; 2]) -> Option<tiny_skia::Path> {
        let mut path =
            tiny_skia::PathBuilder::with_capacity(self.commands.len(), self.commands.len());
        let put = |[x, y]: [f32; 2]| (x * scale + dx, y * scale + dy);
        for command in &self.commands {
            match *command {
                PathCommand::MoveTo(to) => {
                    let (x, y) = put(to);
                    path.move_to(x, y);
                }
                PathCommand::LineTo(to) => {
                    let (x, y) = put(to);
                    path.line_to(x, y);
                }
                PathCommand::QuadTo(via, to) => {
                    let ((x1, y1), (x, y)) = (put(via), put(to));
                    path.quad_to(x1, y1, x, y);
                }
                PathCommand::CubicTo(a, b, to) => {
                    let ((x1, y1), (x2, y2), (x, y)) = (put(a), put(b), put(to));
                    path.cubic_to(x1, y1, x2, y2, x, y);
                }
                PathCommand::Close => path.close(),
            }
        }
        path.finish()
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }

    /// The smallest box around all points, control points among them: left, top, right, bottom.
    pub fn bounds(&self) -> Option<[f32; 4]> {
        let mut bounds = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        let mut take = |[x, y]: [f32; 2]| {
            let [left, top, right, bottom] = bounds;
            bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
        };
        for command in &self.commands {
            match *command {
                PathCommand::MoveTo(to) | PathCommand::LineTo(to) => take(to),
                PathCommand::QuadTo(via, to) => [via, to].into_iter().for_each(&mut take),
                PathCommand::CubicTo(a, b, to) => [a, b, to].into_iter().for_each(&mut take),
                PathCommand::Close => {}
            }
        }
        (bounds[0] <= bounds[2]).then_some(bounds)
    }
}

/// How far a cubic Bézier curve's control points lie from its ends to draw a quarter of a circle of
/// radius 1: 4/3 (√2 − 1), which puts the middle of the curve on the circle.
const CIRCLE: f32 = 0.552_284_8;

/// Collects a glyph's outline, turning the font's upward y axis down.
#[derive(Default)]
pub(super) struct GlyphPen {
    pub(super) outline: Outline,
    /// 1 / units per em.
    pub(super) scale: f32,
}

impl GlyphPen {
    fn put(&self, x: f32, y: f32) -> [f32; 2] {
        [x * self.scale, -y * self.scale]
    }
}

impl OutlineBuilder for GlyphPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.outline.commands.push(PathCommand::MoveTo(self.put(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.outline.commands.push(PathCommand::LineTo(self.put(x, y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.outline.commands.push(PathCommand::QuadTo(self.put(x1, y1), self.put(x, y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let command = PathCommand::CubicTo(self.put(x1, y1), self.put(x2, y2), self.put(x, y));
        self.outline.commands.push(command);
    }

    fn close(&mut self) {
        self.outline.commands.push(PathCommand::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_know_their_bounds() {
        assert_eq!(Outline::new().bounds(), None);
        assert_eq!(Outline::circle([5.0, 7.0], 2.0).bounds(), Some([3.0, 5.0, 7.0, 9.0]));
        let mut moved = Outline::new();
        moved.push_placed(&Outline::rectangle([0.0, 0.0], [1.0, 2.0]), 3.0, [10.0, 20.0]);
        assert_eq!(moved.bounds(), Some([10.0, 20.0, 13.0, 26.0]));
        let mut turned = Outline::new();
        let quarter = std::f32::consts::FRAC_PI_2;
        turned.push_turned(&Outline::rectangle([0.0, 0.0], [1.0, 2.0]), 3.0, quarter, [10.0, 20.0]);
        let bounds = turned.bounds().unwrap_or_default();
        let wanted = [4.0, 20.0, 10.0, 23.0];
        assert!(bounds.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-5), "{bounds:?}");
    }
}
