//! What `info` says about how a file was read: who speaks for which encoding, in which other
//! system a layer would lie in Belgium, which texts could be numbers or dates; and what fields are
//! because the person says so.

use std::collections::BTreeMap;

use crate::crs::{LayerCrs, PlaceDoubt};
use crate::formats::encoding_words;
use crate::i18n::{Language, Message, tr};
use crate::table::{Offer, ReadAs, Table};

use super::Failure;

/// What fields are: `FIELD=KIND`. The name may have an equals sign in it.
pub(super) fn kinds(
    texts: &[String],
    language: Language,
) -> Result<BTreeMap<String, ReadAs>, Failure> {
    let kind = |text: &String| {
        let found = text.rsplit_once('=').and_then(|(field, code)| {
            let read_as = ReadAs::by_code(&code.trim().to_lowercase())?;
            (!field.is_empty()).then(|| (field.to_owned(), read_as))
        });
        found.ok_or_else(|| {
            let known = ReadAs::ALL.map(ReadAs::code).join(", ");
            let message =
                Message::new("cli-bad-kind").text("text", text.as_str()).text("known", known);
            Failure::usage(&message, language)
        })
    };
    texts.iter().map(kind).collect()
}

/// The text fields that could be another kind, and how they are read so.
pub(super) fn offer_lines(table: &Table, offers: &[Offer], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for offer in offers {
        let Some(field) = table.fields.get(offer.column) else { continue };
        for (at, reading) in offer.readings.iter().enumerate() {
            let fit = &reading.fit;
            // The best form of a kind is what the kind alone gives.
            let code = if at == 0 { fit.read_as.without_form() } else { fit.read_as }.code();
            let option = format!("--kind {}", quoted(&format!("{}={code}", field.name)));
            let mut fits = fit.message().in_language(language);
            if let Some(nothing) = fit.no_value_message() {
                fits.push_str(&format!(", {}", nothing.in_language(language)));
            }
            let line = Message::new("cli-could-be-as")
                .message("what", fit.read_as.message(reading.kind))
                .text("fit", fits)
                .text("option", option);
            lines.push(format!("{}  {}", field.name, line.in_language(language)));
        }
    }
    lines
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '=');
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// The encoding; where others may be meant, who says what and the values that tell.
pub(super) fn encoding_lines(table: &Table, language: Language) -> Vec<String> {
    let name = table.origin.encoding.as_deref().unwrap_or_default();
    let mut lines = vec![encoding_words(name).in_language(language)];
    let Some(evidence) = table.origin.texts.as_ref().filter(|evidence| evidence.differs()) else {
        return lines;
    };
    if evidence.is_in_doubt {
        lines.push(tr(language, "cli-encoding-doubt"));
    }
    for candidate in &evidence.candidates {
        let by = candidate.said_by.iter().map(|by| by.message().in_language(language));
        let line = Message::new("cli-encoding-as")
            .message("encoding", encoding_words(candidate.encoding))
            .text("by", by.collect::<Vec<_>>().join(", "))
            .text("values", candidate.values.join(" · "));
        lines.push(format!("- {}", line.in_language(language)));
    }
    lines
}

/// The readings in which a layer that lies elsewhere would lie in Belgium.
pub(super) fn place_lines(doubt: Option<&PlaceDoubt>, language: Language) -> Vec<String> {
    let offers = doubt.into_iter().flat_map(|doubt| &doubt.offers);
    let lines = offers.map(|offer| {
        Message::new("cli-place-doubt")
            .text("crs", system(&offer.crs, language))
            .message("where", offer.whereabouts().message(language))
            .in_language(language)
    });
    lines.collect()
}

/// A system by its code, and whether latitude comes first.
fn system(crs: &LayerCrs, language: Language) -> String {
    let name = crs.crs.code.clone().unwrap_or_else(|| crs.crs.label());
    if crs.swapped {
        Message::new("cli-place-swapped").text("crs", name).in_language(language)
    } else {
        name
    }
}
