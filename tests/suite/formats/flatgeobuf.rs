//! FlatGeobuf: files of others, round trips, and GDAL (through ogr2ogr and pyogrio) as oracle.

use std::path::Path;
use std::process::Command;

use belfort::formats::{ReadOptions, Within, export_changes, open};
use belfort::jobs::Watch;
use belfort::table::{Extent, FieldKind, Table, Value};

use super::columnar::{DIMENSIONS, Dice, KINDS, in_order, made, ogr2ogr, python};
use super::{assert_same_values, read, read_one, whole, write};
use crate::support::{has_gdal, shared_data};

/// Everything about a table's places that files can keep, measures too.
fn places(table: &Table) -> Vec<String> {
    let geometry = table.geometry.as_ref().unwrap();
    let text = |row: belfort::table::GeometryRef<'_>| {
        let members: Vec<_> = row.members().map(|(kind, parts)| (kind, parts.len())).collect();
        let parts: Vec<_> = row
            .parts()
            .flat_map(|part| part.rings().map(move |ring| (part.kind(), ring)))
            .map(|(kind, ring)| format!("{kind:?} {:?} {:?} {:?}", ring.xy(), ring.z(), ring.m()))
            .collect();
        format!("{:?} {members:?} {parts:?}", row.kind())
    };
    geometry.iter().map(text).collect()
}

#[test]
fn a_value_of_every_type_is_read() {
    let Some(path) = shared_data("odd/fgb/alldatatypes.fgb") else { return };
    let table = read_one(&path);
    let values: Vec<_> = (0..table.fields.len())
        .map(|at| (table.fields[at].name.as_str(), table.value(0, at).to_data_text()))
        .collect();
    let expected = [
        // Signed, by the format's schema; GDAL 3.6 to 3.12 reads 255.
        ("byte", "-1"),
        ("ubyte", "255"),
        ("bool", "true"),
        ("short", "-1"),
        ("ushort", "65535"),
        ("int", "-1"),
        ("uint", "4294967295"),
        ("long", "-1"),
        // GDAL makes a rounded number of it.
        ("ulong", "18446744073709551615"),
        ("float", "0"),
        ("double", "0"),
        ("string", "X"),
        ("json", "X"),
        ("datetime", "2020-02-29T12:34:56Z"),
    ];
    assert_eq!(values, expected.map(|(name, value)| (name, value.to_owned())));
    let problems = &table.origin.problems;
    assert_eq!(problems.count("problem-columnar-binary"), 1);
    assert_eq!(problems.count("problem-long-integer"), 1);
    assert_eq!(problems.len(), 3, "and no CRS: {problems:?}");
    assert_eq!(table.geometry.as_ref().unwrap().xy(), [[0.0, 0.0]]);
}

#[test]
fn files_without_features_or_fields_are_read() {
    let Some(path) = shared_data("odd/fgb/empty.fgb") else { return };
    let table = read_one(&path);
    assert_eq!((table.name.as_str(), table.rows(), table.fields.len()), ("gps_mobile_tiles", 0, 6));
    assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));
    assert_eq!(table.crs.as_ref().unwrap().how.code(), "file");
    assert!(table.origin.problems.is_empty());

    let table = read_one(&shared_data("odd/fgb/no_properties.fgb").unwrap());
    assert_eq!((table.name.as_str(), table.rows(), table.fields.len()), ("L1", 1, 0));
    // As ogrinfo (GDAL 3.6) says.
    assert_eq!(table.geometry.as_ref().unwrap().xy().len(), 1);
    let [x, y] = table.geometry.as_ref().unwrap().xy()[0];
    assert!((x + 123.1874).abs() < 1e-4 && (y - 48.7902).abs() < 1e-4);
}

