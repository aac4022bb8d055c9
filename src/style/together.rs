//! Points shown together, where there are too many to be told apart: how dense they are, circles
//! with counts, hexagons.

use serde::{Deserialize, Serialize};

use super::ramp::RampUse;
use super::{Color, Graduated, RampChoice, Style};
use crate::table::PartKind;

/// How the points of a layer are shown together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Together {
    /// Not: each has its symbol.
    #[default]
    Nothing,
    /// As colours that say how dense they are.
    Heat(Box<Heat>),
    /// Those near each other as one circle with their number.
    Clusters(Clusters),
    /// Hexagons coloured by the points in them.
    Hexagons(Box<Hexagons>),
}

impl Together {
    /// Whether each point has its symbol.
    pub fn is_nothing(&self) -> bool {
        *self == Together::Nothing
    }

    /// Whether no point has a symbol of its own.
    pub fn hides_all(&self) -> bool {
        matches!(self, Together::Heat(_) | Together::Hexagons(_))
    }

    /// The field whose numbers count instead of points.
    pub fn field(&self) -> Option<&str> {
        match self {
            Together::Nothing | Together::Clusters(_) => None,
            Together::Heat(heat) => heat.weight.as_deref(),
            Together::Hexagons(hexagons) => hexagons.of.field(),
        }
    }
}

/// The radii that a heat map can have, metres.
pub const HEAT_RADII: std::ops::RangeInclusive<f64> = 1.0..=1_000_000.0;

/// A heat map: the density of points around each place, in colours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Heat {
    /// The field whose number each point counts for; none: each counts for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// How far around a place points count, metres on the ground.
    pub radius: f64,
    /// The colours, from little to much.
    pub ramp: RampChoice,
    /// The density (per km²) of the last colour; none: about the greatest there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top: Option<f64>,
}

impl Default for Heat {
    fn default() -> Self {
        Heat { weight: None, radius: 300.0, ramp: RampChoice::new("YlOrRd"), top: None }
    }
}

impl Heat {
    /// How many colours a heat map has.
    pub const SHADES: usize = 256;

    /// The radius within what can be drawn.
    pub fn sound_radius(&self) -> f64 {
        let radius = if self.radius.is_finite() { self.radius } else { 300.0 };
        radius.clamp(*HEAT_RADII.start(), *HEAT_RADII.end())
    }

    /// The density that the last colour was fixed at.
    pub fn sound_top(&self) -> Option<f64> {
        self.top.filter(|top| top.is_finite() && *top > 0.0)
    }

    /// The colours from nothing to the last one in equal steps: nothing is not seen at all, and
    /// little lets the map below through.
    pub fn shades(&self) -> Vec<Color> {
        /// Where colours stop becoming less transparent, and how opaque they are then.
        const FULL_AT: f32 = 0.3;
        const MOST: f32 = 0.86;
        let colors = self.ramp.colors(RampUse::Sequential, Heat::SHADES);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "shares of 256 steps, and of 255"
        )]
        let faded = |(step, color): (usize, Color)| {
            let share = (step as f32 / (Heat::SHADES - 1) as f32 / FULL_AT).min(1.0);
            // Without a visible edge where it begins (smoothstep).
            let eased = share * share * (3.0 - 2.0 * share);
            color.with_alpha((eased * MOST * 255.0).round() as u8)
        };
        colors.into_iter().enumerate().map(faded).collect()
    }
}

/// Circles with counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Clusters {
    /// Points nearer to each other than this become one circle, points of the screen.
    pub within: f32,
    /// The diameter of the largest circle, points.
    pub largest: f32,
}

impl Default for Clusters {
    fn default() -> Self {
        Clusters { within: 60.0, largest: 56.0 }
    }
}

impl Clusters {
    /// The distance within what can be drawn.
    pub fn sound_within(&self) -> f32 {
        if self.within.is_finite() { self.within.clamp(10.0, 400.0) } else { 60.0 }
    }

    /// The diameter of the circle of so many points, where the largest has `most`: its area is in
    /// proportion, but the number always fits in.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share")]
    pub fn diameter(&self, count: u64, most: u64, text_width: f32) -> f32 {
        let largest = if self.largest.is_finite() { self.largest.clamp(16.0, 200.0) } else { 56.0 };
        let share = (count as f64 / most.max(1) as f64).sqrt().min(1.0) as f32;
        (largest * share).max(text_width + 10.0).max(22.0)
    }
}

/// What hexagons tell of the points in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HexagonNumber {
    /// How many there are.
    #[default]
    Count,
    /// The sum of their numbers in a field.
    Sum(String),
    /// The mean of their numbers in a field.
    Mean(String),
}

