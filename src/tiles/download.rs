//! Asks a server for a tile.

use std::io::Read as _;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use reqwest::Proxy as Through;
use reqwest::blocking::{Client, Response};
use reqwest::header::{self, HeaderMap, HeaderName};

use serde::{Deserialize, Serialize};

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

/// Through what servers are reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proxy {
    /// What the system says, in variables such as `HTTPS_PROXY`.
    #[default]
    System,
    /// Straight.
    None,
    /// One address for everything: `http://proxy.example.org:8080`, `proxy:8080`.
    Address(String),
}

impl Proxy {
    /// Whether an address can be used at all.
    pub fn is_address(text: &str) -> bool {
        let text = text.trim();
        let host = match text.split_once("://") {
            Some(("http" | "https", host)) => host,
            Some(_) => return false,
            None => text,
        };
        !host.is_empty() && Through::all(text).is_ok()
    }
}

/// How the network may be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// No server is asked.
    pub offline: bool,
    /// Through what servers are reached.
    pub proxy: Proxy,
}

/// The connections, made when the first tile is asked for.
pub(super) struct Downloader {
    line: RwLock<Line>,
}

/// The network and the connections made for it.
#[derive(Default)]
struct Line {
    network: Network,
    client: Option<Result<Client, String>>,
}

/// How the program names itself to servers, as OpenStreetMap's tile policy asks.
fn user_agent() -> String {
    let page = env!("CARGO_PKG_REPOSITORY");
    let about = if page.is_empty() { env!("CARGO_PKG_DESCRIPTION") } else { page };
    format!("Belfort/{} ({about})", env!("CARGO_PKG_VERSION"))
}

fn client(proxy: &Proxy) -> Result<Client, String> {
    // Fails when some other part of the program installed one before: just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder();
    let builder = match proxy {
        Proxy::System => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Address(address) => {
            let through = Through::all(address.trim()).map_err(|error| in_full(&error))?;
            builder.proxy(through)
        }
    };
    let made = builder
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
        let network = Network { offline, ..Network::default() };
        Downloader { line: RwLock::new(Line { network, client: None }) }
    }

    /// Uses the network otherwise from now on; answers whether that is a change.
    pub fn set(&self, network: Network) -> bool {
        let mut line = self.line.write().unwrap_or_else(PoisonError::into_inner);
        if line.network == network {
            return false;
        }
        *line = Line { network, client: None };
        true
    }

    /// The connections; none offline.
    fn client(&self) -> Result<Client, Answer> {
        let made = |client: &Result<Client, String>| client.clone().map_err(Answer::Unreachable);
        {
            let line = self.line.read().unwrap_or_else(PoisonError::into_inner);
            if line.network.offline {
                return Err(Answer::Offline);
            }
            if let Some(client) = &line.client {
                return made(client);
            }
        }
        let mut line = self.line.write().unwrap_or_else(PoisonError::into_inner);
        if line.network.offline {
            return Err(Answer::Offline);
        }
        let proxy = line.network.proxy.clone();
        made(line.client.get_or_insert_with(|| client(&proxy)))
    }

    /// Asks for a tile, or whether the known one is still right.
    pub fn ask(&self, url: &str, known: Option<&Facts>) -> Answer {
        let client = match self.client() {
            Ok(client) => client,
            Err(answer) => return answer,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_proxies_are_told_from_nonsense() {
        for good in ["http://proxy.example.org:8080", "proxy:3128", " https://10.0.0.1:80 "] {
            assert!(Proxy::is_address(good), "{good}");
        }
        for bad in ["", "  ", "http://", "ftp://proxy:1"] {
            assert!(!Proxy::is_address(bad), "{bad}");
        }
    }
}
