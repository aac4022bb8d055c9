//! Names along lines.

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
    let shaped = setting.source.shaped(setting.unit).ok_or(Outcome::NoText)?;
    let joined;
    let unit_line = if let Some(line) = shaped.one_line() {
        line
    } else {
        let text = setting.source.text(setting.unit).map(|text| text.replace('\n', " "));
        joined = crate::text::shape(&text.unwrap_or_default(), 1.0);
        &joined
    };
    let width = f64::from(unit_line.width) * size;
    if width + 2.0 * ends > length {
        return Err(Outcome::TooLong);
    }
    let places = run.xy.iter().map(|at| region.to_world(*at));
    let path = Path::smooth(places, size).ok_or(Outcome::TooLong)?;
    let mut line: Option<Line> = None;
    let length = path.length();
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
        let starts = path.starts([from, to], width);
        let way_free = |start: &f64| is_way_free(placer, setting, &path, *start, width);
        let has_room = !starts.is_empty();
        let starts: Vec<f64> = starts.into_iter().filter(way_free).collect();
        if starts.is_empty() {
            collides |= has_room;
            continue;
        }
        // Where the way is free the letters are set; not before, as most streets have no room.
        let line = &*line.get_or_insert_with(|| sized(unit_line, setting.size));
        let mut is_set = false;
        let candidates = starts.into_iter().filter_map(|start| {
            let set = path.set(start, line)?;
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

/// Whether nothing stands on a stretch of a line: quicker than setting the letters first. Between
/// its words a name is not crossed either.
fn is_way_free(
    placer: &Placer<'_>,
    setting: &Setting<'_>,
    path: &Path,
    start: f64,
    width: f64,
) -> bool {
    let size = f64::from(setting.size);
    let half = 0.15 * size;
    let steps = (width / size).ceil().max(1.0);
    let mut step = 0.5;
    while step < steps {
        let [x, y] = path.place(start + width * step / steps);
        let shape = TurnedBox::upright([x - half, y - half, x + half, y + half]);
        if placer.is_taken(&shape) {
            return false;
        }
        step += 1.0;
    }
    true
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
