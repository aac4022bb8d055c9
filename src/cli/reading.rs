//! What `info` says about how a file was read: who speaks for which encoding, and in which other
//! system a layer would lie in Belgium.

use crate::crs::{LayerCrs, PlaceDoubt};
use crate::formats::encoding_words;
use crate::i18n::{Language, Message, tr};
use crate::table::Table;

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