/// Whatever a table holds comes back, in the order of the index.
#[test]
fn a_round_trip_keeps_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    for (seed, kinds) in (1..).zip(KINDS) {
        for dimensions in DIMENSIONS {
            for gaps in [false, true] {
                let table = made(kinds, dimensions, 40, gaps, seed);
                let report = write(&table, &path);
                assert_eq!((report.written, report.dropped), (40, 0));
                let missing = table.geometry.as_ref().unwrap().missing() as u64;
                let problems = &report.problems;
                assert_eq!(problems.len(), 1 + usize::from(missing > 0), "{problems:?}");
                assert_eq!(problems.count("problem-flatgeobuf-order"), 1);
                assert_eq!(problems.count("problem-flatgeobuf-no-place"), missing);
                let back = read_one(&path);
                let problems = &back.origin.problems;
                assert_eq!(problems.count("problem-no-geometry"), missing);
                assert_eq!(problems.len(), usize::from(missing > 0), "{problems:?}");
                let back = in_order(&back);
                assert_eq!(back.fields, table.fields);
                assert_eq!(back.crs, table.crs);
                assert_eq!(back.name, "gemaakt");
                assert_same_values(&table, &back);
                assert_eq!(places(&table), places(&back), "{kinds:?} {dimensions:?}");
            }
        }
    }
}

#[test]
fn tables_without_places_or_rows_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let table = made(&[], (false, false), 30, true, 5);
    assert!(write(&table, &path).problems.is_empty());
    let back = read_one(&path);
    assert!(back.geometry.is_none());
    assert_eq!(back.fields, table.fields);
    assert_same_values(&table, &back);
    assert!(back.origin.problems.is_empty(), "{:?}", back.origin.problems);

    let none = made(KINDS[0], (false, false), 0, false, 5);
    write(&none, &path);
    assert_eq!((read_one(&path).rows(), read_one(&path).fields.len()), (0, 11));

    // Fields that nobody filled in, and no place anywhere.
    let mut nothing = made(KINDS[0], (false, false), 3, false, 5);
    let rows = belfort::table::GeometryBuilder::new();
    let mut rows = rows;
    (0..3).for_each(|_| rows.push_null());
    nothing = nothing.with_geometry(Some(rows.finish().unwrap()));
    write(&nothing, &path);
    assert_eq!(read_one(&path).rows(), 3);
}

#[test]
fn names_notes_and_identifiers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let table = made(KINDS[0], (false, false), 5, false, 3);
    let mut job = whole(&table, &path);
    job.options.note = Some("Voorbeelddata, niet officieel".to_owned());
    belfort::formats::export(&job, &path, &Watch::unwatched()).unwrap();
    let back = read_one(&path);
    assert_eq!(back.origin.note.as_deref(), Some("Voorbeelddata, niet officieel"));
    assert_eq!(back.fields[3].title(), "Een getal");

    let ids = super::table_of(
        "a.geojson",
        r#"[{"type":"Feature","id":7,"properties":{"a":1},"geometry":{"type":"Point","coordinates":[3,51]}}]"#,
    );
    let report = write(&ids, &path);
    assert_eq!(report.problems.count("problem-ids-dropped"), 1);
    // A single row has no other order.
    assert_eq!(report.problems.len(), 1);
    // Written once more, the rows are in order already.
    let again = read_one(&path);
    assert!(export_changes(&whole(&again, &path)).is_empty());
}

/// What GDAL reads in a file that Belfort wrote, as Belfort reads what GDAL makes of it.
fn by_gdal(path: &Path, folder: &Path) -> Table {
    let csv = folder.join("gdal.csv");
    let _ = std::fs::remove_file(&csv);
    ogr2ogr(&["-f", "CSV", "-lco", "GEOMETRY=AS_WKT"], &csv, path);
    read_one(&csv)
}

