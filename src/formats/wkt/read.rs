//! Well-known text into the geometry column (OGC Simple Features, part 1, section 7), also as
//! PostGIS (`SRID=31370;POINT(…)`) and ISO (`POINT Z (…)`) write it.

use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// How deep collections may be nested.
const DEPTH: usize = 16;

/// Whether a text starts as well-known text does.
pub(in crate::formats) fn looks_like(text: &str) -> bool {
    let (_, text) = srid(text);
    let mut parser = Parser { rest: text };
    parser.tag().is_some() && (parser.rest.trim_start().starts_with('(') || parser.empty())
}

/// The number before `;` in `SRID=31370;POINT(…)`, and what follows.
pub(in crate::formats) fn srid(text: &str) -> (Option<u32>, &str) {
    let text = text.trim();
    let Some((mark, rest)) = text.split_once(';') else { return (None, text) };
    let Some((name, number)) = mark.split_once('=') else { return (None, text) };
    if !name.trim().eq_ignore_ascii_case("srid") {
        return (None, text);
    }
    (number.trim().parse().ok(), rest)
}

/// Adds one row: the geometry, or null when the text is no well-known text (then false).
pub(in crate::formats) fn read(text: &str, builder: &mut GeometryBuilder) -> bool {
    let mut parser = Parser { rest: srid(text).1 };
    let done = parser.geometry(builder, 0).filter(|()| parser.rest.trim().is_empty());
    if done.is_some() {
        builder.end_row();
    } else {
        builder.cancel_row();
        builder.push_null();
    }
    done.is_some()
}

