//! Polygons of a layer that lie over each other, and by how much.
//!
//! Of two features whose boxes meet, only what lies in both boxes can overlap: their rings are cut
//! to that rectangle (Sutherland and Hodgman, "Reentrant polygon clipping", 1974), which keeps how
//! often they wind around the places in it. Neighbours share a border, and mostly the line along
//! it parts them; the others are overlaid ([`crate::plane::overlay`]).

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use super::kind::Kind;
use super::report::{Finding, With};
use crate::crs::{Crs, LayerCrs, LocalPlane, Transformer};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::measure;
use crate::plane::exact::{Position, Turn, before, is_counter_clockwise, is_place, same, turn};
use crate::plane::overlay::{Failed, Polygon, RingOfKind, polygons, size};
use crate::table::{Extent, GeometryColumn, PartKind, PartRef, Table};

/// Rows of a piece of parallel work.
const PIECE: usize = 1024;

/// Overlaps smaller than this are rounding, square metres.
const NOTHING: f64 = 1e-6;

/// What is wider is measured along geodesics, degrees.
const WIDE: f64 = 0.2;

/// Finds pairs of features whose polygons overlap, and how many pairs could not be computed.
/// Features with the same mark are left out: they are told as duplicates.
///
/// # Errors
/// When the person cancelled.
pub(super) fn overlaps(
    table: &Table,
    marks: &[Option<u64>],
    sliver: f64,
    watch: &Watch,
) -> Result<(Vec<Finding>, u64), Cancelled> {
    let Some(geometry) = table.geometry.as_deref() else { return Ok((Vec::new(), 0)) };
    watch.check()?;
    let index = table.index();
    let extents: Vec<Option<Extent>> = in_parallel((0..geometry.len()).step_by(PIECE), |start| {
        let rows = start..(start + PIECE).min(geometry.len());
        rows.map(|row| extent(geometry, row)).collect::<Vec<_>>()
    })
    .concat();
    let of = |row: usize| extents.get(row).copied().flatten();
    let left_out = AtomicU64::new(0);
    let found = in_parallel((0..geometry.len()).step_by(PIECE), |start| {
        let measuring = Measuring::of(table.crs.as_ref());
        let mut found = Vec::new();
        for row in start..(start + PIECE).min(geometry.len()) {
            let Some(mine) = of(row) else { continue };
            watch.check()?;
            let mut near = index.search(&mine);
            near.retain(|other| *other > row);
            near.sort_unstable();
            let mut mine_rings = None;
            for other in near {
                let Some(theirs) = of(other) else { continue };
                let Some(shared) = shared(&mine, &theirs) else { continue };
                let mark = |row: usize| marks.get(row).copied().flatten();
                if mark(row) == mark(other) {
                    continue;
                }
                let mine = mine_rings.get_or_insert_with(|| rings(geometry, row));
                match common(mine, &rings(geometry, other), &shared, watch) {
                    Ok(common) => {
                        let area = measuring.area(&common);
                        if area >= NOTHING {
                            let kind = if area < sliver { Kind::Sliver } else { Kind::Overlap };
                            let with = With::Overlap(super::number(other), area);
                            let (row, at) = (super::number(row), middle(&common));
                            found.push(Finding { kind, row, at, times: 1, with });
                        }
                    }
                    Err(Failed::Cancelled) => return Err(Cancelled),
                    Err(Failed::Tangled) => {
                        left_out.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }
        watch.advance(PIECE.min(geometry.len() - start) as u64);
        Ok(found)
    });
    let found = found.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    Ok((found, left_out.into_inner()))
}

/// The box around a row's polygons; none without polygons, and for numbers that are no places.
fn extent(geometry: &GeometryColumn, row: usize) -> Option<Extent> {
    let row = geometry.row(row);
    let has_area = row.kind().part_kind() == Some(PartKind::Polygon)
        || row.parts().any(|part| part.kind() == PartKind::Polygon);
    if !has_area || !row.xy().iter().all(|position| is_place(*position)) {
        return None;
    }
    row.extent()
}

/// What two boxes have in common, where that has an area.
fn shared(a: &Extent, b: &Extent) -> Option<Extent> {
    let shared = Extent {
        min_x: a.min_x.max(b.min_x),
        min_y: a.min_y.max(b.min_y),
        max_x: a.max_x.min(b.max_x),
        max_y: a.max_y.min(b.max_y),
    };
    (shared.min_x < shared.max_x && shared.min_y < shared.max_y).then_some(shared)
}

/// A ring of a feature.
struct Ring<'a> {
    xy: Cow<'a, [Position]>,
    /// Whether it turns the other way than it should: outer rings left, holes right.
    is_reversed: bool,
}

fn rings(geometry: &GeometryColumn, row: usize) -> Vec<Ring<'_>> {
    rings_of(geometry.row(row).parts().filter(|part| part.kind() == PartKind::Polygon))
}

fn rings_of<'a>(parts: impl Iterator<Item = PartRef<'a>>) -> Vec<Ring<'a>> {
    let rings = parts.flat_map(|part| part.rings().enumerate());
    rings
        .map(|(at, ring)| {
            let mut xy = Cow::Borrowed(ring.xy());
            if let (Some(first), Some(last)) = (xy.first().copied(), xy.last().copied())
                && !same(first, last)
            {
                xy.to_mut().push(first);
            }
            let is_reversed = is_counter_clockwise(&xy) == (at > 0);
            Ring { xy, is_reversed }
        })
        .collect()
}

