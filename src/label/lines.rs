//! Names along lines.

use std::cell::Cell;

use super::along::Path;
use super::boxes::TurnedBox;
use super::frame::meet;
use super::place::{Candidate, Placer, Setting};
use super::placed::{LabelText, Outcome};
use super::source::LabelSource;
use crate::text::Line;

/// A line is so much longer than its name at least, at each end, as a part of the size.
const ENDS: f64 = 0.3;

/// The same name of a layer is not written again within this part of the longer side of the view:
/// a street is named once on a screen, or at both ends of a long one.
const AGAIN: f64 = 0.6;

pub(super) fn find(
    placer: &Placer<'_>,
    setting: &Setting<'_>,
    layer: usize,
    run: u32,
) -> Result<Vec<(Candidate, Vec<TurnedBox>)>, Outcome> {
    let Some(run) = setting.source.run(run) else { return Err(Outcome::TooLong) };
    let region = setting.region;
    let size = f64::from(setting.size);
    let ends = ENDS * size;
    let length = run.length / region.metres_per_point;
    let least = f64::from(setting.source.least_width(setting.unit)) * size;
    if least + 2.0 * ends > length {
        return Err(Outcome::TooLong);
    }
    let text = LabelSource::text_number(setting.unit).ok_or(Outcome::NoText)?;
    let mut near = placer.written.get(&(layer, text)).cloned().unwrap_or_default();
    // Most streets of a full map have no room: that is found before the line is made smooth, its
    // name shaped and its letters set.
    let places = || run.xy.iter().map(|at| region.to_world(*at));
    let plain = Path::plain(places()).ok_or(Outcome::TooLong)?;
    let whole = [ends, plain.length() - ends];
    if !Way::along(placer, &plain, whole, size).has_room(least) {
        // Its true width is not known: about a seventh more than the least.
        let fits = whole[1] - whole[0] >= 1.15 * least;
        return Err(if fits { Outcome::Collides } else { Outcome::TooLong });
    }
    let path = Path::smooth(places(), size).ok_or(Outcome::TooLong)?;
    let line = one_line(setting).ok_or(Outcome::NoText)?;
    let width = f64::from(line.width);
    let length = path.length();
    if width + 2.0 * ends > length {
        return Err(Outcome::TooLong);
    }
    let sections = (length / region.reach).floor().max(1.0);
    let mut is_near = false;
    let mut collides = false;
    let mut is_outside = false;
    let mut named = Vec::new();
    let mut section = 0.0;
    while section < sections {
        let from = (length * section / sections).max(ends);
        let to = (length * (section + 1.0) / sections).min(length - ends);
        section += 1.0;
        if sections > 1.0 && !meet(path.bounds(from, to), region.bounds) {
            is_outside = true;
            continue;
        }
        let way = Way::along(placer, &path, [from, to], size);
        let starts = path.starts([from, to], width);
        let has_room = !starts.is_empty();
        let is_free = |start: &f64| way.is_free(*start, start + width);
        let starts: Vec<f64> = starts.into_iter().filter(is_free).collect();
        if starts.is_empty() {
            collides |= has_room;
            continue;
        }
        let mut is_set = false;
        let candidates = starts.into_iter().filter_map(|start| {
            let set = path.set(start, &line)?;
            let [x, y] = set.middle;
            if !region.holds([x, y, x, y]) {
                is_outside = true;
                return None;
            }
            let again = AGAIN * region.reach;
            if near.iter().any(|known| (known[0] - x).hypot(known[1] - y) < again) {
                is_near = true;
                return None;
            }
            is_set = true;
            Some(set)
        });
        let found = placer.first_free(setting, candidates, |set| &set.boxes);
        collides |= is_set && found.is_none();
        if let Some((set, boxes)) = found {
            let middle = set.middle;
            let glyphs = set.glyphs.iter().map(|([x, y], angle)| {
                ([narrow(x - middle[0]), narrow(y - middle[1])], narrow(*angle))
            });
            let text = LabelText::Along(line.clone(), glyphs.collect());
            near.push(middle);
            named.push((Candidate { middle, text, boxes: set.boxes }, boxes));
        }
    }
    if !named.is_empty() {
        return Ok(named);
    }
    Err(if collides && !is_near {
        Outcome::Collides
    } else if is_near || is_outside {
        // A name that is written near by is not missing.
        Outcome::Beyond
    } else {
        Outcome::TooLong
    })
}

/// The text of a unit on one line, at its size.
fn one_line(setting: &Setting<'_>) -> Option<Line> {
    let shaped = setting.source.shaped(setting.unit)?;
    if let Some(line) = shaped.one_line() {
        return Some(sized(line, setting.size));
    }
    let text = setting.source.text(setting.unit)?.replace('\n', " ");
    Some(crate::text::shape(&text, setting.size))
}

/// Where labels stand on a section of a line already, looked at in steps of a letter, each when it
/// is first asked for. Between its words a name is not crossed either.
struct Way<'a> {
    placer: &'a Placer<'a>,
    path: &'a Path,
    from: f64,
    step: f64,
    /// Whether each step is free, as far as that is known.
    free: Vec<Cell<Option<bool>>>,
}

impl<'a> Way<'a> {
    fn along(placer: &'a Placer<'a>, path: &'a Path, [from, to]: [f64; 2], size: f64) -> Self {
        let free = vec![Cell::new(None); steps((to - from) / size)];
        Way { placer, path, from, step: size, free }
    }

    fn is_step_free(&self, number: usize) -> bool {
        let Some(known) = self.free.get(number) else { return true };
        if let Some(known) = known.get() {
            return known;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let [x, y] = self.path.place(self.from + (number as f64 + 0.5) * self.step);
        // A little of the middle of the letters.
        let half = 0.15 * self.step;
        let shape = TurnedBox::upright([x - half, y - half, x + half, y + half]);
        let is_free = !self.placer.is_taken(&shape);
        known.set(Some(is_free));
        is_free
    }

    /// Whether a free stretch may be as long as a width: so many steps lie in it at least. From its
    /// last step back, since behind one that is not free the next stretch begins.
    fn has_room(&self, width: f64) -> bool {
        let wanted = steps(width / self.step);
        let mut start = 0;
        while start + wanted <= self.free.len() {
            match (start..start + wanted).rev().find(|number| !self.is_step_free(*number)) {
                Some(taken) => start = taken + 1,
                None => return true,
            }
        }
        false
    }

    /// Whether all between two lengths from the start of the line is free.
    fn is_free(&self, from: f64, to: f64) -> bool {
        let step = |at: f64| (at - self.from) / self.step;
        let (first, last) = (steps(step(from) + 0.5), steps(step(to) + 0.5));
        (first..last).all(|number| self.is_step_free(number))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
fn steps(number: f64) -> usize {
    number.clamp(0.0, 1e6) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "points from the middle of a label")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// A line shaped at size 1 at another size.
fn sized(line: &Line, size: f32) -> Line {
    let mut sized = line.clone();
    sized.size = size;
    sized.width *= size;
    for glyph in &mut sized.glyphs {
        glyph.at = glyph.at.map(|value| value * size);
        glyph.advance *= size;
    }
    sized
}
