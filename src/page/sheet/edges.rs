//! What stands above and below the map.

use super::SheetSpec;
use super::words::{scale_words, subtitle, title};
use crate::crs::{ScaleBar, scale_bar};
use crate::i18n::tr;
use crate::page::content::FigureLayer;
use crate::page::display::{Item, Shape, Stroke};
use crate::page::frame::Frame;
use crate::page::furniture::{GREY_INK, INK, PAPER, PLAIN, Paragraph, STRONG, text};
use crate::page::sources::{Sourced, made_line, sources};
use crate::project::{HouseStyle, MovablePart, SheetPart};
use crate::text::{Outline, metrics, shape};

/// Sizes of letters.
const TITLE: f32 = 27.0;
const SUBTITLE: f32 = 13.0;
const SCALE: f32 = 16.0;
const BODY: f32 = 10.5;
const SMALL: f32 = 9.0;

/// Between lines that belong together, and between blocks.
const NEAR: f32 = 4.0;
const GAP: f32 = 12.0;

/// The narrowest column of text.
const COLUMN: f32 = 190.0;

/// The length that is checked with a ruler, millimetres; half of it where there is no room.
const CHECKED: [f64; 2] = [100.0, 50.0];

/// Title and subtitle.
pub(super) struct Header {
    title: Option<Paragraph>,
    subtitle: Option<Paragraph>,
    pub(super) cut: u64,
}

impl Header {
    /// Where it finds its place, or where the person put it: empty for the other of the two.
    pub(super) fn new(spec: &SheetSpec<'_>, width: f32, is_moved: bool) -> Header {
        if spec.sheet.moved.contains_key(&MovablePart::Title) != is_moved {
            return Header { title: None, subtitle: None, cut: 0 };
        }
        let larger = if spec.sheet.house == HouseStyle::Poster { 1.35 } else { 1.0 };
        let title = title(spec).map(|title| Paragraph::new(&title, TITLE * larger, width, 2));
        let subtitle =
            subtitle(spec).map(|words| Paragraph::new(&words, SUBTITLE * larger, width, 2));
        let cut = [&title, &subtitle].into_iter().flatten().filter(|words| words.cut).count();
        Header { title, subtitle, cut: cut as u64 }
    }

    pub(super) fn height(&self) -> f32 {
        let height = |words: &Option<Paragraph>| words.as_ref().map_or(0.0, Paragraph::height);
        let sum = height(&self.title) + height(&self.subtitle);
        if sum > 0.0 { sum + GAP * 0.8 } else { 0.0 }
    }

    /// Its width and height; none where it is empty.
    pub(super) fn size(&self) -> Option<[f32; 2]> {
        let both = [&self.title, &self.subtitle].into_iter().flatten();
        let sizes = both.map(|words| [words.width(), words.height()]);
        sizes.reduce(|[wide, high], [width, height]| [wide.max(width), high + height])
    }

    pub(super) fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) {
        let mut y = top;
        if let Some(title) = self.title {
            let height = title.height();
            title.draw([left, y], INK, STRONG, to);
            y += height;
        }
        if let Some(subtitle) = self.subtitle {
            subtitle.draw([left, y], GREY_INK, PLAIN, to);
        }
    }
}

/// Scale, sources and the line to check the size with.
pub(super) struct Footer {
    /// The scale in figures, and what it holds for.
    scale: Option<Paragraph>,
    statement: Option<Paragraph>,
    has_bar: bool,
    /// The person's own words, the notice, the sources and the day.
    right: Vec<(Paragraph, bool)>,
    /// The line to check, its length in units, and the words about it.
    check: Option<(f32, Paragraph)>,
    /// The words beside the line rather than below it.
    is_beside: bool,
    /// Widths of both columns; the second below the first where it is not beside it.
    columns: [f32; 2],
    is_stacked: bool,
    pub(super) cut: u64,
}

