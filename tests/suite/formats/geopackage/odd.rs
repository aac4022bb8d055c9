//! Files as other programs leave them: loose types, lists that are not complete, views, logs.

use std::collections::BTreeMap;
use std::path::Path;

use belfort::formats::{ReadOptions, format_of, layers_in, open, wkt};
use belfort::jobs::Watch;
use belfort::table::{FieldKind, Table, Value};
use rusqlite::Connection;

use super::{file_of, file_with_points, ids, point, read, read_layer, read_one};

fn texts(table: &Table, field: &str) -> Vec<String> {
    let at = table.field_index(field).unwrap();
    (0..table.rows()).map(|row| table.value(row, at).to_data_text()).collect()
}

fn kind(table: &Table, field: &str) -> &'static str {
    table.fields[table.field_index(field).unwrap()].kind.code()
}

/// All files of a folder with what is in them.
fn state(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

#[test]
fn a_layer_has_its_title_note_and_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a #1?.gpkg");
    drop(file_with_points(&path));
    let table = read_one(&path);
    assert_eq!(table.name, "Punten van Gent");
    assert_eq!(table.origin.layer.as_deref(), Some("punten"));
    assert_eq!(table.origin.note.as_deref(), Some("niet officieel"));
    assert_eq!(format!("{:?}", table.ids.as_ref().unwrap()).matches(['1', '2', '5']).count(), 3);
    assert_eq!(texts(&table, "aantal"), ["10", "20", "50"]);
    assert_eq!(table.geometry.as_ref().unwrap().xy(), [[3.70, 51.0], [3.71, 51.0], [3.72, 51.0]]);
    assert_eq!(table.crs.as_ref().unwrap().how.code(), "file");
    assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    assert_eq!(listed[0].title.as_deref(), Some("Punten van Gent"));
    assert_eq!(read_layer(&path, "Punten van Gent").unwrap().rows(), 3);
}

/// SQLite keeps any value in any column.
#[test]
fn values_of_other_types_are_kept_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_of(
        &path,
        "CREATE TABLE t (fid INTEGER PRIMARY KEY, geheel MEDIUMINT, deel REAL, ja BOOLEAN,
            dag DATE, tijd DATETIME, tekst TEXT(5), foto BLOB, vrij NUMERIC, klein BOOLEAN,
            laat DATETIME, json TEXT);
         INSERT INTO gpkg_contents VALUES ('t', 'attributes', 't', '', NULL);
         CREATE TABLE gpkg_data_columns (table_name TEXT, column_name TEXT, name TEXT, title TEXT,
            description TEXT, mime_type TEXT);
         INSERT INTO gpkg_data_columns VALUES
            ('t', 'deel', 'share', 'Deel van het geheel', 'in procent', NULL),
            ('t', 'json', NULL, NULL, NULL, 'application/json');
         INSERT INTO t VALUES
            (1, 7, 1, 1, '2026-03-01', '2026-03-01T10:00:00Z', 'é', x'cafe', 12, 0,
                '2026-03-01T10:00:00.250Z', '{\"a\":1}'),
            (2, 'veel', 0.5, 0, '1/3/2026', '2026-03-01T10:00:00.5Z', 5, zeroblob(100), 'x', 2,
                'morgen', '[2]'),
            (3, '', NULL, 1, NULL, '', x'41', NULL, 0.25, NULL, NULL, NULL);",
    );
    drop(connection);
    let table = read_one(&path);
    assert_eq!(
        (kind(&table, "geheel"), texts(&table, "geheel")),
        ("text", ["7", "veel", ""].map(str::to_owned).to_vec())
    );
    assert_eq!(
        (kind(&table, "deel"), texts(&table, "deel")),
        ("number", ["1", "0.5", ""].map(str::to_owned).to_vec())
    );
    assert_eq!(
        (kind(&table, "ja"), texts(&table, "ja")),
        ("boolean", ["true", "false", "true"].map(str::to_owned).to_vec())
    );
    assert_eq!(
        (kind(&table, "dag"), texts(&table, "dag")),
        ("text", ["2026-03-01", "1/3/2026", ""].map(str::to_owned).to_vec())
    );
    let moments = ["2026-03-01T10:00:00.0Z", "2026-03-01T10:00:00.5Z", ""].map(str::to_owned);
    assert_eq!((kind(&table, "tijd"), texts(&table, "tijd")), ("datetime", moments.to_vec()));
    assert_eq!(texts(&table, "tekst"), ["é", "5", "41"]);
    assert_eq!(texts(&table, "foto"), ["cafe", "", ""]);
    assert_eq!(texts(&table, "vrij"), ["12", "x", "0.25"]);
    assert_eq!(
        (kind(&table, "klein"), texts(&table, "klein")),
        ("integer", ["0", "2", ""].map(str::to_owned).to_vec())
    );
    assert_eq!(texts(&table, "laat")[1], "morgen");
    assert_eq!(table.value(0, table.field_index("json").unwrap()), Value::Json("{\"a\":1}"));
    let field = &table.fields[1];
    assert_eq!(field.label.as_deref(), Some("Deel van het geheel"));
    assert_eq!(field.description.as_deref(), Some("in procent"));
    let problems = &table.origin.problems;
    // veel, 1/3/2026, 2, morgen
    assert_eq!(problems.count("problem-geopackage-other-type"), 4);
    assert_eq!(problems.count("problem-geopackage-blank"), 2);
    assert_eq!(problems.count("problem-geopackage-hex"), 2);
    assert_eq!(problems.count("problem-geopackage-binary"), 1);
    let text = problems.iter().map(|problem| problem.text(belfort::i18n::Language::English));
    assert!(text.collect::<String>().contains("“geheel”: 1 value is not of the type MEDIUMINT"));
}

