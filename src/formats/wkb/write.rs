//! The geometry column as well-known binary: little-endian, with ISO's numbers of types.

use crate::table::{GeometryKind, GeometryRef, PartKind, PartRef, RingRef};

/// Which of height and measure the positions have.
#[derive(Clone, Copy)]
struct Dimensions {
    z: bool,
    m: bool,
}

/// Adds a row's geometry to the bytes; nothing for a row without geometry. Where some positions
/// of a row have a height and others have none, those are written as NaN.
pub(in crate::formats) fn write(row: GeometryRef<'_>, bytes: &mut Vec<u8>) {
    let kind = row.kind();
    let known = |values: &[f64]| values.iter().any(|value| !value.is_nan());
    let mut dimensions = Dimensions { z: false, m: false };
    for ring in row.parts().flat_map(|part| part.rings()) {
        dimensions.z |= known(ring.z());
        dimensions.m |= known(ring.m());
    }
    match kind {
        GeometryKind::Null => {}
        GeometryKind::GeometryCollection => {
            head(code(kind), dimensions, bytes);
            count(row.members().count(), bytes);
            for (kind, parts) in row.members() {
                geometry(kind, parts, dimensions, bytes);
            }
        }
        _ => geometry(kind, row.parts(), dimensions, bytes),
    }
}

fn geometry<'a>(
    kind: GeometryKind,
    mut parts: impl ExactSizeIterator<Item = PartRef<'a>>,
    dimensions: Dimensions,
    bytes: &mut Vec<u8>,
) {
    if kind.is_multi() {
        head(code(kind), dimensions, bytes);
        count(parts.len(), bytes);
        for part in parts {
            let single = match part.kind() {
                PartKind::Point => GeometryKind::Point,
                PartKind::Line => GeometryKind::LineString,
                PartKind::Polygon => GeometryKind::Polygon,
            };
            head(code(single), dimensions, bytes);
            body(part, dimensions, bytes);
        }
        return;
    }
    head(code(kind), dimensions, bytes);
    match (parts.next(), kind) {
        (Some(part), _) => body(part, dimensions, bytes),
        (None, GeometryKind::Point) => nothing(dimensions, bytes),
        (None, _) => count(0, bytes),
    }
}

fn body(part: PartRef<'_>, dimensions: Dimensions, bytes: &mut Vec<u8>) {
    match part.kind() {
        PartKind::Point if part.first_ring().xy().is_empty() => nothing(dimensions, bytes),
        PartKind::Point => positions(part.first_ring(), dimensions, bytes),
        PartKind::Line => {
            count(part.first_ring().xy().len(), bytes);
            positions(part.first_ring(), dimensions, bytes);
        }
        PartKind::Polygon => {
            count(part.rings().len(), bytes);
            part.rings().for_each(|each| ring(each, dimensions, bytes));
        }
    }
}

/// A ring of a polygon, which is always closed.
fn ring(ring: RingRef<'_>, dimensions: Dimensions, bytes: &mut Vec<u8>) {
    let is_open = ring.xy().first() != ring.xy().last();
    count(ring.xy().len() + usize::from(is_open), bytes);
    positions(ring, dimensions, bytes);
    if is_open {
        position(ring, 0, dimensions, bytes);
    }
}

fn positions(ring: RingRef<'_>, dimensions: Dimensions, bytes: &mut Vec<u8>) {
    (0..ring.xy().len()).for_each(|at| position(ring, at, dimensions, bytes));
}

#[inline]
fn position(ring: RingRef<'_>, at: usize, dimensions: Dimensions, bytes: &mut Vec<u8>) {
    let Some(xy) = ring.xy().get(at) else { return };
    xy.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    for (has, values) in [(dimensions.z, ring.z()), (dimensions.m, ring.m())] {
        if has {
            bytes.extend(values.get(at).copied().unwrap_or(f64::NAN).to_le_bytes());
        }
    }
}

/// An empty point.
fn nothing(dimensions: Dimensions, bytes: &mut Vec<u8>) {
    let numbers = 2 + usize::from(dimensions.z) + usize::from(dimensions.m);
    (0..numbers).for_each(|_| bytes.extend(f64::NAN.to_le_bytes()));
}

fn head(code: u32, dimensions: Dimensions, bytes: &mut Vec<u8>) {
    let code = code + 1000 * u32::from(dimensions.z) + 2000 * u32::from(dimensions.m);
    bytes.push(1);
    bytes.extend(code.to_le_bytes());
}

fn count(count: usize, bytes: &mut Vec<u8>) {
    // The column itself counts in 32 bits.
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn code(kind: GeometryKind) -> u32 {
    match kind {
        GeometryKind::Null => 0,
        GeometryKind::Point => 1,
        GeometryKind::LineString => 2,
        GeometryKind::Polygon => 3,
        GeometryKind::MultiPoint => 4,
        GeometryKind::MultiLineString => 5,
        GeometryKind::MultiPolygon => 6,
        GeometryKind::GeometryCollection => 7,
    }
}
