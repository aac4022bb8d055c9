//! Files read in pieces by several threads give what one thread reads in one go.

use std::path::{Path, PathBuf};

use super::read_cut;
use crate::formats::ReadOptions;
use crate::formats::pieces::Cut;
use crate::jobs::Watch;

/// One thread and one piece.
const WHOLE: Cut = Cut { threads: 1, bytes: 1 << 40 };

/// Everything that is in a file, or why it cannot be read; NaN is not equal to itself, its text is.
fn all_of(path: &Path, cut: Cut) -> String {
    let watch = Watch::unwatched();
    match read_cut(path, &ReadOptions::default(), cut, &watch) {
        Ok(tables) => {
            let parts = tables.iter().map(|table| {
                let origin = &table.origin;
                assert!(watch.fraction().is_none_or(|done| done <= 1.0), "{}", path.display());
                format!(
                    "{:?}\n{:?}\n{:?}\n{:?}",
                    table.fields, table.columns, table.geometry, origin
                )
            });
            parts.collect()
        }
        Err(error) => error.to_string(),
    }
}

fn assert_the_same_in_pieces(path: &Path) -> String {
    let whole = all_of(path, WHOLE);
    for threads in [1, 2, 5] {
        for bytes in [1, 40, 90, 5000] {
            let cut = Cut { threads, bytes };
            assert_eq!(all_of(path, cut), whole, "{}: {cut:?}", path.display());
        }
    }
    whole
}

fn record(number: i32, ints: &[i32], doubles: &[f64]) -> Vec<u8> {
    let ints = ints.iter().flat_map(|int| int.to_le_bytes());
    let content: Vec<u8> = ints.chain(doubles.iter().flat_map(|d| d.to_le_bytes())).collect();
    let words = i32::try_from(content.len() / 2).unwrap_or(0);
    [number.to_be_bytes().to_vec(), words.to_be_bytes().to_vec(), content].concat()
}

/// A polygon record of these rings.
fn polygon(number: i32, rings: &[&[[f64; 2]]]) -> Vec<u8> {
    let positions: Vec<f64> =
        rings.iter().flat_map(|ring| ring.iter().flatten()).copied().collect();
    let mut ints = Vec::new();
    let count = |count: usize| i32::try_from(count).unwrap_or(0);
    ints.extend([count(rings.len()), count(positions.len() / 2)]);
    let mut start = 0;
    for ring in rings {
        ints.push(count(start));
        start += ring.len();
    }
    let header: Vec<i32> = [&[5][..], &[0; 8], &ints].concat();
    record(number, &header, &positions)
}

/// Shapes of all sorts, sound and not, and the places of their records.
fn shapes() -> (Vec<u8>, Vec<(usize, usize)>) {
    let outer = [[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0], [0.0, 0.0]];
    let hole = [[2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 2.0]];
    let turned = [[0.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]];
    let mut records = Vec::new();
    for round in 0..4 {
        let at = f64::from(round);
        records.push(record(1, &[1], &[104_700.5 + at, 193_800.25]));
        records.push(polygon(2, &[&outer]));
        records.push(polygon(3, &[&outer, &hole]));
        records.push(polygon(4, &[&turned]));
        records.push(record(5, &[0], &[]));
        records.push(record(6, &[31], &[]));
        records.push(record(7, &[77 + round], &[]));
        records.push(record(8, &[5, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9], &[]));
        records.push(record(9, &[1], &[f64::NAN, 1.0]));
        records.push(record(10, &[11], &[1.0, 2.0, 3.0, 4.0 + at]));
        records.push(record(11, &[21], &[1.0, 2.0]));
    }
    let mut bytes = 9994_i32.to_be_bytes().to_vec();
    bytes.resize(100, 0);
    let mut places = Vec::new();
    for record in records {
        places.push((bytes.len(), record.len() - 8));
        bytes.extend(record);
    }
    (bytes, places)
}

fn index(places: &[(usize, usize)]) -> Vec<u8> {
    let mut bytes = vec![0; 100];
    for (offset, length) in places {
        for number in [offset, length] {
            bytes.extend(u32::try_from(number / 2).unwrap_or(0).to_be_bytes());
        }
    }
    bytes
}

