//! Damaged files: cut at every byte, and with bytes changed. They open or fail; they do not panic,
//! nor go on without end.

use std::sync::mpsc;
use std::time::Duration;

use belfort::problem::FileError;
use belfort::table::Table;

use super::{file_with_points, read};

/// Text, place and remedy of an error are made too.
fn settle(result: Result<Vec<Table>, FileError>, path: &std::path::Path) -> bool {
    match result {
        Ok(tables) => tables.iter().any(|table| table.rows() > 0),
        Err(error) => {
            assert!(error.to_string().contains(&path.display().to_string()));
            assert!(!error.is_cancelled() && error.remedy.is_some(), "{error}");
            false
        }
    }
}

/// A small file with a layer of a few pages, and long values.
fn small() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let connection = file_with_points(&path);
    connection
        .execute_batch(
            "INSERT INTO punten SELECT fid + 10, geom, printf('%.900c', 'x'), 1 FROM punten",
        )
        .unwrap();
    drop(connection);
    std::fs::read(path).unwrap()
}

/// Reads many variants on a thread of its own: a reader that hangs fails the test.
fn read_all(variants: impl Iterator<Item = Vec<u8>> + Send + 'static) -> (usize, usize) {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gpkg");
        for bytes in variants {
            std::fs::write(&path, &bytes).unwrap();
            sender.send(Some(settle(read(&path), &path))).unwrap();
        }
        sender.send(None).unwrap();
    });
    let (mut opened, mut failed) = (0, 0);
    loop {
        let next = receiver.recv_timeout(Duration::from_secs(20));
        match next.unwrap_or_else(|error| panic!("panic or hang: {error}")) {
            Some(true) => opened += 1,
            Some(false) => failed += 1,
            None => return (opened, failed),
        }
    }
}

#[test]
fn a_file_cut_anywhere_fails_or_opens() {
    let whole = small();
    let length = whole.len();
    assert!(length > 4_000, "{length}");
    let (opened, failed) = read_all((0..length).map(move |end| whole[..end].to_vec()));
    assert_eq!(opened + failed, length);
    assert!(failed > length / 2, "{opened} of {length} opened");
}

#[test]
fn a_file_with_a_byte_changed_anywhere_fails_or_opens() {
    let whole = small();
    let length = whole.len();
    let variants = (0..length).map(move |at| {
        let mut bytes = whole.clone();
        let old = bytes[at];
        bytes[at] = [0, 255, old ^ 0x80, old.wrapping_add(1)][at % 4];
        bytes
    });
    let (opened, failed) = read_all(variants);
    assert_eq!(opened + failed, length);
    assert!(opened > length / 2 && failed > 100, "{opened} opened, {failed} failed");
}
