//! The legend of two numbers crossed: a square of colours with an arrow along each number. Where
//! everything stands is computed here, for the map and for paper.

use super::{By, Class, ClassWords, Color, Partition, Side, Steps, Style, Symbol};
use crate::i18n::Language;
use crate::table::PartKind;

/// A square of colours.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendGrid {
    /// The cells, row by row from below, each from left to right.
    pub cells: Vec<LegendCell>,
    /// The number that grows from left to right.
    pub across: LegendAxis,
    /// The number that grows from below to above.
    pub up: LegendAxis,
}

/// A class in the square.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendCell {
    /// What it is called: "inwoners laag, bomen hoog".
    pub label: String,
    /// How it looks, as an area; none where its rows are not drawn.
    pub symbol: Option<Symbol>,
    /// How many rows it has.
    pub count: u64,
}

/// A number along a side of the square.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendAxis {
    /// What it is of.
    pub name: String,
    /// Where its classes begin and end, from low to high.
    pub ends: String,
    /// How many classes it has.
    pub count: usize,
}

/// Where the parts of a square stand: from its top left corner, in points of the screen, y pointing
/// down.
#[derive(Clone, Debug, PartialEq)]
pub struct GridPlan {
    /// The width and height of all of it.
    pub size: [f32; 2],
    /// The side of a cell, without the gap between cells.
    pub side: f32,
    /// The top left corner of each cell, in the order of [`LegendGrid::cells`].
    pub cells: Vec<[f32; 2]>,
    /// The shafts of the two arrows: the one across, and the one that goes up.
    pub shafts: [[[f32; 2]; 2]; 2],
    /// The corners of their heads.
    pub heads: [[[f32; 2]; 3]; 2],
}

/// The longer side of a square.
const LONGEST: f32 = 78.0;
/// Between cells: the ground shows through, so that neighbours are told apart.
const GAP: f32 = 1.0;
/// The room of an arrow, and where in it the arrow lies.
const ARROW: f32 = 10.0;
const SHAFT: f32 = 4.0;
/// How long the head of an arrow is, and half as wide as it is.
const HEAD: [f32; 2] = [6.0, 3.0];

impl LegendGrid {
    /// The square of a style with two numbers and its classes; none for other styles, and while no
    /// row has both numbers.
    pub fn of(
        language: Language,
        style: &Style,
        partition: &Partition,
        kind: Option<PartKind>,
    ) -> Option<LegendGrid> {
        let (By::Crossed(by), Some([across, up])) = (&style.by, partition.sides.as_deref()) else {
            return None;
        };
        let words = ClassWords::new(language, None, partition);
        let symbols = style.class_symbols(partition, kind);
        let classes = partition.classes.iter().zip(symbols).enumerate();
        let cell = |(at, ((class, count), symbol)): (usize, (&(Class, u64), Option<Symbol>))| {
            let is_cell = matches!(class, Class::Cell { .. });
            is_cell.then(|| LegendCell {
                label: words.of(style, at, class),
                symbol: symbol.map(|symbol| as_area(symbol, kind)),
                count: *count,
            })
        };
        let cells: Vec<LegendCell> = classes.filter_map(cell).collect();
        (!cells.is_empty()).then(|| LegendGrid {
            cells,
            across: axis(language, &by.across, across),
            up: axis(language, &by.up, up),
        })
    }

    /// Where its parts stand.
    #[expect(clippy::cast_precision_loss, reason = "a handful of cells")]
    pub fn plan(&self) -> GridPlan {
        let (wide, high) = (self.across.count.max(1), self.up.count.max(1));
        let step = LONGEST / wide.max(high) as f32;
        let [width, height] = [wide, high].map(|count| count as f32 * step);
        let corner = |at: usize| {
            let (x, y) = (at % wide, at / wide);
            [ARROW + x as f32 * step, height - (y + 1) as f32 * step]
        };
        let (left, below) = (ARROW - GAP - SHAFT, height + SHAFT);
        let right = ARROW + width;
        let [long, half] = HEAD;
        GridPlan {
            size: [right, height + ARROW],
            side: step - GAP,
            cells: (0..self.cells.len()).map(corner).collect(),
            shafts: [[[ARROW, below], [right - long, below]], [[left, height - GAP], [left, long]]],
            heads: [
                [[right, below], [right - long, below - half], [right - long, below + half]],
                [[left, 0.0], [left - half, long], [left + half, long]],
            ],
        }
    }
}

/// The colour of a class, and its pattern, as an area without a rim.
fn as_area(symbol: Symbol, kind: Option<PartKind>) -> Symbol {
    let is_outline =
        kind == Some(PartKind::Line) || (kind == Some(PartKind::Polygon) && symbol.fill.a == 0);
    let fill: Color = if is_outline { symbol.stroke } else { symbol.fill };
    Symbol { fill, stroke_width: 0.0, icon: None, ..symbol }
}

