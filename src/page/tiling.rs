//! A large page over several sheets of smaller paper: which piece of it comes on which sheet, with
//! marks to cut and glue along, a line to check the printer with, and a small plan of the sheets.

use super::display::{DisplayList, Group, Item, Role, Shape, Stroke};
use super::frame::MILLIMETRES_PER_POINT;
use super::furniture::{GREY_INK, INK, PAPER, PLAIN, STRONG, text};
use crate::i18n::{Language, Message, tr};
use crate::project::SheetTiles;
use crate::style::Color;
use crate::text::{Outline, fit, metrics, shape};

/// What stays free left, above and right of a piece, and below it, millimetres: what printers leave
/// white, and the room for what is written there.
const EDGE: f64 = 10.0;
const FOOT: f64 = 20.0;

/// How far from the edge of the paper printers reach, millimetres.
const UNPRINTED: f64 = 5.0;

/// The line to check, millimetres, where there is room; else the shorter one.
const CHECKED: [f64; 2] = [100.0, 50.0];

/// Sizes of letters, points of the screen.
const LABEL: f32 = 11.0;
const SMALL: f32 = 8.5;

/// More sheets than that are no poster.
pub const MOST_TILES: usize = 400;

/// How a page lies over smaller paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tiling {
    /// The width and height of a sheet of the smaller paper, millimetres.
    pub paper: [f64; 2],
    /// How many sheets lie beside each other, and below each other.
    pub counts: [usize; 2],
    /// By how much neighbours overlap, millimetres.
    pub overlap: f64,
    /// The page, millimetres.
    page: [f64; 2],
}

impl Tiling {
    /// How a page of a size, millimetres, lies over smaller paper: the way round that takes the fewest
    /// sheets. None where the page is not larger than the paper, or takes more than
    /// [`MOST_TILES`].
    pub fn of(page: [f64; 2], tiles: &SheetTiles) -> Option<Tiling> {
        let [width, height] = tiles.paper.millimetres().map(f64::from);
        let (short, long) = (width.min(height), width.max(height));
        let (own_short, own_long) = (page[0].min(page[1]), page[0].max(page[1]));
        if own_short <= short + 0.5 && own_long <= long + 0.5 {
            return None;
        }
        let ways = [[short, long], [long, short]].map(|paper| {
            let room = [paper[0] - 2.0 * EDGE, paper[1] - EDGE - FOOT];
            let overlap = f64::from(tiles.overlap_millimetres()).min(room[0].min(room[1]) / 3.0);
            let count = |length: f64, room: f64| {
                let more = ((length - room) / (room - overlap) - 1e-6).ceil().max(0.0);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "at most thousands"
                )]
                let more = more.min(1e4) as usize;
                more + 1
            };
            let counts = [count(page[0], room[0]), count(page[1], room[1])];
            Tiling { paper, counts, overlap, page }
        });
        let best = ways.into_iter().min_by_key(Tiling::sheets)?;
        (best.sheets() <= MOST_TILES).then_some(best)
    }

    /// How many sheets it takes.
    pub fn sheets(&self) -> usize {
        self.counts[0] * self.counts[1]
    }

    /// The room for a piece on a sheet: its width and height, millimetres.
    fn room(&self) -> [f64; 2] {
        [self.paper[0] - 2.0 * EDGE, self.paper[1] - EDGE - FOOT]
    }

    /// The sheets, row by row: each its column and row, from 0.
    pub fn tiles(&self) -> impl Iterator<Item = [usize; 2]> + use<> {
        let [columns, rows] = self.counts;
        (0..rows).flat_map(move |row| (0..columns).map(move |column| [column, row]))
    }

    /// The piece of the page on a sheet: left, top, right, bottom, millimetres.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    pub fn piece(&self, [column, row]: [usize; 2]) -> [f64; 4] {
        let [wide, high] = self.room();
        let left = column as f64 * (wide - self.overlap);
        let top = row as f64 * (high - self.overlap);
        [left, top, (left + wide).min(self.page[0]), (top + high).min(self.page[1])]
    }

    /// By how much the page is moved so that its piece lies in its place on the sheet, millimetres to
    /// the right and down.
    pub fn shift(&self, tile: [usize; 2]) -> [f64; 2] {
        let [left, top, ..] = self.piece(tile);
        [EDGE - left, EDGE - top]
    }

    /// The name of a sheet: its row as a letter and its column as a number.
    pub fn name([column, row]: [usize; 2]) -> String {
        format!("{}{}", letters(row), column + 1)
    }

    /// In words: `12 A4-bladen (3 × 4)`.
    pub fn words(&self, tiles: &SheetTiles, language: Language) -> Message {
        let paper = super::paper_words(language, tiles.paper);
        Message::new("sheet-tiles")
            .text("paper", paper)
            .count("count", self.sheets() as u64)
            .count("columns", self.counts[0] as u64)
            .count("rows", self.counts[1] as u64)
    }
}

