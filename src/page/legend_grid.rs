//! The square of two numbers crossed in a legend on the page: a number above it and one below.

use super::display::{Item, Shape, Stroke};
use super::furniture::{GREY_INK, INK, PAPER, PLAIN, Paragraph};
use super::layer::push_area;
use crate::style::{GridPlan, LegendAxis, LegendGrid, Symbol};
use crate::text::Outline;

/// The size of names, and of the ends of classes.
const NAME: f32 = 11.0;
const ENDS: f32 = 10.0;
/// Between the square and what is written.
const APART: f32 = 3.0;
/// The lines of a name.
const LINES: usize = 2;

/// A square laid out.
#[derive(Clone, Debug)]
pub(super) struct GridBox {
    plan: GridPlan,
    symbols: Vec<Option<Symbol>>,
    up: [Paragraph; 2],
    across: [Paragraph; 2],
}

impl GridBox {
    /// Lays a square out within a width.
    pub(super) fn new(grid: &LegendGrid, opacity: f32, room: f32) -> GridBox {
        let written = |axis: &LegendAxis| {
            [
                Paragraph::new(&axis.name, NAME, room, LINES),
                Paragraph::new(&axis.ends, ENDS, room, 1),
            ]
        };
        let faded = |symbol: Symbol| symbol.in_opacity(opacity);
        GridBox {
            plan: grid.plan(),
            symbols: grid.cells.iter().map(|cell| cell.symbol.map(faded)).collect(),
            up: written(&grid.up),
            across: written(&grid.across),
        }
    }

    /// Whether text was left out.
    pub(super) fn is_cut(&self) -> bool {
        self.up.iter().chain(&self.across).any(|text| text.cut)
    }

    /// Its width and height.
    pub(super) fn size(&self) -> [f32; 2] {
        let [width, height] = self.plan.size;
        let texts = || self.up.iter().chain(&self.across);
        let written: f32 = texts().map(Paragraph::height).sum();
        [texts().map(Paragraph::width).fold(width, f32::max), height + written + 2.0 * APART]
    }

    /// Draws it, its top left corner at a place.
    pub(super) fn draw(self, [left, top]: [f32; 2], to: &mut Vec<Item>) {
        let mut y = top;
        let write = |texts: [Paragraph; 2], y: &mut f32, to: &mut Vec<Item>| {
            for (text, ink) in texts.into_iter().zip([INK, GREY_INK]) {
                let height = text.height();
                text.draw([left, *y], ink, PLAIN, to);
                *y += height;
            }
        };
        write(self.up, &mut y, to);
        y += APART;
        let place = |[dx, dy]: [f32; 2]| [left + dx, y + dy];
        for (corner, symbol) in self.plan.cells.iter().zip(&self.symbols) {
            let corner = place(*corner);
            let side = self.plan.side;
            let outline = Outline::rectangle(corner, [side; 2]);
            // What is not drawn is an empty cell.
            let Some(symbol) = symbol else {
                let stroke = Some(Stroke::plain(GREY_INK, 0.5));
                to.push(Item::Shape(Shape { outline, fill: Some(PAPER), stroke }));
                continue;
            };
            let [x, top] = corner;
            let ring = vec![[x, top], [x + side, top], [x + side, top + side], [x, top + side]];
            push_area(outline, &[ring], *symbol, to);
        }
        for (shaft, head) in self.plan.shafts.iter().zip(&self.plan.heads) {
            let outline = Outline::line(&shaft.map(place));
            let stroke = Some(Stroke::plain(INK, 1.0));
            to.push(Item::Shape(Shape { outline, fill: None, stroke }));
            let outline = Outline::polygon(&head.map(place));
            to.push(Item::Shape(Shape { outline, fill: Some(INK), stroke: None }));
        }
        y += self.plan.size[1] + APART;
        write(self.across, &mut y, to);
    }
}
