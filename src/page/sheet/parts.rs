//! Parts that the person put somewhere: they come first, and the others find room beside them.

use super::SheetSpec;
use super::blocks::{AboutBlock, CheckBlock, SMALL, ScaleBlock};
use super::edges::Header;
use super::plan::SheetPlan;
use super::room::Room;
use super::words::statement;
use crate::i18n::Arg;
use crate::page::display::{Group, Image, Item, Role};
use crate::page::frame::Frame;
use crate::page::furniture::{EDGE, GREY_INK, INK, PADDING, PAPER, PLAIN, Paragraph, panel};
use crate::page::legend_box::panel_size;
use crate::problem::Problems;
use crate::project::{FREE_EDGE, MovablePart, PartPlace, SheetLogo, SheetPart, TextBlock};
use crate::style::Color;

/// A thing on a sheet that can be taken hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SheetThing {
    /// A part that finds its place by itself.
    Part(MovablePart),
    /// A block of words, by its position.
    Block(usize),
    /// The logo.
    Logo,
}

/// Where a thing stands on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThingPlace {
    /// What it is.
    pub thing: SheetThing,
    /// Left, top, right and bottom, millimetres.
    pub rect: [f64; 4],
}

/// The pixels of a logo.
#[derive(Clone, Debug)]
pub struct LogoPixels {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and straight alpha of each, row by row from the top.
    pub rgba: std::sync::Arc<[u8]>,
}

/// What is put on a sheet, one after another.
pub(super) struct Parts<'a> {
    pub plan: &'a SheetPlan,
    pub spec: &'a SheetSpec<'a>,
    pub room: Room,
    /// Panels on the map, and what the person put over all else.
    pub panels: Vec<Item>,
    pub above: Vec<Item>,
    pub title: Vec<Item>,
    pub places: Vec<ThingPlace>,
    pub cut: u64,
}

/// The ground of what was put somewhere.
pub(super) const GROUND: Color = PAPER.with_alpha(240);

/// The highest a block of words may be, as a share of the page.
const MOST_LINES: usize = 60;

