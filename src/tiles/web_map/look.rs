//! What lies at an address: a pattern of tiles, a service that draws maps, or neither.

use std::io::Read as _;
use std::time::{Duration, Instant};

use reqwest::blocking::Client;
use reqwest::header;
use url::Url;

use super::described::{FoundService, parameter, stripped};
use super::{Pattern, template, without_keys, wms, wmts};
use crate::formats::service_exception;
use crate::formats::xml::{Element, decoded};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::{Line, Network, NoLine, in_full};
use crate::problem::FileError;

/// The largest document in which a service may tell about itself.
const LARGEST: u64 = 32 << 20;

/// How long a server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(40);

/// How much is read at a time, between two looks at whether the person cancelled.
const BLOCK: usize = 64 << 10;

/// What lies at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum FoundMap {
    /// A pattern; nobody was asked.
    Pattern(Box<Pattern>),
    /// A service with layers.
    Service(Box<FoundService>),
}

/// What an address looks like before anybody is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Wmts,
    Wms,
    Unknown,
}

fn guess(url: &Url) -> Guess {
    let service = parameter(url, "service").unwrap_or_default().to_lowercase();
    let path = url.path().trim_end_matches('/').to_lowercase();
    match service.as_str() {
        "wmts" => Guess::Wmts,
        "wms" => Guess::Wms,
        _ if path.ends_with("/wmts") => Guess::Wmts,
        _ if path.ends_with("/wms") => Guess::Wms,
        _ => Guess::Unknown,
    }
}

/// Finds out what lies at an address that a person typed. Only of services is a server asked.
///
/// # Errors
/// When it is no address, nobody answers, or what is there cannot be a basemap: with what is there
/// instead, and what to do.
pub fn look_at(text: &str, network: &Network, watch: &Watch) -> Result<FoundMap, FileError> {
    let text = text.trim();
    let told = |what: Message| FileError::new(without_keys(text), what);
    if template::is_pattern(text) {
        let pattern = template::read(text)
            .map_err(|what| told(what).remedy(Message::new("webmap-remedy-pattern")))?;
        return Ok(FoundMap::Pattern(Box::new(pattern)));
    }
    // Without a scheme it is the usual one, as in a browser.
    let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    if let Some(pattern) = template::of_one_tile(&text) {
        return Ok(FoundMap::Pattern(Box::new(pattern)));
    }
    let url = template::read_address(&text)
        .map_err(|what| told(what).remedy(Message::new("webmap-remedy-address")))?;
    let line = Line::new(network.clone(), PATIENCE);
    let found = match guess(&url) {
        Guess::Wmts => ask(&line, &capabilities(&url, "WMTS"), watch),
        Guess::Wms => ask(&line, &capabilities(&url, "WMS"), watch),
        Guess::Unknown => sniff(&line, &url, watch),
    };
    found.map(|service| FoundMap::Service(Box::new(service)))
}

/// The address of a service's capabilities. What is there of it stays as it is, a version too; the
/// layers of a question for a tile go along, so that they are found chosen.
fn capabilities(url: &Url, service: &str) -> Url {
    if parameter(url, "request").is_some_and(|it| it.eq_ignore_ascii_case("GetCapabilities")) {
        return url.clone();
    }
    let mut asked = stripped(url);
    let layers = parameter(url, "layers").or_else(|| parameter(url, "layer"));
    let mut pairs = asked.query_pairs_mut();
    pairs.append_pair("SERVICE", service).append_pair("REQUEST", "GetCapabilities");
    if let Some(layers) = layers {
        pairs.append_pair("LAYERS", &layers);
    }
    drop(pairs);
    asked
}

/// Asks the address as it is, then as either service.
fn sniff(line: &Line, url: &Url, watch: &Watch) -> Result<FoundService, FileError> {
    let first = ask(line, url, watch);
    let Err(error) = first else { return first };
    let is_final = error.is_cancelled()
        || !matches!(
            error.what.id,
            "webmap-error-page"
                | "webmap-error-not-there"
                | "webmap-error-exception"
                | "webmap-error-status"
                | "webmap-error-not-xml"
                | "webmap-error-other"
        );
    if is_final {
        return Err(error);
    }
    for service in ["WMTS", "WMS"] {
        match ask(line, &capabilities(url, service), watch) {
            Ok(found) => return Ok(found),
            Err(error) if error.is_cancelled() => return Err(error),
            // Only a service that answers as one has something better to say than the first.
            Err(error) if is_of_service(&error) => return Err(error),
            Err(_) => {}
        }
    }
    Err(error)
}

