//! `belfort tiles`: archives of tiles, and an area taken along, without a window.

mod arguments;

pub use arguments::Tiles;

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use self::arguments::{Info, Take, Task};
use super::convert::rectangle;
use super::report::Rows;
use super::{Failure, json};
use crate::i18n::{Language, Message, format_integer, format_number, tr};
use crate::jobs::Watch;
use crate::network::Network;
use crate::tiles::archive::{Archive, ArchiveFacts};
use crate::tiles::take::{TakeFrom, Taken, Wanted, needed, open_remote, take};
use crate::tiles::{basemap, basemaps};

/// The text for stdout.
pub(super) fn run(arguments: &Tiles, language: Language) -> Result<String, Failure> {
    match &arguments.task {
        Task::Info(info) => tell(info, language),
        Task::Take(take) => take_along(take, language),
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn opened(text: &str, language: Language) -> Result<Archive, Failure> {
    let opened = if is_address(text) {
        open_remote(text, &Network::default())
    } else {
        Archive::open(Path::new(text))
    };
    opened.map_err(|error| Failure::file(&error, language))
}

/// One archive of tiles in JSON.
#[derive(Serialize)]
pub(super) struct ArchiveEntry<'a> {
    path: String,
    format: &'static str,
    tiles: &'static str,
    min_zoom: u8,
    max_zoom: u8,
    bounds: [f64; 4],
    name: &'a str,
    attribution: &'a str,
    attribution_url: Option<&'a str>,
    description: &'a str,
    layers: &'a [String],
    bytes: u64,
}

impl ArchiveEntry<'_> {
    pub fn of(facts: &ArchiveFacts) -> ArchiveEntry<'_> {
        ArchiveEntry {
            path: facts.path.to_string_lossy().into_owned(),
            format: facts.form.name(),
            tiles: facts.tiles.name(),
            min_zoom: facts.min_zoom,
            max_zoom: facts.max_zoom,
            bounds: facts.bounds.as_array(),
            name: &facts.name,
            attribution: &facts.attribution,
            attribution_url: facts.attribution_url.as_deref(),
            description: &facts.description,
            layers: &facts.layers,
            bytes: facts.bytes,
        }
    }
}

fn tell(arguments: &Info, language: Language) -> Result<String, Failure> {
    let archive = opened(&arguments.archive, language)?;
    let facts = archive.facts();
    Ok(if arguments.json { json::text(&ArchiveEntry::of(facts)) } else { text(facts, language) })
}

/// What an archive says of itself, in words.
pub(super) fn text(facts: &ArchiveFacts, language: Language) -> String {
    let mut rows = Rows::default();
    let path = facts.path.to_string_lossy();
    rows.add(tr(language, "cli-tiles-kind"), facts.message().in_language(language));
    let bounds = facts.bounds.as_array().map(|value| format_number(language, value, 5));
    rows.add(tr(language, "cli-tiles-bounds"), bounds.join("  "));
    rows.add(tr(language, "cli-tiles-maker"), facts.attribution.as_str());
    rows.add(tr(language, "cli-tiles-about"), facts.description.as_str());
    rows.add(tr(language, "cli-tiles-layers"), facts.layers.join(", "));
    rows.add(tr(language, "cli-tiles-size"), megabytes(facts.bytes, language));
    rows.add(tr(language, "cli-tiles-file"), path.as_ref());
    format!("{}\n{}", facts.title(), rows.text(2))
}

fn megabytes(bytes: u64, language: Language) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a size in words")]
    let number = format_number(language, bytes as f64 / 1e6, 1);
    format!("{number} MB")
}

