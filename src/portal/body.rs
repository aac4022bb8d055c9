//! An answer of a server as it comes in: part by part, with an end to every wait.

use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use reqwest::blocking::RequestBuilder;
use reqwest::header::HeaderMap;
use url::Url;

use super::ask::{Patience, Turn};
use super::error::{PortalError, Trouble};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::in_full;

/// An answer as it comes in. A thread of its own waits for the server, so that whoever holds this
/// can give up at any time: the connection then ends at the next sign of life, or with the silence.
pub(super) struct Body<'a> {
    parts: Receiver<Part>,
    pub headers: HeaderMap,
    /// 0 before the head is there.
    pub status: u16,
    /// Where it came from in the end; none before the head is there.
    pub url: Option<Url>,
    host: String,
    patience: Patience,
    limit: u64,
    received: u64,
    window: (Instant, u64),
    _turn: Turn<'a>,
}

/// What comes from the thread that asks.
enum Part {
    /// The status, the headers, and the address that gave them.
    Head(u16, HeaderMap, Url),
    Bytes(Vec<u8>),
    /// The answer came to its end.
    End,
    Failed(Trouble),
}

/// How much is read at a time.
const BLOCK: usize = 1 << 17;

/// How often a cancel is looked for.
pub(super) const STEP: Duration = Duration::from_millis(50);

/// Asks on a thread of its own.
fn ask(request: RequestBuilder, silence: Duration) -> Result<Receiver<Part>, String> {
    let (sender, parts) = sync_channel(4);
    let talk = move || {
        // Where nobody listens any more, the answer is not wanted.
        let _ = pass_on(request, silence, &sender);
    };
    let thread = std::thread::Builder::new().name("portal".to_owned()).spawn(talk);
    thread.map_err(|error| error.to_string())?;
    Ok(parts)
}

/// Passes an answer on as it comes, until its end or until nobody listens.
fn pass_on(
    request: RequestBuilder,
    silence: Duration,
    to: &SyncSender<Part>,
) -> Result<(), SendError<Part>> {
    let mut response = match request.send() {
        Ok(response) => response,
        Err(error) => return to.send(Part::Failed(trouble_of(error, silence))),
    };
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    to.send(Part::Head(status, headers, response.url().clone()))?;
    let mut received = 0;
    loop {
        let mut block = vec![0; BLOCK];
        match response.read(&mut block) {
            Ok(0) => return to.send(Part::End),
            Ok(read) => {
                block.truncate(read);
                received += length(&block);
                to.send(Part::Bytes(block))?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                let inner = error.get_ref().and_then(|it| it.downcast_ref::<reqwest::Error>());
                let timed_out = error.kind() == std::io::ErrorKind::TimedOut
                    || inner.is_some_and(reqwest::Error::is_timeout);
                log::debug!("broke off after {received} bytes: {}", in_full(&error));
                return to.send(Part::Failed(if timed_out {
                    Trouble::Stalled(silence.as_secs())
                } else {
                    Trouble::CutOff(received)
                }));
            }
        }
    }
}

