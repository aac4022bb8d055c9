//! The legend on the page: symbols and names in one column or several.

use super::display::{Image, Item, Shape, Stroke};
use super::furniture::{EDGE, INK, PADDING, PLAIN, Paragraph, STRONG};
use super::heads::{narrowed, push_head, with_heads};
use super::layer::{push_area, push_point};
use super::legend_grid::GridBox;
use crate::style::{Color, Heads, Legend, LegendClass, LegendEntry, LegendRamp, Symbol};
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
#[derive(Clone, Debug)]
struct Row {
    /// What stands before the text; empty for a heading.
    symbols: Vec<(PartKind, Symbol)>,
    text: Paragraph,
    /// The space above it.
    above: f32,
    /// Whether it names what follows, and never stands last in a column.
    is_heading: bool,
    /// The height of the field of its symbols.
    field: f32,
    /// What stands there instead of symbols and text.
    figure: Option<Figure>,
}

/// What explains more than one colour.
#[derive(Clone, Debug)]
enum Figure {
    /// A bar of colours, and its opacity.
    Bar(LegendRamp, f32),
    /// Two numbers crossed.
    Grid(Box<GridBox>),
}

/// The size of a bar of colours.
const BAR: [f32; 2] = [150.0, 11.0];
/// The size of its numbers.
const BAR_TEXT: f32 = 10.5;

impl Row {
    fn heading(text: Paragraph, above: f32) -> Row {
        Row { symbols: Vec::new(), text, above, is_heading: true, field: 0.0, figure: None }
    }

    fn bar(ramp: &LegendRamp, opacity: f32) -> Row {
        let field = BAR[1] + 2.0 + crate::text::metrics(BAR_TEXT).line_height;
        Row::figure(Figure::Bar(ramp.clone(), opacity), field)
    }

    fn figure(figure: Figure, field: f32) -> Row {
        let (symbols, text) = (Vec::new(), Paragraph::default());
        Row { symbols, text, above: 0.0, is_heading: false, field, figure: Some(figure) }
    }

    /// Whether text was left out.
    fn is_cut(&self) -> bool {
        let is_cut = |figure: &Figure| matches!(figure, Figure::Grid(grid) if grid.is_cut());
        self.text.cut || self.figure.as_ref().is_some_and(is_cut)
    }

    fn height(&self) -> f32 {
        self.above + self.text.height().max(self.field)
    }

    /// How far it reaches from the left.
    fn width(&self, indent: f32) -> f32 {
        match &self.figure {
            Some(Figure::Bar(..)) => BAR[0],
            Some(Figure::Grid(grid)) => grid.size()[0],
            None if self.is_heading => self.text.width(),
            None => indent + self.text.width(),
        }
    }
}

/// A legend laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct LegendBox {
    heading: Paragraph,
    rows: Vec<Row>,
    columns: Vec<Vec<usize>>,
    fields: f32,
    names: f32,
    /// Its width and height, without a panel's padding.
    pub size: [f32; 2],
    /// How many names were shortened.
    pub cut: u64,
}

impl LegendBox {
    /// Lays a legend out in columns of at most a width, names on at most `max_lines` lines.
    pub(super) fn new(
        legend: &Legend,
        heading: &str,
        max_width: f32,
        max_lines: usize,
        columns: usize,
    ) -> LegendBox {
        let heading = Paragraph::new(heading, HEADING, max_width, 1);
        let fields = legend.entries.iter().map(fields_width).fold(0.0, f32::max);
        let room = (max_width - fields - GAP).max(40.0);
        let rows = rows(legend, max_width, room, max_lines);
        // Headings and bars begin at the symbols.
        let past_symbols = |row: &Row| row.width(fields + GAP) - (fields + GAP);
        let names = rows.iter().map(past_symbols).fold(0.0, f32::max);
        let cut = rows.iter().map(|row| u64::from(row.is_cut())).sum();
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
            for row in rows.by_ref().take(column.len()) {
                let Row { symbols, text, above, is_heading, field, figure } = row;
                y += ROW_GAP + above;
                let height = text.height().max(field);
                if let Some(figure) = figure {
                    match figure {
                        Figure::Bar(ramp, opacity) => draw_bar(&ramp, opacity, [x, y], to),
                        Figure::Grid(grid) => grid.draw([x, y], to),
                    }
                    y += height;
                    continue;
                }
                if is_heading {
                    text.draw([x, y], INK, STRONG, to);
                    y += height;
                    continue;
                }
                // Symbols stand beside the first line of the name.
                let first_line = text.height().min(crate::text::metrics(NAME).line_height);
                let symbols_top = y + (first_line.max(field) - field) / 2.0;
                draw_symbols(&symbols, [x, symbols_top], [fields, field], to);
                let down = if text.height() < field { (field - text.height()) / 2.0 } else { 0.0 };
                text.draw([x + fields + GAP, y + down], INK, PLAIN, to);
                y += height;
            }
            x += column_width + COLUMN_GAP;
        }
    }
}

