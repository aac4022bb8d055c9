//! How fast a layer is made ready for the map, from Web Mercator so that no transformation is
//! timed along: the scene, and the picking in it.

#![expect(clippy::expect_used, reason = "a benchmark")]

#[path = "../examples/measure_frames/city.rs"]
mod city;

use std::hint::black_box;

use belfort::jobs::Watch;
use belfort::map::LayerScene;
use belfort::table::Table;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn build(table: &Table) -> LayerScene {
    LayerScene::build(table, &Watch::unwatched()).expect("the same plane")
}

fn scenes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scene");
    group.sample_size(10);
    let tables = [
        ("points", city::points(1_000_000)),
        ("buildings", city::buildings(100_000)),
        ("streets", city::streets(60_000)),
    ];
    for (name, table) in &tables {
        group.throughput(Throughput::Elements(table.rows() as u64));
        group.bench_function(*name, |bencher| bencher.iter(|| build(black_box(table))));
    }
    group.finish();
}

fn triangles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("made ready");
    group.sample_size(10);
    let buildings = build(&city::buildings(100_000));
    group.throughput(Throughput::Elements(100_000));
    for level in [-4, 0, 4] {
        group.bench_function(format!("buildings, pixels of 2^{level} m"), |bencher| {
            bencher.iter(|| black_box(&buildings).make_shapes(level));
        });
    }
    let points = build(&city::points(1_000_000));
    group.throughput(Throughput::Elements(1_000_000));
    for metres_per_point in [20.0, 80.0] {
        group.bench_function(format!("points, {metres_per_point} m a pixel"), |bencher| {
            bencher.iter(|| black_box(&points).make_dots(metres_per_point));
        });
    }
    group.finish();
}

criterion_group!(benches, scenes, triangles);
criterion_main!(benches);
