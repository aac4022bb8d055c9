//! A spreadsheet as offices hand it over: titles above, notes below, several sheets.

use std::path::{Path, PathBuf};

use belfort::crs::Crs;
use belfort::formats::{ReadOptions, format_of, layers_in, open};
use belfort::jobs::Watch;
use belfort::problem::Place;
use belfort::table::Value;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::super::{read, read_one};
use super::{fixture, is_null, kinds, problems, texts};

/// A list of bicycle parkings with all that people do to one.
fn messy(folder: &Path) -> PathBuf {
    let path = folder.join("stallingen #1.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Blad1").unwrap();
    let bold = Format::new().set_bold();
    sheet.merge_range(1, 1, 1, 7, "Overzicht van de fietsenstallingen", &bold).unwrap();
    sheet.write(2, 1, "Bron:").unwrap().write(2, 2, "Stad Gent").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let part = Format::new().set_num_format("0%");
    let code = Format::new().set_num_format("00000");
    let on = |text| ExcelDateTime::parse_from_str(text).unwrap();
    let names = ["Nr", "Naam", "Postcode", "X\n(Lambert 72)", "Y\n(Lambert 72)", "Bezetting"];
    let names = names.into_iter().chain(["Geplaatst", "Gezien om", "Open", "Code", "Aandeel"]);
    for (column, name) in (1..).zip(names) {
        sheet.write(6, column, name).unwrap();
    }
    for (row, (name, postcode, x, y)) in (7..).zip([
        ("Sint-Pieters", "09000", 104_000.5, 192_000.25),
        ("Dampoort", "09040", 106_500.0, 195_000.0),
        ("Zuid", "09000", 105_100.0, 193_300.0),
    ]) {
        sheet.write(row, 1, row - 6).unwrap();
        sheet.write(row, 2, name).unwrap().write(row, 3, postcode).unwrap();
        sheet.write(row, 4, x).unwrap().write(row, 5, y).unwrap();
        sheet.write_with_format(row, 6, 0.25 * f64::from(row - 6), &part).unwrap();
        sheet.write_with_format(row, 10, 440 / (row - 6), &code).unwrap();
    }
    sheet.write_with_format(7, 7, &on("2020-03-01"), &day).unwrap();
    sheet.write_with_format(8, 7, &on("2021-12-31"), &day).unwrap();
    sheet.write_with_format(7, 8, &on("2024-01-05T08:30:00"), &moment).unwrap();
    sheet.write_with_format(9, 8, &on("2024-01-06"), &day).unwrap();
    sheet.write(7, 9, true).unwrap().write(8, 9, false).unwrap();
    // What is calculated counts by its last result; what is wrong is nothing.
    sheet.write(7, 11, Formula::new("=1/8").set_result("0.125")).unwrap();
    sheet.write(8, 11, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(9, 11, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.merge_range(8, 12, 9, 12, "tijdelijk", &bold).unwrap();
    sheet.write(11, 1, "Totaal").unwrap().write(11, 6, 1.5).unwrap();
    sheet.write(13, 1, "Bron: mobiliteitsbedrijf").unwrap();
    let notes = book.add_worksheet().set_name("Toelichting").unwrap();
    notes.write(0, 0, "Lees mij").unwrap().write(1, 0, "De cijfers zijn voorlopig.").unwrap();
    notes.set_hidden(true);
    book.add_worksheet().set_name("Leeg").unwrap();
    let quarters = book.add_worksheet().set_name("Wijken").unwrap();
    quarters.write_row(0, 0, ["wijk"]).unwrap().write_row(0, 1, [2019, 2020]).unwrap();
    quarters.write(1, 0, "Muide").unwrap().write_row(1, 1, [1.0, 2.5]).unwrap();
    quarters.write(2, 0, "Brugse Poort").unwrap().write_row(2, 1, [3, 4]).unwrap();
    book.save(&path).unwrap();
    path
}

#[test]
fn a_messy_sheet_becomes_a_layer_on_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let path = messy(folder.path());
    assert_eq!(format_of(&path).map(|format| format.id), Ok("xlsx"));
    let tables = read(&path).unwrap();
    let named: Vec<_> =
        tables.iter().map(|t| (t.name.as_str(), t.origin.layer.as_deref().unwrap())).collect();
    let wanted = [("stallingen #1", "Blad1"), ("Toelichting", "Toelichting"), ("Wijken", "Wijken")];
    assert_eq!(named, wanted);
    let table = &tables[0];
    assert_eq!(
        kinds(table),
        [
            ("Nr", "text"),
            ("Naam", "text"),
            ("Postcode", "text"),
            ("X (Lambert 72)", "number"),
            ("Y (Lambert 72)", "number"),
            ("Bezetting", "number"),
            ("Geplaatst", "date"),
            ("Gezien om", "datetime"),
            ("Open", "boolean"),
            ("Code", "text"),
            ("Aandeel", "number"),
            ("column_13", "text"),
        ]
    );
    assert_eq!(texts(table, "Nr"), ["1", "2", "3", "Totaal", "Bron: mobiliteitsbedrijf"]);
    assert_eq!(texts(table, "Postcode")[..3], ["09000", "09040", "09000"]);
    assert_eq!(texts(table, "Bezetting"), ["0.25", "0.5", "0.75", "1.5", ""]);
    assert_eq!(texts(table, "Geplaatst")[..3], ["2020-03-01", "2021-12-31", ""]);
    let seen = texts(table, "Gezien om");
    assert_eq!(seen[..3], ["2024-01-05T08:30:00", "", "2024-01-06T00:00:00"]);
    assert_eq!(texts(table, "Open")[..3], ["true", "false", ""]);
    assert_eq!(texts(table, "Code")[..3], ["00440", "00220", "00146"]);
    assert_eq!(texts(table, "Aandeel")[..3], ["0.125", "", ""]);
    assert_eq!(texts(table, "column_13")[..3], ["", "tijdelijk", ""]);
    let crs = table.crs.as_ref().unwrap();
    assert!(crs.crs.same_as(&Crs::lambert72()));
    assert_eq!(crs.how.code(), "named");
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!(geometry.row(0).xy(), [[104_000.5, 192_000.25]]);
    assert_eq!(geometry.missing(), 2);
    assert_eq!(
        problems(table),
        [
            ("spreadsheet-above", 2),
            ("spreadsheet-empty-rows", 2),
            ("spreadsheet-merged", 1),
            ("spreadsheet-footnote", 1),
            ("spreadsheet-total", 1),
            ("mixed-kinds", 3),
            ("spreadsheet-percent", 3),
            ("spreadsheet-padded", 3),
            ("spreadsheet-error-cell", 2),
            ("no-geometry", 2),
        ]
    );
    // People find it in the sheet.
    let place = |id| {
        let problem = table.origin.problems.iter().find(|problem| problem.kind() == id).unwrap();
        problem.places.clone()
    };
    assert_eq!(place("no-geometry"), [Place::Row(12), Place::Row(14)]);
    let cells = ["L9", "L10"].map(|cell| Place::Member(cell.to_owned()));
    assert_eq!(place("spreadsheet-error-cell"), cells);
    let note = &tables[1];
    assert_eq!((note.rows(), kinds(note)), (1, vec![("Lees mij", "text")]));
    assert_eq!(problems(note), [("spreadsheet-hidden", 1)]);
    let quarters = &tables[2];
    assert_eq!(kinds(quarters), [("wijk", "text"), ("2019", "integer"), ("2020", "number")]);
    assert!(quarters.geometry.is_none() && problems(quarters).is_empty());
}

#[test]
fn one_sheet_is_read_alone_and_the_sheets_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = messy(folder.path());
    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    let names: Vec<_> = listed.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["Blad1", "Toelichting", "Wijken"]);
    let only = |name: &str| ReadOptions { layer: Some(name.to_owned()), ..ReadOptions::default() };
    let tables = open(&path, &only("Wijken"), &Watch::unwatched()).unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!((tables[0].rows(), tables[0].name.as_str()), (2, "Wijken"));
    let error = open(&path, &only("Straten"), &Watch::unwatched()).unwrap_err().to_string();
    assert!(error.contains("Straten") && error.contains("Blad1, Toelichting, Leeg"), "{error}");
    let watch = Watch::default();
    watch.cancel();
    assert!(open(&path, &ReadOptions::default(), &watch).unwrap_err().is_cancelled());
}

