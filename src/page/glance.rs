//! What lies where on a page, seen from afar: how much of it a panel would cover.

use super::display::{DisplayList, Group, Item, Shape};
use super::error::FigureError;
use super::pixels::{Pixels, render};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::style::Color;

/// How coarsely it is seen: cells per unit of the page.
const CELLS: f32 = 0.1;

/// How many things are looked at in one go.
const PIECE: usize = 16_384;

/// How much is drawn in each cell of a page.
pub(super) struct Glance {
    /// Drawn as they are: what is larger than a cell.
    large: Pixels,
    /// The ink of what is smaller, 255 for a whole cell.
    small: Vec<f32>,
}

impl Glance {
    /// Looks at groups of a page of a size. What is smaller than a cell counts by its surface alone: a
    /// city of buildings is not drawn twice.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(
        groups: &[&Group],
        [width, height]: [f32; 2],
        watch: &Watch,
    ) -> Result<Glance, FigureError> {
        let mut small = Small::new([width, height]);
        let mut large = Vec::new();
        for group in groups {
            let parts: Vec<&[Item]> = group.items.chunks(PIECE).collect();
            let seen = in_parallel(parts, |part| {
                watch.check()?;
                let mut small = Small::new([width, height]);
                let larger = part.iter().filter(|item| !small.take(item, group.clip));
                let larger: Vec<Item> = larger.cloned().collect();
                Ok::<_, Cancelled>((small, larger))
            });
            let mut items = Vec::new();
            for part in seen {
                let (ink, larger) = part?;
                small.add(&ink);
                items.extend(larger);
            }
            large.push(Group { clip: group.clip, items, ..Group::default() });
        }
        let page = DisplayList { width, height, groups: large, ..DisplayList::default() };
        Ok(Glance { large: render(&page, CELLS, watch)?, small: small.ink })
    }

    /// How much a panel would cover, 255 for each whole cell.
    pub fn covered(&self, at: [f32; 2], size: [f32; 2]) -> u64 {
        let (wide, high) = (self.large.width as usize, self.large.height as usize);
        let rows = cell(at[1])..=cell(at[1] + size[1]);
        let mut sum = 0;
        for y in rows.take_while(|y| *y < high) {
            for x in (cell(at[0])..=cell(at[0] + size[0])).take_while(|x| *x < wide) {
                let small = self.small.get(y * wide + x).map_or(0.0, |ink| ink.min(255.0));
                let large = self.large.rgba.get((y * wide + x) * 4 + 3).copied().unwrap_or(0);
                sum += whole(small).max(u64::from(large));
            }
        }
        sum
    }
}

/// The ink of small things, cell by cell.
struct Small {
    wide: usize,
    high: usize,
    ink: Vec<f32>,
}

impl Small {
    /// As many cells as a picture of the page has pixels.
    fn new(size: [f32; 2]) -> Small {
        let [wide, high] = size.map(|length| whole_cells((length * CELLS).round().max(1.0)));
        Small { wide, high, ink: vec![0.0; wide.saturating_mul(high)] }
    }

    /// Adds the ink of other things on the same page.
    fn add(&mut self, other: &Small) {
        self.ink.iter_mut().zip(&other.ink).for_each(|(ink, more)| *ink += more);
    }

    /// Takes a thing that is smaller than a cell; answers whether it was.
    fn take(&mut self, item: &Item, clip: Option<[f32; 4]>) -> bool {
        let Item::Shape(shape) = item else { return false };
        let Some(bounds) = shape.outline.bounds() else { return true };
        let [left, top, right, bottom] = bounds;
        let thick = shape.stroke.map_or(0.0, |stroke| stroke.width);
        let (width, height) = (right - left, bottom - top);
        if (width + thick) * CELLS >= 1.0 || (height + thick) * CELLS >= 1.0 {
            return false;
        }
        let [x, y] = [left + width / 2.0, top + height / 2.0];
        let is_seen = clip.is_none_or(|[left, top, right, bottom]| {
            (left..=right).contains(&x) && (top..=bottom).contains(&y)
        });
        let is_on_page = x >= 0.0 && y >= 0.0;
        let (column, row) = (cell(x), cell(y));
        let is_counted = is_seen && is_on_page && column < self.wide && row < self.high;
        if is_counted && let Some(ink) = self.ink.get_mut(row * self.wide + column) {
            *ink += surface(shape, width, height, thick) * CELLS * CELLS;
        }
        true
    }
}

/// About how much ink a thing takes: 255 for each unit of the page that it covers whole.
fn surface(shape: &Shape, width: f32, height: f32, thick: f32) -> f32 {
    let opaque = |color: Color| f32::from(color.a);
    match (shape.fill, shape.stroke) {
        (Some(fill), Some(stroke)) => {
            opaque(fill).max(opaque(stroke.color)) * (width + thick) * (height + thick)
        }
        (Some(fill), None) => opaque(fill) * width * height,
        (None, Some(stroke)) => opaque(stroke.color) * thick * (width + height + thick),
        (None, None) => 0.0,
    }
}

fn cell(length: f32) -> usize {
    whole_cells(length * CELLS)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cells of a page")]
fn whole_cells(length: f32) -> usize {
    length.max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 255")]
fn whole(ink: f32) -> u64 {
    ink.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::display::Stroke;
    use crate::text::Outline;

    fn square(at: [f32; 2], side: f32) -> Item {
        let outline = Outline::rectangle(at, [side; 2]);
        Item::Shape(Shape { outline, fill: Some(Color::rgb(0)), stroke: None })
    }

    /// The same surface counts the same, in one piece or in many.
    #[test]
    fn small_things_count_as_one_large_one_does() {
        let large = Group { items: vec![square([100.0, 100.0], 40.0)], ..Group::default() };
        let places = (0..400_u16).map(|at| [f32::from(at % 20), f32::from(at / 20)]);
        let small = places.map(|[x, y]| square([100.0 + x * 2.0, 100.0 + y * 2.0], 2.0)).collect();
        let small = Group { items: small, ..Group::default() };
        let covered = |group: &Group| {
            let glance = Glance::of(&[group], [300.0, 300.0], &Watch::unwatched()).unwrap();
            [
                glance.covered([100.0, 100.0], [39.0, 39.0]),
                glance.covered([100.0, 100.0], [19.0, 39.0]),
                glance.covered([200.0, 100.0], [39.0, 39.0]),
            ]
        };
        let (one, many) = (covered(&large), covered(&small));
        assert_eq!(one, [16 * 255, 8 * 255, 0]);
        for (one, many) in one.into_iter().zip(many) {
            assert!(one.abs_diff(many) <= 16, "{one} and {many}");
        }
    }

    #[test]
    fn what_is_outside_the_clip_or_the_page_does_not_count() {
        let items = vec![square([10.0, 10.0], 4.0), square([-50.0, 10.0], 4.0)];
        let mut group = Group { items, ..Group::default() };
        let covered = |group: &Group| {
            let glance = Glance::of(&[group], [100.0, 100.0], &Watch::unwatched()).unwrap();
            glance.covered([0.0, 0.0], [500.0, 500.0])
        };
        assert_eq!(covered(&group), 41, "sixteen hundredths of a cell");
        group.clip = Some([50.0, 0.0, 100.0, 100.0]);
        assert_eq!(covered(&group), 0);
        let stroke = Some(Stroke::plain(Color::rgb(0), 1.0));
        let outline = Outline::line(&[[60.0, 60.0], [66.0, 60.0]]);
        group.items = vec![Item::Shape(Shape { outline, fill: None, stroke })];
        assert_eq!(covered(&group), 18, "a line of seven by one");
    }
}