#[test]
fn gdal_reads_the_same() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    for (seed, kinds) in (11..).zip(KINDS) {
        for dimensions in DIMENSIONS {
            let table = made(kinds, dimensions, 25, false, seed);
            write(&table, &path);
            let theirs = in_order(&by_gdal(&path, folder.path()));
            assert_eq!(theirs.rows(), 25);
            assert_eq!(places(&table), places(&theirs), "{kinds:?} {dimensions:?}");
            for row in 0..25 {
                for (at, field) in table.fields.iter().enumerate() {
                    let mine = table.value(row, at);
                    let other = theirs.column(&field.name).map(|_| {
                        theirs.value(row, theirs.field_index(&field.name).unwrap()).to_data_text()
                    });
                    let wanted = match (field.kind, mine) {
                        (FieldKind::Boolean, Value::Boolean(value)) => u8::from(value).to_string(),
                        // GDAL has one type for both and writes with slashes, and no offset of its own.
                        (FieldKind::Date | FieldKind::DateTime(_), _) => continue,
                        // As text with 15 digits.
                        (FieldKind::Number, Value::Number(value)) => {
                            let theirs: f64 = other.unwrap().parse().unwrap();
                            assert!((theirs - value).abs() <= value.abs() * 1e-14);
                            continue;
                        }
                        _ => mine.to_data_text(),
                    };
                    assert_eq!(other.as_deref(), Some(wanted.as_str()), "{} {row}", field.name);
                }
            }
        }
    }
}

/// Rows without a place are kept: GDAL lists them, and finds the others by the index.
#[test]
fn gdal_finds_by_the_index_that_was_written() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    // GDAL looks at the places themselves after the boxes: points are their own boxes.
    for (rows, gaps, kinds) in [
        (1, false, KINDS[0]),
        (16, false, KINDS[0]),
        (17, false, KINDS[8]),
        (300, true, KINDS[8]),
        (5000, true, KINDS[0]),
    ] {
        let table = made(kinds, (false, false), rows, gaps, 77);
        write(&table, &path);
        let count = |arguments: &[&str]| {
            let mut ogrinfo = Command::new("ogrinfo");
            let out = ogrinfo.args(["-al", "-q"]).args(arguments).arg(&path).output().unwrap();
            assert!(out.status.success() && out.stderr.is_empty(), "{out:?}");
            String::from_utf8_lossy(&out.stdout).matches("OGRFeature(").count()
        };
        assert_eq!(count(&[]), rows);
        let view = Extent { min_x: 99_000.0, min_y: 190_000.0, max_x: 108_000.0, max_y: 200_000.0 };
        let geometry = table.geometry.as_ref().unwrap();
        let meets = geometry.iter().filter(|r| r.extent().is_some_and(|e| e.intersects(&view)));
        let wanted = meets.count();
        let by_gdal = count(&["-spat", "99000", "190000", "108000", "200000"]);
        assert!(if kinds.len() == 1 { by_gdal == wanted } else { by_gdal <= wanted }, "{rows}");
        let options = ReadOptions { extent: Some(Within::Own(view)), ..ReadOptions::default() };
        let found = open(&path, &options, &Watch::unwatched()).unwrap().remove(0);
        assert_eq!(found.rows(), wanted);
        let rows_of = |table: &Table| {
            let mut numbers: Vec<_> =
                (0..table.rows()).map(|r| table.value(r, 0).to_data_text()).collect();
            numbers.sort();
            numbers
        };
        let all = read_one(&path);
        let mask: arrow_array::BooleanArray = all
            .geometry
            .as_ref()
            .unwrap()
            .iter()
            .map(|r| Some(r.extent().is_some_and(|e| e.intersects(&view))))
            .collect();
        assert_eq!(rows_of(&found), rows_of(&all.filter_rows(&mask).unwrap()));
    }
}

