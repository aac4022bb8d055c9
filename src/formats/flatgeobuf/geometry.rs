//! The geometry of a feature, into the geometry column.
//!
//! What every city has goes straight into the column. The rest (curves, surfaces of faces,
//! collections) goes through well-known binary, whose reader knows what they become.

use std::ops::Range;

use flatgeobuf::GeometryType;

use super::flat::{Astray, Table};
use crate::formats::wkb::{self, Oddities, WkbError};
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// How deep geometries may be nested.
const DEPTH: usize = 16;

/// The fields of a geometry, by their numbers.
const ENDS: usize = 0;
const XY: usize = 1;
const Z: usize = 2;
const M: usize = 3;
const T: usize = 4;
const TM: usize = 5;
const TYPE: usize = 6;
const PARTS: usize = 7;

/// Why a geometry could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bad {
    /// It leads out of its bytes, or contradicts itself.
    Damaged,
    /// There is no such type.
    Unknown,
}

impl From<Astray> for Bad {
    fn from(_: Astray) -> Bad {
        Bad::Damaged
    }
}

/// Whether positions carry times, which the program does not keep.
pub(super) fn has_times(geometry: &Table<'_>) -> bool {
    [T, TM].into_iter().any(|field| geometry.list::<8>(field).is_ok_and(|list| !list.is_empty()))
}

/// The positions of a geometry, with what each carries.
struct Positions<'a> {
    xy: &'a [[[u8; 8]; 2]],
    z: &'a [[u8; 8]],
    m: &'a [[u8; 8]],
}