impl Footer {
    /// `statement` is what the scale holds for, of which no more lines are shown than
    /// `statement_lines`. While there is no frame, all sources are listed.
    pub(super) fn new(
        (spec, frame, counts): (&SheetSpec<'_>, Option<Frame>, &str),
        width: f32,
        millimetres_per_unit: f64,
        (denominator, statement): (u32, &str),
        statement_lines: usize,
    ) -> Footer {
        let (sheet, content) = (spec.sheet, &spec.content);
        let language = content.language;
        let left = (width * 0.42).clamp(COLUMN, 420.0).min(width);
        let is_stacked = width - left - GAP < COLUMN;
        let right = if is_stacked { width } else { width - left - GAP };
        let left = if is_stacked { width } else { left };

        let paragraph = |words: &str, size, width| Paragraph::new(words, size, width, 40);
        let mut texts = Vec::new();
        let own = sheet.text.trim();
        if !own.is_empty() {
            texts.push((paragraph(own, BODY, right), false));
        }
        if !counts.is_empty() {
            texts.push((paragraph(counts, BODY, right), false));
        }
        let notice = content.document.notice.trim();
        if !notice.is_empty() {
            texts.push((paragraph(notice, BODY, right), true));
        }
        let mut sourced =
            frame.map_or_else(|| content.sourced(), |frame| content.sourced_in(frame));
        // What is listed without being on the map has a source too.
        let is_listed = |layer: &&FigureLayer<'_>| {
            !content.document.is_shown(layer.layer) && sheet.only_lists(layer.layer.id)
        };
        let listed = content.layers.iter().filter(is_listed);
        sourced.extend(listed.map(|layer| Sourced::from(layer.layer)));
        let line = sources(&sourced, content.basemap_attribution(), language, content.today);
        if !line.is_empty() {
            texts.push((paragraph(&line, SMALL, right), false));
        }
        if sheet.has(SheetPart::Date) {
            let made = made_line(language, content.today);
            texts.push((paragraph(&made, SMALL, right), false));
        }

        let has_scale =
            sheet.has(SheetPart::ScaleBar) && !sheet.moved.contains_key(&MovablePart::ScaleBar);
        let scale =
            has_scale.then(|| Paragraph::new(&scale_words(language, denominator), SCALE, left, 1));
        let statement = sheet
            .has(SheetPart::Statement)
            .then(|| Paragraph::new(statement, SMALL, left, statement_lines));
        let check = sheet.has(SheetPart::CheckLine).then_some(CHECKED).and_then(|lengths| {
            #[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
            let units = |millimetres: f64| (millimetres / millimetres_per_unit) as f32;
            let found = lengths.into_iter().find(|length| units(*length) <= width)?;
            let words = crate::i18n::Message::new("sheet-check-line").number("length", found, 0);
            Some((units(found), words.in_language(language)))
        });
        let is_beside = check.as_ref().is_some_and(|(length, _)| width - length - GAP >= 150.0);
        let check = check.map(|(length, words)| {
            let room = if is_beside { width - length - GAP } else { width };
            (length, Paragraph::new(&words, SMALL, room, 3))
        });
        let shown = texts.iter().map(|(words, _)| words);
        let shown = shown.chain(&statement).chain(check.as_ref().map(|(_, words)| words));
        let cut = shown.filter(|words| words.cut).count() as u64;
        Footer {
            scale,
            statement,
            has_bar: has_scale,
            right: texts,
            check,
            is_beside,
            columns: [left, right],
            is_stacked,
            cut,
        }
    }

    pub(super) fn statement_lines(&self) -> usize {
        self.statement.as_ref().map_or(0, Paragraph::lines)
    }

    /// Where scale and bar stand, the footer's corner at a place, and how large they are.
    pub(super) fn scale_at(&self, [left, top]: [f32; 2]) -> Option<([f32; 2], [f32; 2])> {
        let scale = self.scale.as_ref()?;
        let size = [self.columns[0].min(260.0), scale.height() + BAR_HEIGHT];
        Some(([left, top + GAP * 0.8], size))
    }

