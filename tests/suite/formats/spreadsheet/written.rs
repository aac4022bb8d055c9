//! Workbooks that Belfort writes: read back, and by calamine, pandas and LibreOffice.

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::formats::{
    Export, PlaceAs, ReadOptions, WriteOptions, export, export_several, format_by_id, layers_in,
    open,
};
use belfort::jobs::Watch;
use belfort::table::{
    DateTimeForm, Field, FieldKind, GeometryBuilder, GeometryColumn, Offset, Table, Value,
};
use calamine::{Data, Reader, open_workbook_auto};

use super::super::{assert_same_places, assert_same_values, read_one, table_of, whole, write};
use super::{kinds, problems, texts};

const LOCAL: FieldKind =
    FieldKind::DateTime(DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::None });

fn table(name: &str, columns: Vec<(&str, FieldKind, ArrayRef)>) -> Table {
    let rows = columns.first().map_or(0, |(.., array)| array.len());
    let fields = columns.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let arrays = columns.into_iter().map(|(.., array)| array).collect();
    Table::new(name, rows, fields, arrays, None).unwrap()
}

fn points(xy: &[[f64; 2]]) -> GeometryColumn {
    GeometryBuilder::points(xy.to_vec()).unwrap()
}

/// Texts that a spreadsheet would run, or take for something else.
const TEXTS: [&str; 12] = [
    "=1+1",
    "+32 9 210 10 10",
    "-1+2",
    "@SUM(A1)",
    "\ttab",
    "\rend",
    "=HYPERLINK(\"http://example.com\")",
    "09000",
    "a\nb & <c> \"d\"",
    "_x000D_",
    " spaties ",
    "😀 één",
];

fn everything() -> Table {
    let texts: ArrayRef = Arc::new(StringArray::from(TEXTS.to_vec()));
    let whole: ArrayRef =
        Arc::new(Int64Array::from_iter((0..12).map(|at| (at != 3).then_some(at * 7 - 20))));
    let numbers: ArrayRef = Arc::new(Float64Array::from_iter((0..12).map(|at| {
        (at != 4).then_some([0.1, -1.0 / 3.0, 1e-7, 104_700.123_456_789, 2.5e15][at % 5])
    })));
    let yes: ArrayRef =
        Arc::new(BooleanArray::from_iter((0..12).map(|at| (at != 5).then_some(at % 2 == 0))));
    let days: ArrayRef =
        Arc::new(Date32Array::from_iter((0..12).map(|at| (at != 6).then_some(at * 3000 - 25_000))));
    let moments: ArrayRef = Arc::new(TimestampMillisecondArray::from_iter(
        (0..12).map(|at| (at != 7).then_some(at * 86_399_000 * 400 - 1_000_000_000_000)),
    ));
    table(
        "Alles",
        vec![
            ("tekst", FieldKind::Text, texts),
            ("geheel", FieldKind::Integer, whole),
            ("getal", FieldKind::Number, numbers),
            ("ja", FieldKind::Boolean, yes),
            ("dag", FieldKind::Date, days),
            ("moment", LOCAL, moments),
        ],
    )
}

#[test]
fn all_kinds_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles #1.xlsx");
    let mut table = everything();
    table = table.with_geometry(Some(points(&[[3.72, 51.05]; 12])));
    table.crs = Some(LayerCrs::new(Crs::wgs84(), HowFound::Chosen));
    let mut job = whole(&table, &path);
    job.options.note = Some("Voorbeelddata & niet officieel".to_owned());
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!((report.written, report.outputs.as_slice()), (12, std::slice::from_ref(&path)));
    let back = read_one(&path);
    assert_eq!(kinds(&back), kinds(&table));
    assert_same_values(&table, &back);
    assert_same_places(&table, &back);
    assert!(back.origin.problems.count("problem-crs-guessed") == 1, "{:?}", back.origin.problems);
    assert_eq!(back.origin.note.as_deref(), Some("Voorbeelddata & niet officieel"));
    assert_eq!(back.origin.layer.as_deref(), Some("Alles"));
}