#[derive(Clone, Copy, Default)]
struct Dimensions {
    z: bool,
    m: bool,
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }

    fn takes(&mut self, mark: char) -> bool {
        match self.rest.trim_start().strip_prefix(mark) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, mark: char) -> Option<()> {
        self.takes(mark).then_some(())
    }

    fn empty(&mut self) -> bool {
        let before = self.rest;
        let found = self.word().eq_ignore_ascii_case("EMPTY");
        if !found {
            self.rest = before;
        }
        found
    }

    fn tag(&mut self) -> Option<(GeometryKind, Dimensions)> {
        let word = self.word().to_ascii_uppercase();
        let (kind, tail) = [
            ("POINT", GeometryKind::Point),
            ("LINESTRING", GeometryKind::LineString),
            ("POLYGON", GeometryKind::Polygon),
            ("MULTIPOINT", GeometryKind::MultiPoint),
            ("MULTILINESTRING", GeometryKind::MultiLineString),
            ("MULTIPOLYGON", GeometryKind::MultiPolygon),
            ("GEOMETRYCOLLECTION", GeometryKind::GeometryCollection),
        ]
        .into_iter()
        .find_map(|(name, kind)| word.strip_prefix(name).map(|tail| (kind, tail)))?;
        let mut tail = tail.to_owned();
        if tail.is_empty() {
            let before = self.rest;
            tail = self.word().to_ascii_uppercase();
            if !matches!(tail.as_str(), "Z" | "M" | "ZM") {
                self.rest = before;
                tail.clear();
            }
        }
        let dimensions = match tail.as_str() {
            "" => Dimensions::default(),
            "Z" => Dimensions { z: true, m: false },
            "M" => Dimensions { z: false, m: true },
            "ZM" => Dimensions { z: true, m: true },
            _ => return None,
        };
        Some((kind, dimensions))
    }

    fn geometry(&mut self, builder: &mut GeometryBuilder, depth: usize) -> Option<()> {
        let (kind, dimensions) = self.tag()?;
        let collection = kind == GeometryKind::GeometryCollection;
        if depth == 0 {
            builder.begin_row(kind);
        } else if !collection {
            builder.begin_member(kind);
        }
        if depth > DEPTH || self.empty() {
            return (depth <= DEPTH).then_some(());
        }
        match kind {
            GeometryKind::Point => {
                self.expect('(')?;
                self.point(builder, dimensions)?;
                self.expect(')')
            }
            GeometryKind::LineString => self.line(builder, dimensions),
            GeometryKind::Polygon => self.polygon(builder, dimensions),
            GeometryKind::MultiPoint => self.list(|parser| {
                let bracket = parser.takes('(');
                parser.point(builder, dimensions)?;
                if bracket { parser.expect(')') } else { Some(()) }
            }),
            GeometryKind::MultiLineString => self.list(|parser| parser.line(builder, dimensions)),
            GeometryKind::MultiPolygon => self.list(|parser| parser.polygon(builder, dimensions)),
            GeometryKind::GeometryCollection => {
                self.list(|parser| parser.geometry(builder, depth + 1))
            }
            GeometryKind::Null => None,
        }
    }

    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect('(')?;
        loop {
            item(self)?;
            if !self.takes(',') {
                return self.expect(')');
            }
        }
    }

    fn point(&mut self, builder: &mut GeometryBuilder, dimensions: Dimensions) -> Option<()> {
        builder.begin_part(PartKind::Point);
        builder.begin_ring();
        self.position(builder, dimensions)
    }

    fn line(&mut self, builder: &mut GeometryBuilder, dimensions: Dimensions) -> Option<()> {
        builder.begin_part(PartKind::Line);
        self.ring(builder, dimensions)
    }

    fn polygon(&mut self, builder: &mut GeometryBuilder, dimensions: Dimensions) -> Option<()> {
        builder.begin_part(PartKind::Polygon);
        self.list(|parser| parser.ring(builder, dimensions))
    }

    fn ring(&mut self, builder: &mut GeometryBuilder, dimensions: Dimensions) -> Option<()> {
        builder.begin_ring();
        if self.empty() {
            return Some(());
        }
        self.list(|parser| parser.position(builder, dimensions))
    }

    /// Numbers beyond x and y are Z and M as the tag says; without a tag the third is Z.
    fn position(&mut self, builder: &mut GeometryBuilder, dimensions: Dimensions) -> Option<()> {
        let xy = [self.number()?, self.number()?];
        let third = self.number();
        let fourth = if third.is_some() { self.number() } else { None };
        let (z, m) = if dimensions.m && !dimensions.z { (None, third) } else { (third, fourth) };
        builder.coord(xy, z, m);
        Some(())
    }

    fn number(&mut self) -> Option<f64> {
        let text = self.rest.trim_start();
        let end = text.find([' ', ',', ')', '(', '\t', '\n', '\r']).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let value: f64 = number.parse().ok().filter(|value: &f64| value.is_finite())?;
        self.rest = rest;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read() {
        let mut builder = GeometryBuilder::new();
        let texts = [
            "POINT(1 2)",
            "point z (1 2 3)",
            "POINTM(1 2 4)",
            "POINT EMPTY",
            "LINESTRING (0 0, 1 1, 2 0)",
            "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
            "MULTIPOINT ((1 1), (2 2))",
            "MULTIPOINT (1 1, 2 2)",
            "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
            "SRID=31370;MULTIPOLYGON(((0 0,1 0,1 1,0 0)))",
            "GEOMETRYCOLLECTION (POINT (1 1), GEOMETRYCOLLECTION (LINESTRING (0 0, 1 1)))",
        ];
        for text in texts {
            assert!(looks_like(text), "{text}");
            assert!(read(text, &mut builder), "{text}");
        }
        for bad in
            ["", "POINT", "POINT(1)", "POINT(1 2", "POINT(1 2) x", "POINT(a b)", "CIRCLE(1 2)"]
        {
            assert!(!read(bad, &mut builder), "{bad}");
        }
        assert!(!looks_like("Point of no return") && !looks_like("Polygonstraat"));
        assert_eq!(srid(texts[9]).0, Some(31370));
        let column = builder.finish().unwrap_or_default();
        assert_eq!(column.len(), texts.len() + 7);
        assert_eq!(
            column.row(1).parts().next().map(|p| p.first_ring().z().to_vec()),
            Some(vec![3.0])
        );
        assert_eq!(
            column.row(2).parts().next().map(|p| p.first_ring().m().to_vec()),
            Some(vec![4.0])
        );
        assert!(column.row(3).is_empty());
        assert_eq!(column.row(5).parts().next().map(|part| part.rings().len()), Some(2));
        assert_eq!(column.row(6).xy(), column.row(7).xy());
        assert_eq!(column.row(10).members().count(), 2);
    }

    #[test]
    fn nesting_without_end_is_no_geometry() {
        let mut builder = GeometryBuilder::new();
        assert!(!read(&"GEOMETRYCOLLECTION(".repeat(100_000), &mut builder));
    }
}
