//! One geometry of a row, of simple shapes that come one after another.

use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// A position: x and y, and its height where it has one.
pub(in crate::formats) type Position = ([f64; 2], Option<f64>);

/// Coordinates that do not make the shape they are meant for, or are no numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct ShapeFault;

/// Builds the geometry of the row being read. What the row is follows from its shapes: one shape
/// is that shape, several of one kind are a MultiPoint and the like, a mix is a collection.
#[derive(Default)]
pub(in crate::formats) struct Shape {
    members: Vec<GeometryKind>,
    /// Whether the source says that the shapes belong to a group, if only of one.
    pub is_group: bool,
    /// Rings that do not end where they begin.
    pub unclosed: u64,
}

impl Shape {
    /// Begins the geometry of a row. The row is ended or taken back by the caller.
    pub fn begin(builder: &mut GeometryBuilder) -> Shape {
        builder.begin_row(GeometryKind::GeometryCollection);
        Shape::default()
    }

    fn member(&mut self, builder: &mut GeometryBuilder, kind: GeometryKind) {
        builder.begin_member(kind);
        self.members.push(kind);
    }

    /// A point; without a position, an empty one.
    pub fn point(&mut self, builder: &mut GeometryBuilder, position: Option<Position>) {
        self.member(builder, GeometryKind::Point);
        if let Some((xy, z)) = position {
            builder.begin_part(PartKind::Point);
            builder.begin_ring();
            builder.coord(xy, z, None);
        }
    }

    /// A line.
    pub fn line(&mut self, builder: &mut GeometryBuilder, positions: &[Position]) {
        self.member(builder, GeometryKind::LineString);
        if !positions.is_empty() {
            builder.begin_part(PartKind::Line);
            push_ring(builder, positions);
        }
    }

    /// A polygon of these rings, the outer one first.
    pub fn polygon<'r>(
        &mut self,
        builder: &mut GeometryBuilder,
        rings: impl IntoIterator<Item = &'r [Position]>,
    ) {
        self.member(builder, GeometryKind::Polygon);
        let mut begun = false;
        for ring in rings.into_iter().filter(|ring| !ring.is_empty()) {
            if !std::mem::replace(&mut begun, true) {
                builder.begin_part(PartKind::Polygon);
            }
            let end = |at: Option<&Position>| at.map(|(xy, _)| *xy);
            self.unclosed += u64::from(end(ring.first()) != end(ring.last()));
            push_ring(builder, ring);
        }
    }

    /// Settles what the row is; the row stays begun. What it is, or none where it had no shape.
    pub fn settle(&self, builder: &mut GeometryBuilder) -> Option<GeometryKind> {
        let kind = match self.members.as_slice() {
            [] if !self.is_group => return None,
            [one] if !self.is_group => *one,
            [first, rest @ ..] if rest.iter().all(|kind| kind == first) => match first {
                GeometryKind::Point => GeometryKind::MultiPoint,
                GeometryKind::LineString => GeometryKind::MultiLineString,
                _ => GeometryKind::MultiPolygon,
            },
            _ => GeometryKind::GeometryCollection,
        };
        builder.set_kind(kind);
        Some(kind)
    }
}

fn push_ring(builder: &mut GeometryBuilder, positions: &[Position]) {
    builder.begin_ring();
    for (xy, z) in positions {
        builder.coord(*xy, *z, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_row_is_follows_from_its_shapes() {
        use GeometryKind::{
            GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
            Polygon,
        };
        let at: [Position; 2] = [([1.0, 2.0], None), ([3.0, 4.0], Some(5.0))];
        let kinds = [
            (&[][..], false, None),
            (&[], true, Some(GeometryCollection)),
            (&[Point], false, Some(Point)),
            (&[Point], true, Some(MultiPoint)),
            (&[LineString, LineString], true, Some(MultiLineString)),
            (&[Polygon, Polygon], false, Some(MultiPolygon)),
            (&[Point, Polygon], true, Some(GeometryCollection)),
        ];
        for (shapes, is_group, expected) in kinds {
            let mut builder = GeometryBuilder::new();
            let mut shape = Shape::begin(&mut builder);
            shape.is_group = is_group;
            for kind in shapes {
                match kind {
                    Point => shape.point(&mut builder, at.first().copied()),
                    LineString => shape.line(&mut builder, &at),
                    _ => shape.polygon(&mut builder, [at.as_slice(), &[]]),
                }
            }
            assert_eq!(shape.settle(&mut builder), expected, "{shapes:?}");
            builder.end_row();
            let column = builder.finish().unwrap_or_default();
            assert_eq!(column.row(0).parts().len(), shapes.len());
            let members = if expected == Some(GeometryCollection) { shapes.len() } else { 0 };
            assert_eq!(column.row(0).members().count(), members);
        }
    }
}
