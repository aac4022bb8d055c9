#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};

use super::super::point_in_area::{Location, PreparedPolygon};
use super::areas::Areas;
use super::*;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::jobs::Watch;
use crate::table::{GeometryBuilder, GeometryColumn, GeometryKind, PartKind, Table, Value};

/// Numbers without order, the same each time (Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, most: f64) -> f64 {
        self.next() * most
    }
}

type Ring = Vec<[f64; 2]>;

fn square(x: f64, y: f64, size: f64) -> Ring {
    vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
}

fn push(builder: &mut GeometryBuilder, kind: PartKind, rings: &[Ring]) {
    builder.begin_part(kind);
    for ring in rings {
        builder.begin_ring();
        ring.iter().for_each(|xy| builder.coord(*xy, None, None));
    }
}

/// One polygon a row.
fn polygons(rows: &[Vec<Ring>]) -> GeometryColumn {
    let mut builder = GeometryBuilder::new();
    for rings in rows {
        builder.begin_row(GeometryKind::Polygon);
        push(&mut builder, PartKind::Polygon, rings);
        builder.end_row();
    }
    builder.finish().unwrap()
}

fn lines(rows: &[Ring]) -> GeometryColumn {
    let mut builder = GeometryBuilder::new();
    for line in rows {
        builder.begin_row(GeometryKind::LineString);
        push(&mut builder, PartKind::Line, std::slice::from_ref(line));
        builder.end_row();
    }
    builder.finish().unwrap()
}

fn points(rows: &[[f64; 2]]) -> GeometryColumn {
    let mut builder = GeometryBuilder::new();
    rows.iter().for_each(|row| builder.push_point(*row));
    builder.finish().unwrap()
}

