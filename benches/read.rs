//! How fast files are read: GeoJSON and CSV made on the spot, in bytes a second.

use std::fmt::Write;
use std::path::Path;

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Small polygons of twelve corners with six attributes: what parcels and buildings look like.
fn geojson(features: u32) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for row in 0..features {
        let (x, y) = (3.6 + f64::from(row % 1000) * 1e-4, 51.0 + f64::from(row / 1000) * 1e-4);
        let comma = if row == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":{row},\"naam\":\"Perceel {row}\",\
             \"oppervlakte\":{},\"bewoond\":{},\"datum\":\"20{:02}-0{}-1{}\",\"wijk\":null}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[",
            f64::from(row) * 0.37,
            row % 3 == 0,
            row % 24,
            row % 9 + 1,
            row % 9
        );
        for corner in 0..=12_u32 {
            let angle = f64::from(corner % 12) * std::f64::consts::TAU / 12.0;
            let comma = if corner == 0 { "" } else { "," };
            let (dx, dy) = (4e-5 * angle.cos(), 3e-5 * angle.sin());
            let _ = write!(text, "{comma}[{},{}]", x + dx, y + dy);
        }
        text.push_str("]]}}");
    }
    text.push_str("\n]}\n");
    text
}

/// Stops with a place in two columns and as one text.
fn csv(rows: u32) -> String {
    let mut text = String::from("nummer;naam;gemeente;latitude;longitude;capaciteit;sinds;link\n");
    for row in 0..rows {
        let (x, y) = (3.6 + f64::from(row % 1000) * 1e-4, 51.0 + f64::from(row / 1000) * 1e-5);
        let _ = writeln!(
            text,
            "{row};\"Halte; nummer {row}\";Gent;{y};{x};{},{};20{:02}-01-15;https://example.org/{row}",
            row % 90,
            row % 10,
            row % 24
        );
    }
    text
}

fn read(path: &Path) -> usize {
    let tables = open(path, &ReadOptions::default(), &Watch::unwatched());
    tables.map_or(0, |tables| tables.iter().map(belfort::table::Table::rows).sum())
}

fn bench(criterion: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for (name, text, rows) in
        [("geojson.geojson", geojson(50_000), 50_000), ("csv.csv", csv(200_000), 200_000)]
    {
        let path = folder.path().join(name);
        if std::fs::write(&path, &text).is_err() {
            continue;
        }
        assert_eq!(read(&path), rows);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| read(&path)));
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
