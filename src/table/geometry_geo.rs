//! One row to and from `geo_types`, where an algorithm of `geo` needs it. Z and M are left out.

use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::geometry::{GeometryKind, GeometryRef, PartKind, PartRef, RingRef};
use super::geometry_builder::GeometryBuilder;

impl GeometryRef<'_> {
    /// The row as `geo` geometry; none when it is null or has no coordinate.
    pub fn to_geo(&self) -> Option<Geometry<f64>> {
        if self.is_empty() {
            return None;
        }
        if self.kind() == GeometryKind::GeometryCollection {
            let members = self.members().filter_map(|(kind, parts)| assemble(kind, parts));
            return Some(Geometry::GeometryCollection(members.collect()));
        }
        assemble(self.kind(), self.parts())
    }
}

fn assemble<'a>(
    kind: GeometryKind,
    mut parts: impl Iterator<Item = PartRef<'a>>,
) -> Option<Geometry<f64>> {
    Some(match kind {
        GeometryKind::Null | GeometryKind::GeometryCollection => return None,
        GeometryKind::Point => point(parts.next()?)?.into(),
        GeometryKind::LineString => line(parts.next()?.first_ring()).into(),
        GeometryKind::Polygon => polygon(parts.next()?).into(),
        GeometryKind::MultiPoint => MultiPoint(parts.filter_map(point).collect()).into(),
        GeometryKind::MultiLineString => {
            MultiLineString(parts.map(|part| line(part.first_ring())).collect()).into()
        }
        GeometryKind::MultiPolygon => MultiPolygon(parts.map(polygon).collect()).into(),
    })
}

fn point(part: PartRef<'_>) -> Option<Point<f64>> {
    part.first_ring().xy().first().map(|[x, y]| Point::new(*x, *y))
}

fn line(ring: RingRef<'_>) -> LineString<f64> {
    LineString(ring.xy().iter().map(|[x, y]| Coord { x: *x, y: *y }).collect())
}

fn polygon(part: PartRef<'_>) -> Polygon<f64> {
    let mut rings = part.rings().map(line);
    let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Polygon::new(outer, rings.collect())
}

impl GeometryBuilder {
    /// Adds a row from `geo` geometry. The members of nested collections become members of the
    /// outer one; `Line`, `Rect` and `Triangle` become line and polygons.
    pub fn push_geo(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::GeometryCollection(members) => {
                self.begin_row(GeometryKind::GeometryCollection);
                self.geo_members(&members.0);
            }
            other => {
                self.begin_row(kind_of(other));
                self.geo_parts(other);
            }
        }
        self.end_row();
    }

    fn geo_members(&mut self, members: &[Geometry<f64>]) {
        for member in members {
            if let Geometry::GeometryCollection(inner) = member {
                self.geo_members(&inner.0);
            } else {
                self.begin_member(kind_of(member));
                self.geo_parts(member);
            }
        }
    }

    fn geo_parts(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => {
                self.geo_part(PartKind::Point, [std::slice::from_ref(&point.0)]);
            }
            Geometry::Line(line) => self.geo_part(PartKind::Line, [&[line.start, line.end][..]]),
            Geometry::LineString(line) => self.geo_part(PartKind::Line, [&line.0[..]]),
            Geometry::Polygon(polygon) => self.geo_polygon(polygon),
            Geometry::MultiPoint(points) => {
                for point in points {
                    self.geo_part(PartKind::Point, [std::slice::from_ref(&point.0)]);
                }
            }
            Geometry::MultiLineString(lines) => {
                for line in lines {
                    self.geo_part(PartKind::Line, [&line.0[..]]);
                }
            }
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|p| self.geo_polygon(p)),
            Geometry::Rect(rect) => self.geo_polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.geo_polygon(&triangle.to_polygon()),
            // Taken apart by `geo_members`.
            Geometry::GeometryCollection(_) => {}
        }
    }

    fn geo_polygon(&mut self, polygon: &Polygon<f64>) {
        if polygon.exterior().0.is_empty() {
            return;
        }
        let holes = polygon.interiors().iter().map(|hole| &hole.0[..]);
        self.geo_part(PartKind::Polygon, std::iter::once(&polygon.exterior().0[..]).chain(holes));
    }

    fn geo_part<'a>(&mut self, kind: PartKind, rings: impl IntoIterator<Item = &'a [Coord<f64>]>) {
        self.begin_part(kind);
        for ring in rings {
            self.begin_ring();
            for Coord { x, y } in ring {
                self.coord([*x, *y], None, None);
            }
        }
    }
}

fn kind_of(geometry: &Geometry<f64>) -> GeometryKind {
    match geometry {
        Geometry::Point(_) => GeometryKind::Point,
        Geometry::Line(_) | Geometry::LineString(_) => GeometryKind::LineString,
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => GeometryKind::Polygon,
        Geometry::MultiPoint(_) => GeometryKind::MultiPoint,
        Geometry::MultiLineString(_) => GeometryKind::MultiLineString,
        Geometry::MultiPolygon(_) => GeometryKind::MultiPolygon,
        Geometry::GeometryCollection(_) => GeometryKind::GeometryCollection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_survives_the_way_to_geo_and_back() {
        let square = geo::Rect::new((0.0, 0.0), (2.0, 2.0)).to_polygon();
        let all: Vec<Geometry<f64>> = vec![
            Point::new(1.0, 2.0).into(),
            LineString::from(vec![(0.0, 0.0), (1.0, 1.0)]).into(),
            square.clone().into(),
            MultiPoint::from(vec![(0.0, 0.0), (1.0, 1.0)]).into(),
            MultiLineString(vec![LineString::from(vec![(0.0, 0.0), (1.0, 1.0)])]).into(),
            MultiPolygon(vec![square.clone(), square]).into(),
        ];
        let mut all = all;
        all.push(Geometry::GeometryCollection(all.clone().into()));
        let mut builder = GeometryBuilder::new();
        all.iter().for_each(|geometry| builder.push_geo(geometry));
        let column = builder.finish().unwrap_or_default();
        let back: Vec<_> = column.iter().filter_map(|row| row.to_geo()).collect();
        assert_eq!(back, all);
    }
}
