//! The text of a file: in memory, or left in the file where it needs no decoding and is large.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::records::ends_quoted;
use crate::formats::encoding::{UTF8_MARK, decode, decode_file, may_be_utf8};
use crate::formats::pieces::{Cut, read_into};
use crate::formats::whole::read_whole;
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::TextEvidence;

/// How much of the start is looked at for the dialect.
const HEAD: usize = 1 << 17;
/// How much is read in one go to find the end of a line.
const LINE: usize = 1 << 12;

/// Where the text is.
pub(super) enum Source {
    /// Decoded.
    Memory { text: String, encoding: &'static str, evidence: Option<Arc<TextEvidence>> },
    /// Taken to be UTF-8 without NUL, of which [`Source::text`] makes sure.
    File { file: File, start: usize, length: usize },
}

/// Why a text could not be read in pieces.
pub(super) enum CutError {
    /// The file cannot be read, or the person cancelled.
    File(FileError),
    /// A text in a file is not what it was taken for: it has to be decoded.
    NotPlain,
    /// A piece ends inside a quoted cell: see [`cut_at_lines`].
    Quoted,
}

impl From<FileError> for CutError {
    fn from(error: FileError) -> CutError {
        CutError::File(error)
    }
}

impl Source {
    /// A file of at least two pieces that begins as UTF-8; none for others.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn in_file(
        path: &Path,
        encoding: Option<&str>,
        cut: Cut,
    ) -> Result<Option<Source>, FileError> {
        let failed = |error: std::io::Error| FileError::io(path, &error);
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        let Some(size) = usize::try_from(size).ok().filter(|size| *size > cut.bytes) else {
            return Ok(None);
        };
        let mut mark = Vec::new();
        (&file).take(UTF8_MARK.len() as u64).read_to_end(&mut mark).map_err(failed)?;
        let start = if mark == UTF8_MARK { mark.len() } else { 0 };
        let plain = may_be_utf8(encoding) && !mark.starts_with(b"\xFF\xFE");
        let plain = plain && !mark.starts_with(b"\xFE\xFF");
        Ok(plain.then_some(Source::File { file, start, length: size - start }))
    }

    /// A whole file, decoded. What it holds is checked to be text.
    ///
    /// # Errors
    /// When the file cannot be read, or is no text.
    pub(super) fn in_memory(
        path: &Path,
        encoding: Option<&str>,
        problems: &mut Problems,
        watch: &Watch,
    ) -> Result<Source, FileError> {
        let is_text = |text: &str| match memchr::memchr(0, text.as_bytes()) {
            Some(at) if !is_web_page(text.trim_start()) => {
                let error = FileError::new(path, Message::new("error-binary"));
                let error = error.at(Place::Byte(u64::try_from(at).unwrap_or(u64::MAX)));
                Err(error.remedy(Message::new("remedy-get-again")))
            }
            _ => Ok(()),
        };
        let bytes = read_whole(path, watch, |start| is_text(&decode(start, encoding).text))?;
        let (decoded, evidence) = decode_file(bytes, encoding, false);
        let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
        problems.report("problem-text-replaced", decoded.replaced, replaced, None);
        is_text(&decoded.text)?;
        Ok(Source::Memory { text: decoded.text, encoding: decoded.encoding, evidence })
    }

