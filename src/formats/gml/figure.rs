//! A geometry that was read and has no row yet.

use crate::formats::wkt;
use crate::formats::xml::Position;
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// A point, a line or an area.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Point(Position),
    Line(Vec<Position>),
    /// The outer ring first.
    Area(Vec<Vec<Position>>),
}

impl Part {
    fn kind(&self) -> PartKind {
        match self {
            Part::Point(_) => PartKind::Point,
            Part::Line(_) => PartKind::Line,
            Part::Area(_) => PartKind::Polygon,
        }
    }
}

/// A geometry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub kind: GeometryKind,
    /// Its members where it is a collection, else itself.
    pub members: Vec<(GeometryKind, Vec<Part>)>,
}

impl Figure {
    pub fn of(kind: GeometryKind, parts: Vec<Part>) -> Figure {
        Figure { kind, members: vec![(kind, parts)] }
    }

    /// Several put together as the kind that the file says, or as a collection where that cannot
    /// be. Whether collections inside became part of it.
    pub fn group(kind: GeometryKind, figures: Vec<Figure>) -> (Figure, bool) {
        let is_collection = |figure: &Figure| figure.kind == GeometryKind::GeometryCollection;
        let nested = figures.iter().any(is_collection);
        let members = figures.into_iter().flat_map(|figure| figure.members);
        let members: Vec<(GeometryKind, Vec<Part>)> = members.collect();
        let is_so = |part: &Part| Some(part.kind()) == kind.part_kind();
        let fits = members.iter().all(|(_, parts)| parts.iter().all(is_so));
        if kind != GeometryKind::GeometryCollection && fits {
            let parts = members.into_iter().flat_map(|(_, parts)| parts);
            return (Figure::of(kind, parts.collect()), nested);
        }
        (Figure { kind: GeometryKind::GeometryCollection, members }, nested)
    }

    /// All runs of positions in it.
    pub fn runs(&mut self) -> impl Iterator<Item = &mut [Position]> {
        self.members.iter_mut().flat_map(|(_, parts)| parts).flat_map(|part| {
            let runs: Vec<&mut [Position]> = match part {
                Part::Point(position) => vec![std::slice::from_mut(position)],
                Part::Line(line) => vec![line],
                Part::Area(rings) => rings.iter_mut().map(Vec::as_mut_slice).collect(),
            };
            runs
        })
    }

    /// How many of its rings do not end where they begin.
    pub fn unclosed(&self) -> u64 {
        let parts = self.members.iter().flat_map(|(_, parts)| parts);
        let rings = parts.flat_map(|part| match part {
            Part::Area(rings) => rings.as_slice(),
            Part::Point(_) | Part::Line(_) => &[],
        });
        let end = |at: Option<&Position>| at.map(|(xy, _)| *xy);
        let open = rings.filter(|ring| end(ring.first()) != end(ring.last()));
        u64::try_from(open.count()).unwrap_or(u64::MAX)
    }

    /// Puts it in a row that is begun as of its kind.
    pub fn push(&self, builder: &mut GeometryBuilder) {
        for (kind, parts) in &self.members {
            if self.kind == GeometryKind::GeometryCollection {
                builder.begin_member(*kind);
            }
            for part in parts {
                builder.begin_part(part.kind());
                match part {
                    Part::Point(position) => push_run(builder, std::slice::from_ref(position)),
                    Part::Line(line) => push_run(builder, line),
                    Part::Area(rings) => rings.iter().for_each(|ring| push_run(builder, ring)),
                }
            }
        }
    }

    /// As well-known text.
    pub fn text(&self) -> String {
        let mut builder = GeometryBuilder::new();
        builder.begin_row(self.kind);
        self.push(&mut builder);
        builder.end_row();
        builder.finish().map(|column| wkt::text(column.row(0))).unwrap_or_default()
    }
}

fn push_run(builder: &mut GeometryBuilder, positions: &[Position]) {
    builder.begin_ring();
    for (xy, z) in positions {
        builder.coord(*xy, *z, None);
    }
}
