//! A request as it came in. Of a form, what it holds counts as parameters.

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};

#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    /// Decoded, as sent: with `/api/explore/v2.1`.
    pub path: String,
    /// Decoded, in the order sent, repetitions kept.
    pub query: Vec<(String, String)>,
    /// By lower-case name.
    pub headers: BTreeMap<String, String>,
}

/// The longest head that is read.
const HEAD: u64 = 256 * 1024;

pub const BASE: &str = "/api/explore/v2.1";

impl Request {
    pub fn read(reader: impl BufRead) -> Option<Request> {
        let mut lines = reader.take(HEAD);
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        let mut parts = line.split(' ');
        let mut request = Request::of(parts.next()?, parts.next()?);
        loop {
            let mut line = String::new();
            lines.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(':') else { break };
            request.headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let length = request.headers.get("content-length").and_then(|text| text.parse().ok());
        if let Some(length) = length.filter(|_| request.method == "POST") {
            let mut form = String::new();
            lines.take(length).read_to_string(&mut form).ok()?;
            request.query.extend(Request::of("POST", &format!("?{form}")).query);
        }
        Some(request)
    }

    /// A request of a method and a target such as `/path?a=b`.
    pub fn of(method: &str, target: &str) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let decoded = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
        };
        Request {
            method: method.to_owned(),
            path: decode(path),
            query: pairs.map(decoded).collect(),
            headers: BTreeMap::new(),
        }
    }

    /// The path below the API's base, none elsewhere.
    pub fn api_path(&self) -> Option<&str> {
        self.path.strip_prefix(BASE).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The last value of a parameter; an empty one counts as none.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rfind(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.query.iter().filter(move |(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub fn accepts_gzip(&self) -> bool {
        self.headers.get("accept-encoding").is_some_and(|accepted| accepted.contains("gzip"))
    }
}

/// Percent-decoding (RFC 3986, section 2.1); what is not UTF-8 becomes a replacement character.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
