//! What few spreadsheets have, and some do.

use belfort::formats::{ReadOptions, format_of, open};
use belfort::jobs::Watch;

use super::super::{read, read_one};
use super::{kinds, problems, texts};
use crate::fuzzing::sheets::{
    compound, excel5, numbers, ods, ods_content, part_record, put, record, sheet, wide, words,
    xlsb, xlsx, zipped,
};

fn inline(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn cells_of_all_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["tekst", "rijk", "formule", "waar", "fout", "leeg", "getal", "dag", "duur", "uur"];
    let header: String =
        names.iter().zip('A'..).map(|(name, letter)| inline(&format!("{letter}1"), name)).collect();
    let rows = format!(
        r#"<row r="1">{header}</row>
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>
        <c r="C2" t="str"><f>A1&amp;"!"</f><v>tekst &amp; meer</v></c><c r="D2" t="b"><v>1</v></c>
        <c r="E2" t="e"><v>#REF!</v></c><c r="F2"><f>SUM(1)</f><v/></c><c r="G2"><v>1E-3</v></c>
        <c r="H2" s="1"><v>45296</v></c><c r="I2" s="2"><v>1.5</v></c><c r="J2" s="3"><v>0.35</v></c></row>
        <row><c t="s"><v>0</v></c><c/><c t="str"><f>""</f><v></v></c><c t="b"><v>0</v></c>
        <c><v>7</v></c><c><f>1</f></c><c t="n"><v>12</v></c><c t="d"><v>2024-01-06</v></c></row>"#
    );
    let shared = r#"<si><t xml:space="preserve"> één </t></si><si><r><t>rijke </t></r><r><rPr><b/></rPr><t>tekst_x000D_</t></r><rPh sb="0" eb="1"><t>uitspraak</t></rPh></si>"#;
    let content = format!("<sheetData>{rows}</sheetData>");
    let formats = ["dd/mm/yyyy", "[h]:mm", "h:mm"];
    let bytes = xlsx(&[("Blad1", "", &content)], &formats, shared, "");
    let table = read_one(&put(folder.path(), "cellen.xlsx", &bytes));
    assert_eq!(
        kinds(&table),
        [
            ("tekst", "text"),
            ("rijk", "text"),
            ("formule", "text"),
            ("waar", "boolean"),
            ("fout", "integer"),
            ("leeg", "text"),
            ("getal", "number"),
            ("dag", "date"),
            ("duur", "text"),
            ("uur", "text"),
        ]
    );
    assert_eq!(texts(&table, "tekst"), [" één ", " één "]);
    assert_eq!(texts(&table, "rijk"), ["rijke tekst\r", ""]);
    assert_eq!(texts(&table, "formule"), ["tekst & meer", ""]);
    assert_eq!(texts(&table, "waar"), ["true", "false"]);
    assert_eq!(texts(&table, "fout"), ["", "7"]);
    assert_eq!(texts(&table, "getal"), ["0.001", "12"]);
    assert_eq!(texts(&table, "dag"), ["2024-01-05", "2024-01-06"]);
    assert_eq!(texts(&table, "duur"), ["36:00:00", ""]);
    assert_eq!(texts(&table, "uur"), ["08:24:00", ""]);
    assert_eq!(problems(&table), [("spreadsheet-error-cell", 1), ("spreadsheet-uncached", 2)]);
}

