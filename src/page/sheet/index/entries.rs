//! What stands in an index.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Cell, Grid};
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

/// A line of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::page::sheet) struct Entry {
    /// The name.
    pub name: String,
    /// The squares it is found in.
    pub cells: String,
}

/// A row on the map: what it covers on the page, and its squares.
struct Found {
    bounds: [f64; 4],
    cells: BTreeSet<Cell>,
}

/// The names of a layer on a map, each street once.
///
/// # Errors
/// When the person cancelled.
pub(in crate::page::sheet) fn entries(
    frame: Frame,
    layer: &FigureLayer<'_>,
    index: &SheetIndex,
    room: &Room,
    watch: &Watch,
) -> Result<Vec<Entry>, Cancelled> {
    let table = layer.table;
    let named = index.field.as_deref().and_then(|name| table.field_index(name));
    let (Some(field), Some(geometry), Some(crs)) =
        (named.or_else(|| table.naming_field()), &table.geometry, &table.crs)
    else {
        return Ok(Vec::new());
    };
    let grid = Grid::of(frame);
    let rect = frame.rect(0.0).map(f64::from);
    let is_listed = |place: [f64; 2]| index.with_surroundings || room.is_in_subject(place);
    let mut by_name: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    let rows = rows_shown(frame, layer);
    let Some(xy) = placed(geometry, &rows, (frame.plane, crs), watch)? else {
        return Ok(Vec::new());
    };
    let mut all = xy.as_slice();
    for row in rows {
        watch.check()?;
        let (xy, later) = all.split_at_checked(geometry.row(row).xy().len()).unwrap_or_default();
        all = later;
        let Value::Text(name) = table.value(row, field) else { continue };
        let name = name.trim();
        if name.is_empty() {
            continue;
        }
        let mut rest = xy;
        let mut cells = BTreeSet::new();
        for part in geometry.row(row).parts() {
            for ring in part.rings() {
                let (now, later) = rest.split_at_checked(ring.xy().len()).unwrap_or((rest, &[]));
                rest = later;
                let placed = now.iter().filter(|place| place.iter().all(|n| n.is_finite()));
                let placed: Vec<[f64; 2]> = placed.map(|place| frame.to_page(*place)).collect();
                let pieces = if part.kind() == PartKind::Point {
                    vec![placed]
                } else {
                    clip_line(&placed, rect)
                };
                for piece in pieces {
                    let along = along(&piece, grid.step()).into_iter();
                    cells.extend(
                        along.filter(|place| is_listed(*place)).filter_map(|p| grid.cell_at(p)),
                    );
                }
            }
        }
        if cells.is_empty() {
            continue;
        }
        let bounds = bounds(xy.iter().map(|place| frame.to_page(*place)));
        by_name.entry(name.to_owned()).or_default().push(Found { bounds, cells });
    }
    let apart = APART / frame.ground_metres_per_unit;
    let mut entries: Vec<Entry> = Vec::new();
    for (name, found) in by_name {
        for cells in together(found, apart) {
            entries.push(Entry { name: name.clone(), cells: Grid::words(&cells) });
        }
    }
    entries.sort_by_cached_key(|entry| (sort_key(&entry.name), entry.cells.clone()));
    Ok(entries)
}

/// Places along a line, no farther apart than a step.
fn along(line: &[[f64; 2]], step: f64) -> Vec<[f64; 2]> {
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

fn bounds(places: impl Iterator<Item = [f64; 2]>) -> [f64; 4] {
    let empty = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    places.fold(empty, |[left, top, right, bottom], [x, y]| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

/// The squares of each street among pieces of one name: pieces belong together that are nearer to
/// each other than a distance, also by way of others.
fn together(mut pieces: Vec<Found>, apart: f64) -> Vec<BTreeSet<Cell>> {
    let is_near = |a: &[f64; 4], b: &[f64; 4]| {
        a[0] - apart <= b[2] && b[0] - apart <= a[2] && a[1] - apart <= b[3] && b[1] - apart <= a[3]
    };
    let mut streets = Vec::new();
    while let Some(first) = pieces.pop() {
        let mut cells = first.cells;
        let mut reached = vec![first.bounds];
        while let Some(bounds) = reached.pop() {
            let (near, far): (Vec<Found>, Vec<Found>) =
                pieces.into_iter().partition(|piece| is_near(&bounds, &piece.bounds));
            pieces = far;
            for piece in near {
                cells.extend(piece.cells);
                reached.push(piece.bounds);
            }
        }
        streets.push(cells);
    }
    streets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_hang_together_are_one_street_and_others_of_the_name_are_not() {
        let piece = |left: f64, cell: Cell| Found {
            bounds: [left, 0.0, left + 10.0, 1.0],
            cells: [cell].into(),
        };
        let pieces = || vec![piece(0.0, (0, 0)), piece(100.0, (5, 0)), piece(12.0, (1, 0))];
        let mut streets = together(pieces(), 5.0);
        streets.sort();
        assert_eq!(streets, [[(0, 0), (1, 0)].into(), [(5, 0)].into()]);
        assert_eq!(together(pieces(), 200.0).len(), 1);
        assert!(together(Vec::new(), 5.0).is_empty());
    }

    #[test]
    fn a_line_is_looked_at_in_steps() {
        let places = along(&[[0.0, 0.0], [10.0, 0.0]], 3.0);
        assert_eq!(places.len(), 5);
        assert_eq!(along(&[[1.0, 2.0]], 3.0), [[1.0, 2.0]]);
    }
}