/// The lines: each entry, or its name and its classes, and before the first of a group its heading.
fn rows(legend: &Legend, max_width: f32, room: f32, max_lines: usize) -> Vec<Row> {
    let mut rows = Vec::with_capacity(legend.entries.len());
    for entry in &legend.entries {
        let mut above = if entry.begins && !rows.is_empty() { APART } else { 0.0 };
        if let Some(heading) = entry.heading.as_deref().filter(|_| entry.begins) {
            let text = Paragraph::new(heading, NAME, max_width, max_lines);
            rows.push(Row::heading(text, std::mem::take(&mut above)));
        }
        let paragraph = |text: &str| Paragraph::new(text, NAME, room, max_lines);
        let in_kinds = |symbol: Symbol, shown_as: Option<PartKind>| {
            let symbol = symbol.in_opacity(entry.opacity);
            let kinds = shown_as.as_ref().map_or(entry.symbols.as_slice(), std::slice::from_ref);
            kinds.iter().map(|kind| (*kind, symbol)).collect::<Vec<_>>()
        };
        if entry.is_plain() {
            let (symbols, text) = (in_kinds(entry.symbol, None), paragraph(&entry.name));
            rows.push(Row {
                symbols,
                text,
                above,
                is_heading: false,
                field: FIELD[1],
                figure: None,
            });
            continue;
        }
        let above = if rows.is_empty() { above } else { above.max(APART) };
        let name = match &entry.subject {
            Some(subject) => format!("{}: {subject}", entry.name),
            None => entry.name.clone(),
        };
        rows.push(Row::heading(Paragraph::new(&name, NAME, max_width, max_lines), above));
        if let Some(grid) = &entry.grid {
            let grid = Box::new(GridBox::new(grid, entry.opacity, max_width));
            let [_, height] = grid.size();
            rows.push(Row::figure(Figure::Grid(grid), height));
        }
        for class in &entry.classes {
            let (symbols, text) = (in_kinds(class.symbol, class.shown_as), paragraph(&class.label));
            rows.push(Row {
                symbols,
                text,
                above: 0.0,
                is_heading: false,
                field: FIELD[1],
                figure: None,
            });
        }
        if let Some(ramp) = &entry.ramp {
            rows.push(Row::bar(ramp, entry.opacity));
        }
        for size in &entry.sizes {
            let symbol = size.symbol.in_opacity(entry.opacity);
            let field = (symbol.point_size + symbol.stroke_width).max(FIELD[1]);
            let symbols = vec![(PartKind::Point, symbol)];
            let text = paragraph(&size.label);
            rows.push(Row { symbols, text, above: 0.0, is_heading: false, field, figure: None });
        }
    }
    rows
}

/// The numbers of the rows in each column. A heading never stands last in one.
fn in_columns(rows: &[Row], columns: usize) -> Vec<Vec<usize>> {
    let per_column = rows.len().div_ceil(columns).max(1);
    let mut made: Vec<Vec<usize>> = Vec::new();
    let mut column = Vec::with_capacity(per_column);
    for (number, row) in rows.iter().enumerate() {
        let is_last = column.len() + 1 >= per_column && made.len() + 1 < columns;
        if is_last && row.is_heading && !column.is_empty() {
            made.push(std::mem::take(&mut column));
        }
        column.push(number);
        if is_last && !row.is_heading {
            made.push(std::mem::take(&mut column));
        }
    }
    if !column.is_empty() {
        made.push(column);
    }
    made
}

fn fields_width(entry: &LegendEntry) -> f32 {
    // Classes that are of one kind each need room for that alone.
    let has_several =
        entry.classes.is_empty() || entry.classes.iter().any(|it| it.shown_as.is_none());
    let beside = entry.symbols.iter().map(|_| NARROW + ROW_GAP).sum::<f32>() - ROW_GAP;
    let wide = if has_several && entry.symbols.len() > 1 { beside } else { FIELD[0] };
    let size = |size: &LegendClass| size.symbol.point_size + size.symbol.stroke_width;
    entry.sizes.iter().map(size).fold(wide, f32::max)
}