impl HexagonNumber {
    /// The field it looks at.
    pub fn field(&self) -> Option<&str> {
        match self {
            HexagonNumber::Count => None,
            HexagonNumber::Sum(field) | HexagonNumber::Mean(field) => Some(field),
        }
    }
}

/// Hexagons of one size over all points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Hexagons {
    /// From one side to the opposite one, metres on the ground.
    pub size: f64,
    /// What is told of the points in one.
    pub of: HexagonNumber,
    /// The classes of that number and their colours; its field is not looked at.
    pub classes: Graduated,
}

impl Default for Hexagons {
    fn default() -> Self {
        Hexagons { size: 500.0, of: HexagonNumber::Count, classes: Graduated::default() }
    }
}

impl Hexagons {
    /// The size within what can be drawn.
    pub fn sound_size(&self) -> f64 {
        let size = if self.size.is_finite() { self.size } else { 500.0 };
        size.clamp(*HEAT_RADII.start(), *HEAT_RADII.end())
    }
}

impl Style {
    /// The style for a layer that mostly holds something: only points can be shown together.
    #[must_use]
    pub fn fit_for(self, kind: Option<PartKind>) -> Style {
        match kind {
            Some(PartKind::Point) | None => self,
            Some(PartKind::Line | PartKind::Polygon) => {
                Style { together: Together::Nothing, ..self }
            }
        }
    }

    /// The heat map, where the points are shown as one.
    pub fn heat(&self) -> Option<&Heat> {
        match &self.together {
            Together::Heat(heat) => Some(heat),
            _ => None,
        }
    }

    /// The circles, where points near each other are shown as one.
    pub fn clusters(&self) -> Option<&Clusters> {
        match &self.together {
            Together::Clusters(clusters) => Some(clusters),
            _ => None,
        }
    }

    /// The hexagons, where the points are shown as such.
    pub fn hexagons(&self) -> Option<&Hexagons> {
        match &self.together {
            Together::Hexagons(hexagons) => Some(hexagons),
            _ => None,
        }
    }
}

/// A round number not below another, few of them per tenfold, so that it stays the same when a few
/// points come in: the end of a scale.
pub fn round_up(number: f64) -> f64 {
    const STEPS: [f64; 10] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];
    if !(number.is_finite() && number > 0.0) {
        return 0.0;
    }
    let unit = 10_f64.powf(number.log10().floor());
    let step = STEPS.into_iter().find(|step| step * unit >= number * (1.0 - 1e-9));
    step.unwrap_or(10.0) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_scale_is_round_and_never_below() {
        for (number, expected) in
            [(1.0, 1.0), (1.01, 1.2), (312.0, 400.0), (0.0091, 0.01), (8.0, 8.0), (0.0, 0.0)]
        {
            assert!((round_up(number) - expected).abs() < 1e-9, "{number}: {}", round_up(number));
        }
    }

    #[test]
    fn nothing_is_not_seen_and_much_covers_the_map() {
        let shades = Heat::default().shades();
        assert_eq!(shades.len(), Heat::SHADES);
        assert_eq!(shades[0].a, 0);
        assert!(shades.windows(2).all(|pair| pair[0].a <= pair[1].a));
        assert!(shades[255].a > 200 && shades[255].a < 240, "the map is still there");
    }

    #[test]
    fn areas_of_circles_are_in_proportion_to_counts() {
        let clusters = Clusters { largest: 80.0, ..Clusters::default() };
        assert!((clusters.diameter(400, 400, 0.0) - 80.0).abs() < 1e-4);
        assert!((clusters.diameter(100, 400, 0.0) - 40.0).abs() < 1e-4);
        assert!((clusters.diameter(1, 400, 30.0) - 40.0).abs() < 1e-4, "the number fits in");
    }

    #[test]
    fn a_style_with_points_together_survives_a_project_file() {
        for together in [
            Together::Heat(Box::new(Heat { weight: Some("n".to_owned()), ..Heat::default() })),
            Together::Clusters(Clusters::default()),
            Together::Hexagons(Box::new(Hexagons {
                of: HexagonNumber::Mean("n".to_owned()),
                ..Hexagons::default()
            })),
        ] {
            let style = Style { together, ..Style::default() };
            let text = serde_json::to_string(&style).unwrap();
            assert_eq!(serde_json::from_str::<Style>(&text).unwrap(), style, "{text}");
        }
        let plain = serde_json::to_string(&Style::default()).unwrap();
        assert!(!plain.contains("together"), "{plain}");
    }
}