#[test]
fn texts_in_another_encoding_are_mended_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_with_points(&path);
    let odd = "UPDATE punten SET naam = CAST(x'427275e967' AS TEXT), aantal = CAST(x'e9' AS TEXT) \
               WHERE fid = 2";
    connection.execute_batch(odd).unwrap();
    drop(connection);
    let table = read_one(&path);
    assert_eq!(texts(&table, "naam"), ["een", "Bru\u{fffd}g", "vijf"]);
    assert_eq!(texts(&table, "aantal"), ["10", "\u{fffd}", "50"]);
    assert_eq!(table.origin.problems.count("problem-geopackage-replaced"), 2);
    assert_eq!(table.origin.problems.count("problem-geopackage-other-type"), 1);
}

#[test]
fn geometries_of_any_form_are_read_or_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_with_points(&path);
    let bare = point(0, 3.0, 51.0).split_off(8);
    let mut extended = point(4326, 1.0, 2.0);
    extended[3] |= 1 << 5;
    // Heights and an extent, in the other byte order.
    let mut turned = b"GP\0\x04\x00\x00\x10\xe6".to_vec();
    turned.extend([0; 48]);
    turned.extend([0, 0, 0, 0x03, 0xe9]);
    for number in [3.5_f64, 51.5, 9.0] {
        turned.extend(number.to_be_bytes());
    }
    // A circle: CURVEPOLYGON (CIRCULARSTRING (0 0, 2 0, 0 0)).
    let mut curve = point(4326, 0.0, 0.0)[..8].to_vec();
    curve.extend([1, 10, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 3, 0, 0, 0]);
    for number in [0.0_f64, 0.0, 2.0, 0.0, 0.0, 0.0] {
        curve.extend(number.to_le_bytes());
    }
    let mut cut = point(4326, 1.0, 2.0);
    cut.pop();
    let nan = point(4326, f64::NAN, f64::NAN);
    let other = point(31370, 1.0, 2.0);
    for blob in [bare, extended, turned, curve, cut, nan, other, b"GP".to_vec()] {
        connection.execute("INSERT INTO punten (geom) VALUES (?1)", [blob]).unwrap();
    }
    connection.execute_batch("INSERT INTO punten (geom) VALUES ('POINT (1 2)'), (NULL)").unwrap();
    drop(connection);
    let table = read_one(&path);
    let found: Vec<String> =
        table.geometry.as_ref().unwrap().iter().skip(3).map(wkt::text).collect();
    assert_eq!(found[0], "POINT (3 51)");
    assert_eq!(found[2], "POINT Z (3.5 51.5 9)");
    assert!(found[3].starts_with("POLYGON ((0 0, "));
    assert_eq!(found[5], "POINT EMPTY");
    assert_eq!(found[6], "POINT (1 2)");
    assert!([1, 4, 7, 8, 9].iter().all(|at| found[*at].is_empty()), "{found:?}");
    let problems = &table.origin.problems;
    for (id, count) in [
        ("problem-geopackage-bare", 1),
        ("problem-geopackage-extended", 1),
        ("problem-curve-as-lines", 1),
        ("problem-geopackage-other-srs", 1),
        ("problem-geometry-not-read", 3),
        ("problem-no-geometry", 6),
    ] {
        assert_eq!(problems.count(id), count, "{id}: {problems:?}");
    }
}

