//! Reading a GeoJSON file: one layer.

use std::io::{BufReader, Read};
use std::path::Path;

use arrow_array::Array;

use super::crs_member;
use super::features::{Fail, Reader};
use super::pieces::{self, Found, PiecesFail};
use super::root::{Root, Stop, not_geojson};
use super::rows::Rows;
use crate::formats::ReadOptions;
use crate::formats::encoding::{UTF8_MARK, decode, decode_owned, may_be_utf8};
use crate::formats::json::{JsonError, LineCounter, Scanner};
use crate::i18n::{Arg, Message};
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Place};
use crate::table::{Field, Origin, Table, TooMuchText};

/// Files from this size on are read in pieces.
const LARGE: u64 = 4 << 20;

/// How much of a file is read between two looks at the watch, and is looked at before a large one
/// of an unusual kind is read as a whole.
const BLOCK: usize = 1 << 20;

/// Reads a GeoJSON file: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    watch.set_total(size);
    if size >= LARGE && may_be_utf8(options.encoding.as_deref()) {
        match pieces::read(path, watch) {
            Ok(found) => return Ok(vec![table_of(found, path, "UTF-8", options)?]),
            Err(PiecesFail::Unusual) => watch.set_done(0),
            Err(PiecesFail::Io(error)) => return Err(FileError::io(path, &error)),
            Err(PiecesFail::Fail(fail)) => return Err(failure(path, fail)),
            Err(PiecesFail::Json(offset, error)) => {
                return Err(bad_json_at(path, offset, error));
            }
        }
    }
    read_whole(path, options, watch).map(|table| vec![table])
}

