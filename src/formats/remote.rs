//! Files on a web server, of which only what is needed is asked for, in ranges of bytes.
//!
//! Only formats that say at which places of the file something is make sense so: FlatGeobuf and
//! Parquet. Where all of a file is wanted, or the server gives no ranges, it is fetched once into a
//! file that goes away again.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::{CONTENT_RANGE, RANGE};

use super::source::{FileSource, Source};
use super::{ListedLayer, ReadOptions, flatgeobuf, geoparquet, open};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::{Line, NoLine, in_full};
use crate::problem::FileError;
use crate::table::Table;

/// How much of the start and of the end of a file is asked for in one go: headers, indexes of small
/// files and lists of contents are in it.
const ENDS: u64 = 1 << 16;
/// What a question costs, in bytes that could have come in the meantime.
const QUESTION: u64 = 1 << 17;
/// The most that is fetched whole.
const LARGEST: u64 = 8 << 30;
/// How often a question is asked in all, and how long to wait before the second time.
const TRIES: u32 = 3;
const WAIT: Duration = Duration::from_millis(300);
/// How much is read of an answer between two looks at the watch.
const BLOCK: usize = 1 << 17;

/// A format whose files can be read from a server.
struct Reader {
    read: fn(&dyn Source, &ReadOptions, &Watch) -> Result<Table, FileError>,
    list: fn(&dyn Source, &Watch) -> Result<ListedLayer, FileError>,
}

/// How a file of this address is read; none where it is no address, or of another format.
fn reader_of(path: &Path) -> Option<Reader> {
    let text = path.to_str()?;
    let place = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"))?;
    let place = place.split(['?', '#']).next()?.to_lowercase();
    match place.rsplit_once('/')?.1.rsplit_once('.')?.1 {
        "fgb" => Some(Reader { read: flatgeobuf::read_source, list: flatgeobuf::list_source }),
        "parquet" | "geoparquet" => {
            Some(Reader { read: geoparquet::read_source, list: geoparquet::list_source })
        }
        _ => None,
    }
}

/// Whether a path is the address of a file on a web server that can be read from there.
pub fn is_address(path: &Path) -> bool {
    reader_of(path).is_some()
}

/// Reads a file from a web server: of one with an index only what lies in the extent asked for.
///
/// # Errors
/// When the server does not give it, the person works offline, or it cannot be read.
pub fn open_address(
    path: &Path,
    line: &Line,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let Reader { read, .. } = reader_of(path).ok_or_else(|| {
        FileError::new(path, Message::new("error-unknown-format")).remedy(open::known_extensions())
    })?;
    let table = match Remote::open(path, line, watch)? {
        Begun::Ranges(source) => read(&source, options, watch)?,
        Begun::Whole(source, response) => read(&source.copy_of(response, watch)?, options, watch)?,
    };
    open::settled(vec![table], options, watch)
}

/// The layer of a file on a web server of which a part can be read without the rest, and how many
/// bytes all of it has. None where the server gives no ranges, or the file has no index.
///
/// # Errors
/// When the server does not give it, the person works offline, or it cannot be read.
pub fn divisible_at(
    path: &Path,
    line: &Line,
    watch: &Watch,
) -> Result<Option<(ListedLayer, u64)>, FileError> {
    let Some(Reader { list, .. }) = reader_of(path) else { return Ok(None) };
    let Begun::Ranges(source) = Remote::open(path, line, watch)? else { return Ok(None) };
    let layer = list(&source, watch)?;
    Ok(layer.has_index.then_some((layer, source.length)))
}

/// How a server answers.
enum Begun {
    /// It gives what it is asked for.
    Ranges(Remote),
    /// It gives everything, whatever it is asked for; nothing of the answer was read yet.
    Whole(Remote, Response),
}

/// A file on a web server.
struct Remote {
    path: PathBuf,
    client: Client,
    length: u64,
    start: Vec<u8>,
    end: OnceLock<Vec<u8>>,
}

impl Remote {
    /// Asks for the start of the file, and learns how long it is.
    fn open(path: &Path, line: &Line, watch: &Watch) -> Result<Begun, FileError> {
        let client = line.client().map_err(|error| {
            FileError::new(
                path,
                match error {
                    NoLine::Offline => Message::new("remote-error-offline"),
                    NoLine::Unusable(detail) => {
                        Message::new("remote-error-unreachable").text("detail", detail)
                    }
                },
            )
        })?;
        let mut remote = Remote {
            path: path.to_owned(),
            client,
            length: 0,
            start: Vec::new(),
            end: OnceLock::new(),
        };
        let response = remote.ask(Some((0, ENDS)), watch)?;
        match (response.status(), total_of(&response)) {
            (StatusCode::PARTIAL_CONTENT, Some(length)) => {
                let wanted = length.min(ENDS);
                remote.length = length;
                remote.start = remote.bytes_of(response, wanted)?;
            }
            (StatusCode::RANGE_NOT_SATISFIABLE, _) => {}
            _ => return Ok(Begun::Whole(remote, response)),
        }
        Ok(Begun::Ranges(remote))
    }

