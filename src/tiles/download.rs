//! Asks a server for a tile.

use std::io::Read as _;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::{self, HeaderMap, HeaderName};

use super::disk::{Facts, LARGEST_TILE};
use super::freshness::{Freshness, freshness, retry_after};

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

/// The connections, made when the first tile is asked for.
pub(super) struct Downloader {
    /// No server is asked.
    offline: bool,
    client: OnceLock<Result<Client, String>>,
}

/// How the program names itself to servers, as OpenStreetMap's tile policy asks.
fn user_agent() -> String {
    let page = env!("CARGO_PKG_REPOSITORY");
    let about = if page.is_empty() { env!("CARGO_PKG_DESCRIPTION") } else { page };
    format!("Belfort/{} ({about})", env!("CARGO_PKG_VERSION"))
}

fn client() -> Result<Client, String> {
    // Fails when some other part of the program installed one before: just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let made = Client::builder()
        .user_agent(user_agent())
        .connect_timeout(Duration::from_secs(6))
        .timeout(Duration::from_secs(25))
        .pool_max_idle_per_host(6)
        .build();
    made.map_err(|error| in_full(&error))
}

/// An error with its causes: reqwest's own words leave them out.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

impl Downloader {
    /// Without a connection yet; offline it will never make one.
    pub fn new(offline: bool) -> Downloader {
        Downloader { offline, client: OnceLock::new() }
    }

    /// Asks for a tile, or whether the known one is still right.
    pub fn ask(&self, url: &str, known: Option<&Facts>) -> Answer {
        if self.offline {
            return Answer::Offline;
        }
        let client = match self.client.get_or_init(client) {
            Ok(client) => client,
            Err(why) => return Answer::Unreachable(why.clone()),
        };
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
