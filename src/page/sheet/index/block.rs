//! The index as it is written: in columns below the map, or on pages of its own.

use super::entries::Entry;
use crate::page::display::{DisplayList, Group, Item, Role, Shape};
use crate::page::furniture::{GREY_INK, INK, PAPER, PLAIN, Paragraph, STRONG, text};
use crate::text::{Outline, fit, metrics, shape};

const NAME: f32 = 9.0;
const LINE: f32 = 12.0;
const HEADING: f32 = 12.5;
const PAGE_HEADING: f32 = 20.0;
/// The width of a column and the gap between two.
const COLUMN: f32 = 165.0;
const GAP: f32 = 18.0;
/// Between a name and its squares.
const APART: f32 = 6.0;

/// An index in columns.
pub(in crate::page::sheet) struct IndexBlock {
    entries: Vec<Entry>,
    heading: String,
    columns: usize,
    column: f32,
    /// Its height with the heading.
    pub height: f32,
}

impl IndexBlock {
    /// Lays entries out in columns over a width.
    pub(in crate::page::sheet) fn new(
        entries: Vec<Entry>,
        heading: &str,
        width: f32,
    ) -> IndexBlock {
        let (columns, column) = columns_of(width);
        #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
        let lines = entries.len().div_ceil(columns) as f32;
        let height = metrics(HEADING).line_height + 4.0 + lines * LINE;
        IndexBlock { entries, heading: heading.to_owned(), columns, column, height }
    }

    /// Draws it, its top left corner at a place; tells how many names were cut.
    pub(in crate::page::sheet) fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) -> u64 {
        let width = self.column * 2.0;
        let heading = Paragraph::new(&self.heading, HEADING, width, 1);
        let down = heading.height() + 4.0;
        heading.draw([left, top], INK, STRONG, to);
        let lines = self.entries.len().div_ceil(self.columns).max(1);
        let mut cut = 0;
        for (at, column) in self.entries.chunks(lines).enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let x = left + (self.column + GAP) * at as f32;
            cut += draw_column(column, [x, top + down], self.column, to);
        }
        cut
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
fn columns_of(width: f32) -> (usize, f32) {
    let columns = ((width + GAP) / (COLUMN + GAP)).floor().max(1.0);
    (columns as usize, (width - GAP * (columns - 1.0)) / columns)
}

/// Draws names under each other, their squares at the right.
fn draw_column(entries: &[Entry], [left, top]: [f32; 2], width: f32, to: &mut Vec<Item>) -> u64 {
    let mut baseline = top + metrics(NAME).ascent;
    let mut cut = 0;
    for entry in entries {
        let cells = shape(&entry.cells, NAME);
        let (name, was_cut) = fit(&entry.name, NAME, width - cells.width - APART);
        cut += u64::from(was_cut);
        let right = left + width - cells.width;
        to.push(text(name, [left, baseline], INK, PLAIN));
        to.push(text(cells, [right, baseline], GREY_INK, STRONG));
        baseline += LINE;
    }
    cut
}

/// Pages of an index, of the size of the sheet; and how many names were cut.
pub(in crate::page::sheet) fn pages(
    entries: &[Entry],
    heading: &str,
    [width, height]: [f32; 2],
    margin: f32,
    millimetres_per_unit: f32,
) -> (Vec<DisplayList>, u64) {
    let room = width - 2.0 * margin;
    let (columns, column) = columns_of(room);
    let heading_height = metrics(PAGE_HEADING).line_height + 10.0;
    let space = height - 2.0 * margin - heading_height;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lines of a page")]
    let lines = (space / LINE).floor().max(1.0) as usize;
    let mut cut = 0;
    let pages = entries.chunks(lines * columns).map(|entries| {
        let mut items = Vec::new();
        let title = Paragraph::new(heading, PAGE_HEADING, room, 1);
        title.draw([margin; 2], INK, STRONG, &mut items);
        let per_column = entries.len().div_ceil(columns).max(1);
        for (at, entries) in entries.chunks(per_column).enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let x = margin + (column + GAP) * at as f32;
            cut += draw_column(entries, [x, margin + heading_height], column, &mut items);
        }
        let ground = Item::Shape(Shape {
            outline: Outline::rectangle([0.0, 0.0], [width, height]),
            fill: Some(PAPER),
            stroke: None,
        });
        let group =
            |name: &str, role, items| Group { name: name.to_owned(), role, clip: None, items };
        let groups =
            vec![group("page", Role::Furniture, vec![ground]), group("index", Role::Text, items)];
        DisplayList { width, height, millimetres_per_unit, groups }
    });
    let pages = pages.collect();
    (pages, cut)
}
