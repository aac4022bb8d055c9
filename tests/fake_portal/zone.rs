//! The time zones the fake portal knows: UTC and those with the clock of Brussels.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc, Weekday};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Utc,
    /// Central European Time: UTC+1, and UTC+2 in summer.
    Central,
}

impl Zone {
    pub fn named(name: &str) -> Option<Zone> {
        match name {
            "UTC" => Some(Zone::Utc),
            "Europe/Brussels" | "Europe/Paris" | "Europe/Amsterdam" | "Europe/Berlin" => {
                Some(Zone::Central)
            }
            _ => None,
        }
    }

    fn hours(self, time: DateTime<Utc>) -> i64 {
        if self == Zone::Utc {
            return 0;
        }
        // Directive 2000/84/EC: from the last Sunday of March to that of October, at 01:00 UTC.
        let turn = |month| {
            let mut day = NaiveDate::from_ymd_opt(time.year(), month, 31).expect("31 days");
            while day.weekday() != Weekday::Sun {
                day -= Duration::days(1);
            }
            day.and_hms_opt(1, 0, 0).expect("an hour").and_utc()
        };
        if (turn(3)..turn(10)).contains(&time) { 2 } else { 1 }
    }

    /// ISO 8601 with the offset, as the platform writes it.
    pub fn write(self, time: DateTime<Utc>) -> String {
        let hours = self.hours(time);
        let local = time + Duration::hours(hours);
        format!("{}+{hours:02}:00", local.format("%Y-%m-%dT%H:%M:%S"))
    }
}
