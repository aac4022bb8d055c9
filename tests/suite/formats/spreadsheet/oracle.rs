//! Cell by cell against another reader: the crate calamine 0.38, and pandas with openpyxl where
//! they are installed.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use belfort::table::{FieldKind, Value};
use calamine::{Data, Reader, open_workbook_auto};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::super::read;
use super::fixture;

/// What calamine reads of a sheet, by row and column from 0.
fn cells_of(path: &Path, sheet: &str) -> BTreeMap<(u32, u32), Data> {
    let mut book = open_workbook_auto(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells();
    cells
        .map(|(row, column, data)| {
            let place = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            (place, data.clone())
        })
        .collect()
}

/// A value as calamine's, for values that a sheet has.
fn same(ours: Value<'_>, theirs: Option<&Data>) -> bool {
    match (ours, theirs) {
        (Value::Null, None | Some(Data::Error(_))) => true,
        (Value::Null, Some(Data::String(text))) => {
            text.is_empty() || text == "-" || text.starts_with('#')
        }
        (Value::Text(text), Some(Data::String(other))) => text == other,
        (Value::Text(text), Some(Data::Float(number))) => text == number.to_string(),
        (Value::Text(text), Some(Data::Int(number))) => text == number.to_string(),
        (Value::Boolean(value), Some(Data::Bool(other))) => value == *other,
        // LibreOffice writes yes as a formula that gives 1.
        (Value::Boolean(value), Some(Data::Float(other))) => f64::from(value) == *other,
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        (Value::Integer(value), Some(Data::Float(other))) => value as f64 == *other,
        (Value::Integer(value), Some(Data::Int(other))) => value == *other,
        (Value::Number(value), Some(Data::Float(other))) => value == *other,
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        (Value::Number(value), Some(Data::Int(other))) => value == *other as f64,
        (Value::Date(date), Some(Data::DateTime(other))) => {
            let (year, month, day, ..) = other.to_ymd_hms_milli();
            date.to_string() == format!("{year:04}-{month:02}-{day:02}")
        }
        (Value::Date(date), Some(Data::DateTimeIso(text))) => date.to_string() == *text,
        (Value::DateTime(at, _), Some(Data::DateTime(other))) => {
            let (year, month, day, hour, minute, second, _) = other.to_ymd_hms_milli();
            let text = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
            at.to_string() == text
        }
        (Value::DateTime(at, _), Some(Data::DateTimeIso(text))) => {
            at.format("%Y-%m-%dT%H:%M:%S").to_string() == *text || text.len() == 10
        }
        _ => false,
    }
}

/// Every value of a file's layers is what calamine reads in its cell; which cell that is, the
/// header's place and the rows left out tell.
fn agrees(path: &Path, header: &dyn Fn(&str) -> (u32, u32)) {
    let mut compared = 0;
    for table in read(path).unwrap() {
        let sheet = table.origin.layer.clone().unwrap();
        let cells = cells_of(path, &sheet);
        let (top, left) = header(&sheet);
        let rows: Vec<u32> = {
            let mut rows: Vec<u32> =
                cells.keys().map(|(row, _)| *row).filter(|row| *row > top).collect();
            rows.dedup();
            rows
        };
        assert_eq!(table.rows(), rows.len(), "{}: {sheet}", path.display());
        for (column, field) in (left..).zip(&table.fields) {
            let name = cells.get(&(top, column)).map(ToString::to_string).unwrap_or_default();
            assert_eq!(name.replace('\n', " "), field.name, "{sheet}");
            let at = table.field_index(&field.name).unwrap();
            for (row, in_sheet) in rows.iter().enumerate() {
                let theirs = cells.get(&(*in_sheet, column));
                let ours = table.value(row, at);
                assert!(same(ours, theirs), "{sheet} {}: {ours:?} {theirs:?}", field.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 10);
}

#[test]
fn calamine_reads_the_same_of_libreoffices_files() {
    let header = |sheet: &str| if sheet == "Blad1" { (6, 1) } else { (0, 0) };
    for name in ["stallingen.xls", "stallingen.ods"] {
        agrees(&fixture(name), &header);
    }
}

/// Numbers of all sizes, texts with all signs, days and moments, gaps.
fn mixed(path: &Path, rows: u32) {
    let mut state = 7_u64;
    let mut random = move |below: u32| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        u32::try_from(state >> 40).unwrap() % below
    };
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Lijst").unwrap();
    sheet.write_row(0, 0, ["naam", "geheel", "getal", "dag", "moment", "waar"]).unwrap();
    for row in 1..=rows {
        let text = format!("Straat {row} <&> \"é€😀\" {}", "x".repeat(random(40) as usize));
        sheet.write(row, 0, text).unwrap();
        if random(9) > 0 {
            sheet.write(row, 1, i64::from(random(1 << 24)) - (1 << 23)).unwrap();
        }
        let number = f64::from(random(1 << 24)) / 97.0
            * 10_f64.powi(i32::try_from(random(20)).unwrap() - 10);
        sheet.write(row, 2, number).unwrap();
        let serial = f64::from(random(80_000) + 61);
        let on = |serial: f64| ExcelDateTime::from_serial_datetime(serial).unwrap();
        sheet.write_with_format(row, 3, &on(serial), &day).unwrap();
        let seconds = f64::from(random(86_400)) / 86_400.0;
        sheet.write_with_format(row, 4, &on(serial + seconds), &moment).unwrap();
        if random(5) > 0 {
            sheet.write(row, 5, random(2) == 1).unwrap();
        }
    }
    book.save(path).unwrap();
}

#[test]
fn calamine_reads_the_same_of_a_table_with_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lijst.xlsx");
    mixed(&path, 700);
    agrees(&path, &|_| (0, 0));
}

/// pandas 3 with openpyxl 3.1 reads the same values.
#[test]
fn pandas_reads_the_same() {
    let script = "import pandas, sys, json
f = pandas.read_excel(sys.argv[1])
f['dag'] = f['dag'].dt.strftime('%Y-%m-%d')
f['moment'] = f['moment'].dt.strftime('%Y-%m-%dT%H:%M:%S')
print(f.to_json(orient='columns', double_precision=15))";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lijst.xlsx");
    mixed(&path, 300);
    let Some(text) = Command::new("python3").arg("-c").arg(script).arg(&path).output().ok() else {
        eprintln!("skipped: python3 is not installed");
        return;
    };
    if !text.status.success() {
        eprintln!("skipped: {}", String::from_utf8_lossy(&text.stderr));
        return;
    }
    let theirs: serde_json::Value = serde_json::from_slice(&text.stdout).unwrap();
    let table = read(&path).unwrap().remove(0);
    for (at, field) in table.fields.iter().enumerate() {
        for row in 0..table.rows() {
            let other = &theirs[&field.name][&row.to_string()];
            let ours = table.value(row, at);
            let equal = match ours {
                Value::Null => other.is_null(),
                Value::Boolean(value) => {
                    other.as_bool() == Some(value) || other.as_f64() == Some(f64::from(value))
                }
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                Value::Integer(value) => other.as_f64() == Some(value as f64),
                // JSON of pandas has 15 digits behind the point.
                Value::Number(value) => other
                    .as_f64()
                    .is_some_and(|other| (other - value).abs() <= value.abs() * 1e-14 + 1e-15),
                other_value => other.as_str() == Some(&other_value.to_data_text()),
            };
            assert!(equal, "{} {row}: {ours:?} {other}", field.name);
        }
    }
    let kinds: Vec<_> = table.fields.iter().map(|field| field.kind).collect();
    assert_eq!(
        kinds[..4],
        [FieldKind::Text, FieldKind::Integer, FieldKind::Number, FieldKind::Date]
    );
}