/// Files that GDAL writes, of every type of geometry, curves and surfaces too.
#[test]
fn files_of_gdal_are_read() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (csv, fgb) = (folder.path().join("a.csv"), folder.path().join("a.fgb"));
    for (texts, as_lines) in [
        (&["POINT (1 2)", "POINT (3 4)"][..], 0),
        (&["POINT ZM (1 2 3 4)"], 0),
        (&["LINESTRING Z (0 0 1,1 1 2)"], 0),
        (&["POLYGON ((0 0,9 0,9 9,0 0),(2 1,3 1,3 2,2 1))", "POLYGON ((0 0,9 0,9 9,0 0))"], 0),
        (&["MULTIPOINT M ((1 2 9),(3 4 8))"], 0),
        (&["MULTILINESTRING ((0 0,1 1),(5 5,6 6,7 7))"], 0),
        (&["MULTIPOLYGON (((0 0,9 0,9 9,0 0)),((20 0,29 0,29 9,20 0),(22 1,23 1,23 2,22 1)))"], 0),
        (&["GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (0 0,1 1))", "POINT (3 4)"], 0),
        (&["CIRCULARSTRING (0 0,1 1,2 0)"], 1),
        (&["COMPOUNDCURVE (CIRCULARSTRING (0 0,1 1,2 0),(2 0,3 0))"], 1),
        (&["CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (0 0,1 1,2 0),(2 0,0 0)))"], 1),
        (&["MULTICURVE (CIRCULARSTRING (0 0,1 1,2 0),(5 5,6 6))"], 1),
        (
            &[
                "MULTISURFACE (CURVEPOLYGON (CIRCULARSTRING (0 0,2 2,4 0,2 -2,0 0)),((20 0,29 0,29 9,20 0)))",
            ],
            1,
        ),
        (&["TIN Z (((0 0 0,1 0 0,0 1 5,0 0 0)),((1 0 0,1 1 5,0 1 5,1 0 0)))"], 0),
        (&["TRIANGLE ((0 0,1 0,0 1,0 0))"], 0),
        (&["POLYHEDRALSURFACE Z (((0 0 0,1 0 0,0 1 5,0 0 0)),((1 0 0,1 1 5,0 1 5,1 0 0)))"], 0),
    ] {
        let lines: Vec<_> =
            texts.iter().enumerate().map(|(at, t)| format!("{at},\"{t}\"\n")).collect();
        std::fs::write(&csv, format!("nr,wkt\n{}", lines.concat())).unwrap();
        for index in ["SPATIAL_INDEX=YES", "SPATIAL_INDEX=NO"] {
            let _ = std::fs::remove_file(&fgb);
            let columns = ["-oo", "GEOM_POSSIBLE_NAMES=wkt", "-oo", "KEEP_GEOM_COLUMNS=NO"];
            ogr2ogr(&[&["-f", "FlatGeobuf", "-lco", index][..], &columns].concat(), &fgb, &csv);
            let mine = read_one(&fgb);
            assert_eq!(mine.rows(), texts.len(), "{texts:?}");
            let problems = &mine.origin.problems;
            assert_eq!(
                problems.count("problem-curve-as-lines"),
                as_lines,
                "{texts:?} {problems:?}"
            );
            assert_eq!(problems.count("problem-geometry-not-read"), 0, "{texts:?}");
            let faces = ["TIN ", "TRIANGLE", "POLYHEDRALSURFACE"];
            let faces = u64::from(faces.iter().any(|name| texts[0].starts_with(name)));
            assert_eq!(problems.count("problem-faces-as-polygons"), faces, "{texts:?}");
            // GDAL makes lines of the arcs with the same step, and polygons of the faces.
            let line_kind = match texts[0].split(' ').next().unwrap() {
                "TIN" | "POLYHEDRALSURFACE" => Some("MULTIPOLYGON"),
                "TRIANGLE" => Some("POLYGON"),
                _ if as_lines > 0 => Some("CONVERT_TO_LINEAR"),
                _ => None,
            };
            let plain = folder.path().join("plain.csv");
            let _ = std::fs::remove_file(&plain);
            let convert: Vec<&str> = line_kind.map_or(Vec::new(), |kind| vec!["-nlt", kind]);
            ogr2ogr(
                &[&["-f", "CSV", "-lco", "GEOMETRY=AS_WKT"][..], &convert].concat(),
                &plain,
                &fgb,
            );
            let theirs = read_one(&plain);
            assert_eq!(theirs.rows(), mine.rows());
            if as_lines == 0 && line_kind.is_none() {
                assert_eq!(places(&mine), places(&theirs), "in the order of the file");
            } else {
                let (a, b) = (mine.geometry.as_ref().unwrap(), theirs.geometry.as_ref().unwrap());
                assert_eq!(a.kinds(), b.kinds(), "{texts:?}");
                assert_eq!(a.xy().len(), b.xy().len(), "{texts:?}");
                for ([ax, ay], [bx, by]) in a.xy().iter().zip(b.xy()) {
                    assert!((ax - bx).abs() < 1e-9 && (ay - by).abs() < 1e-9, "{texts:?}");
                }
            }
        }
    }
}