/// Draws symbols beside each other in a field; a single one in its middle.
fn draw_symbols(
    symbols: &[(PartKind, Symbol)],
    [left, top]: [f32; 2],
    [width, height]: [f32; 2],
    to: &mut Vec<Item>,
) {
    let is_alone = symbols.len() < 2;
    let room = if is_alone { FIELD[0] } else { NARROW };
    let mut x = if is_alone { left + (width - room) / 2.0 } else { left };
    for (kind, symbol) in symbols {
        let line = symbol.stroke_width.min(FIELD[1] / 3.0);
        let symbol = Symbol { stroke_width: line, ..*symbol };
        let stroke = Some(Stroke::of(symbol));
        let middle = [x + room / 2.0, top + height / 2.0];
        match kind {
            PartKind::Polygon => {
                let inset = line / 2.0 + 0.5;
                let size = [room - 2.0 * inset, FIELD[1] - 2.0 * inset];
                let corner = [x + inset, middle[1] - size[1] / 2.0];
                let [left, top] = corner;
                let (right, bottom) = (left + size[0], top + size[1]);
                let ring = vec![[left, top], [right, top], [right, bottom], [left, bottom]];
                push_area(Outline::rectangle(corner, size), &[ring], symbol, to);
            }
            PartKind::Line => {
                let (from, end) = (x + line / 2.0, x + room - line / 2.0);
                let (low, high) = (middle[1] + 3.0, middle[1] - 3.0);
                let third = (end - from) / 3.0;
                let mut bend = [[from, low], [from + third, high], [end - third, low], [end, high]];
                if symbol.heads != Heads::None {
                    // Its head is seen better where it points on.
                    bend.iter_mut().for_each(|place| place[1] = middle[1]);
                }
                let (bend, heads) = with_heads(&bend.map(|at| at.map(f64::from)), symbol);
                let bend: Vec<[f32; 2]> = bend.into_iter().map(narrowed).collect();
                let outline = Outline::line(&bend);
                to.push(Item::Shape(Shape { outline, fill: None, stroke }));
                heads.iter().for_each(|head| push_head(head, symbol.stroke, to));
            }
            PartKind::Point => {
                let most = if height > FIELD[1] { height } else { LARGEST_POINT };
                let point_size = symbol.point_size.min(most);
                push_point(Symbol { point_size, ..symbol }, middle, to);
            }
        }
        x += room + ROW_GAP;
    }
}

/// A bar of colours that run into each other, with its numbers below.
fn draw_bar(ramp: &LegendRamp, opacity: f32, [left, top]: [f32; 2], to: &mut Vec<Item>) {
    let [width, height] = BAR;
    let faded = |color: &Color| Symbol { fill: *color, ..Symbol::default() }.in_opacity(opacity);
    let pixel = |color: &Color| {
        let Color { r, g, b, a } = faded(color).fill;
        [r, g, b, a]
    };
    let rgba: Vec<u8> = ramp.colors.iter().flat_map(pixel).collect();
    to.push(Item::Image(Image {
        width: u32::try_from(ramp.colors.len()).unwrap_or(0),
        height: 1,
        rgba: rgba.into(),
        at: [left, top],
        size: BAR,
    }));
    let outline = Outline::rectangle([left, top], BAR);
    let edge = Some(Stroke::plain(EDGE, 0.75));
    to.push(Item::Shape(Shape { outline, fill: None, stroke: edge }));
    for (share, label) in &ramp.labels {
        let line = crate::text::shape(label, BAR_TEXT);
        // Inside of the bar's ends.
        let at = left + (width - line.width) * share;
        let baseline = top + height + 2.0 + crate::text::metrics(BAR_TEXT).ascent;
        to.push(super::furniture::text(line, [at, baseline], INK, PLAIN));
    }
}

/// The padding of a legend's panel on both sides.
pub(super) fn panel_size(size: [f32; 2]) -> [f32; 2] {
    size.map(|length| length + 2.0 * PADDING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::default_symbol;

    fn entry(name: &str, begins: bool, heading: Option<&str>) -> LegendEntry {
        LegendEntry {
            layer: 0,
            begins,
            heading: heading.map(str::to_owned),
            name: name.to_owned(),
            symbols: vec![PartKind::Point],
            symbol: default_symbol(None, 0),
            subject: None,
            classes: Vec::new(),
            sizes: Vec::new(),
            ramp: None,
            grid: None,
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
        let outline: Vec<_> = lines.iter().map(|row| (!row.is_heading, row.above > 0.0)).collect();
        let expected = [
            (true, false),
            (true, false),
            (false, true),
            (true, false),
            (true, false),
            (true, true),
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
