//! Dates and moments as texts: read and written in one form, digit by digit.
//!
//! A million of them are read with a file, so nothing is made on the way that is thrown away.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::dates::read_date;
use super::{DateTimeForm, Offset};

const DAY_MILLIS: i64 = 86_400_000;

impl DateTimeForm {
    /// The wall-clock time of a moment of the column.
    pub fn local(&self, at: NaiveDateTime) -> NaiveDateTime {
        let minutes = match self.offset {
            Offset::None | Offset::Zulu => 0,
            Offset::Minutes { minutes, .. } => minutes,
        };
        at.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(at)
    }

    /// A moment of the column as the source wrote it.
    pub fn write(&self, at: NaiveDateTime) -> String {
        let mut text = Vec::new();
        self.push(&mut text, at);
        // Digits and signs of ASCII, and a separator that is a character.
        String::from_utf8(text).unwrap_or_default()
    }

    /// As [`Self::write`], behind other bytes.
    pub fn push(&self, out: &mut Vec<u8>, at: NaiveDateTime) {
        let local = self.local(at);
        push_date(out, local.date(), "-");
        out.extend_from_slice(self.separator.encode_utf8(&mut [0; 4]).as_bytes());
        out.extend(two(local.hour()));
        out.push(b':');
        out.extend(two(local.minute()));
        if let Some(digits) = self.fraction {
            out.push(b':');
            out.extend(two(local.second()));
            if digits > 0 {
                let millis = local.and_utc().timestamp_subsec_millis();
                let [tens, ones] = two(millis);
                let written = [b'.', two(millis / 100)[1], tens, ones];
                out.extend(written.iter().take(1 + usize::from(digits)));
            }
        }
        match self.offset {
            Offset::None => {}
            Offset::Zulu => out.push(b'Z'),
            Offset::Minutes { minutes, colon } => {
                out.push(if minutes < 0 { b'-' } else { b'+' });
                let minutes = u32::from(minutes.unsigned_abs());
                out.extend(two(minutes / 60));
                out.extend(colon.then_some(b':'));
                out.extend(two(minutes % 60));
            }
        }
    }

    /// Reads a date-time and the form it is written in: the moment for the column and the form.
    /// None when the text is not a date-time, or when [`Self::write`] would not give back exactly
    /// this text.
    pub fn read(text: &str) -> Option<(NaiveDateTime, DateTimeForm)> {
        let (millis, form) = read_moment(text)?;
        Some((DateTime::from_timestamp_millis(millis)?.naive_utc(), form))
    }
}

/// Milliseconds since 1970 of a date-time, and the form it is written in; none when
/// [`DateTimeForm::write`] would not give back exactly this text.
pub(super) fn read_moment(text: &str) -> Option<(i64, DateTimeForm)> {
    let date = text.get(..10)?;
    let [separator @ (b'T' | b' '), clock @ ..] = text.as_bytes().get(10..)? else { return None };
    let days = i64::from(read_date(date)?);
    let (hour, clock) = take_two(clock, 23)?;
    let [b':', clock @ ..] = clock else { return None };
    let (minute, mut rest) = take_two(clock, 59)?;
    let (mut second, mut millis, mut fraction) = (0, 0, None);
    if let [b':', clock @ ..] = rest {
        (second, rest) = take_two(clock, 59)?;
        let (mut digits, mut unit) = (0, 100);
        if let [b'.', more @ ..] = rest {
            rest = more;
            while let [digit @ b'0'..=b'9', more @ ..] = rest {
                millis += i64::from(digit - b'0') * unit;
                (digits, unit, rest) = (digits + 1, unit / 10, more);
                if digits > 3 {
                    return None;
                }
            }
            if digits == 0 {
                return None;
            }
        }
        fraction = Some(digits);
    }
    let offset = read_offset(rest)?;
    let minutes = if let Offset::Minutes { minutes, .. } = offset { i64::from(minutes) } else { 0 };
    let seconds = (hour * 60 + minute - minutes) * 60 + second;
    let form = DateTimeForm { separator: char::from(*separator), fraction, offset };
    Some((days * DAY_MILLIS + seconds * 1000 + millis, form))
}

