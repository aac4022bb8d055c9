//! Where parts of a sheet stand that the person put somewhere: in millimetres from the nearest edge or
//! from the middle, so that on other paper they stand where one would look for them.

use serde::{Deserialize, Serialize};

/// A part that finds its place by itself, and can be put elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MovablePart {
    /// Title and subtitle.
    Title,
    /// The legend.
    Legend,
    /// The scale in figures, and its bar.
    ScaleBar,
    /// Where north is.
    North,
    /// The small map of where it is.
    Locator,
    /// What the scale holds for.
    Statement,
    /// The person's words, what was counted, the sources and the day.
    About,
    /// The line to check the size of a print with.
    CheckLine,
}

impl MovablePart {
    /// All of them.
    pub const ALL: [MovablePart; 8] = [
        MovablePart::Title,
        MovablePart::Legend,
        MovablePart::ScaleBar,
        MovablePart::North,
        MovablePart::Locator,
        MovablePart::Statement,
        MovablePart::About,
        MovablePart::CheckLine,
    ];

    /// Whether it can be made wider and narrower.
    pub fn has_width(self) -> bool {
        !matches!(self, MovablePart::ScaleBar | MovablePart::North | MovablePart::CheckLine)
    }
}

/// How far something stands from an edge or the middle of the paper along one side, millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FromEdge {
    /// Its left or upper side from that of the paper.
    Start(f32),
    /// Its middle from that of the paper.
    Middle(f32),
    /// Its right or lower side from that of the paper.
    End(f32),
}

/// As near to the middle as this, millimetres, something is kept there.
const IN_THE_MIDDLE: f32 = 0.8;

/// What stays free along the edges of the paper, millimetres.
pub const FREE_EDGE: f32 = 3.0;

impl FromEdge {
    /// Where something lies between two places along a side of the paper: from what is nearest.
    pub fn of([from, to]: [f32; 2], paper: f32) -> FromEdge {
        let (before, after) = (from, paper - to);
        let middle = f32::midpoint(from, to) - paper / 2.0;
        if middle.abs() < IN_THE_MIDDLE {
            FromEdge::Middle(middle)
        } else if before <= after {
            FromEdge::Start(before)
        } else {
            FromEdge::End(after)
        }
    }

    /// Where something of a length begins along a side of the paper; on the paper in any case.
    pub fn begin(self, length: f32, paper: f32) -> f32 {
        let begin = match self {
            FromEdge::Start(distance) => distance,
            FromEdge::Middle(distance) => paper / 2.0 + distance - length / 2.0,
            FromEdge::End(distance) => paper - distance - length,
        };
        let begin = if begin.is_finite() { begin } else { FREE_EDGE };
        let last = paper - length - FREE_EDGE;
        if last < FREE_EDGE {
            // It hardly has room.
            return ((paper - length) / 2.0).max(0.0);
        }
        begin.clamp(FREE_EDGE, last)
    }
}

/// Where something stands on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartPlace {
    /// From the left, the middle or the right.
    pub across: FromEdge,
    /// From the top, the middle or the bottom.
    pub down: FromEdge,
    /// How wide it is, millimetres; none for as wide as it is by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f32>,
}

impl PartPlace {
    /// The place of a rectangle (left, top, right, bottom) on paper of a size, millimetres.
    pub fn of([left, top, right, bottom]: [f32; 4], paper: [f32; 2]) -> PartPlace {
        PartPlace {
            across: FromEdge::of([left, right], paper[0]),
            down: FromEdge::of([top, bottom], paper[1]),
            width: None,
        }
    }

    /// The upper left corner of something of a size on paper of a size, millimetres.
    pub fn corner(self, size: [f32; 2], paper: [f32; 2]) -> [f32; 2] {
        [self.across.begin(size[0], paper[0]), self.down.begin(size[1], paper[1])]
    }

    /// How wide something is on paper of a width, within what can be, millimetres.
    pub fn width(self, usual: f32, paper: f32) -> f32 {
        let most = (paper - 2.0 * FREE_EDGE).max(1.0);
        let width = self.width.filter(|width| width.is_finite()).unwrap_or(usual);
        width.clamp(Self::LEAST.min(most), most)
    }

    /// The least width, millimetres.
    pub const LEAST: f32 = 10.0;
}

/// A block of the person's own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TextBlock {
    /// The words.
    #[serde(default)]
    pub text: String,
    /// How large its letters are, points on A4.
    pub size: f32,
    /// Where it stands.
    pub place: PartPlace,
}

impl TextBlock {
    /// The smallest and the largest letters, points.
    pub const SIZES: (f32, f32) = (5.0, 72.0);
    /// How wide it is where the person did not say, millimetres.
    pub const WIDTH: f32 = 60.0;
}

/// A logo out of a file of pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetLogo {
    /// Its file; in a project file relative to that.
    pub path: String,
    /// Where it stands.
    pub place: PartPlace,
}

impl SheetLogo {
    /// How wide it is where the person did not say, millimetres.
    pub const WIDTH: f32 = 30.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: [f32; 2], expected: [f32; 2]) {
        let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(apart < 1e-4, "{found:?} for {expected:?}");
    }

    #[test]
    fn a_part_keeps_its_distance_from_the_nearest_edge_on_other_paper() {
        let a4 = [210.0, 297.0];
        let size = [40.0, 20.0];
        // In the lower right corner, 12 mm from both edges.
        let place = PartPlace::of([158.0, 265.0, 198.0, 285.0], a4);
        assert_eq!(place.across, FromEdge::End(12.0));
        assert_eq!(place.down, FromEdge::End(12.0));
        near(place.corner(size, a4), [158.0, 265.0]);
        near(place.corner(size, [297.0, 420.0]), [245.0, 388.0]);
        // In the middle it stays there.
        let place = PartPlace::of([85.0, 10.0, 125.0, 30.0], a4);
        assert_eq!(place.across, FromEdge::Middle(0.0));
        near(place.corner(size, [297.0, 420.0]), [128.5, 10.0]);
        // Never beyond the paper, whatever a file says.
        for bad in [f32::NAN, f32::INFINITY, -1e9, 1e9] {
            for place in [FromEdge::Start(bad), FromEdge::Middle(bad), FromEdge::End(bad)] {
                let begin = place.begin(40.0, 210.0);
                assert!((0.0..=170.0).contains(&begin), "{place:?}: {begin}");
                assert!(place.begin(300.0, 210.0).abs() < 1e-6);
            }
        }
    }
}