#[test]
fn what_the_lists_of_a_file_lack_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_of(
        &path,
        "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT);
         INSERT INTO gpkg_extensions VALUES ('koppels', NULL, 'related_tables');
         CREATE TABLE koppels (a, b);
         CREATE TABLE layer_styles (f_table_name TEXT, styleQML TEXT);
         INSERT INTO layer_styles VALUES ('straten', '<qgis/>'), ('straten', '<qgis/>');
         CREATE TABLE straten (ogc_fid INTEGER PRIMARY KEY, weg LINESTRING);
         CREATE TABLE wijken (objectid INTEGER PRIMARY KEY, vorm POLYGON);
         CREATE TABLE prijzen (code TEXT PRIMARY KEY, prijs REAL);
         CREATE TABLE tegels (id INTEGER PRIMARY KEY, tile_data BLOB);
         CREATE TABLE plan (nummer INTEGER PRIMARY KEY, vorm TEXT);
         CREATE VIRTUAL TABLE zoek USING rtree(id, a, b);
         INSERT INTO gpkg_contents VALUES ('straten', 'features', 'straten', '', 31370),
            ('weg', 'features', 'weg', '', 4326), ('tegels', 'tiles', 'tegels', '', 4326),
            ('plan', 'features', 'plan', '', 777), ('3d', 'x', '', '', 0);
         INSERT INTO gpkg_geometry_columns VALUES ('wijken', 'vorm', 'POLYGON', 31370, 0, 0);
         INSERT INTO prijzen VALUES ('007', 1.5);
         INSERT INTO plan VALUES (9, 'x');",
    );
    drop(connection);
    let tables = read(&path).unwrap();
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["straten", "plan", "prijzen", "wijken"]);
    let [straten, plan, prijzen, wijken] = tables.as_slice() else { panic!("four tables") };
    assert_eq!(
        ids(&straten.origin.problems),
        [
            "problem-geopackage-unlisted",
            "problem-geopackage-styles",
            "problem-geopackage-tiles",
            "problem-geopackage-missing-table",
            "problem-geopackage-missing-table",
        ]
    );
    assert_eq!(straten.origin.problems.count("problem-geopackage-styles"), 1);
    assert_eq!(straten.origin.style.as_deref(), Some("<qgis/>"));
    assert_eq!(straten.origin.problems.count("problem-geopackage-missing-table"), 2);
    assert!(straten.geometry.is_some() && wijken.geometry.is_some());
    assert_eq!(straten.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:31370"));
    assert_eq!(wijken.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:31370"));
    // A column with a name that says something is an attribute too.
    assert!(plan.geometry.is_none());
    assert_eq!(texts(plan, "nummer"), ["9"]);
    assert!(ids(&plan.origin.problems).contains(&"problem-geopackage-no-geometry-column"));
    assert_eq!(texts(prijzen, "code"), ["007"]);
    assert!(prijzen.ids.is_none());
    assert_eq!(ids(&prijzen.origin.problems), ["problem-geopackage-unlisted"]);
}

/// Views, tables without numbers of rows, computed columns and defaults: SQLite reads them.
#[test]
fn tables_of_another_form_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_with_points(&path);
    connection
        .execute_batch(
            "CREATE VIEW oost AS SELECT fid, geom, upper(naam) AS naam FROM punten WHERE fid > 1;
             INSERT INTO gpkg_contents VALUES ('oost', 'features', 'oost', '', 4326);
             INSERT INTO gpkg_geometry_columns VALUES ('oost', 'geom', 'POINT', 4326, 0, 0);
             CREATE TABLE codes (code TEXT PRIMARY KEY, naam TEXT) WITHOUT ROWID;
             INSERT INTO codes VALUES ('b', 'twee'), ('a', 'een');
             CREATE TABLE som (fid INTEGER PRIMARY KEY, a INTEGER, b AS (a * 2), c AS (a + 1) STORED);
             INSERT INTO som (a) VALUES (1), (2);
             CREATE TABLE later (fid INTEGER PRIMARY KEY, a INTEGER);
             INSERT INTO later VALUES (1, 1);
             ALTER TABLE later ADD COLUMN soort TEXT DEFAULT 'linde';
             INSERT INTO later VALUES (2, 2, 'eik');
             CREATE VIEW kwaad AS SELECT load_extension('x') AS x;
             INSERT INTO gpkg_contents VALUES ('codes', 'attributes', 'codes', '', NULL),
                ('som', 'attributes', 'som', '', NULL), ('later', 'attributes', 'later', '', NULL),
                ('kwaad', 'attributes', 'kwaad', '', NULL);",
        )
        .unwrap();
    drop(connection);
    let tables = read(&path).unwrap();
    let by_name: BTreeMap<&str, &Table> =
        tables.iter().map(|table| (table.name.as_str(), table)).collect();
    assert_eq!(
        by_name.keys().copied().collect::<Vec<_>>(),
        ["Punten van Gent", "codes", "later", "oost", "som"]
    );
    assert_eq!(texts(by_name["oost"], "naam"), ["TWEE", "VIJF"]);
    assert_eq!(by_name["oost"].geometry.as_ref().unwrap().xy(), [[3.71, 51.0], [3.72, 51.0]]);
    assert_eq!(texts(by_name["codes"], "code"), ["a", "b"]);
    assert_eq!(texts(by_name["som"], "b"), ["2", "4"]);
    assert_eq!(texts(by_name["som"], "c"), ["2", "3"]);
    assert_eq!(texts(by_name["later"], "soort"), ["linde", "eik"]);
    let problems = &tables[0].origin.problems;
    assert_eq!(problems.count("problem-geopackage-layer"), 1, "{problems:?}");
    let error = read_layer(&path, "kwaad").unwrap_err();
    assert_eq!(error.what.id, "geopackage-error-sqlite", "{error}");
}

