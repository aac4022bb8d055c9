//! The check of geometry and its repair: a city of buildings, points, one ring of many corners.
//! `cargo bench --bench check`.

#![allow(missing_docs, reason = "a bench")]

use std::hint::black_box;

use belfort::check::{Options, RepairOptions, check, repair};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::jobs::Watch;
use belfort::table::{GeometryBuilder, GeometryKind, PartKind, Table};
use criterion::{Criterion, criterion_group, criterion_main};

/// Numbers without order, the same in every run.
fn scattered(number: u32, by: u32) -> f64 {
    f64::from(number.wrapping_mul(by) >> 16) / 65_536.0
}

fn ring(builder: &mut GeometryBuilder, corners: &[[f64; 2]]) {
    builder.begin_row(GeometryKind::Polygon);
    builder.begin_part(PartKind::Polygon);
    builder.begin_ring();
    corners.iter().for_each(|at| builder.coord(*at, None, None));
    builder.end_row();
}

fn table(builder: GeometryBuilder) -> Table {
    let rows = builder.len();
    let geometry = builder.finish().unwrap_or_default();
    let made = Table::new("t", rows, Vec::new(), Vec::new(), Some(geometry));
    let Ok(mut table) = made else { unreachable!("columns of one length") };
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    table
}

/// Rows of houses that share their walls, ten corners each, turned a little; every thousandth is
/// a bow tie.
fn buildings(count: u32) -> Table {
    let mut builder = GeometryBuilder::new();
    for number in 0..count {
        let (row, place) = (number / 20, number % 20);
        let angle = scattered(row, 2_654_435_761) * 6.0;
        let (sin, cos) = angle.sin_cos();
        let east = 100_000.0 + f64::from(row % 120) * 250.0;
        let north = 190_000.0 + f64::from(row / 120) * 60.0;
        let at = |x: f64, y: f64| {
            let x = x + f64::from(place) * 6.0;
            [east + x * cos - y * sin, north + x * sin + y * cos]
        };
        let deep = 10.0 + scattered(number, 2_246_822_519);
        let mut corners = vec![
            at(0.0, 0.0),
            at(2.0, -0.5),
            at(4.0, -0.5),
            at(6.0, 0.0),
            at(6.0, deep),
            at(5.0, deep),
            at(5.0, deep + 3.0),
            at(2.0, deep + 3.0),
            at(2.0, deep),
            at(0.0, deep),
            at(0.0, 0.0),
        ];
        if number % 1000 == 7 {
            corners.swap(3, 5);
        }
        ring(&mut builder, &corners);
    }
    table(builder)
}

fn points(count: u32) -> Table {
    let mut builder = GeometryBuilder::new();
    for number in 0..count {
        let x = 100_000.0 + scattered(number, 2_654_435_761) * 20_000.0;
        let y = 190_000.0 + scattered(number, 2_246_822_519) * 20_000.0;
        builder.push_point([x, y]);
    }
    table(builder)
}

/// One crooked ring.
fn coast(corners: u32) -> Table {
    let mut builder = GeometryBuilder::new();
    let at = |corner: u32| {
        let angle = f64::from(corner % corners) / f64::from(corners) * std::f64::consts::TAU;
        let noise = scattered(corner % corners, 2_654_435_761) * 1e4 / f64::from(corners);
        let radius = 9000.0 + 900.0 * (angle * 50.0).sin() + 3.0 * (angle * 5000.0).sin() + noise;
        [120_000.0 + radius * angle.cos(), 190_000.0 + radius * angle.sin()]
    };
    let corners: Vec<[f64; 2]> = (0..=corners).map(at).collect();
    ring(&mut builder, &corners);
    table(builder)
}

fn checks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10);
    let city = buildings(250_000);
    let watch = Watch::unwatched();
    let plain = Options::of(&city);
    group.bench_function("250,000 buildings", |bench| {
        bench.iter(|| black_box(check(&city, &plain, &watch)));
    });
    let overlaps = Options { overlaps: true, ..plain };
    city.index();
    group.bench_function("250,000 buildings with overlaps", |bench| {
        bench.iter(|| black_box(check(&city, &overlaps, &watch)));
    });
    group.bench_function("repair 250,000 buildings", |bench| {
        bench.iter(|| black_box(repair(&city, &RepairOptions::default(), &watch)));
    });
    let trees = points(1_000_000);
    group.bench_function("1,000,000 points", |bench| {
        bench.iter(|| black_box(check(&trees, &Options::of(&trees), &watch)));
    });
    let coast = coast(5_000_000);
    group.bench_function("a ring of 5,000,000 positions", |bench| {
        bench.iter(|| black_box(check(&coast, &Options::of(&coast), &watch)));
    });
    group.finish();
}

criterion_group!(benches, checks);
criterion_main!(benches);
