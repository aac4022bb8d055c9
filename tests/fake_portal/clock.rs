//! What time it is at the portal: live datasets are a function of it.

use chrono::{DateTime, Duration, Utc};

/// How the portal's time goes.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// A minute further with every request about a live dataset.
    Steps,
    /// Stands still.
    At(DateTime<Utc>),
    /// The clock of this machine.
    Real,
}

/// One moment: every row of one answer is of the same.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: DateTime<Utc>,
    /// Moves whenever live values do.
    pub tick: u64,
}

/// "2026-11-23T13:00:00Z" as a time.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time in RFC 3339")
}

/// When the fake portal begins, unless told otherwise.
pub fn beginning() -> DateTime<Utc> {
    at("2026-11-23T13:00:00Z")
}

impl Clock {
    pub fn moment(self, steps: u64) -> Moment {
        let every = |now: DateTime<Utc>, seconds| {
            let passed = (now - at("2020-01-01T00:00:00Z")).num_seconds() / seconds;
            Moment { now, tick: u64::try_from(passed).unwrap_or(0) }
        };
        match self {
            Clock::Steps => {
                let minutes = i64::try_from(steps).unwrap_or(0);
                every(beginning() + Duration::minutes(minutes), 60)
            }
            Clock::At(now) => every(now, 60),
            Clock::Real => every(Utc::now(), 20),
        }
    }
}