fn axis(language: Language, steps: &Steps, side: &Side) -> LegendAxis {
    let words = ClassWords::of_side(language, side);
    // The last whole number of a class, as its own name says it.
    let last = |end: f64| if side.spread.wholes { end.floor() } else { end };
    let first = side.ranges.first().map(|[lower, _]| *lower);
    let ends = first.into_iter().chain(side.ranges.iter().map(|[_, upper]| last(*upper)));
    let ends: Vec<String> = ends.map(|end| words.number(end)).collect();
    LegendAxis { name: steps.of.title(), ends: ends.join(" · "), count: side.ranges.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(wide: usize, high: usize) -> LegendGrid {
        let axis = |count| LegendAxis { name: String::new(), ends: String::new(), count };
        let cell = LegendCell { label: String::new(), symbol: None, count: 0 };
        LegendGrid { cells: vec![cell; wide * high], across: axis(wide), up: axis(high) }
    }

    #[test]
    fn a_square_says_what_its_classes_are() {
        use crate::jobs::Watch;
        use crate::style::{Change, Crossed, NumberOf, Per, partition};
        use crate::table::{Field, FieldKind, Table};
        use arrow_array::{ArrayRef, Int64Array};

        let column = |values: Vec<Option<i64>>| -> ArrayRef {
            std::sync::Arc::new(Int64Array::from(values))
        };
        let columns = vec![
            column(vec![Some(1), Some(2), Some(3), Some(4), None]),
            column(vec![Some(10), Some(30), Some(20), Some(40), Some(50)]),
        ];
        let fields = ["a", "b"].map(|name| Field::new(name, FieldKind::Integer)).to_vec();
        let table = Table::new("t", 5, fields, columns, None).unwrap();
        let steps = |field: &str| Steps {
            of: NumberOf { field: field.to_owned(), per: Per::Nothing },
            count: 2,
            ..Steps::default()
        };
        let mut by = Crossed { across: steps("a"), up: steps("b"), ..Crossed::default() };
        by.set_change(1, 0, Change { hidden: true, ..Change::default() });
        let style = Style { by: By::Crossed(Box::new(by)), ..Style::default() };
        let grouping = style.grouping().unwrap();
        let made = partition(&table, &grouping, None, &Watch::unwatched()).unwrap();
        let grid = LegendGrid::of(Language::English, &style, &made, Some(PartKind::Line)).unwrap();
        let said: Vec<_> = grid.cells.iter().map(|cell| cell.label.as_str()).collect();
        let expected = ["low a, low b", "high a, low b", "low a, high b", "high a, high b"];
        assert_eq!(said, expected);
        assert_eq!(grid.cells.iter().map(|cell| cell.count).collect::<Vec<_>>(), [2, 1, 0, 1]);
        assert_eq!((grid.across.name.as_str(), grid.across.ends.as_str()), ("a", "1 · 2 · 4"));
        assert_eq!((grid.up.name.as_str(), grid.up.ends.as_str()), ("b", "10 · 30 · 50"));
        assert!(grid.cells[1].symbol.is_none(), "its rows are not drawn");
        // The colour of a line is that of its stroke.
        let stroke = style.class_symbols(&made, Some(PartKind::Line))[0].unwrap().stroke;
        assert_eq!(grid.cells[0].symbol.unwrap().fill, stroke);
        assert_eq!(LegendGrid::of(Language::Dutch, &Style::default(), &made, None), None);
    }

    #[test]
    fn cells_fill_the_square_from_below_and_touch_nothing() {
        for (wide, high) in [(1, 1), (2, 2), (3, 3), (4, 4), (2, 4), (3, 1)] {
            let plan = grid(wide, high).plan();
            assert_eq!(plan.cells.len(), wide * high);
            let [width, height] = plan.size;
            for (at, [x, y]) in plan.cells.iter().enumerate() {
                assert!(*x >= ARROW - 1e-3 && x + plan.side <= width + 1e-3);
                assert!(*y >= -1e-3 && y + plan.side <= height - ARROW + 1e-3);
                if at % wide > 0 {
                    assert!(plan.cells[at - 1][0] + plan.side < *x);
                }
                if at >= wide {
                    assert!(y + plan.side < plan.cells[at - wide][1]);
                }
            }
            // Arrows lie beside the cells, and point to the right and up.
            let [across, up] = plan.heads;
            assert!(across[0][0] > across[1][0] && across[1][1] > height - ARROW);
            assert!(up[0][1] < up[1][1] && up[2][0] < ARROW);
        }
    }
}