fn layer(name: &str, column: GeometryColumn, fields: Vec<(&str, FieldKind, ArrayRef)>) -> Table {
    let rows = column.len();
    let columns = fields.iter().map(|(_, _, column)| column.clone()).collect();
    let fields = fields.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let mut table = Table::new(name, rows, fields, columns, Some(column)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    table
}

fn wanted(columns: &[(What, &str)]) -> Numbers {
    let column = |(what, field): &(What, &str)| NumberColumn {
        what: *what,
        field: (*field).to_owned(),
        name: format!("{} {field}", what.code()),
    };
    Numbers { columns: columns.iter().map(column).collect(), ..Numbers::default() }
}

fn made(areas: &Table, things: &Table, by: &Numbers) -> Columns {
    numbers(areas, things, None, by, &Watch::unwatched()).unwrap()
}

fn wholes(column: &ArrayRef) -> Vec<Option<i64>> {
    column.as_any().downcast_ref::<Int64Array>().unwrap().iter().collect()
}

fn reals(column: &ArrayRef) -> Vec<Option<f64>> {
    column.as_any().downcast_ref::<Float64Array>().unwrap().iter().collect()
}

/// Ghent in Lambert 72.
const X: f64 = 104_000.0;
const Y: f64 = 193_000.0;

fn two_squares() -> Vec<Vec<Ring>> {
    vec![vec![square(X, Y, 1000.0)], vec![square(X + 1000.0, Y, 1000.0)]]
}

#[test]
fn fields_of_points_become_numbers_of_their_area() {
    let mut areas = two_squares();
    areas.push(vec![square(X, Y + 5000.0, 1000.0)]);
    let areas = layer("wijken", polygons(&areas), vec![]);
    let places = [[10.0, 10.0], [20.0, 10.0], [990.0, 5.0], [1010.0, 5.0], [-5.0, 0.0]];
    let places = places.map(|[x, y]| [X + x, Y + y]);
    let whole: ArrayRef = Arc::new(Int64Array::from(vec![Some(3), Some(4), None, None, Some(9)]));
    let real: ArrayRef =
        Arc::new(Float64Array::from(vec![Some(0.5), Some(1.5), Some(4.0), Some(f64::NAN), None]));
    let name: ArrayRef = Arc::new(StringArray::from(vec!["b", "a", "c", "d", "e"]));
    let fields = vec![
        ("n", FieldKind::Integer, whole),
        ("x", FieldKind::Number, real),
        ("naam", FieldKind::Text, name),
    ];
    let things = layer("bomen", points(&places), fields);
    let by = wanted(&[
        (What::Count, ""),
        (What::Sum, "n"),
        (What::Sum, "x"),
        (What::Mean, "n"),
        (What::Median, "x"),
        (What::Min, "naam"),
        (What::Max, "x"),
        (What::CountPerKm2, ""),
        (What::Sum, "naam"),
        (What::Sum, "weg"),
    ]);
    let made = made(&areas, &things, &by);
    let [count, sum, sum_x, mean, median, min, max, per_km2] = &made.columns[..] else {
        panic!("{:?}", made.fields);
    };
    assert_eq!(wholes(count), [Some(3), Some(1), Some(0)]);
    // The second has a thing of which the value is missing, the third has no things.
    assert_eq!(wholes(sum), [Some(7), None, Some(0)]);
    assert_eq!(reals(sum_x), [Some(6.0), None, Some(0.0)]);
    assert_eq!(reals(mean), [Some(3.5), None, None]);
    assert_eq!(reals(median), [Some(1.5), None, None]);
    let min = min.as_any().downcast_ref::<StringArray>().unwrap();
    assert_eq!(min.iter().collect::<Vec<_>>(), [Some("a"), Some("d"), None]);
    assert_eq!(reals(max), [Some(4.0), None, None]);
    // A square kilometre of Lambert 72 is 1000027.39 m² on the ellipsoid (pyproj 3.7).
    let per_km2 = reals(per_km2);
    assert!((per_km2[0].unwrap() * 1.000_027_39 - 3.0).abs() < 1e-5, "{per_km2:?}");
    assert_eq!(per_km2[2], Some(0.0));
    assert_eq!(made.asked, [0, 1, 2, 3, 4, 5, 6, 7]);
    let told: Vec<_> = made.problems.iter().map(|p| (p.kind(), p.count)).collect();
    let refused = [("by-place-not-numbers", 1), ("by-place-no-field", 1), ("by-place-outside", 1)];
    assert_eq!(told, refused);
    let tally =
        Tally { things: 5, inside: 4, outside: 1, areas: 3, areas_empty: 1, ..Tally::default() };
    assert_eq!(made.tally, tally);
}

#[test]
fn a_condition_and_a_mask_choose_the_things() {
    let areas = layer("wijken", polygons(&two_squares()), vec![]);
    let number: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3]));
    let places = [[X + 1.0, Y + 1.0], [X + 2.0, Y + 2.0], [X + 1500.0, Y + 1.0]];
    let things = layer("bomen", points(&places), vec![("n", FieldKind::Integer, number)]);
    let by = Numbers { condition: "n > 1".to_owned(), ..wanted(&[(What::Count, "")]) };
    assert_eq!(wholes(&made(&areas, &things, &by).columns[0]), [Some(1), Some(1)]);
    let shown = BooleanArray::from(vec![true, true, false]);
    let made = numbers(&areas, &things, Some(&shown), &by, &Watch::unwatched()).unwrap();
    assert_eq!(wholes(&made.columns[0]), [Some(1), Some(0)]);
    assert_eq!(made.tally.things, 1);
    let by = Numbers { condition: "m > 1".to_owned(), ..by };
    let wrong = numbers(&areas, &things, None, &by, &Watch::unwatched());
    assert!(matches!(wrong, Err(ByPlaceError::Condition(_))));
    let mut nowhere = layer("bomen", points(&places), vec![]);
    nowhere.crs = None;
    let wrong = numbers(&areas, &nowhere, None, &wanted(&[]), &Watch::unwatched());
    assert_eq!(wrong.err(), Some(ByPlaceError::NoPlace { layer: "bomen".to_owned() }));
    let watch = Watch::default();
    watch.cancel();
    let stopped = numbers(&areas, &things, None, &wanted(&[]), &watch);
    assert!(matches!(stopped, Err(ByPlaceError::Cancelled(_))));
}

