//! The sample data: it opens with its counts, and its generator gives the same bytes.

use std::path::{Path, PathBuf};

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::project::open_project;
use belfort::table::{GeometryColumn, Table, Value};
use geo::{Contains, Validation};

#[path = "../../examples/make_sample_data/sample/mod.rs"]
mod generator;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

fn read(name: &str) -> Table {
    let tables = open(&folder().join(name), &ReadOptions::default(), &Watch::unwatched());
    tables.unwrap_or_else(|error| panic!("{error}")).remove(0)
}

fn text<'a>(table: &'a Table, row: usize, field: &str) -> &'a str {
    match table.value(row, table.field_index(field).unwrap()) {
        Value::Text(text) => text,
        other => panic!("{field}: {other:?}"),
    }
}

#[test]
fn the_sample_opens_with_its_counts_and_without_problems() {
    let document = open_project(&folder().join("gent.belfort.json")).unwrap();
    assert_eq!(document.notice, generator::NOTICE);
    assert_eq!(document.layers.len(), 10);
    for layer in &document.layers {
        let path = Path::new(&layer.source.path);
        assert!(layer.description.starts_with(generator::NOTICE), "{}", layer.name);
        let table = read(path.file_name().unwrap().to_str().unwrap());
        let name = path.file_name().unwrap().to_string_lossy();
        let (rows, missing) = match &*name {
            "schapen.geojson" => (14, Some(0)),
            "bloklocaties.csv" => (20, Some(1)),
            "parkings.geojson" => (12, Some(0)),
            "deelfietsen.csv" => (72, Some(0)),
            "hoofdwegen.geojson" | "parken.geojson" => (10, Some(0)),
            "water.geojson" => (6, Some(0)),
            "wijken.geojson" => (25, Some(0)),
            "bevolking.csv" => (200, None),
            "straten.shp" => (table.rows(), Some(0)),
            other => panic!("{other}"),
        };
        assert_eq!(table.rows(), rows, "{name}");
        assert_eq!(table.geometry.as_deref().map(GeometryColumn::missing), missing, "{name}");
        // One study place has no place, on purpose.
        let expected = u64::from(missing == Some(1));
        let counted: u64 = table.origin.problems.iter().map(|problem| problem.count).sum();
        assert_eq!(counted, expected, "{name}: {:?}", table.origin.problems);
    }
    let straten = read("straten.shp");
    assert!((200..=384).contains(&straten.rows()), "{}", straten.rows());
    let crs = straten.crs.as_ref().unwrap();
    assert_eq!(crs.crs.code.as_deref(), Some("EPSG:31370"));
}

#[test]
fn there_are_sheep_inside_gentbrugge_and_large_study_places_in_ledeberg() {
    let (wijken, schapen) = (read("wijken.geojson"), read("schapen.geojson"));
    let shape = |table: &Table, row: usize| table.geometry.as_ref().unwrap().row(row).to_geo();
    let gentbrugge = (0..25).find(|row| text(&wijken, *row, "wijk") == "Gentbrugge").unwrap();
    let gentbrugge = shape(&wijken, gentbrugge).unwrap();
    let sheep = (0..schapen.rows()).filter_map(|row| shape(&schapen, row));
    assert!(sheep.filter(|sheep| gentbrugge.contains(sheep)).count() >= 1);
    for row in 0..25 {
        let wijk = shape(&wijken, row).unwrap();
        assert!(wijk.is_valid(), "{}", text(&wijken, row, "wijk"));
    }
    // No gaps: an edge that only one neighbourhood has lies on the outline, whose edges make one
    // closed ring.
    let mut edges = std::collections::BTreeMap::new();
    for row in 0..25 {
        let points: Vec<[u64; 2]> = wijken
            .geometry
            .as_ref()
            .unwrap()
            .row(row)
            .xy()
            .iter()
            .map(|xy| xy.map(f64::to_bits))
            .collect();
        for pair in points.windows(2) {
            let ends = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            *edges.entry(ends).or_insert(0) += 1;
        }
    }
    let mut outer: Vec<_> =
        edges.iter().filter(|(_, count)| **count == 1).map(|(e, _)| *e).collect();
    let (start, mut at) = outer.pop().unwrap();
    while at != start {
        let next = outer.iter().position(|(a, b)| *a == at || *b == at).expect("a closed ring");
        let (a, b) = outer.swap_remove(next);
        at = if a == at { b } else { a };
    }
    assert!(outer.is_empty(), "{} edges of gaps", outer.len());
    let places = read("bloklocaties.csv");
    let capacity = places.field_index("totale_capaciteit").unwrap();
    let found = (0..places.rows()).filter(|row| {
        let large = matches!(places.value(*row, capacity), Value::Integer(seats) if seats > 50);
        large && text(&places, *row, "wijk") == "Ledeberg"
    });
    assert!(found.count() >= 1);
}

#[test]
fn the_generator_gives_the_same_bytes() {
    let made = tempfile::tempdir().unwrap();
    generator::write_all(made.path()).unwrap();
    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let kept = names(&folder());
    assert_eq!(names(made.path()), kept);
    let mut total = 0;
    for name in kept {
        let kept = std::fs::read(folder().join(&name)).unwrap();
        total += kept.len();
        assert!(std::fs::read(made.path().join(&name)).unwrap() == kept, "{}", name.display());
    }
    assert!(total < 1_500_000, "{total} bytes");
}
