//! How long a downloaded tile may be used without asking again (RFC 9111, sections 4.2 and 5.2.2).

use std::time::Duration;

use chrono::{DateTime, Utc};

/// For servers that say nothing: what OpenStreetMap's tile policy asks of programs that cannot
/// read cache headers.
const WHEN_UNSAID: Duration = Duration::from_hours(7 * 24);

/// No server's word is taken for longer than this.
const LONGEST: Duration = Duration::from_hours(365 * 24);

/// What a server says about keeping a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Freshness {
    /// Whether it may be written to disk.
    pub store: bool,
    /// How long it is fresh, counted from now.
    pub fresh_for: Duration,
}

/// Reads the headers `Cache-Control` (all of them), `Expires`, `Date` and `Age`.
pub(super) fn freshness(
    cache_control: &[&str],
    expires: Option<&str>,
    date: Option<&str>,
    age: Option<&str>,
) -> Freshness {
    let mut store = true;
    let mut max_age = None;
    let mut revalidate = false;
    let directives = cache_control.iter().flat_map(|line| line.split(','));
    for directive in directives.map(|directive| directive.trim().to_ascii_lowercase()) {
        match directive.split_once('=') {
            None if directive == "no-store" => store = false,
            None if directive == "no-cache" => revalidate = true,
            Some(("max-age", seconds)) => {
                max_age = seconds.trim_matches('"').trim().parse().ok().or(max_age);
            }
            _ => {}
        }
    }
    let age = age.and_then(|age| age.trim().parse().ok()).unwrap_or(0);
    let fresh_for = if revalidate {
        Duration::ZERO
    } else if let Some(seconds) = max_age {
        Duration::from_secs(seconds).saturating_sub(Duration::from_secs(age))
    } else if let Some(expires) = expires {
        // A date that cannot be read, such as "0", means already expired.
        let from = date.and_then(http_date).unwrap_or_else(Utc::now);
        let until = http_date(expires).map(|until| until - from);
        until.and_then(|left| left.to_std().ok()).unwrap_or_default()
    } else {
        WHEN_UNSAID
    };
    Freshness { store, fresh_for: fresh_for.min(LONGEST) }
}

/// How long a server asks to be left alone: seconds, or the time until a date (RFC 9110, section
/// 10.2.3).
pub(super) fn retry_after(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse().ok().map(Duration::from_secs);
    let until = || (http_date(text)? - Utc::now()).to_std().ok();
    seconds.or_else(until)
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text.trim()).ok().map(|date| date.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(cache_control: &[&str], expires: Option<&str>) -> u64 {
        let date = Some("Tue, 24 Nov 2026 12:00:00 GMT");
        freshness(cache_control, expires, date, None).fresh_for.as_secs()
    }

    #[test]
    fn a_server_says_how_long_to_leave_it_alone() {
        assert_eq!(retry_after(" 120 "), Some(Duration::from_mins(2)));
        let date = (Utc::now() + chrono::Duration::hours(2)).to_rfc2822();
        let pause = retry_after(&date).unwrap();
        assert!((7000..=7200).contains(&pause.as_secs()), "{pause:?}");
        assert_eq!(retry_after("Fri, 31 Dec 1999 23:59:59 GMT"), None);
        assert_eq!(retry_after("soon"), None);
    }

    #[test]
    fn headers_are_understood_as_the_standard_says() {
        // As sent by OpenStreetMap's tile server.
        assert_eq!(seconds(&["max-age=604800, stale-while-revalidate=604800"], None), 604_800);
        assert_eq!(seconds(&["public", "Max-Age=60"], Some("0")), 60);
        assert_eq!(seconds(&["max-age=60, no-cache"], None), 0);
        assert_eq!(seconds(&[], Some("Tue, 24 Nov 2026 13:00:00 GMT")), 3600);
        assert_eq!(seconds(&[], Some("Tue, 24 Nov 2026 11:00:00 GMT")), 0);
        assert_eq!(seconds(&[], Some("0")), 0);
        assert_eq!(seconds(&[], None), 7 * 24 * 3600);
        assert_eq!(seconds(&["max-age=99999999999"], None), LONGEST.as_secs());
        assert_eq!(freshness(&["max-age=60"], None, None, Some("50")).fresh_for.as_secs(), 10);
        assert!(!freshness(&["private, no-store"], None, None, None).store);
    }
}
