//! Pictures inside point symbols: signs of Lucide, the P of a parking, and a sheep of our own.

use lucide_icons::Icon as Lucide;
use serde::{Deserialize, Serialize};

use super::{Color, Symbol};
use crate::text::{Font, Glyph, Line};

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Icon {
    /// The P of a parking.
    Parking,
    /// A bike.
    Bike,
    /// A bus.
    Bus,
    /// A tram.
    Tram,
    /// A tree.
    Tree,
    /// A sheep.
    Sheep,
    /// An open book, for places to study.
    Book,
    /// A school.
    School,
    /// A toy brick, for playgrounds.
    Playground,
    /// A toilet.
    Toilet,
    /// A house.
    House,
    /// A large building.
    Building,
    /// A drop of water.
    Water,
    /// A hospital.
    Care,
    /// A heart, for places that help.
    Heart,
    /// A cup.
    Cup,
    /// A bin.
    Bin,
    /// A plug, for charging points.
    Charge,
    /// A dumbbell, for sports.
    Sports,
    /// A church.
    Church,
    /// A camera, for sights.
    Camera,
    /// A flag.
    Flag,
    /// A sign with an exclamation mark.
    Warning,
}

/// What a picture is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IconForm {
    /// A letter of a font, so much bolder than the font has it (as a share of its size).
    Letter(Font, char, f32),
    /// Discs: middle and radius, in a square of side 1 around 0, 0; y pointing down.
    Discs(&'static [([f32; 2], f32)]),
}

/// How much of a symbol's diameter its picture is wide and high.
pub const ICON_SHARE: f32 = 0.62;

/// A sheep from the side, looking left.
const SHEEP: &[([f32; 2], f32)] = &[
    // Wool.
    ([-0.08, -0.02], 0.19),
    ([0.10, -0.08], 0.20),
    ([0.26, 0.02], 0.18),
    ([0.04, 0.10], 0.17),
    ([0.20, 0.12], 0.16),
    // Head and ear.
    ([-0.34, -0.12], 0.12),
    ([-0.41, -0.05], 0.08),
    ([-0.22, -0.20], 0.06),
    // Legs.
    ([-0.02, 0.28], 0.05),
    ([-0.02, 0.34], 0.05),
    ([-0.02, 0.40], 0.05),
    ([0.22, 0.28], 0.05),
    ([0.22, 0.34], 0.05),
    ([0.22, 0.40], 0.05),
];

impl Icon {
    /// All pictures, in the order in which they are offered.
    pub const ALL: [Icon; 23] = [
        Icon::Parking,
        Icon::Bike,
        Icon::Bus,
        Icon::Tram,
        Icon::Charge,
        Icon::Book,
        Icon::School,
        Icon::Playground,
        Icon::Sports,
        Icon::Toilet,
        Icon::Water,
        Icon::Cup,
        Icon::Bin,
        Icon::Tree,
        Icon::Sheep,
        Icon::House,
        Icon::Building,
        Icon::Church,
        Icon::Care,
        Icon::Heart,
        Icon::Camera,
        Icon::Flag,
        Icon::Warning,
    ];

    /// What it is made of.
    pub fn form(self) -> IconForm {
        let sign = |sign: Lucide| IconForm::Letter(Font::Signs, char::from(sign), 0.0);
        match self {
            Icon::Parking => IconForm::Letter(Font::Ubuntu, 'P', 0.09),
            Icon::Sheep => IconForm::Discs(SHEEP),
            Icon::Bike => sign(Lucide::Bike),
            Icon::Bus => sign(Lucide::Bus),
            Icon::Tram => sign(Lucide::TramFront),
            Icon::Tree => sign(Lucide::TreeDeciduous),
            Icon::Book => sign(Lucide::BookOpen),
            Icon::School => sign(Lucide::School),
            Icon::Playground => sign(Lucide::ToyBrick),
            Icon::Toilet => sign(Lucide::Toilet),
            Icon::House => sign(Lucide::House),
            Icon::Building => sign(Lucide::Building2),
            Icon::Water => sign(Lucide::Droplet),
            Icon::Care => sign(Lucide::Hospital),
            Icon::Heart => sign(Lucide::Heart),
            Icon::Cup => sign(Lucide::Coffee),
            Icon::Bin => sign(Lucide::Trash2),
            Icon::Charge => sign(Lucide::PlugZap),
            Icon::Sports => sign(Lucide::Dumbbell),
            Icon::Church => sign(Lucide::Church),
            Icon::Camera => sign(Lucide::Camera),
            Icon::Flag => sign(Lucide::Flag),
            Icon::Warning => sign(Lucide::TriangleAlert),
        }
    }
}

/// A letter as a line of its own, and where that begins so that the ink is centred around 0, 0.
/// None for a letter that the font lacks.
pub fn centred_letter(font: Font, letter: char, size: f32) -> Option<(Line, [f32; 2])> {
    let id = font.glyph_of(letter)?;
    let [left, top, right, bottom] = font.glyph_outline(id)?.bounds()?;
    // Signs fill their square; letters are made as high as those.
    let scale = match font {
        Font::Signs => size,
        _ => size / (bottom - top).max(1e-3),
    };
    let middle = [left + right, top + bottom].map(|sum| sum / 2.0 * scale);
    let glyph = Glyph { font, id, at: [0.0, 0.0], advance: scale, cluster: 0 };
    let line = Line { size: scale, glyphs: vec![glyph], width: scale, ..Line::default() };
    Some((line, middle.map(|at| -at)))
}

impl Symbol {
    /// The colour of the picture: white, or nearly black on light symbols.
    pub fn icon_color(&self) -> Color {
        let Color { r, g, b, .. } = self.fill;
        let light = 0.2126 * f32::from(r) + 0.7152 * f32::from(g) + 0.0722 * f32::from(b);
        let color = if light > 150.0 { Color::rgb(0x202020) } else { Color::rgb(0xffffff) };
        color.with_alpha(self.fill.a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_can_be_drawn_and_lies_in_its_square() {
        for icon in Icon::ALL {
            match icon.form() {
                IconForm::Discs(discs) => {
                    for ([x, y], radius) in discs {
                        assert!(x.abs() + radius <= 0.5 && y.abs() + radius <= 0.5, "{icon:?}");
                    }
                }
                IconForm::Letter(font, letter, _) => {
                    let (line, at) = centred_letter(font, letter, 1.0).expect("a glyph");
                    let [left, top, right, bottom] = line.outline().bounds().expect("ink");
                    for edge in [left + at[0], top + at[1], right + at[0], bottom + at[1]] {
                        assert!(edge.abs() <= 0.51, "{icon:?}: {edge}");
                    }
                    assert!(bottom - top > 0.5, "{icon:?}");
                }
            }
        }
    }
}