fn trouble_of(error: reqwest::Error, silence: Duration) -> Trouble {
    let error = error.without_url();
    if error.is_redirect() {
        Trouble::Redirects
    } else if error.is_timeout() && !error.is_connect() {
        Trouble::Stalled(silence.as_secs())
    } else {
        Trouble::Unreachable(in_full(&error))
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl<'a> Body<'a> {
    /// Asks; the status and the headers are still to come.
    pub fn begin(
        request: RequestBuilder,
        host: &str,
        patience: Patience,
        limit: u64,
        turn: Turn<'a>,
    ) -> Result<Body<'a>, PortalError> {
        let parts = ask(request, patience.silence)
            .map_err(|error| PortalError::new(host, Trouble::Unreachable(error)))?;
        Ok(Body {
            parts,
            headers: HeaderMap::new(),
            status: 0,
            url: None,
            host: host.to_owned(),
            patience,
            limit,
            received: 0,
            window: (Instant::now(), 0),
            _turn: turn,
        })
    }

    /// Waits for the status and the headers.
    pub fn head(&mut self, watch: &Watch) -> Result<u16, PortalError> {
        loop {
            match self.wait(watch)? {
                Some(Part::Head(status, headers, url)) => {
                    (self.status, self.headers, self.url) = (status, headers, Some(url));
                    self.window = (Instant::now(), 0);
                    return Ok(status);
                }
                Some(Part::Failed(trouble)) => return Err(self.error(trouble)),
                Some(Part::Bytes(_) | Part::End) => return Err(self.error(Trouble::CutOff(0))),
                // How long the server may take is counted where it is asked.
                None => {}
            }
        }
    }

    /// The next part; empty at the end.
    pub fn read(&mut self, watch: &Watch) -> Result<Vec<u8>, PortalError> {
        let since = Instant::now();
        let part = loop {
            match self.wait(watch)? {
                Some(Part::Bytes(part)) => break part,
                Some(Part::Failed(trouble)) => return Err(self.error(trouble)),
                Some(Part::End | Part::Head(..)) => return Ok(Vec::new()),
                // What comes but does not amount to anything is silence too.
                None if since.elapsed() > self.patience.silence => {
                    return Err(self.error(Trouble::Stalled(self.patience.silence.as_secs())));
                }
                None => {}
            }
        };
        self.received = self.received.saturating_add(length(&part));
        if self.received > self.limit {
            return Err(self.error(Trouble::TooLarge(self.limit)));
        }
        let (since, before) = self.window;
        if since.elapsed() >= self.patience.trickle_time {
            if self.received - before < self.patience.trickle {
                return Err(self.error(Trouble::TooSlow));
            }
            self.window = (Instant::now(), self.received);
        }
        Ok(part)
    }

    /// What comes within a moment.
    fn wait(&self, watch: &Watch) -> Result<Option<Part>, PortalError> {
        watch.check().map_err(|_| self.error(Trouble::Cancelled))?;
        match self.parts.recv_timeout(STEP) {
            Ok(part) => Ok(Some(part)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(self.error(Trouble::CutOff(self.received))),
        }
    }

    /// All of it.
    pub fn all(&mut self, watch: &Watch) -> Result<Vec<u8>, PortalError> {
        let mut bytes = Vec::new();
        loop {
            let part = self.read(watch)?;
            if part.is_empty() {
                return Ok(bytes);
            }
            bytes.extend_from_slice(&part);
        }
    }

    /// At least so many bytes from its start, or all there are.
    pub fn head_of(&mut self, size: usize, watch: &Watch) -> Result<Vec<u8>, PortalError> {
        let mut bytes = Vec::new();
        while bytes.len() < size {
            let part = self.read(watch)?;
            if part.is_empty() {
                break;
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }

    /// Ends when the answer is of another kind than one of these words: a web page above all.
    pub fn expect(&mut self, kinds: &[&str], watch: &Watch) -> Result<(), PortalError> {
        let content_type = text(&self.headers, "content-type").to_lowercase();
        // Where it is not said, what comes decides.
        if content_type.is_empty() || kinds.iter().any(|kind| content_type.contains(kind)) {
            return Ok(());
        }
        let start = self.start(watch);
        let is_page = content_type.contains("html") || start.trim_start().starts_with('<');
        let what = if is_page {
            Message::new("portal-unexpected-page")
        } else {
            Message::new("portal-unexpected-kind").text("kind", content_type)
        };
        Err(self.error(Trouble::Unexpected(what)))
    }

    /// The beginning of the answer, for what a person is told about it.
    pub fn start(&mut self, watch: &Watch) -> String {
        let mut bytes = Vec::new();
        while bytes.len() < (1 << 16) {
            match self.read(watch) {
                Ok(part) if !part.is_empty() => bytes.extend_from_slice(&part),
                _ => break,
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn error(&self, trouble: Trouble) -> PortalError {
        PortalError::new(&*self.host, trouble)
    }
}

/// A header's text; empty where it is not there.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
