//! Text along a line: the line made smooth, its straightest stretches, and each letter in its
//! place on it.
//!
//! Positions are in points of the world (see [`super::LabelFrame`]), y pointing down; angles are
//! radians clockwise.

use std::f64::consts::{FRAC_PI_2, PI};

use super::boxes::TurnedBox;
use super::layout::{glyph_ink, ink};
use crate::text::Line;

/// Corners nearer to the line through their neighbours than this part of the size are left out.
const FLAT: f64 = 0.12;

/// A corner is made round from so many times the size before it to as far behind it.
const ROUNDING: f64 = 1.8;

/// Into how many pieces a round corner is cut.
const ARC: u32 = 5;

/// How far the middle of small letters is above the baseline, as a part of the size: that is what
/// lies on the line.
const MIDDLE: f32 = 0.26;

/// The most that a letter turns from the one before.
const MOST_TURN: f64 = 0.42;

/// The most that two letters of a name differ in direction.
const MOST_BEND: f64 = 1.6;

/// The most that a letter leans from upright, either way: a little past a quarter turn.
const MOST_LEAN: f64 = FRAC_PI_2 + 0.2;

/// A name that bends less than this is written straight, if it stays within [`NEAR`].
const STRAIGHT: f64 = 0.07;

/// How far the middles of letters may lie from a straight base, as a part of the size.
const NEAR: f64 = 0.14;

/// How many starts are tried in a section of a line.
const MOST_STARTS: usize = 7;

/// A smooth line.
#[derive(Debug)]
pub(crate) struct Path {
    points: Vec<[f64; 2]>,
    /// How far each point is from the start, along the line.
    lengths: Vec<f64>,
    /// How much the line turned up to each point, all turns added up.
    turns: Vec<f64>,
}

/// A text set along a line.
#[derive(Debug)]
pub(crate) struct Along {
    /// Where each glyph's baseline starts, and how it is turned.
    pub glyphs: Vec<([f64; 2], f64)>,
    /// What they cover.
    pub boxes: Vec<TurnedBox>,
    /// The middle of the text.
    pub middle: [f64; 2],
}

impl Path {
    /// The line through points, smooth for letters of a size. None for a line without length.
    pub fn smooth(points: impl Iterator<Item = [f64; 2]>, size: f64) -> Option<Path> {
        let points: Vec<[f64; 2]> = points.collect();
        let flat = simplified(&points, FLAT * size);
        Path::through(rounded(&flat, ROUNDING * size))
    }

    /// The line through points as it is, without its turns: to look along, not to write along.
    pub fn plain(points: impl Iterator<Item = [f64; 2]>) -> Option<Path> {
        let mut points: Vec<[f64; 2]> = points.collect();
        points.dedup();
        let mut length = 0.0;
        let mut lengths = Vec::with_capacity(points.len());
        let mut before = points.first().copied()?;
        for point in &points {
            length += distance(before, *point);
            lengths.push(length);
            before = *point;
        }
        (length > 0.0 && length.is_finite()).then(|| Path { points, lengths, turns: Vec::new() })
    }

    fn through(mut points: Vec<[f64; 2]>) -> Option<Path> {
        points.dedup();
        let (mut length, mut turned) = (0.0, 0.0);
        let (mut lengths, mut turns) = (Vec::new(), Vec::new());
        let mut before: Option<([f64; 2], Option<f64>)> = None;
        for point in &points {
            let mut direction = None;
            if let Some((last, came)) = before {
                length += distance(last, *point);
                let goes = angle(last, *point);
                if let (Some(came), Some(slot)) = (came, turns.last_mut()) {
                    turned += wrapped(goes - came).abs();
                    *slot = turned;
                }
                direction = Some(goes);
            }
            lengths.push(length);
            turns.push(turned);
            before = Some((*point, direction));
        }
        (length > 0.0 && length.is_finite()).then_some(Path { points, lengths, turns })
    }

    pub fn length(&self) -> f64 {
        self.lengths.last().copied().unwrap_or(0.0)
    }