fn read_offset(text: &[u8]) -> Option<Offset> {
    let (sign, digits) = match text {
        [] => return Some(Offset::None),
        [b'Z'] => return Some(Offset::Zulu),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, rest) = take_two(digits, 99)?;
    let (colon, rest) = match rest {
        [b':', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (minutes, []) = take_two(rest, 59)? else { return None };
    let minutes = i16::try_from(hours * 60 + minutes).ok()?;
    // −00:00 would be written as +00:00.
    (minutes != 0 || sign == 1).then_some(Offset::Minutes { minutes: minutes * sign, colon })
}

/// A number of two digits up to a limit, and what follows.
fn take_two(text: &[u8], limit: i64) -> Option<(i64, &[u8])> {
    let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] = text else { return None };
    let number = i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    (number <= limit).then_some((number, rest))
}

/// Year, month and day with a separator between them: `2026-03-14`, `20260314`.
pub fn push_date(out: &mut Vec<u8>, date: NaiveDate, separator: &str) {
    let Some(year) = u32::try_from(date.year()).ok().filter(|year| *year <= 9999) else {
        // A sign, and perhaps more digits.
        return out.extend_from_slice(date.to_string().as_bytes());
    };
    let [thousands, hundreds] = two(year / 100);
    let [tens, ones] = two(year);
    out.extend([thousands, hundreds, tens, ones]);
    for number in [date.month(), date.day()] {
        out.extend_from_slice(separator.as_bytes());
        out.extend(two(number));
    }
}

/// The last two digits of a number.
fn two(number: u32) -> [u8; 2] {
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    [digit(number / 10), digit(number)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_keep_the_text_of_the_source() {
        for text in [
            "2022-03-01T10:00:00+00:00",
            "2022-03-01T10:00:00Z",
            "2022-03-01 23:59:59.120-0500",
            "2022-03-01T10:05",
            "2022-03-01T10:05:07.5",
        ] {
            let Some((at, form)) = DateTimeForm::read(text) else { panic!("{text}") };
            assert_eq!(form.write(at), text);
        }
        for text in [
            "2022-03-01",
            "2022-3-1T10:00",
            "x",
            "2022-03-01T25:00:00Z",
            "2022-03-01T10:00:00.123456Z",
            "é022-03-01T10:00",
        ] {
            assert_eq!(DateTimeForm::read(text), None, "{text}");
        }
        let moment = DateTimeForm::read("2022-03-01T10:00:00+01:00").map(|(at, _)| at.to_string());
        assert_eq!(moment.as_deref(), Some("2022-03-01 09:00:00"));
    }

    /// Against the crate `chrono`, in every form.
    #[test]
    fn moments_are_those_of_chrono() {
        let offsets = [("", 0), ("Z", 0), ("+01:00", 60), ("-0530", -330), ("+14:00", 840)];
        let clocks = [("00:00", 0), ("23:59:59", 86_399_000), ("12:34:56.7", 45_296_700)];
        for (date, year) in [("2020-02-29", 2020), ("0001-01-01", 1), ("9999-12-31", 9999)] {
            for (clock, millis) in clocks {
                for (offset, minutes) in offsets {
                    let text = format!("{date}T{clock}{offset}");
                    let Some((at, form)) = DateTimeForm::read(&text) else { panic!("{text}") };
                    let day: NaiveDate = date.parse().unwrap();
                    let wanted =
                        day.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::milliseconds(millis);
                    assert_eq!(at, wanted - TimeDelta::minutes(minutes), "{text}");
                    assert_eq!(form.local(at).year(), year);
                    assert_eq!(form.write(at), text);
                }
            }
        }
    }

    /// Whatever is read is written as it was; half texts and others are not read.
    #[test]
    fn nothing_is_read_that_would_be_written_otherwise() {
        let sound = "2022-03-01T10:05:07.125+01:30";
        let bytes = b"0159T Z:+-.";
        for end in 0..sound.len() {
            for at in 0..end {
                for byte in bytes {
                    let mut text = sound.as_bytes()[..end].to_vec();
                    text[at] = *byte;
                    let text = String::from_utf8(text).unwrap();
                    if let Some((at, form)) = DateTimeForm::read(&text) {
                        assert_eq!(form.write(at), text);
                    }
                }
            }
        }
        for text in
            ["2022-03-01T10:05:07.+01:00", "2022-03-01T10:05-00:00", "2022-03-01T10:05+01:75"]
        {
            assert_eq!(DateTimeForm::read(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_those_of_chrono() {
        for (year, month, day) in
            [(2026, 3, 14), (1, 1, 1), (9999, 12, 31), (-5, 2, 3), (12345, 6, 7)]
        {
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            let mut text = Vec::new();
            push_date(&mut text, date, "-");
            assert_eq!(String::from_utf8(text).unwrap(), date.to_string());
        }
    }
}
