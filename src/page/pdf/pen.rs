//! What is drawn, as operators of a content stream (ISO 32000-1, section 8 and annex A): only what
//! changes in the state of the pen is written, and coordinates are whole steps.

use std::collections::BTreeSet;

use super::super::display::{Item, Shape, Stroke};
use super::fonts::Fonts;
use super::syntax::{Ref, real};
use crate::style::{Color, Dash, Join};
use crate::text::{Font, Outline, PathCommand};

/// The side of a step, millimetres: a fifth of the finest printer's dot.
pub(super) const STEP: f64 = 0.005;

/// The farthest a coordinate may lie from the page's corner, steps (42 m).
const FARTHEST: f64 = 8_388_607.0;

/// How many strokes may share a path: readers take long over paths of very many contours.
const MOST_TOGETHER: u32 = 100;

/// What a content stream needs beside itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub fonts: BTreeSet<Font>,
    /// Opacities of fills and of lines.
    pub fill_alphas: BTreeSet<u8>,
    pub stroke_alphas: BTreeSet<u8>,
    pub images: BTreeSet<usize>,
    /// Pages drawn on this one, by their names.
    pub forms: Vec<(String, Ref)>,
}

/// What the pen is set to; at first what the standard says it is (section 8.4.1).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    fill: [u8; 3],
    line: [u8; 3],
    fill_alpha: u8,
    line_alpha: u8,
    width: f32,
    is_round: bool,
    join: Join,
    has_limit: bool,
    /// The pieces and the width they were made for.
    dash: (Dash, u32),
    pub(super) font: Option<(Font, u32)>,
    pub(super) is_bold: bool,
}

impl Default for State {
    fn default() -> Self {
        State {
            fill: [0; 3],
            line: [0; 3],
            fill_alpha: 255,
            line_alpha: 255,
            width: 1.0,
            is_round: false,
            join: Join::Miter,
            has_limit: false,
            dash: (Dash::Solid, 0),
            font: None,
            is_bold: false,
        }
    }
}

/// Writes operators.
pub(super) struct Pen<'a> {
    pub(super) out: Vec<u8>,
    /// Steps per unit of the page.
    pub(super) steps: f32,
    /// The least width that dashes are measured in, page units.
    least_dash: f32,
    pub(super) fonts: &'a Fonts,
    pub(super) state: State,
    pub(super) needs: Needs,
    /// The strokes waiting in the path to be painted together, and how many.
    waiting: Option<(Stroke, u32)>,
}

