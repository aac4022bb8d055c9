//! Labels in their places.

use std::sync::Arc;

use super::boxes::TurnedBox;
use super::frame::Region;
use crate::text::{Line, Outline};

/// A label in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabel {
    /// The number of its layer among those given, the topmost being 0.
    pub layer: usize,
    /// The row it names; of a street the first of its rows.
    pub row: u32,
    /// The number of what it names in its [`super::LabelSource`].
    pub(super) unit: u32,
    /// Its middle, Web Mercator metres.
    pub at: [f64; 2],
    /// What is written, in points from the middle.
    pub text: LabelText,
    /// What it covers, points of the world: the boxes around the ink of its letters, with its halo.
    pub boxes: Vec<TurnedBox>,
    /// Whether it was put there by hand.
    pub is_pinned: bool,
    /// The place it is about, Web Mercator metres.
    pub about: [f64; 2],
}

/// The letters of a label. Positions are the starts of baselines, from the label's middle, y
/// pointing down.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelText {
    /// Upright lines.
    Lines(Vec<(Line, [f32; 2])>),
    /// A line of text along a line of the map: where each glyph is, and its angle clockwise,
    /// radians.
    Along(Line, Vec<([f32; 2], f32)>),
}

impl LabelText {
    /// The ink, from the label's middle.
    pub fn outline(&self) -> Outline {
        let mut ink = Outline::new();
        match self {
            LabelText::Lines(lines) => {
                for (line, at) in lines {
                    ink.push_placed(&line.outline(), 1.0, *at);
                }
            }
            LabelText::Along(line, places) => {
                for (glyph, (at, angle)) in line.glyphs.iter().zip(places) {
                    if let Some(outline) = glyph.font.glyph_outline(glyph.id) {
                        ink.push_turned(&outline, line.size, *angle, *at);
                    }
                }
            }
        }
        ink
    }

    /// As it reads, line by line.
    pub fn to_text(&self) -> String {
        match self {
            LabelText::Lines(lines) => {
                let lines: Vec<&str> = lines.iter().map(|(line, _)| line.text.as_str()).collect();
                lines.join("\n")
            }
            LabelText::Along(line, _) => line.text.clone(),
        }
    }
}

impl PlacedLabel {
    /// Whether it is written along a line.
    pub fn is_along(&self) -> bool {
        matches!(self.text, LabelText::Along(..))
    }

    /// Left, top, right and bottom of what it covers, points of the world.
    pub fn bounds(&self) -> [f64; 4] {
        bounds(&self.boxes)
    }

    /// Where a line from the label to what it is about starts and ends, points of the world; none
    /// where it stands near enough.
    pub fn leader(&self, region: &Region) -> Option<[[f64; 2]; 2]> {
        /// A label farther away than this needs a line.
        const FAR: f64 = 14.0;
        if !self.is_pinned {
            return None;
        }
        let about = region.to_world(self.about);
        let [left, top, right, bottom] = self.bounds();
        let nearest = [about[0].clamp(left, right), about[1].clamp(top, bottom)];
        let far = (nearest[0] - about[0]).hypot(nearest[1] - about[1]);
        (far > FAR).then_some([nearest, about])
    }
}

pub(super) fn bounds(boxes: &[TurnedBox]) -> [f64; 4] {
    let all = boxes.iter().map(TurnedBox::bounds);
    all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
        .unwrap_or_default()
}

/// What became of something to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It has its label.
    Shown,
    /// Its name is longer than it is.
    TooLong,
    /// Every place for its name is taken.
    Collides,
    /// The place for its name is out of sight.
    Beyond,
    /// It has no name.
    NoText,
}

/// All labels of a region.
#[derive(Clone, Debug)]
pub struct Placement {
    /// What it is for.
    pub region: Region,
    /// The labels; those placed first come first.
    pub labels: Vec<PlacedLabel>,
    /// Of each layer what was to be named, and what became of each unit.
    pub(super) layers: Vec<(Arc<super::LabelSource>, Vec<(u32, Outcome)>)>,
}

impl Placement {
    /// The topmost label at a place, points of the world.
    pub fn label_at(&self, place: [f64; 2]) -> Option<usize> {
        /// How far beside the letters one may still be.
        const REACH: f64 = 2.0;
        let at = |label: &PlacedLabel| label.boxes.iter().any(|b| b.grown(REACH).contains(place));
        self.labels.iter().position(at)
    }
}
