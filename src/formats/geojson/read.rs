//! Reading a GeoJSON file: one layer.

use std::path::Path;

use super::array;
use super::failures::bad_json;
use super::features::{Fail, Reader};
use super::pieces::{Found, PiecesFail};
use super::root::{Root, Stop, not_geojson};
use super::ways::{self, Kind};
use crate::formats::ReadOptions;
use crate::formats::encoding::decode;
use crate::formats::json::Scanner;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;

/// Reads a GeoJSON file: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    ways::read(&Document, path, options, watch)
}

/// One GeoJSON text: every file that was ever called GeoJSON, whatever its encoding.
struct Document;

impl Kind for Document {
    fn in_pieces(&self, path: &Path, block: usize, watch: &Watch) -> Result<Found, PiecesFail> {
        array::read(path, block, watch)
    }

    fn in_one_go(&self, reader: &mut Reader<'_>) -> Result<Root, Fail> {
        let mut root = Root::new();
        match reader.scanner.peek()? {
            b'[' => reader.features()?,
            b'{' => {
                let start = reader.scanner.at();
                reader.scanner.takes(b'{')?;
                while root.members(reader)? == Stop::Features {
                    reader.features()?;
                }
                root.settle(reader, start)?;
            }
            _ => {
                reader.scanner.skip()?;
                reader.scanner.end()?;
                return Err(not_geojson());
            }
        }
        reader.scanner.end()?;
        Ok(root)
    }

    fn look(&self, path: &Path, beginning: &[u8], options: &ReadOptions) -> Result<(), FileError> {
        let start = decode(beginning, options.encoding.as_deref()).text;
        match Scanner::new(&start).skip() {
            // Not where a string or a number may go on.
            Err(error) if error.at + 16 < start.len() => Err(bad_json(path, &start, error)),
            _ => Ok(()),
        }
    }

