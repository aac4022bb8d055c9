//! A row of the geometry column as well-known text.

use crate::formats::digits::push_plain;
use crate::table::{GeometryKind, GeometryRef, PartKind, PartRef, RingRef};

/// Adds the text of a geometry; nothing for none, and for one with positions that are no numbers.
pub(in crate::formats) fn push_text(text: &mut Vec<u8>, geometry: GeometryRef<'_>) {
    let finite = geometry.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite());
    if geometry.kind() == GeometryKind::Null || !finite {
        return;
    }
    let writer = Writer::of(geometry);
    if geometry.kind() == GeometryKind::GeometryCollection {
        writer.tag(text, geometry.kind());
        let members: Vec<_> = geometry.members().collect();
        list(text, members.into_iter(), |text, (kind, parts)| {
            writer.simple(text, kind, parts);
        });
    } else {
        writer.simple(text, geometry.kind(), geometry.parts());
    }
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

    fn tag(self, text: &mut Vec<u8>, kind: GeometryKind) {
        text.extend(kind.name().bytes().map(|letter| letter.to_ascii_uppercase()));
        text.extend_from_slice(match (self.z, self.m) {
            (false, false) => b" ",
            (true, false) => b" Z ",
            (false, true) => b" M ",
            (true, true) => b" ZM ",
        });
    }

    fn simple<'a>(
        self,
        text: &mut Vec<u8>,
        kind: GeometryKind,
        mut parts: impl ExactSizeIterator<Item = PartRef<'a>>,
    ) {
        self.tag(text, kind);
        if kind.is_multi() {
            list(text, parts, |text, part| self.part(text, part));
        } else {
            match parts.next() {
                Some(part) => self.part(text, part),
                None => text.extend_from_slice(b"EMPTY"),
            }
        }
    }

    fn part(self, text: &mut Vec<u8>, part: PartRef<'_>) {
        match part.kind() {
            PartKind::Point | PartKind::Line => self.ring(text, part.first_ring()),
            PartKind::Polygon => list(text, part.rings(), |text, ring| self.ring(text, ring)),
        }
    }

    fn ring(self, text: &mut Vec<u8>, ring: RingRef<'_>) {
        list(text, ring.xy().iter().enumerate(), |text, (at, [x, y])| {
            push_plain(text, *x);
            text.push(b' ');
            push_plain(text, *y);
            let of =
                |values: &[f64]| values.get(at).copied().filter(|v| v.is_finite()).unwrap_or(0.0);
            if self.z {
                text.push(b' ');
                push_plain(text, of(ring.z()));
            }
            if self.m {
                text.push(b' ');
                push_plain(text, of(ring.m()));
            }
        });
    }
}

fn list<T>(
    text: &mut Vec<u8>,
    items: impl Iterator<Item = T>,
    mut push: impl FnMut(&mut Vec<u8>, T),
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        text.extend_from_slice(b"EMPTY");
        return;
    }
    for (at, item) in items.enumerate() {
        text.extend_from_slice(if at == 0 { b"(" } else { b", " });
        push(text, item);
    }
    text.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::wkt::read;
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
        let text_of = |row| {
            let mut text = Vec::new();
            push_text(&mut text, row);
            String::from_utf8(text).unwrap_or_default()
        };
        let written: Vec<_> = column.iter().map(text_of).collect();
        assert_eq!(written, texts);
    }
}
