//! A chart as a page: bars beside each other or under each other, points by two numbers, lines in
//! the course of time.

use super::chart_lines::{ChartLines, lines};
use super::display::{DisplayList, Group, Item, Shape, Stroke};
use super::furniture::{EDGE, GREY_INK, INK, PADDING, PAPER, PLAIN, Paragraph, STRONG, text};
use crate::style::Color;
use crate::text::{Outline, fit, metrics, shape};

/// The width of the page in points (1/96 inch).
const WIDTH: f32 = 720.0;
const MARGIN: f32 = 24.0;
const TITLE: f32 = 18.0;
pub(super) const NAME: f32 = 12.0;
pub(super) const SMALL: f32 = 11.0;
/// How high a chart with axes stands, and a bar of a list.
pub(super) const HEIGHT: f32 = 320.0;
pub(super) const LINE: f32 = 24.0;

/// The colour of bars without a class: 4.2 to 1 on white, so that what is selected stands
/// out on it.
pub const PLAIN_BAR: Color = Color::rgb(0x4a_7f_b5);

/// What a chart on a page shows; all texts are in the language of the reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartPage {
    /// What stands above it.
    pub title: String,
    /// What stands below it, a paragraph each: figures, what is selected, sources.
    pub notes: Vec<String>,
    /// What is drawn.
    pub drawn: ChartDrawn,
}

/// What is drawn of a chart.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartDrawn {
    /// Bars beside each other, and what is written where they begin and end: one text more than
    /// there are bars.
    Beside(Vec<ChartBar>, Vec<String>),
    /// Bars under each other, with names.
    Under(Vec<ChartBar>),
    /// Points by two numbers.
    Points(ChartPoints),
    /// Lines by time.
    Lines(ChartLines),
}

impl Default for ChartDrawn {
    fn default() -> Self {
        ChartDrawn::Under(Vec::new())
    }
}

/// A bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartBar {
    /// Its name.
    pub name: String,
    /// Its number as it is written.
    pub number: String,
    /// How long it is; none where there is no number.
    pub value: Option<f64>,
    /// How long the part is that is selected.
    pub chosen: Option<f64>,
    /// The colour of its class.
    pub color: Option<Color>,
}

/// Points by two numbers, or cells that hold many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartPoints {
    /// What lies along the bottom and along the side.
    pub titles: [String; 2],
    /// Where both begin and end.
    pub ends: [[String; 2]; 2],
    /// Points: shares of the width and of the height from the bottom left, and whether selected.
    pub points: Vec<([f32; 2], bool)>,
    /// Cells: left, bottom, width and height as shares, how dark, 0 to 1, and whether rows in it
    /// are selected.
    pub cells: Vec<([f32; 4], f32, bool)>,
}

/// Lays a chart out.
pub fn chart_page(chart: &ChartPage) -> DisplayList {
    let mut items = Vec::new();
    let width = WIDTH - 2.0 * MARGIN;
    let title = Paragraph::new(&chart.title, TITLE, width, 3);
    let mut y = MARGIN + title.height() + PADDING;
    title.draw([MARGIN, MARGIN], INK, STRONG, &mut items);
    y += match &chart.drawn {
        ChartDrawn::Beside(bars, edges) => beside(bars, edges, [MARGIN, y], width, &mut items),
        ChartDrawn::Under(bars) => under(bars, [MARGIN, y], width, &mut items),
        ChartDrawn::Points(of) => points(of, [MARGIN, y], width, &mut items),
        ChartDrawn::Lines(of) => lines(of, [MARGIN, y], width, &mut items),
    };
    for note in &chart.notes {
        y += PADDING;
        let note = Paragraph::new(note, SMALL, width, 6);
        let height = note.height();
        note.draw([MARGIN, y], GREY_INK, PLAIN, &mut items);
        y += height;
    }
    let height = y + MARGIN;
    items.insert(0, filled([0.0, 0.0], [WIDTH, height], PAPER));
    DisplayList {
        width: WIDTH,
        height,
        millimetres_per_unit: 25.4 / 96.0,
        groups: vec![Group { name: chart.title.clone(), items, ..Group::default() }],
    }
}