/// Reads a file in one go: every file that was ever called GeoJSON, whatever its encoding.
fn read_whole(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Table, FileError> {
    let bytes = bytes_of(path, options, watch)?;
    let size = bytes.len();
    let decoded = decode_owned(bytes, options.encoding.as_deref());
    let mut reader = Reader::new(&decoded.text, Rows::default(), watch);
    let root = whole(&mut reader).map_err(|fail| match fail {
        Fail::Json(error) => bad_json(path, &decoded.text, error),
        other => failure(path, other),
    })?;
    let mut rows = reader.rows;
    watch.set_done(u64::try_from(size).unwrap_or(u64::MAX));
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    rows.problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    let encoding = decoded.encoding;
    drop(decoded.text);
    table_of(Found { rows, root }, path, encoding, options)
}

/// The bytes of a file. One that is no JSON near its start fails before all of it is read.
fn bytes_of(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Vec<u8>, FileError> {
    let io = |error: std::io::Error| FileError::io(path, &error);
    let mut file = std::fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    loop {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let limit = u64::try_from(BLOCK).unwrap_or(u64::MAX);
        let read = (&mut file).take(limit).read_to_end(&mut bytes).map_err(io)?;
        if read < BLOCK {
            return Ok(bytes);
        }
        if bytes.len() == BLOCK {
            let start = decode(&bytes, options.encoding.as_deref()).text;
            if let Err(error) = Scanner::new(&start).skip()
                && error.at + 16 < start.len()
            {
                return Err(bad_json(path, &start, error));
            }
        }
    }
}

fn whole(reader: &mut Reader<'_>) -> Result<Root, Fail> {
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

fn failure(path: &Path, fail: Fail) -> FileError {
    match fail {
        Fail::Cancelled => FileError::cancelled(path),
        Fail::File(what, remedy) => FileError::new(path, what).remedy(remedy),
        Fail::Json(error) => broken(path, error),
    }
}

/// Text that is not JSON at all is told apart from JSON with a fault in it.
fn bad_json(path: &Path, text: &str, error: JsonError) -> FileError {
    let place = |at: usize| {
        let mut counter = LineCounter::new();
        counter.pass(text.as_bytes().get(..at).unwrap_or(text.as_bytes()));
        counter.place()
    };
    let start = text.trim_start();
    if start.is_empty() {
        return FileError::new(path, Message::new("error-file-empty"))
            .remedy(Message::new("remedy-get-again"));
    }
    if start.starts_with('<') {
        return FileError::new(path, Message::new("error-web-page"))
            .remedy(Message::new("remedy-get-again"));
    }
    let script = start.find(['{', '[']).and_then(|at| start.get(..at)).map(str::trim);
    if let Some(name) = script.and_then(|before| before.strip_suffix('=')) {
        let what = Message::new("error-javascript").text("start", format!("{}=", name.trim()));
        return FileError::new(path, what)
            .at(place(text.len() - start.len()))
            .remedy(Message::new("remedy-javascript"));
    }
    let at = place(error.at);
    broken(path, error).at(at)
}

fn broken(path: &Path, error: JsonError) -> FileError {
    let ends = error.what.id == "json-ends-early";
    let what = Message::new("error-bad-json").message("what", error.what);
    let remedy = if ends { "remedy-get-again" } else { "remedy-mend-json" };
    FileError::new(path, what).remedy(Message::new(remedy))
}

/// A fault in a text that starts at a byte of a file.
fn bad_json_at(path: &Path, start: u64, error: JsonError) -> FileError {
    let at = start.saturating_add(u64::try_from(error.at).unwrap_or(u64::MAX));
    let failed = broken(path, error);
    match place_in(path, at) {
        Ok(place) => failed.at(place),
        Err(_) => failed.at(Place::Byte(at)),
    }
}

/// The line and column of a byte of a file of UTF-8 text.
fn place_in(path: &Path, at: u64) -> std::io::Result<Place> {
    let mut file = BufReader::new(std::fs::File::open(path)?).take(at);
    let mut counter = LineCounter::new();
    let mut block = vec![0; BLOCK];
    loop {
        let read = file.read(&mut block)?;
        let read = block.get(..read).unwrap_or_default();
        if read.is_empty() {
            return Ok(counter.place());
        }
        counter.pass(if counter.is_new() {
            read.strip_prefix(UTF8_MARK).unwrap_or(read)
        } else {
            read
        });
    }
}

fn table_of(
    Found { rows, root }: Found,
    path: &Path,
    encoding: &str,
    options: &ReadOptions,
) -> Result<Table, FileError> {
    let too_much_text = |_: TooMuchText| {
        let what = Message::new("error-too-much-text");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    };
    let Rows { geometry, with_geometry, columns, ids, count, mut problems, .. } = rows;
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    let finished = in_parallel(columns, |column| {
        let (mixed, long) = (column.values.mixed(), column.values.long_integers());
        (column.name, mixed, long, column.values.finish(count, true))
    });
    for (name, mixed, long, made) in finished {
        let field = vec![("field", Arg::Text(name.clone()))];
        problems.report("problem-mixed-kinds", mixed, field.clone(), None);
        problems.report("problem-long-integer", long, field, None);
        let (kind, array) = made.map_err(too_much_text)?;
        fields.push(Field::new(name, kind));
        arrays.push(array);
    }
    let geometry = geometry.finish().map_err(|_| {
        let what = Message::new("error-too-many-coordinates");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    })?;
    let geometry = with_geometry.then_some(geometry);
    let crs = geometry.as_ref().and_then(|geometry| {
        crs_member::decide(root.crs, geometry.xy(), options.crs.as_ref(), &mut problems)
    });
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = root.name.filter(|name| !name.trim().is_empty()).or(stem).unwrap_or_default();
    let table = Table::new(name, count, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
    })?;
    if !ids.is_empty() {
        let (_, ids) = ids.finish(count, false).map_err(too_much_text)?;
        // Identifiers are whole numbers or text; all null is none.
        table.ids = (ids.null_count() < ids.len()).then_some(ids);
    }
    table.crs = crs;
    table.origin = Origin {
        path: path.to_owned(),
        encoding: Some(encoding.to_owned()),
        format: super::FORMAT.id,
        note: root.note,
        problems,
        ..Origin::default()
    };
    Ok(table)
}
