//! What stands around and on the map: panels, scale bar, notice, paragraphs.

use super::display::{Item, Shape, Stroke, TextItem};
use super::frame::Frame;
use crate::crs::scale_bar;
use crate::i18n::Language;
use crate::style::Color;
use crate::text::{Line, Outline, metrics, shape, wrap};

/// Text and dark lines.
pub(super) const INK: Color = Color::rgb(0x1f2328);
/// Text of less weight, still readable on white (contrast 7.6 to 1).
pub(super) const GREY_INK: Color = Color::rgb(0x4d5560);
/// Edges of panels and of the map.
pub(super) const EDGE: Color = Color::rgb(0xa8aeb6);
/// Paper.
pub(super) const PAPER: Color = Color::rgb(0xffffff);
/// The ground of a notice, and its edge.
const NOTICE: Color = Color::rgb(0xfff1b8);
const NOTICE_EDGE: Color = Color::rgb(0xb58900);

/// How much the light font is strengthened in plain text and in headings.
pub(super) const PLAIN: f32 = 0.018;
pub(super) const STRONG: f32 = 0.055;

/// Between the edge of a panel and its content.
pub(super) const PADDING: f32 = 8.0;

/// A line of text whose baseline starts at a place.
pub(super) fn text(line: Line, at: [f32; 2], color: Color, weight: f32) -> Item {
    Item::Text(TextItem { line, at, color, weight })
}

/// A panel on the map, nearly opaque.
pub(super) fn panel(at: [f32; 2], size: [f32; 2], fill: Color, edge: Color) -> Item {
    Item::Shape(Shape {
        outline: Outline::rounded(at, size, 3.0),
        fill: Some(fill),
        stroke: Some(Stroke::plain(edge, 0.75)),
    })
}

/// Lines of text under each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    lines: Vec<Line>,
    size: f32,
    /// Whether text was left out.
    pub cut: bool,
}

impl Paragraph {
    /// Wraps a text.
    pub(super) fn new(text: &str, size: f32, max_width: f32, max_lines: usize) -> Paragraph {
        let (lines, cut) = wrap(text, size, max_width, max_lines);
        Paragraph { lines, size, cut }
    }

    /// How many lines it has.
    pub(super) fn lines(&self) -> usize {
        self.lines.len()
    }

    /// The width of the longest line.
    pub(super) fn width(&self) -> f32 {
        self.lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// From the top of the first line to the bottom of the last.
    pub(super) fn height(&self) -> f32 {
        let line_height = metrics(self.size).line_height;
        self.lines.iter().map(|_| line_height).sum()
    }

    /// Draws it, its top left corner at a place.
    pub(super) fn draw(self, [x, top]: [f32; 2], color: Color, weight: f32, to: &mut Vec<Item>) {
        let heights = metrics(self.size);
        // The line's height beyond its letters goes half above and half below.
        let above = (heights.line_height - heights.ascent - heights.descent) / 2.0;
        let mut baseline = top + above + heights.ascent;
        for line in self.lines {
            to.push(text(line, [x, baseline], color, weight));
            baseline += heights.line_height;
        }
    }
}

/// The notice on its panel, its top left corner at a place. Returns the panel's size.
pub(super) fn notice(
    words: &str,
    at: [f32; 2],
    max_width: f32,
    to: &mut Vec<Item>,
) -> ([f32; 2], bool) {
    let words = Paragraph::new(words, 13.0, max_width - 2.0 * PADDING, 4);
    let size = [words.width() + 2.0 * PADDING, words.height() + PADDING];
    let cut = words.cut;
    to.push(panel(at, size, NOTICE, NOTICE_EDGE));
    words.draw([at[0] + PADDING, at[1] + PADDING / 2.0], INK, STRONG, to);
    (size, cut)
}

/// A scale bar on its panel, true in the middle of the map, the panel's bottom left corner at a
/// place. Returns the panel's size; none when the map has no scale.
pub(super) fn scale_panel(
    frame: Frame,
    [left, bottom]: [f32; 2],
    language: Language,
    to: &mut Vec<Item>,
) -> Option<[f32; 2]> {
    const BAR: f32 = 4.5;
    const LABEL: f32 = 11.0;
    let most = (frame.size[0] * 0.3).min(160.0);
    let bar = scale_bar(frame.ground_metres_per_unit, f64::from(most))?;
    #[expect(clippy::cast_possible_truncation, reason = "at most 160")]
    let length = bar.length as f32;
    let (zero, label) = (shape("0", LABEL), shape(&bar.label(language), LABEL));
    let heights = metrics(LABEL);
    let before = zero.width / 2.0;
    let after = label.width / 2.0;
    let size = [
        PADDING + before + length + after + PADDING,
        PADDING + heights.cap_height + 4.0 + BAR + PADDING,
    ];
    let top = bottom - size[1];
    to.push(panel([left, top], size, PAPER.with_alpha(235), EDGE));
    let start = left + PADDING + before;
    let baseline = top + PADDING + heights.cap_height;
    to.push(text(zero, [start - before, baseline], INK, PLAIN));
    to.push(text(label, [start + length - after, baseline], INK, PLAIN));
    let bar_top = baseline + 4.0;
    striped([start, bar_top], [length, BAR], bar.parts(), 0.75, to);
    Some(size)
}

/// A bar of so many equal parts, dark and light by turns, with a line of a width around it.
pub(super) fn striped(
    [left, top]: [f32; 2],
    [length, height]: [f32; 2],
    parts: u8,
    line: f32,
    to: &mut Vec<Item>,
) {
    let part = length / f32::from(parts);
    for number in 0..parts {
        let x = left + part * f32::from(number);
        to.push(Item::Shape(Shape {
            outline: Outline::rectangle([x, top], [part, height]),
            fill: Some(if number % 2 == 0 { INK } else { PAPER }),
            stroke: None,
        }));
    }
    to.push(Item::Shape(Shape {
        outline: Outline::rectangle([left, top], [length, height]),
        fill: None,
        stroke: Some(Stroke::plain(INK, line)),
    }));
}
