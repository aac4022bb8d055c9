//! Points counted in hexagons of one size.
//!
//! The hexagons stand on a point and lie fixed in the world, beside each other in rows; the nearest
//! middle of two shifted grids of rectangles is the hexagon a place is in. Their size is true on
//! the ground in the middle of the points.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "numbers of hexagons of the world, and of points"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array};

use super::{Crowd, CrowdError, scale_at};
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::jobs::Watch;
use crate::style::{By, Graduated, HexagonNumber, Hexagons, NumberOf, Per, Style, Symbol};
use crate::style::{Color, Together};
use crate::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table};

/// How many points are looked at between two looks at the watch.
const POINTS_PER_LOOK: usize = 1 << 16;

/// The fields of the table.
const COUNT: &str = "count";
const NUMBER: &str = "number";

/// A hexagon with points in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hexagon {
    /// Its middle, Web Mercator metres.
    pub at: [f64; 2],
    /// How many points are in it.
    pub count: u64,
    /// What is told of them.
    pub number: f64,
}

/// Hexagons as a table of areas that is drawn and classed like any other.
#[derive(Clone, Debug)]
pub struct HexagonTable {
    /// A row for each hexagon, in Web Mercator.
    pub table: Arc<Table>,
    /// The hexagons, in the order of the rows.
    pub hexagons: Arc<Vec<Hexagon>>,
}

/// Counts the points in hexagons: for a worker. Hexagons without points are not among them.
///
/// # Errors
/// When the person cancelled.
pub fn hexagons(
    crowd: &Crowd,
    wanted: &Hexagons,
    watch: &Watch,
) -> Result<HexagonTable, CrowdError> {
    let northing = crowd.extent.map_or(0.0, |extent| extent.center()[1]);
    let wide = wanted.sound_size() * scale_at(northing);
    // Rows of middles: of a hexagon as wide as 1 the side is 1/√3, and rows are 3/2 sides apart.
    let side = wide / 3.0_f64.sqrt();
    let step = [wide, 3.0 * side];
    let mut found: BTreeMap<(i64, i64), (u64, f64)> = BTreeMap::new();
    for (point, at) in crowd.at.iter().enumerate() {
        if point % POINTS_PER_LOOK == 0 {
            watch.check()?;
        }
        let entry = found.entry(cell_of(*at, step)).or_default();
        entry.0 += 1;
        entry.1 += f64::from(crowd.weight(point));
    }
    let hexagons: Vec<Hexagon> = found
        .into_iter()
        .map(|((row, column), (count, sum))| {
            let number = match wanted.of {
                HexagonNumber::Count => count as f64,
                HexagonNumber::Sum(_) => sum,
                HexagonNumber::Mean(_) => sum / count as f64,
            };
            Hexagon { at: middle(row, column, step), count, number }
        })
        .collect();
    let table = table_of(&hexagons, wide, side, matches!(wanted.of, HexagonNumber::Count))?;
    Ok(HexagonTable { table: Arc::new(table), hexagons: Arc::new(hexagons) })
}

/// The middle of a hexagon: every second row is shifted by half of its width.
fn middle(row: i64, column: i64, [wide, high]: [f64; 2]) -> [f64; 2] {
    let shift = if row.rem_euclid(2) == 0 { 0.0 } else { 0.5 };
    [(column as f64 + shift) * wide, row as f64 * high / 2.0]
}

/// The row and column of the hexagon that a place is in: of the nearest middles of even and of odd
/// rows the nearer one.
fn cell_of([x, y]: [f64; 2], step: [f64; 2]) -> (i64, i64) {
    let [wide, high] = step;
    let even = ((y / high).round() as i64 * 2, (x / wide).round() as i64);
    let odd = ((y / high - 0.5).round() as i64 * 2 + 1, (x / wide - 0.5).round() as i64);
    let far = |(row, column): (i64, i64)| {
        let [mx, my] = middle(row, column, step);
        (mx - x).hypot(my - y)
    };
    if far(even) <= far(odd) { even } else { odd }
}

