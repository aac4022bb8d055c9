//! Numbers on the map, on discs that leave each other and the panels alone: where there is no room
//! at its place a disc stands beside it, with a line to it.

use std::collections::{BTreeSet, HashMap};

use super::numbers::{Numbered, SAME_PLACE};
use crate::page::display::{Group, Item, Role, Shape, Stroke};
use crate::page::frame::Frame;
use crate::page::furniture::{INK, PAPER, STRONG, text};
use crate::style::Color;
use crate::text::{Line, Outline, metrics, shape};

/// The size of the figures, the height of a disc, and what figures leave free left and right.
const FIGURES: f32 = 9.5;
pub(super) const HEIGHT: f32 = 15.0;
const SIDES: f32 = 8.0;

/// What the person's own places are filled with; in grey as dark as the others nearly.
const OWN: Color = Color::rgb(0x00a3_1f16);

/// How far from its place a disc may stand, in heights, and in how many directions it is tried.
const FAR: [f32; 7] = [1.1, 1.6, 2.2, 3.0, 4.0, 5.2, 6.6];
const WAYS: u8 = 16;

/// Between two discs.
const APART: f32 = 1.0;

/// What hiding the place of another number costs, as a distance.
const HIDING: f32 = 40.0;

/// The side of a cell of what is taken.
const CELL: f32 = 48.0;

/// A number on its disc.
struct Disc {
    line: Line,
    middle: [f32; 2],
    anchor: [f32; 2],
    is_own: bool,
}

impl Disc {
    /// Whether it does not stand at its own place.
    fn is_beside(&self) -> bool {
        let ([x, y], [own_x, own_y]) = (self.middle, self.anchor);
        (x - own_x).hypot(y - own_y) > 0.01
    }
}

/// Numbers with their places on the page.
pub(in crate::page::sheet) struct Discs {
    all: Vec<Disc>,
    /// How many lie at the place of another.
    pub together: u64,
    /// For how many there was no room.
    pub crowded: u64,
}

/// The size of a disc around figures.
fn size_of(line: &Line) -> [f32; 2] {
    [(line.width + SIDES).max(HEIGHT), HEIGHT]
}

/// A chip with a number, for a list: its figures and its width.
pub(super) fn chip(number: usize) -> (Line, f32) {
    let line = shape(&number.to_string(), FIGURES);
    let [width, _] = size_of(&line);
    (line, width)
}

/// Draws figures on a disc around a place.
pub(super) fn draw_disc(line: Line, middle: [f32; 2], is_own: bool, to: &mut Vec<Item>) {
    let size = size_of(&line);
    let at = [middle[0] - size[0] / 2.0, middle[1] - size[1] / 2.0];
    to.push(Item::Shape(Shape {
        outline: Outline::rounded(at, size, HEIGHT / 2.0),
        fill: Some(if is_own { OWN } else { INK }),
        stroke: Some(Stroke::plain(PAPER, 1.4)),
    }));
    let start = [middle[0] - line.width / 2.0, middle[1] + metrics(FIGURES).cap_height / 2.0];
    to.push(text(line, start, PAPER, STRONG));
}

/// Rectangles that are taken, by the cells they lie in.
#[derive(Default)]
struct Taken {
    cells: HashMap<(i32, i32), Vec<[f32; 4]>>,
}

impl Taken {
    #[expect(clippy::cast_possible_truncation, reason = "on a page")]
    fn cells_of([left, top, right, bottom]: [f32; 4]) -> impl Iterator<Item = (i32, i32)> {
        let cell = |length: f32| (length / CELL).floor() as i32;
        let (columns, rows) = (cell(left)..=cell(right), cell(top)..=cell(bottom));
        columns.flat_map(move |x| rows.clone().map(move |y| (x, y)))
    }

    fn take(&mut self, rect: [f32; 4]) {
        for cell in Taken::cells_of(rect) {
            self.cells.entry(cell).or_default().push(rect);
        }
    }

    fn is_free(&self, rect: [f32; 4]) -> bool {
        let meets = |other: &[f32; 4]| {
            other[0] < rect[2] && rect[0] < other[2] && other[1] < rect[3] && rect[1] < other[3]
        };
        Taken::cells_of(rect)
            .all(|cell| self.cells.get(&cell).is_none_or(|taken| !taken.iter().any(meets)))
    }

    /// How many of what was taken lies in a rectangle, each once.
    fn count(&self, rect: [f32; 4]) -> usize {
        let meets = |other: &&[f32; 4]| {
            other[0] < rect[2] && rect[0] < other[2] && other[1] < rect[3] && rect[1] < other[3]
        };
        let cells = Taken::cells_of(rect).filter_map(|cell| self.cells.get(&cell));
        let met = cells.flat_map(|taken| taken.iter().filter(meets));
        met.map(|rect| rect.map(f32::to_bits)).collect::<BTreeSet<_>>().len()
    }
}

fn around([x, y]: [f32; 2], [width, height]: [f32; 2]) -> [f32; 4] {
    [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0]
}

fn grown([left, top, right, bottom]: [f32; 4], by: f32) -> [f32; 4] {
    [left - by, top - by, right + by, bottom + by]
}

