//! Days and moments as people and their programs write them, in Dutch, French, English and German.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::i18n::fold_into;
use crate::table::{DateTimeForm, Offset};

/// What comes first in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Day,
    Month,
    Year,
}

/// Years of two digits up to this are of this century, as Windows has it.
const LAST_SHORT_YEAR: i32 = 49;

/// A day or a moment that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    day: NaiveDate,
    clock: Option<Clock>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Clock {
    time: NaiveTime,
    has_seconds: bool,
    /// Digits of a second beyond milliseconds were cut off.
    is_rounded: bool,
    zone: Option<Zone>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Zulu,
    Minutes { minutes: i16, colon: bool },
}

impl Zone {
    fn minutes(self) -> i64 {
        match self {
            Zone::Zulu => 0,
            Zone::Minutes { minutes, .. } => i64::from(minutes),
        }
    }
}

impl Found {
    /// Days since 1970.
    pub(super) fn day_number(self) -> Option<i32> {
        let epoch = DateTime::UNIX_EPOCH.date_naive();
        i32::try_from(self.day.signed_duration_since(epoch).num_days()).ok()
    }
}

/// What the moments of a column have in common.
#[derive(Debug, Default)]
pub(super) struct Days {
    with_clock: u64,
    /// Digits of the fraction of a second that are needed; none without seconds.
    fraction: Option<u8>,
    pub(super) rounded: u64,
    /// The zone of those that have one, while it is the same.
    zone: Option<Zone>,
    pub(super) zones_differ: bool,
}

impl Days {
    /// Looks at all values.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>, order: Order) -> Days {
        let mut days = Days::default();
        for found in texts.filter_map(|text| read(text.trim(), order)) {
            let Some(clock) = found.clock else { continue };
            days.with_clock += 1;
            let has_millis = millis_of(clock.time) % 1000 != 0;
            let seconds = clock.has_seconds.then_some(if has_millis { 3 } else { 0 });
            days.fraction = days.fraction.max(seconds);
            days.rounded += u64::from(clock.is_rounded);
            if let Some(zone) = clock.zone {
                days.zones_differ |= days.zone.is_some_and(|other| other != zone);
                days.zone = Some(zone);
            }
        }
        days
    }

    /// How the moments are written from then on; none where all are days. Where zones differ, as
    /// they do between summer and winter, the moments are told in UTC.
    pub(super) fn moments(&self) -> Option<DateTimeForm> {
        let offset = match self.zone {
            None => Offset::None,
            Some(_) if self.zones_differ => Offset::Zulu,
            Some(Zone::Zulu) => Offset::Zulu,
            Some(Zone::Minutes { minutes, colon }) => Offset::Minutes { minutes, colon },
        };
        (self.with_clock > 0).then_some(DateTimeForm {
            separator: 'T',
            fraction: self.fraction,
            offset,
        })
    }

    /// A text as the moment of the column. A day alone is its first moment, where there are no
    /// zones; which moment it is where there are, nobody knows.
    pub(super) fn moment(&self, text: &str, order: Order) -> Option<i64> {
        let found = read(text, order)?;
        let zone = found.clock.and_then(|clock| clock.zone);
        if self.zone.is_some() && zone.is_none() {
            return None;
        }
        let time = found.clock.map_or(NaiveTime::MIN, |clock| clock.time);
        let local: NaiveDateTime = found.day.and_time(time);
        let minutes = zone.map_or(0, Zone::minutes);
        let at = local.checked_sub_signed(TimeDelta::minutes(minutes))?;
        Some(at.and_utc().timestamp_millis())
    }
}

fn millis_of(time: NaiveTime) -> i64 {
    time.signed_duration_since(NaiveTime::MIN).num_milliseconds()
}

/// Reads a day, perhaps with a time behind it, without white space around it.
pub(super) fn read(text: &str, order: Order) -> Option<Found> {
    if text.len() > 60 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (day, clock) = match text.find(':') {
        None => (text, None),
        Some(colon) => {
            let before = text.get(..colon)?;
            let start = before.rfind(|c: char| c.is_whitespace() || c == 'T')?;
            let clock =
                text.get(start..)?.trim_start_matches(|c: char| c.is_whitespace() || c == 'T');
            (text.get(..start)?, Some(read_clock(clock)?))
        }
    };
    Some(Found { day: read_day(day.trim_end_matches([' ', ',']), order)?, clock })
}