fn is_of_service(error: &FileError) -> bool {
    matches!(error.what.id, "webmap-error-no-layers" | "webmap-error-version")
}

fn ask(line: &Line, url: &Url, watch: &Watch) -> Result<FoundService, FileError> {
    let got = get(line, url.as_str(), LARGEST, watch)?;
    got.refused(url.as_str())?;
    let shown = without_keys(url.as_str());
    let told = |what: Message, remedy: &'static str| {
        Err(FileError::new(&shown, what).remedy(Message::new(remedy)))
    };
    if is_page(&got.content_type, &got.bytes) {
        return told(Message::new("webmap-error-page"), "webmap-remedy-page");
    }
    if image::guess_format(&got.bytes).is_ok() {
        return told(Message::new("webmap-error-picture"), "webmap-remedy-pattern");
    }
    if got.bytes.trim_ascii_start().starts_with(b"{") {
        return told(Message::new("webmap-error-json"), "webmap-remedy-pattern");
    }
    if let Some(said) = service_exception(&decoded(&got.bytes)) {
        let what = Message::new("webmap-error-exception").text("said", shortened(&said));
        return told(what, "webmap-remedy-address");
    }
    let root = match Element::parse(&got.bytes) {
        Ok(root) => root,
        Err(why) => {
            let what = Message::new("webmap-error-not-xml").text("detail", why.0);
            return told(what, "webmap-remedy-later");
        }
    };
    let service = match root.name.as_str() {
        "Capabilities" if root.child("Contents").is_some() => wmts::service(&root, url),
        "WMS_Capabilities" | "WMT_MS_Capabilities" => wms::service(&root, url),
        "WFS_Capabilities" => {
            return told(Message::new("webmap-error-wfs"), "webmap-remedy-wfs");
        }
        other => {
            let what = Message::new("webmap-error-other").text("name", shortened(other));
            return told(what, "webmap-remedy-address");
        }
    };
    let mut service = service.or_else(|what| told(what, "webmap-remedy-layers"))?;
    if service.title.is_empty() {
        url.host_str().unwrap_or_default().clone_into(&mut service.title);
    }
    Ok(service)
}

/// An answer, whatever it is.
#[derive(Debug)]
pub(super) struct Got {
    pub status: u16,
    pub content_type: String,
    pub headers: header::HeaderMap,
    pub bytes: Vec<u8>,
    pub took: Duration,
}

impl Got {
    /// An error where the status is one: what it means, and what the server says of it.
    pub fn refused(&self, url: &str) -> Result<(), FileError> {
        let (what, remedy) = match self.status {
            200 => return Ok(()),
            204 | 404 | 410 => ("webmap-error-not-there", "webmap-remedy-address"),
            401 | 403 => ("webmap-error-key", "webmap-remedy-key"),
            429 => ("webmap-error-too-many", "webmap-remedy-later"),
            500.. => ("webmap-error-broken", "webmap-remedy-later"),
            _ => ("webmap-error-status", "webmap-remedy-address"),
        };
        let said = service_exception(&decoded(&self.bytes));
        let said = match said.filter(|said| !said.is_empty()) {
            Some(said) => Message::new("webmap-said").text("said", shortened(&said)),
            None => Message::new("webmap-said-nothing"),
        };
        let what = Message::new(what).text("status", self.status.to_string()).message("said", said);
        Err(FileError::new(without_keys(url), what).remedy(Message::new(remedy)))
    }
}