/// A view that never ends is cut off, or can be cancelled.
#[test]
fn a_view_without_end_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_of(
        &path,
        "CREATE VIEW eindeloos AS WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)
            SELECT n, hex(zeroblob(50000)) AS vol FROM n;
         CREATE VIEW stil AS WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)
            SELECT n FROM n WHERE n < 0;
         INSERT INTO gpkg_contents VALUES ('eindeloos', 'attributes', 'eindeloos', '', NULL),
            ('stil', 'attributes', 'stil', '', NULL);",
    );
    drop(connection);
    let table = read_layer(&path, "eindeloos").unwrap();
    assert!(table.rows() > 1000 && table.rows() < 10_000);
    assert_eq!(ids(&table.origin.problems), ["problem-geopackage-endless"]);
    let watch = Watch::default();
    let (theirs, there) = (watch.clone(), path.clone());
    let job = std::thread::spawn(move || {
        let options = ReadOptions { layer: Some("stil".to_owned()), ..ReadOptions::default() };
        open(&there, &options, &theirs)
    });
    std::thread::sleep(std::time::Duration::from_millis(50));
    watch.cancel();
    assert!(job.join().unwrap().unwrap_err().is_cancelled());
}

#[test]
fn texts_in_utf_16_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA encoding = 'UTF-16be';
             CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT);
             CREATE TABLE t (fid INTEGER PRIMARY KEY, naam TEXT);
             INSERT INTO gpkg_contents VALUES ('t', 'attributes', 'Één');
             INSERT INTO t VALUES (1, 'Brugge é€𝄞');",
        )
        .unwrap();
    drop(connection);
    let table = read_one(&path);
    assert_eq!(
        (table.name.as_str(), texts(&table, "naam")),
        ("Één", vec!["Brugge é€𝄞".to_owned()])
    );
    assert_eq!(table.fields[0].kind, FieldKind::Text);
}