/// Rows as letters: A to Z, then AA.
fn letters(row: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match (row / 26).checked_sub(1) {
        Some(first) => format!("{}{}", letter(first), letter(row)),
        None => letter(row).to_string(),
    }
}

/// Draws on a sheet, in units of the page that lies over it.
struct Pen {
    /// Units of the page in a millimetre, and in a point of the screen.
    per_millimetre: f64,
    per_point: f32,
    items: Vec<Item>,
}

impl Pen {
    fn of(page: &DisplayList) -> Pen {
        let unit = f64::from(page.millimetres_per_unit).max(f64::MIN_POSITIVE);
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let per_point = (MILLIMETRES_PER_POINT / unit) as f32;
        Pen { per_millimetre: 1.0 / unit, per_point, items: Vec::new() }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
    fn units(&self, millimetres: f64) -> f32 {
        (millimetres * self.per_millimetre) as f32
    }

    fn line(&mut self, ends: [[f64; 2]; 2], color: Color, points: f32) {
        let ends = ends.map(|end| end.map(|length| self.units(length)));
        let stroke = Some(Stroke::plain(color, points * self.per_point));
        self.items.push(Item::Shape(Shape { outline: Outline::line(&ends), fill: None, stroke }));
    }

    fn rectangle(&mut self, at: [f64; 2], size: [f64; 2], fill: Color, line: Option<(Color, f32)>) {
        let outline = Outline::rectangle(
            at.map(|length| self.units(length)),
            size.map(|length| self.units(length)),
        );
        let stroke = line.map(|(color, points)| Stroke::plain(color, points * self.per_point));
        self.items.push(Item::Shape(Shape { outline, fill: Some(fill), stroke }));
    }

    /// A text of at most a width, millimetres, its baseline beginning at a place.
    fn text(&mut self, words: &str, size: f32, at: [f64; 2], width: f64, weight: f32) {
        let (line, _) = fit(words, size * self.per_point, self.units(width));
        let at = at.map(|length| self.units(length));
        self.items.push(text(line, at, if weight > PLAIN { INK } else { GREY_INK }, weight));
    }

    /// A text with a light edge around a place.
    fn label(&mut self, words: &str, size: f32, middle: [f64; 2]) {
        let size = size * self.per_point;
        let line = shape(words, size);
        let [x, y] = middle.map(|length| self.units(length));
        let at = [x - line.width / 2.0, y + metrics(size).cap_height / 2.0];
        let mut outline = Outline::new();
        outline.push_placed(&line.outline(), 1.0, at);
        let halo = Some(Stroke::plain(PAPER.with_alpha(230), size * 0.35));
        self.items.push(Item::Shape(Shape { outline, fill: None, stroke: halo }));
        self.items.push(text(line, at, INK, STRONG));
    }
}

impl Tiling {
    /// What stands on a sheet around its piece, in units of the page; a page of the size of the
    /// sheet.
    pub fn around(
        &self,
        page: &DisplayList,
        tile: [usize; 2],
        title: &str,
        language: Language,
    ) -> DisplayList {
        let mut pen = Pen::of(page);
        self.marks(&mut pen, tile);
        let [left, top] = [EDGE, self.paper[1] - FOOT];
        let right = self.paper[0] - EDGE;
        let plan = self.small_plan(&mut pen, tile, [right, top + 3.0]);
        let room = right - left - plan - 4.0;
        let [column, row] = tile;
        let said = Message::new("sheet-tile")
            .text("row", letters(row))
            .count("column", column as u64 + 1)
            .count("rows", self.counts[1] as u64)
            .count("columns", self.counts[0] as u64)
            .in_language(language);
        let words = if title.is_empty() { said } else { format!("{said} · {title}") };
        pen.text(&words, LABEL, [left, top + 6.0], room, STRONG);
        let mut hints = Vec::new();
        if column > 0 || row > 0 {
            hints.push(tr(
                language,
                match (column > 0, row > 0) {
                    (true, true) => "sheet-tile-cut-both",
                    (true, false) => "sheet-tile-cut-left",
                    _ => "sheet-tile-cut-top",
                },
            ));
        }
        if column + 1 < self.counts[0] || row + 1 < self.counts[1] {
            hints.push(tr(language, "sheet-tile-glue"));
        }
        let checked = CHECKED.into_iter().find(|length| *length <= room * 0.62);
        let checked = checked.unwrap_or(CHECKED[1]);
        let y = top + 11.0;
        pen.line([[left, y], [left + checked, y]], INK, 0.6);
        for x in [left, left + checked] {
            pen.line([[x, y - 1.2], [x, y + 1.2]], INK, 0.6);
        }
        let length = Message::new("sheet-tile-check").number("length", checked, 0);
        let after = left + checked + 2.0;
        let beside = room - checked - 2.0;
        pen.text(&length.in_language(language), SMALL, [after, y + 0.8], beside, PLAIN);
        pen.text(&hints.join(" "), SMALL, [left, self.paper[1] - UNPRINTED], room, PLAIN);
        self.sheet(page, pen.items)
    }

