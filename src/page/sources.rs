//! Who made the data, what may be done with them, and when they were fetched.

use chrono::NaiveDate;

use crate::i18n::{Language, Message, format_date, tr};
use crate::project::{Attribution, Document, Layer};

/// The sources of a map as one line of text, to be put under a figure or in a list of references:
/// each publisher with the layers' names, licence, day of access and address, then the basemap's
/// makers and the document's notice. `layers` are those on the map, topmost first; a layer whose
/// day of access is not known was accessed `today`.
pub fn source_line(
    document: &Document,
    layers: &[&Layer],
    basemap_attribution: Option<&str>,
    language: Language,
    today: NaiveDate,
) -> String {
    let mut line = sources(layers, basemap_attribution, language, today);
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
    layers: &[&Layer],
    basemap_attribution: Option<&str>,
    language: Language,
    today: NaiveDate,
) -> String {
    let mut known: Vec<(&Attribution, Vec<&str>)> = Vec::new();
    let mut unknown = Vec::new();
    for layer in layers {
        if layer.attribution.publisher.trim().is_empty() && layer.attribution.url.trim().is_empty()
        {
            unknown.push(layer.name.as_str());
            continue;
        }
        match known.iter_mut().find(|(attribution, _)| **attribution == layer.attribution) {
            Some((_, names)) => names.push(&layer.name),
            None => known.push((&layer.attribution, vec![&layer.name])),
        }
    }
    let mut parts: Vec<String> = Vec::new();
    if !known.is_empty() {
        let sources: Vec<String> = known
            .iter()
            .map(|(attribution, names)| one_source(attribution, names, language, today))
            .collect();
        let label = Message::new("figure-source").count("count", sources.len() as u64);
        parts.push(format!("{}: {}", label.in_language(language), sources.join("; ")));
    }
    if !unknown.is_empty() {
        let message = Message::new("figure-source-unknown").text("layers", quoted(&unknown));
        parts.push(message.in_language(language));
    }
    if let Some(attribution) = basemap_attribution.map(str::trim).filter(|text| !text.is_empty()) {
        let message = Message::new("figure-source-basemap").text("attribution", attribution);
        parts.push(message.in_language(language));
    }
    capitalised(&parts.join("; "))
}

fn one_source(
    attribution: &Attribution,
    names: &[&str],
    language: Language,
    today: NaiveDate,
) -> String {
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
        quoted(names),
        attribution.licence.trim().to_owned(),
        accessed.in_language(language),
        attribution.url.trim().to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("‘{name}’")).collect::<Vec<_>>().join(", ")
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

/// The heading of the legend.
pub(super) fn legend_heading(language: Language) -> String {
    tr(language, "figure-legend")
}