/// A Macintosh counts from 1904: 4 years and a day later than the same number elsewhere.
#[test]
fn days_are_counted_from_1904_where_the_file_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let header = inline("A1", "dag");
    let rows =
        format!(r#"<row r="1">{header}</row><row r="2"><c r="A2" s="1"><v>43834</v></c></row>"#);
    for (properties, day) in [("", "2020-01-04"), (r#"date1904="1""#, "2024-01-05")] {
        let content = format!("<sheetData>{rows}</sheetData>");
        let bytes = xlsx(&[("Blad1", "", &content)], &["d/m/yy"], "", properties);
        let table = read_one(&put(folder.path(), "mac.xlsx", &bytes));
        assert_eq!(texts(&table, "dag"), [day]);
    }
}

#[test]
fn codes_shown_with_leading_zeros_stay_codes() {
    let folder = tempfile::tempdir().unwrap();
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2"><c r="A2" s="1"><v>2000</v></c><c r="B2"><v>1</v></c></row>
        <row r="3"><c r="A3" s="1"><v>44021</v></c>{}</row><row r="4"><c r="A4" s="1"><v>1</v></c>{}</row>"#,
        inline("A1", "NIS"),
        inline("B1", "aantal"),
        inline("B3", "12"),
        inline("B4", "n.v.t."),
    );
    let content = format!("<sheetData>{rows}</sheetData>");
    let bytes = xlsx(&[("Blad1", "", &content)], &["00000"], "", "");
    let table = read_one(&put(folder.path(), "nis.xlsx", &bytes));
    assert_eq!(kinds(&table), [("NIS", "text"), ("aantal", "integer")]);
    assert_eq!(texts(&table, "NIS"), ["02000", "44021", "00001"]);
    assert_eq!(texts(&table, "aantal"), ["1", "12", ""]);
    let expected =
        [("spreadsheet-padded", 3), ("spreadsheet-number-as-text", 1), ("no-value-words", 1)];
    assert_eq!(problems(&table), expected);
}

const HEADER: &str = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>naam</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>lon</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>lat</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>rest</text:p></table:table-cell></table:table-row>"#;

fn ods_row(rest: &str) -> String {
    format!(
        r#"<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>kanttekening</text:p></office:annotation><text:p>Gent<text:s text:c="2"/>&amp; <text:span>rand</text:span></text:p><text:p>regel twee</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="3.72"><text:p>3,72</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="51.05"/>{rest}</table:table-row>"#
    )
}

#[test]
fn cells_of_opendocument() {
    let folder = tempfile::tempdir().unwrap();
    let styles = r#"<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>"#;
    let cells = [
        r#"<table:table-cell office:value-type="percentage" office:value="0.25"/>"#,
        r#"<table:table-cell office:value-type="currency" office:value="2"/>"#,
        r#"<table:table-cell office:value-type="string" calcext:value-type="error" office:string-value="" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>"#,
        r#"<table:table-cell table:formula="of:=1"/>"#,
        "<table:covered-table-cell><text:p>verborgen</text:p></table:covered-table-cell>",
    ];
    let rows: String = cells.iter().map(|cell| ods_row(cell)).collect();
    let again = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/><table:table-cell office:value-type="float" office:value="7"/><table:table-cell table:number-columns-repeated="16380"/></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let table = format!(
        r#"<table:table table:name="Punten" table:style-name="ta2">{HEADER}{rows}{again}</table:table>"#
    );
    let days = r#"<table:table table:name="Dagen" table:style-name="ta1"><table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>wanneer</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="date" office:date-value="2024-01-05"/><table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/></table:table-row></table:table>"#;
    let tables =
        read(&put(folder.path(), "b.ods", &ods(styles, &format!("{table}{days}")))).unwrap();
    let first = &tables[0];
    assert_eq!(first.name, "Punten");
    let expected = [("naam", "text"), ("lon", "number"), ("lat", "number"), ("rest", "number")];
    assert_eq!(kinds(first), expected);
    assert_eq!(texts(first, "naam")[0], "Gent  & rand\nregel twee");
    assert_eq!(texts(first, "rest"), ["0.25", "2", "", "", "", "7", "7"]);
    assert_eq!(first.geometry.as_ref().unwrap().missing(), 2);
    assert_eq!(
        problems(first),
        [
            ("spreadsheet-error-cell", 1),
            ("spreadsheet-uncached", 1),
            ("spreadsheet-percent", 1),
            ("no-geometry", 2),
            ("spreadsheet-hidden", 1),
        ]
    );
    let second = &tables[1];
    assert_eq!(kinds(second), [("wanneer", "date"), ("wanneer_2", "text")]);
    assert_eq!(texts(second, "wanneer_2"), ["08:30:00"]);
    // The same in one XML file.
    let flat = ods_content(styles, &table).replace("document-content", "document").replacen(
        "xmlns:office",
        "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\" xmlns:office",
        1,
    );
    let path = put(folder.path(), "b.fods", flat.as_bytes());
    assert_eq!(format_of(&path).map(|format| format.id), Ok("ods"));
    assert_eq!(texts(&read_one(&path), "rest"), texts(first, "rest"));
}