/// What was or would be taken.
#[derive(Serialize)]
struct TakeEntry {
    from: String,
    attribution: String,
    terms: Option<String>,
    bbox: [f64; 4],
    min_zoom: u8,
    max_zoom: u8,
    tiles_wanted: u64,
    bytes_expected: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    tiles: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tiles_absent: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

fn take_along(arguments: &Take, language: Language) -> Result<String, Failure> {
    let area = rectangle(&arguments.bbox, language)?;
    let from = if is_address(&arguments.from) || Path::new(&arguments.from).is_file() {
        TakeFrom::Archive(Arc::new(opened(&arguments.from, language)?))
    } else {
        let Some(basemap) = basemap(&arguments.from) else {
            let known: Vec<&str> = basemaps()
                .iter()
                .filter(|basemap| basemap.offline)
                .map(|basemap| basemap.id.as_str())
                .collect();
            let message = Message::new("cli-tiles-unknown")
                .text("from", arguments.from.as_str())
                .text("known", known.join(", "));
            return Err(Failure::usage(&message, language));
        };
        TakeFrom::Server(Arc::new(basemap.clone()))
    };
    let failed = |message: Message| Failure::Failed(message.in_language(language));
    from.allowed().map_err(failed)?;
    let wanted = Wanted::of(&from, &[area], arguments.depth).map_err(failed)?;
    let watch = Watch::unwatched();
    let expected = match &from {
        TakeFrom::Archive(archive) => {
            needed(archive, &wanted, &watch).map_err(|error| Failure::file(&error, language))?
        }
        TakeFrom::Server(_) => wanted.estimate(),
    };
    let taken = arguments.out.as_deref().map(|out| {
        let taken = take(&from, &wanted, out, &Network::default(), &watch);
        taken.map_err(|error| Failure::file(&error, language))
    });
    let taken = taken.transpose()?;
    let entry = entry(&from, &wanted, expected, taken.as_ref(), language);
    Ok(if arguments.json { json::text(&entry) } else { words(&entry, language) })
}

fn entry(
    from: &TakeFrom,
    wanted: &Wanted,
    expected: u64,
    taken: Option<&Taken>,
    language: Language,
) -> TakeEntry {
    let (name, attribution, terms) = match from {
        TakeFrom::Server(basemap) => (
            basemap.name.get(language).to_owned(),
            basemap.attribution.clone(),
            Some(format!("{} ({})", basemap.terms.get(language), basemap.terms_url)),
        ),
        TakeFrom::Archive(archive) => {
            (archive.facts().title(), archive.facts().attribution.clone(), None)
        }
    };
    TakeEntry {
        from: name,
        attribution,
        terms,
        bbox: wanted.bounds.as_array(),
        min_zoom: wanted.levels[0],
        max_zoom: wanted.levels[1],
        tiles_wanted: wanted.tiles.len() as u64,
        bytes_expected: expected,
        tiles: taken.map(|taken| taken.tiles),
        tiles_absent: taken.map(|taken| taken.absent),
        bytes: taken.map(|taken| taken.bytes),
        output: taken.map(|taken| taken.path.to_string_lossy().into_owned()),
    }
}

fn words(entry: &TakeEntry, language: Language) -> String {
    let count = |value: u64| format_integer(language, i64::try_from(value).unwrap_or(i64::MAX));
    let mut rows = Rows::default();
    rows.add(tr(language, "cli-tiles-maker"), entry.attribution.as_str());
    rows.add(tr(language, "cli-tiles-rule"), entry.terms.as_deref().unwrap_or_default());
    rows.add(tr(language, "cli-tiles-levels"), format!("{}–{}", entry.min_zoom, entry.max_zoom));
    rows.add(tr(language, "cli-tiles-count"), count(entry.tiles_wanted));
    rows.add(tr(language, "cli-tiles-expected"), megabytes(entry.bytes_expected, language));
    if let (Some(tiles), Some(bytes)) = (entry.tiles, entry.bytes) {
        rows.add(tr(language, "cli-tiles-taken"), count(tiles));
        let absent = entry.tiles_absent.filter(|absent| *absent > 0).map(count);
        rows.add(tr(language, "cli-tiles-absent"), absent.unwrap_or_default());
        rows.add(tr(language, "cli-tiles-size"), megabytes(bytes, language));
    }
    rows.add(tr(language, "cli-tiles-file"), entry.output.as_deref().unwrap_or_default());
    format!("{}\n{}", entry.from, rows.text(2))
}