    /// The place at a length from the start; beyond the ends the line goes straight on.
    pub fn place(&self, length: f64) -> [f64; 2] {
        let after = self.lengths.partition_point(|known| *known < length);
        let after = after.clamp(1, self.points.len().saturating_sub(1).max(1));
        let ends = (self.points.get(after - 1), self.points.get(after));
        let lengths = (self.lengths.get(after - 1), self.lengths.get(after));
        let ((Some(a), Some(b)), (Some(from), Some(to))) = (ends, lengths) else {
            return self.points.first().copied().unwrap_or_default();
        };
        let share = (length - from) / (to - from);
        [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
    }

    fn turned(&self, from: f64, to: f64) -> f64 {
        let at = |length: f64| {
            let after = self.lengths.partition_point(|known| *known <= length);
            after.checked_sub(1).and_then(|at| self.turns.get(at)).copied().unwrap_or(0.0)
        };
        (at(to) - at(from)).max(0.0)
    }

    /// Left, top, right and bottom of a stretch.
    pub fn bounds(&self, from: f64, to: f64) -> [f64; 4] {
        let inside = |length: &f64| *length > from && *length < to;
        let between = self.points.iter().zip(&self.lengths).filter(|(_, length)| inside(length));
        let ends = [self.place(from), self.place(to)];
        let all = between.map(|(point, _)| *point).chain(ends);
        all.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, t, r, b], [x, y]| {
            [l.min(x), t.min(y), r.max(x), b.max(y)]
        })
    }

    /// Where texts of a width may start in a section of the line, the best first: where it turns
    /// least, then near the middle.
    pub fn starts(&self, [from, to]: [f64; 2], width: f64) -> Vec<f64> {
        let room = to - from - width;
        if room < 0.0 {
            return Vec::new();
        }
        // An even number: the middle is among them.
        let steps = 2.0 * (room / (width / 4.0).max(6.0)).ceil().clamp(1.0, 24.0);
        let middle = from + room / 2.0;
        let mut found: Vec<(f64, f64)> = Vec::new();
        let mut step = 0.0;
        while step <= steps {
            let start = from + room * step / steps;
            let aside = (start - middle).abs() / (to - from);
            let turn = self.turned(start, start + width);
            if turn <= 2.0 * MOST_BEND {
                found.push((turn + 0.25 * aside, start));
            }
            step += 1.0;
        }
        found.sort_by(|(a, first), (b, second)| a.total_cmp(b).then(first.total_cmp(second)));
        let mut starts: Vec<f64> = Vec::new();
        for (_, start) in found {
            let is_new = starts.iter().all(|known| (known - start).abs() > width / 5.0);
            if is_new && starts.len() < MOST_STARTS {
                starts.push(start);
            }
        }
        starts
    }

    /// Sets a line of text from a length on, upright. None where the line bends too much for it.
    pub fn set(&self, start: f64, line: &Line) -> Option<Along> {
        let (width, size) = (f64::from(line.width), f64::from(line.size));
        let (first, last) = (self.place(start), self.place(start + width));
        let is_backwards = last[0] < first[0] || (last[0] - first[0] == 0.0 && last[1] > first[1]);
        // The frame of each letter: the middle of its foot on the line, and its direction.
        let mut frames: Vec<([f64; 2], f64, f32)> = Vec::new();
        let mut cluster = None;
        let mut least_and_most = (f64::MAX, f64::MIN);
        for glyph in &line.glyphs {
            if cluster == Some(glyph.cluster)
                && let Some(same) = frames.last().copied()
            {
                frames.push(same);
                continue;
            }
            cluster = Some(glyph.cluster);
            let middle = glyph.at[0] + glyph.advance / 2.0;
            let along = f64::from(middle);
            let along = if is_backwards { start + width - along } else { start + along };
            let reach = f64::from(glyph.advance / 2.0).max(0.3 * size);
            let ends = [self.place(along - reach), self.place(along + reach)];
            let [a, b] = if is_backwards { [ends[1], ends[0]] } else { ends };
            let leans = angle(a, b);
            if let Some((_, before, _)) = frames.last()
                && wrapped(leans - before).abs() > MOST_TURN
            {
                return None;
            }
            if leans.abs() > MOST_LEAN {
                return None;
            }
            least_and_most = (least_and_most.0.min(leans), least_and_most.1.max(leans));
            frames.push((self.place(along), leans, middle));
        }
        let bend = least_and_most.1 - least_and_most.0;
        if bend > MOST_BEND {
            return None;
        }
        let [a, b] = if is_backwards { [last, first] } else { [first, last] };
        let middle = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        let near = |place: &[f64; 2]| from_line(*place, a, b) <= NEAR * size;
        if bend <= STRAIGHT && frames.iter().all(|(place, ..)| near(place)) {
            return straight(line, middle, angle(a, b));
        }
        let centre = self.place(start + width / 2.0);
        let drop = MIDDLE * line.size;
        let mut along = Along { glyphs: Vec::new(), boxes: Vec::new(), middle: centre };
        for (glyph, (place, leans, middle)) in line.glyphs.iter().zip(frames) {
            let local = [glyph.at[0] - middle, glyph.at[1] + drop].map(f64::from);
            along.glyphs.push((turned(local, leans, place), leans));
            if let Some([left, top, right, bottom]) = glyph_ink(glyph, line.size) {
                let ink = [left - middle, top + drop, right - middle, bottom + drop];
                along.boxes.push(TurnedBox::turned(ink.map(f64::from), leans, place));
            }
        }
        Some(along)
    }
}

