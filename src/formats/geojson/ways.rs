//! The two ways of reading a file of JSON as one table: a large one of UTF-8 in pieces, on all
//! cores; any other, and what is unusual, in one go. Both give the same.

use std::path::Path;
use std::sync::Arc;

use super::failures::{bad_json, bad_json_at, failure};
use super::features::{Fail, Reader};
use super::pieces::{self, Found, PiecesFail};
use super::root::Root;
use super::rows::Rows;
use super::to_table::table_of;
use crate::formats::ReadOptions;
use crate::formats::encoding::{decode_file, evidence_of_utf8, may_be_utf8};
use crate::formats::whole::read_whole;
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{Table, TextEvidence};

/// Files from this size on are read in pieces.
const LARGE: u64 = 4 << 20;

/// A way of writing rows as JSON, as its readers see it.
pub(super) trait Kind {
    /// Reads a file of UTF-8 text in pieces about as large as a block.
    fn in_pieces(&self, path: &Path, block: usize, watch: &Watch) -> Result<Found, PiecesFail>;

    /// Reads all of a text.
    fn in_one_go(&self, reader: &mut Reader<'_>) -> Result<Root, Fail>;

    /// Looks at the beginning of a large file that is read in one go, before the rest is.
    fn look(&self, path: &Path, beginning: &[u8], options: &ReadOptions) -> Result<(), FileError>;

    /// Changes what was read, before it is looked at what speaks for its encoding.
    fn settle(
        &self,
        table: &mut Table,
        path: &Path,
        options: &ReadOptions,
    ) -> Result<(), FileError>;
}

/// Reads a file: one table.
///
/// # Errors
/// When it cannot be read, with the place in it.
pub(super) fn read(
    kind: &impl Kind,
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    watch.set_total(size);
    let block = (size >= LARGE).then_some(pieces::BLOCK);
    read_in_blocks(kind, path, block, options, watch).map(|table| vec![table])
}

/// Reads a file in pieces about as large as a block, or in one go.
pub(super) fn read_in_blocks(
    kind: &impl Kind,
    path: &Path,
    block: Option<usize>,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Table, FileError> {
    let chosen = options.encoding.as_deref();
    let in_pieces = match block.filter(|_| may_be_utf8(chosen)) {
        Some(block) => unless_unusual(path, kind.in_pieces(path, block, watch), watch)?,
        None => None,
    };
    let (found, encoding, evidence) = match in_pieces {
        Some(found) => (found, "UTF-8", None),
        None => read_in_one_go(kind, path, options, watch)?,
    };
    let mut table = table_of(found, path, encoding, options)?;
    kind.settle(&mut table, path, options)?;
    let evidence = evidence.unwrap_or_else(|| evidence_of_utf8(&table, chosen, true));
    table.origin.texts = Some(evidence);
    Ok(table)
}

/// What a file holds, which encoding it is in, and what speaks for that where it is not UTF-8
/// throughout.
type Whole = (Found, &'static str, Option<Arc<TextEvidence>>);

/// Reads all of a file, whatever its encoding.
fn read_in_one_go(
    kind: &impl Kind,
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Whole, FileError> {
    let bytes = read_whole(path, watch, |bytes| kind.look(path, bytes, options))?;
    let size = bytes.len();
    let (decoded, evidence) = decode_file(bytes, options.encoding.as_deref(), true);
    let mut reader = Reader::new(&decoded.text, Rows::default(), watch);
    let root = kind.in_one_go(&mut reader).map_err(|fail| match fail {
        Fail::Json(error) => bad_json(path, &decoded.text, error),
        other => failure(path, other),
    })?;
    let mut rows = reader.rows;
    watch.set_done(u64::try_from(size).unwrap_or(u64::MAX));
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    rows.problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    Ok((Found { rows, root }, decoded.encoding, evidence))
}

/// What was read in pieces; none where the file has to be read in one go.
fn unless_unusual(
    path: &Path,
    read: Result<Found, PiecesFail>,
    watch: &Watch,
) -> Result<Option<Found>, FileError> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(PiecesFail::Unusual) => {
            watch.set_done(0);
            Ok(None)
        }
        Err(PiecesFail::Io(error)) => Err(FileError::io(path, &error)),
        Err(PiecesFail::Fail(fail)) => Err(failure(path, fail)),
        Err(PiecesFail::Json(offset, error)) => Err(bad_json_at(path, offset, error)),
    }
}
