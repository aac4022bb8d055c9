//! Ages and pauses in words.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};

use crate::i18n::{Language, Message, format_date_time};
use crate::project::Refresh;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// "3 minutes ago".
pub(super) fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> Message {
    let seconds = (now - at).num_seconds().max(0);
    let (id, count) = match seconds {
        ..MINUTE => return Message::new("app-live-now"),
        MINUTE..HOUR => ("app-live-minutes-ago", seconds / MINUTE),
        HOUR..DAY => ("app-live-hours-ago", seconds / HOUR),
        DAY.. => ("app-live-days-ago", seconds / DAY),
    };
    Message::new(id).count("count", count.unsigned_abs())
}

/// When [`ago`] says something else.
pub(super) fn next_word(at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = (now - at).num_seconds().max(0);
    let unit = match seconds {
        ..HOUR => MINUTE,
        HOUR..DAY => HOUR,
        DAY.. => DAY,
    };
    at + TimeDelta::seconds((seconds / unit + 1) * unit)
}

/// "every 5 minutes".
pub(super) fn every(pause: Duration) -> Message {
    let seconds = pause.as_secs().max(1);
    let (id, count) = match seconds {
        ..60 => ("app-live-every-seconds", seconds),
        60..3_600 => ("app-live-every-minutes", seconds / 60),
        3_600..86_400 => ("app-live-every-hours", seconds / 3_600),
        86_400.. => ("app-live-every-days", seconds / 86_400),
    };
    Message::new(id).count("count", count)
}

/// "15 minutes".
pub(super) fn time(length: Duration) -> Message {
    let minutes = (length.as_secs() / 60).max(1);
    if minutes < 120 {
        Message::new("app-live-minutes").count("count", minutes)
    } else {
        Message::new("app-live-hours").count("count", minutes / 60)
    }
}

/// What the person chose.
pub(super) fn refresh(refresh: Refresh) -> Message {
    match refresh {
        Refresh::Automatic => Message::new("app-live-automatic"),
        Refresh::Off => Message::new("app-live-off"),
        Refresh::Every(seconds) => every(Duration::from_secs(u64::from(seconds))),
    }
}

/// A moment on this machine's clock: the hour alone where it is today.
pub(super) fn moment(at: DateTime<Utc>, now: DateTime<Utc>, language: Language) -> String {
    let local = |at: DateTime<Utc>| at.with_timezone(&chrono::Local).naive_local();
    let (at, now) = (local(at), local(now));
    if at.date() == now.date() {
        at.format("%H:%M").to_string()
    } else {
        format_date_time(language, at.with_second(0).unwrap_or(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_its_own_unit_until_the_next_one() {
        let at = DateTime::from_timestamp(0, 0).unwrap();
        let after = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        for (seconds, expected, next) in [
            (-5, "zonet", 60),
            (59, "zonet", 60),
            (60, "1 minuut geleden", 120),
            (3599, "59 minuten geleden", 3600),
            (3600, "1 uur geleden", 7200),
            (90_000, "1 dag geleden", 172_800),
        ] {
            let said = ago(at, after(seconds)).in_language(Language::Dutch);
            assert_eq!(said, expected, "{seconds}");
            assert_eq!(next_word(at, after(seconds)), after(next), "{seconds}");
        }
    }

    #[test]
    fn pauses_are_told_in_whole_units() {
        let said = |seconds| every(Duration::from_secs(seconds)).in_language(Language::Dutch);
        assert_eq!(said(30), "elke 30 seconden");
        assert_eq!(said(60), "elke minuut");
        assert_eq!(said(300), "elke 5 minuten");
        assert_eq!(said(3600), "elk uur");
        assert_eq!(said(21_600), "elke 6 uur");
    }
}