/// Asks for what is at an address, of no more bytes than the limit.
pub(super) fn get(line: &Line, url: &str, limit: u64, watch: &Watch) -> Result<Got, FileError> {
    let shown = || without_keys(url);
    let told = |what: Message, remedy: &'static str| {
        FileError::new(shown(), what).remedy(Message::new(remedy))
    };
    watch.check().map_err(|_| FileError::cancelled(shown()))?;
    let client: Client = line.client().map_err(|why| match why {
        NoLine::Offline => told(Message::new("webmap-error-offline"), "webmap-remedy-offline"),
        NoLine::Unusable(detail) => told(
            Message::new("webmap-error-unreachable").text("detail", detail),
            "webmap-remedy-unreachable",
        ),
    })?;
    let failed = |error: reqwest::Error| {
        let is_slow = error.is_timeout() && !error.is_connect();
        let detail = in_full(&error.without_url());
        if is_slow {
            told(Message::new("webmap-error-slow"), "webmap-remedy-later")
        } else {
            let what = Message::new("webmap-error-unreachable").text("detail", detail);
            told(what, "webmap-remedy-unreachable")
        }
    };
    let begin = Instant::now();
    let mut response = client.get(url).send().map_err(failed)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = |name| headers.get(name).and_then(|it: &header::HeaderValue| it.to_str().ok());
    let content_type = text(header::CONTENT_TYPE).unwrap_or_default().to_owned();
    if let Some(length) = response.content_length() {
        watch.set_total(length);
    }
    let mut bytes = Vec::new();
    let mut block = vec![0; BLOCK];
    loop {
        watch.check().map_err(|_| FileError::cancelled(shown()))?;
        let read = match response.read(&mut block) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => {
                let inner = error.get_ref().and_then(|it| it.downcast_ref::<reqwest::Error>());
                let is_slow = error.kind() == std::io::ErrorKind::TimedOut
                    || inner.is_some_and(reqwest::Error::is_timeout);
                if is_slow {
                    return Err(told(Message::new("webmap-error-slow"), "webmap-remedy-later"));
                }
                let what = Message::new("webmap-error-unreachable");
                let what = what.text("detail", in_full(&error));
                return Err(told(what, "webmap-remedy-later"));
            }
        };
        bytes.extend_from_slice(block.get(..read).unwrap_or_default());
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        watch.set_done(length);
        if length > limit {
            #[expect(clippy::cast_precision_loss, reason = "a size in words")]
            let size = (limit >> 20) as f64;
            let what = Message::new("webmap-error-large").number("size", size, 0);
            return Err(told(what, "webmap-remedy-large"));
        }
    }
    Ok(Got { status, content_type, headers, bytes, took: begin.elapsed() })
}

/// Whether an answer is a page for people.
pub(in crate::tiles) fn is_page(content_type: &str, bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = String::from_utf8_lossy(start.get(..200).unwrap_or(start)).to_lowercase();
    content_type.to_lowercase().contains("html")
        || start.starts_with("<!doctype html")
        || start.starts_with("<html")
}

/// No more of a server's words than a person reads.
pub(in crate::tiles) fn shortened(text: &str) -> String {
    const LONGEST: usize = 240;
    let text = without_keys(text.trim());
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_for_its_capabilities() {
        let url = |text: &str| Url::parse(text).unwrap();
        for (text, expected, asked) in [
            (
                "https://a.be/geoserver/gwc/service/wmts",
                Guess::Wmts,
                "https://a.be/geoserver/gwc/service/wmts?SERVICE=WMTS&REQUEST=GetCapabilities",
            ),
            (
                "https://a.be/ows?map=x&service=wms&request=GetMap&layers=a,b&width=9",
                Guess::Wms,
                "https://a.be/ows?map=x&SERVICE=WMS&REQUEST=GetCapabilities&LAYERS=a%2Cb",
            ),
            (
                "https://a.be/wms?service=WMS&version=1.1.1&request=getcapabilities",
                Guess::Wms,
                "https://a.be/wms?service=WMS&version=1.1.1&request=getcapabilities",
            ),
            (
                "https://a.be/1.0.0/WMTSCapabilities.xml",
                Guess::Unknown,
                "https://a.be/1.0.0/WMTSCapabilities.xml?SERVICE=WMTS&REQUEST=GetCapabilities",
            ),
        ] {
            assert_eq!(guess(&url(text)), expected, "{text}");
            let service = if expected == Guess::Wms { "WMS" } else { "WMTS" };
            assert_eq!(capabilities(&url(text), service).as_str(), asked);
        }
        assert!(is_page("text/html; charset=utf-8", b"x") && is_page("", b"\n<!DOCTYPE html>"));
        assert!(!is_page("text/xml", b"<?xml version='1.0'?><Capabilities/>"));
    }
}
