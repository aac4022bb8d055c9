//! Lists as they are written: in columns below the map or beside it, or on pages of their own.

use std::ops::Range;

use super::discs::{HEIGHT, chip, draw_disc};
use super::{Entry, List, Mark};
use crate::page::display::{DisplayList, Group, Item, Role, Shape};
use crate::page::furniture::{GREY_INK, INK, PAPER, PLAIN, Paragraph, STRONG, text};
use crate::text::{Line, Outline, metrics, shape};

const NAME: f32 = 9.0;
/// The name of a place that has a number.
const NUMBERED: f32 = 10.0;
const LINE: f32 = 12.0;
const HEADING: f32 = 12.5;
const PAGE_HEADING: f32 = 20.0;
/// The width of a column and the gap between two.
const COLUMN: f32 = 165.0;
const GAP: f32 = 18.0;
/// Between a name and where it is found.
const APART: f32 = 6.0;
/// Between two lists.
const BETWEEN: f32 = 10.0;
/// Between a heading and its list.
const UNDER_HEADING: f32 = 4.0;
/// Between things of a list that may take several lines.
const BETWEEN_ENTRIES: f32 = 2.5;
/// How many lines their names may take.
const MOST_LINES: usize = 3;

/// The most columns beside a map.
pub(in crate::page::sheet) const MOST_COLUMNS: usize = 2;

/// The width of so many columns.
#[expect(clippy::cast_precision_loss, reason = "a few")]
pub(in crate::page::sheet) fn column_width(columns: usize) -> f32 {
    COLUMN * columns as f32 + GAP * columns.saturating_sub(1) as f32
}

/// A line of a list, laid out.
struct Row {
    name: Paragraph,
    mark: Line,
    /// Whether the mark is a number, and then whether it is the person's own.
    number: Option<bool>,
    /// How large its letters are.
    size: f32,
    height: f32,
}

impl Row {
    /// `chips` is the room that numbers take.
    fn new(entry: &Entry, column: f32, chips: f32) -> Row {
        let (number, is_own) = match &entry.mark {
            Mark::Cells(cells) => {
                let mark = shape(cells, NAME);
                let name = Paragraph::new(&entry.name, NAME, column - mark.width - APART, 1);
                return Row { name, mark, number: None, size: NAME, height: LINE };
            }
            Mark::Value(value) => {
                let mark = shape(value, NAME);
                let width = column - mark.width - APART;
                let name = Paragraph::new(&entry.name, NAME, width, MOST_LINES);
                let height = name.height().max(LINE) + BETWEEN_ENTRIES;
                return Row { name, mark, number: None, size: NAME, height };
            }
            Mark::Number(number) => (*number, false),
            Mark::Own(number) => (*number, true),
        };
        let (mark, _) = chip(number);
        let name = Paragraph::new(&entry.name, NUMBERED, column - chips - APART, MOST_LINES);
        let height = name.height().max(HEIGHT) + BETWEEN_ENTRIES;
        Row { name, mark, number: Some(is_own), size: NUMBERED, height }
    }

    fn draw(self, [left, top]: [f32; 2], column: f32, chips: f32, to: &mut Vec<Item>) {
        let Some(is_own) = self.number else {
            let heights = metrics(self.size);
            let baseline = top + heights.ascent;
            let right = left + column - self.mark.width;
            // On one line with its squares.
            let above = (heights.line_height - heights.ascent - heights.descent) / 2.0;
            self.name.draw([left, top - above], INK, PLAIN, to);
            to.push(text(self.mark, [right, baseline], GREY_INK, STRONG));
            return;
        };
        let first = metrics(self.size).line_height;
        let down = ((HEIGHT - first) / 2.0).max(0.0);
        draw_disc(self.mark, [left + chips / 2.0, top + HEIGHT / 2.0], is_own, to);
        self.name.draw([left + chips + APART, top + down], INK, PLAIN, to);
    }
}

/// The rows of a list in columns of a width.
struct Rows {
    all: Vec<Row>,
    column: f32,
    chips: f32,
}

impl Rows {
    fn new(entries: &[Entry], column: f32) -> Rows {
        let width = |entry: &Entry| match entry.mark {
            Mark::Cells(_) | Mark::Value(_) => 0.0,
            Mark::Number(number) | Mark::Own(number) => chip(number).1,
        };
        let chips = entries.iter().map(width).fold(0.0, f32::max);
        let rows = entries.iter().map(|entry| Row::new(entry, column, chips)).collect();
        Rows { all: rows, column, chips }
    }

    fn cut(&self) -> u64 {
        self.all.iter().map(|row| u64::from(row.name.cut)).sum()
    }

    /// Draws columns of rows beside each other; all rows are in them, in their order.
    fn draw(self, columns: &[Range<usize>], [left, top]: [f32; 2], to: &mut Vec<Item>) {
        let mut rows = self.all.into_iter();
        let mut x = left;
        for column in columns {
            let mut y = top;
            for row in rows.by_ref().take(column.len()) {
                let height = row.height;
                row.draw([x, y], self.column, self.chips, to);
                y += height;
            }
            x += self.column + GAP;
        }
    }
}

