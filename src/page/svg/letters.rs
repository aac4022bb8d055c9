//! Text that stays text (SVG 1.1, chapter 10).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::display::{DisplayList, Item};
use super::picture::push_base64;
use super::webfont::web_font;
use super::{escaped, number};
use crate::text::{Font, Line, rough_width};

/// The fonts of a file.
pub(super) struct FontFiles {
    characters: BTreeMap<Font, BTreeSet<char>>,
}

/// A character of a line and where it starts.
struct Letter {
    character: char,
    font: Font,
    /// The number of its glyph in the line.
    glyph: usize,
    /// How far it lies from the start of that glyph.
    after: f32,
}

impl FontFiles {
    /// Those that the texts of a page need.
    pub fn of(page: &DisplayList) -> FontFiles {
        let mut characters: BTreeMap<Font, BTreeSet<char>> = BTreeMap::new();
        for item in page.groups.iter().flat_map(|group| &group.items) {
            let line = match item {
                Item::Text(text) => &text.line,
                Item::Glyphs(run) => &run.line,
                _ => continue,
            };
            for letter in letters(line) {
                characters.entry(letter.font).or_default().insert(letter.character);
            }
        }
        FontFiles { characters }
    }

    /// The fonts, for browsers.
    pub fn style(&self) -> String {
        let mut out = "<style>\n".to_owned();
        for (font, characters) in &self.characters {
            // Without its file the font is looked for by its name.
            if let Some(file) = web_font(*font, characters.iter().copied()) {
                let _ = write!(
                    out,
                    "@font-face{{font-family:\"{}\";src:url(\"data:font/ttf;base64,",
                    family(*font)
                );
                push_base64(&mut out, &file);
                out.push_str("\")}\n");
            }
        }
        out.push_str("text{white-space:pre}\n</style>\n");
        out
    }

    /// A line of text from the left end of its baseline.
    #[expect(clippy::unused_self, reason = "text needs the fonts to be there")]
    pub fn text(&self, line: &Line, [x, y]: [f32; 2], look: &str) -> String {
        let place = |letter: &Letter| {
            let at = line.glyphs.get(letter.glyph).map(|glyph| glyph.at).unwrap_or_default();
            ([x + at[0] + letter.after, y + at[1]], 0.0)
        };
        element(line, look, place)
    }

    /// A line of text of which each glyph has a place and an angle, clockwise, radians.
    #[expect(clippy::unused_self, reason = "text needs the fonts to be there")]
    pub fn along(&self, line: &Line, places: &[([f32; 2], f32)], look: &str) -> String {
        let place = |letter: &Letter| {
            let ([x, y], angle) = places.get(letter.glyph).copied().unwrap_or_default();
            let (sin, cos) = angle.sin_cos();
            ([x + letter.after * cos, y + letter.after * sin], angle)
        };
        element(line, look, place)
    }
}

/// The name of a font, under which other programs know it.
fn family(font: Font) -> &'static str {
    match font {
        Font::Ubuntu => "Ubuntu Light",
        Font::Hack => "Hack",
        Font::Signs => "lucide",
    }
}

/// Fonts that are tried in its place.
fn families(font: Font) -> &'static str {
    match font {
        Font::Ubuntu => "'Ubuntu Light',Ubuntu,sans-serif",
        Font::Hack => "Hack,'DejaVu Sans Mono',monospace",
        Font::Signs => "lucide",
    }
}

/// Text whose letters have places, one element for each font.
fn element(line: &Line, look: &str, place: impl Fn(&Letter) -> ([f32; 2], f32)) -> String {
    let letters = letters(line);
    let size = number(line.size);
    let mut out = String::new();
    for run in letters.chunk_by(|one, next| one.font == next.font) {
        let Some(first) = run.first() else { continue };
        let places: Vec<_> = run.iter().map(&place).collect();
        // A value for all letters need be there once.
        let list = |values: Vec<String>| match values.split_first() {
            Some((first, rest)) if rest.iter().all(|value| value == first) => first.clone(),
            _ => values.join(" "),
        };
        let xs: Vec<String> = places.iter().map(|([x, _], _)| number(*x)).collect();
        let ys = list(places.iter().map(|([_, y], _)| number(*y)).collect());
        let turns = list(places.iter().map(|(_, angle)| number(angle.to_degrees())).collect());
        let _ = write!(out, "<text x=\"{}\" y=\"{ys}\"", xs.join(" "));
        if turns != "0" {
            let _ = write!(out, " rotate=\"{turns}\"");
        }
        let said: String = run.iter().map(|letter| letter.character).collect();
        let _ = writeln!(
            out,
            " font-family=\"{}\" font-size=\"{size}\" xml:space=\"preserve\"{look}>{}</text>",
            families(first.font),
            escaped(&said)
        );
    }
    out
}

/// The characters of a line with their glyphs. A ligature is written as the letters it is made of;
/// a letter and a mark that are one glyph as the one character that is both.
fn letters(line: &Line) -> Vec<Letter> {
    let mut starts: Vec<usize> = line.glyphs.iter().map(|glyph| glyph.cluster).collect();
    starts.push(line.text.len());
    starts.sort_unstable();
    starts.dedup();
    let mut found = Vec::with_capacity(line.glyphs.len());
    let mut number = 0;
    for glyphs in line.glyphs.chunk_by(|one, next| one.cluster == next.cluster) {
        let Some(first) = glyphs.first() else { continue };
        let end = starts.iter().find(|start| **start > first.cluster).copied();
        let text = line.text.get(first.cluster..end.unwrap_or(line.text.len())).unwrap_or_default();
        let count = text.chars().count();
        let composed = (glyphs.len() == 1 && count > 1).then(|| composed(first.font, first.id));
        if let Some(character) = composed.flatten() {
            found.push(Letter { character, font: first.font, glyph: number, after: 0.0 });
        } else {
            let mut after = 0.0;
            for (at, character) in text.chars().enumerate() {
                let own = if glyphs.len() == count { at } else { 0 };
                found.push(Letter { character, font: first.font, glyph: number + own, after });
                if glyphs.len() != count {
                    after += rough_width(character.encode_utf8(&mut [0; 4])) * line.size;
                }
            }
        }
        number += glyphs.len();
    }
    found
}

/// The letter with a mark that a glyph is (Latin-1 to Latin Extended-B, and Extended Additional).
fn composed(font: Font, glyph: u16) -> Option<char> {
    ('\u{c0}'..'\u{250}')
        .chain('\u{1e00}'..'\u{1f00}')
        .find(|character| font.glyph_of(*character) == Some(glyph))
}
