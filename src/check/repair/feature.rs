//! One feature put right.

use super::super::Winding;
use super::super::extents::Limits;
use super::super::validity::are_valid;
use super::areas::make_valid;
use super::shapes::{Heights, Shapes, Vertex, leave_out_repeats, vertices};
use super::tally::{NOT_REPAIRED, Tally};
use crate::jobs::{Cancelled, Watch};
use crate::plane::exact::{Position, Turn, is_counter_clockwise, is_place, same, turn};
use crate::plane::overlay::Failed;
use crate::plane::rings::Rings;
use crate::table::{GeometryBuilder, GeometryKind, GeometryRef, PartKind, PartRef};

/// How features are put right.
pub(super) struct Repairing<'a> {
    pub limits: &'a Limits,
    /// How rings are to turn.
    pub winding: Winding,
    /// Whether latitude comes first: left is right then.
    pub is_mirrored: bool,
    pub keep_collapsed: bool,
    pub watch: &'a Watch,
}

/// What is done to one feature.
#[derive(Default)]
struct Changes(Vec<(&'static str, u64)>);

impl Changes {
    fn note(&mut self, what: &'static str, places: u64) {
        self.0.push((what, places));
    }
}

impl Repairing<'_> {
    /// Adds the feature put right; as it is where that is not possible.
    pub fn put_right(
        &self,
        feature: GeometryRef<'_>,
        row: usize,
        builder: &mut GeometryBuilder,
        tally: &mut Tally,
    ) -> Result<(), Cancelled> {
        let mut changes = Changes::default();
        let members: Vec<(GeometryKind, Vec<PartRef<'_>>)> =
            if feature.kind() == GeometryKind::GeometryCollection {
                feature.members().map(|(kind, parts)| (kind, parts.collect())).collect()
            } else {
                vec![(feature.kind(), feature.parts().collect())]
            };
        let mut made = Vec::new();
        for (kind, parts) in &members {
            match self.member(*kind, parts, &mut changes) {
                Ok(shapes) => made.push(shapes),
                Err(Failed::Cancelled) => return Err(Cancelled),
                Err(Failed::Tangled) => {
                    builder.copy_row(feature);
                    tally.note(NOT_REPAIRED, row, 1);
                    return Ok(());
                }
            }
        }
        let is_lost = made.iter().all(|shapes| shapes.kinds() == 0);
        if is_lost && !feature.is_empty() {
            changes.note("problem-repair-lost", 1);
        }
        if is_lost {
            builder.push_null();
        } else if feature.kind() == GeometryKind::GeometryCollection {
            builder.begin_row(GeometryKind::GeometryCollection);
            made.iter().for_each(|shapes| shapes.push_to_collection(builder));
            builder.end_row();
        } else if let [shapes] = made.as_slice() {
            shapes.push_row(builder, feature.kind());
        }
        for (what, places) in changes.0 {
            tally.note(what, row, places);
        }
        Ok(())
    }

    /// A geometry that is no collection.
    fn member(
        &self,
        kind: GeometryKind,
        parts: &[PartRef<'_>],
        changes: &mut Changes,
    ) -> Result<Shapes, Failed> {
        let mut shapes = Shapes::default();
        let mut polygons: Vec<Vec<Vec<Vertex>>> = Vec::new();
        for part in parts {
            match part.kind() {
                PartKind::Point => {
                    let vertices = self.places(vertices(part.first_ring()), changes);
                    shapes.points.extend(vertices.first().copied());
                }
                PartKind::Line => {
                    let line = self.places(vertices(part.first_ring()), changes);
                    self.line(line, &mut shapes, changes);
                }
                PartKind::Polygon => {
                    let rings = part.rings().map(|ring| self.places(vertices(ring), changes));
                    polygons.push(rings.collect());
                }
            }
        }
        if kind == GeometryKind::MultiPoint {
            leave_out_twins(&mut shapes.points, changes);
        }
        self.polygons(polygons, &mut shapes, changes)?;
        Ok(shapes)
    }

    /// The vertices that are places.
    fn places(&self, mut vertices: Vec<Vertex>, changes: &mut Changes) -> Vec<Vertex> {
        let before = vertices.len();
        vertices.retain(|vertex| is_place(vertex.xy));
        let numbers = before - vertices.len();
        changes.note("problem-repair-bad", numbers as u64);
        vertices.retain(|vertex| self.limits.is_on_earth(vertex.xy));
        changes.note("problem-repair-range", (before - numbers - vertices.len()) as u64);
        vertices
    }

    fn line(&self, mut line: Vec<Vertex>, shapes: &mut Shapes, changes: &mut Changes) {
        let repeats = leave_out_repeats(&mut line);
        match line.as_slice() {
            [] => {}
            [only] => {
                let what = self.collapsed();
                changes.note(what, 1);
                if self.keep_collapsed {
                    shapes.points.push(*only);
                }
            }
            _ => {
                changes.note("problem-repair-repeats", repeats);
                shapes.lines.push(line);
            }
        }
    }

    fn collapsed(&self) -> &'static str {
        if self.keep_collapsed { "problem-repair-kept" } else { "problem-repair-collapsed" }
    }

    /// Rings closed and without repeats; those that surround nothing apart, with whether they are
    /// the outer one.
    fn polygons(
        &self,
        polygons: Vec<Vec<Vec<Vertex>>>,
        shapes: &mut Shapes,
        changes: &mut Changes,
    ) -> Result<(), Failed> {
        let mut rings = Rings::default();
        let mut whole: Vec<Vec<Vec<Vertex>>> = Vec::new();
        for polygon in polygons {
            let mut kept: Vec<Vec<Vertex>> = Vec::new();
            for (at, ring) in polygon.into_iter().enumerate() {
                let ring = close(ring, changes);
                if ring.is_empty() {
                    continue;
                }
                if surrounds_something(&ring) {
                    kept.push(ring);
                } else {
                    changes.note(self.collapsed(), 1);
                    self.keep_collapsed(ring, shapes);
                    if at == 0 {
                        // Holes of nothing.
                        break;
                    }
                }
            }
            if !kept.is_empty() {
                whole.push(kept);
            }
        }
        for (number, polygon) in whole.iter().enumerate() {
            for (at, ring) in polygon.iter().enumerate() {
                rings.push(&positions(ring), number, at > 0);
            }
        }
        if are_valid(&rings, self.watch)? {
            for polygon in &mut whole {
                for (at, ring) in polygon.iter_mut().enumerate() {
                    if self.turns_left(ring) != self.winding.turns_left(at > 0) {
                        ring.reverse();
                        changes.note("problem-repair-turned", 1);
                    }
                }
            }
            shapes.polygons = whole;
            return Ok(());
        }
        let mut heights = Heights::of(whole.iter().flatten().flatten());
        let plain: Vec<Vec<Vec<Position>>> = whole
            .iter()
            .map(|polygon| polygon.iter().map(|ring| positions(ring)).collect())
            .collect();
        let feature: Vec<Vec<&[Position]>> =
            plain.iter().map(|polygon| polygon.iter().map(Vec::as_slice).collect()).collect();
        let (made, knots) = make_valid(&feature, self.watch)?;
        let mut rings = Rings::default();
        for (number, polygon) in made.iter().enumerate() {
            for (at, ring) in polygon.iter().enumerate() {
                rings.push(ring, number, at > 0);
            }
        }
        if !are_valid(&rings, self.watch)? {
            return Err(Failed::Tangled);
        }
        heights.put_in(&knots);
        changes.note("problem-repair-valid", 1);
        shapes.polygons = made
            .into_iter()
            .map(|polygon| {
                let rings = polygon.into_iter().map(|mut ring| {
                    // They come with outer rings turning left.
                    if self.is_mirrored == self.winding.turns_left(false) {
                        ring.reverse();
                    }
                    heights.dress(&ring)
                });
                rings.collect()
            })
            .collect();
        Ok(())
    }

    /// Keeps a ring that surrounds nothing as what it is.
    fn keep_collapsed(&self, mut ring: Vec<Vertex>, shapes: &mut Shapes) {
        if !self.keep_collapsed {
            return;
        }
        leave_out_repeats(&mut ring);
        match ring.as_slice() {
            [] => {}
            [only] => shapes.points.push(*only),
            _ => shapes.lines.push(ring),
        }
    }

    /// Whether a ring turns left on the map.
    fn turns_left(&self, ring: &[Vertex]) -> bool {
        is_counter_clockwise(&positions(ring)) != self.is_mirrored
    }
}

fn positions(ring: &[Vertex]) -> Vec<Position> {
    ring.iter().map(|vertex| vertex.xy).collect()
}

/// A ring without repeats, its last vertex the first; a single one where that is all.
fn close(mut ring: Vec<Vertex>, changes: &mut Changes) -> Vec<Vertex> {
    changes.note("problem-repair-repeats", leave_out_repeats(&mut ring));
    if let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied())
        && !same(first.xy, last.xy)
    {
        ring.push(first);
        changes.note("problem-repair-closed", 1);
    }
    ring
}

/// Whether a closed ring has three corners that are not on one line.
fn surrounds_something(ring: &[Vertex]) -> bool {
    let (Some(first), Some(second)) = (ring.first(), ring.get(1)) else { return false };
    ring.iter().any(|vertex| turn(first.xy, second.xy, vertex.xy) != Turn::Straight)
}

/// Leaves out points at the same place as another one.
fn leave_out_twins(points: &mut Vec<Vertex>, changes: &mut Changes) {
    let before = points.len();
    let mut seen = std::collections::HashSet::new();
    points.retain(|point| seen.insert(point.xy.map(|number| (number + 0.0).to_bits())));
    changes.note("problem-repair-twins", (before - points.len()) as u64);
}