/// The same list, written by openpyxl and saved by LibreOffice 7.4 as XLS and as ODS.
#[test]
fn files_of_libreoffice_are_read_alike() {
    for (name, format) in [("stallingen.xls", "xls"), ("stallingen.ods", "ods")] {
        let path = fixture(name);
        assert_eq!(format_of(&path).map(|format| format.id), Ok(format));
        let listed = layers_in(&path, &Watch::unwatched()).unwrap();
        let listed: Vec<_> = listed.iter().map(|layer| layer.name.as_str()).collect();
        assert_eq!(listed, ["Blad1", "Toelichting", "Wijken"], "{name}");
        let tables = read(&path).unwrap();
        let table = &tables[0];
        assert_eq!(table.name, "stallingen");
        let expected = [
            ("Nr", "text"),
            ("Naam", "text"),
            ("Postcode", "text"),
            ("X (Lambert 72)", "number"),
            ("Y (Lambert 72)", "number"),
            ("Bezetting", "number"),
            ("Geplaatst", "date"),
            ("Gezien om", "datetime"),
            ("Open", "boolean"),
            ("Opmerking", "text"),
        ];
        assert_eq!(kinds(table), expected, "{name}");
        assert_eq!(texts(table, "Naam")[..4], ["Sint-Pieters", "Dampoort", "Korenmarkt", "Zuid"]);
        assert_eq!(texts(table, "Postcode")[1], "09040");
        assert_eq!(texts(table, "X (Lambert 72)")[..4], ["104000.5", "106500", "", "105100"]);
        let days = texts(table, "Geplaatst");
        assert_eq!(days[..4], ["2020-03-01", "2021-04-02", "2019-12-31", ""], "{name}");
        let moments = texts(table, "Gezien om");
        assert_eq!(moments[..2], ["2024-01-05T08:30:00", "2024-01-05T09:15:30"], "{name}");
        assert_eq!(texts(table, "Open")[..4], ["true", "false", "true", "true"], "{name}");
        assert!(is_null(table, 2, "Opmerking"), "{name}: a division by zero");
        let found = &table.origin.problems;
        for (id, count) in [
            ("problem-spreadsheet-above", 3),
            ("problem-spreadsheet-error-cell", 1),
            ("problem-spreadsheet-total", 1),
            ("problem-spreadsheet-footnote", 1),
            ("problem-no-value-words", 2),
            ("problem-no-geometry", 3),
        ] {
            assert_eq!(found.count(id), count, "{name}: {id}");
        }
        assert_eq!(tables[1].origin.problems.count("problem-spreadsheet-hidden"), 1, "{name}");
        assert_eq!(texts(&tables[2], "2020"), ["2.5", "4"], "{name}");
    }
}

