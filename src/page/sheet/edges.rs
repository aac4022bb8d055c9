//! What stands above and below the map.

use super::SheetSpec;
use super::blocks::{AboutBlock, BAR_HEIGHT, CheckBlock, GAP, NEAR, SCALE, SMALL, draw_bar};
use super::words::{scale_words, subtitle, title};
use crate::i18n::tr;
use crate::page::display::Item;
use crate::page::frame::Frame;
use crate::page::furniture::{GREY_INK, INK, PLAIN, Paragraph, STRONG};
use crate::project::{HouseStyle, MovablePart, SheetPart};

/// Sizes of letters.
const TITLE: f32 = 27.0;
const SUBTITLE: f32 = 13.0;

/// The narrowest column of text.
const COLUMN: f32 = 190.0;

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
    about: Option<AboutBlock>,
    check: Option<CheckBlock>,
    /// Widths of both columns; the second below the first where it is not beside it.
    columns: [f32; 2],
    is_stacked: bool,
    pub(super) cut: u64,
}

impl Footer {
    /// `statement` is what the scale holds for, of which no more lines are shown than
    /// `statement_lines`. While there is no frame, all sources are listed. What the person put
    /// elsewhere is not in it.
    pub(super) fn new(
        (spec, frame, counts): (&SheetSpec<'_>, Option<Frame>, &str),
        width: f32,
        millimetres_per_unit: f64,
        (denominator, statement): (u32, &str),
        statement_lines: usize,
    ) -> Footer {
        let sheet = spec.sheet;
        let language = spec.content.language;
        let stays = |part| !sheet.moved.contains_key(&part);
        let left = (width * 0.42).clamp(COLUMN, 420.0).min(width);
        let is_stacked = width - left - GAP < COLUMN;
        let right = if is_stacked { width } else { width - left - GAP };
        let left = if is_stacked { width } else { left };

        let about =
            stays(MovablePart::About).then(|| AboutBlock::new((spec, frame, counts), right));
        let has_scale = sheet.has(SheetPart::ScaleBar) && stays(MovablePart::ScaleBar);
        let scale =
            has_scale.then(|| Paragraph::new(&scale_words(language, denominator), SCALE, left, 1));
        let has_statement = sheet.has(SheetPart::Statement) && stays(MovablePart::Statement);
        let statement =
            has_statement.then(|| Paragraph::new(statement, SMALL, left, statement_lines));
        let check = stays(MovablePart::CheckLine)
            .then(|| CheckBlock::new(spec, width, millimetres_per_unit, true))
            .flatten();
        let cut = about.as_ref().map_or(0, AboutBlock::cut)
            + u64::from(statement.as_ref().is_some_and(|words| words.cut))
            + u64::from(check.as_ref().is_some_and(CheckBlock::is_cut));
        Footer { scale, statement, about, check, columns: [left, right], is_stacked, cut }
    }

    pub(super) fn statement_lines(&self) -> usize {
        self.statement.as_ref().map_or(0, Paragraph::lines)
    }

    /// Where its parts stand and how large they are, its own corner at a place.
    pub(super) fn places(
        &self,
        corner: [f32; 2],
    ) -> impl Iterator<Item = (MovablePart, [f32; 2], [f32; 2])> {
        let [scale, statement, about, check] = self.corners(corner);
        let own = |part, at, size: Option<[f32; 2]>| size.map(|size| (part, at, size));
        let wide = self.columns[0].min(260.0);
        let size = self.scale.as_ref().map(|words| [wide, words.height() + BAR_HEIGHT]);
        let words = self.statement.as_ref().map(|words| [words.width(), words.height()]);
        let found = [
            own(MovablePart::ScaleBar, scale, size),
            own(MovablePart::Statement, statement, words),
            own(MovablePart::About, about, self.about.as_ref().and_then(AboutBlock::size)),
            own(MovablePart::CheckLine, check, self.check.as_ref().map(CheckBlock::size)),
        ];
        found.into_iter().flatten()
    }

    /// Where scale, statement, words and check line stand.
    fn corners(&self, [left, top]: [f32; 2]) -> [[f32; 2]; 4] {
        let top = top + GAP * 0.8;
        let statement = [left, top + self.scale_height() + NEAR];
        let about = if self.is_stacked {
            [left, top + self.left_height() + GAP]
        } else {
            [left + self.columns[0] + GAP, top]
        };
        [[left, top], statement, about, [left, top + self.blocks_height() + GAP * 0.8]]
    }

    fn scale_height(&self) -> f32 {
        self.scale.as_ref().map_or(0.0, |scale| scale.height() + BAR_HEIGHT + NEAR)
    }

    fn left_height(&self) -> f32 {
        let statement = self.statement.as_ref().map_or(0.0, |words| words.height() + NEAR);
        self.scale_height() + statement
    }

    fn blocks_height(&self) -> f32 {
        let size = self.about.as_ref().and_then(AboutBlock::size);
        let (left, right) = (self.left_height(), size.map_or(0.0, |[_, high]| high));
        if self.is_stacked { left + GAP + right } else { left.max(right) }
    }

    pub(super) fn height(&self) -> f32 {
        let check = self.check.as_ref().map_or(0.0, |check| check.size()[1] + GAP * 0.8);
        GAP * 0.8 + self.blocks_height() + check
    }

    /// Draws it below the map. The bar is true in the middle of the frame.
    pub(super) fn draw(
        self,
        corner: [f32; 2],
        frame: Frame,
        spec: &SheetSpec<'_>,
        to: &mut Vec<Item>,
    ) {
        let [at_scale, at_statement, at_about, at_check] = self.corners(corner);
        if let Some(scale) = self.scale {
            let height = scale.height();
            scale.draw(at_scale, INK, STRONG, to);
            draw_bar([at_scale[0], at_scale[1] + height], self.columns[0], frame, spec, to);
        }
        if let Some(statement) = self.statement {
            statement.draw(at_statement, GREY_INK, PLAIN, to);
        }
        if let Some(about) = self.about {
            about.draw(at_about, to);
        }
        if let Some(check) = self.check {
            check.draw(at_check, to);
        }
    }
}

/// The words over the arrow to the north.
pub(super) fn north_letter(spec: &SheetSpec<'_>) -> String {
    tr(spec.content.language, "sheet-north-letter")
}
