//! The bytes of a file behind an address, asked for in ranges (RFC 9110, section 14).

use std::io::Read as _;
use std::path::{Path, PathBuf};

use reqwest::StatusCode;
use reqwest::blocking::Response;
use reqwest::header;

use super::{PATIENCE, no_line};
use crate::i18n::Message;
use crate::network::{Line, Network, in_full};
use crate::problem::FileError;
use crate::tiles::archive::{Archive, Bytes};

/// What is asked for first: head and root directory of an archive.
const FIRST: usize = 16_384;

/// How often something is asked for that does not come.
const TRIES: u32 = 3;

struct RemoteBytes {
    url: PathBuf,
    line: Line,
    length: u64,
    /// What the server calls this state of the file: another one would give other bytes.
    etag: Option<String>,
    first: Vec<u8>,
}

/// Opens a PMTiles archive behind an address (`https://…`), reading its head and first directory.
///
/// # Errors
/// When the server cannot be reached, gives no ranges, or what it has is no such archive.
pub fn open_remote(url: &str, network: &Network) -> Result<Archive, FileError> {
    let line = Line::new(network.clone(), PATIENCE);
    let path = PathBuf::from(url);
    let answer = asked(&line, &path, 0, FIRST as u64 - 1)?;
    let length = total(&answer).ok_or_else(|| no_ranges(&path))?;
    let etag = answer.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok());
    let etag = etag.filter(|etag| !etag.starts_with("W/")).map(str::to_owned);
    let first = body(answer, &path, FIRST.min(usize::try_from(length).unwrap_or(FIRST)))?;
    Archive::of_bytes(Box::new(RemoteBytes { url: path, line, length, etag, first }))
}

fn no_ranges(path: &Path) -> FileError {
    FileError::new(path, Message::new("take-error-no-ranges"))
        .remedy(Message::new("take-error-no-ranges-do"))
}

/// The whole length, from `Content-Range: bytes 0-99/1234`.
fn total(answer: &Response) -> Option<u64> {
    let range = answer.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.rsplit_once('/')?.1.trim().parse().ok()
}

/// Asks for a range, first and last byte; again where that makes sense.
fn asked(line: &Line, path: &Path, first: u64, last: u64) -> Result<Response, FileError> {
    let url = path.to_string_lossy();
    let mut told = Message::new("error-cancelled");
    for _ in 0..TRIES {
        let client = line.client().map_err(|why| no_line(path, why))?;
        let request = client
            .get(&*url)
            // Packed on the way, ranges would be of something else.
            .header(header::ACCEPT_ENCODING, "identity")
            .header(header::RANGE, format!("bytes={first}-{last}"));
        match request.send() {
            Ok(answer) => match answer.status() {
                StatusCode::PARTIAL_CONTENT => return Ok(answer),
                StatusCode::OK => return Err(no_ranges(path)),
                status if status.is_server_error() => {
                    told = Message::new("tiles-missing-refused")
                        .text("status", status.as_u16().to_string());
                }
                status => {
                    let what = Message::new("tiles-missing-refused")
                        .text("status", status.as_u16().to_string());
                    return Err(FileError::new(path, what));
                }
            },
            Err(error) => {
                let detail = in_full(&error.without_url());
                told = Message::new("tiles-missing-unreachable").text("detail", detail);
            }
        }
    }
    Err(FileError::new(path, told).remedy(Message::new("take-error-go-on")))
}

fn body(answer: Response, path: &Path, length: usize) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let read = answer.take(length as u64).read_to_end(&mut bytes);
    let failed = |detail: String| {
        FileError::new(path, Message::new("tiles-missing-unreachable").text("detail", detail))
            .remedy(Message::new("take-error-go-on"))
    };
    read.map_err(|error| failed(in_full(&error)))?;
    if bytes.len() < length {
        return Err(failed(format!("{} < {length}", bytes.len())));
    }
    Ok(bytes)
}

impl Bytes for RemoteBytes {
    fn path(&self) -> &Path {
        &self.url
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, FileError> {
        let known = usize::try_from(at).ok().and_then(|at| self.first.get(at..)?.get(..length));
        if let Some(known) = known {
            return Ok(known.to_vec());
        }
        if length == 0 {
            return Ok(Vec::new());
        }
        let last = at.saturating_add(length as u64 - 1);
        let answer = asked(&self.line, &self.url, at, last)?;
        let now = answer.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok());
        let is_other = self.etag.is_some() && now.is_some() && self.etag.as_deref() != now;
        if is_other || total(&answer) != Some(self.length) {
            return Err(FileError::new(&self.url, Message::new("take-error-changed"))
                .remedy(Message::new("take-error-changed-do")));
        }
        body(answer, &self.url, length)
    }
}
