//! The parts of a feature while it is put right, with heights and measures.

use std::collections::HashMap;

use crate::plane::exact::{Position, same};
use crate::plane::overlay::Knot;
use crate::table::{GeometryBuilder, GeometryKind, PartKind, RingRef};

/// A position with its height and measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Vertex {
    pub xy: Position,
    pub z: Option<f64>,
    pub m: Option<f64>,
}

/// The vertices of a ring, a line or a point.
pub(super) fn vertices(ring: RingRef<'_>) -> Vec<Vertex> {
    let known =
        |numbers: &[f64], at: usize| numbers.get(at).copied().filter(|number| !number.is_nan());
    let at = |(at, xy): (usize, &Position)| Vertex {
        xy: *xy,
        z: known(ring.z(), at),
        m: known(ring.m(), at),
    };
    ring.xy().iter().enumerate().map(at).collect()
}

/// What a geometry is made of.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub points: Vec<Vertex>,
    pub lines: Vec<Vec<Vertex>>,
    pub polygons: Vec<Vec<Vec<Vertex>>>,
}

impl Shapes {
    /// How many kinds of parts there are.
    pub fn kinds(&self) -> usize {
        usize::from(!self.points.is_empty())
            + usize::from(!self.lines.is_empty())
            + usize::from(!self.polygons.is_empty())
    }

    /// Adds all as one row: of one kind where possible, of several parts where they are several or
    /// were before; a collection where kinds are mixed.
    pub fn push_row(&self, builder: &mut GeometryBuilder, was: GeometryKind) {
        if self.kinds() == 1 {
            builder.begin_row(was);
            self.push_parts(builder, |builder, [one, many], count| {
                builder.set_kind(if count > 1 || was == many { many } else { one });
            });
        } else {
            builder.begin_row(GeometryKind::GeometryCollection);
            self.push_to_collection(builder);
        }
        builder.end_row();
    }

    /// Adds all to the collection begun, a member for each kind.
    pub fn push_to_collection(&self, builder: &mut GeometryBuilder) {
        self.push_parts(builder, |builder, [one, many], count| {
            builder.begin_member(if count > 1 { many } else { one });
        });
    }

    /// Adds the parts, polygons first. Before those of each kind `begin` is told the types for one
    /// and for many of them, and how many there are.
    fn push_parts(
        &self,
        builder: &mut GeometryBuilder,
        begin: impl Fn(&mut GeometryBuilder, [GeometryKind; 2], usize),
    ) {
        if !self.polygons.is_empty() {
            let kinds = [GeometryKind::Polygon, GeometryKind::MultiPolygon];
            begin(builder, kinds, self.polygons.len());
        }
        for polygon in &self.polygons {
            builder.begin_part(PartKind::Polygon);
            polygon.iter().for_each(|ring| push_ring(builder, ring));
        }
        if !self.lines.is_empty() {
            let kinds = [GeometryKind::LineString, GeometryKind::MultiLineString];
            begin(builder, kinds, self.lines.len());
        }
        for line in &self.lines {
            builder.begin_part(PartKind::Line);
            push_ring(builder, line);
        }
        if !self.points.is_empty() {
            let kinds = [GeometryKind::Point, GeometryKind::MultiPoint];
            begin(builder, kinds, self.points.len());
        }
        for point in &self.points {
            builder.begin_part(PartKind::Point);
            push_ring(builder, std::slice::from_ref(point));
        }
    }
}

fn push_ring(builder: &mut GeometryBuilder, ring: &[Vertex]) {
    builder.begin_ring();
    ring.iter().for_each(|vertex| builder.coord(vertex.xy, vertex.z, vertex.m));
}

/// The heights and measures that a feature's positions have.
#[derive(Debug, Default)]
pub(super) struct Heights(HashMap<[u64; 2], [Option<f64>; 2]>);

impl Heights {
    pub fn of<'a>(vertices: impl Iterator<Item = &'a Vertex>) -> Heights {
        let mut heights = Heights::default();
        for vertex in vertices.filter(|vertex| vertex.z.is_some() || vertex.m.is_some()) {
            heights.0.entry(key(vertex.xy)).or_insert([vertex.z, vertex.m]);
        }
        heights
    }

    /// Gives positions that were made what lies between the ends of their segments.
    pub fn put_in(&mut self, knots: &[Knot]) {
        if self.0.is_empty() {
            return;
        }
        for Knot { at, on: [from, to] } in knots {
            let (Some(a), Some(b)) = (self.0.get(&key(*from)), self.0.get(&key(*to))) else {
                continue;
            };
            let apart = |a: &Position, b: &Position| (a[0] - b[0]).hypot(a[1] - b[1]);
            let whole = apart(from, to);
            let share = if whole > 0.0 { (apart(from, at) / whole).min(1.0) } else { 0.0 };
            let between = |a: Option<f64>, b: Option<f64>| Some(a? + (b? - a?) * share);
            let made = [between(a[0], b[0]), between(a[1], b[1])];
            self.0.entry(key(*at)).or_insert(made);
        }
    }

    /// A ring of positions with what is known of them.
    pub fn dress(&self, ring: &[Position]) -> Vec<Vertex> {
        let dress = |xy: &Position| {
            let [z, m] = self.0.get(&key(*xy)).copied().unwrap_or_default();
            Vertex { xy: *xy, z, m }
        };
        ring.iter().map(dress).collect()
    }
}

fn key(at: Position) -> [u64; 2] {
    at.map(|number| (number + 0.0).to_bits())
}

/// Leaves out vertices at the same place as the one before; answers how many.
pub(super) fn leave_out_repeats(vertices: &mut Vec<Vertex>) -> u64 {
    let before = vertices.len();
    vertices.dedup_by(|again, first| same(again.xy, first.xy));
    (before - vertices.len()) as u64
}