#[test]
fn the_place_is_found_as_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plaats.xlsx");
    let point = r#"{"type":"Point","coordinates":[3.72,51.05]}"#;
    let cases: [(&[&str], &[&str], Option<([f64; 2], &str)>); 8] = [
        (&["naam", "lon", "lat"], &["a", "3.72", "51.05"], Some(([3.72, 51.05], "EPSG:4326"))),
        (&["naam", "locatie"], &["a", "'51.05, 3.72"], Some(([3.72, 51.05], "EPSG:4326"))),
        (&["id", "geom"], &["1", "'POINT (3.72 51.05)"], Some(([3.72, 51.05], "EPSG:4326"))),
        (&["id", "shape"], &["1", point], Some(([3.72, 51.05], "EPSG:4326"))),
        (&["x", "y"], &["104700.5", "193800.25"], Some(([104_700.5, 193_800.25], "EPSG:31370"))),
        // Numbers kept as text, as databases export them.
        (
            &["id", "x", "y"],
            &["1", "'104.700,5", "'193800,25"],
            Some(([104_700.5, 193_800.25], "EPSG:31370")),
        ),
        (&["straat", "nummer"], &["Veldstraat", "12"], None),
        (&["lon", "lat"], &["'onbekend", "'onbekend"], None),
    ];
    for (names, values, expected) in cases {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, names.iter().copied()).unwrap();
        for (column, value) in (0..).zip(values) {
            match value.parse::<f64>() {
                Ok(number) => sheet.write(1, column, number).unwrap(),
                Err(_) => sheet.write(1, column, value.trim_start_matches('\'')).unwrap(),
            };
        }
        book.save(&path).unwrap();
        let table = read_one(&path);
        let at = table.geometry.as_ref().and_then(|geometry| geometry.row(0).xy().first().copied());
        let code = table.crs.as_ref().and_then(|crs| crs.crs.code.as_deref());
        assert_eq!(at.zip(code), expected, "{names:?} {:?}", table.fields);
    }
}

#[test]
fn a_note_below_does_not_take_the_rows_from_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nota.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["x", "y", "naam"]).unwrap();
    for row in 1..6_u32 {
        sheet
            .write_row(row, 0, [104_700 + row, 193_800 + row])
            .unwrap()
            .write(row, 2, "A")
            .unwrap();
    }
    sheet.write(7, 0, "Bron: Stad Gent").unwrap();
    book.save(&path).unwrap();
    let table = read_one(&path);
    assert_eq!(kinds(&table), [("x", "text"), ("y", "integer"), ("naam", "text")]);
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!((geometry.len(), geometry.missing()), (6, 1));
    assert_eq!(table.value(5, 0), Value::Text("Bron: Stad Gent"));
    assert_eq!(table.origin.problems.count("problem-spreadsheet-footnote"), 1);
}
