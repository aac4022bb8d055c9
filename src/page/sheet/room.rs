//! Where panels find room on the map.

use super::subject::SubjectShape;
use crate::page::clip::clip_line;
use crate::page::frame::Frame;

/// Between the map's edge and what stands on it, and between panels.
pub(super) const INSET: f32 = 9.0;

/// What the letters and numbers of a grid take along the map's edge.
const LETTERS: f32 = 9.0;

/// In how many places along each side it is looked whether a panel covers the subject.
const LOOKS: u8 = 10;

/// What a panel that only touches the subject counts as covering of it.
const TOUCHED: f32 = 0.005;

/// How far from a point or a line of the subject panels stay: as far as its mark reaches.
const MARK: f32 = 12.0;

/// The room on a map.
#[derive(Clone, Debug)]
pub(super) struct Room {
    /// Left, top, right and bottom of what can be taken.
    bounds: [f32; 4],
    /// The rings of the subject on the page.
    rings: Vec<Vec<[f64; 2]>>,
    /// Its lines, and its points as lines from themselves to themselves.
    lines: Vec<Vec<[f64; 2]>>,
    taken: Vec<[f32; 4]>,
}

impl Room {
    /// The room on a map. With a grid over it the letters at the edge stay free.
    pub(super) fn new(frame: Frame, shape: &SubjectShape, has_grid: bool) -> Room {
        let inset = if has_grid { INSET + LETTERS } else { INSET };
        let on_page = |ring: &Vec<[f64; 2]>| ring.iter().map(|at| frame.to_page(*at)).collect();
        let points = shape.points.iter().map(|at| vec![frame.to_page(*at); 2]);
        Room {
            bounds: frame.rect(-inset),
            rings: shape.rings.iter().map(on_page).collect(),
            lines: shape.lines.iter().map(on_page).chain(points).collect(),
            taken: Vec::new(),
        }
    }

    /// Places in the corners for a panel, free of what was taken before: at the top and at the
    /// bottom, right before left.
    pub(super) fn corners(&self, size: [f32; 2]) -> Vec<[f32; 2]> {
        let [left, top, right, bottom] = self.bounds;
        let [far_x, far_y] = [right - size[0], bottom - size[1]];
        let mut places = vec![[far_x, top], [far_x, far_y], [left, far_y], [left, top]];
        for [taken_left, taken_top, taken_right, taken_bottom] in &self.taken {
            let under = taken_bottom + INSET;
            let over = taken_top - INSET - size[1];
            let after = taken_right + INSET;
            let before = taken_left - INSET - size[0];
            places.extend([[far_x, under], [far_x, over], [left, under], [left, over]]);
            places.extend([[before, top], [before, far_y], [after, top], [after, far_y]]);
        }
        places.retain(|at| self.is_free(*at, size));
        places
    }

    fn is_free(&self, at: [f32; 2], size: [f32; 2]) -> bool {
        const SLACK: f32 = 0.01;
        let [left, top, right, bottom] = self.bounds;
        let (far_x, far_y) = (at[0] + size[0], at[1] + size[1]);
        let inside = at[0] >= left - SLACK
            && at[1] >= top - SLACK
            && far_x <= right + SLACK
            && far_y <= bottom + SLACK;
        let apart = |taken: &[f32; 4]| {
            taken[2] <= at[0] || far_x <= taken[0] || taken[3] <= at[1] || far_y <= taken[1]
        };
        inside && self.taken.iter().all(apart)
    }

    /// How much of the subject a panel would cover, 0 to 1: of the places looked at.
    pub(super) fn covered(&self, at: [f32; 2], size: [f32; 2]) -> f32 {
        let [left, top] = at.map(|edge| f64::from(edge - MARK));
        let [right, bottom] = [at[0] + size[0], at[1] + size[1]].map(|far| f64::from(far + MARK));
        let crosses =
            |line: &Vec<[f64; 2]>| !clip_line(line, [left, top, right, bottom]).is_empty();
        let is_marked = self.lines.iter().any(crosses);
        if self.rings.is_empty() {
            return if is_marked { TOUCHED } else { 0.0 };
        }
        let last = f32::from(LOOKS - 1);
        let places = (0..LOOKS).flat_map(|x| (0..LOOKS).map(move |y| [x, y]));
        let places = places.map(|[x, y]| {
            [at[0] + size[0] * f32::from(x) / last, at[1] + size[1] * f32::from(y) / last]
        });
        let inside = places.filter(|place| self.is_in_subject(place.map(f64::from))).count();
        let corner_inside = self.rings.iter().flatten().any(|[x, y]| {
            let within = |value: f64, from: f32, length: f32| {
                (f64::from(from)..=f64::from(from + length)).contains(&value)
            };
            within(*x, at[0], size[0]) && within(*y, at[1], size[1])
        });
        #[expect(clippy::cast_precision_loss, reason = "at most a hundred")]
        let share = inside as f32 / (f32::from(LOOKS) * f32::from(LOOKS));
        if corner_inside || is_marked { share.max(TOUCHED) } else { share }
    }

    /// Whether a place of the page lies in the subject; always where it has no area.
    pub(super) fn is_in_subject(&self, place: [f64; 2]) -> bool {
        self.rings.is_empty() || is_within(&self.rings, place)
    }

    /// What was taken: left, top, right and bottom.
    pub(super) fn taken(&self) -> &[[f32; 4]] {
        &self.taken
    }

    /// Takes a place.
    pub(super) fn take(&mut self, at: [f32; 2], size: [f32; 2]) {
        self.taken.push([at[0], at[1], at[0] + size[0], at[1] + size[1]]);
    }

    /// The corner where a panel covers least of the subject, if that is at most a share of it.
    pub(super) fn best(&self, size: [f32; 2], at_most: f32) -> Option<[f32; 2]> {
        let places = self.corners(size).into_iter();
        let known = places.map(|at| (self.covered(at, size), at));
        let best = known.min_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 <= at_most).then_some(best.1)
    }
}

/// Whether a place lies within rings, by the even-odd rule.
pub(super) fn is_within(rings: &[Vec<[f64; 2]>], [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    for ring in rings {
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let crosses = (from[1] > y) != (to[1] > y);
            if crosses && x < (to[0] - from[0]) * (y - from[1]) / (to[1] - from[1]) + from[0] {
                inside = !inside;
            }
        }
    }
    inside
}
