//! Files read in pieces by several threads, by the index and without it, give what one thread
//! reads in one go.

use std::path::Path;

use super::header::Header;
use super::read::read_cut;
use super::write::write;
use crate::formats::pieces::Cut;
use crate::formats::source::{FileSource, Source};
use crate::formats::{ReadOptions, Within, WriteOptions};
use crate::jobs::Watch;
use crate::table::{Extent, Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table};

/// One thread and one piece.
const WHOLE: Cut = Cut { threads: 1, bytes: 1 << 40 };

/// A table of points and lines here and there, some rows without.
fn table(rows: u32) -> Table {
    let mut builder = GeometryBuilder::new();
    let mut texts = Vec::new();
    for row in 0..rows {
        let spread = |by: u32| f64::from(row.wrapping_mul(by) >> 20);
        let (x, y) = (spread(2_654_435_761), spread(2_246_822_519));
        match row % 5 {
            0 => builder.push_null(),
            1 => {
                builder.begin_row(GeometryKind::LineString);
                builder.begin_part(PartKind::Line);
                builder.begin_ring();
                (0..row % 40).for_each(|at| builder.coord([x + f64::from(at), y], None, None));
                builder.end_row();
            }
            _ => builder.push_point([x, y]),
        }
        texts.push((row % 7 > 0).then(|| "tekst ".repeat((row % 11) as usize)));
    }
    let numbers = arrow_array::Int64Array::from_iter_values((0..rows).map(i64::from));
    let texts = arrow_array::StringArray::from(texts);
    let fields = vec![Field::new("nr", FieldKind::Integer), Field::new("tekst", FieldKind::Text)];
    let columns = vec![std::sync::Arc::new(numbers) as _, std::sync::Arc::new(texts) as _];
    let geometry = builder.finish().unwrap();
    Table::new("t", rows as usize, fields, columns, Some(geometry)).unwrap()
}

fn written(table: &Table, path: &Path) -> Vec<u8> {
    write(table, path, &WriteOptions::default(), &Watch::unwatched()).unwrap();
    std::fs::read(path).unwrap()
}

/// Everything that is in a file, or why it cannot be read.
fn all_of(path: &Path, extent: Option<Extent>, cut: Cut) -> String {
    let options = ReadOptions { extent: extent.map(Within::Own), ..ReadOptions::default() };
    let watch = Watch::unwatched();
    let source = FileSource::open(path).unwrap();
    match read_cut(&source, &options, cut, &watch) {
        Ok(table) => {
            assert!(watch.fraction().is_none_or(|done| done <= 1.0));
            let Table { fields, columns, geometry, origin, .. } = &table;
            format!("{fields:?}\n{columns:?}\n{geometry:?}\n{:?}", origin.problems)
        }
        Err(error) => error.to_string(),
    }
}

fn assert_the_same_in_pieces(path: &Path, extent: Option<Extent>) -> String {
    let whole = all_of(path, extent, WHOLE);
    for threads in [1, 2, 5] {
        for bytes in [1, 300, 5000, 100_000] {
            let cut = Cut { threads, bytes };
            assert_eq!(all_of(path, extent, cut), whole, "{cut:?}");
        }
    }
    whole
}

/// The first byte of the index and of the features.
fn places(path: &Path) -> (usize, usize) {
    let header = Header::read(&FileSource::open(path).unwrap()).unwrap();
    (usize::try_from(header.index).unwrap(), usize::try_from(header.features).unwrap())
}

#[test]
fn pieces_give_what_the_whole_gives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let view = Extent { min_x: 500.0, min_y: 500.0, max_x: 2000.0, max_y: 1500.0 };
    for rows in [0, 1, 2, 17, 400] {
        let sound = written(&table(rows), &path);
        assert_the_same_in_pieces(&path, None);
        assert_the_same_in_pieces(&path, Some(view));
        if rows < 17 {
            continue;
        }
        let whole = all_of(&path, None, WHOLE);
        let (index, features) = places(&path);
        // An index that tells other places: the file is gone through instead.
        for at in (index..features).step_by(173) {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x15;
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(assert_the_same_in_pieces(&path, None), whole);
            all_of(&path, Some(view), Cut { threads: 2, bytes: 300 });
        }
        // Lengths that are not true, and a file that ends early.
        for at in [features, features + 1, features + 3, sound.len() - 60] {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x21;
            std::fs::write(&path, &bytes).unwrap();
            assert_the_same_in_pieces(&path, None);
        }
        for end in (features..sound.len()).step_by(97) {
            std::fs::write(&path, &sound[..end]).unwrap();
            let told = assert_the_same_in_pieces(&path, None);
            assert!(told.contains("problem-flatgeobuf-missing"), "{told}");
        }
        std::fs::write(&path, [&sound[..], &[0; 9]].concat()).unwrap();
        let told = assert_the_same_in_pieces(&path, None);
        assert!(told.contains("problem-flatgeobuf-more-bytes"), "{told}");
    }
}

/// An index of which every leaf names the same feature, or overlapping ones, is no way to make a
/// small file take long.
#[test]
fn an_index_that_names_a_feature_again_and_again_gives_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    let sound = written(&table(300), &path);
    let (index, features) = places(&path);
    let view = Extent { min_x: -1e9, min_y: -1e9, max_x: 1e9, max_y: 1e9 };
    let header = Header::read(&FileSource::open(&path).unwrap()).unwrap();
    let leaves = features - 40 * usize::try_from(header.count.unwrap()).unwrap();
    assert!(leaves > index);
    for step in [0_u64, 4] {
        let mut bytes = sound.clone();
        for (number, leaf) in (0..).zip((leaves..features).step_by(40)) {
            bytes[leaf + 32..leaf + 40].copy_from_slice(&(number * step).to_le_bytes());
        }
        std::fs::write(&path, &bytes).unwrap();
        let options = ReadOptions { extent: Some(Within::Own(view)), ..ReadOptions::default() };
        let source = FileSource::open(&path).unwrap();
        let found = read_cut(&source, &options, Cut::default(), &Watch::unwatched()).unwrap();
        let coordinates = found.geometry.as_ref().map_or(0, |geometry| geometry.xy().len());
        assert!(coordinates * 16 <= bytes.len() && found.rows() <= 300, "{}", found.rows());
        assert_eq!(source.length(), bytes.len() as u64);
    }
}
