//! Moments as texts, read byte by byte into milliseconds and the form they are written in.

use crate::table::{DateTimeForm, Offset, read_date_of};

const DAY: i64 = 86_400_000;

/// A moment that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) struct Moment {
    /// Milliseconds since 1970, in UTC (or local, without an offset).
    pub millis: i64,
    /// How many digits its fraction of a second needs.
    pub needed: u8,
    /// The form it is written in, where that gives back the very text.
    pub form: Option<DateTimeForm>,
    /// Its offset; none at all is `Z` however it is written.
    pub offset: Offset,
}

/// Reads a moment. None where the text is none, or is finer than a millisecond.
pub(in crate::formats) fn read(text: &[u8]) -> Option<Moment> {
    usual(text).or_else(|| any(text))
}

/// A moment as nearly all are written: `2026-03-01T10:00:00Z`, perhaps with milliseconds.
#[inline]
fn usual(text: &[u8]) -> Option<Moment> {
    let (clock, written, fraction) = match text {
        [clock @ .., b'Z'] if clock.len() == 19 => (clock, 0, [b'0'; 3]),
        [clock @ .., b'.', f0, f1, f2, b'Z'] if clock.len() == 19 => (clock, 3, [*f0, *f1, *f2]),
        _ => return None,
    };
    let (date, time) = clock.split_first_chunk::<10>()?;
    let [b'T', h0, h1, b':', m0, m1, b':', s0, s1] = time else { return None };
    let days = i64::from(read_date_of(date)?);
    let digits = [*h0, *h1, *m0, *m1, *s0, *s1, fraction[0], fraction[1], fraction[2]];
    let [h0, h1, m0, m1, s0, s1, f0, f1, f2] = digits.map(|digit| digit.wrapping_sub(b'0'));
    let highest = h1.max(m1).max(s1).max(f0).max(f1).max(f2);
    if highest > 9 || h0 > 2 || m0 > 5 || s0 > 5 || (h0 == 2 && h1 > 3) {
        return None;
    }
    let two = |tens: u8, ones: u8| i64::from(tens) * 10 + i64::from(ones);
    let seconds = (two(h0, h1) * 60 + two(m0, m1)) * 60 + two(s0, s1);
    let needed = match (f0, f1, f2) {
        (0, 0, 0) => 0,
        (_, 0, 0) => 1,
        (_, _, 0) => 2,
        _ => 3,
    };
    let form = DateTimeForm { separator: 'T', fraction: Some(written), offset: Offset::Zulu };
    Some(Moment {
        millis: days * DAY + seconds * 1000 + i64::from(f0) * 100 + two(f1, f2),
        needed,
        form: Some(form),
        offset: Offset::Zulu,
    })
}

fn any(text: &[u8]) -> Option<Moment> {
    let days = i64::from(read_date_of(text.get(..10)?)?);
    let time = text.get(10..)?;
    let [separator @ (b'T' | b't' | b' '), h1, h2, b':', m1, m2, rest @ ..] = time else {
        return None;
    };
    let (hours, minutes) = (two(*h1, *h2, 23)?, two(*m1, *m2, 59)?);
    let (seconds, rest) = match rest {
        [b':', s1, s2, rest @ ..] => (Some(two(*s1, *s2, 59)?), rest),
        _ => (None, rest),
    };
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] if seconds.is_some() => Fraction::read(rest)?,
        _ => (Fraction::default(), rest),
    };
    let (offset, is_exact) = offset(rest)?;
    let east = if let Offset::Minutes { minutes, .. } = offset { i64::from(minutes) } else { 0 };
    let clock = (hours * 60 + minutes - east) * 60 + seconds.unwrap_or_default();
    let form = DateTimeForm {
        separator: char::from(*separator),
        fraction: seconds.map(|_| fraction.written),
        offset,
    };
    let is_exact = is_exact && *separator != b't' && fraction.written <= 3;
    let is_utc = matches!(offset, Offset::Minutes { minutes: 0, .. });
    Some(Moment {
        millis: days * DAY + clock * 1000 + fraction.millis,
        needed: fraction.needed,
        form: is_exact.then_some(form),
        offset: if is_utc { Offset::Zulu } else { offset },
    })
}

