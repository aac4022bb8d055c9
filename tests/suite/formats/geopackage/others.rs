//! What other programs make of the files that Belfort writes: GDAL and its validator, pyogrio,
//! QGIS. Where one is not installed, its test says so and passes.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::formats::{Export, export_several};
use belfort::jobs::Watch;
use belfort::table::Table;
use rusqlite::Connection;

use super::made::{Dice, GEOMETRIES, geometries, points, table};
use super::told::{PYOGRIO, QGIS, assert_same_rows, rows, told};
use super::{read, read_one, write};
use crate::formats::whole;
use crate::support::{has_gdal, python_with};

fn run(mut command: Command, arguments: &[&str]) -> Output {
    let output = command.args(arguments).output().unwrap();
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&said));
    output
}

fn named(name: &str, mut table: Table) -> Table {
    table.name = name.to_owned();
    table
}

/// With a style of QGIS that its source kept.
fn dressed(mut table: Table) -> Table {
    table.origin.style = Some("<qgis/>".into());
    table
}

/// A table of everything but the geometry, which is of the types of these texts.
fn with(seed: u64, texts: &[&str]) -> Table {
    let table = table(&mut Dice(seed), 40);
    let texts = (0..40).map(|row| texts[row % texts.len()]);
    let mut made = table.with_geometry(Some(geometries(texts)));
    made.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    made
}

/// A layer with geometries of all types.
const MIXED: &str = "alles door elkaar";

/// Layers of each type, with an own reference system, a table without geometry, and names that
/// try the quotes.
fn everything(empty_ones: bool) -> Vec<Table> {
    let empty = if empty_ones { "POLYGON EMPTY" } else { "" };
    let any = GEOMETRIES.iter().filter(|text| empty_ones || !text.ends_with("EMPTY"));
    let any: Vec<&str> = any.copied().collect();
    let lines = "LINESTRING Z (3 51 1, 4 52 2)";
    let mut labelled = with(3, &["POLYGON ((0 0, 4 0, 4 4, 0 0))", empty]);
    labelled.fields[1].label = Some("Hoeveel".to_owned());
    labelled.fields[2].label = Some("Hoeveel".to_owned());
    labelled.fields[3].description = Some("Zoals het heet".to_owned());
    let mut far = with(4, &["MULTIPOINT ((1 2), (3 4))"]);
    far.crs = Some(LayerCrs::new(Crs::from_code("EPSG:5516").unwrap(), HowFound::Chosen));
    let mut unknown = with(5, &["MULTILINESTRING M ((0 0 9, 1 1 8), (5 5 7, 6 6 6))"]);
    unknown.crs = None;
    vec![
        dressed(named("punten", with(1, &["POINT (3.7 51)", "", "POINT (3.8 51.1)"]))),
        named("lijnen", with(2, &[lines, "LINESTRING Z (1 1 1, 2 2 2, 3 3 3)"])),
        named("vlakken", labelled),
        named("ver", far),
        named("onbekend", unknown),
        named(MIXED, with(6, &any)),
        named("it's a \"table\"", table(&mut Dice(7), 30).with_geometry(None)),
        named("veel", points("veel", 30_000)),
    ]
}

fn write_all(tables: &[Table], path: &Path) {
    let exports: Vec<Export<'_>> = tables.iter().map(|table| whole(table, path)).collect();
    export_several(&exports, path, &Watch::unwatched()).unwrap();
}

#[test]
fn gdals_validator_finds_nothing_wrong() {
    let module = "osgeo_utils.samples.validate_gpkg";
    let Some(python) = python_with(module) else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles.gpkg");
    // It looks at the wrong bit for empty geometries (GDAL 3.6): GDAL's own files fail too.
    write_all(&everything(false), &path);
    let file = path.to_str().unwrap();
    let output = run(python, &["-m", module, "--extra", "--warning-as-error", file]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!said.to_lowercase().contains("error"), "{said}");
}

#[test]
fn pyogrio_reads_the_same_rows() {
    let Some(python) = python_with("pyogrio, pyarrow, shapely") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles.gpkg");
    write_all(&everything(true), &path);
    let tables = read(&path).unwrap();
    let layers: Vec<&str> = tables.iter().filter_map(|t| t.origin.layer.as_deref()).collect();
    for (table, theirs) in tables.iter().zip(told(python, PYOGRIO, &path, &layers)) {
        assert_same_rows(&table.name, &theirs[1..], &rows(table));
    }
}

#[test]
fn qgis_reads_the_same_rows() {
    let Some(mut python) = python_with("qgis.core") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles.gpkg");
    let tables = everything(true);
    write_all(&tables, &path);
    python.env("QT_QPA_PLATFORM", "offscreen").env("HOME", folder.path());
    python.env("XDG_RUNTIME_DIR", folder.path());
    let layers: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    for (table, theirs) in tables.iter().zip(told(python, QGIS, &path, &layers)) {
        let ours = rows(table);
        if table.name == MIXED {
            // QGIS shows one type of geometry at a time; asked for none, it gives the values.
            assert_eq!(theirs.len() - 1, ours.len());
            continue;
        }
        if let (Some(crs), Some(_)) = (&table.crs, &table.geometry) {
            assert_eq!(Some(theirs[0].as_str()), crs.crs.code.as_deref(), "{}", table.name);
        }
        assert_same_rows(&table.name, &theirs[1..], &ours);
    }
}

/// GDAL finds by the index what lies in a rectangle, and keeps the index when it adds rows.
#[test]
fn gdal_uses_and_keeps_the_index() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let source = points("a", 20_000);
    write(&source, &path);
    let xy = source.geometry.as_ref().unwrap().xy().to_vec();
    for [west, south, east, north] in
        [[0.0, 0.0, 9e4, 9e4], [1e5, 2e5, 1.2e5, 2.5e5], [-9.0, -9.0, -1.0, -1.0]]
    {
        let inside =
            |at: &&[f64; 2]| (west..=east).contains(&at[0]) && (south..=north).contains(&at[1]);
        let expected = xy.iter().filter(inside).count();
        let sides = [west, south, east, north].map(|side| side.to_string());
        let [west, south, east, north] = sides.each_ref().map(String::as_str);
        let file = path.to_str().unwrap();
        let said =
            run(Command::new("ogrinfo"), &["-so", "-al", "-spat", west, south, east, north, file]);
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(said.contains(&format!("Feature Count: {expected}\n")), "{expected}: {said}");
    }
    let more = folder.path().join("meer.gpkg");
    write(&named("a", points("meer", 500)), &more);
    let files = [path.to_str().unwrap(), more.to_str().unwrap()];
    run(Command::new("ogr2ogr"), &["-append", "-f", "GPKG", files[0], files[1]]);
    let both = read_one(&path);
    assert_eq!(both.rows(), 20_500);
    let connection = Connection::open(&path).unwrap();
    let ask = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(ask("SELECT rtreecheck('main', 'rtree_a_geom')"), "ok");
    assert_eq!(ask("SELECT CAST(count(*) AS TEXT) FROM rtree_a_geom"), "20500");
    assert_eq!(ask("SELECT CAST(feature_count AS TEXT) FROM gpkg_ogr_contents"), "20500");
    let note = Arc::new(both.origin.problems);
    assert!(note.is_empty(), "{note:?}");
}
