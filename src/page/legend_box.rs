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

/// How far what follows on a group's last entry stands off.
const APART: f32 = 6.0;

/// A line of the legend.
struct Row<'a> {
    /// None for the heading of a group.
    entry: Option<&'a LegendEntry>,
    text: Paragraph,
    /// The space above it.
    above: f32,
}

impl Row<'_> {
    fn height(&self) -> f32 {
        let least = if self.entry.is_some() { FIELD[1] } else { 0.0 };
        self.above + self.text.height().max(least)
    }
}

/// A legend laid out.
pub(super) struct LegendBox<'a> {
    heading: Paragraph,
    rows: Vec<Row<'a>>,
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
        let rows = rows(legend, max_width, room, max_lines);
        // Headings begin at the symbols.
        let past_symbols =
            |row: &Row<'_>| row.text.width() - if row.entry.is_some() { 0.0 } else { fields + GAP };
        let names = rows.iter().map(past_symbols).fold(0.0, f32::max);
        let cut = rows.iter().map(|row| u64::from(row.text.cut)).sum();
        let columns = in_columns(&rows, columns.max(1));
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
            height = height.max(rows.map(|row| ROW_GAP + row.height()).sum());
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
            for Row { entry, text: name, above } in rows.by_ref().take(column.len()) {
                y += ROW_GAP + above;
                let Some(entry) = entry else {
                    let height = name.height();
                    name.draw([x, y], INK, STRONG, to);
                    y += height;
                    continue;
                };
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

/// The lines: each entry, and before the first of a group its heading.
fn rows(legend: &Legend, max_width: f32, room: f32, max_lines: usize) -> Vec<Row<'_>> {
    let mut rows = Vec::with_capacity(legend.entries.len());
    for entry in &legend.entries {
        let mut above = if entry.begins && !rows.is_empty() { APART } else { 0.0 };
        if let Some(heading) = entry.heading.as_deref().filter(|_| entry.begins) {
            let text = Paragraph::new(heading, NAME, max_width, max_lines);
            rows.push(Row { entry: None, text, above: std::mem::take(&mut above) });
        }
        let text = Paragraph::new(&entry.name, NAME, room, max_lines);
        rows.push(Row { entry: Some(entry), text, above });
    }
    rows
}

/// The numbers of the rows in each column. A heading never stands last in one.
fn in_columns(rows: &[Row<'_>], columns: usize) -> Vec<Vec<usize>> {
    let per_column = rows.len().div_ceil(columns).max(1);
    let mut made: Vec<Vec<usize>> = Vec::new();
    let mut column = Vec::with_capacity(per_column);
    for (number, row) in rows.iter().enumerate() {
        let is_last = column.len() + 1 >= per_column && made.len() + 1 < columns;
        if is_last && row.entry.is_none() && !column.is_empty() {
            made.push(std::mem::take(&mut column));
        }
        column.push(number);
        if is_last && row.entry.is_some() {
            made.push(std::mem::take(&mut column));
        }
    }
    if !column.is_empty() {
        made.push(column);
    }
    made
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::default_style;

    fn entry(name: &str, begins: bool, heading: Option<&str>) -> LegendEntry {
        LegendEntry {
            begins,
            heading: heading.map(str::to_owned),
            name: name.to_owned(),
            symbols: vec![PartKind::Point],
            style: default_style(None, 0),
            opacity: 1.0,
        }
    }

    #[test]
    fn a_heading_stands_above_its_layers_and_never_ends_a_column() {
        let entries = vec![
            entry("a", true, None),
            entry("b", false, None),
            entry("c", true, Some("Groep")),
            entry("d", false, Some("Groep")),
            entry("e", true, None),
        ];
        let legend = Legend { entries };
        let lines = rows(&legend, 200.0, 150.0, 2);
        let outline: Vec<_> = lines
            .iter()
            .map(|row| (row.entry.map(|entry| entry.name.as_str()), row.above > 0.0))
            .collect();
        let expected = [
            (Some("a"), false),
            (Some("b"), false),
            (None, true),
            (Some("c"), false),
            (Some("d"), false),
            (Some("e"), true),
        ];
        assert_eq!(outline, expected);
        assert_eq!(in_columns(&lines, 1), [vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(in_columns(&lines, 2), [vec![0, 1], vec![2, 3, 4, 5]], "the heading goes along");
        assert_eq!(in_columns(&lines, 3), [vec![0, 1], vec![2, 3], vec![4, 5]]);
        assert_eq!(in_columns(&lines, 9).concat(), [0, 1, 2, 3, 4, 5]);
        // A line more, and the space above it.
        let plain = Legend {
            entries: legend.entries.iter().map(|e| entry(&e.name, false, None)).collect(),
        };
        let height = |legend| LegendBox::new(legend, "Legende", 200.0, 2, 1).size[1];
        let more = height(&legend) - height(&plain);
        let heading = Paragraph::new("Groep", NAME, 200.0, 2).height() + ROW_GAP + 2.0 * APART;
        assert!((more - heading).abs() < 0.01, "{more} for {heading}");
        let mut items = Vec::new();
        LegendBox::new(&legend, "Legende", 200.0, 2, 2).draw([0.0, 0.0], &mut items);
        assert!(!items.is_empty());
    }
}
