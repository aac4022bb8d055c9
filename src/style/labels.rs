//! What is written beside the rows of a layer, and how.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Color;
use crate::table::RowKey;

/// The sizes that labels can have, points.
pub const LABEL_SIZES: std::ops::RangeInclusive<f32> = 5.0..=72.0;

/// The widest halo, points.
pub const WIDEST_HALO: f32 = 6.0;

/// The labels of a layer. Sizes are in points of the screen (1/96 inch).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelStyle {
    /// Whether they are shown. What follows is kept when they are not.
    pub is_on: bool,
    /// What is written: a field's name or an expression in the language of conditions; see
    /// [`crate::query::TextExpression`].
    pub what: String,
    /// The size of the letters.
    pub size: f32,
    /// The colour of the letters.
    pub color: Color,
    /// The colour of the rim around them.
    pub halo: Color,
    /// How wide that rim is; 0 for none.
    pub halo_width: f32,
    /// Zoomed out farther than this denominator of the scale there are no labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub farthest: Option<u32>,
    /// Zoomed in nearer than this denominator there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<u32>,
    /// Who goes first where there is no room for all.
    pub priority: LabelPriority,
    /// After about how many letters a line is broken; 0 for never. Areas break lines where that
    /// makes a label fit, whatever is asked here.
    pub wrap: u16,
    /// Labels put in their place by hand.
    #[serde(skip_serializing_if = "Pins::is_empty")]
    pub pins: Pins,
}

/// Which labels go first where there is no room for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelPriority {
    /// After all others.
    Low,
    /// As most.
    #[default]
    Normal,
    /// Before all others.
    High,
}

/// A label put in its place by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pin {
    /// The row it is of.
    pub row: RowKey,
    /// How far the middle of the label lies from the place that labels of the row are about, to
    /// the east and to the north: metres of Web Mercator.
    pub by: [f64; 2],
}

/// The labels put in their place by hand, shared: a document is cloned at every step of undo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Pin>", into = "Vec<Pin>")]
pub struct Pins(Arc<Vec<Pin>>);

impl From<Vec<Pin>> for Pins {
    fn from(pins: Vec<Pin>) -> Pins {
        Pins(Arc::new(pins))
    }
}

impl From<Pins> for Vec<Pin> {
    fn from(pins: Pins) -> Vec<Pin> {
        pins.0.to_vec()
    }
}

impl Pins {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Pin> {
        self.0.iter()
    }

    /// Puts the label of a row in a place, wherever it was.
    pub fn put(&mut self, row: RowKey, by: [f64; 2]) {
        let pins = Arc::make_mut(&mut self.0);
        pins.retain(|pin| pin.row != row);
        pins.push(Pin { row, by });
    }

    /// Gives the label of a row free; answers whether it was pinned.
    pub fn free(&mut self, row: &RowKey) -> bool {
        if !self.0.iter().any(|pin| pin.row == *row) {
            return false;
        }
        Arc::make_mut(&mut self.0).retain(|pin| pin.row != *row);
        true
    }
}

impl Default for LabelStyle {
    fn default() -> Self {
        LabelStyle {
            is_on: true,
            what: String::new(),
            size: 11.5,
            color: Color::rgb(0x22_26_2b),
            halo: Color::rgb(0xff_ff_ff).with_alpha(225),
            halo_width: 1.5,
            farthest: None,
            nearest: None,
            priority: LabelPriority::Normal,
            wrap: 20,
            pins: Pins::default(),
        }
    }
}

impl LabelStyle {
    /// Whether labels are shown at a denominator of the scale. Half a unit more or less is the
    /// same scale: denominators are typed as they are shown, rounded.
    pub fn shows(&self, denominator: f64) -> bool {
        self.is_on
            && !self.what.trim().is_empty()
            && self.farthest.is_none_or(|most| denominator <= f64::from(most) + 0.5)
            && self.nearest.is_none_or(|least| denominator >= f64::from(least) - 0.5)
    }

    /// The size of the letters, within [`LABEL_SIZES`] whatever a file says.
    pub fn sound_size(&self) -> f32 {
        let size = if self.size.is_finite() { self.size } else { LabelStyle::default().size };
        size.clamp(*LABEL_SIZES.start(), *LABEL_SIZES.end())
    }

    /// The width of the rim, at most [`WIDEST_HALO`] whatever a file says.
    pub fn sound_halo(&self) -> f32 {
        if self.halo_width.is_finite() && self.halo.a > 0 {
            self.halo_width.clamp(0.0, WIDEST_HALO)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_styles_survive_a_project_file() {
        let mut style = LabelStyle { what: "naam".to_owned(), ..LabelStyle::default() };
        let plain = serde_json::to_string(&style).unwrap_or_default();
        assert!(!plain.contains("pins") && plain.contains("haloWidth"), "{plain}");
        style.pins.put(RowKey::Id("7".to_owned()), [10.0, -5.0]);
        style.pins.put(RowKey::Content(9, 1), [1.0, 2.0]);
        style.pins.put(RowKey::Id("7".to_owned()), [3.0, 4.0]);
        style.farthest = Some(25_000);
        let text = serde_json::to_string(&style).unwrap_or_default();
        assert_eq!(serde_json::from_str::<LabelStyle>(&text).ok().as_ref(), Some(&style));
        assert_eq!(style.pins.iter().len(), 2);
        assert!(style.pins.free(&RowKey::Id("7".to_owned())));
        assert!(!style.pins.free(&RowKey::Id("7".to_owned())));
        assert_eq!(serde_json::from_str::<LabelStyle>("{}").ok(), Some(LabelStyle::default()));
    }

    #[test]
    fn labels_are_shown_between_two_scales() {
        let style = LabelStyle {
            what: "naam".to_owned(),
            farthest: Some(25_000),
            nearest: Some(1_000),
            ..LabelStyle::default()
        };
        for (scale, shown) in [(25_000.4, true), (25_001.0, false), (999.6, true), (900.0, false)] {
            assert_eq!(style.shows(scale), shown, "{scale}");
        }
        assert!(!LabelStyle { is_on: false, ..style.clone() }.shows(5_000.0));
        assert!(!LabelStyle { what: " ".to_owned(), ..style }.shows(5_000.0));
    }

    #[test]
    fn absurd_sizes_become_sound() {
        let absurd = LabelStyle { size: f32::NAN, halo_width: 1e9, ..LabelStyle::default() };
        assert!(LABEL_SIZES.contains(&absurd.sound_size()));
        assert!(absurd.sound_halo() <= WIDEST_HALO);
    }
}
