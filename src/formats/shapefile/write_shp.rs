//! Writes .shp and .shx.

use super::rings::doubled_area;
use super::shp::MAGIC;
use super::write_plan::FilePlan;
use crate::formats::AtomicFile;
use crate::formats::pieces::{count_rows, each_run};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{GeometryColumn, GeometryRef, PartKind, RingRef};

/// What stands for "no measure": anything below −1e38.
const NO_MEASURE: f64 = -1e39;

/// The bytes of all records with their headers.
pub(super) fn body_length(plan: &FilePlan, geometry: &GeometryColumn) -> u64 {
    count_rows(plan.rows.len(), |at| {
        let row = plan.rows.get(at).copied().unwrap_or(usize::MAX);
        8 + content_length(plan, geometry.row(row))
    })
}

/// The bytes of one shape.
fn content_length(plan: &FilePlan, row: GeometryRef<'_>) -> u64 {
    if plan.parts(row).next().is_none() {
        return 4;
    }
    if plan.kind == Some(PartKind::Point) && !plan.multi {
        return match (plan.z, plan.m) {
            (true, _) => 36,
            (false, true) => 28,
            (false, false) => 20,
        };
    }
    let counts = plan.rings(row).map(|(_, ring)| (1, positions(plan, ring)));
    let (rings, positions) = counts.fold((0, 0), |sum: (u64, u64), n| (sum.0 + n.0, sum.1 + n.1));
    let starts = if plan.kind == Some(PartKind::Point) { 0 } else { 4 + 4 * rings };
    let block = |there: bool| if there { 16 + 8 * positions } else { 0 };
    4 + 32 + starts + 4 + 16 * positions + block(plan.z) + block(plan.m)
}

/// The positions a ring is written with: polygons' rings are closed.
fn positions(plan: &FilePlan, ring: RingRef<'_>) -> u64 {
    let xy = ring.xy();
    let open = plan.kind == Some(PartKind::Polygon) && xy.first() != xy.last();
    xy.len() as u64 + u64::from(open)
}

/// The header that both files have.
fn header(plan: &FilePlan, length: u64) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.resize(24, 0);
    bytes.extend(words(length).to_be_bytes());
    bytes.extend(1000_i32.to_le_bytes());
    bytes.extend(plan.shape_type().to_le_bytes());
    let extent = plan.extent.map_or([0.0; 4], |extent| extent.as_array());
    let ranges = plan.z_range.iter().chain(&plan.m_range);
    bytes.extend(extent.iter().chain(ranges).flat_map(|number| number.to_le_bytes()));
    bytes
}

/// A length in the format's unit of two bytes. Lengths were held against 2 GB before.
fn words(bytes: u64) -> i32 {
    i32::try_from(bytes / 2).unwrap_or(i32::MAX)
}

/// Writes all shapes, `length` bytes of records.
pub(super) fn write(
    plan: &FilePlan,
    geometry: &GeometryColumn,
    length: u64,
    shp: &mut AtomicFile,
    shx: &mut AtomicFile,
    watch: &Watch,
) -> Result<(), FileError> {
    shp.write_all(&header(plan, 100 + length))?;
    shx.write_all(&header(plan, 100 + 8 * plan.rows.len() as u64))?;
    let target = shp.target().to_owned();
    let make = |run: std::ops::Range<usize>| {
        watch.check().map_err(|_| FileError::cancelled(&target))?;
        let mut bytes = Vec::new();
        let mut ends = Vec::with_capacity(run.len());
        let first = i32::try_from(run.start).unwrap_or(i32::MAX);
        let rows = plan.rows.get(run).unwrap_or_default();
        for (number, row) in (first.saturating_add(1)..).zip(rows) {
            add_record(plan, number, geometry.row(*row), &mut bytes);
            ends.push(bytes.len() as u64);
        }
        Ok((bytes, ends))
    };
    let mut offset = 100;
    each_run(plan.rows.len(), make, |(bytes, ends)| {
        let mut index = Vec::with_capacity(8 * ends.len());
        let mut start = 0;
        for end in &ends {
            index.extend(words(offset + start).to_be_bytes());
            index.extend(words(end - start - 8).to_be_bytes());
            start = *end;
        }
        offset += start;
        watch.advance(ends.len() as u64);
        shp.write_all(&bytes)?;
        shx.write_all(&index)
    })
}

