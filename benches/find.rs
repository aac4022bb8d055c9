//! Finding among many names: collecting them, and what a keystroke costs. CPU time of one thread
//! is what counts: nobody waits for the window meanwhile.

#![allow(clippy::expect_used, reason = "a bench may fail")]

use std::hint::black_box;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use belfort::find::{NameIndex, Query};
use belfort::jobs::Watch;
use belfort::table::{Field, FieldKind, Table};
use criterion::{Criterion, criterion_group, criterion_main};

/// A million rows with about as many names of two and three words.
fn table() -> Table {
    let first = ["Lange", "Korte", "Oude", "Nieuwe", "Groene", "Sint", "Hoge", "Lage", "Verloren"];
    let parts =
        ["Veld", "Koren", "Berg", "Meers", "Linden", "Molen", "Vlas", "Kerk", "Brug", "Eik"];
    let ends = ["straat", "laan", "weg", "dreef", "plein", "markt", "kaai", "pad", "hof", "steeg"];
    let name = |row: u32| {
        let mixed = row.wrapping_mul(2_654_435_761);
        let pick = |list: &[&'static str], by: u32| {
            let at = usize::try_from(mixed / by).unwrap_or(0) % list.len();
            list.get(at).copied().unwrap_or_default()
        };
        let letters: String = (0..4)
            .map(|at| char::from(b'a' + u8::try_from((mixed >> (at * 7)) % 26).unwrap_or(0)))
            .collect();
        format!(
            "{} {}{}{} {}",
            pick(&first, 3),
            pick(&parts, 7),
            letters,
            pick(&ends, 11),
            row % 40
        )
    };
    let names: ArrayRef = Arc::new(StringArray::from_iter_values((0..1_000_000).map(name)));
    let fields = vec![Field::new("naam", FieldKind::Text)];
    Table::new("straten", 1_000_000, fields, vec![names], None).expect("columns of one length")
}

fn finding(c: &mut Criterion) {
    let table = table();
    let watch = Watch::unwatched();
    let mut group = c.benchmark_group("a million names");
    group.sample_size(10);
    group.bench_function("collect", |b| {
        b.iter(|| NameIndex::build(black_box(&table), &watch).expect("nobody cancels"));
    });
    let index = NameIndex::build(&table, &watch).expect("nobody cancels");
    for typed in ["v", "ve", "veld", "straat", "oude molen 12", "nergens"] {
        let query = Query::new(typed).expect("letters");
        group.bench_function(format!("type “{typed}”"), |b| {
            b.iter(|| index.search(black_box(&query), 6, &watch));
        });
    }
    for typed in ["verlooren", "molne", "oude mloen 12", "xyzzyxyzzy"] {
        let query = Query::new(typed).expect("letters");
        group.bench_function(format!("near “{typed}”"), |b| {
            b.iter(|| index.search_near(black_box(&query), 6, &watch));
        });
    }
    group.finish();
}

criterion_group!(benches, finding);
criterion_main!(benches);
