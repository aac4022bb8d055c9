//! The names of a layer with the squares they are found in.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Cell, Grid};
use super::{Entry, Mark};
use crate::i18n::sort_key;
use crate::jobs::{Cancelled, Watch};
use crate::page::clip::clip_line;
use crate::page::content::FigureLayer;
use crate::page::frame::Frame;
use crate::page::layer::{placed, rows_shown};
use crate::page::sheet::room::Room;
use crate::project::SheetIndex;
use crate::table::{PartKind, Value};

/// Pieces of one name nearer to each other than this are one street; farther apart they are streets
/// that happen to have the same name. Metres.
const APART: f64 = 300.0;

/// A row on the map: what it covers on the page, and its squares.
struct Found {
    bounds: [f64; 4],
    cells: BTreeSet<Cell>,
}

/// A part of a row on the page: what it is, and its rings.
pub(super) type PartOnPage = (PartKind, Vec<Vec<[f64; 2]>>);

/// Hands over the rows of a layer on a map that have a place, with their parts on the page.
///
/// # Errors
/// When the person cancelled.
pub(super) fn each_row(
    frame: Frame,
    layer: &FigureLayer<'_>,
    watch: &Watch,
    mut take: impl FnMut(usize, &[PartOnPage]),
) -> Result<(), Cancelled> {
    let (Some(geometry), Some(crs)) = (&layer.table.geometry, &layer.table.crs) else {
        return Ok(());
    };
    let rows = rows_shown(frame, layer);
    let Some(xy) = placed(geometry, &rows, (frame.plane, crs), watch)? else { return Ok(()) };
    let mut rest = xy.as_slice();
    for row in rows {
        watch.check()?;
        let mut parts = Vec::new();
        for part in geometry.row(row).parts() {
            let mut rings = Vec::new();
            for ring in part.rings() {
                let (now, later) = rest.split_at_checked(ring.xy().len()).unwrap_or((rest, &[]));
                rest = later;
                let placed = now.iter().filter(|place| place.iter().all(|n| n.is_finite()));
                rings.push(placed.map(|place| frame.to_page(*place)).collect());
            }
            parts.push((part.kind(), rings));
        }
        take(row, &parts);
    }
    Ok(())
}

/// The field with the names that an index lists; none where there is no such field.
pub(super) fn field_of(layer: &FigureLayer<'_>, index: &SheetIndex) -> Option<usize> {
    let named = index.field.as_deref().and_then(|name| layer.table.field_index(name));
    named.or_else(|| layer.table.naming_field())
}

/// The name of a row; none without one.
pub(super) fn name_of(layer: &FigureLayer<'_>, row: usize, field: usize) -> Option<String> {
    let name = match layer.table.value(row, field) {
        Value::Text(name) => name.trim().to_owned(),
        other => other.to_data_text(),
    };
    Some(name).filter(|name| !name.is_empty())
}

/// The names of a layer on a map, each street once.
///
/// # Errors
/// When the person cancelled.
pub(super) fn entries(
    frame: Frame,
    layer: &FigureLayer<'_>,
    index: &SheetIndex,
    room: &Room,
    watch: &Watch,
) -> Result<Vec<Entry>, Cancelled> {
    let Some(field) = field_of(layer, index) else { return Ok(Vec::new()) };
    let grid = Grid::of(frame);
    let rect = frame.rect(0.0).map(f64::from);
    let is_listed = |place: [f64; 2]| index.with_surroundings || room.is_in_subject(place);
    let mut by_name: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    each_row(frame, layer, watch, |row, parts| {
        let Some(name) = name_of(layer, row, field) else { return };
        let mut cells = BTreeSet::new();
        for (kind, rings) in parts {
            for ring in rings {
                let pieces = match kind {
                    PartKind::Point => vec![ring.clone()],
                    _ => clip_line(ring, rect),
                };
                for piece in pieces {
                    let along = along(&piece, grid.step()).into_iter();
                    cells.extend(
                        along.filter(|place| is_listed(*place)).filter_map(|p| grid.cell_at(p)),
                    );
                }
            }
        }
        if !cells.is_empty() {
            let bounds = bounds(parts.iter().flat_map(|(_, rings)| rings.iter().flatten()));
            by_name.entry(name).or_default().push(Found { bounds, cells });
        }
    })?;
    let mut entries: Vec<Entry> = Vec::new();
    for (name, found) in by_name {
        for pieces in together(found, |piece| piece.bounds, apart(frame)) {
            let cells = pieces.into_iter().flat_map(|piece| piece.cells).collect();
            entries.push(Entry { name: name.clone(), mark: Mark::Cells(Grid::words(&cells)) });
        }
    }
    entries.sort_by_cached_key(|entry| {
        let Mark::Cells(cells) = &entry.mark else { return (String::new(), String::new()) };
        (sort_key(&entry.name), cells.clone())
    });
    Ok(entries)
}