fn add_record(plan: &FilePlan, number: i32, row: GeometryRef<'_>, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend(number.to_be_bytes());
    out.extend([0; 4]);
    add_shape(plan, row, out);
    let length = words((out.len() - start - 8) as u64).to_be_bytes();
    if let Some(place) = out.get_mut(start + 4..start + 8) {
        place.copy_from_slice(&length);
    }
}

/// The positions of a ring in the order of the file: closed, outer rings of polygons clockwise,
/// holes the other way.
fn order(plan: &FilePlan, is_hole: bool, ring: RingRef<'_>) -> impl Iterator<Item = usize> {
    let length = ring.xy().len();
    let count = usize::try_from(positions(plan, ring)).unwrap_or(length);
    let turned = plan.kind == Some(PartKind::Polygon) && {
        let area = doubled_area(ring.xy());
        if is_hole { area < 0.0 } else { area > 0.0 }
    };
    (0..count).map(move |at| {
        let at = if turned { count - 1 - at } else { at };
        if at == length { 0 } else { at }
    })
}

fn add_shape(plan: &FilePlan, row: GeometryRef<'_>, out: &mut Vec<u8>) {
    if plan.parts(row).next().is_none() {
        return out.extend(0_i32.to_le_bytes());
    }
    out.extend(plan.shape_type().to_le_bytes());
    let rings = || plan.rings(row);
    if plan.kind == Some(PartKind::Point) && !plan.multi {
        let Some((_, ring)) = rings().next() else { return };
        let mut doubles = |values: &[f64]| out.extend(values.iter().flat_map(|v| v.to_le_bytes()));
        doubles(ring.xy().first().map_or(&[], |xy| xy));
        if plan.z {
            doubles(&[height(ring, 0)]);
        }
        if plan.z || plan.m {
            doubles(&[measure(ring, 0)]);
        }
        return;
    }
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    let (mut parts, mut total) = (0, 0);
    for (_, ring) in rings() {
        parts += 1;
        total += positions(plan, ring);
        for [x, y] in ring.xy() {
            low = [low[0].min(*x), low[1].min(*y)];
            high = [high[0].max(*x), high[1].max(*y)];
        }
    }
    out.extend(low.iter().chain(&high).flat_map(|number| number.to_le_bytes()));
    let count = |number: u64| i32::try_from(number).unwrap_or(i32::MAX).to_le_bytes();
    if plan.kind == Some(PartKind::Point) {
        out.extend(count(total));
    } else {
        out.extend(count(parts));
        out.extend(count(total));
        let mut start = 0;
        for (_, ring) in rings() {
            out.extend(count(start));
            start += positions(plan, ring);
        }
    }
    for (is_hole, ring) in rings() {
        for [x, y] in order(plan, is_hole, ring).filter_map(|at| ring.xy().get(at)) {
            out.extend(x.to_le_bytes());
            out.extend(y.to_le_bytes());
        }
    }
    let optional: [(bool, fn(RingRef<'_>, usize) -> f64); 2] =
        [(plan.z, height), (plan.m, measure)];
    for (_, of) in optional.into_iter().filter(|(there, _)| *there) {
        let values = || {
            rings()
                .flat_map(|(is_hole, ring)| order(plan, is_hole, ring).map(move |at| of(ring, at)))
        };
        let real = || values().filter(|value| *value > NO_MEASURE);
        let low = real().reduce(f64::min).unwrap_or(NO_MEASURE);
        let high = real().reduce(f64::max).unwrap_or(NO_MEASURE);
        out.extend([low, high].into_iter().chain(values()).flat_map(f64::to_le_bytes));
    }
}

/// The height of a position; 0 where it has none.
fn height(ring: RingRef<'_>, at: usize) -> f64 {
    ring.z().get(at).copied().filter(|z| !z.is_nan()).unwrap_or(0.0)
}

/// The measure of a position, or what stands for none.
fn measure(ring: RingRef<'_>, at: usize) -> f64 {
    ring.m().get(at).copied().filter(|m| !m.is_nan()).unwrap_or(NO_MEASURE)
}
