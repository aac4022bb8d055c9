//! What is said of a file whose JSON is broken, or none.

use std::io::{BufReader, Read};
use std::path::Path;

use super::features::Fail;
use crate::formats::encoding::UTF8_MARK;
use crate::formats::json::JsonError;
use crate::formats::lines::LineCounter;
use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// How much of a file is read at a time to find a place in it.
const BLOCK: usize = 1 << 20;

pub(in crate::formats) fn failure(path: &Path, fail: Fail) -> FileError {
    match fail {
        Fail::Cancelled => FileError::cancelled(path),
        Fail::File(what, remedy) => FileError::new(path, what).remedy(remedy),
        Fail::Json(error) => broken(path, error),
    }
}

/// Text that is not JSON at all is told apart from JSON with a fault in it.
pub(in crate::formats) fn bad_json(path: &Path, text: &str, error: JsonError) -> FileError {
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
pub(super) fn bad_json_at(path: &Path, start: u64, error: JsonError) -> FileError {
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
