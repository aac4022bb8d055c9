//! A client that hides nothing: what came over the wire, and whether all of it came.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value as Json;

use crate::fake_portal::{BASE, FakePortal};

pub struct Reply {
    pub status: u16,
    /// By lower-case name.
    pub headers: BTreeMap<String, String>,
    /// Without chunks and gzip.
    pub body: Vec<u8>,
    /// Whether the body ended as its framing promised.
    pub whole: bool,
}

impl Reply {
    pub fn json(&self) -> Json {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    #[track_caller]
    pub fn ok(self) -> Json {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// The message of an error of this status.
    #[track_caller]
    pub fn refused(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        let body = self.json();
        assert!(body["error_code"].is_string(), "{body}");
        body["message"].as_str().unwrap().to_owned()
    }
}

/// A count in JSON.
#[track_caller]
pub fn number(json: &Json) -> usize {
    usize::try_from(json.as_u64().unwrap()).unwrap()
}

/// Asks for a path below the API's base; spaces and quotes may be written as they are.
pub fn get(portal: &FakePortal, path: &str) -> Reply {
    ask(portal, path, &[])
}

/// The same with headers.
pub fn ask(portal: &FakePortal, path: &str, headers: &[(&str, &str)]) -> Reply {
    wait(portal, path, headers, Duration::from_mins(2)).expect("an answer")
}

/// What came until nothing more did for so long; none where no answer began.
pub fn wait(
    portal: &FakePortal,
    path: &str,
    headers: &[(&str, &str)],
    patience: Duration,
) -> Option<Reply> {
    let mut target = String::from(BASE);
    for byte in path.bytes() {
        match byte {
            b' ' => target += "+",
            b'"' | b'\'' | b'%' | b'<' | b'>' | b'+' | 128.. => target += &format!("%{byte:02X}"),
            _ => target.push(char::from(byte)),
        }
    }
    let address = portal.address().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let mut head = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes).is_ok();
    let split = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = String::from_utf8(bytes[..split].to_vec()).unwrap();
    let mut lines = text.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let sent = &bytes[split + 4..];
    let (body, whole) = match headers.get("content-length") {
        Some(length) => (sent.to_vec(), sent.len() == length.parse::<usize>().unwrap()),
        None => unchunked(sent),
    };
    let body = if headers.get("content-encoding").is_some_and(|coding| coding == "gzip") {
        let mut plain = Vec::new();
        // A body that was cut gives what there is of it.
        let _ = flate2::read::GzDecoder::new(body.as_slice()).read_to_end(&mut plain);
        plain
    } else {
        body
    };
    Some(Reply { status, headers, body, whole: whole && ended })
}

/// The contents of chunks (RFC 9112, section 7.1), and whether the last one came.
fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else {
            return (body, false);
        };
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        rest = &rest[end + 2..];
        if size == 0 {
            return (body, rest == b"\r\n");
        }
        body.extend_from_slice(&rest[..size.min(rest.len())]);
        if rest.len() < size + 2 {
            return (body, false);
        }
        rest = &rest[size + 2..];
    }
}
