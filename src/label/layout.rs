//! A text shaped once, and put on as many lines as are wanted at any size.
//!
//! Lines are cut out of the shaped text: shaping is what costs.

use crate::text::{Glyph, Line, metrics, shape};

/// Longer texts are cut here, letters: no label is a paragraph.
const LONGEST: usize = 160;

/// From one baseline to the next, as a part of the size: names on maps are set close.
const LEADING: f32 = 1.08;

/// A text shaped at size 1.
#[derive(Debug)]
pub(super) struct Shaped {
    /// What stands between ends of lines in the text.
    paragraphs: Vec<Paragraph>,
}

#[derive(Debug)]
struct Paragraph {
    line: Line,
    /// The pieces between which the line may break: bytes and places of their ink.
    words: Vec<Word>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    /// Where it starts in the text.
    start: usize,
    /// Where it ends, without the space after it.
    end: usize,
    left: f32,
    right: f32,
}

/// How lines of different widths stand above each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// A text on lines of a size, around its middle.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub lines: Vec<Line>,
    /// The widest line.
    pub width: f32,
    /// From the top of the ink of the first line to the foot of that of the last.
    pub height: f32,
    /// The baseline of the first line, from the top.
    first_baseline: f32,
    leading: f32,
}

impl Shaped {
    pub fn of(text: &str) -> Shaped {
        let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let (kept, rest) = text.split_at_checked(cut).unwrap_or((text, ""));
        let ellipsis = if rest.is_empty() { "" } else { "…" };
        let whole = format!("{kept}{ellipsis}");
        let lines = whole.lines().map(str::trim).filter(|line| !line.is_empty());
        Shaped { paragraphs: lines.map(Paragraph::of).collect() }
    }

    /// All on one line, for texts along lines.
    pub fn one_line(&self) -> Option<&Line> {
        match self.paragraphs.as_slice() {
            [paragraph] => Some(&paragraph.line),
            _ => None,
        }
    }

    /// The widest word at size 1: no line can be narrower.
    pub fn widest_word(&self) -> f32 {
        let words = self.paragraphs.iter().flat_map(|paragraph| &paragraph.words);
        words.map(|word| word.right - word.left).fold(0.0, f32::max)
    }

    /// The width at size 1 on as few lines as the text asks for.
    pub fn widest(&self) -> f32 {
        self.paragraphs.iter().map(|paragraph| paragraph.line.width).fold(0.0, f32::max)
    }

    /// How many lines there are at a width, at size 1. Words wider than it stand alone.
    pub fn lines_at(&self, width: f32) -> usize {
        self.paragraphs.iter().map(|paragraph| paragraph.breaks(width).len()).sum()
    }

    /// The text on lines of at most a width at size 1 (and as even as they can be in as many
    /// lines), at a size.
    pub fn block(&self, width: f32, size: f32) -> Block {
        let mut lines = Vec::new();
        for paragraph in &self.paragraphs {
            let even = paragraph.even_width(width);
            lines.extend(
                paragraph
                    .breaks(even)
                    .into_iter()
                    .map(|(first, last)| paragraph.cut(first, last, size)),
            );
        }
        Block::of(lines, size)
    }
}

/// Whether a word is nothing but a sign between others.
fn is_sign(word: &str) -> bool {
    matches!(word, "-" | "–" | "/" | "&" | "+")
}

impl Paragraph {
    fn of(text: &str) -> Paragraph {
        let line = shape(text, 1.0);
        let mut words: Vec<Word> = Vec::new();
        let mut start = 0;
        let ends = line.text.char_indices().filter(|(_, c)| matches!(c, ' ' | '-' | '/' | '–'));
        let ends = ends.map(|(at, c)| (at, at + c.len_utf8(), c == ' '));
        let text_end = line.text.len();
        for (at, next, is_space) in ends.chain([(text_end, text_end, true)]) {
            let end = if is_space { at } else { next };
            if end > start {
                let inside = |glyph: &&Glyph| (start..end).contains(&glyph.cluster);
                let glyphs = || line.glyphs.iter().filter(inside);
                let left = glyphs().map(|glyph| glyph.at[0]).fold(f32::INFINITY, f32::min);
                let right = glyphs().map(|glyph| glyph.at[0] + glyph.advance).fold(0.0, f32::max);
                let is_sign = line.text.get(start..end).is_some_and(is_sign);
                match words.last_mut() {
                    // A line that begins with a hyphen would read as a list.
                    Some(last) if is_sign => (last.end, last.right) = (end, right),
                    _ if left.is_finite() => words.push(Word { start, end, left, right }),
                    _ => {}
                }
            }
            start = next.max(start);
        }
        Paragraph { line, words }
    }

    /// The first and last word of each line.
    fn breaks(&self, width: f32) -> Vec<(Word, Word)> {
        let mut lines: Vec<(Word, Word)> = Vec::new();
        for word in &self.words {
            match lines.last_mut() {
                Some((first, last)) if word.right - first.left <= width => *last = *word,
                _ => lines.push((*word, *word)),
            }
        }
        lines
    }

