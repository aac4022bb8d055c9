//! The fonts Belfort carries: Ubuntu Light (Ubuntu Font Licence 1.0) for text, and Hack (MIT and
//! Bitstream Vera licences) for signs that Ubuntu lacks. Both come with the window's own fonts, so
//! that screen and paper look alike.

use std::sync::{LazyLock, OnceLock};

use rustybuzz::Face;
use rustybuzz::ttf_parser::GlyphId;

use super::Outline;
use super::outline::GlyphPen;

/// A font, in the order in which a glyph is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Font {
    /// Ubuntu Light.
    Ubuntu,
    /// Hack.
    Hack,
    /// Signs: Lucide (ISC licence). No text is set in it.
    Signs,
}

impl Font {
    /// All fonts for text, first the one that is tried first.
    pub const ALL: [Font; 2] = [Font::Ubuntu, Font::Hack];

    /// The font file (TrueType), to be embedded by writers.
    pub fn data(self) -> &'static [u8] {
        match self {
            Font::Ubuntu => epaint_default_fonts::UBUNTU_LIGHT,
            Font::Hack => epaint_default_fonts::HACK_REGULAR,
            Font::Signs => lucide_icons::LUCIDE_FONT_BYTES,
        }
    }

    /// The font, read. None if the file carried were damaged.
    pub(super) fn face(self) -> Option<&'static Face<'static>> {
        static UBUNTU: LazyLock<Option<Face<'static>>> =
            LazyLock::new(|| Face::from_slice(Font::Ubuntu.data(), 0));
        static HACK: LazyLock<Option<Face<'static>>> =
            LazyLock::new(|| Face::from_slice(Font::Hack.data(), 0));
        static SIGNS: LazyLock<Option<Face<'static>>> =
            LazyLock::new(|| Face::from_slice(Font::Signs.data(), 0));
        match self {
            Font::Ubuntu => UBUNTU.as_ref(),
            Font::Hack => HACK.as_ref(),
            Font::Signs => SIGNS.as_ref(),
        }
    }

    /// The number of the glyph of a character.
    pub fn glyph_of(self, character: char) -> Option<u16> {
        self.face()?.glyph_index(character).map(|id| id.0)
    }

    /// Whether the font has a glyph for a character.
    pub(super) fn has(self, character: char) -> bool {
        self.face().is_some_and(|face| face.glyph_index(character).is_some())
    }

    /// 1 / the font's units per em.
    #[expect(clippy::cast_precision_loss, reason = "at most 16 384")]
    pub(super) fn unit(self) -> f32 {
        self.face().map_or(0.0, |face| 1.0 / face.units_per_em().max(1) as f32)
    }

    /// The box around the ink of a glyph at size 1, from the left end of its baseline: left, top,
    /// right, bottom. None for glyphs without ink.
    pub fn glyph_bounds(self, glyph: u16) -> Option<[f32; 4]> {
        type Known = Vec<OnceLock<Option<[f32; 4]>>>;
        /// The boxes of each font's glyphs as far as they were asked for: finding one walks along
        /// the whole outline.
        static KNOWN: LazyLock<[Known; 3]> = LazyLock::new(|| {
            [Font::Ubuntu, Font::Hack, Font::Signs].map(|font| {
                let glyphs = font.face().map_or(0, |face| face.number_of_glyphs());
                (0..glyphs).map(|_| OnceLock::new()).collect()
            })
        });
        let [ubuntu, hack, signs] = &*KNOWN;
        let known = match self {
            Font::Ubuntu => ubuntu,
            Font::Hack => hack,
            Font::Signs => signs,
        };
        *known.get(usize::from(glyph))?.get_or_init(|| {
            let bounds = self.face()?.glyph_bounding_box(GlyphId(glyph))?;
            let scaled = |units: i16| f32::from(units) * self.unit();
            let (top, bottom) = (-scaled(bounds.y_max), -scaled(bounds.y_min));
            Some([scaled(bounds.x_min), top, scaled(bounds.x_max), bottom])
        })
    }

    /// How far a character moves the next one at size 1, without kerning.
    fn advance(self, character: char) -> Option<f32> {
        let face = self.face()?;
        let units = face.glyph_hor_advance(face.glyph_index(character)?)?;
        Some(f32::from(units) * self.unit())
    }

    /// The outline of a glyph at size 1, from the left end of its baseline. None for glyphs
    /// without ink, such as the space.
    pub fn glyph_outline(self, glyph: u16) -> Option<Outline> {
        let mut pen = GlyphPen { scale: self.unit(), ..GlyphPen::default() };
        self.face()?.outline_glyph(GlyphId(glyph), &mut pen)?;
        Some(pen.outline)
    }
}

/// About how wide a text is at size 1: the sum of its letters' widths, which kerning makes a little
/// less. Much quicker than shaping it.
pub fn rough_width(text: &str) -> f32 {
    /// Those of the letters of Latin scripts, to look up.
    static KNOWN: LazyLock<Vec<f32>> = LazyLock::new(|| ('\0'..'\u{250}').map(width_of).collect());
    let known = |character: char| KNOWN.get(character as usize).copied();
    text.chars().map(|character| known(character).unwrap_or_else(|| width_of(character))).sum()
}

fn width_of(character: char) -> f32 {
    if character.is_control() {
        return 0.0;
    }
    Font::ALL.into_iter().find_map(|font| font.advance(character)).unwrap_or(0.5)
}

/// The heights of a line of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// From the baseline up to the top of the tallest letters.
    pub ascent: f32,
    /// From the baseline down to the foot of the lowest letters; positive.
    pub descent: f32,
    /// The height of a capital letter.
    pub cap_height: f32,
    /// From one baseline to the next.
    pub line_height: f32,
}

/// The heights of text of a size, those of the first font.
pub fn metrics(size: f32) -> Metrics {
    let scale = size * Font::Ubuntu.unit();
    let height =
        |units: Option<i16>, usual: f32| units.map_or(usual * size, |u| f32::from(u) * scale);
    let face = Font::Ubuntu.face();
    let ascent = height(face.map(|face| face.ascender()), 0.93);
    let descent = -height(face.map(|face| face.descender()), -0.19);
    let gap = height(face.map(|face| face.line_gap()), 0.03);
    Metrics {
        ascent,
        descent,
        cap_height: height(face.and_then(|face| face.capital_height()), 0.69),
        line_height: (ascent + descent + gap).max(1.2 * size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_carried_can_be_read() {
        for font in Font::ALL {
            assert!(font.face().is_some(), "{font:?}");
            assert!(font.has('g') && font.has('é') && font.has('©'), "{font:?}");
            let glyph = font.face().and_then(|face| face.glyph_index('H')).map(|id| id.0);
            let bounds = glyph.and_then(|id| font.glyph_outline(id)).and_then(|o| o.bounds());
            let [_, top, _, bottom] = bounds.expect("an H has ink");
            assert!(top < -0.6 && bottom.abs() < 0.01, "{font:?}: the H stands on its baseline");
        }
        assert!(
            (rough_width("Gent – Ł") / super::super::shape("Gent – Ł", 1.0).width - 1.0) < 0.05
        );
        let heights = metrics(10.0);
        assert!(heights.ascent > heights.cap_height && heights.cap_height > 6.0, "{heights:?}");
        assert!(heights.descent > 1.0 && heights.line_height >= 12.0, "{heights:?}");
    }
}