    /// The name of the encoding.
    pub(super) fn encoding(&self) -> &'static str {
        match self {
            Source::Memory { encoding, .. } => encoding,
            Source::File { .. } => "UTF-8",
        }
    }

    /// What speaks for which encoding; none where the text is UTF-8 throughout.
    pub(super) fn evidence(&self) -> Option<Arc<TextEvidence>> {
        match self {
            Source::Memory { evidence, .. } => evidence.clone(),
            Source::File { .. } => None,
        }
    }

    /// Bytes of the text.
    pub(super) fn len(&self) -> usize {
        match self {
            Source::Memory { text, .. } => text.len(),
            Source::File { length, .. } => *length,
        }
    }

    fn bytes<'b>(
        &'b self,
        path: &Path,
        range: Range<usize>,
        buffer: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], FileError> {
        match self {
            Source::Memory { text, .. } => Ok(text.as_bytes().get(range).unwrap_or_default()),
            Source::File { file, start, .. } => {
                let offset = u64::try_from(start + range.start).unwrap_or(u64::MAX);
                let bytes = read_into(file, buffer, range.len(), offset);
                bytes.map_err(|error| FileError::io(path, &error))
            }
        }
    }

    /// The text of a piece, which is valid by itself: pieces are cut at ends of lines.
    ///
    /// # Errors
    /// When the file cannot be read, or is not the text it was taken for.
    pub(super) fn text<'b>(
        &'b self,
        path: &Path,
        range: Range<usize>,
        buffer: &'b mut Vec<u8>,
    ) -> Result<&'b str, CutError> {
        if let Source::Memory { text, .. } = self {
            return Ok(text.get(range).unwrap_or_default());
        }
        let bytes = self.bytes(path, range, buffer)?;
        let text = std::str::from_utf8(bytes).ok().filter(|_| memchr::memchr(0, bytes).is_none());
        text.ok_or(CutError::NotPlain)
    }

    /// The start of the text, for the dialect.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn head(&self, path: &Path) -> Result<String, FileError> {
        let mut buffer = Vec::new();
        let bytes = self.bytes(path, 0..self.len().min(HEAD), &mut buffer)?;
        let valid = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                std::str::from_utf8(valid).unwrap_or_default()
            }
        };
        Ok(valid.to_owned())
    }

    /// Behind the first end of line at `from` or later.
    fn line_end(&self, path: &Path, mut from: usize) -> Result<usize, FileError> {
        let mut buffer = Vec::new();
        while from < self.len() {
            let to = from.saturating_add(LINE).min(self.len());
            if let Some(found) = memchr::memchr(b'\n', self.bytes(path, from..to, &mut buffer)?) {
                return Ok(from + found + 1);
            }
            from = to;
        }
        Ok(self.len())
    }
}

/// Whether a text begins as a page of the web.
pub(super) fn is_web_page(start: &str) -> bool {
    start.starts_with("<!") || start.starts_with("<html") || start.starts_with("<?xml")
}

/// Cuts the text from `skip` on behind ends of lines, which are ends of records unless one stands
/// in a quoted cell. That is proved or refuted by the reader of each piece, which knows whether it
/// ends inside quotes: where none does, all begin outside. So no byte is looked at twice; after a
/// refutation, [`cut_at_records`] cuts.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn cut_at_lines(
    path: &Path,
    source: &Source,
    skip: usize,
    cut: Cut,
) -> Result<Vec<Range<usize>>, FileError> {
    let length = source.len();
    let mut pieces = Vec::new();
    let mut start = skip.min(length);
    while start < length {
        let end = source.line_end(path, (start + cut.bytes.max(1) - 1).min(length))?;
        pieces.push(start..end);
        start = end;
    }
    Ok(pieces)
}

/// Joins pieces cut at lines where an end of line stands in a quoted cell.
///
/// # Errors
/// When the file cannot be read, or the person cancelled.
pub(super) fn cut_at_records(
    path: &Path,
    source: &Source,
    lines: &[Range<usize>],
    delimiter: u8,
    cut: Cut,
    watch: &Watch,
) -> Result<Vec<Range<usize>>, FileError> {
    let make = |part: usize, buffer: &mut Vec<u8>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let range = lines.get(part).cloned().unwrap_or_default();
        let bytes = source.bytes(path, range.clone(), buffer)?;
        // When it begins outside a quoted cell, and when inside.
        let ends_quoted = [false, true].map(|quoted| ends_quoted(bytes, delimiter, quoted));
        Ok::<_, FileError>((range, ends_quoted))
    };
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut quoted = false;
    cut.in_order(lines.len(), make, |(range, [outside, inside])| {
        match pieces.last_mut().filter(|_| quoted) {
            // It begins inside a quoted cell of the piece before.
            Some(piece) => piece.end = range.end,
            None => pieces.push(range),
        }
        quoted = if quoted { inside } else { outside };
        Ok(())
    })?;
    Ok(pieces)
}
