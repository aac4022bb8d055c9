//! Every kind of finding, and what a repair does about it.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};

use super::*;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::plane::exact::{Position, is_counter_clockwise};
use crate::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind};

/// Rings or lines of parts: polygons have several, all others one.
type Parts<'a> = &'a [&'a [&'a [Position]]];

/// A row: its type and parts.
type Row<'a> = (GeometryKind, Parts<'a>);

const SQUARE: &[Position] = &[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]];
const TURNED: &[Position] = &[[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0], [0.0, 0.0]];
const HOLE: &[Position] = &[[2.0, 2.0], [2.0, 4.0], [4.0, 4.0], [4.0, 2.0], [2.0, 2.0]];
const FAR: &[Position] = &[[20.0, 2.0], [20.0, 4.0], [24.0, 4.0], [24.0, 2.0], [20.0, 2.0]];
const BOW_TIE: &[Position] = &[[0.0, 0.0], [8.0, 8.0], [8.0, 0.0], [0.0, 8.0], [0.0, 0.0]];

fn table(rows: &[Row<'_>]) -> Table {
    let mut builder = GeometryBuilder::new();
    for (kind, parts) in rows {
        if *kind == GeometryKind::Null {
            builder.push_null();
            continue;
        }
        builder.begin_row(*kind);
        for rings in *parts {
            builder.begin_part(kind.part_kind().unwrap());
            for ring in *rings {
                builder.begin_ring();
                ring.iter().for_each(|at| builder.coord(*at, None, None));
            }
        }
        builder.end_row();
    }
    let fields = vec![Field::new("naam", FieldKind::Text)];
    let names: ArrayRef = Arc::new(StringArray::from(vec!["x"; rows.len()]));
    let geometry = builder.finish().unwrap();
    Table::new("t", rows.len(), fields, vec![names], Some(geometry)).unwrap()
}

fn polygon<'a>(rings: &'a [&'a [&'a [Position]]]) -> Row<'a> {
    (GeometryKind::Polygon, rings)
}

fn report(table: &Table) -> Report {
    check(table, &Options::of(table), &Watch::unwatched()).unwrap()
}

/// What is found in a row, with the first place.
fn found(row: Row<'_>) -> Vec<(Kind, Option<Position>)> {
    let report = report(&table(&[row]));
    report.findings().iter().map(|finding| (finding.kind, finding.at)).collect()
}

fn repaired(table: &Table) -> (Table, u64) {
    let repaired = repair(table, &RepairOptions::default(), &Watch::unwatched()).unwrap();
    let changed = repaired.rows_changed;
    (repaired.into_table(), changed)
}