impl<'a> Pen<'a> {
    pub fn new(steps: f32, least_dash: f32, fonts: &'a Fonts) -> Pen<'a> {
        let (state, needs) = (State::default(), Needs::default());
        Pen { out: Vec::new(), steps, least_dash, fonts, state, needs, waiting: None }
    }

    /// Everything but images, which have numbers that the page knows.
    pub fn item(&mut self, item: &Item) {
        match item {
            Item::Shape(shape) => self.shape(shape),
            Item::Text(text) => self.text(text),
            Item::Glyphs(run) => self.glyphs(run),
            Item::Image(_) => {}
        }
    }

    /// Keeps all that follows within a rectangle.
    pub fn clip(&mut self, [left, top, right, bottom]: [f32; 4]) {
        let [x, y] = self.place([left, top]);
        let [right, bottom] = self.place([right, bottom]);
        self.ints(&[x, y, (right - x).max(0), (bottom - y).max(0)]);
        self.op("re W n");
    }

    /// A picture that has a number, stretched over a rectangle.
    pub fn image(&mut self, number: usize, at: [f32; 2], [width, height]: [f32; 2]) {
        self.flush();
        let [left, top] = self.place(at);
        let [right, bottom] = self.place([at[0] + width, at[1] + height]);
        self.op("q");
        self.ints(&[right - left, 0, 0, top - bottom, left, bottom]);
        self.op("cm");
        self.op(&format!("/I{number} Do Q"));
        self.needs.images.insert(number);
    }

    fn shape(&mut self, shape: &Shape) {
        let fill = shape.fill.filter(|color| color.a > 0);
        let stroke = shape.stroke.filter(|line| line.color.a > 0 && line.width > 0.0);
        match (fill, stroke) {
            (None, None) => {}
            (Some(fill), None) => self.fill(&shape.outline, fill),
            (None, Some(stroke)) => self.stroke(&shape.outline, stroke),
            (Some(fill), Some(stroke)) if stroke.color.a == 255 => {
                self.flush();
                self.fill_color(fill);
                self.stroke_state(stroke);
                match self.path(&shape.outline, true) {
                    Path::Empty => {}
                    Path::Open => self.op("B*"),
                    Path::Closed => self.op("b*"),
                }
            }
            // Painted at once, the line would not be seen on the fill.
            (Some(fill), Some(stroke)) => {
                self.fill(&shape.outline, fill);
                self.stroke(&shape.outline, stroke);
            }
        }
    }

    fn fill(&mut self, outline: &Outline, color: Color) {
        self.flush();
        self.fill_color(color);
        if self.path(outline, false) != Path::Empty {
            self.op("f*");
        }
    }

    fn stroke(&mut self, outline: &Outline, stroke: Stroke) {
        match self.waiting {
            Some((waiting, count)) if waiting == stroke && count < MOST_TOGETHER => {}
            _ => {
                self.flush();
                self.stroke_state(stroke);
            }
        }
        let path = self.path(outline, true);
        if path == Path::Closed {
            self.op("h");
        }
        let count = self.waiting.map_or(0, |(_, count)| count);
        if path != Path::Empty {
            self.waiting = Some((stroke, count + 1));
            // Where lines that can be seen through cross, each is seen.
            if stroke.color.a < 255 {
                self.flush();
            }
        }
    }

    /// Paints the strokes that wait.
    pub fn flush(&mut self) {
        if self.waiting.take().is_some() {
            self.op("S");
        }
    }

    pub(super) fn fill_color(&mut self, color: Color) {
        let Color { r, g, b, a } = color;
        if self.state.fill != [r, g, b] {
            self.state.fill = [r, g, b];
            self.color([r, g, b], ["g", "rg"]);
        }
        if self.state.fill_alpha != a {
            self.state.fill_alpha = a;
            self.needs.fill_alphas.insert(a);
            self.op(&format!("/f{a} gs"));
        }
    }

    pub(super) fn stroke_state(&mut self, stroke: Stroke) {
        let Stroke { color: Color { r, g, b, a }, width, dash, join } = stroke;
        if self.state.line != [r, g, b] {
            self.state.line = [r, g, b];
            self.color([r, g, b], ["G", "RG"]);
        }
        if self.state.line_alpha != a {
            self.state.line_alpha = a;
            self.needs.stroke_alphas.insert(a);
            self.op(&format!("/s{a} gs"));
        }
        let wide = width * self.steps;
        if self.state.width.to_bits() != wide.to_bits() {
            self.state.width = wide;
            self.real(wide, 2);
            self.op("w");
        }
        if self.state.is_round != (dash == Dash::Solid) {
            self.state.is_round = dash == Dash::Solid;
            self.op(if self.state.is_round { "1 J" } else { "0 J" });
        }
        if self.state.join != join {
            self.state.join = join;
            self.op(match join {
                Join::Miter => "0 j",
                Join::Round => "1 j",
                Join::Bevel => "2 j",
            });
        }
        if join == Join::Miter && !self.state.has_limit {
            self.state.has_limit = true;
            self.op("4 M");
        }
        let pieces = stroke.dashes(self.least_dash);
        let key = (dash, if pieces.len() == 0 { 0 } else { width.to_bits() });
        if self.state.dash != key {
            self.state.dash = key;
            self.out.push(b'[');
            for piece in pieces {
                self.real(piece * self.steps, 1);
            }
            self.op("] 0 d");
        }
    }

    fn color(&mut self, [r, g, b]: [u8; 3], [gray, color]: [&str; 2]) {
        if r == g && g == b {
            self.real(f32::from(r) / 255.0, 3);
            self.op(gray);
        } else {
            for channel in [r, g, b] {
                self.real(f32::from(channel) / 255.0, 3);
            }
            self.op(color);
        }
    }

    /// Writes a path; `is_stroked` keeps what only a line shows: closed corners and dots.
    fn path(&mut self, outline: &Outline, is_stroked: bool) -> Path {
        let mut contour = Contour { begin: self.out.len(), ..Contour::default() };
        let mut written = Path::Empty;
        let mut commands = outline.commands.iter().peekable();
        while let Some(command) = commands.next() {
            match *command {
                PathCommand::MoveTo(to) => {
                    if self.end_contour(&contour, is_stroked) {
                        written = Path::Open;
                    }
                    let start = self.place(to);
                    contour =
                        Contour { begin: self.out.len(), start, at: start, ..Contour::default() };
                }
                PathCommand::LineTo(to) => {
                    let to = self.place(to);
                    let is_closed_next = matches!(commands.peek(), Some(PathCommand::Close));
                    if to == contour.at || (is_closed_next && to == contour.start) {
                        contour.has_dot = true;
                        contour.at = to;
                        continue;
                    }
                    self.start_contour(&mut contour);
                    self.ints(&to);
                    self.op("l");
                    contour.at = to;
                    contour.pieces += 1;
                }
                PathCommand::QuadTo(via, to) => {
                    // The same curve with two control points.
                    let from = contour.exact.unwrap_or(via);
                    let towards = |[x, y]: [f32; 2]| {
                        [x + (via[0] - x) * 2.0 / 3.0, y + (via[1] - y) * 2.0 / 3.0]
                    };
                    self.curve(&mut contour, [towards(from), towards(to), to]);
                }
                PathCommand::CubicTo(a, b, to) => self.curve(&mut contour, [a, b, to]),
                PathCommand::Close => {
                    let is_last = commands.peek().is_none();
                    let is_there = self.end_contour(&contour, is_stroked);
                    if is_there && is_last {
                        return Path::Closed;
                    }
                    if is_there {
                        if is_stroked {
                            self.op("h");
                        } else {
                            self.break_line();
                        }
                        written = Path::Open;
                    }
                    let start = contour.start;
                    contour =
                        Contour { begin: self.out.len(), start, at: start, ..Contour::default() };
                }
            }
            contour.exact = match *command {
                PathCommand::MoveTo(to)
                | PathCommand::LineTo(to)
                | PathCommand::QuadTo(_, to)
                | PathCommand::CubicTo(_, _, to) => Some(to),
                PathCommand::Close => None,
            };
        }
        if self.end_contour(&contour, is_stroked) { Path::Open } else { written }
    }

    fn curve(&mut self, contour: &mut Contour, [a, b, to]: [[f32; 2]; 3]) {
        let [a, b, to] = [a, b, to].map(|place| self.place(place));
        if [a, b, to].iter().all(|place| *place == contour.at) {
            contour.has_dot = true;
            return;
        }
        self.start_contour(contour);
        for place in [a, b, to] {
            self.ints(&place);
        }
        self.op("c");
        contour.at = to;
        contour.pieces += 2;
    }

    fn start_contour(&mut self, contour: &mut Contour) {
        if contour.pieces == 0 {
            self.ints(&contour.start);
            self.op("m");
        }
    }

    /// Ends a contour: what has no area is not filled, what has no length is a dot. Answers whether
    /// anything is there.
    fn end_contour(&mut self, contour: &Contour, is_stroked: bool) -> bool {
        if is_stroked && contour.pieces == 0 && contour.has_dot {
            self.ints(&contour.start);
            self.op("m");
            self.ints(&contour.start);
            self.op("l");
            return true;
        }
        if !is_stroked && contour.pieces < 2 {
            self.out.truncate(contour.begin);
            return false;
        }
        contour.pieces > 0
    }

    /// A place in steps.
    #[expect(clippy::cast_possible_truncation, reason = "within the bounds; NaN is 0")]
    pub(super) fn place(&self, place: [f32; 2]) -> [i32; 2] {
        let steps = f64::from(self.steps);
        place.map(|at| (f64::from(at) * steps).round().clamp(-FARTHEST, FARTHEST) as i32)
    }

    pub(super) fn ints(&mut self, values: &[i32]) {
        for value in values {
            self.int(*value);
        }
    }

    /// A whole number and a space.
    fn int(&mut self, value: i32) {
        let mut digits = [0_u8; 11];
        let mut rest = value.unsigned_abs();
        let mut count = 0;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
            count += 1;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(digits.get(digits.len() - count..).unwrap_or_default());
        self.out.push(b' ');
    }

    /// A number and a space.
    pub(super) fn real(&mut self, value: f32, decimals: usize) {
        self.out.extend_from_slice(real(f64::from(value), decimals).as_bytes());
        self.out.push(b' ');
    }

    /// An operator, which ends the line.
    pub(super) fn op(&mut self, operator: &str) {
        self.out.extend_from_slice(operator.as_bytes());
        self.break_line();
    }

    fn break_line(&mut self) {
        if self.out.last().is_some_and(|last| *last != b'\n') {
            self.out.push(b'\n');
        }
    }
}

/// What was written of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    /// Nothing.
    Empty,
    /// Its last contour is to stay open.
    Open,
    /// Its last contour is to be closed by the operator that paints it.
    Closed,
}

/// A contour as far as it is written.
#[derive(Clone, Copy, Debug, Default)]
struct Contour {
    /// Where it starts among the bytes.
    begin: usize,
    start: [i32; 2],
    at: [i32; 2],
    /// The last place before it was rounded.
    exact: Option<[f32; 2]>,
    /// Straight pieces, and curves for two.
    pieces: u32,
    /// Whether it went on without getting anywhere.
    has_dot: bool,
}
