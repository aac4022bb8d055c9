//! Writes .shp and .shx.

use super::rings::doubled_area;
use super::shp::MAGIC;
use super::write_plan::FilePlan;
use crate::formats::AtomicFile;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{GeometryColumn, PartKind, PartRef, RingRef};

/// What stands for "no measure": anything below −1e38.
const NO_MEASURE: f64 = -1e39;

/// The bytes of all records with their headers.
pub(super) fn body_length(plan: &FilePlan, geometry: &GeometryColumn) -> u64 {
    let rows = plan.rows.iter();
    rows.map(|row| 8 + content_length(plan, &plan.parts(geometry.row(*row)))).sum()
}

/// The bytes of one shape.
fn content_length(plan: &FilePlan, parts: &[PartRef<'_>]) -> u64 {
    if parts.is_empty() {
        return 4;
    }
    if plan.kind == Some(PartKind::Point) && !plan.multi {
        return match (plan.z, plan.m) {
            (true, _) => 36,
            (false, true) => 28,
            (false, false) => 20,
        };
    }
    let rings = || parts.iter().flat_map(PartRef::rings);
    let positions: u64 = rings().map(|ring| positions(plan, ring)).sum();
    let starts =
        if plan.kind == Some(PartKind::Point) { 0 } else { 4 + 4 * rings().count() as u64 };
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

/// Writes all shapes.
pub(super) fn write(
    plan: &FilePlan,
    geometry: &GeometryColumn,
    shp: &mut AtomicFile,
    shx: &mut AtomicFile,
    watch: &Watch,
) -> Result<(), FileError> {
    shp.write_all(&header(plan, 100 + body_length(plan, geometry)))?;
    shx.write_all(&header(plan, 100 + 8 * plan.rows.len() as u64))?;
    let mut offset = 100;
    let mut shape = Vec::new();
    for (number, row) in (1_i32..).zip(&plan.rows) {
        if number % 4096 == 0 {
            watch.check().map_err(|_| FileError::cancelled(shp.target()))?;
        }
        watch.advance(1);
        shape.clear();
        let parts = plan.parts(geometry.row(*row));
        add_shape(plan, &parts, &mut shape);
        let length = words(shape.len() as u64).to_be_bytes();
        shp.write_all(&number.to_be_bytes())?;
        shp.write_all(&length)?;
        shp.write_all(&shape)?;
        shx.write_all(&words(offset).to_be_bytes())?;
        shx.write_all(&length)?;
        offset += 8 + shape.len() as u64;
    }
    Ok(())
}

/// The numbers of a shape in the order of the file.
#[derive(Default)]
struct Numbers {
    starts: Vec<usize>,
    xy: Vec<[f64; 2]>,
    z: Vec<f64>,
    m: Vec<f64>,
}

impl Numbers {
    fn of(plan: &FilePlan, parts: &[PartRef<'_>]) -> Numbers {
        let mut numbers = Numbers::default();
        for part in parts {
            for (at, ring) in part.rings().enumerate() {
                let mut order: Vec<usize> = (0..ring.xy().len()).collect();
                if plan.kind == Some(PartKind::Polygon) {
                    if ring.xy().first() != ring.xy().last() {
                        order.push(0);
                    }
                    // Outer rings run clockwise, holes the other way.
                    let area = doubled_area(ring.xy());
                    if (at == 0 && area > 0.0) || (at > 0 && area < 0.0) {
                        order.reverse();
                    }
                }
                numbers.starts.push(numbers.xy.len());
                for at in order {
                    numbers.xy.extend(ring.xy().get(at));
                    let z = ring.z().get(at).copied().filter(|z| !z.is_nan());
                    numbers.z.push(z.unwrap_or(0.0));
                    let m = ring.m().get(at).copied().filter(|m| !m.is_nan());
                    numbers.m.push(m.unwrap_or(NO_MEASURE));
                }
            }
        }
        numbers
    }
}

fn add_shape(plan: &FilePlan, parts: &[PartRef<'_>], out: &mut Vec<u8>) {
    if parts.is_empty() {
        out.extend(0_i32.to_le_bytes());
        return;
    }
    out.extend(plan.shape_type().to_le_bytes());
    let numbers = Numbers::of(plan, parts);
    let mut doubles = |values: &mut dyn Iterator<Item = f64>| {
        out.extend(values.flat_map(f64::to_le_bytes));
    };
    if plan.kind == Some(PartKind::Point) && !plan.multi {
        doubles(&mut numbers.xy.iter().flatten().take(2).copied());
        if plan.z {
            doubles(&mut numbers.z.iter().take(1).copied());
        }
        if plan.z || plan.m {
            doubles(&mut numbers.m.iter().take(1).copied());
        }
        return;
    }
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for [x, y] in &numbers.xy {
        low = [low[0].min(*x), low[1].min(*y)];
        high = [high[0].max(*x), high[1].max(*y)];
    }
    doubles(&mut low.into_iter().chain(high));
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX).to_le_bytes();
    if plan.kind == Some(PartKind::Point) {
        out.extend(count(numbers.xy.len()));
    } else {
        out.extend(count(numbers.starts.len()));
        out.extend(count(numbers.xy.len()));
        out.extend(numbers.starts.iter().flat_map(|start| count(*start)));
    }
    out.extend(numbers.xy.iter().flatten().flat_map(|number| number.to_le_bytes()));
    for (there, values) in [(plan.z, &numbers.z), (plan.m, &numbers.m)] {
        if !there {
            continue;
        }
        let real = || values.iter().copied().filter(|value| *value > NO_MEASURE);
        let low = real().reduce(f64::min).unwrap_or(NO_MEASURE);
        let high = real().reduce(f64::max).unwrap_or(NO_MEASURE);
        out.extend([low, high].iter().chain(values).flat_map(|number| number.to_le_bytes()));
    }
}
