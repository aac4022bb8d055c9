//! Shapefiles and dBASE tables: real ones, odd ones, and round trips with GDAL as oracle.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::formats::{ReadOptions, WriteOptions, format_by_id};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::problem::Problems;
use belfort::table::{
    DateTimeForm, Field, FieldKind, GeometryBuilder, GeometryColumn, GeometryKind, Offset,
    PartKind, Table, Value,
};

use crate::support::{has_gdal, shared_data};

fn try_read(path: &Path) -> Result<Table, FileError> {
    let format = format_by_id("shapefile").expect("the format is listed");
    let mut tables = (format.read)(path, &ReadOptions::default(), &Watch::unwatched())?;
    Ok(tables.remove(0))
}

fn read(path: &Path) -> Table {
    try_read(path).unwrap_or_else(|error| panic!("{error}"))
}

fn texts(table: &Table, field: &str) -> Vec<String> {
    let at = table.field_index(field).unwrap_or_else(|| panic!("no field {field}"));
    (0..table.rows()).map(|row| table.value(row, at).to_data_text()).collect()
}

#[test]
fn real_shapefiles_open_with_their_counts() {
    let Some(folder) = shared_data("real/shapefiles-vlaanderen") else { return };
    for (name, rows, kinds) in [
        ("Riparias_BV_region.shp", 16, &[GeometryKind::Polygon, GeometryKind::MultiPolygon][..]),
        ("oversteekplaatsen.shp", 10, &[GeometryKind::Point]),
        ("points_in_zwalm.shp", 494, &[GeometryKind::Point]),
    ] {
        let table = read(&folder.join(name));
        assert_eq!(table.rows(), rows, "{name}");
        let geometry = table.geometry.as_ref().expect("geometry");
        assert_eq!((geometry.types().as_slice(), geometry.missing()), (kinds, 0), "{name}");
        assert_eq!(table.origin.encoding.as_deref(), Some("UTF-8"), "{name}");
        let problems = &table.origin.problems;
        let about_the_crs = |id: &str| id.starts_with("problem-crs") || id.ends_with("bad-prj");
        assert!(problems.iter().all(|p| about_the_crs(p.id)), "{name}: {problems:?}");
    }
}

/// The features of a file as GDAL reads them.
fn gdal_features(path: &Path) -> Vec<serde_json::Value> {
    let out = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "-lco", "WRITE_NAME=NO"])
        .args(["-lco", "SIGNIFICANT_FIGURES=17", "/vsistdout/"])
        .arg(path)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    serde_json::from_value(found["features"].take()).unwrap()
}

/// All numbers in a JSON value, in order.
fn numbers_in(json: &serde_json::Value) -> Vec<f64> {
    match json {
        serde_json::Value::Array(values) => values.iter().flat_map(numbers_in).collect(),
        other => other.as_f64().into_iter().collect(),
    }
}

/// Holds a table against what GDAL reads: every value, every coordinate.
fn assert_as_gdal(table: &Table, path: &Path) {
    let features = gdal_features(path);
    assert_eq!(features.len(), table.rows(), "{}", path.display());
    let geometry = table.geometry.as_ref().unwrap();
    for (row, feature) in features.iter().enumerate() {
        let place = format!("{}, row {row}", path.display());
        let kind = geometry.row(row).kind();
        let theirs = feature["geometry"]["type"].as_str().unwrap_or("Null");
        assert_eq!(theirs, kind.name(), "{place}");
        let mut mine: Vec<f64> = geometry.row(row).xy().iter().flatten().copied().collect();
        let mut theirs = numbers_in(&feature["geometry"]["coordinates"]);
        if !geometry.has_z() {
            // GDAL may start the rings elsewhere.
            mine.sort_by(f64::total_cmp);
            theirs.sort_by(f64::total_cmp);
            assert_eq!(mine, theirs, "{place}");
        }
        for (at, field) in table.fields.iter().enumerate() {
            let theirs = &feature["properties"][&field.name];
            let place = format!("{place}, {}", field.name);
            match table.value(row, at) {
                Value::Null => assert!(theirs.is_null(), "{place}: {theirs}"),
                Value::Integer(mine) => assert_eq!(theirs.as_i64(), Some(mine), "{place}"),
                Value::Number(mine) => assert_eq!(theirs.as_f64(), Some(mine), "{place}"),
                Value::Text(mine) => assert_eq!(theirs.as_str(), Some(mine), "{place}"),
                Value::Boolean(mine) => {
                    let theirs = theirs.as_bool().or(theirs.as_str().map(|text| text == "T"));
                    assert_eq!(theirs, Some(mine), "{place}");
                }
                other => assert_eq!(theirs.as_str(), Some(&*other.to_data_text()), "{place}"),
            }
        }
    }
}

