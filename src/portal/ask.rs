//! Asking a portal's server: politely, with patience, and never for ever.
//!
//! At most [`AT_ONCE`] questions at a time go to a server. What passes by itself (no connection, an
//! error of the server, an answer that breaks off) is tried again a few times, later each time and
//! not on the same second as others. A server that says "too many" is left alone until the time it
//! gives.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Condvar, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reqwest::header::{self, HeaderMap, HeaderValue};
use serde_json::Value;
use url::Url;

use super::body::{Body, STEP, text};
use super::error::{PortalError, Trouble};
use super::refusal::{Refusal, reset_time};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::{Line, Network, NoLine};

/// How many questions at a time go to one server.
const AT_ONCE: usize = 3;

/// How patient the program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How long a server may take to begin an answer, and for each part of one.
    pub silence: Duration,
    /// How often a question is asked in all.
    pub tries: u32,
    /// How long to wait before the second time; twice as long before each further one.
    pub first_wait: Duration,
    /// "Too many" is waited out when it passes within this time.
    pub longest_wait: Duration,
    /// An answer that brings fewer bytes than this…
    pub trickle: u64,
    /// …within this time is given up.
    pub trickle_time: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            silence: Duration::from_mins(1),
            tries: 4,
            first_wait: Duration::from_millis(700),
            longest_wait: Duration::from_secs(20),
            trickle: 2_000,
            trickle_time: Duration::from_secs(30),
        }
    }
}

/// The largest answer that is held in memory: a page of the catalogue is some 100 kB.
const LARGEST_ANSWER: u64 = 64 << 20;

/// The kinds of content that are asked for where JSON is wanted: some servers show pages for people
/// to whoever does not say so.
pub(super) const JSON: &str = "application/json, application/geo+json;q=0.9, */*;q=0.1";

/// What a server allows, from the headers of its last answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Questions in all until the reset.
    pub limit: u64,
    /// Questions left.
    pub remaining: u64,
    /// When it begins anew.
    pub reset: Option<DateTime<Utc>>,
}

/// What is asked, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question<'a> {
    pub url: &'a Url,
    /// The kinds of content wanted, as HTTP writes them.
    pub accepted: &'static str,
    /// What is sent along as a form; none for a plain question.
    pub form: Option<&'a str>,
    /// The version that is there already, which then needs not come again (status 304); empty for none.
    pub etag: &'a str,
}

/// Asks servers.
pub(super) struct Asker {
    line: Line,
    patience: Patience,
    /// Questions under way, per server.
    under_way: Mutex<HashMap<String, usize>>,
    bell: Condvar,
    hosts: RwLock<HashMap<String, Host>>,
}

/// What is known of a server.
#[derive(Default)]
struct Host {
    /// It is not asked before this time, and why.
    closed: Option<(DateTime<Utc>, String)>,
    quota: Option<Quota>,
    key: Option<HeaderValue>,
}

/// The right to ask a server, for as long as this lives.
pub(super) struct Turn<'a> {
    asker: &'a Asker,
    host: String,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut under_way = self.asker.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = under_way.get_mut(&self.host) {
            *count = count.saturating_sub(1);
        }
        self.asker.bell.notify_all();
    }
}

impl Asker {
    pub fn new(network: Network, patience: Patience) -> Asker {
        Asker {
            line: Line::new(network, patience.silence),
            patience,
            under_way: Mutex::default(),
            bell: Condvar::new(),
            hosts: RwLock::default(),
        }
    }

    pub fn set_network(&self, network: Network) -> bool {
        self.line.set(network)
    }

    /// The connections, for what is no portal.
    pub fn line(&self) -> &Line {
        &self.line
    }

    pub fn is_offline(&self) -> bool {
        self.line.is_offline()
    }

    /// Sends a key with every question to a server from now on, for as long as the program runs.
    pub fn set_key(&self, host: &str, key: Option<&str>) -> Result<(), PortalError> {
        let header = key.map(|key| {
            let mut value = HeaderValue::from_str(&format!("Apikey {}", key.trim()))
                .map_err(|_| PortalError::new(host, Trouble::BadKey))?;
            value.set_sensitive(true);
            Ok(value)
        });
        let header = header.transpose()?;
        self.with_host(host, |known| {
            if known.key != header {
                // With another key the portal counts anew.
                known.closed = None;
            }
            known.key = header;
        });
        Ok(())
    }

    pub fn quota(&self, host: &str) -> Option<Quota> {
        let hosts = self.hosts.read().unwrap_or_else(PoisonError::into_inner);
        hosts.get(host).and_then(|host| host.quota)
    }

    fn with_host<T>(&self, host: &str, change: impl FnOnce(&mut Host) -> T) -> T {
        let mut hosts = self.hosts.write().unwrap_or_else(PoisonError::into_inner);
        change(hosts.entry(host.to_owned()).or_default())
    }

    /// Asks for JSON.
    ///
    /// # Errors
    /// When the portal gives no answer, or one that is no JSON.
    pub fn json(&self, url: &Url, watch: &Watch) -> Result<Value, PortalError> {
        self.again(url, watch, || {
            let mut body = self.once_for(url, JSON, LARGEST_ANSWER, watch)?;
            body.expect(&["json"], watch)?;
            let bytes = body.all(watch).map_err(|error| match error.trouble {
                // Of a download a person decides how large it may be; a page of a catalogue never is.
                Trouble::TooLarge(_) => PortalError::new(
                    error.host,
                    Trouble::Unexpected(Message::new("portal-unexpected-size")),
                ),
                _ => error,
            })?;
            serde_json::from_slice(&bytes).map_err(|error| {
                let what = Message::new("portal-unexpected-json").text("detail", error.to_string());
                body.error(Trouble::Unexpected(what))
            })
        })
    }

