//! Lines of a chart in the course of time, with a list of what they are.

use super::chart::{HEIGHT, LINE, NAME, SMALL, rule};
use super::display::{Item, Shape, Stroke};
use super::furniture::{EDGE, INK, PADDING, PLAIN, STRONG, text};
use crate::style::{Color, Dash, Join};
use crate::text::{Outline, fit, metrics, shape};

/// How long the piece of a line is that stands beside its name.
const SAMPLE: f32 = 36.0;

/// Lines by time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartLines {
    /// What goes up.
    pub title: String,
    /// Where time and numbers begin and end.
    pub ends: [[String; 2]; 2],
    /// The lines, the first on top.
    pub lines: Vec<ChartLine>,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartLine {
    /// What it is of.
    pub name: String,
    /// Its last number as it is written.
    pub number: String,
    /// Shares of the width and of the height from the bottom left.
    pub points: Vec<[f32; 2]>,
    /// Whether rows of it are selected.
    pub is_chosen: bool,
    /// Its colour.
    pub color: Color,
    /// In which pieces it is drawn.
    pub dash: Dash,
}

impl ChartLine {
    fn stroke(&self) -> Stroke {
        let width = if self.is_chosen { 3.0 } else { 1.5 };
        Stroke { color: self.color, width, dash: self.dash, join: Join::Round }
    }
}

/// Draws them; returns how high all is.
pub(super) fn lines(of: &ChartLines, [left, top]: [f32; 2], width: f32, to: &mut Vec<Item>) -> f32 {
    let heights = metrics(SMALL);
    let [across, up] = &of.ends;
    let head = format!("{}: {} – {}", of.title, up[0], up[1]);
    to.push(text(shape(&head, SMALL), [left, top + heights.ascent], INK, STRONG));
    let above = top + heights.line_height + 4.0;
    for share in [0.0, 0.5, 1.0] {
        let y = above + HEIGHT * share;
        to.push(rule([left, y], [left + width, y], EDGE));
    }
    let place = |[x, y]: [f32; 2]| [left + x * width, above + (1.0 - y) * HEIGHT];
    for line in of.lines.iter().rev() {
        let points: Vec<[f32; 2]> = line.points.iter().map(|at| place(*at)).collect();
        let drawn = match points.as_slice() {
            [] => continue,
            [only] => Shape {
                outline: Outline::circle(*only, line.stroke().width + 1.5),
                fill: Some(line.color),
                stroke: None,
            },
            _ => Shape { outline: Outline::line(&points), fill: None, stroke: Some(line.stroke()) },
        };
        to.push(Item::Shape(drawn));
    }
    let mut y = above + HEIGHT + 6.0;
    to.push(text(shape(&across[0], SMALL), [left, y + heights.ascent], INK, PLAIN));
    let end = shape(&across[1], SMALL);
    let x = left + width - end.width;
    to.push(text(end, [x, y + heights.ascent], INK, PLAIN));
    y += heights.line_height + PADDING;
    let heights = metrics(NAME);
    for line in &of.lines {
        let baseline = y + (LINE - heights.line_height) / 2.0 + heights.ascent;
        let number = shape(&line.number, NAME);
        let right = left + width - number.width;
        let (name, _) = fit(&line.name, NAME, right - left - SAMPLE - 2.0 * PADDING);
        to.push(Item::Shape(Shape {
            outline: Outline::line(&[[left, y + LINE / 2.0], [left + SAMPLE, y + LINE / 2.0]]),
            fill: None,
            stroke: Some(line.stroke()),
        }));
        to.push(text(name, [left + SAMPLE + PADDING, baseline], INK, PLAIN));
        to.push(text(number, [right, baseline], INK, PLAIN));
        y += LINE;
    }
    y - top
}
