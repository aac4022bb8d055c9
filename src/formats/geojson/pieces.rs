//! Reading a large file in pieces, on all cores.
//!
//! The file is read block by block and cut where a feature seems to begin: where the text looks
//! as the first feature begins, behind a comma. Whether that was right shows when the piece before
//! is read: it has to end just there. By induction every piece then starts where reading in one
//! go would have been between two features, and gives the same rows. Where a cut was wrong, and
//! for whatever else is unusual, the file is read in one go after all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use memchr::memmem::FinderRev;

use super::features::{Fail, PieceEnd, Reader};
use super::root::{Root, Stop};
use super::rows::Rows;
use crate::formats::encoding::UTF8_MARK;
use crate::formats::json::{JsonError, Scanner};
use crate::jobs::{Watch, cores};

/// The size of a piece, bytes; one with a larger feature is larger.
pub(super) const BLOCK: usize = 2 << 20;

/// How many pieces for each worker are under way at most, read and waiting for their turn
/// included: that bounds the memory.
const UNDER_WAY: usize = 3;

/// A piece of so many blocks is looked at before it grows further.
const LONG: usize = 8;

/// A file's features, read.
pub(in crate::formats) struct Found {
    pub rows: Rows,
    pub root: Root,
}

/// Why a file was not read in pieces.
pub(super) enum PiecesFail {
    /// It has to be read in one go.
    Unusual,
    /// It cannot be read.
    Io(io::Error),
    /// The person cancelled, or it is no GeoJSON.
    Fail(Fail),
    /// It is no JSON from this byte of the file on.
    Json(u64, JsonError),
}

impl From<io::Error> for PiecesFail {
    fn from(error: io::Error) -> PiecesFail {
        PiecesFail::Io(error)
    }
}

impl From<Fail> for PiecesFail {
    fn from(fail: Fail) -> PiecesFail {
        PiecesFail::Fail(fail)
    }
}

/// Reads a file of UTF-8 text larger than a block, in blocks.
pub(super) fn read(path: &Path, block_size: usize, watch: &Watch) -> Result<Found, PiecesFail> {
    let mut file = File::open(path)?;
    let mut block = Vec::with_capacity(block_size);
    read_more(&mut file, block_size, &mut block)?;
    let skip = if block.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
    let text = block.get(skip..).map(start_of_text).unwrap_or_default();
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
    let start = skip + start;
    block.drain(..start);
    let offset = as_u64(start);
    let mut cutter = Cutter {
        file,
        block_size,
        buffer: block,
        offset,
        searched: 0,
        looked: 0,
        beginning,
        ended: false,
    };
    let (rows, rest) = read_features(&mut cutter, rows, watch)?;

    // What follows the features, in the last piece's text.
    let text = rest.text().ok_or(PiecesFail::Unusual)?;
    let text = text.get(rest.end..).unwrap_or_default();
    let offset = rest.offset + as_u64(rest.end);
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

/// Reads up to a block more; whether there may be still more.
fn read_more(file: &mut File, block_size: usize, buffer: &mut Vec<u8>) -> io::Result<bool> {
    buffer.reserve(block_size);
    let read = file.take(as_u64(block_size)).read_to_end(buffer)?;
    Ok(read == block_size)
}

/// The text up to where a character is cut, or is none.
fn start_of_text(bytes: &[u8]) -> &str {
    let chunk = bytes.utf8_chunks().next();
    chunk.map(|chunk| chunk.valid()).unwrap_or_default()
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

/// A part of the file between two features.
struct Piece {
    number: usize,
    bytes: Vec<u8>,
    /// Where it starts in the file.
    offset: u64,
    is_last: bool,
}

/// Cuts the file into pieces.
struct Cutter {
    file: File,
    block_size: usize,
    buffer: Vec<u8>,
    /// Where the buffer starts in the file.
    offset: u64,
    /// Up to where the buffer holds no cut.
    searched: usize,
    /// The length from which on the buffer is looked at again.
    looked: usize,
    beginning: FinderRev<'static>,
    ended: bool,
}

impl Cutter {
    /// The next piece's bytes, their place in the file and whether they are the last. `spare` is
    /// a buffer to use again.
    fn next(
        &mut self,
        mut spare: Vec<u8>,
        watch: &Watch,
    ) -> Result<(Vec<u8>, u64, bool), PiecesFail> {
        let offset = self.offset;
        loop {
            watch.check().map_err(|_| Fail::Cancelled)?;
            if self.ended {
                return Ok((std::mem::take(&mut self.buffer), offset, true));
            }
            if let Some(cut) = self.cut() {
                spare.clear();
                spare.extend_from_slice(self.buffer.get(cut..).unwrap_or_default());
                self.buffer.truncate(cut);
                self.offset += as_u64(cut);
                self.searched = 0;
                self.looked = 0;
                return Ok((std::mem::replace(&mut self.buffer, spare), offset, false));
            }
            self.ended = !read_more(&mut self.file, self.block_size, &mut self.buffer)?;
            if self.buffer.len() > self.looked.max(LONG * self.block_size) {
                self.look()?;
            }
        }
    }

    /// Looks whether what seems to be a very large feature is JSON at all, before the rest of the
    /// file is taken for a part of it. Each time twice as much has been read.
    fn look(&mut self) -> Result<(), PiecesFail> {
        /// A character may be cut at the end.
        const LONGEST_CHARACTER: usize = 4;
        let text = start_of_text(&self.buffer);
        if text.len() + LONGEST_CHARACTER < self.buffer.len() {
            return Err(PiecesFail::Unusual);
        }
        let mut scanner = Scanner::new(text);
        let mut items = || {
            // Until the array or the text ends.
            while scanner.skip().map(drop).and_then(|()| scanner.takes(b','))? {}
            Ok::<(), JsonError>(())
        };
        if let Err(error) = items()
            && error.at < text.len()
        {
            return Err(PiecesFail::Json(self.offset, error));
        }
        self.looked = 2 * self.buffer.len();
        Ok(())
    }

    /// The last place in the buffer, but not its start, where a feature seems to begin.
    fn cut(&mut self) -> Option<usize> {
        let from = self.searched.saturating_sub(self.beginning.needle().len());
        let mut end = self.buffer.len();
        self.searched = end;
        loop {
            let at = from + self.beginning.rfind(self.buffer.get(from..end)?)?;
            let before = self.buffer.get(..at)?.trim_ascii_end();
            if let Some(before) = before.strip_suffix(b",")
                && before.trim_ascii_end().ends_with(b"}")
            {
                return Some(at);
            }
            end = at;
        }
    }
}

/// What reading a piece gave.
struct Outcome {
    number: usize,
    rows: Result<Rows, PiecesFail>,
    piece: PieceText,
}

/// The text of a piece, and how far it was read.
struct PieceText {
    bytes: Vec<u8>,
    offset: u64,
    end: usize,
}

impl PieceText {
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// Reads all features; also gives the last piece, with what follows them.
fn read_features(
    cutter: &mut Cutter,
    rows: Rows,
    watch: &Watch,
) -> Result<(Rows, PieceText), PiecesFail> {
    let workers = cores();
    let (give, take) = sync_channel::<Piece>(workers);
    let (done, results) = channel::<Outcome>();
    let take = Mutex::new(take);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (take, done) = (&take, done.clone());
            scope.spawn(move || work(take, &done, watch));
        }
        drop(done);
        let mut joined = Joined { rows, next: 0, waiting: BTreeMap::new(), last: None };
        let mut spare = Vec::new();
        let mut number = 0;
        loop {
            while number >= joined.next + UNDER_WAY * workers {
                spare = joined.take(&results)?;
            }
            let (bytes, offset, is_last) = cutter.next(std::mem::take(&mut spare), watch)?;
            if give.send(Piece { number, bytes, offset, is_last }).is_err() {
                return Err(PiecesFail::Unusual);
            }
            number += 1;
            if is_last {
                break;
            }
        }
        drop(give);
        while joined.next < number {
            joined.take(&results)?;
        }
        joined.last.map(|last| (joined.rows, last)).ok_or(PiecesFail::Unusual)
    })
}

