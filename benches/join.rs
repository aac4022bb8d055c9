//! How fast a table of 100,000 keys is joined: columns, the preview with its near matches, and
//! finding which columns go together.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, StringArray};
use belfort::jobs::Watch;
use belfort::query::join::{JoinBy, JoinColumn, Part, Rule, join, key_pairs, preview};
use belfort::table::{Field, FieldKind, Table};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const KEYS: u32 = 100_000;

/// A name of two made-up words and a number, like those of statistical sectors.
fn name(number: u32) -> String {
    const PARTS: [&str; 12] = [
        "molen", "kerk", "veld", "broek", "water", "ooster", "hoek", "sluis", "poort", "berg",
        "meers", "donk",
    ];
    let part = |by: u32| PARTS.get((number / by % 12) as usize).copied().unwrap_or_default();
    let (first, second, third) = (part(1), part(12), part(144));
    let last = part(1728);
    format!("Sint-{first}{second} {third}{last} {}", number / 20_736)
}

/// What a person in another office may have written.
fn misspelt(number: u32) -> String {
    let name = name(number);
    match number % 4 {
        0 => name.replace("Sint-", "St. "),
        1 => name.replace(' ', "-"),
        2 => name.replacen('o', "oo", 1),
        _ => format!("{name} elders"),
    }
}

fn table(names: &[String]) -> Option<Table> {
    let rows = names.len();
    let text: ArrayRef = Arc::new(StringArray::from_iter_values(names));
    let number: ArrayRef = Arc::new(Int64Array::from_iter_values(0..i64::try_from(rows).ok()?));
    let fields = vec![
        Field::new("naam", FieldKind::Text),
        Field::new("inwoners", FieldKind::Integer),
        Field::new("rij", FieldKind::Integer),
    ];
    Table::new("keys", rows, fields, vec![text, number.clone(), number], None).ok()
}

fn bench(criterion: &mut Criterion) {
    let names: Vec<String> = (0..KEYS).map(name).collect();
    let half = (0..KEYS).map(|at| if at % 2 == 0 { name(at) } else { misspelt(at / 2) });
    let unlike: Vec<String> = (0..KEYS).map(misspelt).collect();
    let twice: Vec<String> = names.iter().chain(&names).cloned().collect();
    let half: Vec<String> = half.collect();
    let tables = [&names, &twice, &half, &unlike].map(|names| table(names));
    let [Some(ours), Some(twice), Some(half), Some(unlike)] = tables else { return };
    let column = |rule| JoinColumn { field: "inwoners".into(), name: "mensen".into(), rule };
    let by = |rule| JoinBy {
        key: "naam".into(),
        their_key: "naam".into(),
        columns: vec![column(rule)],
        ..JoinBy::default()
    };
    let watch = Watch::unwatched();
    let mut group = criterion.benchmark_group("join");
    group.sample_size(10).throughput(Throughput::Elements(u64::from(KEYS)));
    for (case, other, rule) in [("all equal", &ours, None), ("sum of two", &twice, Some(Rule::Sum))]
    {
        let by = by(rule);
        group.bench_function(case, |bencher| {
            let part = Part { by: &by, other: Some(other), name: "o" };
            bencher.iter(|| join(&ours, &[part], &watch).map_or(0, |made| made.columns.len()));
        });
    }
    for (case, other) in [
        ("preview, all equal", &ours),
        ("preview, half near", &half),
        ("preview, all near", &unlike),
    ] {
        let by = by(None);
        group.bench_function(case, |bencher| {
            bencher.iter(|| preview(&ours, other, &by, &watch).map_or(0, |p| p.counts.proposed));
        });
    }
    group.bench_function("key pairs", |bencher| {
        bencher.iter(|| key_pairs(&ours, &half, &watch).map_or(0, |pairs| pairs.len()));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
