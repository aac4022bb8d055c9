//! How fast files are read, made on the spot, in bytes a second.

use std::path::Path;

use belfort::formats::{ReadOptions, open};
use belfort::formats::{WriteOptions, format_by_id};
use belfort::jobs::Watch;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

mod made;

fn read(path: &Path) -> usize {
    let tables = open(path, &ReadOptions::default(), &Watch::unwatched());
    tables.map_or(0, |tables| tables.iter().map(belfort::table::Table::rows).sum())
}

fn write_shapefile(from: &Path, to: &Path) -> Option<()> {
    let watch = Watch::unwatched();
    let tables = open(from, &ReadOptions::default(), &watch).ok()?;
    let write = format_by_id("shapefile")?.write?;
    write(tables.first()?, to, &WriteOptions::default(), &watch).ok().map(|_| ())
}

fn bench(criterion: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for (name, text, rows) in [
        ("geojson.geojson", made::geojson(50_000), 50_000),
        ("csv.csv", made::csv(200_000), 200_000),
    ] {
        let path = folder.path().join(name);
        if std::fs::write(&path, &text).is_err() {
            continue;
        }
        assert_eq!(read(&path), rows);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| read(&path)));
    }
    let shapefile = folder.path().join("shapefile.shp");
    if write_shapefile(&folder.path().join("geojson.geojson"), &shapefile).is_some() {
        assert_eq!(read(&shapefile), 50_000);
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        let bytes = size(&shapefile) + size(&shapefile.with_extension("dbf"));
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function("shapefile.shp", |bencher| bencher.iter(|| read(&shapefile)));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
