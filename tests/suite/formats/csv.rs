//! Delimited text made by hand.

use belfort::formats::PlaceAs;
use belfort::formats::export;
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::table::FieldKind::{Boolean, Date, Integer, Number, Text};
use belfort::table::{Table, Value};

use super::{read_one, read_text, table_of, whole, write};

fn place(table: &Table) -> Option<([f64; 2], String, &'static str)> {
    let xy = table.geometry.as_ref()?.row(0).xy().first().copied()?;
    let crs = table.crs.as_ref();
    let code = crs.and_then(|crs| crs.crs.code.clone()).unwrap_or_default();
    Some((xy, code, crs.map_or("", |crs| crs.how.code())))
}

#[test]
fn the_place_is_found_by_name_and_plausibility() {
    let ghent = [3.72, 51.05];
    let metres = [104700.5, 193800.25];
    let wgs84 = |at, how| Some((at, "EPSG:4326".to_owned(), how));
    let lambert = |how| Some((metres, "EPSG:31370".to_owned(), how));
    for (text, expected) in [
        ("naam,lon,lat\na,3.72,51.05\n", wgs84(ghent, "named")),
        ("naam;Lengtegraad;Breedtegraad\na;3,72;51,05\n", wgs84(ghent, "named")),
        ("nom;latitude;longitude\na;51.05;3.72\n", wgs84(ghent, "named")),
        ("x,y\n104700.5,193800.25\n", lambert("guess")),
        ("X Lambert 72;Y Lambert 72\n104700,5;193800,25\n", lambert("named")),
        ("x_coord\ty_coord\n104700.5\t193800.25\n", lambert("guess")),
        ("naam,locatie\na,\"51.05, 3.72\"\n", wgs84(ghent, "named")),
        ("naam,lonlat\na,\"3.72, 51.05\"\n", wgs84(ghent, "named")),
        ("naam;geo\na;\"{\"\"lon\"\": 3.72, \"\"lat\"\": 51.05}\"\n", wgs84(ghent, "named")),
        (
            "naam;geo_shape\na;\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[3.72,51.05]}\"\n",
            wgs84(ghent, "format"),
        ),
        ("id,wkt\n1,POINT (3.72 51.05)\n", wgs84(ghent, "guess")),
        // As PostGIS writes it: ST_SetSRID(ST_MakePoint(104700.5, 193800.25), 31370).
        ("id,geom\n1,01010000208A7A000000000000C88FF9400000000042A80741\n", lambert("named")),
        ("id,geom\n1,SRID=31370;POINT(104700.5 193800.25)\n", lambert("named")),
        ("id,jaar\n1,2020\n", None),
        ("x,y\na,b\n", None),
        ("naam,versie\na,\"1.5, 2.5\"\n", None),
    ] {
        let table = table_of("a.csv", text);
        assert_eq!(place(&table), expected, "{text}");
    }
}

#[test]
fn rows_without_place_are_counted_and_kept() {
    let table = table_of("a.csv", "n,lon,lat\n1,3.7,51\n2,,\n3,3.8,\n4,0,0\n");
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!((table.rows(), geometry.missing()), (4, 2));
    assert_eq!(table.origin.problems.count("problem-no-geometry"), 2);
    assert_eq!(table.origin.problems.count("problem-zero-position"), 1);
    assert_eq!(table.fields.len(), 3);
}

#[test]
fn swapped_columns_are_told() {
    let table = table_of("a.csv", "lon,lat\n51.05,3.72\n51.06,3.73\n");
    let crs = table.crs.as_ref().unwrap();
    assert!(crs.swapped && crs.how.code() == "guess");
    assert_eq!(table.geometry.as_ref().unwrap().row(0).xy(), [[51.05, 3.72]]);
    assert_eq!(table.origin.problems.count("problem-crs-swapped"), 1);
}

#[test]
fn codes_stay_text_and_numbers_become_numbers() {
    let table = table_of(
        "a.csv",
        "postcode;nis9;aantal;deel;open;dag;tel\n09000;44021A02-;12;1.234,5;True;2026-01-31;+32 9\n9000;44021A00-;0;-0,25;False;2026-02-01;\n",
    );
    let kinds: Vec<_> = table.fields.iter().map(|field| field.kind).collect();
    assert_eq!(kinds, [Text, Text, Integer, Number, Boolean, Date, Text]);
    assert_eq!(table.value(0, 3), Value::Number(1234.5));
    assert_eq!(table.value(1, 6), Value::Null);
}

#[test]
fn odd_headers_are_made_whole() {
    let table = table_of(
        "a.csv",
        "\u{FEFF}   id;;naam;naam;;\n1;2;a;b;;\n2;3;c;d;;;\n3;4\n4;5;e;f;;;surplus\n",
    );
    let names: Vec<_> = table.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "column_2", "naam", "naam_2", "column_7"]);
    assert_eq!(table.rows(), 4);
    assert_eq!(table.origin.problems.count("problem-repeated-field"), 1);
    assert_eq!(table.origin.problems.count("problem-record-length"), 2);
    assert_eq!(table.value(3, 4), Value::Text("surplus"));
    let headless = table_of("a.csv", "Ledeberg,3.74,51.03\nSint-Amandsberg,3.76,51.06\n");
    assert_eq!((headless.rows(), headless.fields[0].name.as_str()), (2, "column_1"));
    assert_eq!(headless.origin.problems.count("problem-no-header"), 1);
}

