//! How fast conditions are: `cargo bench --bench query`.
//!
//! On a 2-core machine, one core used, a million rows: `bouwjaar > 1900 and wijk = 'Ledeberg'`
//! takes 6 ms (DataFusion: 7 ms), a list of words 25 ms, `lower(…) = …` 57 ms; points within 250
//! polygons of 400 corners take 530 ms.

#![allow(missing_docs, reason = "a program")]
#![allow(clippy::expect_used, reason = "a bench may fail")]

use std::hint::black_box;
use std::sync::Arc;

use arrow_array::{Int64Array, StringArray};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::jobs::Watch;
use belfort::query::{Condition, Features, OnPlace, Relation, select};
use belfort::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table};
use criterion::{Criterion, criterion_group, criterion_main};

const ROWS: usize = 1_000_000;
const WIJKEN: [&str; 8] = [
    "Ledeberg",
    "Gentbrugge",
    "Dampoort",
    "Binnenstad",
    "Drongen",
    "Wondelgem",
    "Oostakker",
    "Zwijnaarde",
];

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

fn buildings() -> Table {
    let mut dice = Dice(1);
    let years = Int64Array::from_iter_values((0..ROWS).map(|_| 1800 + i64::from(dice.below(220))));
    let mut wijk = || WIJKEN.get(dice.below(8) as usize).copied().unwrap_or_default();
    let names = StringArray::from_iter_values((0..ROWS).map(|_| wijk()));
    let mut points = GeometryBuilder::with_capacity(ROWS, ROWS);
    for _ in 0..ROWS {
        let (x, y) = (dice.below(20_000), dice.below(20_000));
        points.push_point([f64::from(x) + 95_000.5, f64::from(y) + 185_000.5]);
    }
    let fields =
        vec![Field::new("bouwjaar", FieldKind::Integer), Field::new("wijk", FieldKind::Text)];
    let geometry = points.finish().ok();
    let columns = vec![Arc::new(years) as _, Arc::new(names) as _];
    let mut table = Table::new("gebouwen", ROWS, fields, columns, geometry).expect("equal columns");
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    table
}

/// 250 polygons of 400 corners each.
fn sectors() -> Table {
    let mut builder = GeometryBuilder::new();
    for sector in 0..250_u32 {
        let (x, y) = (f64::from(sector % 16), f64::from(sector / 16));
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        builder.begin_ring();
        for corner in 0..=400_u32 {
            let angle = f64::from(corner % 400) * std::f64::consts::TAU / 400.0;
            let radius = 600.0 + 60.0 * (angle * 9.0).sin();
            builder.coord(
                [
                    95_600.0 + x * 1200.0 + radius * angle.cos(),
                    185_600.0 + y * 1200.0 + radius * angle.sin(),
                ],
                None,
                None,
            );
        }
        builder.end_row();
    }
    let geometry = builder.finish().ok();
    let mut table = Table::new("sectoren", 250, Vec::new(), Vec::new(), geometry).expect("equal");
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    table
}

fn conditions(criterion: &mut Criterion) {
    let (table, areas) = (buildings(), sectors());
    let mut group = criterion.benchmark_group("a million rows");
    group.sample_size(20);
    for sql in [
        "bouwjaar > 1900 and wijk = 'Ledeberg'",
        "bouwjaar > 1900",
        "wijk = 'Ledeberg'",
        "wijk in ('Ledeberg', 'Drongen')",
        "wijk like '%berg'",
        "lower(wijk) = 'ledeberg'",
        "bouwjaar / 2 + 1 > 950.5",
    ] {
        let condition = Condition::parse(sql).expect("a condition");
        group.bench_function(sql, |bencher| {
            bencher.iter(|| black_box(condition.evaluate(&table)).expect("rows"));
        });
    }
    group.bench_function("points within 250 polygons", |bencher| {
        let watch = Watch::unwatched();
        let of = Features::Where { table: &areas, sql: "" };
        let within = [OnPlace { relation: Relation::Within, of }];
        bencher.iter(|| black_box(select(&table, "", &within, &watch)).expect("rows"));
    });
    group.bench_function("points within 100 m of 250 polygons", |bencher| {
        let watch = Watch::unwatched();
        let of = Features::Where { table: &areas, sql: "" };
        let near = [OnPlace { relation: Relation::Near { metres: 100.0 }, of }];
        bencher.iter(|| black_box(select(&table, "", &near, &watch)).expect("rows"));
    });
    group.finish();
}

criterion_group!(benches, conditions);
criterion_main!(benches);