/// No cell is a formula, for calamine and in the XML; numbers are numbers and days are days.
#[test]
fn nothing_is_written_as_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles.xlsx");
    write(&everything(), &path);
    let mut book = open_workbook_auto(&path).unwrap();
    assert!(book.worksheet_formula("Alles").unwrap().used_cells().next().is_none());
    let cells = book.worksheet_range("Alles").unwrap();
    for (row, text) in (1..).zip(TEXTS) {
        assert_eq!(cells.get((row, 0)), Some(&Data::String(text.to_owned())));
    }
    assert_eq!(cells.get((1, 1)), Some(&Data::Float(-20.0)));
    assert_eq!(cells.get((4, 1)), Some(&Data::Empty));
    assert_eq!(cells.get((1, 3)), Some(&Data::Bool(true)));
    assert!(matches!(cells.get((1, 4)), Some(Data::DateTime(_))));
    let xml = part(&path, "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>"), "a formula");
    for mark in ["ySplit=\"1\"", "state=\"frozen\"", "<autoFilter ref=\"A1:F13\"", "<cols>"] {
        assert!(xml.contains(mark), "{mark}");
    }
    assert!(part(&path, "xl/styles.xml").contains("<b/>"), "a bold header");
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn what_a_cell_cannot_hold_is_told() {
    let long = "é".repeat(32_768);
    let texts: ArrayRef = Arc::new(StringArray::from(vec![Some(long.as_str()), Some(""), None]));
    let whole: ArrayRef = Arc::new(Int64Array::from(vec![Some(i64::MAX), Some(1), None]));
    let numbers: ArrayRef = Arc::new(Float64Array::from(vec![Some(f64::NAN), Some(1.5), None]));
    // 31 December 1899, 1 January 1900 and nothing.
    let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(-25_568), Some(-25_567), None]));
    let zone = DateTimeForm {
        separator: 'T',
        fraction: Some(0),
        offset: Offset::Minutes { minutes: 60, colon: true },
    };
    let moments: ArrayRef =
        Arc::new(TimestampMillisecondArray::from(vec![Some(0), Some(3_600_000), None]));
    let mut table = table(
        "Bomen [2024] in de deelgemeenten van de stad",
        vec![
            ("tekst", FieldKind::Text, texts),
            ("geheel", FieldKind::Integer, whole),
            ("getal", FieldKind::Number, numbers),
            ("dag", FieldKind::Date, days),
            ("moment", FieldKind::DateTime(zone), moments),
        ],
    );
    table.ids = Some(Arc::new(Int64Array::from(vec![1, 2, 3])));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("grenzen.xlsx");
    let report = write(&table, &path);
    let told: Vec<_> =
        report.problems.iter().map(|problem| (problem.kind(), problem.count)).collect();
    assert_eq!(
        told,
        [
            ("layer-renamed", 1),
            ("csv-empty-text", 1),
            ("xlsx-text-cut", 1),
            ("xlsx-long-integer", 1),
            ("number-not-finite", 1),
            ("xlsx-day-as-text", 1),
            ("xlsx-zone", 2),
            ("ids-dropped", 3),
            ("xlsx-empty-row", 1),
        ]
    );
    let back = read_one(&path);
    assert_eq!(back.origin.layer.as_deref(), Some("Bomen _2024_ in de deelgemeente"));
    assert_eq!(back.rows(), 2);
    assert_eq!(texts_of(&back, "tekst")[0], long[..2 * 32_767]);
    assert_eq!(texts_of(&back, "geheel"), ["9223372036854775807", "1"]);
    assert_eq!(texts_of(&back, "getal"), ["", "1.5"]);
    assert_eq!(texts_of(&back, "dag"), ["1899-12-31", "1900-01-01"]);
    // As the clock of their zone shows it.
    assert_eq!(texts_of(&back, "moment"), ["1970-01-01T01:00:00", "1970-01-01T02:00:00"]);
}

fn texts_of(table: &Table, field: &str) -> Vec<String> {
    texts(table, field)
}

#[test]
fn the_place_is_written_as_the_options_say() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[3.72,51.05]}},
        {"type":"Feature","properties":{"n":2},"geometry":{"type":"LineString","coordinates":[[3.7,51],[3.8,51]]}},
        {"type":"Feature","properties":{"n":3},"geometry":null}]}"#;
    let table = table_of("a.geojson", text);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plaats.xlsx");
    for (place, names, placed, told) in [
        (PlaceAs::Wkt, &["n"][..], 2, &[][..]),
        (PlaceAs::Columns, &["lon", "lat", "n"], 1, &[("csv-only-points", 1)]),
        (PlaceAs::None, &["n"], 0, &[("csv-places-dropped", 2)]),
    ] {
        let mut job = whole(&table, &path);
        job.options.place = place;
        let report = export(&job, &path, &Watch::unwatched()).unwrap();
        let found: Vec<_> = report.problems.iter().map(|p| (p.kind(), p.count)).collect();
        assert_eq!(found, told, "{place:?}");
        let back = read_one(&path);
        let found: Vec<_> = back.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(found, names, "{place:?}");
        let here = back.geometry.as_ref().map_or(0, |geometry| geometry.len() - geometry.missing());
        assert_eq!(here, placed, "{place:?}");
    }
    // An area with so many corners that no cell holds it.
    let corners: Vec<String> =
        (0..2000).map(|at| format!("[{}.123456789,{}.5]", at % 170, at % 80)).collect();
    let area =
        format!(r#"{{"type":"Polygon","coordinates":[[{},{}]]}}"#, corners.join(","), corners[0]);
    let table = table_of("b.geojson", area);
    let report = write(&table, &path);
    assert_eq!(report.problems.count("problem-xlsx-long-place"), 1);
}

