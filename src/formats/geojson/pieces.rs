//! Reading a large file in pieces, on all cores.
//!
//! The file is read block by block and cut where a row seems to begin. Whether that was right shows
//! when the piece before is read: it has to end just there. By induction every piece then starts
//! where reading in one go would have been between two rows, and gives the same rows. Where a cut
//! was wrong, and for whatever else is unusual, the file is read in one go after all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use memchr::memmem::FinderRev;

use super::features::Fail;
use super::root::Root;
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

/// A part of the file between two rows.
pub(super) struct Piece {
    pub number: usize,
    pub bytes: Vec<u8>,
    /// Where it starts in the file.
    pub offset: u64,
    pub is_last: bool,
}

impl Piece {
    /// Its text.
    ///
    /// # Errors
    /// Where it is not UTF-8.
    pub fn text(&self) -> Result<&str, PiecesFail> {
        std::str::from_utf8(&self.bytes).map_err(|_| PiecesFail::Unusual)
    }

    /// What it means that reading a text of this piece failed.
    pub fn failed(&self, fail: Fail) -> PiecesFail {
        match fail {
            // Cut inside a row.
            Fail::Json(error) if error.at >= self.bytes.len() && !self.is_last => {
                PiecesFail::Unusual
            }
            Fail::Json(error) => PiecesFail::Json(self.offset, error),
            other => PiecesFail::Fail(other),
        }
    }
}

/// How a row can be told to begin.
pub(super) enum Mark {
    /// An item of an array: as the first one begins, behind a comma.
    Item(FinderRev<'static>),
    /// Something on a line of its own.
    Line,
}

/// A file whose first block is read.
pub(super) struct Opened {
    file: File,
    block_size: usize,
    buffer: Vec<u8>,
    /// Where the buffer starts in the file.
    offset: u64,
}

impl Opened {
    /// Opens a file and reads its first block; a byte order mark is passed over.
    pub fn of(path: &Path, block_size: usize) -> io::Result<Opened> {
        let mut file = File::open(path)?;
        let mut buffer = Vec::with_capacity(block_size);
        read_more(&mut file, block_size, &mut buffer)?;
        let skip = if buffer.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
        buffer.drain(..skip);
        Ok(Opened { file, block_size, buffer, offset: as_u64(skip) })
    }

    /// The beginning of the file, as far as it is text.
    pub fn beginning(&self) -> &str {
        start_of_text(&self.buffer)
    }

    /// Passes over the first bytes; from there on rows are told by a mark.
    pub fn cutter(mut self, skip: usize, mark: Mark) -> Cutter {
        let skip = skip.min(self.buffer.len());
        self.buffer.drain(..skip);
        self.offset += as_u64(skip);
        Cutter { opened: self, searched: 0, looked: 0, mark, ended: false }
    }
}

/// Cuts the file into pieces.
pub(super) struct Cutter {
    opened: Opened,
    /// Up to where the buffer holds no cut.
    searched: usize,
    /// The length from which on the buffer is looked at again.
    looked: usize,
    mark: Mark,
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
        let offset = self.opened.offset;
        loop {
            watch.check().map_err(|_| Fail::Cancelled)?;
            if self.ended {
                return Ok((std::mem::take(&mut self.opened.buffer), offset, true));
            }
            if let Some(cut) = self.cut() {
                spare.clear();
                spare.extend_from_slice(self.opened.buffer.get(cut..).unwrap_or_default());
                self.opened.buffer.truncate(cut);
                self.opened.offset += as_u64(cut);
                self.searched = 0;
                self.looked = 0;
                return Ok((std::mem::replace(&mut self.opened.buffer, spare), offset, false));
            }
            self.ended =
                !read_more(&mut self.opened.file, self.opened.block_size, &mut self.opened.buffer)?;
            if self.opened.buffer.len() > self.looked.max(LONG * self.opened.block_size) {
                self.look()?;
            }
        }
    }

    /// Looks whether what seems to be a very large feature is JSON at all, before the rest of the
    /// file is taken for a part of it. Each time twice as much has been read.
    fn look(&mut self) -> Result<(), PiecesFail> {
        /// A character may be cut at the end.
        const LONGEST_CHARACTER: usize = 4;
        let text = start_of_text(&self.opened.buffer);
        if text.len() + LONGEST_CHARACTER < self.opened.buffer.len() {
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
            return Err(PiecesFail::Json(self.opened.offset, error));
        }
        self.looked = 2 * self.opened.buffer.len();
        Ok(())
    }

    /// The last place in the buffer, but not its start, where a row seems to begin.
    fn cut(&mut self) -> Option<usize> {
        let searched = std::mem::replace(&mut self.searched, self.opened.buffer.len());
        let mark = match &self.mark {
            Mark::Item(mark) => mark,
            Mark::Line => {
                let new = self.opened.buffer.get(searched..)?;
                return memchr::memrchr(b'\n', new).map(|at| searched + at + 1);
            }
        };
        let from = searched.saturating_sub(mark.needle().len());
        let mut end = self.opened.buffer.len();
        loop {
            let at = from + mark.rfind(self.opened.buffer.get(from..end)?)?;
            let before = self.opened.buffer.get(..at)?.trim_ascii_end();
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
pub(super) struct PieceText {
    bytes: Vec<u8>,
    pub offset: u64,
    pub end: usize,
}

impl PieceText {
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// Reads a piece: its rows, and how far it went.
pub(super) type ReadPiece<'a> =
    &'a (dyn Fn(&Piece, &Watch) -> Result<(Rows, usize), PiecesFail> + Sync);

/// Reads all pieces behind the rows there are; also gives the last one, with what follows them.
pub(super) fn read_pieces(
    mut cutter: Cutter,
    rows: Rows,
    read: ReadPiece<'_>,
    watch: &Watch,
) -> Result<(Rows, PieceText), PiecesFail> {
    let workers = cores();
    let (give, take) = sync_channel::<Piece>(workers);
    let (done, results) = channel::<Outcome>();
    let take = Mutex::new(take);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (take, done) = (&take, done.clone());
            scope.spawn(move || work(take, &done, read, watch));
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
fn work(take: &Mutex<Receiver<Piece>>, done: &Sender<Outcome>, read: ReadPiece<'_>, watch: &Watch) {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(piece) = next else { return };
        let (rows, end) = match read(&piece, watch) {
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