/// QGIS keeps the files it has open in such a state: what was written last is in a log.
#[test]
fn what_is_in_the_log_is_read_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let writer = file_with_points(&path);
    writer.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;").unwrap();
    writer.execute_batch("UPDATE punten SET naam = 'nieuw' WHERE fid = 5").unwrap();
    let before = state(folder.path());
    assert_eq!(before.len(), 3);
    assert_eq!(texts(&read_one(&path), "naam"), ["een", "twee", "nieuw"]);
    let after = state(folder.path());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, bytes) in before.iter().filter(|(name, _)| !name.ends_with("-shm")) {
        assert!(after[name] == *bytes, "{name}");
    }
    // As it is left behind when a program ends at once, or a copy of file and log.
    let copy = tempfile::tempdir().unwrap();
    for ending in ["", "-wal"] {
        let name = format!("a.gpkg{ending}");
        std::fs::copy(folder.path().join(&name), copy.path().join(&name)).unwrap();
    }
    let before = state(copy.path());
    let table = read_one(&copy.path().join("a.gpkg"));
    assert_eq!(texts(&table, "naam"), ["een", "twee", "nieuw"]);
    assert_eq!(table.origin.path, copy.path().join("a.gpkg"));
    assert_eq!(state(copy.path()), before);
    // All in the file, which would keep a log if somebody wrote.
    drop(writer);
    let before = state(folder.path());
    assert_eq!(before.len(), 1);
    assert_eq!(texts(&read_one(&path), "naam"), ["een", "twee", "nieuw"]);
    assert_eq!(state(folder.path()), before);
}

/// A program that ended in the middle of writing left a journal: what was there before counts.
#[test]
fn a_journal_that_was_left_is_played_back_in_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let writer = file_with_points(&path);
    writer.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1;").unwrap();
    writer.execute_batch("BEGIN; UPDATE punten SET naam = 'half';").unwrap();
    for fid in 100..400 {
        let row = rusqlite::params![fid, vec![0_u8; 400]];
        writer.execute("INSERT INTO punten (fid, naam) VALUES (?1, ?2)", row).unwrap();
    }
    let copy = tempfile::tempdir().unwrap();
    for ending in ["", "-journal"] {
        let name = format!("a.gpkg{ending}");
        std::fs::copy(folder.path().join(&name), copy.path().join(&name)).unwrap();
    }
    writer.execute_batch("ROLLBACK").unwrap();
    let before = state(copy.path());
    assert_eq!(before.len(), 2);
    let table = read_one(&copy.path().join("a.gpkg"));
    assert_eq!(texts(&table, "naam"), ["een", "twee", "vijf"]);
    assert_eq!(state(copy.path()), before);
}

/// In a folder where nobody may write, a file opens in every state.
#[cfg(unix)]
#[test]
fn a_folder_that_is_for_reading_only_will_do() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let writer = file_with_points(&path);
    let allow = |mode| {
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o555);
    if std::fs::write(folder.path().join("proef"), "").is_ok() {
        eprintln!("in part only: whoever runs this may write everywhere");
    }
    assert_eq!(texts(&read_one(&path), "naam"), ["een", "twee", "vijf"]);
    allow(0o755);
    writer.execute_batch("PRAGMA journal_mode = WAL; UPDATE punten SET naam = 'nieuw';").unwrap();
    allow(0o555);
    assert_eq!(texts(&read_one(&path), "naam"), ["nieuw"; 3]);
    allow(0o755);
    drop(writer);
    allow(0o555);
    assert_eq!(texts(&read_one(&path), "naam"), ["nieuw"; 3]);
    allow(0o755);
}

