//! Files of many JSON texts, one after another: a large one is read in pieces, cut between lines.

use std::path::Path;
use std::sync::Arc;

use super::features::{Fail, Reader};
use super::pieces::{Found, Mark, Opened, Piece, PiecesFail, read_pieces};
use super::root::Root;
use super::rows::Rows;
use super::ways::{self, Kind};
use crate::formats::{ReadOptions, place};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;

/// What stands before each text of a sequence (RFC 8142): the character for it in ASCII.
pub(super) const SEPARATOR: u8 = 0x1E;

/// A format of many JSON texts in a file.
#[derive(Clone, Copy)]
pub(super) struct Texts {
    /// The format's stable name.
    pub format: &'static str,
    /// Reads all texts from the start of the file, or from the start of a later line, to the end.
    pub read: fn(&mut Reader<'_>, bool) -> Result<(), Fail>,
}

/// Reads a file of many JSON texts: a large one in pieces.
pub(super) fn read_texts(
    path: &Path,
    texts: Texts,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    ways::read(&texts, path, options, watch)
}

impl Kind for Texts {
    /// Each text has lines of its own, and the file is cut between two lines: mostly two texts
    /// as well.
    fn in_pieces(&self, path: &Path, block: usize, watch: &Watch) -> Result<Found, PiecesFail> {
        let opened = Opened::of(path, block)?;
        let beginning = opened.beginning().trim_start();
        if !beginning.starts_with(['{', char::from(SEPARATOR)]) {
            return Err(PiecesFail::Unusual);
        }
        let read = |piece: &Piece, watch: &Watch| {
            let mut reader = Reader::new(piece.text()?, Rows::default(), watch);
            (self.read)(&mut reader, piece.number == 0).map_err(|fail| piece.failed(fail))?;
            Ok((reader.rows, piece.bytes.len()))
        };
        let cutter = opened.cutter(0, Mark::Line);
        let (rows, _) = read_pieces(cutter, Rows::default(), &read, watch)?;
        Ok(Found { rows, root: Root::new() })
    }

    fn in_one_go(&self, reader: &mut Reader<'_>) -> Result<Root, Fail> {
        (self.read)(reader, true).map(|()| Root::new())
    }

    /// Of several texts any may be the broken one.
    fn look(&self, _: &Path, _: &[u8], _: &ReadOptions) -> Result<(), FileError> {
        Ok(())
    }

    /// Where no text is a geometry, the rows may still say where they are. The columns that do
    /// are gone then, and do not speak for an encoding.
    fn settle(
        &self,
        table: &mut Table,
        path: &Path,
        options: &ReadOptions,
    ) -> Result<(), FileError> {
        table.origin.format = self.format;
        if table.geometry.is_none() { find_place(table, path, options) } else { Ok(()) }
    }
}

/// Finds where the rows are, as for other formats that do not say it.
fn find_place(table: &mut Table, path: &Path, options: &ReadOptions) -> Result<(), FileError> {
    let rows = table.rows();
    let (fields, columns) = (&mut table.fields, &mut table.columns);
    let problems = &mut table.origin.problems;
    let (geometry, crs) = place::take(path, fields, columns, rows, options.crs.as_ref(), problems)?;
    (table.geometry, table.crs) = (geometry.map(Arc::new), crs);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::ways::read_in_blocks;
    use super::super::{lines, records};
    use super::*;

    /// Whatever stands on the lines, and wherever they are cut, pieces give what reading in one go
    /// gives, errors and problems and their places included.
    #[test]
    fn pieces_give_what_the_whole_gives() {
        const TEXTS: &[&str] = &[
            r#"{"type":"Feature","id":7,"properties":{"n":1},"geometry":{"type":"Point","coordinates":[3.7,51]}}"#,
            r#"{"geometry":{"coordinates":[3.8,51.1],"type":"Point"},"properties":{"n":2.5},"type":"Feature"}"#,
            r#"{"type":"Feature","properties":{"n":"é\n"},"geometry":{"type":"Circle"}}"#,
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"z":1},"geometry":null}]}"#,
            r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#,
            r#"{"wijk":"Muide","n":9007199254740993,"lijst":[1,{}]}"#,
            "{\"wijk\":\"Rabot\",\n  \"n\":\n3}",
            r#"{"m":null,"dag":"2026-01-31"}"#,
            "{}",
        ];
        const ODD: &[&str] = &["[1]", "x", "{\"n\":", "7", "\"", "}", "{\"a\":\"\n\"}", "\0"];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let (options, watch) = (ReadOptions::default(), Watch::unwatched());
        let mut seed = 5_u64;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            usize::try_from(seed >> 33).unwrap() % limit
        };
        let told = |read: Result<Table, FileError>| match read {
            Ok(table) => format!("{table:?}"),
            Err(error) => format!("{error:?}"),
        };
        let (mut in_pieces, mut good) = (0, 0);
        for number in 0..400 {
            let mut text = ["", "\u{FEFF}", "\n"][below(3)].to_owned();
            let separator = if number % 4 == 0 { "\u{1e}" } else { "" };
            let end = ["\n", "\r\n", "\n\n"][below(3)];
            for _ in 0..=below(50) {
                let odd = number % 3 == 0 && below(40) == 0;
                let item = if odd { ODD[below(ODD.len())] } else { TEXTS[below(TEXTS.len())] };
                text += &format!("{separator}{item}{end}");
            }
            std::fs::write(&path, &text).unwrap();
            for texts in [records::TEXTS, lines::TEXTS] {
                let whole = read_in_blocks(&texts, &path, None, &options, &watch);
                good += usize::from(whole.is_ok());
                let whole = told(whole);
                for block in [200, 900] {
                    let pieces = texts.in_pieces(&path, block, &watch);
                    in_pieces += usize::from(pieces.is_ok());
                    let pieces = read_in_blocks(&texts, &path, Some(block), &options, &watch);
                    assert_eq!(told(pieces), whole, "{block}: {text:?}");
                }
            }
        }
        assert!(in_pieces > 500 && good > 500, "{in_pieces} {good}");
    }
}