/// Reads `31/12/2024`, `31-12-24`, `31.12.2024`, `di 31 dec. 2024`, `December 31, 2024`,
/// `2024-12-31`, `20241231`.
fn read_day(text: &str, order: Order) -> Option<NaiveDate> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',');
    let mut parts = text.split(is_between).filter(|part| !part.is_empty());
    let mut first = parts.next()?;
    let is_letters = |part: &str| part.chars().all(char::is_alphabetic);
    if is_letters(first) && is_weekday(first) {
        first = parts.next()?;
    }
    let Some(second) = parts.next() else {
        let (year, rest) = first.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        let is_compact = order == Order::Year && first.len() == 8;
        let year = number(year, 4).filter(|year| is_compact && (1800..2200).contains(year))?;
        return date(year, number(month, 2)?, number(day, 2)?);
    };
    let third = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    match order {
        Order::Day => {
            let month = if is_letters(second) { month_of(second)? } else { number(second, 2)? };
            date(year_of(third)?, month, number(first, 2)?)
        }
        Order::Month => {
            let month = if is_letters(first) { month_of(first)? } else { number(first, 2)? };
            date(year_of(third)?, month, number(second, 2)?)
        }
        Order::Year => {
            let year = number(first, 4).filter(|_| first.len() == 4)?;
            let month = if is_letters(second) { month_of(second)? } else { number(second, 2)? };
            date(year, month, number(third, 2)?)
        }
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A number of at most so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits && text.len() <= digits { text.parse().ok() } else { None }
}