#[test]
fn borders_count_in_both_or_once_and_a_row_is_one_thing() {
    let areas = layer("wijken", polygons(&two_squares()), vec![]);
    let mut builder = GeometryBuilder::new();
    builder.push_point([X + 1000.0, Y + 500.0]);
    builder.push_point([X, Y]);
    builder.push_null();
    // Two of its points in the second area.
    builder.begin_row(GeometryKind::MultiPoint);
    for x in [500.0, 1200.0, 1300.0, 9000.0] {
        push(&mut builder, PartKind::Point, &[vec![[X + x, Y + 1.0]]]);
    }
    builder.end_row();
    builder.push_point([f64::NAN, 5.0]);
    let things = layer("bomen", builder.finish().unwrap(), vec![]);
    let mut by = wanted(&[(What::Count, "")]);
    let each = made(&areas, &things, &by);
    assert_eq!(wholes(&each.columns[0]), [Some(3), Some(2)]);
    assert_eq!((each.tally.several, each.tally.without_place, each.tally.inside), (2, 2, 3));
    assert_eq!(each.problems.count("problem-by-place-several-each"), 2);
    by.once = true;
    let once = made(&areas, &things, &by);
    assert_eq!(wholes(&once.columns[0]), [Some(2), Some(1)]);
    assert_eq!(once.problems.count("problem-by-place-several-once"), 2);
}

#[test]
fn areas_without_a_polygon_have_no_numbers() {
    let mut builder = GeometryBuilder::new();
    builder.push_null();
    builder.push_point([X, Y]);
    builder.begin_row(GeometryKind::Polygon);
    push(&mut builder, PartKind::Polygon, &[square(X, Y, 10.0)]);
    builder.end_row();
    builder.begin_row(GeometryKind::Polygon);
    push(&mut builder, PartKind::Polygon, &[vec![[X, Y], [f64::NAN, Y], [X, Y + 9.0], [X, Y]]]);
    builder.end_row();
    let areas = layer("wijken", builder.finish().unwrap(), vec![]);
    let things = layer("bomen", points(&[[X + 1.0, Y + 1.0]]), vec![]);
    let made = made(&areas, &things, &wanted(&[(What::Count, ""), (What::Share, "")]));
    assert_eq!(wholes(&made.columns[0]), [None, None, Some(1), None]);
    assert_eq!(reals(&made.columns[1]), [None, None, Some(0.0), None]);
    assert_eq!(made.problems.count("problem-by-place-no-area"), 3);
}

/// Lengths and areas on the ellipsoid are a few parts in 10^5 from those in the plane.
fn near(found: Option<f64>, wanted: f64) {
    let found = found.unwrap();
    assert!((found - wanted).abs() <= 1e-4 * wanted.abs(), "{found} for {wanted}");
}