/// A line of text around a place, turned as a whole.
fn straight(line: &Line, middle: [f64; 2], leans: f64) -> Option<Along> {
    let (half, drop) = (line.width / 2.0, MIDDLE * line.size);
    let place = |[x, y]: [f32; 2]| turned([x - half, y + drop].map(f64::from), leans, middle);
    let glyphs = line.glyphs.iter().map(|glyph| (place(glyph.at), leans)).collect();
    let [left, top, right, bottom] = ink(line)?;
    let ink = [left - half, top + drop, right - half, bottom + drop].map(f64::from);
    Some(Along { glyphs, boxes: vec![TurnedBox::turned(ink, leans, middle)], middle })
}

fn turned([x, y]: [f64; 2], angle: f64, [to_x, to_y]: [f64; 2]) -> [f64; 2] {
    let (sin, cos) = angle.sin_cos();
    [to_x + x * cos - y * sin, to_y + x * sin + y * cos]
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    // Not `hypot`, which is slower: these are points of a screen.
    (dx * dx + dy * dy).sqrt()
}

fn angle(a: [f64; 2], b: [f64; 2]) -> f64 {
    (b[1] - a[1]).atan2(b[0] - a[0])
}

/// An angle between −π and π.
fn wrapped(angle: f64) -> f64 {
    (angle + PI).rem_euclid(2.0 * PI) - PI
}

/// How far a place is from the line through two others.
fn from_line(place: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = distance(a, b);
    if length > 0.0 {
        (dx * (place[1] - a[1]) - dy * (place[0] - a[0])).abs() / length
    } else {
        distance(place, a)
    }
}

/// Leaves out what lies within a tolerance of the line through what stays (D. Douglas and
/// T. Peucker, "Algorithms for the reduction of the number of points required to represent a
/// digitized line or its caricature", 1973).
fn simplified(points: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let Some(last) = points.len().checked_sub(1).filter(|last| *last > 1) else {
        return points.to_vec();
    };
    let mut kept = vec![false; points.len()];
    let mut waiting = vec![(0, last)];
    while let Some((from, to)) = waiting.pop() {
        let (Some(a), Some(b)) = (points.get(from), points.get(to)) else { continue };
        let inside = points.iter().enumerate().take(to).skip(from + 1);
        let aside = |place: [f64; 2]| {
            // Of a line that comes back to itself: the distance to its ends.
            if distance(*a, *b) < tolerance {
                distance(place, *a)
            } else {
                from_line(place, *a, *b)
            }
        };
        let farthest = inside.map(|(at, place)| (aside(*place), at));
        let farthest = farthest.max_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some((aside, at)) = farthest
            && aside > tolerance
        {
            if let Some(kept) = kept.get_mut(at) {
                *kept = true;
            }
            waiting.extend([(from, at), (at, to)]);
        }
    }
    let is_kept = |at: usize| at == 0 || at == last || kept.get(at) == Some(&true);
    points.iter().enumerate().filter(|(at, _)| is_kept(*at)).map(|(_, place)| *place).collect()
}

