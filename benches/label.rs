//! How fast labels are placed: 3,000 streets, 25 neighbourhoods and 500 stops in a view, with
//! what moves in around it. First what is made once per layer, then a view seen for the first
//! time (its names are shaped), then any other.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a benchmark")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a benchmark")]

#[path = "made/names.rs"]
mod names;

use std::hint::black_box;
use std::sync::Arc;

use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::label::{
    Atlas, LabelFrame, LabelLayer, LabelLook, LabelPlaces, LabelSource, SymbolSizes, place,
};
use belfort::query::TextExpression;
use belfort::style::{LabelStyle, default_symbol};
use belfort::table::Table;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

/// The view's shorter side on the ground, Web Mercator metres; 800 points.
const SIDE: f64 = 6_400.0;

fn source(table: &Table) -> Arc<LabelSource> {
    let watch = Watch::unwatched();
    let places = Arc::new(LabelPlaces::of(table, &watch).expect("the same plane"));
    let texts = TextExpression::parse("naam").expect("a field");
    let texts = texts.texts(table, Language::Dutch).expect("it is there");
    Arc::new(
        LabelSource::new(places, &texts, (None, &SymbolSizes::default()), &watch)
            .expect("nobody cancels"),
    )
}

fn labels(criterion: &mut Criterion) {
    // So large that 1280 × 800 points hold 3,000, 25 and 500; the city goes on around.
    let across = 2.0 * SIDE;
    let parts = across * across / (SIDE * SIDE * 1.6);
    let count = |wanted: f64| (wanted * parts).round() as u32;
    let tables = [
        names::stops(count(500.0), across, 3),
        names::streets(count(3_000.0), across, 1),
        names::areas(count(25.0).isqrt(), across, 2),
    ];
    let style = LabelStyle { what: "naam".to_owned(), ..LabelStyle::default() };
    let frame = LabelFrame {
        centre: names::MIDDLE,
        metres_per_point: SIDE / 800.0,
        size: [1280.0, 800.0],
        is_closed: false,
    };
    let symbols = SymbolSizes::all(&default_symbol(None, 0));
    let watch = Watch::unwatched();
    let make = || tables.iter().map(source).collect::<Vec<_>>();
    let run = |sources: &Vec<Arc<LabelSource>>| {
        let layers: Vec<LabelLayer<'_>> = sources
            .iter()
            .map(|source| LabelLayer { source, style: &style, symbols: &symbols, pins: &[] })
            .collect();
        place(&frame.region(), &layers, &watch).expect("nobody cancels")
    };
    let mut group = criterion.benchmark_group("labels");
    group.sample_size(20);
    group.bench_function("made ready", |bencher| bencher.iter(make));
    group.bench_function("first view", |bencher| {
        bencher.iter_batched_ref(make, |sources| run(black_box(sources)), BatchSize::LargeInput);
    });
    let sources = make();
    group.bench_function("view", |bencher| bencher.iter(|| run(black_box(&sources))));
    let placement = run(&sources);
    let tallies = placement.tally(&frame);
    for (name, tally) in ["stops", "streets", "areas"].iter().zip(&tallies) {
        eprintln!("{name}: {tally:?}", tally = tally.named());
    }
    eprintln!("{} labels in the region", placement.labels.len());
    group.bench_function("tally", |bencher| bencher.iter(|| placement.tally(black_box(&frame))));
    let looks = [LabelLook::of(&style); 3];
    group.bench_function("drawn", |bencher| {
        bencher.iter(|| Atlas::of(black_box(&placement), &looks, 1.0, &watch));
    });
    group.finish();
}

criterion_group!(benches, labels);
criterion_main!(benches);
