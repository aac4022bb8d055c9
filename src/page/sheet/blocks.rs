//! The blocks of words and measures that stand below the map, or where the person put them.

use super::SheetSpec;
use super::words::scale_words;
use crate::crs::{ScaleBar, scale_bar};
use crate::i18n::Message;
use crate::page::content::FigureLayer;
use crate::page::display::{Item, Shape, Stroke};
use crate::page::frame::Frame;
use crate::page::furniture::{GREY_INK, INK, PLAIN, Paragraph, STRONG, striped, text};
use crate::page::sources::{Sourced, made_line, sources};
use crate::project::SheetPart;
use crate::text::{Outline, metrics, shape};

/// Sizes of letters.
pub(super) const SCALE: f32 = 16.0;
const BODY: f32 = 10.5;
pub(super) const SMALL: f32 = 9.0;

/// Between lines that belong together, and between blocks.
pub(super) const NEAR: f32 = 4.0;
pub(super) const GAP: f32 = 12.0;

/// The length that is checked with a ruler, millimetres; half of it where there is no room.
const CHECKED: [f64; 2] = [100.0, 50.0];

/// The person's own words, what was counted, the notice, the sources and the day.
pub(super) struct AboutBlock {
    /// Each with whether it is strong.
    words: Vec<(Paragraph, bool)>,
}

impl AboutBlock {
    /// In a column so wide. While there is no frame, all sources are listed.
    pub(super) fn new(
        (spec, frame, counts): (&SheetSpec<'_>, Option<Frame>, &str),
        width: f32,
    ) -> AboutBlock {
        let (sheet, content) = (spec.sheet, &spec.content);
        let language = content.language;
        let mut sourced =
            frame.map_or_else(|| content.sourced(), |frame| content.sourced_in(frame));
        // What is listed without being on the map has a source too.
        let is_listed = |layer: &&FigureLayer<'_>| {
            !content.document.is_shown(layer.layer) && sheet.only_lists(layer.layer.id)
        };
        let listed = content.layers.iter().filter(is_listed);
        sourced.extend(listed.map(|layer| Sourced::from(layer.layer)));
        let line = sources(&sourced, content.basemap_attribution(), language, content.today);
        let made = sheet.has(SheetPart::Date).then(|| made_line(language, content.today));
        let notice = content.document.notice.trim();
        let words = [
            (sheet.text.trim(), BODY, false),
            (counts, BODY, false),
            (notice, BODY, true),
            (&line, SMALL, false),
            (made.as_deref().unwrap_or_default(), SMALL, false),
        ];
        let words = words.into_iter().filter(|(words, ..)| !words.is_empty());
        let words = words
            .map(|(words, size, is_strong)| (Paragraph::new(words, size, width, 40), is_strong));
        AboutBlock { words: words.collect() }
    }

    pub(super) fn cut(&self) -> u64 {
        self.words.iter().filter(|(words, _)| words.cut).count() as u64
    }

    /// Its width and height; none where it says nothing.
    pub(super) fn size(&self) -> Option<[f32; 2]> {
        let sizes = self.words.iter().map(|(words, _)| [words.width(), words.height()]);
        sizes.reduce(|[wide, high], [width, height]| [wide.max(width), high + NEAR + height])
    }

    pub(super) fn draw(self, mut at: [f32; 2], to: &mut Vec<Item>) {
        for (words, is_strong) in self.words {
            let height = words.height();
            let (color, weight) = if is_strong { (INK, STRONG) } else { (GREY_INK, PLAIN) };
            words.draw(at, color, weight, to);
            at[1] += height + NEAR;
        }
    }
}

/// The line to check the size of a print with, and the words about it.
pub(super) struct CheckBlock {
    /// The length of the line, units.
    length: f32,
    words: Paragraph,
    /// The words beside the line rather than below it.
    is_beside: bool,
}

impl CheckBlock {
    /// In a room so wide, the words below the line unless they `may_be_beside` it; none where the sheet
    /// has none, and where there is no room.
    pub(super) fn new(
        spec: &SheetSpec<'_>,
        width: f32,
        millimetres_per_unit: f64,
        may_be_beside: bool,
    ) -> Option<CheckBlock> {
        if !spec.sheet.has(SheetPart::CheckLine) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
        let units = |millimetres: f64| (millimetres / millimetres_per_unit) as f32;
        let found = CHECKED.into_iter().find(|length| units(*length) <= width)?;
        let words = Message::new("sheet-check-line").number("length", found, 0);
        let words = words.in_language(spec.content.language);
        let length = units(found);
        let is_beside = may_be_beside && width - length - GAP >= 150.0;
        let room = match (is_beside, may_be_beside) {
            (true, _) => width - length - GAP,
            (false, true) => width,
            // By itself it is as wide as its line.
            (false, false) => length,
        };
        Some(CheckBlock { length, words: Paragraph::new(&words, SMALL, room, 3), is_beside })
    }

