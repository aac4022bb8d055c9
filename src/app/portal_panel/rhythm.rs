//! How often a dataset is updated, in words.

use std::time::Duration;

use crate::app::session::Session;
use crate::i18n::Message;
use crate::portal::period;

/// What a unit of time is called, and its seconds; the longest first. Months and years as portals mean
/// them: 30 and 365 days.
const UNITS: [(&str, u64); 7] = [
    ("app-portal-every-year", 365 * 86_400),
    ("app-portal-every-month", 30 * 86_400),
    ("app-portal-every-week", 7 * 86_400),
    ("app-portal-every-day", 86_400),
    ("app-portal-every-hour", 3_600),
    ("app-portal-every-minute", 60),
    ("app-portal-every-second", 1),
];

/// The same in the person's language; the portal's own words where they are no time.
pub(in crate::app) fn said(session: &Session, frequency: &str) -> String {
    in_words(frequency).map_or_else(|| frequency.to_owned(), |words| session.say(&words))
}

/// "Every 15 minutes", whatever the portal writes (`PT15M`, an address of the European Union, a word in
/// some language); none where what it says is no time.
fn in_words(frequency: &str) -> Option<Message> {
    let seconds = period(frequency).filter(|time| *time >= Duration::from_secs(1))?.as_secs();
    let (id, unit) = UNITS.into_iter().find(|(_, unit)| seconds.is_multiple_of(*unit))?;
    Some(Message::new(id).count("count", seconds / unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_rhythm_is_told_in_the_language() {
        let said = |text, language| in_words(text).map(|words| words.in_language(language));
        for (text, dutch, english) in [
            ("PT15M", "elke 15 minuten", "every 15 minutes"),
            ("PT1M", "elke minuut", "every minute"),
            ("P1D", "elke dag", "every day"),
            ("dagelijks", "elke dag", "every day"),
            (
                "http://publications.europa.eu/resource/authority/frequency/ANNUAL",
                "elk jaar",
                "every year",
            ),
            ("monthly", "elke maand", "every month"),
            ("2 weken", "elke 2 weken", "every 2 weeks"),
        ] {
            assert_eq!(said(text, Language::Dutch).as_deref(), Some(dutch), "{text}");
            assert_eq!(said(text, Language::English).as_deref(), Some(english), "{text}");
        }
        assert_eq!(said("wanneer nodig", Language::Dutch), None);
    }
}
