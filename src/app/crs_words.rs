//! Coordinate reference systems as people call them.

use crate::crs::{Crs, LayerCrs};
use crate::i18n::{Language, Message};

/// The systems offered with one click, with the names used in Belgium.
pub(super) fn offered() -> [(Crs, &'static str); 4] {
    [
        (Crs::lambert72(), "Lambert 72"),
        (Crs::lambert2008(), "Lambert 2008"),
        (Crs::wgs84(), "WGS 84"),
        (Crs::web_mercator(), "Web Mercator"),
    ]
}

/// The short name of a system where it has one, else the register's.
pub(super) fn short_name(crs: &Crs) -> String {
    let known = offered().into_iter().find(|(offered, _)| offered.same_as(crs));
    known.map_or_else(|| crs.label(), |(_, name)| name.to_owned())
}

/// The short name of a layer's system, with a word on swapped axes.
pub(super) fn crs_label(found: &LayerCrs, language: Language) -> String {
    let name = short_name(&found.crs);
    if found.swapped {
        Message::new("app-crs-swapped-name").text("name", name).in_language(language)
    } else {
        name
    }
}