/// What two polygons have in common within a rectangle: polygons of rings, the outer one first;
/// none where rounding could not be kept in check. Coordinates are flat, both in one system.
///
/// # Errors
/// When the person cancelled.
pub fn common_of(
    a: PartRef<'_>,
    b: PartRef<'_>,
    within: &Extent,
    watch: &Watch,
) -> Result<Option<Vec<Vec<Vec<[f64; 2]>>>>, Cancelled> {
    let [mine, theirs] = [a, b].map(|part| rings_of(std::iter::once(part)));
    match common(&mine, &theirs, within, watch) {
        Ok(common) => Ok(Some(common)),
        Err(Failed::Cancelled) => Err(Cancelled),
        Err(Failed::Tangled) => Ok(None),
    }
}

/// What two features have in common.
fn common(
    mine: &[Ring<'_>],
    theirs: &[Ring<'_>],
    within: &Extent,
    watch: &Watch,
) -> Result<Vec<Polygon>, Failed> {
    let mine = clip_all(mine, within);
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = clip_all(theirs, within);
    if theirs.is_empty() || are_parted(&mine, &theirs) || are_parted(&theirs, &mine) {
        return Ok(Vec::new());
    }
    let both = [(&mine, 0), (&theirs, 1)];
    let both = both
        .into_iter()
        .flat_map(|(rings, kind)| rings.iter().map(move |ring| (ring.as_slice(), kind)));
    let both: Vec<RingOfKind<'_>> = both.collect();
    let (common, _) = polygons(&both, |[mine, theirs, _]| mine > 0 && theirs > 0, watch)?;
    Ok(common)
}

fn clip_all(rings: &[Ring<'_>], within: &Extent) -> Vec<Vec<Position>> {
    let clipped = rings.iter().map(|ring| {
        let mut clipped = clip(&ring.xy, within);
        if ring.is_reversed {
            clipped.reverse();
        }
        clipped
    });
    clipped.filter(|ring| ring.len() > 2).collect()
}

/// A ring cut to a rectangle; where it goes on outside it runs along the rectangle's border.
fn clip(ring: &[Position], within: &Extent) -> Vec<Position> {
    let bounds = [
        (0, within.min_x, false),
        (0, within.max_x, true),
        (1, within.min_y, false),
        (1, within.max_y, true),
    ];
    let mut now = ring.to_vec();
    for (axis, bound, is_upper) in bounds {
        let number = |position: &Position| position.get(axis).copied().unwrap_or_default();
        let is_in = |position: &Position| {
            if is_upper { number(position) <= bound } else { number(position) >= bound }
        };
        if now.iter().all(is_in) {
            continue;
        }
        let mut kept = Vec::with_capacity(now.len());
        let froms = now.last().into_iter().chain(&now);
        for (from, to) in froms.zip(&now) {
            if is_in(from) != is_in(to) {
                kept.push(at_bound(*from, *to, axis, bound));
            }
            if is_in(to) {
                kept.push(*to);
            }
        }
        now = kept;
    }
    now.dedup();
    now
}

/// Where a line crosses a bound; the same for the same line the other way.
fn at_bound(from: Position, to: Position, axis: usize, bound: f64) -> Position {
    let (from, to) = if before(from, to) { (from, to) } else { (to, from) };
    let ([ax, ay], [bx, by]) = (from, to);
    if axis == 0 {
        [bound, ay + (by - ay) * ((bound - ax) / (bx - ax))]
    } else {
        [ax + (bx - ax) * ((bound - ay) / (by - ay)), bound]
    }
}

/// Whether the line along an edge of the first has all of the first on its left and all of the
/// others on its right.
fn are_parted(first: &[Vec<Position>], others: &[Vec<Position>]) -> bool {
    let edges = first.iter().flat_map(|ring| {
        let nexts = ring.iter().skip(1).chain(ring.first());
        ring.iter().zip(nexts).map(|(from, to)| (*from, *to))
    });
    // From a place to itself no line runs, and all would lie on both its sides.
    let mut edges = edges.filter(|(from, to)| !same(*from, *to)).take(MOST_EDGES);
    edges.any(|(from, to)| {
        let all = |rings: &[Vec<Position>], not: Turn| {
            rings.iter().flatten().all(|position| turn(from, to, *position) != not)
        };
        all(others, Turn::Left) && all(first, Turn::Right)
    })
}

/// So many edges are tried as parting lines.
const MOST_EDGES: usize = 64;

/// A place in the largest of some polygons: the middle of its corners.
fn middle(polygons: &[Polygon]) -> Option<Position> {
    let outer = polygons.iter().filter_map(|polygon| polygon.first());
    let largest = outer.max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let corners = largest.get(1..)?;
    let first = corners.first()?;
    // The mean of the differences: sums of large coordinates lose their ends.
    let mut count = 0.0;
    let mut sum = [0.0; 2];
    for corner in corners {
        count += 1.0;
        sum = [sum[0] + corner[0] - first[0], sum[1] + corner[1] - first[1]];
    }
    Some([first[0] + sum[0] / count, first[1] + sum[1] / count])
}

/// Measures what was found.
struct Measuring {
    to_degrees: Option<Transformer>,
}

impl Measuring {
    fn of(crs: Option<&LayerCrs>) -> Measuring {
        Measuring { to_degrees: crs.and_then(|crs| crs.transformer_to(&Crs::wgs84()).ok()) }
    }

    /// The area of polygons: square metres on the ellipsoid, or in the units of the coordinates
    /// where the CRS is not known.
    fn area(&self, polygons: &[Polygon]) -> f64 {
        let plane = |polygon: &Polygon| {
            let mut rings = polygon.iter().map(|ring| size(ring) / 2.0);
            let outer = rings.next().unwrap_or_default();
            (outer - rings.sum::<f64>()).max(0.0)
        };
        let areas = polygons.iter().map(|polygon| {
            let area = plane(polygon);
            let Some(to_degrees) = self.to_degrees.as_ref().filter(|_| area > 0.0) else {
                return area;
            };
            around(polygon)
                .and_then(|around| square_metres_per_unit(&around, to_degrees))
                .map_or_else(|| along_geodesics(polygon, to_degrees), |factor| area * factor)
        });
        areas.sum()
    }
}

fn around(polygon: &Polygon) -> Option<Extent> {
    Extent::of_points(polygon.first()?)
}

/// How many square metres on the ellipsoid a square unit of the coordinates is at a place: told by
/// a rectangle around it, large enough for rounding not to matter. None where that is wide, or not
/// on Earth.
fn square_metres_per_unit(around: &Extent, to_degrees: &Transformer) -> Option<f64> {
    let [x, y] = around.center();
    let least = x.abs().max(y.abs()) * 1e-6;
    let half = [around.width(), around.height()].map(|side| (side / 2.0).max(least));
    if half.iter().any(|half| *half <= 0.0) {
        return None;
    }
    let corner = |east: f64, north: f64| [x + east * half[0], y + north * half[1]];
    let mut corners = [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
    let units = 4.0 * half[0] * half[1];
    to_degrees.transform(&mut corners);
    let degrees = Extent::of_points(&corners)?;
    if degrees.width() > WIDE || degrees.height() > WIDE {
        return None;
    }
    let [longitude, _] = degrees.center();
    let plane = LocalPlane::at(longitude);
    let (_, scale) = plane.project_with_scale(degrees.center())?;
    let mut ring = Vec::with_capacity(5);
    for corner in corners {
        ring.push(plane.project(corner)?);
    }
    ring.extend(ring.first().copied());
    let factor = size(&ring) / 2.0 / (scale * scale) / units;
    factor.is_finite().then_some(factor)
}

fn along_geodesics(polygon: &Polygon, to_degrees: &Transformer) -> f64 {
    let mut rings = polygon.iter().map(|ring| {
        let mut ring = ring.clone();
        to_degrees.transform(&mut ring);
        measure::area(&ring)
    });
    let outer = rings.next().unwrap_or_default();
    let area = outer - rings.sum::<f64>();
    if area.is_finite() { area.max(0.0) } else { 0.0 }
}
