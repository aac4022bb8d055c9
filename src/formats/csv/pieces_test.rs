//! Files read in pieces by several threads give what one thread reads in one go.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::read::read_cut;
use crate::formats::ReadOptions;
use crate::formats::pieces::Cut;
use crate::jobs::Watch;
use crate::table::{FieldKind, Table};

/// One thread, one piece, decoded in memory.
const WHOLE: Cut = Cut { threads: 1, bytes: 1 << 40 };

fn text_of(table: &Table) -> String {
    let (fields, columns, geometry) = (&table.fields, &table.columns, &table.geometry);
    format!("{fields:?}\n{columns:?}\n{geometry:?}\n{:?}", table.origin)
}

/// The file read whole, after it was held against the same in pieces.
fn the_same_in_pieces(path: &Path, sizes: &[usize]) -> Option<Table> {
    let read = |cut| read_cut(path, &ReadOptions::default(), cut, &Watch::unwatched());
    let whole = read(WHOLE);
    let expected = whole.as_ref().map_or_else(ToString::to_string, text_of);
    for bytes in sizes {
        for threads in [1, 2, 3] {
            let cut = Cut { threads, bytes: *bytes };
            let found = read(cut).as_ref().map_or_else(ToString::to_string, text_of);
            assert_eq!(found, expected, "{}: {cut:?}", path.display());
        }
    }
    whole.ok()
}

#[test]
fn odd_texts_are_the_same_in_pieces() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("vreemd.csv");
    let texts = [
        "naam,lon,lat\na,3.7,51\n\"b\nb\",3.8,51.1\n\"c,\"\"c\"\"\n\n\",,\nd,3.9,51\n",
        "naam;aantal;deel\r\n\"é;é\";12;1,5\r\n\r\nx;;NA\r\ny;7\r\nz;8;2,25;;\r\nw;9;3;over\r\n",
        "sep=;\na;b\n1;2\n3\n4;5;6;;7\n",
        "3.7,51\n3.8,51.1\nx\n",
        "a,b\n1,\"2\n3,4\n5,6\n7,8\n9,10\n",
        "a,b\n5\" pijp,x\"y\"\n\"q\"r,\"s\"\"\n\"\nt,u\n",
        "a\tb\n1\t2026-01-31\n2\t2026-02-28\n3\t\n",
        "a,b\n1,2",
        "a,b\n",
        "\u{feff}id,naam\n1,één\n2,twee\n",
        "id,geo\n1,POINT (3.72 51.05)\n2,POINT (3.73\n3,\n",
    ];
    for text in texts {
        std::fs::write(&path, text)?;
        assert!(the_same_in_pieces(&path, &[1, 7, 20, 60]).is_some(), "{text:?}");
    }
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("naam,x\ncafé,1\nBelgië,2\nfaçade,3\n");
    std::fs::write(&path, &latin)?;
    let table = the_same_in_pieces(&path, &[1, 10]);
    assert_eq!(table.and_then(|table| table.origin.encoding).as_deref(), Some("windows-1252"));
    for text in ["", "  \n\n  ", "<!DOCTYPE html>\n<html></html>\n", "a,b\n1,\0\n", "\n"] {
        std::fs::write(&path, text)?;
        assert!(the_same_in_pieces(&path, &[1, 4]).is_none(), "{text:?}");
    }
    Ok(())
}

/// Two thousand rows in which each column holds one value, far from where the reader looks first,
/// that is not what the others are.
#[test]
fn one_odd_value_far_from_the_start_decides_the_kind() -> std::io::Result<()> {
    use FieldKind::{Boolean, Date, Integer, Json, Number, Text};
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("laat.csv");
    let columns: [(&str, &str, FieldKind); 12] = [
        ("12", "13", Integer),
        ("12", "1.5", Number),
        ("12", "NA", Number),
        ("12", "012", Text),
        ("1.5", "onbekend", Text),
        ("true", "False", Boolean),
        ("true", "ja", Text),
        ("2026-03-14", "1899-12-31", Date),
        ("2026-03-14", "2026-3-14", Text),
        ("2026-03-14T10:00:00Z", "2026-03-14T10:00:00.5Z", Text),
        ("[]", "{}", Json),
        ("[]", "(", Text),
    ];
    let names: Vec<String> = (1..=columns.len()).map(|at| format!("c{at}")).collect();
    let mut text = format!("{};naam\n", names.join(";"));
    for row in 0..2000 {
        for (usual, odd, _) in &columns {
            let _ = write!(text, "{};", if row == 1100 { odd } else { usual });
        }
        let _ = writeln!(text, "\"rij\n{row}\"");
    }
    std::fs::write(&path, text)?;
    let Some(table) = the_same_in_pieces(&path, &[3000, 50_000]) else { panic!("a table") };
    for (field, (usual, odd, kind)) in table.fields.iter().zip(&columns) {
        assert_eq!(field.kind, *kind, "{usual} and {odd}");
    }
    assert_eq!(table.value(1100, 12).to_data_text(), "rij\n1100");
    Ok(())
}

/// All files of the collection of real and broken data, where it is there.
#[test]
fn real_files_are_the_same_in_pieces() {
    let folder = std::env::var_os("BELFORT_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    if !folder.exists() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let extension = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
            let is_ours = extension
                .is_some_and(|found| ["csv", "tsv", "txt"].iter().any(|ours| found == *ours));
            let small = entry.metadata().is_ok_and(|found| found.len() < 2_000_000);
            if path.is_dir() {
                folders.push(path);
            } else if is_ours && small {
                the_same_in_pieces(&path, &[500, 20_000]);
            }
        }
    }
}
