//! Reading a large file with one array of features, in pieces: cut where the text looks as the first
//! feature begins, behind a comma.

use std::path::Path;

use memchr::memmem::FinderRev;

use super::features::{Fail, PieceEnd, Reader};
use super::pieces::{Found, Mark, Opened, Piece, PiecesFail, read_pieces};
use super::root::{Root, Stop};
use super::rows::Rows;
use crate::formats::json::Scanner;
use crate::jobs::Watch;

/// Reads a file of UTF-8 text larger than a block, in blocks.
pub(super) fn read(path: &Path, block_size: usize, watch: &Watch) -> Result<Found, PiecesFail> {
    let opened = Opened::of(path, block_size)?;
    let text = opened.beginning();
    let mut reader = Reader::new(text, Rows::default(), watch);
    let mut root = Root::new();
    let is_array = match reader.scanner.peek() {
        Ok(b'[') => true,
        Ok(b'{') => {
            let _ = reader.scanner.takes(b'{');
            if !matches!(root.members(&mut reader), Ok(Stop::Features)) {
                return Err(PiecesFail::Unusual);
            }
            false
        }
        _ => return Err(PiecesFail::Unusual),
    };
    let start = reader.scanner.at() + 1;
    let first = text.get(start..).and_then(beginning_of).ok_or(PiecesFail::Unusual)?;
    let beginning = FinderRev::new(first.as_bytes()).into_owned();
    let rows = reader.rows;
    let cutter = opened.cutter(start, Mark::Item(beginning));
    let (rows, rest) = read_pieces(cutter, rows, &read_piece, watch)?;

    // What follows the features, in the last piece's text.
    let text = rest.text().ok_or(PiecesFail::Unusual)?;
    let text = text.get(rest.end..).unwrap_or_default();
    let offset = rest.offset + u64::try_from(rest.end).unwrap_or(u64::MAX);
    let mut reader = Reader::new(text, rows, watch);
    let after = |reader: &mut Reader<'_>, root: &mut Root| {
        if !is_array {
            while root.members(reader)? == Stop::Features {
                reader.features()?;
            }
            root.settle(reader, 0)?;
        }
        Ok(reader.scanner.end()?)
    };
    after(&mut reader, &mut root).map_err(|fail| match fail {
        Fail::Json(error) => PiecesFail::Json(offset, error),
        other => PiecesFail::Fail(other),
    })?;
    Ok(Found { rows: reader.rows, root })
}

/// How the first feature begins: its brace and its first key, and the value of `type` where that
/// comes first, white space and all.
fn beginning_of(features: &str) -> Option<&str> {
    let mut scanner = Scanner::new(features);
    if scanner.peek().ok()? != b'{' {
        return None;
    }
    let start = scanner.at();
    scanner.takes(b'{').ok()?;
    let key = scanner.next_key(&mut true).ok()??;
    if key == "type" && scanner.peek().ok()? == b'"' {
        scanner.string().ok()?;
    }
    features.get(start..scanner.at())
}

fn read_piece(piece: &Piece, watch: &Watch) -> Result<(Rows, usize), PiecesFail> {
    let mut reader = Reader::new(piece.text()?, Rows::default(), watch);
    let end = reader.piece(piece.number == 0).map_err(|fail| piece.failed(fail))?;
    let expected = if piece.is_last { PieceEnd::Bracket } else { PieceEnd::Comma };
    if end != expected {
        return Err(PiecesFail::Unusual);
    }
    Ok((reader.rows, reader.scanner.at()))
}