/// The line with its corners made round, by a curve from `reach` before each to as far behind it,
/// but at most to a little before the middle of the way to the next.
fn rounded(points: &[[f64; 2]], reach: f64) -> Vec<[f64; 2]> {
    let mut smooth = Vec::with_capacity(points.len() * 4);
    smooth.extend(points.first());
    for corner in points.windows(3) {
        let [a, b, c] = corner else { continue };
        let toward = |other: &[f64; 2]| {
            let length = distance(*b, *other);
            let share = (reach / length).min(0.45);
            [b[0] + (other[0] - b[0]) * share, b[1] + (other[1] - b[1]) * share]
        };
        let (from, to) = (toward(a), toward(c));
        for step in 0..=ARC {
            let t = f64::from(step) / f64::from(ARC);
            let mix = |p: f64, q: f64, r: f64| {
                (1.0 - t) * (1.0 - t) * p + 2.0 * t * (1.0 - t) * q + t * t * r
            };
            smooth.push([mix(from[0], b[0], to[0]), mix(from[1], b[1], to[1])]);
        }
    }
    smooth.extend(points.last().filter(|_| points.len() > 1));
    smooth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shape;

    fn path(points: &[[f64; 2]]) -> Path {
        Path::smooth(points.iter().copied(), 10.0).expect("it has a length")
    }

    fn circle(radius: f64, from: f64, to: f64) -> Vec<[f64; 2]> {
        (0..=60)
            .map(|step| from + (to - from) * f64::from(step) / 60.0)
            .map(|at| [radius * at.cos(), radius * at.sin()])
            .collect()
    }

    #[test]
    fn text_on_a_straight_line_is_straight_and_upright_either_way() {
        let line = shape("Veldstraat", 10.0);
        for (from, to) in [([0.0, 0.0], [200.0, 50.0]), ([200.0, 50.0], [0.0, 0.0])] {
            let path = path(&[from, to]);
            let start = path.starts([0.0, path.length()], f64::from(line.width))[0];
            let set = path.set(start, &line).expect("it is straight");
            assert_eq!(set.boxes.len(), 1);
            let leans = (50.0_f64).atan2(200.0);
            assert!(set.glyphs.iter().all(|(_, angle)| (angle - leans).abs() < 1e-9));
            assert!(set.glyphs.windows(2).all(|pair| pair[1].0[0] > pair[0].0[0]));
            assert!((set.middle[0] - 100.0).abs() < 1.0, "in the middle: {:?}", set.middle);
        }
    }

    #[test]
    fn text_follows_a_circle_letter_by_letter() {
        let line = shape("Coupure Links", 10.0);
        let radius = 90.0;
        // Over the top, from right to left: y points down.
        let path = path(&circle(radius, -0.2, -PI + 0.2));
        let start = path.starts([0.0, path.length()], f64::from(line.width))[0];
        let set = path.set(start, &line).expect("gentle");
        for ((place, leans), glyph) in set.glyphs.iter().zip(&line.glyphs) {
            assert!(leans.abs() < MOST_LEAN);
            // The foot of a letter is a little nearer to the centre than the line.
            let from_centre = place[0].hypot(place[1]);
            let foot = radius - f64::from(MIDDLE) * 10.0;
            assert!((from_centre - foot).abs() < 1.5, "{from_centre} {:?}", glyph.id);
            // It stands on the circle: its direction is that of the tangent near by.
            let tangent = place[1].atan2(place[0]) + FRAC_PI_2;
            assert!(wrapped(leans - tangent).abs() < 0.12, "{leans} {tangent}");
        }
        assert!(set.glyphs.windows(2).all(|pair| pair[1].1 > pair[0].1), "clockwise");
        assert_eq!(set.boxes.len(), line.glyphs.len() - 1, "all but the space");
    }

    #[test]
    fn no_text_around_a_sharp_corner_or_upside_down() {
        let line = shape("Korenmarkt", 10.0);
        let corner = path(&[[0.0, 0.0], [40.0, 0.0], [0.0, 10.0]]);
        let width = f64::from(line.width);
        assert!(corner.set(15.0, &line).is_none());
        let round = path(&circle(14.0, 0.0, -PI));
        assert!(width < round.length() * 1.3);
        assert!(round.set(0.0, &line).is_none());
        assert!(corner.starts([0.0, width - 1.0], width).is_empty(), "too short");
        // The straight part is chosen.
        let bent = path(&[[0.0, 0.0], [30.0, 40.0], [60.0, 0.0], [200.0, 0.0]]);
        let start = bent.starts([0.0, bent.length()], width)[0];
        assert!(bent.place(start)[0] > 60.0);
    }

    #[test]
    fn lines_without_length_have_no_path() {
        assert!(Path::smooth([].into_iter(), 10.0).is_none());
        assert!(Path::smooth([[1.0, 1.0]; 4].into_iter(), 10.0).is_none());
        let closed = path(&[[0.0, 0.0], [50.0, 0.0], [50.0, 50.0], [0.0, 50.0], [0.0, 0.0]]);
        assert!(closed.length() > 150.0);
    }

    #[test]
    fn simplifying_keeps_within_the_tolerance() {
        let wavy: Vec<[f64; 2]> =
            (0..200).map(f64::from).map(|x| [x, (x / 9.0).sin() * 8.0]).collect();
        let simple = simplified(&wavy, 0.5);
        assert!(simple.len() < 80 && simple.first() == wavy.first());
        for place in &wavy {
            let near = simple.windows(2).any(|pair| {
                place[0] >= pair[0][0]
                    && place[0] <= pair[1][0]
                    && from_line(*place, pair[0], pair[1]) <= 0.5
            });
            assert!(near, "{place:?}");
        }
    }
}
