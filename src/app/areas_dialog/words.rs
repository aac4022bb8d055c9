//! What is calculated, in words, and what columns are called.

use crate::app::session::Session;
use crate::i18n::{Message, fold};
use crate::query::per_area::What;

/// Names are not longer than this many letters, so that they can be read above a column.
const LONGEST: usize = 48;

/// What is calculated, with its unit.
pub(in crate::app) fn what_message(what: What) -> Message {
    Message::new(match what {
        What::Count => "app-areas-count",
        What::CountPerKm2 => "app-areas-count-per-km2",
        What::Sum => "app-areas-sum",
        What::SumPerKm2 => "app-areas-sum-per-km2",
        What::Mean => "app-areas-mean",
        What::Median => "app-areas-median",
        What::Min => "app-areas-min",
        What::Max => "app-areas-max",
        What::LengthKm => "app-areas-length-km",
        What::LengthM => "app-areas-length-m",
        What::LengthPerKm2 => "app-areas-length-per-km2",
        What::AreaM2 => "app-areas-area-m2",
        What::AreaHa => "app-areas-area-ha",
        What::AreaKm2 => "app-areas-area-km2",
        What::Share => "app-areas-share",
    })
}

/// What a column is called as long as the person has not named it: in small letters, digits and
/// underscores, so that conditions and all formats can name it as it is.
pub(super) fn default_name(session: &Session, what: What, field: &str, layer: &str) -> String {
    let id = match what {
        What::Count => "app-areas-name-count",
        What::CountPerKm2 => "app-areas-name-count-per-km2",
        What::Sum => "app-areas-name-sum",
        What::SumPerKm2 => "app-areas-name-sum-per-km2",
        What::Mean => "app-areas-name-mean",
        What::Median => "app-areas-name-median",
        What::Min => "app-areas-name-min",
        What::Max => "app-areas-name-max",
        What::LengthKm => "app-areas-name-length-km",
        What::LengthM => "app-areas-name-length-m",
        What::LengthPerKm2 => "app-areas-name-length-per-km2",
        What::AreaM2 => "app-areas-name-area-m2",
        What::AreaHa => "app-areas-name-area-ha",
        What::AreaKm2 => "app-areas-name-area-km2",
        What::Share => "app-areas-name-share",
    };
    plain(&session.say(&Message::new(id).text("layer", layer).text("field", field)))
}

/// A text in small letters, digits and underscores.
fn plain(text: &str) -> String {
    let mut name = String::new();
    for letter in fold(text).chars() {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let short: String = name.chars().take(LONGEST).collect();
    short.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(plain("Aantal Bomen (Gent) – 2025"), "aantal_bomen_gent_2025");
        assert_eq!(plain("cafés per km2 "), "cafes_per_km2");
        assert!(plain(&"lang ".repeat(40)).chars().count() <= LONGEST);
    }
}