#[test]
fn every_value_is_what_gdal_reads() {
    let (true, Some(folder)) = (has_gdal(), shared_data("real/shapefiles-vlaanderen")) else {
        return;
    };
    for path in files_in(&folder, &["shp"]) {
        assert_as_gdal(&read(&path), &path);
    }
    let Some(odd) = shared_data("odd/shp") else { return };
    for name in ["c_utm", "e_merc", "ipra_dresden_polygon", "max_callstack_error", "polygon_hole"] {
        let path = odd.join(name).with_extension("shp");
        assert_as_gdal(&read(&path), &path);
    }
}

fn files_in(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| extensions.iter().any(|e| path.extension().is_some_and(|x| x == *e)))
        .collect();
    files.sort();
    files
}

#[test]
fn odd_files_open_or_fail_with_an_error_that_names_them() {
    let Some(folder) = shared_data("odd/shp") else { return };
    let mut files = files_in(&folder, &["shp", "dbf"]);
    for more in ["odd/dbf", "odd/dbf-cpg"] {
        files.extend(shared_data(more).iter().flat_map(|more| files_in(more, &["shp", "dbf"])));
    }
    assert!(files.len() > 25);
    let (done, outcome) = channel();
    std::thread::spawn(move || {
        for path in files {
            let result = try_read(&path).map(|table| table.rows());
            done.send((path, result)).unwrap();
        }
    });
    // A hang or a panic of the thread shows as a failed receive.
    let mut failed = Vec::new();
    loop {
        match outcome.recv_timeout(Duration::from_mins(1)) {
            Ok((path, Ok(rows))) => assert!(rows > 0, "{}", path.display()),
            Ok((path, Err(error))) => {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                assert_eq!(error.path, path);
                assert!(error.text(Language::Dutch).contains(&name));
                failed.push(name);
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(failed, ["bad.shp"]);
}

#[test]
fn odd_tables_say_what_is_odd() {
    let Some(folder) = shared_data("odd") else { return };
    let table = read(&folder.join("dbf/duplicate_fields.dbf"));
    assert!(table.origin.problems.count("problem-dbf-field-renamed") > 0);
    let table = read(&folder.join("dbf/comma_separated.dbf"));
    assert!(table.origin.problems.count("problem-dbf-decimal-comma") > 0);
    assert!(table.fields.iter().any(|field| field.kind == FieldKind::Number));
    let table = read(&folder.join("shp/latin1-property.shp"));
    assert_eq!(texts(&table, "name"), ["México"]);
    assert_eq!(table.origin.encoding.as_deref(), Some("windows-1252"));
    let table = read(&folder.join("shp/file_cp936.shp"));
    assert_eq!(table.origin.encoding.as_deref(), Some("GBK"));
    let table = read(&folder.join("dbf-cpg/big5.shp"));
    assert_eq!(table.origin.encoding.as_deref(), Some("Big5"));
    let table = read(&folder.join("shp/polygon_hole.shp"));
    let part = table.geometry.as_ref().unwrap().row(0).parts().next().unwrap();
    assert_eq!(part.rings().len(), 2);
    assert_eq!(table.origin.problems.count("problem-shapefile-no-dbf"), 1);
    let table = read(&folder.join("shp/export_multipointz.shp"));
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!(geometry.types(), [GeometryKind::MultiPoint]);
    assert!(geometry.has_z());
    let table = read(&folder.join("shp/corrupt_too_long.shp"));
    assert!(!table.origin.problems.is_empty());
}

fn write(table: &Table, path: &Path) -> Vec<PathBuf> {
    let format = format_by_id("shapefile").unwrap();
    let write = format.write.unwrap();
    write(table, path, &WriteOptions::default(), &Watch::unwatched())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn changes(table: &Table) -> Problems {
    (format_by_id("shapefile").unwrap().changes)(table, &WriteOptions::default())
}

/// A table of numbered rows in Lambert 72.
fn table_of(geometry: GeometryColumn) -> Table {
    let rows = geometry.len();
    let numbers: ArrayRef = Arc::new((0..).take(rows).map(Some).collect::<Int64Array>());
    let fields = vec![Field::new("nr", FieldKind::Integer)];
    let mut table = Table::new("t", rows, fields, vec![numbers], Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    table
}

type Rings<'a> = &'a [&'a [[f64; 2]]];

fn row(builder: &mut GeometryBuilder, kind: GeometryKind, part: PartKind, parts: &[Rings<'_>]) {
    builder.begin_row(kind);
    for rings in parts {
        builder.begin_part(part);
        for ring in *rings {
            builder.begin_ring();
            ring.iter().for_each(|xy| builder.coord(*xy, None, None));
        }
    }
    builder.end_row();
}

const OUTER: [[f64; 2]; 5] = [
    [104_700.1, 193_800.0],
    [104_700.1, 193_900.7],
    [104_900.0, 193_900.7],
    [104_900.0, 193_800.0],
    [104_700.1, 193_800.0],
];
const HOLE: [[f64; 2]; 4] = [
    [104_750.0, 193_850.0],
    [104_800.0, 193_850.0],
    [104_760.0, 193_880.3],
    [104_750.0, 193_850.0],
];
const FAR: [[f64; 2]; 4] = [[1e5, 2e5], [1e5, 2.1e5], [1.1e5, 2e5], [1e5, 2e5]];

#[test]
fn polygons_come_back_with_identical_coordinates() {
    let mut builder = GeometryBuilder::new();
    row(&mut builder, GeometryKind::Polygon, PartKind::Polygon, &[&[&OUTER, &HOLE]]);
    builder.push_null();
    row(&mut builder, GeometryKind::MultiPolygon, PartKind::Polygon, &[&[&FAR], &[&OUTER, &HOLE]]);
    let table = table_of(builder.finish().unwrap());
    assert!(changes(&table).is_empty(), "{:?}", changes(&table));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gent.shp");
    assert_eq!(write(&table, &path), std::slice::from_ref(&path));
    let again = read(&path);
    assert_eq!(again.geometry, table.geometry);
    assert_eq!(texts(&again, "nr"), ["0", "1", "2"]);
    assert_eq!(again.origin.encoding.as_deref(), Some("UTF-8"));
    let crs = again.crs.as_ref().expect("the .prj is read");
    assert_eq!((crs.crs.code.as_deref(), crs.how), (Some("EPSG:31370"), HowFound::Prj));
    let mut made: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    made.sort();
    assert_eq!(made, ["gent.cpg", "gent.dbf", "gent.prj", "gent.shp", "gent.shx"]);
    if has_gdal() {
        assert_as_gdal(&again, &path);
    }
}

#[test]
fn rings_are_wound_and_closed_as_the_format_asks() {
    let mut builder = GeometryBuilder::new();
    let mut outer: Vec<[f64; 2]> = OUTER.into_iter().rev().collect();
    outer.pop();
    let hole: Vec<[f64; 2]> = HOLE.into_iter().rev().collect();
    row(&mut builder, GeometryKind::Polygon, PartKind::Polygon, &[&[&outer, &hole]]);
    let table = table_of(builder.finish().unwrap());
    assert_eq!(changes(&table).count("problem-ring-closed"), 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.shp");
    write(&table, &path);
    let again = read(&path);
    assert_eq!(again.origin.problems.count("problem-shapefile-winding"), 0);
    let geometry = again.geometry.as_ref().unwrap();
    let rings: Vec<_> =
        geometry.row(0).parts().next().unwrap().rings().map(|r| r.xy().to_vec()).collect();
    assert_eq!(rings[1], HOLE);
    assert_eq!((rings[0].len(), rings[0].first()), (5, rings[0].last()));
}

#[test]
fn heights_and_measures_come_back() {
    for (z, m) in [(true, false), (false, true), (true, true)] {
        for (kind, part) in [
            (GeometryKind::Point, PartKind::Point),
            (GeometryKind::MultiPoint, PartKind::Point),
            (GeometryKind::MultiLineString, PartKind::Line),
            (GeometryKind::Polygon, PartKind::Polygon),
        ] {
            let mut builder = GeometryBuilder::new();
            builder.begin_row(kind);
            for shift in 0..if kind.is_multi() { 2 } else { 1 } {
                let ring = if part == PartKind::Point { &OUTER[..1] } else { &OUTER[..] };
                builder.begin_part(part);
                builder.begin_ring();
                for [x, y] in ring {
                    let x = x + f64::from(shift);
                    // The ring ends as high as it began.
                    builder.coord([x, *y], z.then_some(y / 1e3), m.then_some(x / 7.0));
                }
            }
            builder.end_row();
            let table = table_of(builder.finish().unwrap());
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("zm.shp");
            write(&table, &path);
            let again = read(&path);
            assert_eq!(again.geometry, table.geometry, "{kind:?} z {z} m {m}");
            if has_gdal() {
                assert_as_gdal(&again, &path);
            }
        }
    }
}

#[test]
fn every_value_is_equal_when_the_file_is_opened_again_and_in_gdal() {
    let form = DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::Zulu };
    let long = "straat é".repeat(40);
    let columns: Vec<(&str, FieldKind, ArrayRef)> = vec![
        (
            "wijk",
            FieldKind::Text,
            Arc::new(StringArray::from(vec![Some("Één"), None, Some("  a"), Some(&long)])),
        ),
        (
            "totale_capaciteit",
            FieldKind::Integer,
            Arc::new(Int64Array::from(vec![
                Some(62),
                None,
                Some(-7),
                Some(999_999_999_999_999_999),
            ])),
        ),
        (
            "totale_capaciteit_2",
            FieldKind::Number,
            Arc::new(Float64Array::from(vec![Some(0.1), Some(1e300), None, Some(-1.0 / 3.0)])),
        ),
        (
            "open",
            FieldKind::Boolean,
            Arc::new(BooleanArray::from(vec![Some(true), Some(false), None, Some(true)])),
        ),
        (
            "dag",
            FieldKind::Date,
            Arc::new(Date32Array::from(vec![Some(0), Some(-3000), None, Some(20_000)])),
        ),
        (
            "moment",
            FieldKind::DateTime(form),
            Arc::new(TimestampMillisecondArray::from(vec![
                Some(0),
                None,
                Some(1_700_000_000_000),
                None,
            ])),
        ),
        (
            "adres",
            FieldKind::Json,
            Arc::new(StringArray::from(vec![Some("{}"), None, Some("[1]"), None])),
        ),
    ];
    let fields = columns.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let columns = columns.into_iter().map(|(_, _, column)| column).collect();
    let mut builder = GeometryBuilder::new();
    (0..4).for_each(|at| builder.push_point([f64::from(at), 0.1]));
    let mut table = Table::new("t", 4, fields, columns, builder.finish().ok()).unwrap();
    table.crs = Some(LayerCrs::new(Crs::wgs84(), HowFound::Format));
    let problems = changes(&table);
    assert_eq!(problems.count("problem-shapefile-field-name"), 2);
    assert_eq!(problems.count("problem-shapefile-text-cut"), 1);
    assert_eq!(problems.count("problem-shapefile-as-text"), 2);
    assert_eq!(problems.len(), 5, "{problems:?}");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waarden.shp");
    write(&table, &path);
    let again = read(&path);
    let names: Vec<&str> = again.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["wijk", "totale_cap", "totale_c_1", "open", "dag", "moment", "adres"]);
    for (at, field) in table.fields.iter().enumerate() {
        for row in 0..4 {
            let (mine, theirs) = (table.value(row, at), again.value(row, at));
            if at == 0 && row == 3 {
                assert_eq!(theirs, Value::Text(long.get(..254).unwrap()));
            } else if matches!(field.kind, FieldKind::DateTime(_) | FieldKind::Json) {
                assert_eq!(theirs.to_data_text(), mine.to_data_text());
                assert_eq!(theirs.is_null(), mine.is_null());
            } else {
                assert_eq!(theirs, mine, "{} of row {row}", field.name);
            }
        }
    }
    if !has_gdal() {
        return;
    }
    let features = gdal_features(&path);
    for (row, feature) in features.iter().enumerate() {
        for (at, field) in again.fields.iter().enumerate() {
            let theirs = &feature["properties"][&field.name];
            match again.value(row, at) {
                // The format's mark for "unknown", which GDAL 3.6 gives as text.
                Value::Null if field.kind == FieldKind::Boolean => assert_eq!(theirs, "?"),
                Value::Null => assert!(theirs.is_null(), "{}: {theirs}", field.name),
                Value::Integer(mine) => assert_eq!(theirs.as_i64(), Some(mine)),
                Value::Number(mine) => assert_eq!(theirs.as_f64(), Some(mine)),
                Value::Boolean(mine) => assert_eq!(theirs, if mine { "T" } else { "F" }),
                // GDAL takes away spaces at both ends.
                other => {
                    // Text that is JSON comes out as such.
                    let theirs = theirs.as_str().map_or(theirs.to_string(), str::to_owned);
                    assert_eq!(theirs, other.to_data_text().trim());
                }
            }
        }
    }
}

#[test]
fn mixed_geometries_go_to_files_of_their_own() {
    let mut builder = GeometryBuilder::new();
    builder.push_point([1.0, 2.0]);
    row(&mut builder, GeometryKind::LineString, PartKind::Line, &[&[&OUTER]]);
    builder.push_null();
    builder.begin_row(GeometryKind::GeometryCollection);
    builder.begin_member(GeometryKind::Point);
    builder.begin_part(PartKind::Point);
    builder.begin_ring();
    builder.coord([5.0, 6.0], None, None);
    builder.begin_member(GeometryKind::Polygon);
    builder.begin_part(PartKind::Polygon);
    builder.begin_ring();
    FAR.iter().for_each(|xy| builder.coord(*xy, None, None));
    builder.end_row();
    let table = table_of(builder.finish().unwrap());
    let problems = changes(&table);
    assert_eq!(problems.count("problem-shapefile-split"), 1);
    assert_eq!(problems.count("problem-shapefile-collection-split"), 1);
    let folder = tempfile::tempdir().unwrap();
    let outputs = write(&table, &folder.path().join("gent.shp"));
    let names: Vec<_> = outputs.iter().map(|path| path.file_name().unwrap()).collect();
    assert_eq!(names, ["gent_points.shp", "gent_lines.shp", "gent_polygons.shp"]);
    let rows: Vec<_> = outputs.iter().map(|path| texts(&read(path), "nr")).collect();
    assert_eq!(rows, [vec!["0", "2", "3"], vec!["1"], vec!["3"]]);
}

#[test]
fn a_table_without_geometry_becomes_a_dbf() {
    let table = table_of(GeometryColumn::default()).with_geometry(None);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bevolking.dbf");
    assert_eq!(write(&table, &path), std::slice::from_ref(&path));
    assert!(read(&path).geometry.is_none());
    // Never in the place of a shapefile's attributes.
    std::fs::write(folder.path().join("bevolking.shp"), "x").unwrap();
    let write = format_by_id("shapefile").unwrap().write.unwrap();
    assert!(write(&table, &path, &WriteOptions::default(), &Watch::unwatched()).is_err());
}

#[test]
fn companions_deleted_rows_and_a_wrong_index() {
    let mut builder = GeometryBuilder::new();
    (0..4).for_each(|at| builder.push_point([f64::from(at), 7.0]));
    let table = table_of(builder.finish().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&table, &at("x.shp"));
    std::fs::rename(at("x.dbf"), at("X.DBF")).unwrap();
    let mut dbf = std::fs::read(at("X.DBF")).unwrap();
    // Header of 65 bytes, records of 2: the second is deleted.
    assert_eq!(dbf.len(), 65 + 4 * 2 + 1);
    dbf[65 + 2] = b'*';
    std::fs::write(at("X.DBF"), &dbf).unwrap();
    let again = read(&at("x.shp"));
    assert_eq!(texts(&again, "nr"), ["0", "2", "3"]);
    let xy = |table: &Table| table.geometry.as_ref().unwrap().xy().iter().map(|c| c[0]).collect();
    let found: Vec<f64> = xy(&again);
    assert_eq!(found, [0.0, 2.0, 3.0]);
    assert_eq!(again.origin.problems.count("problem-dbf-deleted"), 1);

    // An index in another order is followed; a damaged one is not.
    let shx = std::fs::read(at("x.shx")).unwrap();
    let (head, entries) = shx.split_at(100);
    let turned: Vec<u8> = entries.rchunks(8).flatten().copied().collect();
    std::fs::write(at("x.shx"), [head, &turned].concat()).unwrap();
    let again = read(&at("x.shp"));
    let found: Vec<f64> = xy(&again);
    assert_eq!(found, [3.0, 1.0, 0.0]);
    assert_eq!(again.origin.problems.count("problem-shapefile-index-differs"), 4);
    std::fs::write(at("x.shx"), [head, &[0xff; 32]].concat()).unwrap();
    let again = read(&at("x.shp"));
    assert_eq!(again.origin.problems.count("problem-shapefile-index-broken"), 1);
    let found: Vec<f64> = xy(&again);
    assert_eq!(found, [0.0, 2.0, 3.0]);

    // More shapes than rows, and the other way round.
    std::fs::remove_file(at("x.shx")).unwrap();
    dbf[4] = 3;
    std::fs::write(at("X.DBF"), &dbf).unwrap();
    let again = read(&at("x.shp"));
    assert_eq!(texts(&again, "nr"), ["0", "2", ""]);
    assert_eq!(again.origin.problems.count("problem-shapefile-no-attributes"), 1);
}

/// Every start of a file, and every file with one byte changed, opens or fails: no panic, no
/// memory beyond the file's size.
#[test]
fn damaged_files_open_or_fail() {
    let mut builder = GeometryBuilder::new();
    row(&mut builder, GeometryKind::Polygon, PartKind::Polygon, &[&[&OUTER, &HOLE]]);
    row(&mut builder, GeometryKind::Polygon, PartKind::Polygon, &[&[&FAR]]);
    let table = table_of(builder.finish().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.shp");
    write(&table, &path);
    // PROJ would take most of the time.
    std::fs::remove_file(path.with_extension("prj")).unwrap();
    for extension in ["shp", "dbf", "shx"] {
        let file = path.with_extension(extension);
        let whole = std::fs::read(&file).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&file, &whole[..length]).unwrap();
            match try_read(&path) {
                Ok(read) => assert!(length + 1 >= whole.len() || !read.origin.problems.is_empty()),
                Err(error) => assert_eq!(error.path, path),
            }
        }
        for at in 0..whole.len() {
            for byte in [0x00, 0x7f, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] = byte;
                std::fs::write(&file, &damaged).unwrap();
                if let Ok(read) = try_read(&path) {
                    assert!(read.rows() <= 256);
                }
            }
        }
        std::fs::write(&file, &whole).unwrap();
    }
}