#[test]
fn lines_and_polygons_are_cut_at_borders() {
    let mut areas = two_squares();
    // With a hole in the middle.
    areas[0].push(square(X + 400.0, Y + 400.0, 200.0));
    let areas = layer("wijken", polygons(&areas), vec![]);
    let through = vec![[X - 500.0, Y + 500.0], [X + 3000.0, Y + 500.0]];
    let within = vec![[X + 10.0, Y + 10.0], [X + 10.0, Y + 20.0], [X + 30.0, Y + 20.0]];
    let along = vec![[X + 1000.0, Y + 100.0], [X + 1000.0, Y + 200.0]];
    let things = layer("paden", lines(&[through, within, along]), vec![]);
    let mut by = wanted(&[(What::LengthM, ""), (What::LengthKm, ""), (What::Count, "")]);
    for (once, counts) in [(false, [3, 2]), (true, [2, 1])] {
        by.once = once;
        let lengths = made(&areas, &things, &by);
        let metres = reals(&lengths.columns[0]);
        near(metres[0], 800.0 + 30.0 + 100.0);
        near(metres[1], 1000.0 + 100.0);
        near(reals(&lengths.columns[1])[1], 1.1);
        assert_eq!(wholes(&lengths.columns[2]), counts.map(Some), "{once}");
    }

    let parks = [
        vec![square(X + 900.0, Y, 400.0)],
        vec![square(X + 350.0, Y + 350.0, 100.0)],
        vec![square(X + 450.0, Y + 450.0, 100.0)],
        vec![square(X - 100.0, Y - 100.0, 5000.0), square(X + 500.0, Y - 50.0, 4000.0)],
        vec![square(X + 2000.0, Y, 10.0)],
    ];
    let things = layer("parken", polygons(&parks), vec![]);
    let mut by =
        wanted(&[(What::AreaM2, ""), (What::AreaHa, ""), (What::Share, ""), (What::Count, "")]);
    for (once, counts) in [(false, [3, 2]), (true, [2, 2])] {
        by.once = once;
        let sizes = made(&areas, &things, &by);
        let metres = reals(&sizes.columns[0]);
        // The first park and a half, three quarters of the second, the left half around the hole.
        let left = 500_000.0 - 100.0 * 200.0;
        near(metres[0], 40_000.0 + 7_500.0 + left);
        near(metres[1], 120_000.0);
        near(reals(&sizes.columns[1])[1], 12.0);
        near(reals(&sizes.columns[2])[0], (47_500.0 + left) / 960_000.0 * 100.0);
        assert_eq!(wholes(&sizes.columns[3]), counts.map(Some), "{once}");
        assert_eq!(sizes.tally.outside, 1);
    }
}

#[test]
fn each_thing_gets_the_area_that_holds_most_of_it() {
    let names: ArrayRef = Arc::new(StringArray::from(vec!["west", "oost", "alles"]));
    let mut shapes = two_squares();
    shapes.push(vec![square(X - 5000.0, Y - 5000.0, 20_000.0)]);
    let areas = layer("wijken", polygons(&shapes), vec![("wijk", FieldKind::Text, names)]);
    let paths = [
        vec![[X + 900.0, Y + 1.0], [X + 1900.0, Y + 1.0]],
        vec![[X + 900.0, Y + 1.0], [X + 1001.0, Y + 1.0]],
        vec![[X - 900.0, Y - 900.0], [X - 901.0, Y - 901.0]],
        vec![[X, Y + 90_000.0], [X, Y + 91_000.0]],
    ];
    let things = layer("paden", lines(&paths), vec![]);
    let by = AreaOf {
        condition: "wijk <> 'alles'".to_owned(),
        columns: vec![AreaColumn { field: "wijk".to_owned(), name: "wijk".to_owned() }],
    };
    let table = Arc::new(things);
    let part = |by: ByPlace| {
        let part = ByPlacePart { by: &by, other: Some(&areas), name: "de wijken", shown: None };
        by_place_table(&table, &[part], &Watch::unwatched()).unwrap()
    };
    let (found, origins, tallies) = part(ByPlace::AreaOf(by.clone()));
    let values: Vec<Value<'_>> = (0..4).map(|row| found.value(row, 0)).collect();
    assert_eq!(values, [Value::Text("oost"), Value::Text("west"), Value::Null, Value::Null]);
    assert_eq!(origins[0], ByPlaceField { part: 0, what: None, field: "wijk".to_owned() });
    let tally = tallies[0].unwrap();
    assert_eq!((tally.inside, tally.outside, tally.several, tally.areas), (2, 2, 2, 2));
    // Of areas that hold equally much of it, the first.
    let (found, ..) = part(ByPlace::AreaOf(AreaOf { condition: String::new(), ..by }));
    assert_eq!(found.value(1, 0), Value::Text("alles"));
    let told =
        found.origin.problems.iter().map(|problem| problem.text(crate::i18n::Language::Dutch));
    let told: Vec<String> = told.collect();
    assert!(told.iter().any(|text| text.contains("van ‘de wijken’")), "{told:?}");
}

