//! The one point that stands for a place: inside an area, halfway along a line.

use crate::label::inner_point;
use crate::table::{GeometryRef, PartKind, Table};

/// A point for the rows of a place, in the coordinates of their table: of the largest area, else of
/// the longest line, else of the first point. None where none of the rows has a place.
pub(super) fn spot(table: &Table, rows: &[u32]) -> Option<[f64; 2]> {
    let geometry = table.geometry.as_ref()?;
    let mut best: Option<(Rank, [f64; 2])> = None;
    for row in rows {
        let row = usize::try_from(*row).ok().filter(|row| *row < geometry.len())?;
        for (rank, at) in spots(geometry.row(row)) {
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, at));
            }
        }
    }
    best.map(|(_, at)| at)
}

/// How well a part stands for a place: its dimension, then its size.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Rank(u8, f64);

fn spots(row: GeometryRef<'_>) -> Vec<(Rank, [f64; 2])> {
    let spot = |part: crate::table::PartRef<'_>| match part.kind() {
        PartKind::Polygon => {
            let rings: Vec<&[[f64; 2]]> = part.rings().map(|ring| ring.xy()).collect();
            let inner = inner_point(&rings)?;
            Some((Rank(2, inner.distance), inner.at))
        }
        PartKind::Line => halfway(part.first_ring().xy()).map(|(length, at)| (Rank(1, length), at)),
        PartKind::Point => part.first_ring().xy().first().map(|at| (Rank(0, 0.0), *at)),
    };
    row.parts().filter_map(spot).filter(|(_, at)| at.iter().all(|it| it.is_finite())).collect()
}

/// The length of a line, and the point halfway along it.
fn halfway(line: &[[f64; 2]]) -> Option<(f64, [f64; 2])> {
    let step = |pair: &[[f64; 2]]| match pair {
        [[x, y], [u, v]] => (u - x).hypot(v - y),
        _ => 0.0,
    };
    let length: f64 = line.windows(2).map(step).sum();
    let mut left = length / 2.0;
    for pair in line.windows(2) {
        let long = step(pair);
        if let [[x, y], [u, v]] = pair
            && long > 0.0
            && left <= long
        {
            let part = left / long;
            return Some((length, [x + (u - x) * part, y + (v - y) * part]));
        }
        left -= long;
    }
    line.first().map(|at| (0.0, *at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{GeometryBuilder, GeometryKind};

    #[test]
    fn a_place_has_one_point() {
        let mut builder = GeometryBuilder::new();
        let mut shape = |kind, part, xy: &[[f64; 2]]| {
            builder.begin_row(kind);
            builder.begin_part(part);
            builder.begin_ring();
            xy.iter().for_each(|at| builder.coord(*at, None, None));
            builder.end_row();
        };
        shape(GeometryKind::LineString, PartKind::Line, &[[0.0, 0.0], [2.0, 0.0]]);
        shape(GeometryKind::LineString, PartKind::Line, &[[0.0, 9.0], [4.0, 9.0], [4.0, 15.0]]);
        let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        shape(GeometryKind::Polygon, PartKind::Polygon, &square);
        builder.push_point([7.0, 7.0]);
        builder.push_null();
        let table = Table::new("t", 5, vec![], vec![], Some(builder.finish().unwrap())).unwrap();
        // Of several pieces of a street the longest: 10 long, halfway at 5.
        assert_eq!(spot(&table, &[0, 1]), Some([4.0, 10.0]));
        let inside = spot(&table, &[0, 2, 3]).unwrap();
        assert!((inside[0] - 0.5).abs() < 0.02 && (inside[1] - 0.5).abs() < 0.02, "{inside:?}");
        assert_eq!(spot(&table, &[3, 4]), Some([7.0, 7.0]));
        assert_eq!((spot(&table, &[4]), spot(&table, &[])), (None, None));
    }
}