    fn sheet(&self, page: &DisplayList, items: Vec<Item>) -> DisplayList {
        let pen = Pen::of(page);
        let [width, height] = self.paper.map(|length| pen.units(length));
        let group = Group { name: "tile".to_owned(), role: Role::Text, clip: None, items };
        let millimetres_per_unit = page.millimetres_per_unit;
        DisplayList { width, height, millimetres_per_unit, groups: vec![group] }
    }

    /// Marks in the white edges: where the piece ends and is cut, and where the edge of a neighbour
    /// comes to lie.
    fn marks(&self, pen: &mut Pen, tile: [usize; 2]) {
        let [left, top, right, bottom] = self.piece(tile);
        let (wide, high) = (right - left, bottom - top);
        let (from, to) = ([EDGE, EDGE], [EDGE + wide, EDGE + high]);
        let reach = EDGE - UNPRINTED;
        let [column, row] = tile;
        let gap = 0.6;
        // Whole corners.
        for x in [from[0], to[0]] {
            pen.line([[x, from[1] - reach], [x, from[1] - gap]], INK, 0.5);
            pen.line([[x, to[1] + gap], [x, to[1] + 2.4]], INK, 0.5);
        }
        for y in [from[1], to[1]] {
            pen.line([[from[0] - reach, y], [from[0] - gap, y]], INK, 0.5);
            pen.line([[to[0] + gap, y], [to[0] + reach, y]], INK, 0.5);
        }
        // Arrow heads where the neighbour's edge comes.
        let head = 1.3;
        if column + 1 < self.counts[0] {
            let x = to[0] - self.overlap;
            for (y, tip) in [(from[1] - gap - 2.2, from[1] - gap), (to[1] + gap + 2.2, to[1] + gap)]
            {
                pen.line([[x - head, y], [x, tip]], INK, 0.8);
                pen.line([[x + head, y], [x, tip]], INK, 0.8);
            }
        }
        if row + 1 < self.counts[1] {
            let y = to[1] - self.overlap;
            for (x, tip) in [(from[0] - gap - 2.2, from[0] - gap), (to[0] + gap + 2.2, to[0] + gap)]
            {
                pen.line([[x, y - head], [tip, y]], INK, 0.8);
                pen.line([[x, y + head], [tip, y]], INK, 0.8);
            }
        }
    }

    /// Which sheet it is among all, its top right corner at a place; tells how wide it is.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    fn small_plan(&self, pen: &mut Pen, [column, row]: [usize; 2], [right, top]: [f64; 2]) -> f64 {
        const MOST: [f64; 2] = [26.0, 11.5];
        let counts = self.counts.map(|count| count as f64);
        let [wide, high] = self.room();
        let scale = (MOST[0] / (counts[0] * wide)).min(MOST[1] / (counts[1] * high));
        let cell = [wide * scale, high * scale];
        let width = cell[0] * counts[0];
        for [x, y] in self.tiles() {
            let at = [right - width + cell[0] * x as f64, top + cell[1] * y as f64];
            let fill = if [x, y] == [column, row] { INK } else { PAPER };
            pen.rectangle(at, cell, fill, Some((GREY_INK, 0.4)));
        }
        width
    }

