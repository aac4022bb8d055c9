//! What goes wrong, on demand.

use std::time::Duration;

use chrono::Utc;

use super::answer::{Answer, Body};
use super::error::ApiError;

/// How a broken body was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// By a `Content-Length` larger than what is sent.
    Length,
    /// In chunks, of which the last never comes.
    Chunked,
}

#[derive(Clone, Debug)]
pub enum Fault {
    /// 429 in the platform's shape, over after this long (whole seconds, rounded up).
    TooMany { wait: Duration },
    /// 500, 503, 403 and the like, in the shape they come in: JSON, from 502 to 504 HTML.
    Status(u16),
    /// The connection closes after so many bytes of the body.
    Cut { after: usize, framing: Framing },
    /// The body stops after so many bytes, and is framed as if it were whole.
    EndsEarly { after: usize },
    /// The body is framed well, but halfway it is no longer JSON.
    Malformed,
    /// Never answers.
    Stall,
    /// Falls silent after so many bytes of the body.
    StallAfter { after: usize },
    /// The body comes a few bytes at a time.
    Drip { bytes: usize, pause: Duration },
    /// The right body under another content type.
    ContentType(&'static str),
    /// A page for people, with status 200.
    HtmlPage,
    /// Some kilobytes of gzip that become so many bytes of white space in JSON.
    GzipBomb { bytes: u64 },
    /// To the same address again, for ever.
    RedirectLoop,
    /// To another address.
    Redirect(String),
    /// Fields under other names: old, new.
    Renamed(Vec<(&'static str, &'static str)>),
    /// The dataset does not exist.
    Gone,
    /// The count that is told is off by so many; the rows are the true ones.
    CountOff(i64),
}

/// How a body is sent.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    pub cut: Option<(usize, Framing)>,
    pub ends_early: Option<usize>,
    pub malformed: bool,
    pub stall_after: Option<usize>,
    pub drip: Option<(usize, Duration)>,
    pub content_type: Option<&'static str>,
}

impl Fault {
    /// The answer that takes the place of the true one, where the fault has one.
    pub fn answer(&self, target: &str, limit: u64) -> Option<Answer> {
        match self {
            Fault::TooMany { wait } => {
                let wait = i64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(i64::MAX);
                // Written in whole seconds, so one more, lest it be earlier than promised.
                let reset = Utc::now() + chrono::Duration::seconds(wait + 1);
                Some(ApiError::too_many(limit, reset).answer())
            }
            Fault::Status(status @ 502..=504) => Some(Answer::new(
                *status,
                "text/html",
                format!("<html><body><h1>{status}</h1><p>Upstream.</p></body></html>").into(),
            )),
            Fault::Status(status) => {
                let message = "Something went wrong on our side, please try again later.";
                Some(ApiError::new(*status, "InternalServerError", message).answer())
            }
            Fault::HtmlPage => Some(Answer::new(
                200,
                "text/html; charset=utf-8",
                b"<!DOCTYPE html><html><head><title>Onderhoud</title></head>\
                  <body><h1>Even geduld</h1><script>alert(1)</script></body></html>"
                    .to_vec(),
            )),
            Fault::RedirectLoop => {
                Some(Answer::new(302, "text/html", Vec::new()).header("Location", target))
            }
            Fault::Redirect(to) => {
                Some(Answer::new(302, "text/html", Vec::new()).header("Location", to))
            }
            _ => None,
        }
    }

    pub fn manner(&self) -> Manner {
        let mut manner = Manner::default();
        match self {
            Fault::Cut { after, framing } => manner.cut = Some((*after, *framing)),
            Fault::EndsEarly { after } => manner.ends_early = Some(*after),
            Fault::Malformed => manner.malformed = true,
            Fault::StallAfter { after } => manner.stall_after = Some(*after),
            Fault::Drip { bytes, pause } => manner.drip = Some((*bytes, *pause)),
            Fault::ContentType(content_type) => manner.content_type = Some(content_type),
            _ => {}
        }
        manner
    }
}

/// White space that goes on and on inside a JSON document.
pub fn bomb(bytes: u64) -> Answer {
    Answer::stream(super::answer::JSON, move |out| {
        let blank = vec![b' '; 1 << 16];
        out.write_all(b"{\"total_count\":1,\"results\":[")?;
        let mut left = bytes;
        while left > 0 {
            let now = left.min(blank.len() as u64);
            out.write_all(&blank[..now as usize])?;
            left -= now;
        }
        out.write_all(b"]}")
    })
}

/// Where a body of a known length breaks, at most: halfway.
pub fn half_at_most(body: &Body, after: usize) -> usize {
    match body {
        Body::Whole(bytes) => after.min(bytes.len() / 2),
        Body::Stream(_) => after,
    }
}
