//! The legend on the page: symbols and names in one column or several.

use super::display::{Item, Shape, Stroke};
use super::furniture::{INK, PADDING, PLAIN, Paragraph, STRONG};
use super::layer::{faded, symbol};
use crate::style::{Legend, LegendEntry};
use crate::table::PartKind;
use crate::text::Outline;

const HEADING: f32 = 12.5;
const NAME: f32 = 12.0;
const GAP: f32 = 8.0;
const ROW_GAP: f32 = 4.0;
const COLUMN_GAP: f32 = 20.0;
/// The size of a symbol's field: wide when it is alone, narrower beside others.
const FIELD: [f32; 2] = [26.0, 15.0];
const NARROW: f32 = 17.0;
/// The largest point symbol that fits a row; larger ones are drawn as large as this.
const LARGEST_POINT: f32 = 17.0;

/// A legend laid out.
pub(super) struct LegendBox<'a> {
    heading: Paragraph,
    rows: Vec<(&'a LegendEntry, Paragraph)>,
    columns: Vec<Vec<usize>>,
    fields: f32,
    names: f32,
    /// Its width and height, without a panel's padding.
    pub size: [f32; 2],
    /// How many names were shortened.
    pub cut: u64,
}

impl<'a> LegendBox<'a> {
    /// Lays a legend out in columns of at most a width, names on at most `max_lines` lines.
    pub(super) fn new(
        legend: &'a Legend,
        heading: &str,
        max_width: f32,
        max_lines: usize,
        columns: usize,
    ) -> LegendBox<'a> {
        let heading = Paragraph::new(heading, HEADING, max_width, 1);
        let fields = legend.entries.iter().map(fields_width).fold(0.0, f32::max);
        let room = (max_width - fields - GAP).max(40.0);
        let row =
            |entry: &'a LegendEntry| (entry, Paragraph::new(&entry.name, NAME, room, max_lines));
        let rows: Vec<_> = legend.entries.iter().map(row).collect();
        let names = rows.iter().map(|(_, name)| name.width()).fold(0.0, f32::max);
        let cut = rows.iter().map(|(_, name)| u64::from(name.cut)).sum();
        let per_column = rows.len().div_ceil(columns.max(1)).max(1);
        let numbers: Vec<usize> = (0..rows.len()).collect();
        let columns: Vec<Vec<usize>> = numbers.chunks(per_column).map(<[_]>::to_vec).collect();
        let mut laid = LegendBox { heading, rows, columns, fields, names, size: [0.0; 2], cut };
        laid.size = laid.measure();
        laid
    }

    fn column_width(&self) -> f32 {
        self.fields + GAP + self.names
    }

    fn measure(&self) -> [f32; 2] {
        let mut width = 0.0;
        let mut height: f32 = 0.0;
        for column in &self.columns {
            width += if width > 0.0 { COLUMN_GAP } else { 0.0 } + self.column_width();
            let rows = column.iter().filter_map(|number| self.rows.get(*number));
            height = height.max(rows.map(|row| ROW_GAP + row_height(row)).sum());
        }
        [width.max(self.heading.width()), self.heading.height() + height]
    }

    /// Draws it, its top left corner at a place.
    pub(super) fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) {
        let (column_width, fields) = (self.column_width(), self.fields);
        let rows_top = top + self.heading.height();
        self.heading.draw([left, top], INK, STRONG, to);
        let mut rows = self.rows.into_iter();
        let mut x = left;
        for column in self.columns {
            let mut y = rows_top;
            for (entry, name) in rows.by_ref().take(column.len()) {
                y += ROW_GAP;
                let height = name.height().max(FIELD[1]);
                // Symbols stand beside the first line of the name.
                let first_line = name.height().min(crate::text::metrics(NAME).line_height);
                draw_symbols(entry, [x, y + (first_line.max(FIELD[1]) - FIELD[1]) / 2.0], to);
                let down =
                    if name.height() < FIELD[1] { (FIELD[1] - name.height()) / 2.0 } else { 0.0 };
                name.draw([x + fields + GAP, y + down], INK, PLAIN, to);
                y += height;
            }
            x += column_width + COLUMN_GAP;
        }
    }
}

fn row_height((_, name): &(&LegendEntry, Paragraph)) -> f32 {
    name.height().max(FIELD[1])
}

fn fields_width(entry: &LegendEntry) -> f32 {
    if entry.symbols.len() < 2 {
        return FIELD[0];
    }
    entry.symbols.iter().map(|_| NARROW + ROW_GAP).sum::<f32>() - ROW_GAP
}

fn draw_symbols(entry: &LegendEntry, [left, top]: [f32; 2], to: &mut Vec<Item>) {
    let style = entry.style;
    let fill = faded(style.fill, entry.opacity);
    let width = style.stroke_width.min(FIELD[1] / 3.0);
    let stroke = Stroke { color: faded(style.stroke, entry.opacity), width };
    let room = if entry.symbols.len() < 2 { FIELD[0] } else { NARROW };
    let mut x = left;
    for kind in &entry.symbols {
        let middle = [x + room / 2.0, top + FIELD[1] / 2.0];
        to.push(match kind {
            PartKind::Polygon => {
                let inset = width / 2.0 + 0.5;
                let size = [room - 2.0 * inset, FIELD[1] - 2.0 * inset];
                let outline = Outline::rectangle([x + inset, top + inset], size);
                Item::Shape(Shape { outline, fill: Some(fill), stroke: Some(stroke) })
            }
            PartKind::Line => {
                let (from, to) = (x + width / 2.0, x + room - width / 2.0);
                let (low, high) = (middle[1] + 3.0, middle[1] - 3.0);
                let third = (to - from) / 3.0;
                let bend = [[from, low], [from + third, high], [to - third, low], [to, high]];
                let outline = Outline::line(&bend);
                Item::Shape(Shape { outline, fill: None, stroke: Some(stroke) })
            }
            PartKind::Point => {
                let point_size = style.point_size.min(LARGEST_POINT);
                symbol(crate::style::Style { point_size, ..style }, middle, fill, stroke)
            }
        });
        x += room + ROW_GAP;
    }
}

/// The padding of a legend's panel on both sides.
pub(super) fn panel_size(size: [f32; 2]) -> [f32; 2] {
    size.map(|length| length + 2.0 * PADDING)
}