/// A workbook of Excel 5: texts in a code page, dates and percentages by their formats, formulas
/// with a number, a text and an error, a row of squeezed numbers, merged cells.
#[test]
fn a_workbook_of_excel_5() {
    let text = |row: u16, column: u16, text: &[u8]| {
        let length = u16::try_from(text.len()).unwrap();
        record(0x0204, &[&words(&[row, column, 0, length])[..], text].concat())
    };
    let squeezed = |value: u32, flags: u32| (value << 2 | flags).to_le_bytes();
    let formula = |row: u16, column: u16, value: [u8; 8]| {
        record(0x0006, &[&words(&[row, column, 0])[..], &value, &[0; 8]].concat())
    };
    let cells = [
        text(0, 0, b"straat"),
        text(0, 1, b"dag"),
        text(0, 2, b"deel"),
        text(0, 3, b"som"),
        text(1, 0, b"Caf\xE9straat"),
        record(0x0203, &[&words(&[1, 1, 1])[..], &45_296_f64.to_le_bytes()].concat()),
        record(0x027E, &[&words(&[1, 2, 2])[..], &squeezed(25, 3)].concat()),
        formula(1, 3, 12.5_f64.to_le_bytes()),
        text(2, 0, b"Dok"),
        record(
            0x00BD,
            &[
                &words(&[2, 1, 1])[..],
                &squeezed(45_297, 2),
                &words(&[2]),
                &squeezed(50, 3),
                &words(&[2]),
            ]
            .concat(),
        ),
        formula(2, 3, [2, 0, 7, 0, 0, 0, 0xFF, 0xFF]),
        // A chart in the sheet.
        record(0x0809, &words(&[0x0500, 0x20, 0, 0])),
        record(0x0203, &[&words(&[9, 9, 0])[..], &1_f64.to_le_bytes()].concat()),
        record(0x000A, &[]),
        formula(3, 0, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        record(0x0207, &[&words(&[4])[..], b"Kaai"].concat()),
        record(0x0205, &[&words(&[3, 3, 0])[..], &[1, 0]].concat()),
        record(0x00E5, &words(&[1, 1, 2, 3, 3])),
    ];
    let folder = tempfile::tempdir().unwrap();
    let table = read_one(&put(folder.path(), "oud.xls", &excel5(&cells)));
    assert_eq!(table.name, "oud");
    let expected = [("straat", "text"), ("dag", "date"), ("deel", "number"), ("som", "text")];
    assert_eq!(kinds(&table), expected);
    assert_eq!(texts(&table, "straat"), ["Caféstraat", "Dok", "Kaai"]);
    assert_eq!(texts(&table, "dag"), ["2024-01-05", "2024-01-06", ""]);
    assert_eq!(texts(&table, "deel"), ["0.25", "0.5", ""]);
    assert_eq!(texts(&table, "som"), ["12.5", "", "true"]);
    let told = [
        ("spreadsheet-merged", 1),
        ("spreadsheet-percent", 2),
        ("spreadsheet-error-cell", 1),
        ("mixed-kinds", 2),
    ];
    assert_eq!(problems(&table), told);
    // Somebody knows better how its texts are written.
    let options =
        ReadOptions { encoding: Some("windows-1250".to_owned()), ..ReadOptions::default() };
    let greek = excel5(&[text(0, 0, b"straat"), text(1, 0, b"\xE8")]);
    let path = put(folder.path(), "oud.xls", &greek);
    let table = open(&path, &options, &Watch::unwatched()).unwrap().remove(0);
    assert_eq!(texts(&table, "straat"), ["č"]);
}

/// Records out of order are put in order.
#[test]
fn cells_written_column_by_column() {
    let cell = |row: u16, column: u16, text: &str| {
        let length = u16::try_from(text.len()).unwrap();
        record(0x0204, &[&words(&[row, column, 0, length])[..], text.as_bytes()].concat())
    };
    let cells = [(0, 0, "a"), (1, 0, "c"), (2, 0, "e"), (0, 1, "b"), (1, 1, "d"), (2, 1, "f")];
    let cells = cells.map(|(row, column, text)| cell(row, column, text));
    let folder = tempfile::tempdir().unwrap();
    let table = read_one(&put(folder.path(), "kolommen.xls", &excel5(&cells)));
    assert_eq!(
        (texts(&table, "a"), texts(&table, "b")),
        (vec!["c".into(), "e".into()], vec!["d".into(), "f".into()])
    );
}

#[test]
fn a_workbook_in_binary_parts() {
    let cell = |kind: u16, column: u32, style: u32, value: &[u8]| {
        part_record(kind, &[&numbers(&[column, style])[..], value].concat())
    };
    let row = |at: u32| part_record(0, &[numbers(&[at, 0]), vec![0; 9]].concat());
    let cells = [
        row(0),
        cell(7, 0, 0, &numbers(&[0])),
        cell(7, 1, 0, &numbers(&[1])),
        cell(6, 2, 0, &wide("geplant")),
        cell(6, 3, 0, &wide("deel")),
        cell(6, 4, 0, &wide("ok")),
        row(1),
        cell(7, 0, 0, &numbers(&[2])),
        cell(2, 1, 0, &(12_u32 << 2 | 2).to_le_bytes()),
        cell(2, 2, 1, &(45_296_u32 << 2 | 2).to_le_bytes()),
        cell(5, 3, 2, &0.25_f64.to_le_bytes()),
        cell(4, 4, 0, &[1]),
        row(3),
        cell(8, 0, 0, &[wide("berk"), vec![0; 10]].concat()),
        cell(9, 1, 0, &[&2.5_f64.to_le_bytes()[..], &[0; 10]].concat()),
        cell(11, 2, 1, &[7, 0, 0]),
        cell(10, 4, 0, &[0, 0, 0]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let bytes = xlsb(&cells, &["boom", "hoogte", "eik"], &[[1, 3, 3, 3]]);
    let path = put(folder.path(), "bomen.xlsb", &bytes);
    assert_eq!(format_of(&path).map(|format| format.id), Ok("xlsb"));
    let table = read_one(&path);
    assert_eq!(
        kinds(&table),
        [
            ("boom", "text"),
            ("hoogte", "number"),
            ("geplant", "date"),
            ("deel", "number"),
            ("ok", "boolean")
        ]
    );
    assert_eq!(texts(&table, "boom"), ["eik", "berk"]);
    assert_eq!(texts(&table, "hoogte"), ["12", "2.5"]);
    assert_eq!(texts(&table, "geplant"), ["2024-01-05", ""]);
    assert_eq!(texts(&table, "ok"), ["true", "false"]);
    assert_eq!(
        problems(&table),
        [
            ("spreadsheet-empty-rows", 1),
            ("spreadsheet-merged", 1),
            ("spreadsheet-error-cell", 1),
            ("spreadsheet-percent", 1)
        ]
    );
}

#[test]
fn a_spreadsheet_is_known_by_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let rows = format!("<row>{}{}</row>", inline("A1", "a"), inline("B1", "b"));
    let workbook = sheet(&rows);
    let of = |name: &str, bytes: &[u8]| format_of(&put(folder.path(), name, bytes)).map(|f| f.id);
    assert_eq!(of("zonder extensie", &workbook), Ok("xlsx"));
    assert_eq!(of("fout.zip", &workbook), Ok("xlsx"));
    assert_eq!(of("macro.xlsm", &workbook), Ok("xlsx"));
    // A spreadsheet in an archive, and an archive that only looks like a spreadsheet.
    let archive = zipped(&[("map/cijfers.xlsx", &workbook), ("lees.txt", b"x")]);
    let path = put(folder.path(), "archief.zip", &archive);
    assert_eq!(format_of(&path).map(|format| format.id), Ok("xlsx"));
    let table = read_one(&path);
    assert_eq!((table.name.as_str(), kinds(&table).len()), ("cijfers", 2));
    assert_eq!(table.origin.layer.as_deref(), Some("map/cijfers.xlsx/Blad1"));
    let archive = zipped(&[("xl/punten.csv", b"naam,lon,lat\nGent,3.72,51.05\n")]);
    assert_eq!(of("archief.xlsx", &archive), Ok("csv"));
    // Some programs call a text with tabs an Excel file, others a web page.
    let path = put(folder.path(), "tabs.xls", b"naam\taantal\nA\t1\n");
    assert_eq!(format_of(&path).map(|format| format.id), Ok("csv"));
    assert_eq!(kinds(&read_one(&path)), [("naam", "text"), ("aantal", "integer")]);
    let path = put(folder.path(), "web.xls", b"\n<html><table><tr><td>1</td></tr></table></html>");
    assert_eq!(read(&path).unwrap_err().what.id, "spreadsheet-error-markup");
}

#[test]
fn a_locked_file_says_that_it_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let locked = compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")]);
    for name in ["geheim.xlsx", "geheim.xls"] {
        let error = read(&put(folder.path(), name, &locked)).unwrap_err();
        assert_eq!(error.what.id, "spreadsheet-error-locked", "{error}");
        assert!(error.remedy.is_some());
    }
    let locked = excel5(&[]);
    let mut stream = record(0x0809, &words(&[0x0600, 5, 0, 0]));
    stream.extend(record(0x002F, &words(&[1, 1, 1])));
    assert!(
        read(&put(folder.path(), "leeg.xls", &locked)).unwrap_err().what.id
            != "spreadsheet-error-locked"
    );
    let error =
        read(&put(folder.path(), "g.xls", &compound(&[("Workbook", &stream)]))).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-locked");
    let manifest = br#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let ods = zipped(&[
        ("mimetype", crate::fuzzing::sheets::ODS_TYPE),
        ("content.xml", b"\x00\x01rubbish"),
        ("META-INF/manifest.xml", manifest),
    ]);
    let error = read(&put(folder.path(), "g.ods", &ods)).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-locked");
    // Something else in the same container.
    let other = compound(&[("WordDocument", b"x")]);
    let error = read(&put(folder.path(), "brief.xls", &other)).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-old");
}

#[test]
fn what_is_missing_or_damaged_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = |bytes: &[u8]| read(&put(folder.path(), "b.xlsx", bytes)).unwrap_err();
    assert_eq!(error(&sheet("")).what.id, "spreadsheet-error-empty");
    let cut = sheet("<row><c><v>1</v></c><c><v");
    let found = error(&cut);
    assert_eq!(found.what.id, "spreadsheet-error-damaged", "{found}");
    assert!(found.to_string().contains("Blad1"), "{found}");
    // One sheet is well.
    let good = format!(
        "<sheetData><row>{}</row><row><c><v>1</v></c></row></sheetData>",
        inline("A1", "a")
    );
    let bytes = xlsx(&[("Goed", "", &good), ("Fout", "", "<sheetData><row><c")], &[], "", "");
    let table = read_one(&put(folder.path(), "b.xlsx", &bytes));
    assert_eq!(problems(&table), [("spreadsheet-sheet", 1)]);
    // A text that is not there.
    let found = error(&sheet(r#"<row><c t="s"><v>5</v></c></row>"#));
    assert_eq!(found.what.id, "spreadsheet-error-damaged", "{found}");
}