impl<'a> Positions<'a> {
    /// Fails where x has no y. Heights and measures that are not as many as the positions are not
    /// theirs.
    fn of(geometry: &Table<'a>) -> Result<Positions<'a>, Bad> {
        let (xy, rest) = geometry.list::<8>(XY)?.as_chunks::<2>();
        let all = |field| {
            let values = geometry.list(field)?;
            Ok::<_, Astray>(if values.len() == xy.len() { values } else { &[] })
        };
        let found = Positions { xy, z: all(Z)?, m: all(M)? };
        if rest.is_empty() { Ok(found) } else { Err(Bad::Damaged) }
    }

    fn len(&self) -> usize {
        self.xy.len()
    }

    fn get(&self, at: usize) -> ([f64; 2], Option<f64>, Option<f64>) {
        let number = |values: &[[u8; 8]]| values.get(at).map(|bytes| f64::from_le_bytes(*bytes));
        (self.xy.get(at).map_or([f64::NAN; 2], pair), number(self.z), number(self.m))
    }

    /// Adds some of the positions to the ring begun.
    #[inline]
    fn add(&self, range: Range<usize>, builder: &mut GeometryBuilder) {
        if self.z.is_empty() && self.m.is_empty() {
            let xy = self.xy.get(range).unwrap_or_default();
            return xy.iter().for_each(|xy| builder.coord(pair(xy), None, None));
        }
        for at in range {
            let (xy, z, m) = self.get(at);
            builder.coord(xy, z, m);
        }
    }

    fn add_ring(&self, range: Range<usize>, builder: &mut GeometryBuilder) {
        builder.begin_ring();
        self.add(range, builder);
    }
}

#[inline]
fn pair([x, y]: &[[u8; 8]; 2]) -> [f64; 2] {
    [f64::from_le_bytes(*x), f64::from_le_bytes(*y)]
}

/// Where each ring of a geometry is among its positions; one ring of all where none is told.
fn rings(geometry: &Table<'_>, positions: usize) -> Result<Vec<Range<usize>>, Bad> {
    let ends = geometry.list::<4>(ENDS)?;
    if ends.is_empty() {
        let one = std::iter::once(0..positions);
        return Ok(one.filter(|ring| !ring.is_empty()).collect());
    }
    let mut start = 0;
    let ring = |end: &[u8; 4]| {
        let end = u32::from_le_bytes(*end) as usize;
        if !(start..=positions).contains(&end) {
            return Err(Bad::Damaged);
        }
        Ok(std::mem::replace(&mut start, end)..end)
    };
    ends.iter().map(ring).collect()
}

/// Adds a row. On an error the row is null.
///
/// # Errors
/// When the geometry contradicts itself or is of no known type.
pub(super) fn read(
    geometry: &Table<'_>,
    of_file: GeometryType,
    builder: &mut GeometryBuilder,
    scratch: &mut Vec<u8>,
) -> Result<Oddities, WkbError> {
    let kind = match of_file {
        GeometryType::Unknown => GeometryType(geometry.byte(TYPE).unwrap_or_default()),
        told => told,
    };
    if kind == GeometryType::Point
        && let Ok(Positions { xy: [xy], z: [], m: [] }) = Positions::of(geometry)
        && let [x, y] = pair(xy)
        && !x.is_nan()
    {
        builder.push_point([x, y]);
        return Ok(Oddities::default());
    }
    let simple = match kind {
        GeometryType::Point => GeometryKind::Point,
        GeometryType::LineString => GeometryKind::LineString,
        GeometryType::Polygon => GeometryKind::Polygon,
        GeometryType::MultiPoint => GeometryKind::MultiPoint,
        GeometryType::MultiLineString => GeometryKind::MultiLineString,
        GeometryType::MultiPolygon => GeometryKind::MultiPolygon,
        _ => return read_odd(geometry, kind, builder, scratch),
    };
    builder.begin_row(simple);
    if read_parts(geometry, simple, builder).is_ok() {
        builder.end_row();
        return Ok(Oddities::default());
    }
    builder.cancel_row();
    builder.push_null();
    Err(WkbError::CutShort)
}

fn read_parts(
    geometry: &Table<'_>,
    kind: GeometryKind,
    builder: &mut GeometryBuilder,
) -> Result<(), Bad> {
    let positions = Positions::of(geometry)?;
    match kind {
        GeometryKind::Point | GeometryKind::MultiPoint => {
            let wanted = if kind == GeometryKind::Point { 1 } else { usize::MAX };
            for at in 0..positions.len().min(wanted) {
                // A point of NaN is an empty one.
                if !positions.get(at).0[0].is_nan() {
                    builder.begin_part(PartKind::Point);
                    positions.add_ring(at..at + 1, builder);
                }
            }
        }
        GeometryKind::LineString => {
            if positions.len() > 0 {
                builder.begin_part(PartKind::Line);
                positions.add_ring(0..positions.len(), builder);
            }
        }
        GeometryKind::MultiLineString => {
            for ring in rings(geometry, positions.len())? {
                builder.begin_part(PartKind::Line);
                positions.add_ring(ring, builder);
            }
        }
        GeometryKind::Polygon => add_polygon(geometry, &positions, builder)?,
        _ => {
            let parts = geometry.tables(PARTS)?;
            if parts.len() == 0 {
                return add_polygon(geometry, &positions, builder);
            }
            // Parts that are the same bytes again and again are no parts.
            let mut left = geometry.length();
            for part in parts {
                let part = part?;
                let positions = Positions::of(&part)?;
                left = left.checked_sub(positions.len()).ok_or(Bad::Damaged)?;
                add_polygon(&part, &positions, builder)?;
            }
        }
    }
    Ok(())
}

fn add_polygon(
    geometry: &Table<'_>,
    positions: &Positions<'_>,
    builder: &mut GeometryBuilder,
) -> Result<(), Bad> {
    for (at, ring) in rings(geometry, positions.len())?.into_iter().enumerate() {
        if at == 0 {
            builder.begin_part(PartKind::Polygon);
        }
        positions.add_ring(ring, builder);
    }
    Ok(())
}

/// Reads what is no plain geometry by way of well-known binary.
fn read_odd(
    geometry: &Table<'_>,
    kind: GeometryType,
    builder: &mut GeometryBuilder,
    scratch: &mut Vec<u8>,
) -> Result<Oddities, WkbError> {
    scratch.clear();
    let mut writer = Wkb { bytes: scratch, most: geometry.length().saturating_mul(2) };
    match writer.add(geometry, kind, 0) {
        Ok(()) => wkb::read(scratch, builder),
        Err(bad) => {
            builder.push_null();
            Err(if bad == Bad::Unknown { WkbError::Unknown } else { WkbError::CutShort })
        }
    }
}

/// Makes well-known binary of a geometry of any type.
struct Wkb<'b> {
    bytes: &'b mut Vec<u8>,
    /// It does not become longer than this: parts that are the same bytes again and again are
    /// no parts.
    most: usize,
}

