//! When a page is made.

use chrono::{DateTime, FixedOffset, Local, Utc};

/// Now; or the moment that `SOURCE_DATE_EPOCH` names, seconds since 1970, so that whoever wants the very
/// same file again gets it (reproducible-builds.org/specs/source-date-epoch).
pub(super) fn moment() -> DateTime<FixedOffset> {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok();
    told.and_then(|text| of_epoch(&text)).unwrap_or_else(|| Local::now().fixed_offset())
}

fn of_epoch(seconds: &str) -> Option<DateTime<FixedOffset>> {
    let seconds = seconds.trim().parse().ok()?;
    Some(DateTime::<Utc>::from_timestamp(seconds, 0)?.fixed_offset())
}

#[cfg(test)]
mod tests {
    use super::of_epoch;

    #[test]
    fn a_moment_is_told_in_seconds() {
        let told = of_epoch("1764115200").map(|moment| moment.to_rfc3339());
        assert_eq!(told.as_deref(), Some("2025-11-26T00:00:00+00:00"));
        assert!(of_epoch("gisteren").is_none() && of_epoch("99999999999999999").is_none());
    }
}