    /// Asks for a range of bytes, or for everything, as often as it makes sense.
    fn ask(&self, range: Option<(u64, u64)>, watch: &Watch) -> Result<Response, FileError> {
        let mut wait = WAIT;
        let mut tries = 1;
        loop {
            watch.check().map_err(|_| FileError::cancelled(&self.path))?;
            let mut request = self.client.get(self.path.to_string_lossy().as_ref());
            if let Some((start, length)) = range {
                let last = start.saturating_add(length.max(1)) - 1;
                request = request.header(RANGE, format!("bytes={start}-{last}"));
            }
            let error = match request.send() {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) if response.status() == StatusCode::RANGE_NOT_SATISFIABLE => {
                    return Ok(response);
                }
                Ok(response) => {
                    let status = response.status();
                    let what = Message::new("remote-error-status").text("status", status.as_str());
                    let error = FileError::new(&self.path, what);
                    if !status.is_server_error() {
                        return Err(error);
                    }
                    error
                }
                Err(error) => self.unreachable(error),
            };
            if tries == TRIES {
                return Err(error);
            }
            tries += 1;
            std::thread::sleep(wait);
            wait *= 2;
        }
    }

    fn unreachable(&self, error: reqwest::Error) -> FileError {
        let detail = in_full(&error.without_url());
        FileError::new(&self.path, Message::new("remote-error-unreachable").text("detail", detail))
    }

    fn cut_off(&self) -> FileError {
        FileError::new(&self.path, Message::new("remote-error-cut-off"))
            .remedy(Message::new("remote-remedy-again"))
    }

    /// So many bytes of an answer.
    fn bytes_of(&self, response: Response, wanted: u64) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::new();
        let read = response.take(wanted).read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() as u64 == wanted => Ok(bytes),
            _ => Err(self.cut_off()),
        }
    }

    /// The whole answer as a file.
    fn copy_of(&self, mut response: Response, watch: &Watch) -> Result<FileSource, FileError> {
        let failed = |error: std::io::Error| FileError::io(&self.path, &error);
        let promised = response.content_length();
        watch.set_total(promised.unwrap_or_default());
        let mut file = tempfile::tempfile().map_err(failed)?;
        let mut block = vec![0; BLOCK];
        let mut received = 0_u64;
        loop {
            watch.check().map_err(|_| FileError::cancelled(&self.path))?;
            let read = match response.read(&mut block) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(self.cut_off()),
            };
            received += read as u64;
            if received > LARGEST {
                let what = Message::new("remote-error-too-big").count("gigabytes", LARGEST >> 30);
                let remedy = Message::new("remote-remedy-bbox");
                return Err(FileError::new(&self.path, what).remedy(remedy));
            }
            watch.advance(read as u64);
            file.write_all(block.get(..read).unwrap_or_default()).map_err(failed)?;
        }
        if promised.is_some_and(|promised| promised != received) {
            return Err(self.cut_off());
        }
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        watch.set_done(0);
        FileSource::of(file, &self.path)
    }

    /// Copies what was read ahead, where that is all that is wanted.
    fn copy_ahead(ahead: &[u8], from: u64, offset: u64, into: &mut [u8]) -> bool {
        let start = offset.checked_sub(from).and_then(|start| usize::try_from(start).ok());
        let found = start.and_then(|start| ahead.get(start..)?.get(..into.len()));
        found.map(|found| into.copy_from_slice(found)).is_some()
    }

    fn read_range(&self, offset: u64, length: u64) -> Result<Vec<u8>, FileError> {
        let mut tries = 1;
        loop {
            let response = self.ask(Some((offset, length)), &Watch::unwatched())?;
            let is_part = response.status() == StatusCode::PARTIAL_CONTENT;
            // The file may have been replaced since its start was read.
            if !is_part || total_of(&response) != Some(self.length) {
                return Err(FileError::new(&self.path, Message::new("remote-error-changed"))
                    .remedy(Message::new("remote-remedy-again")));
            }
            match self.bytes_of(response, length) {
                Err(_) if tries < TRIES => tries += 1,
                read => return read,
            }
        }
    }
}

/// How long the whole is of which an answer is a part.
fn total_of(response: &Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    range.rsplit_once('/')?.1.trim().parse().ok()
}

impl Source for Remote {
    fn path(&self) -> &Path {
        &self.path
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), FileError> {
        let length = into.len() as u64;
        let beyond = || {
            let error = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
            FileError::io(&self.path, &error)
        };
        let end = offset.checked_add(length).filter(|end| *end <= self.length);
        let end = end.ok_or_else(beyond)?;
        if into.is_empty() || Remote::copy_ahead(&self.start, 0, offset, into) {
            return Ok(());
        }
        let tail = self.length.saturating_sub(ENDS);
        if offset >= tail && end > self.start.len() as u64 {
            let ahead = if let Some(ahead) = self.end.get() {
                ahead
            } else {
                let read = self.read_range(tail, self.length - tail)?;
                self.end.get_or_init(|| read)
            };
            if Remote::copy_ahead(ahead, tail, offset, into) {
                return Ok(());
            }
        }
        into.copy_from_slice(&self.read_range(offset, length)?);
        Ok(())
    }

    fn worth_reading(&self) -> u64 {
        QUESTION
    }

    fn whole(&self, watch: &Watch) -> Result<Option<FileSource>, FileError> {
        let response = self.ask(None, watch)?;
        self.copy_of(response, watch).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for address in [
            "http://127.0.0.1:8000/a.fgb",
            "https://example.org/data/bomen.parquet?version=2",
            "https://example.org/A.GeoParquet#x",
        ] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        for other in ["/data/http://x/a.fgb", "a.fgb", "http://example.org/a.csv", "http://a.fgb"] {
            assert!(!is_address(Path::new(other)), "{other}");
        }
    }
}
