//! How fast a million points, and 100,000 lines and polygons, are looked up in 200 areas that share
//! borders of many corners: counted, added up, cut at the borders, and which area each lies in.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::jobs::Watch;
use belfort::query::per_area::{AreaColumn, AreaOf, NumberColumn, Numbers, What, area_of, numbers};
use belfort::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const COLUMNS: u32 = 20;
const ROWS: u32 = 10;
const SIDE: f64 = 1000.0;
const STEPS: u32 = 60;
const POINTS: u32 = 1_000_000;
const SHAPES: u32 = 100_000;

/// From 0 to 1, without order.
fn share(number: u32, by: u32) -> f64 {
    f64::from(number.wrapping_mul(by) >> 4) / f64::from(u32::MAX >> 4)
}

/// Lambert 72.
fn place(number: u32) -> [f64; 2] {
    let (x, y) = (share(number, 2_654_435_761), share(number, 2_246_822_519));
    [100_000.0 + x * SIDE * f64::from(COLUMNS), 190_000.0 + y * SIDE * f64::from(ROWS)]
}

/// A border, the same for both areas: a wave around the line.
fn wave(from: [u32; 2], to: [u32; 2], turned: bool) -> impl Iterator<Item = [f64; 2]> {
    (0..STEPS).map(move |step| {
        let step = if turned { STEPS - step } else { step };
        let share = f64::from(step) / f64::from(STEPS);
        let at = |axis: usize| {
            let ends = from.get(axis).zip(to.get(axis));
            let (from, to) =
                ends.map_or((0.0, 0.0), |(from, to)| (f64::from(*from), f64::from(*to)));
            (from + (to - from) * share) * SIDE
        };
        let aside = (share * 9.0 * std::f64::consts::PI).sin() * 60.0;
        let is_level = from.get(1) == to.get(1);
        let (dx, dy) = if is_level { (0.0, aside) } else { (aside, 0.0) };
        [100_000.0 + at(0) + dx, 190_000.0 + at(1) + dy]
    })
}

fn finish(builder: GeometryBuilder, name: &str, with: Option<ArrayRef>) -> Option<Table> {
    let column = builder.finish().ok()?;
    let field = Field::new("n", FieldKind::Number);
    let (fields, columns) = with.map(|column| (field, column)).into_iter().unzip();
    let mut table = Table::new(name, column.len(), fields, columns, Some(column)).ok()?;
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    Some(table)
}

fn areas() -> Option<Table> {
    let mut builder = GeometryBuilder::new();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let corners =
                [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
            let [a, b, c, d] = corners;
            let ring = wave(a, b, false).chain(wave(b, c, false));
            let ring = ring.chain(wave(d, c, true)).chain(wave(a, d, true));
            let ring: Vec<[f64; 2]> = ring.collect();
            builder.begin_row(GeometryKind::Polygon);
            builder.begin_part(PartKind::Polygon);
            builder.begin_ring();
            ring.iter().chain(ring.first()).for_each(|xy| builder.coord(*xy, None, None));
            builder.end_row();
        }
    }
    let numbers = Float64Array::from_iter_values((0..COLUMNS * ROWS).map(f64::from));
    finish(builder, "areas", Some(Arc::new(numbers)))
}

fn points() -> Option<Table> {
    let mut builder = GeometryBuilder::new();
    (0..POINTS).for_each(|number| builder.push_point(place(number)));
    let numbers = Float64Array::from_iter_values((0..POINTS).map(|number| share(number, 77_777)));
    finish(builder, "points", Some(Arc::new(numbers)))
}

/// Squares of 30 m, or lines along three of their sides.
fn shapes(kind: GeometryKind, part: PartKind) -> Option<Table> {
    let mut builder = GeometryBuilder::new();
    for number in 0..SHAPES {
        let [x, y] = place(number);
        let ring = [[x, y], [x + 30.0, y], [x + 30.0, y + 30.0], [x, y + 30.0], [x, y]];
        let length = if part == PartKind::Polygon { 5 } else { 4 };
        builder.begin_row(kind);
        builder.begin_part(part);
        builder.begin_ring();
        ring.iter().take(length).for_each(|xy| builder.coord(*xy, None, None));
        builder.end_row();
    }
    finish(builder, "shapes", None)
}

fn wanted(what: &[What]) -> Numbers {
    let column =
        |what: &What| NumberColumn { what: *what, field: "n".into(), name: what.code().into() };
    Numbers { columns: what.iter().map(column).collect(), ..Numbers::default() }
}

fn bench(criterion: &mut Criterion) {
    let (Some(areas), Some(points)) = (areas(), points()) else { return };
    let lines = shapes(GeometryKind::LineString, PartKind::Line);
    let polygons = shapes(GeometryKind::Polygon, PartKind::Polygon);
    let (Some(lines), Some(polygons)) = (lines, polygons) else { return };
    let watch = Watch::unwatched();
    let mut group = criterion.benchmark_group("per area");
    group.sample_size(10);
    let mut of_things = |name: &str, things: &Table, by: &Numbers| {
        group.throughput(Throughput::Elements(things.rows() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| numbers(&areas, things, None, by, &watch));
        });
    };
    of_things("count points", &points, &wanted(&[What::Count]));
    let all = [What::Count, What::CountPerKm2, What::Sum, What::Mean, What::Median, What::Max];
    of_things("six numbers of points", &points, &wanted(&all));
    of_things("length of lines", &lines, &wanted(&[What::LengthKm]));
    of_things("count polygons once", &polygons, &Numbers { once: true, ..wanted(&[What::Count]) });
    of_things("share of polygons", &polygons, &wanted(&[What::Share]));
    let by = AreaOf {
        columns: vec![AreaColumn { field: "n".into(), name: "n".into() }],
        ..AreaOf::default()
    };
    group.throughput(Throughput::Elements(u64::from(POINTS)));
    group.bench_function("area of points", |bencher| {
        bencher.iter(|| area_of(&points, &areas, None, &by, &watch));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