    /// The narrowest width in which there are no more lines.
    fn even_width(&self, width: f32) -> f32 {
        let wanted = self.breaks(width).len();
        if wanted < 2 {
            return width;
        }
        let (mut low, mut high) = (0.0, width);
        for _ in 0..12 {
            let middle = f32::midpoint(low, high);
            if self.breaks(middle).len() > wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// A piece of the line as a line of its own, at a size.
    fn cut(&self, first: Word, last: Word, size: f32) -> Line {
        let inside = |glyph: &&Glyph| (first.start..last.end).contains(&glyph.cluster);
        let glyphs: Vec<Glyph> = self
            .line
            .glyphs
            .iter()
            .filter(inside)
            .map(|glyph| Glyph {
                at: [(glyph.at[0] - first.left) * size, glyph.at[1] * size],
                advance: glyph.advance * size,
                cluster: glyph.cluster - first.start,
                ..*glyph
            })
            .collect();
        Line {
            text: self.line.text.get(first.start..last.end).unwrap_or_default().to_owned(),
            size,
            width: (last.right - first.left) * size,
            missing: glyphs.iter().filter(|glyph| glyph.id == 0).count(),
            glyphs,
        }
    }
}

impl Block {
    fn of(lines: Vec<Line>, size: f32) -> Block {
        let usual = metrics(size);
        let leading = size * LEADING;
        let [mut top, mut bottom] = [-usual.cap_height, 0.0_f32];
        for (number, line) in lines.iter().enumerate() {
            let down = down(number, leading);
            if let Some([_, high, _, low]) = ink(line) {
                top = top.min(high + down);
                bottom = bottom.max(low + down);
            }
        }
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        Block { lines, width, height: bottom - top, first_baseline: -top, leading }
    }

    /// Where each line starts: the left end of its baseline, from the middle of the block.
    pub fn starts(&self, align: Align) -> Vec<[f32; 2]> {
        let start = |(number, line): (usize, &Line)| {
            let room = self.width - line.width;
            let left = match align {
                Align::Left => 0.0,
                Align::Middle => room / 2.0,
                Align::Right => room,
            };
            let baseline = self.first_baseline + down(number, self.leading);
            [left - self.width / 2.0, baseline - self.height / 2.0]
        };
        self.lines.iter().enumerate().map(start).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few lines")]
fn down(number: usize, leading: f32) -> f32 {
    number as f32 * leading
}

/// The box around the ink of a line, from the start of its baseline.
pub(super) fn ink(line: &Line) -> Option<[f32; 4]> {
    line.glyphs.iter().filter_map(|glyph| glyph_ink(glyph, line.size)).reduce(around)
}

/// The box around the ink of a glyph in its line.
pub(super) fn glyph_ink(glyph: &Glyph, size: f32) -> Option<[f32; 4]> {
    let [left, top, right, bottom] = glyph.font.glyph_bounds(glyph.id)?;
    let [x, y] = glyph.at;
    Some([x + left * size, y + top * size, x + right * size, y + bottom * size])
}

fn around(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "Oud Gentbrugge - Sint-Amandsberg";

    fn texts(block: &Block) -> Vec<&str> {
        block.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn lines_cut_out_of_a_text_are_as_if_shaped_alone() {
        let shaped = Shaped::of(NAME);
        for width in [2.0, 5.0, 8.0, 12.0, 40.0] {
            let block = shaped.block(width, 10.0);
            for line in &block.lines {
                let alone = shape(&line.text, 10.0);
                assert!((alone.width - line.width).abs() < 0.05, "{line:?}");
                let is_one_word = !line.text.trim_end_matches([' ', '-']).contains(' ');
                assert!(line.width <= width * 10.0 + 0.01 || is_one_word);
                let ids = |line: &Line| line.glyphs.iter().map(|g| g.id).collect::<Vec<_>>();
                assert_eq!(ids(&alone), ids(line));
            }
            let all: String = texts(&block).concat();
            assert_eq!(all.replace(' ', ""), NAME.replace(' ', ""));
            assert_eq!(block.lines.len(), shaped.lines_at(width));
        }
    }

    #[test]
    fn lines_are_even() {
        let shaped = Shaped::of("Sint-Amandsberg en Oostakker");
        let block = shaped.block(shaped.widest() * 0.9, 10.0);
        assert_eq!(texts(&block), ["Sint-Amandsberg", "en Oostakker"]);
        for width in [3.0, 6.0, 9.0, 12.0] {
            let block = Shaped::of("Sint-Denijs-Westrem - Afsnee").block(width, 10.0);
            assert!(texts(&block).iter().all(|line| !line.starts_with('-')), "{block:?}");
        }
        let broken = Shaped::of("Ledeberg\n  8400 \n\n");
        assert_eq!(texts(&broken.block(100.0, 10.0)), ["Ledeberg", "8400"]);
        assert!(broken.one_line().is_none() && Shaped::of("a b").one_line().is_some());
        assert!(Shaped::of("\n ").block(10.0, 10.0).lines.is_empty());
        let long = Shaped::of(&"lang ".repeat(100)).block(f32::INFINITY, 10.0);
        assert!(texts(&long).concat().ends_with('…'));
    }

    #[test]
    fn the_ink_lies_in_the_block() {
        let block = Shaped::of("Één ÂÅ\ngjpq").block(100.0, 20.0);
        for align in [Align::Left, Align::Middle, Align::Right] {
            for (line, [x, y]) in block.lines.iter().zip(block.starts(align)) {
                let [left, top, right, bottom] = line.outline().bounds().expect("ink");
                assert!(x + left >= -block.width / 2.0 - 1.0);
                assert!(x + right <= block.width / 2.0 + 1.0);
                assert!(y + top >= -block.height / 2.0 - 0.1, "{}", y + top);
                assert!(y + bottom <= block.height / 2.0 + 0.1);
            }
        }
    }
}