impl<'a> Parts<'a> {
    pub fn new(plan: &'a SheetPlan, spec: &'a SheetSpec<'a>) -> Parts<'a> {
        Parts {
            plan,
            spec,
            room: Room::new(plan.frame, &plan.shape, plan.lists.has_grid),
            panels: Vec::new(),
            above: Vec::new(),
            title: Vec::new(),
            places: Vec::new(),
            cut: 0,
        }
    }

    /// Where the person put a part; none for where it finds its place.
    pub fn moved(&self, part: MovablePart) -> Option<PartPlace> {
        self.spec.sheet.moved.get(&part).copied()
    }

    /// The upper left corner of something of a size, units, that was put somewhere.
    pub fn corner(&self, place: PartPlace, size: [f32; 2]) -> [f32; 2] {
        corner(self.plan.page, self.plan.frame, place, size)
    }

    /// Notes where something stands; nothing else comes there.
    pub fn take(&mut self, thing: SheetThing, at: [f32; 2], size: [f32; 2]) {
        self.room.take(at, size);
        self.note(thing, at, size);
    }

    /// Notes where something stands beside the map.
    pub fn note(&mut self, thing: SheetThing, at: [f32; 2], size: [f32; 2]) {
        let unit = self.plan.frame.millimetres_per_unit;
        let rect = [at[0], at[1], at[0] + size[0], at[1] + size[1]];
        let rect = rect.map(|length| f64::from(length) * unit);
        self.places.push(ThingPlace { thing, rect });
    }

    /// Draws what the person put on the sheet and what was moved off its line: blocks, logo, title and
    /// scale.
    pub fn draw_own(&mut self, problems: &mut Problems) {
        let sheet = self.spec.sheet;
        if let Some(logo) = &sheet.logo {
            self.draw_logo(logo, problems);
        }
        for (at, block) in sheet.blocks.iter().enumerate() {
            self.draw_block(at, block);
        }
        if let Some(place) = self.moved(MovablePart::Title) {
            self.draw_title(place);
        }
        if let Some(place) = self.moved(MovablePart::ScaleBar) {
            self.draw_scale(place);
        }
        if let Some(place) = self.moved(MovablePart::Statement) {
            self.draw_statement(place);
        }
        if let Some(place) = self.moved(MovablePart::About) {
            self.draw_about(place);
        }
        if let Some(place) = self.moved(MovablePart::CheckLine) {
            self.draw_check(place);
        }
    }

    fn draw_logo(&mut self, logo: &SheetLogo, problems: &mut Problems) {
        let Some(pixels) = self.spec.logo else {
            let about = vec![("path", Arg::Text(logo.path.clone()))];
            problems.report("problem-sheet-no-logo", 1, about, None);
            return;
        };
        let mm = |units: f32| units_to_mm(self.plan.frame, units);
        let [paper_width, paper_height] = self.plan.page.map(mm);
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let aspect = pixels.height as f32 / (pixels.width as f32).max(1.0);
        let mut width = logo.place.width(SheetLogo::WIDTH, paper_width);
        if width * aspect > paper_height * 0.8 {
            width = paper_height * 0.8 / aspect;
        }
        let size = [width, width * aspect].map(|length| mm_to_units(self.plan.frame, length));
        let at = self.corner(logo.place, size);
        self.above.push(Item::Image(Image {
            width: pixels.width,
            height: pixels.height,
            rgba: pixels.rgba.clone(),
            at,
            size,
        }));
        self.take(SheetThing::Logo, at, size);
    }

    fn draw_block(&mut self, number: usize, block: &TextBlock) {
        let frame = self.plan.frame;
        let [paper_width, paper_height] = self.plan.page.map(|units| units_to_mm(frame, units));
        let width = block.place.width(TextBlock::WIDTH, paper_width);
        let width = mm_to_units(frame, width) - 2.0 * PADDING;
        let (least, most) = TextBlock::SIZES;
        let size = if block.size.is_finite() { block.size.clamp(least, most) } else { 12.0 };
        // Points of type are 1/72 inch; the page's units 1/96.
        let size = size * 96.0 / 72.0;
        let line = crate::text::metrics(size).line_height;
        let room = mm_to_units(frame, paper_height) * 0.8;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
        let lines = ((room / line).floor().max(1.0) as usize).min(MOST_LINES);
        let words = Paragraph::new(block.text.trim(), size, width.max(20.0), lines);
        let own = if block.place.width.is_some() { width } else { words.width() };
        let height = words.height().max(line * 0.6);
        let size = panel_size([own.max(12.0), height]);
        let at = self.corner(block.place, size);
        self.cut += u64::from(words.cut);
        if !block.text.trim().is_empty() {
            self.above.push(panel(at, size, GROUND, GROUND));
            words.draw(at.map(|edge| edge + PADDING), INK, PLAIN, &mut self.above);
        }
        self.take(SheetThing::Block(number), at, size);
    }

    fn draw_title(&mut self, place: PartPlace) {
        let width = self.room_for(place, 0.6);
        let header = Header::new(self.spec, width, true);
        let Some(size) = header.size() else { return };
        let size = panel_size(if place.width.is_some() { [width, size[1]] } else { size });
        let at = self.corner(place, size);
        self.cut += header.cut;
        self.title.push(panel(at, size, GROUND, GROUND));
        header.draw(at.map(|edge| edge + PADDING), &mut self.title);
        self.take(SheetThing::Part(MovablePart::Title), at, size);
    }

    fn draw_scale(&mut self, place: PartPlace) {
        let block = ScaleBlock::new(self.spec, self.plan.denominator, self.plan.frame, 330.0);
        let Some(block) = block else { return };
        let at = self.on_ground(MovablePart::ScaleBar, place, block.size);
        block.draw(at, &mut self.above);
    }

    fn draw_statement(&mut self, place: PartPlace) {
        let (plan, spec) = (self.plan, self.spec);
        if !spec.sheet.has(SheetPart::Statement) {
            return;
        }
        let language = spec.content.language;
        let words =
            statement(language, spec.sheet.plane, plan.frame, plan.denominator, plan.scale_error);
        let width = self.room_for(place, 0.4);
        let words = Paragraph::new(&words.in_language(language), SMALL, width, 12);
        let own = if place.width.is_some() { width } else { words.width() };
        self.cut += u64::from(words.cut);
        let at = self.on_ground(MovablePart::Statement, place, [own, words.height()]);
        words.draw(at, GREY_INK, PLAIN, &mut self.above);
    }

    fn draw_about(&mut self, place: PartPlace) {
        let (plan, spec) = (self.plan, self.spec);
        let width = self.room_for(place, 0.4);
        let about = AboutBlock::new((spec, Some(plan.frame), &plan.counts.words), width);
        let Some([wide, high]) = about.size() else { return };
        let own = if place.width.is_some() { width } else { wide };
        self.cut += about.cut();
        let at = self.on_ground(MovablePart::About, place, [own, high]);
        about.draw(at, &mut self.above);
    }

    fn draw_check(&mut self, place: PartPlace) {
        let frame = self.plan.frame;
        let free = 2.0 * (mm_to_units(frame, FREE_EDGE) + PADDING);
        let room = self.plan.page[0] - free;
        let check = CheckBlock::new(self.spec, room, frame.millimetres_per_unit, false);
        let Some(check) = check else { return };
        self.cut += u64::from(check.is_cut());
        let at = self.on_ground(MovablePart::CheckLine, place, check.size());
        check.draw(at, &mut self.above);
    }

    /// How wide the words of something are that was put somewhere, units: as the person wants it, or a
    /// share of the paper.
    fn room_for(&self, place: PartPlace, share: f32) -> f32 {
        let frame = self.plan.frame;
        let paper = units_to_mm(frame, self.plan.page[0]);
        (mm_to_units(frame, place.width(paper * share, paper)) - 2.0 * PADDING).max(40.0)
    }

    /// A ground for a part of a size that was put somewhere, which nothing else comes on; the corner of
    /// the part.
    fn on_ground(&mut self, part: MovablePart, place: PartPlace, size: [f32; 2]) -> [f32; 2] {
        let size = panel_size(size);
        let at = self.corner(place, size);
        self.above.push(panel(at, size, GROUND, EDGE));
        self.take(SheetThing::Part(part), at, size);
        at.map(|edge| edge + PADDING)
    }

    /// The group of what was put over all else; none without any.
    pub fn group(items: Vec<Item>) -> Option<Group> {
        (!items.is_empty()).then(|| Group {
            name: "parts".to_owned(),
            role: Role::Text,
            clip: None,
            items,
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
pub(super) fn units_to_mm(frame: Frame, units: f32) -> f32 {
    (f64::from(units) * frame.millimetres_per_unit) as f32
}

#[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
pub(super) fn mm_to_units(frame: Frame, millimetres: f32) -> f32 {
    (f64::from(millimetres) / frame.millimetres_per_unit) as f32
}

fn corner(page: [f32; 2], frame: Frame, place: PartPlace, size: [f32; 2]) -> [f32; 2] {
    let mm = |units: f32| units_to_mm(frame, units);
    place.corner(size.map(mm), page.map(mm)).map(|length| mm_to_units(frame, length))
}