#[test]
fn dates_of_gdal_are_dates() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (source, fgb) = (folder.path().join("a.geojson"), folder.path().join("a.fgb"));
    std::fs::write(
        &source,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"t":"2020-02-29T12:34:56.789+01:00","u":"2020-02-29T12:34:56Z","l":"2020-02-29T12:34:56","j":{"a":1}},"geometry":{"type":"Point","coordinates":[3,51]}}]}"#,
    )
    .unwrap();
    ogr2ogr(&["-f", "FlatGeobuf"], &fgb, &source);
    let table = read_one(&fgb);
    let texts: Vec<_> = (0..3).map(|at| table.value(0, at).to_data_text()).collect();
    assert_eq!(
        texts,
        ["2020-02-29T12:34:56.789+01:00", "2020-02-29T12:34:56Z", "2020-02-29T12:34:56"]
    );
    assert!((0..3).all(|at| matches!(table.fields[at].kind, FieldKind::DateTime(_))));
}

/// Numbers, dates and moments as pyogrio gives them to Arrow.
#[test]
fn pyogrio_reads_the_same_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let table = made(KINDS[0], (true, false), 60, true, 23);
    // Rows without geometry make GDAL's Arrow arrays invalid: those are asked for otherwise below.
    let geometry = table.geometry.as_ref().unwrap();
    let placed: arrow_array::BooleanArray = geometry.iter().map(|r| Some(!r.is_empty())).collect();
    let table_with_gaps = table;
    let table = table_with_gaps.filter_rows(&placed).unwrap();
    write(&table, &path);
    let gaps = folder.path().join("gaps.fgb");
    write(&table_with_gaps, &gaps);
    let script = "
import sys, json, pyogrio
meta, table = pyogrio.read_arrow(sys.argv[1])
rows = table.to_pylist()
rows.sort(key=lambda row: row['nr'])
text = lambda v: v.isoformat() if hasattr(v, 'isoformat') else v.hex() if isinstance(v, bytes) else v
print(json.dumps([{k: text(v) for k, v in row.items()} for row in rows]))
print(json.dumps([meta['crs'], meta['geometry_type']]))
_, _, places, fields = pyogrio.raw.read(sys.argv[2], columns=['nr'])
print(json.dumps([int(nr) for nr, place in zip(fields[0], places) if place is None]))
";
    let Some(out) = python(&["pyogrio", "pyarrow"], script, &[&path, &gaps]) else { return };
    let mut lines = out.lines();
    let rows: Vec<serde_json::Value> = serde_json::from_str(lines.next().unwrap()).unwrap();
    let meta: Vec<String> = serde_json::from_str(lines.next().unwrap()).unwrap();
    assert_eq!(meta, ["EPSG:31370", "Point Z"]);
    assert_eq!(rows.len(), table.rows());
    let mut without: Vec<usize> = serde_json::from_str(lines.next().unwrap()).unwrap();
    without.sort_unstable();
    let wanted: Vec<usize> = (0..60).filter(|row| !placed.value(*row)).collect();
    assert_eq!(without, wanted);
    for (row, theirs) in rows.iter().enumerate() {
        for (at, field) in table.fields.iter().enumerate() {
            let other = &theirs[&field.name];
            let same = match table.value(row, at) {
                Value::Null => other.is_null(),
                Value::Boolean(value) => other.as_bool() == Some(value),
                Value::Integer(value) => other.as_i64() == Some(value),
                Value::Number(value) => other.as_f64() == Some(value),
                Value::Text(text) | Value::Json(text) => other.as_str() == Some(text),
                // pyogrio has moments without their offset.
                Value::Date(date) => {
                    other.as_str().is_some_and(|text| text.starts_with(&date.to_string()))
                }
                Value::DateTime(moment, form) => other.as_str().is_some_and(|text| {
                    let local = form.local(moment).format("%Y-%m-%dT%H:%M:%S").to_string();
                    text.starts_with(&local)
                }),
            };
            assert!(same, "row {row}, {}: {:?} {other}", field.name, table.value(row, at));
        }
    }
}