/// How far apart on the page pieces of one name are different things.
pub(super) fn apart(frame: Frame) -> f64 {
    APART / frame.ground_metres_per_unit
}

/// Places along a line, no farther apart than a step.
pub(super) fn along(line: &[[f64; 2]], step: f64) -> Vec<[f64; 2]> {
    let mut places: Vec<[f64; 2]> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let &[from, to] = pair else { continue };
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let count = (length / step).ceil().clamp(1.0, 1e5) as u32;
        for number in 1..=count {
            let share = f64::from(number) / f64::from(count);
            places.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
        }
    }
    places
}

pub(super) fn bounds<'a>(places: impl Iterator<Item = &'a [f64; 2]>) -> [f64; 4] {
    let empty = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    places.fold(empty, |[left, top, right, bottom], [x, y]| {
        [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)]
    })
}

/// Pieces of one name, those of each street together: pieces belong together that are nearer to
/// each other than a distance, also by way of others.
pub(super) fn together<T>(
    mut pieces: Vec<T>,
    bounds: impl Fn(&T) -> [f64; 4],
    apart: f64,
) -> Vec<Vec<T>> {
    let is_near = |a: &[f64; 4], b: &[f64; 4]| {
        a[0] - apart <= b[2] && b[0] - apart <= a[2] && a[1] - apart <= b[3] && b[1] - apart <= a[3]
    };
    let mut streets = Vec::new();
    while let Some(first) = pieces.pop() {
        let mut reached = vec![bounds(&first)];
        let mut street = vec![first];
        while let Some(reached_now) = reached.pop() {
            let (near, far): (Vec<T>, Vec<T>) =
                pieces.into_iter().partition(|piece| is_near(&reached_now, &bounds(piece)));
            pieces = far;
            for piece in near {
                reached.push(bounds(&piece));
                street.push(piece);
            }
        }
        streets.push(street);
    }
    streets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_hang_together_are_one_street_and_others_of_the_name_are_not() {
        let piece = |left: f64, cell: Cell| ([left, 0.0, left + 10.0, 1.0], cell);
        let pieces = || vec![piece(0.0, (0, 0)), piece(100.0, (5, 0)), piece(12.0, (1, 0))];
        let of = |apart: f64| {
            let streets = together(pieces(), |piece| piece.0, apart).into_iter();
            let cells = streets.map(|street| street.into_iter().map(|piece| piece.1).collect());
            let mut cells: Vec<BTreeSet<Cell>> = cells.collect();
            cells.sort();
            cells
        };
        assert_eq!(of(5.0), [[(0, 0), (1, 0)].into(), [(5, 0)].into()]);
        assert_eq!(of(200.0).len(), 1);
        assert!(together(Vec::<[f64; 4]>::new(), |bounds| *bounds, 5.0).is_empty());
    }

    #[test]
    fn a_line_is_looked_at_in_steps() {
        let places = along(&[[0.0, 0.0], [10.0, 0.0]], 3.0);
        assert_eq!(places.len(), 5);
        assert_eq!(along(&[[1.0, 2.0]], 3.0), [[1.0, 2.0]]);
    }
}
