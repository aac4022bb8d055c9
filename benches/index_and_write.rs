//! How fast the stages after reading are: the spatial index, and writing each format.
//!
//! The filter is measured by `cargo bench --bench query`, reading by `--bench read`.

use std::path::Path;

use belfort::formats::{FORMATS, ReadOptions, WriteOptions, open};
use belfort::jobs::Watch;
use belfort::table::{SpatialIndex, Table};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

mod made;

fn table(path: &Path) -> Option<Table> {
    open(path, &ReadOptions::default(), &Watch::unwatched()).ok()?.into_iter().next()
}

fn bench(criterion: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    for (name, text, rows) in [
        ("polygons", made::geojson(50_000), 50_000_u64),
        ("points", made::points(200_000), 200_000),
    ] {
        let path = folder.path().join(name).with_extension("geojson");
        let Some(table) = std::fs::write(&path, text).ok().and_then(|()| table(&path)) else {
            continue;
        };
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).throughput(Throughput::Elements(rows));
        group.bench_function("index", |bencher| {
            let watch = Watch::unwatched();
            let index = || SpatialIndex::of(table.geometry.as_deref(), &watch);
            bencher.iter(|| index().map_or(0, |index| index.len()));
        });
        for format in FORMATS {
            let Some(write) = format.write else { continue };
            group.bench_function(format!("write {}", format.id), |bencher| {
                let extension = format.extensions.first().copied().unwrap_or_default();
                let target = || folder.path().join("out").with_extension(extension);
                bencher.iter_batched(
                    target,
                    |target| {
                        let options = WriteOptions::default();
                        write(&table, &target, &options, &Watch::unwatched()).map_or(0, |w| w.len())
                    },
                    BatchSize::PerIteration,
                );
            });
        }
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