/// A year of four digits, or of two: `24` and `'24`.
fn year_of(text: &str) -> Option<u32> {
    let text = text.trim_start_matches(['\'', '\u{2019}']);
    let year = number(text, 4)?;
    match text.len() {
        4 if year >= 1000 => Some(year),
        2 if i64::from(year) <= i64::from(LAST_SHORT_YEAR) => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn folded(text: &str) -> String {
    let mut bytes = Vec::new();
    fold_into(text, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// A month by its name or a usual short form of it.
fn month_of(name: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["januari", "jan", "janvier", "janv", "january", "januar"],
        &["februari", "feb", "febr", "fevrier", "fev", "fevr", "february", "februar"],
        &["maart", "mrt", "maa", "mars", "mar", "march", "marz"],
        &["april", "apr", "avril", "avr"],
        &["mei", "mai", "may"],
        &["juni", "jun", "juin", "june"],
        &["juli", "jul", "juillet", "juil", "july"],
        &["augustus", "aug", "aout", "august"],
        &["september", "sep", "sept", "septembre"],
        &["oktober", "okt", "octobre", "oct", "october"],
        &["november", "nov", "novembre"],
        &["december", "dec", "decembre", "dez", "dezember"],
    ];
    let name = folded(name);
    let at = NAMES.iter().position(|names| names.contains(&name.as_str()))?;
    u32::try_from(at + 1).ok()
}

fn is_weekday(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "ma",
        "di",
        "wo",
        "do",
        "vr",
        "za",
        "zo",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "lu",
        "me",
        "je",
        "ve",
        "sa",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    NAMES.contains(&folded(name).as_str())
}

/// Reads `8:30`, `08:30:15`, `08:30:15.250Z`, `08:30:15+01:00`, `8:30 PM`.
fn read_clock(text: &str) -> Option<Clock> {
    let (text, half) = match text.to_ascii_uppercase() {
        upper if upper.ends_with("PM") => (text.get(..text.len() - 2)?.trim_end(), Some(12)),
        upper if upper.ends_with("AM") => (text.get(..text.len() - 2)?.trim_end(), Some(0)),
        _ => (text, None),
    };
    let (clock, zone) = match text.find(['Z', 'z', '+', '-']) {
        None => (text, None),
        Some(at) => {
            let (clock, zone) = text.split_at(at);
            (clock.trim_end(), Some(read_zone(zone)?))
        }
    };
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next().filter(|minute| minute.len() == 2)?, 2)?;
    let second = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    let (seconds, digits) =
        match second.map(|second| second.split_once(['.', ',']).unwrap_or((second, ""))) {
            Some((seconds, digits)) => (number(seconds, 2)?, digits),
            None => (0, ""),
        };
    if digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (kept, cut) = digits.split_at(digits.len().min(3));
    let millis: u32 = format!("{kept:0<3}").parse().ok()?;
    Some(Clock {
        time: NaiveTime::from_hms_milli_opt(hour, minute, seconds, millis)?,
        has_seconds: second.is_some(),
        is_rounded: cut.bytes().any(|digit| digit != b'0'),
        zone,
    })
}

fn read_zone(text: &str) -> Option<Zone> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Zone::Zulu);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes, colon) = match rest.split_once(':') {
        Some((hours, minutes)) => (hours, minutes, true),
        None if rest.len() == 4 => (rest.get(..2)?, rest.get(2..)?, false),
        None => (rest, "00", true),
    };
    let hours = number(hours, 2).filter(|hours| *hours <= 14)?;
    let minutes = number(minutes, 2).filter(|minutes| *minutes < 60)?;
    let minutes = i16::try_from(hours * 60 + minutes).ok()?;
    Some(Zone::Minutes { minutes: sign * minutes, colon })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, order: Order) -> Option<String> {
        let found = read(text, order)?;
        let clock = found.clock.map(|clock| format!(" {} {:?}", clock.time, clock.zone));
        Some(format!("{}{}", found.day, clock.unwrap_or_default()))
    }

    #[test]
    fn days_are_read_in_their_order() {
        use Order::{Day, Month, Year};
        for (written, order, day) in [
            ("31/12/2024", Day, "2024-12-31"),
            ("1-2-24", Day, "2024-02-01"),
            ("01.02.99", Day, "1999-02-01"),
            ("5 jan 2024", Day, "2024-01-05"),
            ("5-mrt-24", Day, "2024-03-05"),
            ("vrijdag 5 januari 2024", Day, "2024-01-05"),
            ("5 févr. 2024", Day, "2024-02-05"),
            ("15 août '23", Day, "2023-08-15"),
            ("12/31/2024", Month, "2024-12-31"),
            ("December 31, 2024", Month, "2024-12-31"),
            ("2024/1/5", Year, "2024-01-05"),
            ("20240105", Year, "2024-01-05"),
            ("29 feb 2024", Day, "2024-02-29"),
        ] {
            assert_eq!(text(written, order).as_deref(), Some(day), "{written}");
        }
        for written in [
            "",
            "12",
            "31/13/2024",
            "29/02/2023",
            "1/2",
            "1/2/3",
            "1.2.3.4",
            "5 foo 2024",
            "44021",
            "09/210 10 10",
            "12345678",
            "0/1/2024",
        ] {
            assert_eq!(text(written, Day), None, "{written}");
        }
    }

    #[test]
    fn moments_are_read_with_their_zone() {
        for (written, moment) in [
            ("31/12/2024 8:30", "2024-12-31 08:30:00 None"),
            ("31/12/2024, 08:30:15", "2024-12-31 08:30:15 None"),
            ("31-12-2024 8:30 PM", "2024-12-31 20:30:00 None"),
            ("31/12/2024T08:30:15.5Z", "2024-12-31 08:30:15.500 Some(Zulu)"),
            (
                "31/12/2024 08:30+01:00",
                "2024-12-31 08:30:00 Some(Minutes { minutes: 60, colon: true })",
            ),
            (
                "31/12/2024 08:30 -0530",
                "2024-12-31 08:30:00 Some(Minutes { minutes: -330, colon: false })",
            ),
        ] {
            assert_eq!(text(written, Order::Day).as_deref(), Some(moment), "{written}");
        }
        for written in [
            "31/12/2024 25:00",
            "31/12/2024 8:3",
            "08:30",
            "31/12/2024 08:30+99:00",
            "1/1/2024 13:00 PM",
        ] {
            assert_eq!(text(written, Order::Day), None, "{written}");
        }
    }
}