    /// Asks as often as it makes sense.
    pub fn again<T>(
        &self,
        url: &Url,
        watch: &Watch,
        mut ask: impl FnMut() -> Result<T, PortalError>,
    ) -> Result<T, PortalError> {
        let host = host_of(url);
        let mut wait = self.patience.first_wait;
        let mut tries = 1;
        loop {
            let error = match ask() {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let pause = match &error.trouble {
                Trouble::TooMany(Some(until), _) => {
                    // A moment more: clocks differ.
                    let left = (*until - Utc::now()).to_std().unwrap_or_default();
                    let left = left + Duration::from_millis(300);
                    (left <= self.patience.longest_wait).then_some(left)
                }
                Trouble::Unreachable(_)
                | Trouble::CutOff(_)
                | Trouble::Broken(500..=599, _)
                | Trouble::TooMany(None, _) => Some(wait + jitter(wait)),
                _ => None,
            };
            let Some(pause) = pause.filter(|_| tries < self.patience.tries) else {
                return Err(error);
            };
            log::info!("{host}: {}; asked again in {pause:?}", error.what());
            sleep(pause, watch).map_err(|()| PortalError::new(&*host, Trouble::Cancelled))?;
            wait *= 2;
            tries += 1;
        }
    }

    /// Asks once. The answer's body is still to be read.
    pub fn once(&self, url: &Url, limit: u64, watch: &Watch) -> Result<Body<'_>, PortalError> {
        self.once_for(url, "*/*", limit, watch)
    }

    /// Asks once for these kinds of content, as HTTP writes them.
    pub fn once_for(
        &self,
        url: &Url,
        accepted: &'static str,
        limit: u64,
        watch: &Watch,
    ) -> Result<Body<'_>, PortalError> {
        self.asked(&Question { url, accepted, form: None, etag: "" }, limit, watch)
    }

    /// Asks once.
    pub fn asked(
        &self,
        question: &Question<'_>,
        limit: u64,
        watch: &Watch,
    ) -> Result<Body<'_>, PortalError> {
        let host = host_of(question.url);
        let failed = |trouble| PortalError::new(&*host, trouble);
        let client = self.line.client().map_err(|why| match why {
            NoLine::Offline => failed(Trouble::Offline),
            NoLine::Unusable(detail) => failed(Trouble::Unreachable(detail)),
        })?;
        let (closed, key) = self.with_host(&host, |known| {
            known.closed.take_if(|(until, _)| *until <= Utc::now());
            (known.closed.clone(), known.key.clone())
        });
        if let Some((until, said)) = closed {
            return Err(failed(Trouble::TooMany(Some(until), said)));
        }
        let turn = self.turn(&host, watch)?;
        let url = question.url.clone();
        let mut request = match question.form {
            None => client.get(url),
            Some(form) => client
                .post(url)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.to_owned()),
        };
        request = request.header(header::ACCEPT, question.accepted);
        if !question.etag.is_empty() {
            request = request.header(header::IF_NONE_MATCH, question.etag);
        }
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, key);
        }
        let mut body = Body::begin(request, &host, self.patience, limit, turn)?;
        let status = body.head(watch)?;
        self.note_quota(&host, &body.headers);
        if (200..300).contains(&status) || (status == 304 && !question.etag.is_empty()) {
            return Ok(body);
        }
        let refusal = Refusal::read(status, &body.start(watch));
        let mut trouble = refusal.trouble();
        if let Trouble::TooMany(until, said) = &mut trouble {
            let headers = &body.headers;
            let after = text(headers, "retry-after").trim().parse().ok();
            let after =
                after.and_then(|seconds| Utc::now().checked_add_signed(seconds_of(seconds)));
            *until = until.or(after).or_else(|| reset_time(text(headers, "x-ratelimit-reset")));
            if let Some(until) = *until {
                self.with_host(&host, |known| known.closed = Some((until, said.clone())));
            }
        }
        Err(failed(trouble))
    }

    fn turn(&self, host: &str, watch: &Watch) -> Result<Turn<'_>, PortalError> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if watch.check().is_err() {
                return Err(PortalError::new(host, Trouble::Cancelled));
            }
            let count = under_way.entry(host.to_owned()).or_default();
            if *count < AT_ONCE {
                *count += 1;
                return Ok(Turn { asker: self, host: host.to_owned() });
            }
            let waited = self.bell.wait_timeout(under_way, Duration::from_millis(100));
            under_way = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn note_quota(&self, host: &str, headers: &HeaderMap) {
        let number = |name| text(headers, name).trim().parse().ok();
        let (Some(limit), Some(remaining)) =
            (number("x-ratelimit-limit"), number("x-ratelimit-remaining"))
        else {
            return;
        };
        let reset = reset_time(text(headers, "x-ratelimit-reset"));
        self.with_host(host, |known| known.quota = Some(Quota { limit, remaining, reset }));
    }
}

/// The server's name, with a port where it has one.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn seconds_of(seconds: u32) -> chrono::TimeDelta {
    chrono::TimeDelta::seconds(i64::from(seconds))
}

/// A part of a time that differs between programs that were refused at the same moment.
pub(super) fn jitter(of: Duration) -> Duration {
    let random = RandomState::new().hash_one(Instant::now());
    let part = u32::try_from(random % 1_000).unwrap_or_default();
    of.saturating_mul(part) / 2_000
}

fn sleep(time: Duration, watch: &Watch) -> Result<(), ()> {
    let start = Instant::now();
    while let Some(left) = time.checked_sub(start.elapsed()) {
        watch.check().map_err(|_| ())?;
        std::thread::sleep(left.min(STEP));
    }
    Ok(())
}
