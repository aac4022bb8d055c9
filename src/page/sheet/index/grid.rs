//! The grid over the map.

use std::collections::BTreeSet;

use crate::page::display::{Group, Item, Role, Shape, Stroke, TextItem};
use crate::page::frame::Frame;
use crate::page::furniture::{INK, PAPER, STRONG};
use crate::style::Color;
use crate::text::{Outline, metrics, shape};

/// About how large a square is, units: four centimetres on A4.
const CELL: f32 = 150.0;

/// The lines, and the size of letters and numbers at the edge.
const LINE: (Color, f32) = (Color::rgb(0x1f_23_28).with_alpha(80), 0.5);
const LETTER: f32 = 10.0;

/// How wide the light edge around them is.
const HALO: f32 = 3.5;

/// The most columns: as many as there are letters.
const MOST: f32 = 26.0;

/// A square: its column and row.
pub(in crate::page::sheet) type Cell = (u32, u32);

/// The grid of a map: columns have letters, rows numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::page::sheet) struct Grid {
    at: [f32; 2],
    size: [f32; 2],
    columns: u32,
    rows: u32,
}

impl Grid {
    pub(in crate::page::sheet) fn of(frame: Frame) -> Grid {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let count = |length: f32| (length / CELL).round().clamp(2.0, MOST) as u32;
        let [columns, rows] = frame.size.map(count);
        Grid { at: frame.at, size: frame.size, columns, rows }
    }

    /// The width and height of a square.
    #[expect(clippy::cast_precision_loss, reason = "at most 26")]
    fn cell(&self) -> [f32; 2] {
        [self.size[0] / self.columns as f32, self.size[1] / self.rows as f32]
    }

    /// The square that a place of the page lies in; none beside the map.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub(in crate::page::sheet) fn cell_at(&self, [x, y]: [f64; 2]) -> Option<Cell> {
        let [wide, high] = self.cell().map(f64::from);
        let (x, y) = (x - f64::from(self.at[0]), y - f64::from(self.at[1]));
        let [width, height] = self.size.map(f64::from);
        // Also false for NaN.
        if !((0.0..=width).contains(&x) && (0.0..=height).contains(&y)) {
            return None;
        }
        let place = |at: f64, side: f64, count: u32| ((at / side).floor() as u32).min(count - 1);
        Some((place(x, wide, self.columns), place(y, high, self.rows)))
    }

    /// How far apart places along a line are looked at, so that no square is missed by more than a
    /// corner.
    pub(in crate::page::sheet) fn step(&self) -> f64 {
        let [wide, high] = self.cell();
        f64::from(wide.min(high)) / 16.0
    }

    /// What squares are called: the only one, or the first and the last of the rectangle around
    /// them.
    pub(in crate::page::sheet) fn words(cells: &BTreeSet<Cell>) -> String {
        let columns = || cells.iter().map(|(column, _)| *column);
        let rows = || cells.iter().map(|(_, row)| *row);
        let corner = |column: Option<u32>, row: Option<u32>| match (column, row) {
            (Some(column), Some(row)) => name((column, row)),
            _ => String::new(),
        };
        let first = corner(columns().min(), rows().min());
        let last = corner(columns().max(), rows().max());
        if first == last { first } else { format!("{first}–{last}") }
    }

    /// The letters and numbers along the edges.
    #[expect(clippy::cast_precision_loss, reason = "at most 26")]
    fn marks(&self) -> Vec<TextItem> {
        let [left, top] = self.at;
        let [width, height] = self.size;
        let [wide, high] = self.cell();
        let capitals = metrics(LETTER).cap_height;
        let mark = |text: &str, [x, y]: [f32; 2]| {
            let line = shape(text, LETTER);
            let at = [x - line.width / 2.0, y + capitals / 2.0];
            TextItem { line, at, color: INK, weight: STRONG }
        };
        let inset = capitals / 2.0 + 4.0;
        let columns = (0..self.columns).flat_map(|column| {
            let x = left + wide * (column as f32 + 0.5);
            [top + inset, top + height - inset].map(|y| mark(&letter(column), [x, y]))
        });
        let rows = (0..self.rows).flat_map(|row| {
            let y = top + high * (row as f32 + 0.5);
            [left + inset, left + width - inset].map(|x| mark(&(row + 1).to_string(), [x, y]))
        });
        columns.chain(rows).collect()
    }

    /// Left, top, right and bottom of its letters and numbers: no label comes there.
    pub(in crate::page::sheet) fn taken(&self) -> Vec<[f32; 4]> {
        let capitals = metrics(LETTER).cap_height;
        let around = |mark: TextItem| {
            let [left, bottom] = mark.at;
            let (right, top) = (left + mark.line.width, bottom - capitals);
            [left - HALO, top - HALO, right + HALO, bottom + HALO]
        };
        self.marks().into_iter().map(around).collect()
    }

    /// Its lines over the map, with letters and numbers along the edges.
    #[expect(clippy::cast_precision_loss, reason = "at most 26")]
    pub(in crate::page::sheet) fn draw(&self, frame: Frame) -> Group {
        let [left, top] = self.at;
        let [width, height] = self.size;
        let [wide, high] = self.cell();
        let mut lines = Outline::new();
        for column in 1..self.columns {
            let x = left + wide * column as f32;
            lines.push_line(&[[x, top], [x, top + height]]);
        }
        for row in 1..self.rows {
            let y = top + high * row as f32;
            lines.push_line(&[[left, y], [left + width, y]]);
        }
        let stroke = Some(Stroke::plain(LINE.0, LINE.1));
        let mut items = vec![Item::Shape(Shape { outline: lines, fill: None, stroke })];
        for mark in self.marks() {
            let mut outline = Outline::new();
            outline.push_placed(&mark.line.outline(), 1.0, mark.at);
            let halo = Some(Stroke::plain(PAPER.with_alpha(225), HALO));
            items.push(Item::Shape(Shape { outline, fill: None, stroke: halo }));
            items.push(Item::Text(TextItem { color: INK, weight: STRONG, ..mark }));
        }
        let clip = Some(frame.rect(0.0));
        Group { name: "grid".to_owned(), role: Role::Furniture, clip, items }
    }
}

fn letter(column: u32) -> String {
    char::from_u32('A' as u32 + column.min(25)).map_or_else(String::new, String::from)
}

fn name((column, row): Cell) -> String {
    format!("{}{}", letter(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_are_called_as_on_a_town_plan() {
        let grid = Grid { at: [10.0, 20.0], size: [450.0, 300.0], columns: 3, rows: 2 };
        assert_eq!(grid.cell_at([11.0, 21.0]), Some((0, 0)));
        assert_eq!(grid.cell_at([459.0, 319.0]), Some((2, 1)));
        assert_eq!(grid.cell_at([460.0, 320.0]), Some((2, 1)), "the edge belongs to the map");
        assert_eq!(grid.cell_at([461.0, 320.0]), None);
        assert_eq!(grid.cell_at([f64::NAN, 30.0]), None);
        let words = |cells: &[Cell]| Grid::words(&cells.iter().copied().collect());
        assert_eq!(words(&[(1, 1)]), "B2");
        assert_eq!(words(&[(1, 1), (2, 1)]), "B2–C2");
        assert_eq!(words(&[(1, 2), (2, 1)]), "B2–C3");
        assert_eq!(words(&[]), "");
    }
}
