//! Who made the data, what may be done with them, and when they were fetched.

use chrono::NaiveDate;

use super::content::MapContent;
use crate::i18n::{Language, Message, format_date, tr};
use crate::project::{Attribution, Backdrop, Document, Layer};

/// Something of which a map says the source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sourced<'a> {
    /// Its name.
    pub name: &'a str,
    /// Who made it and what may be done with it.
    pub attribution: &'a Attribution,
    /// Whether it was drawn on the map itself: where nothing is said of a source there is none.
    pub is_drawn: bool,
}

impl<'a> From<&'a Layer> for Sourced<'a> {
    fn from(layer: &'a Layer) -> Self {
        let is_drawn = layer.source.notes().is_some();
        Sourced { name: &layer.name, attribution: &layer.attribution, is_drawn }
    }
}

impl<'a> From<&'a Backdrop> for Sourced<'a> {
    fn from(backdrop: &'a Backdrop) -> Self {
        Sourced { name: &backdrop.name, attribution: &backdrop.attribution, is_drawn: false }
    }
}

/// The sources of a map as one line of text, to be put under a figure or in a list of references:
/// each publisher with the layers' names and addresses, the licence and the day of access, then the
/// basemap's makers and the document's notice. `shown` are the layers and backdrops on the map, topmost
/// first; of what the day of access is not known, that was `today`.
pub fn source_line(
    document: &Document,
    shown: &[Sourced<'_>],
    basemap_attribution: Option<&str>,
    language: Language,
    today: NaiveDate,
) -> String {
    let mut line = sources(shown, basemap_attribution, language, today);
    let notice = document.notice.trim();
    if !notice.is_empty() {
        if !line.is_empty() {
            line.push_str(". ");
        }
        line.push_str(notice);
    }
    line
}

/// The sources without the notice.
pub(super) fn sources(
    shown: &[Sourced<'_>],
    basemap_attribution: Option<&str>,
    language: Language,
    today: NaiveDate,
) -> String {
    let mut known: Vec<Vec<Sourced<'_>>> = Vec::new();
    let mut unknown = Vec::new();
    for layer in shown.iter().copied() {
        let attribution = layer.attribution;
        if attribution.publisher.trim().is_empty() && attribution.url.trim().is_empty() {
            if !layer.is_drawn {
                unknown.push(quoted(layer.name));
            }
            continue;
        }
        let same = |group: &&mut Vec<Sourced<'_>>| {
            group.first().is_some_and(|first| same_terms(first.attribution, attribution))
        };
        match known.iter_mut().find(same) {
            Some(group) => group.push(layer),
            None => known.push(vec![layer]),
        }
    }
    let mut parts: Vec<String> = Vec::new();
    if !known.is_empty() {
        let sources: Vec<String> =
            known.iter().map(|group| one_source(group, language, today)).collect();
        let label = Message::new("figure-source").count("count", sources.len() as u64);
        parts.push(format!("{}: {}", label.in_language(language), sources.join("; ")));
    }
    if !unknown.is_empty() {
        let message = Message::new("figure-source-unknown").text("layers", unknown.join(", "));
        parts.push(message.in_language(language));
    }
    if let Some(attribution) = basemap_attribution.map(str::trim).filter(|text| !text.is_empty()) {
        let message = Message::new("figure-source-basemap").text("attribution", attribution);
        parts.push(message.in_language(language));
    }
    capitalised(&parts.join("; "))
}

/// Whether two layers have all in common but the address.
fn same_terms(one: &Attribution, other: &Attribution) -> bool {
    one.publisher == other.publisher
        && one.licence == other.licence
        && one.accessed == other.accessed
}

/// Layers of one publisher under one licence, fetched on one day.
fn one_source(layers: &[Sourced<'_>], language: Language, today: NaiveDate) -> String {
    let Some(attribution) = layers.first().map(|layer| layer.attribution) else {
        return String::new();
    };
    let accessed = attribution.accessed.trim();
    // A date and time counts as its date; text that is no date is shown as it is.
    let day = accessed.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    let day = match day {
        Some(day) => format_date(language, day),
        None if accessed.is_empty() => format_date(language, today),
        None => accessed.to_owned(),
    };
    let accessed = Message::new("figure-source-accessed").text("date", day);
    let parts = [
        attribution.publisher.trim().to_owned(),
        with_addresses(layers),
        attribution.licence.trim().to_owned(),
        accessed.in_language(language),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The layers' names, each with its address; neighbours with the same address share it.
fn with_addresses(layers: &[Sourced<'_>]) -> String {
    let address = |layer: &Sourced<'_>| layer.attribution.url.trim().to_owned();
    let texts: Vec<String> = layers
        .chunk_by(|one, other| address(one) == address(other))
        .map(|chunk| {
            let names: Vec<String> = chunk.iter().map(|layer| quoted(layer.name)).collect();
            let names = names.join(", ");
            match chunk.first().map(address).filter(|address| !address.is_empty()) {
                Some(address) => format!("{names} ({address})"),
                None => names,
            }
        })
        .collect();
    texts.join(", ")
}

fn quoted(name: &str) -> String {
    format!("‘{name}’")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// When and with what a figure was made.
pub(super) fn made_line(language: Language, today: NaiveDate) -> String {
    let date = format_date(language, today);
    Message::new("figure-made").text("date", date).in_language(language)
}

/// The heading of the legend: as the person said, or the usual word.
pub(super) fn legend_heading(content: &MapContent<'_>) -> String {
    match content.document.legend.title.trim() {
        "" => tr(content.language, "figure-legend"),
        title => title.to_owned(),
    }
}
