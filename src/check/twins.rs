//! Features like another one: the same geometry, perhaps the same attributes too.
//!
//! Geometries are the same when they have the same parts, in any order; a ring may start anywhere
//! and turn either way, a line may run either way, and positions that repeat the one before do not
//! count. Heights and measures belong to the attributes.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::kind::Kind;
use super::report::{Finding, With};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::plane::exact::{Position, is_place};
use crate::table::{GeometryRef, PartKind, PartRef, Table, Value};

/// Rows of a piece of parallel work.
const PIECE: usize = 16_384;

/// A number for each row that rows of the same geometry share; none without geometry.
///
/// # Errors
/// When the person cancelled.
pub(super) fn marks(table: &Table, watch: &Watch) -> Result<Vec<Option<u64>>, Cancelled> {
    let Some(geometry) = table.geometry.as_deref() else { return Ok(Vec::new()) };
    let pieces = (0..geometry.len()).step_by(PIECE);
    let marks = in_parallel(pieces, |start| {
        watch.check()?;
        let rows = start..(start + PIECE).min(geometry.len());
        watch.advance(rows.len() as u64);
        Ok(rows.map(|row| mark(geometry.row(row))).collect::<Vec<_>>())
    });
    Ok(marks.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

/// The same for the same geometry, whatever the order of its parts and positions.
fn mark(geometry: GeometryRef<'_>) -> Option<u64> {
    if !geometry.xy().iter().all(|position| is_place(*position)) {
        return None;
    }
    let parts = geometry.parts().filter(|part| !part.first_ring().xy().is_empty());
    let marks = parts.map(|part| {
        let rings = part.rings().map(|ring| {
            let positions = distinct(ring.xy(), part.kind());
            mix(positions.fold(0, |sum: u64, [x, y]| {
                sum.wrapping_add(mix(bits(x) ^ mix(bits(y)).rotate_left(17)))
            }))
        });
        mix(rings.fold(part.kind() as u64, u64::wrapping_add))
    });
    let (count, sum) = marks.fold((0_u64, 0_u64), |(n, sum), mark| (n + 1, sum.wrapping_add(mark)));
    (count > 0).then_some(sum)
}

/// The positions of a ring that do not repeat the one before; without the last one of a polygon's
/// ring, which is the first again.
fn distinct(xy: &[Position], kind: PartKind) -> impl Iterator<Item = Position> + Clone + '_ {
    let same = |a: &Position, b: &Position| bits(a[0]) == bits(b[0]) && bits(a[1]) == bits(b[1]);
    let mut end = xy.len();
    if kind == PartKind::Polygon
        && let Some(first) = xy.first()
    {
        while end > 1 && xy.get(end - 1).is_some_and(|last| same(last, first)) {
            end -= 1;
        }
    }
    let xy = xy.get(..end).unwrap_or_default();
    let repeats = move |at: usize, position: &Position| {
        at > 0 && xy.get(at - 1).is_some_and(|before| same(before, position))
    };
    let kept = xy.iter().enumerate().filter(move |(at, position)| !repeats(*at, position));
    kept.map(|(_, position)| *position)
}

/// -0 is 0.
fn bits(number: f64) -> u64 {
    (number + 0.0).to_bits()
}

/// Spreads the bits of a number (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014: the finalizer of SplitMix64).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The numbers of positions of one part, written in one way only.
fn written(part: PartRef<'_>) -> Vec<u64> {
    let mut rings: Vec<Vec<u64>> = part
        .rings()
        .enumerate()
        .map(|(at, ring)| {
            let positions: Vec<Position> = distinct(ring.xy(), part.kind()).collect();
            let is_ring = part.kind() == PartKind::Polygon;
            // Outer ring and holes may not change places.
            let mut all = vec![u64::from(at > 0), positions.len() as u64];
            all.extend(smallest(&positions, is_ring));
            all
        })
        .collect();
    rings.sort_unstable();
    let mut all = vec![part.kind() as u64, rings.len() as u64];
    all.extend(rings.into_iter().flatten());
    all
}

/// The positions from the start and in the direction that come first when compared.
fn smallest(positions: &[Position], is_ring: bool) -> Vec<u64> {
    let number = |at: usize| positions.get(at).map(|[x, y]| [bits(*x), bits(*y)]);
    let count = positions.len();
    let least = (0..count).filter_map(number).min();
    let starts = (0..count).filter(|at| is_ring && number(*at) == least);
    let along = |start: usize, back: bool| {
        (0..count).map(move |step| {
            let by = if back { count - step } else { step };
            (start + by) % count.max(1)
        })
    };
    let whole = |start: usize, back: bool| {
        along(start, back).filter_map(number).flatten().collect::<Vec<u64>>()
    };
    let rings = starts.flat_map(|start| [whole(start, false), whole(start, true)]);
    let backwards = || (0..count).rev().filter_map(number).flatten().collect();
    let best = rings.min();
    best.unwrap_or_else(|| whole(0, false).min(backwards()))
}

/// Finds features like another one; each is told with the first that it is like.
///
/// # Errors
/// When the person cancelled.
pub(super) fn twins(
    table: &Table,
    marks: &[Option<u64>],
    watch: &Watch,
) -> Result<Vec<Finding>, Cancelled> {
    let Some(geometry) = table.geometry.as_deref() else { return Ok(Vec::new()) };
    let mut marked: Vec<(u64, u32)> =
        marks.iter().zip(0_u32..).filter_map(|(mark, row)| mark.map(|mark| (mark, row))).collect();
    marked.sort_unstable();
    watch.check()?;
    let groups: Vec<&[(u64, u32)]> =
        marked.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).collect();
    let found = in_parallel(groups, |group| {
        watch.check()?;
        let mut found = Vec::new();
        let mut places: HashMap<Vec<Vec<u64>>, Same> = HashMap::new();
        for (at, (_, row)) in group.iter().enumerate() {
            if at % 1024 == 1023 {
                watch.check()?;
            }
            let feature = geometry.row(*row as usize);
            let parts = feature.parts().filter(|part| !part.first_ring().xy().is_empty());
            let mut parts: Vec<Vec<u64>> = parts.map(written).collect();
            parts.sort_unstable();
            let same = places.entry(parts).or_insert_with(|| Same::new(*row));
            if let Some((kind, like)) = same.add(table, *row) {
                let at = feature.xy().first().copied();
                let with = With::Row(like);
                found.push(Finding { kind, row: *row, at, times: 1, with });
            }
        }
        Ok(found)
    });
    Ok(found.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

/// Rows of the same geometry.
struct Same {
    first: u32,
    /// The first row with each content.
    contents: HashMap<u64, Vec<u32>>,
}

impl Same {
    fn new(first: u32) -> Same {
        Same { first, contents: HashMap::new() }
    }

    /// Adds a row; answers how it is like one before, and which.
    fn add(&mut self, table: &Table, row: u32) -> Option<(Kind, u32)> {
        let rows = self.contents.entry(content(table, row as usize)).or_default();
        let like = rows.iter().find(|other| are_alike(table, row as usize, **other as usize));
        if let Some(like) = like {
            return Some((Kind::DuplicateFeature, *like));
        }
        rows.push(row);
        (row != self.first).then_some((Kind::DuplicateGeometry, self.first))
    }
}

fn content(table: &Table, row: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    for field in 0..table.fields.len() {
        match table.value(row, field) {
            Value::Null => 0_u8.hash(&mut hasher),
            Value::Boolean(value) => value.hash(&mut hasher),
            Value::Integer(value) => value.hash(&mut hasher),
            Value::Number(value) => value.to_bits().hash(&mut hasher),
            Value::Text(text) | Value::Json(text) => text.hash(&mut hasher),
            Value::Date(date) => date.hash(&mut hasher),
            Value::DateTime(at, _) => at.hash(&mut hasher),
        }
    }
    for number in heights(table, row) {
        number.hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether two rows have the same attributes and heights.
fn are_alike(table: &Table, a: usize, b: usize) -> bool {
    let is_same = |field: usize| match (table.value(a, field), table.value(b, field)) {
        (Value::Number(a), Value::Number(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    };
    (0..table.fields.len()).all(is_same) && heights(table, a) == heights(table, b)
}

/// The heights and measures of a row, sorted: the order of its positions does not matter.
fn heights(table: &Table, row: usize) -> Vec<u64> {
    let Some(geometry) = table.geometry.as_deref().filter(|g| g.has_z() || g.has_m()) else {
        return Vec::new();
    };
    let parts = geometry.row(row).parts();
    let rings = parts.flat_map(|part| part.rings());
    let numbers = rings.flat_map(|ring| ring.z().iter().chain(ring.m()).map(|n| bits(*n)));
    let mut all: Vec<u64> = numbers.collect();
    all.sort_unstable();
    all
}
