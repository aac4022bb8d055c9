//! `belfort sparql` and `belfort ldes`: linked data without a window.

use std::path::PathBuf;

use clap::Args;

use super::arguments::{language, word};
use super::convert::output_format;
use super::fetched::{HandOver, hand_over};
use super::{Failure, portal};
use crate::i18n::{Language, Message, tr};
use crate::portal::{LinkedAddress, Versions};
use crate::problem::FileError;

/// Where the file goes, and how it is told.
#[derive(Args, Clone, Debug)]
struct Output {
    /// The file to write.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-out")),
        help = tr(language(), "cli-help-out"),
    )]
    out: PathBuf,
    /// No server is asked.
    #[arg(long, help = tr(language(), "cli-help-portal-offline"))]
    offline: bool,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    json: bool,
}

/// `belfort sparql`.
#[derive(Args, Clone, Debug)]
pub struct Sparql {
    /// The endpoint.
    #[arg(
        value_name = word(tr(language(), "cli-value-endpoint")),
        help = tr(language(), "cli-help-endpoint"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    endpoint: String,
    /// The file with the question.
    #[arg(
        value_name = word(tr(language(), "cli-value-query")),
        help = tr(language(), "cli-help-query"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    query: PathBuf,
    #[command(flatten)]
    output: Output,
}

/// `belfort ldes`.
#[derive(Args, Clone, Debug)]
pub struct Ldes {
    /// The stream.
    #[arg(
        value_name = word(tr(language(), "cli-value-stream")),
        help = tr(language(), "cli-help-stream"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    stream: String,
    /// Only what was made since a moment.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-day")),
        help = tr(language(), "cli-help-ldes-since"),
    )]
    since: Option<String>,
    /// All versions.
    #[arg(long, help = tr(language(), "cli-help-ldes-all"))]
    all: bool,
    /// Only things in whose texts a word stands.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-words")),
        help = tr(language(), "cli-help-ldes-search"),
    )]
    search: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// The longest question that is read, bytes.
const LONGEST: u64 = 1 << 20;

/// The text for stdout.
pub(super) fn sparql(arguments: &Sparql, language: Language) -> Result<String, Failure> {
    let query = question(&arguments.query).map_err(|error| Failure::file(&error, language))?;
    let base = base_of(&arguments.endpoint, language)?;
    hand(&LinkedAddress::sparql(base, query), &arguments.output, language)
}

/// The text for stdout.
pub(super) fn ldes(arguments: &Ldes, language: Language) -> Result<String, Failure> {
    let mut address = LinkedAddress::ldes(base_of(&arguments.stream, language)?);
    if let Some(text) = &arguments.since {
        let since = LinkedAddress::moment(text).ok_or_else(|| {
            let message = Message::new("linked-bad-since").text("address", text.as_str());
            Failure::usage(&message, language)
        })?;
        address.since = Some(since);
    }
    if arguments.all {
        address.versions = Versions::All;
    }
    address.search = arguments.search.clone().unwrap_or_default().trim().to_owned();
    hand(&address, &arguments.output, language)
}

fn hand(address: &LinkedAddress, output: &Output, language: Language) -> Result<String, Failure> {
    let format = output_format(&output.out, language)?;
    let portals = portal::all(language, output.offline);
    let job = HandOver {
        portals: &portals,
        address: address.to_string(),
        offline: output.offline,
        out: &output.out,
        format,
        json: output.json,
    };
    hand_over(&job, language)
}

/// The address as a person types it, with or without its scheme.
fn base_of(text: &str, language: Language) -> Result<url::Url, Failure> {
    let bare = ["sparql:", "ldes:"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
    LinkedAddress::base_of(bare.unwrap_or(text)).ok_or_else(|| {
        let message = Message::new("linked-bad-address").text("address", text);
        Failure::usage(&message, language)
    })
}

/// The question in a file.
fn question(path: &std::path::Path) -> Result<String, FileError> {
    let failed = |error| FileError::io(path, &error);
    let size = std::fs::metadata(path).map_err(failed)?.len();
    let bad = |id| FileError::new(path, Message::new(id));
    if size > LONGEST {
        return Err(bad("cli-query-too-long"));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| bad("cli-query-no-text"))
}