#[test]
fn encodings_and_quotes() {
    let (latin, _, _) = encoding_rs::WINDOWS_1252
        .encode("naam;café\n\"Gent; centrum\";\"de \"\"Kuip\"\"\nhier\"\nBelgië;façade\n");
    let table = table_of("a.csv", &latin);
    assert_eq!(table.origin.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(table.value(0, 0), Value::Text("Gent; centrum"));
    assert_eq!(table.value(0, 1), Value::Text("de \"Kuip\"\nhier"));
    let utf16: Vec<u8> = "\u{FEFF}a\tb\né\t2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = table_of("a.tsv", utf16);
    assert_eq!((table.value(0, 0), table.value(0, 1)), (Value::Text("é"), Value::Integer(2)));
}

#[test]
fn what_is_no_table_is_refused() {
    for (name, text, id) in [
        ("a.csv", &b""[..], "error-file-empty"),
        ("a.csv", b"<!DOCTYPE html><html></html>", "error-web-page"),
        ("a.csv", b"\x00\x01\x02\x03garbage\x00", "error-binary"),
        ("a.xyz", b"a,b\n1,2\n", "error-unknown-format"),
    ] {
        let error = read_text(name, text).map(|tables| tables.len()).unwrap_err();
        assert_eq!(error.what.id, id, "{error}");
    }
    let quote = table_of("a.csv", "a,b\n1,\"2\n3,4\n5,6\n7,8\n");
    assert_eq!(quote.origin.problems.count("problem-unclosed-quote"), 1);
}

#[test]
fn columns_are_written_for_points_and_the_rest_is_told() {
    let table = table_of(
        "a.geojson",
        r#"[{"type":"Feature","id":1,"properties":{"lon":"taken","t":"a,\"b\"\nc"},"geometry":{"type":"Point","coordinates":[3.72,51.05]}},
            {"type":"Feature","id":2,"properties":{"t":""},"geometry":{"type":"LineString","coordinates":[[3,51],[4,51]]}}]"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let mut job = whole(&table, &path);
    job.options.place = PlaceAs::Columns;
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    for (id, count) in
        [("problem-csv-only-points", 1), ("problem-ids-dropped", 2), ("problem-csv-empty-text", 1)]
    {
        assert_eq!(report.problems.count(id), count, "{id}");
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, "lon_2,lat,lon,t\n3.72,51.05,taken,\"a,\"\"b\"\"\nc\"\n,,,\n");
}

#[test]
fn tabs_by_extension() {
    let table = table_of("a.csv", "naam,lon,lat\nGent,3.72,51.05\n");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.tsv");
    write(&table, &path);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("WKT\tnaam\tlon\tlat\nPOINT (3.72 51.05)\tGent\t"), "{text}");
    assert_eq!(read_one(&path).rows(), 1);
}

/// Texts that a spreadsheet would run are written so that it does not, for Excel and not, and come
/// back as they were; so does a text that was written so to begin with.
#[test]
fn no_cell_is_a_formula() {
    let texts = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "'=1+1",
        "'s-Gravenhage",
        "-",
        "+32 9 210 10 10",
        "gewoon",
    ];
    let json: Vec<String> = texts
        .iter()
        .map(|text| {
            let text = serde_json::to_string(text).unwrap();
            format!(
                r#"{{"type":"Feature","properties":{{"=naam":{text},"getal":-5.5}},"geometry":{{"type":"Point","coordinates":[3.7,51]}}}}"#
            )
        })
        .collect();
    let table = table_of("a.geojson", format!("[{}]", json.join(",")));
    let folder = tempfile::tempdir().unwrap();
    for (name, excel) in [("a.csv", None), ("b.csv", Some(Language::Dutch)), ("c.tsv", None)] {
        let path = folder.path().join(name);
        let mut job = whole(&table, &path);
        job.options.csv.excel = excel;
        let report = export(&job, &path, &Watch::unwatched()).unwrap();
        assert_eq!(report.problems.count("problem-csv-guarded"), 7, "{name}");
        assert_eq!(report.problems.count("problem-csv-guarded-name"), 1, "{name}");
        let text = std::fs::read_to_string(&path).unwrap();
        let delimiter = text.trim_start_matches('\u{feff}').as_bytes()[3];
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let is_number = cell.replace(',', ".").parse::<f64>().is_ok();
                let runs = cell.starts_with(['=', '@', '\t', '\r'])
                    || cell.starts_with(['+', '-']) && cell.contains(['+', '|']) && cell.len() > 16
                    || cell.starts_with("-1+");
                assert!(is_number || !runs, "{name}: {cell:?}");
            }
        }
        let back = read_one(&path);
        assert_eq!(back.fields[0].name, "=naam");
        let found: Vec<_> = (0..back.rows()).map(|row| back.value(row, 0)).collect();
        assert_eq!(found, texts.map(Value::Text), "{name}");
        assert_eq!(back.value(0, 1), Value::Number(-5.5));
        assert_eq!(back.origin.problems.count("problem-csv-unguarded"), 7, "{name}");
    }
}