#[test]
fn several_tables_are_sheets_with_names_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stad.xlsx");
    let one = |name: &str, value: i64| {
        table(name, vec![("n", FieldKind::Integer, Arc::new(Int64Array::from(vec![value])))])
    };
    let tables =
        [one("Wijken", 1), one("wijken", 2), one("Wijken/straten", 3), one("Wijken_straten", 4)];
    let format = format_by_id("xlsx").unwrap();
    let job = |table| Export {
        table,
        name: None,
        rows: None,
        columns: None,
        crs: None,
        format,
        options: WriteOptions::default(),
    };
    let exports: Vec<Export<'_>> = tables.iter().map(job).collect();
    let reports = export_several(&exports, &path, &Watch::unwatched()).unwrap();
    assert_eq!(reports.len(), 4);
    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    let names: Vec<_> = listed.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["Wijken", "wijken (2)", "Wijken_straten", "Wijken_straten (2)"]);
    let back = open(&path, &ReadOptions::default(), &Watch::unwatched()).unwrap();
    let values: Vec<_> = back.iter().map(|table| table.value(0, 0)).collect();
    assert_eq!(values, [1, 2, 3, 4].map(Value::Integer));
}

/// A sheet holds 1,048,576 rows, the header among them: the rest goes to the next.
#[test]
fn a_long_table_goes_on_in_the_next_sheet() {
    let rows = 1_048_575 + 3;
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..rows));
    let table = table("Punten", vec![("n", FieldKind::Integer, numbers)]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lang.xlsx");
    let report = write(&table, &path);
    assert_eq!(report.problems.count("problem-xlsx-sheets"), 2);
    assert_eq!(report.written, u64::try_from(rows).unwrap());
    let options = ReadOptions { layer: Some("Punten (2)".to_owned()), ..ReadOptions::default() };
    let rest = open(&path, &options, &Watch::unwatched()).unwrap().remove(0);
    assert_eq!(texts(&rest, "n"), ["1048575", "1048576", "1048577"]);
}

#[test]
fn more_columns_than_a_sheet_has_are_refused() {
    let empty: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let names: Vec<String> = (0..16_385).map(|at| format!("k{at}")).collect();
    let columns =
        names.iter().map(|name| (name.as_str(), FieldKind::Integer, empty.clone())).collect();
    let table = table("Breed", columns);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("breed.xlsx");
    std::fs::write(&path, "oud").unwrap();
    let error = export(&whole(&table, &path), &path, &Watch::unwatched()).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-columns");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "oud");
    let watch = Watch::default();
    watch.cancel();
    let error = export(&whole(&everything(), &path), &path, &watch).unwrap_err();
    assert!(error.is_cancelled());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// LibreOffice 7.4 opens it and writes it out as CSV, numbers and days as cells show them.
#[test]
fn libreoffice_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kantoor.xlsx");
    let table = table_of(
        "a.csv",
        "naam,aantal,deel,dag,open,postcode\n\"=1+1\",12,0.25,2024-01-05,true,09000\nGent,-3,1.5,2023-12-31,false,9000\n",
    );
    write(&table, &path);
    let home = format!("-env:UserInstallation=file://{}", folder.path().join("home").display());
    let done = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "csv", "--outdir"])
        .args([folder.path(), &path])
        .output();
    if !done.is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: soffice (libreoffice-calc) is not installed");
        return;
    }
    let text = std::fs::read_to_string(folder.path().join("kantoor.csv")).unwrap();
    let expected = [
        "naam,aantal,deel,dag,open,postcode",
        "=1+1,12,0.25,01/05/24,TRUE,09000",
        "Gent,-3,1.5,12/31/23,FALSE,9000",
    ];
    // How days are shown is the system's choice.
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    for (line, expected) in lines.iter().zip(expected) {
        let cells = |line: &str| -> Vec<String> {
            let cells = line.split(',').enumerate().filter(|(at, _)| *at != 3);
            cells.map(|(_, cell)| cell.to_owned()).collect()
        };
        assert_eq!(cells(line), cells(expected), "{text}");
    }
    let day = lines[1].split(',').nth(3).unwrap();
    assert!(
        ["01/05/24", "05/01/24", "2024-01-05", "05/01/2024", "01/05/2024"].contains(&day),
        "{day}"
    );
}

