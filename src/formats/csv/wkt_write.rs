//! A row of the geometry column as well-known text.

use crate::table::{GeometryKind, GeometryRef, PartKind, PartRef, RingRef};

/// The text of a geometry; empty for none, and for one with positions that are no numbers.
pub(super) fn text_of(geometry: GeometryRef<'_>) -> String {
    let mut text = String::new();
    let finite = geometry.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite());
    if geometry.kind() == GeometryKind::Null || !finite {
        return text;
    }
    let writer = Writer::of(geometry);
    if geometry.kind() == GeometryKind::GeometryCollection {
        writer.tag(&mut text, geometry.kind());
        let members: Vec<_> = geometry.members().collect();
        list(&mut text, members.into_iter(), |text, (kind, parts)| {
            writer.simple(text, kind, parts);
        });
    } else {
        writer.simple(&mut text, geometry.kind(), geometry.parts());
    }
    text
}

/// The dimensions of the row as a whole: a position of it that lacks one gets 0, as the form
/// wants the same for all.
#[derive(Clone, Copy)]
struct Writer {
    z: bool,
    m: bool,
}

impl Writer {
    fn of(geometry: GeometryRef<'_>) -> Writer {
        let any = |of: fn(&RingRef<'_>) -> bool| {
            geometry.parts().any(|part| part.rings().any(|ring| of(&ring)))
        };
        Writer {
            z: any(|ring| ring.z().iter().any(|z| z.is_finite())),
            m: any(|ring| ring.m().iter().any(|m| m.is_finite())),
        }
    }

    fn tag(self, text: &mut String, kind: GeometryKind) {
        text.push_str(&kind.name().to_ascii_uppercase());
        text.push_str(match (self.z, self.m) {
            (false, false) => " ",
            (true, false) => " Z ",
            (false, true) => " M ",
            (true, true) => " ZM ",
        });
    }

    fn simple<'a>(
        self,
        text: &mut String,
        kind: GeometryKind,
        mut parts: impl ExactSizeIterator<Item = PartRef<'a>>,
    ) {
        self.tag(text, kind);
        if kind.is_multi() {
            list(text, parts, |text, part| self.part(text, part));
        } else {
            match parts.next() {
                Some(part) => self.part(text, part),
                None => text.push_str("EMPTY"),
            }
        }
    }

    fn part(self, text: &mut String, part: PartRef<'_>) {
        match part.kind() {
            PartKind::Point | PartKind::Line => self.ring(text, part.first_ring()),
            PartKind::Polygon => list(text, part.rings(), |text, ring| self.ring(text, ring)),
        }
    }

    fn ring(self, text: &mut String, ring: RingRef<'_>) {
        list(text, ring.xy().iter().enumerate(), |text, (at, [x, y])| {
            text.push_str(&format!("{x} {y}"));
            let of =
                |values: &[f64]| values.get(at).copied().filter(|v| v.is_finite()).unwrap_or(0.0);
            if self.z {
                text.push_str(&format!(" {}", of(ring.z())));
            }
            if self.m {
                text.push_str(&format!(" {}", of(ring.m())));
            }
        });
    }
}

fn list<T>(
    text: &mut String,
    items: impl Iterator<Item = T>,
    mut push: impl FnMut(&mut String, T),
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        text.push_str("EMPTY");
        return;
    }
    for (at, item) in items.enumerate() {
        text.push_str(if at == 0 { "(" } else { ", " });
        push(text, item);
    }
    text.push(')');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::csv::wkt::read;
    use crate::table::GeometryBuilder;

    #[test]
    fn what_is_written_reads_as_the_same() {
        let texts = [
            "POINT (1.5 -2)",
            "POINT Z (1 2 3)",
            "POINT EMPTY",
            "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
            "MULTIPOINT M ((1 1 5), (2 2 6))",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
            "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))",
        ];
        let mut builder = GeometryBuilder::new();
        texts.iter().for_each(|text| assert!(read(text, &mut builder)));
        let column = builder.finish().unwrap_or_default();
        let written: Vec<_> = column.iter().map(text_of).collect();
        assert_eq!(written, texts);
    }
}
