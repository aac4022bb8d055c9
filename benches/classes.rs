//! How fast a million rows get their classes, by each method, and their colours.

use std::hint::black_box;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, StringArray};
use belfort::jobs::Watch;
use belfort::style::breaks::Method;
use belfort::style::{By, Categories, Graduated, NumberOf, Per, Style, partition};
use belfort::table::{Field, FieldKind, PartKind, Table};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ROWS: u32 = 1_000_000;

/// Numbers like those of a city: many small, few large, hardly two the same; and forty kinds.
fn table() -> Option<Table> {
    let mut state = 7_u64;
    let mut roll = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        f64::from(u32::try_from(state >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    };
    let numbers: Vec<f64> = (0..ROWS).map(|_| (roll() * 6.0).exp() * 10.0).collect();
    let kinds = (0..ROWS).map(|_| format!("soort {}", (roll() * roll() * 40.0).floor()));
    let columns: Vec<ArrayRef> =
        vec![Arc::new(Float64Array::from(numbers)), Arc::new(StringArray::from_iter_values(kinds))];
    let fields = vec![Field::new("n", FieldKind::Number), Field::new("soort", FieldKind::Text)];
    Table::new("city", ROWS as usize, fields, columns, None).ok()
}

fn by_number(method: Method) -> Style {
    let of = NumberOf { field: "n".to_owned(), per: Per::Nothing };
    let by = Graduated { of, method, count: 7, ..Graduated::default() };
    Style { by: By::Number(by), ..Style::default() }
}

fn bench(criterion: &mut Criterion) {
    let Some(table) = table() else { return };
    let mut group = criterion.benchmark_group("classes");
    group.throughput(Throughput::Elements(u64::from(ROWS))).sample_size(10);
    let watch = Watch::unwatched();
    for method in Method::ALL {
        let Some(grouping) = by_number(method).grouping() else { return };
        group.bench_function(format!("{method:?}"), |bencher| {
            bencher.iter(|| partition(black_box(&table), &grouping, None, &watch).is_ok());
        });
    }
    let by = Categories { field: "soort".to_owned(), most: 12, ..Categories::default() };
    let values = Style { by: By::Value(by), ..Style::default() };
    if let Some(grouping) = values.grouping() {
        group.bench_function("values", |bencher| {
            bencher.iter(|| partition(black_box(&table), &grouping, None, &watch).is_ok());
        });
    }
    let style = by_number(Method::Quantile);
    let found = style.grouping().and_then(|of| partition(&table, &of, None, &watch).ok());
    if let Some(partition) = found {
        // What a change of a colour costs.
        group.bench_function("colours", |bencher| {
            bencher.iter(|| style.symbols(black_box(&partition), Some(PartKind::Point)));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