/// pandas with openpyxl finds the same kinds of values.
#[test]
fn pandas_opens_it() {
    let script = "import pandas, sys
f = pandas.read_excel(sys.argv[1], dtype={'tekst': str})
print(';'.join(str(t) for t in f.dtypes))
print(repr(f['tekst'].tolist()))
print(f['dag'].dt.strftime('%Y-%m-%d').tolist()[0], f['moment'].dt.strftime('%Y-%m-%dT%H:%M:%S').tolist()[0])";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles.xlsx");
    let table = everything();
    write(&table, &path);
    let done = Command::new("python3").arg("-c").arg(script).arg(&path).output();
    let Some(done) = done.ok().filter(|done| done.status.success()) else {
        eprintln!("skipped: pandas with openpyxl is not installed");
        return;
    };
    let text = String::from_utf8(done.stdout).unwrap();
    let mut lines = text.lines();
    let kinds = lines.next().unwrap();
    assert_eq!(kinds.matches("datetime64").count(), 2, "{kinds}");
    assert_eq!(kinds.matches("float64").count(), 3, "{kinds}: with gaps");
    let values = lines.next().unwrap();
    for text in ["'=1+1'", "'09000'", "'@SUM(A1)'", "' spaties '"] {
        assert!(values.contains(text), "{values}");
    }
    let first = format!("{} {}", texts(&table, "dag")[0], texts(&table, "moment")[0]);
    assert_eq!(lines.next(), Some(first.as_str()));
}

/// Tables of all kinds with gaps at random, there and back.
#[test]
fn random_tables_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("toeval.xlsx");
    let mut state = 11_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % below
    };
    for _ in 0..60 {
        let rows = random(90) + 1;
        let mut columns: Vec<(String, FieldKind, ArrayRef)> = Vec::new();
        for at in 0..=random(6) {
            let kind = random(6);
            // The first row has a value, so that every column has one.
            let mut gaps: Vec<bool> = (0..rows).map(|row| row > 0 && random(4) == 0).collect();
            gaps[0] = false;
            let some = |row: usize, value: i64| (!gaps[row]).then_some(value);
            let mut values: Vec<i64> =
                (0..rows).map(|_| i64::try_from(random(1 << 31)).unwrap()).collect();
            values[0] = 12_345_677;
            let (kind, array): (FieldKind, ArrayRef) = match kind {
                0 => {
                    let of = |row: usize| some(row, values[row] - (1 << 30));
                    (FieldKind::Integer, Arc::new(Int64Array::from_iter((0..values.len()).map(of))))
                }
                1 => {
                    #[expect(clippy::cast_precision_loss, reason = "a number with a fraction")]
                    let of = |row: usize| some(row, values[row]).map(|value| value as f64 / 1024.5);
                    (
                        FieldKind::Number,
                        Arc::new(Float64Array::from_iter((0..values.len()).map(of))),
                    )
                }
                2 => {
                    let of = |row: usize| some(row, values[row]).map(|value| value % 2 == 0);
                    (
                        FieldKind::Boolean,
                        Arc::new(BooleanArray::from_iter((0..values.len()).map(of))),
                    )
                }
                3 => {
                    let of = |row: usize| some(row, values[row] % 60_000 - 20_000);
                    let days =
                        (0..values.len()).map(|row| of(row).map(|day| i32::try_from(day).unwrap()));
                    (FieldKind::Date, Arc::new(Date32Array::from_iter(days.collect::<Vec<_>>())))
                }
                4 => {
                    let of = |row: usize| some(row, (values[row] - (1 << 30)) * 1000);
                    (
                        LOCAL,
                        Arc::new(TimestampMillisecondArray::from_iter(
                            (0..values.len()).map(of).collect::<Vec<_>>(),
                        )),
                    )
                }
                _ => {
                    let texts = (0..values.len()).map(|row| {
                        let text = TEXTS[usize::try_from(values[row]).unwrap() % TEXTS.len()];
                        some(row, 0).map(|_| text)
                    });
                    (FieldKind::Text, Arc::new(StringArray::from_iter(texts.collect::<Vec<_>>())))
                }
            };
            columns.push((format!("veld {at}"), kind, array));
        }
        let columns =
            columns.iter().map(|(name, kind, array)| (name.as_str(), *kind, array.clone()));
        let table = table("T", columns.collect());
        let empty = write(&table, &path).problems.count("problem-xlsx-empty-row");
        let back = read_one(&path);
        if empty > 0 {
            assert_eq!(back.rows() as u64, table.rows() as u64 - empty);
            continue;
        }
        assert_eq!(kinds(&back), kinds(&table));
        assert_same_values(&table, &back);
        let told = problems(&back);
        assert!(told.is_empty(), "{told:?}");
    }
}
