//! One feature: what can be told of it without looking at others.

use super::extents::Limits;
use super::kind::Kind;
use super::report::{Finding, With};
use super::validity::flaws;
use super::{SPIKE_DEGREES, Winding};
use crate::jobs::{Cancelled, Watch};
use crate::plane::exact::{Position, Turn, is_counter_clockwise, is_place, same, turn};
use crate::plane::meetings::is_turning_back;
use crate::plane::rings::Rings;
use crate::table::{GeometryKind, GeometryRef, PartKind, PartRef};

/// So many places of one kind are told of a feature one by one; the rest is counted.
const TOLD: usize = 50;

/// Looks at features, one after another.
pub(super) struct Looking<'a> {
    pub limits: &'a Limits,
    /// How rings are to turn, where the format says so.
    pub winding: Option<Winding>,
    /// Whether latitude comes first: left is right then.
    pub is_mirrored: bool,
    pub watch: &'a Watch,
    found: Vec<Finding>,
    rings: Rings,
    row: u32,
    /// Where the findings of this feature start.
    start: usize,
    /// Room for the points of a feature.
    points: Vec<Position>,
    /// Where the rings of a feature start that turn the wrong way.
    turned: Vec<Position>,
    sharpest: f64,
}

impl<'a> Looking<'a> {
    pub fn new(limits: &'a Limits, winding: Option<Winding>, watch: &'a Watch) -> Looking<'a> {
        Looking {
            limits,
            winding,
            is_mirrored: false,
            watch,
            found: Vec::new(),
            rings: Rings::default(),
            row: 0,
            start: 0,
            points: Vec::new(),
            turned: Vec::new(),
            sharpest: SPIKE_DEGREES.to_radians().tan(),
        }
    }

    /// What was found in all of them.
    pub fn into_found(self) -> Vec<Finding> {
        self.found
    }

    /// What was found in the last one.
    pub fn found_last(&self) -> &[Finding] {
        self.found.get(self.start..).unwrap_or_default()
    }

    /// Forgets what was found.
    pub fn forget(&mut self) {
        self.found.clear();
    }

    /// Looks at a feature.
    pub fn look(&mut self, row: u32, geometry: GeometryRef<'_>) -> Result<(), Cancelled> {
        self.row = row;
        self.start = self.found.len();
        if geometry.kind() == GeometryKind::Null {
            self.note(Kind::Null, None, 1);
            return Ok(());
        }
        let positions = geometry.xy();
        if positions.is_empty() {
            self.note(Kind::Empty, None, 1);
            return Ok(());
        }
        if !self.positions(positions) {
            return Ok(());
        }
        if geometry.kind() == GeometryKind::GeometryCollection {
            for (kind, parts) in geometry.members() {
                self.member(kind, parts)?;
            }
            return Ok(());
        }
        self.member(geometry.kind(), geometry.parts())
    }

    /// Looks at the numbers alone; answers whether all can be computed with.
    fn positions(&mut self, positions: &[Position]) -> bool {
        let bad = |position: &&Position| !is_place(**position);
        let count = positions.iter().filter(bad).count();
        if count > 0 {
            // Shown where a good position is next to it.
            let at = positions.iter().position(|position| !is_place(*position)).unwrap_or(0);
            let before = positions.get(..at).unwrap_or_default().iter().rev();
            let near = before.chain(positions).find(|position| is_place(**position));
            self.note(Kind::BadCoordinate, near.copied(), count);
        }
        if self.limits.are_known() {
            let limits = self.limits;
            let on_earth = |position: &&Position| limits.is_on_earth(**position);
            let lost = |position: &&Position| is_place(**position) && !on_earth(position);
            self.note_all(Kind::OutOfRange, positions.iter().filter(lost));
            let outside = |position: &&Position| {
                is_place(**position) && on_earth(position) && !limits.is_in_area(**position)
            };
            self.note_all(Kind::OutsideArea, positions.iter().filter(outside));
        }
        count == 0
    }

    /// Looks at a geometry that is no collection.
    fn member<'p>(
        &mut self,
        kind: GeometryKind,
        parts: impl Iterator<Item = PartRef<'p>>,
    ) -> Result<(), Cancelled> {
        self.rings.clear();
        self.points.clear();
        for (number, part) in parts.enumerate() {
            match part.kind() {
                PartKind::Point if kind == GeometryKind::MultiPoint => {
                    self.points.extend(part.first_ring().xy().first());
                }
                PartKind::Point => {}
                PartKind::Line => self.line(part.first_ring().xy()),
                PartKind::Polygon => self.polygon(part, number),
            }
        }
        self.duplicate_points();
        let mut turned = std::mem::take(&mut self.turned);
        self.note_all(Kind::Winding, turned.iter());
        turned.clear();
        self.turned = turned;
        if !self.rings.rings().is_empty() {
            for flaw in flaws(&self.rings, self.watch)? {
                self.note(flaw.kind, Some(flaw.at), 1);
            }
        }
        Ok(())
    }

    fn duplicate_points(&mut self) {
        if self.points.len() < 2 {
            return;
        }
        let mut points = std::mem::take(&mut self.points);
        points.sort_unstable_by(|[ax, ay], [bx, by]| ax.total_cmp(bx).then(ay.total_cmp(by)));
        let pairs = points.iter().zip(points.iter().skip(1));
        let double = pairs.filter(|(a, b)| same(**a, **b)).map(|(a, _)| a);
        self.note_all(Kind::DuplicatePoint, double);
        self.points = points;
    }

    fn line(&mut self, line: &[Position]) {
        let Some(first) = line.first().copied() else { return };
        if line.len() == 1 {
            self.note(Kind::TooFewPositions, Some(first), 1);
        } else if line.iter().all(|position| same(*position, first)) {
            self.note(Kind::ZeroLength, Some(first), 1);
        } else {
            self.duplicate_positions(line);
        }
    }

    fn duplicate_positions(&mut self, positions: &[Position]) {
        let pairs = positions.iter().zip(positions.iter().skip(1));
        let double = pairs.filter(|(a, b)| same(**a, **b)).map(|(a, _)| a);
        self.note_all(Kind::DuplicatePosition, double);
    }

    fn polygon(&mut self, part: PartRef<'_>, number: usize) {
        for (at, ring) in part.rings().enumerate() {
            let is_there = self.ring(ring.xy(), number, at > 0);
            if at == 0 && !is_there {
                // Without an outer ring holes are in nothing.
                return;
            }
        }
    }

    /// Looks at a ring by itself; answers whether it is one at all.
    fn ring(&mut self, ring: &[Position], polygon: usize, is_hole: bool) -> bool {
        let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied()) else {
            return false;
        };
        let is_closed = same(first, last);
        // Three positions and the first again; an open one is closed in thought.
        if ring.len() < if is_closed { 4 } else { 3 } {
            self.note(Kind::TooFewPositions, Some(first), 1);
            return false;
        }
        if !is_closed {
            self.note(Kind::NotClosed, Some(last), 1);
        }
        self.duplicate_positions(ring);
        if !self.rings.push(ring, polygon, is_hole) {
            self.note(Kind::ZeroArea, Some(first), 1);
            return false;
        }
        let Some(added) = self.rings.rings().last().cloned() else { return false };
        let xy = self.rings.xy_of(&added);
        let second = xy.get(1).copied().unwrap_or(first);
        if xy.iter().all(|position| turn(first, second, *position) == Turn::Straight) {
            self.rings.pop();
            self.note(Kind::ZeroArea, Some(first), 1);
            return false;
        }
        let turns_left = is_counter_clockwise(xy) != self.is_mirrored;
        let sharp: Vec<Position> = self.spikes(xy).collect();
        self.note_all(Kind::Spike, sharp.iter());
        let wanted = self.winding.map(|winding| winding.turns_left(is_hole));
        if wanted.is_some_and(|wanted| wanted != turns_left) {
            self.turned.push(first);
        }
        true
    }

    /// The corners at which a closed ring nearly turns back; where it does so wholly it lies along
    /// itself, which is told as that.
    fn spikes<'r>(&self, ring: &'r [Position]) -> impl Iterator<Item = Position> + use<'r> {
        let sharpest = self.sharpest;
        let corners = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
        let befores = corners.last().into_iter().chain(corners);
        let afters = ring.iter().skip(1);
        let all = befores.zip(corners).zip(afters);
        let is_sharp = move |before: Position, here: Position, after: Position| {
            if !is_turning_back(before, here, after) {
                return false;
            }
            let (ax, ay) = (before[0] - here[0], before[1] - here[1]);
            let (bx, by) = (after[0] - here[0], after[1] - here[1]);
            let (dot, cross) = (ax * bx + ay * by, ax * by - ay * bx);
            cross.abs() < sharpest * dot && turn(before, here, after) != Turn::Straight
        };
        all.filter(move |((before, here), after)| is_sharp(**before, **here, **after))
            .map(|((_, here), _)| *here)
    }

    fn note(&mut self, kind: Kind, at: Option<Position>, times: usize) {
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        let mine = self.found.get_mut(self.start..).unwrap_or_default();
        let of_kind = mine.iter_mut().filter(|finding| finding.kind == kind);
        let mut of_kind = of_kind.skip(TOLD - 1);
        if let Some(last) = of_kind.next() {
            last.times = last.times.saturating_add(times);
            return;
        }
        self.found.push(Finding { kind, row: self.row, at, times, with: With::Nothing });
    }

    /// One finding for all places of a kind.
    fn note_all<'p>(&mut self, kind: Kind, places: impl Iterator<Item = &'p Position>) {
        let mut first = None;
        let mut count = 0;
        for place in places {
            first = first.or(Some(*place));
            count += 1;
        }
        if count > 0 {
            self.note(kind, first, count);
        }
    }
}
