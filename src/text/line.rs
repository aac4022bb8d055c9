//! Shaping one line.

use rustybuzz::{UnicodeBuffer, shape as shape_run};

use super::{Font, Outline};

/// A glyph in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The font it is in.
    pub font: Font,
    /// Its number in the font.
    pub id: u16,
    /// Where its baseline starts, from the start of the line.
    pub at: [f32; 2],
    /// How far it moves the next glyph.
    pub advance: f32,
    /// The byte of [`Line::text`] its cluster starts at.
    pub cluster: usize,
}

/// A line of shaped text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The text.
    pub text: String,
    /// The size (of the em).
    pub size: f32,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The width: the sum of the advances.
    pub width: f32,
    /// How many characters no font has; a box stands in their place.
    pub missing: usize,
}

impl Line {
    /// The ink of the whole line, its baseline starting at 0, 0.
    pub fn outline(&self) -> Outline {
        let mut ink = Outline::new();
        for glyph in &self.glyphs {
            if let Some(outline) = glyph.font.glyph_outline(glyph.id) {
                ink.push_placed(&outline, self.size, glyph.at);
            }
        }
        ink
    }
}

/// Shapes a text as one line. Line breaks and tabs become spaces, control characters and invisible
/// format characters are left out.
pub fn shape(text: &str, size: f32) -> Line {
    let text: String = text.chars().filter_map(drawable).collect();
    let mut line = Line { size, ..Line::default() };
    let mut start = 0;
    for (end, font) in runs(&text) {
        if let Some(run) = text.get(start..end) {
            push_run(&mut line, run, start, font);
        }
        start = end;
    }
    line.text = text;
    line
}

fn drawable(character: char) -> Option<char> {
    match character {
        // Line breaks, and spaces of other widths, which fonts often lack.
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{2000}'..='\u{200a}' | '\u{3000}' => {
            Some(' ')
        }
        '\u{202f}' => Some('\u{a0}'),
        // Soft hyphen, zero-width signs, direction marks, byte order mark, variation selectors.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        other => (!other.is_control()).then_some(other),
    }
}

/// Cuts a text into runs of one font: the end of each and the first font that has its characters.
/// A combining mark stays with its letter; a character no font has goes to the first font.
fn runs(text: &str) -> Vec<(usize, Font)> {
    let mut runs: Vec<(usize, Font)> = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let before = runs.last().map(|(_, font)| *font);
        let found = Font::ALL.into_iter().find(|font| font.has(character));
        let font = match (is_mark(character), before) {
            (true, Some(before)) => before,
            _ => found.unwrap_or(Font::Ubuntu),
        };
        match runs.last_mut() {
            Some((run_end, run_font)) if *run_font == font => *run_end = end,
            _ => runs.push((end, font)),
        }
    }
    runs
}

/// Whether a character is drawn on the letter before it (the blocks of combining marks).
pub(super) fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn push_run(line: &mut Line, run: &str, start: usize, font: Font) {
    let Some(face) = font.face() else {
        line.missing += run.chars().count();
        return;
    };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.guess_segment_properties();
    let shaped = shape_run(face, &[], buffer);
    let scale = line.size * font.unit();
    #[expect(clippy::cast_precision_loss, reason = "font units, far below 2^24")]
    let length = |units: i32| units as f32 * scale;
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let advance = length(position.x_advance);
        line.missing += usize::from(info.glyph_id == 0);
        line.glyphs.push(Glyph {
            font,
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            at: [line.width + length(position.x_offset), -length(position.y_offset)],
            advance,
            cluster: start + info.cluster as usize,
        });
        line.width += advance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kerning pairs of Ubuntu Light, as in its `GPOS` table: V and A move together.
    #[test]
    fn kerning_moves_letters_together() {
        let apart = shape("V", 20.0).width + shape("A", 20.0).width;
        let together = shape("VA", 20.0).width;
        assert!(together < apart - 0.5, "{together} and {apart}");
    }

    #[test]
    fn widths_scale_with_the_size() {
        let small = shape("Dampoort–Gent", 10.0).width;
        let large = shape("Dampoort–Gent", 30.0).width;
        assert!((large / small - 3.0).abs() < 1e-3);
        assert!(small > 50.0 && small < 90.0, "{small}");
    }

    #[test]
    fn what_a_font_lacks_comes_from_the_next_and_what_all_lack_is_counted() {
        let arrows = shape("A → B", 10.0);
        assert_eq!(arrows.missing, 0);
        assert!(arrows.glyphs.iter().any(|glyph| glyph.font == Font::Hack));
        assert!(arrows.glyphs.iter().any(|glyph| glyph.font == Font::Ubuntu));
        let unknown = shape("Gent 漢字", 10.0);
        assert_eq!(unknown.missing, 2);
        assert!(unknown.width > shape("Gent ", 10.0).width);
    }

    #[test]
    fn invisible_characters_take_no_room_and_breaks_become_spaces() {
        assert_eq!(shape("Ge\u{ad}nt\u{200b}\u{7}", 10.0), shape("Gent", 10.0));
        assert_eq!(shape("a\nb", 10.0), shape("a b", 10.0));
        let composed = shape("café", 10.0);
        let decomposed = shape("cafe\u{301}", 10.0);
        assert_eq!(decomposed.missing, 0);
        assert!((composed.width - decomposed.width).abs() < 0.01);
        assert_eq!(shape("", 10.0).width.to_bits(), 0.0_f32.to_bits());
    }

    #[test]
    fn the_ink_lies_where_the_glyphs_are() {
        let line = shape("HH", 100.0);
        let [left, top, right, bottom] = line.outline().bounds().expect("ink");
        assert!(left > 0.0 && right < line.width && right > 0.8 * line.width);
        assert!(top < -60.0 && bottom.abs() < 1.0);
    }
}
