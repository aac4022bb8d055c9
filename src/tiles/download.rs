//! Asks a server for a tile.

use std::io::Read as _;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::{self, HeaderMap, HeaderName};

use super::disk::{Facts, LARGEST_TILE};
use super::freshness::{Freshness, freshness, retry_after};
use crate::network::{Line, Network, NoLine, in_full};

/// How long a server may take for an answer, and for a part of one.
const PATIENCE: Duration = Duration::from_secs(25);

/// What a server answered.
pub(super) enum Answer {
    /// A tile.
    Tile {
        bytes: Vec<u8>,
        freshness: Freshness,
        etag: Option<String>,
        last_modified: Option<String>,
    },
    /// The tile known is still right, for so long.
    Unchanged(Freshness),
    /// There is no such tile.
    NoSuchTile,
    /// An error status; and after how long to ask again, if the server says.
    Refused(u16, Option<Duration>),
    /// Nobody answered.
    Unreachable(String),
    /// Nobody was asked.
    Offline,
}

/// Asks servers for tiles, through connections made when the first tile is asked for.
pub(super) struct Downloader {
    line: Line,
}

impl Downloader {
    /// Without a connection yet; offline it will never make one.
    pub fn new(offline: bool) -> Downloader {
        Downloader { line: Line::new(Network { offline, ..Network::default() }, PATIENCE) }
    }

    /// Uses the network otherwise from now on; answers whether that is a change.
    pub fn set(&self, network: Network) -> bool {
        self.line.set(network)
    }

    /// Asks for a tile, or whether the known one is still right.
    pub fn ask(&self, url: &str, known: Option<&Facts>) -> Answer {
        let client = match self.line.client() {
            Ok(client) => client,
            Err(NoLine::Offline) => return Answer::Offline,
            Err(NoLine::Unusable(why)) => return Answer::Unreachable(why),
        };
        ask(&client, url, known)
    }
}

/// Asks for a tile over a connection.
pub(super) fn ask(client: &Client, url: &str, known: Option<&Facts>) -> Answer {
    let mut request = client.get(url);
    if let Some(etag) = known.and_then(|known| known.etag.as_deref()) {
        request = request.header(header::IF_NONE_MATCH, etag);
    } else if let Some(date) = known.and_then(|known| known.last_modified.as_deref()) {
        request = request.header(header::IF_MODIFIED_SINCE, date);
    }
    match request.send() {
        Ok(response) => answer(response),
        Err(error) => Answer::Unreachable(in_full(&error.without_url())),
    }
}

fn answer(response: Response) -> Answer {
    let headers = response.headers().clone();
    let freshness = freshness_of(&headers);
    match response.status().as_u16() {
        200 => {
            let mut bytes = Vec::new();
            // One byte more than allowed shows that there is too much.
            if let Err(error) = response.take(LARGEST_TILE + 1).read_to_end(&mut bytes) {
                return Answer::Unreachable(in_full(&error));
            }
            if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_TILE) {
                bytes.clear();
            }
            let etag = text(&headers, &header::ETAG).map(str::to_owned);
            let last_modified = text(&headers, &header::LAST_MODIFIED).map(str::to_owned);
            Answer::Tile { bytes, freshness, etag, last_modified }
        }
        304 => Answer::Unchanged(freshness),
        204 | 404 | 410 => Answer::NoSuchTile,
        status => {
            let after = text(&headers, &header::RETRY_AFTER);
            Answer::Refused(status, after.and_then(retry_after))
        }
    }
}

fn freshness_of(headers: &HeaderMap) -> Freshness {
    let controls = headers.get_all(header::CACHE_CONTROL).iter();
    let controls: Vec<&str> = controls.filter_map(|value| value.to_str().ok()).collect();
    freshness(
        &controls,
        text(headers, &header::EXPIRES),
        text(headers, &header::DATE),
        text(headers, &header::AGE),
    )
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
