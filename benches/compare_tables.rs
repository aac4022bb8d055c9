//! How long it takes to find what changed between two downloads of the same million rows, in another
//! order: by a field that tells rows apart, and by content where none does.
//! `cargo bench --bench compare_tables`.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray};
use belfort::jobs::Watch;
use belfort::table::{Differences, Field, FieldKind, GeometryBuilder, Table};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ROWS: u32 = 1_000_000;

/// Trees; from the second download on every hundredth is higher, and the order is another one.
fn trees(download: u32, has_key: bool) -> Option<Table> {
    let rows: Vec<u32> = (0..ROWS).map(|row| (row * 7 + download * 13) % ROWS).collect();
    let mixed = |row: u32| row.wrapping_mul(2_654_435_761);
    let height = |row: u32| f64::from(mixed(row) % 300) / 10.0;
    let grown = |row: u32| if download > 0 && row.is_multiple_of(100) { 0.5 } else { 0.0 };
    let key = |row: u32| if has_key { i64::from(row) } else { i64::from(row / 2) };
    let mut builder = GeometryBuilder::new();
    for row in &rows {
        builder.push_point([3.7 + f64::from(row % 1000) * 1e-4, 51.0 + f64::from(*row) * 1e-7]);
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(rows.iter().map(|row| Some(key(*row))).collect::<Int64Array>()),
        Arc::new(
            rows.iter()
                .map(|row| Some(format!("Soort {}", mixed(*row) % 28)))
                .collect::<StringArray>(),
        ),
        Arc::new(
            rows.iter()
                .map(|row| Some(format!("Korte Meer {}", mixed(*row) >> 24)))
                .collect::<StringArray>(),
        ),
        Arc::new(rows.iter().map(|row| Some(height(*row) + grown(*row))).collect::<Float64Array>()),
    ];
    let fields = vec![
        Field::new("boomnr", FieldKind::Integer),
        Field::new("soort", FieldKind::Text),
        Field::new("straat", FieldKind::Text),
        Field::new("hoogte", FieldKind::Number),
    ];
    Table::new("trees", rows.len(), fields, columns, builder.finish().ok()).ok()
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10).throughput(Throughput::Elements(u64::from(ROWS)));
    for (name, has_key) in [("by a field", true), ("by content", false)] {
        let (Some(before), Some(after)) = (trees(0, has_key), trees(1, has_key)) else { continue };
        group.bench_function(name, |bencher| {
            let watch = Watch::unwatched();
            bencher.iter(|| {
                Differences::between(&before, &after, &watch).map(|it| it.changed.count())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