    fn left_height(&self) -> f32 {
        let scale = self.scale.as_ref().map_or(0.0, Paragraph::height);
        let bar = if self.has_bar { BAR_HEIGHT + NEAR } else { 0.0 };
        let statement = self.statement.as_ref().map_or(0.0, |words| words.height() + NEAR);
        scale + bar + statement
    }

    fn right_height(&self) -> f32 {
        let heights = self.right.iter().map(|(words, _)| words.height() + NEAR);
        (heights.sum::<f32>() - NEAR).max(0.0)
    }

    fn check_height(&self) -> f32 {
        let Some((_, words)) = &self.check else { return 0.0 };
        let high = if self.is_beside {
            words.height().max(CHECK_HEIGHT)
        } else {
            CHECK_HEIGHT + NEAR + words.height()
        };
        high + GAP * 0.8
    }

    pub(super) fn height(&self) -> f32 {
        let (left, right) = (self.left_height(), self.right_height());
        let blocks = if self.is_stacked { left + GAP + right } else { left.max(right) };
        GAP * 0.8 + blocks + self.check_height()
    }

    /// Draws it below the map. The bar is true in the middle of the frame.
    pub(super) fn draw(
        self,
        [left, top]: [f32; 2],
        frame: Frame,
        spec: &SheetSpec<'_>,
        to: &mut Vec<Item>,
    ) {
        let check_height = self.check_height();
        let blocks = self.height() - check_height;
        let top = top + GAP * 0.8;
        let mut y = top;
        let left_height = self.left_height();
        if let Some(scale) = self.scale {
            let height = scale.height();
            scale.draw([left, y], INK, STRONG, to);
            y += height;
        }
        if self.has_bar {
            draw_bar([left, y], self.columns[0], frame, spec, to);
            y += BAR_HEIGHT + NEAR;
        }
        if let Some(statement) = self.statement {
            statement.draw([left, y + NEAR], GREY_INK, PLAIN, to);
        }
        let mut at = if self.is_stacked {
            [left, top + left_height + GAP]
        } else {
            [left + self.columns[0] + GAP, top]
        };
        for (words, is_strong) in self.right {
            let height = words.height();
            let (color, weight) = if is_strong { (INK, STRONG) } else { (GREY_INK, PLAIN) };
            words.draw(at, color, weight, to);
            at[1] += height + NEAR;
        }
        if let Some((length, words)) = self.check {
            let y = top - GAP * 0.8 + blocks + GAP * 0.8;
            draw_check([left, y], length, to);
            let at = if self.is_beside {
                [left + length + GAP, y + (CHECK_HEIGHT - words.height().min(CHECK_HEIGHT)) / 2.0]
            } else {
                [left, y + CHECK_HEIGHT + NEAR]
            };
            words.draw(at, GREY_INK, PLAIN, to);
        }
    }
}

const BAR: f32 = 5.0;
/// The bar with the numbers above it.
const BAR_HEIGHT: f32 = BAR + 5.0 + 9.0;

fn draw_bar(
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
    let y = baseline + 4.0;
    let part = length / f32::from(bar.parts());
    for number in 0..bar.parts() {
        let x = left + part * f32::from(number);
        to.push(Item::Shape(Shape {
            outline: Outline::rectangle([x, y], [part, BAR]),
            fill: Some(if number % 2 == 0 { INK } else { PAPER }),
            stroke: None,
        }));
    }
    to.push(Item::Shape(Shape {
        outline: Outline::rectangle([left, y], [length, BAR]),
        fill: None,
        stroke: Some(Stroke::plain(INK, 0.6)),
    }));
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

/// The words over the arrow to the north.
pub(super) fn north_letter(spec: &SheetSpec<'_>) -> String {
    tr(spec.content.language, "sheet-north-letter")
}