#[test]
fn what_cannot_be_made_is_told_and_the_rest_is_made() {
    let table = Arc::new(layer("wijken", polygons(&two_squares()), vec![]));
    let things = layer("bomen", points(&[[X + 1.0, Y + 1.0]]), vec![]);
    let count = |name: &str| {
        let column =
            NumberColumn { what: What::Count, field: String::new(), name: name.to_owned() };
        Numbers { columns: vec![column], ..Numbers::default() }
    };
    let fine = ByPlace::Numbers(count("n"));
    let wrong = ByPlace::Numbers(Numbers { condition: "x = 1".to_owned(), ..count("m") });
    let part = |by, other, name| ByPlacePart { by, other, name, shown: None };
    let parts = [
        part(&wrong, Some(&things), "bomen"),
        part(&fine, None, "weg"),
        part(&fine, None, ""),
        part(&fine, Some(&things), "bomen"),
        part(&fine, Some(&things), "bomen"),
        ByPlacePart { shown: Some(("FALSE", &[])), ..part(&fine, Some(&things), "bomen") },
    ];
    let (made, origins, tallies) = by_place_table(&table, &parts, &Watch::unwatched()).unwrap();
    let names: Vec<&str> = made.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["n", "n_bomen", "n_bomen_2"]);
    assert_eq!(made.value(0, 0), Value::Integer(1));
    assert_eq!(made.value(0, 2), Value::Integer(0));
    assert_eq!(origins.iter().map(|origin| origin.part).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(
        tallies.iter().map(Option::is_some).collect::<Vec<_>>(),
        [false, false, false, true, true, true]
    );
    let kinds: Vec<&str> = made.origin.problems.iter().map(crate::problem::Problem::kind).collect();
    let expected = [
        "by-place-failed",
        "by-place-no-table",
        "by-place-gone",
        "by-place-renamed",
        "by-place-renamed",
    ];
    assert_eq!(kinds, expected);
}

/// A ring around a place, without order.
fn star(random: &mut Random, [x, y]: [f64; 2], size: f64, corners: u32) -> Ring {
    let corner = |number: u32, radius: f64| {
        let angle = f64::from(number) / f64::from(corners) * std::f64::consts::TAU;
        [x + angle.cos() * radius, y + angle.sin() * radius]
    };
    let mut ring: Ring =
        (0..corners).map(|at| corner(at, size * (0.2 + random.below(0.8)))).collect();
    ring.push(ring[0]);
    ring
}

#[test]
fn the_grid_says_what_every_polygon_says() {
    let mut random = Random(7);
    for (places, count) in [(100.0, 3), (1.0, 40), (1e-3, 9), (2e5, 12)] {
        let rows: Vec<Vec<Ring>> = (0..count)
            .map(|_| {
                let at = [random.below(places) + places, random.below(places) - places * 3.0];
                vec![star(&mut random, at, places / 3.0, 41)]
            })
            .collect();
        let column = polygons(&rows);
        let prepared =
            |rings: &Vec<Ring>| PreparedPolygon::of_rings(rings.iter().map(Vec::as_slice));
        let each: Vec<PreparedPolygon> = rows.iter().filter_map(prepared).collect();
        let mut tried: Vec<[f64; 2]> = rows.iter().flatten().flatten().copied().collect();
        for _ in 0..3000 {
            tried.push([places * (random.below(2.0) + 0.5), places * (random.below(2.0) - 3.5)]);
        }
        // Cells cut corners off in every way when they are as small as edges.
        for things in [0, 1000, 40_000, 1_000_000] {
            let areas = Areas::of(&column, things, &Watch::unwatched()).unwrap();
            for point in &tried {
                let found: Vec<u32> = areas.of_point(*point).collect();
                let wanted =
                    (0..).zip(&each).filter(|(_, one)| one.locate(*point) != Location::Outside);
                let wanted: Vec<u32> = wanted.map(|(at, _)| at).collect();
                assert_eq!(found, wanted, "{point:?} of {places} with {things}");
            }
        }
    }
}