    pub(super) fn is_cut(&self) -> bool {
        self.words.cut
    }

    pub(super) fn size(&self) -> [f32; 2] {
        let [wide, high] = [self.words.width(), self.words.height()];
        if self.is_beside {
            [self.length + GAP + wide, high.max(CHECK_HEIGHT)]
        } else {
            [self.length.max(wide), CHECK_HEIGHT + NEAR + high]
        }
    }

    pub(super) fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) {
        draw_check([left, top], self.length, to);
        let at = if self.is_beside {
            let above = (CHECK_HEIGHT - self.words.height().min(CHECK_HEIGHT)) / 2.0;
            [left + self.length + GAP, top + above]
        } else {
            [left, top + CHECK_HEIGHT + NEAR]
        };
        self.words.draw(at, GREY_INK, PLAIN, to);
    }
}

const CHECK_HEIGHT: f32 = 8.0;

/// A line with ends, as long as it says from the middle of one end to that of the other.
fn draw_check([left, top]: [f32; 2], length: f32, to: &mut Vec<Item>) {
    let middle = top + CHECK_HEIGHT / 2.0;
    let mut outline = Outline::line(&[[left, middle], [left + length, middle]]);
    for x in [left, left + length] {
        outline.push_line(&[[x, top], [x, top + CHECK_HEIGHT]]);
    }
    let stroke = Some(Stroke::plain(GREY_INK, 0.6));
    to.push(Item::Shape(Shape { outline, fill: None, stroke }));
}

const BAR: f32 = 5.0;
/// The bar with the numbers above it.
pub(super) const BAR_HEIGHT: f32 = BAR + 5.0 + 9.0;

pub(super) fn draw_bar(
    [left, top]: [f32; 2],
    width: f32,
    frame: Frame,
    spec: &SheetSpec<'_>,
    to: &mut Vec<Item>,
) {
    let Some(bar) = bar_of(frame, width) else { return };
    #[expect(clippy::cast_possible_truncation, reason = "at most 240")]
    let length = bar.length as f32;
    let language = spec.content.language;
    let baseline = top + metrics(BODY).cap_height + 2.0;
    to.push(text(shape("0", BODY), [left, baseline], INK, PLAIN));
    let label = shape(&bar.label(language), BODY);
    let end = (left + length - label.width / 2.0).max(left + 12.0);
    to.push(text(label, [end, baseline], INK, PLAIN));
    striped([left, baseline + 4.0], [length, BAR], bar.parts(), 0.6, to);
}

/// Scale and bar where the person put them.
pub(super) struct ScaleBlock<'a> {
    scale: Paragraph,
    frame: Frame,
    spec: &'a SheetSpec<'a>,
    /// The room for the bar.
    room: f32,
    pub(super) size: [f32; 2],
}

impl<'a> ScaleBlock<'a> {
    /// None where there is no scale on the sheet. The bar takes at most three quarters of a room.
    pub(super) fn new(
        spec: &'a SheetSpec<'a>,
        denominator: u32,
        frame: Frame,
        room: f32,
    ) -> Option<ScaleBlock<'a>> {
        if !spec.sheet.has(SheetPart::ScaleBar) {
            return None;
        }
        let language = spec.content.language;
        let room = room.min(frame.size[0] * 0.6);
        let scale = Paragraph::new(&scale_words(language, denominator), SCALE, room.max(80.0), 1);
        let bar = bar_of(frame, room)?;
        #[expect(clippy::cast_possible_truncation, reason = "at most 240")]
        let length = bar.length as f32;
        let label = shape(&bar.label(language), BODY).width;
        let wide = (length + label / 2.0).max(scale.width());
        let size = [wide, scale.height() + BAR_HEIGHT];
        Some(ScaleBlock { scale, frame, spec, room, size })
    }

    pub(super) fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) {
        let height = self.scale.height();
        self.scale.draw([left, top], INK, STRONG, to);
        draw_bar([left, top + height], self.room, self.frame, self.spec, to);
    }
}

fn bar_of(frame: Frame, width: f32) -> Option<ScaleBar> {
    scale_bar(frame.ground_metres_per_unit, f64::from((width * 0.75).min(240.0)))
}
