//! Days and times as spreadsheets count and write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use super::cell::Cell;
use super::number_format::Shown;

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;
/// 31 December 9999 is the last day that spreadsheets know.
const LAST: f64 = 2_958_466.0;

/// How days are counted in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// From 1900 on, with a 29 February 1900 that never was.
    Excel1900,
    /// From 1904 on, as Macintoshes did.
    Excel1904,
}

impl Epoch {
    /// Days from the count's start to 1970: 30 December 1899, 1 January 1904.
    fn days(self) -> i64 {
        match self {
            Epoch::Excel1900 => -25_569,
            Epoch::Excel1904 => -24_107,
        }
    }
}

/// What a number means when it is shown so.
pub(super) fn shown(value: f64, shown: Shown, epoch: Epoch) -> Cell<'static> {
    let as_number = Cell::Number(value);
    match shown {
        Shown::Plain => as_number,
        Shown::Percent => Cell::Percent(value),
        Shown::Zeros(width) => Cell::Padded(value, width),
        Shown::Duration => clock(value).unwrap_or(as_number),
        Shown::Time if (0.0..1.0).contains(&value) => clock(value).unwrap_or(as_number),
        Shown::Date | Shown::Time | Shown::DateTime => match moment(value, epoch) {
            Some(millis) => {
                let shows_time = shown != Shown::Date || millis.rem_euclid(DAY) != 0;
                Cell::Moment { millis, shows_time }
            }
            None => as_number,
        },
    }
}

/// A number of days in milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn millis(days: f64) -> Option<i64> {
    // Excel keeps 15 digits, which are microseconds; people mean whole milliseconds.
    (days.abs() < LAST).then(|| (days * 86_400_000.0).round() as i64)
}

fn clock(days: f64) -> Option<Cell<'static>> {
    millis(days).map(Cell::Clock)
}

/// Milliseconds since 1970. None below the first day: there are no days before it.
fn moment(value: f64, epoch: Epoch) -> Option<i64> {
    let first = if epoch == Epoch::Excel1900 { 1.0 } else { 0.0 };
    if value < first {
        return None;
    }
    // Before the day that never was, the count is one behind.
    let late = i64::from(epoch == Epoch::Excel1900 && value < 60.0);
    Some(millis(value)? + (epoch.days() + late) * DAY)
}

/// A day or a moment in ISO 8601, as OpenDocument and some XLSX files write it. A moment with an
/// offset from UTC is none of this: spreadsheets know no time zones.
pub(super) fn of_iso(text: &str) -> Option<Cell<'static>> {
    let text = text.trim();
    if let Ok(date) = text.parse::<NaiveDate>() {
        let at = date.and_time(NaiveTime::MIN);
        return Some(Cell::Moment { millis: at.and_utc().timestamp_millis(), shows_time: false });
    }
    let plain = text.strip_suffix('Z').unwrap_or(text);
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let at = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(plain, form).ok())?;
    Some(Cell::Moment { millis: at.and_utc().timestamp_millis(), shows_time: true })
}