/// The areas are a partition of a square, drawn through corners that are no round numbers; some
/// things lie on borders and corners of four.
#[test]
fn numbers_over_a_partition_add_up() {
    const SIDE: usize = 7;
    let mut random = Random(99);
    let mut corner = vec![[0.0; 2]; (SIDE + 1) * (SIDE + 1)];
    for (at, corner) in corner.iter_mut().enumerate() {
        let (column, row) = ((at % (SIDE + 1)) as f64, (at / (SIDE + 1)) as f64);
        let is_outer = |value: f64| value == 0.0 || value == SIDE as f64;
        let mut shift = |value: f64| if is_outer(value) { 0.0 } else { random.below(0.4) };
        let (dx, dy) = (shift(column), shift(row));
        *corner = [X + (column + dx) * 500.0, Y + (row + dy) * 500.0];
    }
    let mut rows = Vec::new();
    for row in 0..SIDE {
        for column in 0..SIDE {
            let at = row * (SIDE + 1) + column;
            let around = [at, at + 1, at + SIDE + 2, at + SIDE + 1, at];
            rows.push(vec![around.map(|at| corner[at]).to_vec()]);
        }
    }
    let side = SIDE as f64 * 500.0;
    let areas = layer("wijken", polygons(&rows), vec![]);
    let mut places = corner.clone();
    for _ in 0..20_000 {
        places.push([X + random.below(side), Y + random.below(side)]);
    }
    let within = places.len() as i64;
    places.push([X - 1.0, Y]);
    let ones: ArrayRef = Arc::new(Int64Array::from(vec![2; places.len()]));
    let things = layer("bomen", points(&places), vec![("twee", FieldKind::Integer, ones)]);
    let mut by = wanted(&[(What::Count, ""), (What::Sum, "twee")]);
    by.once = true;
    let made_once = made(&areas, &things, &by);
    let sum = |column: &ArrayRef| wholes(column).iter().flatten().sum::<i64>();
    assert_eq!(made_once.columns.iter().map(sum).collect::<Vec<_>>(), [within, within * 2]);
    // In each: a corner between four areas counts four times.
    by.once = false;
    let inner = ((SIDE - 1) * (SIDE - 1) * 3 + (SIDE - 1) * 4) as i64;
    assert_eq!(sum(&made(&areas, &things, &by).columns[0]), within + inner);

    // Lines from place to place within, and squares within, are cut into pieces that add up.
    let paths: Vec<Ring> = places[64..].windows(2).step_by(40).map(<[_]>::to_vec).collect();
    let paths = &paths[..paths.len() - 1];
    let all = layer("alles", polygons(&[vec![square(X, Y, side)]]), vec![]);
    let by = wanted(&[(What::LengthM, ""), (What::AreaM2, "")]);
    let total = |areas: &Table, things: &Table, at: usize| {
        reals(&made(areas, things, &by).columns[at]).iter().flatten().sum::<f64>()
    };
    let paths = layer("paden", lines(paths), vec![]);
    let (parts, whole) = (total(&areas, &paths, 0), total(&all, &paths, 0));
    assert!(whole > 100_000.0 && (parts / whole - 1.0).abs() < 1e-9, "{parts} of {whole}");
    let parks: Vec<Vec<Ring>> = places[64..]
        .iter()
        .step_by(100)
        .take(150)
        .map(|[x, y]| {
            vec![star(
                &mut random,
                [x.clamp(X + 300.0, X + side - 300.0), y.clamp(Y + 300.0, Y + side - 300.0)],
                280.0,
                17,
            )]
        })
        .collect();
    let parks = layer("parken", polygons(&parks), vec![]);
    let (parts, whole) = (total(&areas, &parks, 1), total(&all, &parks, 1));
    assert!(whole > 1e6 && (parts / whole - 1.0).abs() < 1e-8, "{parts} of {whole}");
}