/// A table with a field of every sort; some values are bad, every seventh record is deleted.
fn table(rows: usize) -> Vec<u8> {
    let fields: [(&[u8], u8, u8, u8); 7] = [
        (b"NAAM", b'C', 8, 0),
        (b"NAAM", b'C', 4, 0),
        (b"AANTAL", b'N', 17, 0),
        (b"MAAT", b'N', 8, 2),
        (b"DATUM", b'D', 8, 0),
        (b"WAAR", b'L', 1, 0),
        (b"WAT", b'?', 2, 0),
    ];
    let width: usize = fields.iter().map(|field| usize::from(field.2)).sum();
    let short = |number: usize| u16::try_from(number).unwrap_or(0).to_le_bytes();
    let mut bytes = vec![3, 126, 3, 1];
    bytes.extend(u32::try_from(rows).unwrap_or(0).to_le_bytes());
    bytes.extend(short(32 + 32 * fields.len() + 1));
    bytes.extend(short(width + 1));
    bytes.resize(32, 0);
    for (name, letter, length, decimals) in fields {
        let start = bytes.len();
        bytes.extend(name);
        bytes.resize(start + 11, 0);
        bytes.extend([letter, 0, 0, 0, 0, length, decimals]);
        bytes.resize(start + 32, 0);
    }
    bytes.push(13);
    for row in 0..rows {
        let mut add = |value: &[u8], width: usize| {
            let mut value = value.to_vec();
            value.resize(width, b' ');
            bytes.extend(value);
        };
        let pick =
            |values: &[&'static [u8]]| values.get(row % values.len()).copied().unwrap_or(b"");
        add(if row % 7 == 3 { b"*" } else { b" " }, 1);
        add(pick(&[b"Li\xe8ge", b"Gent", b"", b"Br\xfbl\xe9", b"a\0b"]), 8);
        add(pick(&[b"x", b"", b"yz"]), 4);
        let whole: &[&[u8]] = &[b"12", b"9007199254740993", b"", b"***", b"-5", b"twee"];
        add(if row == 18 { b"1,5" } else { pick(whole) }, 17);
        add(pick(&[b"1.25", b"", b"-7", b"nan"]), 8);
        add(pick(&[b"20230228", b"20230231", b"        ", b"00000000"]), 8);
        add(pick(&[b"T", b"n", b"?", b"x"]), 1);
        add(pick(&[b"a", b"\xe9"]), 2);
    }
    bytes
}

#[test]
fn odd_files_are_the_same_in_pieces() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("vreemd.shp");
    let (shapes, places) = shapes();
    std::fs::write(&path, &shapes)?;
    let whole = assert_the_same_in_pieces(&path);
    let expected = ["winding", "unknown-type", "bad-record", "bad-coordinates"];
    for id in expected {
        assert!(whole.contains(&format!("problem-shapefile-{id}")), "{id}: {whole}");
    }
    // With a table that has fewer records, as many, and more.
    for rows in [places.len() - 3, places.len(), places.len() + 5] {
        std::fs::write(path.with_extension("dbf"), table(rows))?;
        let whole = assert_the_same_in_pieces(&path);
        for id in ["deleted", "bad-value", "decimal-comma", "rounded", "field-renamed"] {
            assert!(whole.contains(&format!("problem-dbf-{id}")), "{id}: {whole}");
        }
        assert!(whole.contains("windows-1252") && whole.contains("Liège"), "{whole}");
    }
    assert_the_same_in_pieces(&path.with_extension("dbf"));
    // An index in another order, one of other records, one that is cut off.
    let mut order = places.clone();
    order.reverse();
    for places in [&places[..], &order, places.get(2..9).unwrap_or_default()] {
        std::fs::write(path.with_extension("shx"), index(places))?;
        assert_the_same_in_pieces(&path);
    }
    for kept in [40, 130, shapes.len() / 2 + 1, shapes.len() - 3] {
        std::fs::write(&path, shapes.get(..kept).unwrap_or_default())?;
        assert_the_same_in_pieces(&path);
    }
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
            let is_ours = extension.is_some_and(|found| found == "shp" || found == "dbf");
            // Twelve readings of each: the large ones have no other odd records than the small.
            let small = entry.metadata().is_ok_and(|found| found.len() < 2_000_000);
            if path.is_dir() {
                folders.push(path);
            } else if is_ours && small {
                assert_the_same_in_pieces(&path);
            }
        }
    }
}