/// A length of time in ISO 8601: `PT08H30M00S`, in milliseconds.
pub(super) fn of_iso_duration(text: &str) -> Option<i64> {
    let (text, sign) = match text.trim().strip_prefix('-') {
        Some(rest) => (rest, -1.0),
        None => (text.trim(), 1.0),
    };
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.get(1..)?, ""));
    let mut seconds = 0.0;
    for (part, units) in
        [(days, &[('D', 86_400.0)][..]), (time, &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)])]
    {
        let mut rest = part;
        for (unit, length) in units {
            let Some((number, after)) = rest.split_once(*unit) else { continue };
            let number: f64 = number.replace(',', ".").parse().ok()?;
            seconds += number * length;
            rest = after;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    match clock(sign * seconds / 86_400.0)? {
        Cell::Clock(millis) => Some(millis),
        _ => None,
    }
}

/// A time of day or a length of time as text: `08:30:00`, `36:15:00.250`.
pub(super) fn clock_text(millis: i64) -> String {
    let sign = if millis < 0 { "-" } else { "" };
    let total = millis.unsigned_abs();
    let (seconds, rest) = (total / 1000, total % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if rest == 0 { String::new() } else { format!(".{rest:03}") };
    format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{fraction}")
}

/// A moment as text in ISO 8601, without the time where it shows none.
pub(super) fn moment_text(millis: i64, shows_time: bool) -> String {
    let Some(at) = DateTime::from_timestamp_millis(millis) else { return String::new() };
    let form = match (shows_time, millis % 1000) {
        (false, _) => "%Y-%m-%d",
        (true, 0) => "%Y-%m-%dT%H:%M:%S",
        (true, _) => "%Y-%m-%dT%H:%M:%S%.3f",
    };
    at.naive_utc().format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(value: f64, epoch: Epoch) -> String {
        moment(value, epoch).map(|millis| moment_text(millis, true)).unwrap_or_default()
    }

    /// Days as openpyxl 3.1 reads them (`openpyxl.utils.datetime.from_excel`, both epochs).
    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        for (value, text) in [
            (1.0, "1900-01-01T00:00:00"),
            (59.0, "1900-02-28T00:00:00"),
            (60.0, "1900-02-28T00:00:00"),
            (61.0, "1900-03-01T00:00:00"),
            (25_569.0, "1970-01-01T00:00:00"),
            (45_292.5, "2024-01-01T12:00:00"),
            (45_292.430_902_777_8, "2024-01-01T10:20:30"),
            (2_958_465.0, "9999-12-31T00:00:00"),
            (0.5, ""),
            (-1.0, ""),
            (2_958_466.0, ""),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
        ] {
            assert_eq!(date(value, Epoch::Excel1900), text, "{value}");
        }
        assert_eq!(date(0.0, Epoch::Excel1904), "1904-01-01T00:00:00");
        assert_eq!(date(43_830.25, Epoch::Excel1904), "2024-01-01T06:00:00");
    }

    #[test]
    fn what_a_number_means_follows_from_how_it_is_shown() {
        let of = |value, how| shown(value, how, Epoch::Excel1900);
        assert_eq!(of(0.25, Shown::Percent), Cell::Percent(0.25));
        assert_eq!(of(0.354_166_666_7, Shown::Time), Cell::Clock(30_600_000));
        assert_eq!(of(1.5, Shown::Duration), Cell::Clock(36 * 3_600_000));
        let noon = Cell::Moment { millis: 43_200_000, shows_time: true };
        assert_eq!(of(25_569.5, Shown::Date), noon);
        assert_eq!(of(25_569.5, Shown::Time), noon);
        assert_eq!(of(25_569.0, Shown::Date), Cell::Moment { millis: 0, shows_time: false });
        assert_eq!(of(-3.0, Shown::Date), Cell::Number(-3.0));
    }

    #[test]
    fn texts_of_times() {
        assert_eq!(of_iso_duration("PT08H30M00S"), Some(30_600_000));
        assert_eq!(of_iso_duration("P1DT2H"), Some(93_600_000));
        assert_eq!(of_iso_duration("-PT0.5S"), Some(-500));
        for text in ["", "PT", "8:30", "PT1X", "P1Y", "é", "PéT1H"] {
            assert!(of_iso_duration(text).is_none_or(|millis| millis == 0), "{text}");
        }
        assert_eq!(clock_text(30_600_000), "08:30:00");
        assert_eq!(clock_text(-130_500_250), "-36:15:00.250");
        assert_eq!(of_iso("2024-02-30"), None);
        assert_eq!(of_iso("2024-01-01T10:00:00+01:00"), None);
        let ten = Cell::Moment { millis: 36_000_000, shows_time: true };
        assert_eq!(of_iso("1970-01-01T10:00:00"), Some(ten.clone()));
        assert_eq!(of_iso("1970-01-01T10:00:00.000000000Z"), Some(ten));
    }
}