#[test]
fn each_fault_of_a_polygon_is_found_with_its_place() {
    let cases: [(Row<'_>, Kind, Option<Position>); 13] = [
        (polygon(&[&[BOW_TIE]]), Kind::SelfIntersection, Some([4.0, 4.0])),
        (polygon(&[&[SQUARE, FAR]]), Kind::HoleOutside, Some([20.0, 2.0])),
        (
            polygon(&[&[SQUARE, HOLE, &[[2.5, 2.5], [3.0, 3.0], [3.0, 2.5], [2.5, 2.5]]]]),
            Kind::HoleInHole,
            Some([2.5, 2.5]),
        ),
        (
            polygon(&[&[SQUARE, &[[5.0, 5.0], [5.0, 12.0], [7.0, 5.0], [5.0, 5.0]]]]),
            Kind::RingsCross,
            Some([5.0, 9.0]),
        ),
        (
            polygon(&[&[&[
                [0.0, 0.0],
                [9.0, 0.0],
                [4.0, 4.0],
                [9.0, 9.0],
                [0.0, 9.0],
                [4.0, 4.0],
                [0.0, 0.0],
            ]]]),
            Kind::SelfTouch,
            Some([4.0, 4.0]),
        ),
        (
            polygon(&[&[SQUARE, &[[0.0, 4.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]]]]),
            Kind::InsideCut,
            Some([0.0, 4.0]),
        ),
        (
            (
                GeometryKind::MultiPolygon,
                &[&[SQUARE], &[&[[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]]],
            ),
            Kind::PartInPart,
            Some([1.0, 1.0]),
        ),
        (
            (
                GeometryKind::MultiPolygon,
                &[&[SQUARE], &[&[[5.0, 5.0], [12.0, 5.0], [5.0, 6.0], [5.0, 5.0]]]],
            ),
            Kind::PartsCross,
            Some([9.0, 5.0]),
        ),
        (
            polygon(&[&[&[[0.0, 0.0], [5.0, 5.0], [9.0, 9.0], [0.0, 0.0]]]]),
            Kind::ZeroArea,
            Some([0.0, 0.0]),
        ),
        (
            polygon(&[&[&[[0.0, 0.0], [5.0, 5.0], [0.0, 0.0]]]]),
            Kind::TooFewPositions,
            Some([0.0, 0.0]),
        ),
        (polygon(&[&[&[[0.0, 0.0], [5.0, 0.0], [5.0, 5.0]]]]), Kind::NotClosed, Some([5.0, 5.0])),
        (
            polygon(&[&[&[[0.0, 0.0], [f64::NAN, 0.0], [5.0, 5.0], [0.0, 0.0]]]]),
            Kind::BadCoordinate,
            Some([0.0, 0.0]),
        ),
        (
            polygon(&[&[&[[0.0, 0.0], [9.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]]]]),
            Kind::DuplicatePosition,
            Some([9.0, 0.0]),
        ),
    ];
    for (row, kind, at) in cases {
        assert_eq!(found(row).first().copied(), Some((kind, at)), "{row:?}");
        // After a repair nothing of it is left, and nothing else comes.
        let (copy, changed) = repaired(&table(&[row]));
        assert_eq!(changed, 1, "{kind:?}");
        let left = report(&copy);
        let left: Vec<Kind> = left.findings().iter().map(|finding| finding.kind).collect();
        assert!(left.iter().all(|kind| *kind == Kind::Null), "{kind:?}: {left:?}");
    }
    assert_eq!(found(polygon(&[&[SQUARE, HOLE]])), []);
    assert_eq!(found((GeometryKind::MultiPolygon, &[&[SQUARE], &[FAR]])), []);
}

#[test]
fn a_corner_that_nearly_turns_back_is_a_spike_and_one_that_does_is_not_valid() {
    let spiky: &[Position] =
        &[[0.0, 0.0], [9.0, 0.0], [9.0, 5.0], [30.0, 5.1], [9.0, 5.2], [9.0, 9.0], [0.0, 0.0]];
    assert_eq!(found(polygon(&[&[spiky]])), [(Kind::Spike, Some([30.0, 5.1]))]);
    let back: &[Position] =
        &[[0.0, 0.0], [9.0, 0.0], [9.0, 5.0], [30.0, 5.0], [9.0, 5.0], [9.0, 9.0], [0.0, 0.0]];
    let kinds: Vec<Kind> = found(polygon(&[&[back]])).iter().map(|found| found.0).collect();
    assert!(kinds.contains(&Kind::SelfIntersection) && !kinds.contains(&Kind::Spike), "{kinds:?}");
}

#[test]
fn lines_and_points_are_looked_at_too() {
    let line = |line: &[Position]| -> Vec<Kind> {
        found((GeometryKind::LineString, &[&[line]])).into_iter().map(|found| found.0).collect()
    };
    assert_eq!(line(&[[1.0, 1.0], [1.0, 1.0]]), [Kind::ZeroLength]);
    assert_eq!(line(&[[1.0, 1.0]]), [Kind::TooFewPositions]);
    assert_eq!(line(&[[1.0, 1.0], [2.0, 1.0], [2.0, 1.0]]), [Kind::DuplicatePosition]);
    // A line may cross itself, and go back the way it came.
    assert_eq!(line(&[[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [2.0, 0.0]]), []);
    let points: Parts<'_> = &[&[&[[1.0, 1.0]]], &[&[[2.0, 1.0]]], &[&[[1.0, 1.0]]]];
    assert_eq!(
        found((GeometryKind::MultiPoint, points)),
        [(Kind::DuplicatePoint, Some([1.0, 1.0]))]
    );
    let (copy, _) = repaired(&table(&[(GeometryKind::MultiPoint, points)]));
    assert_eq!(copy.geometry.unwrap().row(0).parts().len(), 2);
    assert_eq!(found((GeometryKind::Null, &[])), [(Kind::Null, None)]);
    assert_eq!(found((GeometryKind::Point, &[])), [(Kind::Empty, None)]);
}

#[test]
fn places_that_the_system_does_not_have_are_found() {
    let at = |x: f64, y: f64, crs: Crs| {
        let point: &[Position] = &[[x, y]];
        let mut table = table(&[(GeometryKind::Point, &[&[point]])]);
        table.crs = Some(LayerCrs::new(crs, HowFound::Chosen));
        let kinds: Vec<Kind> = report(&table).findings().iter().map(|f| f.kind).collect();
        let (copy, _) = repaired(&table);
        (kinds, copy.geometry.unwrap().row(0).kind())
    };
    let (point, null) = (GeometryKind::Point, GeometryKind::Null);
    assert_eq!(at(3.7, 51.0, Crs::wgs84()), (vec![], point));
    assert_eq!(at(3.7, 510.0, Crs::wgs84()), (vec![Kind::OutOfRange], null));
    assert_eq!(at(104e3, 193e3, Crs::lambert72()), (vec![], point));
    // A place that the system is not made for is somebody's mistake, but a place.
    assert_eq!(at(104e3, 1.93e6, Crs::lambert72()), (vec![Kind::OutsideArea], point));
}

#[test]
fn rings_turn_as_their_format_prescribes() {
    let kinds = |format: &'static str, rings: &[&[Position]]| {
        let mut table = table(&[polygon(&[rings])]);
        table.origin.format = format;
        report(&table).findings().iter().map(|finding| finding.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("geojson", &[SQUARE, HOLE]), []);
    assert_eq!(kinds("geojson", &[TURNED]), [Kind::Winding]);
    assert_eq!(kinds("shapefile", &[TURNED]), []);
    assert_eq!(kinds("shapefile", &[SQUARE, HOLE]), [Kind::Winding]);
    assert_eq!(kinds("csv", &[TURNED]), []);
    // A copy turns as asked.
    let turned = table(&[polygon(&[&[TURNED, HOLE]])]);
    for (winding, changed) in [(Winding::OuterLeft, 1), (Winding::OuterRight, 1)] {
        let options = RepairOptions { winding, ..RepairOptions::default() };
        let copy = repair(&turned, &options, &Watch::unwatched()).unwrap();
        assert_eq!(copy.rows_changed, changed);
        let geometry = copy.table.geometry.unwrap();
        let rings = geometry.row(0).parts().flat_map(|part| part.rings().collect::<Vec<_>>());
        let turns: Vec<bool> = rings.map(|ring| is_counter_clockwise(ring.xy())).collect();
        assert_eq!(turns, [winding.turns_left(false), winding.turns_left(true)]);
    }
}

#[test]
fn features_like_another_one_are_found_however_they_are_written() {
    let moved: &[Position] = &[[9.0, 9.0], [9.0, 0.0], [0.0, 0.0], [0.0, 9.0], [9.0, 9.0]];
    let other: &[Position] = &[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 8.0], [0.0, 0.0]];
    let line: &[Position] = &[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0]];
    let back: &[Position] = &[[9.0, 9.0], [9.0, 0.0], [0.0, 0.0]];
    let rows: &[Row<'_>] = &[
        (GeometryKind::Polygon, &[&[SQUARE]]),
        (GeometryKind::Polygon, &[&[other]]),
        (GeometryKind::Polygon, &[&[moved]]),
        (GeometryKind::MultiPolygon, &[&[SQUARE]]),
        (GeometryKind::LineString, &[&[line]]),
        (GeometryKind::LineString, &[&[back]]),
        (GeometryKind::MultiPolygon, &[&[FAR], &[SQUARE]]),
        (GeometryKind::MultiPolygon, &[&[SQUARE], &[FAR]]),
    ];
    let mut table = table(rows);
    let names: ArrayRef = Arc::new(StringArray::from(vec!["a", "a", "a", "b", "a", "a", "c", "d"]));
    table = table.with_values(vec![names]).unwrap();
    let like = |kind: Kind| -> Vec<(u32, With)> {
        let report = report(&table);
        report.of_kind(kind).iter().map(|finding| (finding.row, finding.with)).collect()
    };
    assert_eq!(like(Kind::DuplicateFeature), [(2, With::Row(0)), (5, With::Row(4))]);
    assert_eq!(like(Kind::DuplicateGeometry), [(3, With::Row(0)), (7, With::Row(6))]);
    let options = RepairOptions { drop_duplicates: true, ..RepairOptions::default() };
    let copy = repair(&table, &options, &Watch::unwatched()).unwrap();
    assert_eq!(copy.left_out.iter().collect::<Vec<_>>(), [2, 5]);
    assert_eq!(copy.changes.count("problem-repair-duplicate"), 2);
    assert_eq!(copy.into_table().rows(), 6);
}

/// Two squares of 200 m that share 100 m by 10 m, in Lambert 72, near Ghent.
#[test]
fn overlaps_are_measured_on_the_ground() {
    let square = |x: f64, y: f64, side: f64| -> Vec<Position> {
        let (x, y) = (104_000.0 + x, 193_000.0 + y);
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    };
    let squares = [
        square(0.0, 0.0, 200.0),
        square(190.0, 100.0, 200.0),
        // Neighbours that share an edge, or a corner.
        square(0.0, 200.0, 100.0),
        square(-100.0, -100.0, 100.0),
        // A sliver of 0.1 m by 1 m.
        square(-0.9, -1.0, 1.1),
        // Within another one.
        square(300.0, 200.0, 20.0),
    ];
    let mut builder = GeometryBuilder::new();
    for square in &squares {
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        builder.begin_ring();
        square.iter().for_each(|at| builder.coord(*at, None, None));
        builder.end_row();
    }
    let geometry = builder.finish().unwrap();
    let mut table = Table::new("t", squares.len(), Vec::new(), Vec::new(), Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    let options = Options { overlaps: true, ..Options::of(&table) };
    let report = check(&table, &options, &Watch::unwatched()).unwrap();
    let pairs = |kind: Kind| -> Vec<(u32, u32, f64)> {
        let pair = |finding: &Finding| match finding.with {
            With::Overlap(row, area) => (finding.row, row, area),
            other => panic!("{other:?}"),
        };
        report.of_kind(kind).iter().map(pair).collect()
    };
    let near = |found: f64, wanted: f64| (found / wanted - 1.0).abs() < 1e-3;
    let overlaps = pairs(Kind::Overlap);
    assert_eq!(overlaps.iter().map(|o| (o.0, o.1)).collect::<Vec<_>>(), [(0, 1), (1, 5)]);
    assert!(near(overlaps[0].2, 1000.0) && near(overlaps[1].2, 400.0), "{overlaps:?}");
    let slivers = pairs(Kind::Sliver);
    assert_eq!(slivers.iter().map(|o| (o.0, o.1)).collect::<Vec<_>>(), [(0, 4), (3, 4)]);
    assert!(near(slivers[0].2, 0.02) && near(slivers[1].2, 0.9), "{slivers:?}");
    assert_eq!(report.pairs_left_out, 0);
    let places: Vec<Position> = report.of_kind(Kind::Overlap).iter().filter_map(|f| f.at).collect();
    assert_eq!(places, [[104_195.0, 193_150.0], [104_310.0, 193_210.0]]);
}

#[test]
fn what_collapses_is_left_out_or_kept_as_what_it_is() {
    let flat: &[Position] = &[[0.0, 0.0], [5.0, 5.0], [9.0, 9.0], [0.0, 0.0]];
    let dot: &[Position] = &[[1.0, 1.0], [1.0, 1.0]];
    let rows: &[Row<'_>] = &[
        (GeometryKind::MultiPolygon, &[&[SQUARE], &[flat]]),
        (GeometryKind::Polygon, &[&[flat]]),
        (GeometryKind::LineString, &[&[dot]]),
    ];
    let table = table(rows);
    let made = |keep_collapsed: bool| {
        let options = RepairOptions { keep_collapsed, ..RepairOptions::default() };
        let copy = repair(&table, &options, &Watch::unwatched()).unwrap();
        let geometry = copy.table.geometry.clone().unwrap();
        (geometry.kinds().to_vec(), copy.changes)
    };
    let (kinds, changes) = made(false);
    assert_eq!(kinds, [GeometryKind::MultiPolygon, GeometryKind::Null, GeometryKind::Null]);
    assert_eq!(changes.count("problem-repair-collapsed"), 3);
    assert_eq!(changes.count("problem-repair-lost"), 2);
    let (kinds, changes) = made(true);
    let collection = GeometryKind::GeometryCollection;
    assert_eq!(kinds, [collection, GeometryKind::LineString, GeometryKind::Point]);
    assert_eq!(changes.count("problem-repair-kept"), 3);
    assert_eq!(changes.count("problem-repair-lost"), 0);
}

#[test]
fn a_repair_keeps_heights_and_leaves_rows_that_need_nothing_alone() {
    let mut builder = GeometryBuilder::new();
    for ring in [SQUARE, BOW_TIE] {
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        builder.begin_ring();
        ring.iter().for_each(|at| builder.coord(*at, Some(at[0] + 10.0 * at[1]), None));
        builder.end_row();
    }
    let geometry = builder.finish().unwrap();
    let table = Table::new("t", 2, Vec::new(), Vec::new(), Some(geometry)).unwrap();
    let copy = repair(&table, &RepairOptions::default(), &Watch::unwatched()).unwrap();
    assert_eq!(copy.rows_changed, 1);
    let made = copy.table.geometry.unwrap();
    assert_eq!(made.row(0).xy(), SQUARE);
    assert_eq!(made.row(1).kind(), GeometryKind::MultiPolygon);
    // Where the bow tie crosses, the height is between those of the ends: 0 and 88.
    let rings = made.row(1).parts().flat_map(|part| part.rings().collect::<Vec<_>>());
    let heights: Vec<(Position, f64)> = rings
        .flat_map(|ring| {
            ring.xy().iter().copied().zip(ring.z().iter().copied()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(heights.len(), 8);
    for (at, height) in heights {
        assert!((height - (at[0] + 10.0 * at[1])).abs() < 1e-9, "{at:?}: {height}");
    }
}

#[test]
fn nothing_panics_on_odd_numbers_and_odd_rings() {
    let numbers = [0.0, -0.0, 1.0, 1e-300, 1e99, 1e308, f64::INFINITY, f64::NAN];
    let mut rows: Vec<Vec<Position>> = vec![Vec::new()];
    for (a, x) in numbers.iter().enumerate() {
        for (b, y) in numbers.iter().enumerate() {
            rows.push(vec![[*x, *y]]);
            rows.push(vec![[*x, *y], [*y, *x], [*x, *x], [*y, *y], [*x, *y]]);
            rows.push(vec![[0.0, 0.0], [*x, *y], [numbers[(a + b) % 8], *y]]);
        }
    }
    for kind in [GeometryKind::Polygon, GeometryKind::LineString, GeometryKind::MultiPolygon] {
        let rings: Vec<[&[Position]; 1]> = rows.iter().map(|row| [row.as_slice()]).collect();
        let parts: Vec<[&[&[Position]]; 1]> = rings.iter().map(|rings| [&rings[..]]).collect();
        let features: Vec<Row<'_>> = parts.iter().map(|parts| (kind, &parts[..])).collect();
        let table = table(&features);
        let options = Options { overlaps: true, ..Options::of(&table) };
        check(&table, &options, &Watch::unwatched()).unwrap();
        let (copy, _) = repaired(&table);
        let left = report(&copy);
        assert!(left.findings().iter().all(|finding| {
            finding.kind.severity() != Severity::Invalid || kind != GeometryKind::LineString
        }));
    }
}

#[test]
fn a_check_reports_progress_and_stops_when_cancelled() {
    let rows: Vec<Row<'_>> = vec![polygon(&[&[SQUARE]]); 5000];
    let table = table(&rows);
    let watch = Watch::unwatched();
    assert!(check(&table, &Options::of(&table), &watch).is_ok());
    assert_eq!(watch.fraction(), Some(1.0));
    watch.cancel();
    let options = Options { overlaps: true, ..Options::of(&table) };
    assert_eq!(check(&table, &options, &watch), Err(Cancelled));
    assert!(repair(&table, &RepairOptions::default(), &watch).is_err());
}

#[test]
fn kinds_are_in_order_and_have_names_of_their_own() {
    let mut codes = std::collections::BTreeSet::new();
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        assert_eq!(kind as usize, at);
        assert!(codes.insert(kind.code()));
    }
    let severities: Vec<Severity> = Kind::ALL.iter().map(|kind| kind.severity()).collect();
    assert!(severities.is_sorted());
}