    /// A page of the size of a sheet that shows how the sheets lie: what stands on it, and where the
    /// page lies on it: its top left corner in millimetres, and its scale.
    pub fn overview(
        &self,
        page: &DisplayList,
        (title, words): (&str, &str),
        language: Language,
    ) -> (DisplayList, [f64; 2], f64) {
        const HEAD: f64 = 24.0;
        let mut pen = Pen::of(page);
        let room = [self.paper[0] - 2.0 * EDGE, self.paper[1] - HEAD - 2.0 * EDGE];
        let scale = (room[0] / self.page[0]).min(room[1] / self.page[1]);
        let at = [(self.paper[0] - self.page[0] * scale) / 2.0, EDGE + HEAD];
        pen.text(title, 20.0, [EDGE, EDGE + 7.0], room[0], STRONG);
        let overlap = Message::new("sheet-tiles-overview").text("tiles", words);
        let overlap = overlap.number("overlap", self.overlap, 1).in_language(language);
        pen.text(&overlap, LABEL, [EDGE, EDGE + 13.5], room[0], PLAIN);
        for tile in self.tiles() {
            let [left, top, right, bottom] = self.piece(tile);
            let place = |x: f64, y: f64| [at[0] + x * scale, at[1] + y * scale];
            let corners =
                [place(left, top), place(right, top), place(right, bottom), place(left, bottom)];
            for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                pen.line([*from, *to], INK, 0.6);
            }
            let middle = place(f64::midpoint(left, right), f64::midpoint(top, bottom));
            let size = ((right - left).min(bottom - top) * scale * 1.1).clamp(8.0, 22.0);
            #[expect(clippy::cast_possible_truncation, reason = "clamped")]
            let size = size as f32;
            pen.label(&Tiling::name(tile), size, middle);
        }
        (self.sheet(page, pen.items), at, scale)
    }

    /// A sheet as a page of its own: the piece with what stands around it.
    pub fn whole(
        &self,
        page: &DisplayList,
        tile: [usize; 2],
        title: &str,
        language: Language,
    ) -> DisplayList {
        let pen = Pen::of(page);
        let piece = self.piece(tile).map(|length| pen.units(length));
        let by = self.shift(tile).map(|length| pen.units(length));
        let mut made = self.around(page, tile, title, language);
        let mut groups = vec![Group {
            name: "page".to_owned(),
            role: Role::Furniture,
            clip: None,
            items: vec![Item::Shape(Shape {
                outline: Outline::rectangle([0.0; 2], [made.width, made.height]),
                fill: Some(PAPER),
                stroke: None,
            })],
        }];
        groups.extend(page.groups.iter().filter_map(|group| group.piece(piece, by)));
        groups.append(&mut made.groups);
        DisplayList { groups, ..made }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Paper;

    #[test]
    fn pieces_cover_the_page_and_overlap_by_as_much_as_was_asked() {
        for (page, small) in [
            (Paper::A0, Paper::A4),
            (Paper::A2, Paper::A3),
            (Paper::A3, Paper::A4),
            (Paper::A1, Paper::Letter),
        ] {
            for overlap in [0_u16, 100, 150] {
                let tiles = SheetTiles { paper: small, overlap };
                let page = page.millimetres().map(f64::from);
                let tiling = Tiling::of(page, &tiles).unwrap();
                let [columns, rows] = tiling.counts;
                let all: Vec<_> = tiling.tiles().collect();
                assert_eq!(all.len(), tiling.sheets());
                for [column, row] in all {
                    let [left, top, right, bottom] = tiling.piece([column, row]);
                    assert!(left < right && top < bottom, "no sheet is empty");
                    if column + 1 < columns {
                        let [next, ..] = tiling.piece([column + 1, row]);
                        assert!((right - next - tiling.overlap).abs() < 1e-9);
                    } else {
                        assert!((right - page[0]).abs() < 1e-9);
                    }
                    if row + 1 < rows {
                        let [_, next, ..] = tiling.piece([column, row + 1]);
                        assert!((bottom - next - tiling.overlap).abs() < 1e-9);
                    } else {
                        assert!((bottom - page[1]).abs() < 1e-9);
                    }
                }
            }
        }
    }

    #[test]
    fn what_fits_is_not_cut_up_and_what_takes_too_many_neither() {
        let a4 = SheetTiles { paper: Paper::A4, overlap: 100 };
        assert_eq!(Tiling::of([210.0, 297.0], &a4), None);
        assert_eq!(Tiling::of([297.0, 210.0], &a4), None);
        assert_eq!(Tiling::of([148.0, 210.0], &a4), None);
        let small = SheetTiles { paper: Paper::own(50.0, 50.0).unwrap(), overlap: 300 };
        assert_eq!(Tiling::of([841.0, 1189.0], &small), None);
        assert_eq!(Tiling::name([2, 1]), "B3");
        assert_eq!(Tiling::name([0, 27]), "AB1");
    }
}