    fn settle(&self, _: &mut Table, _: &Path, _: &ReadOptions) -> Result<(), FileError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::ways::read_in_blocks;
    use super::*;
    use crate::problem::Place;

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            usize::try_from(self.0 >> 33).unwrap() % limit
        }

        fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
            texts[self.below(texts.len())]
        }
    }

    const VALUES: &[&str] = &[
        "1",
        "-7",
        "2.5",
        "-0",
        "9007199254740993",
        "123456789012345678901",
        "true",
        "null",
        "NaN",
        "\"é\\n\"",
        "\"},{\\\"type\\\":\"",
        "\"2026-01-31\"",
        "{\"a\": [1, {}]}",
        "[]",
        "\"\"",
    ];
    const GEOMETRIES: &[&str] = &[
        r#"{"type":"Point","coordinates":[3.7,51.05]}"#,
        r#"{"type":"Point","coordinates":[3.7,51.05,9]}"#,
        r#"{"coordinates":[[3.7, 51.05],[3.8,51]],"type":"LineString"}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]],[]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[1,2]}]}"#,
        r#"{"type":"Point","coordinates":["3",51]}"#,
        r#"{"type":"Circle","coordinates":[3,51]}"#,
        "null",
    ];

    /// A file with a little of everything; `plain` for one that is read in pieces for certain.
    fn file(dice: &mut Dice, plain: bool) -> String {
        let mut text = dice.one_of(&["", "\u{FEFF}"]).to_owned();
        text += dice.one_of(&[
            r#"{"type":"FeatureCollection","features":["#,
            "{\"name\": \"n\", \"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:31370\"}},\n\"features\" : [\n",
            "[",
        ]);
        let comma = dice.one_of(&[",", ",\n", " ,\r\n  "]);
        let start = dice.one_of(&["{\"type\":\"Feature\",", "{ \"type\": \"Feature\", ", "{"]);
        for row in 0..dice.below(60) {
            text += if row == 0 { "" } else { comma };
            if !plain && dice.below(20) == 0 {
                text += dice.one_of(&[
                    "7",
                    "{}",
                    "{\"type\":\"Feature\"}",
                    GEOMETRIES[0],
                    "{\"id\":[1]}",
                ]);
                continue;
            }
            text += start;
            match dice.below(6) {
                0 => text += "\"id\":\"x\",",
                1 => text += "\"id\":5,\"more\":[{\"id\":1},{\"id\":2}],",
                _ => {}
            }
            text += "\"properties\":{";
            for (at, name) in ["a", "b", "c\\\"", "d"].iter().enumerate() {
                if dice.below(5) > 0 {
                    let value =
                        VALUES[(at * 4 + dice.below(if plain { 4 } else { 15 })) % VALUES.len()];
                    text += &format!("\"{name}\":{value},");
                }
            }
            text += "\"z\":0},\"geometry\":";
            text += dice.one_of(GEOMETRIES);
            text += "}";
        }
        text += "]";
        if text.trim_start_matches('\u{FEFF}').starts_with('{') {
            text += dice.one_of(&[
                "}",
                ",\"note\":\"é\"}",
                ",\"type\":\"FeatureCollection\",\"features\":[]}",
            ]);
        }
        if !plain && dice.below(3) == 0 {
            let mut at = dice.below(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, dice.one_of(&["]", "}", "\"", ",", "{", "x", "\0", " "]));
        }
        text
    }

    fn told(read: Result<Table, FileError>) -> String {
        match read {
            Ok(table) => format!("{table:?}"),
            Err(error) => format!("{error:?}"),
        }
    }

    /// Whatever the file and wherever it is cut, reading in pieces gives what reading in one go
    /// gives, errors and problems and their places included.
    #[test]
    fn pieces_give_what_the_whole_gives() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let options = ReadOptions::default();
        let watch = Watch::unwatched();
        let mut dice = Dice(11);
        let mut in_pieces = 0;
        for number in 0..600 {
            let text = file(&mut dice, number % 2 == 0);
            std::fs::write(&path, &text).unwrap();
            let whole = told(read_in_blocks(&Document, &path, None, &options, &watch));
            for block in [700, 1500] {
                in_pieces += usize::from(array::read(&path, block, &watch).is_ok());
                let pieces = told(read_in_blocks(&Document, &path, Some(block), &options, &watch));
                assert_eq!(pieces, whole, "{block}: {text}");
            }
        }
        assert!(in_pieces > 300, "{in_pieces}");
    }

    #[test]
    fn a_fault_far_into_the_file_is_found_at_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let feature = "{\"type\":\"Feature\",\"properties\":{\"n\":\"é\"},\"geometry\":null},\n";
        let text = format!("\u{FEFF}[{}{{\"type\":é}}]", feature.repeat(500));
        std::fs::write(&path, text).unwrap();
        let (options, watch) = (ReadOptions::default(), Watch::unwatched());
        assert!(matches!(array::read(&path, 1000, &watch), Err(PiecesFail::Json(..))));
        let error = read_in_blocks(&Document, &path, Some(1000), &options, &watch).unwrap_err();
        assert_eq!(error.place, Some(Place::Line { line: 501, column: 9 }));
    }

    /// What follows is taken for a part of a feature only as long as it is JSON.
    #[test]
    fn damage_is_found_before_the_rest_of_the_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let watch = Watch::unwatched();
        let feature = "{\"type\":\"Feature\",\"properties\":{\"n\":1},\"geometry\":null},\n";
        let good = format!("[{}", feature.repeat(100));
        let read = |rest: &[u8]| {
            std::fs::write(&path, [good.as_bytes(), rest].concat()).unwrap();
            array::read(&path, 1000, &watch)
        };
        let at = |read: Result<Found, PiecesFail>| match read {
            Err(PiecesFail::Json(offset, error)) => usize::try_from(offset).unwrap() + error.at,
            Err(PiecesFail::Unusual) => panic!("unusual"),
            Ok(found) => panic!("{} rows", found.rows.count),
            Err(PiecesFail::Io(_) | PiecesFail::Fail(_)) => panic!("another failure"),
        };
        assert_eq!(at(read(&vec![b'?'; 100_000])), good.len());
        let broken = [feature.repeat(3).as_bytes(), &vec![b'{'; 100_000]].concat();
        assert_eq!(at(read(&broken)), good.len() + 3 * feature.len() + 1);
        assert!(matches!(read(&vec![0xE9; 100_000]), Err(PiecesFail::Unusual)));
        // A string as long as that is no damage, nor is what follows the features.
        let long = format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"s\":\"{}\"}}}}]",
            "é".repeat(50_000)
        );
        assert!(read(long.as_bytes()).is_ok_and(|found| found.rows.count == 101));
        let spaces = format!("7]{}", " ".repeat(100_000));
        assert!(read(spaces.as_bytes()).is_ok_and(|found| found.rows.count == 101));
    }
}
