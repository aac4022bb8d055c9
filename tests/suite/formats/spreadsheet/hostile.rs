//! Files made to do harm, and damaged ones: they open or are refused, soon and in little memory.

use std::path::{Path, PathBuf};

use belfort::formats::{Format, ReadOptions, format_of};
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::table::Table;

use super::super::read;
use super::fixture;
use crate::fuzzing::sheets::{excel5, ods, put, sheet, small, xlsx, zipped};

fn read_bytes(folder: &Path, name: &str, bytes: &[u8]) -> Result<Vec<Table>, FileError> {
    read(&put(folder, name, bytes))
}

/// Reads a file with the format it had before it was damaged.
fn read_as(path: &Path, format: &Format) -> Result<Vec<Table>, FileError> {
    (format.read)(path, &ReadOptions::default(), &Watch::unwatched())
}

/// Text, place and remedy of an error are made too.
fn settle(result: Result<Vec<Table>, FileError>) -> bool {
    match result {
        Ok(tables) => tables.iter().any(|table| table.rows() > 0),
        Err(error) => error.to_string().is_empty(),
    }
}

#[test]
fn a_sheet_said_to_be_huge_is_as_large_as_its_cells() {
    let folder = tempfile::tempdir().unwrap();
    let content = r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="XFD1" t="inlineStr"><is><t>b</t></is></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="1048577"><c r="A1048577"><v>2</v></c></row></sheetData>"#;
    let shared = "<si><t>x</t></si>";
    let bytes = xlsx(&[("Blad1", "", content)], &[], shared, "");
    let tables = read_bytes(folder.path(), "groot.xlsx", &bytes).unwrap();
    assert_eq!((tables[0].rows(), tables[0].fields.len()), (1, 2));
    assert_eq!(tables[0].origin.problems.count("problem-spreadsheet-outside"), 1);
}

/// A count of texts that would fill any memory is not believed.
#[test]
fn counts_reserve_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = sheet(r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.is_empty());
    let shared = r#"<sst xmlns="m" count="18446744073709551615" uniqueCount="18446744073709551615"><si><t>a</t></si></sst>"#;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.push((
            name.clone(),
            if name.ends_with("Strings.xml") { shared.into() } else { content },
        ));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let tables = read_bytes(folder.path(), "tel.xlsx", &zipped(&parts)).unwrap();
    assert_eq!(tables[0].fields[0].name, "a");
}

#[test]
fn a_part_that_unpacks_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = sheet(&format!("<row><c><v>1</v></c></row><!--{}-->", " ".repeat(100 << 20)));
    assert!(bomb.len() < 1 << 20);
    let error = read_bytes(folder.path(), "bom.xlsx", &bomb).unwrap_err();
    assert_eq!(error.what.id, "error-archive-too-big", "{error}");
    let error = read_bytes(folder.path(), "bom.ods", &ods("", &" ".repeat(100 << 20))).unwrap_err();
    assert_eq!(error.what.id, "error-archive-too-big", "{error}");
}

/// A few words that stand for more cells than any memory holds.
#[test]
fn repetition_is_not_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>"#;
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#
    );
    let bytes = ods("", &format!(r#"<table:table table:name="a">{rows}</table:table>"#));
    let error = read_bytes(folder.path(), "herhaal.ods", &bytes).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-spread", "{error}");
    let text = "x".repeat(1 << 16);
    let cell = format!(
        r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    );
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#
    );
    let bytes = ods("", &format!(r#"<table:table table:name="a">{rows}</table:table>"#));
    let error = read_bytes(folder.path(), "herhaal.ods", &bytes).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-text", "{error}");
    // A cell in every column, each in a row of its own.
    let rows: String = (0..16_384_u32)
        .map(|at| format!(r#"<table:table-row><table:table-cell table:number-columns-repeated="{}"/><table:table-cell office:value-type="float" office:value="{at}"/></table:table-row>"#, at + 1))
        .collect();
    let bytes = ods("", &format!(r#"<table:table table:name="a">{rows}</table:table>"#));
    let error = read_bytes(folder.path(), "schuin.ods", &bytes).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-spread", "{error}");
    // One text that all cells share.
    let cells: String = (0..20_000).map(|_| r#"<row><c t="s"><v>0</v></c></row>"#).collect();
    let shared = format!("<si><t>{}</t></si>", "y".repeat(32_767));
    let content = format!("<sheetData>{cells}</sheetData>");
    let bytes = xlsx(&[("Blad1", "", &content)], &[], &shared, "");
    let error = read_bytes(folder.path(), "gedeeld.xlsx", &bytes).unwrap_err();
    assert_eq!(error.what.id, "spreadsheet-error-text", "{error}");
}

/// A chain of sectors that comes back to its start.
#[test]
fn a_ring_of_sectors_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = excel5(&[]);
    for sector in 1..4_usize {
        let place = 512 + sector * 4;
        bytes[place..place + 4].copy_from_slice(&u32::try_from(sector).unwrap().to_le_bytes());
    }
    assert!(!settle(read_bytes(folder.path(), "ring.xls", &bytes)));
}

/// Every small file is cut at every byte, and every byte of it is changed; of larger ones some.
#[test]
fn damaged_files_open_or_fail() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<PathBuf> = small()
        .iter()
        .map(|(_, extension, bytes)| put(folder.path(), &format!("klein.{extension}"), bytes))
        .collect();
    files.push(fixture("stallingen.xls"));
    for path in files {
        let whole = std::fs::read(&path).unwrap();
        let format = format_of(&path).unwrap();
        let extension = path.extension().unwrap().to_string_lossy().into_owned();
        let damaged = folder.path().join(format!("schade.{extension}"));
        assert!(settle(read(&path)), "{}", path.display());
        let step = if whole.len() < 4096 { 1 } else { 7 };
        let mut opened = 0;
        for at in (0..whole.len()).step_by(step) {
            std::fs::write(&damaged, &whole[..at]).unwrap();
            settle(read_as(&damaged, format));
            // Files of sectors are mostly empty.
            let is_filling = at > 8 && whole[at - 8..=at].iter().all(|byte| *byte == whole[at]);
            for change in [0xFF, whole[at] ^ 1].into_iter().take(if is_filling { 1 } else { 2 }) {
                let mut bytes = whole.clone();
                bytes[at] = change;
                std::fs::write(&damaged, &bytes).unwrap();
                opened += usize::from(settle(read_as(&damaged, format)));
            }
        }
        assert!(opened > 0, "{}: the damage is not so heavy that nothing opens", path.display());
    }
}