#[test]
fn another_name_is_told_by_the_first_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let table = made(KINDS[2], (false, false), 9, false, 1);
    write(&table, &path);
    let other = folder.path().join("a.dat");
    std::fs::rename(&path, &other).unwrap();
    assert_eq!(read_one(&other).rows(), 9);
    std::fs::write(&path, "{\"type\":1}").unwrap();
    let error = read(&path).unwrap_err();
    assert!(error.remedy.is_some() && error.path == path, "{error:?}");
    std::fs::write(&path, "fgb\u{3}fgb\u{0}").unwrap();
    assert_eq!(read(&path).unwrap_err().what.id, "flatgeobuf-error-header");
}

/// Settles what a reader says of a file: its problems and errors are texts in both languages.
fn settle(path: &Path) -> bool {
    match read(path) {
        Ok(tables) => {
            for problem in tables.iter().flat_map(|table| &table.origin.problems) {
                for language in belfort::i18n::Language::ALL {
                    assert!(!problem.text(language).contains("problem-"), "{problem:?}");
                }
            }
            true
        }
        Err(error) => {
            assert!(!error.to_string().contains("error-"), "{error}");
            assert_eq!(error.path, path);
            false
        }
    }
}

/// A table whose file is small: one text, no CRS.
fn small(kinds: &[belfort::table::GeometryKind], rows: usize) -> Table {
    let mut table = made(kinds, (true, true), rows, true, 9).select_columns(&[4]);
    table.crs = None;
    table
}

/// Cut at every byte and with bytes changed, a file opens or fails by name; what was before the
/// damage is there.
#[test]
fn damaged_files_open_or_fail() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    for kinds in [KINDS[0], KINDS[8]] {
        let table = small(kinds, 6);
        write(&table, &path);
        let sound = std::fs::read(&path).unwrap();
        let mut rows = 0;
        for end in 0..sound.len() {
            std::fs::write(&path, &sound[..end]).unwrap();
            if settle(&path) {
                let table = read_one(&path);
                assert!(table.rows() >= rows && table.rows() < 6);
                assert!(table.origin.problems.count("problem-flatgeobuf-missing") > 0);
                rows = table.rows();
            }
        }
        assert_eq!(rows, 5);
        let mut opened = 0;
        for at in 0..sound.len() {
            for value in [0, 0x7f, sound[at] ^ 0x81] {
                let mut bytes = sound.clone();
                bytes[at] = value;
                std::fs::write(&path, &bytes).unwrap();
                opened += usize::from(settle(&path));
                let view = Extent { min_x: 0.0, min_y: 0.0, max_x: 1e9, max_y: 1e9 };
                let options =
                    ReadOptions { extent: Some(Within::Own(view)), ..ReadOptions::default() };
                let _ = open(&path, &options, &Watch::unwatched());
            }
        }
        assert!(opened > sound.len(), "{opened} of {}", sound.len() * 3);
    }
}

/// Damage of several bytes at a time.
#[test]
fn heavily_damaged_files_open_or_fail() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let table = small(KINDS[8], 20);
    write(&table, &path);
    let sound = std::fs::read(&path).unwrap();
    let mut dice = Dice(99);
    for _ in 0..1000 {
        let mut bytes = sound.clone();
        for _ in 0..=dice.below(6) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes.truncate(at.max(12)),
                1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
                2 => {
                    bytes.insert(at, 0);
                }
                _ => {
                    let end = (at + dice.below(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
            }
            if bytes.len() < 12 {
                break;
            }
        }
        std::fs::write(&path, &bytes).unwrap();
        settle(&path);
    }
}