fn filled(at: [f32; 2], size: [f32; 2], color: Color) -> Item {
    Item::Shape(Shape { outline: Outline::rectangle(at, size), fill: Some(color), stroke: None })
}

/// A bar with a thin rim, so that light colours end somewhere.
fn bar(at: [f32; 2], size: [f32; 2], color: Option<Color>) -> Item {
    Item::Shape(Shape {
        outline: Outline::rectangle(at, size),
        fill: Some(color.unwrap_or(PLAIN_BAR)),
        stroke: Some(Stroke::plain(GREY_INK, 0.5)),
    })
}

/// The part selected: dark, with a white rim.
fn chosen(at: [f32; 2], size: [f32; 2]) -> Item {
    Item::Shape(Shape {
        outline: Outline::rectangle(at, size),
        fill: Some(INK),
        stroke: Some(Stroke::plain(PAPER, 1.0)),
    })
}

/// A thin line.
pub(super) fn rule(from: [f32; 2], to: [f32; 2], color: Color) -> Item {
    Item::Shape(Shape {
        outline: Outline::line(&[from, to]),
        fill: None,
        stroke: Some(Stroke::plain(color, 0.75)),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a share of a page")]
fn share(value: f64, most: f64) -> f32 {
    if most > 0.0 { (value / most).clamp(0.0, 1.0) as f32 } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "a small number of bars")]
fn beside(
    bars: &[ChartBar],
    edges: &[String],
    [left, top]: [f32; 2],
    width: f32,
    to: &mut Vec<Item>,
) -> f32 {
    let tallest =
        bars.iter().max_by(|a, b| a.value.unwrap_or(0.0).total_cmp(&b.value.unwrap_or(0.0)));
    let most = tallest.and_then(|bar| bar.value).unwrap_or(0.0);
    let label = shape(tallest.map_or("", |bar| bar.number.as_str()), SMALL);
    let heights = metrics(SMALL);
    to.push(text(label, [left, top + heights.ascent], GREY_INK, PLAIN));
    let (above, bottom) = (top + heights.line_height, top + heights.line_height + HEIGHT);
    for y in [above, above + HEIGHT / 2.0] {
        to.push(rule([left, y], [left + width, y], EDGE));
    }
    let step = width / bars.len().max(1) as f32;
    for (at, of) in bars.iter().enumerate() {
        let x = left + step * at as f32 + 0.5;
        // So that few rows beside many are still seen.
        let height = |value: f64| (share(value, most) * HEIGHT).max(1.5);
        if let Some(value) = of.value.filter(|value| *value > 0.0) {
            let high = height(value);
            to.push(bar([x, bottom - high], [step - 1.0, high], of.color));
        }
        if let Some(value) = of.chosen.filter(|value| *value > 0.0) {
            let (high, aside) = (height(value), step * 0.2);
            to.push(chosen([x + aside, bottom - high], [step - 1.0 - 2.0 * aside, high]));
        }
    }
    to.push(rule([left, bottom], [left + width, bottom], INK));
    let mut free = left;
    let last = edges.len().saturating_sub(1);
    let end = edges.last().map_or(0.0, |edge| shape(edge, SMALL).width);
    for (at, edge) in edges.iter().enumerate() {
        let words = shape(edge, SMALL);
        let middle = left + step * at as f32;
        let x = (middle - words.width / 2.0).clamp(left, left + width - words.width);
        if x >= free && (at == last || x + words.width + 10.0 <= left + width - end) {
            to.push(rule([middle, bottom], [middle, bottom + 4.0], INK));
            free = x + words.width + 10.0;
            to.push(text(words, [x, bottom + 5.0 + heights.ascent], INK, PLAIN));
        }
    }
    bottom + 5.0 + heights.line_height - top
}

fn under(bars: &[ChartBar], [left, top]: [f32; 2], width: f32, to: &mut Vec<Item>) -> f32 {
    let values = bars.iter().flat_map(|bar| [bar.value, bar.chosen]).flatten();
    let (least, most) = values.fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let names = width * 0.36;
    let numbers = bars.iter().map(|bar| shape(&bar.number, NAME).width).fold(0.0, f32::max);
    let track = (width - names - numbers - 2.0 * PADDING).max(40.0);
    let start = left + names + PADDING;
    let heights = metrics(NAME);
    let mut y = top;
    for of in bars {
        let baseline = y + (LINE - heights.line_height) / 2.0 + heights.ascent;
        let (name, _) = fit(&of.name, NAME, names);
        to.push(text(name, [left, baseline], INK, PLAIN));
        let number = shape(&of.number, NAME);
        let x = left + width - number.width;
        to.push(text(number, [x, baseline], INK, PLAIN));
        let place = |value: f64| start + share(value - least, most - least) * track;
        let from = |value: f64| {
            let (a, b) = (place(0.0), place(value));
            (a.min(b), (a - b).abs().max(1.5))
        };
        if let Some((x, wide)) = of.value.map(from) {
            to.push(bar([x, y + 3.0], [wide, LINE - 6.0], of.color));
        }
        if let Some((x, wide)) = of.chosen.map(from) {
            to.push(chosen([x, y + 8.0], [wide, LINE - 16.0]));
        }
        y += LINE;
    }
    y - top
}

fn points(of: &ChartPoints, [left, top]: [f32; 2], width: f32, to: &mut Vec<Item>) -> f32 {
    let heights = metrics(SMALL);
    let [across, up] = &of.ends;
    let head = format!("{}: {} – {}", of.titles[1], up[0], up[1]);
    to.push(text(shape(&head, SMALL), [left, top + heights.ascent], INK, PLAIN));
    let above = top + heights.line_height + 4.0;
    let height = HEIGHT * 1.3;
    let place = |[x, y]: [f32; 2]| [left + x * width, above + (1.0 - y) * height];
    to.push(Item::Shape(Shape {
        outline: Outline::rectangle([left, above], [width, height]),
        fill: None,
        stroke: Some(Stroke::plain(EDGE, 0.75)),
    }));
    for ([x, y, wide, high], dark, has_chosen) in &of.cells {
        let [x, y] = place([*x, y + high]);
        let size = [wide * width, high * height];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let alpha = (dark.clamp(0.0, 1.0) * 255.0) as u8;
        to.push(filled([x, y], size, PLAIN_BAR.with_alpha(alpha)));
        if *has_chosen {
            let aside = [size[0] * 0.25, size[1] * 0.25];
            to.push(filled([x + aside[0], y + aside[1]], [size[0] / 2.0, size[1] / 2.0], INK));
        }
    }
    // Those selected lie on top.
    for is_chosen in [false, true] {
        for (at, _) in of.points.iter().filter(|(_, of)| *of == is_chosen) {
            let (radius, color) = if is_chosen { (4.0, INK) } else { (2.5, PLAIN_BAR) };
            to.push(Item::Shape(Shape {
                outline: Outline::circle(place(*at), radius),
                fill: Some(color.with_alpha(if is_chosen { 255 } else { 150 })),
                stroke: is_chosen.then(|| Stroke::plain(PAPER, 1.0)),
            }));
        }
    }
    let baseline = above + height + 6.0 + heights.ascent;
    to.push(text(shape(&across[0], SMALL), [left, baseline], INK, PLAIN));
    let end = shape(&across[1], SMALL);
    let x = left + width - end.width;
    to.push(text(end, [x, baseline], INK, PLAIN));
    let title = shape(&of.titles[0], SMALL);
    let x = left + (width - title.width) / 2.0;
    to.push(text(title, [x, baseline], INK, STRONG));
    baseline + heights.descent + 4.0 - top
}

#[cfg(test)]
mod tests {
    use super::super::chart_lines::ChartLine;
    use super::*;

    fn bars(count: u32) -> Vec<ChartBar> {
        let bar = |at: u32| ChartBar {
            name: format!("bar {at}"),
            number: format!("{at}"),
            value: Some(f64::from(at)),
            chosen: (at == 3).then_some(1.0),
            color: None,
        };
        (0..count).map(bar).collect()
    }

    /// All that is on the page, and how much of it lies outside.
    fn outside(page: &DisplayList) -> usize {
        let items = page.groups.iter().flat_map(|group| &group.items);
        let bounds = items.filter_map(|item| match item {
            Item::Shape(shape) => shape.outline.bounds(),
            Item::Text(of) => {
                let [x, y] = of.at;
                Some([x, y - of.line.size, x + of.line.width, y])
            }
            _ => None,
        });
        let out = |[left, top, right, bottom]: &[f32; 4]| {
            *left < -0.1 || *top < -0.1 || *right > page.width + 0.1 || *bottom > page.height + 0.1
        };
        bounds.filter(out).count()
    }

    #[test]
    fn charts_lie_on_their_page_and_say_their_numbers() {
        let edges: Vec<String> = (0..=24).map(|edge| format!("{edge} 000 000")).collect();
        let points = ChartPoints {
            titles: ["breedte".to_owned(), "hoogte".to_owned()],
            ends: [["0".to_owned(), "9".to_owned()], ["1".to_owned(), "8".to_owned()]],
            points: vec![([0.0, 0.0], false), ([1.0, 1.0], true)],
            cells: vec![([0.5, 0.5, 0.1, 0.1], 0.5, true)],
        };
        let line = |at: usize| ChartLine {
            name: "Parking Ledeberg ".repeat(9),
            number: "1 234".to_owned(),
            points: vec![[0.0, 0.0], [1.0, 1.0]][at.min(1)..].to_vec(),
            is_chosen: at == 1,
            color: PLAIN_BAR,
            dash: crate::style::Dash::Dashed,
        };
        let lines = ChartLines {
            title: "plaatsen".to_owned(),
            ends: [
                ["1/1/2026".to_owned(), "2/1/2026".to_owned()],
                ["1".to_owned(), "8".to_owned()],
            ],
            lines: (0..3).map(line).collect(),
        };
        for drawn in [
            ChartDrawn::Beside(bars(24), edges),
            ChartDrawn::Under(bars(31)),
            ChartDrawn::Points(points),
            ChartDrawn::Lines(lines),
        ] {
            let notes = vec!["Bron: de stad. ".repeat(30)];
            let page = chart_page(&ChartPage { title: "Inwoners".to_owned(), notes, drawn });
            assert_eq!(outside(&page), 0);
            assert!(page.texts().any(|text| text == "Inwoners"));
            assert!(page.texts().any(|text| text.starts_with("Bron")));
        }
    }

    #[test]
    fn a_bar_is_as_long_as_its_number() {
        let page = chart_page(&ChartPage {
            drawn: ChartDrawn::Beside(bars(5), vec![String::new(); 6]),
            ..ChartPage::default()
        });
        let bars = page.groups.iter().flat_map(|group| &group.items).filter_map(|item| {
            let Item::Shape(shape) = item else { return None };
            let [_, top, _, bottom] = shape.outline.bounds()?;
            (shape.fill == Some(PLAIN_BAR)).then_some(bottom - top)
        });
        let heights: Vec<f32> = bars.collect();
        assert_eq!(heights.len(), 4, "none for nothing");
        for (share, height) in [0.25, 0.5, 0.75, 1.0].into_iter().zip(&heights) {
            assert!((height - HEIGHT * share).abs() < 0.01, "{heights:?}");
        }
    }
}