/// Fills columns of at most a height, one after another: which rows each holds. A row higher than
/// that has a column of its own.
fn fill(heights: &[f32], most: f32) -> Vec<Range<usize>> {
    let mut columns = Vec::new();
    let (mut begin, mut height) = (0, 0.0);
    for (at, row) in heights.iter().enumerate() {
        if height + row > most + 0.01 && at > begin {
            columns.push(begin..at);
            (begin, height) = (at, 0.0);
        }
        height += row;
    }
    if begin < heights.len() {
        columns.push(begin..heights.len());
    }
    columns
}

/// So many columns of about the same height: which rows each holds, and the highest.
fn balance(heights: &[f32], columns: usize) -> (Vec<Range<usize>>, f32) {
    let highest = heights.iter().copied().fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let mut most = (heights.iter().sum::<f32>() / columns.max(1) as f32).max(highest);
    let mut filled = fill(heights, most);
    while filled.len() > columns.max(1) {
        most += LINE / 4.0;
        filled = fill(heights, most);
    }
    let height = |range: &Range<usize>| heights.get(range.clone()).map_or(0.0, |h| h.iter().sum());
    let highest = filled.iter().map(height).fold(0.0, f32::max);
    (filled, highest)
}

/// A list in columns.
struct Block {
    heading: Paragraph,
    rows: Rows,
    columns: Vec<Range<usize>>,
    height: f32,
}

impl Block {
    fn new(list: &List, width: f32, columns: usize, column: f32) -> Block {
        let heading = Paragraph::new(&list.heading, HEADING, (2.0 * column).min(width), 1);
        let rows = Rows::new(&list.entries, column);
        let heights: Vec<f32> = rows.all.iter().map(|row| row.height).collect();
        let (columns, high) = balance(&heights, columns);
        let height = heading.height() + UNDER_HEADING + high;
        Block { heading, rows, columns, height }
    }

    fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) {
        let down = self.heading.height() + UNDER_HEADING;
        self.heading.draw([left, top], INK, STRONG, to);
        self.rows.draw(&self.columns, [left, top + down], to);
    }
}

/// Lists under each other.
pub(in crate::page::sheet) struct ListBlocks {
    blocks: Vec<Block>,
    /// Their height together.
    pub height: f32,
}

impl ListBlocks {
    /// Lays lists out over a width, in so many columns, or else in as many as have room.
    pub fn new(lists: &[List], width: f32, columns: Option<usize>) -> ListBlocks {
        let columns = columns.unwrap_or_else(|| columns_in(width));
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let column = (width - GAP * columns.saturating_sub(1) as f32) / columns.max(1) as f32;
        let blocks: Vec<Block> =
            lists.iter().map(|list| Block::new(list, width, columns, column)).collect();
        let heights = blocks.iter().map(|block| block.height + BETWEEN);
        let height = (heights.sum::<f32>() - BETWEEN).max(0.0);
        ListBlocks { blocks, height }
    }

    /// Draws them, their top left corner at a place; tells how many names were cut.
    pub fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) -> u64 {
        let mut y = top;
        let mut cut = 0;
        for block in self.blocks {
            let height = block.height;
            cut += block.rows.cut();
            block.draw([left, y], to);
            y += height + BETWEEN;
        }
        cut
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
fn columns_in(width: f32) -> usize {
    ((width + GAP) / (COLUMN + GAP)).floor().max(1.0) as usize
}

/// Pages of a list, of the size of the sheet; and how many names were cut.
pub(in crate::page::sheet) fn pages(
    list: &List,
    heading: &str,
    [width, height]: [f32; 2],
    margin: f32,
    millimetres_per_unit: f32,
) -> (Vec<DisplayList>, u64) {
    let room = width - 2.0 * margin;
    let columns = columns_in(room);
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let column = (room - GAP * (columns - 1) as f32) / columns as f32;
    let heading_height = metrics(PAGE_HEADING).line_height + 10.0;
    let space = height - 2.0 * margin - heading_height;
    let all = Rows::new(&list.entries, column);
    let heights: Vec<f32> = all.all.iter().map(|row| row.height).collect();
    let full = fill(&heights, space);
    let cut = all.cut();
    let pages = full.chunks(columns).map(|filled| {
        let from = filled.first().map_or(0, |range| range.start);
        let to = filled.last().map_or(0, |range| range.end);
        let entries = list.entries.get(from..to).unwrap_or_default();
        let rows = Rows::new(entries, column);
        let (in_columns, _) = balance(heights.get(from..to).unwrap_or_default(), columns);
        let mut items = Vec::new();
        let title = Paragraph::new(heading, PAGE_HEADING, room, 1);
        title.draw([margin; 2], INK, STRONG, &mut items);
        rows.draw(&in_columns, [margin, margin + heading_height], &mut items);
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
    (pages.collect(), cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_filled_in_order_and_about_as_high_as_each_other() {
        let heights = [12.0; 10];
        let (columns, high) = balance(&heights, 4);
        assert_eq!(columns, [0..3, 3..6, 6..9, 9..10]);
        assert!((high - 36.0).abs() < 0.01);
        assert_eq!(fill(&[5.0, 50.0, 5.0], 20.0), [0..1, 1..2, 2..3]);
        assert!(balance(&[], 3).0.is_empty());
        let (columns, high) = balance(&[30.0, 10.0, 10.0, 10.0], 2);
        assert_eq!(columns, [0..1, 1..4]);
        assert!((high - 30.0).abs() < 0.01);
    }
}