fn two(tens: u8, ones: u8, most: i64) -> Option<i64> {
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
        return None;
    }
    let value = i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    (value <= most).then_some(value)
}

/// What follows the seconds.
#[derive(Default)]
struct Fraction {
    millis: i64,
    /// How many digits are written, and how many of them are needed.
    written: u8,
    needed: u8,
}

impl Fraction {
    /// Reads the digits; gives what follows them.
    fn read(text: &[u8]) -> Option<(Fraction, &[u8])> {
        let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = text.split_at_checked(length)?;
        let needed = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |at| at + 1);
        if length == 0 || needed > 3 {
            return None;
        }
        let digit = |at: usize| digits.get(at).map_or(0, |digit| i64::from(digit - b'0'));
        let millis = digit(0) * 100 + digit(1) * 10 + digit(2);
        let (written, needed) = (u8::try_from(length).ok()?, u8::try_from(needed).ok()?);
        Some((Fraction { millis, written, needed }, rest))
    }
}

/// The offset, and whether it would be written just so again.
fn offset(text: &[u8]) -> Option<(Offset, bool)> {
    let (sign, h1, h2, rest) = match text {
        [] => return Some((Offset::None, true)),
        [z @ (b'Z' | b'z')] => return Some((Offset::Zulu, *z == b'Z')),
        [sign @ (b'+' | b'-'), h1, h2, rest @ ..] => (*sign, *h1, *h2, rest),
        _ => return None,
    };
    let (minutes, colon) = match rest {
        [] => (0, false),
        [b':', m1, m2] => (two(*m1, *m2, 59)?, true),
        [m1, m2] => (two(*m1, *m2, 59)?, false),
        _ => return None,
    };
    let minutes = i16::try_from(two(h1, h2, 23)? * 60 + minutes).ok()?;
    let is_west = sign == b'-';
    let is_exact = !rest.is_empty() && (!is_west || minutes != 0);
    Some((Offset::Minutes { minutes: if is_west { -minutes } else { minutes }, colon }, is_exact))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against `DateTimeForm`, which reads just what it can give back.
    #[test]
    fn moments_are_those_of_the_general_reader() {
        for text in [
            "2022-03-01T10:00:00+00:00",
            "2022-03-01T10:00:00Z",
            "1968-02-29T23:59:59.999Z",
            "2022-03-01T20:09:08.100Z",
            "1969-12-31 23:59:59.120-0500",
            "2022-03-01T10:05",
            "2022-03-01 10:05:00.7",
            "0001-01-01T00:00:00.5+01:30",
            "2022-03-01T10:00:00.123456Z",
            "2022-03-01T10:00:00.120000Z",
            "2022-03-01t10:00:00Z",
            "2022-03-01T10:00:00z",
            "2022-03-01T10:00:00+01",
            "2022-03-01T10:00:00-00:00",
            "2022-03-01",
            "",
        ] {
            let general = DateTimeForm::read(text);
            let found = read(text.as_bytes());
            let exact = found.and_then(|found| Some((found.millis, found.form?)));
            let expected = general.map(|(at, form)| (at.and_utc().timestamp_millis(), form));
            assert_eq!(exact, expected, "{text}");
        }
        for text in [
            "2022-02-30T10:00:00Z",
            "2022-03-01T24:00:00Z",
            "2022-03-01T2:000:00Z",
            "2022-03-01T10:60:00Z",
            "2022-03-01T10:00:00.1/0Z",
            "2022-03-01T10:00:60Z",
            "2022-03-01T10:00:00.Z",
            "2022-03-01T10:00.5Z",
            "2022-03-01T10:00:00.0001Z",
            "2022-03-01T10:00:00ZZ",
            "2022-03-01Té0:00:00Z",
            "2022-03-0éT10:00:00Z",
            "2022-03-01T10:00:00+1",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