impl Wkb<'_> {
    fn head(&mut self, kind: GeometryType, z: bool, m: bool) {
        let code = u32::from(kind.0) + 1000 * u32::from(z) + 2000 * u32::from(m);
        self.bytes.push(1);
        self.bytes.extend(code.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        // There are fewer than bytes in the feature, which 32 bits count.
        self.bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn positions(&mut self, of: &Positions<'_>, range: Range<usize>) {
        for at in range {
            self.bytes.extend(of.xy.get(at).unwrap_or(&[[0; 8]; 2]).as_flattened());
            self.bytes.extend(of.z.get(at).into_iter().chain(of.m.get(at)).flatten());
        }
    }

    fn counted(&mut self, of: &Positions<'_>, range: Range<usize>) {
        self.count(range.len());
        self.positions(of, range);
    }

    fn add(&mut self, geometry: &Table<'_>, kind: GeometryType, depth: usize) -> Result<(), Bad> {
        if depth > DEPTH || self.bytes.len() > self.most {
            return Err(Bad::Damaged);
        }
        let positions = Positions::of(geometry)?;
        let all = 0..positions.len();
        let (z, m) = (!positions.z.is_empty(), !positions.m.is_empty());
        self.head(kind, z, m);
        match kind {
            GeometryType::Point if all.is_empty() => {
                self.bytes.extend([f64::NAN; 2].iter().flat_map(|number| number.to_le_bytes()));
            }
            GeometryType::Point => self.positions(&positions, 0..1),
            GeometryType::LineString | GeometryType::CircularString => {
                self.counted(&positions, all);
            }
            GeometryType::Polygon | GeometryType::Triangle => {
                let rings = rings(geometry, all.len())?;
                self.count(rings.len());
                rings.into_iter().for_each(|ring| self.counted(&positions, ring));
            }
            GeometryType::MultiPoint => {
                self.count(all.len());
                for at in all {
                    self.head(GeometryType::Point, z, m);
                    self.positions(&positions, at..at + 1);
                }
            }
            GeometryType::MultiLineString => {
                let rings = rings(geometry, all.len())?;
                self.count(rings.len());
                for ring in rings {
                    self.head(GeometryType::LineString, z, m);
                    self.counted(&positions, ring);
                }
            }
            // Each ring is a triangle.
            GeometryType::TIN if !all.is_empty() => {
                let rings = rings(geometry, all.len())?;
                self.count(rings.len());
                for ring in rings {
                    self.head(GeometryType::Triangle, z, m);
                    self.count(1);
                    self.counted(&positions, ring);
                }
            }
            GeometryType::MultiPolygon
            | GeometryType::GeometryCollection
            | GeometryType::CompoundCurve
            | GeometryType::CurvePolygon
            | GeometryType::MultiCurve
            | GeometryType::MultiSurface
            | GeometryType::PolyhedralSurface
            | GeometryType::TIN => {
                let parts = geometry.tables(PARTS)?;
                self.count(parts.len());
                for part in parts {
                    let part = part?;
                    let kind = match GeometryType(part.byte(TYPE)?) {
                        GeometryType::Unknown => usual_part(kind),
                        told => told,
                    };
                    self.add(&part, kind, depth + 1)?;
                }
            }
            _ => return Err(Bad::Unknown),
        }
        Ok(())
    }
}

/// What the parts of a type are where they do not say.
fn usual_part(of: GeometryType) -> GeometryType {
    match of {
        GeometryType::CompoundCurve | GeometryType::CurvePolygon | GeometryType::MultiCurve => {
            GeometryType::LineString
        }
        GeometryType::TIN => GeometryType::Triangle,
        _ => GeometryType::Polygon,
    }
}