/// Finds room for numbers on a map beside the panels that are there: first for those that have it at
/// their own place, then for the others in their order.
pub(in crate::page::sheet) fn place(
    points: &[Numbered],
    frame: Frame,
    panels: &[[f32; 4]],
) -> Discs {
    let bounds = frame.rect(-2.0);
    let mut taken = Taken::default();
    panels.iter().for_each(|panel| taken.take(*panel));
    let mut anchors = Taken::default();
    let mut own_places = Taken::default();
    let mut discs: Vec<Disc> = Vec::with_capacity(points.len());
    for point in points {
        #[expect(clippy::cast_possible_truncation, reason = "on the page")]
        let anchor = point.at.map(|length| length as f32);
        let (line, _) = chip(point.number);
        own_places.take(around(anchor, size_of(&line)));
        anchors.take(around(anchor, [1.0, 1.0]));
        discs.push(Disc { line, middle: anchor, anchor, is_own: point.is_own });
    }
    let is_inside = |[left, top, right, bottom]: [f32; 4]| {
        bounds[0] <= left && bounds[1] <= top && right <= bounds[2] && bottom <= bounds[3]
    };
    let is_at_home = |disc: &Disc, taken: &Taken| {
        let rect = around(disc.anchor, size_of(&disc.line));
        is_inside(rect) && taken.is_free(rect) && own_places.count(grown(rect, APART)) <= 1
    };
    // Two at the very same place are one rectangle for the count; they do not both stay there.
    let together = at_one_place(points);
    let settled: Vec<bool> = discs
        .iter()
        .zip(&together)
        .map(|(disc, is_together)| !is_together && is_at_home(disc, &taken))
        .collect();
    for (disc, _) in discs.iter().zip(&settled).filter(|(_, is_settled)| **is_settled) {
        taken.take(around(disc.anchor, size_of(&disc.line)));
    }
    let mut crowded = 0;
    for (disc, _) in discs.iter_mut().zip(&settled).filter(|(_, is_settled)| !**is_settled) {
        let size = size_of(&disc.line);
        let places = places_around(disc.anchor).filter_map(|(middle, distance)| {
            let rect = around(middle, size);
            let is_free = is_inside(rect) && taken.is_free(grown(rect, APART));
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let hidden = anchors.count(rect) as f32;
            // Its own place it may hide.
            let hidden = if distance > 0.0 { hidden } else { (hidden - 1.0).max(0.0) };
            is_free.then_some((middle, distance + HIDING * hidden))
        });
        if let Some((middle, _)) = places.min_by(|a, b| a.1.total_cmp(&b.1)) {
            disc.middle = middle;
        } else {
            crowded += 1;
            disc.middle = inside(disc.anchor, size, bounds);
        }
        taken.take(around(disc.middle, size));
    }
    let count = |of: &[bool]| of.iter().filter(|is| **is).count() as u64;
    Discs { all: discs, together: count(&together), crowded }
}

/// Which points lie at the place of one before them or after them.
fn at_one_place(points: &[Numbered]) -> Vec<bool> {
    let mut by_cell: HashMap<[i64; 2], Vec<usize>> = HashMap::new();
    #[expect(clippy::cast_possible_truncation, reason = "on the page")]
    let cell = |at: [f64; 2]| at.map(|length| (length / SAME_PLACE).floor() as i64);
    for (number, point) in points.iter().enumerate() {
        by_cell.entry(cell(point.at)).or_default().push(number);
    }
    let is_near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < SAME_PLACE;
    let has_other = |(number, point): (usize, &Numbered)| {
        let [x, y] = cell(point.at);
        let cells = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| [x + dx, y + dy]));
        let others = cells.filter_map(|cell| by_cell.get(&cell)).flatten();
        others
            .filter(|other| **other != number)
            .filter_map(|other| points.get(*other))
            .any(|other| is_near(other.at, point.at))
    };
    points.iter().enumerate().map(has_other).collect()
}

/// Places for a disc with their distance from where it belongs, the nearest first.
fn places_around([x, y]: [f32; 2]) -> impl Iterator<Item = ([f32; 2], f32)> {
    let farther = FAR.into_iter().flat_map(move |heights| {
        (0..WAYS).map(move |way| {
            // From the upper right on, as labels do.
            let angle = std::f32::consts::TAU * (f32::from(way) / f32::from(WAYS) - 0.125);
            let distance = heights * HEIGHT;
            ([x + distance * angle.cos(), y + distance * angle.sin()], distance)
        })
    });
    std::iter::once(([x, y], 0.0)).chain(farther)
}

/// A middle near a place at which all is within bounds.
fn inside([x, y]: [f32; 2], size: [f32; 2], [left, top, right, bottom]: [f32; 4]) -> [f32; 2] {
    let within =
        |at: f32, low: f32, high: f32, size: f32| at.min(high - size / 2.0).max(low + size / 2.0);
    [within(x, left, right, size[0]), within(y, top, bottom, size[1])]
}

impl Discs {
    /// What they take of the page: left, top, right and bottom.
    pub fn taken(&self) -> impl Iterator<Item = [f32; 4]> {
        self.all.iter().map(|disc| around(disc.middle, size_of(&disc.line)))
    }

    /// Draws them: lines to their places first, so that none crosses a number.
    pub fn draw(self, frame: Frame) -> Group {
        let mut items = Vec::new();
        for disc in self.all.iter().filter(|disc| disc.is_beside()) {
            let outline = Outline::line(&[disc.anchor, disc.middle]);
            for (color, width) in [(PAPER.with_alpha(210), 2.8), (INK, 0.9)] {
                let stroke = Some(Stroke::plain(color, width));
                items.push(Item::Shape(Shape { outline: outline.clone(), fill: None, stroke }));
            }
            items.push(Item::Shape(Shape {
                outline: Outline::circle(disc.anchor, 2.1),
                fill: Some(if disc.is_own { OWN } else { INK }),
                stroke: Some(Stroke::plain(PAPER, 0.9)),
            }));
        }
        for Disc { line, middle, is_own, .. } in self.all {
            draw_disc(line, middle, is_own, &mut items);
        }
        let clip = Some(frame.rect(0.0));
        Group { name: "numbers".to_owned(), role: Role::Furniture, clip, items }
    }
}