fn table_of(
    hexagons: &[Hexagon],
    wide: f64,
    side: f64,
    is_count: bool,
) -> Result<Table, CrowdError> {
    let mut geometry = GeometryBuilder::with_capacity(hexagons.len(), hexagons.len() * 7);
    for Hexagon { at: [x, y], .. } in hexagons {
        let half = wide / 2.0;
        let corners = [
            [0.0, side],
            [-half, side / 2.0],
            [-half, -side / 2.0],
            [0.0, -side],
            [half, -side / 2.0],
            [half, side / 2.0],
            [0.0, side],
        ];
        geometry.begin_row(GeometryKind::Polygon);
        geometry.begin_part(PartKind::Polygon);
        geometry.begin_ring();
        corners.iter().for_each(|[dx, dy]| geometry.coord([x + dx, y + dy], None, None));
        geometry.end_row();
    }
    let counts = hexagons.iter().map(|hexagon| i64::try_from(hexagon.count).unwrap_or(i64::MAX));
    let counts: ArrayRef = Arc::new(Int64Array::from_iter_values(counts));
    let numbers = hexagons.iter().map(|hexagon| hexagon.number);
    let numbers: ArrayRef =
        if is_count { counts.clone() } else { Arc::new(Float64Array::from_iter_values(numbers)) };
    let kind = if is_count { FieldKind::Integer } else { FieldKind::Number };
    let fields = vec![Field::new(COUNT, FieldKind::Integer), Field::new(NUMBER, kind)];
    let made = geometry.finish().ok().and_then(|geometry| {
        Table::new("hexagons", hexagons.len(), fields, vec![counts, numbers], Some(geometry)).ok()
    });
    let mut table = made.ok_or(CrowdError::TooMany)?;
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Format));
    Ok(table)
}

impl Hexagons {
    /// How the table of hexagons looks: areas in classes of their number.
    pub fn style(&self) -> Style {
        let of = NumberOf { field: NUMBER.to_owned(), per: Per::Nothing };
        let symbol = Symbol {
            fill: Color::rgb(0x80_80_80).with_alpha(205),
            stroke: Color::rgb(0xff_ff_ff).with_alpha(205),
            stroke_width: 0.75,
            ..Symbol::default()
        };
        let by = By::Number(Graduated { of, ..self.classes.clone() });
        Style { symbol, by, together: Together::Nothing, ..Style::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_in_the_hexagon_around_it() {
        let places: Vec<[f64; 2]> = (0..5000_u32)
            .map(|at| {
                [f64::from(at * 7919 % 10_007) - 4000.0, f64::from(at * 104_729 % 9973) - 5000.0]
            })
            .collect();
        let crowd = Crowd::of_places(places.clone());
        let wanted = Hexagons { size: 400.0, ..Hexagons::default() };
        let made = hexagons(&crowd, &wanted, &Watch::unwatched()).unwrap();
        let counted: u64 = made.hexagons.iter().map(|hexagon| hexagon.count).sum();
        assert_eq!(counted, 5000);
        // Against the definition: the nearest of all middles, none farther than a corner.
        let corner = 400.0 / 3.0_f64.sqrt();
        let mut by_nearest = vec![0_u64; made.hexagons.len()];
        for [x, y] in places {
            let far = |hexagon: &Hexagon| (hexagon.at[0] - x).hypot(hexagon.at[1] - y);
            let (nearest, apart) = made
                .hexagons
                .iter()
                .map(far)
                .enumerate()
                .min_by(|one, other| one.1.total_cmp(&other.1))
                .unwrap();
            assert!(apart < corner * 1.001, "{apart}");
            by_nearest[nearest] += 1;
        }
        let counts: Vec<u64> = made.hexagons.iter().map(|hexagon| hexagon.count).collect();
        assert_eq!(counts, by_nearest);
        assert_eq!(made.table.rows(), counts.len());
    }

    #[test]
    fn sums_and_means_are_of_the_points_inside() {
        let mut crowd = Crowd::of_places(vec![[1.0, 1.0], [2.0, 3.0], [9000.0, 0.0]]);
        crowd.weights = vec![2.0, 4.0, 9.0];
        let of = |of: HexagonNumber| {
            let wanted = Hexagons { of, ..Hexagons::default() };
            let made = hexagons(&crowd, &wanted, &Watch::unwatched()).unwrap();
            made.hexagons.iter().map(|hexagon| hexagon.number).collect::<Vec<_>>()
        };
        assert_eq!(of(HexagonNumber::Count), [2.0, 1.0]);
        assert_eq!(of(HexagonNumber::Sum("n".to_owned())), [6.0, 9.0]);
        assert_eq!(of(HexagonNumber::Mean("n".to_owned())), [3.0, 9.0]);
    }
}
