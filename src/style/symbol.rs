//! How one row is drawn.

use serde::{Deserialize, Serialize};

use super::icon::Icon;
use super::{Color, default_symbol};

/// How a row is drawn. Widths and sizes are in points of the screen (1/96 inch) and scale with its
/// resolution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Symbol {
    /// The inside of polygons and point symbols.
    pub fill: Color,
    /// Outlines and lines.
    pub stroke: Color,
    /// The width of outlines and lines.
    pub stroke_width: f32,
    /// Outlines and lines in pieces.
    #[serde(skip_serializing_if = "is_default")]
    pub dash: Dash,
    /// The corners of outlines and lines.
    #[serde(skip_serializing_if = "is_default")]
    pub join: Join,
    /// Arrow heads at the ends of lines, in the colour of the line.
    #[serde(skip_serializing_if = "is_default")]
    pub heads: Heads,
    /// A pattern over the inside of polygons, in the colour of the outline.
    #[serde(skip_serializing_if = "is_default")]
    pub hatch: Hatch,
    /// The diameter of point symbols; see [`PointShape::corners`]. The outline is centred on their
    /// edge.
    pub point_size: f32,
    /// The shape of point symbols.
    pub shape: PointShape,
    /// A picture inside point symbols.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<Icon>,
    /// How far point symbols are turned, degrees clockwise.
    #[serde(skip_serializing_if = "is_default")]
    pub rotation: f32,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Default for Symbol {
    fn default() -> Self {
        default_symbol(None, 0)
    }
}

impl Symbol {
    /// What every symbol begins as: black outlines around nothing.
    pub(super) const BARE: Symbol = Symbol {
        fill: Color::rgb(0xffffff).with_alpha(0),
        stroke: Color::rgb(0x000000),
        stroke_width: 1.0,
        dash: Dash::Solid,
        join: Join::Round,
        heads: Heads::None,
        hatch: Hatch::None,
        point_size: 10.0,
        shape: PointShape::Circle,
        icon: None,
        rotation: 0.0,
    };
}

impl Symbol {
    /// Whether nothing is drawn: only names are.
    pub fn is_invisible(&self) -> bool {
        self.fill.a == 0 && (self.stroke.a == 0 || self.stroke_width <= 0.0) && self.icon.is_none()
    }

    /// The symbol at an opacity of 0 to 1.
    #[must_use]
    pub fn in_opacity(self, opacity: f32) -> Symbol {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let faded = |color: Color| {
            color.with_alpha((f32::from(color.a) * opacity.clamp(0.0, 1.0)).round() as u8)
        };
        Symbol { fill: faded(self.fill), stroke: faded(self.stroke), ..self }
    }
}

/// The shape of a point symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// A star of five points, one of them up.
    Star,
    /// A cross of two bars, upright.
    Cross,
}

impl PointShape {
    /// All shapes, in the order in which they are offered.
    pub const ALL: [PointShape; 6] = [
        PointShape::Circle,
        PointShape::Square,
        PointShape::Triangle,
        PointShape::Diamond,
        PointShape::Star,
        PointShape::Cross,
    ];
}

/// A line in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dash {
    /// In one piece.
    #[default]
    Solid,
    /// Dashes.
    Dashed,
    /// Long dashes.
    Long,
    /// Dots.
    Dotted,
    /// A dash, a dot.
    DashDot,
}

impl Dash {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Dash; 5] = [Dash::Solid, Dash::Dashed, Dash::Long, Dash::Dotted, Dash::DashDot];

    /// Drawn and left out by turns, in widths of the line; empty for one piece. Ends are butt: a
    /// dot is as long as the line is wide.
    pub fn pattern(self) -> &'static [f32] {
        match self {
            Dash::Solid => &[],
            Dash::Dashed => &[4.0, 3.0],
            Dash::Long => &[8.0, 4.0],
            Dash::Dotted => &[1.0, 2.0],
            Dash::DashDot => &[5.0, 2.0, 1.0, 2.0],
        }
    }
}

/// The corners of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    /// Rounded.
    #[default]
    Round,
    /// Pointed, unless the corner is so sharp that the point would reach far.
    Miter,
    /// Cut off.
    Bevel,
}

impl Join {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Join; 3] = [Join::Round, Join::Miter, Join::Bevel];
}

/// Arrow heads at the ends of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heads {
    /// None.
    #[default]
    None,
    /// Where the line ends.
    End,
    /// Where it begins.
    Start,
    /// At both ends.
    Both,
}

impl Heads {
    /// All ways, in the order in which they are offered.
    pub const ALL: [Heads; 4] = [Heads::None, Heads::End, Heads::Start, Heads::Both];

    /// Whether there is one where the line ends.
    pub fn at_end(self) -> bool {
        matches!(self, Heads::End | Heads::Both)
    }

    /// Whether there is one where the line begins.
    pub fn at_start(self) -> bool {
        matches!(self, Heads::Start | Heads::Both)
    }

    /// How long the head of a line of a width is, and half as wide as it is at its back: points. A
    /// thin line has a head that is seen, too. The line itself ends at half its length.
    pub fn size(width: f32) -> [f32; 2] {
        [3.0 * width + 4.0, 1.2 * width + 2.0]
    }
}

/// A pattern over an area: tells classes apart where colours cannot, as in a black-and-white copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hatch {
    /// None.
    #[default]
    None,
    /// Lines that rise to the right.
    Rising,
    /// Lines that fall to the right.
    Falling,
    /// Lines from left to right.
    Level,
    /// Lines from top to bottom.
    Upright,
    /// Rising and falling lines.
    Crossed,
    /// Level and upright lines.
    Grid,
    /// Dots.
    Dots,
}

impl Hatch {
    /// All patterns, in the order in which they are offered.
    pub const ALL: [Hatch; 8] = [
        Hatch::None,
        Hatch::Rising,
        Hatch::Falling,
        Hatch::Level,
        Hatch::Upright,
        Hatch::Crossed,
        Hatch::Grid,
        Hatch::Dots,
    ];

    /// From one line or dot of a pattern to the next, points.
    pub const STEP: f32 = 7.0;

    /// How wide its lines are, points.
    pub const WIDTH: f32 = 1.0;
}