#[test]
fn reference_systems_by_code_definition_or_guess() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let wkt = belfort::crs::Crs::lambert2008().to_ogc_wkt().unwrap();
    let found = |number: i64, row: &str| {
        let _ = std::fs::remove_file(&path);
        let connection = file_with_points(&path);
        connection.execute_batch(row).unwrap();
        for sql in
            ["UPDATE gpkg_contents SET srs_id = ?1", "UPDATE gpkg_geometry_columns SET srs_id = ?1"]
        {
            connection.execute(sql, [number]).unwrap();
        }
        drop(connection);
        let table = read_one(&path);
        let crs =
            table.crs.map(|crs| format!("{} {}", crs.crs.code.unwrap_or_default(), crs.how.code()));
        let told: Vec<&str> = ids(&table.origin.problems);
        (
            crs.unwrap_or_default(),
            told.into_iter().filter(|id| !id.ends_with("other-srs")).collect::<Vec<_>>(),
        )
    };
    let insert = |name: &str, organization: &str, code: i64, definition: &str| {
        format!(
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('{name}', 500, '{organization}', {code}, '{definition}');"
        )
    };
    assert_eq!(found(31370, ""), ("EPSG:31370 file".to_owned(), vec![]));
    assert_eq!(found(500, &insert("x", "NONE", 500, &wkt)), ("EPSG:3812 file".to_owned(), vec![]));
    assert_eq!(found(500, &insert("x", "iemand", 7, &wkt)), ("EPSG:3812 file".to_owned(), vec![]));
    assert_eq!(found(0, ""), ("EPSG:4326 guess".to_owned(), vec!["problem-crs-guessed"]));
    // These numbers are degrees, and the file says that they are not.
    assert_eq!(found(-1, ""), (String::new(), vec!["problem-crs-unknown"]));
    let (crs, told) = found(900, "");
    assert_eq!(
        (crs.as_str(), told),
        ("EPSG:4326 guess", vec!["problem-geopackage-srs-missing", "problem-crs-guessed"])
    );
    let (crs, told) = found(500, &insert("x", "NONE", 500, "GEOGCS[kapot"));
    assert_eq!(
        (crs.as_str(), told),
        ("EPSG:4326 guess", vec!["problem-crs-not-understood", "problem-crs-guessed"])
    );
    let (crs, _) =
        found(500, &insert("Undefined SRS", "GDAL", 99999, "LOCAL_CS[\"Undefined SRS\"]"));
    assert_eq!(crs, "EPSG:4326 guess");
}

#[test]
fn other_databases_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let error_of = |name: &str, sql: &str| {
        let path = folder.path().join(name);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let error = read(&path).unwrap_err();
        assert!(error.remedy.is_some() && error.to_string().contains(name), "{error}");
        error.what.id
    };
    let plain = "CREATE TABLE t (a);";
    assert_eq!(error_of("a.sqlite", plain), "geopackage-error-other-database");
    assert_eq!(error_of("b.gpkg", plain), "geopackage-error-other-database");
    let named = format!("PRAGMA application_id = 0x47504B47; {plain}");
    assert_eq!(error_of("c.gpkg", &named), "geopackage-error-no-contents");
    assert_eq!(error_of("d.gpkg", super::LEAST), "geopackage-error-no-layers");
    let tiles = format!(
        "{} {plain} INSERT INTO gpkg_contents VALUES ('t', 'tiles', 't', '', 4326);",
        super::LEAST
    );
    assert_eq!(error_of("e.gpkg", &tiles), "geopackage-error-only-tiles");
    for (name, content, id) in [
        ("f.gpkg", &b""[..], "error-file-empty"),
        ("g.gpkg", b"<!DOCTYPE html><p>404", "geopackage-error-no-database"),
        ("h.gpkg", b"SQLite format 3\0", "geopackage-error-no-database"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let error = read(&path).unwrap_err();
        assert!(error.remedy.is_some());
        assert_eq!(
            error.what.id.replace("geopackage-error-damaged", "geopackage-error-no-database"),
            id
        );
    }
}

#[test]
fn a_geopackage_is_known_by_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("naamloos");
    drop(file_with_points(&path));
    assert_eq!(format_of(&path).unwrap().id, "geopackage");
    // In an archive, and in a folder.
    let tables = read(folder.path()).unwrap();
    assert_eq!(tables[0].rows(), 3);
    let zip = folder.path().join("a.zip");
    let mut writer = zip::ZipWriter::new(std::fs::File::create(&zip).unwrap());
    writer.start_file("binnen.gpkg", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut writer, &std::fs::read(&path).unwrap()).unwrap();
    writer.finish().unwrap();
    let table = read_one(&zip);
    assert_eq!(table.origin.layer.as_deref(), Some("binnen.gpkg/punten"));
}
