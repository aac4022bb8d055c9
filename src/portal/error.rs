//! Why a portal gave no answer, in words a person can use.

use chrono::{DateTime, Utc};

use crate::i18n::{Arg, Message};
use crate::problem::FileError;

/// Why a portal gave no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct PortalError {
    /// The name of the portal's server.
    pub host: String,
    /// What happened.
    pub trouble: Trouble,
}

/// What can go wrong between the program and a portal.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The person works offline.
    Offline,
    /// Nobody answered: what the system says about it.
    Unreachable(String),
    /// The answer did not go on for so many seconds.
    Stalled(u64),
    /// The answer came at less than a trickle.
    TooSlow,
    /// The answer broke off after so many bytes.
    CutOff(u64),
    /// There is no such dataset (any more).
    NoDataset(String),
    /// The portal does not understand the question: its own words.
    BadQuestion(String),
    /// The portal wants a key, or another one: its own words.
    Key(String),
    /// Too many questions; until when to wait, and the portal's own words.
    TooMany(Option<DateTime<Utc>>, String),
    /// The portal answered with an error of its own.
    Broken(u16, String),
    /// The answer is not what was asked for: a web page, broken text; what exactly.
    Unexpected(Message),
    /// Addresses that lead to each other.
    Redirects,
    /// More than this many bytes.
    TooLarge(u64),
    /// A key that cannot be sent.
    BadKey,
    /// Something about a service: what, and what to do.
    Service(Message, Message),
    /// A file of this machine is in the way.
    File(Box<FileError>),
    /// The person cancelled.
    Cancelled,
}

impl PortalError {
    /// Something about a server, with what to do.
    pub(super) fn told(
        host: impl Into<String>,
        what: Message,
        remedy: &'static str,
    ) -> PortalError {
        PortalError::new(host, Trouble::Service(what, Message::new(remedy)))
    }

    /// An error of a portal's server.
    pub fn new(host: impl Into<String>, trouble: Trouble) -> PortalError {
        PortalError { host: host.into(), trouble }
    }

    /// Whether the person cancelled, so that nothing needs to be shown.
    pub fn is_cancelled(&self) -> bool {
        match &self.trouble {
            Trouble::Cancelled => true,
            Trouble::File(error) => error.is_cancelled(),
            _ => false,
        }
    }

    /// What happened.
    pub fn what(&self) -> Message {
        let about = |id| Message::new(id).text("host", self.host.as_str());
        let said = |id, text: &str| about(id).message("said", in_its_words(text));
        match &self.trouble {
            Trouble::Offline => about("portal-error-offline"),
            Trouble::Unreachable(detail) => {
                about("portal-error-unreachable").text("detail", detail.as_str())
            }
            Trouble::Stalled(seconds) => about("portal-error-stalled").count("seconds", *seconds),
            Trouble::TooSlow => about("portal-error-too-slow"),
            Trouble::CutOff(bytes) => about("portal-error-cut-off").message("size", size(*bytes)),
            Trouble::NoDataset(id) => about("portal-error-no-dataset").text("dataset", id.as_str()),
            Trouble::BadQuestion(text) => said("portal-error-bad-question", text),
            Trouble::Key(text) => said("portal-error-key", text),
            Trouble::TooMany(Some(until), text) => {
                let time = Arg::Message(Box::new(time_of_day(*until)));
                let mut message = said("portal-error-too-many-until", text);
                message.args.push(("time", time));
                message
            }
            Trouble::TooMany(None, text) => said("portal-error-too-many", text),
            Trouble::Broken(status, text) => {
                said("portal-error-broken", text).text("status", status.to_string())
            }
            Trouble::Unexpected(what) => {
                about("portal-error-unexpected").message("what", what.clone())
            }
            Trouble::Redirects => about("portal-error-redirects"),
            Trouble::TooLarge(bytes) => {
                about("portal-error-too-large").message("size", size(*bytes))
            }
            Trouble::BadKey => about("portal-error-bad-key"),
            Trouble::Service(what, _) => what.clone().text("host", self.host.as_str()),
            Trouble::File(error) => Message::new("portal-error-file")
                .text("path", error.path.to_string_lossy())
                .message("what", error.what.clone()),
            Trouble::Cancelled => Message::new("error-cancelled"),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> Option<Message> {
        let id = match &self.trouble {
            Trouble::Offline => "portal-remedy-offline",
            Trouble::Unreachable(_) => "portal-remedy-unreachable",
            Trouble::Stalled(_) | Trouble::TooSlow | Trouble::CutOff(_) | Trouble::Broken(..) => {
                "portal-remedy-later"
            }
            Trouble::NoDataset(_) => "portal-remedy-no-dataset",
            Trouble::BadQuestion(_) => "portal-remedy-bad-question",
            Trouble::Key(_) | Trouble::BadKey => "portal-remedy-key",
            Trouble::TooMany(..) => "portal-remedy-too-many",
            Trouble::Unexpected(_) | Trouble::Redirects => "portal-remedy-address",
            Trouble::TooLarge(_) => "portal-remedy-too-large",
            Trouble::Service(_, remedy) => return Some(remedy.clone()),
            Trouble::File(error) => return error.remedy.clone(),
            Trouble::Cancelled => return None,
        };
        Some(Message::new(id))
    }

    /// The same as an error about what was to be opened.
    pub fn about(&self, address: impl Into<std::path::PathBuf>) -> FileError {
        if self.is_cancelled() {
            return FileError::cancelled(address);
        }
        let error = FileError::new(address, self.what());
        match self.remedy() {
            Some(remedy) => error.remedy(remedy),
            None => error,
        }
    }
}

/// What a portal said of itself, quoted; nothing where it said nothing.
fn in_its_words(text: &str) -> Message {
    const LONGEST: usize = 300;
    let text = text.trim();
    if text.is_empty() {
        return Message::new("portal-said-nothing");
    }
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Message::new("portal-said").text("text", short)
}

#[expect(clippy::cast_precision_loss, reason = "a size in words")]
fn size(bytes: u64) -> Message {
    const KILOBYTE: f64 = 1_000.0;
    const MEGABYTE: f64 = 1_000_000.0;
    if bytes < 1_000_000 {
        return Message::new("portal-kilobytes").number("size", bytes as f64 / KILOBYTE, 0);
    }
    Message::new("portal-megabytes").number("size", bytes as f64 / MEGABYTE, 1)
}

/// The hour on this machine's clock; with the day where it is not today.
fn time_of_day(at: DateTime<Utc>) -> Message {
    let local = at.with_timezone(&chrono::Local);
    let is_today = local.date_naive() == chrono::Local::now().date_naive();
    let form = if is_today { "%H:%M" } else { "%d/%m %H:%M" };
    Message::new("portal-time").text("time", local.format(form).to_string())
}
