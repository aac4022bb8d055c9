//! Names inside areas.

use super::boxes::TurnedBox;
use super::layout::{Align, Block};
use super::place::{Candidate, Placer, Setting, block_at};
use super::placed::Outcome;

/// Between a name and the edge of its area, points.
const INSIDE: f64 = 1.5;

/// The most lines that a name is broken into so that it fits.
const MOST_LINES: usize = 5;

pub(super) fn find(
    placer: &Placer<'_>,
    setting: &Setting<'_>,
    area: u32,
) -> Result<(Candidate, Vec<TurnedBox>), Outcome> {
    let size = f64::from(setting.size);
    let extent = setting.source.extent_of_area(area).ok_or(Outcome::TooLong)?;
    let [wide, high] =
        [extent.width(), extent.height()].map(|side| side / setting.region.metres_per_point);
    // Whatever its letters: a line is at least half the size high, and the name in so many lines.
    let least = f64::from(setting.source.least_width(setting.unit)) * size;
    let lines = (high / size).clamp(1.0, 5.0);
    if high < 0.5 * size || wide * lines < least {
        return Err(Outcome::TooLong);
    }
    let (rings, inner) = setting.source.area(area).ok_or(Outcome::TooLong)?;
    let shaped = setting.source.shaped(setting.unit).ok_or(Outcome::NoText)?;
    let shape = Shape { rings: &rings, setting };
    let middle = setting.region.to_world(inner.at);
    if !setting.region.holds([middle[0], middle[1], middle[0], middle[1]]) {
        return Err(Outcome::Beyond);
    }
    let mut fits = false;
    let mut number_of_lines = 0;
    let widest = shaped.widest().min(setting.widest());
    for part in 1_u8..=8 {
        let width = (widest / f32::from(part)).max(shaped.widest_word()) * 1.001;
        let lines = shaped.lines_at(width);
        if lines == number_of_lines || lines > MOST_LINES {
            continue;
        }
        number_of_lines = lines;
        let block = shaped.block(width, setting.size);
        let places = shape.places(&block, middle);
        fits |= !places.is_empty();
        let candidates = places.into_iter().map(|at| block_at(&block, Align::Middle, at));
        if let Some(found) = placer.first_free(setting, candidates, |found| &found.boxes) {
            return Ok(found);
        }
    }
    Err(if fits { Outcome::Collides } else { Outcome::TooLong })
}

/// An area and what its name is set with.
struct Shape<'a> {
    rings: &'a [&'a [[f64; 2]]],
    setting: &'a Setting<'a>,
}

impl Shape<'_> {
    /// The places in the area where a block fits, points of the world: as near to its inner point
    /// as can be, then beside, above and below it.
    fn places(&self, block: &Block, [x, y]: [f64; 2]) -> Vec<[f64; 2]> {
        let [wide, high] = [block.width, block.height].map(|side| f64::from(side) + 2.0 * INSIDE);
        let mut places: Vec<[f64; 2]> = Vec::new();
        for down in [0.0, -0.6, 0.6, -1.2, 1.2] {
            let y = y + down * high;
            let Some([left, right]) = self.room([y - high / 2.0, y + high / 2.0], x) else {
                continue;
            };
            let (first, last) = (left + wide / 2.0, right - wide / 2.0);
            if first > last {
                continue;
            }
            let aside = [x.clamp(first, last), f64::midpoint(x, first), f64::midpoint(x, last)];
            for x in aside.into_iter().chain([first, last]) {
                let at = [x.clamp(first, last), y];
                let is_new =
                    places.iter().all(|known| (known[0] - at[0]).hypot(known[1] - at[1]) > 4.0);
                if is_new {
                    places.push(at);
                }
            }
        }
        places
    }

    /// How far from left to right there is room around an x, between two heights.
    fn room(&self, [top, bottom]: [f64; 2], x: f64) -> Option<[f64; 2]> {
        let step = f64::from(self.setting.size) / 2.0;
        let steps = ((bottom - top) / step).ceil().clamp(2.0, 40.0);
        let mut room = [f64::MIN, f64::MAX];
        let mut number = 0.0;
        while number <= steps {
            let [left, right] = self.chord(top + (bottom - top) * number / steps, x)?;
            room = [room[0].max(left), room[1].min(right)];
            number += 1.0;
        }
        (room[0] < room[1]).then_some(room)
    }

    /// The part of a level line inside the area around an x.
    fn chord(&self, y: f64, x: f64) -> Option<[f64; 2]> {
        let [mut left, mut right] = [f64::NEG_INFINITY, f64::INFINITY];
        let mut crossings_left = 0_usize;
        for ring in self.rings {
            let Some(last) = ring.last() else { continue };
            let mut a = self.setting.region.to_world(*last);
            for corner in *ring {
                let b = self.setting.region.to_world(*corner);
                if (a[1] > y) != (b[1] > y) {
                    let at = a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]);
                    if at <= x {
                        crossings_left += 1;
                        left = left.max(at);
                    } else {
                        right = right.min(at);
                    }
                }
                a = b;
            }
        }
        (crossings_left % 2 == 1 && right.is_finite()).then_some([left, right])
    }
}