/// A worker: reads pieces as long as there are any.
fn work(take: &Mutex<Receiver<Piece>>, done: &std::sync::mpsc::Sender<Outcome>, watch: &Watch) {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(piece) = next else { return };
        let (rows, end) = match read_piece(&piece, watch) {
            Ok((rows, end)) => (Ok(rows), end),
            Err(fail) => (Err(fail), 0),
        };
        watch.advance(as_u64(piece.bytes.len()));
        let Piece { number, bytes, offset, .. } = piece;
        if done.send(Outcome { number, rows, piece: PieceText { bytes, offset, end } }).is_err() {
            return;
        }
    }
}

fn read_piece(piece: &Piece, watch: &Watch) -> Result<(Rows, usize), PiecesFail> {
    let text = std::str::from_utf8(&piece.bytes).map_err(|_| PiecesFail::Unusual)?;
    let mut reader = Reader::new(text, Rows::default(), watch);
    let end = reader.piece(piece.number == 0).map_err(|fail| match fail {
        // Cut inside a feature.
        Fail::Json(error) if error.at >= text.len() && !piece.is_last => PiecesFail::Unusual,
        Fail::Json(error) => PiecesFail::Json(piece.offset, error),
        other => PiecesFail::Fail(other),
    })?;
    let expected = if piece.is_last { PieceEnd::Bracket } else { PieceEnd::Comma };
    if end != expected {
        return Err(PiecesFail::Unusual);
    }
    Ok((reader.rows, reader.scanner.at()))
}

/// The pieces read so far, joined in the order of the file.
struct Joined {
    rows: Rows,
    /// The number of the next piece to join.
    next: usize,
    waiting: BTreeMap<usize, Outcome>,
    /// The last piece joined.
    last: Option<PieceText>,
}

impl Joined {
    /// Waits for a result; gives back a buffer that is no longer needed.
    fn take(&mut self, results: &Receiver<Outcome>) -> Result<Vec<u8>, PiecesFail> {
        // No result comes any more only where a worker panicked, which the scope passes on.
        let outcome = results.recv().map_err(|_| PiecesFail::Unusual)?;
        self.waiting.insert(outcome.number, outcome);
        let mut spare = Vec::new();
        while let Some(outcome) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.rows.append(outcome.rows?).map_err(|_| PiecesFail::Unusual)?;
            spare = match self.last.replace(outcome.piece) {
                Some(before) => before.bytes,
                None => Vec::new(),
            };
        }
        Ok(spare)
    }
}

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
